"""Checks checklist items against each other and against what holds them: ids, milestones, relative dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from playbook.graph import Entry, Playbook
from playbook.problems import Place, Problem, Severity, shorten, suggest
from playbook.records import Event, Goal, Item, Organization, Person, Play, Record

_WITH_CHECKLIST = (Goal, Person, Organization, Event, Play)


def check_checklists(playbook: Playbook, today: dt.date | None) -> Iterator[Problem]:  # noqa: ARG001
    """Ids that stand twice, milestones that are not there, dates that count from nothing, items done and skipped."""
    first: dict[str, tuple[Entry[Record], tuple[str | int, ...]]] = {}
    for entry in playbook.entries():
        record = entry.record
        if not isinstance(record, _WITH_CHECKLIST):
            continue
        if isinstance(record, Goal):
            yield from _check_goal(entry, record)
        for index, item in enumerate(record.checklist):
            path = ("checklist", index)
            if item.id:
                if item.id in first:
                    # Where it stands is looked up for a problem alone: most playbooks have none.
                    before, there = first[item.id]
                    place = entry.place_of((*path, "id"))
                    yield _repeated(place, "checklist item", item.id, before.place_of(there))
                first.setdefault(item.id, (entry, (*path, "id")))
            if item.skipped and item.done is not None:
                yield Problem(
                    entry.place_of((*path, "skipped"), key=True),
                    "done-and-skipped",
                    f"'{shorten(item.task)}' is both done and skipped",
                    "Keep one of the two.",
                )
            if item.milestone:
                yield from _check_milestone(entry, item, index)
            if item.due is not None and item.due.day is None:
                yield from _check_relative(entry, item, index)


def _check_goal(entry: Entry[Record], goal: Goal) -> Iterator[Problem]:
    criteria: dict[str, int] = {}
    for index, criterion in enumerate(goal.criteria):
        if criterion.id:
            if criterion.id in criteria:
                first = entry.place_of(("criteria", criteria[criterion.id], "id"))
                yield _repeated(entry.place_of(("criteria", index, "id")), "criterion", criterion.id, first)
            criteria.setdefault(criterion.id, index)
    titles: set[str] = set()
    for index, milestone in enumerate(goal.milestones):
        if milestone.title.casefold() in titles:
            yield Problem(
                entry.place_of(("milestones", index, "title")),
                "repeated-milestone",
                f"a second milestone is called '{shorten(milestone.title)}'; an item that names it means the first",
                "Give it a title of its own.",
                Severity.WARNING,
            )
        titles.add(milestone.title.casefold())


def _repeated(place: Place, noun: str, identifier: str, first: Place) -> Problem:
    return Problem(
        place,
        "repeated-id",
        f"the id '{identifier}' belongs to another {noun} already ({first.path}:{first.line})",
        "Give one of them another id.",
    )


def _check_milestone(entry: Entry[Record], item: Item, index: int) -> Iterator[Problem]:
    path = ("checklist", index, "milestone")
    if not isinstance(entry.record, Goal):
        yield Problem(
            entry.place_of(path),
            "unknown-milestone",
            f"only a goal has milestones, and this is {_a(entry.record.noun)}",
            "Remove the line, or move the item to the goal.",
        )
        return
    titles = [milestone.title for milestone in entry.record.milestones]
    if item.milestone.casefold() not in {title.casefold() for title in titles}:
        yield Problem(
            entry.place_of(path),
            "unknown-milestone",
            f"this goal has no milestone called '{shorten(item.milestone)}'",
            suggest(item.milestone, titles)
            or (f"It has {_list(titles)}." if titles else "Add it under 'milestones:'."),
        )


def _check_relative(entry: Entry[Record], item: Item, index: int) -> Iterator[Problem]:
    reason, hint = _why_no_start(entry.record, item)
    if reason:
        place = entry.place_of(("checklist", index, "due"))
        yield Problem(place, "no-start", f"'{item.due}' counts from a day that is not there: {reason}", hint)


def _why_no_start(record: Record, item: Item) -> tuple[str, str]:
    """Why a relative date of this item leads nowhere, and what to do; two empty texts where it leads somewhere.

    A play that has not started is no mistake: its steps get their days on the day it starts.
    """
    if isinstance(record, Person):
        return "a person has no date to count from", "Write the day itself, such as 2027-04-15."
    if isinstance(record, Organization):
        renews = record.membership.renews if record.membership is not None else None
        missing = record.deadline is None and renews is None
        reason = "the organization has no deadline and no renewal", "Add 'deadline:', or 'renews:' to its membership."
        return reason if missing else ("", "")
    if isinstance(record, Goal):
        for milestone in record.milestones:
            if item.milestone and milestone.title.casefold() == item.milestone.casefold():
                missing = milestone.due is None
                return ("the milestone has no due date", "Add 'due:' to the milestone.") if missing else ("", "")
        if record.due is None and not item.milestone:
            return "the goal has no due date", "Add 'due:' to the goal."
    return "", ""


def _list(words: list[str]) -> str:
    return ", ".join(f"'{shorten(word, 40)}'" for word in words[:5])


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
