"""The way back after a quiet time: how long it was, and who waits, in groups to decide on at once.

Pure functions of a playbook and a day. Nothing is counted against anybody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from playbook.cadence import cadence_of, circles_of, touches_of
from playbook.gestures.bench import Bench, Gesture, filled, iso, together
from playbook.gestures.plans import FileChange
from playbook.graph import Entry, Playbook
from playbook.records import Event, Goal, Organization, Person, Play
from playbook.records.days import Period
from playbook.source.edit import Put

QUIET = 30
"""Days without anything written after which it is a way back."""
REST = Period(months=3)
"""How long somebody rests."""


@dataclass(frozen=True, slots=True)
class Group:
    """People who wait, of one circle."""

    name: str
    """The circle; `others` for whoever is in none."""
    people: tuple[Entry[Person], ...]
    """Those furthest past their own rhythm first."""


def last_day(playbook: Playbook, today: dt.date) -> dt.date | None:
    """The last day up to today of which anything was written; None where nothing was."""
    return max((day for day in _days(playbook) if day <= today), default=None)


def quiet_days(playbook: Playbook, today: dt.date) -> int:
    """How many days ago anything was written last; 0 where nothing ever was."""
    last = last_day(playbook, today)
    return (today - last).days if last is not None else 0


def waiting_groups(playbook: Playbook, today: dt.date) -> tuple[Group, ...]:
    """Everybody who is due, by circle: the nearest circle first, then whoever is in none."""
    found: dict[str, list[tuple[float, Entry[Person]]]] = {}
    for entry in playbook.people.values():
        cadence = cadence_of(playbook, entry, today)
        if cadence.wants_attention:
            found.setdefault(entry.record.circle or "others", []).append((cadence.lateness(today), entry))
    order = [*circles_of(playbook), *sorted(found)]
    return tuple(
        Group(name, tuple(entry for _, entry in sorted(found[name], key=lambda pair: (-pair[0], pair[1].id))))
        for name in dict.fromkeys(order)
        if name in found
    )


def spread_out(bench: Bench, group: Group) -> Gesture:
    """A few come up each week, as many as `week_size` says; the first of them this week."""
    size = max(1, bench.playbook.me.record.week_size)
    gestures = []
    for index, entry in enumerate(group.people):
        weeks = index // size
        if weeks:
            gestures.append(_pause(entry, Period(days=7 * weeks - 1).after(bench.on)))
    return together(gestures)


def rest(bench: Bench, group: Group) -> Gesture:
    """All of them rest for a quarter, and come back by themselves."""
    return together(_pause(entry, REST.after(bench.on)) for entry in group.people)


def close(bench: Bench, group: Group, why: str = "") -> Gesture:
    """All of them are let go: they are in nobody's week, and their files stay."""
    return together(
        Gesture(
            (
                FileChange(
                    *entry.key,
                    (Put(("closed",), filled(why=why, date=iso(bench.on))),),
                    (f"closed on {iso(bench.on)}",),
                ),
            ),
            f"{entry.title}: closed",
        )
        for entry in group.people
    )


def _pause(entry: Entry[Person], day: dt.date) -> Gesture:
    said = f"paused until {iso(day)}"
    change = FileChange(*entry.key, (Put(("paused_until",), iso(day)),), (said,))
    return Gesture((change,), f"{entry.title}: {said}")


def _days(playbook: Playbook) -> Iterator[dt.date]:
    for entry in playbook.people.values():
        yield from (touch.day for touch in touches_of(playbook, entry))
        yield from (one.kept.on for one in entry.record.promises if one.kept and one.kept.on)
    yield from (line.record.date for line in playbook.journal_lines())
    for record in (entry.record for entry in playbook.entries()):
        if isinstance(record, Goal | Event | Organization | Person | Play):
            yield from (item.done.on for item in record.checklist if item.done and item.done.on)
