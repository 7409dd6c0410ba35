"""What every record has in common: strict fields, shorthand, visibility, tags, checklists.

Refuses to know the file a record came from; an Entry joins the two.
"""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

from playbook.problems import shorten
from playbook.records.texts import refuse
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


def written(model: type[BaseModel], fields: dict[str, Any]) -> dict[str, Any]:
    """The fields without those of `model` that are a key with nothing behind it (`status:`): they are not written."""
    if None not in fields.values():
        return fields
    known = {info.alias or name for name, info in model.model_fields.items()}
    # A key that is no field is kept: it is a mistake to be told, or half a sentence.
    return {key: value for key, value in fields.items() if value is not None or key not in known}


class Part(BaseModel):
    """A nested entry. Plain text stands for its `main` field; unset visibility is that of what holds it, at the widest."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid", arbitrary_types_allowed=True)
    main: ClassVar[str] = ""

    visibility: Label = Field(
        "",
        description="Who may see this entry: `me`, `public` or a label. Never wider than what holds it.",
        examples=["mentor"],
    )

    @model_validator(mode="before")
    @classmethod
    def _expand(cls, value: Any) -> Any:
        if value.__class__ is dict:
            return written(cls, value)
        if isinstance(value, str) and cls.main:
            return {cls.main: value}
        if isinstance(value, str):
            raise refuse("wrong-type", f"expected fields (name: value), found the text '{shorten(value, 40)}'")
        if value is None:
            raise refuse("empty", "there is nothing here", "Write the entry, or remove the '-'.")
        raise refuse("wrong-type", "expected fields (name: value), found a list")


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


class Record(BaseModel):
    """What one file says. `private` names the fields that open only one by one, through `show`."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid", arbitrary_types_allowed=True)
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

    @model_validator(mode="before")
    @classmethod
    def _expand(cls, value: Any) -> Any:
        return written(cls, value) if value.__class__ is dict else value

    @property
    def title_text(self) -> str:
        """What to call it: its title or name."""
        return str(getattr(self, "title", "") or getattr(self, "name", ""))
