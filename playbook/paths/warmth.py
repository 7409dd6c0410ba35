"""How warm your tie with somebody is today: by the last touch, their own rhythm, and whether they answer.

A reckoning for the order of ways and for words about them; it never scores a person.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import IntEnum

from playbook.cadence import Touch, cadence_of, touches_of, unanswered
from playbook.graph import Entry, Playbook
from playbook.records import Person

FRESH = 92
"""Days for which a touch keeps any tie warm: a quarter."""
A_YEAR = 366
STILL_WAITING = 2
"""Messages without an answer from which on a tie is cool, however fresh they are."""


class Grade(IntEnum):
    """How warm; the warmest first."""

    WARM = 0
    """A touch within a quarter, or within their own rhythm."""
    FAIR = 1
    """A touch within a year."""
    COOL = 2
    """None for a year, none at all, or no answer."""


@dataclass(frozen=True, slots=True)
class Warmth:
    """How warm a tie is, and what shows it."""

    grade: Grade
    last: Touch | None
    circle: str
    waiting: int = 0
    """How many messages stayed without an answer."""


def warmth_of(playbook: Playbook, entry: Entry[Person], today: dt.date) -> Warmth:
    """How warm the tie with somebody is on a day."""
    touches = touches_of(playbook, entry, until=today)
    waiting = len(unanswered(touches))
    if not touches:
        return Warmth(Grade.COOL, None, entry.record.circle)
    last = touches[0]
    days = (today - last.day).days
    latest = cadence_of(playbook, entry, today).latest
    grade = Grade.COOL if days > A_YEAR else Grade.FAIR
    if days <= FRESH or (latest is not None and today <= latest):
        grade = Grade.WARM
    if waiting >= STILL_WAITING:
        grade = Grade.COOL
    return Warmth(grade, last, entry.record.circle, waiting)
