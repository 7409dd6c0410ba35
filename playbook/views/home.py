"""Home: what to do this week and why; for other readers, what somebody works toward and has reached."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from playbook.agenda import Task, TaskKind, next_events
from playbook.problems import Problem, Severity
from playbook.records.choices import JournalKind, Status
from playbook.views.checklists import Tally, tally_of
from playbook.views.goal_cards import EvidenceView, GoalCard, evidence_view, goal_card
from playbook.views.scene import Linked, Scene
from playbook.views.tasks import CAN_WAIT, DuePersonView, TaskView, due_person_view, task_view
from playbook.views.thoughts import ThoughtView, thoughts_of
from playbook.views.words import DayView, count, day_text, span_text, weekday_text

WEEK = 7
MOST_WAITING = 8
MOST_ACHIEVEMENTS = 5
MOST_NEXT_STEPS = 6

# How many days ahead each kind of task is brought up: a meeting wants preparing, a renewal wants thinking.
_AHEAD = {TaskKind.MEETING: 14, TaskKind.RENEWAL: 30, TaskKind.MILESTONE: 14, TaskKind.THANKS: 14}


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


@dataclass(frozen=True, slots=True)
class HomeView:
    """Home."""

    is_mine: bool
    title: str
    today: str
    week: str
    """`Mon 16 Nov – Sun 22 Nov`: the week that today lies in."""
    statement: str
    headline: str
    waiting: tuple[TaskView, ...]
    more_waiting: int
    this_week: tuple[TaskView, ...]
    coming: tuple[TaskView, ...]
    """What is later than a week but wants preparing: meetings, milestones, renewals."""
    next_steps: tuple[TaskView, ...]
    """What has no date, or a far one: what you promised, then the next step of each goal that has nothing to do."""
    people: tuple[DuePersonView, ...]
    event: NextEventView | None
    goals: tuple[GoalCard, ...]
    achievements: tuple[EvidenceView, ...]
    problems: tuple[Problem, ...]
    problems_title: str
    is_new: bool
    """Whether there is hardly anything yet, so that Home says how to begin."""
    can_wait: tuple[Linked, ...] = ()
    """Who is due beyond the few that are named."""
    thoughts: tuple[ThoughtView, ...] = ()
    """What is worth a thought and no task: a tie that leans one way, a goal that lacks something."""

    @property
    def soon_title(self) -> str:
        """What `this_week` is called, wherever it is shown: it runs on from today, past the week that today lies in."""
        return "The next seven days"

    @property
    def can_wait_title(self) -> str:
        """What is said of `can_wait`, as on their own pages."""
        return CAN_WAIT

    @property
    def is_quiet(self) -> bool:
        """Whether nothing at all is to be done this week."""
        return not (self.waiting or self.this_week or self.coming or self.next_steps or self.people)


def home_view(scene: Scene, problems: tuple[Problem, ...] = ()) -> HomeView:
    """Home, for the author or for another reader (who is told nothing of what is to be done)."""
    me = scene.playbook.me.record
    wanted = _wanted(scene) if scene.is_mine else ()
    waiting = tuple(task for task in wanted if task.due is not None and task.due < scene.today)
    due = scene.due if scene.is_mine else ()
    monday = scene.today - dt.timedelta(days=scene.today.weekday())
    shown = tuple(problem for problem in problems if problem.severity is not Severity.NOTICE)
    lines = scene.playbook.journal_lines()
    return HomeView(
        is_mine=scene.is_mine,
        title="This week" if scene.is_mine else (me.name or "A career playbook"),
        today=day_text(scene.today),
        week=f"{weekday_text(monday)} – {weekday_text(_plus(monday, 6))}",
        statement=me.statement,
        headline=me.headline,
        waiting=tuple(task_view(scene, task) for task in waiting[:MOST_WAITING]),
        more_waiting=max(0, len(waiting) - MOST_WAITING),
        this_week=tuple(
            task_view(scene, task) for task in wanted if task not in waiting and not _is_later(scene, task)
        ),
        coming=tuple(task_view(scene, task) for task in wanted if _is_later(scene, task)),
        next_steps=_next_steps(scene, wanted) if scene.is_mine else (),
        people=tuple(due_person_view(scene, *pair) for pair in due[: me.week_size]),
        can_wait=scene.links("people", scene.can_wait if scene.is_mine else ()),
        thoughts=thoughts_of(scene) if scene.is_mine else (),
        event=_next_event(scene) if scene.is_mine else None,
        goals=tuple(
            goal_card(scene, scene.playbook.goals[identifier])
            for identifier in scene.goal_order
            if scene.playbook.goals[identifier].record.status is Status.ACTIVE
        ),
        achievements=tuple(
            evidence_view(scene, line)
            for line in lines
            if line.record.kind is JournalKind.ACHIEVEMENT and line.record.date <= scene.today
        )[:MOST_ACHIEVEMENTS],
        problems=shown,
        problems_title=count(len(shown), "problem") + " in your files",
        is_new=scene.is_mine and len(scene.playbook.people) < 3 and not lines,  # noqa: PLR2004
    )


def _wanted(scene: Scene) -> tuple[Task, ...]:
    """Open tasks with a day within reach, soonest first."""
    found = []
    for task in scene.tasks:
        ahead = dt.timedelta(days=_AHEAD.get(task.kind, WEEK))
        if task.due is not None and task.due - scene.today <= ahead:
            found.append(task)
    return tuple(found)


def _is_later(scene: Scene, task: Task) -> bool:
    return task.due is not None and (task.due - scene.today).days > WEEK


def _next_steps(scene: Scene, wanted: tuple[Task, ...]) -> tuple[TaskView, ...]:
    """What nothing else would bring up: promises without a day, and one item of each record that has none this week.

    Goals come before other records, and feedback to act on comes last. Events have a place of their own on Home.
    """
    busy = {task.owner for task in wanted}
    rank = {("goals", identifier): index for index, identifier in enumerate(scene.goal_order)}
    undated = [task for task in scene.tasks if task.due is None]
    promised = [task for task in undated if task.kind is TaskKind.PROMISE and not task.theirs]
    first: dict[tuple[str, str], Task] = {}
    for task in scene.tasks:
        is_goal = task.owner in rank
        if task.kind is TaskKind.ITEM and task.owner not in busy and (is_goal or task.due is None):
            first.setdefault(task.owner, task)
    items = sorted(first.values(), key=lambda task: rank.get(task.owner, len(rank)))
    feedback = [task for task in undated if task.kind is TaskKind.FEEDBACK]
    steps = [*promised, *(task for task in items if task.owner[0] != "events"), *feedback]
    return tuple(task_view(scene, task) for task in steps[:MOST_NEXT_STEPS])


def _next_event(scene: Scene) -> NextEventView | None:
    coming = next_events(scene.playbook, scene.today)
    if not coming:
        return None
    entry = coming[0]
    event = entry.record
    day = scene.day(event.starts.day)
    assert day is not None  # noqa: S101  (an event always starts)
    items = [task for task in scene.tasks if task.owner == entry.key and task.kind is TaskKind.ITEM]
    before = [t for t in items if t.due is None or t.due <= event.starts.day]
    return NextEventView(
        link=scene.link_to(entry),
        when=span_text(event.starts.day, (event.ends or event.starts).day),
        place=event.place,
        day=day,
        tally=tally_of(event.checklist),
        to_meet=len(event.meet),
        next_items=tuple(task_view(scene, task) for task in before[:3]),
        status=str(event.status),
    )


def _plus(day: dt.date, days: int) -> dt.date:
    return day + dt.timedelta(days=days) if day.year < dt.MAXYEAR else day
