"""Builds the record that an audience gets: empty at first, then field by field what it may see.

Generic over the records' shapes; the few whose meaning their type does not tell are in `_take_out_names`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playbook.audience.known import SOMEONE, Known
from playbook.audience.reader import Reader
from playbook.graph import Entry
from playbook.records import Item, JournalEntry, Meet, Part, Record
from playbook.records.shape import FieldShape
from playbook.records.struct import Struct
from playbook.records.types import Ref


def prune(entry: Entry[Record], reader: Reader, known: Known) -> Record | None:
    """What the reader gets of a record that it sees; None where nothing of it can stand alone."""
    walk = _Walk(reader, known, entry, about_reader=reader.is_about_reader(entry))
    record = walk.rebuild(entry.record)
    return record if isinstance(record, Record) else None


def prune_items(entry: Entry[Record], reader: Reader, known: Known) -> tuple[tuple[int, Item], ...]:
    """(index in the file's checklist, what the reader gets of it) of each item that it sees, in their order."""
    walk = _Walk(reader, known, entry, about_reader=reader.is_about_reader(entry))
    pruned = walk.rebuild(entry.record)
    if "checklist" not in getattr(pruned, "fields_set", ()):
        return ()
    found = []
    for index, item in enumerate(getattr(entry.record, "checklist", ())):
        if reader.gets_part(item):
            kept = walk.rebuild(item)
            if isinstance(kept, Item):
                found.append((index, kept))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Walk:
    """One record on its way to one reader."""

    reader: Reader
    known: Known
    entry: Entry[Record]
    about_reader: bool

    def rebuild(self, holder: Struct) -> Struct | None:
        """A copy that holds what the reader may see; None where that is nothing, or not enough to be one.

        A field that was not written says nothing; one that lost all it referred to is as if it had not been written.
        """
        kept: dict[str, Any] = {}
        lost = False
        for field in self.reader.open_fields(holder, about_reader=self.about_reader):
            if field.name not in holder.fields_set:
                continue
            value = self._value(field, getattr(holder, field.name))
            if value is not None:
                kept[field.name] = value
            elif getattr(holder, field.name) is not None and _is_the_point(holder, field):
                lost = True
        self._take_out_names(holder, kept)
        return type(holder)(**kept) if kept and not lost else None

    def _value(self, field: FieldShape, value: Any) -> Any:
        """What is left of a value, None for nothing."""
        kind = type(value)
        if kind is str:
            return self._text(field.ref, value)
        if kind is dict:
            held = {key: self._value(field, item) for key, item in value.items()}
            return {key: item for key, item in held.items() if item is not None} or None
        if kind is tuple:
            items = tuple(item for item in (self._value(field, item) for item in value) if item is not None)
            return (self._in_order(items) if field.ref is not None else items) or None
        if isinstance(value, Struct):
            if not self.reader.gets_part(value):
                return None
            return self.rebuild(value)
        return value

    def _text(self, ref: Ref | None, text: str) -> str | None:
        return self.known.rewrite(text) if ref is None else self.known.refer(ref, text, self.entry)

    def _in_order(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        """Each id once, people by role last: neither how many they are nor where they stood is to be seen."""
        by_role = {entry.id for entry in self.known.roles.values()}
        return (
            *dict.fromkeys(identifier for identifier in ids if identifier not in by_role),
            *sorted(by_role.intersection(ids)),
        )

    def _take_out_names(self, holder: Struct, kept: dict[str, Any]) -> None:
        """Remove what is a reference in all but type: titles of milestones, names of people without a file."""
        if isinstance(holder, Item):
            at = (self.entry.key, kept.get("milestone", "").casefold())
            if at not in self.known.milestones:
                kept.pop("milestone", None)
        elif isinstance(holder, Meet) and ("people", kept.get("person", "")) not in self.known.named:
            # Nobody could have written down the consent of somebody who has no file.
            for name in ("name", "organization", "url"):
                kept.pop(name, None)
            if holder.person is None and kept:
                kept["name"] = SOMEONE
        elif isinstance(holder, JournalEntry) and not holder.may_quote and not self._is_known(kept.get("from_", "")):
            kept.pop("from_", None)

    def _is_known(self, person: str) -> bool:
        return ("people", person) in self.known.named or any(e.id == person for e in self.known.roles.values())


def _is_the_point(holder: Struct, field: FieldShape) -> bool:
    """Whether a nested entry without this field is about nothing: whom you told, where somebody works."""
    return field.info.is_required or (isinstance(holder, Part) and field.alias == holder.main and field.ref is not None)
