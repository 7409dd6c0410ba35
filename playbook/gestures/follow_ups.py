"""What is to be done after an event, as its outcomes list it: found by words, done."""

from __future__ import annotations

from playbook.gestures.bench import Bench, Gesture, NotPossible, iso
from playbook.gestures.plans import FileChange
from playbook.graph import Entry, Playbook
from playbook.names import plain
from playbook.problems import shorten
from playbook.records import Event, FollowUp
from playbook.source.edit import Put


def open_follow_ups(playbook: Playbook, words: str) -> list[tuple[Entry[Event], int, FollowUp]]:
    """Those with the place of each that are meant by words of them, of whom they are for, or of the event."""
    parts = [part for word in plain(words).split() if (part := word.rstrip(":"))]
    found = []
    for _, entry in sorted(playbook.events.items()):
        for index, one in enumerate(entry.record.outcomes.follow_ups if entry.record.outcomes else ()):
            person = playbook.people.get(one.person or "")
            who = f"{person.record.name} {person.id}" if person is not None else ""
            said = plain(f"{one.what} {who} {entry.title} {entry.id}")
            if one.done is None and parts and all(part in said for part in parts):
                found.append((entry, index, one))
    return found


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
