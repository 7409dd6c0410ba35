"""JSON Schemas of every kind of file, made from the records, so that editors complete and check as people write."""

from __future__ import annotations

import inspect
import json
from functools import cache
from typing import Any

from playbook.records import KINDS, Me, Part, Record
from playbook.records.journal import JournalEntry
from playbook.records.shape import FieldShape, shape_of
from playbook.records.struct import REQUIRED, Struct

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


def _definition(model: type[Struct]) -> dict[str, Any]:
    """The schema of one struct, with those nested in it below `$defs`."""
    shared: dict[str, dict[str, Any]] = {}
    schema = _mapping(model, shared)
    return {"$defs": dict(sorted(shared.items())), **schema} if shared else schema


def _mapping(model: type[Struct], shared: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """A mapping of fields; plain text too, if its main field is all that an entry needs."""
    fields = shape_of(model).fields
    required = [field.alias for field in fields if field.info.is_required]
    made = {
        "additionalProperties": False,
        "description": inspect.cleandoc(model.__doc__ or ""),
        "properties": {field.alias: _field(field, shared) for field in fields},
        **({"required": required} if required else {}),
        "type": "object",
    }
    main = model.main if issubclass(model, Part) else ""
    return {"anyOf": [_PLAIN, made]} if main and set(required) <= {main} else made


def _field(field: FieldShape, shared: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """One field: what it may hold, nothing at all unless it must be written, and what editors show of it."""
    info = field.info
    value = _value(field, shared)
    ways = value["anyOf"] if set(value) == {"anyOf"} else [value]
    about: dict[str, Any] = {"description": info.description}
    if info.default not in (REQUIRED, None, "", {}, ()):
        about["default"] = info.default
    if info.examples:
        about["examples"] = list(info.examples)
    return {**about, **value} if info.is_required else {**about, "anyOf": [*ways, {"type": "null"}]}


def _value(field: FieldShape, shared: dict[str, dict[str, Any]]) -> dict[str, Any]:
    if field.model is not None:
        name = field.model.__name__
        if name not in shared:
            shared[name] = {}
            shared[name] = _mapping(field.model, shared)
        one: dict[str, Any] = {"$ref": f"#/$defs/{name}"}
    else:
        assert field.typed is not None  # noqa: S101  (a shape has one or the other)
        one = field.typed.schema
    if field.many == "list":
        return {"anyOf": [{"items": one, "type": "array"}, one]}
    if field.many == "map":
        assert field.key is not None  # noqa: S101  (as above)
        rules = {key: rule for key, rule in field.key.schema.items() if key != "type"}  # a key is text in JSON
        return {"additionalProperties": one, **({"propertyNames": rules} if rules else {}), "type": "object"}
    return one
