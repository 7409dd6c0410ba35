"""Reads `git log`: the first-parent chain, newest first, with the checklist files that each commit touched.

Knows how git writes, and nothing of what the files hold.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

KINDS = ("goals", "events", "organizations", "people", "plays")
"""The folders whose records have checklists."""

ARGUMENTS = (
    "--first-parent",
    "-m",
    "--raw",
    "-z",
    "-O" + os.devnull,
    "--no-abbrev",
    "--no-renames",
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    "--no-show-signature",
    "--no-notes",
    "--no-mailmap",
    "--ignore-submodules=all",
    "--date=raw",
    "--format=%x01%H%x02%ad%x02%ct%x02%s",
)

_DELETED = ord("D")


class FileChange(NamedTuple):
    """What a commit made of one file."""

    path: str
    """Below the content folder."""
    blob: str
    """The id of its new text; empty where the file is gone."""


class Commit(NamedTuple):
    """One step of the chain, compared with its first parent."""

    id: str
    author: int
    """Seconds since 1970."""
    zone: str
    """The author's, as `+0530`."""
    committer: int
    """Seconds since 1970."""
    subject: str
    changes: list[FileChange]


# Out of their fields, in a third of the time: a history has tens of thousands of both.
made_change: Callable[[tuple[str, str]], FileChange] = partial(tuple.__new__, FileChange)
made_commit: Callable[[tuple[str, int, str, int, str, list[FileChange]]], Commit] = partial(tuple.__new__, Commit)


class LogReader:
    """Turns the output of `git log` with `ARGUMENTS` into commits, piece by piece as it comes.

    Only commits that touch something below the content folder come out. Reading stops at a commit that is known.
    """

    def __init__(self, prefix: str, known: frozenset[str] = frozenset()) -> None:
        self.met = ""
        """The known commit at which reading has stopped; empty so far."""
        self.last = ""
        """The commit that was read last, whether or not it touched anything here."""
        self._known = known
        self._rest = b""
        self._head = b""
        self._changes: list[FileChange] = []
        self._touches = False
        self._paths = _Paths(prefix)

    def feed(self, data: bytes) -> list[Commit]:
        """The commits that are complete with this piece; no data at all means that there is no more."""
        # Fields end with NUL, which neither a path nor a subject can hold: nothing else is safe to cut at.
        fields = (self._rest + data).split(b"\0")
        self._rest = fields.pop()
        found: list[Commit] = []
        paths, known, head, touches, changes = self._paths, self._known, self._head, self._touches, self._changes
        reading = iter(fields)
        for field in reading:
            if field[:1] == b"\x01":
                if touches:
                    found.append(_commit(head, changes))
                    touches, changes = False, []
                head = field
                if known and _id(head) in known:
                    self.met = self.last = _id(head)
                    return found
            elif field:
                raw_path = next(reading, None)
                if raw_path is None:  # the piece ends between the two
                    self._rest = field + b"\0" + self._rest
                    break
                path = paths[raw_path]
                if path is not None:
                    touches = True
                    if path:
                        changes.append(made_change((path, _new_blob(field))))
        if not data and touches:
            found.append(_commit(head, changes))
            touches = False
        self._head, self._touches, self._changes = head, touches, changes
        self.last = _id(head)
        return found


class _Paths(dict[bytes, str | None]):
    """A path as git writes it → its text below the content folder where a checklist may stand in it.

    Empty for any other file below that folder, None for one that is not; found when it is missed.
    """

    def __init__(self, prefix: str) -> None:
        super().__init__()
        self._content = prefix.encode("utf-8", "surrogateescape")

    def __missing__(self, raw: bytes) -> str | None:
        found = self[raw] = _checklist_path(raw[len(self._content) :]) if raw.startswith(self._content) else None
        return found


def _checklist_path(path: bytes) -> str:
    """The path as text where a file with a checklist may stand there, else empty."""
    kind, _, name = path.partition(b"/")
    if kind.decode("ascii", "replace") not in KINDS or b"/" in name or name[:1] == b".":
        return ""
    return path.decode("utf-8", "surrogateescape") if name.endswith(b".yml") else ""


def _id(head: bytes) -> str:
    return head[1 : head.index(b"\x02")].decode() if head else ""


def _new_blob(record: bytes) -> str:
    """`:100644 100644 OLD NEW M` → NEW; empty for what is gone, and for a link or a submodule put in its place."""
    record = record.lstrip(b"\n")
    if record[-1] == _DELETED or record[8:11] != b"100":
        return ""
    middle = (len(record) + 14) // 2  # both ids are as long as the repository's hash makes them
    return record[middle:-2].decode()


def _commit(head: bytes, changes: list[FileChange]) -> Commit:
    identifier, author, committer, subject = head[1:].decode("utf-8", "replace").split("\x02", 3)
    seconds, _, zone = author.partition(" ")
    try:
        return made_commit((identifier, int(seconds), zone, int(committer), subject, changes))
    except ValueError:  # some program wrote a commit with a broken date
        return Commit(identifier, 0, "+0000", 0, subject, changes)
