"""Looking back on a week and on a quarter: what was done, what waits, whom you were in touch with, what you said then.

For the author alone. Nothing here is a mark: it says what there was, and asks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from playbook.cadence import touches_of
from playbook.graph import JournalLine
from playbook.records.choices import By, JournalKind
from playbook.records.days import Done
from playbook.views.goal_cards import EvidenceView, evidence_view
from playbook.views.happenings import ChangesView, changes_in, changes_view
from playbook.views.journal import KIND_TITLES, LineView, line_view
from playbook.views.printouts import PrintoutView
from playbook.views.progress import WaitingView, slipped, week_before
from playbook.views.scene import Linked, Scene
from playbook.views.suggested import WantedView, wanted_then, went_well, what_comes
from playbook.views.words import MONTHS, DayView, count, span_text

GRACE = 7
"""Days into a new quarter on which one still looks back on the old one."""
ASKED = (("well", "What went well?"), ("in_the_way", "What was in the way?"), ("next", "What comes next?"))
"""(the field of the journal, the question): the same on the page, on paper, and by `playbook review`."""
ASKED_QUARTERLY = (
    "Which goal would I begin today, and which can rest?",
    "Who helped, and do they know what came of it?",
    "What have I given, and to whom would I like to give?",
)
"""To think about once a quarter; what comes of them is an answer to one of the three."""
MOST_SUGGESTED = 3


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question, the field of the journal that the answer goes into, and what the past suggests."""

    field: str
    text: str
    suggested: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TouchedView:
    """Somebody you were in touch with."""

    person: Linked
    last: DayView
    text: str
    """`3 times`; empty for once."""


@dataclass(frozen=True, slots=True)
class KeptView:
    """A promise that was kept."""

    text: str
    person: Linked
    day: DayView
    theirs: bool


@dataclass(frozen=True, slots=True)
class NotedView:
    """What was written into the journal, of one kind."""

    title: str
    lines: tuple[EvidenceView, ...]


@dataclass(frozen=True, slots=True)
class SpanView:
    """A span of time, seen from its end."""

    anchor: str
    title: str
    when: str
    """`15–21 Nov 2026`."""
    numbers: tuple[tuple[str, int], ...]
    changes: tuple[ChangesView, ...]
    milestones: tuple[Linked, ...]
    waiting: tuple[WaitingView, ...]
    """Open items whose day fell into the span."""
    touched: tuple[TouchedView, ...]
    kept: tuple[KeptView, ...]
    noted: tuple[NotedView, ...]
    questions: tuple[QuestionView, ...]
    command: str
    """What asks them in the terminal."""
    thoughts: tuple[str, ...]
    """To think about besides."""

    @property
    def done(self) -> tuple[str, ...]:
        """The items that were done, newest first."""
        groups = [group for group in self.changes if group.title.startswith("Done")]
        return tuple(note.item.text for group in groups for one in group.happenings for note in one.items)


@dataclass(frozen=True, slots=True)
class ReviewView:
    """The page, and what is printed of it."""

    week: SpanView
    quarter: SpanView
    last: tuple[LineView, ...]
    """The last reviews in the journal, newest first."""
    wanted: tuple[WantedView, ...]
    """What the last of them said would come next."""
    example: str
    """How an entry with the answers is written."""
    year: str
    """The file of the journal that it goes into."""
    has_history: bool
    progress: Linked
    printouts: tuple[PrintoutView, ...]


MOST_REVIEWS = 2


def review_view(scene: Scene) -> ReviewView:
    """The Review page."""
    today = scene.today
    first, last = quarter_of(today)
    reviews = [
        line
        for line in scene.playbook.journal_lines()
        if line.record.kind is JournalKind.REVIEW and line.record.date <= today
    ]
    then = tuple(line_view(scene, line) for line in reviews[:MOST_REVIEWS])
    wanted = wanted_then(scene, then[0].next, reviews[0].record.date) if then else ()
    fields = ", ".join(f"{field}: []" for field, _ in ASKED)
    return ReviewView(
        week=_span(scene, "week", "The last seven days", week_before(today), today, wanted),
        quarter=_span(scene, "quarter", _quarter_title(first, last, today), first, min(last, today), wanted),
        last=then,
        wanted=wanted,
        example=f"- {{date: {today.isoformat()}, kind: review, {fields}}}",
        year=str(today.year),
        has_history=scene.timeline is not None,
        progress=Linked("Progress", "page:progress/index.md"),
        printouts=(
            PrintoutView("The week", "playbook print review"),
            PrintoutView("The quarter", "playbook print review --quarter"),
        ),
    )


def quarter_of(today: dt.date) -> tuple[dt.date, dt.date]:
    """(first day, last day) of the quarter to look back on: for a week into a new one, still the old one."""
    day = dt.date.fromordinal(max(today.toordinal() - GRACE, 1))
    month = (day.month - 1) // 3 * 3 + 1
    end = dt.date(day.year, month + 2, (31, 30, 30, 31)[month // 3])
    return dt.date(day.year, month, 1), end


def _quarter_title(first: dt.date, last: dt.date, today: dt.date) -> str:
    so_far = ", so far" if today < last else ""
    return f"{MONTHS[first.month - 1]} to {MONTHS[last.month - 1]} {first.year}{so_far}"


def _span(
    scene: Scene, anchor: str, title: str, first: dt.date, last: dt.date, wanted: tuple[WantedView, ...]
) -> SpanView:
    """`wanted` is what the last review said would come next."""
    timeline = scene.timeline
    changes = changes_view(scene, timeline, changes_in(scene, timeline, first, last)) if timeline is not None else ()
    waiting = tuple(one for one in slipped(scene) if first.isoformat() <= one.since.iso <= last.isoformat())
    touched = _touched(scene, first, last)
    kept = tuple(_kept(scene, first, last))
    milestones = tuple(_milestones(scene, first, last))
    noted = _noted(scene, first, last)
    numbers = (
        *((group.title.partition(",")[0], group.count) for group in changes[:2]),
        _counted(len(milestones), "Milestone reached", "Milestones reached"),
        _counted(len(touched), "Person you were in touch with", "People you were in touch with"),
        _counted(sum(not one.theirs for one in kept), "Promise kept", "Promises kept"),
        _counted(sum(len(group.lines) for group in noted), "Journal entry", "Journal entries"),
    )
    view = SpanView(
        anchor,
        title,
        span_text(first, last),
        tuple((label, number) for label, number in numbers if number),
        changes,
        milestones,
        waiting,
        touched,
        kept,
        noted,
        (),
        "playbook review quarter" if anchor == "quarter" else "playbook review",
        ASKED_QUARTERLY if anchor == "quarter" else (),
    )
    suggested = {
        "well": went_well(scene, first, last, view.done),
        "in_the_way": tuple(one.item.text for one in waiting),
        "next": what_comes(scene, wanted),
    }
    return replace(view, questions=_questions(suggested))


def _questions(suggested: Mapping[str, tuple[str, ...]]) -> tuple[QuestionView, ...]:
    return tuple(QuestionView(field, text, suggested[field][:MOST_SUGGESTED]) for field, text in ASKED)


def _counted(number: int, one: str, many: str) -> tuple[str, int]:
    return (one if number == 1 else many, number)


def _touched(scene: Scene, first: dt.date, last: dt.date) -> tuple[TouchedView, ...]:
    """Everybody you were in touch with, the latest first."""
    found = []
    for entry in scene.playbook.people.values():
        days = {touch.day for touch in touches_of(scene.playbook, entry, until=last) if touch.day >= first}
        if days:
            day = scene.day(max(days))
            assert day is not None  # noqa: S101  (a touch has a day)
            found.append(TouchedView(scene.link_to(entry), day, count(len(days), "day") if len(days) > 1 else ""))
    return tuple(sorted(found, key=lambda one: (-one.last.days, one.person.text)))


def _kept(scene: Scene, first: dt.date, last: dt.date) -> Iterator[KeptView]:
    """Promises kept, yours and theirs."""
    found = []
    for entry in scene.playbook.people.values():
        for promise in entry.record.promises:
            day = scene.day(_within(promise.kept, first, last))
            if day is not None:
                found.append(KeptView(promise.what, scene.link_to(entry), day, promise.by is By.THEM))
    yield from sorted(found, key=lambda one: (-one.day.days, one.text))


def _milestones(scene: Scene, first: dt.date, last: dt.date) -> Iterator[Linked]:
    for identifier in scene.goal_order:
        entry = scene.playbook.goals[identifier]
        for milestone in entry.record.milestones:
            day = scene.day(_within(milestone.done, first, last))
            if day is not None:
                yield Linked(milestone.title, scene.link_to(entry).href, day.text)


def _noted(scene: Scene, first: dt.date, last: dt.date) -> tuple[NotedView, ...]:
    """The journal of the span by kind; reviews stand by themselves."""
    lines: list[JournalLine] = [line for line in scene.playbook.journal_lines() if first <= line.record.date <= last]
    return tuple(
        NotedView(title, tuple(evidence_view(scene, line) for line in own))
        for kind, title in KIND_TITLES.items()
        if kind is not JournalKind.REVIEW and (own := [line for line in lines if line.record.kind is kind])
    )


def _within(done: Done | None, first: dt.date, last: dt.date) -> dt.date | None:
    return done.on if done is not None and done.on is not None and first <= done.on <= last else None
