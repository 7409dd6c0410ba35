"""Home: what to do this week and why; for other readers, what somebody works toward and has reached."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.problems import Problem, Severity
from playbook.records.choices import JournalKind, Status
from playbook.views.goal_cards import EvidenceView, GoalCard, evidence_view, goal_card
from playbook.views.scene import Linked, Scene
from playbook.views.tasks import CAN_WAIT, DuePersonView, TaskView
from playbook.views.thoughts import ThoughtView, thoughts_of
from playbook.views.week import SOON_TITLE, NextEventView, Week, week_text
from playbook.views.words import count, day_text

MOST_ACHIEVEMENTS = 5


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
        """What `this_week` is called."""
        return SOON_TITLE

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
    week = Week(scene)
    shown = tuple(problem for problem in problems if problem.severity is not Severity.NOTICE)
    lines = scene.playbook.journal_lines()
    return HomeView(
        is_mine=scene.is_mine,
        title="This week" if scene.is_mine else (me.name or "A career playbook"),
        today=day_text(scene.today),
        week=week_text(scene.today),
        statement=me.statement,
        headline=me.headline,
        waiting=week.waiting,
        more_waiting=week.more_waiting,
        this_week=week.this_week,
        coming=week.coming,
        next_steps=week.next_steps,
        people=week.people,
        can_wait=week.can_wait,
        thoughts=thoughts_of(scene) if scene.is_mine else (),
        event=week.event,
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
