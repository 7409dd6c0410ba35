"""Reads `sealing.yml` strictly, every mistake at its line, and writes it whole or not at all.

Refuses to know what its keys open.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from playbook.problems import Problem, shorten, suggest
from playbook.publish import keys
from playbook.publish.header import IV_BYTES, MOST_RECIPIENTS, b64, unb64
from playbook.publish.recipients import Kind, Listed, Sealing
from playbook.source.document import Document
from playbook.source.document import Path as KeyPath
from playbook.source.reader import parse_document
from playbook.source.writing import write_file

NAME = "sealing.yml"
LABEL = re.compile(r"[a-z0-9-]{1,40}\Z")
_TOP = ("version", "salt", "iterations", "owner", "recipients")
_ENTRY = ("name", "audience", "kind", "since", "key")
_OWNER_BYTES = IV_BYTES + 16 + 16
_KEY_BYTES = IV_BYTES + keys.KEY_BYTES + 16
_DIGITS = re.compile(r"[0-9]{1,12}\Z")
_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII)

HEAD = """\
# Whom this playbook is sealed for. `playbook recipients` writes this file; commit it, and keep the repository private.
# It holds no passphrase, and no key that opens anything without the owner's passphrase. Should it be lost, recipients
# need new secrets: what is published already can still be opened by those who have theirs.
"""

Value = TypeVar("Value")


def read_sealing(path: str, content: bytes) -> tuple[Sealing | None, tuple[Problem, ...]]:
    """What the file says, or None and every reason why it is not taken.

    Args:
        path: how the file is called in problems.
        content: its bytes.
    """
    document, found = parse_document(path, content)
    if document is None:
        return None, found
    reading = _Reading(document)
    sealing = reading.sealing()
    problems = (*found, *sorted(reading.problems, key=lambda problem: problem.sort_key))
    return (None if problems else sealing), problems


def to_text(sealing: Sealing) -> str:
    """The file for this sealing."""
    lines = [
        "version: 1",
        f"salt: {b64(sealing.salt)}",
        f"iterations: {sealing.iterations}",
        f"owner: {b64(sealing.owner)}",
        "recipients:" if sealing.recipients else "recipients: []",
    ]
    for listed in sealing.recipients:
        lines += [
            # Quoted, for `null` and `1e3` are names too.
            f'  - name: "{listed.name}"',
            f'    audience: "{listed.audience}"',
            f"    kind: {listed.kind}",
            f"    since: {listed.since.isoformat()}",
            f"    key: {b64(listed.key)}",
        ]
    return HEAD + "\n".join(lines) + "\n"


def write_sealing(path: Path, sealing: Sealing) -> None:
    """Put the file there, whole or not at all.

    Raises:
        OSError: where it cannot be written; what stood there is as it was.
    """
    write_file(path, to_text(sealing).encode())


class _Reading:
    """One file being read; its problems gather here."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = []

    def sealing(self) -> Sealing | None:
        """What the file says; of no use where there are problems."""
        tree = self.document.tree
        if not isinstance(tree, dict):
            self._add((), "wrong-type", "the keys 'version', 'salt', 'iterations' and 'owner' were expected here")
            return None
        self._only((), tree, _TOP)
        version = self._value((), tree, "version", _number)
        if version not in (None, 1):
            self._add(("version",), "bad-value", "this program knows version 1 alone", "Use a newer program.")
        salt = self._value((), tree, "salt", _bytes(keys.SALT_BYTES))
        owner = self._value((), tree, "owner", _bytes(_OWNER_BYTES))
        iterations = self._value((), tree, "iterations", _number)
        if iterations is not None and not keys.FEWEST_ITERATIONS <= iterations <= keys.MOST_ITERATIONS:
            self._add(("iterations",), "bad-value", keys.told_iterations(iterations))
        recipients = tuple(self._recipients(tree.get("recipients")))
        if salt is None or owner is None or iterations is None:
            return None
        return Sealing(salt, iterations, owner, recipients)

    def _recipients(self, entries: object) -> Iterator[Listed]:
        if entries is None:
            return
        if not isinstance(entries, list):
            self._add(("recipients",), "wrong-type", "a list of recipients was expected here")
            return
        names: set[str] = set()
        counts: dict[str, int] = {}
        for number, entry in enumerate(entries):
            listed = self._entry(("recipients", number), entry)
            if listed is None:
                continue
            if listed.name in names:
                self._add(("recipients", number, "name"), "bad-value", f"'{listed.name}' stands here twice")
            names.add(listed.name)
            counts[listed.audience] = counts.get(listed.audience, 0) + 1
            if counts[listed.audience] == MOST_RECIPIENTS + 1:
                message = f"'{listed.audience}' has more than {MOST_RECIPIENTS} recipients"
                self._add(("recipients", number), "too-many", message)
            yield listed

    def _entry(self, path: tuple[str | int, ...], entry: object) -> Listed | None:
        if not isinstance(entry, dict):
            self._add(path, "wrong-type", "a recipient was expected here, with a name, an audience, a kind and a key")
            return None
        self._only(path, entry, _ENTRY)
        name = self._value(path, entry, "name", _label)
        audience = self._value(path, entry, "audience", _label)
        kind = self._value(path, entry, "kind", _kind)
        since = self._value(path, entry, "since", _day)
        key = self._value(path, entry, "key", _bytes(_KEY_BYTES))
        if name is None or audience is None or kind is None or since is None or key is None:
            return None
        return Listed(name, audience, kind, since, key, self.document.place_of((*path, "audience")))

    def _only(self, path: tuple[str | int, ...], tree: Mapping[str, object], known: tuple[str, ...]) -> None:
        for key in tree:
            if key not in known:
                place = self.document.place_of((*path, key), key=True)
                message = f"'{shorten(str(key), 40)}' is no key of this file"
                self.problems.append(Problem(place, "unknown-field", message, suggest(str(key), known)))

    def _value(
        self, path: tuple[str | int, ...], tree: Mapping[str, object], key: str, read: Callable[[str], Value]
    ) -> Value | None:
        found = tree.get(key)
        if found is None:
            self._add((*path, key) if key in tree else path, "missing-field", f"'{key}' is missing")
            return None
        if not isinstance(found, str):
            self._add((*path, key), "wrong-type", "one value was expected here")
            return None
        try:
            return read(found)
        except _Unread as unread:
            self._add((*path, key), "bad-value", str(unread))
            return None

    def _add(self, path: KeyPath, code: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(self.document.place_of(path), code, message, hint))


class _Unread(ValueError):  # noqa: N818  (it names what happened)
    """What is wrong with a value."""


def _number(text: str) -> int:
    if not _DIGITS.match(text):
        raise _Unread("a number was expected here")
    return int(text)


def _bytes(count: int) -> Callable[[str], bytes]:
    def read(text: str) -> bytes:
        try:
            content = unb64(text)
        except ValueError:
            raise _Unread("this is not Base64 as this program writes it") from None
        if len(content) != count:
            raise _Unread(f"this holds {len(content)} bytes, and {count} were expected")
        return content

    return read


def _label(text: str) -> str:
    if not LABEL.match(text):
        raise _Unread(f"'{shorten(text, 40)}' is not a label: a-z, 0-9 and hyphens, up to 40 of them")
    return text


def _kind(text: str) -> Kind:
    try:
        return Kind(text)
    except ValueError:
        raise _Unread(f"'{shorten(text, 40)}' is neither 'passphrase' nor 'link'") from None


def _day(text: str) -> dt.date:
    try:
        if _DAY.match(text):
            return dt.date.fromisoformat(text)
    except ValueError:
        pass
    raise _Unread(f"'{shorten(text, 30)}' is not a date such as 2027-04-15")
