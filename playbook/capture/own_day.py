"""The day that a talk was on, where the words about it end with one: `coffee, yesterday`.

Refuses to guess: what may be the day of something else, or lies ahead, or may be no day, is told as a doubt.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from playbook.capture.acts import runs_of
from playbook.capture.parts import parts_of
from playbook.capture.verbs import is_only_verb
from playbook.daywords import SEVERAL, DayFound, find_day, read_day
from playbook.problems import shorten

# Words that say when it was, but are none of the forms of `daywords`.
_SOME_DAY = re.compile(
    r".+ ago|the day before yesterday|the other day|last (?:night|week|weekend|month|year)", re.IGNORECASE
)
_DIGIT = re.compile(r"\d")
_WEEK = 7


@dataclass(frozen=True, slots=True)
class OwnDay:
    """The day at the end of what is told of a talk; None with a `doubt`, a sentence about what is not clear."""

    before: str
    """The words without it."""
    words: str
    """How it was said: `on monday`."""
    day: dt.date | None
    doubt: str = ""


def read_own_day(text: str, today: dt.date) -> OwnDay | None:
    """The day that the words about a talk end with, behind a comma; None where they end with none.

    Right behind a promise a day is the one it is due on, as everywhere. Nothing in quotes is a day.
    """
    *first, (_, last) = parts_of(text)
    found = find_day(last, today, ahead=False)
    if found is None:
        doubt = _doubt_without(last.strip(" .!?"), today)
        return OwnDay(text, last, None, doubt) if doubt else None
    if found.is_due or (found.before and not is_only_verb(found.before)):
        return None
    runs = list(runs_of(text, today))
    if runs[-1].is_act:
        due = find_day(runs[-1].text, today)
        if due is None or due.day is None or due.day >= today:
            return None
        doubt = f"'{found.words}' could be the day of the talk, or of '{shorten(runs[-1].text, 60)}'"
        return OwnDay(text, found.words, None, doubt)
    if found.day is None and SEVERAL in found.reason:
        return None
    undated = next((run.said for run in runs if run.is_act and find_day(run.text, today) is None), "")
    doubt = _doubt(found, undated, today)
    before = "".join(between + part for between, part in first)
    if found.before:
        before += f", {found.before}" if before else found.before
    return OwnDay(before, found.words, None if doubt else found.day, doubt)


def _doubt(found: DayFound, undated: str, today: dt.date) -> str:
    """Why a day is not surely the one of the talk; empty where it is."""
    ahead = find_day(found.words, today)
    if undated and ahead is not None and ahead.day is not None and ahead.day >= today:
        return f"'{found.words}' could be the day of the talk, or the one by which '{shorten(undated, 60)}' is due"
    if found.day is None:
        return found.reason
    if found.day > today:
        return f"'{found.words}' is {found.day}, which lies ahead; write down what has been"
    is_weekday = not _DIGIT.search(found.words) and "last" not in found.words.casefold()
    if is_weekday and (today - found.day).days == _WEEK:
        return f"'{found.words}' could be today or {found.day}"
    return ""


def _doubt_without(part: str, today: dt.date) -> str:
    """Why words that are surely no day may be meant as one; empty where they are mere words."""
    if _SOME_DAY.fullmatch(part) is not None:
        return f"'{shorten(part, 40)}' is not a day that is understood"
    if part.isalpha() and read_day(part, today, ahead=False) is not None:
        return f"'{part}' could be a day or a word"
    return ""
