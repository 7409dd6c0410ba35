"""The filters of outreach templates: what each takes, what it gives, and how it writes.

Values are text, days, numbers and tuples of text. A filter of nothing is nothing; only `default` and `length` differ.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playbook.render.scripts.speech import say_day, say_list, say_monday_after

Kind = Any
"""What a value is: one of the words below, a mapping (name → kind), or a list that holds the kind of its entries."""
TEXT, DAY, LIST, NUMBER, YES_OR_NO, NOTHING, MIXED = "text", "date", "list", "number", "yes or no", "nothing", "mixed"
WRITABLE = frozenset((TEXT, DAY, LIST, NUMBER, MIXED))


def say(value: Any, language: str) -> str:
    """How a value reads in a message: a day in words, a list with commas."""
    if isinstance(value, str):
        return value
    if isinstance(value, dt.date):
        return say_day(value, language)
    if isinstance(value, tuple):
        return say_list(tuple(say(item, language) for item in value), language)
    return str(value)


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter."""

    write: Callable[[Any, tuple[Any, ...], str], Any]
    """(value, arguments, language) → value."""
    gives: Kind = TEXT
    """`""` for what it takes."""
    takes: frozenset[str] = WRITABLE
    takes_what: str = ""
    """What it takes, in words, where that is not everything."""
    least: int = 0
    most: int = 0


def _of_text(write: Callable[[str], str]) -> Filter:
    return Filter(lambda value, _arguments, language: write(say(value, language)))


def _join(value: Any, arguments: tuple[Any, ...], language: str) -> str:
    separator = say(arguments[0], language) if arguments else ""
    return separator.join(say(item, language) for item in (value if isinstance(value, tuple) else (value,)))


def _end(index: int) -> Callable[[Any, tuple[Any, ...], str], Any]:
    return lambda value, _arguments, _language: value[index] if value else value


def _trim(value: Any, arguments: tuple[Any, ...], language: str) -> str:
    return say(value, language).strip(say(arguments[0], language) if arguments else None)


def _title(text: str) -> str:
    # Not str.title, which writes "Ada'S".
    return "".join(
        character.upper() if not index or text[index - 1] in " \t\n-([{<" else character.lower()
        for index, character in enumerate(text)
    )


FILTERS = {
    "capitalize": _of_text(str.capitalize),
    "d": Filter(lambda value, _arguments, _language: value, gives="", least=1, most=2),
    "date": Filter(
        lambda value, _arguments, language: say(value, language), takes=frozenset((DAY, MIXED)), takes_what="a day"
    ),
    "default": Filter(lambda value, _arguments, _language: value, gives="", least=1, most=2),
    "first": Filter(_end(0), takes=frozenset((LIST, TEXT)), takes_what="a list"),
    "join": Filter(_join, takes=frozenset((LIST,)), takes_what="a list", most=1),
    "last": Filter(_end(-1), takes=frozenset((LIST, TEXT)), takes_what="a list"),
    "length": Filter(
        lambda value, _arguments, _language: len(value),
        gives=NUMBER,
        takes=frozenset((LIST, TEXT)),
        takes_what="a list",
    ),
    "lower": _of_text(str.lower),
    "next_week": Filter(
        # A fallback for a day is a text, and stands as it is.
        lambda value, _arguments, language: (
            say_monday_after(value, language) if isinstance(value, dt.date) else say(value, language)
        ),
        takes=frozenset((DAY,)),
        takes_what="a day, such as today",
    ),
    "title": _of_text(_title),
    "trim": Filter(_trim, most=1),
    "upper": _of_text(str.upper),
}
"""Name → filter, as templates call them."""
