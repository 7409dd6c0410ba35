"""Where somebody turns up elsewhere in the playbook: events you share, goals they matter for, the journal."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.cadence import met_at
from playbook.graph import Entry, JournalLine
from playbook.records import Event, Person
from playbook.records.choices import EventStatus, JournalKind
from playbook.views.goal_cards import EvidenceView, evidence_view
from playbook.views.scene import Linked, Scene
from playbook.views.words import DayView, span_text, span_view

MOST_JOURNAL = 12


@dataclass(frozen=True, slots=True)
class EncounterView:
    """An event where you meet, met, or can hear them."""

    event: Linked
    when: str
    day: DayView
    how: tuple[str, ...]
    """`to meet: She chairs the council`, `speaks: Consensus in practice`, `met there` …"""


@dataclass(frozen=True, slots=True)
class EncountersView:
    """Coming events, the soonest first; then past ones, the latest first."""

    coming: tuple[EncounterView, ...]
    past: tuple[EncounterView, ...]


@dataclass(frozen=True, slots=True)
class MentionView:
    """A journal entry that involves somebody: they helped, it engaged them, or they said it."""

    how: str
    line: EvidenceView


@dataclass(frozen=True, slots=True)
class MentionsView:
    """The journal entries that involve somebody, newest first; `more` older ones were left out."""

    lines: tuple[MentionView, ...]
    more: int


def encounters_view(scene: Scene, entry: Entry[Person]) -> EncountersView:
    """Every event that names somebody, or that their own file names, but those you skipped."""
    named = [link.source[1] for link in scene.playbook.links_to(entry.key) if link.source[0] == "events"]
    links = scene.playbook.links_from(entry.key)
    own = [link.target[1] for link in links if link.target[0] == "events" and link.field in ("log", "met")]
    events = [scene.playbook.events[name] for name in dict.fromkeys((*named, *own)) if name in scene.playbook.events]
    kept = sorted(
        (event for event in events if event.record.status is not EventStatus.SKIPPED),
        key=lambda event: (event.record.starts.day, event.id),
    )
    views = [(event, view) for event in kept if (view := _encounter(scene, event, entry)) is not None]
    return EncountersView(
        coming=tuple(view for event, view in views if not _is_over(scene, event)),
        past=tuple(view for event, view in reversed(views) if _is_over(scene, event)),
    )


def goals_of(scene: Scene, entry: Entry[Person]) -> tuple[Linked, ...]:
    """The goals somebody matters for, open ones first; to the author, each says whether they know of it."""
    names = set(scene.playbook.related(entry.key, "goals", "goals", "people"))
    return tuple(_goal(scene, name, entry.id) for name in scene.goal_order if name in names)


def mentions_view(scene: Scene, entry: Entry[Person]) -> MentionsView:
    """What the journal says of somebody."""
    found: dict[tuple[str, int], JournalLine] = {}
    for link in scene.playbook.links_to(entry.key):
        if link.source[0] == "journal" and link.path[2:3] in (("people",), ("from",)):
            year, index = scene.playbook.journal[link.source[1]], int(link.path[1])
            found[(year.id, index)] = JournalLine(year, index, year.record.entries[index])
    ordered = sorted(found.values(), key=lambda line: (-line.record.date.toordinal(), line.entry.id, line.index))
    views = tuple(MentionView(_part_in(line, entry.id), evidence_view(scene, line)) for line in ordered[:MOST_JOURNAL])
    return MentionsView(views, max(0, len(ordered) - MOST_JOURNAL))


def _encounter(scene: Scene, event: Entry[Event], entry: Entry[Person]) -> EncounterView | None:
    record, person = event.record, entry.record
    how = [
        *(
            f"to meet: {_joinable(meet.why)}" if meet.why else "to meet"
            for meet in record.meet
            if meet.person == entry.id
        ),
        *(f"speaks: {_joinable(session.title)}" for session in record.sessions if entry.id in session.who),
    ]
    if person.met is not None and person.met.event == event.id:
        how.append("first met here")
    elif entry.id in met_at(scene.playbook, event, scene.today):
        how.append("met there")
    elif not how and any(line.event == event.id for line in person.log):
        how.append("the log names it")
    if _is_over(scene, event) and len(how) > 1:
        how = [word for word in how if not word.startswith("to meet")]
    if not how:
        return None
    first, last = record.starts.day, (record.ends or record.starts).day
    day = span_view(first, last, scene.today)
    return EncounterView(scene.link_to(event), span_text(first, last), day, tuple(how))


def _joinable(text: str) -> str:
    """The text as one of several in a row: without the full stop, but not without dots that mean something."""
    text = text.strip()
    return text if text.endswith("..") else text.removesuffix(".")


def _is_over(scene: Scene, event: Entry[Event]) -> bool:
    return (event.record.ends or event.record.starts).day < scene.today


def _goal(scene: Scene, goal: str, person: str) -> Linked:
    if not scene.is_mine:
        return scene.link("goals", goal)
    told = [found for found in scene.playbook.goals[goal].record.told if found.person == person]
    day = scene.day(told[0].date) if told else None
    return scene.link("goals", goal, f"told {day.text}" if day else "told" if told else "not told yet")


def _part_in(line: JournalLine, person: str) -> str:
    if line.record.from_ == person:
        return "said it"
    return "helped" if line.record.kind is JournalKind.ACHIEVEMENT else str(line.record.kind)
