"""Whom to meet at an event, with everything to say; and who was met there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from playbook import cadence
from playbook.graph import Entry
from playbook.graph.logs import latest_line
from playbook.records import Event, Meet, Person
from playbook.records.days import Moment
from playbook.views.scene import Linked, Scene
from playbook.views.scripts import ScriptView
from playbook.views.words import day_text, sentence_case, weekday_text


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


def meet_view(scene: Scene, entry: Entry[Event], index: int, meet: Meet) -> MeetView:
    """The entry at `index` of an event's `meet`, with what the person's own file adds."""
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
            f"{moment_text(session.at)}: {session.title}" if session.at else session.title
            for session in event.sessions
            if not {meet.person, meet.name or None}.isdisjoint(session.who)
        ),
        script=script,
        url=meet.url,
        has_met=bool(meet.person) and meet.person in met_at(scene, entry),
    )


def met_at(scene: Scene, entry: Entry[Event]) -> tuple[str, ...]:
    """Who was met there: written at the event, in somebody's log, or as how you met."""
    return cadence.met_at(scene.playbook, entry, scene.today)


def last_day(event: Event) -> dt.date:
    """The day on which it ends."""
    return (event.ends or event.starts).day


def moment_text(moment: Moment) -> str:
    """`Fri 14 May 09:00`, or the day alone."""
    return weekday_text(moment.day) + (f" {moment.time:%H:%M}" if moment.time else "")


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
    last = latest_line(person, scene.playbook, scene.today)
    if last is None or last.date is None:
        return f"You met {day_text(person.met.date)}" if person.met and person.met.date else ""
    how = f", {last.channel}" if last.channel else ""
    what = f": {last.what.splitlines()[0]}" if last.what else ""
    return f"{day_text(last.date)} ({last.kind}{how}){what}"
