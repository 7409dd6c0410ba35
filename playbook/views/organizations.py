"""The organizations page: what you belong to and bring, by kind, and which renewals and deadlines are coming."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.agenda import next_events
from playbook.graph import Entry
from playbook.records import Organization
from playbook.records.choices import MembershipState, OrganizationKind
from playbook.views.organization import (
    ContributionView,
    MembershipView,
    RoleView,
    contributions_view,
    last_contribution,
    membership_view,
    organization_view,
    people_there,
    roles_view,
)
from playbook.views.scene import Linked, Scene
from playbook.views.tally import Tally, tally_of
from playbook.views.words import DayView, count, span_text

__all__ = ["OrganizationsView", "organization_view", "organizations_view"]

AHEAD = 90
"""Days ahead in which a renewal or a deadline is brought up."""

KIND_TITLES = {
    OrganizationKind.EMPLOYER: "Employers",
    OrganizationKind.ASSOCIATION: "Associations",
    OrganizationKind.COMMUNITY: "Communities",
    OrganizationKind.PROGRAM: "Programs",
    OrganizationKind.VOLUNTEER: "Volunteering",
    OrganizationKind.SCHOOL: "Schools",
    OrganizationKind.PLATFORM: "Platforms",
    None: "Others",
}


@dataclass(frozen=True, slots=True)
class OrganizationCard:
    """An organization among others."""

    link: Linked
    membership: MembershipView | None
    deadline: DayView | None
    roles: tuple[RoleView, ...]
    """Present ones."""
    contributions: tuple[ContributionView, ...]
    tally: Tally
    """Of its checklist."""
    last: DayView | None
    """The last contribution that the journal tells of."""
    known: str
    """`3 people you know`; empty where nobody is known, or nobody but the author should be told."""
    goals: tuple[Linked, ...]
    event: Linked | None
    """The next one they run."""


@dataclass(frozen=True, slots=True)
class KindOfOrganizations:
    """Organizations of one kind, by name."""

    anchor: str
    title: str
    cards: tuple[OrganizationCard, ...]


@dataclass(frozen=True, slots=True)
class ComingView:
    """A renewal or a program's deadline that is near, or has passed without being moved on."""

    link: Linked
    what: str
    day: DayView
    note: str


@dataclass(frozen=True, slots=True)
class OrganizationsView:
    """All organizations."""

    coming: tuple[ComingView, ...]
    groups: tuple[KindOfOrganizations, ...]


def organizations_view(scene: Scene) -> OrganizationsView:
    """The organizations page."""
    entries = sorted(scene.playbook.organizations.values(), key=lambda entry: (entry.title.casefold(), entry.id))
    groups = (
        (title, tuple(organization_card(scene, entry) for entry in entries if entry.record.kind is kind))
        for kind, title in KIND_TITLES.items()
    )
    return OrganizationsView(
        coming=_coming(scene, entries) if scene.is_mine else (),
        groups=tuple(KindOfOrganizations(title.lower(), title, cards) for title, cards in groups if cards),
    )


def organization_card(scene: Scene, entry: Entry[Organization]) -> OrganizationCard:
    """An organization in a few words."""
    organization = entry.record
    book = scene.playbook
    known = len(people_there(scene, entry).known) if scene.is_mine else 0
    last = last_contribution(scene, entry)
    event = next((found for found in next_events(book, scene.today) if found.record.organization == entry.id), None)
    return OrganizationCard(
        link=scene.link_to(entry),
        membership=membership_view(scene, organization),
        deadline=scene.day(organization.deadline),
        roles=tuple(role for role in roles_view(scene, entry) if role.is_present),
        contributions=contributions_view(scene, entry),
        tally=tally_of(organization.checklist),
        last=last.day if last else None,
        known=f"{count(known, 'person', 'people')} you know" if known else "",
        goals=scene.links("goals", book.related(entry.key, "goals", "goals", "organizations")),
        event=scene.link_to(event, span_text(event.record.starts.day, (event.record.ends or event.record.starts).day))
        if event
        else None,
    )


def _coming(scene: Scene, entries: list[Entry[Organization]]) -> tuple[ComingView, ...]:
    """The soonest first; those whose day has passed stand on top, as waiting."""
    found = []
    for entry in entries:
        membership = entry.record.membership
        renews = scene.day(membership.renews) if membership else None
        if membership and renews and renews.days <= AHEAD and membership.state is not MembershipState.LAPSED:
            found.append(ComingView(scene.link_to(entry), "renewal", renews, membership.dues))
        deadline = scene.day(entry.record.deadline)
        applied = membership is not None and membership.state is not MembershipState.CONSIDERING
        if deadline and 0 <= deadline.days <= AHEAD and not applied:
            found.append(ComingView(scene.link_to(entry), "deadline", deadline, ""))
    return tuple(sorted(found, key=lambda view: (view.day.days, view.link.text.casefold())))
