"""What every view is made from: a playbook (as its audience may know it), a day, and where each record's page is."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from playbook.agenda import Task, tasks
from playbook.cadence import Cadence, cadence_of
from playbook.graph import Entry, Playbook
from playbook.records import Item, Person, Record
from playbook.views.words import DayView, day_view

if TYPE_CHECKING:
    from playbook.history.repository import NoHistory
    from playbook.history.timeline import Event, ItemLife, Step, Timeline
    from playbook.paths import Paths, Ties
    from playbook.progress import Changes
    from playbook.views.growth import BurnupView
    from playbook.views.scripts import Scripts


@dataclass(frozen=True, slots=True)
class Linked:
    """A text that may lead somewhere: `href` is `page:` and a page's uri, an outside link, or empty."""

    text: str
    href: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a page's words come from, so that an edit link can lead there."""

    path: str
    line: int
    place: str = field(default="", compare=False)
    """Which record it is, and what in it: `people/ada`, `people/ada/promises/0`. The path and the line say it, too."""


@dataclass(frozen=True, slots=True)
class Serving:
    """A checklist item that serves a criterion, and where it stands."""

    entry: Entry[Record]
    index: int
    item: Item


@dataclass(frozen=True)
class Scene:
    """A playbook on a day, for one audience.

    `is_mine` is whether the reader is the author: only then are file names and lines shown, and only then do the views
    speak of what to do (`me`'s week is nobody else's business).
    """

    playbook: Playbook
    today: dt.date
    is_mine: bool = True
    scripts: Scripts | None = None
    """Fills scripts; None where nobody wants them filled (a test, a list)."""
    timeline: Timeline | None = None
    """What happened to the checklists, as the audience may know it; None where nobody knows, or nobody asked."""
    no_history: NoHistory | None = None
    """Why there is no timeline, and what helps; for the author alone."""
    commit_url: str = ""
    """What a commit's id is put behind to look at it on the web; empty where nobody knows, or may know."""
    tells_sources: bool = True
    """Whether views say where something is written, for which its file is read to the line; a terminal shows none."""

    def has_page(self, kind: str, identifier: str) -> bool:
        """Whether the record has a page of its own (people who appear by role have none)."""
        entry = self.playbook.of_kind(kind).get(identifier)
        return entry is not None and not entry.by_role

    def link(self, kind: str, identifier: str, note: str = "") -> Linked:
        """A record's title, leading to its page; the id itself where there is no such record."""
        entry = self.playbook.of_kind(kind).get(identifier)
        if entry is None:
            return Linked(identifier, "", note)
        return self.link_to(entry, note)

    def link_to(self, entry: Entry[Record], note: str = "") -> Linked:
        """An entry's title, leading to its page."""
        return Linked(entry.title, "" if entry.by_role else f"page:{uri_of(entry.kind, entry.id)}", note)

    def links(self, kind: str, identifiers: tuple[str, ...]) -> tuple[Linked, ...]:
        """`link` for each id, in the order given."""
        return tuple(self.link(kind, identifier) for identifier in identifiers)

    def organization(self, name: str) -> Linked:
        """An organization by id, or any other text as it is."""
        return self.link("organizations", name) if name in self.playbook.organizations else Linked(name)

    def person_or_name(self, name: str) -> Linked:
        """A person by id, or any other text as it is."""
        return self.link("people", name) if name in self.playbook.people else Linked(name)

    def find_link(self, kind: str, name: str) -> tuple[str, str] | None:
        """(href, label) for a `[[kind/name]]` or `[[name]]` in a text; None where nothing is called so."""
        for known in (
            (kind,) if kind else ("goals", "people", "organizations", "events", "outreach", "plays", "journal")
        ):
            if known in _KINDS and name in self.playbook.of_kind(known):
                found = self.link(known, name)
                return (found.href, found.text)
        return None

    def day(self, day: dt.date | None) -> DayView | None:
        """A day in words, seen from today."""
        return None if day is None else day_view(day, self.today)

    def source(self, entry: Entry[Record], path: tuple[str | int, ...] = ()) -> Source | None:
        """Where a record is written; None for anybody but the author, and where nobody wants to know."""
        if not self.is_mine or not self.tells_sources or entry.document is None:
            return None
        return Source(entry.document.path, entry.line_of(path) or 1, "/".join(map(str, (*entry.key, *path))))

    def life(self, entry: Entry[Record], index: int) -> ItemLife | None:
        """What the history knows of an item; None for one that it does not know (or not for certain)."""
        if self.timeline is None:
            return None
        lives = self.timeline.live.get(f"{entry.kind}/{entry.id}.yml", ())
        item = items_of(entry)[index]
        if index < len(lives) and lives[index].place == index and lives[index].text == item.task:
            return lives[index]
        # Some before it are not known, or an entry with nothing in it was passed over.
        found = [life for life in lives if life.text == item.task]
        return found[0] if len(found) == 1 else None

    def done_day(self, entry: Entry[Record], index: int) -> dt.date | None:
        """The day an item was done: as it is written, else as git says; None where neither does."""
        item = items_of(entry)[index]
        if item.done is None or item.done.on is not None or self.timeline is None:
            return item.done.on if item.done else None
        life = self.life(entry, index)
        step = self.timeline.steps[life.done] if life is not None and life.done is not None else None
        # What is ticked on the disk is done since some day that nobody wrote down yet.
        return None if step is None or step.is_baseline or step.is_working_tree else step.day

    @cached_property
    def happened(self) -> dict[str, tuple[Event, ...]]:
        """Path → what happened in that file up to today, gone over once for the pages of all goals."""
        if self.timeline is None:
            return {}
        found: dict[str, list[Event]] = {}
        end = bisect_right(self.timeline.steps, self.today, key=lambda step: step.day)
        for event in self.timeline.events:
            if event.step >= end:
                break
            found.setdefault(event.path, []).append(event)
        return {path: tuple(events) for path, events in found.items()}

    @cached_property
    def burnups(self) -> dict[str, BurnupView]:
        """Goal → its line: what `goal_progress.burnup_of` has drawn so far."""
        return {}

    @cached_property
    def changes(self) -> dict[tuple[dt.date, dt.date], Changes]:
        """(first day, last day) → what is different at its end: what `happenings.changes_in` has reckoned so far."""
        return {}

    def commit(self, step: Step) -> Linked | None:
        """A commit by its short id, leading to its page on the web where that is known; None for what is none."""
        if not step.commit:
            return None
        return Linked(step.commit[:7], self.commit_url + step.commit if self.commit_url else "")

    @cached_property
    def paths(self) -> Paths:
        """Who can introduce you, and how warm each tie is, reckoned once for all pages."""
        from playbook.paths import paths_of  # noqa: PLC0415  (most commands ask for none)

        return paths_of(self.playbook, self.today)

    @property
    def ties(self) -> Ties:
        """Who knows whom."""
        return self.paths.ties

    @cached_property
    def due(self) -> tuple[tuple[Entry[Person], Cadence], ...]:
        """Everybody who is due, those furthest past their own rhythm first; whoever is not started comes last."""
        found = [(entry, cadence_of(self.playbook, entry, self.today)) for entry in self.playbook.people.values()]
        wanted = [(entry, cadence) for entry, cadence in found if cadence.wants_attention]

        def urgency(pair: tuple[Entry[Person], Cadence]) -> tuple[bool, float, dt.date, str]:
            entry, cadence = pair
            return (cadence.is_ripe, -cadence.lateness(self.today), cadence.due or dt.date.max, entry.id)

        return tuple(sorted(wanted, key=urgency))

    @cached_property
    def can_wait(self) -> tuple[str, ...]:
        """The ids of those who are due beyond the few of a week."""
        return tuple(entry.id for entry, _ in self.due[self.playbook.me.record.week_size :])

    @cached_property
    def tasks(self) -> tuple[Task, ...]:
        """Everything that waits, soonest first, reckoned once for all pages."""
        return tasks(self.playbook, self.today)

    @cached_property
    def tasks_by_person(self) -> dict[str, tuple[Task, ...]]:
        """The same by whom they concern: every person's page asks for its own."""
        found: dict[str, list[Task]] = {}
        for task in self.tasks:
            found.setdefault(task.person, []).append(task)
        return {person: tuple(own) for person, own in found.items()}

    @cached_property
    def serving(self) -> dict[str, tuple[Serving, ...]]:
        """`goal/criterion` → the checklist items of any record that serve it, in the order of the records."""
        found: dict[str, list[Serving]] = {}
        for entry in self.playbook.entries():
            for index, item in enumerate(items_of(entry)):
                own = (name if "/" in name or entry.kind != "goals" else f"{entry.id}/{name}" for name in item.criteria)
                for name in dict.fromkeys(own):
                    found.setdefault(name, []).append(Serving(entry, index, item))
        return {name: tuple(those) for name, those in found.items()}

    @cached_property
    def goal_order(self) -> tuple[str, ...]:
        """Ids of all goals as every list shows them: open ones by due date, then paused, done, dropped."""
        rank = {"active": 0, "paused": 1, "done": 2, "dropped": 3}
        return tuple(
            sorted(
                self.playbook.goals,
                key=lambda identifier: (
                    rank[self.playbook.goals[identifier].record.status],
                    self.playbook.goals[identifier].record.due or dt.date.max,
                    identifier,
                ),
            )
        )


_KINDS = frozenset(("goals", "people", "organizations", "events", "outreach", "journal", "plays"))


def items_of(entry: Entry[Record]) -> tuple[Item, ...]:
    """The checklist of a record; nothing for one of a kind that has none."""
    found: tuple[Item, ...] = getattr(entry.record, "checklist", ())
    return found


def uri_of(kind: str, identifier: str) -> str:
    """The page of a record, as a path below the site: `goals/staff-engineer.md`."""
    return f"{kind}/{identifier}.md"


def item_anchor(index: int, item: Item) -> str:
    """A name for an item's place in its page. An id may be a number too, so it never stands where a number does."""
    return f"item_{item.id}" if item.id else f"item-{index + 1}"
