"""Appointments as iCalendar (RFC 5545), for calendar programs to read or follow. Knows no playbook."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable

from icalendar import Calendar, Event

from playbook.views.feeds import Appointment

PRODUCT = "-//career-playbook//EN"
# What no calendar may hold in a text; a line end is written as \n by the library.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029]")


def calendar_bytes(
    name: str,
    appointments: Iterable[Appointment],
    today: dt.date,
    *,
    url_of: Callable[[str], str] | None = None,
    discreet: bool = False,
) -> bytes:
    """A calendar file.

    Args:
        name: what programs call it.
        appointments: what stands in it, in this order.
        today: the day it was made, for the stamp that each entry must have; two files of one day are the same.
        url_of: the address of a page's source path; None leaves addresses out.
        discreet: every title is the calendar's name, and nothing but days and hours is told.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _plain(name))
    stamp = dt.datetime.combine(today, dt.time(), dt.UTC)
    for one in appointments:
        event = Event()
        event.add("uid", one.uid)
        event.add("dtstamp", stamp)
        event.add("dtstart", one.starts)
        if isinstance(one.ends, dt.datetime):
            if isinstance(one.starts, dt.datetime) and one.ends > one.starts:
                event.add("dtend", one.ends)
        elif one.ends < dt.date.max:
            # The day after the last one.
            event.add("dtend", one.ends + dt.timedelta(days=1))
        event.add("summary", _plain(name) if discreet else _plain(one.title))
        event.add("transp", "OPAQUE" if one.is_busy else "TRANSPARENT")
        event.add("class", "PRIVATE")
        if not discreet:
            if one.text:
                event.add("description", _plain(one.text))
            if one.place:
                event.add("location", _plain(one.place))
            if url_of is not None and one.page and (url := url_of(one.page)):
                event.add("url", url)
        calendar.add_component(event)
    return bytes(calendar.to_ical(sorted=False))


def _plain(text: str) -> str:
    return _CONTROLS.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")).encode("utf-8", "replace").decode()
