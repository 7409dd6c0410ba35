"""Fills a template for one person; or says who lacks what, at the template's line. Never leaves a gap."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial

from playbook.graph import Playbook
from playbook.problems import Place
from playbook.render.scripts.allow_list import Template, parse
from playbook.render.scripts.evaluating import Absent, look
from playbook.render.scripts.flowing import flow, mark_soft_breaks, on_one_line
from playbook.render.scripts.limits import Counts, Measure, count_text, find_excess, measure
from playbook.render.scripts.linting import Draft, Finding, lint_draft
from playbook.render.scripts.refusing import MissingValue, Refused
from playbook.views.asked import Asked, needs_of
from playbook.views.asking import Asking
from playbook.views.grounds import Past, past_of, whose
from playbook.views.scope_names import SHAPES
from playbook.views.words import listed


@dataclass(frozen=True)
class Script:
    """A template filled for somebody."""

    template: str
    person: str
    other: str
    """The second person that it speaks of; empty where it speaks of one."""
    recipients: tuple[str, ...]
    """Ids of those it goes to: not always of everybody that it speaks of."""
    event: str
    goal: str
    channels: tuple[str, ...]
    language: str
    subject: str
    body: str
    counts: Counts
    measures: tuple[Measure, ...]
    """What counts on each of its channels, how much there is of it and may be."""
    _lint: Callable[[], tuple[Finding, ...]] = field(default=tuple, repr=False, compare=False)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What its author may want to change; looked for when somebody asks."""
        return self._lint()

    @property
    def excess(self) -> tuple[str, ...]:
        """Limits that it passes, in words."""
        return find_excess(self.measures)


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
    _fits: dict[str, tuple[Fit, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _open: dict[str, tuple[str, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _texts: dict[tuple[str, str], _Spoken] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def _asking(self) -> Asking:
        return Asking(self.playbook, self.today)

    def fill(
        self, template: str, person: str = "", event: str = "", goal: str = "", language: str = "", other: str = ""
    ) -> Script | NotReady:
        """The template filled for a person, or why it cannot be; `Asking.gather` says what is chosen unless given."""
        spoken = self._spoken(template, self._asking.variant(template, person, language, other))
        asked = self._asking.gather(template, person, event, goal, language, other, speaks_of=spoken.roots)
        if asked.locked:
            return NotReady(template, person, (), asked.locked, asked.locked_at)
        parsed = [(name, parse_text(source), at) for name, source, at in asked.texts]
        missing = [(name, asked.needs_at) for name in _without_value(asked, asked.needs)]
        for _, text, at in parsed:
            if isinstance(text, Refused):
                return NotReady(template, person, (), text.message, at.line(text.line))
            lines = {need.name: at.line(need.line) for need in text.needs}
            missing += [(name, lines[name]) for name in _without_value(asked, lines)]
        if missing:
            return _not_ready(asked, tuple(dict.fromkeys(name for name, _ in missing)), missing[0][1])
        texts: dict[str, str] = {}
        templates = {name: text for name, text, _ in parsed if isinstance(text, Template)}
        for name, _, at in parsed:
            try:
                texts[name] = templates[name].render(asked.values, asked.fallbacks, asked.language)
            except MissingValue as error:
                return _not_ready(asked, (error.name,), at.line(error.line))
            except Refused as refused:
                return NotReady(template, person, (), refused.message, at.line(refused.line))
        subject, body = on_one_line(texts["subject"]), flow(texts["body"])
        measures = measure(asked.channels, subject, body, asked.account, asked.limits)
        past, named = partial(self._past, person), partial(whose, self.playbook, asked)
        return Script(
            template=template,
            person=person,
            other=other,
            recipients=tuple(one for one in (person, other if asked.to_both else "") if one),
            event=asked.event,
            goal=asked.goal,
            channels=asked.channels,
            language=asked.language,
            subject=subject,
            body=body,
            counts=count_text(body),
            measures=measures,
            _lint=partial(lint_draft, Draft(asked, templates, subject, body, measures, past, named)),
        )

    def fits(self, template: str) -> tuple[Fit, ...]:
        """Everybody a message may be welcome to: those it fits first, then who lacks what; by id."""
        if template not in self._fits:
            found = [self._fit(template, person) for person in self.candidates(template)]
            by_id = sorted(found, key=lambda fit: (isinstance(fit.outcome, NotReady), fit.person))
            self._fits[template] = tuple(by_id)
        return self._fits[template]

    def first_fit(self, template: str) -> Script | None:
        """The template filled for the first person it fits, or the first two."""
        first = ""
        for person in self.candidates(template):
            outcome = None if self.lacks(template, person) else self.fill_alone(template, person)
            if not isinstance(outcome, Script):
                continue
            if not outcome.other:
                return outcome
            if first:
                pair = self.fill(template, first, other=person)
                return pair if isinstance(pair, Script) else None
            first = person
        return None

    def fill_alone(self, template: str, person: str) -> Script | NotReady:
        """The template filled for a person; where it speaks of two, as if they were both.

        Whether somebody can be one of two is asked without a second one.
        """
        needs_two = self._spoken(template, self._asking.variant(template, person)).needs_two
        return self.fill(template, person, other=person if needs_two else "")

    def speaks_of(self, template: str, name: str) -> bool:
        """Whether a template mentions a name, such as `other`, in any of its languages."""
        variants = ("", *self.playbook.outreach[template].record.variants)
        return any(name in self._spoken(template, variant).roots for variant in variants)

    def candidates(self, template: str) -> tuple[str, ...]:
        """Ids of everybody a message may be welcome to."""
        purpose = str(self.playbook.outreach[template].record.purpose)
        if purpose not in self._open:
            self._open[purpose] = self._asking.candidates(template)
        return self._open[purpose]

    def lacks(self, template: str, person: str) -> tuple[str, ...]:
        """Names that a person's file and `me.yml` lack for a template, whatever the event and the goal.

        Told without filling it: a check asks this of every template and everybody.
        """
        about = self._asking.about(person)
        values = {**about, "other": about["person"]}
        spoken = self._spoken(template, self._asking.variant(template, person))
        return tuple(name for name in spoken.about if isinstance(look(values, {}, name), Absent))

    def _past(self, person: str) -> Past | None:
        return past_of(self.playbook, person, self.today) if person in self.playbook.people else None

    def _fit(self, template: str, person: str) -> Fit:
        outcome = self.fill_alone(template, person)
        return Fit(person, outcome.event if isinstance(outcome, Script) else "", outcome)

    def _spoken(self, template: str, variant: str) -> _Spoken:
        if (template, variant) not in self._texts:
            record = self.playbook.outreach[template].record
            text = record.variants[variant] if variant else record
            parsed = [found for found in map(parse_text, (text.subject, text.body)) if isinstance(found, Template)]
            roots = {name.partition(".")[0] for name in record.needs}.union(*(found.roots for found in parsed))
            needs = dict.fromkeys([*needs_of(record), *(need.name for found in parsed for need in found.needs)])
            bare = [name for name in needs if not record.fallbacks.get(name)]
            about = tuple(name for name in bare if name.startswith(("person.", "other.", "me.")))
            needs_two = any(name.startswith("other.") for name in needs)
            self._texts[template, variant] = _Spoken(frozenset(roots), about, needs_two)
        return self._texts[template, variant]


@dataclass(frozen=True, slots=True)
class _Spoken:
    """What one text of a template speaks of."""

    roots: frozenset[str]
    """The first part of each name."""
    about: tuple[str, ...]
    """Names of `person`, `other` and `me` that it cannot do without."""
    needs_two: bool
    """Whether it cannot be written without a second person."""


@lru_cache(maxsize=1024)
def parse_text(source: str) -> Template | Refused:
    """A template's text as it is filled, or why it is refused; the same text is parsed once."""
    try:
        return parse(mark_soft_breaks(source), SHAPES)
    except Refused as refused:
        return refused


def _without_value(asked: Asked, names: Iterable[str]) -> list[str]:
    """Those of the names that have neither a value nor a fallback."""
    return [name for name in names if isinstance(look(asked.values, asked.fallbacks, name), Absent)]


def _not_ready(asked: Asked, missing: tuple[str, ...], place: Place) -> NotReady:
    if "person.talk" in missing and asked.person:
        reason = f"you have not talked with {asked.person_name} yet; where no answer came, a 'nudge' goes on"
        return NotReady(asked.template, asked.person, ("person.talk",), reason, place)
    words = []
    for root, name in (("person", asked.person_name), ("other", asked.other_name)):
        own = [found.removeprefix(f"{root}.") for found in missing if found.startswith(f"{root}.")]
        if own:
            words.append(f"{name} lacks {listed(own)}" if name else _NOTHING[root])
    rest = [name for name in missing if not name.startswith(("person.", "other."))]
    words = list(dict.fromkeys([*words, *(_words(name, asked) for name in rest)]))
    return NotReady(asked.template, asked.person, missing, "; ".join(words), place)


_NOTHING = {
    "person": "it is written to nobody yet",
    "other": "it speaks of a second person: say whom with --and",
    "event": "there is no event ahead",
    "meet": "no event ahead names them under 'meet'",
    "goal": "there is no active goal",
    "organization": "there is no organization with a file of its own",
    "achievements": "there is no achievement to name yet",
}
"""What to say where a whole thing is missing."""


def _words(name: str, asked: Asked) -> str:
    """Why a name has no value: `event.place has no value`, `there is no event ahead`."""
    root = name.partition(".")[0]
    words = {**_NOTHING, **asked.nothing}
    return words[root] if root in words and not asked.values.get(root) else f"{name} has no value"
