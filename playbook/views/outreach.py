"""Outreach."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.graph import Entry
from playbook.records import Outreach
from playbook.views.scene import Linked, Scene, Source


@dataclass(frozen=True, slots=True)
class TemplatesView:
    """All of them."""

    links: tuple[Linked, ...]


@dataclass(frozen=True, slots=True)
class TemplateView:
    """One of them."""

    title: str
    source: Source | None


def outreach_view(scene: Scene) -> TemplatesView:
    """The section's first page."""
    return TemplatesView(tuple(scene.link_to(entry) for entry in scene.playbook.outreach.values()))


def template_view(scene: Scene, entry: Entry[Outreach]) -> TemplateView:
    """One record's page."""
    return TemplateView(entry.title, scene.source(entry))
