"""The roadmap and each goal's page: why, measure, what to do, who helps, what shows that it moves."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.graph import Entry, JournalLine
from playbook.records import Goal
from playbook.records.choices import Status
from playbook.views.charts import GoalBar, MilestoneMark, RoadmapView, plan_roadmap
from playbook.views.checklists import ChecklistView, checklist_view
from playbook.views.goal_cards import KIND_WORDS, EvidenceView, GoalCard, evidence_view, goal_card
from playbook.views.goal_progress import GoalProgressView, goal_progress
from playbook.views.packet import packet_link
from playbook.views.printouts import PrintoutView, goal_printouts
from playbook.views.scene import Linked, Scene, Source, uri_of
from playbook.views.tally import tally_of
from playbook.views.words import DayView, span_text


@dataclass(frozen=True, slots=True)
class MilestoneView:
    """A milestone. `state` is `open`, `waiting` (past its day) or `done`."""

    title: str
    due: DayView | None
    done_on: DayView | None
    state: str


@dataclass(frozen=True, slots=True)
class CriterionView:
    """What the committee looks for, with what there is for it."""

    text: str
    expected: str
    evidence: tuple[EvidenceView, ...]
    items: tuple[str, ...]
    """Open or done checklist items that serve it."""


@dataclass(frozen=True, slots=True)
class ToldView:
    """Who knows of the goal."""

    person: Linked
    day: DayView | None


@dataclass(frozen=True, slots=True)
class GoalView:
    """A goal's page."""

    id: str
    title: str
    kind: str
    status: str
    why: str
    measure: str
    pitch: str
    start: DayView | None
    due: DayView | None
    next_step: str
    outcome: str
    parent: Linked | None
    parts: tuple[GoalCard, ...]
    milestones: tuple[MilestoneView, ...]
    checklist: ChecklistView
    progress: GoalProgressView | None
    """None where the history knows nothing of it."""
    criteria: tuple[CriterionView, ...]
    packet: Linked | None
    """None where there are no criteria."""
    people: tuple[Linked, ...]
    events: tuple[Linked, ...]
    organizations: tuple[Linked, ...]
    plays: tuple[Linked, ...]
    told: tuple[ToldView, ...]
    untold: tuple[Linked, ...]
    """People who matter for the goal and have not been told yet."""
    evidence: tuple[EvidenceView, ...]
    printouts: tuple[PrintoutView, ...]
    tags: tuple[str, ...]
    source: Source | None


@dataclass(frozen=True, slots=True)
class GoalsView:
    """All goals: the roadmap, then cards by status."""

    roadmap: RoadmapView | None
    open: tuple[GoalCard, ...]
    resting: tuple[GoalCard, ...]
    """Paused."""
    past: tuple[GoalCard, ...]
    """Done or dropped."""


def goals_view(scene: Scene) -> GoalsView:
    """The goals page."""
    entries = [scene.playbook.goals[identifier] for identifier in scene.goal_order]
    cards = {entry.id: goal_card(scene, entry) for entry in entries}
    return GoalsView(
        roadmap=plan_roadmap([_bar(entry) for entry in entries], scene.today) if entries else None,
        open=tuple(cards[e.id] for e in entries if e.record.status is Status.ACTIVE),
        resting=tuple(cards[e.id] for e in entries if e.record.status is Status.PAUSED),
        past=tuple(cards[e.id] for e in entries if e.record.status in (Status.DONE, Status.DROPPED)),
    )


def goal_view(scene: Scene, entry: Entry[Goal]) -> GoalView:
    """One goal's page."""
    goal = entry.record
    book = scene.playbook
    evidence = tuple(line for line in book.journal_lines() if entry.id in line.record.goals or _serves(line, entry.id))
    people = book.related(entry.key, "people", "people", "goals")
    told = {found.person for found in goal.told}
    return GoalView(
        id=entry.id,
        title=goal.title,
        kind=KIND_WORDS[goal.kind] if goal.kind else "",
        status=str(goal.status),
        why=goal.why,
        measure=goal.measure,
        pitch=goal.pitch,
        start=scene.day(goal.start),
        due=scene.day(goal.due),
        next_step=goal.next_step,
        outcome=goal.outcome,
        parent=scene.link("goals", goal.parent) if goal.parent else None,
        parts=tuple(
            goal_card(scene, book.goals[identifier])
            for identifier in scene.goal_order
            if book.goals[identifier].record.parent == entry.id
        ),
        milestones=tuple(
            MilestoneView(
                milestone.title,
                scene.day(milestone.due),
                scene.day(milestone.done.on) if milestone.done else None,
                "done"
                if milestone.done
                else "waiting"
                if milestone.due is not None and milestone.due < scene.today
                else "open",
            )
            for milestone in goal.milestones
        ),
        checklist=checklist_view(scene, entry),
        progress=goal_progress(scene, entry),
        criteria=_criteria(scene, entry, evidence),
        packet=packet_link(entry),
        people=scene.links("people", people),
        events=tuple(_event_link(scene, identifier) for identifier in _events(scene, entry)),
        organizations=scene.links("organizations", book.related(entry.key, "organizations", "organizations", "goals")),
        plays=scene.links("plays", book.related(entry.key, "plays", "goals")),
        told=tuple(ToldView(scene.link("people", found.person), scene.day(found.date)) for found in goal.told),
        untold=scene.links("people", tuple(p for p in people if p not in told)) if scene.is_mine else (),
        evidence=tuple(evidence_view(scene, line) for line in evidence),
        printouts=goal_printouts(scene, entry),
        tags=goal.tags,
        source=scene.source(entry),
    )


def _serves(line: JournalLine, goal: str) -> bool:
    return any(name.startswith(f"{goal}/") for name in line.record.criteria)


def _criteria(scene: Scene, entry: Entry[Goal], lines: tuple[JournalLine, ...]) -> tuple[CriterionView, ...]:
    found = []
    for criterion in entry.record.criteria:
        names = {f"{entry.id}/{criterion.id}"} if criterion.id else set()
        own = {*names, criterion.id} if criterion.id else set()
        found.append(
            CriterionView(
                criterion.text,
                criterion.expected,
                tuple(evidence_view(scene, line) for line in lines if names & set(line.record.criteria)),
                tuple(item.task for item in entry.record.checklist if own & set(item.criteria)),
            )
        )
    return tuple(found)


def _events(scene: Scene, entry: Entry[Goal]) -> list[str]:
    """Events of a goal, the latest first."""
    names = scene.playbook.related(entry.key, "events", "events", "goals")
    return sorted(names, key=lambda name: (-scene.playbook.events[name].record.starts.day.toordinal(), name))


def _event_link(scene: Scene, identifier: str) -> Linked:
    event = scene.playbook.events[identifier].record
    return scene.link("events", identifier, span_text(event.starts.day, (event.ends or event.starts).day))


def _bar(entry: Entry[Goal]) -> GoalBar:
    goal = entry.record
    tally = tally_of(goal.checklist)
    return GoalBar(
        id=entry.id,
        title=goal.title,
        page=uri_of("goals", entry.id),
        status=goal.status,
        start=goal.start,
        due=goal.due,
        milestones=tuple(
            MilestoneMark(m.title, m.due, m.done is not None, m.done.on if m.done else None) for m in goal.milestones
        ),
        parent=goal.parent or "",
        done=tally.done,
        total=tally.total,
    )
