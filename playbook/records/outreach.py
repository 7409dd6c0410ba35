"""A message that you write once and fill for one person at a time."""

from typing import Annotated

from playbook.records.base import Part, Record
from playbook.records.choices import Purpose
from playbook.records.person import StageWord
from playbook.records.struct import Field
from playbook.records.types import Boolean, Count, Label, Language, Line, Many, Name, Named, Text, TextOrList, word_of

PurposeWord = Annotated[Purpose, word_of(Purpose)]


class Limits(Part):
    """How long a filled script may be; the channel's own limits apply beside these."""

    words: Count | None = Field(None, description="At most so many words.", examples=["120"])
    characters: Count | None = Field(None, description="At most so many characters.", examples=["200"])
    seconds: Count | None = Field(
        None, description="Spoken at 130 words a minute, at most so many seconds.", examples=["30"]
    )


class Variant(Part):
    """The same script in another language."""

    main = "body"

    subject: Line = Field("", description="The subject line.", examples=["Zwei Fragen"])
    body: Text = Field(description="The text.", examples=["Guten Tag {{ person.calls }},"])


class Outreach(Record):
    """An outreach template."""

    noun = "outreach template"
    private = frozenset(("fallbacks",))

    title: Name = Field(description="What it is for.", examples=["Ask for twenty minutes"])
    purpose: PurposeWord | None = Field(
        None,
        description="Its purpose. A follow-up is for those you talked with, a nudge for those who have not answered.",
        examples=["informational-interview"],
    )
    channel: Many[Label] = Field(
        (),
        description="Where it is sent or said; several are fine, the limits of each are checked.",
        examples=[["email", "linkedin-message"]],
    )
    to_both: Boolean = Field(
        False,
        description="Whether a message that speaks of a second person (`other`) goes to both of them.",
        examples=["true"],
    )
    subject: Line = Field(
        "",
        description="The subject line of an e-mail.",
        examples=["Two questions about {{ person.expertise | first }}"],
    )
    needs: Many[Name] = Field(
        (),
        description="Names that must have a value; those in the body are inferred.",
        examples=[["person.why"]],
    )
    fallbacks: Named[Name, TextOrList] = Field(
        {},
        description="Name → what to write where it has no value.",
        examples=[{"person.expertise": ["your path"]}],
    )
    limits: Limits | None = Field(None, description="How long it may get.")
    avoid: Many[Line] = Field((), description="Phrases it must not contain.", examples=[["pick your brain"]])
    unlocks_at: StageWord | None = Field(
        None, description="The stage a relationship must have reached.", examples=["active"]
    )
    variants: Named[Language, Variant] = Field({}, description="Language → subject and body.")
    body: Text = Field(description="The text: Jinja2 under an allow-list.", examples=["Hello {{ person.calls }},"])
