"""The journal: achievements, contributions, learning, reading, praise and reviews, by kind and by year."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.graph import Entry, JournalLine
from playbook.owed import helpers_of, owed_thanks, was_thanked
from playbook.records import Journal, JournalEntry
from playbook.records.choices import JournalKind
from playbook.records.journal import Used
from playbook.views.checklists import evidence_link
from playbook.views.scene import Linked, Scene, Source, uri_of
from playbook.views.words import MONTHS, DayView, listed

KIND_TITLES = {
    JournalKind.ACHIEVEMENT: "Achievements",
    JournalKind.CONTRIBUTION: "Contributions",
    JournalKind.LEARNING: "Learning",
    JournalKind.READING: "Reading",
    JournalKind.PRAISE: "Praise",
    JournalKind.REVIEW: "Reviews",
}
LATEST = 6


@dataclass(frozen=True, slots=True)
class LineView:
    """One entry of the journal."""

    anchor: str
    href: str
    day: DayView
    kind: str
    title: str
    text: str
    impact: str
    proof: tuple[Linked, ...]
    goals: tuple[Linked, ...]
    criteria: tuple[str, ...]
    people: tuple[Linked, ...]
    people_word: str
    """What the people are to it: `with help from`, `for`, `shared with` …"""
    events: tuple[Linked, ...]
    organizations: tuple[Linked, ...]
    used: tuple[str, ...]
    thanks: str
    """`thanked Ada`, `Bo is still to be thanked`; empty where nobody is to be thanked, or it is nobody's business."""
    said: str
    said_by: Linked | None
    may_quote: bool
    well: tuple[str, ...]
    in_the_way: tuple[str, ...]
    next: tuple[str, ...]
    tags: tuple[str, ...]
    source: Source | None


@dataclass(frozen=True, slots=True)
class KindGroup:
    """Entries of one kind, newest first."""

    anchor: str
    title: str
    total: int
    lines: tuple[LineView, ...]


@dataclass(frozen=True, slots=True)
class JournalView:
    """The journal's first page: the latest of each kind, and the years."""

    kinds: tuple[KindGroup, ...]
    years: tuple[Linked, ...]


@dataclass(frozen=True, slots=True)
class MonthGroup:
    """Entries of one month, newest first."""

    title: str
    anchor: str
    lines: tuple[LineView, ...]


@dataclass(frozen=True, slots=True)
class YearView:
    """A year of the journal."""

    title: str
    months: tuple[MonthGroup, ...]
    counts: tuple[tuple[str, int], ...]
    source: Source | None


def journal_view(scene: Scene) -> JournalView:
    """The journal's first page."""
    lines = scene.playbook.journal_lines()
    groups = []
    for kind, title in KIND_TITLES.items():
        own = [line for line in lines if line.record.kind is kind]
        if own:
            shown = tuple(line_view(scene, line) for line in own[:LATEST])
            groups.append(KindGroup(str(kind), title, len(own), shown))
    years = tuple(scene.link_to(entry) for _, entry in sorted(scene.playbook.journal.items(), reverse=True))
    return JournalView(tuple(groups), years)


def year_view(scene: Scene, entry: Entry[Journal]) -> YearView:
    """One file of the journal, usually a year."""
    lines = [line for line in scene.playbook.journal_lines() if line.entry.id == entry.id]
    months: dict[str, list[LineView]] = {}
    for line in lines:
        months.setdefault(f"{line.record.date:%Y-%m}", []).append(line_view(scene, line))
    counts = ((KIND_TITLES[kind], sum(line.record.kind is kind for line in lines)) for kind in KIND_TITLES)
    return YearView(
        title=entry.title,
        months=tuple(MonthGroup(_month(key), f"month-{key}", tuple(own)) for key, own in months.items()),
        counts=tuple((title, number) for title, number in counts if number),
        source=scene.source(entry),
    )


def line_view(scene: Scene, line: JournalLine) -> LineView:
    """One entry in words."""
    record = line.record
    day = scene.day(record.date)
    assert day is not None  # noqa: S101  (a journal entry always has a date)
    proof = [Linked(record.url, record.url)] if record.url else []
    shown = evidence_link(record.evidence)
    return LineView(
        anchor=line.anchor,
        href=f"page:{uri_of('journal', line.entry.id)}#{line.anchor}",
        day=day,
        kind=str(record.kind),
        title=record.title or (f"Review of {day.text}" if record.kind is JournalKind.REVIEW else ""),
        text=record.text,
        impact=record.impact,
        proof=(*proof, *((shown,) if shown else ())),
        goals=scene.links("goals", record.goals),
        criteria=tuple(_criterion(scene, name) for name in record.criteria),
        people=scene.links("people", record.people),
        people_word=_PEOPLE_WORDS.get(record.kind, "with"),
        events=scene.links("events", record.events),
        organizations=scene.links("organizations", record.organizations),
        used=tuple(_used(scene, used) for used in record.used),
        thanks=_thanks(scene, record) if scene.is_mine else "",
        said=record.said,
        said_by=scene.person_or_name(record.from_) if record.from_ else None,
        may_quote=record.may_quote,
        well=record.well,
        in_the_way=record.in_the_way,
        next=record.next,
        tags=record.tags,
        source=scene.source(line.entry, ("entries", line.index)),
    )


_PEOPLE_WORDS = {
    JournalKind.ACHIEVEMENT: "with help from",
    JournalKind.CONTRIBUTION: "for",
    JournalKind.LEARNING: "from",
    JournalKind.READING: "to share with",
}


def _used(scene: Scene, used: Used) -> str:
    day = scene.day(used.date)
    return " ".join(part for part in (used.where, f"({day.text})" if day else "") if part)


def _thanks(scene: Scene, record: JournalEntry) -> str:
    book, today = scene.playbook, scene.today
    thanked = [name for name in helpers_of(book, record) if was_thanked(book, record, name, today)]
    parts = [
        f"thanked {listed([scene.link('people', name).text for name in thanked])}" if thanked else "",
        f"{listed([scene.link('people', name).text for name in owed])} still to be thanked"
        if (owed := owed_thanks(book, record, today))
        else "",
    ]
    return "; ".join(part for part in parts if part)


def _criterion(scene: Scene, name: str) -> str:
    goal, _, identifier = name.partition("/")
    entry = scene.playbook.goals.get(goal)
    for criterion in entry.record.criteria if entry else ():
        if criterion.id == identifier:
            return criterion.text
    return name


def _month(key: str) -> str:
    year, month = key.split("-")
    return f"{MONTHS[int(month) - 1]} {year}"
