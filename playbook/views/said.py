"""What the records of a playbook say, line by line, and what of it one restricted playbook says and another does not.

Knows nothing of audiences: what is handed in has been restricted already.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from playbook.graph import Entry, Playbook
from playbook.graph.playbook import Key
from playbook.records import Record
from playbook.records.shape import shape_of
from playbook.records.struct import Struct
from playbook.selecting import as_text

Told = tuple[Key, str, tuple[tuple[str, tuple[str, ...]], ...]]
"""(record, title, (field, lines))."""


def said(entry: Entry[Record]) -> dict[str, tuple[str, ...]]:
    """Field → what it says, one line for each entry of it; only what was written, and not who may see it."""
    found = {}
    for field in shape_of(type(entry.record)).fields:
        if field.name in entry.record.fields_set and field.name not in ("visibility", "show"):
            lines = tuple(_lines(getattr(entry.record, field.name)))
            if lines:
                found[field.alias] = lines
    return found


def newly_seen(before: Playbook, after: Playbook) -> tuple[Told, ...]:
    """What is said after and not before."""
    found = []
    for entry in (after.me, *after.entries()):
        old = before.find(entry.key)
        known = {} if old is None else said(old)
        new = tuple(
            (name, fresh)
            for name, lines in said(entry).items()
            if (fresh := tuple(line for line in lines if line not in known.get(name, ())))
        )
        if new:
            found.append((entry.key, entry.title, new))
    return tuple(found)


def no_longer_seen(before: Playbook, after: Playbook) -> tuple[Told, ...]:
    """What is said before and not after; what is only worded otherwise is still said."""
    found = []
    for key, title, fields in newly_seen(after, before):
        entry = after.find(key)
        left = {} if entry is None else said(entry)
        old = said(before.find(key) or before.me)
        fewer = tuple((name, lines) for name, lines in fields if len(left.get(name, ())) < len(old[name]))
        if fewer:
            found.append((key, title, fewer))
    return tuple(found)


def _lines(value: Any) -> Iterator[str]:
    if value is None or value in ("", (), {}):
        return
    if isinstance(value, dict):
        for key, item in value.items():
            yield f"{key}: {_one_line(item)}"
    elif type(value) is tuple:
        for item in value:
            yield _one_line(item)
    else:
        yield _one_line(value)


def _one_line(value: Any) -> str:
    """A value on one line: of a nested entry its main field first, the others behind it in brackets."""
    if type(value) is tuple:
        return ", ".join(_one_line(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_one_line(item)}" for key, item in value.items())
    if not isinstance(value, Struct):
        return " ".join(as_text(value).split())
    known = {
        field.alias: getattr(value, field.name)
        for field in shape_of(type(value)).fields
        if field.name in value.fields_set and getattr(value, field.name) not in (None, "", (), {})
    }
    known.pop("visibility", None)
    main = known.pop(getattr(type(value), "main", ""), "")
    rest = "; ".join(f"{alias}: {_one_line(item)}" for alias, item in known.items())
    if not main:
        return rest
    return f"{_one_line(main)} ({rest})" if rest else _one_line(main)
