"""Scripts as pages show them: filled for somebody, or what is missing before they can be.

Knows nothing of templates: the room that fills them is handed in, because views never reach into rendering.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Linked:
    """A text that may lead somewhere: `href` is `page:` and a page's uri, an outside link, or empty."""

    text: str
    href: str = ""
    note: str = ""


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
    over: tuple[str, ...]
    """Which limits it passes: `214 of 200 characters for a LinkedIn note`."""
    missing: tuple[str, ...] = ()
    """What is lacking, in words: `Ines Marques: why (the personal reason to write to them)`."""

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


class Scripts(Protocol):
    """Fills scripts for views."""

    def fill(self, template: str, person: str = "", event: str = "", goal: str = "") -> ScriptView:
        """The template filled for a person (and an event, a goal), or what is missing."""
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
