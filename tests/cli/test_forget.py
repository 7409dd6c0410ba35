"""`playbook forget`: it shows the difference, writes all or nothing, and says what git keeps."""

from __future__ import annotations

import json
import os

import pytest

from playbook.own_cache import SWITCH
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


def test_a_word_of_a_name_is_not_enough_to_delete_a_file(two):
    ran = two.run("forget", "hopper", "--yes")
    assert ran.code == 2
    assert "no person is called 'hopper'. Did you mean 'grace'?" in ran.err
    assert "content/people/grace.yml" in two.names()


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
    for word in ("git push --force", "cloned again", "backups", ".cache/playbook/", "publish again"):
        assert word in said


RENAMED = ("rename", "sofia-lund", "sofie-lund", "--name", "Sofie Lund", "--yes")
LUND = "name: {}\ncircle: inner\n"


def told_by_git(said: str) -> str:
    return said[said.index("What git keeps: ") :]


def test_a_file_is_followed_through_its_renames_and_former_names_are_in_the_recipe(book_repo, run):
    book_repo.commit(
        {
            "people/sofia-lund.yml": LUND.format("Sofia Lindt"),
            "people/peter-lund.yml": "name: Peter Lund\nknows: [sofia-lund]\nnotes: Sofia says hello\n",
            "people/anna-berg.yml": LUND.format("Anna Berg"),
        }
    )
    book_repo.commit(
        {"people/sofia-lund.yml": LUND.format("Sofia Lund"), "people/peter-lund.yml": "name: Peter Lund\n"}
    )
    assert run(*RENAMED).code == 0
    # Another goes, and one comes, with the same few words: they are nobody of hers.
    book_repo.commit({"people/anna-berg.yml": None, "people/nora-voss.yml": LUND.format("Nora Voss")})
    said = told_by_git(run("forget", "sofie-lund", "--yes").out)
    assert said.startswith(
        "What git keeps: commits made before still hold Sofie Lund's file, and every line that named them.\n"
        "Their file before: content/people/sofia-lund.yml.\n"
        "Their names before: Sofia Lindt, Sofia Lund.\n"
    )
    assert (
        "  git filter-repo --invert-paths --path content/people/sofie-lund.yml --path content/people/sofia-lund.yml "
        "--replace-text" in said
    )
    words = ("Sofia Lindt", "Sofia Lund", "Sofie Lund", "sofia-lund", "sofie-lund", "Lindt", "Sofia", "Sofie")
    quoted = " ".join(f"'{word}==>someone'" for word in words)
    assert f"  printf '%s\\n' {quoted} > ../names.txt\n" in said


def test_of_a_rename_that_was_never_committed_git_holds_the_former_file_alone(book_repo, run):
    book_repo.commit({"people/sofia-lund.yml": LUND.format("Sofia Lund")})
    assert run(*RENAMED).code == 0
    said = told_by_git(run("forget", "sofie-lund", "--yes").out)
    assert said.startswith(
        "What git keeps: content/people/sofie-lund.yml was never committed. Commits made before hold the file\n"
        "under the name that it had then, and every line that named them.\n"
        "Their file before: content/people/sofia-lund.yml.\n"
    )
    assert "--invert-paths --path content/people/sofia-lund.yml --replace-text" in said


def test_a_file_that_went_into_theirs_is_theirs_on_any_branch(book_repo, run):
    book_repo.commit({"people/grace.yml": "name: Grace Hopper\n", "people/grace-h.yml": "name: Grace H\nwhy: COBOL\n"})
    book_repo.git("checkout", "--quiet", "-b", "side")
    book_repo.commit({"people/grace.yml": "name: Grace Hopper\nwhy: COBOL\n", "people/grace-h.yml": None})
    book_repo.git("checkout", "--quiet", "main")
    book_repo.commit({"people/grace-h.yml": None, "people/lin.yml": "name: Lin\n"})
    said = told_by_git(run("forget", "grace", "--yes").out)
    assert "--path content/people/grace.yml --path content/people/grace-h.yml --replace-text" in said


def test_a_former_file_that_is_another_s_by_now_is_left_and_so_are_their_words(book_repo, run):
    book_repo.commit({"people/grace.yml": "name: Grace Hopper\nwhy: She wrote the first compiler\n"})
    book_repo.commit(
        {"people/grace.yml": None, "people/hopper.yml": "name: Grace Hopper\nwhy: She wrote the first compiler\n"}
    )
    book_repo.commit({"people/grace.yml": "name: Grace Kelly\n"})
    said = told_by_git(run("forget", "hopper", "--yes").out)
    assert "--invert-paths --path content/people/hopper.yml --replace-text" in said
    assert "  - content/people/grace.yml is another's file by now, and its old versions stay: --path would take" in said
    assert ("'grace==>" in said, "'Grace==>" in said, "'Grace Hopper==>" in said) == (False, False, True)


def test_of_a_file_that_was_never_committed_only_lines_are_rewritten_if_there_are_any(book_repo, run):
    book_repo.commit({"people/lin.yml": "name: Lin\nnotes: Coffee with O'Neil\n"})
    book_repo.write({"people/zoe.yml": "name: Zoë O'Neil\n", "people/mo.yml": "name: Mo Mbeki\n"})
    assert run("forget", "mo", "--yes").out.endswith(
        "\n\nNo commit has their file or names them. Backups, and sites built before, keep what they hold.\n"
    )
    said = told_by_git(run("forget", "zoe", "--yes").out)
    assert "their file was never committed, but commits have lines, or messages, that name them.\n" in said
    assert "  git filter-repo --replace-text ../names.txt --replace-message ../names.txt\n" in said
    assert """ 'O'"'"'Neil==>someone' """ in said


def test_what_was_remembered_of_the_files_and_of_the_history_is_deleted(book_repo, run, monkeypatch, tmp_path):
    monkeypatch.delenv(SWITCH)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    book_repo.commit({"people/grace.yml": "name: Grace Hopper\nchecklist: [Call]\n", "people/lin.yml": "name: Lin\n"})
    assert (run("check").code, run("progress").code) == (0, 0)
    history = book_repo.top / ".cache/playbook/history.sqlite"
    (records,) = (tmp_path / "cache/career-playbook/records").iterdir()
    assert (history.is_file(), b"Grace Hopper" in records.read_bytes()) == (True, True)
    said = run("forget", "grace", "--yes").out
    assert (
        "Deleted too, for it held what was read before (it is made again, of what there is):\n"
        f"  .cache/playbook/history.sqlite\n  {records}\n\n" in said
    )
    assert not [one for one in (*history.parent.glob("history*"), records) if one.exists()]
    assert run("undo", "--yes").code == 0
    monkeypatch.setenv(SWITCH, "1")
    records.write_bytes(b"Grace Hopper")
    assert run("forget", "grace", "--yes", "--json").code == 0
    assert not records.exists()


def test_somebody_who_is_not_there_is_told_with_the_nearest_name(two):
    ran = two.run("forget", "grce")
    assert (ran.code, "Did you mean 'grace'?" in ran.err) == (2, True)
