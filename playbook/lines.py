"""A line to write after a talk, or after an event: what it is called, what is logged of it, when it goes by itself.

Pure functions of a task. Knows neither who reads it, nor the message itself.
"""

from __future__ import annotations

import datetime as dt

from playbook.agenda import FOLLOW_UP_DAYS, Task, TaskKind
from playbook.graph import Playbook
from playbook.owed import FOLLOW_UP_WITHIN, TALK_WITHIN
from playbook.problems import shorten
from playbook.records.choices import LogKind


def is_after_event(task: Task) -> bool:
    """Whether a task asks for a line to somebody met at an event, with no follow-up of its own."""
    return task.kind is TaskKind.FOLLOW_UP and task.path == ("outcomes", "met")


def is_after_talk(task: Task) -> bool:
    """Whether a task asks for a line after a talk that stands in somebody's log."""
    return task.kind is TaskKind.FOLLOW_UP and task.path[0] == "log"


def called(playbook: Playbook, task: Task, person: str) -> str:
    """What a line to somebody of that name is called: `Write to Ada after your call: the draft`."""
    if is_after_event(task):
        return f"Write to {person}, whom you met at {task.text}"
    when = "your call" if _was_call(playbook, task) else "you met"
    return f"Write to {person} after {when}{f': {task.text}' if task.text else ''}"


def logged_as(playbook: Playbook, task: Task) -> str:
    """What its log says once it is written, until its author says it better: `After Camp`."""
    if is_after_event(task):
        return f"After {shorten(task.text, 60)}"
    when = "our call" if _was_call(playbook, task) else "we met"
    return f"After {when}{f': {shorten(task.text, 60)}' if task.text else ''}"


def last_day(task: Task) -> dt.date:
    """The last day on which it is brought up; nothing has to be done for that."""
    within = FOLLOW_UP_WITHIN if is_after_event(task) else TALK_WITHIN
    ahead = dt.timedelta(days=within - FOLLOW_UP_DAYS)
    return task.due + ahead if task.due is not None and task.due <= dt.date.max - ahead else dt.date.max


def _was_call(playbook: Playbook, task: Task) -> bool:
    return playbook.people[task.owner[1]].record.log[int(task.path[1])].kind is LogKind.CALLED
