"""Another day for what waits: a checklist item, a promise, a follow-up that an event lists.

Refuses days that are over, and what has no day of its own: a line after a talk goes by itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from playbook.agenda import due_of
from playbook.gestures.bench import Bench, Gesture, NotPossible, iso
from playbook.gestures.follow_ups import open_follow_ups, told_apart
from playbook.gestures.items import Found
from playbook.gestures.people import open_promises
from playbook.gestures.plans import FileChange
from playbook.graph import Playbook
from playbook.problems import shorten
from playbook.records.choices import By
from playbook.source.edit import Put


@dataclass(frozen=True, slots=True)
class Postponed:
    """Something open that can get another day."""

    owner: tuple[str, str]
    path: tuple[str | int, ...]
    what: str
    where: str
    """The title of the record it is written in."""
    due: dt.date | None
    written: str
    """Its day as it is written: `T-30`; empty where none is."""
    way: str
    """What to type for it."""
    after: str = "what"
    """The key behind which the day is written."""


def postponable(playbook: Playbook, words: str, items: Iterable[Found], today: dt.date) -> list[Postponed]:
    """What is meant by words: those of the items that are open, promises, follow-ups of events.

    An item that is named by its id is meant alone.
    """
    found = [
        Postponed(
            one.entry.key, ("checklist", one.index), one.item.task, one.entry.title, due_of(one.entry, one.item),
            str(one.item.due or ""), one.item.id or f"{one.entry.id}: {one.item.task}", "task",
        )
        for one in items
        if one.item.is_open
    ]  # fmt: skip
    if [one.way for one in found] == [words.strip()]:
        return found
    found += [
        Postponed(
            entry.key, ("promises", index), one.what, f"{'by' if one.by is By.THEM else 'to'} {entry.title}", one.due,
            iso(one.due), f"{entry.title}: {one.what}",
        )
        for entry, index, one in open_promises(playbook, words)
    ]  # fmt: skip
    listed = [one for one in open_follow_ups(playbook, words, today) if one.event]
    found += [
        Postponed(one.task.owner, one.task.path, one.what, one.after, one.task.due, "", f"{one.event}: {what}")
        for one, what in zip(listed, told_apart(listed), strict=True)
    ]
    return found


def later(bench: Bench, one: Postponed, day: dt.date) -> Gesture:
    """Something is due on another day.

    Raises:
        NotPossible: where that day is over.
    """
    if day < bench.on:
        raise NotPossible(f"{day} is over; '{shorten(one.what, 60)}' can be due from {bench.on} on")
    if one.due == day:
        said = f"due {day}: {one.what} ({one.where})"
        return Gesture((), said, (said,))
    was = f"it was {one.due}" if one.due else "it had no day"
    if one.written.startswith("T"):
        was += f", counted as {one.written}"
    said = f"Due {day}: {one.what} ({one.where}; {was})"
    return Gesture((FileChange(*one.owner, (Put((*one.path, "due"), iso(day), one.after),), (said,)),), said)
