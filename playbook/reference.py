"""The reference of every field as Markdown, from the records themselves: what exists is what is documented."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from typing import Any

from playbook.cadence import BUILT_IN_CIRCLES
from playbook.records import KINDS, Me, Record
from playbook.records.journal import JournalEntry
from playbook.records.shape import FieldShape, shape_of
from playbook.records.struct import Struct

_ALWAYS = ("visibility", "show", "tags")
_NEEDS_QUOTES = (re.compile(r"^[@*\[{%&!|>'\"]|: | #|\{\{"), re.compile(r"^[@*%&!|>'\"]|: | #|[\[\]{},]"))
"""What YAML does not read as plain text: on a line of its own, and inside brackets."""
_KEYS = {"audiences": "grace", "variants": "de"}
"""A name that may stand before an example's value, where `name` may not."""


def field_reference() -> str:
    """`docs/fields.md`: ground rules, then each kind with its fields and nested entries."""
    rows = [_INTRODUCTION.format(circles=_circles())]
    rows += ["## Fields of every record", "", *_table(Record, {}, only=_ALWAYS), ""]
    rows += ["Checklist items and all other nested entries take `visibility` too.", ""]
    places: dict[type[Struct], str] = {}
    rows += _section("me.yml", "`me.yml`", "Who you are, how you work, and who may see what.", Me, places)
    for kind, model in KINDS.items():
        if kind == "journal":
            about = f"{_sentence(model)} The file is a list of entries; its name is usually the year."
            rows += _section(kind, f"`{kind}/*.yml`", about, JournalEntry, places)
        else:
            rows += _section(kind, f"`{kind}/*.yml`", _sentence(model), model, places)
    return "\n".join(rows).rstrip() + "\n"


def _section(kind: str, title: str, about: str, model: type[Struct], places: dict[type[Struct], str]) -> list[str]:
    """One kind of file: its fields, and every nested entry that no section before has described."""
    new = [(path, inner) for path, inner in _nested(model, "") if inner not in places]
    headings = {inner: f"`{path}` in {kind}" for path, inner in new}
    places |= headings
    rows = [f"## {title}", "", about, "", *_table(model, places), ""]
    for inner, heading in headings.items():
        main = getattr(inner, "main", "")
        text = f" Plain text stands for `{main}`." if main else ""
        rows += [f"### {heading}", "", f"{_cell((inner.__doc__ or '').splitlines()[0])}{text}", ""]
        rows += [*_table(inner, places), ""]
    return rows


def _sentence(model: type[Record]) -> str:
    return (importlib.import_module(model.__module__).__doc__ or "").strip()


def _nested(model: type[Struct], path: str) -> Iterator[tuple[str, type[Struct]]]:
    """(dotted path, model) of every nested entry, each model where it is met first."""
    seen: set[type[Struct]] = set()
    for field in shape_of(model).fields:
        if field.model is not None:
            for where, inner in ((f"{path}{field.alias}", field.model), *_nested(field.model, f"{path}{field.alias}.")):
                if inner not in seen:
                    seen.add(inner)
                    yield where, inner


def _table(model: type[Struct], places: dict[type[Struct], str], only: tuple[str, ...] = ()) -> list[str]:
    rows = ["| field | type | what it is | default | example |", "|---|---|---|---|---|"]
    private: frozenset[str] = getattr(model, "private", frozenset())
    main = getattr(model, "main", "")
    for field in shape_of(model).fields:
        shared = field.alias == "visibility" or (issubclass(model, Record) and field.alias in _ALWAYS)
        if (field.alias in only) if only else not shared:
            name = f"**`{field.alias}`**" if field.name == main else f"`{field.alias}`"
            marks = " *required*" if field.info.is_required else ""
            marks += " *private*" if field.name in private else ""
            rows.append(
                f"| {name}{marks} | {_type(field, places)} | {_cell(field.info.description or '')} | {_default(field)} | {_example(field)} |"
            )
    return rows


def _type(field: FieldShape, places: dict[type[Struct], str]) -> str:
    if field.model is not None:
        word = f"[entry](#{_anchor(places[field.model])})"
    elif field.ref is not None and field.ref.kind != "criteria":
        word = f"id in `{field.ref.kind}`" + {"never": "", "any": ", or text", "words": ", or a name"}[field.ref.soft]
    else:
        word = field.value_type
    return {"one": word, "list": f"list of: {word}", "map": f"name → {word}"}[field.many]


def _anchor(heading: str) -> str:
    """The fragment that Markdown sites give a heading."""
    return re.sub(r"[^a-z0-9_ -]", "", heading.lower()).replace(" ", "-")


def _default(field: FieldShape) -> str:
    value: Any = field.info.default
    if field.info.is_required or value in (None, "", (), {}):
        return ""
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _example(field: FieldShape) -> str:
    return ", ".join(f"`{_flow(example)}`" for example in examples_of(field)).replace("|", "\\|")


def examples_of(field: FieldShape) -> list[Any]:
    """What may stand in a field, as an author would write it; of a nested entry its first fields."""
    if field.model is None or field.info.examples:
        return list(field.info.examples or [])
    shown = [
        inner
        for inner in shape_of(field.model).fields
        if inner.alias != "visibility" and (inner.info.is_required or inner.model is None)
    ]
    needed = [inner for inner in shown if inner.info.is_required]
    entry = {inner.alias: examples_of(inner)[0] for inner in (needed or shown[:2])}
    main = getattr(field.model, "main", "")
    value = entry[main] if set(entry) == {main} else entry
    return [{"list": [value], "map": {_KEYS.get(field.alias, "name"): value}, "one": value}[field.many]]


def _flow(value: Any, *, is_inside: bool = False) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_flow(item, is_inside=True) for item in value)}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(item, is_inside=True)}" for key, item in value.items()) + "}"
    return f'"{value}"' if _NEEDS_QUOTES[is_inside].search(str(value)) else str(value)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _circles() -> str:
    return ", ".join(f"`{name}` ({period})" for name, period in BUILT_IN_CIRCLES.items())


_INTRODUCTION = """\
<!-- Made by `make docs` from the records in playbook/records/; do not edit. -->
# Every field

A playbook is a folder `content/` of small YAML files: `content/<kind>/<id>.yml`, one record a file, and one
`content/me.yml`. The file's name is the record's id: lower-case letters, digits and hyphens. Only what is marked
*required* must be there; a file of two lines is a good file.

## Ground rules

- **Text is text.** `18:30`, `no`, `010` stay what you typed. Quote a sentence that holds `: ` or ` #`, or that begins with
  `@`, `*`, `[`, `%` or a quote; `playbook check` tells you, and shows the line as it should be.
- **Dates** are `2027-04-15`, times `2027-05-14 09:00`, by the clocks of the event's `timezone` (yours unless said).
- **Shorthand.** A nested entry may be plain text: it stands for the field in **bold**. `- Draft the packet` is
  `- task: Draft the packet`. One value may stand where a list is meant. A field with nothing behind it (`due:`) is not written.
- **References** are ids: `people: [grace-hopper]`. A name that only one record has is understood too, and
  `playbook check --fix` writes the id. Write a link on either side, once. Inside a text, `[[people/grace-hopper]]` or
  `[[grace-hopper]]` links. Where an employer or a host is named, any text will do: not all of them need a file.
- **Relative dates** in a checklist count from T: `T-30` is thirty days before, `T+1` the day after. T is an event's start (for
  `T+`, its end: `T-0` is its first day, `T+0` its last), a goal's `due` or its milestone's, an organization's deadline or renewal, the day a play starts.
- **Rhythms** are `weekly`, `every 6 weeks`, `monthly`, `quarterly`, `yearly`, `never`, or `{{ideal: 4 weeks, max: 6 weeks}}`;
  `max` is one and a half times the ideal unless said. Months are calendar months. The circles
  {circles} are there without being defined.
  What counts first: closed or paused, the stage, the person's own `cadence`, the mentoring rhythm, the circle.
- **Visibility** is `me` unless you say `public` or a label of your own such as `mentor`, on a record, a checklist item or any
  nested entry; `defaults: {{goals: mentor}}` in `me.yml` says it for a whole kind. On a record it opens the ordinary
  fields; those marked *private* open one by one: `show: {{log: mentor}}`. Nothing nested is ever wider than what holds it,
  and what you wrote about a person never reaches that person's audience.
- **No** anchors, aliases, merges or tags of YAML, no repeated keys, no unknown fields.
"""
