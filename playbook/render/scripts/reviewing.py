"""How scripts read, as `check` says it: the linter's findings as problems, one line a template and finding."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.graph import Playbook
from playbook.problems import Problem, Severity, shorten
from playbook.render.scripts.allow_list import Template
from playbook.render.scripts.filling import Script, Scripts, parse_text
from playbook.render.scripts.linting import Finding, lint_template
from playbook.views.asked import TemplateEntry, asked_of_nobody

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


def review_filled(scripts: Scripts, entry: TemplateEntry, first: Script, known: frozenset[str]) -> Iterator[Problem]:
    """Notices about what one person's file, or the day, brings into a script; the first whom it concerns is named.

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
    for code, finding in told.items():
        number = 1 + sum(code in _once(script, known) for script in others)
        whom = scripts.playbook.people[first.person].title
        rest = f" (and to {number - 1} of {len(others)} others)" if number > 1 else ""
        yield Problem(
            finding.place,
            code,
            f"'{shorten(entry.title, 40)}' to {whom}{rest}: {finding.message}",
            finding.advice,
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
