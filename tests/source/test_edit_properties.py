"""Properties of the editor: whatever a file looks like, it differs in what was asked and in no other character."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from playbook.source.changes import changed
from playbook.source.document import Document
from playbook.source.edit import Add, CannotEdit, Change, Drop, Put, edit
from playbook.source.reader import parse_document
from playbook.source.sheet import read_sheet
from tests.effort import examples
from tests.source.scribe import written
from tests.source.test_reader_properties import dumped, lines_end, plain_text, walk, without_none

CONTENT = Path(__file__).parents[2] / "content"
TEXTS = [
    "ada", "grace-hopper", "2026-11-21", "T-30", "Draft the packet", "She said: yes", "Fix deploy #412 now", "#tag", "x # y",
    "no", "null", "~", "123", "18:30", "1e3", "=", "<<", "--05-14", "[[x]] is kind", "{a}", "a, b", "- dash", "? q", "what?", "a:",
    "'tis", '"so" she said', "%x", "@me", "*x", "&a b", "!t", "|", "> q", "...", "---", "http://x.org/a?b=c#d", "5%", "",
    "two\nlines\n", "two\nlines", "one\n\nthree\n", "a\n\n", "\n", " \n x\n", "a\r\nb", "tab\there", " lead", "trail ", "\u00a0x", "\u200b",
    "é😀 words", "plain words " * 12 + "end", "x" * 30 + " " + "long words " * 15 + "end", "long: " * 30 + "end",
]  # fmt: skip
KEYS = ["a", "b", "log", "task", "done", "what is it", "key: x", "yes", "ünï", "1"]
texts = st.sampled_from(TEXTS) | plain_text
values = st.recursive(
    texts | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3),
    max_leaves=6,
)
trees = st.dictionaries(st.sampled_from(KEYS), values, min_size=1, max_size=4) | st.lists(
    values, min_size=1, max_size=4
)
seeds = st.integers(0, 2**32).map(Random)


def scribed(tree: Any, random: Random) -> Document:
    """A tree as somebody may have written it."""
    content = written(tree, random)
    document, _ = parse_document("x.yml", content)
    # A `|+` before blank lines says more than it was meant to.
    assume(document is not None and document.tree == tree)
    assert document is not None
    return document


def after(document: Document, *changes: Change) -> Document:
    content = document.text.encode()
    new, _ = parse_document("x.yml", edit(content, document, changes))
    assert new is not None
    return new


def with_value(tree: Any, path: tuple[str | int, ...], new: Any) -> Any:
    """The tree with something else at a path that is there, or one step past what is there."""
    if not path:
        return new
    copy = tree.copy()
    copy[path[0]] = with_value(tree.get(path[0]) if isinstance(tree, dict) else tree[path[0]], path[1:], new)
    return copy


def paths_to(tree: Any, kind: type) -> list[tuple[str | int, ...]]:
    return [path for path, value in walk(tree, ()) if isinstance(value, kind)]


def is_in_a_block(document: Document, path: tuple[str | int, ...]) -> bool:
    """Whether neither the value at a path nor what holds it stands in brackets or braces."""
    slot, _ = read_sheet(document.text).find(path)
    return not slot.in_flow and not slot.node.is_flow


def is_whole_but_for_one_insertion(old: str, new: str) -> bool:
    """Whether `new` is `old` with something added in one place."""
    before = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    return len(new) >= len(old) and new.endswith(old[before:])


def keeps_other_lines(old: str, new: str, first: int, last: int) -> bool:
    """Whether every line but those from `first` to `last` (from 1) of the old text is there, in order."""
    lines, kept = re.split(r"\r\n|\r|\n", old), re.split(r"\r\n|\r|\n", new)
    head, tail = lines[: first - 1], lines[last:]
    return kept[: len(head)] == head and (not tail or kept[-len(tail) :] == tail) and len(kept) >= len(head) + len(tail)


@given(st.data(), trees, seeds, values)
@settings(max_examples=examples(120), deadline=None)
def test_what_is_put_over_a_text_changes_that_value_and_its_lines_alone(draw, tree, random, new):
    document = scribed(tree, random)
    paths = paths_to(tree, str)
    assume(paths)
    path = draw.draw(st.sampled_from(paths))
    edited = after(document, Put(path, new))
    assert edited.tree == with_value(tree, path, new)
    span = document.span_of(path)
    assert span is not None
    last = len(re.split(r"\r\n|\r|\n", document.text[: span.end].rstrip() or "x"))
    assert keeps_other_lines(document.text, edited.text, document.line_of(path), last)
    assert after(edited, Put(path, new)).text == edited.text


@given(st.data(), trees, seeds, values)
@settings(max_examples=examples(120), deadline=None)
def test_a_missing_key_is_added_in_one_place(draw, tree, random, new):
    document = scribed(tree, random)
    paths = [path for path in paths_to(tree, dict) if document.value_at(path)]
    assume(paths)
    path = (*draw.draw(st.sampled_from(paths)), "fresh")
    edited = after(document, Put(path, new))
    assert edited.tree == with_value(tree, path, new)
    if is_in_a_block(document, path[:-1]) and re.search(r"[\r\n]\Z", document.text):
        assert is_whole_but_for_one_insertion(document.text, edited.text)
    assert after(edited, Put(path, new)).text == edited.text


@given(st.data(), trees, seeds, values, values)
@settings(max_examples=examples(120), deadline=None)
def test_entries_are_added_in_their_order_in_one_place(draw, tree, random, one, two):
    document = scribed(tree, random)
    paths = [path for path in paths_to(tree, list) if document.value_at(path)]
    assume(paths)
    path = draw.draw(st.sampled_from(paths))
    edited = after(document, Add(path, one), Add(path, two))
    assert edited.tree == with_value(tree, path, [*document.value_at(path), one, two])
    if is_in_a_block(document, path) and re.search(r"[\r\n]\Z", document.text):
        assert is_whole_but_for_one_insertion(document.text, after(document, Add(path, one)).text)


@given(st.data(), trees, seeds, values, values)
@settings(max_examples=examples(120), deadline=None)
def test_an_entry_is_put_before_any_other_in_one_place(draw, tree, random, one, two):
    document = scribed(tree, random)
    paths = [path for path in paths_to(tree, list) if document.value_at(path)]
    assume(paths)
    path = draw.draw(st.sampled_from(paths))
    entries = document.value_at(path)
    n = draw.draw(st.just(0) | st.integers(0, len(entries) - 1))
    edited = after(document, Add(path, one, index=n))
    assert edited.tree == with_value(tree, path, [*entries[:n], one, *entries[n:]])
    assert is_whole_but_for_one_insertion(document.text, edited.text)
    twice = after(edited, Add(path, two, index=n))
    assert twice.tree == with_value(tree, path, [*entries[:n], two, one, *entries[n:]])
    assert is_whole_but_for_one_insertion(edited.text, twice.text)


@given(st.data(), st.lists(texts, min_size=1, max_size=4), seeds, values)
@settings(max_examples=examples(120), deadline=None)
def test_a_text_becomes_an_entry_and_keeps_its_words(draw, entries, random, new):
    document = scribed({"a": "before", "log": entries, "z": "after"}, random)
    n = draw.draw(st.integers(0, len(entries) - 1))
    change = Put(("log", n, "done"), new, main="task")
    edited = after(document, change)
    entry = {"task": entries[n], "done": new}
    assert edited.tree == with_value(document.tree, ("log", n), entry)
    assert after(edited, change).text == edited.text


@given(st.data(), trees, seeds)
@settings(max_examples=examples(120), deadline=None)
def test_what_is_dropped_takes_no_other_value_with_it(draw, tree, random):
    document = scribed(tree, random)
    path = draw.draw(st.sampled_from([path for path, _ in walk(tree, ()) if path]))
    try:
        edited = after(document, Drop(path))
    except CannotEdit:
        # Blank lines behind a text that keeps them (`|+`) would become part of it.
        assert "|+" in document.text
        return
    assert edited.tree == without(tree, path)
    assert len(edited.text) < len(document.text)


def without(tree: Any, path: tuple[str | int, ...]) -> Any:
    """The tree without what stands at a path, and without what is empty then."""
    copy = tree.copy()
    inner = without(tree[path[0]], path[1:]) if path[1:] else None
    if inner is None:
        del copy[path[0]]
    else:
        copy[path[0]] = inner
    return copy or None


@given(st.data(), trees, lines_end, st.booleans(), st.sampled_from(["'", '"', "|", ">", None]), values)
@settings(max_examples=examples(60), deadline=None)
def test_files_that_another_tool_wrote_are_edited_as_well(draw, tree, end, flow, style, new):
    text = dumped(without_none(tree), style, end, flow=flow, width=draw.draw(st.sampled_from([20, 80, 10_000])))
    document, _ = parse_document("x.yml", text.encode())
    assume(document is not None)  # PyYAML writes a tag where it guesses a type
    assert document is not None
    path = draw.draw(st.sampled_from([path for path, _ in walk(document.tree, ()) if path]))
    assert after(document, Put(path, new)).tree == with_value(document.tree, path, new)


@given(st.dictionaries(st.sampled_from(["a", "b"]), texts, min_size=1), texts, seeds)
@settings(max_examples=examples(60), deadline=None)
def test_every_text_is_read_back_as_it_was_put(tree, text, random):
    document = scribed(tree, random)
    for value in (text, [text], {"c": text}, [[text]], [{"c": text}, text]):
        edited = after(document, Put(("new",), value), Put(("flow",), [{}]), Put(("flow", 0, "x"), value))
        assert edited.value_at(("new",)) == value
        assert edited.value_at(("flow", 0, "x")) == value


def example_files() -> list[Any]:
    return [pytest.param(path, id=path.relative_to(CONTENT).as_posix()) for path in sorted(CONTENT.rglob("*.yml"))]


@pytest.mark.few(16)
@pytest.mark.parametrize("path", example_files())
def test_the_example_changes_by_the_least(path):
    content = path.read_bytes()
    document, problems = parse_document(path.name, content)
    assert document is not None
    assert problems == ()
    for change in likely_changes(document):
        edited = edit(content, document, [change]).decode()
        gone, new = lines_changed(content.decode(), edited)
        # One line that held the list or the entry in brackets; or nothing but new lines.
        assert len(gone) <= 1, change
        if gone and not (isinstance(change, Put) and isinstance(document.value_at(change.path), str)):
            assert is_subsequence(gone[0], "".join(new)), change


def likely_changes(document: Document) -> list[Change]:
    """What a command may want to write into one file of the example."""
    tree = document.tree
    if isinstance(tree, list):
        new = {"date": "2026-12-01", "title": "A title: of its own"}
        return [Add((), new), Add((), new, index=0), Put((0, "title"), "New: title")]
    assert isinstance(tree, dict)
    items: list[Change] = [
        Put(("checklist", n, "done"), "2026-12-01", main="task") for n in range(len(tree.get("checklist") or ()))
    ]
    return [
        *items,
        Put(("fresh",), "text"),
        Put(("outcomes", "follow_ups", 0, "done"), "2026-12-01", main="what"),
        *(Add(("outcomes", key), "ada-lovelace") for key in ("met", "learned")),
        Add(("outcomes", "follow_ups"), {"what": "Send the paper", "due": "2026-12-04"}),
        *(
            Add(("log",), {"date": "2026-12-01", "kind": "met", "what": "She wants it: soon"}, index=index)
            for index in (None, 0)
        ),
        Add(("promises",), {"what": "Send slides", "due": "2026-12-04"}),
        *(Put((key,), "new") for key, value in tree.items() if isinstance(value, str) and "\n" not in value),
    ]


def lines_changed(old: str, new: str) -> tuple[list[str], list[str]]:
    """The lines that are gone and those that are new, between the lines that begin and end both texts."""
    before, now = old.split("\n"), new.split("\n")
    head = next((n for n, (a, b) in enumerate(zip(before, now, strict=False)) if a != b), len(before))
    most = min(len(before), len(now)) - head
    tail = next((n for n in range(most) if before[-1 - n] != now[-1 - n]), most)
    return before[head : len(before) - tail], now[head : len(now) - tail]


def is_subsequence(short: str, long: str) -> bool:
    rest = iter(long)
    return all(character in rest for character in short)


@pytest.mark.slow
@pytest.mark.parametrize("start", range(0, 40_000, 10_000))
def test_any_changes_to_any_file_are_made_or_make_no_sense(start):
    made = 0
    for seed in range(start, start + 10_000):
        random = Random(seed)  # noqa: S311  (nothing is kept secret by it)
        tree = any_tree(random, 0)
        content = written(tree, random)
        document, _ = parse_document("x.yml", content)
        if document is None or document.tree != tree:
            continue
        changes: list[Change] = []
        for _ in range(random.choice([1, 1, 4])):
            change = any_change(random, tree)
            try:
                tree = changed(tree, change)
            except CannotEdit:
                continue
            changes.append(change)
        try:
            again, _ = parse_document("x.yml", edit(content, document, changes))
        except CannotEdit as why:
            assert "|+" in document.text, (seed, why)
            continue
        assert again is not None
        assert again.tree == tree, seed
        made += bool(changes)
    assert made > 9_000


def any_tree(random: Random, depth: int) -> Any:
    kind = random.random() if depth else 0.5 + random.random() / 2
    if depth > 3 or kind < 0.45:
        return random.choice(TEXTS) if random.random() < 0.9 else None
    if kind < 0.75:
        return {random.choice(KEYS): any_tree(random, depth + 1) for _ in range(random.randint(not depth, 4))}
    return [any_tree(random, depth + 1) for _ in range(random.randint(not depth, 4))]


def any_change(random: Random, tree: Any) -> Change:
    path, _ = random.choice(walk(tree, ()))
    new = random.choice(TEXTS) if random.random() < 0.6 else any_tree(random, 2)
    return random.choice([
        Put(path, new),
        Put((*path, random.choice(["new", "task", "a"])), new, main="task"),
        Put((*path, "new", random.choice(["sub", 0])), new, main="task"),
        Add(path, new, main="task"),
        Add(path, new, main="task", index=random.choice([0, 0, 1])),
        Add((*path, "list"), new, main="task"),
        Drop(path),
    ])  # fmt: skip
