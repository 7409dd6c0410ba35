"""People."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.graph import Entry
from playbook.records import Person
from playbook.views.scene import Linked, Scene, Source


@dataclass(frozen=True, slots=True)
class PersonsView:
    """All of them."""

    links: tuple[Linked, ...]


@dataclass(frozen=True, slots=True)
class PersonView:
    """One of them."""

    title: str
    source: Source | None


def people_view(scene: Scene) -> PersonsView:
    """The section's first page."""
    return PersonsView(tuple(scene.link_to(entry) for entry in scene.playbook.people.values()))


def person_view(scene: Scene, entry: Entry[Person]) -> PersonView:
    """One record's page."""
    return PersonView(entry.title, scene.source(entry))
