"""What waits, as pages show it: in words, with where it comes from and where it leads."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from playbook.agenda import Task, TaskKind
from playbook.cadence import NO_ANSWER, Cadence, Standing
from playbook.graph import Entry
from playbook.lines import called, is_after_event, is_after_talk, logged_as
from playbook.owed import awaits_a_line, unthanked_lines
from playbook.problems import shorten
from playbook.records import Event, Item, Person
from playbook.records.choices import By, Purpose
from playbook.views.fitting import fitting_script, script_command
from playbook.views.scene import Linked, Scene, Source, item_anchor, uri_of
from playbook.views.words import DayView, day_text, sentence_case

if TYPE_CHECKING:
    from playbook.views.scripts import ScriptView

CAN_WAIT = "can wait this week"
"""Said of whoever is due beyond the few that Home names; there, and on their own page."""


@dataclass(frozen=True, slots=True)
class OwedView:
    """A thank-you, or a follow-up, as a page that may write needs it; for the author alone."""

    place: str
    """`events/camp/outcomes/follow_ups/0`; with whom to thank, `journal/2026/entries/3/ada` and `people/ada/log/5/ada`;
    for a line to write, whom to log it with: `people/ada`."""
    words: str = ""
    """What that line is logged as until its author says it better; empty where a box is enough."""


@dataclass(frozen=True, slots=True)
class TaskView:
    """One thing that waits. `state` is `waiting` (its day has passed), `soon` or `later`."""

    text: str
    kind: TaskKind
    kind_text: str
    """What it is called on a page: `you promised`, `promised to you`, `checklist`."""
    href: str
    owner: Linked | None
    person: Linked | None
    script: Linked | None
    due: DayView | None
    state: str
    label: str
    """The accessible name of its box."""
    filled: ScriptView | None = None
    """The script itself, where it is ready for whom it concerns."""
    source: Source | None = field(default=None, compare=False)
    """Where it is written, for what is written in a line of its own: a checklist item, a promise."""
    owed: OwedView | None = field(default=None, compare=False)

    @property
    def about(self) -> tuple[Linked, ...]:
        """What it belongs to, and whom it concerns where that does not name them: a play may be called after them."""
        named = self.owner.text if self.owner is not None else ""
        is_named = self.person is not None and re.search(rf"(?<!\w){re.escape(self.person.text)}(?!\w)", named)
        return tuple(link for link in (self.owner, None if is_named else self.person) if link is not None)


@dataclass(frozen=True, slots=True)
class DuePersonView:
    """Somebody to be in touch with, and why now."""

    person: Linked
    role: str
    why: str
    """`due since 3 Nov 2026: every 4 weeks (circle inner)`."""
    last: str
    """`last: video on 22 Sep 2026, An hour on …`; empty where there was nothing yet."""
    channel: str
    is_overdue: bool
    owed: str = ""
    """What waits between you: `you promised: the slides; they gave: an hour on …`; empty where nothing does."""
    script: Linked | None = None
    """The outreach template that fits, ready for them."""
    command: str = ""
    """What to type for its words: `playbook script reconnect --to ada`."""
    source: Source | None = field(default=None, compare=False)


def task_view(scene: Scene, task: Task) -> TaskView:
    """One task in words."""
    due = scene.day(task.due)
    state = "later"
    if due is not None:
        state = "waiting" if due.is_past else "soon" if due.is_soon else "later"
    owner = scene.link(*task.owner)
    person = scene.link("people", task.person) if task.person else None
    text = _text(scene, task, person.text if person else "")
    filled = _filled(scene, task)
    return TaskView(
        text=text,
        kind=task.kind,
        kind_text=_KINDS[task.kind] if not task.theirs else "promised to you",
        href=_href(scene, task),
        # A journal year says nothing about a thank-you that the text does not say already.
        owner=owner if task.kind is not TaskKind.THANKS and owner.text not in text else None,
        person=person if person != owner and task.kind is not TaskKind.THANKS else None,
        script=scene.link("outreach", task.script) if task.script else filled.template if filled else None,
        filled=filled,
        due=due,
        state=state,
        label=f"Open: {text}",
        source=_source(scene, task),
        owed=owed_view(scene, task),
    )


def _source(scene: Scene, task: Task) -> Source | None:
    entry = scene.playbook.find(task.owner)
    return scene.source(entry, task.path) if entry is not None and task.path[0] in ("checklist", "promises") else None


def owed_view(scene: Scene, task: Task) -> OwedView | None:
    """How a page writes that somebody was thanked, or that a follow-up was done; None for any other task."""
    if not scene.is_mine or task.kind not in (TaskKind.THANKS, TaskKind.FOLLOW_UP):
        return None
    place = "/".join(map(str, (*task.owner, *task.path)))
    if task.kind is TaskKind.THANKS:
        return OwedView(f"{place}/{task.person}")
    if is_after_event(task) or is_after_talk(task):
        return OwedView(f"people/{task.person}", logged_as(scene.playbook, task))
    return OwedView(place)


def line_after(scene: Scene, event: Entry[Event], person: str) -> ScriptView | None:
    """The follow-up to an event that is ready for somebody; None once they heard from you, or a month has passed."""
    if not awaits_a_line(scene.playbook, event, person, scene.today):
        return None
    return fitting_script(scene, Purpose.FOLLOW_UP, person, event=event.id)


def due_person_view(scene: Scene, entry: Entry[Person], cadence: Cadence) -> DuePersonView:
    """Somebody who is due, with the reason in words."""
    person = entry.record
    last = ""
    if cadence.last is not None:
        what = f", {cadence.last.what.splitlines()[0]}" if cadence.last.what else ""
        last = f"last: {cadence.last.kind} on {day_text(cadence.last.day)}{what}"
    script = _script_for(scene, entry.id, cadence)
    return DuePersonView(
        person=scene.link_to(entry),
        role=sentence_case(str(person.relations[0])) if person.relations else "",
        why=cadence_words(scene, cadence),
        last=last,
        channel=person.prefers or next(iter(person.channels), ""),
        is_overdue=cadence.standing is Standing.OVERDUE,
        owed=owed_words(entry, scene.today),
        script=script.template if script else None,
        command=script_command(script, entry.id) if script else "",
        source=scene.source(entry),
    )


def owed_words(entry: Entry[Person], today: dt.date) -> str:
    """What waits between you and somebody, in half a sentence."""
    person = entry.record
    mine = [one.what for one in person.promises if one.kept is None and one.by is By.ME]
    theirs = [one.what for one in person.promises if one.kept is None and one.by is By.THEM]
    received = [person.log[index].what for index in unthanked_lines(entry, today)]
    parts = (("you promised", mine), ("they promised", theirs), ("they gave", received))
    return "; ".join(f"{who}: {', '.join(first_line(what) for what in told)}" for who, told in parts if told)


def _script_for(scene: Scene, person: str, cadence: Cadence) -> ScriptView | None:
    """The script to reach for: only a nudge where no answer came, else what there is to tell, or to begin again."""
    if cadence.source.startswith(NO_ANSWER):
        purposes: tuple[Purpose, ...] = (Purpose.NUDGE,)
    elif cadence.standing is Standing.OVERDUE:
        purposes = (Purpose.RECONNECT, Purpose.PROGRESS_UPDATE, Purpose.OFFER)
    else:
        purposes = (Purpose.PROGRESS_UPDATE, Purpose.OFFER, Purpose.RECONNECT)
    found = (fitting_script(scene, purpose, person) for purpose in purposes)
    return next((script for script in found if script is not None), None)


def first_line(text: str) -> str:
    """The first line of a text; empty for none."""
    return next(iter(text.strip().splitlines()), "").strip()


def rhythm_words(cadence: Cadence) -> str:
    """`every 4 weeks (circle inner)`; of a message without an answer, how long after it; empty without a rhythm."""
    if cadence.rhythm is None:
        return ""
    waits, _, nudge = cadence.source.partition(", ")
    if waits != NO_ANSWER:
        return f"{cadence.rhythm} ({cadence.source})"
    weeks = cadence.rhythm.days // 7
    return f"{'a week' if weeks == 1 else f'{weeks} weeks'} after your message; {waits} ({nudge})"


def cadence_words(scene: Scene, cadence: Cadence, *, can_wait: bool = False) -> str:
    """Where somebody stands, in a sentence: `due since 3 Nov 2026: every 4 weeks (circle inner)`."""
    wait = f", {CAN_WAIT}" if can_wait else ""
    rhythm = rhythm_words(cadence) or cadence.source
    due = scene.day(cadence.due)
    if cadence.standing is Standing.RESTING:
        return f"resting{f' until {due.text}' if due else ''}: {cadence.source}"
    if due is None:
        return f"not started: {rhythm}" if cadence.standing is Standing.NOT_STARTED else rhythm
    if cadence.is_ripe:
        return f"not started, time to begin since {due.text}{wait}: {rhythm}"
    if cadence.standing is Standing.PAUSED:
        return f"paused until {due.text}"
    if cadence.standing in (Standing.DUE, Standing.OVERDUE):
        when = (
            "due today"
            if due.days == 0
            else f"{'waiting' if cadence.standing is Standing.OVERDUE else 'due'} since {due.text}"
        )
        return f"{when}{wait}: {rhythm}"
    return f"next by {due.text}: {rhythm}"


def _filled(scene: Scene, task: Task) -> ScriptView | None:
    """The task's own script for whom it concerns; else the one that follows an event, or says thank you."""
    if task.person not in scene.playbook.people or scene.scripts is None or not scene.is_mine:
        return None
    kind, identifier = task.owner
    if task.script in scene.playbook.outreach:
        event, goal = (identifier if kind == "events" else ""), (identifier if kind == "goals" else "")
        script = scene.scripts.fill(task.script, task.person, event, goal)
        return script if script.is_ready else None
    if task.kind is TaskKind.FOLLOW_UP and kind == "people":
        return fitting_script(scene, Purpose.FOLLOW_UP, task.person)
    if task.kind is TaskKind.FOLLOW_UP:
        return line_after(scene, scene.playbook.events[identifier], task.person)
    return fitting_script(scene, Purpose.THANK_YOU, task.person) if task.kind is TaskKind.THANKS else None


_KINDS = {
    TaskKind.ITEM: "checklist",
    TaskKind.PROMISE: "you promised",
    TaskKind.FOLLOW_UP: "follow-up",
    TaskKind.THANKS: "thank-you",
    TaskKind.FEEDBACK: "feedback to act on",
    TaskKind.MEETING: "meeting",
    TaskKind.DATE: "date",
    TaskKind.RENEWAL: "renewal",
    TaskKind.MILESTONE: "milestone",
}


def _text(scene: Scene, task: Task, person: str) -> str:
    if task.kind is TaskKind.THANKS:
        return f"Thank {person} for “{shorten(task.text, 60)}”" if task.text else f"Thank {person}"
    if is_after_event(task) or is_after_talk(task):
        return called(scene.playbook, task, person)
    if task.kind is TaskKind.MEETING and task.path == ("mentoring", "rhythm"):
        return f"Agree the next meeting with {person}, your {task.text}"
    if task.kind is TaskKind.MEETING:
        return f"Meet {person}, your {task.text}: prepare the agenda"
    if task.kind is TaskKind.DATE:
        return f"{person}: {task.text}"
    if task.kind is TaskKind.RENEWAL:
        return (
            f"{task.text}: {'apply before the deadline' if task.path == ('deadline',) else 'decide whether to renew'}"
        )
    if task.theirs:
        return f"{person}: {task.text}"
    return task.text


def _href(scene: Scene, task: Task) -> str:
    kind, identifier = task.owner
    uri = f"page:{uri_of(kind, identifier)}"
    if task.path[0] == "checklist":
        items: tuple[Item, ...] = getattr(scene.playbook.of_kind(kind)[identifier].record, "checklist", ())
        index = int(task.path[1])
        return f"{uri}#{item_anchor(index, items[index])}"
    return uri
