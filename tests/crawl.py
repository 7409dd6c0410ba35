"""Reads pages of a built `Site` as a browser does, and finds what leads nowhere or stands twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import html5lib

from playbook.site import Site

Element = Any  # html5lib's trees are of the standard library's etree, which has no types for what it parses
_SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = frozenset((
    "a", "article", "blockquote", "br", "button", "code", "dd", "del", "details", "div", "dl", "dt", "em", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "input", "label", "li", "ol", "option", "output", "p", "pre",
    "progress", "s", "section", "select", "span", "strong", "summary", "table", "tbody", "td", "th", "thead",
    "time", "tr", "ul",
))  # fmt: skip
"""Everything that a page is made of; none of it asks another host for anything."""
DRAWN = frozenset((
    "svg", "a", "circle", "clipPath", "defs", "desc", "g", "line", "path", "pattern", "polygon", "polyline", "rect",
    "text", "title", "tspan",
))  # fmt: skip
"""Everything that a chart is made of."""


def parsed(html: str) -> Element:
    """A page's HTML as the tree that a browser makes of it."""
    return html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)


def name_of(element: Element) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def words(element: Element) -> str:
    """Everything that an element says."""
    return "".join(element.itertext())


def strangers(tree: Element) -> set[str]:
    """Elements and attributes that no template of ours and no note may write."""
    found = set()
    for element in list(tree.iter())[1:]:
        if not isinstance(element.tag, str):
            found.add("a comment")
            continue
        is_drawn = element.tag.startswith(_SVG)
        if name_of(element) not in (DRAWN if is_drawn else ELEMENTS):
            found.add(element.tag)
        found |= {f"{name}=" for name in element.attrib if name.startswith("on") or name in ("src", "srcset", "style")}
        if name_of(element) == "a" and not element.get("href", "").startswith(
            ("page:", "https://", "http://", "mailto:", "tel:", "#")
        ):
            found.add(f"href={element.get('href')}")
    return found


def wrong_with(site: Site) -> Iterator[str]:
    """What is wrong with how a site hangs together: links and fragments that lead nowhere, ids that stand twice."""
    trees = {page.uri: parsed(page.html) for page in site.pages}
    assets = {asset.uri for asset in site.assets}
    if len(trees) < len(site.pages):
        yield "two pages have one address"
    ids = {uri: Counter(e.get("id") for e in tree.iter() if e.get("id") is not None) for uri, tree in trees.items()}
    for page in site.pages:
        uri, tree = page.uri, trees[page.uri]
        yield from (f"{uri}: the id '{name}' stands {number} times" for name, number in ids[uri].items() if number > 1)
        yield from (f"{uri}: {found} is strange" for found in strangers(tree))
        for element in tree.iter():
            to, _, fragment = element.get("href", "").partition("#")
            target = to.removeprefix("page:") if to.startswith("page:") else uri if to == "" else None
            if target is not None and element.get("href") is not None:
                if target not in trees and target not in assets:
                    yield f"{uri}: '{to}' leads nowhere"
                elif fragment and fragment not in ids[target]:
                    yield f"{uri}: '{to}#{fragment}' leads to no place in that page"
            for attribute in ("aria-labelledby", "aria-describedby", "for", "aria-controls"):
                for name in element.get(attribute, "").split():
                    if name not in ids[uri]:
                        yield f"{uri}: {attribute}='{name}' names nothing"
        if sum(name_of(e) == "h1" for e in tree.iter()) != 1:
            yield f"{uri}: not one h1"
        for element in tree.iter():
            is_heading = name_of(element) in ("h1", "h2", "h3")
            # The titles of cards are links to pages of their own; in the contents they would only be noise.
            if is_heading and not element.get("id") and "pb-card__title" not in element.get("class", ""):
                yield f"{uri}: the heading '{words(element)}' has no id"
        named = [heading.anchor for heading in page.headings]
        if [name for name in named if ids[uri][name] != 1]:
            yield f"{uri}: the contents name places that are not there"
