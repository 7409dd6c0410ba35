"""A sequence of steps that you start on a day: the first ninety days, a way back in, the week before a conference."""

from playbook.records.base import Item, Record
from playbook.records.choices import Status
from playbook.records.goal import StatusWord
from playbook.records.struct import Field
from playbook.records.types import Day, EventId, GoalId, Line, Many, Name, OrganizationId, PersonId, Text


class Play(Record):
    """A play."""

    noun = "play"
    private = frozenset(("notes",))

    title: Name = Field(description="What it is.", examples=["A way back in after a quiet time"])
    why: Text = Field(
        "",
        description="When to use it, and why it helps.",
        examples=["After a month of silence, the first line is the hardest."],
    )
    starts: Day | None = Field(
        None,
        description="The day it starts; T for its checklist. Unset while it is not running.",
        examples=["2026-12-01"],
    )
    status: StatusWord = Field(Status.ACTIVE, description="Whether it is being worked on.", examples=["active"])
    goals: Many[GoalId] = Field((), description="Goals it serves.", examples=[["staff-engineer"]])
    people: Many[PersonId] = Field((), description="Who matters for it.", examples=[["grace-hopper"]])
    events: Many[EventId] = Field((), description="Events it serves.", examples=[["pycon-2027"]])
    organizations: Many[OrganizationId] = Field(
        (), description="Organizations it serves.", examples=[["network-society"]]
    )
    checklist: Many[Item] = Field((), description="The steps. A relative `due` counts from `starts`.")
    done_when: Many[Name] = Field(
        (), description="What counts as done, in a line each.", examples=[["She has said yes to a year."]]
    )
    source: Line = Field(
        "",
        description="Where the practice is from: who wrote it, and what.",
        examples=["Kathy E. Kram: Mentoring at Work (1985)"],
    )
    play: Line = Field(
        "",
        description="The play it was started from: of the library (`playbook plays`), or one of your own.",
        examples=["land-a-mentor"],
    )
    notes: Text = Field("", description="Notes in Markdown.", examples=["Start on a Tuesday."])
