"""A goal and what counts toward it, in a few words: what other pages and printouts say of goals."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.graph import Entry, JournalLine
from playbook.records import Goal
from playbook.records.choices import GoalKind
from playbook.views.checklists import evidence_link
from playbook.views.scene import Linked, Scene, uri_of
from playbook.views.tally import Tally, tally_of
from playbook.views.words import DayView, sentence_case

KIND_WORDS = {
    GoalKind.PROMOTION: "Promotion",
    GoalKind.MENTOR: "Find a mentor",
    GoalKind.SPONSOR: "Find a sponsor",
    GoalKind.PATH: "Explore a path",
    GoalKind.REACH: "Extend your reach",
    GoalKind.SKILL: "Learn a skill",
    GoalKind.PRESENCE: "Digital presence",
    GoalKind.COLLABORATION: "Collaboration",
    GoalKind.GIVE_BACK: "Give back",
}


@dataclass(frozen=True, slots=True)
class GoalCard:
    """A goal among others."""

    link: Linked
    kind: str
    status: str
    tally: Tally
    due: DayView | None
    next_step: str
    why: str


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """A journal entry that counts toward a goal."""

    link: Linked
    day: DayView
    kind: str
    impact: str
    proof: Linked | None


def goal_card(scene: Scene, entry: Entry[Goal]) -> GoalCard:
    """A goal in a few words."""
    goal = entry.record
    next_open = next((item.task for item in goal.checklist if item.is_open), "")
    return GoalCard(
        link=scene.link_to(entry),
        kind=KIND_WORDS[goal.kind] if goal.kind else "",
        status=str(goal.status),
        tally=tally_of(goal.checklist),
        due=scene.day(goal.due),
        next_step=goal.next_step or next_open,
        why=goal.why,
    )


def evidence_view(scene: Scene, line: JournalLine) -> EvidenceView:
    """A journal entry as evidence, leading to its place in the journal."""
    record = line.record
    day = scene.day(record.date)
    assert day is not None  # noqa: S101  (a journal entry always has a date)
    title = record.title or record.said or record.text.split("\n", 1)[0] or sentence_case(record.kind)
    return EvidenceView(
        link=Linked(title, f"page:{uri_of('journal', line.entry.id)}#{line.anchor}"),
        day=day,
        kind=str(record.kind),
        impact=record.impact,
        proof=Linked(record.url, record.url) if record.url else evidence_link(record.evidence),
    )
