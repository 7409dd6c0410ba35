"""Journal."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.graph import Entry
from playbook.records import Journal
from playbook.views.scene import Linked, Scene, Source


@dataclass(frozen=True, slots=True)
class YearsView:
    """All of them."""

    links: tuple[Linked, ...]


@dataclass(frozen=True, slots=True)
class YearView:
    """One of them."""

    title: str
    source: Source | None


def journal_view(scene: Scene) -> YearsView:
    """The section's first page."""
    return YearsView(tuple(scene.link_to(entry) for entry in scene.playbook.journal.values()))


def year_view(scene: Scene, entry: Entry[Journal]) -> YearView:
    """One record's page."""
    return YearView(entry.title, scene.source(entry))
