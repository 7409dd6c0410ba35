"""Who you are, how you work, and who may see what: `me.yml`."""

from typing import Annotated

from playbook.records.base import Part, Record
from playbook.records.choices import CommitWhen, LinkedIn, Paper
from playbook.records.struct import Field
from playbook.records.types import (
    Count,
    Day,
    Email,
    Every,
    Label,
    Language,
    Line,
    Many,
    Name,
    Named,
    OrganizationName,
    PersonId,
    Text,
    Timezone,
    Url,
    word_of,
)

PaperWord = Annotated[Paper, word_of(Paper)]
LinkedInWord = Annotated[LinkedIn, word_of(LinkedIn)]
CommitWord = Annotated[CommitWhen, word_of(CommitWhen)]


class Position(Part):
    """A job somebody has or had."""

    main = "organization"

    organization: OrganizationName = Field(
        description="The employer: an id that exists links, other text is shown as it is.",
        examples=["network-society"],
    )
    title: Line = Field("", description="The job's title.", examples=["Fellow"])
    from_: Day | None = Field(None, alias="from", description="Since when.", examples=["2024-03-01"])
    to: Day | None = Field(None, description="Until when; unset while it lasts.", examples=["2026-08-31"])


class Rhythm(Part):
    """How often to be in touch: the ideal, and the longest that is still fine."""

    main = "ideal"

    ideal: Every = Field(description="The rhythm itself.", examples=["every 6 weeks"])
    max: Every | None = Field(
        None,
        description="The longest pause that is still fine; 1.5 times the ideal unless said.",
        examples=["8 weeks"],
    )


class Away(Part):
    """Days on which nobody is due, and onto which no play puts a step."""

    from_: Day = Field(alias="from", description="The first day away.", examples=["2026-12-23"])
    to: Day = Field(description="The last day away.", examples=["2027-01-03"])


class Audience(Part):
    """A reader other than you: who it is, which labels it sees, and which rooms of the site."""

    person: PersonId | None = Field(
        None,
        description="The person who reads it; what was written about them never reaches them.",
        examples=["grace-hopper"],
    )
    sees: Many[Label] = Field((), description="The labels this audience sees (`public` always).", examples=[["mentor"]])
    show: Many[Label] = Field(
        (),
        description="The kinds and journal kinds it gets; everything it may see unless said.",
        examples=[["goals", "achievements"]],
    )


class Me(Record):
    """You."""

    noun = "me.yml"
    private = frozenset(("away", "avoid", "audiences", "commit", "circles", "week_size", "defaults"))

    name: Line = Field("", description="Your name, as you sign.", examples=["Ada Lovelace"])
    headline: Line = Field(
        "",
        description="What you do, in half a sentence that fits behind 'I am'.",
        examples=["a storage engineer at Analytical Engines"],
    )
    pitch: Text = Field(
        "",
        description="What you would say aloud in 30 seconds.",
        examples=["I make storage forget nothing, and I teach teams to restore it before they need to."],
    )
    statement: Text = Field(
        "",
        description="One paragraph: what you are working toward.",
        examples=["To lead work that three teams build on, without managing any of them."],
    )
    email: Email = Field("", description="Where answers should go.", examples=["ada@example.org"])
    links: Many[Url] = Field((), description="Your pages.", examples=[["https://example.org/ada"]])
    timezone: Timezone = Field("", description="Your time zone; it decides what day it is.", examples=["Europe/Berlin"])
    language: Language = Field(
        "", description="The language of your scripts where nothing else is said.", examples=["en"]
    )
    paper: PaperWord = Field(Paper.A4, description="The paper you print on.", examples=["a4"])
    linkedin: LinkedInWord = Field(
        LinkedIn.FREE,
        description="Your LinkedIn account; sets how long a connection note may be.",
        examples=["free"],
    )
    positions: Many[Position] = Field((), description="Your jobs, the present one without `to`.")
    circles: Named[Label, Rhythm] = Field(
        {},
        description="Circle → rhythm. `inner` (4 weeks), `regular` (quarterly) and `wide` (yearly) are there unless redefined.",
        examples=[{"inner": "every 3 weeks"}],
    )
    week_size: Count = Field(5, description="How many people 'today' names at once.", examples=["5"])
    away: Many[Away] = Field(
        (),
        description="When you are away: nobody falls due then, and a play that you start has no step then. A date that "
        "you write yourself stands.",
    )
    defaults: Named[Name, Label] = Field(
        {},
        description="Kind → the visibility of its records where they say nothing.",
        examples=[{"goals": "mentor"}],
    )
    audiences: Named[Label, Audience] = Field(
        {}, description="Name → audience: who else may read a site of yours, and what."
    )
    avoid: Many[Line] = Field((), description="Phrases you never want to write.", examples=[["just checking in"]])
    commit: CommitWord = Field(
        CommitWhen.ASK, description="Whether the playbook commits what it writes for you.", examples=["ask"]
    )
