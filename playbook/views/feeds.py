"""What calendars are given: the days on which something is due, and events. Knows nothing of iCalendar.

For a reader who is not the author nothing stands in it but what their pages show: items and milestones with a day, and
events. Whom to be in touch with is the author's alone.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from playbook.agenda import Task, TaskKind
from playbook.cadence import cadence_of
from playbook.graph import Entry
from playbook.records import Event
from playbook.records.choices import EventStatus
from playbook.records.days import Moment
from playbook.views.scene import Scene, items_of, uri_of
from playbook.views.tasks import cadence_words, task_view
from playbook.zones import zone_exists

DUE, EVENTS = "feeds/due.ics", "feeds/events.ics"
"""Where they lie in a site."""
PAST = 365
"""Days for which an event that is over stays in the feed."""
_FOR_OTHERS = frozenset((TaskKind.ITEM, TaskKind.MILESTONE))


@dataclass(frozen=True, slots=True)
class Appointment:
    """One line of a calendar."""

    uid: str
    """Stays the same while it is the same thing, whatever its day or wording."""
    starts: dt.date | dt.datetime
    """A day, or a moment in UTC."""
    ends: dt.date | dt.datetime
    """For days the last one; for moments the end."""
    title: str
    text: str = ""
    place: str = ""
    page: str = ""
    """The source path of its page: `goals/staff.md`."""
    is_busy: bool = False
    """Whether it takes up time."""


def due_feed(scene: Scene) -> tuple[Appointment, ...]:
    """What is due, soonest first; for the author also whom to be in touch with, on the day they fall due."""
    found = [
        _task(scene, task)
        for task in scene.tasks
        if task.due is not None and (scene.is_mine or task.kind in _FOR_OTHERS) and not task.theirs
    ]
    if scene.is_mine:
        for entry in scene.playbook.people.values():
            cadence = cadence_of(scene.playbook, entry, scene.today)
            if cadence.due is not None and cadence.rhythm is not None:
                # What waits is for today: in the past nobody would see it.
                day = max(cadence.due, scene.today)
                found.append(
                    Appointment(
                        _uid("touch", entry.id), day, day, f"Be in touch with {entry.title}",
                        cadence_words(scene, cadence), page=uri_of("people", entry.id),
                    )
                )  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.starts.isoformat(), one.uid)))


def events_feed(scene: Scene) -> tuple[Appointment, ...]:
    """Events that you go to, or may go to, and those of the last year; soonest first."""
    found = [
        _event(scene, entry)
        for entry in scene.playbook.events.values()
        if entry.record.status is not EventStatus.SKIPPED
        and (scene.today - (entry.record.ends or entry.record.starts).day).days <= PAST
    ]
    return tuple(sorted(found, key=lambda one: (one.starts.isoformat(), one.uid)))


def _task(scene: Scene, task: Task) -> Appointment:
    assert task.due is not None  # noqa: S101  (what has no day is in no calendar)
    view = task_view(scene, task)
    parts: tuple[str, ...] = (str(task.kind), *task.owner, *(str(part) for part in task.path))
    if task.kind is TaskKind.ITEM:
        # Its place in the list changes when another is put before it; its id, or its words, say which it is.
        item = items_of(scene.playbook.of_kind(task.owner[0])[task.owner[1]])[int(task.path[1])]
        parts = (str(task.kind), *task.owner, item.id or item.task)
    elif task.kind in (TaskKind.PROMISE, TaskKind.MILESTONE, TaskKind.FOLLOW_UP, TaskKind.THANKS):
        parts = (str(task.kind), *task.owner, task.text, task.person)
    about = [link.text for link in (view.owner, view.person) if link is not None and link.text not in view.text]
    return Appointment(
        _uid(*parts), task.due, task.due, view.text, ", ".join(dict.fromkeys(about)),
        page=view.href.removeprefix("page:").partition("#")[0],
    )  # fmt: skip


def _event(scene: Scene, entry: Entry[Event]) -> Appointment:
    event = entry.record
    zone = event.timezone or scene.playbook.me.record.timezone
    ends = event.ends or event.starts
    starts, end = _moment(event.starts, zone), _moment(ends, zone)
    if isinstance(starts, dt.datetime) != isinstance(end, dt.datetime):
        # An hour without an end, or an end without a beginning: the days are what is known.
        starts, end = event.starts.day, ends.day
    where = "considering" if event.status is EventStatus.CONSIDERING else ""
    return Appointment(
        _uid("event", entry.id), starts, end, entry.title,
        "\n".join(part for part in (where, event.why, event.url) if part),
        event.place, uri_of("events", entry.id), is_busy=event.status is not EventStatus.CONSIDERING,
    )  # fmt: skip


def _moment(moment: Moment, zone: str) -> dt.date | dt.datetime:
    """In UTC where the hour and the zone are known, so that every calendar shows the same moment."""
    if moment.time is None or not zone or not zone_exists(zone):
        return moment.day
    try:
        return dt.datetime.combine(moment.day, moment.time, ZoneInfo(zone)).astimezone(dt.UTC)
    except OverflowError:
        return moment.day


def _uid(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32] + "@career-playbook"
