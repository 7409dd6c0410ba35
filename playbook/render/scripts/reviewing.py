"""How scripts read, as `check` says it: the linter's findings as problems, one line a finding and cause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from playbook.graph import Playbook
from playbook.problems import Problem, Severity, shorten
from playbook.render.scripts.allow_list import Template
from playbook.render.scripts.filling import Script, Scripts, parse_text
from playbook.render.scripts.linting import Finding, lint_template
from playbook.views.asked import TemplateEntry, asked_of_nobody
from playbook.views.words import count

LOOKED_AT = 12
"""For so many people at most is a script filled to say how common a finding is: a check is quick."""


def review_template(playbook: Playbook, entry: TemplateEntry) -> Iterator[Problem]:
    """Warnings about the template's own words, in each of its languages: they hold whoever it is filled for."""
    for variant in ("", *entry.record.variants):
        asked = asked_of_nobody(playbook, entry, variant)
        parsed = {part: parse_text(source) for part, source, _ in asked.texts}
        templates = {part: text for part, text in parsed.items() if isinstance(text, Template)}
        if len(templates) == len(parsed):
            for finding in lint_template(asked, templates):
                yield Problem(finding.place, finding.code, finding.message, finding.advice, Severity.WARNING)


@dataclass(frozen=True, slots=True)
class Noticed:
    """What one person's file, or the day, brings into a script, and for how many."""

    entry: TemplateEntry
    finding: Finding
    whom: str
    """The first whom it concerns."""
    number: int
    """How many of those that were looked at it concerns."""
    of: int


def review_filled(scripts: Scripts, entry: TemplateEntry, first: Script, known: frozenset[str]) -> Iterator[Noticed]:
    """What one person's file, or the day, brings into a script; the first whom it concerns is named.

    Args:
        scripts: fills it for more people where there is something to say.
        entry: the template.
        first: the template filled for the first person it fits.
        known: codes that hold for anybody, and are told already.
    """
    told = _once(first, known)
    if not told:
        return
    others = [script for script in _more(scripts, entry, first) if script is not None]
    whom = scripts.playbook.people[first.person].title
    for code, finding in told.items():
        number = 1 + sum(code in _once(script, known) for script in others)
        yield Noticed(entry, finding, whom, number, 1 + len(others))


def notices(noticed: Iterable[Noticed]) -> Iterator[Problem]:
    """One line for one cause, at the first of the templates that it shows in: what a file lacks is lacking in all."""
    by_cause: dict[tuple[str, str, str], list[Noticed]] = {}
    for one in noticed:
        by_cause.setdefault((one.finding.code, one.finding.message, one.whom), []).append(one)
    for (code, message, whom), alike in by_cause.items():
        widest = max(alike, key=lambda one: one.number)
        also = f" and {count(len(alike) - 1, 'other template')}" if len(alike) > 1 else ""
        rest = f" (and to {widest.number - 1} of {widest.of - 1} others)" if widest.number > 1 else ""
        yield Problem(
            alike[0].finding.place,
            code,
            f"'{shorten(alike[0].entry.title, 40)}'{also} to {whom}{rest}: {message}",
            alike[0].finding.advice,
            Severity.NOTICE,
        )


def _once(script: Script, known: frozenset[str]) -> dict[str, Finding]:
    found: dict[str, Finding] = {}
    for finding in script.findings:
        if finding.code not in known:
            found.setdefault(finding.code, finding)
    return found


def _more(scripts: Scripts, entry: TemplateEntry, first: Script) -> Iterator[Script | None]:
    people = [person for person in scripts.candidates(entry.id) if not scripts.lacks(entry.id, person)]
    for person in people[:LOOKED_AT]:
        outcome = scripts.fill_alone(entry.id, person)
        yield outcome if isinstance(outcome, Script) and person != first.person else None
