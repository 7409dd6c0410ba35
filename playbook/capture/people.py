"""Who or what a line begins with: a code, an id, a whole name, a blank code. Refuses to choose between two."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from playbook.codes import Key, blank_number, code_of, code_table, item_key, keys_of, looks_like_code, read_code
from playbook.graph import Entry, Playbook
from playbook.names import ALSO_WORDS, called, is_short_for
from playbook.problems import shorten, suggest
from playbook.records import Event

SLIPS = 4
"""Codes one slip away that a message can name."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a line begins with, and what stands behind it; or why that is not clear."""

    key: Key | None
    """Whose line it is; (`blank`, `N1`) for a blank code."""
    rest: str
    doubt: str = ""
    note: str = ""


@dataclass(frozen=True)
class Roster:
    """Everybody and everything that a line may begin with."""

    playbook: Playbook
    event: Entry[Event]
    on_kit: tuple[Key, ...]
    """Whoever and whatever has a code on the event's kit."""
    elsewhere: tuple[Key, ...]
    """People who may have one on another printout."""
    names: Mapping[str, tuple[Key, ...]]
    """Folded name or id → whose it is."""

    def title(self, key: Key) -> str:
        """What to call it in a message: `Anselm Okoro`, `'Print the kit'`."""
        kind, identifier = key
        if kind == "people" and identifier in self.playbook.people:
            return self.playbook.people[identifier].title
        if kind == "item":
            found = item_index(self.event, key)
            return f"'{shorten(self.event.record.checklist[found].task, 40)}'" if found is not None else identifier
        return identifier

    def now(self, key: Key) -> Key:
        """The key of the file that somebody of a name has got since."""
        since = self.called(key[1]) if key[0] == "name" else ()
        return since[0] if len(since) == 1 else key

    def called(self, name: str) -> tuple[Key, ...]:
        """Whoever has this name or id."""
        return self.names.get(folded(name), ())


def roster_of(playbook: Playbook, event: Entry[Event]) -> Roster:
    """The roster of an event: all people of the playbook, those to be met without a file, and its checklist."""
    names: dict[str, list[Key]] = {}
    for identifier, person in playbook.people.items():
        for name in {folded(identifier), folded(person.record.name)}:
            names.setdefault(name, []).append(("people", identifier))
    for meet in event.record.meet:
        # Somebody who got a file since the kit was printed is that person.
        if meet.name and folded(meet.name) not in names:
            known = meet.person in playbook.people
            names[folded(meet.name)] = [("people", str(meet.person)) if known else ("name", meet.name)]
    # Paper that was printed before somebody got a file has the code of the name.
    on_kit = (*keys_of(event), *(("name", meet.name) for meet in event.record.meet if meet.person and meet.name))
    elsewhere = tuple(key for identifier in playbook.people if (key := ("people", identifier)) not in on_kit)
    return Roster(playbook, event, on_kit, elsewhere, {name: tuple(keys) for name, keys in names.items()})


def read_beginning(text: str, roster: Roster, newcomers: Mapping[str, tuple[Key, ...]]) -> Beginning:
    """Whose line it is. A whole name or id wins over a code, for it has more to say.

    `newcomers` are those whom earlier lines made known, by folded name or id, with keys (`new`, id).
    """
    words = text.split(" ")
    for count in range(min(len(words), _MOST_WORDS), 0, -1):
        said, rest = " ".join(words[:count]).rstrip(",;:"), _behind(words[count:])
        keys = roster.called(said) + newcomers.get(folded(said), ())
        if len(keys) == 1:
            return Beginning(keys[0], rest)
        if keys:
            return Beginning(None, rest, _several(said, keys, roster))
    code, rest = words[0].rstrip(",;:"), _behind(words[1:])
    if blank_number(code) is not None:
        return Beginning(("blank", code.upper()), rest)
    read = read_code(code, roster.on_kit)
    found = read.keys or read_code(code, roster.elsewhere).keys
    keys = tuple(dict.fromkeys(roster.now(key) for key in found))
    if len(keys) == 1:
        return Beginning(keys[0], rest, note="" if read.keys else "not on this event's kit")
    if keys:
        return Beginning(None, rest, _several(code.upper(), keys, roster))
    return _short_name(words, roster, newcomers) or Beginning(None, rest, _unknown(text, code, read.near, roster))


def _short_name(words: list[str], roster: Roster, newcomers: Mapping[str, tuple[Key, ...]]) -> Beginning | None:
    """Whoever goes by a nickname or a first name, as in every command; `Ada Nowak` is not whichever Ada has a file."""
    people = roster.playbook.people
    without = {key: name for name, keys in (*roster.names.items(), *newcomers.items()) for key in keys}
    for count in range(min(len(words) - 1, _MOST_WORDS), 0, -1):
        said = " ".join(words[:count])
        name, behind = said.rstrip(",;:"), words[count]
        keys = [*(("people", entry.id) for entry in called(people.values(), name))]
        keys += [key for key, whole in without.items() if key[0] != "people" and is_short_for(name, whole)]
        if not keys or (name == said and ALSO_WORDS.fullmatch(name)):
            continue
        if len(keys) > 1:
            return Beginning(None, "", _several(name, tuple(keys), roster))
        if name == said and len(behind.rstrip(",;:")) > 1 and behind.istitle():
            return None
        return Beginning(keys[0], _behind(words[count:]))
    return None


def item_index(event: Entry[Event], key: Key) -> int | None:
    """Which of the event's checklist items has this key."""
    found = [index for index, item in enumerate(event.record.checklist) if item_key(event, item) == key]
    return found[0] if found else None


def folded(name: str) -> str:
    """What two ways to write one name have in common."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


_MOST_WORDS = 12
"""A name of more words is not looked for at the beginning of a line."""


def _behind(words: Iterable[str]) -> str:
    return " ".join(words).lstrip(" ,;:")


def _several(said: str, keys: tuple[Key, ...], roster: Roster) -> str:
    ways = " or ".join(
        f"{code_table(keys)[key]} ({roster.title(key)})" if key[0] == "item" else _way(key, roster) for key in keys
    )
    return f"'{shorten(said, 40)}' could be {ways}; write one of them"


def _way(key: Key, roster: Roster) -> str:
    return f"{key[1]} ({roster.title(key)})" if key[0] == "people" else f"'{key[1]}'"


def _unknown(text: str, code: str, near: tuple[tuple[str, Key], ...], roster: Roster) -> str:
    """Why nobody is meant, and who could have been."""
    if looks_like_code(code):
        slips = {key: other for other, key in reversed(near)}
        shown = [f"{other} is {roster.title(key)}" for key, other in list(slips.items())[::-1][:SLIPS]]
        hint = f"One slip away: {', '.join(shown)}." if shown else "It is nobody's on this event's kit."
        return f"no code '{shorten(code.upper(), 20)}'. {hint}"
    head = text.partition(",")[0]
    said = " ".join(head.split(" ")[:2])
    known = {key for keys in roster.names.values() for key in keys}
    names = [word for key in known for word in ({roster.title(key), key[1]} if key[0] == "people" else {key[1]})]
    codes = [code_of(key) for key in roster.on_kit]
    hint = suggest(said, names) or suggest(code, [*names, *codes])
    return f"'{shorten(said, 40)}' is no code, name or id. {hint or 'A line begins with one.'}"
