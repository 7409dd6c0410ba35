"""Notices what the calendar has overtaken. Nothing here is a mistake, and nothing here may shame."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from playbook.graph import Playbook
from playbook.problems import Place, Problem, Severity, shorten
from playbook.records.choices import EventStatus, MembershipState


def notice_what_has_passed(playbook: Playbook, today: dt.date | None) -> Iterator[Problem]:
    """Days that have passed and that nobody has spoken about since; nothing at all without a `today`."""
    if today is None:
        return
    for index, away in enumerate(playbook.me.record.away):
        if away.to < today:
            place = playbook.me.place_of(("away", index, "to"))
            yield _notice(place, f"you are back since {away.to}", "The entry can go.")
    for goal in playbook.goals.values():
        due = goal.record.due
        if due is not None and due < today and goal.record.status.is_open:
            place = goal.place_of(("due",))
            yield _notice(place, f"this goal was due on {due}", "Set another day, or status: done, paused or dropped.")
    yield from _of_people(playbook, today)
    for organization in playbook.organizations.values():
        membership = organization.record.membership
        if membership is None or membership.renews is None or membership.renews >= today:
            continue
        if membership.state is MembershipState.MEMBER:
            place = organization.place_of(("membership", "renews"))
            hint = "Write the next renewal, or state: lapsed."
            yield _notice(place, f"the membership was to be renewed on {membership.renews}", hint)
    for event in playbook.events.values():
        last = (event.record.ends or event.record.starts).day
        if last < today and event.record.status in (EventStatus.CONSIDERING, EventStatus.REGISTERED):
            place = event.place_of(("status",)) if "status" in event.record.fields_set else event.place_of()
            message = f"the event was over on {last}, and its status is still '{event.record.status}'"
            yield _notice(place, message, "Write status: attended or skipped.")


def _of_people(playbook: Playbook, today: dt.date) -> Iterator[Problem]:
    for person in playbook.people.values():
        record = person.record
        if record.review_by is not None and record.review_by < today:
            place = person.place_of(("review_by",))
            hint = "Delete what is no longer needed, and set another day."
            yield _notice(place, f"this file was to be looked at again by {record.review_by}", hint)
        for index, promise in enumerate(record.promises):
            if promise.due is not None and promise.due < today and promise.kept is None:
                place = person.place_of(("promises", index, "due"))
                message = f"'{shorten(promise.what)}' has been waiting since {promise.due}"
                yield _notice(place, message, "When it is kept, write the day: kept: YYYY-MM-DD.")
        meeting = record.mentoring.next if record.mentoring is not None else None
        if meeting is not None and meeting < today:
            place = person.place_of(("mentoring", "next"))
            yield _notice(place, f"the next meeting stands on {meeting}", "Log that one, and write the one after it.")


def _notice(place: Place, message: str, hint: str) -> Problem:
    return Problem(place, "passed", message, hint, Severity.NOTICE)
