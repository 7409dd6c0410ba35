"""What one line of the inbox means: a touch, somebody new, a promise, a tick, something for the journal.

Whom and what is found by whole names and words; where two could be meant, it says so and leaves the line.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from playbook.capture.parts import unquoted
from playbook.daywords import read_day
from playbook.gestures import Bench, Gesture, NotPossible
from playbook.inbox.beginning import Unclear, bare_name, names_in, person_first
from playbook.inbox.reading import Line
from playbook.inbox.talks import log_met, log_touch
from playbook.inbox.verbs import READERS
from playbook.problems import suggest

UNKNOWN = "it begins with nobody and nothing that is known."
WAYS = (
    "A line begins with a name (Ada: called, …), met NAME, coffee with NAME, called NAME, wrote NAME, asked NAME, "
    "heard from NAME, promised NAME …, kept …, thanked NAME, gave NAME …, done ITEM, todo RECORD: …, achieved …, "
    "learned … or read …"
)
"""What to say once, below all lines of which nothing but `UNKNOWN` can be said."""
_TOUCH = re.compile(r"(?:playbook )?touch(?:ed)?:? +", re.IGNORECASE)
_MET = re.compile(r"(?:i )?met:? (?:with )?(?P<rest>.+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Thought:
    """One line and what it means; where that is not clear, `gesture` is None and `doubt` says why."""

    line: Line
    gesture: Gesture | None
    doubt: str = ""


def understand(line: Line, bench: Bench, newcomers: Collection[str] = ()) -> Thought:
    """What a line means on the bench's day, or on the day that it begins with.

    `newcomers` are names that earlier lines made files for: what else is said of them waits for those files.
    """
    text, on = _dated(line.text, bench.on)
    try:
        gesture = _meaning(text, replace(bench, on=on), bench.on, newcomers)
    except (Unclear, NotPossible) as error:
        return Thought(line, None, str(error))
    return Thought(line, gesture)


def _meaning(text: str, bench: Bench, today: dt.date, newcomers: Collection[str]) -> Gesture:
    for pattern, reader in READERS:
        found = pattern.fullmatch(text)
        if found is not None:
            meaning = reader(found, bench, today)
            if meaning is not None:
                return meaning
    # Whoever knows the command writes it here too.
    told = _TOUCH.sub("", text)
    known = person_first(told, bench, "marked" if told == text else "yes") or bare_name(told, bench)
    if known is not None:
        entry, rest = known
        return log_touch(entry, unquoted(rest), bench, today)
    met = _MET.fullmatch(text)
    if met is not None:
        return log_met(met["rest"], bench, today, newcomers)
    head = text.partition(",")[0].partition(":")[0]
    near = suggest(head, names_in(bench))
    raise Unclear(f"{UNKNOWN} {near}".rstrip())


def _dated(text: str, today: dt.date) -> tuple[str, dt.date]:
    """(the rest, the day) of a line that begins with a day and a colon or comma; today for any other."""
    head, mark, rest = text.partition(":")
    for said in (head, text.split(" ", maxsplit=1)[0]):
        day = read_day(said.strip(" :,"), today, ahead=False) if len(said) < 30 else None  # noqa: PLR2004
        if day is not None and day <= today:
            behind = rest if said is head and mark else text[len(said) :]
            if behind.strip(" :,"):
                return behind.strip(" :,"), day
    return text, today
