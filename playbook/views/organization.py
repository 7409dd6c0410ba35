"""An organization's page: your membership, what you bring and when you last did, whom you know, what they run."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from playbook.gaps import Presence, who_is_there
from playbook.graph import Entry, JournalLine
from playbook.records import Organization, Rhythm
from playbook.records.choices import EventStatus, JournalKind, OrganizationKind
from playbook.views.checklists import ChecklistView, checklist_view
from playbook.views.goal_cards import EvidenceView, evidence_view
from playbook.views.introductions import IntroductionsView, introductions_into
from playbook.views.person import position_span
from playbook.views.scene import Linked, Scene, Source
from playbook.views.words import DayView, relative_text, sentence_case, span_text

MOST_JOURNAL = 12


@dataclass(frozen=True, slots=True)
class MembershipView:
    """Your membership."""

    state: str
    since: DayView | None
    renews: DayView | None
    dues: str


@dataclass(frozen=True, slots=True)
class ContributionView:
    """Something you bring. `why` is `last: 3 weeks ago; every week`, as far as either is known."""

    what: str
    why: str
    is_due: bool
    """Whether its longest pause has passed since the last contribution."""


@dataclass(frozen=True, slots=True)
class RoleView:
    """A role or job of yours there."""

    title: str
    span: str
    is_present: bool


@dataclass(frozen=True, slots=True)
class PeopleThere:
    """Who is there: people you know, people you have only heard of, and people who have left. Each with their job."""

    known: tuple[Linked, ...]
    to_meet: tuple[Linked, ...]
    once: tuple[Linked, ...]


@dataclass(frozen=True, slots=True)
class OrganizationView:
    """An organization's page."""

    id: str
    is_mine: bool
    name: str
    kind: str
    url: str
    also_known_as: tuple[str, ...]
    membership: MembershipView | None
    deadline: DayView | None
    why: str
    contributions: tuple[ContributionView, ...]
    roles: tuple[RoleView, ...]
    people: PeopleThere
    knows_nobody: bool
    """Whether to say, gently, that you know nobody there yet."""
    introductions: IntroductionsView
    goals: tuple[Linked, ...]
    coming: tuple[Linked, ...]
    """Events they run, the soonest first."""
    past: tuple[Linked, ...]
    """The latest first."""
    checklist: ChecklistView
    checklist_title: str
    journal: tuple[EvidenceView, ...]
    more_journal: int
    notes: str
    tags: tuple[str, ...]
    source: Source | None


def organization_view(scene: Scene, entry: Entry[Organization]) -> OrganizationView:
    """One organization's page."""
    organization = entry.record
    people = people_there(scene, entry)
    lines = _lines(scene, entry)
    coming, past = _events(scene, entry)
    is_platform = organization.kind is OrganizationKind.PLATFORM
    return OrganizationView(
        id=entry.id,
        is_mine=scene.is_mine,
        name=entry.title,
        kind=sentence_case(organization.kind) if organization.kind else "",
        url=organization.url,
        also_known_as=organization.also_known_as,
        membership=membership_view(scene, organization),
        deadline=scene.day(organization.deadline),
        why=organization.why,
        contributions=contributions_view(scene, entry),
        roles=roles_view(scene, entry),
        people=people,
        knows_nobody=scene.is_mine and not people.known and not is_platform,
        introductions=introductions_into(scene, entry.id),
        goals=scene.links("goals", scene.playbook.related(entry.key, "goals", "goals", "organizations")),
        coming=coming,
        past=past,
        checklist=checklist_view(scene, entry),
        checklist_title="Presence" if is_platform else "Checklist",
        journal=tuple(evidence_view(scene, line) for line in lines[:MOST_JOURNAL]),
        more_journal=max(0, len(lines) - MOST_JOURNAL),
        notes=organization.notes,
        tags=organization.tags,
        source=scene.source(entry),
    )


def membership_view(scene: Scene, organization: Organization) -> MembershipView | None:
    """Your membership in words, if there is one."""
    membership = organization.membership
    if membership is None:
        return None
    return MembershipView(
        str(membership.state), scene.day(membership.since), scene.day(membership.renews), membership.dues
    )


def last_contribution(scene: Scene, entry: Entry[Organization]) -> EvidenceView | None:
    """The latest contribution in the journal that names the organization; another reader may not see the latest."""
    if not scene.is_mine:
        return None
    lines = (line for line in _lines(scene, entry) if line.record.kind is JournalKind.CONTRIBUTION)
    return next((evidence_view(scene, line) for line in lines if line.record.date <= scene.today), None)


def contributions_view(scene: Scene, entry: Entry[Organization]) -> tuple[ContributionView, ...]:
    """What you bring, as it was written. The journal names the organization only, so its last entry counts for all."""
    last = last_contribution(scene, entry)
    last_text = f"last: {relative_text(last.day.days)}" if last else ""
    found = []
    for contribution in entry.record.contribute:
        rhythm = contribution.rhythm
        parts = (last_text, str(rhythm.ideal) if rhythm else "")
        is_due = rhythm is not None and last is not None and _is_due(rhythm, last.day, scene.today)
        found.append(ContributionView(contribution.what, "; ".join(part for part in parts if part), is_due))
    return tuple(found)


def roles_view(scene: Scene, entry: Entry[Organization]) -> tuple[RoleView, ...]:
    """Your jobs there, then your other roles; present ones first."""
    today = scene.today
    jobs = [
        (job.title or "Employed", job.from_, job.to)
        for job in scene.playbook.me.record.positions
        if job.organization == entry.id
    ]
    found = [
        RoleView(title, position_span(start, end), end is None or end >= today)
        for title, start, end in (*jobs, *((role.title, role.from_, role.to) for role in entry.record.roles))
    ]
    return tuple(sorted(found, key=lambda role: not role.is_present))


def people_there(scene: Scene, entry: Entry[Organization]) -> PeopleThere:
    """Whom the organization names, and whose positions name it, by name."""
    groups: dict[str, list[Linked]] = {"known": [], "to_meet": [], "once": []}
    for person, presence in who_is_there(scene.playbook, entry, scene.today):
        jobs = [job for job in person.record.positions if job.organization == entry.id]
        if presence is Presence.LEFT:
            spans = ", ".join(position_span(job.from_, job.to) for job in jobs)
            groups["once"].append(scene.link_to(person, ", ".join(part for part in (jobs[0].title, spans) if part)))
            continue
        # Another reader is not told how far a relationship has come, so everybody stands in one list.
        is_new = scene.is_mine and presence is Presence.HEARD_OF
        present = (job.title for job in jobs if job.to is None or job.to >= scene.today)
        note = ", ".join(title for title in present if title)
        groups["to_meet" if is_new else "known"].append(scene.link_to(person, note))
    return PeopleThere(tuple(groups["known"]), tuple(groups["to_meet"]), tuple(groups["once"]))


def _is_due(rhythm: Rhythm, last: DayView, today: dt.date) -> bool:
    longest = rhythm.max or rhythm.ideal.stretched()
    return not rhythm.ideal.is_never and longest.after(dt.date.fromisoformat(last.iso)) < today


def _lines(scene: Scene, entry: Entry[Organization]) -> list[JournalLine]:
    """The journal entries that name the organization, newest first."""
    found: dict[tuple[str, int], JournalLine] = {}
    for link in scene.playbook.links_to(entry.key):
        if link.source[0] == "journal" and link.path[2:3] == ("organizations",):
            year, index = scene.playbook.journal[link.source[1]], int(link.path[1])
            found[(year.id, index)] = JournalLine(year, index, year.record.entries[index])
    return sorted(found.values(), key=lambda line: (-line.record.date.toordinal(), line.entry.id, line.index))


def _events(scene: Scene, entry: Entry[Organization]) -> tuple[tuple[Linked, ...], tuple[Linked, ...]]:
    """(coming, past) events that the organization runs and you did not skip."""
    names = scene.playbook.related(entry.key, "events", "organization")
    events = [scene.playbook.events[name] for name in names]
    kept = [event for event in events if event.record.status is not EventStatus.SKIPPED]
    ordered = sorted(kept, key=lambda event: (event.record.starts.day, event.id))
    coming: list[Linked] = []
    past: list[Linked] = []
    for event in ordered:
        last = (event.record.ends or event.record.starts).day
        link = scene.link_to(event, span_text(event.record.starts.day, last))
        (past if last < scene.today else coming).append(link)
    return tuple(coming), tuple(reversed(past))
