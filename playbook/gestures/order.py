"""Where a new entry belongs in a log, which each author keeps in an order of their own.

Looks at days alone; knows no file and changes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import pairwise

from playbook.graph import Playbook
from playbook.records import Person

Days = Sequence[dt.date | None]
"""The day of each entry of a log as it is written, from the top; None for one without a date."""


def place_in_log(person: Person, on: dt.date, playbook: Playbook) -> int | None:
    """The index that a log entry of a day shall have in somebody's file; None for the end.

    A log that shows no order is kept as the logs of the others in the playbook.
    """
    days = _days_of(person)
    newest_first = is_newest_first(days)
    if newest_first is None:
        newest_first = most_are_newest_first(_days_of(entry.record) for entry in playbook.people.values())
    return place_among(days, on) if newest_first else None


def is_newest_first(days: Days) -> bool | None:
    """Whether no dated entry is later than the one above it; None where fewer than two days stand there to tell."""
    dated = [day for day in days if day is not None]
    if len(set(dated)) <= 1:
        return None
    return all(above >= below for above, below in pairwise(dated))


def most_are_newest_first(logs: Iterable[Days]) -> bool:
    """Whether more than half of the logs that show an order have the newest entry on top."""
    shown = [order for days in logs if (order := is_newest_first(days)) is not None]
    return 2 * sum(shown) > len(shown)


def place_among(days: Days, on: dt.date) -> int | None:
    """Where an entry of a day stands in a log that is kept newest first; None for the end.

    On top, also of others of its day; one that is written late stands above the first that is not later.
    """
    dated = [(index, day) for index, day in enumerate(days) if day is not None]
    if not dated or dated[0][1] <= on:
        return 0
    below = next((index for index, day in dated if day <= on), dated[-1][0] + 1)
    return below if below < len(days) else None


def _days_of(person: Person) -> Days:
    return [line.date for line in person.log]
