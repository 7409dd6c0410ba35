"""What happened to checklist items, in words: each with its day, its record and its commit.

Words for what the history knows; it never says how much, nor whether that is good.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from playbook.history.timeline import Change, Event, Timeline
from playbook.views.checklists import item_anchor
from playbook.views.scene import Linked, Scene, items_of, uri_of
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


@dataclass(frozen=True, slots=True)
class HappeningView:
    """Something that happened to an item."""

    what: str
    """`done`, `added`, `reworded` …"""
    item: Linked
    """Its text, leading to where it stands; no link where it stands nowhere any more."""
    owner: Linked | None
    """The record that it stands in; None where that is gone."""
    day: DayView
    was: str
    """`was: the old words`, `from: the other record`; else empty."""
    commit: Linked | None
    """None for what is in no commit, and for another reader."""
    is_uncommitted: bool
    """Whether it is on the disk alone."""


def happening_view(scene: Scene, timeline: Timeline, event: Event) -> HappeningView:
    """One event in words."""
    step = timeline.steps[event.step]
    day = scene.day(step.day)
    assert day is not None  # noqa: S101  (a step has a day)
    is_mine = scene.is_mine
    return HappeningView(
        what="there already" if step.is_baseline and event.kind is Change.CREATED else WORDS[event.kind],
        item=item_link(scene, timeline, event.item, event.text),
        owner=owner_link(scene, event.path),
        day=day,
        was=_was(scene, event),
        commit=scene.commit(step) if is_mine else None,
        is_uncommitted=is_mine and step.is_working_tree,
    )


def happenings(
    scene: Scene, timeline: Timeline, events: Iterable[Event], *, newest_first: bool = True
) -> tuple[HappeningView, ...]:
    """Events in words, in the order of their days."""
    ordered = sorted(events, key=lambda event: event.step, reverse=newest_first)
    return tuple(happening_view(scene, timeline, event) for event in ordered)


def item_link(scene: Scene, timeline: Timeline, uid: int, text: str) -> Linked:
    """An item by a text of its own, leading to where it stands now."""
    life = timeline.items[uid]
    entry = scene.playbook.find(key_of(life.path)) if life.is_live else None
    if entry is None or entry.by_role:
        return Linked(text)
    items = items_of(entry)
    for index in (life.place, *range(len(items))):
        if 0 <= index < len(items) and items[index].task == life.text:
            return Linked(text, f"page:{uri_of(entry.kind, entry.id)}#{item_anchor(index, items[index])}")
    return Linked(text)


def owner_link(scene: Scene, path: str) -> Linked | None:
    """The record of a file below the content folder."""
    kind, identifier = key_of(path)
    entry = scene.playbook.of_kind(kind).get(identifier)
    return None if entry is None else scene.link_to(entry)


def key_of(path: str) -> tuple[str, str]:
    """(kind, id) of a file below the content folder: `goals/staff.yml` is `("goals", "staff")`."""
    kind, _, name = path.partition("/")
    return kind, name.removesuffix(".yml")


def until(timeline: Timeline, today: dt.date) -> tuple[Event, ...]:
    """What happened up to a day: a site may speak of an earlier one than the last commit's."""
    return tuple(event for event in timeline.events if timeline.steps[event.step].day <= today)


def _was(scene: Scene, event: Event) -> str:
    if event.kind is Change.REWORDED:
        return f"was: {event.before}"
    if event.kind is Change.MOVED:
        owner = owner_link(scene, event.before)
        return f"from: {owner.text if owner else event.before}"
    return ""
