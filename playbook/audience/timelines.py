"""Prunes a timeline to what one audience may know: when the items that it sees came, and when they were done.

An old version of a file may have held anything, so nothing of the past is shown but days: no old text, no commit, no
subject, no step in which only hidden things happened. What the history says of an item is taken from the versions in
which its file held it by its present words (or its id), never from who it was followed from: to follow is to compare
with everything else that stood there, hidden things too. Where two could be meant, nothing is said.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from playbook.audience.known import know
from playbook.audience.pruning import prune_items
from playbook.audience.reader import reader_of
from playbook.graph import Playbook
from playbook.history.checklists import State
from playbook.history.days import Clock, days_of
from playbook.history.timeline import Change, Event, ItemLife, Step, Timeline, Whole


def restrict_timeline(timeline: Timeline, playbook: Playbook, audience: str) -> Timeline:
    """The timeline as an audience may know it; `me` gets the timeline itself.

    It holds the items that the audience sees now, by the words that it sees, with when each came, was done, undone,
    skipped or gone for a while. Its steps are days without a time, a commit or a subject; what is not committed is not
    marked.

    Args:
        timeline: the whole history.
        playbook: everything that was read, not yet pruned, from the same files.
        audience: one of `audiences(playbook)`.

    Raises:
        UnknownAudience: for any other name.
    """
    reader = reader_of(playbook, audience)
    if reader is None:
        return timeline
    known = know(playbook, reader)
    seen: list[_Seen] = []
    for entry in playbook.entries():
        if entry.key in known.named:
            kept = prune_items(entry, reader, known)
            for place, (index, item) in enumerate(kept):
                raw = entry.record.checklist[index]  # type: ignore[attr-defined]  # what has items has a checklist
                written = item.done.on.isoformat() if item.done is not None and item.done.on is not None else ""
                seen.append(_Seen(f"{entry.kind}/{entry.id}.yml", raw.id, raw.task, place, item.task, written))
    return _assembled(timeline, tuple(_followed(timeline, seen)))


def timeline_until(timeline: Timeline, last: int) -> Timeline:
    """A restricted timeline as it was after a step: the items as they stood, and nothing of what came later."""
    whole = timeline.whole
    steps = whole.steps[: last + 1]
    events = tuple(event for event in whole.events if event.step <= last)
    own: dict[int, list[int]] = {}
    for index, event in enumerate(events):
        own.setdefault(event.item, []).append(index)
    items = tuple(_as_it_stood(life, events, tuple(own[life.uid])) for life in whole.items if life.uid in own)
    made = Whole(steps, events, items, ())
    return Timeline(lambda: made, is_complete=timeline.is_complete)


def _as_it_stood(life: ItemLife, events: tuple[Event, ...], own: tuple[int, ...]) -> ItemLife:
    state, done, is_live = State.OPEN, None, True
    for index in own:
        kind = events[index].kind
        state = _STATES.get(kind, state)
        done = events[index].step if kind is Change.DONE else None if kind is Change.UNDONE else done
        is_live = kind is not Change.DROPPED
    done_on = life.done_on if done is not None and done == life.done else ""
    return replace(life, state=state, is_live=is_live, done=done, done_on=done_on, events=own)


@dataclass(frozen=True, slots=True)
class _Seen:
    """An item that an audience sees: how to know it in old versions, and how it is shown."""

    path: str
    id: str
    words: str
    """As they stand in the file, links and all."""
    place: int
    """Among those that the audience sees."""
    text: str
    """As the audience reads it."""
    done_on: str


@dataclass(slots=True)
class _Held:
    """One item in a file, at one step of going over the history."""

    path: str
    text: str
    id: str
    state: State = State.OPEN
    is_there: bool = True


@dataclass(frozen=True, slots=True)
class _Past:
    """What is known of one item: (step, state; None for not there) whenever that changed."""

    seen: _Seen
    changes: list[tuple[int, State | None]] = field(default_factory=list)


def _followed(timeline: Timeline, seen: list[_Seen]) -> Iterator[_Past]:
    """The past of each item in doubt about which there is none."""
    by_path: dict[str, list[_Past]] = {}
    for one in seen:
        by_path.setdefault(one.path, []).append(_Past(one))
    doubtful: set[int] = set()
    held: dict[int, _Held] = {}
    files: dict[str, set[int]] = {}
    events = timeline.events
    at = 0
    while at < len(events):
        step = events[at].step
        touched: set[str] = set()
        while at < len(events) and events[at].step == step:
            touched |= _apply(events[at], held, files)
            at += 1
        for path in sorted(touched & by_path.keys()):
            here = [held[item] for item in sorted(files.get(path, ()))]
            for past in by_path[path]:
                found = _those_meant(past.seen, here)
                if len(found) > 1:
                    doubtful.add(id(past))
                state = found[0].state if found else None
                if (past.changes[-1][1] if past.changes else None) != state:
                    past.changes.append((step, state))
    for pasts in by_path.values():
        for past in pasts:
            # What is gone at the end, though it is there, was not found by its words.
            if id(past) not in doubtful and past.changes and past.changes[-1][1] is not None:
                yield past


def _those_meant(seen: _Seen, here: list[_Held]) -> list[_Held]:
    if seen.id:
        by_id = [item for item in here if item.id == seen.id]
        if by_id:
            return by_id
    return [item for item in here if item.text == seen.words]


def _apply(event: Event, held: dict[int, _Held], files: dict[str, set[int]]) -> set[str]:
    """Brings what the files hold up to date; returns the paths whose checklists are others now."""
    item = held.get(event.item)
    if item is None:
        item = held[event.item] = _Held(event.path, event.text, event.id)
    touched = {item.path, event.path}
    files.setdefault(item.path, set()).discard(event.item)
    item.path, item.text, item.id = event.path, event.text, event.id
    item.is_there = event.kind is not Change.DROPPED
    if event.kind in _STATES:
        item.state = _STATES[event.kind]
    if item.is_there:
        files.setdefault(event.path, set()).add(event.item)
    return touched


_STATES = {
    Change.DONE: State.DONE,
    Change.UNDONE: State.OPEN,
    Change.SKIPPED: State.SKIPPED,
    Change.UNSKIPPED: State.OPEN,
}


def _assembled(timeline: Timeline, pasts: tuple[_Past, ...]) -> Timeline:
    """A timeline of these items alone, its steps those in which something happened to them."""
    whole = timeline.steps
    old = sorted({step for past in pasts for step, _ in past.changes})
    days = _days([whole[index] for index in old])
    steps = tuple(
        Step(number, "", _midnight(day), day, "", is_baseline=whole[index].is_baseline)
        for number, (index, day) in enumerate(zip(old, days, strict=True))
    )
    number_of = {index: number for number, index in enumerate(old)}
    ordered = sorted(pasts, key=lambda past: (past.changes[0][0], past.seen.path, past.seen.place))
    told: list[Event] = []
    for uid, past in enumerate(ordered):
        for step, kind in _told(past.changes):
            told.append(Event(number_of[step], kind, uid, past.seen.path, past.seen.place, past.seen.text))
    events = tuple(sorted(told, key=lambda event: (event.step, event.path, event.place, _ORDER[event.kind])))
    own: dict[int, list[int]] = {}
    for index, event in enumerate(events):
        own.setdefault(event.item, []).append(index)
    items = tuple(_life(uid, past, events, tuple(own[uid])) for uid, past in enumerate(ordered))
    made = Whole(steps, events, items, ())
    return Timeline(lambda: made, is_complete=timeline.is_complete)


def _told(changes: list[tuple[int, State | None]]) -> Iterator[tuple[int, Change]]:
    state: State = State.OPEN
    was_there = has_been = False
    for step, new in changes:
        if new is None:
            yield step, Change.DROPPED
        else:
            if not was_there:
                yield step, Change.RESTORED if has_been else Change.CREATED
                has_been = True
            if new is not state:
                yield from ((step, kind) for kind in _between(state, new))
            state = new
        was_there = new is not None


def _between(before: State, after: State) -> Iterator[Change]:
    if before is State.DONE:
        yield Change.UNDONE
    elif before is State.SKIPPED:
        yield Change.UNSKIPPED
    if after is State.DONE:
        yield Change.DONE
    elif after is State.SKIPPED:
        yield Change.SKIPPED


_ORDER = {kind: number for number, kind in enumerate(Change)}


def _life(uid: int, past: _Past, events: tuple[Event, ...], own: tuple[int, ...]) -> ItemLife:
    done: int | None = None
    for index in own:
        kind = events[index].kind
        done = events[index].step if kind is Change.DONE else None if kind is Change.UNDONE else done
    state = past.changes[-1][1]
    assert state is not None  # noqa: S101  (the others were left out)
    seen = past.seen
    return ItemLife(
        uid, "", seen.text, seen.path, seen.place, state, True, events[own[0]].step, done, seen.done_on, own
    )


def _days(steps: list[Step]) -> list[dt.date]:
    """The day of each, reckoned from these alone: another step may have pushed the original's on."""
    clocks = []
    for step in steps:
        seconds = int(step.time.timestamp())
        clocks.append(Clock(seconds, step.time.strftime("%z")[:5] or "+0000", seconds))
    return days_of(clocks).days


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), dt.UTC)
