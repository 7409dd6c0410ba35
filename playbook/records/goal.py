"""What you want, why, by when, and how you will know."""

from typing import Annotated

from playbook.records.base import Item, Part, Record
from playbook.records.choices import GoalKind, Status
from playbook.records.struct import Field
from playbook.records.types import (
    Day,
    DoneOn,
    EventId,
    GoalId,
    Label,
    Many,
    Name,
    OrganizationId,
    PersonId,
    Text,
    word_of,
)

GoalKindWord = Annotated[GoalKind, word_of(GoalKind)]
StatusWord = Annotated[Status, word_of(Status)]


class Milestone(Part):
    """A point on the way that others can see you reach."""

    main = "title"

    title: Name = Field(description="What will be true then.", examples=["Packet ready for review"])
    due: Day | None = Field(None, description="By when.", examples=["2027-02-01"])
    done: DoneOn = Field(None, description="The day it was reached, or `true`.", examples=["2027-01-28"])


class Criterion(Part):
    """One thing that those who decide look for."""

    main = "text"

    text: Name = Field(description="What they look for.", examples=["Work whose effect crosses team borders"])
    id: Label = Field("", description="A short name that journal entries and items point at.", examples=["scope"])
    expected: Text = Field(
        "", description="What enough of it looks like.", examples=["Two projects with three teams or more"]
    )


class Told(Part):
    """That you told somebody about the goal."""

    main = "person"

    person: PersonId = Field(description="Whom you told.", examples=["grace-hopper"])
    date: Day | None = Field(None, description="When.", examples=["2026-09-14"])


class Goal(Record):
    """A goal."""

    noun = "goal"
    private = frozenset(("told",))

    title: Name = Field(description="What you want, in one line.", examples=["Be promoted to staff engineer"])
    kind: GoalKindWord | None = Field(None, description="What sort of goal it is.", examples=["promotion"])
    why: Text = Field(
        "",
        description="Why it matters to you.",
        examples=["I already lead work across three teams; the title opens the architecture council."],
    )
    measure: Text = Field(
        "",
        description="How you will know that it is reached.",
        examples=["The spring promotion committee says yes."],
    )
    start: Day | None = Field(None, description="Since when you work on it.", examples=["2026-04-01"])
    due: Day | None = Field(None, description="By when.", examples=["2027-04-15"])
    status: StatusWord = Field(Status.ACTIVE, description="Whether it is being worked on.", examples=["active"])
    milestones: Many[Milestone] = Field((), description="Points on the way, for the roadmap.")
    checklist: Many[Item] = Field(
        (), description="What to do. A relative `due` counts from the goal's `due`, or the milestone's."
    )
    people: Many[PersonId] = Field((), description="Who matters for it.", examples=[["grace-hopper", "radia-perlman"]])
    events: Many[EventId] = Field((), description="Events that serve it.", examples=[["pycon-2027"]])
    organizations: Many[OrganizationId] = Field(
        (), description="Organizations that serve it.", examples=[["network-society"]]
    )
    parent: GoalId | None = Field(None, description="The larger goal it is a part of.", examples=["staff-engineer"])
    pitch: Text = Field(
        "",
        description="The goal as you would say it aloud.",
        examples=["I would like to be the one people ask before they change the storage."],
    )
    criteria: Many[Criterion] = Field(
        (), description="What the committee looks for; journal entries and items point at them."
    )
    told: Many[Told] = Field((), description="Who knows of the goal, and since when.")
    outcome: Text = Field(
        "", description="What came of it.", examples=["Promoted in April; the council asked me to stay on."]
    )
    next_step: Text = Field(
        "",
        description="The next thing, where it is no checklist item.",
        examples=["Ask Grace which room the decision is made in"],
    )
