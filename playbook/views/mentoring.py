"""Mentors and sponsors: the agreement with its next agenda, the evidence for each trait, the way to a sponsor."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from playbook.graph import Entry
from playbook.records import Person
from playbook.records.choices import Purpose
from playbook.records.person import Feedback
from playbook.sponsors import Reached, Sponsorship, Step, sponsorship_of
from playbook.views.fitting import fitting_script, script_command
from playbook.views.goal_cards import EvidenceView, evidence_view
from playbook.views.scene import Linked, Scene
from playbook.views.tasks import TaskView, task_view
from playbook.views.words import DayView, relative_text, span_text

_TRAITS = (
    ("values", "Shares your values"),
    ("success", "Success in the field"),
    ("willing", "Would invest time"),
    ("candid", "Honest, constructive feedback"),
)


MOST_EVIDENCE = 5
"""Achievements that are named of each sort; more would be a list to read out."""


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
class SponsorStep:
    """One step on the way. `state` is `reached`, `next` or `ahead`."""

    word: str
    state: str
    note: str
    """What shows it: `The storage review in June`; `last touch 10 Nov 2026`."""


@dataclass(frozen=True, slots=True)
class SponsorNext:
    """What moves it on."""

    what: str
    """`Ask them`; `Let them see your work`."""
    task: TaskView | None
    """The soonest thing that you wrote down about it."""
    meeting: Linked | None
    """The next event where you both are; the note says when."""
    command: str
    """What to type for the words; empty where no template is ready."""


@dataclass(frozen=True, slots=True)
class SponsorEvidence:
    """What counts toward the goal: what they have not seen yet, and what they have, newest first."""

    unseen: tuple[EvidenceView, ...]
    more_unseen: int
    seen: tuple[EvidenceView, ...]
    more_seen: int


@dataclass(frozen=True, slots=True)
class SponsoringView:
    """The way to their speaking for you."""

    goal: Linked | None
    reach: tuple[str, ...]
    seen: tuple[str, ...]
    asked: DayView | None
    answer: str
    did: tuple[str, ...]
    steps: tuple[SponsorStep, ...] = ()
    """How far it has come, for the author; so for the next two."""
    next: SponsorNext | None = None
    evidence: SponsorEvidence | None = None
    """None where nothing counts yet."""

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


def sponsoring_view(scene: Scene, entry: Entry[Person]) -> SponsoringView:
    """The way to a sponsor as far as it has come."""
    path = entry.record.sponsoring
    way = sponsorship_of(scene.playbook, entry, scene.today, waiting=scene.tasks) if scene.is_mine else None
    return SponsoringView(
        goal=scene.link("goals", path.goal) if path and path.goal else None,
        reach=path.reach if path else (),
        seen=path.seen if path else (),
        asked=scene.day(path.asked) if path else None,
        answer=path.answer if path else "",
        did=path.did if path else (),
        steps=tuple(_sponsor_step(scene, way, one) for one in way.steps) if way else (),
        next=_sponsor_next(scene, entry, way) if way else None,
        evidence=_sponsor_evidence(scene, way) if way and way.evidence else None,
    )


def _sponsor_step(scene: Scene, way: Sponsorship, one: Reached) -> SponsorStep:
    day = scene.day(one.day)
    note = one.shown_by
    if day is not None:
        note = f"last touch {day.text}" if one.step is Step.STANDS else day.text
    state = "reached" if one.is_reached else "next" if one.step is way.next else "ahead"
    return SponsorStep(str(one.step), state, note)


def _sponsor_next(scene: Scene, entry: Entry[Person], way: Sponsorship) -> SponsorNext:
    what, purpose = _NEXT[way.next]
    script = fitting_script(scene, purpose, entry.id)
    if way.by is not None:
        by = scene.day(way.by)
        assert by is not None  # noqa: S101  (there is a day)
        what = f"{what} {'is welcome now' if by.days <= 0 else f'is welcome from {by.text}'}"
    meeting = None
    if way.meeting is not None:
        event = way.meeting.record
        first, last = event.starts.day, (event.ends or event.starts).day
        meeting = scene.link_to(way.meeting, f"{span_text(first, last)}, {relative_text((first - scene.today).days)}")
    return SponsorNext(
        what=what,
        task=task_view(scene, way.task) if way.task is not None else None,
        meeting=meeting,
        command=script_command(script, entry.id) if script is not None else "",
    )


def _sponsor_evidence(scene: Scene, way: Sponsorship) -> SponsorEvidence:
    unseen = tuple(one.line for one in way.evidence if not one.is_seen)
    seen = tuple(one.line for one in way.evidence if one.is_seen)
    return SponsorEvidence(
        unseen=tuple(evidence_view(scene, line) for line in unseen[:MOST_EVIDENCE]),
        more_unseen=max(0, len(unseen) - MOST_EVIDENCE),
        seen=tuple(evidence_view(scene, line) for line in seen[:MOST_EVIDENCE]),
        more_seen=max(0, len(seen) - MOST_EVIDENCE),
    )


_NEXT = {
    Step.SEEN: ("Let them see your work", Purpose.PROGRESS_UPDATE),
    Step.STANDS: ("Be in touch before you ask for anything", Purpose.RECONNECT),
    Step.ASKED: ("Ask them", Purpose.SPONSOR_ASK),
    Step.ANSWERED: ("They have not answered yet; a word", Purpose.NUDGE),
    Step.DID: ("They said what they would do; keep them posted", Purpose.PROGRESS_UPDATE),
    None: ("Tell them what came of it", Purpose.PROGRESS_UPDATE),
}


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
