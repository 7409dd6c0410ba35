"""The values that following passes around: versions of files in, happenings out, and what is not accounted for yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from playbook.history.segments import Since
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


happened: Callable[[tuple[int, Change, int, int, int, str, str, int, str]], Happening] = partial(
    tuple.__new__, Happening
)
"""A happening out of its fields: there are tens of thousands, and so each takes a third of the time."""


class Version(NamedTuple):
    """What a step made of one file."""

    path: str
    items: list[int] | None
    """Numbers of the items that it now holds; None where the new version does not say."""
    is_there: bool = True
    """False where the file is gone."""
    since: Since | None = None
    """What they have in common with what the file held before, as far as that is known."""


made_version: Callable[[tuple[str, list[int] | None, bool, Since | None]], Version] = partial(tuple.__new__, Version)
"""One out of its fields."""


@dataclass(slots=True)
class FileState:
    """The checklist of one file as the last step left it."""

    number: int
    """Stays when the file gets another name."""
    items: list[int]
    """Numbers of its items as they are written now."""
    uids: list[int]
    """Who they are, place by place."""


@dataclass(slots=True)
class Edited:
    """A file in the step that is being taken, of which not every item is accounted for."""

    path: str
    file: int
    uids: list[int]
    """Who its items are, place by place; -1 where nobody is found yet."""
    old_uids: list[int]
    """Who they were."""
    head: int
    """So many at its beginning are who they were."""
    kept: set[int]
    """Who of the others was in it before and is still, but for those behind everything that changed."""


class Loose(NamedTuple):
    """An item of a changed file that is not accounted for yet: a dropped one, or one that has come."""

    edit: Edited
    place: int
    item: int
    uid: int
    """Who it was; -1 for one that has come."""


made_loose: Callable[[tuple[Edited, int, int, int]], Loose] = partial(tuple.__new__, Loose)
"""One out of its fields."""
