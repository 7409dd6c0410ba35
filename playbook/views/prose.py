"""Open texts that name in plain words somebody who is not named to an audience, or the very person who reads.

What `restrict` leaves is looked at; where it stands is told by the whole playbook. No word is taken out of any text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from playbook.audience import ME, restrict
from playbook.graph import Entry, Playbook
from playbook.graph.playbook import Key, as_written
from playbook.problems import Place
from playbook.records import Person, Record
from playbook.records.shape import PathParts, shape_of, texts
from playbook.records.struct import Struct
from playbook.rewriting.mentions import Names, names_of_all
from playbook.views.said import said


@dataclass(frozen=True, slots=True)
class Prose:
    """Words in a text that is open, which name somebody who is not."""

    key: Key
    field: str
    place: Place
    """Where the word stands."""
    text: str
    """All of it, as the audience reads it."""
    person: str
    """The id."""
    word: str
    is_reader: bool
    """Whether it is the very person who reads."""


def open_prose(playbook: Playbook, name: str) -> tuple[Prose, ...]:
    """Each such text, once for each who is named in it; none for `me`.

    Args:
        playbook: everything that was read, not pruned.
        name: the audience.

    Raises:
        UnknownAudience: where nobody is called so.
    """
    if name == ME:
        return ()
    pruned, names = restrict(playbook, name), names_of_all(playbook)
    defined = playbook.me.record.audiences.get(name)
    reader = (defined.person or "") if defined is not None else ""
    unknown = {person: names[person] for person in names if person == reader or not _is_named(pruned, person)}
    return tuple(
        Prose(entry.key, field, place, text, person, word, person == reader)
        for entry in (pruned.me, *pruned.entries())
        if not entry.by_role and (whole := playbook.find(entry.key)) is not None
        for field, place, text, person, word in _named_in(entry, whole, unknown)
    )


def _is_named(pruned: Playbook, person: str) -> bool:
    entry = pruned.people.get(person)
    return entry is not None and not entry.by_role and bool(said(entry))


def _named_in(
    entry: Entry[Record], whole: Entry[Record], unknown: dict[str, Names]
) -> Iterator[tuple[str, Place, str, str, str]]:
    """(field, place, text, person, word) of each text of a pruned entry that names one of these people."""
    # Entries of lists that are hidden are not there any more: the others stand elsewhere than their paths say.
    written = [(path, _field(path), text) for path, text in _all_texts(whole.record)]
    for path, text in _all_texts(entry.record):
        field = _field(path)
        same = [one for one in written if one[1] == field]
        at = next((one for one in same if one[2] == text), None)
        if at is not None:
            written.remove(at)  # of two that say the same, the next one is another
        for person, names in unknown.items():
            if entry.key == ("people", person) or not any(word in text for word in names.words):
                continue
            found = next(names.found_in(text), None)
            if found is not None:
                # A text whose links became words is not as it was written.
                home = at or next((one for one in same if found[0] in one[2]), None)
                place = _place_of(whole, home[0] if home is not None else (), found[0])
                yield field, place, text, person, found[0]


def _place_of(entry: Entry[Record], path: PathParts, word: str) -> Place:
    """Where a word of the text at `path` stands; where the text does, if it is written in another way there."""
    if entry.document is None or not path:
        return entry.place_of(path)
    span = entry.document.span_of(as_written(entry.kind, path))
    index = entry.document.text.find(word, span.start, span.end) if span is not None else -1
    return entry.document.place_at(index) if index >= 0 else entry.place_of(path)


def _field(path: PathParts) -> str:
    return ".".join(str(part) for part in path if isinstance(part, str))


def _all_texts(record: Record) -> Iterator[tuple[PathParts, str]]:
    """Every text with its path: those that may hold Markdown, and titles, tasks and the like."""
    yield from texts(record)
    yield from _plain_texts(record, ())


def _plain_texts(holder: Struct, base: PathParts) -> Iterator[tuple[PathParts, str]]:
    for field in shape_of(type(holder)).fields:
        if field.name not in holder.fields_set or field.is_text or field.ref is not None:
            continue
        value = getattr(holder, field.name)
        values = value if type(value) is tuple else value.values() if isinstance(value, dict) else (value,)
        for index, item in enumerate(values):
            at = (*base, field.alias, index) if type(value) is tuple else (*base, field.alias)
            if isinstance(item, Struct):
                yield from _plain_texts(item, at)
            elif type(item) is str and not (isinstance(holder, Person) and field.alias in ("name", "nickname")):
                yield at, item
