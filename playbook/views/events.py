"""Events, upcoming and past, and each one's kit: whom to meet, what to say and ask, where to be, what to bring."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from playbook.agenda import FOLLOW_UP_DAYS, is_preparation
from playbook.graph import Entry
from playbook.lines import is_after_event
from playbook.records import Event
from playbook.records.choices import EventStatus
from playbook.views.checklists import ChecklistView, checklist_view
from playbook.views.goal_cards import EvidenceView, evidence_view
from playbook.views.meeting import MeetView, last_day, meet_view, met_at, moment_text
from playbook.views.printouts import PrintoutView, event_printouts
from playbook.views.scene import Linked, Scene, Source
from playbook.views.scripts import ScriptView
from playbook.views.tally import Tally, tally_of
from playbook.views.tasks import OwedView, line_after, task_view
from playbook.views.words import DayView, length_text, sentence_case, span_text, span_view, weekday_text


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
    script: ScriptView | None = None
    """The words for it, until it is done."""
    owed: OwedView | None = field(default=None, compare=False)


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
    """What is to be done before it ends."""
    afterwards: ChecklistView
    met: tuple[Linked, ...]
    learned: tuple[str, ...]
    follow_ups: tuple[FollowUpView, ...]
    journal: tuple[EvidenceView, ...]
    printouts: tuple[PrintoutView, ...]
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
    over = [pair for pair in reversed(going) if last_day(pair[0].record) < scene.today]
    years = sorted({entry.record.starts.day.year for entry, _ in over}, reverse=True)
    return EventsView(
        upcoming=tuple(card for entry, card in going if last_day(entry.record) >= scene.today),
        past=tuple(
            YearOfEvents(str(year), tuple(card for entry, card in over if entry.record.starts.day.year == year))
            for year in years
        ),
        skipped=tuple(card for entry, card in cards if entry.record.status is EventStatus.SKIPPED),
    )


def event_card(scene: Scene, entry: Entry[Event]) -> EventCard:
    """An event in a few words."""
    event = entry.record
    return EventCard(
        link=scene.link_to(entry),
        when=span_text(event.starts.day, last_day(event)),
        day=span_view(event.starts.day, last_day(event), scene.today),
        kind=sentence_case(event.kind) if event.kind else "",
        status=str(event.status),
        place=event.place,
        why=event.why,
        tally=tally_of(tuple(item for item in event.checklist if is_preparation(entry, item))),
        to_meet=len(event.meet),
        met=len(met_at(scene, entry)),
        goals=scene.links("goals", scene.playbook.related(entry.key, "goals", "goals", "events")),
    )


def event_view(scene: Scene, entry: Entry[Event]) -> EventView:
    """One event's page."""
    event = entry.record
    book = scene.playbook
    me = book.me.record
    outcomes = event.outcomes
    journal = tuple(line for line in book.journal_lines() if entry.id in line.record.events)
    return EventView(
        id=entry.id,
        title=event.title,
        kind=sentence_case(event.kind) if event.kind else "",
        status=str(event.status),
        when=span_text(event.starts.day, last_day(event)),
        times=_times(event),
        timezone=event.timezone if event.timezone and event.timezone != me.timezone else "",
        day=span_view(event.starts.day, last_day(event), scene.today),
        length=length_text((last_day(event) - event.starts.day).days + 1),
        is_over=last_day(event) < scene.today,
        place=event.place,
        url=event.url,
        cost=event.cost,
        organization=scene.organization(event.organization) if event.organization else None,
        goals=scene.links("goals", book.related(entry.key, "goals", "goals", "events")),
        why=event.why,
        pitch=event.pitch or (me.pitch if scene.is_mine else ""),
        pitch_is_own=bool(event.pitch),
        questions=event.questions,
        meet=tuple(meet_view(scene, entry, index, meet) for index, meet in enumerate(event.meet)),
        days=_days(scene, event),
        bring=event.bring,
        checklist=checklist_view(scene, entry, is_preparation),
        afterwards=checklist_view(scene, entry, lambda *one: not is_preparation(*one)),
        met=scene.links("people", met_at(scene, entry)),
        learned=outcomes.learned if outcomes else (),
        follow_ups=(*_follow_ups(scene, entry), *_lines_to_write(scene, entry)),
        journal=tuple(evidence_view(scene, line) for line in journal),
        printouts=event_printouts(scene, entry, is_over=last_day(event) < scene.today),
        tags=event.tags,
        source=scene.source(entry),
    )


def _times(event: Event) -> str:
    """`09:00–17:00` on one day; with the weekdays where there are several."""
    start, end = event.starts, event.ends
    if start.time is None:
        return ""
    if end is None or end.time is None:
        return f"from {start.time:%H:%M}"
    if start.day == end.day:
        return f"{start.time:%H:%M}–{end.time:%H:%M}"
    return f"{moment_text(start)} – {moment_text(end)}"


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


def _follow_ups(scene: Scene, entry: Entry[Event]) -> tuple[FollowUpView, ...]:
    event = entry.record
    found = []
    for index, follow_up in enumerate(event.outcomes.follow_ups if event.outcomes else ()):
        last = last_day(event)
        due = follow_up.due or (last + dt.timedelta(days=FOLLOW_UP_DAYS) if last.year < dt.MAXYEAR else last)
        state = "done" if follow_up.done else "waiting" if due < scene.today else "open"
        script = None if follow_up.done else line_after(scene, entry, follow_up.person or "")
        is_to_do = scene.is_mine and not follow_up.done
        found.append(
            FollowUpView(
                follow_up.what,
                scene.link("people", follow_up.person) if follow_up.person else None,
                scene.day(due),
                scene.day(follow_up.done.on) if follow_up.done else None,
                state,
                f"{'Done' if follow_up.done else 'Open'}: {follow_up.what}",
                script,
                OwedView(f"events/{entry.id}/outcomes/follow_ups/{index}") if is_to_do else None,
            )
        )
    return tuple(found)


def _lines_to_write(scene: Scene, entry: Entry[Event]) -> tuple[FollowUpView, ...]:
    """Whom you met there and have not written to since, for the author alone."""
    if not scene.is_mine:
        return ()
    found = []
    for task in scene.tasks:
        if task.owner == entry.key and is_after_event(task):
            view = task_view(scene, task)
            state = "waiting" if view.state == "waiting" else "open"
            found.append(
                FollowUpView(view.text, view.person, view.due, None, state, view.label, view.filled, view.owed)
            )
    return tuple(found)
