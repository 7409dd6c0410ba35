"""Days and counts in words; the one place that says how a date reads."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SOON = 14
_WEEKS_UP_TO = 70
_MONTHS_UP_TO = 730


@dataclass(frozen=True, slots=True)
class DayView:
    """A day as a page shows it."""

    iso: str
    text: str
    """`10 Dec 2026`."""
    relative: str
    """Seen from today: `in 3 weeks`, `today`, `4 days ago`."""
    days: int
    """From today; negative for the past."""

    @property
    def is_past(self) -> bool:
        """Whether it lies before today."""
        return self.days < 0

    @property
    def is_soon(self) -> bool:
        """Whether it is today or within a week."""
        return 0 <= self.days <= 7  # noqa: PLR2004


def day_view(day: dt.date, today: dt.date) -> DayView:
    """A day in words, seen from today."""
    days = (day - today).days
    return DayView(day.isoformat(), day_text(day), relative_text(days), days)


def span_view(first: dt.date, last: dt.date, today: dt.date) -> DayView:
    """The first day of several in words; once they have begun it is the last that is counted to."""
    view = day_view(first, today)
    if first < last and first <= today:
        until = "today, its last day" if today == last else f"now, until {weekday_text(last)}"
        return replace(view, relative=until if today <= last else relative_text((last - today).days))
    return view


def day_text(day: dt.date) -> str:
    """`10 Dec 2026`: month names cannot be mistaken for days, as numbers can."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def weekday_text(day: dt.date) -> str:
    """`Thu 10 Dec`."""
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"


def month_text(day: dt.date) -> str:
    """`December 2026`, shortened to `Dec 2026`."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def span_text(first: dt.date, last: dt.date) -> str:
    """`14–16 May 2027`, `30 May – 2 Jun 2027`, or the one day."""
    if first == last:
        return day_text(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day_text(last)}"
    if first.year == last.year:
        return f"{first.day} {_MONTHS[first.month - 1]} – {day_text(last)}"
    return f"{day_text(first)} – {day_text(last)}"


def relative_text(days: int) -> str:
    """`today`, `tomorrow`, `in 12 days`, `5 weeks ago`: in the unit that a person would use."""
    if days == 0:
        return "today"
    if days in (1, -1):
        return "tomorrow" if days > 0 else "yesterday"
    length = length_text(abs(days))
    return f"in {length}" if days > 0 else f"{length} ago"


def length_text(days: int) -> str:
    """`12 days`, `5 weeks`, `8 months`, `3 years`: rounded down, never to nothing."""
    if days <= _SOON:
        return count(days, "day")
    if days <= _WEEKS_UP_TO:
        return count(days // 7, "week")
    if days <= _MONTHS_UP_TO:
        return count(days // 30, "month")
    return count(days // 365, "year")


def count(number: int, noun: str, plural: str = "") -> str:
    """`1 day`, `3 days`."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def offset_text(days: int) -> str:
    """`a week before`, `3 days before`, `on the day`, `2 weeks after`: so far from the day that it is counted from."""
    if days == 0:
        return "on the day"
    side, length = "before" if days < 0 else "after", abs(days)
    if length == 1:
        return f"the day {side}"
    if length % 7 == 0:
        weeks = length // 7
        return f"{'a week' if weeks == 1 else f'{weeks} weeks'} {side}"
    return f"{length} days {side}"


def listed(words: tuple[str, ...] | list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(words) <= 1:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def fold(text: str) -> str:
    """What two spellings of one name have in common: `Thought leader` and `thought-leader` are `thought-leader`."""
    return "-".join(text.casefold().replace("_", " ").replace("-", " ").split())


def sentence_case(word: str) -> str:
    """`thought-leader` as `Thought leader`."""
    text = word.replace("-", " ").replace("_", " ")
    return text[:1].upper() + text[1:]
