"""Which names an outreach template can speak of, and what each of them holds; `scope` fills them.

Knows no playbook.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Shape = Mapping[str, Any]
"""What a name offers: attribute → "text", "date", "list", another shape, or a list of one shape (many of such)."""

_ORGANIZATION = {"name": "text", "kind": "text", "url": "text", "why": "text"}
_MEET = {"name": "text", "why": "text", "opener": "text", "questions": "list", "ask": "text", "offer": "text"}
_PERSON = {
    "name": "text",
    "calls": "text",
    "nickname": "text",
    "why": "text",
    "title": "text",
    "organization": "text",
    "expertise": "list",
    "values": "list",
    "prefers": "text",
    "language": "text",
    "pronouns": "text",
    "pronounced": "text",
    "location": "text",
    "relations": "list",
    "offers": "list",
    "met": {"how": "text", "date": "date", "event": "text"},
    "introduced_by": "text",
    "last": {"date": "date", "what": "text", "channel": "text"},
    "talk": {"date": "date", "kind": "text", "what": "text"},
    "promises": "list",
    "email": "text",
}
_ACHIEVEMENT = {"title": "text", "text": "text", "impact": "text", "date": "date", "url": "text", "evidence": "text"}

SHAPES: Shape = {
    "me": {
        "name": "text",
        "headline": "text",
        "pitch": "text",
        "statement": "text",
        "email": "text",
        "links": "list",
        "language": "text",
        "title": "text",
        "organization": "text",
    },
    "person": _PERSON,
    "other": _PERSON,
    "organization": _ORGANIZATION,
    "event": {
        "title": "text",
        "kind": "text",
        "place": "text",
        "url": "text",
        "why": "text",
        "pitch": "text",
        "starts": "date",
        "ends": "date",
        "questions": "list",
        "organization": "text",
    },
    "goal": {
        "title": "text",
        "kind": "text",
        "why": "text",
        "measure": "text",
        "pitch": "text",
        "due": "date",
        "start": "date",
        "next_step": "text",
        "outcome": "text",
        "criteria": "list",
    },
    "meet": _MEET,
    "achievements": [_ACHIEVEMENT],
    "today": "date",
}
"""Name → what it offers."""


def is_list(name: str) -> bool:
    """Whether the dotted `name` holds a list."""
    kind = _kind_of(name)
    return kind == "list" or isinstance(kind, list)


def exists(name: str) -> bool:
    """Whether a template can speak of the dotted `name`."""
    return _kind_of(name) is not None


def names_within(name: str) -> tuple[str, ...]:
    """The dotted names below one that holds several things, such as `person.met`."""
    kind = _kind_of(name)
    return tuple(f"{name}.{inner}" for inner in kind) if isinstance(kind, Mapping) else ()


def can_be_written(name: str) -> bool:
    """Whether the dotted `name` is words, a day or a list of words."""
    return isinstance(_kind_of(name), str)


def _kind_of(name: str) -> Any:
    kind: Any = SHAPES
    for part in name.split("."):
        kind = kind.get(part) if isinstance(kind, Mapping) else None
    return kind


def all_names() -> tuple[str, ...]:
    """Every dotted name a template can speak of."""
    found: list[str] = []

    def gather(kind: Any, path: str) -> None:
        found.append(path)
        if isinstance(kind, Mapping):
            for name, inner in kind.items():
                gather(inner, f"{path}.{name}")

    for root, kind in SHAPES.items():
        gather(kind, root)
    return tuple(found)
