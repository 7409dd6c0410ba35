"""How a day and a list read in a message, in the language of its text."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING

from playbook.views.words import MONTHS, day_text, listed

if TYPE_CHECKING:
    from babel import Locale


def say_day(day: dt.date, language: str) -> str:
    """`10 Dec 2026`, `10. Dez. 2026`: the month as a word, because numbers are read in two orders."""
    locale = _locale(language)
    if locale is None:
        return day_text(day)
    from babel.dates import format_skeleton  # noqa: PLC0415  (most messages need none of it)

    return format_skeleton("yMMMd", day, locale=locale)


def say_monday_after(day: dt.date, language: str) -> str:
    """The Monday of the week after a day, as one says it: `30 November`, `30. November`."""
    days = 7 - day.weekday()
    monday = day + dt.timedelta(days) if (dt.date.max - day).days >= days else day
    locale = _locale(language)
    if locale is None:
        return f"{monday.day} {MONTHS[monday.month - 1]}"
    from babel.dates import format_skeleton  # noqa: PLC0415

    return format_skeleton("MMMMd", monday, locale=locale)


def say_list(items: tuple[str, ...], language: str) -> str:
    """`a, b and c`, `a, b und c`."""
    locale = _locale(language)
    if locale is None:
        return listed(items)
    from babel.lists import format_list  # noqa: PLC0415

    return format_list(list(items), locale=locale)


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale | None:
    """None where our own English words serve: for English, and for a language that nobody knows."""
    if not language or language.partition("-")[0].lower() == "en":
        return None
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415

    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return None
