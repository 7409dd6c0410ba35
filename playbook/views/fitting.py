"""Which template to reach for: the first of a purpose that is ready for somebody, on a channel that they have.

Knows nothing of how templates are filled; `Scene.scripts` does that.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playbook.graph import Entry
from playbook.records import Outreach
from playbook.records.choices import Purpose
from playbook.views.reach import reach_of
from playbook.views.scene import Scene

if TYPE_CHECKING:
    from playbook.views.scripts import ScriptView

_OF_AN_EVENT = r"\{[{%][^}]*\bevent\."
_OF_TWO = r"\{[{%][^}]*\bother\b"


def fitting_script(scene: Scene, purpose: Purpose, person: str, *, event: str = "") -> ScriptView | None:
    """The script of a purpose that is ready for a person; None where none is, or nothing fills scripts.

    Templates on a channel that they have come first, then by id. With an event, only those that speak of one: to nudge
    somebody is a follow-up too.
    """
    if scene.scripts is None or not scene.is_mine or person not in scene.playbook.people:
        return None
    record = scene.playbook.people[person].record
    known = [entry for entry in scene.playbook.outreach.values() if entry.record.purpose is purpose]
    if event:
        known = [entry for entry in known if _speaks_of_an_event(entry)]
    for entry in sorted(known, key=lambda e: (bool(reach_of(record, e.record.channel).gap), e.id)):
        script = scene.scripts.fill(entry.id, person, event)
        if script.is_ready:
            return script
    return None


def script_command(script: ScriptView, person: str, *, event: str = "") -> str:
    """What to type for a script: `playbook script thank-you --to ada`."""
    template = script.template.href.rpartition("/")[2].removesuffix(".md")
    return f"playbook script {template} --to {person}" + (f" --event {event}" if event else "")


def introduction_request(scene: Scene, asked: str, sought: str = "", goal: str = "") -> tuple[ScriptView, str] | None:
    """The message that asks somebody to introduce you, and what to type for it; None where none is ready.

    One that names whom you seek comes before one that leaves open whom they think of.
    """
    if scene.scripts is None or not scene.is_mine or asked not in scene.playbook.people:
        return None
    record = scene.playbook.people[asked].record
    known = [
        (sought if sought and _speaks_of_two(entry) else "", entry)
        for entry in scene.playbook.outreach.values()
        if entry.record.purpose is Purpose.INTRODUCTION_REQUEST and (sought or not _speaks_of_two(entry))
    ]
    for other, entry in sorted(
        known, key=lambda k: (not k[0], bool(reach_of(record, k[1].record.channel).gap), k[1].id)
    ):
        script = scene.scripts.fill(entry.id, asked, "", goal, other)
        if script.is_ready:
            more = f" --and {other}" if other else ""
            return script, script_command(script, asked) + more + (f" --goal {goal}" if goal else "")
    return None


def _speaks_of_two(entry: Entry[Outreach]) -> bool:
    return bool(re.search(_OF_TWO, f"{entry.record.subject} {entry.record.body}"))


def _speaks_of_an_event(entry: Entry[Outreach]) -> bool:
    return bool(re.search(_OF_AN_EVENT, f"{entry.record.subject} {entry.record.body}")) or any(
        name.startswith("event.") for name in entry.record.needs
    )
