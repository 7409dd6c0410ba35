"""Fills a template for one person; or says who lacks what, at the template's line. Never leaves a gap."""

from __future__ import annotations

import datetime as dt
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Any

import jinja2

from playbook.graph import Playbook
from playbook.problems import Place
from playbook.render.scripts.allow_list import Absent, MissingValue, Refused, Scoped, Template, parse
from playbook.render.scripts.limits import Counts, count_text, find_excess
from playbook.views.asking import Asked, Asking
from playbook.views.scope import SHAPES


@dataclass(frozen=True, slots=True)
class Script:
    """A template filled for somebody."""

    template: str
    person: str
    event: str
    goal: str
    channels: tuple[str, ...]
    language: str
    subject: str
    body: str
    counts: Counts
    excess: tuple[str, ...]
    """Limits that it passes, in words."""


@dataclass(frozen=True, slots=True)
class NotReady:
    """Why a template cannot be filled for somebody."""

    template: str
    person: str
    missing: tuple[str, ...]
    """Dotted names without a value, `person.why`; empty where something else is in the way."""
    reason: str
    """In words: `Ines Marques lacks why`."""
    place: Place
    """The line of the template that asks for it."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Somebody a template could be for, and what became of it."""

    person: str
    event: str
    outcome: Script | NotReady


@dataclass(frozen=True)
class Scripts:
    """Fills the outreach templates of one playbook on one day."""

    playbook: Playbook
    today: dt.date
    _asking: list[Asking] = field(default_factory=list, repr=False)

    def __post_init__(self) -> None:
        self._asking.append(Asking(self.playbook, self.today))

    def fill(
        self, template: str, person: str = "", event: str = "", goal: str = "", language: str = ""
    ) -> Script | NotReady:
        """The template filled for a person, or why it cannot be; `Asking.gather` says what is chosen unless given."""
        asked = self._asking[0].gather(template, person, event, goal, language, speaks_of=self._speaks_of(template))
        if asked.locked:
            return NotReady(template, person, (), asked.locked, asked.locked_at)
        roots = wrap(asked.values, asked.fallbacks)
        missing = _unmet(asked.needs, roots)
        if missing:
            return _not_ready(asked, missing, asked.needs_at)
        texts: dict[str, str] = {}
        for name, source, at in asked.texts:
            parsed = parse_text(source)
            if isinstance(parsed, Refused):
                return NotReady(template, person, (), parsed.message, at.line(parsed.line))
            try:
                texts[name] = parsed.render(roots)
            except MissingValue as error:
                return _not_ready(asked, (error.name,), at.line(_line_of(error)))
            except (jinja2.TemplateError, TypeError, ValueError, Refused) as error:
                reason = f"the template does not work here: {error}"
                return NotReady(template, person, (), reason, at.line(_line_of(error)))
        body = _tidy(texts["body"])
        subject = " ".join(texts["subject"].replace(_SOFT, "").split())
        return Script(
            template=template,
            person=person,
            event=asked.event,
            goal=asked.goal,
            channels=asked.channels,
            language=asked.language,
            subject=subject,
            body=body,
            counts=count_text(body),
            excess=find_excess(asked.channels, subject, body, asked.account, asked.limits),
        )

    def fits(self, template: str) -> tuple[Fit, ...]:
        """Everybody a message may be welcome to: those it fits first, then who lacks what; by id."""
        found = [self._fit(template, person) for person in self._asking[0].candidates(template)]
        return tuple(sorted(found, key=lambda fit: (isinstance(fit.outcome, NotReady), fit.person)))

    def first_fit(self, template: str) -> Script | None:
        """The template filled for the first person it fits."""
        for person in self._asking[0].candidates(template):
            outcome = self.fill(template, person)
            if isinstance(outcome, Script):
                return outcome
        return None

    def _fit(self, template: str, person: str) -> Fit:
        outcome = self.fill(template, person)
        return Fit(person, outcome.event if isinstance(outcome, Script) else "", outcome)

    def _speaks_of(self, template: str) -> frozenset[str]:
        entry = self.playbook.outreach[template].record
        roots: frozenset[str] = frozenset(name.partition(".")[0] for name in entry.needs)
        for text in (entry.subject, entry.body):
            parsed = parse_text(text)
            if isinstance(parsed, Template):
                roots |= parsed.roots
        return roots


@lru_cache(maxsize=1024)
def parse_text(source: str) -> Template | Refused:
    """A template's text as it is filled, or why it is refused; the same text is parsed once."""
    try:
        return parse(mark_soft_wraps(source), SHAPES)
    except Refused as refused:
        return refused


SOFT_WRAP_FROM = 60
"""A line of a template at least this long was broken by its margin, not by its author."""
_SOFT = "\x01"


def mark_soft_wraps(source: str) -> str:
    """The template with a mark before each line break that only keeps its lines short; `_tidy` joins there.

    A message is read on a screen of another width. A short line (a greeting, a signature, an item of a list) stays a
    line; the line numbers stay what they are.
    """
    lines = source.split("\n")
    for index, (line, following) in enumerate(pairwise(tuple(lines))):
        soft = (
            len(line) >= SOFT_WRAP_FROM and following.strip() and not following.startswith((" ", "-", "*", "{%", ">"))
        )
        if soft and not line.rstrip().endswith("%}"):
            lines[index] = line.rstrip() + _SOFT
    return "\n".join(lines)


def wrap(values: Mapping[str, Any], fallbacks: Mapping[str, Any]) -> dict[str, Any]:
    """The names of a template, each wrapped so that it shows plain values and nothing else."""
    roots: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, Mapping):
            roots[name] = Scoped(name, value, fallbacks)
        elif isinstance(value, tuple):
            roots[name] = tuple(Scoped(name, item, {}) for item in value) or fallbacks.get(name, Absent(name))
        else:
            roots[name] = value
    return roots


def _unmet(needs: tuple[str, ...], roots: Mapping[str, Any]) -> tuple[str, ...]:
    """Names in `needs` without a value."""
    missing = []
    for name in needs:
        first, *rest = name.split(".")
        value: Any = roots.get(first, Absent(first))
        for part in rest:
            value = value.look(part) if isinstance(value, Scoped) else Absent(name)
        if isinstance(value, Absent) or (isinstance(value, Scoped) and not value):
            missing.append(name)
    return tuple(missing)


def _not_ready(asked: Asked, missing: tuple[str, ...], place: Place) -> NotReady:
    who = asked.person_name or "nobody"
    words = [f"{who} lacks {_words(name)}" if name.startswith("person.") else _words(name) for name in missing]
    return NotReady(asked.template, asked.person, missing, "; ".join(words), place)


def _line_of(error: BaseException) -> int:
    """The line of the template, from 1, that an error came from."""
    for frame, number in reversed(list(traceback.walk_tb(error.__traceback__))):
        if frame.f_code.co_filename in {"<template>", "<unknown>"}:
            return number
    return 1


def _words(name: str) -> str:
    """`person.why` as `why`, `event.place` as `there is no event.place`."""
    root, _, rest = name.partition(".")
    if root == "person":
        return rest
    if not rest:
        return f"there is no {root}" if root != "achievements" else "there are no achievements yet"
    return f"there is no {name}" if root in {"event", "meet", "goal", "organization"} else f"{name} has no value"


def _tidy(text: str) -> str:
    """The text without blank lines at its ends, trailing spaces, or more than one blank line in a row."""
    joined = text.replace(f"{_SOFT}\n", " ").replace(_SOFT, "")
    lines = [line.rstrip() for line in joined.strip("\n").splitlines()]
    kept = [line for index, line in enumerate(lines) if line or (index and lines[index - 1])]
    return "\n".join(kept).strip()
