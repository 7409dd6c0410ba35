"""Home."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.problems import Problem
from playbook.views.scene import Scene


@dataclass(frozen=True, slots=True)
class HomeView:
    """Home."""

    title: str


def home_view(scene: Scene, problems: tuple[Problem, ...]) -> HomeView:
    """Home."""
    return HomeView("Home")
