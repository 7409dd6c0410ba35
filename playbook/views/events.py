"""Events, upcoming and past, and each one's kit: whom to meet, what to say and ask, where to be, what to bring."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from playbook.agenda import FOLLOW_UP_DAYS
from playbook.graph import Entry
from playbook.records import Event, Meet, Person
from playbook.records.choices import EventStatus, LogKind
from playbook.records.types import Moment
from playbook.views.checklists import ChecklistView, Tally, checklist_view, tally_of
from playbook.views.goals import EvidenceView, evidence_view
from playbook.views.scene import Linked, Scene, Source
from playbook.views.scripts import ScriptView
from playbook.views.words import DayView, day_text, length_text, sentence_case, span_text, weekday_text


@dataclass(frozen=True, slots=True)
class EventCard:
    """An event among others."""

    link: Linked
    when: str
    day: DayView
    kind: str
    status: str
    place: str
    why: str
    tally: Tally
    to_meet: int
    met: int
    goals: tuple[Linked, ...]


@dataclass(frozen=True, slots=True)
class YearOfEvents:
    """Past events of one year, the latest first."""

    year: str
    events: tuple[EventCard, ...]


@dataclass(frozen=True, slots=True)
class EventsView:
    """All events."""

    upcoming: tuple[EventCard, ...]
    past: tuple[YearOfEvents, ...]
    skipped: tuple[EventCard, ...]


@dataclass(frozen=True, slots=True)
class MeetView:
    """Somebody to meet, with everything to say; what the event does not give comes from their own file."""

    anchor: str
    person: Linked
    role: str
    """`Principal engineer, Northwind` and what they are to you."""
    pronounced: str
    why: str
    last: str
    """Where you last left off."""
    opener: str
    questions: tuple[str, ...]
    shared_questions: bool
    """Whether the questions are the event's own, for anybody."""
    ask: str
    offers: tuple[str, ...]
    promises: tuple[str, ...]
    sessions: tuple[str, ...]
    """Sessions of theirs."""
    script: ScriptView | None
    url: str
    has_met: bool


@dataclass(frozen=True, slots=True)
class SessionView:
    """A session to be at."""

    time: str
    title: str
    who: tuple[Linked, ...]
    why: str


@dataclass(frozen=True, slots=True)
class DayOfSessions:
    """The sessions of one day, in order."""

    day: str
    sessions: tuple[SessionView, ...]


@dataclass(frozen=True, slots=True)
class FollowUpView:
    """Something to do afterwards. `state` is `open`, `waiting` or `done`."""

    text: str
    person: Linked | None
    due: DayView | None
    done_on: DayView | None
    state: str
    label: str


@dataclass(frozen=True, slots=True)
class EventView:
    """An event's page: its kit before, what came of it after."""

    id: str
    title: str
    kind: str
    status: str
    when: str
    times: str
    timezone: str
    day: DayView
    length: str
    is_over: bool
    place: str
    url: str
    cost: str
    organization: Linked | None
    goals: tuple[Linked, ...]
    why: str
    pitch: str
    pitch_is_own: bool
    questions: tuple[str, ...]
    meet: tuple[MeetView, ...]
    days: tuple[DayOfSessions, ...]
    bring: tuple[str, ...]
    checklist: ChecklistView
    met: tuple[Linked, ...]
    learned: tuple[str, ...]
    follow_ups: tuple[FollowUpView, ...]
    journal: tuple[EvidenceView, ...]
    tags: tuple[str, ...]
    source: Source | None


def events_view(scene: Scene) -> EventsView:
    """The events page."""
    entries = sorted(
        scene.playbook.events.values(),
        key=lambda entry: (entry.record.starts.day, entry.record.starts.time or dt.time(), entry.id),
    )
    cards = [(entry, event_card(scene, entry)) for entry in entries]
    going = [pair for pair in cards if pair[0].record.status.is_going]
    over = [pair for pair in reversed(going) if _last_day(pair[0].record) < scene.today]
    years = sorted({entry.record.starts.day.year for entry, _ in over}, reverse=True)
    return EventsView(
        upcoming=tuple(card for entry, card in going if _last_day(entry.record) >= scene.today),
        past=tuple(
            YearOfEvents(str(year), tuple(card for entry, card in over if entry.record.starts.day.year == year))
            for year in years
        ),
        skipped=tuple(card for entry, card in cards if entry.record.status is EventStatus.SKIPPED),
    )


def event_card(scene: Scene, entry: Entry[Event]) -> EventCard:
    """An event in a few words."""
    event = entry.record
    day = scene.day(event.starts.day)
    assert day is not None  # noqa: S101  (an event always starts)
    return EventCard(
        link=scene.link_to(entry),
        when=span_text(event.starts.day, _last_day(event)),
        day=day,
        kind=sentence_case(event.kind) if event.kind else "",
        status=str(event.status),
        place=event.place,
        why=event.why,
        tally=tally_of(event.checklist),
        to_meet=len(event.meet),
        met=len(_met(scene, entry)),
        goals=scene.links("goals", scene.playbook.related(entry.key, "goals", "goals", "events")),
    )


def event_view(scene: Scene, entry: Entry[Event]) -> EventView:
    """One event's page."""
    event = entry.record
    book = scene.playbook
    me = book.me.record
    day = scene.day(event.starts.day)
    assert day is not None  # noqa: S101  (an event always starts)
    outcomes = event.outcomes
    journal = tuple(line for line in book.journal_lines() if entry.id in line.record.events)
    return EventView(
        id=entry.id,
        title=event.title,
        kind=sentence_case(event.kind) if event.kind else "",
        status=str(event.status),
        when=span_text(event.starts.day, _last_day(event)),
        times=_times(event),
        timezone=event.timezone if event.timezone and event.timezone != me.timezone else "",
        day=day,
        length=length_text((_last_day(event) - event.starts.day).days + 1),
        is_over=_last_day(event) < scene.today,
        place=event.place,
        url=event.url,
        cost=event.cost,
        organization=scene.organization(event.organization) if event.organization else None,
        goals=scene.links("goals", book.related(entry.key, "goals", "goals", "events")),
        why=event.why,
        pitch=event.pitch or (me.pitch if scene.is_mine else ""),
        pitch_is_own=bool(event.pitch),
        questions=event.questions,
        meet=tuple(_meet_view(scene, entry, index, meet) for index, meet in enumerate(event.meet)),
        days=_days(scene, event),
        bring=event.bring,
        checklist=checklist_view(scene, entry),
        met=scene.links("people", _met(scene, entry)),
        learned=outcomes.learned if outcomes else (),
        follow_ups=_follow_ups(scene, event),
        journal=tuple(evidence_view(scene, line) for line in journal),
        tags=event.tags,
        source=scene.source(entry),
    )


def _last_day(event: Event) -> dt.date:
    return (event.ends or event.starts).day


def _met(scene: Scene, entry: Entry[Event]) -> tuple[str, ...]:
    """Who was met there: written at the event, in somebody's log, or as how you met."""
    book = scene.playbook
    named = [link.target[1] for link in book.links_from(entry.key) if link.path[:2] == ("outcomes", "met")]
    told = {
        link.source[1]
        for link in book.links_to(entry.key)
        if link.source[0] == "people" and _says_met(scene, entry.record, book.people[link.source[1]].record, link.path)
    }
    return tuple(dict.fromkeys((*named, *sorted(told))))


def _says_met(scene: Scene, event: Event, person: Person, path: tuple[str | int, ...]) -> bool:
    """Whether a person's reference to an event tells of a meeting there; a message on the way to it does not."""
    if path[0] != "log":
        return path[0] == "met"
    line = person.log[int(path[1])]
    day = line.date or event.starts.day
    if not event.starts.day <= day <= scene.today:
        return False
    return line.kind is LogKind.MET or (line.kind.is_touch and day <= _last_day(event))


def _times(event: Event) -> str:
    """`09:00–17:00` on one day; with the weekdays where there are several."""
    start, end = event.starts, event.ends
    if start.time is None:
        return ""
    if end is None or end.time is None:
        return f"from {start.time:%H:%M}"
    if start.day == end.day:
        return f"{start.time:%H:%M}–{end.time:%H:%M}"
    return f"{_at(start)} – {_at(end)}"


def _at(moment: Moment) -> str:
    return weekday_text(moment.day) + (f" {moment.time:%H:%M}" if moment.time else "")


def _meet_view(scene: Scene, entry: Entry[Event], index: int, meet: Meet) -> MeetView:
    event = entry.record
    known = scene.playbook.people.get(meet.person or "")
    person = known.record if known else None
    link = scene.link("people", meet.person) if meet.person else Linked(meet.name, meet.url)
    script = None
    if meet.script and meet.script in scene.playbook.outreach and scene.scripts is not None:
        script = scene.scripts.fill(meet.script, meet.person or "", entry.id)
    open_offers = tuple(offer.what for offer in person.offers if offer.given is None) if person else ()
    return MeetView(
        anchor=f"meet-{index + 1}",
        person=link,
        role=_role(scene, person) if person else _organization_text(scene, meet.organization or ""),
        pronounced=person.pronounced if person else "",
        why=meet.why or (person.why if person else ""),
        last=_last(scene, person) if person else "",
        opener=meet.opener,
        questions=meet.questions or event.questions,
        shared_questions=not meet.questions and bool(event.questions),
        ask=meet.ask,
        offers=(meet.offer,) if meet.offer else open_offers,
        promises=tuple(
            f"{'You' if promise.by == 'me' else 'They'} promised: {promise.what}"
            for promise in (person.promises if person else ())
            if promise.kept is None
        ),
        sessions=tuple(
            f"{_at(session.at)}: {session.title}" if session.at else session.title
            for session in event.sessions
            if (meet.person or meet.name) in session.who
        ),
        script=script,
        url=meet.url,
        has_met=bool(meet.person) and meet.person in _met(scene, entry),
    )


def _role(scene: Scene, person: Person) -> str:
    """`Mentor; Fellow, Network Society`."""
    words = [sentence_case(str(relation)) for relation in person.relations[:2]]
    jobs = [
        ", ".join(part for part in (position.title, _organization_text(scene, position.organization)) if part)
        for position in person.positions
        if position.to is None or position.to >= scene.today
    ]
    return "; ".join([*words[:1], *jobs[:1]])


def _organization_text(scene: Scene, name: str) -> str:
    return scene.organization(name).text if name else ""


def _last(scene: Scene, person: Person) -> str:
    """The last entry of their log that says anything."""
    dated = [line for line in person.log if line.date is not None and line.date <= scene.today]
    if not dated:
        return f"You met {day_text(person.met.date)}" if person.met and person.met.date else ""
    last = max(dated, key=lambda line: line.date or dt.date.min)
    assert last.date is not None  # noqa: S101  (undated ones are left out above)
    how = f", {last.channel}" if last.channel else ""
    what = f": {last.what.splitlines()[0]}" if last.what else ""
    return f"{day_text(last.date)} ({last.kind}{how}){what}"


def _days(scene: Scene, event: Event) -> tuple[DayOfSessions, ...]:
    grouped: dict[dt.date | None, list[SessionView]] = {}
    ordered = sorted(
        event.sessions,
        key=lambda s: (s.at.day if s.at else dt.date.max, (s.at.time if s.at else None) or dt.time.min, s.title),
    )
    for session in ordered:
        time = f"{session.at.time:%H:%M}" if session.at and session.at.time else ""
        who = tuple(scene.person_or_name(name) for name in session.who)
        grouped.setdefault(session.at.day if session.at else None, []).append(
            SessionView(time, session.title, who, session.why)
        )
    return tuple(
        DayOfSessions(weekday_text(day) if day else "Whenever it fits", tuple(sessions))
        for day, sessions in grouped.items()
    )


def _follow_ups(scene: Scene, event: Event) -> tuple[FollowUpView, ...]:
    found = []
    for follow_up in event.outcomes.follow_ups if event.outcomes else ():
        last = _last_day(event)
        due = follow_up.due or (last + dt.timedelta(days=FOLLOW_UP_DAYS) if last.year < dt.MAXYEAR else last)
        state = "done" if follow_up.done else "waiting" if due < scene.today else "open"
        found.append(
            FollowUpView(
                follow_up.what,
                scene.link("people", follow_up.person) if follow_up.person else None,
                scene.day(due),
                scene.day(follow_up.done.on) if follow_up.done else None,
                state,
                f"{'Done' if follow_up.done else 'Open'}: {follow_up.what}",
            )
        )
    return tuple(found)
