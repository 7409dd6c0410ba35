"""Plays: sequences of steps that are started on a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from playbook.graph import Entry
from playbook.records import Play
from playbook.views.checklists import ChecklistView, Tally, checklist_view, tally_of
from playbook.views.scene import Linked, Scene, Source
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
class PlaysView:
    """All plays: those that run, then those that wait for their day."""

    running: tuple[PlayCard, ...]
    ready: tuple[PlayCard, ...]
    past: tuple[PlayCard, ...]


@dataclass(frozen=True, slots=True)
class PlayView:
    """A play's page."""

    title: str
    status: str
    why: str
    starts: DayView | None
    checklist: ChecklistView
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
    running = [e for e in is_open if e.record.starts is not None and e.record.starts <= scene.today]
    ready = [entry for entry in is_open if entry not in running]
    return PlaysView(
        running=tuple(_card(scene, entry) for entry in running),
        ready=tuple(_card(scene, entry) for entry in ready),
        past=tuple(_card(scene, entry) for entry in entries if not entry.record.status.is_open),
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
        goals=scene.links("goals", play.goals),
        people=scene.links("people", play.people),
        events=scene.links("events", play.events),
        organizations=scene.links("organizations", play.organizations),
        notes=play.notes,
        tags=play.tags,
        source=scene.source(entry),
    )


def _card(scene: Scene, entry: Entry[Play]) -> PlayCard:
    play = entry.record
    return PlayCard(scene.link_to(entry), str(play.status), scene.day(play.starts), tally_of(play.checklist), play.why)
