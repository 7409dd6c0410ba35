"""The part Progress of a goal's page: its own line, and what happened to its items last.

The same line stands among those of the other goals on the Progress page.
"""

from __future__ import annotations

from dataclasses import dataclass

from playbook.graph import Entry
from playbook.history.timeline import Change, Event, Timeline
from playbook.progress import path_of
from playbook.records import Goal
from playbook.views.growth import BurnupView, burnup_view
from playbook.views.happenings import HappeningView, happenings
from playbook.views.scene import Scene
from playbook.views.words import count


@dataclass(frozen=True, slots=True)
class GoalProgressView:
    """A goal's own line, and what happened to its items."""

    burnup: BurnupView
    recent: tuple[HappeningView, ...]
    more: str
    """How much is older, in words; empty where all is here."""


MOST_RECENT = 12


def goal_progress(scene: Scene, entry: Entry[Goal]) -> GoalProgressView | None:
    """The part Progress of a goal's page; None where the history knows nothing of it."""
    timeline = scene.timeline
    if timeline is None:
        return None
    events = scene.happened.get(path_of(entry.key), ())
    if not events:
        return None
    shown = _latest(events, MOST_RECENT)
    left = len(events) - len(shown)
    more = f"And {count(left, 'earlier change')}, which git has." if left else ""
    return GoalProgressView(burnup_of(scene, timeline, entry), happenings(scene, timeline, shown), more)


def burnup_of(scene: Scene, timeline: Timeline, entry: Entry[Goal]) -> BurnupView:
    """A goal's line, drawn once for its own page and for that of all."""
    if entry.id not in scene.burnups:
        paths, due = (path_of(entry.key),), entry.record.due
        scene.burnups[entry.id] = burnup_view(timeline, scene.today, title=entry.title, paths=paths, due=due)
    return scene.burnups[entry.id]


def _latest(events: tuple[Event, ...], most: int) -> tuple[Event, ...]:
    """The last events, as many as make so many lines: one for each step and kind."""
    lines: set[tuple[int, Change]] = set()
    for number, event in enumerate(reversed(events)):
        lines.add((event.step, event.kind))
        if len(lines) > most:
            return events[len(events) - number :]
    return events
