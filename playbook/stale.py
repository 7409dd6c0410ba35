"""Whose file should be looked at again: what it keeps is theirs, and nobody has needed it for long.

Judges nothing: a friend of twenty years without an entry is told like a stranger, and the author decides.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from playbook.cadence import touches_of
from playbook.graph import Entry, Playbook
from playbook.records import Person

LONG = dt.timedelta(days=2 * 365)
"""Without a touch, after which what is kept about somebody is worth a look."""
KEPT = ("channels", "dates", "notes", "log", "fit", "promises", "sponsoring", "mentoring", "location")
"""Fields that hold what is private to somebody."""


@dataclass(frozen=True, slots=True)
class Stale:
    """One file to look at."""

    person: Entry[Person]
    since: dt.date
    """The day that its author set, or that of the last touch."""
    is_set: bool
    """Whether its author set that day (`review_by`)."""
    keeps: tuple[str, ...]
    """The private fields that say something."""


def stale_people(playbook: Playbook, today: dt.date) -> tuple[Stale, ...]:
    """The files to look at: those whose `review_by` is over, then those without a touch for long, the oldest first.

    Somebody of whom no day is known is not among them; `review_by` gives them one.
    """
    found = sorted(_stale(playbook, today), key=lambda one: (not one.is_set, one.since, one.person.id))
    return tuple(found)


def _stale(playbook: Playbook, today: dt.date) -> Iterator[Stale]:
    for person in playbook.people.values():
        record = person.record
        keeps = tuple(name for name in KEPT if getattr(record, name))
        if record.review_by is not None:
            # A day in the future is an answer: the author has looked.
            if record.review_by < today:
                yield Stale(person, record.review_by, is_set=True, keeps=keeps)
            continue
        last = _last_day(playbook, person, today)
        if keeps and last is not None and today - last >= LONG:
            yield Stale(person, last, is_set=False, keeps=keeps)


def _last_day(playbook: Playbook, person: Entry[Person], today: dt.date) -> dt.date | None:
    """The last day on which something passed between you; that of the first meeting where nothing did."""
    days = [touch.day for touch in touches_of(playbook, person, until=today)]
    days += [entry.date for entry in person.record.log if entry.date is not None and entry.date <= today]
    met = person.record.met
    if met is not None and met.date is not None and met.date <= today:
        days.append(met.date)
    return max(days, default=None)
