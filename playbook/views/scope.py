"""What an outreach template can speak of: me, person, other, organization, event, goal, meet, achievements, today.

Plain values only (text, dates, tuples, mappings of those), named as in the files; records never reach a template.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from playbook.graph import Entry, Playbook
from playbook.graph.logs import latest_line
from playbook.owed import owed_thanks
from playbook.records import Event, Goal, Meet, Organization, Person, Position
from playbook.records.choices import By, Purpose
from playbook.talks import last_talk
from playbook.views.since import achievements_after

_TITLES = re.compile(r"(?:dr|prof|mr|mrs|ms|mx|sir|dame|rev)\.?\Z", re.IGNORECASE)
_OF_A_SURNAME = frozenset(
    (
        *("af", "av", "da", "de", "den", "der", "di", "do", "dos", "du", "het", "la", "'t", "’t", "te", "ten", "ter"),
        *("van", "vom", "von", "zu", "zum", "zur"),
    )
)
"""Small words that begin a surname: what stands before them is given."""


def calls(person: Person) -> str:
    """What to call somebody: the nickname, else the given name where that is certain, else the whole name.

    It is certain for two words in Latin letters without a title before them, also where small words that begin a
    surname stand between the two. Names are given in another order, or in other numbers, in much of the world.
    """
    if person.nickname:
        return person.nickname
    words = person.name.split()
    words = [word for index, word in enumerate(words) if not 0 < index < len(words) - 1 or word not in _OF_A_SURNAME]
    if len(words) == 2 and not _TITLES.match(words[0]) and all(_is_latin(word) for word in words):  # noqa: PLR2004
        return words[0]
    return person.name


def me_scope(playbook: Playbook, today: dt.date) -> dict[str, Any]:
    """`me`."""
    me = playbook.me.record
    job = current_position(me.positions, today)
    return {
        "name": me.name,
        "headline": me.headline,
        "pitch": me.pitch,
        "statement": me.statement,
        "email": me.email,
        "links": me.links,
        "language": me.language,
        "title": job.title if job else "",
        "organization": organization_name(playbook, job.organization) if job else "",
    }


def person_scope(playbook: Playbook, entry: Entry[Person], today: dt.date) -> dict[str, Any]:
    """`person`, and `other`."""
    person = entry.record
    job = current_position(person.positions, today)
    by = playbook.people.get(person.introduced_by or "")
    last = latest_line(person, playbook, today, counts=lambda line: line.kind.is_touch)
    talk = last_talk(playbook, entry, today)
    met_at = playbook.events.get(person.met.event or "") if person.met else None
    return {
        "name": person.name,
        "calls": calls(person),
        "nickname": person.nickname,
        "why": person.why,
        "title": job.title if job else "",
        "organization": organization_name(playbook, job.organization) if job else "",
        "expertise": person.expertise,
        "values": person.values,
        "prefers": person.prefers,
        "language": person.language,
        "pronouns": person.pronouns,
        "pronounced": person.pronounced,
        "location": person.location,
        "relations": tuple(str(relation) for relation in person.relations),
        "offers": tuple(offer.what for offer in person.offers if offer.given is None),
        "met": {
            "how": person.met.how if person.met else "",
            "date": person.met.date if person.met else None,
            "event": met_at.record.title if met_at else "",
        },
        "introduced_by": by.record.name if by else "",
        "last": {
            "date": last.date if last else None,
            "what": last.what if last else "",
            "channel": last.channel if last else "",
        },
        "talk": {"date": talk.day, "kind": talk.kind, "what": talk.what} if talk else {},
        "promises": tuple(one.what for one in person.promises if one.kept is None and one.by is By.ME),
        "email": person.channels.get("email", ""),
    }


def organization_scope(organization: Organization) -> dict[str, Any]:
    """`organization`."""
    kind = str(organization.kind or "")
    return {"name": organization.name, "kind": kind, "url": organization.url, "why": organization.why}


def event_scope(playbook: Playbook, event: Event) -> dict[str, Any]:
    """`event`."""
    return {
        "title": event.title,
        "kind": str(event.kind or ""),
        "place": event.place,
        "url": event.url,
        "why": event.why,
        "pitch": event.pitch or playbook.me.record.pitch,
        "starts": event.starts.day,
        "ends": (event.ends or event.starts).day,
        "questions": event.questions,
        "organization": organization_name(playbook, event.organization) if event.organization else "",
    }


def goal_scope(goal: Goal) -> dict[str, Any]:
    """`goal`."""
    return {
        "title": goal.title,
        "kind": str(goal.kind or ""),
        "why": goal.why,
        "measure": goal.measure,
        "pitch": goal.pitch,
        "due": goal.due,
        "start": goal.start,
        "next_step": goal.next_step,
        "outcome": goal.outcome,
        "criteria": tuple(criterion.text for criterion in goal.criteria),
    }


def meet_scope(meet: Meet, event: Event, person: Mapping[str, Any]) -> dict[str, Any]:
    """`meet`: what the event says of somebody, else what the event and their own file say."""
    offers = person.get("offers") or ()
    return {
        "name": person.get("name") or meet.name,
        "why": meet.why or person.get("why", ""),
        "opener": meet.opener,
        "questions": meet.questions or event.questions,
        "ask": meet.ask,
        "offer": meet.offer or (offers[0] if offers else ""),
    }


TOWARD_A_GOAL = frozenset((Purpose.SPONSOR_ASK, Purpose.PROGRAM_APPLICATION))
"""Messages that speak of what counts toward a goal."""
MOST_ACHIEVEMENTS = 3
"""How many a message names: the reader remembers no more."""


def achievements_scope(
    playbook: Playbook, purpose: Purpose | None, person: str, goal: str, since: dt.date | None, today: dt.date
) -> tuple[dict[str, Any], ...]:
    """`achievements`: those that matter for this message, newest first.

    A progress update speaks of what came since the last contact, a thank-you of what they helped with (and have not
    been thanked for, where there is such), an ask or an application of what counts toward the goal; anything else of
    the latest.

    Args:
        playbook: where the journal is.
        purpose: what the template is for.
        person: the id of whom it is for.
        goal: the id of the goal it speaks of.
        since: the day of the last contact with them.
        today: nothing later is named.
    """
    after = since if purpose is Purpose.PROGRESS_UPDATE else None
    lines = [line.record for line in achievements_after(playbook, after, today)]
    if purpose is Purpose.THANK_YOU:
        lines = [line for line in lines if person in line.people]
        # Two helps, one of them thanked for: the letter speaks of the other.
        lines = [line for line in lines if person in owed_thanks(playbook, line, today)] or lines
    elif purpose in TOWARD_A_GOAL:
        lines = [line for line in lines if not goal or goal in line.goals]
    return tuple(
        {
            "title": line.title,
            "text": line.text,
            "impact": line.impact,
            "date": line.date,
            "url": line.url,
            "evidence": line.evidence,
        }
        for line in lines[:MOST_ACHIEVEMENTS]
    )


def current_position(positions: tuple[Position, ...], today: dt.date) -> Position | None:
    """The job somebody has today: the first that has not ended."""
    return next((job for job in positions if job.to is None or job.to >= today), None)


def organization_name(playbook: Playbook, name: str) -> str:
    """An organization's name where `name` is its id, else the text itself."""
    entry = playbook.organizations.get(name)
    return entry.record.name if entry else name


def _is_latin(word: str) -> bool:
    return all(
        not character.isalpha() or unicodedata.name(character, "").startswith("LATIN") for character in word
    ) and any(character.isalpha() for character in word)
