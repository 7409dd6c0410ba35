"""What records are made of: classes that declare fields, and frozen instances that hold what was written, no more.

Plain Python, and quick to import: whoever brings records back from a cache needs nothing else. What an author typed is
read into them by `validating`; what each field holds, `shape` tells.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self, get_origin

REQUIRED: Any = type("Required", (), {"__repr__": lambda _: "REQUIRED"})()
"""The default of a field that must be written."""


@dataclass(frozen=True, slots=True)
class FieldInfo:
    """What a field is, beside its type."""

    default: Any = REQUIRED
    """What it is where nothing was written; shared by all, so that nobody may change it."""
    alias: str = ""
    """What an author writes, where that is no name in Python (`from`)."""
    description: str = ""
    examples: Sequence[Any] = ()

    @property
    def is_required(self) -> bool:
        """Whether it must be written."""
        return self.default is REQUIRED


def Field(  # noqa: N802  (it stands where a default stands; and that is how)
    default: Any = REQUIRED, *, alias: str = "", description: str = "", examples: Sequence[Any] = ()
) -> Any:
    """What stands behind a field's type, after the `=`, to say more of it than its default."""
    return FieldInfo(default, alias, description, examples)


class StructClass(type):
    """The class of the classes: without one of their own, mypy takes no class for the key of a cache."""


class Struct(metaclass=StructClass):
    """Something with declared fields; unset ones are their defaults. Nothing can be set once it is made.

    Annotations are read as the types that they are: a module with structs does not postpone them. Given values are taken
    as they are; `validating.validate` makes one of what an author typed.
    """

    field_infos: ClassVar[dict[str, FieldInfo]] = {}
    """Every field by its attribute, those of base classes first."""

    def __init_subclass__(cls) -> None:
        own = {}
        for name, annotation in cls.__annotations__.items():
            if isinstance(annotation, str):
                raise TypeError(f"{cls.__qualname__}.{name}: the module postpones its annotations; a struct cannot")
            if ClassVar in (annotation, get_origin(annotation)):
                continue
            value = cls.__dict__.get(name, REQUIRED)
            info = own[name] = value if isinstance(value, FieldInfo) else FieldInfo(value)
            if not info.is_required:
                setattr(cls, name, info.default)
            elif name in cls.__dict__:
                delattr(cls, name)
        cls.field_infos = cls.field_infos | own

    def __init__(self, /, **values: Any) -> None:
        if strange := values.keys() - self.field_infos.keys():
            raise TypeError(f"{type(self).__qualname__} has no field {', '.join(sorted(strange))}")
        self.__dict__.update(values)

    def check(self) -> None:
        """Nothing, where the fields go together; else it raises `Refused`. Asked of what an author typed."""

    @property
    def fields_set(self) -> frozenset[str]:
        """The fields that were written, whatever they say."""
        return frozenset(self.__dict__)

    def replace(self, /, **values: Any) -> Self:
        """A copy with other values in some fields."""
        return type(self)(**{**self.__dict__, **values})

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__qualname__} is frozen; '{name}' cannot be set")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__qualname__} is frozen; '{name}' cannot be deleted")

    def _values(self) -> list[Any]:
        return [getattr(self, name, REQUIRED) for name in self.field_infos]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Struct) or type(self) is not type(other):
            return NotImplemented
        return self.__dict__ == other.__dict__ or self._values() == other._values()

    def __hash__(self) -> int:
        return hash((type(self), *self._values()))

    def __repr__(self) -> str:
        return f"{type(self).__qualname__}({', '.join(f'{name}={value!r}' for name, value in self.__dict__.items())})"
