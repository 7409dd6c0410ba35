"""Two records that are one: what the first lacks comes from the second; where both say something, that is told.

Plans changes to the first one's file. Refuses to decide between two values.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from playbook.audience import ME
from playbook.audience.reader import visibility_of
from playbook.gestures.order import place_among
from playbook.graph import Entry
from playbook.graph.logs import is_newest_first
from playbook.records import Meet, Organization, Person, Record
from playbook.records.shape import FieldShape, PathParts, shape_of
from playbook.records.struct import Struct
from playbook.source.document import Tree
from playbook.source.edit import Add, Change, Put

TITLES = ("name", "title")


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field in which both say something, and not the same."""

    field: str
    """As a reader says it: `mentoring.role`."""
    ours: str
    theirs: str


@dataclass(slots=True)
class Joined:
    """What becomes of the first record."""

    newest_first: bool
    """How a list of dated entries is kept that shows no order."""
    changes: list[Change] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)


def join(ours: Entry[Record], theirs: Entry[Record], defaults: Mapping[str, str], *, newest_first: bool) -> Joined:
    """The changes that bring everything of `theirs` into the file of `ours`.

    The title or name stays; another name of an organization is kept as one that it is also known as.

    Args:
        ours: what stays.
        theirs: what goes, of the same kind.
        defaults: kind → visibility, of `me.yml`.
        newest_first: how a log is kept that shows no order.
    """
    joined = Joined(newest_first)
    _compare_sight(joined, ours, theirs, defaults)
    raw_ours, raw_theirs = _raw(ours), _raw(theirs)
    if isinstance(ours.record, Person) and isinstance(theirs.record, Person):
        has_ended = [one.closed is not None for one in (ours.record, theirs.record)]
        if has_ended[0] != has_ended[1]:
            # Silence would end a tie that lasts, or hide that it ended.
            words = ["closed" if ended else "open" for ended in has_ended]
            joined.conflicts.append(Conflict("closed", words[0], words[1]))
            raw_theirs = {name: value for name, value in raw_theirs.items() if name != "closed"}
    left_out = frozenset((*TITLES, "visibility", "show", "also_known_as"))
    _join_fields(joined, ours.record, theirs.record, raw_ours, raw_theirs, (), left_out)
    if isinstance(ours.record, Organization) and isinstance(theirs.record, Organization):
        known = {name.casefold() for name in (ours.title, *ours.record.also_known_as)}
        for name in (theirs.title, *theirs.record.also_known_as):
            if name.casefold() not in known:
                known.add(name.casefold())
                joined.changes.append(Add(("also_known_as",), name))
    return joined


def join_entries(joined: Joined, ours: Struct, theirs: Struct, raw: tuple[Tree, Tree], at: PathParts) -> None:
    """The same for two nested entries that are one; `at` is where ours stands in its file."""
    fields = (_fields_of(type(ours), raw[0]), _fields_of(type(theirs), raw[1]))
    _join_fields(joined, ours, theirs, *fields, at, frozenset())


def _compare_sight(
    joined: Joined, ours: Entry[Record], theirs: Entry[Record], defaults: Mapping[str, str]
) -> None:  # fmt: skip
    """Tells where others would see more, or less, than each file let them: what is joined has one label."""
    labels = [visibility_of(one.kind, one.record, defaults) for one in (ours, theirs)]
    if labels[0] != labels[1]:
        joined.conflicts.append(Conflict("visibility", labels[0], labels[1]))
    private = ours.record.private
    for shape in shape_of(type(theirs.record)).fields:
        closed = ME if shape.alias in private else ""
        shown = [one.record.show.get(shape.alias, closed) for one in (ours, theirs)]
        if shown[0] != shown[1] and shape.alias in _raw(theirs):
            said = [label or "as the record" for label in shown]
            joined.conflicts.append(Conflict(f"show.{shape.alias}", said[0], said[1]))


def _join_fields(
    joined: Joined,
    ours: Struct,
    theirs: Struct,
    raw_ours: Mapping[str, Tree],
    raw_theirs: Mapping[str, Tree],
    at: PathParts,
    left_out: frozenset[str],
) -> None:
    main = str(getattr(ours, "main", ""))
    for shape in shape_of(type(ours)).fields:
        new = raw_theirs.get(shape.alias)
        if new is None or shape.alias in left_out:
            continue
        path = (*at, shape.alias)
        if raw_ours.get(shape.alias) is None:
            joined.changes.append(Put(path, new, main))
            continue
        had, come = getattr(ours, shape.name), getattr(theirs, shape.name)
        if had == come:
            continue
        if shape.many == "list":
            _join_list(joined, shape, list(had), come, new, path, raw_ours[shape.alias])
        elif shape.many == "map":
            for key, value in come.items():
                if key not in had:
                    joined.changes.append(Put((*path, key), _at(new, key)))
                elif had[key] != value:
                    told = (_line(_at(raw_ours[shape.alias], key)), _line(_at(new, key)))
                    joined.conflicts.append(Conflict(".".join((*map(str, path), key)), *told))
        elif shape.model is not None:
            join_entries(joined, had, come, (raw_ours[shape.alias], new), path)
        elif shape.alias == "notes":
            joined.changes.append(Put(path, f"{had.rstrip()}\n\n{come.rstrip()}\n"))
        else:
            told = (_line(raw_ours[shape.alias]), _line(new))
            joined.conflicts.append(Conflict(".".join(map(str, path)), *told))


def _join_list(
    joined: Joined, shape: FieldShape, had: list[Any], come: tuple[Any, ...], raw: Tree, path: PathParts, stands: Tree
) -> None:  # fmt: skip
    """Adds what is not there yet, dated entries at their day; an entry that says part of another is that other."""
    raws = raw if isinstance(raw, list) else [raw]
    held = list(stands) if isinstance(stands, list) else [stands]
    days = [_day_of(one) for one in had]
    newest_first = is_newest_first(days)
    if newest_first is None:
        newest_first = is_newest_first([_day_of(one) for one in come])
    if newest_first is None:
        newest_first = joined.newest_first
    for one, written in zip(come, raws, strict=True):
        if one in had:
            continue
        there = next(
            (n for n, two in enumerate(had) if isinstance(two, Meet) and one.person and two.person == one.person), None
        )
        if there is not None:
            join_entries(joined, had[there], one, (held[there], written), (*path, there))
            continue
        if shape.model is not None and shape.alias != "log":
            twin = _twin(shape.model, held, written)
            if twin is not None:
                more = _fields_of(shape.model, held[twin])
                fields = _fields_of(shape.model, written)
                main = str(getattr(one, "main", ""))
                joined.changes += [
                    Put((*path, twin, name), value, main) for name, value in fields.items() if name not in more
                ]
                held[twin] = {**more, **fields}
                continue
        index = _place(days, _day_of(one), newest_first=newest_first)
        joined.changes.append(Add(path, written, index=index))
        at = len(had) if index is None else index
        had.insert(at, one)
        days.insert(at, _day_of(one))
        held.insert(at, written)


def _twin(model: type[Struct], held: list[Tree], written: Tree) -> int | None:
    """The index of an entry that says all of this one, or of one of which this one says all."""
    fields = _fields_of(model, written).items()
    for index, one in enumerate(held):
        known = _fields_of(model, one).items()
        if _all_in(fields, known) or _all_in(known, fields):
            return index
    return None


def _all_in(some: Any, others: Any) -> bool:
    there = list(others)
    return all(pair in there for pair in some)


def _place(days: list[dt.date | None], day: dt.date | None, *, newest_first: bool) -> int | None:
    """Where an entry of a day stands; None for the end."""
    if day is None:
        return None
    if newest_first:
        return place_among(days, day)
    later = (index for index, known in enumerate(days) if known is not None and known > day)
    return next(later, None)


def _day_of(entry: Any) -> dt.date | None:
    day = getattr(entry, "date", None) or getattr(entry, "from_", None)
    return day if isinstance(day, dt.date) else None


def _raw(entry: Entry[Record]) -> Mapping[str, Tree]:
    tree = entry.document.tree if entry.document is not None else None
    return {str(name): value for name, value in _pairs(tree)}


def _fields_of(model: type[Struct], raw: Tree) -> dict[str, Tree]:
    """What an entry says, also where plain text stands for its main field."""
    if isinstance(raw, str):
        return {str(getattr(model, "main", "")): raw}
    return {str(name): value for name, value in _pairs(raw) if value is not None}


def _pairs(tree: Tree) -> Iterator[tuple[Any, Tree]]:
    return iter(tree.items()) if isinstance(tree, dict) else iter(())


def _at(tree: Tree, key: Any) -> Tree:
    return tree.get(key) if isinstance(tree, dict) else None


def _line(raw: Tree) -> str:
    """A value as a file has it, in one line."""
    return " ".join(raw.split()) if isinstance(raw, str) else ""
