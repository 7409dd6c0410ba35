"""Who is due, since when, and why: last touch plus rhythm, with pauses, absences and stages.

Pure functions of a playbook and a day. Later touches always restart the clock; nothing here ranks people.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import NamedTuple

from playbook.graph import Entry, Playbook
from playbook.records import Event, Person, Rhythm
from playbook.records.choices import EventStatus, LogKind, Stage
from playbook.records.days import Period

BUILT_IN_CIRCLES: dict[str, Period] = {
    "inner": Period(days=28),
    "regular": Period(months=3),
    "wide": Period(months=12),
}
"""Circle → rhythm, unless `me.yml` says otherwise; in the order in which people come closer, nearest first."""

MOST_NUDGES = 2
"""After a message and so many nudges without an answer, you rest."""
REST = Period(months=3)
"""How long you rest before somebody who answered before is brought up again."""
_NUDGES = (Rhythm(ideal=Period(days=7)), Rhythm(ideal=Period(days=14)))
"""When the first and the second nudge to somebody who never answered are due, after the message before."""
NO_ANSWER = "no answer yet"
"""What the source of a rhythm begins with where a message stayed without an answer."""
_WANTS_AN_ANSWER = frozenset((LogKind.WROTE, LogKind.ASKED))
_TELLS_OF_TOUCHES = frozenset(("log", "outcomes"))
"""The fields of a person and of an event that name others whom you met."""
_DAYS_A_MONTH = 365.25 / 12
_REPLIES = frozenset(str(kind) for kind in LogKind if kind.is_reply)


class Standing(StrEnum):
    """Where somebody stands in their rhythm today."""

    OVERDUE = "overdue"
    """The longest pause that is still fine has passed."""
    DUE = "due"
    """The ideal pause has passed."""
    LATER = "later"
    NOT_STARTED = "not started"
    """No touch yet; the clock runs from the day you met, if that is known."""
    PAUSED = "paused"
    RESTING = "resting"
    """A message and two nudges stayed without an answer."""
    NEVER = "never"
    """No rhythm applies."""


class Touch(NamedTuple):
    """One contact: the day, and where it is written. A plain tuple with names, for there are thousands."""

    day: dt.date
    kind: str
    """A log kind, or `met` for an event's outcomes."""
    what: str
    owner: tuple[str, str]
    """(kind, id) of the record that tells of it."""


class Cadence(NamedTuple):
    """Somebody's rhythm, and what it means today."""

    standing: Standing
    rhythm: Period | None
    """The ideal pause; None where no rhythm applies."""
    source: str
    """Where the rhythm comes from: `circle inner`, `their own rhythm`, `mentoring`; or why there is none."""
    last: Touch | None
    due: dt.date | None
    """The day on which the ideal pause ends."""
    latest: dt.date | None
    """The day on which the longest pause that is still fine ends; None also if it had ended before you went away."""
    is_ripe: bool = False
    """Whether somebody never touched has waited long enough since you met: not overdue, but time to begin."""

    @property
    def wants_attention(self) -> bool:
        """Whether to name them among who is due."""
        return self.standing in (Standing.OVERDUE, Standing.DUE) or self.is_ripe

    def lateness(self, today: dt.date) -> float:
        """How far past their own rhythm they are: 0 on the day they fall due, 1 a whole rhythm later; -1 before."""
        if self.due is None or self.rhythm is None or today < self.due:
            return -1.0
        return (today - self.due).days / max(1.0, self.rhythm.months * _DAYS_A_MONTH + self.rhythm.days)


def cadence_of(playbook: Playbook, entry: Entry[Person], today: dt.date) -> Cadence:
    """The rhythm of one person on one day.

    Precedence: closed or paused, then the stage (identified and declined are never due, nor are dormant and closed),
    then their own cadence, the mentoring rhythm (until the day to which it was agreed), the circle's; without any of
    them, never. Somebody who never answered gets two nudges, and then you rest, also from others for a while.
    """
    person = entry.record
    touches = touches_of(playbook, entry, until=today)
    last = touches[0] if touches else None
    if person.closed is not None:
        return Cadence(Standing.NEVER, None, "closed", last, None, None)
    if person.paused_until is not None and person.paused_until >= today:
        return Cadence(Standing.PAUSED, None, "paused", last, person.paused_until, None)
    if person.stage is not None and not person.stage.is_ever_due:
        return Cadence(Standing.NEVER, None, str(person.stage), last, None, None)
    rhythm, source = _rhythm(playbook, person, today)
    met = met_on(playbook, person)
    # Whom you met after a message has not left it unanswered.
    days = tuple(day for day in unanswered(touches) if met is None or met > today or day > met)
    is_stranger = bool(days) and person.met is None and not any(_is_reply(touch) for touch in touches)
    is_expected = not rhythm.ideal.is_never if rhythm else person.stage is Stage.CONTACTED
    if is_stranger and is_expected and person.cadence is None and len(days) <= MOST_NUDGES:
        rhythm, source = _NUDGES[len(days) - 1], f"{NO_ANSWER}, {'first' if len(days) == 1 else 'second'} nudge"
    if rhythm is None or rhythm.ideal.is_never:
        return Cadence(Standing.NEVER, None, source, last, None, None)
    if len(days) > MOST_NUDGES:
        wakes = None if is_stranger else back_from_leave(playbook, REST.after(days[0]))
        if wakes is None or today < wakes:
            return Cadence(Standing.RESTING, rhythm.ideal, f"{len(days)} messages without an answer", last, wakes, None)
    begin = last.day if last else met
    if last is not None and met is not None and last.day < met <= today:
        begin = met  # a message before the day you met does not turn the clock back
    return _in_rhythm(playbook, person, rhythm, source, last, begin, today)


def _in_rhythm(
    playbook: Playbook,
    person: Person,
    rhythm: Rhythm,
    source: str,
    last: Touch | None,
    begin: dt.date | None,
    today: dt.date,
) -> Cadence:
    """Where somebody with a rhythm stands, whose clock runs from `begin`."""
    if begin is None:
        return Cadence(Standing.NOT_STARTED, rhythm.ideal, source, None, None, None)
    longest = rhythm.max or rhythm.ideal.stretched()
    due = back_from_leave(playbook, rhythm.ideal.after(begin))
    latest = due if longest.is_never else max(due, back_from_leave(playbook, longest.after(begin)))
    planned = person.mentoring.next if person.mentoring else None
    if planned is not None and planned >= today:
        # A meeting that is in the diary answers the rhythm: nobody needs a nudge before it.
        due, latest = max(due, planned), max(latest, planned)
    has_come = today >= due and planned != today and not _is_away(playbook, today)
    shown: dt.date | None = latest
    back = back_from_leave(playbook, today)
    if back > today:
        # What has come already waits for the day you are back.
        due = max(due, back)
        shown = max(due, latest) if latest >= today else None
    if last is None:
        return Cadence(Standing.NOT_STARTED, rhythm.ideal, source, None, due, shown, is_ripe=has_come)
    if not has_come:
        standing = Standing.LATER
    else:
        standing = Standing.OVERDUE if today > latest and not longest.is_never else Standing.DUE
    return Cadence(standing, rhythm.ideal, source, last, due, shown)


def unanswered(touches: tuple[Touch, ...]) -> tuple[dt.date, ...]:
    """The days on which you wrote or asked since they last answered or you last met, newest first."""
    days: dict[dt.date, None] = {}
    for touch in touches:
        if _is_reply(touch):
            break
        if touch.kind in _WANTS_AN_ANSWER:
            days[touch.day] = None
    return tuple(days)


def touches_of(playbook: Playbook, entry: Entry[Person], *, until: dt.date | None = None) -> tuple[Touch, ...]:
    """Every contact with somebody up to a day, newest first.

    Their own log counts (all kinds that are touches), being named in `with` of somebody else's log, and an event's
    `outcomes.met`.
    """
    found = [
        Touch(line.date, str(line.kind), line.what, entry.key)
        for line in entry.record.log
        if line.date is not None and line.kind.is_touch
    ]
    for link in playbook.links_to(entry.key):
        if link.field not in _TELLS_OF_TOUCHES or link.source == entry.key:
            continue
        source = playbook.find(link.source)
        if source is None:
            continue
        if isinstance(source.record, Person) and link.path[:1] == ("log",) and link.path[2:3] == ("with",):
            line = source.record.log[int(link.path[1])]
            if line.date is not None and line.kind.is_touch:
                found.append(Touch(line.date, str(line.kind), line.what, source.key))
        elif link.path[:2] == ("outcomes", "met"):
            event = playbook.events[source.id].record
            if event.status is not EventStatus.SKIPPED:
                found.append(Touch((event.ends or event.starts).day, "met", event.title, source.key))
    kept = [touch for touch in found if until is None or touch.day <= until]
    return tuple(sorted(kept, key=lambda touch: (-touch.day.toordinal(), touch.owner, touch.kind, touch.what)))


def met_at(playbook: Playbook, entry: Entry[Event], today: dt.date) -> tuple[str, ...]:
    """Ids of those met at an event: as it is written there, in somebody's log, or as how you met."""
    named = [link.target[1] for link in playbook.links_from(entry.key) if link.path[:2] == ("outcomes", "met")]
    told = {
        link.source[1]
        for link in playbook.links_to(entry.key)
        if link.source[0] == "people"
        and _says_met(entry.record, playbook.people[link.source[1]].record, link.path, today)
    }
    return tuple(dict.fromkeys((*named, *sorted(told))))


def circles_of(playbook: Playbook) -> dict[str, Period]:
    """Every circle with its rhythm: the three built in, as `me.yml` redefines them, then its own, shortest first."""
    mine = {name: rhythm.ideal for name, rhythm in playbook.me.record.circles.items()}
    built_in = {name: mine.pop(name, period) for name, period in BUILT_IN_CIRCLES.items()}
    own = sorted(mine.items(), key=lambda item: (item[1].is_never, item[1].months * 30 + item[1].days, item[0]))
    return {**built_in, **dict(own)}


def stage_of(playbook: Playbook, entry: Entry[Person], today: dt.date) -> Stage:
    """How far a relationship has come: the stage that was written, else what the log shows.

    Nothing yet is `identified`; only your own messages `contacted`; an answer or a meeting `connected`; three touches
    within a year, one of them theirs, `active`.
    """
    person = entry.record
    if person.closed is not None:
        return Stage.CLOSED
    if person.stage is not None:
        return person.stage
    touches = touches_of(playbook, entry, until=today)
    if not touches:
        return Stage.CONNECTED if person.met is not None else Stage.IDENTIFIED
    answered = any(_is_reply(touch) for touch in touches)
    recent = [touch for touch in touches if (today - touch.day).days <= 365]  # noqa: PLR2004
    if answered and len(recent) >= 3:  # noqa: PLR2004
        return Stage.ACTIVE
    return Stage.CONNECTED if answered or person.met is not None else Stage.CONTACTED


def met_on(playbook: Playbook, person: Person) -> dt.date | None:
    """The day you met: as it was written, else the first day of the event at which you did."""
    if person.met is None or person.met.date is not None:
        return person.met.date if person.met else None
    event = playbook.events.get(person.met.event or "")
    return event.record.starts.day if event else None


def back_from_leave(playbook: Playbook, day: dt.date) -> dt.date:
    """`day`, or the first day after the absence that it falls into."""
    for away in sorted(playbook.me.record.away, key=lambda away: away.from_):
        if away.from_ <= day <= away.to and away.to < dt.date.max:
            day = away.to + dt.timedelta(days=1)
    return day


def _says_met(event: Event, person: Person, path: tuple[str | int, ...], today: dt.date) -> bool:
    """Whether a person's reference to an event tells of a meeting there; a message on the way to it does not."""
    if path[0] != "log":
        return path[0] == "met"
    line = person.log[int(path[1])]
    day = line.date or event.starts.day
    if not event.starts.day <= day <= today:
        return False
    return line.kind is LogKind.MET or (line.kind.is_touch and day <= (event.ends or event.starts).day)


def _is_reply(touch: Touch) -> bool:
    return touch.kind in _REPLIES


def _rhythm(playbook: Playbook, person: Person, today: dt.date) -> tuple[Rhythm | None, str]:
    if person.cadence is not None:
        return person.cadence, "their own rhythm"
    agreed = person.mentoring
    if agreed is not None and agreed.rhythm is not None and not (agreed.until is not None and agreed.until < today):
        return agreed.rhythm, "mentoring"
    if not person.circle:
        return None, "no rhythm"
    redefined = playbook.me.record.circles.get(person.circle)
    if redefined is not None:
        return redefined, f"circle {person.circle}"
    built_in = BUILT_IN_CIRCLES.get(person.circle)
    return (Rhythm(ideal=built_in) if built_in else None), f"circle {person.circle}"


def _is_away(playbook: Playbook, day: dt.date) -> bool:
    return any(away.from_ <= day <= away.to for away in playbook.me.record.away)
