"""The last time you and somebody spoke with each other, and what you wrote down of it.

Pure functions of a playbook and a day. A message is no talk, whoever wrote it; knows nothing of how a talk is worded.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from playbook.cadence import touches_of
from playbook.graph import Entry, Playbook
from playbook.graph.logs import latest_line
from playbook.records import LogEntry, Person
from playbook.records.choices import Channel, LogKind

_TALKS = frozenset((LogKind.MET, LogKind.CALLED))
_TALKED = frozenset(str(kind) for kind in _TALKS)
_SPOKEN = frozenset((Channel.IN_PERSON, Channel.VIDEO, Channel.PHONE))


class Talk(NamedTuple):
    """A talk: by voice, face to face or not."""

    day: dt.date | None
    """None where only how you met is known."""
    kind: str
    """A log kind: `met`, `called`."""
    what: str
    """The first line of what you wrote down of it, for yourself; empty for nothing."""


def last_talk(playbook: Playbook, entry: Entry[Person], today: dt.date) -> Talk | None:
    """The last talk with somebody up to a day; None where there was none.

    Their log tells (met, called, or anything said in person, by video or by phone), as `with` in somebody else's
    does, the events where you met, and how you met at first.
    """
    person = entry.record
    line = latest_line(person, playbook, today, counts=_is_talk)
    touch = next((one for one in touches_of(playbook, entry, until=today) if one.kind in _TALKED), None)
    # Of an event of three days the log tells on the first what was said there.
    is_of = line is not None and touch is not None and touch.owner == ("events", line.event)
    if line is not None and line.date is not None and (is_of or touch is None or line.date >= touch.day):
        return Talk(line.date, str(line.kind), next(iter(line.what.strip().splitlines()), "").strip().rstrip("."))
    if touch is not None:
        return Talk(touch.day, touch.kind, "")
    met = _met(playbook, person)
    return Talk(met, str(LogKind.MET), "") if met is None or met <= today else None


def _met(playbook: Playbook, person: Person) -> dt.date | None:
    """The day on which you met; None where it is not said, the last of all days where you did not."""
    if person.met is None:
        return dt.date.max
    event = playbook.events.get(person.met.event or "")
    return person.met.date or (event.record.starts.day if event is not None else None)


def _is_talk(line: LogEntry) -> bool:
    return line.kind in _TALKS or (line.kind.is_touch and line.channel in _SPOKEN)
