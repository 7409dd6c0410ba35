"""The shape of a record: which field holds what, read once from the types.

Linking, pruning, error messages and the field reference all walk records by it, so that a new field cannot be forgotten
by any of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from playbook.records.types import Ref, Text

PathParts = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class FieldShape:
    """One field of a record."""

    name: str
    """The attribute."""
    alias: str
    """What an author writes."""
    many: str
    """`one`, `list` or `map`."""
    model: type[BaseModel] | None
    """The nested record, if it holds one."""
    ref: Ref | None
    """What its text refers to, if anything."""
    is_text: bool
    """Whether its text may hold Markdown and `[[links]]`."""
    value_type: str
    """A word for the field reference: `text`, `date`, `one of` …"""
    info: FieldInfo


@dataclass(frozen=True, slots=True)
class Shape:
    """All fields of one record, in the order in which they are documented."""

    model: type[BaseModel]
    fields: tuple[FieldShape, ...]

    @property
    def by_alias(self) -> dict[str, FieldShape]:
        """What an author writes → the field."""
        return {field.alias: field for field in self.fields}


@cache
def shape_of(model: type[BaseModel]) -> Shape:
    """The shape of a record or a nested entry."""
    return Shape(model, tuple(_field(name, info) for name, info in model.model_fields.items()))


def model_at(model: type[BaseModel], path: PathParts) -> type[BaseModel] | None:
    """The nested record that stands at `path` below `model`, or None where something else does."""
    here: type[BaseModel] | None = model
    for part in path:
        if isinstance(part, int):
            continue
        if here is None:
            return None
        field = shape_of(here).by_alias.get(part)
        # A key of a map (`audiences: {grace: …}`) is no field; the model it leads to is the map's own.
        here = field.model if field is not None else here
    return here


def references(record: BaseModel) -> Iterator[tuple[PathParts, Ref, str]]:
    """Every reference below `record`, as (path as written, what it refers to, the text that stands there)."""
    for path, field, value in _walk(record, (), _leads_to_refs):
        if field.ref is not None:
            yield path, field.ref, value


def texts(record: BaseModel) -> Iterator[tuple[PathParts, str]]:
    """Every text below `record` that may hold Markdown, as (path as written, the text)."""
    for path, field, value in _walk(record, (), _leads_to_texts):
        if field.is_text and value:
            yield path, value


def parts(record: BaseModel) -> Iterator[tuple[PathParts, BaseModel]]:
    """Every nested record below `record`, outermost first, as (path as written, the nested record)."""
    for field in shape_of(type(record)).fields:
        if field.model is None:
            continue
        for path, value in _values(field, record):
            yield path, value
            for inner, part in parts(value):
                yield path + inner, part


def with_values(record: BaseModel, values: Mapping[PathParts, Any]) -> BaseModel:
    """A copy of `record` with another value at each path (as written); the record itself stays as it is."""
    changed: dict[str, Any] = {}
    fields = shape_of(type(record)).by_alias
    for alias, inner in _by_first(values).items():
        field = fields[str(alias)]
        held: Any = getattr(record, field.name)
        if () in inner:
            changed[field.name] = inner[()]
        elif field.many == "one":
            changed[field.name] = with_values(held, inner)
        else:
            new = {
                key: rest[()] if () in rest else with_values(held[key], rest) for key, rest in _by_first(inner).items()
            }
            in_list = field.many == "list"
            changed[field.name] = tuple(new.get(n, old) for n, old in enumerate(held)) if in_list else {**held, **new}
    return record.model_copy(update=changed)


def _by_first(values: Mapping[PathParts, Any]) -> dict[str | int, dict[PathParts, Any]]:
    """The paths grouped by their first part, each without it."""
    found: dict[str | int, dict[PathParts, Any]] = {}
    for path, value in values.items():
        found.setdefault(path[0], {})[path[1:]] = value
    return found


def _walk(record: BaseModel, base: PathParts, plan: Any) -> Iterator[tuple[PathParts, FieldShape, Any]]:
    held = record.__dict__
    for field in plan(type(record)):
        value = held[field.name]
        if not value:
            continue
        if field.many == "one":
            if field.model is None:
                yield (*base, field.alias), field, value
            else:
                yield from _walk(value, (*base, field.alias), plan)
        else:
            items = enumerate(value) if field.many == "list" else value.items()
            for key, item in items:
                if field.model is None:
                    yield (*base, field.alias, key), field, item
                else:
                    yield from _walk(item, (*base, field.alias, key), plan)


def _values(field: FieldShape, record: BaseModel) -> Iterator[tuple[PathParts, Any]]:
    value = getattr(record, field.name)
    if not value:
        return
    if field.many == "one":
        yield (field.alias,), value
    else:
        for key, item in enumerate(value) if field.many == "list" else value.items():
            yield (field.alias, key), item


@cache
def _leads_to_refs(model: type[BaseModel]) -> tuple[FieldShape, ...]:
    return tuple(
        f for f in shape_of(model).fields if f.ref is not None or (f.model is not None and _leads_to_refs(f.model))
    )


@cache
def _leads_to_texts(model: type[BaseModel]) -> tuple[FieldShape, ...]:
    return tuple(f for f in shape_of(model).fields if f.is_text or (f.model is not None and _leads_to_texts(f.model)))


_TEXTS = frozenset(map(id, (get_args(Text)[1],)))


def _field(name: str, info: FieldInfo) -> FieldShape:
    seen = _Seen()
    for extra in info.metadata:
        seen.take(extra)
    seen.look(info.annotation)
    return FieldShape(
        name=name,
        alias=info.alias or name,
        many=seen.many,
        model=seen.model,
        ref=seen.ref,
        is_text=seen.is_text,
        value_type=seen.value_type or "entry",
        info=info,
    )


class _Seen:
    """Gathers what the layers of one annotation say."""

    def __init__(self) -> None:
        self.many = "one"
        self.model: type[BaseModel] | None = None
        self.ref: Ref | None = None
        self.is_text = False
        self.value_type = ""

    def take(self, extra: Any) -> None:
        if isinstance(extra, Ref):
            self.ref = extra
        schema = getattr(extra, "json_schema", None)
        if isinstance(schema, dict) and "x-type" in schema:
            self.value_type = str(schema["x-type"])
            if schema["x-type"] == "one of":
                self.value_type = "one of " + ", ".join(f"`{word}`" for word in schema["enum"])
        if id(extra) in _TEXTS:
            self.is_text = True

    def look(self, annotation: Any) -> None:
        origin = get_origin(annotation)
        if origin is Annotated:
            inner, *extras = get_args(annotation)
            for extra in extras:
                self.take(extra)
            self.look(inner)
        elif origin in (Union, UnionType):
            for inner in get_args(annotation):
                if inner is not type(None):
                    self.look(inner)
        elif origin is tuple:
            self.many = "list"
            self.look(get_args(annotation)[0])
        elif origin is dict:
            self.many = "map"
            self.look(get_args(annotation)[1])
        elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
            self.model = annotation
