"""Says what is different at the end of a span of time: done, added, dropped, reworded, each item at most once in each.

Only the difference counts: what was done and undone again within the span is neither.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from playbook.history.timeline import Change, Event, ItemLife, Step, Timeline
from playbook.progress.counting import NOT_YET, Standing, items_in


@dataclass(frozen=True, slots=True)
class Moved:
    """One item that something happened to, and the last step of the span in which it did."""

    event: Event
    """Of REWORDED and MOVED, `before` is what it was at the beginning of the span."""
    step: Step
    item: ItemLife


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that is different at the end of a span, each list in the order in which it happened."""

    done: tuple[Moved, ...] = ()
    """Also what was dropped after it was done."""
    undone: tuple[Moved, ...] = ()
    added: tuple[Moved, ...] = ()
    dropped: tuple[Moved, ...] = ()
    restored: tuple[Moved, ...] = ()
    reworded: tuple[Moved, ...] = ()
    moved: tuple[Moved, ...] = ()
    """From one file to another; counted with the file it came from and with the one it went to."""
    skipped: tuple[Moved, ...] = ()
    unskipped: tuple[Moved, ...] = ()

    def __bool__(self) -> bool:
        return any(
            (
                self.done, self.undone, self.added, self.dropped, self.restored, self.reworded, self.moved,
                self.skipped, self.unskipped,
            )
        )  # fmt: skip


def changes_between(
    timeline: Timeline, first: dt.date, last: dt.date, *, paths: Collection[str] | None = None
) -> Changes:
    """What is different at the end of the day `last` from how it was before the day `first`."""
    steps = timeline.steps
    before, end = bisect_left(steps, first, key=_day_of) - 1, bisect_right(steps, last, key=_day_of) - 1
    return changes_of_steps(timeline, before, end, paths=paths)


def changes_of_steps(
    timeline: Timeline, first_step: int, last_step: int, *, paths: Collection[str] | None = None
) -> Changes:
    """What is different after `last_step` from how it was after `first_step`; -1 is before everything.

    What a shallow clone begins with was there before, whatever the span.
    """
    begin = max(first_step, *(step.index for step in timeline.steps[:1] if step.is_baseline), -1)
    found: dict[Change, list[tuple[int, Event]]] = {}
    touched = _touched(timeline, begin, last_step)
    items, events = timeline.items, timeline.events
    for uid in touched if paths is None else touched & items_in(timeline, paths):
        for index, event in _differences(events, items[uid], begin, last_step):
            if paths is None or event.path in paths or (event.kind is Change.MOVED and event.before in paths):
                found.setdefault(event.kind, []).append((index, event))

    def moved(kind: Change) -> tuple[Moved, ...]:
        return tuple(
            Moved(event, timeline.steps[event.step], timeline.items[event.item])
            for _, event in sorted(found.get(kind, ()))
        )

    return Changes(
        done=moved(Change.DONE),
        undone=moved(Change.UNDONE),
        added=moved(Change.CREATED),
        dropped=moved(Change.DROPPED),
        restored=moved(Change.RESTORED),
        reworded=moved(Change.REWORDED),
        moved=moved(Change.MOVED),
        skipped=moved(Change.SKIPPED),
        unskipped=moved(Change.UNSKIPPED),
    )


def _touched(timeline: Timeline, begin: int, end: int) -> set[int]:
    """The items that anything happened to after the step `begin`, up to the step `end`."""
    events = timeline.events
    low = bisect_right(events, begin, key=_step_of)
    high = bisect_right(events, end, key=_step_of)
    return {event.item for event in events[low:high]}


def _day_of(step: Step) -> dt.date:
    return step.day


def _step_of(event: Event) -> int:
    return event.step


def _differences(events: Sequence[Event], item: ItemLife, begin: int, end: int) -> Iterator[tuple[int, Event]]:
    """(index, event) for each respect in which an item differs; the event is the last that had to do with it."""
    before = after = NOT_YET
    last: dict[Change, tuple[int, Event]] = {}
    for index in item.events:
        event = events[index]
        if event.step > end:
            break
        after = after.after(event)
        if event.step <= begin:
            before = after
        else:
            last[event.kind] = (index, event)
    for kind in _kinds(before, after):
        # Dropped here and back there, an item has moved, though no event says so.
        index, event = last[Change.RESTORED if kind is Change.MOVED and kind not in last else kind]
        if kind is Change.REWORDED:
            event = event._replace(before=before.text)
        elif kind is Change.MOVED:
            event = event._replace(kind=kind, before=before.path)
        # An item is counted where it is at the end, by the words it has there, not as it was at the time; one that is
        # gone is missed where it was.
        path = before.path if kind is Change.DROPPED else after.path
        yield index, event._replace(path=path, text=after.text)


def _kinds(before: Standing, after: Standing) -> Iterator[Change]:
    if after.is_live and not before.is_live:
        yield Change.CREATED if before == NOT_YET else Change.RESTORED
    if before.is_live and not after.is_live:
        yield Change.DROPPED
    if after.is_done != before.is_done:
        yield Change.DONE if after.is_done else Change.UNDONE
    if after.is_skipped != before.is_skipped:
        yield Change.SKIPPED if after.is_skipped else Change.UNSKIPPED
    if before.is_live and after.is_live:
        if after.text != before.text:
            yield Change.REWORDED
        if after.path != before.path:
            yield Change.MOVED
