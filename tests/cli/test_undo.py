"""`playbook undo`: whatever a command wrote is taken back, and nothing that somebody did since is lost in silence."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from playbook.serving.desk import Desk
from tests.cli.terminals import on_a_terminal, plain

GRACE = "name: Grace Hopper\nnotes: Tired lately\n"
LIN = "name: Lin\nknows: [grace]\nnotes: Coffee with Grace.\n"
STAFF = "title: Staff\nchecklist:\n  - Draft it\n"


@pytest.fixture
def book(book_repo):
    book_repo.commit(
        {
            "me.yml": "name: Ada\ntimezone: Europe/Berlin\naudiences: {ines: {sees: [work]}}\n",
            "people/grace.yml": GRACE,
            "people/lin.yml": LIN,
            "goals/staff.yml": STAFF,
            "organizations/navy.yml": "name: Navy Labs\n",
            "inbox.txt": "one\n",
        }
    )
    return book_repo


def held(book):
    content = book.top / "content"
    return {path.relative_to(content).as_posix(): path.read_bytes() for path in content.rglob("*") if path.is_file()}


@pytest.mark.few(4)
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("share", "staff", "--with", "ines", "--yes"), "Shared with ines: Staff"),
        (("forget", "grace", "--prose", "--yes"), "Forgotten: Grace Hopper"),
        (("new", "person", "Radia Perlman"), "New person: Radia Perlman"),
        (("rename", "grace", "grace-hopper", "--yes"), "Renamed: people/grace is grace-hopper"),
        (("merge", "lin", "grace", "--keep-ours", "--yes"), "Merged: people/grace is lin"),
        (("moved", "grace", "--to", "navy", "--from", "2026-11-01", "--yes"), "Grace Hopper: Navy Labs, from 2026-11-01"),
        (("close", "grace", "--yes"), "Closed: Grace Hopper, 2026-11-24"),
        (("inbox", "two"), "inbox: two"),
        (("achieve", "Shipped"), "achievement: Shipped"),
        (("done", "draft"), "Done: Draft it (Staff)"),
    ],
)  # fmt: skip
def test_whatever_was_written_is_taken_back_byte_for_byte(book, run, arguments, said):
    before = held(book)
    assert run("--today", "2026-11-24", *arguments).code == 0
    assert held(book) != before
    back = run("undo")
    assert (back.code, back.err) == (0, "")
    assert back.out.startswith("Taken back: ")
    assert said in back.out.splitlines()[0]
    assert held(book) == before


def test_unshare_and_fix_are_taken_back(book, run):
    assert run("share", "staff", "--with", "ines", "--yes").code == 0
    shared = held(book)
    assert run("unshare", "staff", "--with", "ines", "--yes").out.endswith("To take it back: playbook undo\n")
    assert run("undo").out.splitlines()[0] == "Taken back: Not shared any more with ines: Staff"
    assert held(book) == shared
    book.write({"goals/staff.yml": "title: Staff\npeople: Grace Hopper\n"})
    named = held(book)
    run("check", "--fix")
    assert held(book)["goals/staff.yml"] == b"title: Staff\npeople: grace\n"
    assert run("undo").out.splitlines()[0] == "Taken back: Ids for names: content/goals/staff.yml"
    assert held(book) == named


def test_what_was_changed_since_is_not_taken_back(book, run):
    assert run("new", "person", "Radia Perlman").code == 0
    book.write({"people/radia-perlman.yml": "name: Radia Perlman\nnotes: Mine\n"})
    before = held(book)
    ran = run("undo", "--yes")
    assert (ran.code, ran.err) == (
        2,
        "playbook: content/people/radia-perlman.yml was changed since 'New person: Radia Perlman' was written; nothing was "
        "taken back\n",
    )
    assert held(book) == before


@pytest.mark.few(1)
@pytest.mark.parametrize(
    "arguments", [("done", "draft"), ("forget", "grace", "--yes"), ("new", "person", "Radia Perlman")]
)
def test_what_was_committed_since_is_taken_back_only_when_that_was_agreed_to(book, run, arguments):
    before = held(book)
    assert run(*arguments).code == 0
    assert run("commit").code == 0
    written, short = held(book), book.git("rev-parse", "--short", "HEAD")
    for more in ((), ("--json",)):
        ran = run("undo", *more)
        assert (ran.code, ran.out) == (2, "")
        assert f"was committed ({short}); the commit stays, and taking it back is a new change. Nothing" in ran.err
        assert ran.err.endswith("to do it: playbook undo --yes\n")
    assert f"was committed ({short}). The commit stays" in run("undo", "--dry-run").out
    refused = plain(on_a_terminal(book.top, "undo", typed="n\n"))
    assert "The commit stays; taking it back is a new change, to be committed too.\nTake it back? [y/N]:" in refused
    assert refused.endswith("Nothing was taken back.\n")
    assert held(book) == written
    ran = run("undo", "--yes")
    assert (ran.code, ran.err) == (0, "")
    assert f"was committed ({short}). The commit stays; taking it back is a new change, to be committed too." in ran.out
    assert held(book) == before
    assert book.git("rev-parse", "--short", "HEAD") == short


def test_of_what_was_written_since_the_commit_nothing_is_asked(book, run):
    assert run("done", "draft").code == 0
    assert run("commit").code == 0
    assert run("touch", "lin", "tea").code == 0
    back = json.loads(run("undo", "--json").out)
    assert (back["committed"], back["written"]) == ([], True)
    assert run("undo").code == 2
    assert len(json.loads(run("undo", "--json", "--yes").out)["committed"]) == 1
    assert held(book)["goals/staff.yml"] == STAFF.encode()


def test_what_was_committed_together_with_more_is_committed(book, run):
    for arguments in (("touch", "lin", "tea"), ("touch", "lin", "lunch"), ("commit",)):
        assert run(*arguments).code == 0
    short = book.git("rev-parse", "--short", "HEAD")
    for said in ("Lunch", "Tea"):
        assert f"{said}' was committed ({short}); the commit stays" in run("undo").err
        assert run("undo", "--yes").code == 0
    assert held(book)["people/lin.yml"] == LIN.encode()


def test_a_commit_of_other_files_is_none(book, run):
    assert run("touch", "lin", "tea").code == 0
    book.git("commit", "--quiet", "--allow-empty", "-m", "Nothing")
    book.write({"goals/staff.yml": STAFF + "  - More\n"})
    book.git("commit", "--quiet", "-m", "Other", "--", "content/goals/staff.yml")
    back = json.loads(run("undo", "--json").out)
    assert (back["committed"], held(book)["people/lin.yml"]) == ([], LIN.encode())


def test_an_older_commit_that_held_the_same_is_not_told(book, run):
    assert run("done", "draft", "--on", "2026-11-01").code == 0
    assert run("commit").code == 0
    book.commit({"goals/staff.yml": STAFF})
    assert run("done", "draft", "--on", "2026-11-01").code == 0
    assert run("undo").code == 0
    assert held(book)["goals/staff.yml"] == STAFF.encode()


def test_a_page_says_that_the_commit_stays(book, run):
    desk = Desk(book.top, "content", lambda _: dt.date(2026, 11, 24))
    assert (
        desk.undo(json.loads(run("done", "draft", "--json").out)["undo"]).said == "Taken back: Done: Draft it (Staff)"
    )
    token = json.loads(run("done", "draft", "--json").out)["undo"]
    assert run("commit").code == 0
    short = book.git("rev-parse", "--short", "HEAD")
    assert desk.undo(token).said == (
        f"Taken back: Done: Draft it (Staff); it was committed ({short}), which stays: commit this too"
    )
    assert held(book)["goals/staff.yml"] == STAFF.encode()


def test_what_could_not_be_remembered_is_not_in_the_way(book, run, monkeypatch):
    from playbook.gestures import carrying

    assert run("done", "draft").code == 0

    def full(said, stream):
        stream.write('{"half')
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(carrying.json, "dump", full)
        assert run("touch", "lin", "tea").code == 0
    assert run("undo").out.startswith("Taken back: Done: Draft it (Staff)\n")
