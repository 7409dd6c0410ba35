"""What happened to checklist items, in words: each with its day, its record and its commit.

Words for what the history knows; it never says how much, nor whether that is good.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from playbook.history.timeline import Change, Event, Timeline
from playbook.progress import Changes, Moved, changes_between, key_of
from playbook.views.scene import Linked, Scene, item_anchor, items_of, uri_of
from playbook.views.words import DayView

WORDS = {
    Change.CREATED: "added",
    Change.RESTORED: "back on the list",
    Change.MOVED: "moved here",
    Change.REWORDED: "reworded",
    Change.UNDONE: "open again",
    Change.UNSKIPPED: "taken up again",
    Change.DONE: "done",
    Change.SKIPPED: "skipped",
    Change.DROPPED: "taken off the list",
}
_RANK = {kind: number for number, kind in enumerate(dict.fromkeys((Change.DONE, Change.UNDONE, *Change)))}
"""What is told first of one day."""


@dataclass(frozen=True, slots=True)
class ItemNote:
    """An item that something happened to."""

    item: Linked
    """Its text, leading to where it stands; no link where it stands nowhere any more."""
    owner: Linked | None
    """The record that it stands in; None where that is gone."""
    was: str
    """`was: the old words`, `from: the other record`; else empty."""


@dataclass(frozen=True, slots=True)
class HappeningView:
    """What happened to one item, or the same to several in one commit."""

    what: str
    """`done`, `added`, `reworded` …"""
    items: tuple[ItemNote, ...]
    more: int
    """To how many further items, which are not told."""
    day: DayView
    commit: Linked | None
    """None for what is in no commit, and for another reader."""
    is_uncommitted: bool
    """Whether it is on the disk alone."""

    @property
    def count(self) -> int:
        """To how many items it happened."""
        return len(self.items) + self.more


@dataclass(frozen=True, slots=True)
class ChangesView:
    """Everything of one sort that is different at the end of a span, newest first."""

    title: str
    anchor: str
    count: int
    happenings: tuple[HappeningView, ...]
    more: int
    """How many commits before those are not told."""


MOST_LINES = 20
MOST_ITEMS = 100
"""Of one commit; who takes a whole folder off the list needs no list of it."""


def happenings(scene: Scene, timeline: Timeline, events: Iterable[Event]) -> tuple[HappeningView, ...]:
    """Events in words, newest first; the same done to several items in one commit is told once."""
    ordered = sorted(events, key=lambda event: (-event.step, _RANK[event.kind], event.path, event.place))
    return tuple(
        _happening(scene, timeline, tuple(group))
        for _, group in groupby(ordered, key=lambda event: (event.step, event.kind))
    )


def changes_in(scene: Scene, timeline: Timeline, first: dt.date, last: dt.date) -> Changes:
    """What is different at the end of a span of days, in all files; reckoned once for all pages."""
    span = (first, last)
    if span not in scene.changes:
        scene.changes[span] = changes_between(timeline, first, last)
    return scene.changes[span]


def changes_view(scene: Scene, timeline: Timeline, changes: Changes) -> tuple[ChangesView, ...]:
    """What is different at the end of a span, in the order in which one wants to know; nothing that is empty."""
    found = (
        ("Done", changes.done),
        ("Added", (*changes.added, *changes.restored)),
        ("Open again", (*changes.undone, *changes.unskipped)),
        ("Left out, with a reason", changes.skipped),
        ("Taken off the list", changes.dropped),
        ("Reworded", changes.reworded),
        ("Moved", changes.moved),
    )
    return tuple(_changes(scene, timeline, title, moved) for title, moved in found if moved)


def _changes(scene: Scene, timeline: Timeline, title: str, moved: tuple[Moved, ...]) -> ChangesView:
    steps = sorted({one.event.step for one in moved}, reverse=True)
    shown = frozenset(steps[:MOST_LINES])
    return ChangesView(
        title,
        title.partition(",")[0].casefold(),
        len(moved),
        happenings(scene, timeline, (one.event for one in moved if one.event.step in shown)),
        len(steps) - len(shown),
    )


def item_link(scene: Scene, timeline: Timeline, uid: int, text: str) -> Linked:
    """An item by a text of its own, leading to where it stands now."""
    life = timeline.items[uid]
    key = key_of(life.path)
    entry = scene.playbook.find(key) if life.is_live and key is not None and scene.has_page(*key) else None
    if entry is None:
        return Linked(text)
    items = items_of(entry)
    for index in (life.place, *range(len(items))):
        if 0 <= index < len(items) and items[index].task == life.text:
            return Linked(text, f"page:{uri_of(entry.kind, entry.id)}#{item_anchor(index, items[index])}")
    return Linked(text)


def owner_link(scene: Scene, path: str) -> Linked | None:
    """The record of a file below the content folder; None where there is none (any more)."""
    key = key_of(path)
    if key is None or key[0] not in _KINDS:
        return None
    entry = scene.playbook.find(key)
    return None if entry is None else scene.link_to(entry)


_KINDS = frozenset(("goals", "people", "organizations", "events", "outreach", "journal", "plays"))


def _happening(scene: Scene, timeline: Timeline, events: tuple[Event, ...]) -> HappeningView:
    first = events[0]
    step = timeline.steps[first.step]
    day = scene.day(step.day)
    assert day is not None  # noqa: S101  (a step has a day)
    return HappeningView(
        what="there already" if step.is_baseline and first.kind is Change.CREATED else WORDS[first.kind],
        items=tuple(
            ItemNote(
                item_link(scene, timeline, event.item, event.text), owner_link(scene, event.path), _was(scene, event)
            )
            for event in events[:MOST_ITEMS]
        ),
        more=max(len(events) - MOST_ITEMS, 0),
        day=day,
        commit=scene.commit(step) if scene.is_mine else None,
        is_uncommitted=scene.is_mine and step.is_working_tree,
    )


def _was(scene: Scene, event: Event) -> str:
    if event.kind is Change.REWORDED:
        return f"was: {event.before}"
    if event.kind is Change.MOVED:
        owner = owner_link(scene, event.before)
        return f"from: {owner.text if owner else event.before}"
    return ""
