"""What is wrong with outreach templates: syntax, names that do not exist, scripts that nobody can fill."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from playbook.graph import Playbook
from playbook.problems import Problem, Severity, shorten, suggest
from playbook.render.scripts.filling import NotReady, Scripts, parse_text
from playbook.render.scripts.refusing import Refused
from playbook.views import scope
from playbook.views.asking import TemplateEntry, text_at


def check_scripts(playbook: Playbook, today: dt.date | None) -> Iterator[Problem]:
    """Every problem of the outreach templates, each at its line.

    Whether a script can be filled may depend on the day (the next event, the stage); without one, the question is left.
    """
    scripts = Scripts(playbook, today) if today is not None else None
    for entry in playbook.outreach.values():
        problems = [*_texts(entry), *_names(entry)]
        yield from problems
        if scripts is not None and not problems:
            yield from _unfillable(scripts, entry)


def _texts(entry: TemplateEntry) -> Iterator[Problem]:
    template = entry.record
    texts: list[tuple[tuple[str, ...], str]] = [(("subject",), template.subject), (("body",), template.body)]
    for language, variant in template.variants.items():
        texts += [(("variants", language, "subject"), variant.subject), (("variants", language, "body"), variant.body)]
    for path, text in texts:
        parsed = parse_text(text)
        if isinstance(parsed, Refused):
            yield Problem(text_at(entry, path).line(parsed.line), "bad-script", parsed.message, parsed.hint)


def _names(entry: TemplateEntry) -> Iterator[Problem]:
    rows: list[tuple[tuple[str | int, ...], str, bool]] = [
        (("needs", index), name, False) for index, name in enumerate(entry.record.needs)
    ]
    rows += [(("fallbacks", name), name, True) for name in entry.record.fallbacks]
    for path, name, is_key in rows:
        if not scope.exists(name):
            hint = suggest(name, scope.all_names())
            message = f"no template can speak of '{shorten(name, 60)}'"
            yield Problem(entry.place_of(path, key=is_key), "unknown-name", message, hint)


def _unfillable(scripts: Scripts, entry: TemplateEntry) -> Iterator[Problem]:
    """A script that nobody can fill, although there are people it could be for.

    A warning where people's files or me.yml lack something; a notice where only the day does (no event is near):
    nothing that a day changes may fail a commit.
    """
    missing: Counter[str] = Counter()
    people = scripts.candidates(entry.id)
    told: NotReady | None = None
    for person in people:
        lacks = scripts.lacks(entry.id, person)
        if not lacks or told is None:
            outcome = scripts.fill(entry.id, person)
            if not isinstance(outcome, NotReady):
                return
            told = told or outcome
            lacks = outcome.missing
        missing.update(lacks)
    if told is None:
        return
    if missing:
        name, number = min(missing.items(), key=lambda pair: (-pair[1], pair[0]))
        reason = f"'{name}' has no value for {'anybody' if number == len(people) else f'{number} of {len(people)}'}"
    else:
        reason = told.reason
    yield Problem(
        told.place,
        "unfillable-script",
        f"nobody can be sent '{shorten(entry.title, 40)}' yet: {reason}",
        "Write the value, give it a fallback, or make it optional with {% if %}.",
        Severity.WARNING if any(name.startswith(("person.", "me.")) for name in missing) else Severity.NOTICE,
    )
