"""The Progress page: how much is done and how fast it goes, what moved, what was added, what waits; as git tells it.

Another reader gets the lines and the days of what that reader may see; what waits, how old it is and what passed
between people is the author's own business.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from playbook.agenda import TaskKind
from playbook.history.checklists import State
from playbook.history.timeline import Change, Timeline
from playbook.ledger import months_of
from playbook.progress import active_days, ages, path_of
from playbook.progress.pace import Pace, weeks_until
from playbook.views.goal_progress import burnup_of
from playbook.views.growth import (
    BurnupView,
    CalendarView,
    MonthsView,
    Rows,
    burnup_view,
    calendar_view,
    first_day_of_calendar,
)
from playbook.views.happenings import (
    ChangesView,
    HappeningView,
    changes_in,
    changes_view,
    happenings,
    item_link,
    owner_link,
)
from playbook.views.scene import Linked, Scene
from playbook.views.tasks import task_view
from playbook.views.words import DayView, count, day_text, length_text

PACE_WEEKS = 12
REVIEW = "progress/review.md"
MOST_OLD = 15
MONTHS_BACK = 11
UNTICKED_WITHIN = 365
_DAYS_OF_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class AdviceView:
    """Something to know, and the command that helps (empty where none does)."""

    reason: str
    command: str


@dataclass(frozen=True, slots=True)
class GoalGrowth:
    """One goal's line among the others."""

    link: Linked
    burnup: BurnupView


@dataclass(frozen=True, slots=True)
class PaceView:
    """How much was done in each of the last weeks."""

    text: str
    table: Rows


@dataclass(frozen=True, slots=True)
class WaitingView:
    """An open item, and since when."""

    item: Linked
    owner: Linked | None
    since: DayView
    length: str
    """`5 weeks`; `at least 5 weeks` where it may be older."""


@dataclass(frozen=True, slots=True)
class HistoryView:
    """What the history of the checklists says."""

    is_young: bool
    """Whether all that is known is of one day, so that there is nothing to draw yet."""
    summary: str
    uncommitted: str
    """How many items differ on the disk from the last commit, in words; empty for none."""
    burnup: BurnupView
    goals: tuple[GoalGrowth, ...]
    goals_table: Rows
    """The numbers of all of them; those of each over time stand on its page."""
    calendar: CalendarView
    pace: PaceView | None
    """None for less than a week."""
    week: tuple[ChangesView, ...]
    unticked: tuple[HappeningView, ...]
    old: tuple[WaitingView, ...]
    open_items: int
    notes: tuple[AdviceView, ...]


@dataclass(frozen=True, slots=True)
class ProgressView:
    """The page; exactly one of `absence` and `history` is there."""

    absence: AdviceView | None
    """Why nothing can be said about the checklists."""
    history: HistoryView | None
    slipped: tuple[WaitingView, ...]
    months: MonthsView | None
    review: Linked | None
    """The page that looks back; the author's own."""


def has_progress(scene: Scene) -> bool:
    """Whether the history knows of anything that this reader may see."""
    return scene.timeline is not None and any(step.day <= scene.today for step in scene.timeline.steps)


def progress_view(scene: Scene) -> ProgressView:
    """The Progress page."""
    timeline = scene.timeline
    is_known = timeline is not None and has_progress(scene)
    return ProgressView(
        absence=None if is_known else _absence(scene),
        history=_history(scene, timeline) if timeline is not None and is_known else None,
        slipped=slipped(scene),
        months=_months(scene),
        review=Linked("Review", f"page:{REVIEW}") if scene.is_mine else None,
    )


def _history(scene: Scene, timeline: Timeline) -> HistoryView:
    today = scene.today
    whole = burnup_view(timeline, today, title="Everything")
    goals = _goals(scene, timeline)
    old = _old(scene, timeline) if scene.is_mine else ()
    return HistoryView(
        is_young=len({point.day for point in whole.points}) < 2,  # noqa: PLR2004
        summary=_summary(scene, timeline, whole),
        uncommitted=_uncommitted(scene, timeline),
        burnup=whole,
        goals=goals,
        goals_table=Rows(
            ("Goal", "Done", "Of", "In the first week"),
            tuple(
                (goal.link.text, str(goal.burnup.now.done), str(goal.burnup.now.total), str(goal.burnup.plan.total))
                for goal in goals
            ),
        ),
        calendar=calendar_view(active_days(timeline, first_day_of_calendar(today), today), today),
        pace=_pace(scene, timeline),
        week=changes_view(scene, timeline, changes_in(scene, timeline, week_before(today), today)),
        unticked=_unticked(scene, timeline) if scene.is_mine else (),
        old=old[:MOST_OLD],
        open_items=len(old),
        notes=tuple(AdviceView(note.message, note.command) for note in timeline.notes),
    )


def week_before(today: dt.date) -> dt.date:
    """The first of the seven days that end today."""
    return dt.date.fromordinal(max(today.toordinal() - _DAYS_OF_A_WEEK + 1, 1))


def slipped(scene: Scene) -> tuple[WaitingView, ...]:
    """Open items whose day has passed, the longest first; nothing for another reader."""
    found = []
    for task in scene.tasks if scene.is_mine else ():
        if task.kind is TaskKind.ITEM and task.due is not None and task.due < scene.today:
            view = task_view(scene, task)
            assert view.due is not None  # noqa: S101  (it was just compared)
            length = length_text((scene.today - task.due).days)
            found.append(WaitingView(Linked(view.text, view.href), scene.link(*task.owner), view.due, length))
    return tuple(found)


def _absence(scene: Scene) -> AdviceView:
    why = scene.no_history
    if why is not None:
        return AdviceView(why.reason, why.command)
    if scene.timeline is None:
        return AdviceView("This site leaves out what git knows of the checklists.", "")
    return AdviceView("No commit holds anything yet.", "playbook commit")


def _summary(scene: Scene, timeline: Timeline, whole: BurnupView) -> str:
    changes = changes_in(scene, timeline, week_before(scene.today), scene.today)
    now = f"{whole.now.done} of {count(whole.now.total, 'item')} done."
    if not changes.done and not changes.added:
        return now
    parts = [
        f"{len(changes.done)} done" if changes.done else "",
        f"{len(changes.added)} added" if changes.added else "",
    ]
    return f"{now} In the last seven days: {', '.join(part for part in parts if part)}."


def _uncommitted(scene: Scene, timeline: Timeline) -> str:
    if not scene.is_mine:
        return ""
    last = timeline.steps[-1]
    changed = {event.item for event in timeline.events if event.step == last.index} if last.is_working_tree else ()
    if not changed:
        return ""
    return f"{count(len(changed), 'change')} on the disk {'is' if len(changed) == 1 else 'are'} in no commit yet."


def _goals(scene: Scene, timeline: Timeline) -> tuple[GoalGrowth, ...]:
    found = []
    for identifier in scene.goal_order:
        entry = scene.playbook.goals[identifier]
        view = burnup_of(scene, timeline, entry)
        if view.points and view.now.total:
            found.append(GoalGrowth(scene.link_to(entry), view))
    return tuple(found)


def _pace(scene: Scene, timeline: Timeline) -> PaceView | None:
    """Over the last weeks, as far as the history goes back."""
    today, begun = scene.today, timeline.steps[0].day
    weeks = min((today - begun).days // _DAYS_OF_A_WEEK, PACE_WEEKS)
    if weeks < 1:
        return None
    spans = weeks_until(today, weeks)
    found = Pace(tuple(len(changes_in(scene, timeline, first, last).done) for first, last in spans))
    rate = f"{found.per_week:.1f}".removesuffix(".0")
    text = f"{rate} done in an average week of the last {weeks}." if weeks > 1 else f"{rate} done in the last week."
    rows = zip(reversed(spans), reversed(found.weeks), strict=True)
    return PaceView(
        text, Rows(("Seven days up to", "Done"), tuple((day_text(last), str(done)) for (_, last), done in rows))
    )


def _unticked(scene: Scene, timeline: Timeline) -> tuple[HappeningView, ...]:
    """What had been done and is open now, newest first."""
    first = scene.today.toordinal() - UNTICKED_WITHIN
    found, events, steps = [], timeline.events, timeline.steps
    for item in timeline.items:
        if item.is_live and item.state is State.OPEN:
            undone = [event for index in item.events if (event := events[index]).kind is Change.UNDONE]
            if undone and first <= steps[undone[-1].step].day.toordinal() <= scene.today.toordinal():
                found.append(undone[-1]._replace(text=item.text, path=item.path))
    return happenings(scene, timeline, found)


def _old(scene: Scene, timeline: Timeline) -> tuple[WaitingView, ...]:
    """Open items of what is still under way, oldest first."""
    under_way = {(path_of(task.owner), task.path[-1]) for task in scene.tasks if task.kind is TaskKind.ITEM}
    found = []
    for age in ages(timeline, scene.today):
        item = age.item
        since = scene.day(age.since)
        assert since is not None  # noqa: S101  (an age has a day)
        link = item_link(scene, timeline, item.uid, item.text)
        if (item.path, item.place) in under_way:
            length = length_text(age.days)
            words = f"at least {length}" if age.is_at_least else length
            found.append(WaitingView(link, owner_link(scene, item.path), since, words))
    return tuple(found)


def _months(scene: Scene) -> MonthsView | None:
    """What passed between people in the last year; nothing for another reader."""
    if not scene.is_mine:
        return None
    today = scene.today
    number = today.year * 12 + today.month - 1 - MONTHS_BACK
    first = dt.date(number // 12, number % 12 + 1, 1) if number >= 12 else dt.date.min  # noqa: PLR2004
    view = MonthsView(months_of(scene.playbook, first, today))
    return None if view.is_empty else view
