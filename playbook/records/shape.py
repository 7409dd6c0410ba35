"""The shape of a record: which field holds what, read once from the types.

Linking, pruning, error messages and the field reference all walk records by it, so that a new field cannot be forgotten
by any of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from playbook.records.struct import FieldInfo, Struct
from playbook.records.types import Checked, Ref, Typed

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
    model: type[Struct] | None
    """The nested record, if it holds one."""
    ref: Ref | None
    """What its text refers to, if anything."""
    typed: Typed | None
    """How its text is read, if it holds text."""
    key: Typed | None
    """How the names of a map are read."""
    check: Callable[[Any], Any] | None
    """A rule about its value as a whole, if it has one."""
    info: FieldInfo

    @property
    def is_text(self) -> bool:
        """Whether its text may hold Markdown and `[[links]]`."""
        return self.typed is not None and self.typed.is_prose

    @property
    def value_type(self) -> str:
        """A word for the field reference: `text`, `date`, `one of …`."""
        return "entry" if self.typed is None else self.typed.word


@dataclass(frozen=True, slots=True)
class Shape:
    """All fields of one record, in the order in which they are documented."""

    model: type[Struct]
    fields: tuple[FieldShape, ...]

    @property
    def by_alias(self) -> dict[str, FieldShape]:
        """What an author writes → the field."""
        return {field.alias: field for field in self.fields}


@cache
def shape_of(model: type[Struct]) -> Shape:
    """The shape of a record or a nested entry."""
    return Shape(model, tuple(_fields(model)))


def model_at(model: type[Struct], path: PathParts) -> type[Struct] | None:
    """The nested record that stands at `path` below `model`, or None where something else does."""
    here: type[Struct] | None = model
    for part in path:
        if isinstance(part, int):
            continue
        if here is None:
            return None
        field = shape_of(here).by_alias.get(part)
        # A key of a map (`audiences: {grace: …}`) is no field; the model it leads to is the map's own.
        here = field.model if field is not None else here
    return here


def references(record: Struct) -> Iterator[tuple[PathParts, Ref, str]]:
    """Every reference below `record`, as (path as written, what it refers to, the text that stands there)."""
    for path, field, value in _walk(record, (), _leads_to_refs):
        if field.ref is not None:
            yield path, field.ref, value


def texts(record: Struct) -> Iterator[tuple[PathParts, str]]:
    """Every text below `record` that may hold Markdown, as (path as written, the text)."""
    for path, field, value in _walk(record, (), _leads_to_texts):
        if field.is_text and value:
            yield path, value


def parts(record: Struct) -> Iterator[tuple[PathParts, Struct]]:
    """Every nested record below `record`, outermost first, as (path as written, the nested record)."""
    for field in shape_of(type(record)).fields:
        if field.model is None:
            continue
        for path, value in _values(field, record):
            yield path, value
            for inner, part in parts(value):
                yield path + inner, part


def with_values(record: Struct, values: Mapping[PathParts, Any]) -> Struct:
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
    return record.replace(**changed)


def _by_first(values: Mapping[PathParts, Any]) -> dict[str | int, dict[PathParts, Any]]:
    """The paths grouped by their first part, each without it."""
    found: dict[str | int, dict[PathParts, Any]] = {}
    for path, value in values.items():
        found.setdefault(path[0], {})[path[1:]] = value
    return found


def _walk(record: Struct, base: PathParts, plan: Any) -> Iterator[tuple[PathParts, FieldShape, Any]]:
    held = record.__dict__
    for field in plan(type(record)):
        value = held.get(field.name)
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


def _values(field: FieldShape, record: Struct) -> Iterator[tuple[PathParts, Any]]:
    value = getattr(record, field.name)
    if not value:
        return
    if field.many == "one":
        yield (field.alias,), value
    else:
        for key, item in enumerate(value) if field.many == "list" else value.items():
            yield (field.alias, key), item


@cache
def _leads_to_refs(model: type[Struct]) -> tuple[FieldShape, ...]:
    return tuple(
        f for f in shape_of(model).fields if f.ref is not None or (f.model is not None and _leads_to_refs(f.model))
    )


@cache
def _leads_to_texts(model: type[Struct]) -> tuple[FieldShape, ...]:
    return tuple(f for f in shape_of(model).fields if f.is_text or (f.model is not None and _leads_to_texts(f.model)))


def _fields(model: type[Struct]) -> Iterator[FieldShape]:
    annotations: dict[str, Any] = {}
    for base in reversed(model.__mro__):
        annotations |= getattr(base, "__annotations__", {})
    for name, info in model.field_infos.items():
        seen = _Seen()
        seen.look(annotations[name])
        yield FieldShape(
            name, info.alias or name, seen.many, seen.model, seen.ref, seen.typed, seen.key, seen.check, info
        )


class _Seen:
    """Gathers what the layers of one annotation say."""

    def __init__(self) -> None:
        self.many = "one"
        self.model: type[Struct] | None = None
        self.ref: Ref | None = None
        self.typed: Typed | None = None
        self.key: Typed | None = None
        self.check: Callable[[Any], Any] | None = None

    def look(self, annotation: Any) -> None:
        origin = get_origin(annotation)
        if origin is Annotated:
            inner, *extras = get_args(annotation)
            for extra in extras:
                if isinstance(extra, Typed):
                    self.typed = extra
                elif isinstance(extra, Ref):
                    self.ref = extra
                elif isinstance(extra, Checked):
                    self.check = extra.check
            if self.typed is None:
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
            key, value = get_args(annotation)
            self.look(key)
            self.key, self.typed = self.typed, None
            self.look(value)
        elif isinstance(annotation, type) and issubclass(annotation, Struct):
            self.model = annotation
