"""A group that people belong to: employer, association, community, program, school, platform."""

from typing import Annotated

from playbook.records.base import Item, Part, Record
from playbook.records.choices import MembershipState, OrganizationKind
from playbook.records.me import Rhythm
from playbook.records.struct import Field
from playbook.records.types import Day, GoalId, Line, Many, Name, PersonId, Text, Url, word_of

OrganizationKindWord = Annotated[OrganizationKind, word_of(OrganizationKind)]
MembershipWord = Annotated[MembershipState, word_of(MembershipState)]


class Membership(Part):
    """Your membership."""

    main = "state"

    state: MembershipWord = Field(description="Where it stands.", examples=["member"])
    since: Day | None = Field(None, description="Since when.", examples=["2025-02-01"])
    renews: Day | None = Field(None, description="The next renewal; T for the checklist.", examples=["2027-02-01"])
    dues: Line = Field("", description="What it costs.", examples=["60 EUR a year"])


class Contribution(Part):
    """What you bring, and how often."""

    main = "what"

    what: Name = Field(description="What you do there.", examples=["Answer two questions in the forum"])
    rhythm: Rhythm | None = Field(None, description="How often.", examples=["weekly"])


class Role(Part):
    """A role of yours there, volunteering included."""

    main = "title"

    title: Name = Field(description="The role.", examples=["Session chair"])
    from_: Day | None = Field(None, alias="from", description="Since when.", examples=["2026-01-01"])
    to: Day | None = Field(None, description="Until when.", examples=["2026-12-31"])


class Organization(Record):
    """An organization."""

    noun = "organization"
    private = frozenset(("notes", "checklist"))

    name: Name = Field(description="Its name.", examples=["Network Society"])
    kind: OrganizationKindWord | None = Field(
        None, description="What sort of organization it is.", examples=["association"]
    )
    url: Url = Field("", description="Its page.", examples=["https://example.org"])
    also_known_as: Many[Line] = Field((), description="Other names it goes by; each finds it.", examples=[["NetSoc"]])
    membership: Membership | None = Field(None, description="Your membership.")
    why: Text = Field(
        "", description="Why it is worth your time.", examples=["The people who review storage papers meet there."]
    )
    contribute: Many[Contribution] = Field((), description="What you bring, and how often.")
    roles: Many[Role] = Field((), description="Your roles there.")
    people: Many[PersonId] = Field((), description="Whom you know there.", examples=[["radia-perlman"]])
    goals: Many[GoalId] = Field((), description="Goals it serves.", examples=[["staff-engineer"]])
    deadline: Day | None = Field(
        None, description="A program's closing date; T for its checklist.", examples=["2027-01-31"]
    )
    checklist: Many[Item] = Field(
        (), description="What to do. A relative `due` counts from the deadline, else from the renewal."
    )
    notes: Text = Field("", description="Notes in Markdown.", examples=["The chair changes in May."])
