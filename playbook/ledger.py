"""Counts by month what people's files tell: contacts, promises kept, what was given and what was received.

Pure functions of a playbook and days; a playbook that was pruned for an audience gives less. It counts and never
weighs: nobody is named, and nothing is set off against anything.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from playbook.cadence import touches_of
from playbook.gifts import gifts_of
from playbook.graph import Entry, Playbook
from playbook.records import Person
from playbook.records.choices import By


@dataclass(frozen=True, slots=True)
class Month:
    """What passed between you and everybody in one month."""

    first: dt.date
    """Its first day."""
    touches: int = 0
    """How often you were in contact with somebody: once for each person and day."""
    kept: int = 0
    """Promises that you kept."""
    gave: int = 0
    """What you gave: help, introductions, offers that were taken up."""
    received: int = 0


class _What(Enum):
    TOUCH = auto()
    KEPT = auto()
    GAVE = auto()
    RECEIVED = auto()


def months_of(playbook: Playbook, first: dt.date, last: dt.date) -> tuple[Month, ...]:
    """A month for each from that of `first` to that of `last`, oldest first, also where nothing happened.

    Only days from `first` to `last` count. What has no date (`kept: true`) belongs to no month.
    """
    counted: Counter[tuple[int, int, _What]] = Counter(
        (day.year, day.month, what)
        for entry in playbook.people.values()
        for day, what in _told(playbook, entry)
        if first <= day <= last
    )
    return tuple(
        Month(
            dt.date(year, month, 1),
            counted[year, month, _What.TOUCH],
            counted[year, month, _What.KEPT],
            counted[year, month, _What.GAVE],
            counted[year, month, _What.RECEIVED],
        )
        for year, month in _months(first, last)
    )


def _told(playbook: Playbook, entry: Entry[Person]) -> Iterator[tuple[dt.date, _What]]:
    person = entry.record
    for day in {touch.day for touch in touches_of(playbook, entry)}:
        yield day, _What.TOUCH
    for promise in person.promises:
        if promise.by is By.ME and promise.kept is not None and promise.kept.on is not None:
            yield promise.kept.on, _What.KEPT
    for line in person.log:
        if line.date is not None and line.kind.is_receiving:
            yield line.date, _What.RECEIVED
    for given in gifts_of(person):
        if given is not None:
            yield given, _What.GAVE


def _months(first: dt.date, last: dt.date) -> Iterator[tuple[int, int]]:
    """(year, month) of each month that has a day in the span."""
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield number // 12, number % 12 + 1
