"""Events."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.graph import Entry
from playbook.records import Event
from playbook.views.scene import Linked, Scene, Source


@dataclass(frozen=True, slots=True)
class EventsView:
    """All of them."""

    links: tuple[Linked, ...]


@dataclass(frozen=True, slots=True)
class EventView:
    """One of them."""

    title: str
    source: Source | None


def events_view(scene: Scene) -> EventsView:
    """The section's first page."""
    return EventsView(tuple(scene.link_to(entry) for entry in scene.playbook.events.values()))


def event_view(scene: Scene, entry: Entry[Event]) -> EventView:
    """One record's page."""
    return EventView(entry.title, scene.source(entry))
