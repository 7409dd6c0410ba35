"""Mentors and sponsors: the agreement with its next agenda, the evidence for each trait, the way to a sponsor."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from playbook.graph import Entry
from playbook.records import Person
from playbook.records.person import Feedback
from playbook.views.scene import Linked, Scene
from playbook.views.words import DayView

_TRAITS = (
    ("values", "Shares your values"),
    ("success", "Success in the field"),
    ("willing", "Would invest time"),
    ("candid", "Honest, constructive feedback"),
)


@dataclass(frozen=True, slots=True)
class AnswerView:
    """What was asked and answered."""

    ask: str
    answered: str


@dataclass(frozen=True, slots=True)
class FeedbackView:
    """What they told you. `state` is `acted on`, `not yet`, or empty where nothing was to be done about it."""

    said: str
    day: DayView | None
    action: str
    state: str
    acted_on: DayView | None


@dataclass(frozen=True, slots=True)
class MentoringView:
    """The agreement, and what to bring to the next meeting."""

    role: str
    """What they are to you: `mentor` or `mentee`."""
    since: DayView | None
    until: DayView | None
    rhythm: str
    next: DayView | None
    was_planned: bool
    """Whether the next meeting lies in the past, so that a new day is wanted."""
    expectations: tuple[str, ...]
    aims: tuple[str, ...]
    questions: tuple[str, ...]
    """To ask now."""
    answers: tuple[AnswerView, ...]
    """Asked and answered before."""
    feedback: tuple[FeedbackView, ...]

    @property
    def has_agenda(self) -> bool:
        """Whether there is anything to bring along."""
        return bool(self.next or self.questions or self.answers or self.feedback)


@dataclass(frozen=True, slots=True)
class FitRow:
    """One trait of a good mentor; without evidence it is something to find out."""

    trait: str
    evidence: str


@dataclass(frozen=True, slots=True)
class SponsoringView:
    """The way to their speaking for you."""

    goal: Linked | None
    reach: tuple[str, ...]
    seen: tuple[str, ...]
    asked: DayView | None
    answer: str
    did: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known yet."""
        return not (self.goal or self.reach or self.seen or self.asked or self.answer or self.did)


def mentoring_view(scene: Scene, entry: Entry[Person]) -> MentoringView | None:
    """The agreement with somebody, if there is one."""
    mentoring = entry.record.mentoring
    if mentoring is None:
        return None
    coming = scene.day(mentoring.next)
    return MentoringView(
        role=str(mentoring.role),
        since=scene.day(mentoring.since),
        until=scene.day(mentoring.until),
        rhythm=str(mentoring.rhythm.ideal) if mentoring.rhythm else "",
        next=coming,
        was_planned=coming is not None and coming.is_past,
        expectations=mentoring.expectations,
        aims=mentoring.aims,
        questions=tuple(question.ask for question in mentoring.questions if not question.answered),
        answers=tuple(AnswerView(q.ask, q.answered) for q in mentoring.questions if q.answered),
        feedback=tuple(_feedback(scene, f) for f in sorted(mentoring.feedback, key=_latest_first)),
    )


def fit_rows(person: Person, *, with_gaps: bool) -> tuple[FitRow, ...]:
    """The evidence for each trait; `with_gaps` keeps those that are still to be found out."""
    rows = (FitRow(name, getattr(person.fit, trait) if person.fit else "") for trait, name in _TRAITS)
    return tuple(row for row in rows if row.evidence or with_gaps)


def sponsoring_view(scene: Scene, person: Person) -> SponsoringView:
    """The way to a sponsor as far as it has come."""
    path = person.sponsoring
    if path is None:
        return SponsoringView(None, (), (), None, "", ())
    return SponsoringView(
        goal=scene.link("goals", path.goal) if path.goal else None,
        reach=path.reach,
        seen=path.seen,
        asked=scene.day(path.asked),
        answer=path.answer,
        did=path.did,
    )


def _latest_first(feedback: Feedback) -> int:
    return -(feedback.date or dt.date.min).toordinal()


def _feedback(scene: Scene, feedback: Feedback) -> FeedbackView:
    return FeedbackView(
        said=feedback.said,
        day=scene.day(feedback.date),
        action=feedback.action,
        state="acted on" if feedback.acted else "not yet" if feedback.action else "",
        acted_on=scene.day(feedback.acted.on) if feedback.acted else None,
    )
