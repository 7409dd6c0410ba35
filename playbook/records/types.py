"""The types of the fields of records: text, days, rhythms, choices, references, and lists and mappings of them.

There are no unions: the validator would add the name of a union's branch to an error's path, and the path is how an error finds
its line.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, TypeVar

from playbook.problems import shorten, suggest
from playbook.records import days, texts
from playbook.records.days import Done, Due, Moment, Period, YearDay
from playbook.records.texts import Refused, typed

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

_ID_LIKE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+\Z")


def _lines_or_text(value: Any) -> tuple[str, ...]:
    return tuple(texts.typed_name(item) for item in value) if isinstance(value, list) else (texts.typed_text(value),)


@dataclass(frozen=True, slots=True, eq=False)
class Typed:
    """Marks a type with how a text of it is read and described."""

    read: Callable[[Any], Any]
    """The value of what was typed (text, or None for nothing); raises `Refused`."""
    schema: dict[str, Any]
    """The JSON Schema of what may be typed."""
    word: str
    """What the field reference calls it: `text`, `date`, `one of` …"""
    is_prose: bool = False
    """Whether it may hold Markdown and `[[links]]`."""


@dataclass(frozen=True, slots=True, eq=False)
class Checked:
    """Marks a field whose value as a whole has a rule; `check` gives it back, or raises `Refused`."""

    check: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Ref:
    """Marks a field's text as the id of another record.

    `soft` says what other text may stand there: `never` none; `any` whatever is not an id that exists; `words` whatever
    does not look like an id.
    """

    kind: str
    soft: str = "never"

    def accepts(self, text: str) -> bool:
        """Whether `text`, which names nothing that exists, may stand as plain text."""
        return self.soft == "any" or (self.soft == "words" and not _ID_LIKE.match(text))


def choice(enum: type[E]) -> Callable[[Any], E]:
    """A validator for one member of a closed set, by its value."""
    members = {member.value: member for member in enum}

    def choose(value: Any) -> E:
        if isinstance(value, str) and value in members:
            return members[value]
        text = typed(value, f"one of {', '.join(members)}")
        raise Refused(
            "unknown-value",
            f"'{shorten(text, 40)}' is not one of {', '.join(members)}",
            suggest(text, members),
        )

    return choose


def word_of(enum: type[E]) -> Typed:
    """One member of a closed set, by its value."""
    schema = {"enum": [member.value for member in enum]}
    return Typed(choice(enum), schema, f"one of {', '.join(f'`{word}`' for word in schema['enum'])}")


_DATE = r"^\d{4}-\d{2}-\d{2}$"
_YES_OR_NO = [{"type": "boolean"}, {"enum": ["true", "false", "yes", "no"]}]
# YAML's own types for what stays text here: editors read `title: 2027` as a number.
_PLAIN: dict[str, Any] = {"type": ["string", "number", "boolean"]}
Text = Annotated[str, Typed(texts.typed_text, _PLAIN, "text", is_prose=True)]
Line = Annotated[str, Typed(texts.typed_line, _PLAIN, "text")]
Name = Annotated[str, Typed(texts.typed_name, {**_PLAIN, "pattern": r"\S"}, "text")]
Day = Annotated[dt.date, Typed(days.typed_day, {"type": "string", "pattern": _DATE}, "date")]
When = Annotated[
    Moment,
    Typed(days.typed_moment, {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2})?$"}, "date or time"),
]
DueBy = Annotated[
    Due, Typed(days.typed_due, {"type": "string", "pattern": r"^(\d{4}-\d{2}-\d{2}|T[+-]\d{1,4})$"}, "date, or T-30")
]
DoneOn = Annotated[
    Done | None,
    Typed(days.typed_done, {"anyOf": [{"type": "string", "pattern": _DATE}, *_YES_OR_NO]}, "date or true"),
]
OnDay = Annotated[
    YearDay, Typed(days.typed_year_day, {"type": "string", "pattern": r"^(\d{4}|-)-\d{2}-\d{2}$"}, "date or --MM-DD")
]
Every = Annotated[
    Period,
    Typed(
        days.typed_period, {"type": "string", "examples": ["every 6 weeks", "monthly", "quarterly", "never"]}, "rhythm"
    ),
]
Boolean = Annotated[bool, Typed(texts.typed_boolean, {"anyOf": _YES_OR_NO}, "true or false")]
Count = Annotated[
    int,
    Typed(
        texts.typed_count,
        {"type": ["integer", "string"], "minimum": 1, "pattern": "^0*[1-9]\\d*$", "maxLength": 6},
        "number",
    ),
]
Url = Annotated[str, Typed(texts.typed_url, {"type": "string", "pattern": r"^\s*$|^\s*[A-Za-z]+:"}, "link")]
Email = Annotated[str, Typed(texts.email_address, {"type": "string", "format": "email"}, "e-mail address")]
Label = Annotated[
    str, Typed(texts.typed_label, {"type": "string", "pattern": "^[a-z0-9-]+$", "maxLength": 40}, "label")
]
Timezone = Annotated[str, Typed(texts.typed_timezone, {"type": "string"}, "time zone")]
Language = Annotated[str, Typed(texts.typed_language, {"type": "string"}, "language code")]
TextOrList = Annotated[
    tuple[str, ...],
    Typed(
        _lines_or_text,
        {"anyOf": [_PLAIN, {"type": "array", "items": _PLAIN}]},
        "text or list",
    ),
]

K = TypeVar("K")
Many = tuple[T, ...]
"""Several; one value may stand where a list is meant."""
Named = dict[K, T]
"""Name → value."""

GoalId = Annotated[Name, Ref("goals")]
PersonId = Annotated[Name, Ref("people")]
EventId = Annotated[Name, Ref("events")]
OrganizationId = Annotated[Name, Ref("organizations")]
OutreachId = Annotated[Name, Ref("outreach")]
OrganizationName = Annotated[Name, Ref("organizations", soft="any")]
PersonOrName = Annotated[Name, Ref("people", soft="words")]
CriterionId = Annotated[Name, Ref("criteria")]
