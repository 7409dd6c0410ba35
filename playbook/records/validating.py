"""Reads what an author typed into the records' classes: pydantic's core does the walking, by their shapes.

Whoever only brings records back from a cache does not import this.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeVar

from pydantic_core import SchemaValidator, ValidationError
from pydantic_core import core_schema as core

from playbook.problems import shorten
from playbook.records.base import Part
from playbook.records.shape import FieldShape, shape_of
from playbook.records.struct import Struct
from playbook.records.texts import Refused

__all__ = ["ValidationError", "validate"]

S = TypeVar("S", bound=Struct)


def validate(model: type[S], tree: Any) -> S:
    """One of `model`, from plain data: text, lists and mappings of it.

    Raises:
        ValidationError: with every mistake in it and its path; those of our own readers hold a `Refused`.
    """
    found: S = _validator(model).validate_python(tree)
    return found


@cache
def _validator(model: type[Struct]) -> SchemaValidator:
    return SchemaValidator(_struct(model))


@cache
def _struct(model: type[Struct]) -> core.CoreSchema:
    fields = {
        field.name: core.typed_dict_field(_value(field), required=field.info.is_required, validation_alias=field.alias)
        for field in shape_of(model).fields
    }
    inner = core.typed_dict_schema(fields, extra_behavior="forbid")
    made = core.no_info_after_validator_function(_maker(model), inner)
    return core.no_info_before_validator_function(_spreader(model), made)


def _value(field: FieldShape) -> core.CoreSchema:
    if field.model is not None:
        one = _struct(field.model)
    else:
        assert field.typed is not None  # noqa: S101  (a shape has one or the other)
        one = core.no_info_plain_validator_function(field.typed.read)
    if field.many == "list":
        one = core.no_info_before_validator_function(_as_list, core.tuple_schema([one], variadic_item_index=0))
    elif field.many == "map":
        assert field.key is not None  # noqa: S101  (as above)
        key = core.no_info_plain_validator_function(field.key.read)
        one = core.no_info_before_validator_function(_as_mapping, core.dict_schema(key, one))
    return one if field.check is None else core.no_info_after_validator_function(field.check, one)


def _as_list(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


def _as_mapping(value: Any) -> Any:
    if not isinstance(value, dict):
        raise Refused("wrong-type", "expected a mapping (name: value)")
    return value


def _spreader(model: type[Struct]) -> Callable[[Any], Any]:
    """Spreads the shorthand of a nested entry, and leaves out what is a key with nothing behind it (`status:`)."""
    known = {field.alias for field in shape_of(model).fields}
    main = model.main if issubclass(model, Part) else ""

    def spread(value: Any) -> Any:
        if value.__class__ is dict:
            if None not in value.values():
                return value
            # A key that is no field is kept: it is a mistake to be told, or half a sentence.
            return {key: one for key, one in value.items() if one is not None or key not in known}
        if isinstance(value, str) and main:
            return {main: value}
        if isinstance(value, str):
            raise Refused("wrong-type", f"expected fields (name: value), found the text '{shorten(value, 40)}'")
        if value is None:
            raise Refused("empty", "there is nothing here", "Write the entry, or remove the '-'.")
        raise Refused("wrong-type", "expected fields (name: value), found a list")

    return spread


def _maker(model: type[S]) -> Callable[[Mapping[str, Any]], S]:
    has_rule = model.check is not Struct.check

    def make(values: Mapping[str, Any]) -> S:
        made = model.__new__(model)
        made.__dict__.update(values)
        if has_rule:
            made.check()
        return made

    return make
