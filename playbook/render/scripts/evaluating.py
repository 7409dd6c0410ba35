"""Writes a message from a template's syntax tree and plain values; a name without a value is never written as nothing.

Knows text, days, numbers, tuples and mappings, and nothing else of Python: there is no attribute to reach. Steps and
characters are counted, so every template ends soon, whatever the values are.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import nodes as n

from playbook.render.scripts.filters import FILTERS, say
from playbook.render.scripts.refusing import MissingValue, Refused

MAX_OUTPUT = 100_000
MAX_STEPS = 100_000
MAX_WORK = 1_000_000
"""Characters that filters and comparisons may go over."""
MAX_ITEMS = 1_000
MAX_VALUE = 20_000

Bound = Mapping[str, tuple[str, Any]]
"""What a loop calls its entry: name → (where it comes from, value)."""


@dataclass(frozen=True, slots=True)
class Absent:
    """A name without a value: false, equal to nothing, replaced by `default`, and never written."""

    path: str

    def __bool__(self) -> bool:
        return False


def look(values: Mapping[str, Any], fallbacks: Mapping[str, Any], path: str) -> Any:
    """The value of a dotted name, else its fallback, else its absence."""
    value: Any = values
    for part in path.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value if _holds_something(value) else fallbacks.get(path, Absent(path))


def _holds_something(value: Any) -> bool:
    if isinstance(value, str):
        return bool(value.strip())
    if isinstance(value, Mapping):
        return any(_holds_something(inner) for inner in value.values())
    return value is not None and value != ()


class Writer:
    """Fills one template once."""

    def __init__(self, values: Mapping[str, Any], fallbacks: Mapping[str, Any], language: str) -> None:
        self._values, self._fallbacks, self._language = values, fallbacks, language
        self._out: list[str] = []
        self._length = self._steps = self._work = 0

    def write(self, body: Iterable[n.Node]) -> str:
        """The text of a template that `allow_list` let pass.

        Raises:
            MissingValue: where a name without a value would be written.
            Refused: where the text would be too long, or the work too much.
        """
        self._statements(body, {})
        return "".join(self._out)

    def _statements(self, body: Iterable[n.Node], bound: Bound) -> None:
        for node in body:
            if isinstance(node, n.Output):
                for part in node.nodes:
                    self._put(part, bound)
            elif isinstance(node, n.If):
                self._branch(node, bound)
            elif isinstance(node, n.For):
                self._loop(node, bound)

    def _put(self, node: n.Expr, bound: Bound) -> None:
        if isinstance(node, n.TemplateData):
            text = node.data
        else:
            value = self._value(node, bound)
            if isinstance(value, Absent):
                raise MissingValue(value.path, node.lineno)
            text = say(value, self._language)
        self._length += len(text)
        if self._length > MAX_OUTPUT:
            raise Refused(node.lineno, f"the text would be longer than {MAX_OUTPUT:,} characters")
        self._out.append(text)

    def _branch(self, node: n.If, bound: Bound) -> None:
        for branch in (node, *node.elif_):
            if self._value(branch.test, bound):
                self._statements(branch.body, bound)
                return
        self._statements(node.else_, bound)

    def _loop(self, node: n.For, bound: Bound) -> None:
        name = node.target.name if isinstance(node.target, n.Name) else ""
        items = self._value(node.iter, bound)
        if isinstance(items, Absent):
            if not node.else_:
                raise MissingValue(items.path, node.lineno)
            items = ()
        path = _path(node.iter)
        if node.test is not None:
            items = tuple(item for item in items if self._value(node.test, {**bound, name: (path, item)}))
        for index, item in enumerate(items):
            place = {"index": index + 1, "first": not index, "last": index == len(items) - 1}
            self._statements(node.body, {**bound, name: (path, item), "loop": ("loop", place)})
        if not items:
            self._statements(node.else_, bound)

    def _value(self, node: n.Node, bound: Bound) -> Any:
        self._steps += 1
        if self._steps > MAX_STEPS:
            raise Refused(node.lineno, "the template has too much to do")
        return _VALUES[type(node)](self, node, bound)

    def _name(self, node: n.Name | n.Getattr, bound: Bound) -> Any:
        root, _, rest = _path(node).partition(".")
        if root not in bound:
            value = look(self._values, self._fallbacks, _path(node))
        elif rest:
            source, item = bound[root]
            value = look(item, {}, rest) if isinstance(item, Mapping) else Absent("")
            if isinstance(value, Absent):
                value = Absent(f"{source}.{rest}")
        else:
            value = bound[root][1]
        if isinstance(value, str | tuple) and len(value) > (MAX_VALUE if isinstance(value, str) else MAX_ITEMS):
            raise Refused(node.lineno, f"'{_path(node)}' is too long for a message")
        return value

    def _filter(self, node: n.Filter, bound: Bound) -> Any:
        value = self._value(node.node, bound) if node.node is not None else ""
        if node.name in {"default", "d"}:
            return value if value or not _is_nothing(value, node) else self._value(node.args[0], bound)
        if isinstance(value, Absent):
            return 0 if node.name == "length" else value
        arguments = tuple(self._value(argument, bound) for argument in node.args)
        absent = next((argument for argument in arguments if isinstance(argument, Absent)), None)
        if absent is not None:
            return absent
        times = len(value) if isinstance(value, tuple) else 1
        self._spend(node, _size(value) + times * sum(_size(argument) for argument in arguments))
        return FILTERS[node.name].write(value, arguments, self._language)

    def _compare(self, node: n.Compare, bound: Bound) -> bool:
        left = self._value(node.expr, bound)
        for operand in node.ops:
            right = self._value(operand.expr, bound)
            self._spend(node, _size(left) + _size(right))
            if not _holds(operand.op, left, right):
                return False
            left = right
        return True

    def _spend(self, node: n.Node, characters: int) -> None:
        self._work += characters
        if self._work > MAX_WORK:
            raise Refused(node.lineno, "the template has too much to do")

    def _choice(self, node: n.CondExpr, bound: Bound) -> Any:
        taken = node.expr1 if self._value(node.test, bound) or node.expr2 is None else node.expr2
        return self._value(taken, bound)


def _is_nothing(value: Any, node: n.Filter) -> bool:
    """Whether `default` replaces a value: where there is none; with `true` also where it is empty or false."""
    return isinstance(value, Absent) or (len(node.args) > 1 and bool(getattr(node.args[1], "value", False)))


_ORDERS: dict[str, Callable[[Any, Any], bool]] = {
    "lt": operator.lt,
    "lteq": operator.le,
    "gt": operator.gt,
    "gteq": operator.ge,
}


def _holds(operation: str, left: Any, right: Any) -> bool:
    """Whether a comparison holds; what has no value equals nothing, is in nothing, and has no order."""
    if isinstance(left, Absent) or isinstance(right, Absent):
        return operation in {"ne", "notin"}
    if operation in {"eq", "ne"}:
        return bool((left == right) is (operation == "eq"))
    if operation in {"in", "notin"}:
        within = left in right if isinstance(right, tuple) else say(left, "") in say(right, "")
        return within is (operation == "in")
    # A fallback for a day is a text; it has no order beside days.
    return type(left) is type(right) and _ORDERS[operation](left, right)


def _size(value: Any) -> int:
    if isinstance(value, str):
        return len(value)
    return sum(_size(item) for item in value) if isinstance(value, tuple) else 1


def _path(node: n.Node) -> str:
    """`person.met.how` for the name that a node spells."""
    parts: list[str] = []
    while isinstance(node, n.Getattr):
        parts.append(node.attr)
        node = node.node
    return ".".join((*([node.name] if isinstance(node, n.Name) else []), *reversed(parts)))


_VALUES: dict[type[n.Node], Callable[[Writer, Any, Bound], Any]] = {
    n.Const: lambda _writer, node, _bound: node.value,
    n.Name: Writer._name,  # noqa: SLF001  (this table is the writer's own)
    n.Getattr: Writer._name,  # noqa: SLF001
    n.Filter: Writer._filter,  # noqa: SLF001
    n.Compare: Writer._compare,  # noqa: SLF001
    n.CondExpr: Writer._choice,  # noqa: SLF001
    n.Not: lambda writer, node, bound: not writer._value(node.node, bound),  # noqa: SLF001
    n.And: lambda writer, node, bound: writer._value(node.left, bound) and writer._value(node.right, bound),  # noqa: SLF001
    n.Or: lambda writer, node, bound: writer._value(node.left, bound) or writer._value(node.right, bound),  # noqa: SLF001
}
"""How each kind of expression gets its value; there are no others."""
