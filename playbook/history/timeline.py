"""What is known about every checklist item over time: the steps of the history, what happened in each, and the items.

Values only; where they come from is the business of `reading`. All counts can be had from the events: an item is in
scope from CREATED or RESTORED to DROPPED, and done from DONE to UNDONE (dropped while done, it comes back done).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple, Protocol

from playbook.history.checklists import State


class Change(StrEnum):
    """What can happen to an item."""

    CREATED = "created"
    RESTORED = "restored"
    """It had been dropped, and is back."""
    MOVED = "moved"
    """To another file; a file that gets another name moves nothing."""
    REWORDED = "reworded"
    UNDONE = "undone"
    UNSKIPPED = "unskipped"
    DONE = "done"
    SKIPPED = "skipped"
    DROPPED = "dropped"


class Step(NamedTuple):
    """One point of the history: a commit on the first-parent chain that touched the content folder, or the disk.

    A plain tuple with names, as `Event` is: a history holds tens of thousands of both.
    """

    index: int  # type: ignore[assignment]  # that tuples have a method of this name matters to nobody here
    commit: str
    """Its whole id; empty for the working tree."""
    time: dt.datetime
    """When its author wrote it, in the author's own zone."""
    day: dt.date
    """For an axis: it never goes back from one step to the next, whatever the clocks said."""
    subject: str
    is_working_tree: bool = False
    """Whether this is what lies on the disk and is in no commit yet."""
    is_baseline: bool = False
    """Whether everything here may be older: a shallow clone begins with it."""


class Event(NamedTuple):
    """What happened to one item in one step."""

    step: int
    """The index of the step."""
    kind: Change
    item: int
    """The `uid` of the item."""
    path: str
    """Its file below the content folder, by the name that the file has (or had last): `goals/staff.yml`."""
    place: int
    """Its index in the file's checklist (before, where it was dropped)."""
    text: str
    """After the change."""
    before: str = ""
    """The old text of REWORDED; of MOVED the old file, by its last name too."""
    id: str = ""
    """The id that it has after the change, if any."""


@dataclass(frozen=True, slots=True)
class ItemLife:
    """One item, from when it came to what has become of it."""

    uid: int
    """Counted from 0 in the order in which items came; the same in every run over the same history."""
    id: str
    """As it was last written; empty where it has none."""
    text: str
    path: str
    """The file it is in, or was in last."""
    place: int
    """Its index in the file's checklist, as it is now; -1 where it is gone."""
    state: State
    is_live: bool
    """Whether it is there at the end."""
    created: int
    """The step in which it came."""
    done: int | None
    """The step since which it is done; None where it is not."""
    done_on: str
    """The day that its author wrote, `2026-10-02`; empty where none is written, or where it is gone."""
    events: tuple[int, ...]
    """Indexes of what happened to it, in their order."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something a reader of the history should know."""

    code: str
    message: str
    command: str = ""
    """What helps, if a command does."""
    path: str = ""
    """The file below the content folder that it is about, if it is about one."""
    commit: str = ""
    """The commit that it is about, if it is about one."""

    def __str__(self) -> str:
        return f"{self.message} Run: {self.command}" if self.command else self.message


class Whole(NamedTuple):
    """Everything, as `Timeline` shows it."""

    steps: tuple[Step, ...]
    events: tuple[Event, ...]
    items: tuple[ItemLife, ...]
    notes: tuple[Note, ...]


class Parts(Protocol):
    """What a timeline shows, as `Whole` has it or made one by one when somebody asks."""

    @property
    def steps(self) -> tuple[Step, ...]:
        """As `Timeline.steps`."""
        ...

    @property
    def events(self) -> tuple[Event, ...]:
        """As `Timeline.events`."""
        ...

    @property
    def items(self) -> tuple[ItemLife, ...]:
        """As `Timeline.items`."""
        ...

    @property
    def notes(self) -> tuple[Note, ...]:
        """As `Timeline.notes`."""
        ...


class Timeline:
    """The history of every checklist item.

    What it holds is fetched when it is first asked for: to bring ten thousand commits up to date takes less time than
    to list what happened in them.
    """

    def __init__(self, fetch: Callable[[], Parts], *, is_complete: bool) -> None:
        self._fetch = fetch
        self.is_complete = is_complete
        """Whether the history goes back to the beginning. Where it does not (a shallow clone), the items of the first
        step were there before it, and nobody knows since when."""

    @cached_property
    def parts(self) -> Parts:
        """Everything, as it was fetched."""
        return self._fetch()

    @property
    def whole(self) -> Whole:
        """Everything at once."""
        return Whole(self.steps, self.events, self.items, self.notes)

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every commit that touched the content folder, oldest first, and the working tree where it differs."""
        return self.parts.steps

    @property
    def events(self) -> tuple[Event, ...]:
        """Everything that happened, in the order of the steps; within a step by file and place."""
        return self.parts.events

    @property
    def items(self) -> tuple[ItemLife, ...]:
        """Every item that ever was; `items[uid]` is one."""
        return self.parts.items

    @property
    def notes(self) -> tuple[Note, ...]:
        """What a reader should know: where it begins too late, a clock that was wrong, versions that say nothing."""
        return self.parts.notes

    @cached_property
    def live(self) -> dict[str, tuple[ItemLife, ...]]:
        """Path → the items that its checklist holds at the end, in their order."""
        found: dict[str, list[ItemLife]] = {}
        for item in self.items:
            if item.is_live:
                found.setdefault(item.path, []).append(item)
        return {path: tuple(sorted(items, key=lambda item: item.place)) for path, items in sorted(found.items())}

    @cached_property
    def ever_in(self) -> dict[str, frozenset[int]]:
        """Path → the `uid` of every item that has ever been in that file."""
        found: dict[str, set[int]] = {}
        for event in self.events:
            items = found.get(event.path)
            if items is None:
                found[event.path] = {event.item}
            else:
                items.add(event.item)
        return {path: frozenset(items) for path, items in found.items()}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Timeline):
            return NotImplemented
        return self.whole == other.whole and self.is_complete == other.is_complete

    __hash__ = None  # type: ignore[assignment]
