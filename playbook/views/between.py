"""What passed between you and somebody: promises, giving and receiving, offers, and the log."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from playbook.balance import balance_of, is_worth_a_word
from playbook.graph import Entry
from playbook.records import LogEntry, Person, Promise
from playbook.records.choices import By
from playbook.records.days import Done
from playbook.views.charts import LedgerRow, LedgerView
from playbook.views.scene import Linked, Scene, Source
from playbook.views.thoughts import leaning_words
from playbook.views.words import DayView

MOST_LINES = 12
"""Log lines that stand open; older ones are folded away."""


@dataclass(frozen=True, slots=True)
class PromiseView:
    """A promise. `state` is `open`, `waiting` (past its day) or `done`."""

    text: str
    due: DayView | None
    done_on: DayView | None
    state: str
    label: str
    source: Source | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class OfferView:
    """Something to give them; `given_on` is None where it was given nobody knows when."""

    text: str
    is_given: bool
    given_on: DayView | None


@dataclass(frozen=True, slots=True)
class LogLine:
    """One thing that passed between you."""

    day: DayView | None
    kind: str
    channel: str
    what: str
    with_: tuple[Linked, ...]
    about: tuple[Linked, ...]
    event: Linked | None
    goal: Linked | None
    told_in: Linked | None
    """The other record that tells of it: somebody else's log, or an event."""


@dataclass(frozen=True, slots=True)
class LogView:
    """The log, newest first; what has no date comes last."""

    recent: tuple[LogLine, ...]
    older: tuple[LogLine, ...]


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """How often something passed between you: within a year, and in all."""

    what: str
    """`You asked`, `You gave`, `They kept` …"""
    year: int
    all: int


@dataclass(frozen=True, slots=True)
class ExchangeView:
    """What you gave and what you received, newest first; and all that passed, counted."""

    ledger: LedgerView | None
    """Giving beside receiving, drawn; None where the log tells of neither."""
    balance: tuple[BalanceRow, ...]
    """Only what happened at all."""
    word: str
    """A gentle word where the tie leans one way; empty where it does not."""
    gave: tuple[LogLine, ...]
    received: tuple[LogLine, ...]


def promises_view(scene: Scene, entry: Entry[Person], by: By) -> tuple[PromiseView, ...]:
    """What one of you promised: open ones first, the soonest on top; then what was kept, the latest on top."""
    mine = [(index, promise) for index, promise in enumerate(entry.record.promises) if promise.by is by]
    still_open = sorted((one for one in mine if one[1].kept is None), key=lambda one: one[1].due or dt.date.max)
    kept = sorted((one for one in mine if one[1].kept is not None), key=lambda one: _kept_on(one[1]), reverse=True)
    return tuple(_promise(scene, entry, *one) for one in (*still_open, *kept))


def offers_view(scene: Scene, person: Person) -> tuple[OfferView, ...]:
    """What you can give them, then what you gave."""
    views = [
        OfferView(offer.what, offer.given is not None, scene.day(offer.given.on) if offer.given else None)
        for offer in person.offers
    ]
    return tuple(sorted(views, key=lambda view: view.is_given))


def log_view(scene: Scene, entry: Entry[Person]) -> LogView:
    """The log of somebody, with what other people's logs and events tell of them."""
    told = [*((line.date, _line(scene, line, line.with_)) for line in entry.record.log), *_told_elsewhere(scene, entry)]
    lines = [view for _, view in sorted(told, key=lambda pair: -(pair[0] or dt.date.min).toordinal())]
    return LogView(tuple(lines[:MOST_LINES]), tuple(lines[MOST_LINES:]))


def exchange_view(scene: Scene, entry: Entry[Person]) -> ExchangeView | None:
    """What passed each way, as the file tells it to the author; None where nothing did."""
    person = entry.record
    rows = balance_rows(entry, scene.today)
    if not scene.is_mine or not rows:
        return None
    dated = sorted(person.log, key=lambda line: -(line.date or dt.date.min).toordinal())
    gave = tuple(_line(scene, line, line.with_) for line in dated if line.kind.is_giving)
    received = tuple(_line(scene, line, line.with_) for line in dated if line.kind.is_receiving)
    row = LedgerRow(person.name, len(gave), len(received))
    return ExchangeView(
        ledger=LedgerView((row,)) if gave or received else None,
        balance=rows,
        word=leaning_word(entry, scene.today),
        gave=gave,
        received=received,
    )


def balance_rows(entry: Entry[Person], today: dt.date) -> tuple[BalanceRow, ...]:
    """What passed between you and somebody, counted within a year and in all."""
    year, every = balance_of(entry, today), balance_of(entry, today, days=None)
    rows = (
        BalanceRow("You asked", year.asked, every.asked),
        BalanceRow("You gave", year.gave, every.gave),
        BalanceRow("You received", year.received, every.received),
        BalanceRow("You promised", year.promised, every.promised),
        BalanceRow("You kept", year.kept, every.kept),
        BalanceRow("They promised", year.promised_theirs, every.promised_theirs),
        BalanceRow("They kept", year.kept_theirs, every.kept_theirs),
    )
    return tuple(row for row in rows if row.all)


def leaning_word(entry: Entry[Person], today: dt.date) -> str:
    """A gentle sentence where the tie leaned one way this year; empty where it did not, or is meant to."""
    balance = balance_of(entry, today)
    words = leaning_words(balance) if is_worth_a_word(entry, balance) else ""
    return words[:1].upper() + words[1:]


def _kept_on(promise: Promise) -> dt.date:
    kept: Done | None = promise.kept
    return (kept.on if kept else None) or dt.date.min


def _promise(scene: Scene, entry: Entry[Person], index: int, promise: Promise) -> PromiseView:
    due = scene.day(promise.due)
    state = "done" if promise.kept else "waiting" if due is not None and due.is_past else "open"
    word = "Kept" if promise.kept else "Promised"
    done_on = scene.day(promise.kept.on) if promise.kept else None
    source = scene.source(entry, ("promises", index))
    return PromiseView(promise.what, due, done_on, state, f"{word}: {promise.what}", source)


def _line(scene: Scene, line: LogEntry, with_: tuple[str, ...], told_in: Linked | None = None) -> LogLine:
    return LogLine(
        day=scene.day(line.date),
        kind=str(line.kind),
        channel=line.channel,
        what=line.what,
        with_=scene.links("people", with_),
        about=scene.links("people", line.about),
        event=scene.link("events", line.event) if line.event else None,
        goal=scene.link("goals", line.goal) if line.goal else None,
        told_in=told_in,
    )


def _told_elsewhere(scene: Scene, entry: Entry[Person]) -> list[tuple[dt.date | None, LogLine]]:
    """Lines of other people's logs that name them as present."""
    found = []
    for link in scene.playbook.links_to(entry.key):
        other = scene.playbook.people.get(link.source[1]) if link.source[0] == "people" else None
        if other is None or other.key == entry.key or link.path[:1] != ("log",) or link.path[2:3] != ("with",):
            continue
        line = other.record.log[int(link.path[1])]
        # Whose page it is, is there anyway; who else was there is what the page does not say yet.
        others = tuple(name for name in line.with_ if name != entry.id)
        found.append((line.date, _line(scene, line, others, scene.link_to(other))))
    return found
