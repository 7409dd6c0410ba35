"""A document knows where each of its keys and values stands."""

from __future__ import annotations

from textwrap import dedent

import pytest
import yaml

from playbook.source import reader
from playbook.source.document import Document, Span
from playbook.source.reader import parse_document

TEXT = dedent("""\
    title: Be promoted
    due:
    why: |
      I lead work
      across teams.
    people: ada
    channels: {email: "ada@example.org"}
    checklist:
      - Draft
      - task: 'Ask'
        due: T-3
      -
    """)


@pytest.fixture
def document() -> Document:
    document, problems = parse_document("x.yml", TEXT.encode())
    assert document is not None
    assert problems == ()
    return document


@pytest.mark.parametrize(
    ("path", "place", "key_place"),
    [
        (("title",), "1:8", "1:1"),
        (("due",), "2:1", "2:1"),
        (("why",), "3:6", "3:1"),
        (("people",), "6:9", "6:1"),
        (("people", 0), "6:9", "6:1"),
        (("channels",), "7:11", "7:1"),
        (("channels", "email"), "7:19", "7:12"),
        (("checklist",), "8:1", "8:1"),
        (("checklist", 0), "9:5", "9:5"),
        (("checklist", 0, "task"), "9:5", "9:5"),
        (("checklist", 1), "10:5", "10:5"),
        (("checklist", 1, "task"), "10:11", "10:5"),
        (("checklist", 1, "due"), "11:10", "11:5"),
        (("checklist", 2), "12:4", "12:4"),
        (("checklist", 7), "8:1", "8:1"),
        (("nothing",), "1:1", "1:1"),
        ((), "1:1", "1:1"),
    ],
)
def test_a_path_leads_to_the_place_of_its_value_and_of_its_key(document, path, place, key_place):
    assert str(document.place_of(path)) == f"x.yml:{place}"
    assert str(document.place_of(path, key=True)) == f"x.yml:{key_place}"
    assert document.line_of(path) == int(key_place.split(":", maxsplit=1)[0])


@pytest.mark.parametrize(
    ("path", "written", "style"),
    [
        (("title",), "Be promoted", ""),
        (("people", 0), "ada", ""),
        (("channels", "email"), '"ada@example.org"', '"'),
        (("checklist", 1, "task"), "'Ask'", "'"),
        (("checklist", 1, "due"), "T-3", ""),
        (("why",), "|\n  I lead work\n  across teams.\n", "|"),
    ],
)
def test_a_span_holds_exactly_what_was_written(document, path, written, style):
    span = document.span_of(path)
    assert span is not None
    assert (document.text[span.start : span.end], span.style) == (written, style)
    assert span == Span(TEXT.index(written), TEXT.index(written) + len(written), style)


@pytest.mark.parametrize("path", [("due",), ("channels",), ("checklist",), ("checklist", 0, "task"), ("nothing",), ()])
def test_what_is_no_scalar_has_no_span(document, path):
    assert document.span_of(path) is None


def test_values_are_the_text_that_was_typed_and_nothing_else(document):
    assert document.tree == {
        "title": "Be promoted",
        "due": None,
        "why": "I lead work\nacross teams.\n",
        "people": "ada",
        "channels": {"email": "ada@example.org"},
        "checklist": ["Draft", {"task": "Ask", "due": "T-3"}, None],
    }


def test_no_value_is_given_a_type():
    text = "[18:30, no, on, 010, 0x1f, 1e3, 2027-01-01, true, .inf, 1_000, '', ~, null, \"null\"]"
    document, problems = parse_document("x.yml", text.encode())
    assert problems == ()
    assert document is not None
    assert document.tree == [
        *("18:30", "no", "on", "010", "0x1f", "1e3", "2027-01-01", "true", ".inf", "1_000", ""),
        *(None, None, "null"),
    ]


def test_pyyaml_without_libyaml_reads_the_same_tree_with_the_same_positions(document, monkeypatch):
    monkeypatch.setattr(reader, "_Parser", yaml.SafeLoader)
    other, problems = parse_document("x.yml", TEXT.encode())
    assert problems == ()
    assert other is not None
    assert (other.tree, positions(other)) == (document.tree, positions(document))


def positions(document: Document) -> list[tuple[str | int, int]]:
    return [place for marks in document.marks.values() for place in marks.items()]
