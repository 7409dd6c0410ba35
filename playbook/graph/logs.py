"""In which order each author keeps a log, and what of one day in it came last.

Looks at days and places alone; knows no file and changes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from playbook.graph.playbook import Playbook
from playbook.records import LogEntry, Person

Days = Sequence[dt.date | None]
"""The day of each entry of a log as it is written, from the top; None for one without a date."""


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


def keeps_newest_first(person: Person, playbook: Playbook) -> bool:
    """Whether somebody's log has the newest entry on top; one that shows no order is kept as the others are."""
    order = is_newest_first(days_of(person))
    if order is None:
        order = most_are_newest_first(days_of(entry.record) for entry in playbook.people.values())
    return order


def latest_line(
    person: Person, playbook: Playbook, today: dt.date, *, counts: Callable[[LogEntry], bool] = lambda _: True
) -> LogEntry | None:
    """The latest line of somebody's log that counts; of one day the later one, in the order that the log is kept in."""
    dated = [line for line in person.log if line.date is not None and line.date <= today and counts(line)]
    last = max((line.date for line in dated if line.date is not None), default=None)
    of_day = [line for line in dated if line.date == last]
    if len(of_day) > 1 and keeps_newest_first(person, playbook):
        return of_day[0]
    return of_day[-1] if of_day else None


def days_of(person: Person) -> Days:
    """The day of each line of somebody's log, as it is written."""
    return [line.date for line in person.log]
