"""Parses an outreach template under an allow-list of Jinja2's syntax; whatever is not on it is refused with its line.

Jinja's own sandbox stops a template from reaching Python, but not from asking for a billion characters. A message needs
names, a few filters, `if` and one `for`; nothing else is let in, so nothing else has to be defended against.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import jinja2
from jinja2 import nodes as n
from jinja2.sandbox import ImmutableSandboxedEnvironment

from playbook.problems import shorten, suggest
from playbook.views.scope import Shape
from playbook.views.words import MONTHS, day_text, listed

MAX_SOURCE = 20_000
MAX_NODES = 2_000
MAX_DEPTH = 40
MAX_EXPRESSIONS = 300
MAX_OUTPUT = 100_000

_NODES = (
    n.Template, n.Output, n.TemplateData, n.Name, n.Getattr, n.Filter, n.If, n.Not, n.And, n.Or, n.Compare, n.Operand,
    n.Const, n.For, n.CondExpr, n.Keyword,
)  # fmt: skip
_LOOP = {"first": "text", "last": "text", "index": "text"}
_WORDS = {
    n.Call: "a call",
    n.Getitem: "[ ]",
    n.Macro: "macro",
    n.CallBlock: "call",
    n.FilterBlock: "filter",
    n.Include: "include",
    n.Import: "import",
    n.FromImport: "import",
    n.Extends: "extends",
    n.Block: "block",
    n.Assign: "set",
    n.AssignBlock: "set",
    n.Test: "is",
    n.Concat: "~",
    n.Mul: "*",
    n.Pow: "**",
    n.Add: "+",
    n.Sub: "-",
    n.Div: "/",
    n.Mod: "%",
    n.FloorDiv: "//",
    n.List: "a list",
    n.Dict: "a mapping",
    n.Tuple: "a tuple",
    n.Neg: "-",
    n.Pos: "+",
}


class Refused(Exception):  # noqa: N818  (what was refused stands in it)
    """A template that may not be used: the line in it, from 1, why, and what to do."""

    def __init__(self, line: int, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.line, self.message, self.hint = line, message, hint


@dataclass(frozen=True, slots=True)
class Template:
    """A template that passed: ready to be filled, with every name it speaks of."""

    names: frozenset[str]
    """Dotted names that it mentions, wherever: `person.why`, `today`."""
    tree: n.Template
    _compiled: list[jinja2.Template] = field(default_factory=list, compare=False)

    @property
    def roots(self) -> frozenset[str]:
        """The first part of each name."""
        return frozenset(name.partition(".")[0] for name in self.names)

    def render(self, scope: Mapping[str, Any]) -> str:
        """The text, filled.

        Raises:
            MissingValue: where a name has no value, with the line.
            Refused: where the text would be too long.
        """
        out: list[str] = []
        length = 0
        # Most templates are only checked; compiling costs as much as parsing and walking together.
        if not self._compiled:
            self._compiled.append(_environment().from_string(self.tree))
        for piece in self._compiled[0].generate(**scope):
            length += len(piece)
            if length > MAX_OUTPUT:
                raise Refused(1, f"the text would be longer than {MAX_OUTPUT:,} characters")
            out.append(piece)
        return "".join(out)


class MissingValue(jinja2.UndefinedError):
    """A name has no value; `name` is dotted, `person.why`."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Absent(jinja2.Undefined):
    """A name without a value: false in `if`, replaced by `default`, and refused wherever it would be written."""

    def __init__(self, path: str = "") -> None:
        super().__init__(name=path)

    def _refuse(self, *_args: Any, **_kwargs: Any) -> Any:
        raise MissingValue(self._undefined_name or "")

    __str__ = __iter__ = __len__ = __eq__ = __ne__ = __hash__ = __lt__ = __gt__ = __le__ = __ge__ = _refuse

    def __bool__(self) -> bool:
        return False


class Scoped:
    """What a template sees of one thing: plain values by name, and nothing of Python."""

    __slots__ = ("fallbacks", "path", "values")

    def __init__(self, path: str, values: Mapping[str, Any], fallbacks: Mapping[str, Any]) -> None:
        self.path, self.values, self.fallbacks = path, values, fallbacks

    def look(self, name: str) -> Any:
        """The value called `name`, else its fallback, else its absence."""
        value = self.values.get(name)
        path = f"{self.path}.{name}"
        if isinstance(value, Mapping):
            return Scoped(path, value, self.fallbacks)
        if isinstance(value, tuple) and value and isinstance(value[0], Mapping):
            return tuple(Scoped(path, item, {}) for item in value)
        if value in (None, "", ()):
            return self.fallbacks.get(path, Absent(path))
        return value

    def __bool__(self) -> bool:
        return bool(self.values)


class _Environment(ImmutableSandboxedEnvironment):
    def getattr(self, obj: Any, attribute: str) -> Any:
        """Only what a scope holds; the attributes of Python's own objects do not exist here."""
        if isinstance(obj, Scoped):
            return obj.look(attribute)
        if isinstance(obj, Absent):
            return Absent(f"{obj._undefined_name}.{attribute}")  # noqa: SLF001
        if attribute in _LOOP and type(obj).__name__ == "LoopContext":
            return getattr(obj, attribute)
        return Absent(attribute)


def parse(source: str, shapes: Shape) -> Template:
    """The template in `source`, where only the names in `shapes` exist.

    Raises:
        Refused: with the line, for anything that is not on the list.
    """
    _refuse_bulk(source)
    environment = _environment()
    try:
        tree = environment.parse(source)
    except ValueError:  # Python refuses to read a number of thousands of digits
        raise Refused(1, "a number this large is not for messages") from None
    except jinja2.TemplateSyntaxError as error:
        raise Refused(error.lineno, shorten(error.message or "not a template", 120)) from None
    except RecursionError:
        raise Refused(1, "nested too deeply") from None
    walker = _Walker(shapes)
    walker.walk(tree, 0, 0, {})
    return Template(frozenset(walker.names), tree)


@cache
def _environment() -> _Environment:
    environment = _Environment(
        undefined=jinja2.StrictUndefined,
        # Constants are folded while compiling, before any limit could hold.
        optimized=False,
        autoescape=False,  # a message is text; whoever shows it as HTML escapes it
        finalize=_written,
        keep_trailing_newline=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters = {name: environment.filters[name] for name in _JINJA_FILTERS} | _OWN_FILTERS
    environment.globals = {}
    environment.tests = {}
    return environment


def _written(value: Any) -> Any:
    """How a value reads in a message: a date in words, a list with commas."""
    if isinstance(value, dt.date):
        return day_text(value)
    if isinstance(value, tuple):
        return listed([str(_written(item)) for item in value])
    if isinstance(value, Scoped):
        raise MissingValue(value.path)
    return value


def _date(value: Any) -> str:
    if isinstance(value, Absent):
        str(value)
    return day_text(value) if isinstance(value, dt.date) else str(value)


def _next_week(value: Any) -> str:
    """`30 November`: the Monday of the week after a day."""
    if not isinstance(value, dt.date):
        str(value)
        raise jinja2.UndefinedError("next_week takes a date, such as today")
    try:
        monday = value + dt.timedelta(days=7 - value.weekday())
    except OverflowError:
        monday = value
    return f"{monday.day} {MONTHS[monday.month - 1]}"


_JINJA_FILTERS = ("first", "last", "join", "lower", "upper", "title", "capitalize", "trim", "default", "d", "length")
_OWN_FILTERS: dict[str, Callable[..., Any]] = {"date": _date, "next_week": _next_week}
FILTERS = (*_JINJA_FILTERS, *_OWN_FILTERS)


def _refuse_bulk(source: str) -> None:
    if len(source) > MAX_SOURCE:
        raise Refused(1, f"the template is longer than {MAX_SOURCE:,} characters")
    for mark in ("{{", "{%", "{#"):
        if source.count(mark) > MAX_EXPRESSIONS:
            raise Refused(1, f"more than {MAX_EXPRESSIONS} times '{mark}'")
    depth = 0
    for line, text in enumerate(source.split("\n"), 1):
        for character in text:
            depth += character in "([{"
            depth -= character in ")]}"
            if depth > MAX_DEPTH:
                raise Refused(line, "brackets are nested too deeply")
        depth = max(depth, 0)
    if source.count("(") > MAX_EXPRESSIONS:
        raise Refused(1, f"more than {MAX_EXPRESSIONS} times '('")


class _Walker:
    """Goes through a template's syntax tree once: refuses what is not on the list, gathers the names."""

    def __init__(self, shapes: Shape) -> None:
        self.shapes = shapes
        self.names: set[str] = set()
        self.count = 0

    def walk(self, node: n.Node, depth: int, loops: int, bound: Mapping[str, Any]) -> None:
        self.count += 1
        if self.count > MAX_NODES or depth > MAX_DEPTH:
            raise Refused(node.lineno or 1, "the template is too large")
        if type(node) not in _NODES:
            word = _WORDS.get(type(node), type(node).__name__.lower())
            raise Refused(
                node.lineno or 1, f"'{word}' is not for messages", "Names, filters, {% if %} and {% for %} are."
            )
        if isinstance(node, n.Filter) and node.name not in FILTERS:
            hint = suggest(node.name, FILTERS) or f"There are {', '.join(FILTERS)}."
            raise Refused(node.lineno, f"there is no filter '{shorten(node.name, 40)}'", hint)
        if isinstance(node, n.Const) and isinstance(node.value, int | float) and abs(node.value) > 1_000_000:  # noqa: PLR2004
            raise Refused(node.lineno, "a number this large is not for messages")
        if isinstance(node, n.For):
            self._loop(node, depth, loops, bound)
            return
        if isinstance(node, n.Name | n.Getattr):
            self._type_of(node, bound)
            return
        for child in node.iter_child_nodes():
            self.walk(child, depth + 1, loops, bound)

    def _loop(self, node: n.For, depth: int, loops: int, bound: Mapping[str, Any]) -> None:
        if loops or node.recursive:
            raise Refused(node.lineno, "a loop inside a loop is not for messages")
        if not isinstance(node.target, n.Name):
            raise Refused(node.lineno, "a loop takes one name")
        kind = self._type_of(node.iter, bound) if isinstance(node.iter, n.Name | n.Getattr) else None
        if kind is None:
            raise Refused(node.lineno, "a loop goes over a name that holds a list")
        if kind != "list" and not isinstance(kind, list):
            raise Refused(
                node.lineno, "there is nothing to go over here", "A loop goes over a list, such as achievements."
            )
        item = kind[0] if isinstance(kind, list) else "text"
        inner = {**bound, node.target.name: item, "loop": _LOOP}
        for child in (*node.body, *node.else_, *((node.test,) if node.test else ())):
            self.walk(child, depth + 1, 1, inner)

    def _type_of(self, node: n.Expr, bound: Mapping[str, Any]) -> Any:
        """What a name or an attribute is, as its shape says."""
        parts: list[str] = []
        here: n.Expr = node
        while isinstance(here, n.Getattr):
            parts.insert(0, here.attr)
            here = here.node
            if len(parts) > MAX_DEPTH:
                raise Refused(node.lineno, "nested too deeply")
        if not isinstance(here, n.Name):
            self.walk(here, 1, 1, bound)
            raise Refused(node.lineno, f"'.{shorten(parts[0], 30)}' can only follow a name")
        known: Any = bound if here.name in bound else self.shapes
        if here.name not in known:
            raise Refused(
                node.lineno, f"nothing is called '{shorten(here.name, 40)}'", suggest(here.name, {*bound, *self.shapes})
            )
        kind = known[here.name]
        for part in parts:
            if not isinstance(kind, Mapping):
                raise Refused(
                    node.lineno, f"'{'.'.join([here.name, *parts])[:60]}': there is nothing below '{here.name}'"
                )
            if part not in kind:
                hint = suggest(part, kind) or f"It has {', '.join(kind)}."
                raise Refused(node.lineno, f"'{here.name}' has no '{shorten(part, 40)}'", hint)
            kind = kind[part]
        if here.name not in bound:
            self.names.add(".".join([here.name, *parts]))
        return kind
