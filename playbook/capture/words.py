"""Takes apart what stands behind a code: what happened, what was promised by whom, what to do, by when.

Knows no playbook. The words stay as they were written, but for a capital at the beginning.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from playbook.daywords import DayFound, find_day, read_day, why_no_day
from playbook.gestures.people import Pledge
from playbook.problems import shorten
from playbook.records.choices import By, LogKind
from playbook.views.words import weekday_text


@dataclass(frozen=True, slots=True)
class ToDo:
    """Something to do afterwards."""

    what: str
    due: dt.date | None


@dataclass(frozen=True, slots=True)
class Told:
    """What a line tells of somebody; `doubts` are sentences about what in it is not clear."""

    kind: LogKind
    what: str
    promises: tuple[Pledge, ...] = ()
    to_do: tuple[ToDo, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ticked:
    """What a line tells of a checklist item: done on a day, or left out for a reason (`doubt`: neither)."""

    done: dt.date | None = None
    skipped: str = ""
    doubt: str = ""


# A comma ends a part, but for the one in 1,000 and the one in `Nov 27, 2026`; nothing in quotes does.
_BETWEEN = re.compile(
    r"\"[^\"]*\"|( ?(?:;|(?<!\d),(?! ?\d{4} ?(?:[,;]|\Z))|(?<=\d),(?!\d| \d{4} ?(?:[,;]|\Z))) ?"
    r"| and (?=(?:(?:i|they|he|she) )?(?:promised?|will send|owes?) ))",
    re.IGNORECASE | re.ASCII,
)
_AND = re.compile(r"(?:and|&|plus) ", re.IGNORECASE)
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
_VERBS = {str(kind): kind for kind in LogKind} | {"got": LogKind.RECEIVED}
_VERB = re.compile(rf"(?:i )?(?P<verb>{'|'.join(_VERBS)})(?P<colon> ?:)?(?: (?P<rest>.+)|\Z)", re.IGNORECASE)
# `called: she will ask` is `called, she will ask`; a note is what stands behind its colon, whatever it says.
_HEAD = re.compile(
    rf"\A((?:i )?(?:{'|'.join(verb for verb in _VERBS if verb != LogKind.NOTE)})) ?: ?(?=\S)", re.IGNORECASE
)
_DUE = ("by ", "until ", "till ", "before ")
_NO_DAY = "is not a day"
_FEW = 3
"""A part of more words than these is no mere entry of a list."""
_ME = re.compile(r"me\b", re.IGNORECASE)
_SENT_ME = re.compile(rf"(?:{_THEY} )?sent me\b", re.IGNORECASE)
_ONLY_PRONOUN = re.compile(rf"{_THEM}[.!]?\Z", re.IGNORECASE)
_SKIPPED = re.compile(r"(?:skip|skipped)(?: ?[:,] ?| because |, because | )(?P<why>.+)", re.IGNORECASE)
_DONE = re.compile(r"done[.!]?(?: ?[:,]? (?:on )?(?P<day>.+))?", re.IGNORECASE)
_LEARNED = re.compile(r"(?:learned|learnt|lesson) ?:? (?P<what>.+)", re.IGNORECASE)


def read_words(text: str, today: dt.date) -> Told:
    """What the words behind somebody's code tell. `today` is the day from which `friday` is counted."""
    kind: LogKind | None = None
    words: list[str] = []
    promises: list[Pledge] = []
    to_do: list[ToDo] = []
    doubts: list[str] = []
    gap = False
    for run in _runs(text, today):
        if run.doubt:
            doubts.append(run.doubt)
        elif not run.is_act:
            found, said = _verb(run.text)
            kind = kind or found
            if said:
                between = (", " if gap else run.between) if words else ""
                words.append(between + said)
            gap = gap and not said
        else:
            gap = True
            what, due, doubt = _due(run.text, today)
            if doubt or not what:
                doubts.append(doubt or f"'{run.said}' does not say what")
            elif run.by is None:
                to_do.append(ToDo(what, due))
            else:
                promises.append(Pledge(what, run.by, due))
    return Told(kind or LogKind.MET, _begun("".join(words)), tuple(promises), tuple(to_do), tuple(doubts))


def read_tick(text: str, on: dt.date, today: dt.date) -> Ticked:
    """What the words behind an item's code tell; done without a day is done `on` that day."""
    skipped = _SKIPPED.fullmatch(text)
    if skipped is not None:
        return Ticked(skipped=_begun(skipped["why"].removeprefix("because ").strip()))
    done = _DONE.fullmatch(text)
    if done is None:
        return Ticked(doubt="an item is 'done', or 'skip because …'")
    if not done["day"]:
        return Ticked(done=on)
    day = read_day(done["day"], today, ahead=False)
    if day is not None and day > today:
        return Ticked(doubt=f"{day} lies ahead; an item is done on a day that has come")
    return Ticked(done=day, doubt="" if day else why_no_day(done["day"], today, ahead=False))


def read_learned(text: str) -> str:
    """What was learned, of a line that begins so; empty for any other."""
    found = _LEARNED.fullmatch(text)
    return _begun(found["what"]) if found else ""


def read_to_do(text: str, today: dt.date) -> tuple[ToDo | None, str]:
    """What is to be done, of a line that begins with `todo` or `follow up`, or what is not clear; else neither."""
    found = _TO_DO.fullmatch(text)
    if found is None:
        return None, ""
    what, due, doubt = _due(_task(found), today)
    return (None, doubt) if doubt else (ToDo(what, due), "")


def parts_of(text: str) -> list[tuple[str, str]]:
    """The parts of a text between commas and semicolons, each with what stood before it: `(", ", "two")`."""
    found: list[tuple[str, str]] = []
    begin, between = 0, ""
    for match in _BETWEEN.finditer(text):
        if match[1]:
            found.append((between, text[begin : match.start()].strip()))
            begin, between = match.end(), match[1]
    found.append((between, text[begin:].strip()))
    return found


def long_day(day: dt.date) -> str:
    """`Fri 27 Nov 2026`: the weekday shows what `friday` was taken for."""
    return f"{weekday_text(day)} {day.year}"


def tells_something(part: str) -> bool:
    """Whether a part is a promise, something to do, or what happened in one word: no name of a company."""
    run = _run(part, "")
    return run.is_act or _verb(part)[1] == ""


def is_only_verb(text: str) -> bool:
    """Whether words say nothing but what happened: `called`, `I wrote`."""
    found = _VERB.fullmatch(text)
    return found is not None and not found["rest"]


@dataclass(frozen=True, slots=True)
class Acts:
    """Where promises and things to do stand in the words of a line."""

    last_is_act: bool
    """Whether the words end in one."""
    last: str
    """What the words end in."""
    undated: str
    """The first one without a day; empty where each has one."""


def acts_of(text: str, today: dt.date) -> Acts:
    """The promises and things to do among the words, as `read_words` finds them."""
    runs = list(_runs(text, today))
    undated = [run.said for run in runs if run.is_act and find_day(run.text, today) is None]
    return Acts(bool(runs) and runs[-1].is_act, runs[-1].text if runs else "", undated[0] if undated else "")


def unquoted(text: str) -> str:
    """A text that stands in quotes as a whole, without them."""
    inner = text[1:-1].strip()
    return inner if len(text) > 2 and text[0] == text[-1] == '"' and '"' not in inner else text  # noqa: PLR2004


@dataclass(frozen=True, slots=True)
class _Run:
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


def _runs(text: str, today: dt.date) -> Iterator[_Run]:
    """The parts in their order, each promise together with the parts that only go on with it."""
    runs = [_run(part, between) for between, part in parts_of(_HEAD.sub(r"\1, ", text)) if part]
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


def _run(part: str, between: str) -> _Run:
    bare = part[found.end() :] if (found := _AND.match(part)) else part
    for by, pattern in _PROMISES:
        if match := pattern.fullmatch(bare):
            return _Run(match["what"], between, part, by)
    if _PROMISE_OF_NOTHING.match(bare):
        return _Run("", between, part, By.ME)
    task = _TO_DO.fullmatch(bare)
    if task is not None:
        return _Run(_task(task), between, part, is_task=True)
    return _Run(part, between, part)


def _going_on(run: _Run, others: list[_Run], today: dt.date) -> int:
    """How many of the parts behind a promise only go on with it: `paper, and the numbers`, or the day it is due."""
    for count, other in enumerate(others, 1):
        if other.is_act:
            return 0
        if _AND.match(other.text):
            return count
        if count == 1 and _is_only_day(run, other, today):
            return 1
        if other.text.count(" ") >= _FEW or _verb(other.text)[0] is not None:
            return 0
    return 0


def _is_only_day(run: _Run, other: _Run, today: dt.date) -> bool:
    day = find_day(other.text, today)
    if day is None or day.before:
        return False
    # `by friday, 27 Nov` is one day in two parts.
    before, after = find_day(run.text, today), find_day(run.text + other.between + other.text, today)
    return before is None or (after is not None and after.before == before.before)


def _own_day(text: str, today: dt.date) -> DayFound | None:
    """The day that words without a promise say something is due by."""
    day = find_day(text, today)
    if day is None or not day.words.lower().startswith(_DUE) or _NO_DAY in day.reason:
        return None
    return day


def _task(found: re.Match[str]) -> str:
    if found["task"]:
        return found["task"]
    rest = found["rest"] or ""
    if rest and (found["colon"] or not _GOES_WITH_FOLLOW_UP.match(rest)):
        return rest
    return f"{found['whole']} {rest}".strip()


def _verb(part: str) -> tuple[LogKind | None, str]:
    """The kind that a part says, and what is left of it to keep in words."""
    bare = part[found.end() :] if (found := _AND.match(part)) else part
    match = _VERB.fullmatch(bare)
    if match is None:
        return (LogKind.RECEIVED if _SENT_ME.match(bare) else None), part
    kind, rest = _VERBS[match["verb"].lower()], match["rest"] or ""
    if match["colon"]:
        return kind, rest
    if kind is LogKind.NOTE:
        return None, part  # `note that …` are words
    if _ME.match(rest):
        # `gave me her card`: what they did is not what you did.
        return (LogKind.RECEIVED if kind in (LogKind.GAVE, LogKind.INTRODUCED) else None), part
    return kind, "" if not rest or _ONLY_PRONOUN.match(rest) else part


def _due(text: str, today: dt.date) -> tuple[str, dt.date | None, str]:
    """What is to be done, by when, and what is not clear about that."""
    day = find_day(text, today)
    if day is None:
        return _begun(text), None, ""
    if day.day is None:
        # `the paper by Lamport` is a promise, too.
        hint = "; words that are no day go in quotes" if _NO_DAY in day.reason else ""
        return "", None, f"{day.reason}{hint}"
    for found in re.finditer(r" and ", day.before):
        other = find_day(day.before[: found.start()], today)
        if other is not None and other.words.lower().startswith(_DUE):
            return "", None, f"'{shorten(text)}' holds two days; write a promise for each, with a comma between"
    return _begun(day.before), day.day, ""


def _begun(text: str) -> str:
    """The text with a capital at its beginning, where its first word has none at all (`iPhone` has one)."""
    text = unquoted(text.strip(" ,;"))
    first = text.partition(" ")[0]
    return text[:1].upper() + text[1:] if first.islower() else text
