"""What you gave somebody, and when: by the log, and by offers that were taken up.

One gift is often written in both, so an offer counts only where the log of its day tells of no giving.
"""

from __future__ import annotations

import datetime as dt

from playbook.records import Person


def gifts_of(person: Person) -> tuple[dt.date | None, ...]:
    """The day of everything given, as it was written; None for what has no day."""
    logged = [line.date for line in person.log if line.kind.is_giving]
    taken_up = [offer.given.on for offer in person.offers if offer.given is not None]
    return (*logged, *(day for day in taken_up if day is None or day not in logged))
