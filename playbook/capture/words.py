"""Reads what stands behind a code: what happened, what was promised by whom, what to do, by when.

Knows no playbook. The words stay as they were written, but for a capital at the beginning.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from playbook.capture.acts import read_due, read_task, runs_of
from playbook.capture.parts import begun
from playbook.capture.verbs import is_absence, read_opening, read_verb
from playbook.daywords import read_day, why_no_day
from playbook.gestures.people import Pledge
from playbook.problems import shorten
from playbook.records.choices import LogKind
from playbook.views.words import weekday_text

_SKIPPED = re.compile(r"(?:skip|skipped)(?: ?[:,] ?| because |, because | )(?P<why>.+)", re.IGNORECASE)
_DONE = re.compile(r"done[.!]?(?: ?[:,]? (?:on )?(?P<day>.+))?", re.IGNORECASE)
_LEARNED = re.compile(r"(?:learned|learnt|lesson) ?:? (?P<what>.+)", re.IGNORECASE)


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

    @property
    def own_to_do(self) -> tuple[Pledge, ...]:
        """What is to be done as promises of your own: without an event nobody else would ask for it."""
        return tuple(Pledge(one.what, due=one.due) for one in self.to_do)


@dataclass(frozen=True, slots=True)
class Ticked:
    """What a line tells of a checklist item: done on a day, or left out for a reason (`doubt`: neither)."""

    done: dt.date | None = None
    skipped: str = ""
    doubt: str = ""


def read_words(text: str, today: dt.date) -> Told:
    """What the words behind somebody's code tell. `today` is the day from which `friday` is counted."""
    kind: LogKind | None = None
    words: list[str] = []
    promises: list[Pledge] = []
    to_do: list[ToDo] = []
    doubts: list[str] = []
    gap = False
    for run in runs_of(text, today):
        if run.doubt:
            doubts.append(run.doubt)
        elif not (words or kind) and is_absence(run.text):
            doubts.append(f"'{shorten(run.text, 40)}': then nothing passed between you; write 'note: …' to keep it")
        elif not run.is_act:
            found, said = read_verb(run.text) if words or kind else read_opening(run.text)
            kind = kind or found
            if said:
                between = (", " if gap else run.between) if words else ""
                words.append(between + said)
            gap = gap and not said
        else:
            gap = True
            what, due, doubt = read_due(run.text, today)
            if doubt or not what:
                doubts.append(doubt or f"'{run.said}' does not say what")
            elif run.by is None:
                to_do.append(ToDo(what, due))
            else:
                promises.append(Pledge(what, run.by, due))
    return Told(kind or LogKind.MET, begun("".join(words)), tuple(promises), tuple(to_do), tuple(doubts))


def tells_absence(text: str, today: dt.date) -> bool:
    """Whether words say that you did not meet, and nothing that was promised or is to be done."""
    runs = list(runs_of(text, today))
    others = any(run.is_act or run.doubt or read_verb(run.text)[0] is not None for run in runs[1:])
    return bool(runs) and is_absence(runs[0].text) and not others


def read_tick(text: str, on: dt.date, today: dt.date) -> Ticked:
    """What the words behind an item's code tell; done without a day is done `on` that day."""
    skipped = _SKIPPED.fullmatch(text)
    if skipped is not None:
        return Ticked(skipped=begun(skipped["why"].removeprefix("because ").strip()))
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
    return begun(found["what"]) if found else ""


def read_to_do(text: str, today: dt.date) -> tuple[ToDo | None, str]:
    """What is to be done, of a line that begins with `todo` or `follow up`, or what is not clear; else neither."""
    task = read_task(text)
    if task is None:
        return None, ""
    what, due, doubt = read_due(task, today)
    return (None, doubt) if doubt else (ToDo(what, due), "")


def long_day(day: dt.date) -> str:
    """`Fri 27 Nov 2026`: the weekday shows what `friday` was taken for."""
    return f"{weekday_text(day)} {day.year}"
