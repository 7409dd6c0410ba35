"""`playbook moved`, `close`, `rename`, `merge`: shown first, written all or nothing, taken back; history follows."""

from __future__ import annotations

import json
import os

import pytest

from tests.cli.terminals import on_a_terminal, plain

TODAY = ("--today", "2026-11-21")


@pytest.fixture
def book(empty):
    return empty.write(
        {
            "content/people/grace.yml": """
                name: Grace Hopper
                nickname: Amazing
                positions:
                  - {organization: northwind, title: Fellow, from: 2024-03-01}
                  - {organization: Navy, to: 2024-02-29}
                channels: {email: grace@northwind.example}
                promises: [{what: Send the page}]
            """,
            "content/people/lin.yml": "name: Lin\nknows: [grace]\n",
            "content/organizations/northwind.yml": "name: Northwind\npeople: [grace]\nalso_known_as: [NW]\n",
            "content/organizations/navy-labs.yml": "name: Navy Labs\n",
        }
    )


def held(folder) -> dict[str, bytes]:
    """Every file of the content folder."""
    return {name: folder.read(name) for name in folder.names() if name.startswith("content/")}


# ---- moved


def test_the_present_job_ends_the_day_before_the_new_one(book):
    ran = book.run("moved", "Amazing", "--to", "Navy Labs", "--title", "Head", "--from", "1 nov", "--yes", *TODAY)
    assert (ran.code, ran.err) == (0, "")
    assert (
        ran.out
        == """\
content/people/grace.yml
@@ -3,3 +3,4 @@
 positions:
-  - {organization: northwind, title: Fellow, from: 2024-03-01}
+  - {organization: navy-labs, title: Head, from: 2026-11-01}
+  - {organization: northwind, title: Fellow, from: 2024-03-01, to: 2026-10-31}
   - {organization: Navy, to: 2024-02-29}
content/organizations/northwind.yml names Grace Hopper under people; look whether that holds.
The e-mail address may be another now: grace@northwind.example
Grace Hopper: Head, Navy Labs, from 2026-11-01. Wrote 1 file; to take it back: playbook undo
"""
    )
    assert book.run("check").code == 0
    again = book.run("moved", "grace", "--to", "navy-labs", "--title", "Head", "--from", "2026-11-01", "--yes")
    assert (again.code, again.out) == (0, "already there: Grace Hopper: Head, Navy Labs, from 2026-11-01\n")


def test_another_job_beside_the_first_ends_nothing_and_a_name_without_a_file_is_kept_as_text(book):
    ran = book.run("moved", "lin", "--to", "Somewhere", "--from", "2026-11-01", "--also", "--yes")
    assert "'Somewhere' has no file of its own, and is kept as text." in ran.out
    assert book.read("content/people/lin.yml") == (
        b"name: Lin\nknows: [grace]\npositions:\n  - organization: Somewhere\n    from: 2026-11-01\n"
    )
    book.run("moved", "lin", "--to", "NW", "--from", "2026-12-01", "--also", "--yes")
    assert book.read("content/people/lin.yml").endswith(
        b"positions:\n  - organization: Somewhere\n    from: 2026-11-01\n  - organization: northwind\n    from: 2026-12-01\n"
    )


def test_a_job_may_begin_on_the_first_of_all_days_where_none_ends_before_it(book):
    assert book.run("moved", "lin", "--to", "NW", "--from", "0001-01-01", "--yes").code == 0
    assert book.read("content/people/lin.yml").endswith(b"from: 0001-01-01\n")


def test_you_can_move_too(book):
    book.write({"content/me.yml": "name: Ada\npositions: [northwind]\n"})
    ran = book.run("moved", "me", "--to", "navy-labs", "--from", "2026-11-01", "--yes")
    assert "headline, pitch and statement in me.yml may speak of the job before." in ran.out
    assert book.read("content/me.yml") == (
        b"name: Ada\npositions: [{organization: navy-labs, from: 2026-11-01}, {organization: northwind, to: 2026-10-31}]\n"
    )
    assert book.run("undo").code == 0
    assert book.read("content/me.yml") == b"name: Ada\npositions: [northwind]\n"


def test_what_is_no_move_is_refused(book):
    book.write({"content/people/cy.yml": "name: Cy\npositions: [northwind]\n"})
    before = held(book)
    for arguments, said in (
        (("grace", "--to", "navy-labs", "--from", "2024-01-01"), "would end that before it began; with --also"),
        (("cy", "--to", "navy-labs", "--from", "0001-01-01"), "would end that before it began; with --also"),
        (("grace", "--to", "navy-labs", "--from", "soonish"), "--from: 'soonish' is not a day; write one such as"),
        (("grce", "--to", "navy-labs", "--from", "2026-01-01"), "Did you mean 'grace'?"),
        (("grace", "--to", " ", "--from", "2026-01-01"), "--to: name an organization"),
        (("grace", "--from", "2026-01-01"), "Missing option '--to'"),
    ):
        ran = book.run("moved", *arguments, "--yes", *TODAY)
        assert (ran.code, said in ran.err) == (2, True), ran.err
    assert held(book) == before


# ---- close


def test_a_tie_that_ended_is_in_nobodys_week_and_can_be_opened_again(book):
    before = held(book)
    ran = book.run("close", "grace", "--why", "Left the field", "--yes", *TODAY)
    assert ran.out.endswith(
        """\
+closed:
+  date: 2026-11-21
+  why: Left the field
Grace Hopper is in nobody's week any more; the file, the log and the history stay.
Still open between you: Send the page
To open it again: playbook close grace --open
Closed: Grace Hopper, 2026-11-21: Left the field. Wrote 1 file; to take it back: playbook undo
"""
    )
    assert book.run("close", "grace", "--yes").out == "already there: Grace Hopper is closed since 2026-11-21\n"
    assert book.run("check").code == 0
    assert book.run("close", "grace", "--open", "--yes").code == 0
    assert held(book) == before
    assert book.run("close", "grace", "--open").out == "already there: Grace Hopper is not closed\n"


# ---- rename


def test_a_rename_is_shown_and_nothing_is_written_unless_told_so(book):
    before = held(book)
    for more in ((), ("--dry-run",), ("--dry-run", "--yes"), ("--json",)):
        assert book.run("rename", "grace", "grace-hopper", *more).code == 0
        assert held(book) == before
    assert (
        book.run("rename", "grace", "grace-hopper", "--name", "Grace M. Hopper", "--dry-run").out
        == """\
content/people/grace.yml is content/people/grace-hopper.yml
@@ -1,2 +1,2 @@
-name: Grace Hopper
+name: Grace M. Hopper
 nickname: Amazing
content/organizations/northwind.yml
@@ -1,3 +1,3 @@
 name: Northwind
-people: [grace]
+people: [grace-hopper]
 also_known_as: [NW]
content/people/lin.yml
@@ -1,2 +1,2 @@
 name: Lin
-knows: [grace]
+knows: [grace-hopper]
Nothing was written (--dry-run).
"""
    )


def test_a_rename_is_written_and_taken_back_byte_for_byte(book):
    before = held(book)
    ran = book.run("rename", "people/grace.yml", "grace-hopper", "--yes")
    assert ran.out.endswith("Renamed: people/grace is grace-hopper. Wrote 4 files; to take it back: playbook undo\n")
    after = held(book)
    assert set(after) == {*before, "content/people/grace-hopper.yml"} - {"content/people/grace.yml"}
    assert after["content/people/grace-hopper.yml"] == before["content/people/grace.yml"]
    assert book.run("check").code == 0
    assert book.run("undo").code == 0
    assert held(book) == before


def test_programs_get_a_rename_as_json(book):
    found = json.loads(book.run("rename", "grace", "gh", "--yes", "--json").out)
    assert len(found.pop("undo")) > 20
    assert found == {
        "said": "Renamed: people/grace is gh",
        "files": [
            {"path": "content/people/gh.yml", "new": True, "deleted": False},
            {"path": "content/organizations/northwind.yml", "new": False, "deleted": False},
            {"path": "content/people/lin.yml", "new": False, "deleted": False},
            {"path": "content/people/grace.yml", "new": False, "deleted": True},
        ],
        "notes": [],
        "written": True,
    }


def test_it_asks_on_a_terminal(book):
    shown = plain(on_a_terminal(book.path, "rename", "grace", "gh", typed="n\n"))
    assert "Write 4 files? [y/N]:" in shown
    assert shown.endswith("Nothing was written.\n")


def test_what_is_no_rename_is_refused(book):
    book.write({"content/events/lin.yml": "title: Lin\nstarts: 2026-05-01\n"})
    before = held(book)
    for arguments, said in (
        (("grace", "lin"), "'lin' is taken (people/lin); if the two are one, see: playbook merge; nothing was written"),
        (("grace", "Grace Hopper"), "write 'grace-hopper'"),
        (("grce", "gh"), "nothing is called 'grce'. Did you mean 'grace'?"),
        (("lin", "linn"), "'lin' could be people/lin or events/lin; write one"),
        (("me", "you"), "me.yml and the years of the journal are called what they are"),
        (("grace",), "say what it shall be called: playbook rename grace NEW, or --name"),
        (("grace", "grace"), "'grace' is called so already"),
    ):
        ran = book.run("rename", *arguments, "--yes")
        assert (ran.code, said in ran.err) == (2, True), ran.err
    assert held(book) == before


def test_a_settings_file_and_prose_that_say_the_id_are_told(book):
    book.write({"mkdocs.yml": "site_name: Mine\ndocs_dir: content/pages\nplugins: [playbook]\nextra: {a: navy-labs}\n"})
    book.write({"content/people/lin.yml": "name: Lin  # from navy-labs\n"})
    out = book.run("rename", "navy-labs", "nl", "--dry-run").out
    assert "'navy-labs' is still said in plain words; nothing leads there:\n  content/people/lin.yml:1: " in out
    assert "mkdocs.yml says 'navy-labs' too; look at it.\n" in out


def test_where_one_file_cannot_be_written_all_are_as_they_were(book, monkeypatch):
    from playbook.gestures import carrying

    before = held(book)
    real = carrying.replace_file

    def full(path, content, expected):
        if path.name == "lin.yml":
            raise OSError(28, os.strerror(28))
        real(path, content, expected)

    monkeypatch.setattr(carrying, "replace_file", full)
    ran = book.run("rename", "grace", "gh", "--yes")
    assert (ran.code, "content/people/lin.yml cannot be written" in ran.err) == (2, True)
    assert "nothing was written" in ran.err
    assert held(book) == before


# ---- merge


@pytest.fixture
def two(book):
    return book.write(
        {
            "content/people/gh.yml": "name: G. Hopper\ncircle: wide\nlocation: Ulm\nlog: [A call]\n",
            "content/people/lin.yml": "name: Lin\nknows: [grace, gh]\n",
        }
    )


def test_two_become_one_and_can_be_two_again(two):
    before = held(two)
    ran = two.run("merge", "grace", "G. Hopper", "--yes")
    assert ran.out.endswith(
        """\
content/people/lin.yml
@@ -1,2 +1,2 @@
 name: Lin
-knows: [grace, gh]
+knows: [grace]
content/people/gh.yml (deleted, 4 lines)
The name stays 'Grace Hopper' (the other: 'G. Hopper').
Merged: people/gh is grace. Wrote 3 files; to take it back: playbook undo
"""
    )
    assert two.read("content/people/grace.yml") == before["content/people/grace.yml"] + (
        b"circle: wide\nlocation: Ulm\nlog:\n  - A call\n"
    )
    assert two.run("check").code == 0
    assert two.run("undo").code == 0
    assert held(two) == before


def test_what_both_say_is_listed_and_nothing_is_written_unless_ours_is_kept(two):
    two.write({"content/people/lin.yml": "name: Lin\ncircle: inner\nmentoring: {role: mentor}\n"})
    two.write({"content/people/gh.yml": "name: G. Hopper\ncircle: wide\nmentoring: {role: mentee}\n"})
    before = held(two)
    ran = two.run("merge", "lin", "gh", "--yes")
    assert (ran.code, ran.err) == (
        2,
        "playbook: circle: lin says 'inner', gh says 'wide'\n"
        "mentoring.role: lin says 'mentor', gh says 'mentee'\n"
        "nothing was written; change one of the files, or keep what lin says: --keep-ours\n",
    )
    assert held(two) == before
    kept = two.run("merge", "lin", "gh", "--yes", "--keep-ours")
    assert "circle: lin says 'inner', gh says 'wide'\n" in kept.out
    assert two.read("content/people/lin.yml") == before["content/people/lin.yml"]
    assert "content/people/gh.yml" not in two.names()


def test_what_cannot_be_one_is_refused(two):
    before = held(two)
    for arguments, said in (
        (("grace", "northwind"), "people/grace and organizations/northwind are not of one kind"),
        (("grace", "Amazing"), "'grace' and 'Amazing' are one record already: people/grace"),
        (("grace", "nobody"), "nothing is called 'nobody'"),
    ):
        ran = two.run("merge", *arguments, "--yes")
        assert (ran.code, said in ran.err) == (2, True), ran.err
    assert held(two) == before


# ---- history


GOAL = """
    title: Staff
    criteria: [{text: Scope, id: scope}]
    checklist:
      - {task: Draft the packet, criteria: [staff/scope]}
      - task: Ask Grace
"""


def test_items_keep_their_life_under_the_new_name(book_repo, run):
    book_repo.commit({"goals/staff.yml": GOAL, "events/camp.yml": "title: Camp\nstarts: 2026-05-01\n"})
    book_repo.commit({"goals/staff.yml": GOAL.replace("task: Ask Grace", "{task: Ask Grace, done: true}")})
    before = [json.loads(run("log", words, "--json").out) for words in ("Draft the packet", "Ask Grace")]
    assert run("rename", "goals/staff", "promotion", "--yes").code == 0
    book_repo.commit()
    after = [json.loads(run("log", words, "--json").out) for words in ("Draft the packet", "Ask Grace")]
    assert [_life(one) for one in after] == [_life(one) for one in before]
    assert [one["items"][0]["goal"] for one in (*before, *after)] == ["staff", "staff", "promotion", "promotion"]
    assert _life(after[1])["created"] == "2026-01-05"
    assert _life(after[1])["done"] == "2026-01-06"


def test_items_of_somebody_who_is_merged_keep_their_life(book_repo, run):
    gh = "name: G. Hopper\nchecklist:\n  - task: Write to her\n"
    book_repo.commit({"people/grace.yml": "name: Grace\nchecklist: [Call]\n", "people/gh.yml": gh})
    book_repo.commit({"people/gh.yml": gh + "    done: true\n"})
    before = _life(json.loads(run("log", "Write to her", "--json").out))
    assert run("merge", "grace", "gh", "--yes").code == 0
    book_repo.commit()
    after = _life(json.loads(run("log", "Write to her", "--json").out))
    *events, moved = after["events"]
    assert (moved["kind"], moved["date"]) == ("moved", "2026-01-07")
    assert after | {"events": events} == before


def _life(found):
    """What happened to an item and when, without where it stood."""
    [item] = found["items"]
    return {field: value for field, value in item.items() if field != "goal"}
