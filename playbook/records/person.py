"""Somebody you know or want to know, and everything that passed between you."""

from typing import Annotated

from playbook.records.base import Item, Part, Record
from playbook.records.choices import By, LogKind, MentoringRole, Relation, Stage
from playbook.records.me import Position, Rhythm
from playbook.records.struct import Field
from playbook.records.texts import email_address
from playbook.records.types import (
    Boolean,
    Checked,
    Day,
    DoneOn,
    EventId,
    GoalId,
    Label,
    Language,
    Line,
    Many,
    Name,
    Named,
    OnDay,
    PersonId,
    Text,
    word_of,
)

RelationWord = Annotated[Relation, word_of(Relation)]
StageWord = Annotated[Stage, word_of(Stage)]
LogKindWord = Annotated[LogKind, word_of(LogKind)]
ByWord = Annotated[By, word_of(By)]
RoleWord = Annotated[MentoringRole, word_of(MentoringRole)]


class Met(Part):
    """How you came to know each other."""

    main = "how"

    how: Text = Field("", description="The circumstances.", examples=["hallway after her talk"])
    date: Day | None = Field(None, description="When.", examples=["2025-05-16"])
    event: EventId | None = Field(None, description="At which event.", examples=["pycon-2025"])


class Offer(Part):
    """Something you can give them."""

    main = "what"

    what: Name = Field(description="What you can give.", examples=["Our migration numbers"])
    given: DoneOn = Field(None, description="The day you gave it, or `true`.", examples=["2026-10-20"])


class Promise(Part):
    """Something one of you said they would do."""

    main = "what"

    what: Name = Field(description="What was promised.", examples=["Send the one-page version"])
    by: ByWord = Field(By.ME, description="Who promised it.", examples=["me"])
    due: Day | None = Field(None, description="By when.", examples=["2026-12-05"])
    kept: DoneOn = Field(None, description="The day it was kept, or `true`.", examples=["2026-12-04"])


class LogEntry(Part):
    """One thing that passed between you."""

    main = "what"

    what: Text = Field("", description="What it was about.", examples=["An hour on how to present to a committee"])
    date: Day | None = Field(
        None,
        description="When; an entry without a date counts for nothing but the record.",
        examples=["2026-11-03"],
    )
    channel: Line = Field("", description="How: email, video, in-person or another of `channels`.", examples=["video"])
    kind: LogKindWord = Field(
        LogKind.MET,
        description="What sort of contact. `heard` is their reply; `note` and `engaged` are no touches.",
        examples=["received"],
    )
    event: EventId | None = Field(None, description="At which event.", examples=["pycon-2025"])
    goal: GoalId | None = Field(None, description="For which goal.", examples=["staff-engineer"])
    with_: Many[PersonId] = Field((), alias="with", description="Others who were present.", examples=[["grace-hopper"]])
    about: Many[PersonId] = Field(
        (), description="To whom you were, or they were, introduced.", examples=[["barbara-liskov"]]
    )


class Question(Part):
    """Something to ask at the next meeting."""

    main = "ask"

    ask: Name = Field(description="The question.", examples=["How do you say no to a good idea?"])
    answered: Text = Field("", description="What they answered.", examples=["Name the price of yes first"])


class Feedback(Part):
    """What they told you, and what you did with it."""

    main = "said"

    said: Name = Field(description="What they said.", examples=["The first slide must be the decision"])
    date: Day | None = Field(None, description="When.", examples=["2026-11-03"])
    action: Text = Field("", description="What you will do about it.", examples=["Rewrite the opening"])
    acted: DoneOn = Field(None, description="The day you did it, or `true`.", examples=["2026-11-10"])


class Mentoring(Part):
    """The agreement between a mentor and a mentee."""

    main = "role"

    role: RoleWord = Field(MentoringRole.MENTOR, description="What *they* are to you.", examples=["mentor"])
    since: Day | None = Field(None, description="Since when.", examples=["2025-09-01"])
    until: Day | None = Field(None, description="Until when it was agreed.", examples=["2027-08-31"])
    rhythm: Rhythm | None = Field(None, description="How often you meet.", examples=["every 4 weeks"])
    next: Day | None = Field(None, description="The next meeting.", examples=["2026-12-08"])
    expectations: Many[Text] = Field(
        (), description="What you expect of each other.", examples=[["I send my questions two days ahead"]]
    )
    aims: Many[Text] = Field((), description="What it should lead to.", examples=[["Lead without authority"]])
    questions: Many[Question] = Field((), description="What to ask next.")
    feedback: Many[Feedback] = Field((), description="What they told you.")


class Closed(Part):
    """That the tie has ended, kindly."""

    main = "why"

    why: Text = Field("", description="Why.", examples=["Moved on to another field; we parted well"])
    date: Day | None = Field(None, description="When.", examples=["2026-03-01"])


class Fit(Part):
    """The evidence, as text, for each trait of a good mentor. A gap is something to find out."""

    values: Text = Field("", description="Evidence of shared values.", examples=["Credits every reviewer by name"])
    success: Text = Field(
        "", description="Evidence of success in the field.", examples=["Her protocol runs in every switch"]
    )
    willing: Text = Field(
        "", description="Evidence that they would invest time.", examples=["Offered the monthly hour herself"]
    )
    candid: Text = Field(
        "",
        description="Evidence that they give honest, constructive feedback.",
        examples=["Sent my page back with eleven questions"],
    )


class Sponsoring(Part):
    """What it would take, or took, for them to speak for you."""

    goal: GoalId | None = Field(None, description="For which goal.", examples=["staff-engineer"])
    reach: Many[Text] = Field(
        (), description="The rooms they are in and who listens to them.", examples=[["Architecture council"]]
    )
    asked: Day | None = Field(None, description="When you asked.", examples=["2026-12-10"])
    answer: Text = Field("", description="What they said.", examples=["Yes, if the packet names two outcomes"])
    did: Many[Text] = Field((), description="What they did for you.", examples=[["Named me in the spring committee"]])
    seen: Many[Text] = Field(
        (), description="What they have seen of your work.", examples=[["The storage review in June"]]
    )


def _with_an_address(channels: dict[str, str]) -> dict[str, str]:
    """The channels, if what is called `email` is one e-mail address: a script will be sent there."""
    if "email" in channels:
        email_address(channels["email"], at="email")
    return channels


class Person(Record):
    """A person."""

    noun = "person"
    private = frozenset(
        (
            "notes", "log", "channels", "promises", "fit", "stage", "cadence", "paused_until", "closed",
            # Not named by the format, but of the same nature: what you think, plan or owe.
            "sponsoring", "mentoring", "review_by", "offers", "dates", "checklist", "circle",
        )
    )  # fmt: skip

    name: Name = Field(description="The name, as they write it.", examples=["Radia Perlman"])
    relations: Many[RelationWord] = Field(
        (), description="What they are to you; several are fine.", examples=[["mentor"]]
    )
    circle: Label = Field("", description="A circle of `me.yml`; it sets the rhythm.", examples=["inner"])
    cadence: Rhythm | None = Field(
        None, description="A rhythm of their own; overrides the circle's.", examples=["every 6 weeks"]
    )
    paused_until: Day | None = Field(None, description="Until then they are never due.", examples=["2027-01-15"])
    stage: StageWord | None = Field(None, description="How far the relationship has come.", examples=["active"])
    positions: Many[Position] = Field((), description="Their jobs, the present one without `to`.")
    expertise: Many[Line] = Field((), description="What they know.", examples=[["network protocols"]])
    values: Many[Line] = Field((), description="What matters to them.", examples=[["plain writing"]])
    why: Text = Field(
        "",
        description="The personal reason to write to *them*, in words said to them.",
        examples=["Your advice to write the one-page version first is why my last design was read at all."],
    )
    met: Met | None = Field(None, description="How you met.")
    introduced_by: PersonId | None = Field(None, description="Who introduced you.", examples=["grace-hopper"])
    knows: Many[PersonId] = Field((), description="Whom they know.", examples=[["grace-hopper"]])
    offers: Many[Offer] = Field((), description="What you can give them.")
    prefers: Line = Field("", description="The channel they like best.", examples=["video"])
    channels: Annotated[Named[Label, Line], Checked(_with_an_address)] = Field(
        {}, description="Channel → address or handle.", examples=[{"email": "radia@example.org"}]
    )
    dates: Named[Name, OnDay] = Field(
        {}, description="Name → a day that comes each year.", examples=[{"birthday": "--12-18"}]
    )
    language: Language = Field("", description="The language you write to them in.", examples=["de"])
    pronouns: Line = Field("", description="Their pronouns.", examples=["she/her"])
    pronounced: Line = Field("", description="How to say the name.", examples=["RAH-dee-a"])
    nickname: Line = Field("", description="What to call them in a script.", examples=["Radia"])
    location: Line = Field("", description="Where they are.", examples=["Seattle"])
    consent: Boolean = Field(
        False,
        description="Whether they agreed to be named to your audiences; otherwise they appear by role.",
        examples=["true"],
    )
    goals: Many[GoalId] = Field(
        (),
        description="Goals they matter for; the other side of a goal's `people`, written on either.",
        examples=[["staff-engineer"]],
    )
    review_by: Day | None = Field(
        None,
        description="When to look at this file again and delete what is no longer needed.",
        examples=["2027-06-01"],
    )
    notes: Text = Field(
        "", description="Notes in Markdown, for you alone unless shown.", examples=["Likes to be asked in the morning."]
    )
    promises: Many[Promise] = Field((), description="What you promised each other.")
    checklist: Many[Item] = Field((), description="What to do about this person. Dates are absolute here.")
    log: Many[LogEntry] = Field((), description="What passed between you, newest or oldest first.")
    mentoring: Mentoring | None = Field(None, description="The mentoring agreement.")
    closed: Closed | None = Field(None, description="That the tie has ended, and why.")
    fit: Fit | None = Field(None, description="Evidence for each trait of a good mentor.")
    sponsoring: Sponsoring | None = Field(None, description="The path to their speaking for you.")
