"""What is wrong with outreach templates: syntax, names that do not exist, scripts nobody can fill, how they read."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Generator, Iterator

from playbook.graph import Playbook
from playbook.problems import Problem, Severity, shorten, suggest
from playbook.render.scripts.filling import NotReady, Script, Scripts, parse_text
from playbook.render.scripts.refusing import Refused
from playbook.render.scripts.reviewing import Noticed, notices, review_filled, review_template
from playbook.views import scope_names
from playbook.views.asked import TemplateEntry, text_at
from playbook.views.words import listed

_ABOUT_THEM = re.compile(r"(?:(?P<you>he|she|they)|her|his|their)\b", re.IGNORECASE)
"""How a reason begins that is about somebody, not said to them; what would be `you`, else `your`."""


def check_scripts(playbook: Playbook, today: dt.date | None) -> Iterator[Problem]:
    """Every problem of the outreach templates, each at its line.

    Whether a script can be filled may depend on the day (the next event, the stage); without one, the question is left.
    """
    scripts = Scripts(playbook, today) if today is not None else None
    noticed: list[Noticed] = []
    for entry in playbook.outreach.values():
        problems = [*_syntax(entry), *_names(entry)]
        yield from (*problems, *_variants(entry))
        if problems:
            continue
        findings = tuple(review_template(playbook, entry))
        yield from findings
        if scripts is not None:
            first = yield from _unfillable(scripts, entry)
            if first is not None:
                noticed += review_filled(scripts, entry, first, frozenset(problem.code for problem in findings))
    yield from notices(noticed)
    yield from _words_about_them(playbook)


def _words_about_them(playbook: Playbook) -> Iterator[Problem]:
    """Reasons that speak of somebody, where a template says them to that very person; of English words alone."""
    about = [
        (person, found)
        for person in playbook.people.values()
        if person.record.language.partition("-")[0] in ("", "en") and (found := _ABOUT_THEM.match(person.record.why))
    ]
    template = next(filter(_says_why, playbook.outreach.values()), None) if about else None
    if template is None:
        return
    for person, said in about:
        yield Problem(
            person.place_of(("why",)),
            "about-them",
            f"'{said[0]} …' speaks of {shorten(person.title, 40)}, and '{shorten(template.title, 40)}' says it to them",
            f"Write it in words said to them: {'You' if said['you'] else 'Your'} …",
            Severity.NOTICE,
        )


def _says_why(entry: TemplateEntry) -> bool:
    parsed = (parse_text(text) for _, text in _texts(entry))
    return any(not isinstance(one, Refused) and "person.why" in one.names for one in parsed)


def _texts(entry: TemplateEntry) -> Iterator[tuple[tuple[str, ...], str]]:
    """(where it stands, text) of everything that a template may say."""
    template = entry.record
    yield ("subject",), template.subject
    yield ("body",), template.body
    for language, variant in template.variants.items():
        yield ("variants", language, "subject"), variant.subject
        yield ("variants", language, "body"), variant.body


def _syntax(entry: TemplateEntry) -> Iterator[Problem]:
    for path, text in _texts(entry):
        parsed = parse_text(text)
        if isinstance(parsed, Refused):
            yield Problem(text_at(entry, path).line(parsed.line), "bad-script", parsed.message, parsed.hint)


def _names(entry: TemplateEntry) -> Iterator[Problem]:
    rows: list[tuple[tuple[str | int, ...], str, bool]] = [
        (("needs", index), name, False) for index, name in enumerate(entry.record.needs)
    ]
    rows += [(("fallbacks", name), name, True) for name in entry.record.fallbacks]
    for path, name, is_key in rows:
        place = entry.place_of(path, key=is_key)
        if not scope_names.exists(name):
            hint = suggest(name, scope_names.all_names())
            yield Problem(place, "unknown-name", f"no template can speak of '{shorten(name, 60)}'", hint)
        elif is_key and not scope_names.can_be_written(name):
            within = scope_names.names_within(name)
            hint = f"It has {listed(within)}." if within else "Write it after {% else %} in the loop."
            yield Problem(place, "bad-fallback", f"'{name}' holds several things, and a fallback stands for one", hint)


def _variants(entry: TemplateEntry) -> Iterator[Problem]:
    """Variants that would go out as e-mails without a subject."""
    template = entry.record
    if not template.subject or (template.channel and "email" not in template.channel):
        return
    for language, variant in template.variants.items():
        if not variant.subject:
            yield Problem(
                entry.place_of(("variants", language), key=True),
                "no-subject",
                f"the variant '{language}' has no subject, though the template has one",
                "An e-mail in that language would go out without.",
                Severity.WARNING,
            )


def _unfillable(scripts: Scripts, entry: TemplateEntry) -> Generator[Problem, None, Script | None]:
    """A script that nobody can fill, although there are people it could be for; returns the first that can be filled.

    A warning where everybody's file, or me.yml, lacks something whatever the day; else a notice: nothing that a day
    changes (an event that is over, a job that has ended) may fail a commit.
    """
    people = scripts.candidates(entry.id)
    missing: Counter[str] = Counter()
    told: NotReady | None = None
    lasts = True
    for person in people:
        lacks = scripts.lacks(entry.id, person)
        lasts = lasts and any(not name.startswith(_OF_THE_DAY) for name in lacks)
        if not lacks or told is None:
            outcome = scripts.fill_alone(entry.id, person)
            if not isinstance(outcome, NotReady):
                return outcome
            told = told or outcome
            lacks = outcome.missing
        missing.update(lacks)
    if told is None:
        return None
    reason = told.reason
    if missing:
        name, number = min(missing.items(), key=lambda pair: (-pair[1], pair[0]))
        reason = f"'{name}' has no value for {'anybody' if number == len(people) else f'{number} of {len(people)}'}"
    yield Problem(
        told.place,
        "unfillable-script",
        f"nobody can be sent '{shorten(entry.title, 40)}' yet: {reason}",
        "Write the value, give it a fallback, or make it optional with {% if %}." if missing else "",
        Severity.WARNING if lasts else Severity.NOTICE,
    )
    return None


_OF_THE_DAY = (
    "person.title",
    "person.organization",
    "person.last",
    "person.talk",
    "person.promises",
    "person.offers",
    "other.title",
    "other.organization",
    "other.last",
    "other.talk",
    "other.promises",
    "other.offers",
    "me.title",
    "me.organization",
)
"""What a file may say today and not tomorrow: jobs end, offers are taken, the log grows."""
