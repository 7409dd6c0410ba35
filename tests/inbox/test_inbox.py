"""Plain lines become entries; what is not clear stays, with the reason, and nothing is lost."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.codes import code_of
from playbook.gestures import Bench
from playbook.gestures.plans import FileChange
from playbook.inbox.reading import Line, read_lines, without
from playbook.inbox.understanding import Thought, understand
from playbook.source.edit import Add, Drop, Put
from tests.support import book

TODAY = dt.date(2026, 11, 24)
DRAFT = code_of(("item", "goals/staff#draft"))
"""A Tuesday."""
FILES = {
    "people/ada-novak.yml": "name: Ada Novak\nnickname: Ada\npromises: [Send the numbers, {what: A book, by: them}]",
    "people/bo.yml": "name: Bo\npromises: [Send the numbers too]",
    "people/bo-lind.yml": "name: Bo Lind",
    "people/zoe.yml": "name: Zoë\nlog: [{date: 2026-11-23, kind: called, what: Our plans}]",
    "goals/staff.yml": "title: Staff engineer\nchecklist:\n  - {id: draft, task: Draft the packet}\n  - Ask two readers\n  - {task: Ask for a slot, done: 2026-01-01}",
    "events/camp.yml": "title: Camp\nstarts: 2026-11-20\noutcomes: {follow_ups: [Mail the photographs, Mail the slides]}",
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
        ("done photographs", ("events", "camp"), (Put(("outcomes", "follow_ups", 0, "done"), "2026-11-24", "what"),)),
        (
            "done write to zoe",
            ("people", "zoe"),
            (Add(("log",), {"date": "2026-11-24", "kind": "wrote", "what": "After our call: Our plans"}),),
        ),
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
        (
            "kept Ada Novak: Send the numbers",
            ("people", "ada-novak"),
            (Put(("promises", 0, "kept"), "2026-11-24", "what"),),
        ),
        ("kept númbers ada", ("people", "ada-novak"), (Put(("promises", 0, "kept"), "2026-11-24", "what"),)),
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
        ("todo engineer: ask Grace", ("goals", "staff"), (Add(("checklist",), "Ask Grace"),)),
        ("met Ada", ("people", "ada-novak"), (Add(("log",), {"date": "2026-11-24", "kind": "met"}),)),
        (f"done {DRAFT}", ("goals", "staff"), (Put(("checklist", 0, "done"), "2026-11-24", "task"),)),
    ],
)
def test_a_line_becomes_a_change_of_the_file_it_belongs_to(
    text: str, key: tuple[str, str], changes: tuple[Put | Add | Drop, ...]
) -> None:
    [found] = files(text)
    assert ((found.kind, found.id), found.changes) == (key, changes)


@pytest.mark.parametrize(
    ("text", "log"),
    [
        ("called Ada yesterday, she is well", {"date": "2026-11-23", "kind": "called", "what": "She is well"}),
        ("Ada: long dinner talk yesterday", {"date": "2026-11-23", "kind": "met", "what": "Long dinner talk"}),
        ("Ada: yesterday, she is well", {"date": "2026-11-23", "kind": "met", "what": "She is well"}),
        ("thanked Ada yesterday for the talk", {"date": "2026-11-23", "kind": "thanked", "what": "For the talk"}),
        ("thanked Ada for the talk, on monday", {"date": "2026-11-23", "kind": "thanked", "what": "For the talk"}),
        ("gave Ada our notes, yesterday", {"date": "2026-11-23", "kind": "gave", "what": "Our notes"}),
        ("coffee with Ada, she is well", {"date": "2026-11-24", "kind": "met", "what": "Coffee, she is well"}),
        ("A long lunch with Ada about tea", {"date": "2026-11-24", "kind": "met", "what": "A long lunch about tea"}),
        ("we had lunch with Ada yesterday", {"date": "2026-11-23", "kind": "met", "what": "Lunch"}),
        ("video call with Ada, yes", {"date": "2026-11-24", "kind": "called", "what": "Video call, yes"}),
        ("talked to Ada about tea", {"date": "2026-11-24", "kind": "met", "what": "About tea"}),
        ("Ada: he answered, suggests a call", {"date": "2026-11-24", "kind": "heard", "what": "He answered, suggests a call"}),
    ],
)  # fmt: skip
def test_what_passed_is_logged_as_what_it_was_on_its_day(text: str, log: dict[str, str]) -> None:
    [found] = files(text)
    assert (found.id, found.changes) == ("ada-novak", (Add(("log",), log),))


@pytest.mark.parametrize(
    ("said", "positions", "what"),
    [
        (
            "HR business partner at Kestrel Rail",
            [{"organization": "Kestrel Rail", "title": "HR business partner"}],
            None,
        ),
        ("works as a designer @ northwind", [{"organization": "northwind", "title": "designer"}], None),
        ("at Kestrel Rail", [{"organization": "Kestrel Rail"}], None),
        ("works at Kestrel Rail, likes tea", [{"organization": "Kestrel Rail"}], "Likes tea"),
        ('"Institute at Brown"', [{"organization": "Institute at Brown"}], None),
        ("Institute at Sea", [{"organization": "sea"}], None),
        ("northwind", [{"organization": "northwind"}], None),
        ("lunch at Northwind", None, "Lunch at Northwind"),
        ("spoke at the fair", None, "Spoke at the fair"),
    ],
)
def test_a_role_at_a_company_is_both(said: str, positions: list[dict[str, str]] | None, what: str | None) -> None:
    here = Bench(book({**RADIA, "organizations/sea.yml": "name: Institute at Sea"}).playbook, TODAY)
    found = understand(Line(1, f"met Sofia Lund, {said}"), here)
    assert found.gesture is not None, found.doubt
    tree = found.gesture.files[0].tree
    assert isinstance(tree, dict)
    assert (tree["name"], tree.get("positions")) == ("Sofia Lund", positions)
    assert tree["log"] == [{"date": "2026-11-24", "kind": "met", **({"what": what} if what else {})}]


def test_a_day_behind_the_name_is_no_part_of_it() -> None:
    [made] = files("met Nora Lind yesterday, Acme, likes tea")
    assert isinstance(made.tree, dict)
    assert (made.id, made.tree["met"], made.tree["positions"]) == (
        "nora-lind", {"date": "2026-11-23"}, [{"organization": "Acme"}],
    )  # fmt: skip


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
        ("done mail", "'mail' could be 'Camp: Mail the photographs' or 'Camp: Mail the slides'"),
        ("done nothing like it", "no checklist item is called 'nothing like it'"),
        ("kept numbers", "it could be 'Ada Novak: Send the numbers' or 'Bo: Send the numbers too'"),
        ("kept : :", "no open promise is called ': :'"),
        ("kept shoes", "no open promise is called 'shoes'"),
        ("promised Nobody Here a pony", "'Nobody Here' is nobody with a file."),
        ("Ada: promised slides by blorgday", "blorgday"),
        ("promised Ada it by next week", "'next week' is more than one day; write one, such as 2026-12-04"),
        (
            "thank Ada for the review",
            "it reads as something still to do; once it was, say so (called …, thanked …), or: todo ada-novak: thank Ada for the review",
        ),
        ("call Ada", "todo ada-novak: call Ada"),
        ("talk with Ada about it", "todo ada-novak: talk with Ada about it"),
        ("Ada: thank her", "todo ada-novak: thank her"),
        ("Ada: call back", "todo ada-novak: call back"),
        ("Ada: did not come", "'did not come': then nothing passed between you"),
        ("coffee with Ada and Bo Lind", "it is about Ada Novak and Bo Lind; write a line for each"),
        ("coffee with Petra", "'Petra' is nobody with a file."),
        ("coffee with Ada tomorrow", "'tomorrow' is 2026-11-25, which lies ahead"),
        ("todo nowhere: ask", "'nowhere' is no record with a checklist"),
    ],
)
def test_what_is_not_clear_is_left_with_the_reason(text: str, reason: str) -> None:
    assert reason in doubt(text)


def test_what_else_is_said_of_somebody_new_waits() -> None:
    assert "an earlier line makes the file" in doubt("met Ingrid Solheim again", ("Ingrid Solheim",))
    assert "an earlier line makes the file" in doubt("met Ines Marques, Northwind", ("Inês Marques",))


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
        "it begins with 2026-11-23 and says 'friday', 2026-11-20; write one of the two"
    )


RADIA = {
    "people/radia-perlman.yml": "name: Radia Perlman",
    "people/ada-lovelace.yml": "name: Ada Lovelace",
    "people/li-an.yml": "name: Li An",
    "people/li-bo.yml": "name: Li Bo",
    "people/will-stone.yml": "name: Will Stone",
    "people/wei-min-chen.yml": "name: Wei Min Chen",
    "organizations/northwind.yml": "name: Northwind",
    "events/pycon-2026.yml": "{title: PyCon 2026, starts: 2026-11-20}",
    "events/rust.yml": "{title: Rust meetup, starts: 2026-11-02}",
    "events/data.yml": "{title: Data meetup, starts: 2026-11-03}",
    "events/meetup-2027.yml": "{title: PyCon 2027, starts: 2027-05-02}",
}


@cache
def radia() -> Bench:
    loaded = book(RADIA)
    assert not loaded.has_errors, [str(problem) for problem in loaded.problems]
    return Bench(loaded.playbook, TODAY)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        (
            "met Tove Ask at the fair, promised her the deck by tuesday",
            {
                "promises": [{"what": "The deck", "due": "2026-12-01"}],
                "log": [{"date": "2026-11-24", "kind": "met", "what": "At the fair"}],
            },
        ),
        (
            "met Tove Ask at pycon",
            {
                "met": {"date": "2026-11-24", "event": "pycon-2026"},
                "log": [{"date": "2026-11-24", "kind": "met", "event": "pycon-2026"}],
            },
        ),
        (
            "met Tove Ask from Northwind at PyCon 2026, wants tea",
            {
                "positions": [{"organization": "northwind"}],
                "met": {"date": "2026-11-24", "event": "pycon-2026"},
                "log": [{"date": "2026-11-24", "kind": "met", "what": "Wants tea", "event": "pycon-2026"}],
            },
        ),
        ("met Tove Ask in the lift", {"log": [{"date": "2026-11-24", "kind": "met", "what": "In the lift"}]}),
    ],
)
def test_where_somebody_was_met_is_no_part_of_the_name(text: str, tree: dict[str, object]) -> None:
    found = understand(Line(1, text), radia())
    assert found.gesture is not None, found.doubt
    [made] = found.gesture.files
    basic = {"name": "Tove Ask", "relations": ["connection"], "met": {"date": "2026-11-24"}}
    assert (made.id, made.tree) == ("tove-ask", {**basic, **tree})


def test_everything_that_a_new_file_gets_is_told() -> None:
    found = understand(Line(1, "met Tove Ask at the fair, promised her the deck by tuesday"), radia())
    assert found.gesture is not None
    assert found.gesture.files[0].said == (
        "Tove Ask: 2026-11-24, met: At the fair",
        "promise: The deck, by 2026-12-01",
    )


@pytest.mark.parametrize(
    ("text", "person", "log"),
    [
        ("radia sent me her notes", "radia-perlman", {"kind": "received", "what": "Sent me her notes"}),
        ("Radia lunch about the council", "radia-perlman", {"kind": "met", "what": "Lunch about the council"}),
        ("called ada, she said yes", "ada-lovelace", {"kind": "called", "what": "She said yes"}),
        ("wrote to Ada about the slot", "ada-lovelace", {"kind": "wrote", "what": "About the slot"}),
        ("called Ada Monday", "ada-lovelace", {"date": "2026-11-23", "kind": "called"}),
        ("called Wei Min, yes", "wei-min-chen", {"kind": "called", "what": "Yes"}),
        ("emailed radia the page", "radia-perlman", {"channel": "email", "kind": "wrote", "what": "The page"}),
        ("asked ada for a slot", "ada-lovelace", {"kind": "asked", "what": "Asked for a slot"}),
        ("heard from radia, they accept", "radia-perlman", {"kind": "heard", "what": "They accept"}),
        ('touch radia "called, it is settled"', "radia-perlman", {"kind": "called", "what": "It is settled"}),
        ("will sent me a note", "will-stone", {"kind": "received", "what": "Sent me a note"}),
        ("met Ada Lovelace at PyCon", "ada-lovelace", {"kind": "met", "what": "At PyCon", "event": "pycon-2026"}),
    ],
)
def test_a_short_name_needs_no_colon_and_may_stand_behind_the_verb(
    text: str, person: str, log: dict[str, object]
) -> None:
    found = understand(Line(1, text), radia())
    assert found.gesture is not None, found.doubt
    [change] = found.gesture.files
    assert (change.id, change.changes) == (person, (Add(("log",), {"date": "2026-11-24", **log}),))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("called Li, yes", "'Li' could be li-an or li-bo; write the id"),
        ("Li sent me the notes", "'Li' could be li-an or li-bo; write the id"),
        ("called ada and radia", "it is about Ada Lovelace and Radia Perlman; write a line for each"),
        ("called Ada Hopper, yes", "'Ada Hopper' is nobody with a file; Ada Lovelace (ada-lovelace) has one"),
        ("Ada Hopper sent me notes", "'Ada Hopper' is nobody with a file; Ada Lovelace (ada-lovelace) has one"),
        ("called the dentist", "'the dentist' is nobody with a file."),
        ("will buy milk", "it begins with nobody and nothing that is known."),
        ("met Tove Ask at the meetup", "'meetup' could be data or rust; write the id"),
        ("met radia at PyCon", "'radia' may be Radia Perlman (radia-perlman); write that name"),
    ],
)
def test_nobody_is_guessed(text: str, reason: str) -> None:
    found = understand(Line(1, text), radia())
    assert found.gesture is None
    assert found.doubt.startswith(reason)
