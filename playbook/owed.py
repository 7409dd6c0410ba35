"""Who is owed a word: thanks for help, and a line after an event, a first talk, or one with a mentor.

Pure functions of a playbook and a day. Decides who and for what; never by when, nor how it is worded.
"""

from __future__ import annotations

import datetime as dt

from playbook.cadence import cadence_of, met_at, met_on, touches_of
from playbook.graph import Entry, Playbook
from playbook.graph.logs import keeps_newest_first
from playbook.records import Event, Goal, Item, JournalEntry, Person, Play
from playbook.records.choices import Channel, JournalKind, LogKind, Purpose, Relation, Stage
from playbook.records.days import Period

THANKS_WITHIN = 90
"""Days after which help is no longer brought up for thanks: they lapse, without a word of blame."""
FOLLOW_UP_WITHIN = 30
"""Days after which somebody met at an event is no longer brought up for it: a line would no longer be about that."""
TALK_WITHIN = 14
"""Days after which a talk, or a gift, is no longer brought up for a line about it."""
ASKED_WITHIN = 60
"""Days after somebody was asked for an informational interview in which a talk with them is one."""
OFTEN = Period(days=14)
"""Whoever you talk to so often, or oftener, needs no line after each talk."""
_ANSWERS = frozenset((LogKind.THANKED, LogKind.WROTE, LogKind.UPDATED, LogKind.GAVE, LogKind.INTRODUCED))
_TALKS = frozenset((LogKind.MET, LogKind.CALLED))
_GUIDING = frozenset((Relation.MENTOR, Relation.MENTEE, Relation.SPONSOR))
_NEAR = frozenset(
    (Relation.MANAGER, Relation.REPORT, Relation.PEER, Relation.COLLEAGUE, Relation.FRIEND, Relation.FAMILY)
)
"""Whom you talk with anyway, whatever is logged of it."""
_WRITTEN = frozenset((LogKind.WROTE, LogKind.THANKED, LogKind.UPDATED))
"""What on the last day of an event is a line written after it, and not the meeting itself."""
_MESSAGES = _WRITTEN | {LogKind.HEARD, LogKind.ASKED, LogKind.INTRODUCED}
"""What below a talk of the same day was said after it, unless it says that it was in person."""


def helpers_of(playbook: Playbook, line: JournalEntry) -> tuple[str, ...]:
    """Ids of those whom an achievement, or praise, is owed to."""
    named = {JournalKind.ACHIEVEMENT: line.people, JournalKind.PRAISE: (line.from_ or "",)}.get(line.kind, ())
    return tuple(dict.fromkeys(helper for helper in named if helper in playbook.people))


def was_thanked(playbook: Playbook, line: JournalEntry, helper: str, today: dt.date) -> bool:
    """Whether a helper was thanked: it says so there, or their log does on that day or later."""
    log = playbook.people[helper].record.log
    return helper in line.thanked or any(
        seen.kind is LogKind.THANKED and seen.date is not None and line.date <= seen.date <= today for seen in log
    )


def owed_thanks(playbook: Playbook, line: JournalEntry, today: dt.date) -> tuple[str, ...]:
    """Ids of the helpers who are still to be thanked; nobody after a year, nor where the tie rests or has ended."""
    if not 0 <= (today - line.date).days <= THANKS_WITHIN:
        return ()
    return tuple(
        helper
        for helper in helpers_of(playbook, line)
        if not was_thanked(playbook, line, helper, today) and not is_resting(playbook.people[helper].record)
    )


def unthanked_lines(entry: Entry[Person], today: dt.date) -> tuple[int, ...]:
    """Where in somebody's log it says that you received something, and nothing of yours has answered it since."""
    person = entry.record
    if is_resting(person):
        return ()
    answers = (line.date for line in person.log if line.kind in _ANSWERS and line.date is not None)
    answered = max((day for day in answers if day <= today), default=dt.date.min)
    return tuple(
        index
        for index, line in enumerate(person.log)
        if line.kind.is_receiving
        and line.date is not None
        and 0 <= (today - line.date).days <= TALK_WITHIN
        and answered < line.date
    )


def unwritten_since(playbook: Playbook, entry: Entry[Person], today: dt.date) -> int | None:
    """Where in somebody's log the last talk stands, if they have not heard from you since; None where no line is owed.

    One is owed after the first talk, an informational interview, and to whom it is more than talk: mentors, mentees,
    sponsors. A talk at an event is followed up as the event is; with everybody else, and with whom you talk every
    other week, the next talk answers.
    """
    if is_resting(entry.record):
        return None
    index = _last_open_talk(entry.record, playbook, today)
    day = entry.record.log[index].date if index is not None else None
    if day is None or (today - day).days > TALK_WITHIN:
        return None
    if not (
        _is_guided(entry.record, day) or _is_first_talk(playbook, entry, day) or _is_interview(playbook, entry, day)
    ):
        return None
    rhythm = cadence_of(playbook, entry, today).rhythm
    if rhythm is not None and not rhythm.is_never and rhythm.after(day) <= OFTEN.after(day):
        return None
    heard = any(
        touch.day > day or (touch.day == day and touch.kind in _WRITTEN)
        for touch in touches_of(playbook, entry, until=today)
    )
    return None if heard else index


def _is_guided(person: Person, day: dt.date) -> bool:
    """Whether one of you mentors the other, or speaks for you or is wanted to."""
    agreed = person.mentoring is not None and not (person.mentoring.until is not None and person.mentoring.until < day)
    return agreed or person.sponsoring is not None or not _GUIDING.isdisjoint(person.relations)


def _is_first_talk(playbook: Playbook, entry: Entry[Person], day: dt.date) -> bool:
    """Whether you had not met before the day; of whom you are near to that is so only where it is written."""
    person = entry.record
    met = met_on(playbook, person)
    if met is not None or person.met is not None or not _NEAR.isdisjoint(person.relations):
        return met == day
    return not any(touch.day < day and touch.kind in _TALKS for touch in touches_of(playbook, entry))


def _is_interview(playbook: Playbook, entry: Entry[Person], day: dt.date) -> bool:
    """Whether a talk was one that a step asks, or asked lately, as an informational interview; or a play under way."""
    asked = list(entry.record.checklist)
    for link in playbook.links_to(entry.key):
        source = playbook.find(link.source)
        if source is None or not isinstance(source.record, Goal | Play) or not source.record.status.is_open:
            continue
        steps = source.record.checklist
        is_one = isinstance(source.record, Play) and source.record.play == Purpose.INFORMATIONAL_INTERVIEW
        if is_one and any(step.is_open for step in steps):
            return True
        if link.path[:1] == ("checklist",):
            asked.append(steps[int(link.path[1])])
    return any(_asks_for_interview(playbook, step, day) for step in asked)


def _asks_for_interview(playbook: Playbook, step: Item, day: dt.date) -> bool:
    script = playbook.outreach.get(step.script or "")
    since = step.done.on if step.done is not None else None
    is_near = step.is_open or (since is not None and (day - since).days <= ASKED_WITHIN)
    return is_near and script is not None and script.record.purpose is Purpose.INFORMATIONAL_INTERVIEW


def _last_open_talk(person: Person, playbook: Playbook, today: dt.date) -> int | None:
    """Where the last talk stands that no later message or call in the same log has answered.

    A call answers what was open before it; only one that answers nothing is a talk to be followed by a line.
    """
    found: int | None = None
    begun = dt.date.min
    for index, day in _in_turn(person, playbook, today):
        line = person.log[index]
        if line.kind in _TALKS and not line.event:
            is_answer = line.kind is LogKind.CALLED and found is not None and (day - begun).days <= TALK_WITHIN
            found, begun = (None if is_answer else index), day
        elif line.kind in _MESSAGES and not line.event and line.channel != Channel.IN_PERSON:
            found = None
    return found


def _in_turn(person: Person, playbook: Playbook, today: dt.date) -> list[tuple[int, dt.date]]:
    """(place, day) of each line of a log up to a day, the oldest first; of one day in the order of the log."""
    dated = [(index, line.date) for index, line in enumerate(person.log) if line.date is not None]
    kept = [(index, day) for index, day in dated if day <= today]
    # Where a log shows no order, that takes a look at everybody's; the order matters where a day has several lines.
    if len({day for _, day in kept}) < len(kept) and keeps_newest_first(person, playbook):
        kept.reverse()
    return sorted(kept, key=lambda one: one[1])


def unwritten_after(playbook: Playbook, entry: Entry[Event], today: dt.date) -> tuple[str, ...]:
    """Ids of those met at an event, who wait for a line and whom no follow-up of it names, done or not."""
    event = entry.record
    if not _is_just_over(event, today):
        return ()
    named = {follow_up.person for follow_up in (event.outcomes.follow_ups if event.outcomes else ())}
    return tuple(
        person
        for person in met_at(playbook, entry, today)
        if person not in named and awaits_a_line(playbook, entry, person, today)
    )


def awaits_a_line(playbook: Playbook, entry: Entry[Event], person: str, today: dt.date) -> bool:
    """Whether somebody has not heard from you since an event that is just over; never where the tie rests."""
    known = playbook.people.get(person)
    if known is None or is_resting(known.record) or not _is_just_over(entry.record, today):
        return False
    ended = _last_day(entry.record)
    return not any(
        touch.day > ended or (touch.day == ended and touch.kind in _WRITTEN)
        for touch in touches_of(playbook, known, until=today)
    )


def _is_just_over(event: Event, today: dt.date) -> bool:
    return event.status.is_going and 0 <= (today - _last_day(event)).days <= FOLLOW_UP_WITHIN


def _last_day(event: Event) -> dt.date:
    return (event.ends or event.starts).day


def has_ended(person: Person) -> bool:
    """Whether the tie has ended: nothing is asked for any more."""
    return person.closed is not None or person.stage is Stage.CLOSED


def is_resting(person: Person) -> bool:
    """Whether nothing may be brought up about them but what was written down to be done."""
    return has_ended(person) or (person.stage is not None and not person.stage.is_open)
