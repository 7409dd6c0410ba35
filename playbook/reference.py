"""The reference of every field as Markdown, from the records themselves: what exists is what is documented."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from playbook.cadence import BUILT_IN_CIRCLES
from playbook.records import KINDS, Me, Record
from playbook.records.journal import JournalEntry
from playbook.records.shape import FieldShape, shape_of

_ALWAYS = ("visibility", "show", "tags")


def field_reference() -> str:
    """`docs/fields.md`: ground rules, then each kind with its fields and nested entries."""
    rows = [_INTRODUCTION.format(circles=_circles())]
    rows += ["## Fields of every record", "", *_table(Record, only=_ALWAYS), ""]
    rows += [
        "## `me.yml`",
        "",
        "Who you are, how you work, and who may see what.",
        "",
        *_table(Me),
        "",
        *_nested(Me, "me.yml"),
    ]
    for kind, model in KINDS.items():
        rows += [f"## `{kind}/*.yml`", "", f"{_sentence(model)}", ""]
        if kind == "journal":
            rows += ["The file is a list of entries; its name is usually the year.", ""]
            rows += [*_table(JournalEntry), "", *_nested(JournalEntry, "journal entry")]
        else:
            rows += [*_table(model), "", *_nested(model, model.noun)]
    return "\n".join(rows).rstrip() + "\n"


def _sentence(model: type[Record]) -> str:
    import importlib  # noqa: PLC0415

    return (importlib.import_module(model.__module__).__doc__ or "").strip()


def _table(model: type[BaseModel], only: tuple[str, ...] = ()) -> list[str]:
    rows = ["| field | type | what it is | default | example |", "|---|---|---|---|---|"]
    private: frozenset[str] = getattr(model, "private", frozenset())
    main = getattr(model, "main", "")
    for field in shape_of(model).fields:
        shared = issubclass(model, Record) and field.alias in _ALWAYS
        if (field.alias in only) if only else not shared:
            name = f"**`{field.alias}`**" if field.name == main else f"`{field.alias}`"
            marks = " *required*" if field.info.is_required() else ""
            marks += " *private*" if field.name in private else ""
            rows.append(
                f"| {name}{marks} | {_type(field)} | {_cell(field.info.description or '')} | {_default(field)} | {_example(field)} |"
            )
    return rows


def _nested(model: type[BaseModel], holder: str, seen: set[type] | None = None) -> list[str]:
    seen = seen if seen is not None else set()
    rows: list[str] = []
    for field in shape_of(model).fields:
        inner = field.model
        if inner is None or inner in seen:
            continue
        seen.add(inner)
        main = getattr(inner, "main", "")
        text = f" Plain text stands for `{main}`." if main else ""
        rows += [
            f"### `{field.alias}` of {_a(holder)}",
            "",
            f"{_cell((inner.__doc__ or '').splitlines()[0])}{text}",
            "",
        ]
        rows += [*_table(inner), "", *_nested(inner, field.alias, seen)]
    return rows


def _type(field: FieldShape) -> str:
    if field.model is not None:
        word = "entry"
    elif field.ref is not None and field.ref.kind != "criteria":
        word = {"never": "id in", "any": "id in, or text:", "words": "id in, or a name:"}[
            field.ref.soft
        ] + f" `{field.ref.kind}`"
    else:
        word = field.value_type
    return {"one": word, "list": f"list of: {word}", "map": f"name → {word}"}[field.many]


def _default(field: FieldShape) -> str:
    value: Any = field.info.default
    if value is PydanticUndefined or value in (None, "", (), {}):
        return ""
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _example(field: FieldShape) -> str:
    examples = field.info.examples or []
    return ", ".join(f"`{_flow(example)}`" for example in examples).replace("|", "\\|")


def _flow(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_flow(item) for item in value)}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    return f'"{value}"' if "{{" in str(value) else str(value)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _a(noun: str) -> str:
    if noun.endswith(".yml"):
        return f"`{noun}`"
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun.replace('_', ' ')}"


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
- **Dates** are `2027-04-15`, times `2027-05-14 09:00`.
- **Shorthand.** A nested entry may be plain text: it stands for the field in **bold**. `- Draft the packet` is
  `- task: Draft the packet`. One value may stand where a list is meant.
- **References** are ids: `people: [grace-hopper]`. A name that only one record has is understood too, and
  `playbook check --fix` writes the id. Write a link on either side, once. Inside a text, `[[people/grace-hopper]]` or
  `[[grace-hopper]]` links.
- **Relative dates** in a checklist count from T: `T-30` is thirty days before, `T+1` the day after. T is an event's start (for
  `T+`, its end), a goal's `due` or its milestone's, an organization's deadline or renewal, the day a play starts.
- **Rhythms** are `weekly`, `every 6 weeks`, `monthly`, `quarterly`, `yearly`, `never`, or `{{ideal: 4 weeks, max: 6 weeks}}`;
  `max` is one and a half times the ideal unless said. Months are calendar months. The circles {circles} are there without
  being defined. What counts first: closed or paused, the stage, the person's own `cadence`, the mentoring rhythm, the
  circle.
- **Visibility** is `me` unless you say `public` or a label of your own such as `mentor`, on a record, a checklist item or any
  nested entry. On a record it opens the ordinary fields; those marked *private* open one by one: `show: {{log: mentor}}`.
  Nothing nested is ever wider than what holds it, and what you wrote about a person never reaches that person's audience.
- **No** anchors, aliases, merges or tags of YAML, no repeated keys, no unknown fields.
"""
