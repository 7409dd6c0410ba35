"""Puts each step on a day: an axis of time that never goes back, though clocks and rebases do."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

_ZONE = re.compile(r"([+-])(\d\d)(\d\d)\Z", re.ASCII)
_LAST_SECOND = int(dt.datetime(9999, 12, 30, tzinfo=dt.UTC).timestamp())
_YEAR = 366
_NEIGHBOURS = 50


class Clock(NamedTuple):
    """The dates of one commit, as git keeps them."""

    author: int
    """Seconds since 1970."""
    zone: str
    """The author's, as `+0530`."""
    committer: int
    """Seconds since 1970."""


class Days(NamedTuple):
    """A day for each clock, in their order."""

    days: list[dt.date]
    ahead: list[tuple[int, dt.date]]
    """(index, the day it claims) of each clock that was far ahead of its neighbours, or of now."""


def moment(seconds: int, zone: str) -> dt.datetime:
    """The moment in its own zone; a date or a zone that cannot be is brought to the nearest that can."""
    return dt.datetime.fromtimestamp(min(max(seconds, 0), _LAST_SECOND), _zone(zone))


@lru_cache(maxsize=256)
def _zone(written: str) -> dt.timezone:
    found = _ZONE.match(written)
    minutes = min(int(found[2]) * 60 + int(found[3]), 23 * 60 + 59) * (-1 if found[1] == "-" else 1) if found else 0
    return dt.timezone(dt.timedelta(minutes=minutes))


def days_of(clocks: Sequence[Clock], now: dt.datetime | None = None) -> Days:
    """A day for each commit, oldest first.

    It is the running maximum of the earlier of the author's and the committer's date: a rebase sets the second anew, a
    wrong clock mostly both. One that is far ahead would push everything after it into the future; it is put on the day
    of the commit before, and named.
    """
    claimed = [moment(min(clock.author, clock.committer), clock.zone).date() for clock in clocks]
    latest = now.date() + dt.timedelta(days=1) if now is not None else None
    found = Days([], [])
    last = dt.date.min
    for index, day in enumerate(claimed):
        if (latest is not None and day > latest) or (_is_leap(day, last) and _is_alone(claimed, index)):
            found.ahead.append((index, day))
            if last == dt.date.min:  # the very first: there is none before it
                last = min(claimed[: _NEIGHBOURS + 1])
        else:
            last = max(last, day)
        found.days.append(last)
    return found


def _is_leap(day: dt.date, last: dt.date) -> bool:
    return last == dt.date.min or (day - last).days > _YEAR


def _is_alone(claimed: Sequence[dt.date], index: int) -> bool:
    """Whether most of the commits that follow are more than a year older than this one claims to be."""
    following = claimed[index + 1 : index + 1 + _NEIGHBOURS]
    older = sum((claimed[index] - day).days > _YEAR for day in following)
    return 2 * older > len(following)
