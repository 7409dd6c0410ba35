"""What is looked for: each value in every form that an output may give it, found in one pass over a text.

A candidate is found by its letters and digits alone, wherever they stand in a row; whether it is the value and not
the end of one word and the beginning of another is then seen in the text. Refuses to know where a text comes from.
"""

from __future__ import annotations

import base64
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from playbook.publish.scan.folding import plain, squeezed, squeezed_bytes, starts_of, unbroken, unescaped
from playbook.source.files import slug

LEAST = 5
"""How many letters and digits a value must have to be looked for."""
SURE = 8
"""So many of them in a row are no accident among bytes that are no text."""
LONGEST_SHORT = 24
"""What is shorter in base64 or hex is looked for as it is written there; a longer run is decoded and looked into."""
_TAG = re.compile(r"<[^<>]*>")
_SPACE = re.compile(r"[\s\\]+")
_NOT_HEX = re.compile(r"\\x|0x|[\s:,]+")
_GROUPED = r"[ ()/-]{0,2}"
_SHORT_COMMIT = 7
_WEB_SAFE = str.maketrans("-_", "+/")


class Form(StrEnum):
    """How a needle is told from an accident."""

    WORDS = "words"
    """Its words, whatever stands between them."""
    PHRASE = "phrase"
    """Its words, the first and the last of them whole: a few out of a long text."""
    WORD = "word"
    """One word, with no letter or digit before or behind it."""
    COMMIT = "commit"
    """A commit's id, or the beginning of it."""
    DIGITS = "digits"
    """A number, however it is grouped."""
    BASE64 = "base64"
    HEX = "hex"
    BYTES = "bytes"
    """As it stands in a file that is no text."""


@dataclass(frozen=True, slots=True)
class Needle:
    """One thing to look for."""

    owner: int
    """The number of the value that it comes from."""
    text: str = field(repr=False)
    form: Form = Form.WORDS


@dataclass(frozen=True, slots=True)
class _Key:
    owner: int
    form: Form
    text: str = field(repr=False)
    letters: str = field(repr=False)
    inner: frozenset[int] = frozenset()
    """Where, counted from its beginning, a word may end."""
    raw: tuple[bytes, ...] = field(default=(), repr=False)
    """How it may stand in a file that is no text."""


class Needles:
    """Many needles, found at once."""

    def __init__(self, needles: Iterable[Needle], *, least: int = LEAST) -> None:
        self._needles = tuple(needles)
        self._least = least

    def __repr__(self) -> str:
        return f"Needles({len(self)})"

    def __len__(self) -> int:
        return len(self._needles)

    def joined(self, more: Iterable[Needle]) -> Needles:
        """These and others, found at once."""
        more = tuple(more)
        if not more:
            return self
        return Needles((*self._needles, *more), least=self._least)

    def find(self, text: str, *, may_break: bool = False) -> set[int]:
        """The owners of what stands in a text that is `unescaped` and `plain`.

        With `may_break`, also of what an end of line breaks in the middle of a word.
        """
        found = self._find(text)
        whole = unbroken(text) if may_break else text
        return found if whole == text else found | self._find(whole)

    def may_stand_in(self, text: str) -> bool:
        """Whether the letters of one of them stand in a row in a text, of which the words may be torn."""
        return self._automaton is not None and next(self._automaton.iter(squeezed(text)), None) is not None

    def _find(self, text: str) -> set[int]:
        hits = self._hits(squeezed(text))
        if not hits:
            return set()
        shown = _Shown(text)
        return {self._keys[number].owner for number, ends in hits.items() if shown.holds(self._keys[number], ends)}

    def find_in_bytes(self, data: bytes) -> set[int]:
        """The owners of what stands in bytes that are no text, in UTF-8, UTF-16 or Latin-1."""
        found = set()
        for number in self._hits(squeezed_bytes(data).decode("latin-1")):
            key = self._keys[number]
            if key.form in (Form.WORDS, Form.PHRASE, Form.BYTES) and (
                len(key.letters) >= SURE or any(raw in data for raw in key.raw)
            ):
                found.add(key.owner)
        return found

    def _hits(self, letters: str) -> dict[int, list[int]]:
        """Number of a key → where its letters end, each time that they stand in a row."""
        automaton = self._automaton
        found: dict[int, list[int]] = {}
        if automaton is not None:
            for end, numbers in automaton.iter(letters):
                for number in numbers:
                    found.setdefault(number, []).append(end + 1)
        return found

    @cached_property
    def _keys(self) -> tuple[_Key, ...]:
        return tuple(dict.fromkeys(key for needle in self._needles for key in _keys(needle)))

    @cached_property
    def _automaton(self) -> Any:
        from ahocorasick import Automaton  # type: ignore[import-not-found]  # noqa: PLC0415  (a compiled module that only a scan needs)

        numbers: dict[str, list[int]] = {}
        for number, key in enumerate(self._keys):
            if len(key.letters) >= self._least:
                numbers.setdefault(key.letters, []).append(number)
        if not numbers:
            return None
        automaton = Automaton()
        for letters, found in numbers.items():
            automaton.add_word(letters, tuple(found))
        automaton.make_automaton()
        return automaton


def letters_of(text: str) -> str:
    """The letters and digits that a value is found by."""
    return squeezed(plain(text))


def _keys(needle: Needle) -> Iterator[_Key]:
    text, owner = needle.text, needle.owner
    if needle.form not in (Form.WORDS, Form.PHRASE):
        letters = text[:_SHORT_COMMIT] if needle.form is Form.COMMIT else letters_of(text)
        yield _Key(owner, needle.form, text, letters, raw=(text.encode(),))
        return
    raw = tuple(dict.fromkeys(_raw(text)))
    for spelling in dict.fromkeys(_spellings(text)):
        yield _Key(owner, needle.form, "", squeezed(spelling), frozenset(starts_of(spelling)), raw)
    data = text.encode("utf-8", "surrogatepass")
    if not text.isascii():
        for letters in {squeezed_bytes(one).decode("latin-1") for one in raw}:
            yield _Key(owner, Form.BYTES, "", letters, raw=raw)
    if len(data) * 4 < LONGEST_SHORT * 3 + 6:
        yield from (_Key(owner, Form.BASE64, code, squeezed(code)) for code in _base64(data))
    if len(data) * 2 < LONGEST_SHORT + 2:
        yield _Key(owner, Form.HEX, data.hex(), data.hex())


def _spellings(text: str) -> Iterator[str]:
    yield plain(text)
    # A value that looks like an escape or a tag is changed with the text around it.
    yield from {plain(unescaped(text)), plain(unescaped(_TAG.sub("", text)))} - {plain(text)}
    # Markdown drops what it does not know, where an id has letters in its place.
    dropped = plain(text.encode("ascii", "ignore").decode()) if not text.isascii() else ""
    yield from (slug(text), dropped)


def _raw(text: str) -> Iterator[bytes]:
    for form in (text, text.lower(), text.upper()):
        yield form.encode("utf-8", "surrogatepass")
        yield form.encode("utf-16-le", "surrogatepass")
        yield form.encode("utf-16-be", "surrogatepass")
        yield form.encode("latin-1", "ignore")


def _base64(data: bytes) -> Iterator[str]:
    """The signs that stand for `data` and nothing else, for each of the three places that it may begin at."""
    for offset in range(3):
        code = base64.b64encode(b"\0" * offset + data + b"\0\0").decode()
        yield code[-(-8 * offset // 6) : 8 * (offset + len(data)) // 6]


class _Shown:
    """One text in which candidates were found, and what tells them from accidents."""

    def __init__(self, text: str) -> None:
        self.text = text

    def holds(self, key: _Key, ends: list[int]) -> bool:
        if key.form in (Form.WORDS, Form.PHRASE):
            return any(self._is_whole(key, end) for end in ends)
        if key.form is Form.WORD:
            return any(end - len(key.letters) in self._edges and end in self._edges for end in ends)
        if key.form is Form.BASE64:
            return key.text.translate(_WEB_SAFE) in self._as_base64
        if key.form is Form.HEX:
            return key.text in self._as_hex
        if key.form is Form.COMMIT:
            # Digits alone are a number, and seven letters may be a word.
            pattern = rf"(?<![0-9a-z]){key.letters}[0-9a-f]{{0,33}}(?![0-9a-z])"
            found = re.findall(pattern, self.text.lower())
            return any(key.text.startswith(one) and not one.isdecimal() and not one.isalpha() for one in found)
        if key.form is Form.DIGITS:
            return re.search(rf"(?<!\d){_GROUPED.join(key.letters)}(?!\d)", self.text) is not None
        return False

    def _is_whole(self, key: _Key, end: int) -> bool:
        """Whether no word ends inside one of the key's: `and re` is no `Andre`, `ada-lovelace` is `Ada Lovelace`."""
        start = end - len(key.letters)
        first = at = bisect_right(self._starts, start)
        while at < len(self._starts) and self._starts[at] < end:
            if self._starts[at] - start not in key.inner:
                return False
            at += 1
        # Where nothing at all parts the words there are no whole ones.
        return key.form is Form.WORDS or at == first or (start in self._edges and end in self._edges)

    @cached_property
    def _starts(self) -> list[int]:
        return starts_of(self.text)

    @cached_property
    def _edges(self) -> frozenset[int]:
        return frozenset(self._starts)

    @cached_property
    def _as_base64(self) -> str:
        return _SPACE.sub("", self.text).translate(_WEB_SAFE)

    @cached_property
    def _as_hex(self) -> str:
        return _NOT_HEX.sub("", self.text.lower())
