"""The day that a talk was on, where the words about it say one: `coffee, yesterday`, `lunch on tuesday, she agrees`.

Refuses to guess: what may be the day of something else, or lies ahead, or may be no day, is told as a doubt.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from playbook.capture.acts import runs_of
from playbook.capture.parts import parts_of
from playbook.capture.verbs import OCCASION, is_only_verb
from playbook.dayforms import SEVERAL
from playbook.daywords import MAX_WORDS, DayFound, find_day, read_day
from playbook.problems import shorten

# Words that say when it was, but are none of `dayforms`.
_SOME_DAY = re.compile(
    r".+ ago|the day before yesterday|the other day|last (?:night|week|weekend|month|year)", re.IGNORECASE
)
_DIGIT = re.compile(r"\d")
_WHAT_WAS = re.compile(
    rf"(?:(?:(?:i|we|they|he|she) )?(?:met|saw|wrote|called|phoned|rang|e-?mailed|mailed|messaged|texted|answered|"
    rf"replied|asked|gave|heard|received|thanked|introduced|(?:talked|spoke|chatted)(?: (?:to|with))?)|{OCCASION}"
    r"|e-?mail|mail|message|letter)(?=[ ]|\Z)",
    re.IGNORECASE,
)
"""What words that say when it was begin with: what passed."""
_CLAUSE = re.compile(
    r"\b(?:that|what|why|how|who|when|where|whether|if|which|because|until|will|would)\b", re.IGNORECASE
)
_OF_WHAT = re.compile(r"\b(?:about|of|on|for|regarding|to|after|before|since)\b", re.IGNORECASE)
"""Behind one of these a day may be that of the talk, or of what stands there."""
_WEEK = 7
_SURE = frozenset(("today", "yesterday"))


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
    """The day of a talk that the words about it say: behind the last comma, or with what passed, at the beginning.

    None where they say none. Right behind a promise a day is the one it is due on, as everywhere. Nothing in quotes is
    a day.
    """
    return _at_the_end(text, today) or _at_the_beginning(text, today)


def _at_the_end(text: str, today: dt.date) -> OwnDay | None:
    """`coffee, yesterday`."""
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


def _at_the_beginning(text: str, today: dt.date) -> OwnDay | None:
    """`called yesterday, she agrees`, `yesterday about the slot`, `lunch at the port on tuesday, she agrees`."""
    parts = parts_of(text)
    at = 1 if len(parts) > 1 and _WHAT_WAS.fullmatch(parts[0][1]) else 0
    part = parts[at][1]
    if any(run.is_act for run in runs_of(part, today)):
        return None
    said = _WHAT_WAS.match(part) if at == 0 else None
    found = _first_words(part[said.end() :].lstrip() if said else part, today, is_sure=said is not None)
    if found is not None:
        before = " ".join(words for words in (said[0] if said else "", found.before) if words)
    else:
        found = _last_words(part, said[0] if said else "", today)
        before = found.before if found is not None else ""
    if found is None or found.doubt:
        return found and OwnDay(text, found.words, None, found.doubt)
    kept = [*parts[:at], *([(parts[at][0], before)] if before else []), *parts[at + 1 :]]
    return OwnDay("".join(between + words for between, words in kept).lstrip(" ,;"), found.words, found.day)


def _first_words(part: str, today: dt.date, *, is_sure: bool) -> OwnDay | None:
    """The day that has been and that words begin with; `friday demos` are sure (`is_sure`) only behind what passed."""
    words = part.split(" ")
    for count in range(min(len(words), MAX_WORDS), 0, -1):
        found = find_day(" ".join(words[:count]), today, ahead=False)
        if found is None or found.before or found.is_due or found.day is None or found.day > today:
            continue
        doubt = _doubt(found, "", today)
        if not (doubt or is_sure) and count == 1 < len(words) and found.words.casefold() not in _SURE:
            doubt = f"'{found.words}' could be the day of the talk, or a word"
        return OwnDay(" ".join(words[count:]), found.words, found.day, doubt)
    return None


def _last_words(part: str, said: str, today: dt.date) -> OwnDay | None:
    """The day that words end with which begin with what passed (`said`)."""
    found = find_day(part, today, ahead=False)
    if found is None or found.is_due or not said or not found.before.startswith(said):
        return None
    more = found.before.removeprefix(said)
    if _CLAUSE.search(more) or (more and (found.day is None or found.day > today)) or SEVERAL in found.reason:
        return None
    doubt = _doubt(found, "", today)
    if _OF_WHAT.search(more) and not doubt:
        doubt = f"'{found.words}' could be the day of the talk, or of '{shorten(more.strip(), 60)}'"
    return OwnDay(found.before, found.words, found.day, doubt)


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
