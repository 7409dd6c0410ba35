"""Every text that a playbook holds, with its field: read off the records' shapes, so that none can be forgotten.

Days, rhythms, numbers and choices are no texts: a day that a page reckons is no other than one that somebody wrote.
That none of them tells anything is what the proof by twins shows, not what a search can find.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from playbook.graph import Entry, Playbook
from playbook.history.timeline import Timeline
from playbook.records import Record
from playbook.records.days import Done, Due, Moment, Period, YearDay
from playbook.records.shape import PathParts, shape_of
from playbook.records.struct import Struct

ID = "file name"
COMMENT = "comment"
_NO_TEXT = (bool, int, float, dt.date, dt.time, Enum, Moment, Due, Done, Period, YearDay)
_COMMENT = re.compile(r"^[ \t]*#+[ \t]*(\S.*)$|[ \t]#[ \t]+(\S.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One text, and where it stands."""

    text: str = field(repr=False)
    record: tuple[str, str]
    """The kind and id of the record."""
    alias: str
    """The field, with those around it: `log.summary`."""
    path: PathParts = ()
    """Where exactly, as a record's paths are written."""
    is_text: bool = False
    """Whether it may be long: a note, of which a part tells as much as the whole."""
    is_telling: bool = True
    """Whether it says something: the id of another record is looked for by itself, and a label is a label."""


def leaves_of(entry: Entry[Record]) -> Iterator[Leaf]:
    """Every text of one record."""
    yield from _below(entry.record, (), (), entry.key)


def comments_of(entry: Entry[Record]) -> Iterator[tuple[int, str]]:
    """(index in the file's text, words) of what may be a comment: nobody but the author ever reads one."""
    if entry.document is not None:
        for found in _COMMENT.finditer(entry.document.text):
            group = 1 if found[1] else 2
            yield found.start(group), found[group].strip()


def all_leaves(playbook: Playbook) -> Iterator[Leaf]:
    """Every text of a whole playbook, and every id."""
    for entry in (playbook.me, *playbook.entries()):
        if entry.key != playbook.me.key and not entry.by_role:
            yield Leaf(entry.id, entry.key, ID)
        yield from leaves_of(entry)


def past_texts(timeline: Timeline) -> Iterator[tuple[str, str]]:
    """(what it is, the text) of everything that the history tells in words, each once."""
    seen: set[str] = set()
    for what, text in _past_texts(timeline):
        if text and text not in seen:
            seen.add(text)
            yield what, text


def _past_texts(timeline: Timeline) -> Iterator[tuple[str, str]]:
    for step in timeline.steps:
        yield "the subject of a commit", step.subject
    for event in timeline.events:
        for text in (event.text, event.before, event.id):
            yield "an earlier version of a checklist", text
        yield "the earlier name of a file", event.path.rpartition("/")[2].removesuffix(".yml")
    for item in timeline.items:
        for text in (item.text, item.id):
            yield "an earlier version of a checklist", text
        yield "the earlier name of a file", item.path.rpartition("/")[2].removesuffix(".yml")


def _below(value: Any, path: PathParts, names: tuple[str, ...], record: tuple[str, str]) -> Iterator[Leaf]:
    model: type[Struct] = type(value)
    for shape in shape_of(model).fields:
        if shape.name in value.fields_set:
            told = getattr(value, shape.name)
            inner = (*names, shape.alias)
            for found, text in _texts(told, (*path, shape.alias)):
                if isinstance(text, Struct):
                    yield from _below(text, found, inner, record)
                else:
                    is_telling = shape.ref is None and shape.value_type != "label"
                    yield Leaf(text, record, ".".join(inner), found, shape.is_text, is_telling)


def _texts(value: Any, path: PathParts) -> Iterator[tuple[PathParts, str | Struct]]:
    """Every text and every nested record in a field's value, the keys of a map among them."""
    if value is None or isinstance(value, _NO_TEXT):
        return
    if isinstance(value, str | Struct):
        yield path, value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield (*path, key), str(key)
            yield from _texts(item, (*path, key))
    elif isinstance(value, tuple | list | set | frozenset):
        for number, item in enumerate(value):
            yield from _texts(item, (*path, number))
    else:
        # A type that is new here is looked for as it is written, rather than forgotten.
        yield path, str(value)
