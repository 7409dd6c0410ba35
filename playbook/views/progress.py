"""The Progress page: what moved, what was added, what waits, as git tells it."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.views.happenings import HappeningView, happenings, until
from playbook.views.scene import Scene


@dataclass(frozen=True, slots=True)
class AbsenceView:
    """Why there is nothing to show, and the command that helps (empty where none does)."""

    reason: str
    command: str


@dataclass(frozen=True, slots=True)
class ProgressView:
    """The page."""

    absence: AbsenceView | None
    latest: tuple[HappeningView, ...]
    notes: tuple[AbsenceView, ...]


MOST_LATEST = 20


def has_progress(scene: Scene) -> bool:
    """Whether the history knows of anything that this reader may see."""
    return scene.timeline is not None and bool(scene.timeline.items)


def progress_view(scene: Scene) -> ProgressView:
    """The Progress page."""
    timeline = scene.timeline
    if timeline is None:
        return ProgressView(_absence(scene), (), ())
    return ProgressView(
        absence=None,
        latest=happenings(scene, timeline, until(timeline, scene.today)[-MOST_LATEST:]),
        notes=tuple(AbsenceView(note.message, note.command) for note in timeline.notes),
    )


def _absence(scene: Scene) -> AbsenceView:
    why = scene.no_history
    if why is None:
        return AbsenceView("The history of the checklists is left out of this site.", "")
    return AbsenceView(why.reason, why.command)
