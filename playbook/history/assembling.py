"""Makes a timeline's values out of what following the items has found."""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from playbook.history.checklists import OldItem, State
from playbook.history.days import Days, days_of, moment
from playbook.history.ledger import Taken
from playbook.history.states import FileState, Happening
from playbook.history.timeline import Change, Event, ItemLife, Note, Step

_MUCH = dt.timedelta(days=31)
"""A tick that was committed this long after the day it bears is noted."""


@dataclass(frozen=True)
class Assembled:
    """The whole timeline: every file by its last name, every step on its day, every item with its life.

    Each part is made when somebody asks for it.
    """

    taken: Sequence[Taken]
    happenings: Sequence[Happening]
    paths: Mapping[int, str]
    files: Mapping[str, FileState]
    written: Sequence[OldItem]
    """What the numbers of items stand for."""
    unread: Sequence[tuple[int, str]] = ()
    said: Sequence[Note] = ()
    """The notes that come first."""
    now: dt.datetime | None = None

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """As `Timeline.steps`."""
        taken, days = self.taken, self._days.days
        with undisturbed():
            return tuple(
                _step((index, step[0], moment(step[1].author, step[1].zone), day, step[2], not step[0], step[3]))
                for index, (step, day) in enumerate(zip(taken, days, strict=True))
            )

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """As `Timeline.events`."""
        paths = self.paths
        with undisturbed():
            return tuple(
                [
                    _event((step, kind, item, paths[file], place, text, before if origin < 0 else paths[origin], name))
                    for step, kind, item, file, place, text, before, origin, name in self.happenings
                ]
            )

    @cached_property
    def items(self) -> tuple[ItemLife, ...]:
        """As `Timeline.items`."""
        with undisturbed():
            return _lives(self.events, self.files, self.written)

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """As `Timeline.notes`."""
        said = (*self.said, *_clock_notes(self.taken, self._days))
        return (*said, *_unread_notes(self.taken, self.unread), *_contradicted_notes(self.steps, self.items))

    @cached_property
    def _days(self) -> Days:
        with undisturbed():
            return days_of([step.clock for step in self.taken], self.now)


# Out of their fields, in a third of the time: a history has tens of thousands of both.
_step: Callable[[tuple[int, str, dt.datetime, dt.date, str, bool, bool]], Step] = partial(tuple.__new__, Step)
_event: Callable[[tuple[int, Change, int, str, int, str, str, str]], Event] = partial(tuple.__new__, Event)


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Keeps the garbage collector from going through a hundred thousand new tuples, none of which is garbage."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if not gc.get_freeze_count():
                # All that is new counts as old, or the first allocation to come would have it gone through after all.
                gc.freeze()
                gc.unfreeze()
            gc.enable()


def _clock_notes(taken: Sequence[Taken], days: Days) -> Iterator[Note]:
    for index, day in days.ahead:
        commit = taken[index].commit
        yield Note(
            "clock-ahead",
            f"Commit {commit[:7]} says that it was made on {day}; the clock was wrong, and it is shown on "
            f"{days.days[index]}.",
            commit=commit,
        )


class _Life:
    """An item while its events are read."""

    __slots__ = ("created", "done", "events", "last", "skipped")

    def __init__(self, created: int) -> None:
        self.created = created
        self.done: int | None = None
        self.skipped = False
        self.events: list[int] = []
        self.last: Event | None = None


def _lives(events: Sequence[Event], files: Mapping[str, FileState], items: Sequence[OldItem]) -> tuple[ItemLife, ...]:
    lives: dict[int, _Life] = {}
    for index, event in enumerate(events):
        life = lives.get(event.item)
        if life is None:
            life = lives[event.item] = _Life(event.step)
        life.events.append(index)
        life.last = event
        if event.kind is Change.DONE:
            life.done = event.step
        elif event.kind is Change.UNDONE:
            life.done = None
        elif event.kind is Change.SKIPPED:
            life.skipped = True
        elif event.kind is Change.UNSKIPPED:
            life.skipped = False
    live = {
        uid: (path, place, items[number])
        for path, state in files.items()
        for place, (uid, number) in enumerate(zip(state.uids, state.items, strict=True))
    }
    return tuple(_life(uid, life, live.get(uid)) for uid, life in sorted(lives.items()))


def _life(uid: int, life: _Life, now: tuple[str, int, OldItem] | None) -> ItemLife:
    if now is not None:
        path, place, item = now
        return ItemLife(
            uid,
            item.id,
            item.text,
            path,
            place,
            item.state,
            is_live=True,
            created=life.created,
            done=life.done,
            done_on=item.done_on,
            events=tuple(life.events),
        )
    assert life.last is not None  # noqa: S101  (a life begins with an event)
    state = State.DONE if life.done is not None else State.SKIPPED if life.skipped else State.OPEN
    return ItemLife(
        uid,
        life.last.id,
        life.last.text,
        life.last.path,
        -1,
        state,
        is_live=False,
        created=life.created,
        done=life.done,
        done_on="",
        events=tuple(life.events),
    )


def _unread_notes(taken: Sequence[Taken], unread: Iterable[tuple[int, str]]) -> list[Note]:
    """One note for each file that had versions which did not say what their items are."""
    by_path: dict[str, list[int]] = {}
    for step, path in unread:
        by_path.setdefault(path, []).append(step)
    return [
        Note(
            "unread-version",
            f"'{path}' could not be read in {len(steps)} version{'' if len(steps) == 1 else 's'}, last in "
            f"{taken[steps[-1]].commit[:7] or 'the working tree'}; its items count as they were before.",
            path=path,
            commit=taken[steps[-1]].commit,
        )
        for path, steps in sorted(by_path.items())
    ]


def _contradicted_notes(steps: Sequence[Step], lives: Iterable[ItemLife]) -> list[Note]:
    """A note for each date of `done` that git has seen otherwise, by more than a month. What is written stands."""
    found = []
    for life in lives:
        # What came done may have been done long before there was a file for it.
        if not life.done_on or life.done is None or life.done == life.created:
            continue
        try:
            written = dt.date.fromisoformat(life.done_on)
        except ValueError:
            continue
        open_until, ticked = steps[life.done - 1].day, steps[life.done].day
        if written < open_until - _MUCH or written > ticked + _MUCH:
            message = (
                f"'{life.text}' is marked as done on {written}; git saw it open on {open_until}, done on {ticked}."
            )
            found.append(Note("done-contradicted", message, path=life.path, commit=steps[life.done].commit))
    return found
