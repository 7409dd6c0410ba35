"""Where a new entry belongs in a log, which each author keeps in an order of their own.

Looks at days alone; knows no file and changes nothing.
"""

from __future__ import annotations

import datetime as dt

from playbook.graph import Playbook
from playbook.graph.logs import Days, days_of, keeps_newest_first
from playbook.records import Person


def place_in_log(person: Person, on: dt.date, playbook: Playbook) -> int | None:
    """The index that a log entry of a day shall have in somebody's file; None for the end.

    A log that shows no order is kept as the logs of the others in the playbook.
    """
    return place_among(days_of(person), on) if keeps_newest_first(person, playbook) else None


def place_among(days: Days, on: dt.date) -> int | None:
    """Where an entry of a day stands in a log that is kept newest first; None for the end.

    On top, also of others of its day; one that is written late stands above the first that is not later.
    """
    dated = [(index, day) for index, day in enumerate(days) if day is not None]
    if not dated or dated[0][1] <= on:
        return 0
    below = next((index for index, day in dated if day <= on), dated[-1][0] + 1)
    return below if below < len(days) else None
