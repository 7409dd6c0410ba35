"""Plays."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.graph import Entry
from playbook.records import Play
from playbook.views.scene import Linked, Scene, Source


@dataclass(frozen=True, slots=True)
class PlaysView:
    """All of them."""

    links: tuple[Linked, ...]


@dataclass(frozen=True, slots=True)
class PlayView:
    """One of them."""

    title: str
    source: Source | None


def plays_view(scene: Scene) -> PlaysView:
    """The section's first page."""
    return PlaysView(tuple(scene.link_to(entry) for entry in scene.playbook.plays.values()))


def play_view(scene: Scene, entry: Entry[Play]) -> PlayView:
    """One record's page."""
    return PlayView(entry.title, scene.source(entry))
