"""What `playbook progress` hands to programs: points and items as plain data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from playbook.cli.wordings import goal_name

if TYPE_CHECKING:
    from playbook.history.timeline import Event, ItemLife, Note, Timeline

POINT_COLUMNS = ("commit", "date", "done", "total", "goal")


@dataclass(frozen=True, slots=True)
class Span:
    """The part of a history that is asked for."""

    timeline: Timeline
    """It ends where the span does."""
    after: int
    """The step behind which it begins; -1 for the whole."""
    paths: Collection[str] | None
    """The files it is about; None for all."""
    first: dt.date | None
    """The day on which it begins; None for the whole."""
    until: dt.date | None
    """The day on which it ends; None where it ends with what the records say (now, or as of a commit)."""


def points_of(span: Span) -> list[dict[str, Any]]:
    """A point for each commit and goal with another count than before; first that of everything, whose goal is null."""
    from playbook.progress.lines import ALL, lines_of

    steps = span.timeline.steps
    found = []
    for point in lines_of(span.timeline):
        if point.step <= span.after or (span.paths is not None and point.path not in span.paths):
            continue
        step = steps[point.step]
        values = (
            step.commit or None,
            step.day.isoformat(),
            point.done,
            point.total,
            None if point.path == ALL else goal_name(point.path),
        )
        found.append(dict(zip(POINT_COLUMNS, values, strict=True)))
    return found


def items_of(span: Span) -> list[dict[str, Any]]:
    """Every item that something happened to in the span, in the order in which they came."""
    return [item for life in span.timeline.items if (item := _item(span, life)) is not None]


def note_data(note: Note) -> dict[str, Any]:
    """A note as plain data."""
    return {
        "code": note.code,
        "message": note.message,
        "command": note.command or None,
        "path": note.path or None,
        "commit": note.commit or None,
    }


def event_data(timeline: Timeline, event: Event) -> dict[str, Any]:
    """Something that happened to an item, as plain data."""
    step = timeline.steps[event.step]
    return {
        "date": step.day.isoformat(),
        "commit": step.commit or None,
        "kind": str(event.kind),
        "text": event.text,
        "before": goal_name(event.before) if event.kind == "moved" else event.before or None,
    }


def item_data(timeline: Timeline, life: ItemLife) -> dict[str, Any]:
    """An item as plain data, without what happened to it."""
    created = timeline.steps[life.created]
    return {
        "id": life.id or None,
        "goal": goal_name(life.path),
        "task": life.text,
        "created": None if created.is_baseline else created.day.isoformat(),
        "done": done_text(timeline, life),
        "state": str(life.state) if life.is_live else "dropped",
    }


def done_text(timeline: Timeline, life: ItemLife) -> str | None:
    """The day an item was done: as it is written, else as git says; None where it is not, or nobody knows the day."""
    if life.done is None:
        return None
    if life.done_on:
        return life.done_on
    step = timeline.steps[life.done]
    return None if step.is_baseline else step.day.isoformat()


def done_day(timeline: Timeline, life: ItemLife) -> dt.date | None:
    """The same as a day; None also where what is written is none."""
    text = done_text(timeline, life)
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _item(span: Span, life: ItemLife) -> dict[str, Any] | None:
    timeline, paths = span.timeline, span.paths
    events = [timeline.events[index] for index in life.events]
    if paths is not None and not any(event.path in paths for event in events):
        return None
    told = [event for event in events if event.step > span.after]
    if not told:
        return None
    return {**item_data(timeline, life), "events": [event_data(timeline, event) for event in told]}
