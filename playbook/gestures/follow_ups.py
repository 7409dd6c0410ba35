"""What is to be done after an event, as its outcomes list it: found by words, done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from playbook.gestures.bench import Bench, Gesture, NotPossible, iso
from playbook.gestures.meant import Spoken, meant
from playbook.gestures.plans import FileChange
from playbook.graph import Entry, Playbook
from playbook.problems import shorten
from playbook.records import Event, FollowUp
from playbook.source.edit import Put

Found = tuple[Entry[Event], int, FollowUp]
"""The event, where in its list it stands, and what it is."""


def open_follow_ups(playbook: Playbook, words: str) -> list[Found]:
    """Those that are meant by words of them, of whom they are for, or of the event."""

    def spoken(found: Found) -> Spoken:
        entry, _, one = found
        person = playbook.people.get(one.person or "")
        who = f"{person.record.name} {person.id}" if person is not None else ""
        return Spoken((one.what,), f"{who} {entry.title} {entry.id}")

    waiting = [
        (entry, index, one)
        for _, entry in sorted(playbook.events.items())
        for index, one in enumerate(entry.record.outcomes.follow_ups if entry.record.outcomes else ())
        if one.done is None
    ]
    return meant(words, waiting, spoken)


def told_apart(found: Sequence[Found]) -> list[str]:
    """The words of each; whom it is for stands behind them, where others have the same words."""
    times = Counter((entry.id, one.what) for entry, _, one in found)
    return [
        f"{one.what} {one.person}" if one.person and times[entry.id, one.what] > 1 else one.what
        for entry, _, one in found
    ]


def follow_up(bench: Bench, event: str, index: int) -> Gesture:
    """A follow-up of an event was done.

    Raises:
        NotPossible: where there is none at `index`, or it was done before.
    """
    record = bench.playbook.events[event].record
    listed = record.outcomes.follow_ups if record.outcomes else ()
    if not 0 <= index < len(listed):
        raise NotPossible(f"{record.title} has no such follow-up any more")
    if listed[index].done is not None:
        raise NotPossible(f"'{shorten(listed[index].what, 60)}' was done already")
    said = f"Done: {listed[index].what}"
    change = Put(("outcomes", "follow_ups", index, "done"), iso(bench.on), "what")
    return Gesture((FileChange("events", event, (change,), (said,)),), f"{said} ({record.title})")
