"""A life goes on: somebody, or you, begins a new job; a tie ends, kindly, and may be taken up again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from playbook.gestures.bench import Bench, Gesture, NotPossible, filled, iso
from playbook.gestures.plans import FileChange
from playbook.graph import Entry
from playbook.graph.logs import is_newest_first
from playbook.problems import shorten
from playbook.records import Me, Person, Position
from playbook.records.choices import Stage
from playbook.source.edit import Add, Change, Drop, Put


def move(
    bench: Bench,
    who: Entry[Person] | Entry[Me],
    organization: str,
    since: dt.date,
    *,
    title: str = "",
    others_last: bool = False,
) -> Gesture:
    """A new job from a day on; those that lasted until then end the day before, unless `others_last`.

    `organization` is the id of one that is known, else its name.

    Raises:
        NotPossible: where a job that would end began on that day or later.
    """
    jobs = who.record.positions
    name = who.record.name or "You"
    where = _called(bench, organization)
    said = f"{name}: {title + ', ' if title else ''}{where}, from {since.isoformat()}"
    lasting = [(index, job) for index, job in enumerate(jobs) if job.to is None or job.to >= since]
    if any((job.organization, job.title, job.from_) == (organization, title, since) for _, job in lasting):
        return Gesture((), said, (said,))
    place = 0 if jobs and _newest_first(bench, jobs) else None
    if others_last and lasting:
        # The first job that lasts is the one that scripts name; it stays so.
        behind = lasting[-1][0] + 1
        place, lasting = behind if behind < len(jobs) else None, []
    for _, job in lasting:
        # What has no first day began before every other, so that no day is left before the first one of all.
        if (begun := job.from_ or dt.date.min) >= since:
            raise NotPossible(
                f"{_called(bench, job.organization)} stands there from {iso(begun)}; a move from {iso(since)} "
                "would end that before it began"
            )
    last = iso(since - dt.timedelta(days=1)) if lasting else ""
    changes: list[Change] = [Put(("positions", index, "to"), last, "organization") for index, _ in lasting]
    told = [f"{_called(bench, job.organization)}: until {last}" for _, job in lasting]
    added = filled(organization=organization, title=title, from_=iso(since))
    changes.append(Add(("positions",), added, index=place))
    told.append(f"{where}: from {iso(since)}")
    return Gesture((FileChange(*who.key, tuple(changes), tuple(told)),), said)


def close(bench: Bench, person: str, why: str = "") -> Gesture:
    """A tie has ended: nobody is reminded of it any more, and everything that was stays.

    A tie that is closed already gets the reason, where a new one is given.
    """
    record = bench.playbook.people[person].record
    said = f"Closed: {record.name}, {bench.on.isoformat()}{': ' + shorten(why, 60) if why else ''}"
    if record.closed is None:
        changes: tuple[Change, ...] = (Put(("closed",), filled(date=iso(bench.on), why=why)),)
    elif why and why != record.closed.why:
        changes = (Put(("closed", "why"), why, "why"),)
    else:
        return Gesture((), said, (f"{record.name} is closed{_since(record.closed.date)}",))
    return Gesture((FileChange("people", person, changes, (said,)),), said)


def reopen(bench: Bench, person: str) -> Gesture:
    """A tie that had ended is taken up again, with the rhythm that it had."""
    record = bench.playbook.people[person].record
    said = f"Open again: {record.name}"
    changes: list[Change] = [Drop(("closed",))] if record.closed is not None else []
    if record.stage is Stage.CLOSED:
        changes.append(Drop(("stage",)))
    if not changes:
        return Gesture((), said, (f"{record.name} is not closed",))
    return Gesture((FileChange("people", person, tuple(changes), (said,)),), said)


def _newest_first(bench: Bench, jobs: Sequence[Position]) -> bool:
    """Whether a new job stands on top: as these do, else as the others' in the playbook do."""
    shown = _order(jobs)
    if shown is not None:
        return shown
    records: list[Me | Person] = [bench.playbook.me.record]
    records += [entry.record for entry in bench.playbook.people.values()]
    orders = [order for record in records if (order := _order(record.positions)) is not None]
    return 2 * sum(orders) > len(orders)


def _order(jobs: Sequence[Position]) -> bool | None:
    """Whether the latest stands on top, by when they began, else by when they ended; None where nothing shows it."""
    begun = is_newest_first([job.from_ for job in jobs])
    return begun if begun is not None else is_newest_first([job.to or dt.date.max for job in jobs])


def _called(bench: Bench, organization: str) -> str:
    known = bench.playbook.organizations.get(organization)
    return known.title if known is not None else organization


def _since(day: dt.date | None) -> str:
    return f" since {day.isoformat()}" if day else ""
