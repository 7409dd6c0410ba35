"""Which day it is: in a time zone, by name, or because somebody wrote the day.

Zones come from the machine's own database or the `tzdata` package.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from playbook.problems import suggest

_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII)


@cache
def zone_exists(name: str) -> bool:
    """Whether the IANA database knows `name`."""
    # It takes longer to import than most commands need a zone for.
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # noqa: PLC0415

    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def nearest_zone(name: str) -> str:
    """A hint: the zone that was likely meant, by its whole name or its city's."""
    from zoneinfo import available_timezones  # noqa: PLC0415

    zones = available_timezones()
    city = name.rsplit("/", 1)[-1]
    cities = {zone.rsplit("/", 1)[-1]: zone for zone in sorted(zones, reverse=True)}
    near = suggest(city, cities)
    if near:
        return f"Did you mean '{cities[near.split(chr(39))[1]]}'?"
    return suggest(name, zones) or "Write an IANA name, such as Europe/Berlin."


def today_in(name: str, now: dt.datetime | None = None) -> dt.date:
    """The day it is in the zone `name` (where it is empty or unknown: on this machine).

    `now` is an aware moment; the present one by default.
    """
    moment = now or dt.datetime.now(dt.UTC)
    if name and zone_exists(name):
        from zoneinfo import ZoneInfo  # noqa: PLC0415

        return moment.astimezone(ZoneInfo(name)).date()
    return moment.astimezone().date()


def read_day(text: str) -> dt.date:
    """A day written as 2027-04-15, and in no other of the ways that ISO 8601 knows.

    Raises:
        ValueError: for anything else.
    """
    if not _DAY.match(text):
        raise ValueError(text)
    return dt.date.fromisoformat(text)
