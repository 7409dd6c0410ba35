"""Plays: sequences of steps that are started on a day; and, for the author, the library of those that are ready."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from playbook.agenda import due_of
from playbook.graph import Entry
from playbook.plays import Routine, Step, library
from playbook.plays.finding import command
from playbook.plays.planning import scripts_for
from playbook.records import Play
from playbook.views.checklists import ChecklistView, checklist_view
from playbook.views.scene import Linked, Scene, Source
from playbook.views.tally import Tally, tally_of
from playbook.views.words import DayView


@dataclass(frozen=True, slots=True)
class PlayCard:
    """A play among others."""

    link: Linked
    status: str
    starts: DayView | None
    tally: Tally
    why: str


@dataclass(frozen=True, slots=True)
class ReadyStep:
    """A step of a routine."""

    when: str
    """`T+7`; empty where it has no day."""
    text: str
    scripts: tuple[Linked, ...]
    """The author's templates for it; where there are none, the purpose in words."""


@dataclass(frozen=True, slots=True)
class ReadyPlay:
    """A play of the library, and how it is started."""

    id: str
    title: str
    why: str
    origin: str
    """Who found that it works: author, title, year."""
    day: str
    """What T is, in words."""
    steps: tuple[ReadyStep, ...]
    done_when: tuple[str, ...]
    command: str
    started: tuple[Linked, ...]
    """The author's own plays that were started from it."""


@dataclass(frozen=True, slots=True)
class ReadyFamily:
    """Plays of the library that are about the same."""

    title: str
    plays: tuple[ReadyPlay, ...]


@dataclass(frozen=True, slots=True)
class PlaysView:
    """All plays: those that run, those that wait for their day, those that are over; and what could be started."""

    running: tuple[PlayCard, ...]
    ready: tuple[PlayCard, ...]
    past: tuple[PlayCard, ...]
    library: tuple[ReadyFamily, ...] = ()
    """For the author alone."""


@dataclass(frozen=True, slots=True)
class PlayView:
    """A play's page."""

    title: str
    status: str
    why: str
    starts: DayView | None
    checklist: ChecklistView
    done_when: tuple[str, ...]
    origin: str
    """Where the practice is from."""
    goals: tuple[Linked, ...]
    people: tuple[Linked, ...]
    events: tuple[Linked, ...]
    organizations: tuple[Linked, ...]
    notes: str
    tags: tuple[str, ...]
    source: Source | None


def plays_view(scene: Scene) -> PlaysView:
    """The plays page."""
    entries = sorted(scene.playbook.plays.values(), key=lambda entry: (entry.record.starts or dt.date.max, entry.id))
    is_open = [entry for entry in entries if entry.record.status.is_open]
    running = [entry for entry in is_open if (begins := _begins(entry)) is not None and begins <= scene.today]
    ready = [entry for entry in is_open if entry not in running]
    return PlaysView(
        running=tuple(_card(scene, entry) for entry in running),
        ready=tuple(_card(scene, entry) for entry in ready),
        past=tuple(_card(scene, entry) for entry in entries if not entry.record.status.is_open),
        library=_library(scene) if scene.is_mine else (),
    )


def play_view(scene: Scene, entry: Entry[Play]) -> PlayView:
    """One play's page."""
    play = entry.record
    return PlayView(
        title=play.title,
        status=str(play.status),
        why=play.why,
        starts=scene.day(play.starts),
        checklist=checklist_view(scene, entry),
        done_when=play.done_when,
        origin=play.source,
        goals=scene.links("goals", play.goals),
        people=scene.links("people", play.people),
        events=scene.links("events", play.events),
        organizations=scene.links("organizations", play.organizations),
        notes=play.notes,
        tags=play.tags,
        source=scene.source(entry),
    )


def _begins(entry: Entry[Play]) -> dt.date | None:
    """The day it starts, or that of its first step where something is to be done before."""
    play = entry.record
    if play.starts is None:
        return None
    return min((play.starts, *(day for item in play.checklist if (day := due_of(entry, item)) is not None)))


def _library(scene: Scene) -> tuple[ReadyFamily, ...]:
    found: dict[str, list[ReadyPlay]] = {}
    for routine in library():
        found.setdefault(str(routine.family), []).append(_ready(scene, routine))
    return tuple(ReadyFamily(title, tuple(plays)) for title, plays in found.items())


def _ready(scene: Scene, routine: Routine) -> ReadyPlay:
    return ReadyPlay(
        id=routine.id,
        title=routine.title,
        why=routine.why,
        origin=routine.source,
        day=routine.day,
        steps=tuple(_step(scene, step) for step in routine.steps),
        done_when=routine.done_when,
        command=command(routine),
        started=tuple(scene.link_to(e) for e in scene.playbook.plays.values() if e.record.play == routine.id),
    )


def _step(scene: Scene, step: Step) -> ReadyStep:
    found = scene.links("outreach", scripts_for(scene.playbook, step))
    none = (Linked(step.purpose.replace("-", " ")),) if step.purpose else ()
    return ReadyStep(str(step.due or ""), step.task, found or none)


def _card(scene: Scene, entry: Entry[Play]) -> PlayCard:
    play = entry.record
    return PlayCard(scene.link_to(entry), str(play.status), scene.day(play.starts), tally_of(play.checklist), play.why)
