"""`playbook commit`: what is in the commit, what it says, and everything that may stand in its way."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys

import pytest

from tests.history.repo import Repo, checklist, run_git

STAFF = "goals/staff.yml"
MKDOCS = "site_name: Mine\ndocs_dir: content/pages\nplugins: [playbook]\n"
DONE = {STAFF: checklist("{task: Draft, done: true}", "Ask")}


@pytest.fixture(autouse=True)
def somebody(monkeypatch, tmp_path):
    """An identity, and none of this machine's configuration."""
    home = tmp_path / "home"
    home.mkdir()
    (home / ".gitconfig").write_text("[user]\nname = Mara\nemail = mara@example.org\n")
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    return home


@pytest.fixture
def book(tmp_path, monkeypatch):
    repo = Repo(tmp_path / "book")
    (repo.top / "mkdocs.yml").write_text(MKDOCS)
    repo.commit({"me.yml": "name: Ada\n", "pages/about.md": "# About\n", STAFF: checklist("Draft", "Ask")}, "Begin")
    monkeypatch.chdir(repo.top)
    return repo


def state(repo: Repo) -> tuple[str, str]:
    """What git has, and how the working tree and the index differ from it."""
    return repo.git("rev-list", "--all"), repo.git("status", "--porcelain")


def files_of(repo: Repo, commit: str = "HEAD") -> list[str]:
    return repo.git("show", "--format=", "--name-status", "--no-renames", commit).splitlines()


def hook(repo: Repo, name: str, text: str) -> None:
    file = repo.top / ".git/hooks" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(0o755)


def test_what_was_done_is_committed_and_said(book, run):
    book.write(DONE)
    ran = run("commit")
    short = book.git("rev-parse", "--short=7", "HEAD")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "Done: Draft (staff 1/2)",
        "",
        "  ~ content/goals/staff.yml",
        f"Committed {short} on main.",
    ]
    assert book.git("log", "-1", "--format=%an <%ae>%n%B") == "Mara <mara@example.org>\nDone: Draft (staff 1/2)"
    assert files_of(book) == ["M\tcontent/goals/staff.yml"]
    assert book.git("status", "--porcelain") == ""


def test_everything_in_the_folder_is_in_it_and_nothing_else(book, run):
    book.write({**DONE, "people/grace.yml": "name: Grace\n", "pages/about.md": None, "pages/new.md": "# New\n"})
    (book.top / "elsewhere.txt").write_text("mine\n")
    (book.top / "mkdocs.yml").write_text(f"{MKDOCS}# mine\n")
    assert run("commit").code == 0
    assert files_of(book) == [
        "M\tcontent/goals/staff.yml",
        "D\tcontent/pages/about.md",
        "A\tcontent/pages/new.md",
        "A\tcontent/people/grace.yml",
    ]
    assert book.git("status", "--porcelain") == "M mkdocs.yml\n?? elsewhere.txt"


def test_what_is_staged_elsewhere_stays_staged_and_is_not_in_it(book, run):
    book.write(DONE)
    (book.top / "mkdocs.yml").write_text(f"{MKDOCS}# mine\n")
    (book.top / "new.txt").write_text("mine\n")
    book.git("add", "mkdocs.yml", "new.txt")
    ran = run("commit")
    assert "2 files elsewhere are staged, and stay so; this commit is of content/ alone." in ran.out.splitlines()
    assert files_of(book) == ["M\tcontent/goals/staff.yml"]
    assert book.git("status", "--porcelain").splitlines() == ["M  mkdocs.yml", "A  new.txt"]


def test_one_file_that_is_staged_elsewhere_is_named(book, run):
    book.write(DONE)
    (book.top / "new.txt").write_text("mine\n")
    book.git("add", "new.txt")
    assert "new.txt is staged, and stays so; this commit is of content/ alone." in run("commit").out.splitlines()


def test_nothing_to_commit_is_no_failure(book, run):
    (book.top / "new.txt").write_text("mine\n")
    book.git("add", "new.txt")
    before = state(book)
    ran = run("commit")
    assert (ran.code, ran.out, ran.err) == (0, "Nothing to commit in content/.\n", "")
    assert state(book) == before


def test_a_look_ahead_changes_nothing_at_all(book, run):
    book.write({**DONE, "people/grace.yml": "name: Grace\n"})
    before = {path: path.read_bytes() for path in book.top.rglob("*") if path.is_file() and ".cache" not in path.parts}
    ran = run("commit", "--dry-run")
    assert ran.out.splitlines() == [
        "1 done, 1 new record",
        "",
        "Done: Draft (staff 1/2)",
        "New: person Grace (grace)",
        "",
        "  ~ content/goals/staff.yml",
        "  + content/people/grace.yml",
    ]
    after = {path: path.read_bytes() for path in book.top.rglob("*") if path.is_file() and ".cache" not in path.parts}
    assert after == before


def test_what_git_ignores_is_neither_committed_nor_told(book, run):
    (book.top / ".gitignore").write_text("content/people/secret.yml\n*.bak\n")
    book.write({**DONE, "people/secret.yml": "name: Secret\n", "goals/x.bak": "x"})
    assert run("commit").code == 0
    assert files_of(book) == ["M\tcontent/goals/staff.yml"]


def test_the_first_commit_of_all_says_what_there_is(empty):
    run_git(empty.path, "init", "--quiet", "--initial-branch=main")
    empty.write({"mine.txt": "x"})
    run_git(empty.path, "add", "mine.txt")
    empty.write({"content/goals/staff.yml": checklist("Draft"), "content/people/ada.yml": "name: Ada\n"})
    ran = empty.run("commit")
    assert ran.code == 0
    assert run_git(empty.path, "log", "--format=%B") == "Begin: 1 goal, 1 person"
    assert run_git(empty.path, "status", "--porcelain") == "A  mine.txt"
    assert "mine.txt is staged, and stays so; this commit is of content/ alone." in ran.out


@pytest.mark.parametrize("top", [".", "../.."])
def test_the_first_commit_takes_all_that_init_wrote_and_nothing_else(top, tmp_path, run):
    folder = tmp_path / "a b/mine"
    assert run("init", str(folder), "--yes").code == 0
    shutil.rmtree(folder / ".git")
    wrote = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    run_git(folder, "init", "--quiet", top)
    (folder / "mine.txt").write_text("x")
    run_git(folder, "add", "mkdocs.yml")
    (folder / ".cache").mkdir()
    (folder / ".cache/x").write_text("x")
    ran = run("-C", str(folder), "commit")
    assert (ran.code, ran.err) == (0, "")
    assert set(run_git(folder, "ls-files").splitlines()) == wrote
    assert "  + mkdocs.yml" in ran.out.splitlines()
    assert "staged" not in ran.out


def test_what_has_changed_beside_the_folder_is_named_with_the_command_that_commits_it(book, run):
    book.write(DONE)
    (book.top / "mkdocs.yml").write_text(f"{MKDOCS}# mine\n")
    (book.top / "sealing.yml").write_text("x: y\n")
    (book.top / "elsewhere.txt").write_text("mine\n")
    told = [
        "mkdocs.yml, sealing.yml are not as committed, and no part of content/. To commit them:",
        '  git add mkdocs.yml sealing.yml && git commit -m "Settings" -- mkdocs.yml sealing.yml',
    ]
    assert run("commit").out.splitlines()[-3:-1] == told
    assert files_of(book) == ["M\tcontent/goals/staff.yml"]
    assert run("commit").out.splitlines() == ["Nothing to commit in content/.", *told]
    for command in told[1].split("&&"):
        run_git(book.top, *shlex.split(command)[1:])
    assert files_of(book) == ["M\tmkdocs.yml", "A\tsealing.yml"]
    assert run("commit").out == "Nothing to commit in content/.\n"


def test_a_first_line_of_one_s_own_stands_on_top(book, run):
    book.write(DONE)
    run("commit", "-m", "  A good\n week #1 ")
    assert book.git("log", "-1", "--format=%B") == "A good week #1\n\nDone: Draft (staff 1/2)"
    assert run("commit", "-m", " ").err.splitlines()[-1] == "Error: -m: the message is empty"


def test_a_first_line_that_looks_like_a_comment_is_kept(book, run):
    book.write(DONE)
    run("commit", "--message", "#1 of the year")
    assert book.git("log", "-1", "--format=%s") == "#1 of the year"


def test_an_error_is_told_and_stops_it_unless_one_says_anyway(book, run):
    book.write({**DONE, "people/grace.yml": "nam: Grace\n"})
    before = state(book)
    ran = run("commit")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.splitlines()[0].startswith("content/people/grace.yml:1:1: error: ")
    assert ran.err.splitlines()[-1] == "Nothing was committed. Mend that, or say --anyway."
    assert state(book) == before
    looked = run("commit", "--dry-run")
    assert (looked.code, looked.out.splitlines()[0]) == (1, "1 done, 1 new record")
    assert run("commit", "--anyway").code == 0
    assert book.git("status", "--porcelain") == ""


def test_a_warning_stops_nothing(book, run):
    book.write({**DONE, "goals/notes.txt": "x"})
    assert run("check").code == 1
    assert run("commit").code == 0


def conflicted(repo: Repo) -> None:
    """A merge that stopped at a conflict in a goal."""
    repo.git("switch", "--quiet", "--create", "side")
    repo.commit({STAFF: checklist("Draft it well", "Ask")}, "Side")
    repo.git("switch", "--quiet", "main")
    repo.commit({STAFF: checklist("Draft it fast", "Ask")}, "Main")
    run_git(repo.top, "merge", "side", check=False)


def test_conflicts_are_named(book, run):
    conflicted(book)
    before = state(book)
    ran = run("commit", "--anyway")
    assert (ran.code, ran.err) == (
        2,
        "playbook: there are conflicts in goals/staff.yml; mend them, then git add them and git commit\n",
    )
    assert state(book) == before


@pytest.mark.few(2)
@pytest.mark.parametrize("way", ["merge", "cherry-pick", "revert", "rebase"])
def test_what_is_under_way_is_ended_first(book, run, way):
    conflicted(book)
    if way != "merge":
        run_git(book.top, "merge", "--abort")
        book.commit({STAFF: checklist("Draft it slowly", "Ask")}, "Again")
        command = {"cherry-pick": ["cherry-pick", "side"], "revert": ["revert", "HEAD~1"], "rebase": ["rebase", "side"]}
        run_git(book.top, *command[way], check=False)
    book.write({STAFF: checklist("Draft", "Ask", "Rest")})
    book.git("add", "--all")
    before = state(book)
    ran = run("commit")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"playbook: a {way} is under way; end it first: git {way} --continue, or git {way} --abort\n"
    assert state(book) == before


def test_on_no_branch_it_says_how_to_keep_it(book, run):
    book.git("switch", "--quiet", "--detach")
    book.write(DONE)
    ran = run("commit")
    short = book.git("rev-parse", "--short=7", "HEAD")
    assert (ran.code, ran.out.splitlines()[-1]) == (0, f"Committed {short}.")
    assert ran.err == "No branch holds it, for HEAD is detached. To keep it: git switch -c NAME\n"


def test_without_an_identity_it_gives_git_s_advice_and_changes_nothing(book, run, somebody):
    (somebody / ".gitconfig").write_text("[user]\nuseConfigOnly = true\n")
    book.write(DONE)
    before = state(book)
    ran = run("commit")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        'playbook: git does not know who you are. Run: git config --global user.email "you@example.com" && '
        'git config --global user.name "Your Name"\n'
    )
    assert state(book) == before


@pytest.mark.parametrize("name", ["pre-commit", "commit-msg"])
def test_a_hook_that_refuses_is_heard(book, run, name):
    book.write(DONE)
    hook(book, name, "echo 'not on a friday' >&2; exit 1")
    before = book.git("rev-parse", "HEAD")
    ran = run("commit")
    assert ran.code == 1
    assert ran.err.splitlines() == ["not on a friday", "Nothing was committed; the files are as they were."]
    assert "Committed" not in ran.out
    assert (book.git("rev-parse", "HEAD"), book.content.joinpath(STAFF).read_text()) == (before, DONE[STAFF])


def test_a_hook_that_speaks_is_heard(book, run):
    book.write(DONE)
    hook(book, "post-commit", "echo done and dusted")
    ran = run("commit")
    assert (ran.code, ran.err) == (0, "done and dusted\n")


def test_our_own_hook_leaves_the_message_alone(book, run):
    book.write(DONE)
    hook(book, "prepare-commit-msg", 'test "$2" = message || exit 1')
    assert run("commit").code == 0


def test_another_index_in_the_environment_leads_nowhere_else(book, run, tmp_path, monkeypatch):
    other = Repo(tmp_path / "other")
    other.commit({STAFF: checklist("Theirs")})
    before = state(other)
    monkeypatch.setenv("GIT_DIR", str(other.top / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other.top / ".git/index"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other.top))
    book.write(DONE)
    assert run("commit").code == 0
    assert book.git("log", "-1", "--format=%s") == "Done: Draft (staff 1/2)"
    assert state(other) == before


def test_a_folder_with_signs_in_its_name_is_a_folder(tmp_path, monkeypatch, run):
    repo = Repo(tmp_path / "book", prefix="a b/:(top)*")
    (repo.content.parent / "mkdocs.yml").write_text(MKDOCS)
    repo.commit({"me.yml": "name: Ada\n", "pages/about.md": "# About\n", STAFF: checklist("Draft", "Ask")}, "Begin")
    (repo.top / "a b/other.txt").write_text("x")
    repo.write(DONE)
    monkeypatch.chdir(repo.content.parent)
    assert run("commit").code == 0
    assert files_of(repo) == ["M\ta b/:(top)*/content/goals/staff.yml"]


def test_a_worktree_commits_to_its_own_branch(book, run, tmp_path):
    book.git("worktree", "add", "--quiet", "-b", "other", str(tmp_path / "other"))
    (tmp_path / "other/content" / STAFF).write_text(DONE[STAFF])
    ran = run("-C", str(tmp_path / "other"), "commit")
    assert ran.out.splitlines()[-1] == f"Committed {book.git('rev-parse', '--short=7', 'other')} on other."
    assert book.git("log", "-1", "--format=%s", "main") == "Begin"


@pytest.mark.slow
def test_a_content_folder_that_is_a_repository_of_its_own_is_committed_there(book, run, tmp_path, monkeypatch):
    inner = Repo(tmp_path / "inner")
    inner.commit({"me.yml": "name: Ada\n", "pages/about.md": "# A\n", STAFF: checklist("Draft", "Ask")}, "Begin")
    inner.git("filter-branch", "--subdirectory-filter", "content")
    outer = tmp_path / "outer"
    run_git(tmp_path, "init", "--quiet", "--initial-branch=main", "outer")
    (outer / "mkdocs.yml").write_text(MKDOCS)
    run_git(outer, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner.top), "content")
    (outer / "content" / STAFF).write_text(DONE[STAFF])
    monkeypatch.chdir(outer)
    assert run("commit").code == 0
    assert run_git(outer / "content", "log", "-1", "--format=%s") == "Done: Draft (staff 1/2)"
    assert run_git(outer, "rev-list", "--all") == ""


def test_long_ids_and_a_split_index_are_no_matter(tmp_path, monkeypatch, run):
    repo = Repo(tmp_path / "book", init=["--object-format=sha256"])
    repo.git("config", "core.splitIndex", "true")
    (repo.top / "mkdocs.yml").write_text(MKDOCS)
    repo.commit({"me.yml": "name: Ada\n", "pages/about.md": "# About\n", STAFF: checklist("Draft", "Ask")}, "Begin")
    repo.write(DONE)
    monkeypatch.chdir(repo.top)
    assert run("commit").out.splitlines()[0] == "Done: Draft (staff 1/2)"


def test_a_colon_in_the_way_to_the_objects_is_no_matter(tmp_path, monkeypatch, run):
    repo = Repo(tmp_path / 'a:b "c"')
    (repo.top / "mkdocs.yml").write_text(MKDOCS)
    repo.commit({"me.yml": "name: Ada\n", "pages/about.md": "# About\n", STAFF: checklist("Draft", "Ask")}, "Begin")
    repo.write(DONE)
    monkeypatch.chdir(repo.top)
    assert run("commit", "--dry-run").out.splitlines()[0] == "Done: Draft (staff 1/2)"


def test_a_file_that_git_cannot_add_is_told_in_its_words(book, run):
    book.write(DONE)
    (book.top / ".git/index.lock").write_bytes(b"")
    ran = run("commit")
    assert ran.code == 1
    assert "index.lock" in ran.err
    assert ran.err.splitlines()[-1] == "Nothing was committed; the files are as they were."


def test_without_a_repository_it_says_how_to_begin(empty):
    ran = empty.run("commit")
    assert (ran.code, ran.err) == (2, "playbook: These files are in no git repository yet. Run: git init\n")


def test_a_content_folder_that_is_a_link_is_refused(book, run, tmp_path):
    book.content.rename(tmp_path / "elsewhere")
    book.content.symlink_to(tmp_path / "elsewhere")
    assert run("commit").err == "playbook: the content folder 'content' is a link; links are not followed\n"


def test_names_that_no_terminal_shows_come_through(book, run):
    odd = b"pages/caf\xe9\n.md".decode("utf-8", "surrogateescape")
    book.write({odd: "# x\n"})
    ran = run("commit")
    assert ran.code == 0
    assert book.git("show", "--format=", "--name-only", "-z", "HEAD").rstrip("\0") == f"content/{odd}"
    assert len([line for line in ran.out.splitlines() if line.startswith("  + ")]) == 1


def test_a_program_that_has_no_git_says_so(book, run, monkeypatch, tmp_path):
    book.write(DONE)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert run("commit").err == "playbook: git is not installed, and the history is read from git.\n"


def test_a_commit_says_the_same_as_a_process_of_its_own(book):
    book.write(DONE)
    done = subprocess.run(
        [sys.executable, "-m", "playbook", "commit"], cwd=book.top, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.splitlines()[0], done.stderr) == (0, "Done: Draft (staff 1/2)", "")
