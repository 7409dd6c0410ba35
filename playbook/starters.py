"""Starter files: a commented beginning for each kind of record, which passes `check` in any playbook.

What a person typed goes in as a quoted YAML scalar, whatever it holds.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from playbook.first_words import FIRST_WORDS, OF_NO_PURPOSE, purpose_of
from playbook.records.choices import Purpose
from playbook.shipped import templates_folder

STARTERS = {
    "goal": "goals",
    "person": "people",
    "event": "events",
    "organization": "organizations",
    "outreach": "outreach",
}
"""What `playbook new` makes → the folder it goes into."""

DEFAULT_DAYS = 30
"""A new event is put so many days from today, until its author says when it is."""
MAX_TITLE = 300
"""Characters; a page of text is no title."""


def starter(
    noun: str,
    title: str,
    today: dt.date,
    *,
    schema: str = "",
    starts: dt.date | None = None,
    purpose: Purpose | None = None,
) -> str:
    """The text of a new file.

    Args:
        noun: a key of `STARTERS`.
        title: the title or name, any text that `one_line` leaves something of.
        today: dates in it are counted from here.
        schema: where the JSON Schema lies, seen from the file; empty for none.
        starts: the day of an event, where it is known.
        purpose: what an outreach template is for; what its title names, unless said.
    """
    purpose = purpose or purpose_of(title)
    return fill(
        Path("new") / f"{noun}.yml.j2",
        title=one_line(title),
        today=today,
        starts=starts,
        later=days_after(today, DEFAULT_DAYS),
        soon=days_after(today, 7),
        schema=schema,
        purpose=purpose or "",
        words=FIRST_WORDS[purpose] if purpose else OF_NO_PURPOSE,
    )


def one_line(text: str) -> str:
    """The text on one line, without the characters that a playbook refuses (controls, invisible direction marks)."""
    from playbook.source.text import FORBIDDEN  # noqa: PLC0415

    return " ".join(FORBIDDEN.sub("", " ".join(text.split())).encode("utf-8", "ignore").decode().split())


def days_after(day: dt.date, days: int) -> dt.date:
    """The day so many days later; the last of all days stays."""
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        return day


def fill(template: Path, **values: object) -> str:
    """A shipped template filled; `| quoted` puts any text in as one YAML scalar."""
    environment = Environment(
        loader=FileSystemLoader(templates_folder()),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701  (YAML, not HTML; every value goes through `quoted`)
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["quoted"] = quoted
    return environment.get_template(template.as_posix()).render(**values)


def quoted(value: object) -> str:
    """Any text as one YAML scalar that reads back as its `one_line`: a JSON string is one, in double quotes."""
    return json.dumps(one_line(str(value)), ensure_ascii=False)
