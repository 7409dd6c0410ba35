"""Counts items over time: how many there were on a day, how many of them were done, and on which days any moved."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from playbook.history.timeline import Change, Event, Timeline


@dataclass(frozen=True, slots=True)
class Point:
    """How much there was to do at the end of a day, and how much of it was done."""

    day: dt.date
    done: int
    total: int


class Standing(NamedTuple):
    """How one item stands at one moment; the default is one that has not come yet."""

    path: str = ""
    text: str = ""
    is_live: bool = False
    is_done: bool = False
    """Stays as it was when the item is dropped: if it comes back, it comes back done."""
    is_skipped: bool = False

    def after(self, event: Event) -> Standing:
        """How it stands once that has happened to it."""
        kind = event.kind
        return Standing(
            event.path,
            event.text,
            kind is not Change.DROPPED,
            kind is Change.DONE or (self.is_done and kind is not Change.UNDONE),
            kind is Change.SKIPPED or (self.is_skipped and kind is not Change.UNSKIPPED),
        )

    def counts_in(self, paths: Collection[str] | None) -> bool:
        """Whether it is something to do (or done) in one of these files; what is skipped is neither."""
        return self.is_live and not self.is_skipped and (paths is None or self.path in paths)


NOT_YET = Standing()

# The same as `Standing`, as bits of a number: there, done, skipped. Tens of thousands of events are counted at once.
_ALL, _LIVE, _DONE, _SKIPPED = 7, 1, 2, 4
_MARKS = {
    Change.CREATED: (_ALL, _LIVE),
    Change.RESTORED: (_ALL, _LIVE),
    Change.DROPPED: (_ALL - _LIVE, 0),
    Change.DONE: (_ALL, _DONE),
    Change.UNDONE: (_ALL - _DONE, 0),
    Change.SKIPPED: (_ALL, _SKIPPED),
    Change.UNSKIPPED: (_ALL - _SKIPPED, 0),
    Change.REWORDED: (_ALL, 0),
    Change.MOVED: (_ALL, 0),
}
"""Change → the marks that stay, and those that come."""
_NEITHER = (0, 0)
_COUNTS = tuple(
    (1, int(bool(marks & _DONE))) if marks & _LIVE and not marks & _SKIPPED else _NEITHER for marks in range(8)
)
"""Marks → (how much there is to do, how much of it is done)."""


def burn_up(
    timeline: Timeline, *, paths: Collection[str] | None = None, until: dt.date | None = None
) -> tuple[Point, ...]:
    """The line of done and the line of scope: a point for each day on which either changed, oldest first.

    Skipped items count in neither. Days are those of the steps, so they never go back. The items that a shallow clone
    begins with are in its first point: where the line starts, not what was added.
    """
    points: list[Point] = []
    marks: dict[int, int] = {}
    places: dict[int, str] = {}
    done = total = 0
    steps = timeline.steps
    at, current = -1, dt.date.min
    for event in events_in(timeline, paths):
        if event.step != at:
            at, day = event.step, steps[event.step].day
            if until is not None and day > until:
                break
            if day != current:
                _add(points, Point(current, done, total))
                current = day
        uid = event.item
        before = marks.get(uid, 0)
        keeps, sets = _MARKS[event.kind]
        after = marks[uid] = before & keeps | sets
        was, now = _COUNTS[before], _COUNTS[after]
        if paths is not None:
            was = was if places.get(uid) in paths else _NEITHER
            now = now if event.path in paths else _NEITHER
            places[uid] = event.path
        total += now[0] - was[0]
        done += now[1] - was[1]
    _add(points, Point(current, done, total))
    return tuple(points)


def counted_on(points: Sequence[Point], day: dt.date) -> Point:
    """The state at the end of any day; nothing done of nothing before the first point."""
    older = bisect_right(points, day, key=lambda point: point.day)
    return Point(day, points[older - 1].done, points[older - 1].total) if older else Point(day, 0, 0)


def active_days(
    timeline: Timeline, first: dt.date, last: dt.date, *, paths: Collection[str] | None = None
) -> dict[dt.date, int]:
    """Day → how many items anything happened to, for the days from `first` to `last` on which something did.

    What a shallow clone begins with did not happen on that day.
    """
    moved: dict[dt.date, set[int]] = {}
    steps = timeline.steps
    for event in timeline.events:
        step = steps[event.step]
        if first <= step.day <= last and not step.is_baseline and _is_in(event, paths):
            moved.setdefault(step.day, set()).add(event.item)
    return {day: len(items) for day, items in moved.items()}


def events_in(timeline: Timeline, paths: Collection[str] | None) -> Iterable[Event]:
    """Everything that ever happened to the items that have ever been in one of these files, in its order."""
    if paths is None:
        return timeline.events
    items, events = timeline.items, timeline.events
    indexes = sorted(index for item in items_in(timeline, paths) for index in items[item].events)
    return [events[index] for index in indexes]


def items_in(timeline: Timeline, paths: Collection[str]) -> frozenset[int]:
    """The `uid` of every item that has ever been in one of these files."""
    return frozenset().union(*(timeline.ever_in.get(path, ()) for path in paths))


def _is_in(event: Event, paths: Collection[str] | None) -> bool:
    return paths is None or event.path in paths or (event.kind is Change.MOVED and event.before in paths)


def _add(points: list[Point], point: Point) -> None:
    last = points[-1] if points else Point(point.day, 0, 0)
    if (point.done, point.total) != (last.done, last.total):
        points.append(point)
