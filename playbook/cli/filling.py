"""Scripts for the views of a command, by an engine that is imported when the first one is to be filled."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playbook.views.scene import Scene
    from playbook.views.scripts import FitView, Scripts, ScriptView


def with_scripts(scene: Scene) -> Scene:
    """The scene, with scripts filled as it shows them."""
    return replace(scene, scripts=_Later(scene))


class _Later:
    """What `playbook.views.scripts.Scripts` asks for. Most commands fill none, and to import the engine takes long."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    @cached_property
    def _scripts(self) -> Scripts:
        from playbook.render.scripts import Scripts
        from playbook.render.scripts.showing import ShownScripts

        return ShownScripts(self._scene, Scripts(self._scene.playbook, self._scene.today))

    def fill(self, template: str, person: str = "", event: str = "", goal: str = "", other: str = "") -> ScriptView:
        return self._scripts.fill(template, person, event, goal, other)

    def fits(self, template: str) -> tuple[FitView, ...]:
        return self._scripts.fits(template)

    def example(self, template: str) -> ScriptView | None:
        return self._scripts.example(template)

    def for_person(self, person: str) -> tuple[ScriptView, ...]:
        return self._scripts.for_person(person)
