"""`today`, `week`, `review`, `welcome-back`: what is said, to whom, and with which exit code."""

from __future__ import annotations

import io
import json
import sys

import pytest

BOOK: dict[str, str | bytes] = {
    "content/me.yml": "name: Mara\nweek_size: 1\n",
    "content/people/ada.yml": """
        name: Ada Novak
        relations: [mentor]
        circle: inner
        promises: [{what: Send the numbers, due: 2026-11-20}, {what: A book, by: them}]
        log: [{date: 2026-09-01, channel: video, kind: met, what: An hour on committees}]
        """,
    "content/people/bo.yml": "name: Bo\ncadence: weekly\nlog: [{date: 2026-11-10, kind: met}]\n",
    "content/goals/staff.yml": "title: Staff\nchecklist: [{task: Draft, due: 2026-11-23}]\n",
    "content/goals/write.yml": "title: Write\n",
    "content/events/camp.yml": "title: Camp\nstarts: 2026-12-01\nstatus: registered\nplace: Bremen\nmeet: [{person: ada}]\nchecklist: [{task: Pack, due: T-1}]\n",
}
DAY = ("--today", "2026-11-21")


@pytest.fixture
def mine(empty):
    return empty.write(BOOK)


def test_today_says_whom_to_be_in_touch_with_and_why(mine):
    ran = mine.run("today", *DAY)
    assert (ran.code, ran.err) == (0, "")
    assert (
        ran.out
        == """\
21 Nov 2026

Be in touch
  Ada Novak, mentor
      waiting since 29 Sep 2026: every 4 weeks (circle inner)
      last: met on 1 Sep 2026, An hour on committees
      you promised: Send the numbers; they promised: A book
  can wait this week: Bo

Waiting for you
  20 Nov 2026  you promised: Send the numbers (Ada Novak)

The next seven days
  23 Nov 2026  Draft (Staff)

Next event
  Camp: 1 Dec 2026, Bremen (in 10 days)
      0 of 1 prepared, 1 to meet
      30 Nov 2026  Pack (Camp)
"""
    )


def test_files_are_said_to_be_left_out_when_and_only_when_some_are(mine):
    said = "Some files cannot be read and are left out; playbook check says which.\n"
    # What is wrong with the whole costs nothing that was read, and a page is no part of it.
    mine.write(
        {"content/people/cy.yml": "name: Cy\nknows: [nobody]\ncircle: no-such\n", "content/pages/tags.md": "# x"}
    )
    (mine.path / "content/pages/far.md").symlink_to(mine.path / "mkdocs.yml")
    assert mine.run("check", *DAY).code == 1
    assert [said in mine.run(name, *DAY).out for name in ("today", "week")] == [False, False]
    for path, text in (("people/dee.yml", "nmae: Dee\n"), ("people/Ed.yml", "name: Ed\n")):
        mine.write({f"content/{path}": text})
        assert [said in mine.run(name, *DAY).out for name in ("today", "week")] == [True, True]
        (mine.path / "content" / path).unlink()
    assert said not in mine.run("today", *DAY).out
    (mine.path / "content/people/fay.yml").symlink_to(mine.path / "content/people/ada.yml")
    assert said in mine.run("today", *DAY).out


def test_the_week_names_whom_it_knows_nothing_of_and_the_line_that_begins_it(empty):
    people = {"martin": "relations: [manager]\ncircle: inner", "nora": "relations: [peer]"}
    empty.write({f"content/people/{name}.yml": f"name: {name.title()}\n{text}\n" for name, text in people.items()})
    said = "Worth a thought\n  Martin: nothing logged yet (circle inner); a line about the last time begins it\n"
    assert f'{said}      playbook touch martin "…"\n' in empty.run("week", *DAY).out


def test_a_play_that_is_called_after_somebody_names_them_once(empty):
    play = "title: 'Land a mentor: Priya Nair'\npeople: [priya]\nchecklist: [{task: Write, due: 2026-11-21, person: priya}]\n"
    log = "log: [{date: 2026-11-14, kind: wrote}]"
    empty.write({
        "content/people/priya.yml": f"name: Priya Nair\ncircle: wide\n{log}\n", "content/plays/mentor.yml": play,
    })  # fmt: skip
    ran = empty.run("today", *DAY)
    assert "  21 Nov 2026  Write (Land a mentor: Priya Nair)\n" in ran.out
    assert "due today: a week after your message; no answer yet (first nudge)\n" in ran.out


def test_the_week_says_more(mine):
    out = mine.run("week", *DAY).out
    assert out.startswith("Mon 16 Nov – Sun 22 Nov\n")
    assert "\nThe next seven days\n  23 Nov 2026  Draft (Staff)\n" in out
    assert "\nWorth a thought\n  Write has no next step\n" in out


def test_a_program_gets_the_same(mine):
    found = json.loads(mine.run("week", "--json", *DAY).out)
    assert [(one["id"], one["overdue"], one["script"]) for one in found["people"]] == [("ada", True, None)]
    assert found["can_wait"] == ["Bo"]
    assert [(one["text"], one["due"]) for one in found["waiting"]] == [("Send the numbers", "2026-11-20")]
    assert found["thoughts"] == [
        {"kind": "no next step", "about": "Write", "text": "has no next step", "command": None}
    ]


def test_a_script_may_want_to_know_whether_anything_is_overdue(mine, empty):
    assert mine.run("today", "--fail-overdue", *DAY).code == 1
    (mine.path / "content/people/ada.yml").unlink()
    (mine.path / "content/people/bo.yml").unlink()
    (mine.path / "content/events/camp.yml").unlink()
    assert mine.run("today", "--fail-overdue", *DAY).code == 0


def test_an_empty_playbook_has_nothing_that_waits(empty):
    assert empty.run("today", *DAY).out == (
        "21 Nov 2026\nNothing waits. A good moment to write down what you achieved, or to thank somebody.\n"
    )


def test_the_inbox_is_counted(mine):
    mine.write({"content/inbox.txt": "# remark\none\n\ntwo\n"})
    assert "\nInbox\n  2 lines wait: playbook inbox\n" in mine.run("today", *DAY).out


def test_nobody_else_is_told(mine):
    ran = mine.run("--audience", "public", "today", *DAY)
    assert (ran.code, "for you alone" in ran.err) == (2, True)


def test_a_review_goes_into_the_journal(mine):
    ran = mine.run(
        "review", "--well", "The talk", "--in-the-way", "Mornings", "--next", "Ask Ada", "--next", "Rest", *DAY
    )
    assert (ran.code, ran.out) == (0, "review: Week 47 of 2026\n  content/journal/2026.yml (new)\n")
    assert mine.read("content/journal/2026.yml").decode() == (
        "- date: 2026-11-21\n  kind: review\n  title: Week 47 of 2026\n  well:\n    - The talk\n  in_the_way: [Mornings]\n"
        "  next:\n    - Ask Ada\n    - Rest\n"
    )
    again = mine.run("review", "quarter", "--well", "All", *DAY)
    assert again.out.startswith("review: Quarter 4 of 2026\n")
    assert mine.run("check").code == 0


def test_the_answers_of_a_review_may_be_piped_in_one_a_line(mine, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("The talk; Ada's yes\n\nAsk Bo"))
    ran = mine.run("review", *DAY)
    assert (ran.code, ran.err) == (0, "")
    assert "\nWhat went well? The talk; Ada's yes\nWhat was in the way? -\nWhat comes next? Ask Bo\nreview: " in ran.out
    assert mine.read("content/journal/2026.yml").decode() == (
        "- date: 2026-11-21\n  kind: review\n  title: Week 47 of 2026\n  well:\n    - The talk\n    - Ada's yes\n"
        "  next:\n    - Ask Bo\n"
    )
    # An empty line takes what is suggested, as Enter does; answers that nobody piped are left out.
    monkeypatch.setattr(sys, "stdin", io.StringIO("-\n-\n\n"))
    again = mine.run("review", "quarter", *DAY)
    assert "What was in the way? -\nWhat comes next? Ask Bo\n" in again.out


def test_a_review_without_answers_and_without_a_terminal_says_how(mine, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    assert "give the answers with --well" in mine.run("review", *DAY).err


def test_a_way_back_is_shown_and_chosen(mine):
    later = ("--today", "2027-03-01")
    shown = mine.run("welcome-back", *later)
    assert shown.code == 2
    assert shown.out == (
        "Welcome back. The last entry is 111 days old; nothing was lost, and nobody keeps count.\n  inner: Ada Novak\n  others: Bo\n"
    )
    assert "nobody waits in 'outer'" in mine.run("welcome-back", "--rest", "outer", *later).err
    assert mine.run("welcome-back", "--rest", "inner", "--close", "all", *later).code == 0
    assert b"paused_until: 2027-06-01\n" in mine.read("content/people/ada.yml")
    assert b"closed:\n  date: 2027-03-01\n" in mine.read("content/people/bo.yml")
    assert mine.run("welcome-back", *later).out == "Nobody waits. playbook today says what else there is.\n"
    assert mine.run("undo").code == 0
    assert b"closed" not in mine.read("content/people/bo.yml")
