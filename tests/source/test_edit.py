"""A value is put, added or dropped; every other character stays."""

from __future__ import annotations

import codecs
from textwrap import dedent

import pytest

from playbook.source.edit import Add, CannotEdit, Change, Drop, Put, edit
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


@pytest.mark.parametrize(
    ("text", "path", "value", "expected"),
    [
        ("a: old\n", ("a",), "She said: yes", 'a: "She said: yes"\n'),
        ("a: old\n", ("a",), "Fix deploy #412 now", 'a: "Fix deploy #412 now"\n'),
        ("a: 'old'\n", ("a",), "it's", "a: 'it''s'\n"),
        ("a: old # why\n", ("a",), "two words", 'a: "two words" # why\n'),
        ("a: old #why\n", ("a",), "new", 'a: "new" #why\n'),
        ("a: [old, 'x']\n", ("a", 0), "b, c", "a: [\"b, c\", 'x']\n"),
        ("a: old # why\nb: 1\n", ("a",), "One.\n\nTwo.\n", "a: | # why\n  One.\n\n  Two.\nb: 1\n"),
        ("a: old", ("a",), "One.\nTwo.", "a: |-\n  One.\n  Two."),
        ("a: old", ("a",), "One.\nTwo.\n", "a: |\n  One.\n  Two.\n"),
        ("a: |\n    One.\n    Two.\n\n# x\nb: 1\n", ("a",), "New.\nText.\n", "a: |\n    New.\n    Text.\n\n# x\nb: 1\n"),
        ("a: | # why\r\n    One.\r\nb: 1\r\n", ("a",), "New.\nText.", "a: |- # why\r\n    New.\r\n    Text.\r\nb: 1\r\n"),
        ("a: |+\n  One.\n\nb: 1\n", ("a",), "New.\nText.\n", "a: |\n  New.\n  Text.\nb: 1\n"),
        ("a: [x\n", ("a",), "", None),
        ("a: {b: c}\n", ("a",), ["ada", "grace-hopper"], "a: [ada, grace-hopper]\n"),
        ("a: old # why\nb: 1\n", ("a",), {"c": "d", "e": "f"}, "a: # why\n  c: d\n  e: f\nb: 1\n"),
        ("a: # why\n    c: d\n    e: f\nb: 1\n", ("a",), {"g": "h"}, "a: # why\n    g: h\nb: 1\n"),
        ("a: # why\n- c\n- d\n\nb: 1\n", ("a",), ["A sentence here"], "a: # why\n- A sentence here\n\nb: 1\n"),
        ("a: # why\n  - c: d\n    e: f\nb: 1\n", ("a",), "text it is", 'a: "text it is" # why\nb: 1\n'),
        ("- c: d\n  e: f\n- x\n", (0,), "text", "- text\n- x\n"),
        ("- c # why\n- x\n", (0,), {"d": "e"}, "- # why\n  d: e\n- x\n"),
        ("-   c: d\n    e: f\n-   x\n", (0,), {"g": "h", "i": "j"}, "-   g: h\n    i: j\n-   x\n"),
        ("-\n    {c: d}\n- x\n", (0,), {"g": "h", "i": "j"}, "-\n    g: h\n    i: j\n- x\n"),
    ],
)  # fmt: skip
def test_what_stands_at_a_path_is_replaced_by_whatever_is_put_there(text, path, value, expected):
    document, _ = parse_document("x.yml", text.encode())
    assert (edit(text.encode(), document, [Put(path, value)]).decode() if document else None) == expected


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("a: 1\n", ("due",), "a: 1\ndue: T-3\n"),
        ("a: 1", ("due",), "a: 1\ndue: T-3"),
        ("", ("due",), "due: T-3\n"),
        ("# nothing yet", ("due",), "# nothing yet\ndue: T-3\n"),
        ("due:\na: 1\n", ("due",), "due: T-3\na: 1\n"),
        ("due: # later\na: 1\n", ("due",), "due: T-3 # later\na: 1\n"),
        ("due: ~\n", ("due",), "due: T-3\n"),
        ("a:\n  b: 1\n\n# About c\nc: 2\n", ("a", "due"), "a:\n  b: 1\n  due: T-3\n\n# About c\nc: 2\n"),
        ("a:\n  b: 1 # one\n    # and more\n  # so\nc: 2\n", ("a", "due"), "a:\n  b: 1 # one\n    # and more\n  due: T-3\n  # so\nc: 2\n"),
        ("a:\n    b:\n        - c\n", ("a", "due"), "a:\n    b:\n        - c\n    due: T-3\n"),
        ("a:\n    b:\n        c: 1\n", ("d", "e", "due"), "a:\n    b:\n        c: 1\nd:\n    e:\n        due: T-3\n"),
        ("a:\n- b: 1\n\n- b: 2\n", ("a", 0, "due"), "a:\n- b: 1\n  due: T-3\n\n- b: 2\n"),
        ("a:\n-   b: |\n      text\n\n-   b: 2\n", ("a", 0, "due"), "a:\n-   b: |\n      text\n    due: T-3\n\n-   b: 2\n"),
        ("a: |\n  text", ("due",), "a: |-\n  text\ndue: T-3"),
        ("a: |+\n  text\n\nb: 1\n", ("due",), "a: |+\n  text\n\nb: 1\ndue: T-3\n"),
        ("b: 1\na: |+\n  text\n\n", ("due",), "b: 1\na: |+\n  text\n\ndue: T-3\n"),
        ("a: {b: 1}\n", ("a", "due"), "a: {b: 1, due: T-3}\n"),
        ("a: { b: 1 } # so\n", ("a", "due"), "a: { b: 1, due: T-3 } # so\n"),
        ("a: {b: 1,}\n", ("a", "due"), "a: {b: 1, due: T-3,}\n"),
        ("a: {b: }\n", ("a", "due"), "a: {b: , due: T-3}\n"),
        ("a: {due: }\n", ("a", "due"), "a: {due: T-3}\n"),
        ("a: {due, b: 1}\n", ("a", "due"), "a: {due: T-3, b: 1}\n"),
        ("a: {\n  b: 1,\n  c: 2 # two\n}\n", ("a", "due"), "a: {\n  b: 1,\n  c: 2, # two\n  due: T-3\n}\n"),
        ("a: {\n  b: 1,\n  c: 2, # two\n  }\n", ("a", "due"), "a: {\n  b: 1,\n  c: 2, # two\n  due: T-3,\n  }\n"),
        ("a: {\n  b: 1,\n  c: 2}\n", ("a", "due"), "a: {\n  b: 1,\n  c: 2,\n  due: T-3}\n"),
        ("a: [b: 1, c]\n", ("a", 0, "due"), "a: [{b: 1, due: T-3}, c]\n"),
        ("a: {} # none\n", ("a", "due"), "a: # none\n  due: T-3\n"),
        ("- a: {}\n", (0, "a", "due"), "- a:\n    due: T-3\n"),
        ("[{a: {}}]\n", (0, "a", "due"), "[{a: {due: T-3}}]\n"),
        ("a: 1\r\nb: 2\r\n", ("due",), "a: 1\r\nb: 2\r\ndue: T-3\r\n"),
        ("a: 1\rb:\r  c: 2\rd: 3", ("b", "due"), "a: 1\rb:\r  c: 2\r  due: T-3\rd: 3"),
        ("a: 1\r\nb:\n  c: 2\nd: 3\r\n", ("b", "due"), "a: 1\r\nb:\n  c: 2\n  due: T-3\nd: 3\r\n"),
        ("---\na: 1\n...\n", ("due",), "---\na: 1\ndue: T-3\n...\n"),
        ("a: [{b: 1}, x]\n", ("a", 0, "due"), "a: [{b: 1, due: T-3}, x]\n"),
        ("? a\n: 1\n", ("due",), "? a\n: 1\ndue: T-3\n"),
        ("- a: 1\n-\n- b: 2\n", (1, "due"), "- a: 1\n- due: T-3\n- b: 2\n"),
    ],
)  # fmt: skip
def test_a_missing_key_is_added_where_its_mapping_ends(text, path, expected):
    assert edited(text.encode(), Put(path, "T-3")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("meet:\n  - Draft it\n  - B\n", "meet:\n  - task: Draft it\n    done: 2026-11-21\n  - B\n"),
        ("meet:\n  - Draft it # soon\n\n  - B\n", "meet:\n  - task: Draft it # soon\n    done: 2026-11-21\n\n  - B\n"),
        ("meet:\n- 'Draft: it'\n", "meet:\n- task: 'Draft: it'\n  done: 2026-11-21\n"),
        ("meet:\n-   Draft it", "meet:\n-   task: Draft it\n    done: 2026-11-21"),
        ("meet:\n  - Draft\n    it # soon\n", "meet:\n  - task: Draft\n      it # soon\n    done: 2026-11-21\n"),
        ("meet:\n  - |\n    Draft\n\n    it\n", "meet:\n  - task: |\n      Draft\n\n      it\n    done: 2026-11-21\n"),
        ("meet:\n  - >-\n   Draft it\n# end\n", "meet:\n  - task: >-\n      Draft it\n    done: 2026-11-21\n# end\n"),
        ("meet: [Draft it, B]\n", "meet: [{task: Draft it, done: 2026-11-21}, B]\n"),
        ("meet: [\n  Draft it, # soon\n]\n", "meet: [\n  {task: Draft it, done: 2026-11-21}, # soon\n]\n"),
        ("meet: Draft it # soon\nb: 1\n", "meet:\n  task: Draft it # soon\n  done: 2026-11-21\nb: 1\n"),
        ("meet:\n    Draft it\nb: 1\n", "meet:\n    task: Draft it\n    done: 2026-11-21\nb: 1\n"),
        ("meet: |\n  Draft\n  it\nb: 1\n", "meet:\n  task: |\n    Draft\n    it\n  done: 2026-11-21\nb: 1\n"),
        ("{meet: Draft it}\n", "{meet: {task: Draft it, done: 2026-11-21}}\n"),
    ],
)  # fmt: skip
def test_text_that_stands_for_an_entry_becomes_a_mapping_and_is_written_as_it_was(text, expected):
    put = Put(("meet", 0, "done"), "2026-11-21", main="task")
    assert edited(text.encode(), put) == expected
    assert edited(expected.encode(), put) == expected


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("log:\n  - ada\n\nb: 1\n", "bob", "log:\n  - ada\n  - bob\n\nb: 1\n"),
        ("log:\n- ada # she\n# more\nb: 1", "bob", "log:\n- ada # she\n- bob\n# more\nb: 1"),
        ("log:\n-   a: 1\n    b: 2\n", {"a": "x", "b": "z"}, "log:\n-   a: 1\n    b: 2\n-   a: x\n    b: z\n"),
        ("log:\n- {a: 1}\n", {"a": "x, y", "b": ["z"]}, 'log:\n- {a: 1}\n- {a: "x, y", b: [z]}\n'),
        ("log:\n- {a: 1}\n", {"a": "x\ny\n"}, "log:\n- {a: 1}\n- a: |\n    x\n    y\n"),
        ("log:\n- {a: 1}\n- text\n", "She said: yes", 'log:\n- {a: 1}\n- text\n- "She said: yes"\n'),
        ("log:\n- {\n  a: 1}\n", {"a": "x"}, "log:\n- {\n  a: 1}\n- a: x\n"),
        ("log: [ada, bob]\n", "eve", "log: [ada, bob, eve]\n"),
        ("log: [ada,]\n", "eve", "log: [ada, eve,]\n"),
        ("log: [ada, bob]\n", {"a": "x"}, "log: [ada, bob, {a: x}]\n"),
        ("log: []\n", "ada", "log: [ada]\n"),
        ("log: [] # none\n", {"a": "x"}, "log: # none\n  - a: x\n"),
        ("log: [\n  ada,\n  bob\n]\n", "eve", "log: [\n  ada,\n  bob,\n  eve\n]\n"),
        ("log:\nb: 1\n", "ada", "log: [ada]\nb: 1\n"),
        ("log: # who\nb: 1\n", {"a": "x"}, "log: # who\n  - a: x\nb: 1\n"),
        ("b:\n- c\n", {"a": "x", "b": "z"}, "b:\n- c\nlog:\n- a: x\n  b: z\n"),
        ("b: 1\n", "ada", "b: 1\nlog: [ada]\n"),
        ("b: 1\n", "Nobody asks.", "b: 1\nlog:\n  - Nobody asks.\n"),
        ("log: ada # she\n", "bob", "log: [ada, bob] # she\n"),
        ("log: 'ada, l'\n", "bob", "log: ['ada, l', bob]\n"),
        ("log: ada, l\n", "bob", "log:\n  - ada, l\n  - bob\n"),
        ("log: ada\n", {"a": "x"}, "log:\n  - ada\n  - a: x\n"),
        ("log: {a: 1} # one\n", {"a": "x"}, "log:\n  - {a: 1} # one\n  - {a: x}\n"),
        ("log:\n  a: 1 # one\n\n  b: |\n    t\nc: 1\n", {"a": "x"}, "log:\n  - a: 1 # one\n\n    b: |\n      t\n  - a: x\nc: 1\n"),
        ("{log: ada}\n", "bob", "{log: [ada, bob]}\n"),
        ("log:\r\n  - a\r\n", "One.\nTwo.\n", "log:\r\n  - a\r\n  - |\r\n    One.\r\n    Two.\r\n"),
    ],
)  # fmt: skip
def test_an_entry_is_added_as_its_neighbours_are_written(text, value, expected):
    assert edited(text.encode(), Add(("log",), value)) == expected


def test_a_long_list_in_brackets_goes_on_below():
    names = ", ".join(f"person-number-{n}" for n in range(6))
    text = f"a:\n  met: [{names}]\n"
    assert edited(text, Add(("a", "met"), "grace-hopper")) == f"a:\n  met: [{names},\n        grace-hopper]\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- title: A\n  text: B\n\n# The end\n", "- title: A\n  text: B\n- title: C\n\n# The end\n"),
        ("", "- title: C\n"),
        ("# 2027\n", "# 2027\n- title: C\n"),
        ("- {title: A}", "- {title: A}\n- {title: C}"),
        ("[{title: A}]\n", "[{title: A}, {title: C}]\n"),
        ("[]\n", "- title: C\n"),
        ("title: A\ntext: |\n  B\n", "- title: A\n  text: |\n    B\n- title: C\n"),
    ],
)
def test_the_whole_file_may_be_the_list(text, expected):
    assert edited(text.encode(), Add((), {"title": "C"})) == expected


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("log:\n  - ada\n\nb: 1\n", "bob", "log:\n  - bob\n  - ada\n\nb: 1\n"),
        ("log: # mine\n- ada", "bob", "log: # mine\n- bob\n- ada"),
        ("log:\n  # Ada\n  # and more\n  - ada\n", "bob", "log:\n  - bob\n  # Ada\n  # and more\n  - ada\n"),
        ("log:\n  # Newest first\n\n  - ada\n", "bob", "log:\n  # Newest first\n\n  - bob\n  - ada\n"),
        ("log:\n  # All\n\n# Ada\n  - ada\n", "bob", "log:\n  # All\n\n  - bob\n# Ada\n  - ada\n"),
        ("log:\n    # deeper\n- ada\n", "One.\nTwo.\n", "log:\n    # deeper\n- |\n  One.\n  Two.\n- ada\n"),
        ("log:\n-   a: 1\n    b: 2\n- c\n", {"a": "x", "b": "z"}, "log:\n-   a: x\n    b: z\n-   a: 1\n    b: 2\n- c\n"),
        ("log:\n- {a: 1}\n- a: 2\n", {"a": "x"}, "log:\n- {a: x}\n- {a: 1}\n- a: 2\n"),
        ("log:\n- text\n- {a: 1}\n", {"a": "x"}, "log:\n- {a: x}\n- text\n- {a: 1}\n"),
        ("log:\r\n  # Ada\r\n  - ada\r\n", "a\nb\n", "log:\r\n  - |\r\n    a\r\n    b\r\n  # Ada\r\n  - ada\r\n"),
        ("log:\r- a", "b", "log:\r- b\r- a"),
        ("b: |+\n  text\n\nlog:\n\n- a\n", "b", "b: |+\n  text\n\nlog:\n\n- b\n- a\n"),
        ("? log\n: - a\n", "b", "? log\n: - b\n  - a\n"),
        ("log: [ada, bob] # all\n", "eve", "log: [eve, ada, bob] # all\n"),
        ("log: [ ada ]\n", {"a": "x"}, "log: [ {a: x}, ada ]\n"),
        ("log: [a: 1, b]\n", "eve", "log: [eve, a: 1, b]\n"),
        ("log: [\n  ada]\n", "eve", "log: [\n  eve, ada]\n"),
        ("log: [\n  # Ada\n  ada,\n  bob\n]\n", "eve", "log: [\n  eve,\n  # Ada\n  ada,\n  bob\n]\n"),
        ("log: [ada,\n      bob]\n", "eve", "log: [eve, ada,\n      bob]\n"),
        ("log: []\n", "ada", "log: [ada]\n"),
        ("log: # who\nb: 1\n", {"a": "x"}, "log: # who\n  - a: x\nb: 1\n"),
        ("b: 1\n", "ada", "b: 1\nlog: [ada]\n"),
        ("log: ada # she\n", "bob", "log: [bob, ada] # she\n"),
        ("log: ada, l\n", "bob", "log:\n  - bob\n  - ada, l\n"),
        ("log: {a: 1} # one\n", {"a": "x"}, "log:\n  - {a: x}\n  - {a: 1} # one\n"),
        ("log:\n  # one\n  a: 1\n  b: 2\nc: 1\n", {"a": "x"}, "log:\n  - a: x\n  # one\n  - a: 1\n    b: 2\nc: 1\n"),
        ("{log: ada}\n", "bob", "{log: [bob, ada]}\n"),
    ],
)  # fmt: skip
def test_an_entry_is_put_on_top_and_comments_stay_with_what_they_stand_above(text, value, expected):
    assert edited(text.encode(), Add(("log",), value, index=0)) == expected


@pytest.mark.parametrize(
    ("text", "index", "expected"),
    [
        ("- a\n\n# About b\n- b\n", 1, "- a\n\n- new\n# About b\n- b\n"),
        ("- a\n  # and more of a\n- b\n", 1, "- a\n  # and more of a\n- new\n- b\n"),
        ("- |+\n  a\n\n- b\n", 1, "- |+\n  a\n\n- new\n- b\n"),
        ("- 'a\n# b'\n- c\n", 1, "- 'a\n# b'\n- new\n- c\n"),
        ("- a\n- b", 2, "- a\n- b\n- new"),
        ("[a, # one\n  b]\n", 1, "[a, # one\n  new, b]\n"),
        ("[a, b]\n", 2, "[a, b, new]\n"),
        ("text\n", 1, "[text, new]\n"),
    ],
)
def test_an_entry_may_be_put_between_two_others(text, index, expected):
    assert edited(text.encode(), Add((), "new", index=index)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- title: A\n  text: B\n", "- title: C\n- title: A\n  text: B\n"),
        ("# 2027\n- title: A\n", "# 2027\n- title: C\n- title: A\n"),
        ("---\n# 2027\n- title: A\n", "---\n# 2027\n- title: C\n- title: A\n"),
        ("# 2027\n\n# First\n- title: A\n", "# 2027\n\n- title: C\n# First\n- title: A\n"),
        ("- {title: A}", "- {title: C}\n- {title: A}"),
        ("[{title: A}]\n", "[{title: C}, {title: A}]\n"),
        ("# 2027\n", "# 2027\n- title: C\n"),
        ("# 2027\ntitle: A\ntext: |\n  B\n", "# 2027\n- title: C\n- title: A\n  text: |\n    B\n"),
        ("- - title: A\n", "- title: C\n- - title: A\n"),
    ],
)
def test_on_top_of_a_file_that_is_the_list_stands_what_is_said_of_the_whole_of_it(text, expected):
    assert edited(text.encode(), Add((), {"title": "C"}, index=0)) == expected


def test_on_top_of_a_list_in_a_list_is_behind_its_dash():
    assert edited("- - a\n  - b\n", Add((0,), {"c": "d", "e": "f"}, index=0)) == "- - c: d\n    e: f\n  - a\n  - b\n"


def test_a_long_list_in_brackets_goes_on_below_what_is_put_on_top():
    names = ", ".join(f"person-number-{n}" for n in range(6))
    expected = f"a:\n  met: [grace-hopper,\n        {names}]\n"
    assert edited(f"a:\n  met: [{names}]\n", Add(("a", "met"), "grace-hopper", index=0)) == expected


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("a: 1\nb: 2 # two\nc: 3\n", ("b",), "a: 1\nc: 3\n"),
        ("a: 1\nb: 2", ("b",), "a: 1"),
        ("a: |\n  text\nb: 2", ("b",), "a: |\n  text\n"),
        ("a: 1\nb:\n  c: 2\n    # about c\n\n# about d\nd: 1\n", ("b",), "a: 1\n\n# about d\nd: 1\n"),
        ("b:\n  c: 2\nd: 1\n", ("b", "c"), "d: 1\n"),
        ("b: 1\n", ("b",), ""),
        ("- a: 1\n  b: 2\n- c\n", (0, "a"), "- b: 2\n- c\n"),
        ("- a: 1 # one\n  # about b\n  b: 2\n- c\n", (0, "a"), "- \n  # about b\n  b: 2\n- c\n"),
        ("- a: 1\n- b: 2\n", (0, "a"), "- b: 2\n"),
        ("a:\n- x\n- y\n", ("a", 0), "a:\n- y\n"),
        ("a:\n- - x\n  - y\n", ("a", 0, 0), "a:\n- - y\n"),
        ("a:\n  - x\nb: 1\n", ("a", 0), "b: 1\n"),
        ("a: x\nb: 1\n", ("a", 0), "b: 1\n"),
        ("a: {b: 1, c: 2, d: 3}\n", ("a", "b"), "a: {c: 2, d: 3}\n"),
        ("a: {b: 1, c: 2}\n", ("a", "c"), "a: {b: 1}\n"),
        ("a: [b, c,]\n", ("a", 1), "a: [b,]\n"),
        ("a: [b]\nc: 1\n", ("a", 0), "c: 1\n"),
        ("a: [\n  b, # one\n  c, # two\n]\n", ("a", 0), "a: [\n  c, # two\n]\n"),
        ("a: [\n  b, # one\n  c # two\n]\n", ("a", 1), "a: [\n  b, # one\n]\n"),
        ("a: [b, # one\n  c]\n", ("a", 1), "a: [b, # one\n  ]\n"),
        ("a: {due: , b: 1}\n", ("a", "b"), "a: {due: }\n"),
        ("a: 1\n? b\n: c: 1\nd: 2\n", ("b",), "a: 1\nd: 2\n"),
    ],
)  # fmt: skip
def test_what_is_dropped_goes_with_whatever_held_nothing_else(text, path, expected):
    assert edited(text.encode(), Drop(path)) == expected


def test_several_changes_are_made_one_after_another():
    text = """
        title: Slipway
        checklist:
          - Draft the packet  # soon
          - {task: Print the kit, due: T-2}
        log: []

        # The end
        """
    changes = [
        Put(("checklist", 0, "done"), "2026-11-21", main="task"),
        Put(("checklist", 1, "done"), "2026-11-22", main="task"),
        Add(("outcomes", "met"), "ada-lovelace"),
        Add(("outcomes", "met"), "grace-hopper"),
        Add(("outcomes", "follow_ups"), {"what": "Send: the paper", "due": "2026-11-27"}),
        Put(("outcomes", "follow_ups", 0, "person"), "ada-lovelace"),
        Add(("log",), {"date": "2026-11-21", "what": "First"}),
        Add(("log",), {"date": "2026-11-21", "what": "Second"}),
        Drop(("title",)),
    ]
    expected = """
        checklist:
          - task: Draft the packet  # soon
            done: 2026-11-21
          - {task: Print the kit, due: T-2, done: 2026-11-22}
        log:
          - date: 2026-11-21
            what: First
          - date: 2026-11-21
            what: Second
        outcomes:
          met: [ada-lovelace, grace-hopper]
          follow_ups:
            - what: "Send: the paper"
              due: 2026-11-27
              person: ada-lovelace

        # The end
        """
    assert edited(text, *changes) == dedent(expected).lstrip("\n")


def test_a_change_that_changes_nothing_leaves_every_character():
    text = b"a:   'x'   # odd\r\nb: {c:   d}"
    document, _ = parse_document("x.yml", text)
    assert document is not None
    assert edit(text, document, [Put(("a",), "x"), Put(("b",), {"c": "d"})]) == text


@pytest.mark.parametrize(
    ("text", "change", "reason"),
    [
        ("a: 1\n", Put(("b", 1), "x"), "what stands on the way to 'b.1' cannot hold '1'"),
        ("a: [x]\n", Put(("a", 1), "x"), "'a.1' is past the end of a list of 1"),
        ("a: [x]\n", Put(("a", "b"), "x"), "a list stands on the way to 'a.b'; say which of its entries"),
        ("a: text\n", Put(("a", "b"), "x"), "what stands on the way to 'a.b' cannot hold 'b'"),
        ("a: text\n", Put(("a", "b", "c"), "x", main="b"), "what stands on the way to 'a.b.c' cannot hold 'b'"),
        ("a: [x]\n", Add(("a",), "y", index=2), "a list of 1 has no place 2 for another entry: 'a'"),
        ("a: x\n", Add(("a",), "y", index=-1), "a list of 1 has no place -1 for another entry: 'a'"),
        ("a: text\n", Drop(("b",)), "nothing stands at 'b'"),
        ("a: text\n", Put(("a",), "x\u2028y"), "an invisible character (U+2028) that text cannot hold"),
        ("a: text\n", Put(("a",), "x\x00y"), "an invisible character (U+0000) that text cannot hold"),
        ("a: text\n", Put(("a",), "x\ud800y"), "half a character cannot be written"),
        ("a: text\n", Put(("a",), "x" * 70_000), "a value of 70,000 characters; 64,000 is the most"),
        ("a: |+\n  text\nb: 1\n\nc: 1\n", Drop(("b",)), "written here, it would not be read as it is"),
    ],
)  # fmt: skip
def test_what_cannot_be_written_as_it_is_meant_is_refused(text, change, reason):
    document, _ = parse_document("x.yml", text.encode())
    assert document is not None
    with pytest.raises(CannotEdit) as refused:
        edit(text.encode(), document, [change])
    assert str(refused.value) == f"x.yml: {reason}"


def test_a_file_that_was_saved_since_it_was_read_is_refused():
    document, _ = parse_document("x.yml", b"a: 1\n")
    assert document is not None
    with pytest.raises(CannotEdit, match=r"x\.yml: it was changed since it was read"):
        edit(b"a: 2\n", document, [Put(("a",), "3")])
