"""A week on half a page: what was done, how far each goal is, what waits. For the author, on the page of a workflow."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.progress import changes_between
from playbook.records.choices import Status
from playbook.views.happenings import ChangesView, changes_view
from playbook.views.progress import week_before
from playbook.views.scene import Scene
from playbook.views.tally import Tally, tally_of
from playbook.views.tasks import TaskView
from playbook.views.week import Week
from playbook.views.words import day_text, span_text


@dataclass(frozen=True, slots=True)
class GoalLine:
    """How far one goal is."""

    title: str
    tally: Tally
    status: str
    """Empty where it is active, as most are."""


@dataclass(frozen=True, slots=True)
class SummaryView:
    """The summary."""

    week: str
    """`15–21 Nov 2026`: the seven days that end today."""
    today: str
    changes: tuple[ChangesView, ...]
    """What is different at their end, what was done first."""
    goals: tuple[GoalLine, ...]
    waiting: tuple[TaskView, ...]
    """What its day has passed for, then what this week brings."""
    more_waiting: int
    notes: tuple[str, ...]
    """What a reader should know, each with the command that helps."""


def summary_view(scene: Scene) -> SummaryView:
    """The summary of the seven days that end today."""
    first = week_before(scene.today)
    timeline = scene.timeline
    changes = changes_view(scene, timeline, changes_between(timeline, first, scene.today)) if timeline else ()
    week = Week(scene)
    notes = [str(scene.no_history)] if scene.no_history is not None else []
    if timeline is not None and not timeline.is_complete:
        notes += [str(note) for note in timeline.notes if note.code == "shallow"]
    return SummaryView(
        week=span_text(first, scene.today),
        today=day_text(scene.today),
        changes=changes,
        goals=tuple(_goals(scene)),
        waiting=(*week.waiting, *week.this_week),
        more_waiting=week.more_waiting,
        notes=tuple(notes),
    )


def _goals(scene: Scene) -> list[GoalLine]:
    found = []
    for identifier in scene.goal_order:
        entry = scene.playbook.goals[identifier]
        tally, status = tally_of(entry.record.checklist), entry.record.status
        if tally.total and status is not Status.DROPPED:
            found.append(GoalLine(entry.title, tally, "" if status is Status.ACTIVE else str(status)))
    return found
