"""Tells a writer which ordinary sentence YAML did not take as text, and shows the line correctly quoted.

An author writes prose; `#412`, `: `, `@`, `*`, `[[` and `%` mean something else to YAML. Each function here recognises
one such accident; none of them changes a text.
"""

from __future__ import annotations

import re
from typing import Any

from yaml.error import MarkedYAMLError

from playbook.problems import Place, Problem, shorten

# Values that are no sentence: a date, a time, a number, an id, `T-30`. A comment behind one of these loses nothing.
_TOKEN = re.compile(
    r"(?:[a-z0-9]+(?:-[a-z0-9]+)*|T[-+]\d+|\d{4}-\d\d-\d\d(?: \d\d:\d\d)?|--\d\d-\d\d|[A-Za-z_]+/[A-Za-z_/]+)\Z"
)
_LINE = re.compile(r"(?P<head>\s*(?:- +)*(?:[A-Za-z_][\w -]*?:\s+)?)(?P<value>.*?)\s*\Z")
_BRACKETS = re.compile(r"(?P<head>\s*(?:- +)*(?:[A-Za-z_][\w -]*?:\s+)?)(?P<value>\[.*\]\s*[^\s#,\]].*?)\s*\Z")

_SYNTAX = (
    ("mapping values are not allowed", "': ' stands twice on this line", True),
    ("cannot start any token", "text cannot begin with this character here", True),
    ("found undefined tag handle", "text cannot begin with '!' here", True),
    ("did not find expected alphabetic or numeric character", "text cannot begin with '*' or '&' here", True),
    (
        "found unexpected end of stream",
        "a quote or a bracket is opened but not closed before the file ends",
        False,
    ),
    (
        "found unexpected document indicator",
        "a quote or a bracket is opened but not closed before '---'",
        False,
    ),
    (
        "did not find expected ',' or ']'",
        "a '[' is opened; text behind its ']' or a missing ',' breaks it",
        True,
    ),
    (
        "did not find expected ',' or '}'",
        "a '{' is opened; text behind its '}' or a missing ',' breaks it",
        True,
    ),
    ("could not find expected ':'", "a key has no ':' behind it, or text goes on at the left margin", False),
    ("did not find expected key", "the indentation or a quote is off here; a key was expected", False),
    ("did not find expected '-' indicator", "a list entry was expected; the indentation is off", False),
    (
        "block sequence entries are not allowed",
        "a list cannot begin here; begin it on a line of its own",
        False,
    ),
    ("found unknown escape character", "'\\' means something inside double quotes; use single quotes", False),
    ("did not find expected <document start>", "text stands before the first key", False),
    ("did not find expected directive name", "text cannot begin with '%' here", True),
    ("found unknown directive name", "text cannot begin with '%' here", True),
)


def explain_syntax(path: str, text: str, error: MarkedYAMLError) -> Problem:
    """The problem for what libyaml could not parse, in words about the text and not about tokens."""
    mark: Any = error.problem_mark or error.context_mark
    context: Any = error.context_mark or mark
    message = str(error.problem or error)
    line, column = (mark.line, mark.column) if mark is not None else (0, 0)
    lines = text.splitlines() or [""]
    line = min(line, len(lines) - 1)
    place = Place(path, line + 1, column + 1)
    if "\t" in lines[line][: column + 1] and "cannot start any token" in message:
        return Problem(place, "yaml-tab", "a tab; YAML is indented with spaces", "Replace the tab with two spaces.")
    # `- [[people/ada]] is kind` closes its brackets and goes on; libyaml then complains about whatever comes next.
    opened = _BRACKETS.match(lines[line])
    if opened:
        return Problem(
            Place(path, line + 1, opened.end("head") + 1),
            "yaml-syntax",
            "text cannot begin with '[' here",
            f"If it is text, quote it: {opened['head'].strip()} {quote(opened['value'])}",
        )
    for pattern, words, quotable in _SYNTAX:
        if pattern in message:
            # libyaml notices `[[x]] and more` one line late; the bracket was opened where the context says.
            at = context.line if quotable and "flow" in str(error.context or "") else line
            quoted = _quote_line(lines[min(at, len(lines) - 1)]) if quotable else ""
            if quoted and at != line:
                place = Place(path, at + 1, context.column + 1)
            return Problem(place, "yaml-syntax", words, f"If it is text, quote it: {quoted}" if quoted else "")
    return Problem(place, "yaml-syntax", f"not YAML: {shorten(message, 100)}")


def find_lost_end(path: str, text: str, event: Any) -> Problem | None:
    """The problem if the plain scalar `event` is followed by ` #` and words, which YAML drops as a comment."""
    end = event.end_mark.index
    if event.start_mark.index == end:
        return None
    stop = text.find("\n", end)
    rest = text[end : stop if stop >= 0 else len(text)]
    comment = rest.strip()
    if not comment.startswith("#") or not rest[:1].isspace() or not comment.lstrip("#").strip():
        return None
    if comment[1:2].isspace() and _TOKEN.match(event.value):
        return None
    mark = event.start_mark
    whole = f"{event.value}{rest.rstrip()}"
    return Problem(
        Place(path, event.end_mark.line + 1, event.end_mark.column + 1 + len(rest) - len(rest.lstrip())),
        "lost-text",
        f"'{shorten(comment, 40)}' would be lost: YAML takes ' #' for a comment",
        f"Quote the value: {_head(text, mark)}{quote(whole)}; or put the comment on a line of its own.",
    )


def quoted_line(text: str, mark: Any) -> str:
    """The line at `mark` with everything from the mark on in quotes, or nothing where the line is not that simple."""
    lines = text.splitlines()
    if mark.line >= len(lines):
        return ""
    line = lines[mark.line]
    head, value = line[: mark.column], line[mark.column :].rstrip()
    return f"{head.strip()} {quote(value)}".strip() if value else ""


def quote(value: str) -> str:
    """`value` as a quoted YAML scalar on one line."""
    value = shorten(value, 200)
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    return "'" + value.replace("'", "''") + "'"


def _head(text: str, mark: Any) -> str:
    start = text.rfind("\n", 0, mark.index) + 1
    return text[start : mark.index].lstrip()


def _quote_line(line: str) -> str:
    found = _LINE.match(line[:400])
    if found is None or not found["value"] or found["value"][0] in "\"'|>{":
        return ""
    return f"{found['head'].strip()} {quote(found['value'])}".strip()
