"""The author's week: what waits, what comes, whom to be in touch with; for Home, the terminal and the summary.

Each part is put into words when somebody asks for it. Other readers are told nothing of it: their week is empty.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from playbook.agenda import DATES_AHEAD, Task, TaskKind, is_preparation, next_events
from playbook.views.scene import Linked, Scene
from playbook.views.tally import Tally, tally_of
from playbook.views.tasks import DuePersonView, TaskView, due_person_view, task_view
from playbook.views.words import DayView, span_text, span_view, weekday_text

WEEK = 7
MOST_WAITING = 8
MOST_NEXT_STEPS = 6

# How many days ahead each kind of task is brought up: a meeting wants preparing, a renewal wants thinking.
_AHEAD = {
    TaskKind.MEETING: 14, TaskKind.RENEWAL: 30, TaskKind.MILESTONE: 14, TaskKind.THANKS: 14, TaskKind.DATE: DATES_AHEAD,
}  # fmt: skip

SOON_TITLE = "The next seven days"
"""What `this_week` is called, wherever it is shown: it runs on from today, past the week that today lies in."""


@dataclass(frozen=True, slots=True)
class NextEventView:
    """The next event, and how far its preparation has come."""

    link: Linked
    when: str
    place: str
    day: DayView
    tally: Tally
    to_meet: int
    next_items: tuple[TaskView, ...]
    status: str


class Week:
    """What there is to do, seen from one day."""

    def __init__(self, scene: Scene, *, with_scripts: bool = True) -> None:
        """`with_scripts` is whether tasks carry the script for them, filled; a terminal shows none."""
        self.today = scene.today
        self._scene = scene
        self._of_tasks = scene if with_scripts else replace(scene, scripts=None)

    @cached_property
    def waiting(self) -> tuple[TaskView, ...]:
        """What its day has passed for; the first few."""
        return self._views(self._waiting[:MOST_WAITING])

    @property
    def more_waiting(self) -> int:
        """How much more there is of it."""
        return max(0, len(self._waiting) - MOST_WAITING)

    @cached_property
    def this_week(self) -> tuple[TaskView, ...]:
        """What is due today or within the next seven days."""
        return self._views(task for task in self._wanted if task not in self._waiting and not self._is_later(task))

    @cached_property
    def coming(self) -> tuple[TaskView, ...]:
        """What is later than a week but wants preparing: meetings, milestones, renewals."""
        return self._views(task for task in self._wanted if self._is_later(task))

    @cached_property
    def next_steps(self) -> tuple[TaskView, ...]:
        """What nothing else would bring up: promises without a day, one item of each record that has none this week.

        Goals come before other records, and feedback to act on comes last. Events have a place of their own.
        """
        busy = {task.owner for task in self._wanted}
        rank = {("goals", identifier): index for index, identifier in enumerate(self._scene.goal_order)}
        undated = [task for task in self._tasks if task.due is None]
        promised = [task for task in undated if task.kind is TaskKind.PROMISE and not task.theirs]
        first: dict[tuple[str, str], Task] = {}
        for task in self._tasks:
            is_goal = task.owner in rank
            if task.kind is TaskKind.ITEM and task.owner not in busy and (is_goal or task.due is None):
                first.setdefault(task.owner, task)
        items = sorted(first.values(), key=lambda task: rank.get(task.owner, len(rank)))
        feedback = [task for task in undated if task.kind is TaskKind.FEEDBACK]
        steps = [*promised, *(task for task in items if task.owner[0] != "events"), *feedback]
        return self._views(steps[:MOST_NEXT_STEPS])

    @cached_property
    def people(self) -> tuple[DuePersonView, ...]:
        """Whom to be in touch with; as many as `me.yml` wants named."""
        due = self._scene.due if self._scene.is_mine else ()
        return tuple(due_person_view(self._scene, *pair) for pair in due[: self._scene.playbook.me.record.week_size])

    @property
    def can_wait(self) -> tuple[Linked, ...]:
        """Who is due beyond the few that are named."""
        return self._scene.links("people", self._scene.can_wait if self._scene.is_mine else ())

    @cached_property
    def event(self) -> NextEventView | None:
        """The next event; None where there is none."""
        scene = self._scene
        coming = next_events(scene.playbook, scene.today) if scene.is_mine else ()
        if not coming:
            return None
        entry = coming[0]
        event = entry.record
        last = (event.ends or event.starts).day
        before = {
            ("checklist", index): item for index, item in enumerate(event.checklist) if is_preparation(entry, item)
        }
        items = [task for task in self._tasks if task.owner == entry.key and task.path in before]
        return NextEventView(
            link=scene.link_to(entry),
            when=span_text(event.starts.day, last),
            place=event.place,
            day=span_view(event.starts.day, last, scene.today),
            tally=tally_of(tuple(before.values())),
            to_meet=len(event.meet),
            next_items=self._views(items[:3]),
            status=str(event.status),
        )

    @property
    def _tasks(self) -> tuple[Task, ...]:
        return self._scene.tasks if self._scene.is_mine else ()

    @cached_property
    def _wanted(self) -> tuple[Task, ...]:
        """Open tasks with a day within reach, soonest first."""
        found = []
        for task in self._tasks:
            ahead = dt.timedelta(days=_AHEAD.get(task.kind, WEEK))
            if task.due is not None and task.due - self._scene.today <= ahead:
                found.append(task)
        return tuple(found)

    @cached_property
    def _waiting(self) -> tuple[Task, ...]:
        return tuple(task for task in self._wanted if task.due is not None and task.due < self._scene.today)

    def _is_later(self, task: Task) -> bool:
        return task.due is not None and (task.due - self._scene.today).days > WEEK

    def _views(self, tasks: Iterable[Task]) -> tuple[TaskView, ...]:
        return tuple(task_view(self._of_tasks, task) for task in tasks)


def week_text(today: dt.date) -> str:
    """`Mon 16 Nov – Sun 22 Nov`: the week that a day lies in."""
    monday = today - dt.timedelta(days=today.weekday())
    sunday = monday + dt.timedelta(days=6) if monday.year < dt.MAXYEAR else monday
    return f"{weekday_text(monday)} – {weekday_text(sunday)}"
