"""Promises and things to do among the parts of a line, each with the parts that only go on with it.

Knows which words promise, by whom, and where a day is due; not what else a line tells.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from playbook.capture.parts import begun, parts_of, without_and
from playbook.capture.verbs import is_absence, read_verb, with_comma
from playbook.dayforms import NO_DAY
from playbook.daywords import DayFound, find_day
from playbook.problems import shorten
from playbook.records.choices import By

_THEM = r"(?:them|him|her|you)"
_THEY = r"(?:they|he|she)"
_TO = r":? (?:to )?(?P<what>.+)"
_PROMISES = tuple(
    (by, re.compile(pattern, re.IGNORECASE))
    for by, pattern in (
        (By.THEM, rf"(?:{_THEY} )?promised? me{_TO}"),
        (By.THEM, rf"{_THEY} promised?{_TO}"),
        (By.THEM, rf"{_THEY}(?:['’]ll| will) (?P<what>.+)"),
        (By.THEM, rf"(?:(?:{_THEY} )?owes?|{_THEY} owe) me (?P<what>.+)"),
        (By.THEM, rf"(?:(?:{_THEY} )?owes|{_THEY} owe) (?P<what>.+)"),
        (By.THEM, r"(?:(?:will|to) )?(?P<what>send me .+)"),
        (By.ME, rf"(?:i(?: have|['’]ve)? )?promised?(?: {_THEM})?{_TO}"),
        (By.ME, r"i(?:['’]ll| will) (?P<what>.+)"),
        (By.ME, rf"(?:i )?owe(?: {_THEM})?{_TO}"),
        (By.ME, r"(?:(?:will|to) )?(?P<what>send .+)"),
    )
)
_PROMISE_OF_NOTHING = re.compile(
    rf"(?:(?:i|{_THEY}) )?(?:promised?(?: (?:me|{_THEM}))?|owes?|will send|send)\Z", re.IGNORECASE
)
_TO_DO = re.compile(
    r"(?:(?:to-?do|to do) ?:? (?P<task>.+)|(?P<whole>follow[ -]?up)(?P<colon> ?:)?(?: (?P<rest>.+))?)", re.IGNORECASE
)
_GOES_WITH_FOLLOW_UP = re.compile(r"(?:about|by|in|next|on|until|with|tomorrow)\b", re.IGNORECASE)
_FEW = 3
"""A part of more words than these is no mere entry of a list."""


@dataclass(frozen=True, slots=True)
class Run:
    """One part, or a promise with the parts that go on with it."""

    text: str
    between: str
    said: str
    by: By | None = None
    is_task: bool = False
    doubt: str = ""

    @property
    def is_act(self) -> bool:
        """Whether it is a promise or something to do, and no mere words."""
        return self.by is not None or self.is_task


def tells_something(part: str) -> bool:
    """Whether a part is a promise, something to do, or what happened in one word: no name of a company."""
    run = _run(part, "")
    return run.is_act or read_verb(part)[1] == "" or is_absence(part)


def runs_of(text: str, today: dt.date) -> Iterator[Run]:
    """The parts in their order, each promise together with the parts that only go on with it."""
    runs = [_run(part, between) for between, part in parts_of(with_comma(text)) if part]
    undated = ""
    while runs:
        run, *runs = runs
        while run.is_act and runs and (count := _going_on(run, runs, today)):
            for more in runs[:count]:
                run = replace(run, text=run.text + more.between + more.text)
            runs = runs[count:]
        if run.is_act:
            undated = "" if find_day(run.text, today) else run.said
        elif (day := _own_day(run.text, today)) is not None and (undated or not day.before):
            # `send slides, numbers by friday`: whose day that is, only its author knows.
            what = f"if that is the day of '{undated}'" if undated else "if something is due then"
            run = replace(run, doubt=f"'{run.said}': {what}, write it right behind it; else in quotes")
        yield run


def read_due(text: str, today: dt.date) -> tuple[str, dt.date | None, str]:
    """What is to be done, by when, and what is not clear about that."""
    day = find_day(text, today)
    if day is None:
        return begun(text), None, ""
    if day.day is None:
        # `the paper by Lamport` is a promise, too.
        hint = "; words that are no day go in quotes" if NO_DAY in day.reason else ""
        return "", None, f"{day.reason}{hint}"
    for found in re.finditer(r" and ", day.before):
        other = find_day(day.before[: found.start()], today)
        if other is not None and other.is_due:
            return "", None, f"'{shorten(text)}' holds two days; write a promise for each, with a comma between"
    return begun(day.before), day.day, ""


def read_task(part: str) -> str | None:
    """What is to be done, of a part that begins with `todo` or `follow up`; None for any other."""
    found = _TO_DO.fullmatch(part)
    if found is None or found["task"]:
        return found and found["task"]
    rest = found["rest"] or ""
    if rest and (found["colon"] or not _GOES_WITH_FOLLOW_UP.match(rest)):
        return rest
    return f"{found['whole']} {rest}".strip()


def _run(part: str, between: str) -> Run:
    bare = without_and(part)
    for by, pattern in _PROMISES:
        if match := pattern.fullmatch(bare):
            return Run(match["what"], between, part, by)
    if _PROMISE_OF_NOTHING.match(bare):
        return Run("", between, part, By.ME)
    task = read_task(bare)
    if task is not None:
        return Run(task, between, part, is_task=True)
    return Run(part, between, part)


def _going_on(run: Run, others: list[Run], today: dt.date) -> int:
    """How many of the parts behind a promise only go on with it: `paper, and the numbers`, or the day it is due."""
    for count, other in enumerate(others, 1):
        if other.is_act:
            return 0
        if without_and(other.text) != other.text:
            return count
        if count == 1 and _is_only_day(run, other, today):
            return 1
        if other.text.count(" ") >= _FEW or read_verb(other.text)[0] is not None:
            return 0
    return 0


def _is_only_day(run: Run, other: Run, today: dt.date) -> bool:
    day = find_day(other.text, today)
    if day is None or day.before:
        return False
    # `by friday, 27 Nov` is one day in two parts.
    before, after = find_day(run.text, today), find_day(run.text + other.between + other.text, today)
    return before is None or (after is not None and after.before == before.before)


def _own_day(text: str, today: dt.date) -> DayFound | None:
    """The day that words without a promise say something is due by."""
    day = find_day(text, today)
    return day if day is not None and day.is_due and NO_DAY not in day.reason else None
