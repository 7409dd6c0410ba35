"""Explains a text that libyaml could not parse, in words about the text and not about tokens.

Most of it is prose that YAML reads otherwise than its author; where the line can be quoted, the quoted line is shown.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from yaml.error import MarkedYAMLError

from playbook.problems import Place, Problem, shorten
from playbook.source.sentences import quote, quote_value, split_head

_MISSING_SPACE = re.compile(r"\s*(?:- +)*([a-z_]+):[^\s/]")
_KEY = re.compile(r"\s*(?:- +)*[\"']?[\w -]+[\"']?:(?:\s|\Z)")
_ENTRY_WITH_HASH = re.compile(r"[\[{,]\s*([^\[\]{},\"']*\s#[^\[\]{},]*)")
# `key: [[a]] and more`: brackets that close before the text does.
_TEXT_BEHIND_BRACKETS = re.compile(r"\[.*\]\s*[^\s#,\]]")

_WORDS = (
    ("cannot start any token", "text cannot begin with this character here"),
    ("found undefined tag handle", "text cannot begin with '!' here"),
    ("expected alphabetic or numeric character", "text cannot begin with '*' or '&' here"),
    ("did not find expected comment or line break", "text cannot begin with '|' or '>' here"),
    ("block sequence entries are not allowed", "text cannot begin with '- ' here, nor a list on the line of its key"),
    ("mapping keys are not allowed", "text cannot begin with '? ' here"),
    ("did not find expected directive name", "text cannot begin with '%' here"),
    ("found unknown directive name", "text cannot begin with '%' here"),
    ("expected ',' or ']'", "a '[' is opened; text behind its ']' or a missing ',' breaks it"),
    ("expected ',' or '}'", "a '{' is opened; text behind its '}' or a missing ',' breaks it"),
)
"""What libyaml (and PyYAML's own parser) says of text that can be quoted where it stands → what we say."""

_OTHER_WORDS = (
    ("found unexpected end of stream", "a quote or a bracket is opened here and never closed"),
    ("found unexpected document indicator", "a quote or a bracket is opened but not closed before '---'"),
    ("could not find expected ':'", "text goes on too far to the left, or a key has no ':' behind it"),
    ("did not find expected key", "the indentation or a quote is off here; a key was expected"),
    ("did not find expected '-' indicator", "a list entry was expected; the indentation is off"),
    ("found unknown escape character", "'\\' means something inside double quotes; use single quotes"),
    ("did not find expected <document start>", "text stands before the first key"),
)


class _Scene(NamedTuple):
    """Where libyaml gave up, and where it began what it could not finish."""

    path: str
    lines: list[str]
    line: int
    column: int
    begun: Any

    def place(self, line: int, column: int) -> Place:
        return Place(self.path, line + 1, column + 1)


def explain_syntax(path: str, text: str, error: MarkedYAMLError) -> Problem:
    """The problem for what libyaml could not parse."""
    mark: Any = error.problem_mark or error.context_mark
    message = str(error.problem or error)
    lines = _LINE_END.split(text)
    line, column = (mark.line, mark.column) if mark is not None else (0, 0)
    scene = _Scene(path, lines, min(line, len(lines) - 1), column, error.context_mark or mark)
    here = scene.place(scene.line, column)
    if "\t" in lines[scene.line][: column + 1] and "cannot start any token" in message:
        return Problem(here, "yaml-tab", "a tab; YAML is indented with spaces", "Replace the tab with two spaces.")
    for explain in (_missing_space, _goes_on_after_hash, _hash_in_brackets, _second_colon, _quotes, _brackets):
        problem = explain(scene, message)
        if problem is not None:
            return problem
    for pattern, words in _WORDS:
        if pattern in message:
            at, value_column, quoted = _quotable(scene, "flow" in str(error.context or ""))
            place = scene.place(at, value_column) if quoted else here
            return Problem(place, "yaml-syntax", words, f"If it is text, quote it: {quoted}" if quoted else "")
    for pattern, words in _OTHER_WORDS:
        if pattern in message:
            # A key without its ':' is noticed where the next one begins.
            at_key = "':'" in pattern and scene.begun is not None
            return Problem(
                scene.place(scene.begun.line, scene.begun.column) if at_key else here,
                "yaml-syntax",
                words,
            )
    return Problem(here, "yaml-syntax", f"not YAML: {shorten(message, 100)}")


_LINE_END = re.compile(r"\r\n|\r|\n")


def _missing_space(scene: _Scene, message: str) -> Problem | None:
    """`title:T`: one long word to YAML, which it notices on a later line."""
    if "mapping values" not in message and "could not find expected ':'" not in message:
        return None
    for line in (scene.line - 1, scene.line):
        found = _MISSING_SPACE.match(scene.lines[line]) if line >= 0 else None
        if found:
            return Problem(
                scene.place(line, found.end() - 1),
                "yaml-syntax",
                f"a space is missing behind '{found[1]}:'",
                f"Write: {shorten(scene.lines[line][: found.end() - 1].strip(), 60)} "
                f"{shorten(scene.lines[line][found.end() - 1 :], 100)}",
            )
    return None


def _goes_on_after_hash(scene: _Scene, message: str) -> Problem | None:
    """Text over several lines with a ` #` in it: the comment ends the text, and its next line is too much."""
    if "did not find expected key" not in message and "could not find expected ':'" not in message:
        return None
    above = next((n for n in range(scene.line - 1, -1, -1) if scene.lines[n].strip()), -1)
    at = scene.lines[above].find("#") if above >= 0 else -1
    if at < 0 or (at > 0 and not scene.lines[above][at - 1].isspace()) or _KEY.match(scene.lines[scene.line]):
        return None
    return Problem(
        scene.place(above, at),
        "lost-text",
        f"'{shorten(scene.lines[above][at:], 40)}' is a comment to YAML, and the text cannot go on behind it",
        "Quote the whole text, or begin it with '|' on the line of its key.",
    )


def _hash_in_brackets(scene: _Scene, message: str) -> Problem | None:
    """`[Ask about #5, two]`: the comment swallows the bracket that would close the list."""
    if "expected ',' or" not in message or scene.begun is None:
        return None
    line = scene.lines[min(scene.begun.line, len(scene.lines) - 1)]
    found = _ENTRY_WITH_HASH.search(line, scene.begun.column)
    if found is None:
        return None
    at = line.index("#", found.start(1))
    return Problem(
        scene.place(scene.begun.line, at),
        "lost-text",
        f"'{shorten(line[at:], 40)}' would be lost: YAML takes ' #' for a comment",
        f"Quote the entry: {quote(found[1].strip())}",
    )


def _second_colon(scene: _Scene, message: str) -> Problem | None:
    """`why: She said: yes`; or a key that stands deeper than its neighbours, and so goes on with the text above it."""
    if "mapping values are not allowed" not in message:
        return None
    line = scene.lines[scene.line]
    head, value = split_head(line)
    if len(head.rstrip()) > scene.column:  # the ':' that YAML stumbled over is the line's first
        return Problem(
            scene.place(scene.line, len(line) - len(line.lstrip())),
            "yaml-syntax",
            "this line stands deeper than the one above, so YAML reads it as more of that one's text",
            "Begin it in the column of its neighbours; or quote the text if it is one.",
        )
    dashes = re.match(r"\s*(?:- +)+", head)
    if (
        dashes is not None
        and head.rstrip().endswith(":")
        and not re.match(r"(?:[a-z_]+|\d{4}-\d\d-\d\d):", head[dashes.end() :])
    ):
        head, value = dashes[0], line[dashes.end() :]
    quoted = quote_value(head, value)
    return Problem(
        scene.place(scene.line, scene.column),
        "yaml-syntax",
        "': ' stands twice on this line",
        f"If it is text, quote it: {quoted}" if quoted else "",
    )


def _quotes(scene: _Scene, message: str) -> Problem | None:
    """`'tis the season`, `"Hello" she said`: text that begins with a quotation mark of its own."""
    begun = scene.begun
    if "unexpected end of stream" in message and begun is not None and begun.line < len(scene.lines):
        line, column = begun.line, begun.column
        message = "a quote is opened here and never closed"
    elif "did not find expected key" in message or "did not find expected <document start>" in message:
        line = scene.line
        column = len(split_head(scene.lines[line])[0])
        message = "text goes on behind its closing quote"
    else:
        return None
    if scene.lines[line][column : column + 1] not in ("'", '"') or not scene.lines[line][:column].strip():
        return None
    quoted = quote_value(scene.lines[line][:column], scene.lines[line][column:])
    return Problem(scene.place(line, column), "yaml-syntax", message, f"If it is text, quote it: {quoted}")


def _brackets(scene: _Scene, message: str) -> Problem | None:  # noqa: ARG001
    """`- [[people/ada]] is kind`: it closes its brackets and goes on; libyaml complains about whatever comes next."""
    head, value = split_head(scene.lines[scene.line])
    if not _TEXT_BEHIND_BRACKETS.match(value):
        return None
    return Problem(
        scene.place(scene.line, len(head)),
        "yaml-syntax",
        "text cannot begin with '[' here",
        f"If it is text, quote it: {quote_value(head, value)}",
    )


def _quotable(scene: _Scene, in_brackets: bool) -> tuple[int, int, str]:  # noqa: FBT001
    """The line to quote, the column of its value, and the line quoted (nothing, where it cannot be)."""
    # libyaml notices `[[x]] and more` one line late; the bracket was opened where it began.
    at = min(scene.begun.line, len(scene.lines) - 1) if in_brackets and scene.begun is not None else scene.line
    head, value = split_head(scene.lines[at])
    if not value or (value[0] in "\"'" and not in_brackets) or (value[0] == "{" and in_brackets):
        return at, 0, ""
    return at, len(head), quote_value(head, value)
