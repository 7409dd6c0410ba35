"""What happened on a day: achievements, contributions, learning, reading, praise, reviews."""

from typing import Annotated

from playbook.records.base import Part, Record
from playbook.records.choices import JournalKind
from playbook.records.struct import Field
from playbook.records.types import (
    Boolean,
    CriterionId,
    Day,
    EventId,
    GoalId,
    Line,
    Many,
    OrganizationId,
    PersonId,
    PersonOrName,
    Text,
    Url,
    word_of,
)

JournalKindWord = Annotated[JournalKind, word_of(JournalKind)]


class Used(Part):
    """Where something learned, read or done came to use."""

    main = "where"

    where: Text = Field("", description="What came of it.", examples=["The rollout plan of the storage team"])
    date: Day | None = Field(None, description="When.", examples=["2026-10-12"])


class JournalEntry(Part):
    """One entry of the journal."""

    main = "title"

    title: Line = Field("", description="What it was, in one line.", examples=["Led the storage migration review"])
    date: Day = Field(description="When.", examples=["2026-10-20"])
    kind: JournalKindWord = Field(JournalKind.ACHIEVEMENT, description="What sort of entry.", examples=["achievement"])
    text: Text = Field(
        "", description="More of it, in Markdown.", examples=["Three teams brought their failure drills."]
    )
    impact: Text = Field("", description="What changed because of it.", examples=["Restores take 4 minutes, not 40"])
    url: Url = Field("", description="Where it can be seen.", examples=["https://example.org/talk"])
    evidence: Text = Field("", description="What shows it: text or a link.", examples=["Dashboard of 20 October"])
    goals: Many[GoalId] = Field((), description="Goals it counts toward.", examples=[["staff-engineer"]])
    people: Many[PersonId] = Field((), description="Who helped, or whom it engages.", examples=[["grace-hopper"]])
    events: Many[EventId] = Field((), description="Events it belongs to.", examples=[["pycon-2027"]])
    organizations: Many[OrganizationId] = Field(
        (), description="Organizations it belongs to.", examples=[["network-society"]]
    )
    criteria: Many[CriterionId] = Field(
        (), description="Criteria it is evidence for: `goal/criterion`.", examples=[["staff-engineer/scope"]]
    )
    used: Many[Used] = Field((), description="What came of it later.")
    thanked: Many[PersonId] = Field((), description="Who has been thanked already.", examples=[["grace-hopper"]])
    from_: PersonOrName | None = Field(
        None, alias="from", description="Praise: who said it.", examples=["grace-hopper"]
    )
    said: Text = Field("", description="Praise: their words.", examples=["The clearest review I have sat in."])
    may_quote: Boolean = Field(False, description="Praise: whether they agreed to be quoted.", examples=["true"])
    well: Many[Text] = Field((), description="Review: what went well.", examples=[["Two reviews led without notes"]])
    in_the_way: Many[Text] = Field((), description="Review: what was in the way.", examples=[["Meetings before ten"]])
    next: Many[Text] = Field(
        (), description="Review: what to do next.", examples=[["Ask for the committee's criteria"]]
    )
    tags: Many[Line] = Field((), description="Words to find it by.", examples=[["storage"]])


class Journal(Record):
    """A year of the journal; the file itself is a list of entries."""

    noun = "journal"

    entries: Many[JournalEntry] = Field((), description="The entries.")
