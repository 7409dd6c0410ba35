"""Every tag with what carries it."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.views.scene import Linked, Scene


@dataclass(frozen=True, slots=True)
class TagView:
    """A tag and the pages that carry it."""

    name: str
    links: tuple[Linked, ...]


@dataclass(frozen=True, slots=True)
class TagsView:
    """All tags, by name."""

    tags: tuple[TagView, ...]


def tags_view(scene: Scene) -> TagsView:
    """The tags page."""
    found: dict[str, list[Linked]] = {}
    for entry in scene.playbook.entries():
        for tag in dict.fromkeys(entry.record.tags):
            found.setdefault(tag, []).append(scene.link_to(entry))
    return TagsView(tuple(TagView(name, tuple(found[name])) for name in sorted(found, key=str.casefold)))
