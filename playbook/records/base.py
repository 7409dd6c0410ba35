"""What every record has in common: strict fields, shorthand, visibility, tags, checklists.

Refuses to know the file a record came from; an Entry joins the two.
"""

from typing import ClassVar

from playbook.records.struct import Field, Struct
from playbook.records.types import (
    CriterionId,
    DoneOn,
    DueBy,
    Label,
    Line,
    Many,
    Name,
    Named,
    OutreachId,
    PersonId,
    Text,
)


class Part(Struct):
    """A nested entry. Plain text stands for its `main` field; unset visibility is that of what holds it, at the widest."""

    main: ClassVar[str] = ""

    visibility: Label = Field(
        "",
        description="Who may see this entry: `me`, `public` or a label. Never wider than what holds it.",
        examples=["mentor"],
    )


class Item(Part):
    """One thing to do: open, done with its evidence, or skipped with its reason."""

    main = "task"

    task: Name = Field(description="What to do, in a few words.", examples=["Draft the promotion packet"])
    id: Label = Field(
        "",
        description="A name that stays when the wording changes; unique in the whole playbook.",
        examples=["draft-packet"],
    )
    due: DueBy | None = Field(
        None,
        description="A date, or days from T: at an event `T-30` counts back from its start and `T+1` on from its end; in a goal T is "
        "`due`, under a milestone the milestone's; in an organization the renewal (a program: the deadline); in a play the day it starts.",
        examples=["2026-12-10", "T-30"],
    )
    milestone: Line = Field(
        "",
        description="The title of the goal's milestone this belongs to.",
        examples=["Packet ready for review"],
    )
    criteria: Many[CriterionId] = Field(
        (),
        description="Criteria of a goal that this serves: `criterion`, or `goal/criterion`.",
        examples=[["scope"]],
    )
    done: DoneOn = Field(
        None, description="The day it was done, or `true` (git then says when).", examples=["2026-10-02"]
    )
    skipped: Text = Field(
        "",
        description="Why it was left out. Not a failure: a decision.",
        examples=["The committee no longer asks for it"],
    )
    evidence: Text = Field(
        "", description="What shows that it is done: text or a link.", examples=["docs/packet-draft.md"]
    )
    person: PersonId | None = Field(None, description="Whom it concerns.", examples=["grace-hopper"])
    script: OutreachId | None = Field(None, description="The outreach template to use.", examples=["sponsor-ask"])

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.done is None and not self.skipped

    @property
    def is_done(self) -> bool:
        """Whether it is done (a skipped item is not)."""
        return self.done is not None


class Record(Struct):
    """What one file says. `private` names the fields that open only one by one, through `show`."""

    private: ClassVar[frozenset[str]] = frozenset()
    noun: ClassVar[str] = "record"

    visibility: Label = Field(
        "",
        description="Who may see the record's ordinary fields: `me` (unset), `public`, or a label such as `mentor`.",
        examples=["mentor"],
    )
    show: Named[Name, Label] = Field(
        {}, description="Opens private fields one by one: field → visibility.", examples=[{"log": "mentor"}]
    )
    tags: Many[Line] = Field((), description="Words to find it by.", examples=[["storage"]])

    @property
    def title_text(self) -> str:
        """What to call it: its title or name."""
        return str(getattr(self, "title", "") or getattr(self, "name", ""))
