"""Tells a writer which ordinary sentence YAML did not take as text, and shows the line correctly quoted.

An author writes prose; `#412`, `: `, `@`, `*`, `[[` and `%` mean something else to YAML. Each function here recognises
one such accident; none of them changes a text.
"""

from __future__ import annotations

import re
from typing import Any

from playbook.problems import Place, Problem, shorten
from playbook.source.document import place_in

# Values that are no sentence: a date, a time, a number, an id, `T-30`, a link. A comment behind one loses nothing.
_TOKEN = re.compile(
    r"(?:[a-z0-9]+(?:-[a-z0-9]+)*|T[-+]\d+|\d{4}-\d\d-\d\d(?: \d\d:\d\d)?|--\d\d-\d\d|[A-Za-z_]+/[A-Za-z_/]+"
    r"|https?://\S+|[^\s@]+@[^\s@]+)\Z"
)
_HEAD = re.compile(r"\s*(?:- +)*(?:(?:[A-Za-z_][\w -]*?|\d{4}-\d\d-\d\d):\s+)?")
_TO_LINE_END = re.compile(r"[^\r\n]*")


def find_lost_end(path: str, text: str, event: Any) -> Problem | None:
    """The problem if the plain scalar `event` is followed by ` #` and words, which YAML drops as a comment."""
    end = event.end_mark.index
    rest = _TO_LINE_END.match(text, end)[0]  # type: ignore[index]
    comment = rest.strip()
    if not comment.startswith("#") or not rest[:1].isspace() or not comment.lstrip("#").strip():
        return None
    is_nothing = event.start_mark.index == end
    # `due: # later` is a comment; `why: #hashtag` was meant.
    if comment[1:2].isspace() and (is_nothing or _TOKEN.match(event.value)):
        return None
    mark = event.start_mark
    whole = comment if is_nothing else f"{event.value}{rest.rstrip()}"
    return Problem(
        Place(path, event.end_mark.line + 1, event.end_mark.column + 1 + len(rest) - len(rest.lstrip())),
        "lost-text",
        f"'{shorten(comment, 40)}' would be lost: YAML takes ' #' for a comment",
        f"Quote the value: {quote_value(_before(text, mark), whole)}; or put the comment on a line of its own.",
    )


def find_joined_list(path: str, text: str, event: Any) -> Problem | None:
    """The problem if the plain scalar `event` goes on over a line that begins with `- ` and swallows a list entry."""
    written = text[event.start_mark.index : event.end_mark.index]
    found = _ENTRY_INSIDE.search(written)
    if found is None:
        return None
    place = place_in(path, text, event.start_mark.index + found.start(1))
    return Problem(
        place,
        "joined-lines",
        "YAML reads this line as more of the text above, and not as a list entry",
        "Begin it in the column of its neighbours; text over several lines goes below '|'.",
    )


_ENTRY_INSIDE = re.compile(r"[\r\n][ \t]*(- )")


def quoted_line(text: str, mark: Any) -> str:
    """The line at `mark` with everything from the mark on in quotes, or nothing where nothing stands there."""
    before = _before(text, mark)
    return quote_value(before, _TO_LINE_END.match(text, mark.index)[0])  # type: ignore[index]


def quote_value(head: str, value: str) -> str:
    """A line that begins with `head` (`- `, `why: `) and has `value` in quotes; nothing where there is no value."""
    return f"{head.strip()} {quote(value)}".strip() if value.strip() else ""


def split_head(line: str) -> tuple[str, str]:
    """What stands before the value on a line (indentation, dashes, a key), and the value."""
    line = line[:400].rstrip()
    end = _HEAD.match(line).end()  # type: ignore[union-attr]
    return line[:end], line[end:]


def quote(value: str) -> str:
    """`value` as a quoted YAML scalar on one line."""
    value = shorten(value, 200)
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    return "'" + value.replace("'", "''") + "'"


def _before(text: str, mark: Any) -> str:
    start = max(text.rfind("\n", 0, mark.index), text.rfind("\r", 0, mark.index)) + 1
    return text[start : mark.index]
