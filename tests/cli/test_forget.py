"""`playbook forget`: it shows the difference, writes all or nothing, and says what git keeps."""

from __future__ import annotations

import json
import os

import pytest

from tests.cli.terminals import on_a_terminal, plain


@pytest.fixture
def two(empty):
    return empty.write(
        {
            "content/people/grace.yml": "name: Grace Hopper\nnotes: Tired lately\n",
            "content/people/lin.yml": "name: Lin\nknows: [grace]\nnotes: Coffee with Grace.\n",
            "content/pages/about.md": "# About\n\nThanks to [[grace]].\n",
        }
    )


def test_it_shows_what_would_change_and_writes_nothing_unless_told_so(two):
    before = {name: two.read(name) for name in two.names()}
    for arguments in (("grace",), ("Grace Hopper", "--dry-run"), ("grace", "--dry-run", "--yes"), ("grace", "--json")):
        assert two.run("forget", *arguments).code == 0
        assert {name: two.read(name) for name in two.names()} == before
    assert (
        two.run("forget", "grace", "--dry-run").out
        == """\
content/pages/about.md
@@ -2,2 +2,2 @@
\x20
-Thanks to [[grace]].
+Thanks to someone.
content/people/lin.yml
@@ -1,3 +1,2 @@
 name: Lin
-knows: [grace]
 notes: Coffee with Grace.
content/people/grace.yml (deleted, 2 lines)
Plain words that may name Grace Hopper (--prose writes 'someone'); the lines as they shall be:
  content/people/lin.yml:2: notes: Coffee with Grace.
Nothing was written (--dry-run).
"""
    )


def test_with_yes_the_file_and_every_reference_are_gone(two):
    ran = two.run("forget", "grace", "--yes")
    assert ran.code == 0
    assert ran.out.endswith(
        "Wrote 3 files; grace is in none of them.\n\n"
        "playbook undo takes it back: for that, .cache/playbook/undo/ here holds what was there, also of what was\n"
        "written about them before. Once you are sure, delete that folder.\n\n"
        "There is no git history here. Backups, and sites that were built before, keep what they hold.\n"
    )
    assert "content/people/grace.yml" not in two.names()
    assert two.read("content/people/lin.yml") == b"name: Lin\nnotes: Coffee with Grace.\n"
    assert two.run("check").code == 0


def test_programs_get_it_as_json(two):
    told = json.loads(two.run("forget", "grace", "--prose", "--yes", "--json").out)
    assert len(told.pop("undo")) > 20
    assert told == {
        "person": "grace",
        "files": [
            {"path": "content/pages/about.md", "deleted": False},
            {"path": "content/people/lin.yml", "deleted": False},
            {"path": "content/people/grace.yml", "deleted": True},
        ],
        "mentions": [],
        "audiences": [],
        "written": True,
    }
    assert two.read("content/people/lin.yml") == b"name: Lin\nnotes: Coffee with someone.\n"


def test_it_asks_on_a_terminal(two):
    shown = plain(on_a_terminal(two.path, "forget", "grace", typed="n\n"))
    assert "Write 3 files? [y/N]:" in shown
    assert shown.endswith("Nothing was written.\n")
    assert "content/people/grace.yml" in two.names()


def test_where_one_file_cannot_be_written_all_are_as_they_were(two, monkeypatch):
    from playbook.gestures import carrying

    before = {name: two.read(name) for name in two.names()}
    real = carrying.replace_file

    def full(path, content, expected):
        if path.name == "lin.yml":
            raise OSError(28, os.strerror(28))
        real(path, content, expected)

    monkeypatch.setattr(carrying, "replace_file", full)
    ran = two.run("forget", "grace", "--yes")
    assert ran.code == 2
    assert "content/people/lin.yml cannot be written" in ran.err
    assert "nothing was written" in ran.err
    assert {name: two.read(name) for name in two.names()} == before


def test_it_says_what_git_keeps_and_how_to_rewrite_it(book_repo, run):
    book_repo.commit({"people/grace.yml": "name: Grace Hopper\n"})
    said = run("forget", "grace", "--yes").out
    assert "git filter-repo --invert-paths --path content/people/grace.yml --replace-text ../names.txt" in said
    assert "printf '%s\\n' 'Grace Hopper==>someone' 'Hopper==>someone' 'Grace==>someone' 'grace==>someone'" in said
    for word in ("git push --force", "cloned again", "backups", ".playbook/", "publish again"):
        assert word in said


def test_somebody_who_is_not_there_is_told_with_the_nearest_name(two):
    ran = two.run("forget", "grce")
    assert (ran.code, "Did you mean 'grace'?" in ran.err) == (2, True)
