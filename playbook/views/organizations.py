"""Organizations."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.graph import Entry
from playbook.records import Organization
from playbook.views.scene import Linked, Scene, Source


@dataclass(frozen=True, slots=True)
class OrganizationsView:
    """All of them."""

    links: tuple[Linked, ...]


@dataclass(frozen=True, slots=True)
class OrganizationView:
    """One of them."""

    title: str
    source: Source | None


def organizations_view(scene: Scene) -> OrganizationsView:
    """The section's first page."""
    return OrganizationsView(tuple(scene.link_to(entry) for entry in scene.playbook.organizations.values()))


def organization_view(scene: Scene, entry: Entry[Organization]) -> OrganizationView:
    """One record's page."""
    return OrganizationView(entry.title, scene.source(entry))
