"""Takes apart what stands behind a code: what happened, what was promised by whom, what to do, by when.

Knows no playbook. The words stay as they were written, but for a capital at the beginning.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from playbook.daywords import find_day, read_day, why_no_day
from playbook.records.choices import By, LogKind
from playbook.views.words import weekday_text


@dataclass(frozen=True, slots=True)
class Pledge:
    """Something that one of the two will do."""

    what: str
    by: By
    due: dt.date | None


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
    r"| and (?=(?:(?:i|they|he|she) )?(?:promised|will send|owes?) ))",
    re.IGNORECASE | re.ASCII,
)
_AND = re.compile(r"(?:and|&|plus) ", re.IGNORECASE)
_THEM = r"(?:them|him|her|you)"
_THEY = r"(?:they|he|she)"
_TO = r":? (?:to )?(?P<what>.+)"
_PROMISES = tuple(
    (by, re.compile(pattern, re.IGNORECASE))
    for by, pattern in (
        (By.THEM, rf"(?:{_THEY} )?promised me{_TO}"),
        (By.THEM, rf"{_THEY} promised{_TO}"),
        (By.THEM, rf"{_THEY}(?:['’]ll| will) (?P<what>.+)"),
        (By.THEM, rf"(?:(?:{_THEY} )?owes?|{_THEY} owe) me (?P<what>.+)"),
        (By.THEM, rf"(?:(?:{_THEY} )?owes|{_THEY} owe) (?P<what>.+)"),
        (By.THEM, r"(?:(?:will|to) )?(?P<what>send me .+)"),
        (By.ME, rf"(?:i(?: have|['’]ve)? )?promised(?: {_THEM})?{_TO}"),
        (By.ME, r"i(?:['’]ll| will) (?P<what>.+)"),
        (By.ME, rf"(?:i )?owe(?: {_THEM})?{_TO}"),
        (By.ME, r"(?:(?:will|to) )?(?P<what>send .+)"),
    )
)
_PROMISE_OF_NOTHING = re.compile(
    rf"(?:(?:i|{_THEY}) )?(?:promised(?: (?:me|{_THEM}))?|owes?|will send|send)\Z", re.IGNORECASE
)
_TO_DO = re.compile(
    r"(?:(?:to-?do|to do) ?:? (?P<task>.+)|(?P<whole>follow[ -]?up)(?P<colon> ?:)?(?: (?P<rest>.+))?)", re.IGNORECASE
)
_GOES_WITH_FOLLOW_UP = re.compile(r"(?:about|by|in|next|on|until|with|tomorrow)\b", re.IGNORECASE)
_VERBS = {str(kind): kind for kind in LogKind} | {"got": LogKind.RECEIVED}
_VERB = re.compile(rf"(?P<verb>{'|'.join(_VERBS)})(?P<colon> ?:)?(?: (?P<rest>.+)|\Z)", re.IGNORECASE)
_ME = re.compile(r"me\b", re.IGNORECASE)
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
        if run.by is None and not run.is_task:
            found, said = _verb(run.text)
            kind = kind or found
            if said:
                between = (", " if gap else run.between) if words else ""
                words.append(between + said)
            gap = gap and not said
            continue
        gap = True
        what, due, doubt = _due(run.text, today)
        if doubt:
            doubts.append(doubt)
        elif not what:
            doubts.append(f"'{run.said}' does not say what")
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
    return run.by is not None or run.is_task or _verb(part)[1] == ""


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


def _runs(text: str, today: dt.date) -> Iterator[_Run]:
    open_run: _Run | None = None
    for between, part in parts_of(text):
        if not part:
            continue
        run = _run(part, between)
        if run.by is None and not run.is_task and open_run is not None and (more := _more(open_run, run, today)):
            open_run = more
            continue
        if open_run is not None:
            yield open_run
        open_run = run if run.by is not None or run.is_task else None
        if open_run is None:
            yield run
    if open_run is not None:
        yield open_run


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


def _more(run: _Run, part: _Run, today: dt.date) -> _Run | None:
    """The promise with a part that only goes on with it: `and the paper`, or the day that it is due."""
    if _AND.match(part.text):
        return _Run(run.text + part.between + part.text, run.between, run.said, run.by, run.is_task)
    day = find_day(part.text, today)
    if day is None or day.before:
        return None
    joined = _Run(f"{run.text} {part.text}".strip(), run.between, run.said, run.by, run.is_task)
    before, after = find_day(run.text, today), find_day(joined.text, today)
    # `by friday, 27 Nov` is one day in two parts.
    return joined if before is None or (after is not None and after.before == before.before) else None


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
        return None, part
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
        hint = "; words that are no day go in quotes" if "is not a day" in day.reason else ""
        return "", None, f"{day.reason}{hint}"
    return _begun(day.before), day.day, ""


def _begun(text: str) -> str:
    """The text with a capital at its beginning, where its first word has none at all (`iPhone` has one)."""
    text = unquoted(text.strip(" ,;"))
    first = text.partition(" ")[0]
    return text[:1].upper() + text[1:] if first.islower() else text
