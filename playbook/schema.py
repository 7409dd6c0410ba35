"""JSON Schemas of every kind of file, made from the records, so that editors complete and check as people write."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from playbook.records import KINDS, Me, Part, Record
from playbook.records.journal import JournalEntry

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(kind: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one file of `kind` (`goals` …, or `me`).

    It accepts what the reader accepts: text where a nested entry has a main field, one value where a list is meant.
    """
    if kind == "journal":
        entry = _definition(JournalEntry)
        shared = entry.pop("$defs", {})
        schema: dict[str, Any] = {"type": "array", "items": entry}
        if shared:
            schema["$defs"] = shared
    else:
        schema = _definition(_model(kind))
    title = "me.yml" if kind == "me" else f"content/{kind}/*.yml"
    return {"$schema": DIALECT, "title": title, **{key: value for key, value in schema.items() if key != "title"}}


def kinds() -> tuple[str, ...]:
    """What `schema_of` knows, in the order of the documentation."""
    return ("me", *KINDS)


def _model(kind: str) -> type[Record]:
    return Me if kind == "me" else KINDS[kind]


def _definition(model: type[BaseModel]) -> dict[str, Any]:
    schema = model.model_json_schema(by_alias=True, schema_generator=_Generator)
    _open_up(schema)
    return schema


class _Generator(GenerateJsonSchema):
    """pydantic's own, but a nested entry with a main field may be written as plain text."""

    def model_schema(self, schema: Any) -> dict[str, Any]:
        made = super().model_schema(schema)
        cls = schema["cls"]
        made.pop("title", None)
        if issubclass(cls, Part) and cls.main:
            return {"anyOf": [{"type": ["string", "number", "boolean"]}, made]}
        return made


def _open_up(schema: Any) -> None:
    """Let every field be left empty (`due:`), drop what only repeats a field's name, and what editors do not know."""
    if isinstance(schema, dict):
        for name, field in schema.get("properties", {}).items():
            if isinstance(field, dict):
                if field.get("title", "").casefold().replace(" ", "_") == name.casefold():
                    del field["title"]
                field.pop("title", None)
                _allow_nothing(field, required=name in schema.get("required", ()))
        schema.pop("x-type", None)
        if schema.get("default") in (None, "", [], {}, ()):
            schema.pop("default", None)
        for value in list(schema.values()):
            _open_up(value)
    elif isinstance(schema, list):
        for value in schema:
            _open_up(value)


def _allow_nothing(field: dict[str, Any], *, required: bool) -> None:
    if required:
        return
    kept: dict[str, Any] = {key: field.pop(key) for key in ("description", "examples", "default") if key in field}
    branches = field.pop("anyOf", None)
    inner = {"anyOf": branches} if branches else dict(field)
    field.clear()
    options = inner["anyOf"] if branches and set(inner) == {"anyOf"} else [inner]
    if {"type": "null"} not in options:
        options = [*options, {"type": "null"}]
    field.update({**kept, "anyOf": options})
