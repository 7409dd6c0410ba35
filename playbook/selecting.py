"""Selects records by what they say: `circle=inner`, `due<2027-01-01`, `positions.organization~acme`, `!why`.

A condition reads a record by its shape, so that a field that does not exist is told, with the nearest one.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from playbook.problems import shorten, suggest
from playbook.records.shape import FieldShape, shape_of
from playbook.records.types import Done, Due, Moment, Period, YearDay

_CONDITION = re.compile(
    r"(?P<not>!)?(?P<field>[A-Za-z_][\w.-]*)\s*(?:(?P<op>!=|<=|>=|=|<|>|~)\s*(?P<value>.*))?\Z", re.DOTALL
)


class BadCondition(ValueError):  # noqa: N818  (named for what is wrong)
    """A condition that cannot be understood; the message says why, with a suggestion."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition on a record."""

    path: tuple[str, ...]
    op: str
    """`=`, `!=`, `<`, `<=`, `>`, `>=`, `~` (contains), `has` or `lacks`."""
    value: str

    def holds(self, identifier: str, record: BaseModel) -> bool:
        """Whether a record meets it; of a list, one value that does is enough (for `!=`, all must differ)."""
        found = [identifier] if self.path == ("id",) else list(values_at(record, self.path))
        if self.op == "has":
            return bool(found)
        if self.op == "lacks":
            return not found
        if self.op == "!=":
            return all(not _compare("=", value, self.value) for value in found)
        return any(_compare(self.op, value, self.value) for value in found)


def parse_condition(text: str, model: type[BaseModel]) -> Condition:
    """The condition in `text`, checked against the fields of `model`.

    Raises:
        BadCondition: for a field that does not exist, a value outside a closed set, or no condition at all.
    """
    match = _CONDITION.match(text.strip())
    if match is None or (match["not"] and match["op"]):
        raise BadCondition(
            f"'{shorten(text)}' is no condition; write field=value, field~text, field<date, field or !field"
        )
    path = tuple(match["field"].split("."))
    field = None if path == ("id",) else _find(model, path)
    if match["op"] is None:
        return Condition(path, "lacks" if match["not"] else "has", "")
    value = match["value"].strip()
    words = re.findall(r"`([^`]+)`", field.value_type) if field and field.value_type.startswith("one of") else []
    if words and match["op"] in {"=", "!="} and value not in words:
        raise BadCondition(
            f"'{field.alias if field else ''}' is one of {', '.join(words)}. {suggest(value, words)}".rstrip()
        )
    return Condition(path, match["op"], value)


def values_at(record: Any, path: tuple[str, ...]) -> Iterator[Any]:
    """Every value at a dotted path, through lists and maps; nothing where nothing was written."""
    if not path:
        # A Moment is a tuple too, but one value.
        if isinstance(record, tuple) and not isinstance(record, Moment):
            for item in record:
                yield from values_at(item, ())
        elif isinstance(record, dict):
            yield from record.values()
        elif record not in (None, ""):
            yield record
        return
    if isinstance(record, tuple) and not isinstance(record, Moment):
        for item in record:
            yield from values_at(item, path)
    elif isinstance(record, dict):
        if path[0] in record:
            yield from values_at(record[path[0]], path[1:])
    elif isinstance(record, BaseModel):
        field = shape_of(type(record)).by_alias.get(path[0])
        if field is not None:
            yield from values_at(getattr(record, field.name), path[1:])


def as_text(value: Any) -> str:
    """A value as an author would write it."""
    if isinstance(value, Done):
        return value.on.isoformat() if value.on else "true"
    if isinstance(value, Moment):
        return value.day.isoformat() + (f" {value.time:%H:%M}" if value.time else "")
    if isinstance(value, YearDay):
        return f"{value.year}-{value.month:02}-{value.day:02}" if value.year else f"--{value.month:02}-{value.day:02}"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, StrEnum | Due | Period | int | str):
        return str(value)
    if isinstance(value, BaseModel):
        main = getattr(type(value), "main", "")
        return as_text(getattr(value, main)) if main else shorten(str(value), 80)
    return str(value)


def field_names(model: type[BaseModel]) -> tuple[str, ...]:
    """What a condition or a column on `model` may begin with."""
    return ("id", *shape_of(model).by_alias)


def _find(model: type[BaseModel], path: tuple[str, ...]) -> FieldShape | None:
    here: type[BaseModel] | None = model
    field: FieldShape | None = None
    for part in path:
        if here is None:
            # A key of a map, such as `channels.email`: any name may stand there.
            if field is not None and field.many == "map":
                return None
            raise BadCondition(f"'{field.alias if field else part}' holds no field '{shorten(part, 30)}'")
        found = shape_of(here).by_alias.get(part)
        if found is None:
            known = field_names(here)
            hint = suggest(part, known) or f"The fields are {', '.join(known)}."
            raise BadCondition(f"there is no field '{shorten(part, 30)}'. {hint}")
        field, here = found, found.model
    return field


def _compare(op: str, value: Any, wanted: str) -> bool:
    text = as_text(value)
    if op == "~":
        return wanted.casefold() in text.casefold()
    if op == "=":
        return text.casefold() == wanted.casefold()
    left, right = _number(text), _number(wanted)
    if left is not None and right is not None:
        below, same = left < right, left == right
    else:
        below, same = text < wanted, text == wanted
    return {"<": below, "<=": below or same, ">": not below and not same, ">=": not below}[op]


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None  # noqa: PLR2004
