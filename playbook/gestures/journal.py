"""Entries of the journal: an achievement, a review, something learned; each goes into the file of its year."""

from __future__ import annotations

from collections.abc import Mapping

from playbook.gestures.bench import Bench, Gesture, iso
from playbook.gestures.order import place_among
from playbook.gestures.plans import FileChange
from playbook.graph.logs import is_newest_first
from playbook.problems import shorten
from playbook.records import Journal
from playbook.records.choices import JournalKind
from playbook.source.document import Tree
from playbook.source.edit import Add


def write_entry(bench: Bench, kind: JournalKind, title: str, fields: Mapping[str, Tree] | None = None) -> Gesture:
    """An entry of the day, in the order that the journal is kept in; its year's file is made where there is none.

    `fields` is more of it, by the names that files have; empty ones are left out.
    """
    year = f"{bench.on.year:04}"
    said = f"{kind}: {shorten(title or iso(bench.on))}"
    value: dict[str, Tree] = {"date": iso(bench.on), "kind": str(kind)}
    if title:
        value["title"] = title
    value |= {name: what for name, what in (fields or {}).items() if what}
    known = bench.playbook.journal.get(year)
    if known is None:
        return Gesture((FileChange("journal", year, (), (said,), [value]),), said)
    assert isinstance(known.record, Journal)  # noqa: S101  (a journal's entries are)
    if any((seen.date, seen.kind, seen.title) == (bench.on, kind, title) and title for seen in known.record.entries):
        return Gesture((), said, (said,))
    days = [entry.date for entry in known.record.entries]
    index = place_among(days, bench.on) if is_newest_first(days) else None
    return Gesture((FileChange("journal", year, (Add((), value, index=index),), (said,)),), said)
