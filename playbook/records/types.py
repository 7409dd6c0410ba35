"""The scalar types that records are made of: text, days, moments, rhythms, choices, references.

Every value arrives as the text that was typed (or None); each type says in its own words why a text is not one of its
values. There are no unions: pydantic adds the name of a union's branch to an error's path, and the path is how an error
finds its line.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, NamedTuple, TypeVar
from urllib.parse import urlsplit

from pydantic import BeforeValidator, GetJsonSchemaHandler, PlainValidator, WithJsonSchema
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import PydanticCustomError, core_schema

from playbook.problems import shorten, suggest

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

# ASCII: other scripts have digits of their own, which int() reads and nobody else does.
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)\Z", re.ASCII)
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)(?:[ T](\d\d):(\d\d))?\Z", re.ASCII)
_OFFSET = re.compile(r"T([+-])(\d{1,4})\Z", re.ASCII)
_YEARLY = re.compile(r"--(\d\d)-(\d\d)\Z", re.ASCII)
_ID_LIKE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+\Z")
_LABEL = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z")
_EMAIL = re.compile(r"[^\s@<>,;:?&\"'()\[\]\\]+@[^\s@<>,;:?&\"'()\[\]\\]+\.[^\s@<>,;:?&\"'()\[\]\\.]+\Z")
SCHEMES = frozenset(("http", "https", "mailto", "tel"))


def refuse(code: str, message: str, hint: str = "", *, at: str = "") -> PydanticCustomError:
    """The error that a validator raises: a problem's code, message and hint, on their way through pydantic.

    `at` is the key it is about, where the validator sees a whole mapping or record.
    """
    context = {"code": code, "message": message, "hint": hint}
    return PydanticCustomError("playbook", "{message}", {**context, "at": at} if at else context)


def _typed(value: Any, wanted: str) -> str:
    if isinstance(value, str):
        return value
    found = {list: "a list", dict: "a mapping", type(None): "nothing"}.get(type(value), "something else")
    hint = "Quote it if it is text that begins with '[' or '{'." if isinstance(value, list | dict) else ""
    raise refuse("wrong-type", f"expected {wanted}, found {found}", hint)


def _text(value: Any) -> str:
    return "" if value is None else _typed(value, "text").rstrip()


def _line(value: Any) -> str:
    return " ".join(_text(value).split())


def _name(value: Any) -> str:
    line = _line(value)
    if not line:
        raise refuse("empty", "there is nothing here; a few words are needed")
    return line


# ---- days and moments


def _day(value: Any) -> dt.date:
    text = _typed(value, "a date")
    match = _DAY.match(text)
    if match is None:
        raise refuse("bad-date", f"'{shorten(text, 30)}' is not a date", _nearest_date(text))
    try:
        return dt.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        raise refuse("bad-date", f"there is no day {text}", "A date is year-month-day, such as 2027-04-15.") from None


def _nearest_date(text: str) -> str:
    for pattern in (
        "%d.%m.%Y",
        "%Y/%m/%d",
        "%Y.%m.%d",
        "%Y%m%d",
        "%d %B %Y",
        "%d %b %Y",
        "%B %d, %Y",
        "%Y-%m-%d",
    ):
        try:
            return f"Did you mean '{dt.datetime.strptime(text.strip(), pattern).date().isoformat()}'?"
        except ValueError:
            continue
    return "A date is written as year-month-day, such as 2027-04-15."


class Moment(NamedTuple):
    """A day, and the time on it where one was given (local to the event's time zone)."""

    day: dt.date
    time: dt.time | None = None


def _moment(value: Any) -> Moment:
    text = _typed(value, "a date or a time")
    match = _MOMENT.match(text)
    if match is None:
        raise refuse(
            "bad-date",
            f"'{shorten(text, 30)}' is not a date or a time",
            "Write 2027-05-14 or 2027-05-14 09:00.",
        )
    day = _day(match[1])
    if match[2] is None:
        return Moment(day)
    try:
        return Moment(day, dt.time(int(match[2]), int(match[3])))
    except ValueError:
        raise refuse("bad-date", f"there is no time {match[2]}:{match[3]}", "Times run from 00:00 to 23:59.") from None


@dataclass(frozen=True, slots=True)
class Due:
    """When something should be done: on a day, or so many days from T (one of the two is None)."""

    day: dt.date | None = None
    offset: int | None = None
    from_end: bool = False
    """Whether it counts from where T ends; zero has a sign too: `T-0` is an event's first day, `T+0` its last."""

    def __str__(self) -> str:
        return self.day.isoformat() if self.day else f"T{'+' if self.from_end else '-'}{abs(self.offset or 0)}"


def _due(value: Any) -> Due:
    text = _typed(value, "a date or T-30")
    match = _OFFSET.match(text)
    if match is not None:
        return Due(offset=int(match[1] + match[2]), from_end=match[1] == "+")
    if text.upper().startswith("T") and any(c.isdigit() for c in text):
        digits = re.sub(r"\D", "", text)[:4]
        sign = "+" if "+" in text else "-"
        raise refuse("bad-date", f"'{shorten(text, 30)}' is not a relative date", f"Did you mean 'T{sign}{digits}'?")
    return Due(day=_day(text))


@dataclass(frozen=True, slots=True)
class Done:
    """That something is done; `on` is None where only `true` was written and git has to say when."""

    on: dt.date | None = None


def _done(value: Any) -> Done | None:
    if value in ("false", "no"):
        return None
    if value in ("true", "yes"):
        return Done()
    return Done(_day(value))


@dataclass(frozen=True, slots=True)
class YearDay:
    """A day that comes each year; `year` is the first one, where it is known."""

    month: int
    day: int
    year: int | None = None


def _year_day(value: Any) -> YearDay:
    text = _typed(value, "a date or --05-14")
    match = _YEARLY.match(text)
    if match is None:
        day = _day(text)
        return YearDay(day.month, day.day, day.year)
    _day(f"2024-{match[1]}-{match[2]}")  # a leap year: --02-29 is somebody's birthday
    return YearDay(int(match[1]), int(match[2]))


# ---- rhythms

_UNITS = {"day": (1, 0), "week": (7, 0), "month": (0, 1), "quarter": (0, 3), "year": (0, 12)}
_WORDS = {"daily": "1 day", "weekly": "1 week", "biweekly": "2 weeks", "fortnightly": "2 weeks", "monthly": "1 month",
          "quarterly": "1 quarter", "yearly": "1 year", "annually": "1 year"}  # fmt: skip
_RHYTHM = re.compile(r"(?:every )?(?:(\d{1,3}) )?(day|week|month|quarter|year)s?\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Period:
    """A length of calendar time. Both 0 is `never`."""

    days: int = 0
    months: int = 0

    @property
    def is_never(self) -> bool:
        """Whether nothing ever falls due by it."""
        return not self.days and not self.months

    def after(self, day: dt.date) -> dt.date:
        """The day one period later; 31 January and a month is the last of February. Years end at 9999."""
        month = day.month - 1 + self.months
        year = day.year + month // 12
        if year > dt.MAXYEAR:
            return dt.date.max
        month = month % 12 + 1
        last = (
            (dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)).day
            if (year, month) != (dt.MAXYEAR, 12)
            else 31
        )
        moved = dt.date(year, month, min(day.day, last))
        try:
            return moved + dt.timedelta(days=self.days)
        except OverflowError:
            return dt.date.max

    def stretched(self) -> Period:
        """One and a half times as long, in days where a month does not halve."""
        if self.months % 2 == 0:
            return Period(-(-self.days * 3 // 2), self.months * 3 // 2)
        return Period(-(-self.days * 3 // 2) + 15, self.months + self.months // 2)

    def __str__(self) -> str:
        if self.is_never:
            return "never"
        for size, name in ((12, "year"), (3, "quarter"), (1, "month")):
            if self.months and not self.days and self.months % size == 0:
                return _every(self.months // size, name)
        if self.months:
            return f"{_every(self.months, 'month')} and {self.days} days"
        return _every(self.days // 7, "week") if self.days % 7 == 0 else _every(self.days, "day")


def _every(count: int, unit: str) -> str:
    return f"every {unit}" if count == 1 else f"every {count} {unit}s"


def _period(value: Any) -> Period:
    text = " ".join(_typed(value, "a rhythm such as 'every 6 weeks'").lower().split())
    if text == "never":
        return Period()
    match = _RHYTHM.match(_WORDS.get(text, text))
    if match is None or match[1] == "0" * len(match[1] or "x"):
        raise refuse(
            "bad-rhythm",
            f"'{shorten(text, 40)}' is not a rhythm",
            suggest(text, (*_WORDS, "never")) or "Write weekly, every 6 weeks, monthly, quarterly, yearly or never.",
        )
    days, months = _UNITS[match[2]]
    count = int(match[1] or 1)
    return Period(days * count, months * count)


# ---- small things


def _boolean(value: Any) -> bool:
    if value in ("true", "yes", "True", "Yes"):
        return True
    if value in ("false", "no", "False", "No", None):
        return False
    raise refuse("wrong-type", f"expected true or false, found '{shorten(_typed(value, 'true or false'), 30)}'")


def _count(value: Any) -> int:
    text = _typed(value, "a whole number")
    if not text.isascii() or not text.isdigit() or len(text) > 6 or int(text) == 0:  # noqa: PLR2004
        raise refuse("wrong-type", f"expected a whole number from 1 up, found '{shorten(text, 30)}'")
    return int(text)


def _url(value: Any) -> str:
    text = _line(value)
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        bad = (
            parts.scheme.lower() not in SCHEMES
            or " " in text
            or (parts.scheme.startswith("http") and not parts.hostname)
        )
        bad = bad or parts.username is not None
    except ValueError:
        bad = True
    if bad:
        hint = (
            f"Did you mean 'https://{text}'?"
            if re.match(r"[\w.-]+\.[a-z]{2,}(/|\Z)", text)
            else "A link begins with https://."
        )
        raise refuse("bad-url", f"'{shorten(text)}' is not a link", hint)
    return text


def email_address(value: Any, *, at: str = "") -> str:
    """One e-mail address, or nothing; no display name, no second address, nothing that could add a header.

    `at` is its key in the mapping that is being checked, if any (see `refuse`).
    """
    text = _line(value)
    if text and not _EMAIL.match(text):
        raise refuse(
            "bad-email",
            f"'{shorten(text)}' is not an e-mail address",
            "Write one address, such as ada@example.org.",
            at=at,
        )
    return text


def _label(value: Any) -> str:
    text = _typed(value, "me, public or a label")
    if not _LABEL.match(text) or len(text) > 40:  # noqa: PLR2004
        raise refuse("bad-label", f"'{shorten(text, 40)}' is not a label", "Use me, public, or a word such as mentor.")
    return text


def _timezone(value: Any) -> str:
    from playbook.zones import nearest_zone, zone_exists  # noqa: PLC0415  (reads the time zone database)

    text = _line(value)
    if text and not zone_exists(text):
        raise refuse("bad-timezone", f"no time zone is called '{shorten(text, 40)}'", nearest_zone(text))
    return text


def _language(value: Any) -> str:
    text = _line(value)
    if text and not _LANGUAGE.match(text):
        raise refuse(
            "bad-language",
            f"'{shorten(text, 30)}' is not a language",
            "Write its code, such as en, de or pt-BR.",
        )
    return text


def _lines_or_text(value: Any) -> tuple[str, ...]:
    return tuple(_name(item) for item in value) if isinstance(value, list) else (_text(value),)


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
        text = _typed(value, f"one of {', '.join(members)}")
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
Text = Annotated[str, *_as(_text, _PLAIN, "text")]
Line = Annotated[str, *_as(_line, _PLAIN, "text")]
Name = Annotated[str, *_as(_name, {**_PLAIN, "pattern": r"\S"}, "text")]
Day = Annotated[dt.date, *_as(_day, {"type": "string", "pattern": _DATE}, "date")]
When = Annotated[
    Moment,
    *_as(_moment, {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2})?$"}, "date or time"),
]
DueBy = Annotated[
    Due, *_as(_due, {"type": "string", "pattern": r"^(\d{4}-\d{2}-\d{2}|T[+-]\d{1,4})$"}, "date, or T-30")
]
DoneOn = Annotated[
    Done | None,
    *_as(_done, {"anyOf": [{"type": "string", "pattern": _DATE}, *_YES_OR_NO]}, "date or true"),
]
OnDay = Annotated[
    YearDay, *_as(_year_day, {"type": "string", "pattern": r"^(\d{4}|-)-\d{2}-\d{2}$"}, "date or --MM-DD")
]
Every = Annotated[
    Period,
    *_as(_period, {"type": "string", "examples": ["every 6 weeks", "monthly", "quarterly", "never"]}, "rhythm"),
]
Boolean = Annotated[bool, *_as(_boolean, {"anyOf": _YES_OR_NO}, "true or false")]
Count = Annotated[
    int,
    *_as(_count, {"type": ["integer", "string"], "minimum": 1, "pattern": "^0*[1-9]\\d*$", "maxLength": 6}, "number"),
]
Url = Annotated[str, *_as(_url, {"type": "string", "pattern": r"^\s*$|^\s*[A-Za-z]+:"}, "link")]
Email = Annotated[str, *_as(email_address, {"type": "string", "format": "email"}, "e-mail address")]
Label = Annotated[str, *_as(_label, {"type": "string", "pattern": "^[a-z0-9-]+$", "maxLength": 40}, "label")]
Timezone = Annotated[str, *_as(_timezone, {"type": "string"}, "time zone")]
Language = Annotated[str, *_as(_language, {"type": "string"}, "language code")]
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
