"""Days, moments and rhythms as an author writes them: `2027-04-15`, `T-30`, `--05-14`, `every 6 weeks`.

Each reader takes the text that was typed and says in its own words why it is no such day. Knows no field and no clock.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any, NamedTuple

from playbook.problems import shorten, suggest
from playbook.records.texts import Refused, typed

# ASCII: other scripts have digits of their own, which int() reads and nobody else does.
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)\Z", re.ASCII)
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)(?:[ T](\d\d):(\d\d))?\Z", re.ASCII)
_OFFSET = re.compile(r"T([+-])(\d{1,4})\Z", re.ASCII)
_YEARLY = re.compile(r"--(\d\d)-(\d\d)\Z", re.ASCII)
_WITHOUT_A_YEAR = re.compile(r"(\d{1,2})-(\d{1,2})\Z", re.ASCII)


def typed_day(value: Any) -> dt.date:
    """A day, as `2027-04-15`."""
    text = typed(value, "a date")
    match = _DAY.match(text)
    if match is None:
        raise Refused("bad-date", f"'{shorten(text, 30)}' is not a date", _nearest_date(text))
    try:
        return dt.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        raise Refused("bad-date", f"there is no day {text}", "A date is year-month-day, such as 2027-04-15.") from None


def _nearest_date(text: str) -> str:
    for pattern in (
        "%d.%m.%Y",
        "%Y/%m/%d",
        "%Y.%m.%d",
        "%Y%m%d",
        "%d %B %Y",
        "%d %b %Y",
        "%B %d, %Y",
        "%Y-%m-%d",
    ):
        try:
            return f"Did you mean '{dt.datetime.strptime(text.strip(), pattern).date().isoformat()}'?"
        except ValueError:
            continue
    return "A date is written as year-month-day, such as 2027-04-15."


class Moment(NamedTuple):
    """A day, and the time on it where one was given (local to the event's time zone)."""

    day: dt.date
    time: dt.time | None = None


def typed_moment(value: Any) -> Moment:
    """A day, and the time on it where one was typed: `2027-05-14 09:00`."""
    text = typed(value, "a date or a time")
    match = _MOMENT.match(text)
    if match is None:
        raise Refused(
            "bad-date",
            f"'{shorten(text, 30)}' is not a date or a time",
            "Write 2027-05-14 or 2027-05-14 09:00.",
        )
    day = typed_day(match[1])
    if match[2] is None:
        return Moment(day)
    try:
        return Moment(day, dt.time(int(match[2]), int(match[3])))
    except ValueError:
        raise Refused("bad-date", f"there is no time {match[2]}:{match[3]}", "Times run from 00:00 to 23:59.") from None


@dataclass(frozen=True, slots=True)
class Due:
    """When something should be done: on a day, or so many days from T (one of the two is None)."""

    day: dt.date | None = None
    offset: int | None = None
    from_end: bool = False
    """Whether it counts from where T ends; zero has a sign too: `T-0` is an event's first day, `T+0` its last."""

    def __str__(self) -> str:
        return self.day.isoformat() if self.day else f"T{'+' if self.from_end else '-'}{abs(self.offset or 0)}"


def typed_due(value: Any) -> Due:
    """A day, or one counted from T: `T-30`."""
    text = typed(value, "a date or T-30")
    match = _OFFSET.match(text)
    if match is not None:
        return Due(offset=int(match[1] + match[2]), from_end=match[1] == "+")
    if text.upper().startswith("T") and any(c.isdigit() for c in text):
        digits = re.sub(r"\D", "", text)[:4]
        sign = "+" if "+" in text else "-"
        raise Refused("bad-date", f"'{shorten(text, 30)}' is not a relative date", f"Did you mean 'T{sign}{digits}'?")
    return Due(day=typed_day(text))


@dataclass(frozen=True, slots=True)
class Done:
    """That something is done; `on` is None where only `true` was written and git has to say when."""

    on: dt.date | None = None


def typed_done(value: Any) -> Done | None:
    """The day that something was done on, `true` where git has to say when, or nothing for `false`."""
    if value in ("false", "no"):
        return None
    if value in ("true", "yes"):
        return Done()
    return Done(typed_day(value))


@dataclass(frozen=True, slots=True)
class YearDay:
    """A day that comes each year; `year` is the first one, where it is known."""

    month: int
    day: int
    year: int | None = None


def typed_year_day(value: Any) -> YearDay:
    """A day that comes each year: `--05-14`, or a date with its first year."""
    text = typed(value, "a date or --05-14")
    match = _YEARLY.match(text)
    if match is None:
        if _WITHOUT_A_YEAR.match(text):
            raise Refused("bad-date", f"'{shorten(text, 30)}' is not a date", _nearest_year_day(text))
        day = typed_day(text)
        return YearDay(day.month, day.day, day.year)
    typed_day(f"2024-{match[1]}-{match[2]}")  # a leap year: --02-29 is somebody's birthday
    return YearDay(int(match[1]), int(match[2]))


def _nearest_year_day(text: str) -> str:
    for pattern in ("%Y-%m-%d", "%Y-%d-%m"):
        try:
            day = dt.datetime.strptime(f"2024-{text}", pattern).date()  # a leap year
        except ValueError:
            continue
        return f"Did you mean '--{day.month:02}-{day.day:02}'?"
    return "A day of every year is --month-day, such as --05-14."


_UNITS = {"day": (1, 0), "week": (7, 0), "month": (0, 1), "quarter": (0, 3), "year": (0, 12)}
_WORDS = {"daily": "1 day", "weekly": "1 week", "biweekly": "2 weeks", "fortnightly": "2 weeks", "monthly": "1 month",
          "quarterly": "1 quarter", "yearly": "1 year", "annually": "1 year"}  # fmt: skip
_RHYTHM = re.compile(r"(?:every )?(?:(\d{1,3}) )?(day|week|month|quarter|year)s?\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Period:
    """A length of calendar time. Both 0 is `never`."""

    days: int = 0
    months: int = 0

    @property
    def is_never(self) -> bool:
        """Whether nothing ever falls due by it."""
        return not self.days and not self.months

    def after(self, day: dt.date) -> dt.date:
        """The day one period later; 31 January and a month is the last of February. Years end at 9999."""
        month = day.month - 1 + self.months
        year = day.year + month // 12
        if year > dt.MAXYEAR:
            return dt.date.max
        month = month % 12 + 1
        last = (
            (dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)).day
            if (year, month) != (dt.MAXYEAR, 12)
            else 31
        )
        moved = dt.date(year, month, min(day.day, last))
        try:
            return moved + dt.timedelta(days=self.days)
        except OverflowError:
            return dt.date.max

    def stretched(self) -> Period:
        """One and a half times as long, in days where a month does not halve."""
        if self.months % 2 == 0:
            return Period(-(-self.days * 3 // 2), self.months * 3 // 2)
        return Period(-(-self.days * 3 // 2) + 15, self.months + self.months // 2)

    def __str__(self) -> str:
        if self.is_never:
            return "never"
        for size, name in ((12, "year"), (3, "quarter"), (1, "month")):
            if self.months and not self.days and self.months % size == 0:
                return _every(self.months // size, name)
        if self.months:
            return f"{_every(self.months, 'month')} and {self.days} days"
        return _every(self.days // 7, "week") if self.days % 7 == 0 else _every(self.days, "day")


def _every(count: int, unit: str) -> str:
    return f"every {unit}" if count == 1 else f"every {count} {unit}s"


def typed_period(value: Any) -> Period:
    """A rhythm: `weekly`, `every 6 weeks`, `never`."""
    text = " ".join(typed(value, "a rhythm such as 'every 6 weeks'").lower().split())
    if text == "never":
        return Period()
    match = _RHYTHM.match(_WORDS.get(text, text))
    if match is None or match[1] == "0" * len(match[1] or "x"):
        raise Refused(
            "bad-rhythm",
            f"'{shorten(text, 40)}' is not a rhythm",
            suggest(text, (*_WORDS, "never")) or "Write weekly, every 6 weeks, monthly, quarterly, yearly or never.",
        )
    days, months = _UNITS[match[2]]
    count = int(match[1] or 1)
    return Period(days * count, months * count)
