"""JSON Schemas of every kind of file, made from the records, so that editors complete and check as people write."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic.json_schema import GenerateJsonSchema

from playbook.records import KINDS, Me, Part, Record
from playbook.records.journal import JournalEntry

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_PLAIN = {"type": ["string", "number", "boolean"]}


def kinds() -> tuple[str, ...]:
    """What `schema_of` knows, in the order of the documentation."""
    return ("me", *KINDS)


def schema_of(kind: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one file of `kind` (`goals` …, or `me`).

    It accepts what the reader accepts: text where a nested entry has a main field, one value where a list is meant,
    nothing at all behind most keys.
    """
    schema = _definition(JournalEntry if kind == "journal" else _model(kind))
    if kind == "journal":
        shared = schema.pop("$defs", {})
        schema = {"type": "array", "items": schema, "$defs": shared}
    title = "me.yml" if kind == "me" else f"content/{kind}/*.yml"
    return {"$schema": DIALECT, "title": title, **schema}


@cache
def schema_text(kind: str) -> str:
    """The schema as it is written to a file."""
    return json.dumps(schema_of(kind), indent=2, ensure_ascii=False) + "\n"


def _model(kind: str) -> type[Record]:
    return Me if kind == "me" else KINDS[kind]


def _definition(model: type[BaseModel]) -> dict[str, Any]:
    schema: dict[str, Any] = _without_ours(model.model_json_schema(by_alias=True, schema_generator=_Generator))
    return schema


class _Generator(GenerateJsonSchema):
    """pydantic's own, but with the shorthands of the format."""

    def model_schema(self, schema: Any) -> dict[str, Any]:
        """A mapping of fields; plain text too, if its main field is all that an entry needs."""
        made = super().model_schema(schema)
        model: type[BaseModel] = schema["cls"]
        made.pop("title", None)
        for name, field in made.get("properties", {}).items():
            field.pop("title", None)  # it only repeats the field's name
            if field.get("default") in (None, "", [], {}, ()):
                field.pop("default", None)
            if _may_be_empty(model, name):
                made["properties"][name] = _or_nothing(field)
        main = getattr(model, "main", "") if issubclass(model, Part) else ""
        if main and set(made.get("required", ())) <= {main}:
            return {"anyOf": [_PLAIN, made]}
        return made


def _may_be_empty(model: type[BaseModel], name: str) -> bool:
    """Whether the reader takes `name:` with nothing behind it."""
    try:
        model.model_validate({name: None})
    except ValidationError as error:
        # Other fields may be missing, and a rule about several fields has no place of its own.
        return all(found["loc"][:1] != (name,) for found in error.errors())
    return True


def _or_nothing(field: dict[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {key: field[key] for key in ("description", "examples", "default") if key in field}
    rest = {key: value for key, value in field.items() if key not in kept}
    ways = rest["anyOf"] if set(rest) == {"anyOf"} else [rest]
    nothing = {"type": "null"}
    return {**kept, "anyOf": ways if nothing in ways else [*ways, nothing]}


def _without_ours(schema: Any) -> Any:
    """The schema without the words that only the field reference reads."""
    if isinstance(schema, dict):
        return {key: _without_ours(value) for key, value in schema.items() if key != "x-type"}
    return [_without_ours(value) for value in schema] if isinstance(schema, list) else schema
