"""Scripts as views want them: filled, in words, linked; or what is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from playbook.render.scripts.filling import NotReady, Script, Scripts
from playbook.views.reach import Reach, reach_of
from playbook.views.scene import Linked, Scene
from playbook.views.scripts import CountView, FindingView, FitView, ScriptView, WayView, channel_words, lacking_words
from playbook.views.words import count

MakeMailto = Callable[[Sequence[tuple[str, str]], str, str], str]
"""((name, address) of each, subject, body) → a `mailto:` link; empty where an address is none."""
_WITH_SUBJECT = frozenset(("email", "letter", ""))


@dataclass(frozen=True)
class ShownScripts:
    """What `playbook.views.scripts.Scripts` asks for, from the engine."""

    scene: Scene
    engine: Scripts
    mailto: MakeMailto | None = None
    """None where no page needs such links."""

    def fill(self, template: str, person: str = "", event: str = "", goal: str = "", other: str = "") -> ScriptView:
        """The template filled for a person (and an event, a goal, a second person), or what is missing."""
        return self._view(self.engine.fill(template, person, event, goal, other=other))

    def fits(self, template: str) -> tuple[FitView, ...]:
        """Everybody a template could be for: those it fits first, then who lacks what."""
        return tuple(
            FitView(
                self.scene.link("people", fit.person),
                self.scene.link("events", fit.event) if fit.event else None,
                (_beside(self.scene.link("people", fit.person).text, _reason(fit.outcome)),)
                if isinstance(fit.outcome, NotReady)
                else (),
            )
            for fit in self.engine.fits(template)
        )

    def example(self, template: str) -> ScriptView | None:
        """The template filled for the first person it fits whom it can reach, else whom it fits; None for nobody."""
        first = self.engine.first_fit(template)
        if first is None or first.other:
            return None if first is None else self._view(first)
        scripts = (fit.outcome for fit in self.engine.fits(template) if isinstance(fit.outcome, Script))
        return self._view(
            next((script for script in scripts if not any(one.gap for one in self._reaches(script))), first)
        )

    def for_person(self, person: str) -> tuple[ScriptView, ...]:
        """Every template that fits one person, filled."""
        filled = [self.engine.fill(template, person) for template in self.engine.playbook.outreach]
        return tuple(self._view(script) for script in filled if isinstance(script, Script))

    def _view(self, outcome: Script | NotReady) -> ScriptView:
        link = self.scene.link("outreach", outcome.template)
        person = self.scene.link("people", outcome.person) if outcome.person else None
        if isinstance(outcome, NotReady):
            return ScriptView(link, person, (), "", "", "", "", missing=(_reason(outcome),))
        reaches = self._reaches(outcome)
        unreached = [reach for reach in reaches if reach.gap]
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
            ways=self._ways(outcome, reaches),
            gap=" ".join(f"{reach.gap}." for reach in unreached),
            instead="; ".join(
                reach.instead if len(reaches) == 1 else f"{reach.name}: {reach.instead}" for reach in unreached
            ),
            findings=tuple(FindingView(_sentence(finding.message), finding.advice) for finding in outcome.findings),
        )

    def _reaches(self, script: Script) -> tuple[Reach, ...]:
        people = self.engine.playbook.people
        return tuple(reach_of(people[one].record, script.channels) for one in script.recipients if one in people)

    def _ways(self, script: Script, reaches: tuple[Reach, ...]) -> tuple[WayView, ...]:
        channels = script.channels or ("",)
        usable = {channel for channel in channels if all(channel in reach.usable for reach in reaches)}
        preferred = {reach.prefers for reach in reaches}
        order = sorted(channels, key=lambda one: (one not in usable, _place(one) not in preferred))
        with_subject = _WITH_SUBJECT.intersection(channels) or set(channels)
        return tuple(
            WayView(
                name=channel_words(channel),
                subject=script.subject if channel in with_subject else "",
                counts=tuple(CountView(one.text, one.is_over) for one in script.measures if one.channel == channel),
                mailto=self._mailto(script) if channel == "email" else "",
                is_usable=not channel or channel in usable,
            )
            for channel in order
        )

    def _mailto(self, script: Script) -> str:
        if self.mailto is None:
            return ""
        people = [self.engine.playbook.people[one].record for one in script.recipients]
        boxes = [(person.name, person.channels.get("email", "")) for person in people]
        return self.mailto(boxes, script.subject, script.body) if all(address for _, address in boxes) else ""


def _reason(outcome: NotReady) -> str:
    return lacking_words(outcome.reason, outcome.missing)


def _beside(name: str, reason: str) -> str:
    """The reason where the name stands before it already: `lacks why`, `no event says that you met them`."""
    words = reason.removeprefix(f"{name} ")
    return f"{words.removesuffix(f' {name}')} them" if words.endswith(f" {name}") else words


def _place(channel: str) -> str:
    """What of somebody's own channels a script's is about: they prefer LinkedIn, not notes or messages there."""
    return "linkedin" if channel.startswith("linkedin-") else channel


def _sentence(words: str) -> str:
    end = "" if words.endswith(("?", "!", "…", ".")) else "."
    return f"{words[:1].upper()}{words[1:]}{end}"
