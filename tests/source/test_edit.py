"""A value is put, added or dropped; every other character stays."""

from __future__ import annotations

import codecs
from textwrap import dedent

import pytest

from playbook.source.edit import Change, Put, edit
from playbook.source.reader import parse_document
from playbook.source.scalars import as_scalar


def edited(text: str | bytes, *changes: Change) -> str:
    """A file's text after some changes; a text is dedented, bytes are taken as they are."""
    content = text if isinstance(text, bytes) else dedent(text).lstrip("\n").encode()
    document, problems = parse_document("x.yml", content)
    assert document is not None, problems
    return edit(content, document, changes).decode()


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("parent: Be staff\n", ("parent",), "parent: be-staff\n"),
        ("parent: 'Be staff' # mine\n", ("parent",), "parent: 'be-staff' # mine\n"),
        ('parent:   "Be staff"\n', ("parent",), 'parent:   "be-staff"\n'),
        ("parent: Be\n  staff\ndue: 1\n", ("parent",), "parent: be-staff\ndue: 1\n"),
        ("people: [Ada, Grace H]\n", ("people", 1), "people: [Ada, be-staff]\n"),
        ("people: Grace H\n", ("people", 0), "people: be-staff\n"),
        ("meet:\n  - Grace H # chair\n  - Ada\n", ("meet", 0, "person"), "meet:\n  - be-staff # chair\n  - Ada\n"),
        ("meet: Grace H\n", ("meet", 0, "person"), "meet: be-staff\n"),
        ("meet: [{person: Grace H, why: x}]\n", ("meet", 0, "person"), "meet: [{person: be-staff, why: x}]\n"),
        ("- people: Grace H\r\n  date: 1\r\n", (0, "people", 0), "- people: be-staff\r\n  date: 1\r\n"),
        ("parent: |\n  Be staff\ndue: 1\n", ("parent",), "parent: be-staff\ndue: 1\n"),
        ("a:\n  parent: >-\n    Be\n    staff\n\n# more\n  due: 1\n", ("a", "parent"), "a:\n  parent: be-staff\n\n# more\n  due: 1\n"),
        ("parent: | # why\n  Be staff\ndue: 1\n", ("parent",), "parent: be-staff # why\ndue: 1\n"),
        ("parent: |\n  Be staff", ("parent",), "parent: be-staff"),
        ("parent:\n", ("parent",), "parent: be-staff\n"),
        ("parent: {a: b}\n", ("parent",), "parent: be-staff\n"),
    ],
)  # fmt: skip
def test_only_the_scalar_is_rewritten(text, path, expected):
    assert edited(text.encode(), Put(path, "be-staff", main="person")) == expected


def test_two_changes_on_one_line_do_not_move_each_other():
    text = "people: [Grace Hopper, 'Ada L', x] # both\n"
    changes = Put(("people", 0), "grace-hopper"), Put(("people", 1), "ada-lovelace-of-london")
    assert edited(text, *changes) == "people: [grace-hopper, 'ada-lovelace-of-london', x] # both\n"


def test_a_byte_order_mark_and_letters_beyond_ascii_before_it_stay():
    text = codecs.BOM_UTF8 + "why: größer 🎉\nparent: Café\n".encode()
    assert edited(text, Put(("parent",), "cafe")) == "\ufeffwhy: größer 🎉\nparent: cafe\n"


@pytest.mark.parametrize(
    ("text", "style", "expected"),
    [
        ("ada-lovelace", "", "ada-lovelace"),
        ("2026-10-02", "", "2026-10-02"),
        ("no", "", '"no"'),
        ("Y", "", '"Y"'),
        ("2025", "", '"2025"'),
        ("1e3", "", '"1e3"'),
        ("O'Brien", "'", "'O''Brien'"),
        ('say "yes"', "", 'say "yes"'),
        ("two\nlines", "'", '"two\\nlines"'),
        ("", "", '""'),
    ],
)
def test_a_scalar_is_plain_only_where_every_reader_takes_it_for_text(text, style, expected):
    assert as_scalar(text, style) == expected
