"""Where gestures are planned: the playbook, the day; and what a gesture comes to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from playbook.gestures.plans import FileChange, merged
from playbook.graph import Playbook
from playbook.source.document import Tree


class NotPossible(Exception):  # noqa: N818  (it reads as what it says)
    """Why a gesture means nothing here, as one sentence."""


@dataclass(frozen=True, slots=True)
class Bench:
    """The playbook that gestures change, and the day they are of."""

    playbook: Playbook
    on: dt.date
    """The day that is written: of a touch, a tick, a promise kept."""
    taken: frozenset[tuple[str, str]] = field(default=frozenset())
    """(kind, id) of files that are there and could not be read; nobody may get their ids."""


@dataclass(frozen=True, slots=True)
class Gesture:
    """What shall be written."""

    files: tuple[FileChange, ...]
    """One for each file; empty where everything is written already."""
    said: str
    """All of it in a sentence: `Logged: met Ada Novak on 21 Nov 2026`."""
    already: tuple[str, ...] = ()
    """What the files say already, in words."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        return not self.files


def together(gestures: Iterable[Gesture]) -> Gesture:
    """Several gestures as one, written together or not at all."""
    listed = list(gestures)
    return Gesture(
        merged(change for one in listed for change in one.files),
        "; ".join(one.said for one in listed if one.said),
        tuple(text for one in listed for text in one.already),
    )


def filled(**fields: Tree) -> dict[str, Tree]:
    """The fields that say something, in their order; `with_` is written `with`, `from_` is `from`."""
    return {name.rstrip("_"): value for name, value in fields.items() if value}


def iso(day: dt.date | None) -> str:
    """A day as files have it; nothing for none."""
    return day.isoformat() if day else ""
