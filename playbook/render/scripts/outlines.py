"""What a template says for everybody: its own words, with a mark where a value goes.

Where a template has a choice, there are several outlines; what all of them do, every message does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jinja2 import nodes as n

from playbook.render.scripts.allow_list import Template
from playbook.render.scripts.asks import GAP
from playbook.render.scripts.flowing import flow

_CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_NOT_A_BREAK = re.compile(r"[^\n]")


@dataclass(frozen=True, slots=True)
class Outlines:
    """What a template says, whatever the values are."""

    if_all: str
    """Where every condition holds, and every list has one entry."""
    if_none: str
    """Where no condition holds, and every list that may be empty is."""
    parts: str
    """All that it could say, one choice after the other."""


def outlines_of(template: Template) -> Outlines:
    """What a template says, whatever the values are."""
    return Outlines(
        flow("".join(_taken(template.body, first=True))),
        flow("".join(_taken(template.body, first=False))),
        flow("".join(_all(template.body))),
    )


def mask_code(source: str) -> str:
    """A template's text with a mark for each character between braces: every line and column stays where it is."""
    return _CODE.sub(lambda code: _NOT_A_BREAK.sub(GAP, code[0]), source)


def _output(node: n.Output) -> Iterator[str]:
    for part in node.nodes:
        yield part.data if isinstance(part, n.TemplateData) else GAP


def _taken(body: Iterable[n.Node], *, first: bool) -> Iterator[str]:
    for node in body:
        if isinstance(node, n.Output):
            yield from _output(node)
        elif isinstance(node, n.If):
            yield from _taken(node.body if first else node.else_, first=first)
        elif isinstance(node, n.For):
            # A list without {% else %} has to hold something, or there is no message.
            yield from _taken(node.body if first or not node.else_ else node.else_, first=first)


def _all(body: Iterable[n.Node]) -> Iterator[str]:
    for node in body:
        if isinstance(node, n.Output):
            yield from _output(node)
        elif isinstance(node, n.If):
            for branch in (node.body, *(other.body for other in node.elif_), node.else_):
                yield from (*_all(branch), "\n\n")
        elif isinstance(node, n.For):
            yield from (*_all(node.body), "\n\n", *_all(node.else_))
