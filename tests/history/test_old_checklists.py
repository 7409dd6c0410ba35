"""Old versions of checklists, read leniently, and fast: the two readers agree about every file."""

from __future__ import annotations

from textwrap import dedent

import pytest

from playbook.history.checklists import OldItem, State, read_checklist
from playbook.history.segments import ChecklistReader
from tests.history.mutations import CONTENT, FORMS, differences, grown, spoiled


def item(text, state=State.OPEN, *, id="", done_on="", rest=""):  # noqa: A002
    return OldItem(id, text, state, done_on, rest)


def both(text: str | bytes):
    """What the readers make of a file; they must agree."""
    content = text if isinstance(text, bytes) else dedent(text).lstrip("\n").encode()
    reader = ChecklistReader()
    numbers = reader.read(content)
    fast = None if numbers is None else tuple(reader.items[number] for number in numbers)
    assert fast == read_checklist(content)
    return fast


def test_items_are_text_or_mappings_in_braces_or_lines():
    text = """
        title: T
        checklist:
          - Draft the packet
          - {id: ask, task: "Ask Grace, and soon", due: T-30, done: 2026-10-02}
          - task: Present   it
            skipped: Nobody asks
            person: ada
    """
    assert both(text) == (
        item("Draft the packet"),
        item("Ask Grace, and soon", State.DONE, id="ask", done_on="2026-10-02", rest="due: T-30"),
        item("Present it", State.SKIPPED, rest="person: ada"),
    )


@pytest.mark.parametrize("indent", ["", "  ", "    "])
def test_dashes_may_stand_as_deep_as_they_like(indent):
    text = f"title: T\nchecklist:\n{indent}- One\n{indent}- id: two\n{indent}  task: Two\nwhy: Because\n"
    assert both(text.encode()) == (item("One"), item("Two", id="two"))


@pytest.mark.parametrize(
    ("written", "state", "done_on"),
    [
        ("done: 2026-10-02", State.DONE, "2026-10-02"),
        ("done: true", State.DONE, ""),
        ("done: last week", State.DONE, ""),
        ("done: false", State.OPEN, ""),
        ("done: no", State.OPEN, ""),
        ("done:", State.OPEN, ""),
        ("done: ''", State.OPEN, ""),
        ("skipped: 'no'", State.SKIPPED, ""),
        ("skipped:", State.OPEN, ""),
        ("skipped: x\n    done: true", State.DONE, ""),
    ],
)
def test_the_state_of_an_item_is_what_records_would_make_of_it(written, state, done_on):
    assert both(f"checklist:\n  - task: T\n    {written}\n".encode()) == (item("T", state, done_on=done_on),)


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("title: T\n", ()),
        ("title: T\nnotes: my checklist is elsewhere\n", ()),
        ("checklist:\n", ()),
        ("checklist: []\n", ()),
        ("checklist: One\n", (item("One"),)),
        ("checklist: {task: One}\n", (item("One"),)),
        ("checklist:\n  - One\n  -\n  - Two\n", (item("One"), item("Two"))),
        ("checklist:\n  - Ask her: which one?\n", (item("Ask her: which one?"),)),
        ("checklist:\n  - One\nwings: 2\n", (item("One"),)),
        ("checklist:\n  - {task: One, done: null }\n", (item("One"),)),
        ("checklist:\n  - task: 'One:'\n    skipped: ~ \n", (item("One:"),)),
        ("# checklist\n", ()),
        ("", ()),
        ("[broken", ()),
    ],
)
def test_forms_that_are_not_quite_a_list_of_items(text, items):
    assert both(text.encode()) == items


@pytest.mark.parametrize(
    "text",
    [
        b"checklist: [One\n",
        b"checklist:\n  - One\ntitle: a: b\n",
        b"checklist:\n  - One\nchecklist:\n  - Two\n",
        b"title: A\nchecklist:\n  - One\ntitle: B\n",
        b"checklist:\n  - {due: 2026-01-01}\n",
        b"checklist:\n  - task:\n",
        b"checklist:\n  - [One]\n",
        b"- checklist\n",
        b"checklist:\n  - &a One\n  - *a\n",
        b"checklist:\n  - One \xff\n",
        b"<<<<<<< HEAD\nchecklist:\n  - One\n=======\nchecklist:\n  - Two\n>>>>>>> side\n",
        b"checklist:\n  - One\n---\nchecklist:\n  - Two\n",
        b"checklist:\n" + b"  - One\n" * 50_001 + b"why: " + b"x" * 64_001,
        b"checklist:\n  - One\nwhy: " + b"x" * 1_000_000,
    ],
    ids=range(14),
)
def test_a_version_that_does_not_say_what_its_items_are_is_none(text):
    assert both(text) is None


def test_a_form_that_editors_on_other_systems_write_is_read_in_parts_too():
    reader = ChecklistReader()
    reader.read(b"---\r\ntitle: T\r\nchecklist:\r\n  - One\r\n  - {task: Two}\r\n\r\nwhy: x\r\n")
    assert (reader.items, reader.whole_files) == ([item("One"), item("Two")], 0)


def test_a_changed_line_costs_a_changed_line():
    reader = ChecklistReader()
    lines = [f"  - task: Item number {n}\n    due: 2026-01-01\n" for n in range(40)]
    text = "title: T\nchecklist:\n{}notes: |\n  N\n"
    first = reader.read(text.format("".join(lines)).encode(), "goals/a.yml")
    lines[7] = "  - task: Item number 7\n    done: true\n"
    second = reader.read(text.format("".join(lines)).encode(), "goals/a.yml")
    assert first == list(range(40))
    assert second == [*range(7), 40, *range(8, 40)]
    assert reader.whole_files == 0


def test_the_readers_agree_about_the_example():
    for file in sorted(CONTENT.glob("*/*.yml")):
        both(file.read_bytes())
    reader = ChecklistReader()
    for file in sorted(CONTENT.glob("goals/*.yml")):
        reader.read(file.read_bytes())
    assert reader.whole_files == 0


def test_the_readers_agree_about_files_spoiled_at_random():
    found, in_parts = differences(spoiled(1), 4_000)
    assert found == []
    assert in_parts > 800


def test_the_readers_agree_about_the_versions_of_one_file():
    found, in_parts = differences(grown(1), 3_000)
    assert found == []
    assert in_parts > 1_000


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 6))
def test_the_readers_agree_about_fifty_thousand_versions_of_one_file(seed):
    found, in_parts = differences(grown(seed), 12_500)
    assert found == []
    assert in_parts > 4_000


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 12))
def test_the_readers_agree_about_a_hundred_thousand_spoiled_files(seed):
    with_checklist = [file.read_bytes() for file in sorted(CONTENT.glob("*/*.yml"))]
    examples = tuple(text[:1500] for text in with_checklist if b"checklist:" in text)
    found, in_parts = differences(spoiled(seed, FORMS * 3 + examples), 10_000)
    assert found == []
    assert in_parts > 1_500


def test_spoiling_finds_a_reader_that_is_too_quick():
    def hasty(text: bytes):
        return tuple(
            item(line[4:].decode("utf-8", "replace")) for line in text.splitlines() if line.startswith(b"  - ")
        )

    wrong = sum(hasty(text) != read_checklist(text) for _, text in zip(range(200), spoiled(1), strict=False))
    assert wrong > 100
