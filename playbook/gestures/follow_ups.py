"""What is to be done after an event or a talk, as outcomes list it or as it follows from them: found by words, done."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from playbook.agenda import Task, TaskKind, tasks
from playbook.gestures.bench import Bench, Gesture, NotPossible, iso
from playbook.gestures.meant import Spoken, meant
from playbook.gestures.people import Talk, touch
from playbook.gestures.plans import FileChange
from playbook.graph import Playbook
from playbook.lines import called, is_after_event, is_after_talk, logged_as
from playbook.problems import shorten
from playbook.records.choices import LogKind
from playbook.source.edit import Put


class Waiting(NamedTuple):
    """A follow-up that waits."""

    task: Task
    what: str
    """What it says, as it is shown among what waits."""
    event: str
    """The id of the event whose outcomes list it; empty for a line to write, which stands nowhere."""
    after: str
    """The title of that event."""

    @property
    def place(self) -> int:
        """Where in its event's list it stands."""
        return int(self.task.path[-1])


def open_follow_ups(playbook: Playbook, words: str, today: dt.date) -> list[Waiting]:
    """Those that are meant by words of them, of whom they are for, or of the event."""
    waiting = [_waiting(playbook, task) for task in tasks(playbook, today) if task.kind is TaskKind.FOLLOW_UP]
    # Those that an event lists, in their order; then lines to write, the soonest first.
    waiting.sort(key=lambda one: (not one.event, one.event, one.place if one.event else 0))

    def spoken(one: Waiting) -> Spoken:
        person = playbook.people.get(one.task.person)
        who = f"{person.record.name} {person.id}" if person is not None else ""
        owner = playbook.find(one.task.owner)
        return Spoken((one.what,), f"{TaskKind.FOLLOW_UP} {who} {owner.title if owner else ''} {one.task.owner[1]}")

    return meant(words, waiting, spoken)


def told_apart(found: Sequence[Waiting]) -> list[str]:
    """The words of each; whom it is for stands behind them, where others have the same words."""
    times = Counter((one.event, one.what) for one in found)
    return [
        f"{one.what} {one.task.person}" if one.task.person and times[one.event, one.what] > 1 else one.what
        for one in found
    ]


def answer(bench: Bench, waiting: Waiting) -> Gesture:
    """A follow-up was done; of a line to somebody it is logged that you wrote it."""
    if waiting.event:
        return follow_up(bench, waiting.event, waiting.place)
    return touch(bench, waiting.task.person, Talk(logged_as(bench.playbook, waiting.task), LogKind.WROTE))


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


def _waiting(playbook: Playbook, task: Task) -> Waiting:
    if is_after_event(task) or is_after_talk(task):
        return Waiting(task, called(playbook, task, playbook.people[task.person].title), "", "")
    return Waiting(task, task.text, task.owner[1], playbook.events[task.owner[1]].title)
