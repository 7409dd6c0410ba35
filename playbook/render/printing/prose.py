"""Reads what authors wrote in Markdown into plain nodes that Typst, HTML and Markdown printouts are laid out from.

A node is data, never markup: whatever a note holds, it can only become words on paper.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from markdown_it.token import Token

from playbook.render.markdown import FindLink, parse_markdown

Run = dict[str, Any]
"""A piece of a line: `{"t": text}`, with `b` (strong), `i` (emphasis), `c` (code) or `s` (struck out) set to true; or
a line break, `{"br": True}`."""
Node = dict[str, Any]
"""A paragraph `{"p": runs}`, a heading `{"h": runs}`, code `{"pre": text}`, a rule `{"hr": True}`, a quotation
`{"q": nodes}`; a list, `{"ul": items}` or `{"ol": items, "from": 1}`, whose items are lists of nodes; or a table,
`{"table": rows}`, whose rows are lists of runs."""


def to_nodes(text: str, find_link: FindLink) -> list[Node]:
    """The nodes of a Markdown text; a link to the web is followed by its address, because paper cannot be clicked."""
    tokens = parse_markdown(text, find_link)
    if tokens is None:
        return [{"p": [{"t": line}]} for line in text.split("\n") if line.strip()]
    nodes, _ = _nodes(tokens, 0)
    return nodes


def to_runs(text: str, find_link: FindLink) -> list[Run]:
    """The runs of a text of one paragraph; several are joined by line breaks."""
    runs: list[Run] = []
    for node in to_nodes(text, find_link):
        own = _runs_within(node)
        if own and runs:
            runs.append({"br": True})
        runs += own
    return runs


def _runs_within(node: Node) -> list[Run]:
    for key in ("p", "h"):
        if key in node:
            return list(node[key])
    if "pre" in node:
        return [{"t": node["pre"], "c": True}]
    runs: list[Run] = []
    inner = node.get("q") or [part for item in node.get("ul") or node.get("ol") or [] for part in item]
    for part in inner:
        runs += [*([{"br": True}] if runs else []), *_runs_within(part)]
    for line in node.get("table") or []:
        for cell in line:
            runs += [*([{"t": "  "}] if runs else []), *cell]
    return runs


def _nodes(tokens: Sequence[Token], start: int) -> tuple[list[Node], int]:
    """The nodes from `start` to the token that closes what holds them, and the index behind it."""
    nodes: list[Node] = []
    index = start
    while index < len(tokens):
        token = tokens[index]
        if token.nesting < 0:
            return nodes, index + 1
        reader = _READERS.get(token.type)
        if reader is not None:
            node, index = reader(tokens, index)
            nodes.append(node)
        elif token.type == "inline":
            nodes.append({"p": _runs(token.children or [])})
            index += 1
        else:
            index += 1
    return nodes, index


def _block(key: str) -> Callable[[Sequence[Token], int], tuple[Node, int]]:
    def read(tokens: Sequence[Token], index: int) -> tuple[Node, int]:
        inner, after = _nodes(tokens, index + 1)
        return {key: [run for node in inner for run in node.get("p", [])]}, after

    return read


def _list(key: str) -> Callable[[Sequence[Token], int], tuple[Node, int]]:
    def read(tokens: Sequence[Token], index: int) -> tuple[Node, int]:
        start = int(tokens[index].attrs.get("start", 1))
        items: list[list[Node]] = []
        index += 1
        while index < len(tokens) and tokens[index].nesting > 0:
            inner, index = _nodes(tokens, index + 1)
            items.append(inner)
        return ({key: items, "from": start} if key == "ol" else {key: items}), index + 1

    return read


def _quote(tokens: Sequence[Token], index: int) -> tuple[Node, int]:
    inner, after = _nodes(tokens, index + 1)
    return {"q": inner}, after


def _table(tokens: Sequence[Token], index: int) -> tuple[Node, int]:
    rows: list[list[list[Run]]] = []
    depth = 0
    while True:
        token = tokens[index]
        depth += token.nesting
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(_runs(token.children or []))
        index += 1
        if depth == 0:
            return {"table": rows}, index


def _text(tokens: Sequence[Token], index: int) -> tuple[Node, int]:
    return {"pre": tokens[index].content.rstrip("\n")}, index + 1


def _rule(_tokens: Sequence[Token], index: int) -> tuple[Node, int]:
    return {"hr": True}, index + 1


_READERS: dict[str, Callable[[Sequence[Token], int], tuple[Node, int]]] = {
    "paragraph_open": _block("p"),
    "heading_open": _block("h"),
    "bullet_list_open": _list("ul"),
    "ordered_list_open": _list("ol"),
    "blockquote_open": _quote,
    "table_open": _table,
    "fence": _text,
    "code_block": _text,
    "hr": _rule,
}
_MARKS = {"strong_open": "b", "em_open": "i", "s_open": "s"}


def _runs(children: Sequence[Token]) -> list[Run]:
    runs: list[Run] = []
    marks: dict[str, int] = {}
    links: list[tuple[str, int]] = []
    for token in children:
        if token.type in _MARKS:
            marks[_MARKS[token.type]] = marks.get(_MARKS[token.type], 0) + 1
        elif token.nesting < 0 and token.type.replace("close", "open") in _MARKS:
            marks[_MARKS[token.type.replace("close", "open")]] -= 1
        elif token.type == "link_open":
            links.append((str(token.attrs.get("href", "")), len(runs)))
        elif token.type == "link_close":
            address, since = links.pop()
            said = "".join(run.get("t", "") for run in runs[since:])
            if address.startswith(("http:", "https:")) and address.rstrip("/") != said.rstrip("/"):
                runs.append({"t": f" ({address})"})
        elif token.type in ("softbreak", "hardbreak"):
            runs.append({"t": " "} if token.type == "softbreak" else {"br": True})
        elif token.content:
            own: Run = {"t": token.content, **{mark: True for mark, depth in marks.items() if depth}}
            runs.append({**own, "c": True} if token.type == "code_inline" else own)
    return runs
