"""Scripts as pages show them: filled for somebody, or what is missing before they can be.

Knows nothing of templates: the room that fills them is handed in, because views never reach into rendering.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from playbook.views.scene import Linked
from playbook.views.words import listed, sentence_case


@dataclass(frozen=True, slots=True)
class CountView:
    """How much there is of something, and may be."""

    text: str
    """`86 of 200 words`."""
    is_over: bool


@dataclass(frozen=True, slots=True)
class WayView:
    """One channel on which a script is sent or said."""

    name: str
    """`E-mail`; `Message` for a template that names no channel."""
    subject: str
    """Empty where a channel has none."""
    counts: tuple[CountView, ...]
    mailto: str = ""
    """Opens it in a mail program; empty where there is no address, or it is no e-mail."""
    is_usable: bool = True
    """Whether they can be reached there."""


@dataclass(frozen=True, slots=True)
class FindingView:
    """What its author may want to change."""

    text: str
    advice: str


@dataclass(frozen=True, slots=True)
class ScriptView:
    """A template filled for one person, ready to copy; or, where `missing` says so, not yet."""

    template: Linked
    person: Linked | None
    channels: tuple[str, ...]
    language: str
    subject: str
    body: str
    counts: str
    """`86 words, 33 seconds aloud`."""
    ways: tuple[WayView, ...] = ()
    """Its channels: the one they prefer first, those where they can be reached before the others."""
    gap: str = ""
    """Why none of its channels will do, and what they do prefer: `Bo Li has no e-mail address; they prefer video`."""
    instead: str = ""
    """How they can be reached where there is a gap: `they prefer video`; of two, with their names."""
    findings: tuple[FindingView, ...] = ()
    missing: tuple[str, ...] = ()
    """What is lacking, in words: `Ines Marques: why (the personal reason to write to them)`."""

    @property
    def by(self) -> str:
        """Where it can be sent or said: the channels that will do; where none will, how they can be reached."""
        if self.instead:
            return self.instead
        usable = [way.name for way in self.ways if way.is_usable]
        return ", ".join(usable) if usable or self.ways else ", ".join(map(channel_words, self.channels))

    @property
    def is_ready(self) -> bool:
        """Whether it can be sent or said."""
        return not self.missing


@dataclass(frozen=True, slots=True)
class FitView:
    """Whom a template fits, or who lacks what."""

    person: Linked
    event: Linked | None
    missing: tuple[str, ...]


_CHANNELS = {
    "email": "E-mail",
    "linkedin": "LinkedIn",
    "linkedin-note": "LinkedIn note",
    "linkedin-message": "LinkedIn message",
    "text": "Text message",
    "": "Message",
}


def channel_words(channel: str) -> str:
    """`LinkedIn note`, `In person`; a label of one's own as it was written."""
    return _CHANNELS.get(channel, sentence_case(channel))


_NEEDED = {
    "why": "the reason to write to them",
    "expertise": "what they know",
    "values": "what matters to them",
    "calls": "what to call them",
    "offers": "what you can give them",
    "location": "where they are",
    "last": "when you were last in touch",
    "met": "how you met",
    "talk.what": "what you spoke about",
    "promises": "what you promised them",
}


def needed_words(name: str) -> str:
    """`the reason to write to them (person.why)`; a name that says enough stays as it is."""
    words = _NEEDED.get(name.rpartition(".")[2], "")
    return f"{words} ({name})" if words and name.startswith(("person.", "other.")) else name


def lacking_words(reason: str, missing: tuple[str, ...]) -> str:
    """The reason why a script is not ready, with its names of fields in words: `lacks what they know (expertise)`."""
    for root in ("person.", "other."):
        names = [name.removeprefix(root) for name in missing if name.startswith(root)]
        words = [f"{_NEEDED[name]} ({name})" if name in _NEEDED else name for name in names]
        reason = reason.replace(f"lacks {listed(names)}", f"lacks {listed(words)}", 1) if names else reason
    return reason


class Scripts(Protocol):
    """Fills scripts for views."""

    def fill(self, template: str, person: str = "", event: str = "", goal: str = "", other: str = "") -> ScriptView:
        """The template filled for a person (and an event, a goal, a second person), or what is missing."""
        ...

    def fits(self, template: str) -> tuple[FitView, ...]:
        """Everybody a template could be for: those it fits first, then who lacks what."""
        ...

    def example(self, template: str) -> ScriptView | None:
        """The template filled for the first person it fits; None where it fits nobody."""
        ...

    def for_person(self, person: str) -> tuple[ScriptView, ...]:
        """Every template that fits one person, filled."""
        ...
