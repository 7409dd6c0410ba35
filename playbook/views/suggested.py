"""What the answers to a review may be: of the past what was achieved, done, kept or given; of what comes, what is open.

What was merely noted is never suggested, nor what is done already as what comes next: Enter would write it down.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from playbook.names import plain
from playbook.records.choices import By, JournalKind
from playbook.records.days import Done
from playbook.views.scene import Scene, items_of
from playbook.views.week import Week

_WENT_WELL = frozenset((JournalKind.ACHIEVEMENT, JournalKind.CONTRIBUTION, JournalKind.PRAISE))
"""What of the journal tells of something that went well; what was learned or read may be anything."""


@dataclass(frozen=True, slots=True)
class WantedView:
    """Something that the last review said would come next."""

    text: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class _Thing:
    """Something that can be done, wherever it is written."""

    text: str
    is_open: bool
    day: dt.date | None
    """When it was done, where that is known."""


def went_well(scene: Scene, first: dt.date, last: dt.date, done: Iterable[str] = ()) -> tuple[str, ...]:
    """What was achieved, done, kept and given on these days; `done` is what the history tells of besides."""
    book = scene.playbook
    achieved = (
        line.record.title
        for line in book.journal_lines()
        if line.record.kind in _WENT_WELL and first <= line.record.date <= last
    )
    gave = (
        f"{log.what} ({entry.title})"
        for entry in book.people.values()
        for log in entry.record.log
        if log.what and log.kind.is_giving and log.date is not None and first <= log.date <= last
    )
    finished = (one.text for one in _things(scene) if one.day is not None and first <= one.day <= last)
    return _once((*achieved, *finished, *done, *gave))


def wanted_then(scene: Scene, texts: Iterable[str], since: dt.date | None) -> tuple[WantedView, ...]:
    """What a review of that day said would come next, and whether something of these words was done since."""
    done = {_words(one.text) for one in _things(scene) if not one.is_open and since is not None and
            (one.day is None or one.day >= since)}  # fmt: skip
    open_ = {_words(one.text) for one in _things(scene) if one.is_open}
    return tuple(WantedView(text, _words(text) in done - open_) for text in texts)


def what_comes(scene: Scene, wanted: Iterable[WantedView]) -> tuple[str, ...]:
    """What was wanted and is open; where that is nothing, what waits, what is due this week, and next steps."""
    still = _once(one.text for one in wanted if not one.is_done)
    week = Week(scene, with_scripts=False)
    return still or _once(task.text for task in (*week.waiting, *week.this_week, *week.next_steps))


def _things(scene: Scene) -> Iterator[_Thing]:
    """Milestones, items, your promises and follow-ups."""
    book = scene.playbook
    for goal in (book.goals[identifier].record for identifier in scene.goal_order):
        yield from (_thing(one.title, one.done) for one in goal.milestones)
    for entry in book.entries():
        for index, item in enumerate(items_of(entry)):
            yield _Thing(item.task, item.is_open, scene.done_day(entry, index))
    for person in book.people.values():
        yield from (_thing(one.what, one.kept) for one in person.record.promises if one.by is By.ME)
    for event in book.events.values():
        outcomes = event.record.outcomes
        yield from (_thing(one.what, one.done) for one in (outcomes.follow_ups if outcomes else ()))


def _thing(text: str, done: Done | None) -> _Thing:
    return _Thing(text, done is None, done.on if done else None)


def _words(text: str) -> str:
    return plain(text).rstrip(".!")


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple({_words(text): text for text in reversed(tuple(texts)) if text}.values())[::-1]
