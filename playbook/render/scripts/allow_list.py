"""Parses an outreach template under an allow-list of Jinja2's syntax; whatever is not on it is refused with its line.

Jinja2 only reads the text here. What passes is evaluated by `evaluating`, never compiled to Python: a sandbox stops a
template from reaching Python, but not from asking for a billion characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import jinja2
from jinja2 import nodes as n

from playbook.problems import shorten
from playbook.render.scripts.evaluating import Writer
from playbook.render.scripts.kinds import Kinds
from playbook.render.scripts.refusing import MAX_DEPTH, Refused
from playbook.views.scope_names import Shape

MAX_SOURCE = 20_000
MAX_EXPRESSIONS = 300
MAX_EXPRESSION = 1_000
"""Characters between one pair of braces."""
_OPENING, _CLOSING = re.compile(r"\{[{%]"), re.compile(r"[%}]\}")


@dataclass(frozen=True, slots=True)
class Need:
    """A name that a template writes whatever else is true, and the first line that does."""

    name: str
    line: int


@dataclass(frozen=True, slots=True)
class Template:
    """A template that passed: ready to be filled, with every name it speaks of."""

    names: frozenset[str]
    """Dotted names that it mentions, wherever: `person.why`, `today`."""
    needs: tuple[Need, ...]
    """Those that must have a value for anything to be written at all, in the order of their lines."""
    body: tuple[n.Node, ...]
    """Its syntax tree; nothing in it is executed, `render` goes over it."""

    @property
    def roots(self) -> frozenset[str]:
        """The first part of each name."""
        return frozenset(name.partition(".")[0] for name in self.names)

    def render(self, values: Mapping[str, Any], fallbacks: Mapping[str, Any], language: str = "") -> str:
        """The text, filled.

        Args:
            values: name → text, day, tuple of texts, or a mapping of those; what `playbook.views.scope` describes.
            fallbacks: dotted name → what to write where it has no value.
            language: how days and lists read; English where it is empty or unknown.

        Raises:
            MissingValue: where a name without a value would be written, with the line.
            Refused: where the text would be too long, or the work too much.
        """
        return Writer(values, fallbacks, language).write(self.body)


def parse(source: str, shapes: Shape) -> Template:
    """The template in `source`, where only the names in `shapes` exist.

    Raises:
        Refused: with the line, for anything that is not on the list.
    """
    _refuse_bulk(source)
    try:
        tree = _environment().parse(source)
    except jinja2.TemplateSyntaxError as error:
        raise Refused(error.lineno, shorten(error.message or "not a template", 120)) from None
    except ValueError:  # Python refuses to read a number of thousands of digits
        raise Refused(_first_line(source), "a number this large is not for messages") from None
    except RecursionError:
        raise Refused(_first_line(source), "nested too deeply") from None
    kinds = Kinds(shapes)
    kinds.check(tree.body)
    needs = tuple(Need(name, line) for name, line in kinds.needed.items())
    return Template(frozenset(kinds.names), needs, tuple(tree.body))


@cache
def _environment() -> jinja2.Environment:
    # Nothing is loaded, compiled or rendered with it.
    return jinja2.Environment(trim_blocks=True, lstrip_blocks=True, autoescape=False)  # noqa: S701  (a message is text)


def _refuse_bulk(source: str) -> None:
    """Refuses what would keep the parser itself busy."""
    if len(source) > MAX_SOURCE:
        raise Refused(_line_at(source, MAX_SOURCE), f"the template is longer than {MAX_SOURCE:,} characters")
    for mark in ("{{", "{%", "{#", "("):
        if source.count(mark) > MAX_EXPRESSIONS:
            at = _nth(source, mark, MAX_EXPRESSIONS + 1)
            raise Refused(_line_at(source, at), f"more than {MAX_EXPRESSIONS} times '{mark}'")
    for opening in _OPENING.finditer(source):
        rest = source[opening.end() : opening.end() + MAX_EXPRESSION]
        if len(rest) == MAX_EXPRESSION and not _CLOSING.search(rest):
            line = _line_at(source, opening.start())
            raise Refused(line, f"more than {MAX_EXPRESSION:,} characters between braces")
    depth = 0
    for line, text in enumerate(source.split("\n"), 1):
        for character in text:
            depth += character in "([{"
            depth -= character in ")]}"
            if depth > MAX_DEPTH:
                raise Refused(line, "brackets are nested too deeply")
        depth = max(depth, 0)


def _nth(source: str, mark: str, number: int) -> int:
    at = -len(mark)
    for _ in range(number):
        at = source.index(mark, at + len(mark))
    return at


def _line_at(source: str, position: int) -> int:
    return source.count("\n", 0, position) + 1


def _first_line(source: str) -> int:
    """The line of the first expression: where the parser itself gives up, it does not say how far it came."""
    found: Iterable[int] = (at for at in (source.find("{{"), source.find("{%")) if at >= 0)
    return _line_at(source, min(found, default=0))
