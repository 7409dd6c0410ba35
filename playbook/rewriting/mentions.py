"""Finds where somebody is named in plain words: in texts, titles, comments, hand-written pages.

Prose names people in ways no program knows; so what is found is shown, and a person decides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from playbook.graph import Entry, Playbook
from playbook.problems import Place
from playbook.records import Person, Record
from playbook.source.document import place_in

SOMEONE = "someone"
SHORTEST = 3
"""A part of a name with fewer letters is found in too many other words."""


@dataclass(frozen=True)
class Names:
    """The words that name one person, the longest first."""

    words: tuple[str, ...]

    def found_in(self, text: str) -> Iterator[re.Match[str]]:
        """Each of them in a text, as a word of its own, in capitals as they write it."""
        return self._pattern.finditer(text) if self.words else iter(())

    def replaced(self, text: str) -> str:
        """The text with `someone` in place of each, but inside addresses and ids, which would lead nowhere."""
        if not self.words:
            return text
        return self._pattern.sub(lambda found: found[0] if _in_address(text, found) else _someone(text, found), text)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, self.words))})(?!\w)")


@dataclass(frozen=True, slots=True)
class Mention:
    """One place in a file that names somebody in plain words."""

    place: Place
    word: str
    line: str
    """The line that it stands on, without its indentation."""


def names_of(playbook: Playbook, person: Entry[Record]) -> Names:
    """The whole name, the nickname, the id, and each part of the name that nobody else in the playbook has."""
    return names_of_all(playbook)[person.id]


def names_of_all(playbook: Playbook) -> dict[str, Names]:
    """The id of each person → the words that name them and nobody else."""
    shared = Counter(word for entry in (playbook.me, *playbook.people.values()) for word in _all_parts(entry.record))
    found = {}
    for identifier, entry in playbook.people.items():
        whole = (entry.record.name, entry.record.nickname, identifier)
        parts = (word for word in _telling_parts(entry.record.name) if shared[word] == 1)
        found[identifier] = _longest_first((*whole, *parts))
    return found


def with_former(playbook: Playbook, person: Entry[Record], names: Sequence[str], ids: Sequence[str]) -> Names:
    """The words that name somebody now, and those that did before; of these none that names anybody else now."""
    known = names_of_all(playbook)
    others = (playbook.me, *(entry for entry in playbook.people.values() if entry.id != person.id))
    taken = {word for entry in others for word in _all_parts(entry.record)}
    taken |= {word for identifier, one in known.items() if identifier != person.id for word in one.words}
    former = (*names, *ids, *(word for name in names for word in _telling_parts(name)))
    return _longest_first((*known[person.id].words, *(word for word in former if word not in taken)))


def mentions_in(files: Iterable[tuple[str, bytes]], names: Names) -> tuple[Mention, ...]:
    """Every mention in these files (path as problems print it, bytes), one for each line."""
    found: list[Mention] = []
    for path, content in files:
        text = content.decode("utf-8-sig", errors="replace")
        lines = text.splitlines()
        seen: set[int] = set()
        for match in names.found_in(text):
            place = place_in(path, text, match.start())
            if place.line not in seen:
                seen.add(place.line)
                line = lines[place.line - 1].strip() if place.line <= len(lines) else ""
                found.append(Mention(place, match[0], line))
    return tuple(found)


def _longest_first(words: Iterable[str]) -> Names:
    return Names(tuple(sorted({*words} - {""}, key=lambda word: (-len(word), word))))


def _telling_parts(name: str) -> Iterator[str]:
    """Those that are not found in too many other words."""
    return (word for word in _parts(name) if len(word) >= SHORTEST and word[0].isupper())


def _all_parts(record: Record) -> set[str]:
    nickname = record.nickname if isinstance(record, Person) else ""
    return {*_parts(record.title_text), *_parts(nickname)}


def _parts(name: str) -> list[str]:
    return re.findall(r"[^\W\d_][\w'’-]*", name)


def _in_address(text: str, found: re.Match[str]) -> bool:
    start = max((text.rfind(space, 0, found.start()) for space in " \t\n\r"), default=-1) + 1
    ends = [end for space in " \t\n\r" if (end := text.find(space, found.end())) >= 0]
    token = text[start : min(ends, default=len(text))]
    return "://" in token or "@" in token or (token != found[0] and found[0].islower() and "-" in found[0])


def _someone(text: str, found: re.Match[str]) -> str:
    before = text[: found.start()].rstrip(" \t\"'“‘*_([")
    begins = not before.strip() or before.endswith((".", "!", "?", "\n"))
    return SOMEONE.capitalize() if begins and found[0][:1].isupper() else SOMEONE
