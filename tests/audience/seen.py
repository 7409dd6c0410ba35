"""What an audience gets of a few YAML texts, as plain data."""

from __future__ import annotations

from typing import Any

from playbook.audience import restrict
from playbook.graph import Playbook, link
from playbook.records.struct import Struct
from tests.support import book

ME = """
    name: Ada
    audiences:
      mentors: {sees: [mentor]}
      goals-only: {sees: [mentor], show: [goals, achievements]}
"""


def read(files: dict[str, str]) -> Playbook:
    """The playbook in these texts, which have no error, with the audiences of `ME` unless they bring a me.yml."""
    loaded = book({"me.yml": ME, **files})
    assert not loaded.has_errors, [str(problem) for problem in loaded.problems]
    return loaded.playbook


def seen_by(audience: str, files: dict[str, str]) -> dict[str, dict[str, Any]]:
    """`{"goals/staff": {field: value}}` of everything that the audience is told, and no problem in linking it."""
    pruned = restrict(read(files), audience)
    assert all(entry.document is None for entry in (pruned.me, *pruned.entries()))
    assert link(pruned.me, pruned.entries()).problems == ()
    return {f"{entry.kind}/{entry.id}": said(entry.record) for entry in pruned.entries()}


def said(value: Any) -> Any:
    """What a record says as plain data, without the fields in which it says nothing."""
    if isinstance(value, Struct):
        return {name: said(getattr(value, name)) for name in value.field_infos if name in value.fields_set}
    if type(value) is tuple:
        return tuple(said(item) for item in value)
    return value
