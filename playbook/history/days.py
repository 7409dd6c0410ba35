"""Puts each step on a day: an axis of time that never goes back, though clocks and rebases do."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

_ZONE = re.compile(r"([+-])(\d\d)(\d\d)\Z", re.ASCII)
_LAST_SECOND = int(dt.datetime(9999, 12, 30, tzinfo=dt.UTC).timestamp())
_EPOCH = dt.date(1970, 1, 1).toordinal()
_NEVER = dt.date.max.toordinal()
_DAY = 24 * 60 * 60
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
    return dt.timezone(dt.timedelta(seconds=_offset(written)))


@lru_cache(maxsize=256)
def _offset(zone: str) -> int:
    """Seconds east of Greenwich."""
    found = _ZONE.match(zone)
    if found is None:
        return 0
    return min(int(found[2]) * 60 + int(found[3]), 23 * 60 + 59) * (-60 if found[1] == "-" else 60)


def days_of(clocks: Sequence[Clock], now: dt.datetime | None = None) -> Days:
    """A day for each commit, oldest first.

    It is the running maximum of the earlier of the author's and the committer's date: a rebase sets the second anew, a
    wrong clock mostly both. One that is far ahead would push everything after it into the future; it is put on the day
    of the commit before, and named.
    """
    claimed = [_day_number(min(clock.author, clock.committer), clock.zone) for clock in clocks]
    latest = now.date().toordinal() + 1 if now is not None else _NEVER
    days: list[int] = []
    ahead: list[tuple[int, dt.date]] = []
    last = 0
    for index, day in enumerate(claimed):
        # Only a leap of a year is looked at: that a clock ran wrong for less moves little, and nobody could tell.
        if day > latest or (day - last > _YEAR and _is_alone(claimed, index)):
            ahead.append((index, dt.date.fromordinal(day)))
            if not last:  # the very first: there is none before it
                last = min(claimed[: _NEIGHBOURS + 1])
        elif day > last:
            last = day
        days.append(last)
    dates = {day: dt.date.fromordinal(day) for day in set(days)}
    return Days([dates[day] for day in days], ahead)


def _day_number(seconds: int, zone: str) -> int:
    """The day in its own zone, counted as `date.toordinal` counts."""
    return _EPOCH + (min(max(seconds, 0), _LAST_SECOND) + _offset(zone)) // _DAY


def _is_alone(claimed: Sequence[int], index: int) -> bool:
    """Whether most of the commits that follow are more than a year older than this one claims to be."""
    following = claimed[index + 1 : index + 1 + _NEIGHBOURS]
    older = sum(claimed[index] - day > _YEAR for day in following)
    return 2 * older > len(following)
