"""Selects records by what they say: `circle=inner`, `due<2027-01-01`, `positions.organization~acme`, `!why`.

A condition reads a record by its shape, so that a field that does not exist is told, with the nearest one.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from playbook.audience.reader import visibility_of
from playbook.cadence import circles_of
from playbook.graph import Entry, Playbook
from playbook.problems import shorten, suggest
from playbook.records import KINDS, Record
from playbook.records.days import Done, Moment, YearDay, typed_period
from playbook.records.journal import JournalEntry
from playbook.records.shape import FieldShape, shape_of
from playbook.records.struct import Struct
from playbook.records.texts import Refused

_CONDITION = re.compile(
    r"(?P<not>!)?\s*(?P<field>[A-Za-z_][\w.-]*)\s*(?:(?P<op>!=|<=|>=|=|<|>|~)\s*(?P<value>.*))?\Z", re.DOTALL
)
_DATES = frozenset(("date", "date or time", "date, or T-30", "date or true"))
_ORDER = frozenset(("<", "<=", ">", ">="))
# A date may be cut to its month or its year; then that much of a value is compared.
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?: \d\d:\d\d)?)?)?\Z", re.ASCII)
_CHECKED = frozenset(("number", "rhythm", "true or false"))
_SHORT, _FEW, _SOME = 40, 3, 12
"""Characters of a value that a message can name; values that hold a part; values that it can list."""
_BOOLEANS = {"true": "true", "yes": "true", "false": "false", "no": "false"}

H = TypeVar("H", Record, JournalEntry)


class BadCondition(ValueError):  # noqa: N818  (named for what is wrong)
    """A condition that cannot be understood; the message says why, with a suggestion."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition on a record."""

    path: tuple[str, ...]
    op: str
    """`=`, `!=`, `<`, `<=`, `>`, `>=`, `~` (contains), `has` or `lacks`."""
    value: str
    is_date: bool = False

    def holds(self, identifier: str, record: Struct) -> bool:
        """Whether a record meets it; of a list, one value that does is enough (for `!=`, all must differ)."""
        found = [identifier] if self.path == ("id",) else list(values_at(record, self.path))
        if self.op in {"has", "lacks"}:
            # `consent` asks who agreed, not whether the question was answered.
            return (self.op == "has") == any(value is not False for value in found)
        if self.op == "!=":
            return not any(self._meets("=", as_text(value)) for value in found)
        return any(self._meets(self.op, as_text(value)) for value in found)

    def _meets(self, op: str, text: str) -> bool:
        wanted = self.value
        if op == "~":
            return wanted.casefold() in text.casefold()
        if self.is_date and _DATE.match(wanted):
            if not _DATE.match(text):
                return False  # T-30, or `true`: no day that could be compared
            text = text[: len(wanted)]
        if op == "=":
            return text.casefold() == wanted.casefold()
        left, right = _number(text), _number(wanted)
        if left is not None and right is not None and not self.is_date:
            below, same = left < right, left == right
        else:
            below, same = text < wanted, text == wanted
        return {"<": below, "<=": below or same, ">": not below and not same, ">=": not below}[op]


def parse_condition(text: str, model: type[Struct]) -> Condition:
    """The condition in `text`, checked against the fields of `model`.

    Raises:
        BadCondition: for a field that does not exist, a value that it cannot have, or no condition at all.
    """
    match = _CONDITION.match(text.strip())
    if match is None or (match["not"] and match["op"]):
        raise BadCondition(
            f"'{shorten(text)}' is no condition; write field=value, field~text, field<date, field or !field"
        )
    path, field = _find(match["field"], model)
    if match["op"] is None:
        return Condition(path, "lacks" if match["not"] else "has", "")
    op, value = match["op"], match["value"].strip()
    if not value:
        raise BadCondition(f"'{shorten(text)}' has no value; for records without one, write '!{match['field']}'")
    if field is None or op == "~":
        return Condition(path, op, value)
    is_date = field.value_type in _DATES
    if not (is_date and _is_date(value)):
        value = _understood(field, op, value, path[-1])
    return Condition(path, op, value, is_date=is_date)


def unknown_value(
    test: Condition, model: type[Struct], rows: Iterable[tuple[str, Struct]], playbook: Playbook
) -> str | None:
    """What to say of a value that no record has and that nothing is called by: the nearest, or those that there are.

    None where it may well be right: one that somebody has, the id of a record, a circle; a date, a number, or one of
    a closed set, which was checked when it was read.
    """
    field = None if test.path == ("id",) else _find(".".join(test.path), model)[1]
    if test.op not in {"=", "!="} or (field is not None and not _is_free(field)):
        return None
    known = {text for row in rows for text in ([row[0]] if test.path == ("id",) else _texts(row[1], test.path))}
    if field is not None and field.ref is not None:
        known.update(playbook.of_kind(field.ref.kind))
    if test.path == ("circle",):
        known.update(circles_of(playbook))
    if any(text.casefold() == test.value.casefold() for text in known):
        return None
    held = sorted(text for text in known if _plain(test.value) in _plain(text) and len(text) <= _SHORT)
    if 0 < len(held) <= _FEW:
        return f"Did you mean {' or '.join(repr(text) for text in held)}?"
    if near := suggest(test.value, known):
        return near
    if 0 < len(known) <= _SOME and all(len(text) <= _SHORT for text in known):
        return f"There {'are' if len(known) > 1 else 'is'} {', '.join(sorted(known))}."
    if known and field is not None and field.ref is not None:
        return f"To see them all: playbook list {field.ref.kind}"
    return ""


def parse_path(text: str, model: type[Struct]) -> tuple[str, ...]:
    """The dotted path of a field of `model`, for a column or an order.

    Raises:
        BadCondition: for a field that does not exist.
    """
    return _find(text, model)[0]


def values_at(record: Any, path: tuple[str, ...]) -> Iterator[Any]:
    """Every value at a dotted path, through lists and maps; nothing where nothing was written."""
    if isinstance(record, tuple) and not isinstance(record, Moment):  # a Moment is a tuple too, but one value
        for item in record:
            yield from values_at(item, path)
    elif not path:
        if isinstance(record, dict):
            yield from record.values()
        elif record not in (None, ""):
            yield record
    elif isinstance(record, dict):
        if path[0] in record:
            yield from values_at(record[path[0]], path[1:])
    elif isinstance(record, Struct):
        field = shape_of(type(record)).by_alias.get(path[0])
        if field is not None:
            yield from values_at(getattr(record, field.name), path[1:])


def in_order(text: str) -> tuple[str | int, ...]:
    """What to sort a value by: letters without case, and numbers as numbers, so that 90 words come before 120."""
    parts = re.split(r"([0-9]{1,15})", text.casefold())
    return tuple(int(part) if number % 2 else part for number, part in enumerate(parts))


def as_text(value: Any) -> str:
    """A value as an author would write it; of a nested entry its main field, else its fields on one line."""
    if isinstance(value, Done):
        return value.on.isoformat() if value.on else "true"
    if isinstance(value, Moment):
        return value.day.isoformat() + (f" {value.time:%H:%M}" if value.time else "")
    if isinstance(value, YearDay):
        return (
            f"{value.year:04}-{value.month:02}-{value.day:02}" if value.year else f"--{value.month:02}-{value.day:02}"
        )
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Struct):
        main = getattr(type(value), "main", "")
        text = as_text(getattr(value, main)) if main and getattr(value, main) else ""
        return text or "; ".join(_named_values(value))
    return str(value)


def with_both_sides(playbook: Playbook, entry: Entry[Record]) -> Record:
    """The record, with what others say about it in the fields that may be written on either side.

    `goals` of a person names a goal as soon as the goal's `people` names the person.
    """
    found = {
        field.name: playbook.related(entry.key, field.alias, field.alias, entry.kind)
        for field in shape_of(type(entry.record)).fields
        if field.ref is not None
        and field.ref.kind == field.alias
        and entry.kind in shape_of(KINDS[field.alias]).by_alias
    }
    return entry.record.replace(**found)


def with_visibility(playbook: Playbook, kind: str, holder: H) -> H:
    """The record or journal entry, with the visibility that it has where it says nothing (`defaults` in me.yml)."""
    return holder.replace(visibility=visibility_of(kind, holder, playbook.me.record.defaults))


def _texts(record: Struct, path: tuple[str, ...]) -> list[str]:
    return [as_text(value) for value in values_at(record, path)]


def _plain(text: str) -> str:
    """Text without capitals, and without the marks that not every keyboard has."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()


def _is_free(field: FieldShape) -> bool:
    """Whether a field may hold words of the author's own."""
    kind = field.value_type
    return kind not in _DATES and kind not in _CHECKED and not kind.startswith("one of")


def _named_values(record: Struct) -> Iterator[str]:
    for field in shape_of(type(record)).fields:
        if field.name in record.fields_set:
            texts = [as_text(value) for value in values_at(getattr(record, field.name), ())]
            if texts:
                yield f"{field.alias}: {', '.join(texts)}"


def _find(text: str, model: type[Struct]) -> tuple[tuple[str, ...], FieldShape | None]:
    """A dotted path and the field whose values it leads to: an entry is compared by its main field."""
    path = tuple(text.split("."))
    if path == ("id",):
        return path, None
    here: type[Struct] | None = model
    field: FieldShape | None = None
    in_map = False
    for part in path:
        if in_map:
            # A key of a map, such as `channels.email`: any name may stand there.
            in_map = False
            continue
        if here is None:
            raise BadCondition(f"'{field.alias if field else part}' holds no field '{shorten(part, 30)}'")
        found = shape_of(here).by_alias.get(part)
        if found is None:
            known = ("id", *shape_of(here).by_alias) if here is model else tuple(shape_of(here).by_alias)
            inside = [f"'{name}.{part}'" for name, one in shape_of(here).by_alias.items() if _holds(one, part)]
            hint = f"Did you mean {' or '.join(inside)}?" if inside and here is model else suggest(part, known)
            hint = hint or f"The fields are {', '.join(known)}."
            raise BadCondition(f"there is no field '{shorten(part, 30)}'. {hint}")
        field, here, in_map = found, found.model, found.many == "map"
    main = getattr(here, "main", "")
    return path, shape_of(here).by_alias[main] if here is not None and main else field


def _holds(field: FieldShape, name: str) -> bool:
    """Whether a field's nested record has a field of this name."""
    return field.model is not None and field.many != "map" and name in shape_of(field.model).by_alias


def _understood(field: FieldShape, op: str, value: str, name: str) -> str:
    """The value as `as_text` writes it.

    Raises:
        BadCondition: where no record could ever have it.
    """
    kind = field.value_type
    if kind in _DATES:
        if op in _ORDER or not re.match(r"T[+-]\d|true\Z", value):
            raise BadCondition(f"'{shorten(value, 30)}' is not a date; write 2027-04-15, 2027-04 or 2027")
    elif kind == "number":
        if _number(value) is None:
            raise BadCondition(f"'{field.alias}' is a number, not '{shorten(value, 30)}'")
    elif op in _ORDER:
        # 'every 10 weeks' would stand before 'every 6 weeks': no answer is better than that one.
        raise BadCondition(f"'{op}' compares dates and numbers; '{name}' is neither")
    elif kind.startswith("one of"):
        words = re.findall(r"`([^`]+)`", kind)
        if value not in words:
            raise BadCondition(f"'{field.alias}' is one of {', '.join(words)}. {suggest(value, words)}".rstrip())
    elif kind == "true or false":
        if value.lower() not in _BOOLEANS:
            raise BadCondition(f"'{field.alias}' is true or false, not '{shorten(value, 30)}'")
        return _BOOLEANS[value.lower()]
    elif kind == "rhythm":
        try:
            return str(typed_period(value))
        except Refused:
            raise BadCondition(f"'{shorten(value, 30)}' is not a rhythm; write weekly, every 6 weeks …") from None
    return value


def _is_date(text: str) -> bool:
    """Whether the text is a day that there is, or the month or the year of one."""
    if not _DATE.match(text):
        return False
    try:
        dt.datetime.fromisoformat(text + "0000-01-01"[len(text) :])
    except ValueError:
        return False
    return True


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None  # noqa: PLR2004
