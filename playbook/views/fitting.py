"""Which template to reach for: what is ready for somebody, on a channel that they have, and whether now is its time.

Knows nothing of how templates are filled; `Scene.scripts` does that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playbook.agenda import TaskKind, next_events
from playbook.cadence import Standing, cadence_of, stage_of, touches_of, unanswered
from playbook.graph import Entry
from playbook.records import Outreach, Person
from playbook.records.choices import Purpose, Stage
from playbook.views.reach import reach_of
from playbook.views.scene import Scene

if TYPE_CHECKING:
    from playbook.views.scripts import ScriptView

_OF_AN_EVENT = r"\{[{%][^}]*\bevent\."
_OF_TWO = r"\{[{%][^}]*\bother\b"


def fitting_script(scene: Scene, purpose: Purpose, person: str, *, event: str = "") -> ScriptView | None:
    """The script of a purpose that is ready for a person; None where none is, or nothing fills scripts.

    Templates on a channel that they have come first, then by id. With an event, only those that speak of one.
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


@dataclass(frozen=True, slots=True)
class ReadyScripts:
    """Every script that is ready for somebody."""

    now: tuple[ScriptView, ...]
    """Those whose purpose is what there is to say now."""
    also: tuple[ScriptView, ...]


def ready_scripts(scene: Scene, entry: Entry[Person]) -> ReadyScripts | None:
    """What is ready for a person, apart from what is ready as well but for another day; None where nothing is."""
    if scene.scripts is None or not scene.is_mine:
        return None
    scripts = [
        (scene.playbook.outreach[_template_of(script)].record.purpose, script)
        for script in scene.scripts.for_person(entry.id)
    ]
    if not scripts:
        return None
    untimely = _untimely(scene, entry)
    return ReadyScripts(
        tuple(script for purpose, script in scripts if purpose not in untimely),
        tuple(script for purpose, script in scripts if purpose in untimely),
    )


def _untimely(scene: Scene, entry: Entry[Person]) -> frozenset[Purpose]:
    """Purposes that have their time, and it is not now; all others are always in place."""
    book, today = scene.playbook, scene.today
    waits = {task.kind for task in scene.tasks_by_person.get(entry.id, ())}
    cadence = cadence_of(book, entry, today)
    unanswers = bool(unanswered(touches_of(book, entry, until=today)))
    is_quiet = stage_of(book, entry, today) is Stage.DORMANT or cadence.wants_attention
    timely = {
        Purpose.FOLLOW_UP: TaskKind.FOLLOW_UP in waits,
        Purpose.THANK_YOU: TaskKind.THANKS in waits,
        Purpose.NUDGE: unanswers and cadence.standing is not Standing.RESTING,
        Purpose.RECONNECT: is_quiet and not unanswers,
        Purpose.EVENT_OPENER: any(
            meet.person == entry.id for event in next_events(book, today) for meet in event.record.meet
        ),
        Purpose.MEETING_AGENDA: entry.record.mentoring is not None,
    }
    return frozenset(purpose for purpose, is_timely in timely.items() if not is_timely)


def _template_of(script: ScriptView) -> str:
    return script.template.href.rpartition("/")[2].removesuffix(".md")


def script_command(script: ScriptView, person: str, *, event: str = "") -> str:
    """What to type for a script: `playbook script thank-you --to ada`."""
    return f"playbook script {_template_of(script)} --to {person}" + (f" --event {event}" if event else "")


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
