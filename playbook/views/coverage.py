"""What your goals ask for, beside the mentors who know about it; for the author alone."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.coverage import Area, coverage_of
from playbook.views.scene import Linked, Scene


@dataclass(frozen=True, slots=True)
class AreaView:
    """Something a goal asks for. Each mentor's note says by which words; nobody is a gap."""

    what: str
    mentors: tuple[Linked, ...]


@dataclass(frozen=True, slots=True)
class CoverageView:
    """What one goal asks for."""

    goal: Linked
    areas: tuple[AreaView, ...]


def coverage_view(scene: Scene) -> tuple[CoverageView, ...]:
    """Goal by goal, as every list has them; empty where you have no mentor."""
    if not scene.is_mine:
        return ()
    found: dict[str, list[Area]] = {}
    for area in coverage_of(scene.playbook, scene.today):
        found.setdefault(area.goal, []).append(area)
    return tuple(
        CoverageView(
            scene.link("goals", goal),
            tuple(
                AreaView(_called(scene, area), tuple(scene.link("people", one.person, one.by) for one in area.covers))
                for area in found[goal]
            ),
        )
        for goal in scene.goal_order
        if goal in found
    )


def _called(scene: Scene, area: Area) -> str:
    """What it asks for; the goal's title stands above already."""
    return "the goal as a whole" if area.what == scene.playbook.goals[area.goal].title else area.what
