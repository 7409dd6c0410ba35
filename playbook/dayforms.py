"""The forms in which a day is said in plain words, and which day each means.

Refuses to guess: what could be two days (3/4, or `next friday` said on a Monday) is no day, and says why.

What each form means, with D the day that is spoken of:

- a weekday is the next one after D, never D itself; `this` before it changes nothing;
- `next` and a weekday is the one in next week (weeks begin on Monday), where that is also the next one after D;
  else it could be either, and is no day;
- a day and a month without a year is the next one from D on, within half a year; beyond that it could be a slip for a
  day that has passed, and is no day. With `ahead=False` it looks back in the same way;
- `24.11.` is day and month; of 24/11 and 11/24 only one can be meant; 3/4 is no day;
- `the 24th` is the next 24th from D on;
- `end of the month` is its last day; a month named without a year, and `the year`, likewise;
- `before friday` is the day before it.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_WEEKDAY = {name[:length]: n for n, name in enumerate(_WEEKDAYS) for length in (3, len(name))} | {
    "tues": 1, "weds": 2, "thur": 3, "thurs": 3,
}  # fmt: skip
_MONTH = {name[:length]: n for n, name in enumerate(_MONTHS, 1) for length in (3, len(name))} | {"sept": 9}
_COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
_NEARBY = {
    "yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1, "the day after tomorrow": 2, "day after tomorrow": 2,
}  # fmt: skip
NO_DAY = "is not a day"
SEVERAL = "is more than one day"
"""Parts of two reasons, by which they can be told from the others."""
_LONGEST = 40
_HALF_A_YEAR = 183

_M = "|".join(sorted(_MONTH, key=len, reverse=True))
_W = "|".join(sorted(_WEEKDAY, key=len, reverse=True))
_TH = r"(?:st|nd|rd|th)?"
_ISO = re.compile(r"(\d{4})[-/](\d\d?)[-/](\d\d?)", re.ASCII)
_DOTS = re.compile(r"(\d\d?)\.\s?(\d\d?)(?:\.|\.\s?(\d{4}|\d\d))?", re.ASCII)
_SLASHES = re.compile(r"(\d\d?)/(\d\d?)(?:/(\d{4}|\d\d))?", re.ASCII)
_DAY_MONTH = re.compile(rf"(?:the )?(\d\d?){_TH}\.?(?: of)? ({_M})\.?,?(?: (\d{{4}}))?", re.ASCII)
_MONTH_DAY = re.compile(rf"({_M})\.? (?:the )?(\d\d?){_TH},?(?: (\d{{4}}))?", re.ASCII)
_ORDINAL = re.compile(r"the (\d\d?)(?:st|nd|rd|th)", re.ASCII)
_AFTER = re.compile(rf"(?:in|within) (\d{{1,3}}|{'|'.join(_COUNTS)}) (hour|day|week|month|year)s?", re.ASCII)
_NAMED = re.compile(rf"(this |next |last )?({_W})\.?", re.ASCII)
_WITH_WEEKDAY = re.compile(rf"({_W})\.?,? (?=(?:the )?\d|(?:{_M}) )", re.ASCII)
_END = re.compile(rf"(?:the )?end of (?:(the |this |next )?(week|month|year)|({_M})(?: (\d{{4}}))?)", re.ASCII)
_VAGUE = re.compile(rf"(?:this|next) (?:week|month|year|weekend)|(?:the )?weekend|({_M})(?: \d{{4}})?", re.ASCII)
_HAS_YEAR = re.compile(r"\d{4}", re.ASCII)


def read_form(said: str, today: dt.date, ahead: bool) -> dt.date | str:  # noqa: FBT001
    """The day, or why it is none, or nothing where it does not look like one."""
    if not said or len(said) > _LONGEST:
        return ""
    named = _WITH_WEEKDAY.match(said)
    if named is not None:
        day = read_form(said[named.end() :], today, ahead)
        if isinstance(day, dt.date) and day.weekday() != _WEEKDAY[named[1]]:
            return f"{_said(day)} {day.year} is no {_WEEKDAYS[_WEEKDAY[named[1]]]}; write one of the two"
        return day
    if said in _NEARBY:
        return moved(today, days=_NEARBY[said]) or no_such(said)
    for pattern, reader in _READERS:
        found = pattern.fullmatch(said)
        if found is not None:
            return reader(found, today, ahead)
    return ""


def _iso(found: re.Match[str], today: dt.date, ahead: bool) -> dt.date | str:  # noqa: ARG001, FBT001
    return _day(int(found[1]), int(found[2]), int(found[3])) or no_such(found[0])


def _dots(found: re.Match[str], today: dt.date, ahead: bool) -> dt.date | str:  # noqa: FBT001
    return _in_year(found[0], int(found[1]), int(found[2]), found[3], today, ahead)


def _slashes(found: re.Match[str], today: dt.date, ahead: bool) -> dt.date | str:  # noqa: FBT001
    one, two = int(found[1]), int(found[2])
    if one != two and one <= 12 and two <= 12:  # noqa: PLR2004
        first, second = (f"{day} {_month(month)}" for day, month in ((one, two), (two, one)))
        return f"'{found[0]}' could be {first} or {second}; write the month as a word"
    return _in_year(found[0], max(one, two), min(one, two), found[3], today, ahead)


def _day_month(found: re.Match[str], today: dt.date, ahead: bool) -> dt.date | str:  # noqa: FBT001
    return _in_year(found[0], int(found[1]), _MONTH[found[2]], found[3], today, ahead)


def _month_day(found: re.Match[str], today: dt.date, ahead: bool) -> dt.date | str:  # noqa: FBT001
    return _in_year(found[0], int(found[2]), _MONTH[found[1]], found[3], today, ahead)


def _ordinal(found: re.Match[str], today: dt.date, ahead: bool) -> dt.date | str:  # noqa: FBT001
    """`the 31st`: the nearest month that has one."""
    months = range(today.month - 1, today.month + 3) if ahead else range(today.month - 1, today.month - 5, -1)
    for month in months:
        day = _day(today.year + month // 12, month % 12 + 1, int(found[1]))
        if day is not None and (day >= today if ahead else day <= today):
            return day
    return no_such(found[0])


def _after(found: re.Match[str], today: dt.date, ahead: bool) -> dt.date | str:  # noqa: ARG001, FBT001
    number, unit = _COUNTS.get(found[1]) or int(found[1]), found[2]
    if unit == "hour":
        if number % 24:
            return f"'{found[0]}' is not a whole number of days"
        number, unit = number // 24, "day"
    if unit in ("day", "week"):
        return moved(today, days=number * (7 if unit == "week" else 1)) or no_such(found[0])
    return moved(today, months=number * (12 if unit == "year" else 1)) or no_such(found[0])


def _weekday(found: re.Match[str], today: dt.date, ahead: bool) -> dt.date | str:  # noqa: FBT001
    word, weekday = (found[1] or "").strip(), _WEEKDAY[found[2]]
    if not ahead or word == "last":
        if word in ("this", "next"):
            return f"'{found[0]}' does not lie behind; write the date"
        return moved(today, days=-((today.weekday() - weekday - 1) % 7 + 1)) or no_such(found[0])
    coming = moved(today, days=(weekday - today.weekday() - 1) % 7 + 1)
    in_next_week = moved(today, days=7 - today.weekday() + weekday)
    if coming is None or in_next_week is None:
        return no_such(found[0])
    if word == "next" and coming != in_next_week:
        return f"'{found[0]}' could be {_said(coming)} or {_said(in_next_week)}; write the date"
    return coming


def _end(found: re.Match[str], today: dt.date, ahead: bool) -> dt.date | str:  # noqa: FBT001
    which, unit, month, year = found.groups()
    if unit == "week":
        return f"'{found[0]}' could be friday or sunday; write one"
    later = 1 if which == "next " else 0
    if unit == "year":
        return _day(today.year + later, 12, 31) or no_such(found[0])
    if unit == "month":
        first = moved(today.replace(day=1), months=later)
        return (first and _last_of(first.year, first.month)) or no_such(found[0])
    years = (int(year),) if year else _years(today, ahead)
    return _nearest(found[0], [_last_of(one, _MONTH[month]) for one in years], today, ahead, sure=bool(year))


def _vague(found: re.Match[str], today: dt.date, ahead: bool) -> dt.date | str:  # noqa: FBT001
    last = _last_within(found[0], today) if ahead else None
    return f"'{found[0]}' {SEVERAL}; write one{f', such as {last}' if last else ''}"


def _last_within(said: str, today: dt.date) -> dt.date | None:
    """The last day of what is more than one, if it lies ahead: of a week its friday."""
    later = 1 if said.startswith("next ") else 0
    if said.endswith(("week", "weekend")):
        day = moved(today, days=7 * later - today.weekday() + (6 if said.endswith("weekend") else 4))
    else:
        unit = said.removeprefix("this ").removeprefix("next ")
        found = read_form(f"end of {'next ' if later else ''}{unit}", today, True)
        day = found if isinstance(found, dt.date) else None
    return day if day is not None and day >= today else None


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], dt.date, bool], dt.date | str]], ...] = (
    (_ISO, _iso), (_DOTS, _dots), (_SLASHES, _slashes), (_DAY_MONTH, _day_month), (_MONTH_DAY, _month_day),
    (_ORDINAL, _ordinal), (_AFTER, _after), (_NAMED, _weekday), (_END, _end), (_VAGUE, _vague),
)  # fmt: skip


def _in_year(said: str, day: int, month: int, year: str | None, today: dt.date, ahead: bool) -> dt.date | str:  # noqa: FBT001
    """A day and a month in the year that was written, else in the one that makes it near."""
    if year:
        return _day(int(year) + (2000 if len(year) == 2 else 0), month, day) or no_such(said)  # noqa: PLR2004
    return _nearest(said, [_day(one, month, day) for one in _years(today, ahead)], today, ahead)


def _years(today: dt.date, ahead: bool) -> range:  # noqa: FBT001
    """The years that a day without one may lie in, the other way first; a leap day can be eight years away."""
    return range(today.year - 1, today.year + 9) if ahead else range(today.year + 1, today.year - 9, -1)


def _nearest(
    said: str, days: list[dt.date | None], today: dt.date, ahead: bool, *, sure: bool = False  # noqa: FBT001
) -> dt.date | str:  # fmt: skip
    known = [day for day in days if day is not None]
    lying = [day for day in known if sure or (day >= today if ahead else day <= today)]
    if not lying:
        return no_such(said)
    if sure or abs((lying[0] - today).days) <= _HALF_A_YEAR:
        return lying[0]
    other = [day for day in known if day not in lying]
    return f"'{said}' could be {' or '.join(day.isoformat() for day in (*other[-1:], lying[0]))}; write the year"


def may_stand_alone(said: str) -> bool:
    """Whether words are a day without a `by`: not `sat`, nor a number that may be a version or a page."""
    if said[0].isdigit() and not said[-1].isalpha():
        return bool(_HAS_YEAR.search(said)) and not said.isdigit()
    return said in _WEEKDAYS or (said not in _WEEKDAY and said not in _MONTH and not said.endswith("weekend"))


def plain_form(text: str) -> str:
    """Lower case, single spaces; a full stop at the end is a sentence's, unless a number stands before it."""
    said = " ".join(text.casefold().split())
    return said if re.search(r"\d\.\d\d?\.\Z", said) else said.rstrip(".!? ")


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def moved(day: dt.date, *, days: int = 0, months: int = 0) -> dt.date | None:
    """So many days or months later; 31 January and a month is the last of February."""
    month = day.month - 1 + months
    year = day.year + month // 12
    try:
        last = calendar.monthrange(year, month % 12 + 1)[1]
        return dt.date(year, month % 12 + 1, min(day.day, last)) + dt.timedelta(days=days)
    except (ValueError, OverflowError):
        return None


def _last_of(year: int, month: int) -> dt.date | None:
    return _day(year, month, calendar.monthrange(year, month)[1]) if dt.MINYEAR <= year <= dt.MAXYEAR else None


def _said(day: dt.date) -> str:
    return f"{_WEEKDAYS[day.weekday()][:3].title()} {day.day} {_month(day.month)}"


def _month(number: int) -> str:
    return _MONTHS[number - 1][:3].title()


def no_such(said: str) -> str:
    """What is said of a day that no calendar has."""
    return f"there is no day '{short_form(said)}'"


def short_form(text: str) -> str:
    """A text on one line, as long as a day said in words can be."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
