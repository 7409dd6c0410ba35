"""Makes safe HTML of the Markdown in notes; refuses raw HTML, pictures, scripts and every scheme but a few.

Two walls: markdown-it parses with raw HTML off, and nh3 lets through nothing but a short list of elements. What people
paste into notes is other people's text as often as their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from playbook.source.wiki_links import WIKI_LINK

FindLink = Callable[[str, str], tuple[str, str] | None]
"""(kind or '', id) → (href, label) of a record's page, or None; an empty href gives the label alone."""

HEADINGS_FROM = 4
"""A note's own headings begin here, so that they never outrank the page's."""

_TAGS = {
    "p", "br", "strong", "em", "del", "s", "code", "pre", "ul", "ol", "li", "blockquote", "a", "h4", "h5", "h6", "hr",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto", "tel", "page"}
# markdown-it's own list forbids javascript:, but not every scheme that a browser may know.
# What stands before an @ looks like the host, and is not: https://bank.example@elsewhere.example.
_ALLOWED_LINK = re.compile(r"(?:https?://(?![^/?#\\]*@)|mailto:|tel:|#)", re.IGNORECASE)
_MAX_NESTING = 20
_WORDY = {"text", "code_inline", "image"}
_GAPS = {"softbreak": " ", "hardbreak": " "}


def to_html(text: str, find_link: FindLink) -> str:
    """Safe HTML of a Markdown text, `[[links]]` leading to their pages (`page:people/ada.md`)."""
    parser, env = _parser(), {"find_link": find_link}
    tokens = parser.parse(text, env)
    return sanitise(_as_typed(text) if _is_cut(tokens) else parser.renderer.render(tokens, parser.options, env))


def sanitise(html: str) -> str:
    """The HTML with nothing in it but what a note may hold; doing it again changes nothing."""
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        attribute_filter=_with_an_aim,
        link_rel="noopener noreferrer nofollow",
    )


def inline_html(text: str, find_link: FindLink) -> str:
    """As `to_html`, without the paragraph around a text of one paragraph."""
    html = to_html(text, find_link).strip()
    if html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1:
        return html[3:-4]
    return html


def parse_markdown(text: str, find_link: FindLink) -> Sequence[Token] | None:
    """What the parser reads in a text; None where it is nested so deeply that words would be lost."""
    tokens = _parser().parse(text, {"find_link": find_link})
    return None if _is_cut(tokens) else tokens


def plain(text: str, find_link: FindLink, width: int = 160) -> str:
    """The words of a Markdown text on one line, at most `width` characters, without its marks; of a link its label."""
    text = text[: width * 20]
    tokens = _parser().parse(text, {"find_link": find_link})
    words: list[str] = [text] if _is_cut(tokens) else []
    for token in () if words else tokens:
        words += [
            child.content if child.type in _WORDY else _GAPS.get(child.type, "") for child in token.children or ()
        ]
        words += [token.content if token.type in {"fence", "code_block"} else "", " "]
    line = " ".join("".join(words).split())
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"


def _with_an_aim(_tag: str, attribute: str, value: str) -> str | None:
    """The value of an attribute; a link to nowhere (`[word]()`) is no link."""
    return None if attribute == "href" and not value else value


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": _MAX_NESTING}).enable(["table", "strikethrough"])
    parser.disable(["html_block", "html_inline"])
    parser.inline.ruler.before("link", "wiki_link", _wiki_link)
    parser.validateLink = lambda url: bool(_ALLOWED_LINK.match(url))  # type: ignore[method-assign]
    parser.add_render_rule("image", _picture)
    parser.add_render_rule("heading_open", _heading)
    parser.add_render_rule("heading_close", _heading)
    return parser


def _wiki_link(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  (markdown-it's signature)
    found = WIKI_LINK.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        target = state.env["find_link"](found[1] or "", found[2])
        label = found[3] or (target[1] if target else found[2])
        if target and target[0]:
            state.push("link_open", "a", 1).attrSet("href", target[0])
        state.push("text", "", 0).content = label
        if target and target[0]:
            state.push("link_close", "a", -1)
    state.pos = found.end()
    return True


def _is_cut(tokens: Sequence[Token]) -> bool:
    """Whether the parser left words out because they are nested too deeply."""
    return any(token.level >= _MAX_NESTING - 1 for token in tokens)


def _as_typed(text: str) -> str:
    return "<p>" + escapeHtml(text.strip()).replace("\n", "<br>\n") + "</p>\n"


def _picture(_self: Any, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
    """A link to the picture: one from another host would tell it who reads, and when."""
    token = tokens[index]
    address = escapeHtml(str(token.attrs.get("src", "")))
    return f'<a href="{address}">{escapeHtml(token.content) or address}</a>'


def _heading(_self: Any, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
    level = min(6, int(tokens[index].tag[1:]) + HEADINGS_FROM - 1)
    return f"<{'/' if tokens[index].nesting < 0 else ''}h{level}>"
