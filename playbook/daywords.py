"""Reads a day out of plain words, and finds one at the end of a text: `friday`, `24 Nov`, `in 2 weeks`, 2026-12-01.

What each form means, and what is refused as no one day, `dayforms` says.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from playbook.dayforms import NO_DAY, may_stand_alone, moved, no_such, plain_form, read_form, short_form

_BY = ("no later than", "by", "until", "till", "til", "due", "on", "before")
"""What may stand before a day that something is due."""
_BINDS = frozenset((
    "about", "after", "and", "at", "during", "for", "from", "his", "last", "my", "of", "or", "our", "past",
    "per", "since", "than", "the", "their", "to", "with", "your",
))  # fmt: skip
"""Behind one of these a bare day belongs to the words: `slides for friday`."""
MAX_WORDS = 7
"""The longest form has so many: `no later than end of next month`."""
_LAST_BY = re.compile(r"\b(?:by|until|till)\s+([^\"]+)\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DayFound:
    """A day at the end of a text. Where `day` is None, `reason` says why the words are not one day."""

    before: str
    """The text without it."""
    words: str
    """How it was said: `by friday`."""
    day: dt.date | None
    reason: str = ""

    @property
    def is_due(self) -> bool:
        """Whether something is due then: `by friday`, not `on friday`."""
        return plain_form(self.words).startswith(tuple(f"{word} " for word in _BY if word != "on"))


def read_day(text: str, today: dt.date, *, ahead: bool = True) -> dt.date | None:
    """The day that a text says, or None where it says none, or more than one.

    Args:
        text: the words of the day alone, in any case.
        today: the day that they are said on.
        ahead: whether a day without a year lies ahead; else it lies behind.
    """
    found = read_form(plain_form(text), today, ahead)
    return found if isinstance(found, dt.date) else None


def why_no_day(text: str, today: dt.date, *, ahead: bool = True) -> str:
    """Why a text is not one day, as a sentence; empty where it is one."""
    found = read_form(plain_form(text), today, ahead)
    if isinstance(found, dt.date):
        return ""
    return found or f"'{short_form(text)}' {NO_DAY}; write one such as 24 Nov, friday or {today.isoformat()}"


def find_day(text: str, today: dt.date, *, ahead: bool = True) -> DayFound | None:
    """The day that a text ends with, or None where it ends with none: `Slides by friday`, `Call tomorrow`.

    What stands behind a `by` and is no day is found too, with the reason. Nothing is looked for in quotes.
    """
    text = text.rstrip().rstrip("!?")
    starts = [found.start() for found in re.finditer(r"\S+", text)][-MAX_WORDS - 1 :]
    for start in starts:
        before, words = text[:start].rstrip(" ,;:"), text[start:]
        said = plain_form(words)
        by = next((word for word in _BY if said.startswith(f"{word} ")), "")
        if by:
            found = read_form(said[len(by) + 1 :], today, ahead)
            if isinstance(found, dt.date):
                day = moved(found, days=-1) if by == "before" else found
                return DayFound(before, words, day, "" if day else no_such(words))
        elif said and may_stand_alone(said) and before.casefold().rpartition(" ")[2] not in _BINDS:
            found = read_form(said, today, ahead)
        else:
            continue
        if found:
            day = found if isinstance(found, dt.date) else None
            return DayFound(before, words, day, "" if day else str(found))
    behind = _LAST_BY.search(text)
    if behind is None:
        return None
    reason = why_no_day(behind[1], today, ahead=ahead)
    return DayFound(text[: behind.start()].rstrip(" ,;:"), text[behind.start() :], None, reason)
