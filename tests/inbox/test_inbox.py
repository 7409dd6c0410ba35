"""Plain lines become entries; what is not clear stays, with the reason, and nothing is lost."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.gestures import Bench
from playbook.gestures.plans import FileChange
from playbook.inbox.reading import Line, read_lines, without
from playbook.inbox.understanding import Thought, understand
from playbook.source.edit import Add, Drop, Put
from tests.support import book

TODAY = dt.date(2026, 11, 24)
"""A Tuesday."""
FILES = {
    "people/ada-novak.yml": "name: Ada Novak\nnickname: Ada\npromises: [Send the numbers, {what: A book, by: them}]",
    "people/bo.yml": "name: Bo\npromises: [Send the numbers too]",
    "people/bo-lind.yml": "name: Bo Lind",
    "goals/staff.yml": "title: Staff engineer\nchecklist:\n  - {id: draft, task: Draft the packet}\n  - Ask two readers\n  - {task: Ask for a slot, done: 2026-01-01}",
}


@cache
def bench() -> Bench:
    loaded = book(FILES)
    assert not loaded.has_errors, [str(problem) for problem in loaded.problems]
    return Bench(loaded.playbook, TODAY)


def thought(text: str, newcomers: tuple[str, ...] = ()) -> Thought:
    return understand(Line(1, text), bench(), newcomers)


def files(text: str) -> tuple[FileChange, ...]:
    found = thought(text)
    assert found.gesture is not None, found.doubt
    return found.gesture.files


def doubt(text: str, newcomers: tuple[str, ...] = ()) -> str:
    found = thought(text, newcomers)
    assert found.gesture is None
    return found.doubt


@pytest.mark.parametrize(
    ("text", "key", "changes"),
    [
        (
            "Ada: called, she will read the draft",
            ("people", "ada-novak"),
            (
                Add(("promises",), {"what": "Read the draft", "by": "them"}),
                Add(("log",), {"date": "2026-11-24", "kind": "called"}),
            ),
        ),
        (
            "yesterday: Bo Lind wrote, sent the page",
            ("people", "bo-lind"),
            (Add(("log",), {"date": "2026-11-23", "kind": "wrote", "what": "Sent the page"}),),
        ),
        ("done draft", ("goals", "staff"), (Put(("checklist", 0, "done"), "2026-11-24", "task"),)),
        # One open item has the word; the one that is done is not asked about.
        ("done ask", ("goals", "staff"), (Put(("checklist", 1, "done"), "2026-11-24", "task"),)),
        ("2026-11-20 done readers", ("goals", "staff"), (Put(("checklist", 1, "done"), "2026-11-20", "task"),)),
        (
            "skip readers because nobody asks",
            ("goals", "staff"),
            (Put(("checklist", 1, "skipped"), "nobody asks", "task"),),
        ),
        (
            "promised Ada to send slides by friday",
            ("people", "ada-novak"),
            (Add(("promises",), {"what": "Send slides", "due": "2026-11-27"}),),
        ),
        ("kept numbers ada", ("people", "ada-novak"), (Put(("promises", 0, "kept"), "2026-11-24", "what"),)),
        (
            "thanked bo for the review",
            ("people", "bo"),
            (Add(("log",), {"date": "2026-11-24", "kind": "thanked", "what": "For the review"}),),
        ),
        (
            "gave ada our notes",
            ("people", "ada-novak"),
            (Add(("log",), {"date": "2026-11-24", "kind": "gave", "what": "Our notes"}),),
        ),
        (
            "todo staff: ask Grace by friday",
            ("goals", "staff"),
            (Add(("checklist",), {"task": "Ask Grace", "due": "2026-11-27"}),),
        ),
        ("met Ada", ("people", "ada-novak"), (Add(("log",), {"date": "2026-11-24", "kind": "met"}),)),
    ],
)
def test_a_line_becomes_a_change_of_the_file_it_belongs_to(
    text: str, key: tuple[str, str], changes: tuple[Put | Add | Drop, ...]
) -> None:
    [found] = files(text)
    assert ((found.kind, found.id), found.changes) == (key, changes)


def test_somebody_new_gets_a_file() -> None:
    [found] = files("met Ingrid Solheim, Northwind, wants the paper, promised slides by friday")
    assert (found.kind, found.id, found.tree) == (
        "people",
        "ingrid-solheim",
        {
            "name": "Ingrid Solheim",
            "relations": ["connection"],
            "positions": [{"organization": "Northwind"}],
            "met": {"date": "2026-11-24"},
            "promises": [{"what": "Slides", "due": "2026-11-27"}],
            "log": [{"date": "2026-11-24", "kind": "met", "what": "Wants the paper"}],
        },
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [("achieved Led the review", "achievement"), ("learned Ask", "learning"), ("read A book", "reading")],
)
def test_the_journal_gets_what_was_reached_learned_and_read(text: str, kind: str) -> None:
    [found] = files(text)
    title = text.partition(" ")[2]
    assert (found.kind, found.id) == ("journal", "2026")
    assert found.tree == [{"date": "2026-11-24", "kind": kind, "title": title}]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Adda: called", "it begins with nobody and nothing that is known. Did you mean 'Ada'?"),
        ("Ada", "it says nothing of Ada Novak but the name"),
        ("done nothing like it", "no checklist item is called 'nothing like it'"),
        ("kept numbers", "it could be 'Ada Novak: Send the numbers' or 'Bo: Send the numbers too'"),
        ("kept shoes", "no open promise is called 'shoes'"),
        ("promised Nobody Here a pony", "'Nobody Here' is nobody with a file."),
        ("Ada: promised slides by blorgday", "blorgday"),
        ("todo nowhere: ask", "'nowhere' is no record with a checklist"),
    ],
)
def test_what_is_not_clear_is_left_with_the_reason(text: str, reason: str) -> None:
    assert reason in doubt(text)


def test_what_else_is_said_of_somebody_new_waits() -> None:
    assert "an earlier line makes the file" in doubt("met Ingrid Solheim again", ("ingrid solheim",))


def test_bullets_boxes_and_remarks_are_no_words() -> None:
    content = "\ufeff- one\r\n# remark\n\n  * [ ] two  words\r3. three".encode()
    assert read_lines(content) == (Line(1, "one"), Line(4, "two words"), Line(5, "three"))


def test_lines_are_taken_away_and_every_other_byte_stays() -> None:
    assert without(b"one\r\ntwo\nthree\rfour", {2, 4}) == b"one\r\nthree\r"


@given(st.binary(max_size=80) | st.text(max_size=60).map(str.encode), st.data())
def test_what_is_left_is_what_was_not_taken(content: bytes, data: st.DataObject) -> None:
    try:
        lines = read_lines(content)
    except UnicodeDecodeError:
        return
    taken = data.draw(st.sets(st.sampled_from([line.number for line in lines]))) if lines else set()
    left = without(content, taken)
    if not content.startswith(b"\xef\xbb\xbf"):
        assert [line.text for line in read_lines(left)] == [line.text for line in lines if line.number not in taken]
    assert without(content, ()) == content


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60).map(lambda text: " ".join(text.split())))
def test_no_text_trips_it(text: str) -> None:
    for begin in ("", "met ", "done ", "promised Ada ", "todo staff: ", "yesterday: "):
        found = understand(Line(1, begin + text), bench())
        assert (found.gesture is None) is bool(found.doubt)


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Will: called", "will-stone"),
        ("will, wrote", "will-stone"),
        ("touch will called", "will-stone"),
        ("promised Will the plan", "will-stone"),
        ("met Will Stone", "will-stone"),
        ("met Will, Northwind", "will"),
    ],
)
def test_a_first_name_is_enough_where_it_can_be_nothing_else(text, person):
    will = Bench(book({"people/will-stone.yml": "name: Will Stone"}).playbook, TODAY)
    found = understand(Line(1, text), will)
    assert found.gesture is not None, found.doubt
    assert [file.id for file in found.gesture.files] == [person]


def test_a_line_that_only_begins_like_a_first_name_is_nobodys():
    will = Bench(book({"people/will-stone.yml": "name: Will Stone"}).playbook, TODAY)
    assert understand(Line(1, "will buy milk"), will).gesture is None


def test_a_line_may_end_in_its_day():
    [change] = files("Ada: coffee, yesterday")
    assert change.changes == (Add(("log",), {"date": "2026-11-23", "kind": "met", "what": "Coffee"}),)
    [made] = files("met Nora Lind, Acme, likes tea, on friday")
    assert (made.tree["met"], made.tree["positions"]) == ({"date": "2026-11-20"}, [{"organization": "Acme"}])
    assert doubt("Ada: coffee, tomorrow") == (
        "'tomorrow' is 2026-11-25, which lies ahead; write down what has been; begin the line with the day, or put "
        "words that are no day in quotes"
    )
    assert doubt("yesterday: Ada: coffee, friday") == (
        "it begins with 2026-11-23 and ends in 'friday', 2026-11-20; write one of the two"
    )
