"""A person's page: who they are to you, what passed between you, what comes next, and who can introduce you."""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import dataclass, replace

from playbook.agenda import TaskKind, next_yearly
from playbook.cadence import Standing, cadence_of, touches_of
from playbook.graph import Entry
from playbook.records import Person
from playbook.records.choices import By
from playbook.records.days import YearDay
from playbook.views.between import (
    ExchangeView,
    LogView,
    OfferView,
    PromiseView,
    exchange_view,
    log_view,
    offers_view,
    promises_view,
)
from playbook.views.channels import ChannelView, channels_view
from playbook.views.charts import RhythmView, TouchMark
from playbook.views.checklists import ChecklistView, checklist_view
from playbook.views.encounters import (
    EncountersView,
    MentionsView,
    encounters_view,
    goals_of,
    mentions_view,
)
from playbook.views.fitting import ReadyScripts, ready_scripts
from playbook.views.introductions import IntroductionsView, StepView, introductions_by, introductions_to
from playbook.views.mentoring import (
    FitRow,
    MentoringView,
    SponsoringView,
    fit_rows,
    mentoring_view,
    sponsoring_view,
)
from playbook.views.printouts import PrintoutView, person_printouts
from playbook.views.scene import Linked, Scene, Source
from playbook.views.standing import RestingTie, StandingView, resting_tie, standing_view
from playbook.views.tasks import TaskView, rhythm_words, task_view
from playbook.views.tongues import language_words
from playbook.views.words import DayView, day_text, month_text, sentence_case


@dataclass(frozen=True, slots=True)
class PositionView:
    """A job of theirs."""

    title: str
    organization: Linked
    span: str
    """`since Mar 2024`, `Mar 2021 – Feb 2024`; empty where no day is known."""

    @property
    def text(self) -> str:
        """`Fellow, Network Society`."""
        return ", ".join(part for part in (self.title, self.organization.text) if part)


@dataclass(frozen=True, slots=True)
class MetView:
    """How you met."""

    how: str
    day: DayView | None
    event: Linked | None
    introduced_by: Linked | None


@dataclass(frozen=True, slots=True)
class DateView:
    """A day of theirs that comes each year, and when it comes next."""

    name: str
    text: str
    next: DayView


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person's page."""

    id: str
    is_mine: bool
    name: str
    folded: str
    """The name without its marks, for whoever searches with another keyboard; empty where it has none."""
    nickname: str
    pronounced: str
    pronouns: str
    relations: tuple[str, ...]
    positions: tuple[PositionView, ...]
    """Present ones."""
    past_positions: tuple[PositionView, ...]
    organizations: tuple[Linked, ...]
    """Others where you know them from."""
    location: str
    language: str
    circle: str
    standing: StandingView | None
    resting: RestingTie | None
    why: str
    expertise: tuple[str, ...]
    values: tuple[str, ...]
    met: MetView | None
    channels: tuple[ChannelView, ...]
    rhythm: RhythmView | None
    waiting: tuple[TaskView, ...]
    """What other records say is to be done about them: follow-ups, thank-yous, items of goals."""
    promises_mine: tuple[PromiseView, ...]
    promises_theirs: tuple[PromiseView, ...]
    exchange: ExchangeView | None
    log: LogView
    offers: tuple[OfferView, ...]
    dates: tuple[DateView, ...]
    mentoring: MentoringView | None
    fit: tuple[FitRow, ...]
    sponsoring: SponsoringView | None
    checklist: ChecklistView
    goals: tuple[Linked, ...]
    encounters: EncountersView
    mentions: MentionsView
    introductions: IntroductionsView
    can_introduce: tuple[StepView, ...]
    knows: tuple[Linked, ...]
    scripts: ReadyScripts | None
    """Every template that fits them, filled; None for none."""
    consent: bool
    """Whether to say, to the author, that they may be named to audiences."""
    review_by: DayView | None
    notes: str
    printouts: tuple[PrintoutView, ...]
    tags: tuple[str, ...]
    source: Source | None


def person_view(scene: Scene, entry: Entry[Person]) -> PersonView:
    """One person's page."""
    person = entry.record
    positions = _positions(scene, person)
    return PersonView(
        id=entry.id,
        is_mine=scene.is_mine,
        name=entry.title,
        folded=_folded(entry.title),
        nickname=person.nickname,
        pronounced=person.pronounced,
        pronouns=person.pronouns,
        relations=tuple(sentence_case(relation) for relation in person.relations),
        positions=tuple(view for view, is_present in positions if is_present),
        past_positions=tuple(view for view, is_present in positions if not is_present),
        organizations=_organizations(scene, entry),
        location=person.location,
        language=language_words(person.language),
        circle=person.circle,
        standing=standing_view(scene, entry),
        resting=resting_tie(scene, entry),
        why=person.why,
        expertise=person.expertise,
        values=person.values,
        met=_met(scene, person),
        channels=channels_view(scene, person),
        rhythm=_rhythm(scene, entry),
        waiting=_waiting(scene, entry),
        promises_mine=promises_view(scene, entry, By.ME),
        promises_theirs=promises_view(scene, entry, By.THEM),
        exchange=exchange_view(scene, entry),
        log=log_view(scene, entry),
        offers=offers_view(scene, person),
        dates=_dates(scene, person),
        mentoring=mentoring_view(scene, entry),
        fit=fit_rows(person, with_gaps=scene.is_mine) if person.fit is not None else (),
        sponsoring=sponsoring_view(scene, entry) if person.sponsoring is not None else None,
        checklist=checklist_view(scene, entry),
        goals=goals_of(scene, entry),
        encounters=encounters_view(scene, entry),
        mentions=mentions_view(scene, entry),
        introductions=introductions_to(scene, entry.id),
        can_introduce=introductions_by(scene, entry.id),
        knows=_knows(scene, entry),
        scripts=ready_scripts(scene, entry),
        consent=person.consent and scene.is_mine,
        review_by=scene.day(person.review_by) if scene.is_mine else None,
        notes=person.notes,
        printouts=person_printouts(scene, entry),
        tags=person.tags,
        source=scene.source(entry),
    )


def present_position(scene: Scene, person: Person) -> PositionView | None:
    """Their first present job."""
    return next((view for view, is_present in _positions(scene, person) if is_present), None)


def position_span(start: dt.date | None, end: dt.date | None) -> str:
    """`since Mar 2024`, `until Aug 2026`, `Mar 2024 – Aug 2026`, or nothing."""
    if start and end:
        return f"{month_text(start)} – {month_text(end)}"
    return f"since {month_text(start)}" if start else f"until {month_text(end)}" if end else ""


def _positions(scene: Scene, person: Person) -> list[tuple[PositionView, bool]]:
    """As they were written, each with whether it is held today. One that is still to begin counts as held."""
    return [
        (
            PositionView(
                position.title, scene.organization(position.organization), position_span(position.from_, position.to)
            ),
            position.to is None or position.to >= scene.today,
        )
        for position in person.positions
    ]


def _organizations(scene: Scene, entry: Entry[Person]) -> tuple[Linked, ...]:
    book = scene.playbook
    at_work = {position.organization for position in entry.record.positions}
    names = (name for name in book.related(entry.key, "organizations", "people") if name not in at_work)
    return scene.links("organizations", tuple(names))


def _met(scene: Scene, person: Person) -> MetView | None:
    met = person.met
    if met is None and person.introduced_by is None:
        return None
    return MetView(
        how=met.how if met else "",
        day=scene.day(met.date) if met else None,
        event=scene.link("events", met.event) if met and met.event else None,
        introduced_by=scene.link("people", person.introduced_by) if person.introduced_by else None,
    )


def _rhythm(scene: Scene, entry: Entry[Person]) -> RhythmView | None:
    """The chart of the past year, for the author: where there was any touch, or a rhythm says when one is due."""
    if not scene.is_mine:
        return None
    cadence = cadence_of(scene.playbook, entry, scene.today)
    touches = touches_of(scene.playbook, entry, until=scene.today)
    if not touches and cadence.due is None:
        return None
    is_paused = cadence.standing is Standing.PAUSED
    return RhythmView(
        name=entry.title,
        today=scene.today,
        touches=tuple(TouchMark(t.day, ": ".join(word for word in (t.kind, t.what) if word)) for t in touches),
        rhythm=rhythm_words(cadence),
        due=None if is_paused else cadence.due,
        latest=cadence.latest,
        paused_until=cadence.due if is_paused else None,
    )


def _waiting(scene: Scene, entry: Entry[Person]) -> tuple[TaskView, ...]:
    if not scene.is_mine:
        return ()
    own = (TaskKind.ITEM, TaskKind.PROMISE, TaskKind.MEETING, TaskKind.DATE, TaskKind.FEEDBACK)
    return tuple(
        replace(task_view(scene, task), person=None)
        for task in scene.tasks_by_person.get(entry.id, ())
        if not (task.owner == entry.key and task.kind in own)
    )


def _dates(scene: Scene, person: Person) -> tuple[DateView, ...]:
    """The soonest first."""
    views = []
    for name, day in person.dates.items():
        coming = scene.day(next_yearly(day, scene.today))
        assert coming is not None  # noqa: S101  (a yearly day always comes again)
        views.append(DateView(sentence_case(name), _year_day_text(day), coming))
    return tuple(sorted(views, key=lambda view: view.next.days))


def _year_day_text(day: YearDay) -> str:
    # 2024 had a 29 February, which is somebody's birthday.
    text = day_text(dt.date(day.year or 2024, day.month, day.day))
    return text if day.year else text.rsplit(" ", 1)[0]


def _knows(scene: Scene, entry: Entry[Person]) -> tuple[Linked, ...]:
    """Everybody it is written of that they know each other, on either side."""
    return scene.links("people", scene.playbook.related(entry.key, "people", "knows"))


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return plain if plain != name and plain.strip() else ""
