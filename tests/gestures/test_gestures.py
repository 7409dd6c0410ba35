"""What one gesture changes, and nothing else; what is written twice; and how it is taken back."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path

import pytest

from playbook.codes import code_of
from playbook.gestures import Bench, FileChange, Gesture, NotPossible, together
from playbook.gestures.carrying import FOLDER, KEPT, NotWritten, carry_out, take_back
from playbook.gestures.follow_ups import follow_up
from playbook.gestures.items import add_item, find_items, skip, tick, untick
from playbook.gestures.journal import write_entry
from playbook.gestures.people import Pledge, Talk, give, keep, meet, promise, thank, touch
from playbook.gestures.preparing import Prepared
from playbook.records.choices import By, JournalKind, LogKind
from playbook.source.edit import Add, Drop, Put
from tests.support import book

TODAY = dt.date(2026, 11, 24)
ADA = ("people", "ada")


def bench(**files: str) -> Bench:
    """A bench over files, `people_ada` for `people/ada.yml`."""
    loaded = book({f"{path.replace('_', '/', 1)}.yml": text for path, text in files.items()})
    assert not loaded.has_errors, [str(problem) for problem in loaded.problems]
    return Bench(loaded.playbook, TODAY)


def only(gesture: Gesture) -> FileChange:
    [change] = gesture.files
    return change


# ---- people


@pytest.mark.parametrize("words", ["told them over lunch", "Told both"])
def test_who_is_told_of_a_goal_stands_in_the_goal_too(words: str) -> None:
    files = {
        "people_ada": "name: Ada",
        "people_bo": "name: Bo",
        "people_max": "name: Max",
        "goals_staff": "title: S\ntold: [bo]",
    }
    person, goal = touch(bench(**files), "ada", Talk(words, goal="staff", with_=("bo", "max"))).files
    assert (person.kind, person.id) == ADA
    assert goal == FileChange(
        "goals",
        "staff",
        tuple(Add(("told",), {"person": one, "date": "2026-11-24"}) for one in ("ada", "max")),
        ("told: Ada", "told: Max"),
    )
    for other in (Talk(words), Talk("toldyou", goal="staff"), Talk("was told of it", goal="staff")):
        assert len(touch(bench(**files), "ada", other).files) == 1


def test_a_touch_is_logged_with_what_was_promised() -> None:
    talk = Talk(
        "The paper", LogKind.CALLED, "video", goal="staff", with_=("bo",), promises=(Pledge("Slides", due=TODAY),)
    )
    change = only(touch(bench(people_ada="name: Ada", people_bo="name: Bo", goals_staff="title: S"), "ada", talk))
    assert (change.kind, change.id) == ADA
    assert change.changes == (
        Add(("promises",), {"what": "Slides", "due": "2026-11-24"}),
        Add(
            ("log",),
            {
                "date": "2026-11-24",
                "channel": "video",
                "kind": "called",
                "what": "The paper",
                "goal": "staff",
                "with": ["bo"],
            },
        ),
    )


def test_a_log_that_is_kept_newest_first_gets_it_on_top() -> None:
    newest = "name: Ada\nlog: [{date: 2026-11-03}, {date: 2026-10-01}]"
    assert only(touch(bench(people_ada=newest), "ada", Talk())).changes[0] == Add(
        ("log",), {"date": "2026-11-24", "kind": "met"}, index=0
    )


def test_the_same_touch_and_the_same_promise_are_not_written_twice() -> None:
    there = "name: Ada\nlog: [{date: 2026-11-24, what: Lunch}]\npromises: [Slides]"
    again = touch(bench(people_ada=there), "ada", Talk("Lunch", promises=(Pledge("Slides"),)))
    assert (again.files, again.already) == ((), ("ada: 2026-11-24, met: Lunch",))
    assert promise(bench(people_ada=there), "ada", Pledge("Slides")).is_empty
    kept = "name: Ada\npromises: [{what: Slides, kept: 2026-01-01}]"
    assert not promise(bench(people_ada=kept), "ada", Pledge("Slides")).is_empty


def test_the_code_on_paper_means_its_item_unless_an_id_is_the_same() -> None:
    here = bench(goals_staff="title: S\nchecklist: [{id: draft, task: Draft}, Ask two, {task: Old, done: 2026-01-01}]")
    codes = [code_of(("item", f"goals/staff#{name}")) for name in ("draft", "Ask two", "Old")]
    found = [[one.item.task for one in find_items(here.playbook, code.lower())] for code in codes]
    assert found == [["Draft"], ["Ask two"], ["Old"]]
    other = bench(
        goals_staff=f"title: S\nchecklist: [{{id: draft, task: Draft}}, {{id: {codes[0].lower()}, task: Own}}]"
    )
    assert [one.item.task for one in find_items(other.playbook, codes[0].lower())] == ["Own"]


def test_a_promise_is_kept_once() -> None:
    here = bench(people_ada="name: Ada\npromises: [Slides, {what: Notes, kept: 2026-01-01}]")
    assert only(keep(here, "ada", 0)).changes == (Put(("promises", 0, "kept"), "2026-11-24", "what"),)
    with pytest.raises(NotPossible, match="'Notes' was kept already"):
        keep(here, "ada", 1)
    with pytest.raises(NotPossible, match="no such promise"):
        keep(here, "ada", 2)


def test_what_they_promise_says_so() -> None:
    change = only(promise(bench(people_ada="name: Ada"), "ada", Pledge("A book", By.THEM)))
    assert change.changes == (Add(("promises",), {"what": "A book", "by": "them"}),)


def test_an_offer_of_those_words_is_taken_up() -> None:
    here = bench(people_ada="name: Ada\noffers: [Our numbers]")
    assert only(give(here, "ada", "our numbers")).changes == (
        Add(("log",), {"date": "2026-11-24", "kind": "gave", "what": "our numbers"}),
        Put(("offers", 0, "given"), "2026-11-24", "what"),
    )
    assert len(only(give(here, "ada", "a room")).changes) == 1


def test_thanks_settle_what_the_journal_owes() -> None:
    here = bench(
        people_ada="name: Ada",
        journal_2026="- {date: 2026-11-01, title: Shipped, people: [ada]}\n- {date: 2026-11-02, title: Other}",
    )
    log, journal = thank(here, "ada", "For the review").files
    assert log.changes == (Add(("log",), {"date": "2026-11-24", "kind": "thanked", "what": "For the review"}),)
    assert (journal.id, journal.changes) == ("2026", (Add((0, "thanked"), "ada", "title"),))


def test_a_follow_up_is_done_once() -> None:
    listed = "{follow_ups: [Send it, {what: Call, done: true}]}"
    here = bench(
        events_camp=f"title: Camp\nstarts: 2026-11-20\noutcomes: {listed}", events_bare="title: B\nstarts: 2027-01-01"
    )
    gesture = follow_up(here, "camp", 0)
    assert gesture.said == "Done: Send it (Camp)"
    assert only(gesture).changes == (Put(("outcomes", "follow_ups", 0, "done"), "2026-11-24", "what"),)
    with pytest.raises(NotPossible, match="'Call' was done already"):
        follow_up(here, "camp", 1)
    for event, index in (("camp", 2), ("camp", -1), ("bare", 0)):
        with pytest.raises(NotPossible, match="has no such follow-up any more"):
            follow_up(here, event, index)


def test_somebody_new_gets_an_id_that_is_free() -> None:
    here = Bench(bench(people_ada="name: Ada").playbook, TODAY, frozenset({("people", "ada-2")}))
    change = only(meet(here, "Ada", Talk("Lunch", event=""), organization="Northwind"))
    assert (change.id, change.tree) == (
        "ada-3",
        {
            "name": "Ada",
            "relations": ["connection"],
            "positions": [{"organization": "Northwind"}],
            "met": {"date": "2026-11-24"},
            "log": [{"date": "2026-11-24", "kind": "met", "what": "Lunch"}],
        },
    )
    with pytest.raises(NotPossible, match="'ada' is taken"):
        meet(here, "Ada", Talk(), identifier="ada")
    with pytest.raises(NotPossible, match="no file name can be made"):
        meet(here, "王小明", Talk())


# ---- items

GOAL = """
title: Staff engineer
checklist:
  - {id: draft, task: Draft the packet}
  - Ask two readers
  - {task: Read the packet aloud, done: 2026-01-01}
  - {task: Second reader, skipped: Not asked for}
"""


def found(words: str, **files: str) -> list[str]:
    playbook = bench(goals_staff=GOAL, **files).playbook
    return [one.item.task for one in find_items(playbook, words, wanted=lambda item: item.is_open)]


def test_an_item_is_found_by_id_by_its_words_and_by_those_of_its_record() -> None:
    assert found("draft") == ["Draft the packet"]
    assert found("ASK two readers") == ["Ask two readers"]
    assert found("packet") == ["Draft the packet"]
    assert found("staff: packet") == ["Draft the packet"]
    assert found("staff/readers") == ["Ask two readers"]
    assert found("engineer readers") == ["Ask two readers"]
    assert found("aloud") == ["Read the packet aloud"]
    assert found("camp: packet", events_camp="title: C\nstarts: 2027-01-01") == []
    assert found("nothing") == found(" ") == []


def test_an_item_is_ticked_opened_and_left_out() -> None:
    here = bench(goals_staff=GOAL)
    draft, ask, read, second = find_items(here.playbook, "staff")
    assert only(tick(here, draft, evidence="docs/p.md")).changes == (
        Put(("checklist", 0, "done"), "2026-11-24", "task"),
        Put(("checklist", 0, "evidence"), "docs/p.md", "task"),
    )
    assert only(tick(here, second)).changes == (
        Drop(("checklist", 3, "skipped")),
        Put(("checklist", 3, "done"), "2026-11-24", "task"),
    )
    assert only(untick(read)).changes == (Drop(("checklist", 2, "done")),)
    assert only(untick(second)).changes == (Drop(("checklist", 3, "skipped")),)
    assert only(skip(ask, " Nobody asks ")).changes == (Put(("checklist", 1, "skipped"), "Nobody asks", "task"),)
    for wrong in (lambda: tick(here, read), lambda: untick(ask), lambda: skip(ask, " "), lambda: skip(read, "x")):
        with pytest.raises(NotPossible):
            wrong()


def test_an_item_is_added_once() -> None:
    here = bench(goals_staff=GOAL, people_ada="name: Ada")
    assert only(add_item(here, ("goals", "staff"), "Ask Grace")).changes == (Add(("checklist",), "Ask Grace"),)
    assert only(add_item(here, ADA, "Call", due="T-3", person="ada")).changes == (
        Add(("checklist",), {"task": "Call", "due": "T-3", "person": "ada"}),
    )
    assert add_item(here, ("goals", "staff"), "ask TWO readers").is_empty
    assert not add_item(here, ("goals", "staff"), "Read the packet aloud").is_empty
    with pytest.raises(NotPossible, match="no checklist"):
        add_item(here, ("me", "me"), "x")


def test_a_journal_is_kept_in_its_own_order_and_a_new_year_gets_a_file() -> None:
    value = {"date": "2026-11-24", "kind": "achievement", "title": "Shipped", "goals": ["s"]}
    fields = {"goals": ["s"], "impact": ""}
    newest = "- {date: 2026-11-03, title: B}\n- {date: 2026-10-01, title: A}"
    oldest = "- {date: 2026-10-01, title: A}\n- {date: 2026-11-03, title: B}"
    for text, index in ((newest, 0), (oldest, None)):
        change = only(write_entry(bench(journal_2026=text), JournalKind.ACHIEVEMENT, "Shipped", fields))
        assert change.changes == (Add((), value, index=index),)
    assert only(write_entry(bench(), JournalKind.ACHIEVEMENT, "Shipped", fields)).tree == [value]
    there = bench(journal_2026="- {date: 2026-11-24, title: Shipped}")
    assert write_entry(there, JournalKind.ACHIEVEMENT, "Shipped").is_empty


def test_several_gestures_are_one_change_for_each_file() -> None:
    here = bench(people_ada="name: Ada", goals_staff=GOAL)
    one = together(
        [touch(here, "ada", Talk("A")), promise(here, "ada", Pledge("B")), add_item(here, ("goals", "staff"), "C")]
    )
    assert [(change.kind, change.id, len(change.changes)) for change in one.files] == [
        ("people", "ada", 2),
        ("goals", "staff", 1),
    ]


# ---- writing, and taking back


@pytest.fixture
def content(tmp_path: Path) -> Path:
    (tmp_path / "content" / "people").mkdir(parents=True)
    (tmp_path / "content" / "people" / "ada.yml").write_bytes(b"name: Ada\r\n")
    return tmp_path / "content"


def prepared(after: bytes = b"name: Ada L\r\n", before: bytes | None = b"name: Ada\r\n", name: str = "ada") -> Prepared:
    return Prepared(f"content/people/{name}.yml", before, after, ("said",))


def test_what_was_written_is_taken_back_byte_for_byte(content: Path) -> None:
    file, new = content / "people" / "ada.yml", content / "people" / "bo.yml"
    done = carry_out(content.parent, content, (prepared(), prepared(b"name: Bo\n", None, "bo")), "Two")
    assert (file.read_bytes(), new.read_bytes()) == (b"name: Ada L\r\n", b"name: Bo\n")
    assert done.files == ("content/people/ada.yml", "content/people/bo.yml")
    assert take_back(content.parent, content, done.token).said == "Two"
    assert (file.read_bytes(), new.exists()) == (b"name: Ada\r\n", False)
    with pytest.raises(NotWritten, match="cannot be taken back any more"):
        take_back(content.parent, content, done.token)
    with pytest.raises(NotWritten, match="nothing to take back"):
        take_back(content.parent, content)


def test_a_file_that_was_changed_since_is_neither_written_nor_taken_back(content: Path) -> None:
    file = content / "people" / "ada.yml"
    with pytest.raises(NotWritten, match=r"ada\.yml was changed meanwhile; nothing was written"):
        carry_out(content.parent, content, (prepared(before=b"name: Somebody\n"),), "x")
    with pytest.raises(NotWritten, match="was changed meanwhile"):
        carry_out(content.parent, content, (prepared(before=None),), "x")
    carry_out(content.parent, content, (prepared(),), "x")
    file.write_bytes(b"name: Edited\n")
    with pytest.raises(NotWritten, match=r"ada.yml was changed since 'x' was written; nothing was taken back"):
        take_back(content.parent, content)
    assert file.read_bytes() == b"name: Edited\n"


def test_a_link_is_not_followed(content: Path, tmp_path: Path) -> None:
    target = tmp_path / "target.yml"
    target.write_bytes(b"name: Ada\r\n")
    file = content / "people" / "ada.yml"
    file.unlink()
    file.symlink_to(target)
    with pytest.raises(NotWritten, match="is a link"):
        carry_out(content.parent, content, (prepared(),), "x")
    assert target.read_bytes() == b"name: Ada\r\n"


def test_what_is_taken_back_lies_in_the_content_folder_and_behind_no_link(content: Path, tmp_path: Path) -> None:
    carry_out(content.parent, content, (prepared(),), "x")
    [kept] = (content.parent / FOLDER).iterdir()
    said = kept.read_text()
    # As a playbook that somebody else made may bring it.
    for path in ("content/../../evil.yml", "/evil.yml", "../evil.yml", "content/people/../../../evil.yml"):
        planted = json.loads(said)
        planted["files"] = [{"path": path, "before": "ZXZpbA==", "after": None}]
        kept.write_text(json.dumps(planted))
        with pytest.raises(NotWritten, match="does not lie in 'content'; nothing was written"):
            take_back(content.parent, content)
    kept.write_text(said)
    (content / "people").rename(tmp_path / "elsewhere")
    (content / "people").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(NotWritten, match="'people' is a link"):
        take_back(content.parent, content)
    assert (tmp_path / "elsewhere" / "ada.yml").read_bytes() == b"name: Ada L\r\n"


def test_what_can_be_taken_back_is_for_its_owner_alone_and_not_for_ever(content: Path) -> None:
    before = b"name: Ada\r\n"
    for number in range(KEPT + 5):
        after = f"name: Ada {number}\r\n".encode()
        carry_out(content.parent, content, (prepared(after, before),), str(number))
        before = after
    kept = sorted((content.parent / FOLDER).iterdir())
    assert len(kept) == KEPT
    if os.name == "posix":
        assert {path.stat().st_mode & 0o777 for path in kept} == {0o600}
    assert take_back(content.parent, content).said == str(KEPT + 4)


def test_a_folder_that_cannot_remember_does_not_stop_the_gesture(content: Path) -> None:
    (content.parent / ".cache").write_bytes(b"a file")
    done = carry_out(content.parent, content, (prepared(),), "x")
    assert (done.token, (content / "people" / "ada.yml").read_bytes()) == ("", b"name: Ada L\r\n")


def test_a_file_that_goes_is_there_again_when_that_is_taken_back(content: Path) -> None:
    old, new = content / "people" / "ada.yml", content / "people" / "bo.yml"
    going = Prepared("content/people/ada.yml", b"name: Ada\r\n", b"", (), is_gone=True)
    carry_out(content.parent, content, (going, prepared(b"name: Bo\n", None, "bo")), "Renamed")
    assert (old.exists(), new.read_bytes()) == (False, b"name: Bo\n")
    take_back(content.parent, content)
    assert (old.read_bytes(), new.exists()) == (b"name: Ada\r\n", False)
    with pytest.raises(NotWritten, match=r"ada\.yml was changed meanwhile; nothing was written"):
        carry_out(content.parent, content, (Prepared(going.path, b"name: Other\n", b"", (), is_gone=True),), "x")
    assert old.read_bytes() == b"name: Ada\r\n"


def test_where_one_file_cannot_be_written_all_are_as_they_were(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from playbook.gestures import carrying

    real = carrying.replace_file

    def full(path: Path, after: bytes, expected: bytes) -> None:
        if path.name == "cy.yml":
            raise OSError(28, os.strerror(28))
        real(path, after, expected)

    (content / "people" / "cy.yml").write_bytes(b"name: Cy\n")
    monkeypatch.setattr(carrying, "replace_file", full)
    three = (prepared(), prepared(b"name: Bo\n", None, "bo"), prepared(b"name: C\n", b"name: Cy\n", "cy"))
    with pytest.raises(NotWritten, match=r"cy\.yml cannot be written: .*; nothing was written, try it again"):
        carry_out(content.parent, content, three, "x")
    held = {path.name: path.read_bytes() for path in (content / "people").iterdir()}
    assert held == {"ada.yml": b"name: Ada\r\n", "cy.yml": b"name: Cy\n"}
    with pytest.raises(NotWritten, match="nothing to take back"):
        take_back(content.parent, content)


def test_what_a_kill_left_half_written_can_be_taken_back(content: Path) -> None:
    (content / "people" / "bo.yml").write_bytes(b"name: Bo\n")
    carry_out(content.parent, content, (prepared(), prepared(b"name: B\n", b"name: Bo\n", "bo")), "Two")
    (content / "people" / "bo.yml").write_bytes(b"name: Bo\n")
    take_back(content.parent, content)
    held = {path.name: path.read_bytes() for path in (content / "people").iterdir()}
    assert held == {"ada.yml": b"name: Ada\r\n", "bo.yml": b"name: Bo\n"}
