"""Goes through a template's syntax tree once: refuses what is not on the list, and tells what each expression is.

Because kinds are known, what could only fail for somebody in particular (a list in place of a text, a person in place
of a name) is told when the template is checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from jinja2 import nodes as n

from playbook.problems import shorten, suggest
from playbook.render.scripts.filters import (
    DAY,
    FILTERS,
    LIST,
    MIXED,
    NOTHING,
    NUMBER,
    TEXT,
    WRITABLE,
    YES_OR_NO,
    Kind,
)
from playbook.render.scripts.refusing import MAX_DEPTH, MAX_NODES, MAX_NUMBER, Refused
from playbook.views.scope_names import Shape

Bound = Mapping[str, Kind]
"""What a loop calls its entry: name → kind."""

_LOOP = {"index": NUMBER, "first": YES_OR_NO, "last": YES_OR_NO}
_WORDS: dict[type[n.Node], str] = {
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


class Kinds:
    """Checks one template against the shapes of what it may speak of."""

    def __init__(self, shapes: Shape) -> None:
        self.shapes = shapes
        self.names: set[str] = set()
        """Every dotted name that is mentioned."""
        self.needed: dict[str, int] = {}
        """Names that are written whatever else is true → the first line that does."""
        self._count = 0

    def check(self, body: Iterable[n.Node]) -> None:
        """Nothing, where all of it may be used.

        Raises:
            Refused: at the first line that may not.
        """
        self._statements(body, {}, depth=0, sure=True)

    def _enter(self, node: n.Node, depth: int) -> int:
        self._count += 1
        if self._count > MAX_NODES or depth > MAX_DEPTH:
            raise Refused(node.lineno or 1, "the template is too large")
        return depth + 1

    def _statements(self, body: Iterable[n.Node], bound: Bound, *, depth: int, sure: bool) -> None:
        for node in body:
            below = self._enter(node, depth)
            if isinstance(node, n.Output):
                for part in node.nodes:
                    if isinstance(part, n.TemplateData):
                        self._enter(part, below)
                    else:
                        _require_words(part, self._kind(part, bound, below, sure=sure))
            elif isinstance(node, n.If):
                self._kind(node.test, bound, below, sure=False)
                for inner in (node.body, node.elif_, node.else_):
                    self._statements(inner, bound, depth=below, sure=False)
            elif isinstance(node, n.For):
                self._loop(node, bound, below, sure=sure)
            else:
                raise _unknown(node)

    def _loop(self, node: n.For, bound: Bound, depth: int, *, sure: bool) -> None:
        if "loop" in bound or node.recursive:
            raise Refused(node.lineno, "a loop inside a loop is not for messages")
        if not isinstance(node.target, n.Name):
            raise Refused(node.lineno, "a loop takes one name")
        if node.target.name == "loop":
            raise Refused(node.lineno, "'loop' is what a loop itself is called; take another name")
        if not isinstance(node.iter, n.Name | n.Getattr):
            raise Refused(node.lineno, "a loop goes over a name that holds a list")
        kind = self._kind(node.iter, bound, depth, sure=sure and not node.else_)
        if kind != LIST and not isinstance(kind, list):
            hint = "A loop goes over a list, such as achievements."
            raise Refused(node.lineno, "there is nothing to go over here", hint)
        item = kind[0] if isinstance(kind, list) else TEXT
        inner = {**bound, node.target.name: item}
        if node.test is not None:
            self._kind(node.test, inner, depth, sure=False)
        self._statements(node.body, {**inner, "loop": _LOOP}, depth=depth, sure=False)
        self._statements(node.else_, bound, depth=depth, sure=False)

    def _kind(self, node: n.Node, bound: Bound, depth: int, *, sure: bool) -> Kind:
        """What an expression is; `sure` where nothing is written unless it has a value."""
        below = self._enter(node, depth)
        if isinstance(node, n.Name | n.Getattr):
            return self._name(node, bound, sure=sure)
        if isinstance(node, n.Const):
            return _constant(node)
        if isinstance(node, n.Filter):
            return self._filter(node, bound, below, sure=sure)
        if isinstance(node, n.Not):
            self._kind(node.node, bound, below, sure=False)
            return YES_OR_NO
        if isinstance(node, n.And | n.Or):
            # What stands before 'or' may be missing; what stands beside 'and' may not.
            surely = sure and isinstance(node, n.And)
            left = self._kind(node.left, bound, below, sure=surely)
            return _either(left, self._kind(node.right, bound, below, sure=surely))
        if isinstance(node, n.Compare):
            self._comparison(node, bound, below)
            return YES_OR_NO
        if isinstance(node, n.CondExpr):
            self._kind(node.test, bound, below, sure=False)
            if node.expr2 is None:
                raise Refused(node.lineno, "an 'if' inside braces needs an 'else'", "What is written otherwise?")
            first = self._kind(node.expr1, bound, below, sure=False)
            return _either(first, self._kind(node.expr2, bound, below, sure=False))
        raise _unknown(node)

    def _filter(self, node: n.Filter, bound: Bound, depth: int, *, sure: bool) -> Kind:
        known = FILTERS.get(node.name)
        if known is None:
            hint = suggest(node.name, FILTERS) or f"There are {', '.join(FILTERS)}."
            raise Refused(node.lineno, f"there is no filter '{shorten(node.name, 40)}'", hint)
        if node.node is None:
            raise Refused(node.lineno, "'filter' is not for messages")
        if node.kwargs or node.dyn_args or node.dyn_kwargs:
            raise Refused(node.lineno, f"'{node.name}' takes plain arguments only, such as {{{{ x | default('y') }}}}")
        if not known.least <= len(node.args) <= known.most:
            missing = "needs to be told what to write instead: default('…')" if known.least else "takes fewer arguments"
            raise Refused(node.lineno, f"'{node.name}' {missing}")
        replaces = node.name in {"default", "d"}
        kind = self._kind(node.node, bound, depth, sure=sure and not replaces and node.name != "length")
        arguments = [self._kind(argument, bound, depth, sure=False) for argument in node.args]
        if replaces:
            if len(arguments) > 1 and arguments[1] != YES_OR_NO:
                raise Refused(node.lineno, f"'{node.name}' takes true or nothing after what to write instead")
            return _either(kind, arguments[0])
        if node.name == "length" and isinstance(kind, list):
            return NUMBER
        if not isinstance(kind, str) or kind not in known.takes:
            _require_words(node.node, kind)
            raise Refused(node.lineno, f"'{node.name}' takes {known.takes_what}, and this is {_in_words(kind)}")
        for argument, kind_of_argument in zip(node.args, arguments, strict=True):
            _require_words(argument, kind_of_argument)
        return known.gives

    def _comparison(self, node: n.Compare, bound: Bound, depth: int) -> None:
        left = self._kind(node.expr, bound, depth, sure=False)
        for operand in node.ops:
            right = self._kind(operand.expr, bound, depth, sure=False)
            for kind in (left, right):
                if not isinstance(kind, str):
                    raise Refused(node.lineno, "only texts, days, numbers and lists are compared")
            if operand.op in {"in", "notin"}:
                comparable = right in {TEXT, LIST, MIXED}
            else:
                comparable = left == right or MIXED in {left, right}
            if not comparable:
                raise Refused(node.lineno, f"{_in_words(left)} cannot be compared with {_in_words(right)}")
            left = right

    def _name(self, node: n.Name | n.Getattr, bound: Bound, *, sure: bool) -> Kind:
        parts: list[str] = []
        here: n.Node = node
        while isinstance(here, n.Getattr):
            parts.insert(0, here.attr)
            here = here.node
            if len(parts) > MAX_DEPTH:
                raise Refused(node.lineno, "nested too deeply")
        if not isinstance(here, n.Name):
            self._kind(here, bound, MAX_DEPTH // 2, sure=False)  # the graver reason, where there is one
            raise Refused(node.lineno, f"'.{shorten(parts[0], 30)}' can only follow a name")
        known = bound if here.name in bound else self.shapes
        if here.name not in known:
            hint = suggest(here.name, {*bound, *self.shapes})
            raise Refused(node.lineno, f"nothing is called '{shorten(here.name, 40)}'", hint)
        kind, path = known[here.name], here.name
        for part in parts:
            if not isinstance(kind, Mapping):
                raise Refused(node.lineno, f"'{path}' is {_in_words(kind)}; there is no '{shorten(part, 40)}' below it")
            if part not in kind:
                hint = suggest(part, kind) or f"It has {', '.join(kind)}."
                raise Refused(node.lineno, f"'{path}' has no '{shorten(part, 40)}'", hint)
            kind, path = kind[part], f"{path}.{part}"
        if here.name not in bound:
            self.names.add(path)
            if sure:
                self.needed.setdefault(path, node.lineno)
        return kind


def _unknown(node: n.Node) -> Refused:
    word = _WORDS.get(type(node), type(node).__name__.lower())
    line = node.lineno or next((child.lineno for child in node.iter_child_nodes() if child.lineno), 1)
    return Refused(line, f"'{word}' is not for messages", "Names, filters, {% if %} and {% for %} are.")


def _constant(node: n.Const) -> Kind:
    value: Any = node.value
    if isinstance(value, bool):
        return YES_OR_NO
    if isinstance(value, int | float):
        if abs(value) > MAX_NUMBER:
            raise Refused(node.lineno, "a number this large is not for messages")
        return NUMBER
    return TEXT if isinstance(value, str) else NOTHING


def _either(one: Kind, other: Kind) -> Kind:
    """What an expression is that is one thing or another: what cannot be written stays so."""
    if one == other:
        return one
    return next((kind for kind in (one, other) if not isinstance(kind, str) or kind not in WRITABLE), MIXED)


def _require_words(node: n.Node, kind: Kind) -> None:
    """Refuses to write what has no words of its own."""
    if isinstance(kind, Mapping):
        raise Refused(node.lineno, f"this holds several things: {shorten(', '.join(kind))}", "Name the one to write.")
    if isinstance(kind, list):
        hint = f"Go over it: {{% for one in … %}}{{{{ one.{next(iter(kind[0]))} }}}}{{% endfor %}}."
        raise Refused(node.lineno, f"this is a list of things, each with {', '.join(kind[0])}", hint)
    if kind not in WRITABLE:
        raise Refused(node.lineno, f"{_in_words(kind)} is nothing to write", "It can stand in {% if %}.")


def _in_words(kind: Kind) -> str:
    words = {
        TEXT: "a text",
        DAY: "a day",
        LIST: "a list",
        NUMBER: "a number",
        YES_OR_NO: "a yes or no",
        MIXED: "one thing or another",
    }
    return words.get(kind, "'none'") if isinstance(kind, str) else "several things"
