"""Builds SVG elements whose text and attributes cannot break out, with numbers that always read the same.

Knows nothing of charts. The result is one line, so that no Markdown around it takes a part for its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import TypeAlias

from playbook.render.charts.lettering import plain

Attribute: TypeAlias = str | float | None

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class Element:
    """One SVG element; `str()` of it is markup. Its texts are plain text, escaped on the way out."""

    tag: str
    attributes: tuple[tuple[str, Attribute], ...]
    children: tuple[Element | str, ...]

    def __str__(self) -> str:
        parts: list[str] = []
        self._write(parts)
        return "".join(parts)

    def _write(self, parts: list[str]) -> None:
        parts.append(f"<{self.tag}")
        parts += [f' {name}="{_written(value)}"' for name, value in self.attributes if value is not None]
        if not self.children:
            parts.append("/>")
            return
        parts.append(">")
        for child in self.children:
            if isinstance(child, Element):
                child._write(parts)  # noqa: SLF001  (its own kind)
            else:
                parts.append(_escaped(child))
        parts.append(f"</{self.tag}>")


def el(tag: str, *children: Element | str | None, **attributes: Attribute) -> Element:
    """An element: `el("text", "Ada", x=1, class_="ch-name", aria_hidden="true")`.

    A trailing `_` of an attribute's name is dropped, other `_` become `-`. None among the children or values is left
    out.
    """
    named = tuple((name.rstrip("_").replace("_", "-"), value) for name, value in attributes.items())
    return Element(tag, named, tuple(child for child in children if child is not None))


def link(page: str, name: str, *children: Element | str | None) -> Element:
    """A link to a page of the site that announces itself as `name`; where there is no page, just its children."""
    if not page:
        return el("g", *children)
    return el("a", *children, href=f"page:{page}", aria_label=plain(name, _LONGEST_NAME))


def hint(text: str) -> Element:
    """What a pointer resting on the element brings up."""
    return el("title", plain(text, _LONGEST_NAME))


def path(*steps: str | float, class_: str) -> Element:
    """An outline from its letters and numbers: `path("M", 0, 0, "L", 10, 0, class_="ch-axis")`."""
    return el("path", d=_outline(steps), class_=class_)


def filled(pattern: str, *steps: str | float) -> Element:
    """The same outline filled with a pattern of the picture, by its id."""
    return el("path", d=_outline(steps), fill=f"url(#{pattern})")


def diamond(x: float, y: float, reach: float, class_: str) -> Element:
    """A square on its tip, `reach` from its middle to each corner."""
    steps = ("M", x, y - reach, "L", x + reach, y, "L", x, y + reach, "L", x - reach, y, "Z")
    return path(*steps, class_=class_)


def picture(
    kind: str,
    width: float,
    height: float,
    children: Iterable[Element],
    *,
    id: str,  # noqa: A002  (the word of the field)
    title: str,
    description: str,
    shown: float = 0,
    holds_links: bool = False,
    variant: str = "",
) -> str:
    """A whole chart as markup, with its name and its text alternative.

    Args:
        kind: ends up in the class `ch-chart--<kind>`.
        width: of the drawing, in user units.
        height: likewise.
        children: what is drawn.
        id: unique on the page; the ids inside begin with it.
        title: the chart's name.
        description: what the chart says, in sentences.
        shown: its width in CSS pixels where it does not follow its container.
        holds_links: an image swallows the links inside it for those who listen, so such a chart is a group.
        variant: a second class, `ch-chart--<variant>`.
    """
    classes = " ".join(["ch-chart", *(f"ch-chart--{name}" for name in (kind, variant) if name)])
    scale = shown / width if shown else 1
    root = el(
        "svg",
        el("title", plain(title, _LONGEST_NAME), id=f"{id}-title"),
        el("desc", plain(description, 4000), id=f"{id}-desc"),
        *children,
        xmlns="http://www.w3.org/2000/svg",
        id=id,
        class_=classes,
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=width * scale,
        height=height * scale,
        role="group" if holds_links else "img",
        aria_labelledby=f"{id}-title",
        aria_describedby=f"{id}-desc",
    )
    return str(root)


def number(value: float) -> str:
    """`value` with two decimals at most, no trailing zeros, no `-0`."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _outline(steps: Iterable[str | float]) -> str:
    return " ".join(step if isinstance(step, str) else number(step) for step in steps)


def _written(value: Attribute) -> str:
    return _escaped(value) if isinstance(value, str) else number(value or 0)


def _escaped(text: str) -> str:
    return escape(" ".join(_FORBIDDEN.sub("", text).splitlines()), quote=True)
