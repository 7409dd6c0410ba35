"""Everything that waits to be done, with its day: checklist items, promises, follow-ups, thank-yous, meetings, dates.

Pure functions of a playbook and a day. Decides what is open and when; never how it is worded.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from playbook.cadence import touches_of
from playbook.graph import Entry, Playbook
from playbook.names import plain
from playbook.owed import (
    has_ended,
    is_resting,
    owed_thanks,
    unthanked_lines,
    unwritten_after,
    unwritten_since,
)
from playbook.records import Event, Goal, Item, Organization, Person, Play, Record
from playbook.records.choices import By, EventStatus, LogKind, MembershipState
from playbook.records.days import YearDay

FOLLOW_UP_DAYS = 2
"""A follow-up without a date is due within 48 hours."""
THANKS_DAYS = 1
"""Thanks are best said within 24 hours."""
DATES_AHEAD = 7
"""So many days before a birthday it is brought up; a word about it answers it from then on."""

_THEIRS = frozenset((LogKind.HEARD, LogKind.RECEIVED))
"""What came from them, and is no word of yours."""


class TaskKind(StrEnum):
    """What sort of thing waits."""

    ITEM = "checklist item"
    PROMISE = "promise"
    FOLLOW_UP = "follow-up"
    THANKS = "thank-you"
    FEEDBACK = "feedback"
    MEETING = "meeting"
    DATE = "date"
    RENEWAL = "renewal"
    MILESTONE = "milestone"


class Task(NamedTuple):
    """One thing that waits. A plain tuple with names: there are thousands, and every command makes them all."""

    kind: TaskKind
    text: str
    owner: tuple[str, str]
    """(kind, id) of the record it is written in."""
    path: tuple[str | int, ...]
    """Where in that record."""
    due: dt.date | None = None
    person: str = ""
    """The id of whom it concerns, if anybody."""
    script: str = ""
    """The id of the outreach template to use, if any."""
    theirs: bool = False
    """Whether the other one owes it."""


def start_of(entry: Entry[Record], item: Item) -> dt.date | None:
    """T, from which a relative date before it counts: see FORMAT, "Checklist items"."""
    record = entry.record
    if isinstance(record, Event):
        return record.starts.day
    return end_of(entry, item)


def end_of(entry: Entry[Record], item: Item) -> dt.date | None:
    """T, from which a relative date after it counts (an event's end; elsewhere the same as before it)."""
    record = entry.record
    if isinstance(record, Event):
        return (record.ends or record.starts).day
    if isinstance(record, Goal):
        for milestone in record.milestones:
            if item.milestone and milestone.title.casefold() == item.milestone.casefold():
                return milestone.due
        return record.due
    if isinstance(record, Organization):
        return record.deadline or (record.membership.renews if record.membership else None)
    if isinstance(record, Play):
        return record.starts
    return None


def due_of(entry: Entry[Record], item: Item) -> dt.date | None:
    """The day an item is due, with a relative date resolved; None where it has none."""
    if item.due is None or item.due.day is not None:
        return item.due.day if item.due else None
    begin = end_of(entry, item) if item.due.from_end else start_of(entry, item)
    return None if begin is None else _plus(begin, item.due.offset or 0)


def is_moot(entry: Entry[Record], item: Item, today: dt.date) -> bool:
    """Whether an item was meant for the time before an event that is over."""
    if not isinstance(entry.record, Event) or (entry.record.ends or entry.record.starts).day >= today:
        return False
    due = due_of(entry, item)
    return due is None or due <= entry.record.starts.day


def is_preparation(entry: Entry[Record], item: Item) -> bool:
    """Whether an item is for the time before its event ends; what counts on from the end (`T+1`) is not."""
    event = entry.record
    due = due_of(entry, item)
    if not isinstance(event, Event) or item.due is None or due is None:
        return True
    return not item.due.from_end and (due <= event.starts.day or due < (event.ends or event.starts).day)


def tasks(playbook: Playbook, today: dt.date) -> tuple[Task, ...]:
    """Everything open, soonest first; what has no date comes last, by where it is written."""
    found = [
        *_items(playbook, today),
        *_milestones(playbook),
        *_promises(playbook),
        *_follow_ups(playbook, today),
        *_thanks(playbook, today),
        *_meetings(playbook, today),
        *_dates(playbook, today),
        *_renewals(playbook, today),
    ]
    return tuple(sorted(found, key=_by_day_and_place))


def next_events(playbook: Playbook, today: dt.date) -> tuple[Entry[Event], ...]:
    """Events that are not over and not skipped, soonest first."""
    coming = [
        entry
        for entry in playbook.events.values()
        if entry.record.status.is_going and (entry.record.ends or entry.record.starts).day >= today
    ]
    return tuple(
        sorted(coming, key=lambda entry: (entry.record.starts.day, entry.record.starts.time or dt.time(), entry.id))
    )


def next_yearly(day: YearDay, today: dt.date) -> dt.date:
    """The next time a yearly day comes, today included; 29 February is kept on the 28th in other years.

    It comes for the first time in its own year, where that is known, and for the last time in 9999.
    """
    first = max(today.year, day.year or 0)
    for year in range(first, min(first + 2, dt.MAXYEAR + 1)):
        try:
            found = dt.date(year, day.month, day.day)
        except ValueError:
            found = dt.date(year, 2, 28)
        if found >= today:
            return found
    return dt.date.max


def _items(playbook: Playbook, today: dt.date) -> Iterator[Task]:
    for entry in playbook.entries():
        record = entry.record
        if not isinstance(record, Goal | Event | Organization | Person | Play) or not _is_live(record):
            continue
        for index, item in enumerate(record.checklist):
            if item.is_open and not is_moot(entry, item, today):
                person = item.person or (entry.id if isinstance(record, Person) else "")
                yield Task(
                    TaskKind.ITEM,
                    item.task,
                    entry.key,
                    ("checklist", index),
                    due_of(entry, item),
                    person,
                    item.script or "",
                )


def _is_live(record: Record) -> bool:
    """Whether a record's open items still ask for anything."""
    if isinstance(record, Goal | Play):
        return record.status.is_open
    if isinstance(record, Event):
        return record.status is not EventStatus.SKIPPED
    return not (isinstance(record, Person) and has_ended(record))


def _milestones(playbook: Playbook) -> Iterator[Task]:
    for entry in playbook.goals.values():
        if entry.record.status.is_open:
            for index, milestone in enumerate(entry.record.milestones):
                if milestone.done is None and milestone.due is not None:
                    yield Task(TaskKind.MILESTONE, milestone.title, entry.key, ("milestones", index), milestone.due)


def _promises(playbook: Playbook) -> Iterator[Task]:
    for entry in playbook.people.values():
        if has_ended(entry.record):
            continue
        for index, promise in enumerate(entry.record.promises):
            if promise.kept is None:
                yield Task(
                    TaskKind.PROMISE, promise.what, entry.key, ("promises", index), promise.due, entry.id,
                    theirs=promise.by is By.THEM,
                )  # fmt: skip
        if entry.record.mentoring is not None:
            for index, feedback in enumerate(entry.record.mentoring.feedback):
                if feedback.action and feedback.acted is None:
                    path = ("mentoring", "feedback", index)
                    yield Task(TaskKind.FEEDBACK, feedback.action, entry.key, path, None, entry.id)


def _follow_ups(playbook: Playbook, today: dt.date) -> Iterator[Task]:
    """What was noted to be done after an event; then everybody who was met there and has not been written to since."""
    for entry in playbook.events.values():
        event = entry.record
        if event.status is EventStatus.SKIPPED:
            continue
        ended = (event.ends or event.starts).day
        soon = _plus(ended, FOLLOW_UP_DAYS)
        for index, follow_up in enumerate(event.outcomes.follow_ups if event.outcomes else ()):
            if follow_up.done is None:
                path: tuple[str | int, ...] = ("outcomes", "follow_ups", index)
                due = follow_up.due or soon
                yield Task(TaskKind.FOLLOW_UP, follow_up.what, entry.key, path, due, follow_up.person or "")
        for person in unwritten_after(playbook, entry, today):
            yield Task(TaskKind.FOLLOW_UP, entry.title, entry.key, ("outcomes", "met"), soon, person)
    for somebody in playbook.people.values():
        talk = unwritten_since(playbook, somebody, today)
        if talk is not None and not unthanked_lines(somebody, today):  # thanks are a line, too
            line = somebody.record.log[talk]
            assert line.date is not None  # noqa: S101  (a talk without a day is followed by nothing)
            due = _plus(line.date, FOLLOW_UP_DAYS)
            yield Task(TaskKind.FOLLOW_UP, _first_line(line.what), somebody.key, ("log", talk), due, somebody.id)


def _thanks(playbook: Playbook, today: dt.date) -> Iterator[Task]:
    """People who helped with an achievement, or praised you, and have not been thanked since."""
    for line in playbook.journal_lines():
        for helper in owed_thanks(playbook, line.record, today):
            title = _first_line(line.record.title or line.record.said or line.record.text)
            path = ("entries", line.index)
            yield Task(TaskKind.THANKS, title, line.entry.key, path, _plus(line.record.date, THANKS_DAYS), helper)
    for entry in playbook.people.values():
        for index in unthanked_lines(entry, today):
            seen = entry.record.log[index]
            assert seen.date is not None  # noqa: S101  (what has no day is not brought up)
            due = _plus(seen.date, THANKS_DAYS)
            yield Task(TaskKind.THANKS, _first_line(seen.what), entry.key, ("log", index), due, entry.id)


def _meetings(playbook: Playbook, today: dt.date) -> Iterator[Task]:
    for entry in playbook.people.values():
        mentoring = entry.record.mentoring
        if mentoring is None or mentoring.next is None or has_ended(entry.record):
            continue
        if mentoring.next >= today:
            yield Task(
                TaskKind.MEETING, str(mentoring.role), entry.key, ("mentoring", "next"), mentoring.next, entry.id
            )
        elif mentoring.until is None or mentoring.until >= today:
            # The meeting has been, so it is time to agree the next: in their rhythm, where there is one.
            rhythm = mentoring.rhythm.ideal if mentoring.rhythm else None
            due = None if rhythm is None or rhythm.is_never else rhythm.after(mentoring.next)
            path = ("mentoring", "rhythm")
            yield Task(TaskKind.MEETING, str(mentoring.role), entry.key, path, due, entry.id)


def _dates(playbook: Playbook, today: dt.date) -> Iterator[Task]:
    for entry in playbook.people.values():
        if not is_resting(entry.record):
            for name, day in entry.record.dates.items():
                coming = next_yearly(day, today)
                if coming < dt.date.max and _was_told(playbook, entry, name, coming, today):
                    coming = next_yearly(day, _plus(coming, 1))
                yield Task(TaskKind.DATE, name, entry.key, ("dates", name), coming, entry.id)


def _was_told(playbook: Playbook, entry: Entry[Person], name: str, day: dt.date, today: dt.date) -> bool:
    """Whether a word of yours has answered a yearly day: any on the day, or shortly before one that speaks of it."""
    begin = _plus(day, -DATES_AHEAD)
    return begin <= today and any(
        touch.kind not in _THEIRS and (touch.day == day or (touch.day >= begin and plain(name) in plain(touch.what)))
        for touch in touches_of(playbook, entry, until=today)
    )


def _renewals(playbook: Playbook, today: dt.date) -> Iterator[Task]:
    for entry in playbook.organizations.values():
        membership = entry.record.membership
        state = membership.state if membership else MembershipState.CONSIDERING
        if membership is not None and membership.renews is not None and state is MembershipState.MEMBER:
            yield Task(TaskKind.RENEWAL, entry.title, entry.key, ("membership", "renews"), membership.renews)
        # Nobody can apply after the deadline, and nobody need who has applied.
        deadline = entry.record.deadline
        if deadline is not None and deadline >= today and state is MembershipState.CONSIDERING:
            yield Task(TaskKind.RENEWAL, entry.title, entry.key, ("deadline",), deadline)


def _first_line(text: str) -> str:
    return next(iter(text.strip().splitlines()), "").strip()


def _plus(day: dt.date, days: int) -> dt.date:
    """So many days later or earlier, within what a calendar holds."""
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        return dt.date.max if days > 0 else dt.date.min


def _by_day_and_place(task: Task) -> tuple[dt.date, tuple[str, str], list[tuple[int, str]]]:
    # The eleventh of a list comes after the second.
    path = [(part, "") if isinstance(part, int) else (-1, part) for part in task.path]
    return (task.due or dt.date.max, task.owner, path)
