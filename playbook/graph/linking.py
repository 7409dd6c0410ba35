"""Resolves every reference of every record; one that leads nowhere becomes a problem with the nearest name.

Generic over the records' shapes: a field that refers to something cannot be forgotten here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from playbook.graph.playbook import Entry, Key, Link, Playbook, as_written
from playbook.problems import Place, Problem, Severity, shorten, suggest
from playbook.records import Goal, Me, Organization, Record
from playbook.records.shape import PathParts, references, texts, with_values
from playbook.records.types import Ref
from playbook.source.wiki_links import WIKI_LINK

NOUNS = {
    "goals": "goal",
    "people": "person",
    "organizations": "organization",
    "events": "event",
    "outreach": "outreach template",
    "journal": "journal",
    "plays": "play",
    "criteria": "criterion",
}
MAX_PROBLEMS = 25
"""References of one file that are told one by one when they lead nowhere."""


@dataclass(frozen=True, slots=True)
class NameForId:
    """A reference written as a unique name, which `playbook check --fix` turns into the id."""

    entry: Entry[Record]
    path: PathParts
    id: str


@dataclass(frozen=True, slots=True)
class Linked:
    """What linking found: the playbook, the problems, and the names that could be ids."""

    playbook: Playbook
    problems: tuple[Problem, ...]
    names: tuple[NameForId, ...]


def link(me: Entry[Me], entries: Iterable[Entry[Record]], broken: Iterable[Key] = ()) -> Linked:
    """The playbook of these entries.

    Args:
        me: `me.yml`, or an empty one.
        entries: every record that could be read.
        broken: (kind, id) of files that exist but could not be read; references to them are no further problem.
    """
    by_kind: dict[str, dict[str, Entry[Record]]] = {kind: {} for kind in NOUNS if kind != "criteria"}
    for entry in sorted(entries, key=lambda entry: entry.key):
        by_kind[entry.kind][entry.id] = entry
    resolver = _Resolver(by_kind, frozenset(broken))
    links: list[Link] = []
    problems: list[Problem] = []
    names: list[NameForId] = []
    for entry in (me, *(entry for kind in by_kind.values() for entry in kind.values())):
        source = entry.key
        ids: dict[PathParts, str] = {}
        lost: list[Callable[[], Problem]] = []
        for path, ref, text in references(entry.record):
            target = resolver.resolve(ref, text, entry)
            if target is None:
                if not ref.accepts(text):
                    lost.append(partial(resolver.dangling, entry, path, ref, text))
                continue
            if target[1] != text:
                ids[path] = target[1]
                if not ref.accepts(text):
                    names.append(NameForId(entry, path, target[1]))
                    problems.append(_name_for_id(entry, path, target[1]))
            if ref.kind != "criteria":
                links.append(Link(source, path, target))
        if entry.document is None or "[[" in entry.document.text:
            for path, text in texts(entry.record):
                for kind, name in wiki_links(text):
                    targets = resolver.anywhere(kind, name)
                    if len(targets) == 1:
                        links.append(Link(source, path, targets[0]))
                    else:
                        lost.append(partial(resolver.bad_wiki_link, entry, path, kind, name, targets))
        # To find the nearest name takes time; a file with more than these has one reason for all of them.
        problems += [tell() for tell in lost[:MAX_PROBLEMS]]
        if len(lost) > MAX_PROBLEMS:
            more = f"and {len(lost) - MAX_PROBLEMS} more references in this file lead nowhere"
            problems.append(Problem(problems[-1].place, "more-problems", more, severity=Severity.NOTICE))
        if ids:
            record: Any = with_values(entry.record, ids)
            if entry is me:
                me = replace(me, record=record)
            else:
                by_kind[entry.kind][entry.id] = replace(entry, record=record)
    alive = tuple(found for found in links if found.target not in resolver.broken)
    return Linked(Playbook(me=me, links=alive, **by_kind), tuple(problems), tuple(names))  # type: ignore[arg-type]


def wiki_links(text: str) -> Iterable[tuple[str, str]]:
    """The (kind or '', id or name) of each `[[…]]` in a Markdown text."""
    return ((found[1] or "", found[2]) for found in WIKI_LINK.finditer(text)) if "[[" in text else ()


class _Resolver:
    """Finds what a text refers to: by id, else by a name that only one record has."""

    def __init__(self, by_kind: Mapping[str, Mapping[str, Entry[Record]]], broken: frozenset[Key]) -> None:
        self.by_kind = by_kind
        self.broken = broken
        self._names: dict[str, dict[str, str]] = {}

    def resolve(self, ref: Ref, text: str, entry: Entry[Record]) -> Key | None:
        """(kind, id) of what `text` refers to, or None."""
        if ref.kind == "criteria":
            return self._criterion(text, entry)
        if text in self.by_kind[ref.kind] or (ref.kind, text) in self.broken:
            return (ref.kind, text)
        found = self._by_name(ref.kind).get(text.casefold(), "")
        return (ref.kind, found) if found else None

    def anywhere(self, kind: str, name: str) -> list[Key]:
        """Every record that `[[kind/name]]` or `[[name]]` may mean."""
        kinds = (kind,) if kind in self.by_kind else () if kind else tuple(self.by_kind)
        return [(k, name) for k in kinds if name in self.by_kind[k] or (k, name) in self.broken]

    def dangling(self, entry: Entry[Record], path: PathParts, ref: Ref, text: str) -> Problem:
        """The problem of a reference that leads nowhere."""
        noun = NOUNS[ref.kind]
        if ref.kind == "criteria":
            own = entry.record.criteria if isinstance(entry.record, Goal) else ()
            known: tuple[str, ...] = (*self._criteria(), *(criterion.id for criterion in own if criterion.id))
            hint = (
                suggest(text, known)
                or "A criterion is written as goal/criterion; a goal's own items may leave out the goal."
            )
        else:
            known = (
                *self.by_kind[ref.kind],
                *(identifier for kind, identifier in self.broken if kind == ref.kind),
            )
            hint = suggest(text, known) or self._elsewhere(ref, text) or self._make(ref.kind, text)
        return Problem(entry.place_of(path), "unknown-reference", f"no {noun} called '{shorten(text)}'", hint)

    def bad_wiki_link(self, entry: Entry[Record], path: PathParts, kind: str, name: str, targets: list[Key]) -> Problem:
        """The problem of a `[[…]]` that leads nowhere, or to several records."""
        whole = f"{kind}/{name}" if kind else name
        place = _place_of_link(entry, path, kind, name)
        if targets:
            ways = " or ".join(f"[[{k}/{i}]]" for k, i in targets)
            return Problem(
                place,
                "ambiguous-link",
                f"'[[{shorten(whole)}]]' could be several records",
                f"Write {ways}.",
            )
        if kind and kind not in self.by_kind:
            hint = suggest(kind, self.by_kind) or f"The kinds are {', '.join(self.by_kind)}."
        else:
            known = self.by_kind[kind] if kind else [i for of_kind in self.by_kind.values() for i in of_kind]
            hint = suggest(name, known)
        return Problem(place, "unknown-reference", f"'[[{shorten(whole)}]]' leads nowhere", hint)

    def _elsewhere(self, ref: Ref, text: str) -> str:
        """A hint where the id exists, but names another kind of thing."""
        for kind, of_kind in self.by_kind.items():
            if kind != ref.kind and text in of_kind:
                return f"'{text}' is {_article(NOUNS[kind])} {NOUNS[kind]}."
        return ""

    def _make(self, kind: str, text: str) -> str:
        if kind in ("goals", "people", "organizations", "events", "outreach"):
            title = shorten(text.replace("-", " ").replace('"', ""), 40).title()
            return f'Make it: playbook new {NOUNS[kind].split()[0]} "{title}"'
        return ""

    def _by_name(self, kind: str) -> dict[str, str]:
        """Casefolded name → id; '' where two share it."""
        if kind not in self._names:
            names: dict[str, str] = {}
            for identifier, entry in self.by_kind[kind].items():
                record = entry.record
                known = [record.title_text]
                if isinstance(record, Organization):
                    known += record.also_known_as
                for name in {name.casefold() for name in known if name}:
                    names[name] = "" if name in names else identifier
            self._names[kind] = names
        return self._names[kind]

    def _criterion(self, text: str, entry: Entry[Record]) -> Key | None:
        own = isinstance(entry.record, Goal) and any(criterion.id == text for criterion in entry.record.criteria)
        # What a goal that could not be read looks for is not known; its own problem is enough.
        unknowable = ("goals", text.partition("/")[0]) in self.broken
        return ("criteria", text) if own or unknowable or text in self._criteria() else None

    def _criteria(self) -> dict[str, str]:
        """`goal/criterion` → goal, of every criterion that has an id."""
        if "criteria" not in self._names:
            self._names["criteria"] = {
                f"{identifier}/{criterion.id}": identifier
                for identifier, goal in self.by_kind["goals"].items()
                if isinstance(goal.record, Goal)
                for criterion in goal.record.criteria
                if criterion.id
            }
        return self._names["criteria"]


def _place_of_link(entry: Entry[Record], path: PathParts, kind: str, name: str) -> Place:
    """Where a `[[…]]` stands in its text; where the text begins, if it was not written in one piece."""
    document, written = entry.document, as_written(entry.kind, path)
    # Shorthand: `- See [[x]]` stands for an entry whose main field holds the text.
    span = (document.span_of(written) or document.span_of(written[:-1])) if document is not None else None
    if document is not None and span is not None:
        for found in WIKI_LINK.finditer(document.text, span.start, span.end):
            if (found[1] or "", found[2]) == (kind, name):
                return document.place_at(found.start())
    return entry.place_of(path)


def _name_for_id(entry: Entry[Record], path: PathParts, identifier: str) -> Problem:
    return Problem(
        entry.place_of(path),
        "name-for-id",
        f"a name stands here; its id is '{identifier}'",
        "To write the id: playbook check --fix",
        Severity.NOTICE,
    )


def _article(noun: str) -> str:
    return "an" if noun[0] in "aeiou" else "a"
