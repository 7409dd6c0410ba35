"""Every tag with what carries it."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.views.goal_cards import evidence_view
from playbook.views.scene import Linked, Scene
from playbook.views.words import fold


@dataclass(frozen=True, slots=True)
class TagView:
    """A tag and the pages that carry it; spellings that differ only in case, or in `-`, `_` and spaces, are one."""

    name: str
    links: tuple[Linked, ...]


@dataclass(frozen=True, slots=True)
class TagsView:
    """All tags, by name."""

    tags: tuple[TagView, ...]


def has_tags(scene: Scene) -> bool:
    """Whether anything that this reader may know is tagged."""
    playbook = scene.playbook
    return any(one.record.tags for one in playbook.entries()) or any(
        line.record.tags for line in playbook.journal_lines()
    )


def tags_view(scene: Scene) -> TagsView:
    """The tags page."""
    carried = [(tag, scene.link_to(entry)) for entry in scene.playbook.entries() for tag in entry.record.tags]
    for line in scene.playbook.journal_lines():
        carried += [(tag, evidence_view(scene, line).link) for tag in line.record.tags]
    names: dict[str, str] = {}
    links: dict[str, list[Linked]] = {}
    for tag, link in carried:
        folded = fold(tag)
        names.setdefault(folded, tag)
        if link not in links.setdefault(folded, []):
            links[folded].append(link)
    return TagsView(tuple(TagView(names[folded], tuple(links[folded])) for folded in sorted(links)))
