"""The values that following passes around: versions of files in, happenings out, and what is not accounted for yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from playbook.history.timeline import Change


class Happening(NamedTuple):
    """An event before its file has its last name: `file` is a number of `Following.paths`."""

    step: int
    kind: Change
    item: int
    file: int
    place: int
    text: str
    before: str
    """The old text of REWORDED."""
    origin: int
    """The old file of MOVED; -1 for anything else."""
    id: str


class Version(NamedTuple):
    """What a step made of one file."""

    path: str
    items: list[int] | None
    """Numbers of the items that it now holds; None where the new version does not say."""
    is_there: bool = True
    """False where the file is gone."""


@dataclass(slots=True)
class FileState:
    """The checklist of one file as the last step left it."""

    number: int
    """Stays when the file gets another name."""
    items: list[int]
    """Numbers of its items as they are written now."""
    uids: list[int]
    """Who they are, place by place."""


class Loose(NamedTuple):
    """An item of a changed file that is not accounted for yet: a dropped one, or one that has come."""

    path: str
    place: int
    item: int
    uid: int
    """Who it was; -1 for one that has come."""


@dataclass(slots=True)
class Edited:
    """One file in the step that is being taken."""

    path: str
    file: int
    items: list[int]
    uids: list[int]
    """-1 where nobody is found yet."""
    old: FileState | None
