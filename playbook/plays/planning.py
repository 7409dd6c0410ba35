"""What is written when a play is started: a file of its own, or items in the checklist of what it is for.

Pure plans: nothing is written here. Days that lie behind are never planned; what would be due then is due today.
No step is put onto a day away.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from playbook.agenda import due_of
from playbook.cadence import back_from_leave
from playbook.gestures import Bench, Gesture, NotPossible
from playbook.gestures.bench import filled, iso
from playbook.gestures.plans import FileChange, merged
from playbook.graph import Entry, Playbook
from playbook.plays.library import Aim, From, Routine, Step
from playbook.problems import shorten
from playbook.records import Item, Play, Record
from playbook.records.choices import Status
from playbook.records.days import Due
from playbook.source.document import Tree
from playbook.source.edit import Add, Drop
from playbook.source.files import MAX_ID, id_problem

FARTHEST = 9999
"""Days that `T+` can count."""


@dataclass(frozen=True, slots=True)
class Aims:
    """Ids of what a play is for; empty where it is for none."""

    goal: str = ""
    person: str = ""
    event: str = ""

    def of(self, aim: Aim) -> str:
        """The id for one of them."""
        return {Aim.GOAL: self.goal, Aim.PERSON: self.person, Aim.EVENT: self.event}[aim]

    @property
    def ids(self) -> tuple[str, ...]:
        """Those that there are, the narrowest first."""
        return tuple(one for one in (self.person, self.event, self.goal) if one)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A step with its day."""

    step: Step
    due: dt.date | None
    counted: dt.date | None = None
    """The day it would have, were you not away then; None where it has that."""


def start(
    bench: Bench,
    routine: Routine,
    aims: Aims,
    *,
    on: dt.date | None = None,
    identifier: str = "",
    into: Aim | None = None,
) -> Gesture:
    """What starting a routine writes; nothing where the same play runs for the same thing already.

    Args:
        bench: the playbook, and the day it is.
        routine: what to start.
        aims: what it is for, as ids that exist.
        on: T; the day that the routine counts from, unless said.
        identifier: the new file's id; made of the routine's and of what it is for, unless said.
        into: the goal, person or event whose checklist gets the steps; None for a file of its own.

    Raises:
        NotPossible: where something it needs is missing, or all its days are over.
    """
    missing = [aim for aim in routine.needs if not aims.of(aim)]
    if missing:
        options = " ".join(f"--{aim} {aim.upper()}" for aim in missing)
        raise NotPossible(f"'{routine.id}' is for one {' and one '.join(missing)}; say which: {options}")
    first, last = _days(bench, routine, aims, on)
    steps = _placed(bench, routine, first, last)
    if not steps:
        raise NotPossible(f"{last.isoformat()} is over, and everything in '{routine.id}' comes before it")
    if into is not None:
        if not aims.of(into):
            raise NotPossible(f"--into {into}: say which {into}: --{into} {into.upper()}")
        return _replacing(bench, routine, aims, _into(bench, routine, steps, aims, (into.kind, aims.of(into))))
    if not identifier and (running := _running(bench.playbook, routine, aims)) is not None:
        state = "rests" if running.record.status is Status.PAUSED else "runs"
        said = f"{running.title} {state} (plays/{running.id}); to start it once more beside that, give it an --id"
        return Gesture((), said, (said,))
    return _replacing(bench, routine, aims, _as_file(bench, routine, steps, aims, first, identifier))


def scripts_for(playbook: Playbook, step: Step) -> tuple[str, ...]:
    """Ids of the person's templates that fit a step, the one to take first."""
    if step.script:
        return (step.script,) if step.script in playbook.outreach else ()
    found = [entry.id for entry in playbook.outreach.values() if step.purpose and entry.record.purpose is step.purpose]
    return tuple(sorted(found, key=lambda identifier: (identifier != step.purpose, identifier)))


def _days(bench: Bench, routine: Routine, aims: Aims, on: dt.date | None) -> tuple[dt.date, dt.date]:
    """T, as what comes before counts from it and as what comes after does."""
    if on is not None:
        return on, on
    if routine.counts_from is From.EVENT and aims.event:
        event = bench.playbook.events[aims.event].record
        return event.starts.day, (event.ends or event.starts).day
    if routine.counts_from is From.GOAL and aims.goal:
        due = bench.playbook.goals[aims.goal].record.due
        if due is not None:
            return due, due
    if routine.counts_from is not From.TODAY:
        where = "the event with --event" if routine.counts_from is From.EVENT else "a goal that has a due date"
        raise NotPossible(f"this play counts from {routine.day}; say the day with --on, or {where}")
    return bench.on, bench.on


def _placed(bench: Bench, routine: Routine, first: dt.date, last: dt.date) -> tuple[_Placed, ...]:
    """The steps with their days, soonest first as they stand; what would fall on a day away waits until you are back.

    Of a day that is over (`last` lies behind) only what comes after it is left, where the play counts from that day.
    What prepares for T stays before it, and what is for T itself stays on it.
    """
    found = []
    for step in routine.steps:
        if step.due is None:
            found.append(_Placed(step, None))
            continue
        is_after = step.due.from_end
        if routine.counts_from is not From.TODAY and last < bench.on and not is_after:
            continue
        day = max(step.due.day or _plus(last if is_after else first, step.due.offset or 0), bench.on)
        back = back_from_leave(bench.playbook, day) if step.due.day is None else day
        moves = back > day and (back <= first or (is_after and day > last))
        found.append(_Placed(step, back, day) if moves else _Placed(step, day))
    return tuple(found)


def _as_file(
    bench: Bench, routine: Routine, steps: tuple[_Placed, ...], aims: Aims, starts: dt.date, identifier: str
) -> Gesture:
    playbook = bench.playbook
    taken = {*playbook.plays, *(one for kind, one in bench.taken if kind == "plays")}
    if identifier and identifier in taken:
        raise NotPossible(f"'{identifier}' is there already; say another --id")
    made = identifier or _free_id("-".join((routine.id, *aims.ids[:1])), taken)
    keys = [(aim.kind, aims.of(aim)) for aim in (Aim.PERSON, Aim.EVENT, Aim.GOAL) if aims.of(aim)]
    names = [playbook.of_kind(kind)[one].title for kind, one in keys[:1]]
    title = ": ".join((routine.title, *names))
    checklist: list[Tree] = [_item(playbook, one, aims, _relative(one.due, starts)) for one in steps]
    tree: dict[str, Tree] = {
        **filled(title=title, why=routine.why, source=routine.source, play=routine.id, starts=iso(starts)),
        **filled(
            goals=[aims.goal] if aims.goal else [],
            people=[aims.person] if aims.person else [],
            events=[aims.event] if aims.event else [],
        ),
        "checklist": checklist,
        **filled(done_when=list(routine.done_when)),
    }
    days = [one.due for one in steps if one.due is not None]
    span = f", {min(days)} to {max(days)}" if days else ""
    said = f"Started: {title} ({_steps(len(steps))}{span}){_moved(steps)}"
    return Gesture((FileChange("plays", made, (), _told(steps), tree),), said)


def _into(bench: Bench, routine: Routine, steps: tuple[_Placed, ...], aims: Aims, key: tuple[str, str]) -> Gesture:
    """The steps at the end of a record's checklist; those that stand there open already are told."""
    entry = bench.playbook.find(key)
    assert entry is not None  # noqa: S101  (aims are ids that exist)
    there = {_folded(item.task) for item in getattr(entry.record, "checklist", ()) if item.is_open}
    new = [one for one in steps if _folded(one.step.task) not in there]
    old = tuple(f"to do: {one.step.task}" for one in steps if one not in new)
    said = f"Started: {routine.title}, {_steps(len(new))} for {shorten(entry.title, 60)}{_moved(new)}"
    if not new:
        return Gesture((), said, old)
    about = replace(aims, person="") if key[0] == "people" else aims
    items = [_item(bench.playbook, one, about, _counted(entry, one)) for one in new]
    changes = tuple(Add(("checklist",), item) for item in items)
    return Gesture((FileChange(*key, changes, _told(tuple(new))),), said, old)


def _replacing(bench: Bench, routine: Routine, aims: Aims, started: Gesture) -> Gesture:
    """The same, and of the event's open items those gone that its file began with, word for word, and the play says."""
    event = bench.playbook.events.get(aims.event)
    said = {_folded(text) for text in routine.replaces}
    items = enumerate(event.record.checklist if event else ())
    old = [(index, item.task) for index, item in items if item.is_open and _folded(item.task) in said]
    if event is None or not old or started.is_empty:
        return started
    drops = tuple(Drop(("checklist", index)) for index, _ in reversed(old))
    told = tuple(f"taken off, for the play says it: {task}" for _, task in old)
    return replace(started, files=merged((FileChange("events", event.id, drops, told), *started.files)))


def _counted(entry: Entry[Record], one: _Placed) -> str:
    """A step's day as its record can say it: from T where that gives the same day, so that it moves along."""
    due = one.step.due
    if due is not None and due.day is None:
        item = Item(task=one.step.task, due=due)
        if due_of(entry, item) == one.due:
            return str(due)
    return iso(one.due)


def _item(playbook: Playbook, one: _Placed, aims: Aims, due: str) -> Tree:
    script = next(iter(scripts_for(playbook, one.step)), "")
    more = filled(due=due, person=aims.person if one.step.with_person else "", script=script)
    return {"task": one.step.task, **more} if more else one.step.task


def _relative(day: dt.date | None, starts: dt.date) -> str:
    """`T-30` as a play counts, from the one day it starts; the day itself where that is too far."""
    if day is None:
        return ""
    days = (day - starts).days
    return str(Due(offset=days, from_end=days >= 0)) if abs(days) <= FARTHEST else day.isoformat()


def _running(playbook: Playbook, routine: Routine, aims: Aims) -> Entry[Play] | None:
    """The same play for the same thing, with a step that is still open."""
    for entry in playbook.plays.values():
        play = entry.record
        same = (
            play.play == routine.id
            and (aims.goal in play.goals if aims.goal else not play.goals)
            and (aims.person in play.people if aims.person else not play.people)
            and (aims.event in play.events if aims.event else not play.events)
        )
        rests = play.status is Status.PAUSED
        if same and (play.status.is_open or rests) and any(item.is_open for item in play.checklist):
            return entry
    return None


def _told(steps: tuple[_Placed, ...]) -> tuple[str, ...]:
    return tuple(
        f"{iso(one.due) or 'any day':<10}  {one.step.task}{f' (you are away on {one.counted})' if one.counted else ''}"
        for one in steps
    )


def _moved(steps: Iterable[_Placed]) -> str:
    """How many steps wait until you are back."""
    count = sum(one.counted is not None for one in steps)
    return f"; {_steps(count)} on days away {'waits' if count == 1 else 'wait'} until you are back" if count else ""


def _steps(count: int) -> str:
    return f"{count} step{'' if count == 1 else 's'}"


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _free_id(wanted: str, taken: set[str]) -> str:
    """An id that no file has: the wanted one, else with a number behind it."""
    base = wanted[:MAX_ID].strip("-")
    number = 1
    made = base
    while made in taken or id_problem(made):
        number += 1
        tail = f"-{number}"
        made = base[: MAX_ID - len(tail)].strip("-") + tail
    return made


def _plus(day: dt.date, days: int) -> dt.date:
    """So many days later or earlier, within what a calendar holds."""
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        return dt.date.max if days > 0 else dt.date.min
