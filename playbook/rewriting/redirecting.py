"""What the files say once every reference to one record leads to another: fields, criteria, `[[links]]`, pages.

Changes the ids alone; a name that stands for an id stays where it still leads there.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from playbook.graph import Playbook
from playbook.graph.playbook import Key
from playbook.problems import Place
from playbook.records import KINDS, Play
from playbook.records.shape import PathParts
from playbook.rewriting.files import with_changes, with_texts
from playbook.rewriting.places import UseKind, leads_to, outermost, places_of
from playbook.source.document import place_in
from playbook.source.edit import Change, Drop, Put
from playbook.source.files import SourceFile
from playbook.source.wiki_links import WIKI_LINK


@dataclass(frozen=True, slots=True)
class Redirection:
    """From where to where references shall lead, and what goes with that."""

    old: Key
    new: str
    """The id that takes its place; of the same kind."""
    is_new: bool = True
    """Whether no record has that id yet: then a `[[link]]` that says no kind may become two-edged."""
    lost_name: str = ""
    """The name that finds the record no longer; where it stands for the id, the id is written."""
    merging: frozenset[Key] = field(default=frozenset())
    """The two that become one, where they do: what refers to one another says nothing then, and goes."""
    library: Collection[str] = ()
    """Ids of plays that are in the library; `play:` means those first."""


def redirected(
    playbook: Playbook, files: Sequence[SourceFile], pages: Mapping[str, bytes], way: Redirection
) -> dict[str, bytes]:
    """Path → bytes of every file and page as they shall be, the record's own file still under its name.

    Raises:
        NotRewritten: where a value cannot be written so that it is read as it is.
    """
    changes = _changes(playbook, way)
    shall_be: dict[str, bytes] = {}

    def relink(text: str) -> str:
        return _relinked(text, playbook, way)

    for file in files:
        content = file.content
        # What cannot be read refers to nothing that one could know; where it says the id is told.
        if (file.kind, file.id) == ("me", "me") or playbook.find((file.kind, file.id)) is not None:
            content = with_changes(file.path, content, changes.get((file.kind, file.id), ()))
            content = with_texts(file.path, content, relink, comments=relink) if b"[[" in content else content
        shall_be[file.path] = content
    for path, page in pages.items():
        text = relink(page.decode("utf-8", errors="surrogateescape"))
        text = _addresses(way.old).sub(lambda found: found[0].removesuffix(way.old[1]) + way.new, text)
        shall_be[path] = text.encode("utf-8", errors="surrogateescape")
    return shall_be


def still_said(
    files: Mapping[str, bytes], unread: Collection[str], identifier: str, *, everywhere: bool = False
) -> list[tuple[Place, str]]:
    """Where files still say an id, as (place, line): in prose, in comments, and in files that could not be read.

    An id of one word is found in too many sentences; it is looked for in the unread alone, unless `everywhere`.
    """
    pattern = re.compile(rf"(?<![\w-]){re.escape(identifier)}(?![\w-])")
    found: list[tuple[Place, str]] = []
    for path, content in sorted(files.items()):
        if path not in unread and "-" not in identifier and not everywhere:
            continue
        text = content.decode("utf-8-sig", errors="replace")
        lines = text.splitlines()
        places = {
            place.line: place for match in pattern.finditer(text) for place in [place_in(path, text, match.start())]
        }
        found += [(place, lines[line - 1].strip()) for line, place in sorted(places.items()) if line <= len(lines)]
    return found


def _changes(playbook: Playbook, way: Redirection) -> dict[Key, tuple[Change, ...]]:
    """What becomes of each record's file; values first, then what goes, the last of every list first."""
    puts: dict[Key, list[Change]] = {}
    drops: dict[Key, list[PathParts]] = {}
    others = _others(playbook, way)
    for use in places_of(playbook, way.old):
        if use.kind is UseKind.LINK or use.entry.document is None:
            continue
        home = use.entry.key
        stands = use.entry.document.value_at(use.written)
        if stands is None:  # plain text that stands for the entry
            stands = use.entry.document.value_at(use.written[:-1])
        raw = " ".join(stands.split()) if isinstance(stands, str) else ""
        if use.kind is UseKind.CRITERION:
            puts.setdefault(home, []).append(Put(use.written, f"{way.new}/{raw.partition('/')[2]}"))
        elif home in way.merging:
            drops.setdefault(home, []).append(use.holder if use.is_the_point else use.written)
        elif isinstance(use.path[-1], int) and (home, use.path[:-1]) in others:
            drops.setdefault(home, []).append(use.written)
        elif raw == way.old[1] or raw.casefold() == way.lost_name.casefold() or way.merging:
            puts.setdefault(home, []).append(Put(use.written, way.new, use.main))
    for use in places_of(playbook, (way.old[0], way.new)) if way.merging else ():
        if use.entry.key == way.old and use.kind is UseKind.REFERENCE:
            drops.setdefault(way.old, []).append(use.holder if use.is_the_point else use.written)
    if way.old[0] == "plays" and way.old[1] not in way.library:
        for entry in playbook.plays.values():
            if isinstance(entry.record, Play) and entry.record.play == way.old[1]:
                puts.setdefault(entry.key, []).append(Put(("play",), way.new))
    gone = {home: outermost(held) for home, held in drops.items()}
    return {home: (*puts.get(home, ()), *map(Drop, gone.get(home, ()))) for home in {**puts, **gone}}


def _others(playbook: Playbook, way: Redirection) -> set[tuple[Key, PathParts]]:
    """The lists of ids in which the record that takes its place stands already."""
    if way.is_new:
        return set()
    uses = places_of(playbook, (way.old[0], way.new))
    return {
        (use.entry.key, use.path[:-1])
        for use in uses
        if use.kind is UseKind.REFERENCE and isinstance(use.path[-1], int)
    }  # fmt: skip


def _relinked(text: str, playbook: Playbook, way: Redirection) -> str:
    """The text with every link to the old id leading to the new one; one that would become two-edged says its kind."""
    if "[[" not in text:
        return text
    namesakes = [kind for kind in KINDS if kind != way.old[0] and way.new in playbook.of_kind(kind)]

    def relink(found: re.Match[str]) -> str:
        kind, name = found[1] or "", found[2]
        head, tail = text[found.start() : found.start(2)], text[found.end(2) : found.end()]
        if leads_to(kind, name, way.old, playbook):
            return f"{head}{way.old[0] + '/' if namesakes and not kind else ''}{way.new}{tail}"
        if way.is_new and not kind and name == way.new and len(namesakes) == 1:
            return f"{head}{namesakes[0]}/{name}{tail}"
        return found[0]

    return WIKI_LINK.sub(relink, text)


def _addresses(key: Key) -> re.Pattern[str]:
    """Where a page's own link leads to a record's page: `](people/ada.md)`, `href="../people/ada/"`."""
    lead = r"(?:\]\(\s*<?|\]:\s*<?|(?:href|src)=[\"'])"
    return re.compile(rf"{lead}(?:\.{{0,2}}/)*{key[0]}/{re.escape(key[1])}(?=\.md\b|\.html\b|[/#?)>\"'\s])")
