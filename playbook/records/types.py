"""The types of the fields of records: text, days, rhythms, choices, references, and lists and mappings of them.

There are no unions: pydantic adds the name of a union's branch to an error's path, and the path is how an error finds
its line.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator, GetJsonSchemaHandler, PlainValidator, WithJsonSchema
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import core_schema

from playbook.problems import shorten, suggest
from playbook.records import days, texts
from playbook.records.days import Done, Due, Moment, Period, YearDay
from playbook.records.texts import refuse, typed

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

_ID_LIKE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+\Z")


def _lines_or_text(value: Any) -> tuple[str, ...]:
    return tuple(texts.typed_name(item) for item in value) if isinstance(value, list) else (texts.typed_text(value),)


def _as_list(value: Any) -> Any:
    return value if isinstance(value, list) else [] if value is None else [value]


def _as_mapping(value: Any) -> Any:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise refuse("wrong-type", "expected a mapping (name: value)")
    return value


class _OrSingle:
    """Says in the JSON Schema that one value may stand where a list is meant."""

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        array = handler(schema)
        return {"anyOf": [array, array["items"]]}


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
        raise refuse(
            "unknown-value",
            f"'{shorten(text, 40)}' is not one of {', '.join(members)}",
            suggest(text, members),
        )

    return choose


def _as(function: Callable[[Any], Any], schema: dict[str, Any], kind: str) -> tuple[PlainValidator, WithJsonSchema]:
    return PlainValidator(function), WithJsonSchema({**schema, "x-type": kind})


_DATE = r"^\d{4}-\d{2}-\d{2}$"
_YES_OR_NO = [{"type": "boolean"}, {"enum": ["true", "false", "yes", "no"]}]
# YAML's own types for what stays text here: editors read `title: 2027` as a number.
_PLAIN: dict[str, Any] = {"type": ["string", "number", "boolean"]}
Text = Annotated[str, *_as(texts.typed_text, _PLAIN, "text")]
Line = Annotated[str, *_as(texts.typed_line, _PLAIN, "text")]
Name = Annotated[str, *_as(texts.typed_name, {**_PLAIN, "pattern": r"\S"}, "text")]
Day = Annotated[dt.date, *_as(days.typed_day, {"type": "string", "pattern": _DATE}, "date")]
When = Annotated[
    Moment,
    *_as(days.typed_moment, {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2})?$"}, "date or time"),
]
DueBy = Annotated[
    Due, *_as(days.typed_due, {"type": "string", "pattern": r"^(\d{4}-\d{2}-\d{2}|T[+-]\d{1,4})$"}, "date, or T-30")
]
DoneOn = Annotated[
    Done | None,
    *_as(days.typed_done, {"anyOf": [{"type": "string", "pattern": _DATE}, *_YES_OR_NO]}, "date or true"),
]
OnDay = Annotated[
    YearDay, *_as(days.typed_year_day, {"type": "string", "pattern": r"^(\d{4}|-)-\d{2}-\d{2}$"}, "date or --MM-DD")
]
Every = Annotated[
    Period,
    *_as(
        days.typed_period, {"type": "string", "examples": ["every 6 weeks", "monthly", "quarterly", "never"]}, "rhythm"
    ),
]
Boolean = Annotated[bool, *_as(texts.typed_boolean, {"anyOf": _YES_OR_NO}, "true or false")]
Count = Annotated[
    int,
    *_as(
        texts.typed_count,
        {"type": ["integer", "string"], "minimum": 1, "pattern": "^0*[1-9]\\d*$", "maxLength": 6},
        "number",
    ),
]
Url = Annotated[str, *_as(texts.typed_url, {"type": "string", "pattern": r"^\s*$|^\s*[A-Za-z]+:"}, "link")]
Email = Annotated[str, *_as(texts.email_address, {"type": "string", "format": "email"}, "e-mail address")]
Label = Annotated[str, *_as(texts.typed_label, {"type": "string", "pattern": "^[a-z0-9-]+$", "maxLength": 40}, "label")]
Timezone = Annotated[str, *_as(texts.typed_timezone, {"type": "string"}, "time zone")]
Language = Annotated[str, *_as(texts.typed_language, {"type": "string"}, "language code")]
TextOrList = Annotated[
    tuple[str, ...],
    *_as(
        _lines_or_text,
        {"anyOf": [_PLAIN, {"type": "array", "items": _PLAIN}]},
        "text or list",
    ),
]

K = TypeVar("K")
Many = Annotated[tuple[T, ...], BeforeValidator(_as_list), _OrSingle()]
Named = Annotated[dict[K, T], BeforeValidator(_as_mapping)]

GoalId = Annotated[Name, Ref("goals")]
PersonId = Annotated[Name, Ref("people")]
EventId = Annotated[Name, Ref("events")]
OrganizationId = Annotated[Name, Ref("organizations")]
OutreachId = Annotated[Name, Ref("outreach")]
OrganizationName = Annotated[Name, Ref("organizations", soft="any")]
PersonOrName = Annotated[Name, Ref("people", soft="words")]
CriterionId = Annotated[Name, Ref("criteria")]
