"""Checks the words that decide who sees what: labels, `show`, defaults, audiences; and the circles of `me.yml`.

Decides nothing itself about what anybody sees; that is the audience's room.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from playbook.graph import Entry, Playbook
from playbook.problems import Problem, Severity, shorten, suggest
from playbook.records import KINDS, Record
from playbook.records.choices import Relation
from playbook.records.shape import PathParts, parts, shape_of

ME, PUBLIC = "me", "public"
CIRCLES = ("inner", "regular", "wide")
"""The circles that are there without being defined."""
JOURNAL_WORDS = ("achievements", "contributions", "learning", "reading", "praise", "reviews")
"""What an audience's `show` calls the kinds of journal entries."""


def check_privacy(playbook: Playbook, today: dt.date | None) -> Iterator[Problem]:  # noqa: ARG001
    """`show` of fields that cannot be shown so, and everything in `me.yml` that names no kind or no audience."""
    me = playbook.me
    for entry in (me, *playbook.entries()):
        if entry.record.show:
            yield from _check_show(entry)
    for kind in me.record.defaults:
        if kind not in KINDS:
            yield _unknown_kind(me, ("defaults", kind), kind, KINDS, key=True)
    for name, audience in me.record.audiences.items():
        # `public: {show: …}` narrows what everybody sees; that nobody in particular is meant by it is the point.
        if name == ME or (name == PUBLIC and (audience.person or audience.sees)):
            yield Problem(
                me.place_of(("audiences", name), key=True),
                "reserved-name",
                f"'{name}' always means {'you' if name == ME else 'everybody'}; no audience can be called so",
                "Choose another name.",
            )
        for index, label in enumerate(audience.sees):
            if label == ME:
                yield Problem(
                    me.place_of(("audiences", name, "sees", index)),
                    "reserved-name",
                    "'me' is what only you see; no audience can see it",
                    "Remove it, or choose a label of its own.",
                )
        if _is_empty(me, ("audiences", name), "show"):
            yield Problem(
                me.place_of(("audiences", name, "show"), key=True),
                "empty-show",
                f"nothing stands behind 'show', so '{name}' gets every kind",
                "Name the kinds; for none at all, write show: [].",
                Severity.WARNING,
            )
        for index, word in enumerate(audience.show):
            if word not in KINDS and word not in JOURNAL_WORDS:
                yield _unknown_kind(me, ("audiences", name, "show", index), word, (*KINDS, *JOURNAL_WORDS))


def check_defined_words(playbook: Playbook, today: dt.date | None) -> Iterator[Problem]:  # noqa: ARG001
    """Circles that nobody defined, and labels that no audience sees."""
    circles = (*CIRCLES, *playbook.me.record.circles)
    for person in playbook.people.values():
        circle = person.record.circle
        if circle and circle not in circles:
            yield Problem(
                person.place_of(("circle",)),
                "unknown-circle",
                f"no circle is called '{circle}'",
                suggest(circle, circles) or f"Define it in me.yml: circles: {{{circle}: every 6 weeks}}",
            )
    usual = tuple(relation.value for relation in Relation)
    seen = {ME, PUBLIC}.union(*(audience.sees for audience in playbook.me.record.audiences.values()))
    for entry, path, label in _labels(playbook):
        if label not in seen:
            slip = "" if label in usual else suggest(label, (*seen, *usual))
            # It keeps closed what might be open, and --audience takes the label itself: nothing to stop a site for.
            yield Problem(
                entry.place_of(path),
                "unseen-label",
                f"nobody in me.yml sees '{label}'; only --audience {label} does",
                slip or f"To let somebody see it, in me.yml: audiences: {{NAME: {{sees: [{label}]}}}}",
                Severity.NOTICE,
            )


def _check_show(entry: Entry[Record]) -> Iterator[Problem]:
    record = entry.record
    fields = {field.alias for field in shape_of(type(record)).fields}
    for name, label in record.show.items():
        place = entry.place_of(("show", name), key=True)
        if name not in fields:
            hint = suggest(name, record.private) or f"These open one by one: {', '.join(sorted(record.private))}."
            yield Problem(place, "unknown-field", f"there is no field '{shorten(name, 40)}' to show", hint)
        elif name not in record.private and label != ME:
            yield Problem(
                place,
                "not-private",
                f"'{name}' needs no 'show': it opens with the record's visibility",
                "Remove the line.",
                Severity.WARNING,
            )


def _labels(playbook: Playbook) -> Iterator[tuple[Entry[Record], PathParts, str]]:
    """Every label that somebody must see for it to mean anything, with its place."""
    for kind, label in playbook.me.record.defaults.items():
        yield playbook.me, ("defaults", kind), label
    for entry in (playbook.me, *playbook.entries()):
        # Most files say nothing about who sees them; walking all of their entries would be for nothing.
        if entry.document is not None and not _may_have_labels(entry.document.text):
            continue
        for name, label in entry.record.show.items():
            yield entry, ("show", name), label
        if entry.record.visibility:
            yield entry, ("visibility",), entry.record.visibility
        for path, part in parts(entry.record):
            label = getattr(part, "visibility", "")
            if label:
                yield entry, (*path, "visibility"), label


def _may_have_labels(text: str) -> bool:
    # A key may be written with escapes ("\x76isibility"), which need a backslash.
    return "visibility" in text or "show" in text or "\\" in text


def _is_empty(entry: Entry[Record], path: PathParts, key: str) -> bool:
    """Whether the key was written with nothing behind it, which is as if it were not there."""
    holder = None if entry.document is None else entry.document.value_at(path)
    return isinstance(holder, dict) and key in holder and holder[key] is None


def _unknown_kind(
    entry: Entry[Record], path: PathParts, word: str, known: Iterable[str], *, key: bool = False
) -> Problem:
    words = tuple(known)
    return Problem(
        entry.place_of(path, key=key),
        "unknown-kind",
        f"no kind of record is called '{shorten(word, 40)}'",
        suggest(word, words) or f"There are {', '.join(words)}.",
    )
