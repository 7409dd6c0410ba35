"""Ways to people you have not met, and whom those you know can introduce you to, each step in words.

For the author alone: whom you want to meet is nobody else's business.
"""

from __future__ import annotations

from dataclasses import dataclass

from playbook.paths import How, Tie, Way
from playbook.views.scene import Linked, Scene
from playbook.views.words import day_text

MOST_WAYS = 6


@dataclass(frozen=True, slots=True)
class StepView:
    """One tie: who, what joins them (`knows`), and whom; then what shows it (`your log of 3 Nov 2026`)."""

    one: Linked
    joins: str
    other: Linked
    shown_by: str


@dataclass(frozen=True, slots=True)
class WayView:
    """A way to somebody, step by step; whom to ask is the first step's `one`."""

    steps: tuple[StepView, ...]


@dataclass(frozen=True, slots=True)
class IntroductionsView:
    """The shortest ways to one person; `more` others were left out."""

    ways: tuple[WayView, ...]
    more: int

    @property
    def is_empty(self) -> bool:
        """Whether no way is known."""
        return not self.ways


def introductions_to(scene: Scene, person: str) -> IntroductionsView:
    """The ways to somebody you are not connected with."""
    found = scene.ties.ways_to(person) if scene.is_mine else ()
    return IntroductionsView(tuple(_way(scene, way) for way in found[:MOST_WAYS]), max(0, len(found) - MOST_WAYS))


def introductions_by(scene: Scene, person: str) -> tuple[StepView, ...]:
    """Whom somebody you are connected with can introduce you to."""
    return tuple(_step(scene, tie) for tie in scene.ties.can_introduce(person)) if scene.is_mine else ()


def _way(scene: Scene, way: Way) -> WayView:
    return WayView(tuple(_step(scene, tie) for tie in way.ties))


def _step(scene: Scene, tie: Tie) -> StepView:
    joins, shown_by = "knows", ""
    if tie.how is How.INTRODUCED_YOU and scene.playbook.people[tie.other].record.introduced_by == tie.one:
        joins = "introduced you to"
    elif tie.day is not None:
        shown_by = f"{'introduction' if tie.how is How.INTRODUCED else 'log'} of {day_text(tie.day)}"
    return StepView(scene.link("people", tie.one), joins, scene.link("people", tie.other), shown_by)
