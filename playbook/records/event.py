"""A day on which you meet people, what to prepare for it, and what came of it."""

from typing import Annotated

from playbook.records.base import Item, Part, Record
from playbook.records.choices import EventKind, EventStatus
from playbook.records.struct import Field
from playbook.records.texts import Refused
from playbook.records.types import (
    Day,
    DoneOn,
    GoalId,
    Line,
    Many,
    Name,
    OrganizationName,
    OutreachId,
    PersonId,
    PersonOrName,
    Text,
    Timezone,
    Url,
    When,
    word_of,
)

EventKindWord = Annotated[EventKind, word_of(EventKind)]
EventStatusWord = Annotated[EventStatus, word_of(EventStatus)]


class Meet(Part):
    """Somebody to meet there. Only who is needed; the rest falls back to the event and the person."""

    main = "person"

    person: PersonId | None = Field(None, description="Who, by id.", examples=["grace-hopper"])
    name: Line = Field("", description="Who, where they have no file yet.", examples=["Barbara Liskov"])
    organization: OrganizationName | None = Field(
        None, description="Where somebody without a file works.", examples=["Institute of Computing"]
    )
    url: Url = Field("", description="A page about somebody without a file.", examples=["https://example.org/barbara"])
    why: Text = Field("", description="Why them, there.", examples=["She chairs the council"])
    opener: Text = Field(
        "",
        description="Your first sentence.",
        examples=["Your question after the storage talk changed our plan"],
    )
    questions: Many[Text] = Field(
        (),
        description="What to ask them; the event's questions otherwise.",
        examples=[["What would you look for in a packet?"]],
    )
    ask: Text = Field(
        "", description="The one thing to ask for.", examples=["Ten minutes on what the council looks for"]
    )
    offer: Text = Field("", description="What you can give.", examples=["Our migration numbers"])
    script: OutreachId | None = Field(None, description="The outreach template to use.", examples=["event-opener"])

    def check(self) -> None:
        """There is somebody to meet."""
        if self.person is None and not self.name:
            raise Refused(
                "missing-field",
                "nobody is named here",
                "Write person: with an id, or name: for somebody without a file.",
            )


class Session(Part):
    """A talk or a slot to be at."""

    main = "title"

    title: Name = Field(description="The session.", examples=["Consensus in practice"])
    at: When | None = Field(None, description="When, in the event's time zone.", examples=["2027-05-14 11:00"])
    who: Many[PersonOrName] = Field((), description="Who speaks: an id, or a name.", examples=["grace-hopper"])
    why: Text = Field("", description="Why go.", examples=["She will take questions"])


class FollowUp(Part):
    """Something to do afterwards, within two days where no date is given."""

    main = "what"

    what: Name = Field(description="What to do.", examples=["Send the migration numbers"])
    person: PersonId | None = Field(None, description="For whom.", examples=["grace-hopper"])
    due: Day | None = Field(
        None, description="By when; two days after the event's end unless said.", examples=["2027-05-18"]
    )
    done: DoneOn = Field(None, description="The day it was done, or `true`.", examples=["2027-05-17"])


class Outcomes(Part):
    """What came of it."""

    met: Many[PersonId] = Field((), description="Whom you met.", examples=[["grace-hopper"]])
    learned: Many[Text] = Field(
        (), description="What you learned.", examples=[["The council reads the first page only"]]
    )
    follow_ups: Many[FollowUp] = Field((), description="What to do afterwards.")


class Event(Record):
    """An event."""

    noun = "event"
    private = frozenset(("cost", "meet", "outcomes"))

    title: Name = Field(description="Its name.", examples=["PyCon US 2027"])
    kind: EventKindWord | None = Field(None, description="What sort of event it is.", examples=["conference"])
    starts: When = Field(description="When it begins.", examples=["2027-05-14 09:00"])
    ends: When | None = Field(
        None, description="When it ends; the day it starts unless said.", examples=["2027-05-16 17:00"]
    )
    timezone: Timezone = Field("", description="Its time zone; yours unless said.", examples=["America/Los_Angeles"])
    place: Line = Field("", description="Where.", examples=["Long Beach"])
    url: Url = Field("", description="Its page.", examples=["https://example.org/pycon"])
    cost: Line = Field("", description="What it costs.", examples=["450 USD, paid by the team"])
    status: EventStatusWord = Field(EventStatus.CONSIDERING, description="Whether you go.", examples=["registered"])
    organization: OrganizationName | None = Field(
        None,
        description="Who runs it: an id that exists links, other text is shown.",
        examples=["network-society"],
    )
    goals: Many[GoalId] = Field((), description="Goals it serves.", examples=[["staff-engineer"]])
    why: Text = Field(
        "", description="Why go.", examples=["Two of the people who sit on the architecture council speak there."]
    )
    pitch: Text = Field(
        "",
        description="How you introduce yourself there; yours from `me.yml` unless said.",
        examples=["I make storage forget nothing."],
    )
    questions: Many[Text] = Field(
        (), description="Questions for anybody.", examples=[["What did you stop doing this year?"]]
    )
    meet: Many[Meet] = Field((), description="Whom to meet.")
    sessions: Many[Session] = Field((), description="Where to be.")
    bring: Many[Line] = Field((), description="What to take along.", examples=[["The one-page design"]])
    checklist: Many[Item] = Field((), description="What to prepare and follow up; relative dates move with the event.")
    outcomes: Outcomes | None = Field(None, description="What came of it.")

    def check(self) -> None:
        """It ends after it starts."""
        if (
            self.ends is not None
            and (self.ends.day, self.ends.time or self.starts.time) < (self.starts.day, self.starts.time)
            and (self.ends.day < self.starts.day or (self.ends.time is not None and self.starts.time is not None))
        ):
            raise Refused(
                "ends-before-start", "the event ends before it starts", "Exchange starts and ends.", at="ends"
            )
