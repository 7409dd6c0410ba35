"""Scripts as views want them: filled, in words, linked; or what is missing."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.render.scripts.filling import NotReady, Script, Scripts
from playbook.views.scene import Linked, Scene
from playbook.views.scripts import FitView, ScriptView
from playbook.views.words import count


@dataclass(frozen=True)
class ShownScripts:
    """What `playbook.views.scripts.Scripts` asks for, from the engine."""

    scene: Scene
    engine: Scripts

    def fill(self, template: str, person: str = "", event: str = "", goal: str = "") -> ScriptView:
        """The template filled for a person (and an event, a goal), or what is missing."""
        return self._view(self.engine.fill(template, person, event, goal))

    def fits(self, template: str) -> tuple[FitView, ...]:
        """Everybody a template could be for: those it fits first, then who lacks what."""
        return tuple(
            FitView(
                self.scene.link("people", fit.person),
                self.scene.link("events", fit.event) if fit.event else None,
                (fit.outcome.reason.removeprefix(f"{self.scene.link('people', fit.person).text} "),)
                if isinstance(fit.outcome, NotReady)
                else (),
            )
            for fit in self.engine.fits(template)
        )

    def example(self, template: str) -> ScriptView | None:
        """The template filled for the first person it fits; None where it fits nobody."""
        script = self.engine.first_fit(template)
        return None if script is None else self._view(script)

    def for_person(self, person: str) -> tuple[ScriptView, ...]:
        """Every template that fits one person, filled."""
        filled = [self.engine.fill(template, person) for template in self.engine.playbook.outreach]
        return tuple(self._view(script) for script in filled if isinstance(script, Script))

    def _view(self, outcome: Script | NotReady) -> ScriptView:
        link = self.scene.link("outreach", outcome.template)
        person = self.scene.link("people", outcome.person) if outcome.person else None
        if isinstance(outcome, NotReady):
            return ScriptView(link, person, (), "", "", "", "", (), (outcome.reason,))
        counts = outcome.counts
        words = (
            f"{count(counts.words, 'word')}, {count(counts.characters, 'character')}, {counts.seconds} seconds aloud"
        )
        return ScriptView(
            template=link,
            person=person if person is not None else Linked("somebody"),
            channels=outcome.channels,
            language=outcome.language,
            subject=outcome.subject,
            body=outcome.body,
            counts=words,
            over=outcome.excess,
        )
