"""Properties of the reader: it never raises, it points inside the file, and it reads back whatever was written."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.records import KINDS
from playbook.records.reading import read_record
from playbook.source.document import Document
from playbook.source.reader import parse_document
from playbook.source.text import MAX_BYTES
from tests.effort import examples

FORBIDDEN = "\x7f\x85\ufeff\ufffe\uffff\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
plain_text = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters=FORBIDDEN))
words = st.sampled_from(
    ["why: ", "title: ", "- ", "  ", "\n", "\r\n", "#", " # ", ": ", "'", '"', "[", "]", "{", "}", ",", "&a ", "*a", "!t ", "|\n",
     "> ", "---\n", "%", "@", "? ", "\t", "checklist:\n", "task: ", "due: ", "T-3", "2027-01-01", "é", "😀", "\\", "<<: ", "~"]
)  # fmt: skip
yamlish = st.lists(words | st.text(max_size=5), max_size=40).map("".join)
keys = plain_text.filter(lambda key: len(key) < 60)
data = st.recursive(
    st.none() | plain_text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=25,
)
lines_end = st.sampled_from(["\n", "\r\n", "\r"])


def is_inside(document_text: str, line: int, column: int) -> bool:
    lines = re.split(r"\r\n|\r|\n", document_text)
    return 1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1


def read(content: bytes, kind: str) -> None:
    """Reads and validates; asserts that every problem points into the file."""
    document, problems = parse_document("x.yml", content)
    if document is not None:
        problems += read_record(document, KINDS[kind])[1]
    text = content[: MAX_BYTES + 1].decode("utf-8-sig", "replace")
    for problem in problems:
        assert problem.place.path == "x.yml"
        assert is_inside(text, problem.place.line, problem.place.column), problem
        assert len(str(problem).splitlines()) == 1
        assert "\n" not in problem.hint


@given(st.binary(max_size=300), st.sampled_from(sorted(KINDS)))
@settings(deadline=None)
def test_any_bytes_are_read_or_refused_inside_the_file(content, kind):
    read(content, kind)


@given(yamlish, st.sampled_from(sorted(KINDS)))
@settings(max_examples=examples(300), deadline=None)
def test_any_text_that_looks_like_yaml_is_read_or_refused_inside_the_file(text, kind):
    read(text.encode("utf-8", "replace"), kind)


def dumped(tree: Any, style: str | None, end: str, *, flow: bool | None, width: int) -> str:
    return yaml.safe_dump(
        tree,
        default_style=style,
        line_break=end,
        default_flow_style=flow,
        width=width,
        allow_unicode=True,
        sort_keys=False,
    )


@given(data, st.sampled_from(["'", '"']), lines_end, st.booleans(), st.sampled_from([20, 80, 10_000]))
@settings(max_examples=examples(200), deadline=None)
def test_whatever_is_written_quoted_is_read_back_as_the_same_text(tree, style, end, flow, width):
    # PyYAML writes a None as !!null when everything else is quoted; the empty text says the same to us.
    tree = without_none(tree)
    document, problems = parse_document("x.yml", dumped(tree, style, end, flow=flow, width=width).encode())
    assert problems == ()
    assert document is not None
    assert document.tree == tree
    assert points_home(document) == []


def without_none(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {key: without_none(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [without_none(value) for value in tree]
    return "" if tree is None else tree


def points_home(document: Document) -> list[tuple[object, ...]]:
    """Every path whose place or span does not stand at the text of its key and value."""
    wrong = []
    lines = re.split(r"\r\n|\r|\n", document.text)
    for path, value in walk(document.tree, ()):
        if path and isinstance(path[-1], str):
            place = document.place_of(path, key=True)
            if scalar_at(lines[place.line - 1 :], place.column) != path[-1]:
                wrong.append((path, place))
        span = document.span_of(path)
        if isinstance(value, str) and path:
            if span is None or scalar_at([document.text[span.start : span.end]], 1) != value:
                wrong.append((path, span))
            elif document.place_of(path) != document.place_at(span.start):
                wrong.append((path, document.place_of(path)))
        elif span is not None:
            wrong.append((path, span))
    return wrong


def scalar_at(lines: list[str], column: int) -> str:
    """The quoted scalar that begins the lines, from a column of the first one."""
    return next(
        event.value
        for event in yaml.parse("\n".join((lines[0][column - 1 :], *lines[1:])))
        if isinstance(event, yaml.ScalarEvent)
    )


def walk(tree: Any, path: tuple[str | int, ...]) -> list[tuple[tuple[str | int, ...], Any]]:
    inner = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [(path, tree), *(found for key, value in inner for found in walk(value, (*path, key)))]


@given(st.dictionaries(st.from_regex(r"[a-z_]{1,12}", fullmatch=True), plain_text, max_size=6), lines_end)
@settings(deadline=None)
def test_what_a_file_says_does_not_depend_on_how_its_lines_end(tree, end):
    text = dumped(tree, None, "\n", flow=False, width=10_000)
    ends = text.replace("\n", end)
    read_once, _ = parse_document("x.yml", text.encode())
    read_twice, _ = parse_document("x.yml", ends.encode())
    assert (read_once and read_once.tree) == (read_twice and read_twice.tree)


@pytest.mark.slow
@given(yamlish, st.sampled_from(sorted(KINDS)))
@settings(max_examples=20_000, deadline=None)
def test_long_fuzzing_of_text_that_looks_like_yaml(text, kind):
    read(text.encode("utf-8", "replace"), kind)


@pytest.mark.slow
@given(data, st.sampled_from(["'", '"']), lines_end, st.booleans(), st.sampled_from([20, 80, 10_000]))
@settings(max_examples=5_000, deadline=None)
def test_long_fuzzing_of_what_is_written_and_read_back(tree, style, end, flow, width):
    tree = without_none(tree)
    document, problems = parse_document("x.yml", dumped(tree, style, end, flow=flow, width=width).encode())
    assert (problems, document and document.tree, document and points_home(document)) == ((), tree, [])
