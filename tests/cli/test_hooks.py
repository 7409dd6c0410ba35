"""`playbook hooks`: what it says about the hook, and where it is."""

from __future__ import annotations

import os
import stat
import sys

import pytest

from tests.history.repo import Repo, checklist, run_git

HOOK = ".git/hooks/prepare-commit-msg"
GUARD = ".git/hooks/pre-commit"
FILLS = f"{HOOK}: an empty message is filled with what was done.\n"
GUARDS = f"{GUARD}: a commit with a secret or a built site in it is refused.\n"


@pytest.fixture
def book(tmp_path, monkeypatch):
    repo = Repo(tmp_path / "book")
    (repo.top / "mkdocs.yml").write_text("site_name: Mine\ndocs_dir: content/pages\nplugins: [playbook]\n")
    repo.commit({"me.yml": "name: Ada\n", "goals/staff.yml": checklist("Draft")}, "Begin")
    monkeypatch.chdir(repo.top)
    program = tmp_path / "bin" / "playbook"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m playbook "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    return repo


def test_they_are_asked_about_put_in_and_taken_away(book, run):
    none = f"There is no {HOOK}. playbook hooks install puts it there.\n"
    assert run("hooks", "status").out == none + none.replace(HOOK, GUARD)
    assert run("hooks", "install").out == FILLS + GUARDS
    assert run("hooks", "install").out == f"{HOOK} is there already.\n{GUARD} is there already.\n"
    assert run("hooks", "status").out == FILLS + GUARDS
    assert run("hooks", "remove").out == f"{HOOK} was removed.\n{GUARD} was removed.\n"
    assert run("hooks", "uninstall").out == f"There is no {HOOK}.\nThere is no {GUARD}.\n"


def test_one_of_the_two_can_be_had_alone(book, run):
    assert run("hooks", "install", "--only", "guard").out == GUARDS
    assert not (book.top / HOOK).exists()
    assert run("hooks", "remove", "--only", "message").out == f"There is no {HOOK}.\n"
    assert run("hooks", "uninstall", "--only", "guard").out == f"{GUARD} was removed.\n"


def test_without_the_program_on_the_path_it_says_that_it_does_nothing(book, run, monkeypatch):
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    nothing = "'playbook' is not on the PATH here; a hook does nothing where git cannot find it.\n"
    assert run("hooks", "install").err == nothing
    assert run("hooks", "status").out == FILLS + GUARDS + nothing


def test_of_somebody_s_own_it_says_what_line_to_add(book, run):
    (book.top / HOOK).write_text("#!/bin/sh\necho mine\n")
    line = '  if [ -z "${2-}" ]; then playbook hooks fill "$1" >/dev/null 2>&1 || :; fi'
    ran = run("hooks", "install")
    assert (ran.code, ran.out) == (2, GUARDS)
    assert ran.err.splitlines() == [
        f"playbook: {HOOK} is a hook of your own; it was not touched. To have both, add this line to it:",
        line,
    ]
    assert run("hooks", "status").out.splitlines()[1] == line
    assert run("hooks", "remove").out == f"There is nothing of ours in {HOOK}.\n{GUARD} was removed.\n"
    assert (book.top / HOOK).read_text() == "#!/bin/sh\necho mine\n"


def test_one_that_git_passes_over_is_told_and_mended(book, run):
    run("hooks", "install")
    (book.top / HOOK).chmod(0o644)
    assert run("hooks", "status").out == f"{FILLS}It is not executable, so git passes over it.\n{GUARDS}"
    run("hooks", "install")
    assert stat.S_IMODE((book.top / HOOK).stat().st_mode) == 0o755


def test_one_of_another_version_is_told(book, run):
    run("hooks", "install")
    text = (book.top / HOOK).read_text()
    (book.top / HOOK).write_text(text.replace("hooks fill", "hooks fill-in"))
    assert run("hooks", "status").out == (
        f"{HOOK} was written by another version, or for another folder: playbook hooks install.\n{GUARDS}"
    )
    run("hooks", "install")
    assert (book.top / HOOK).read_text() == text


@pytest.mark.parametrize(
    ("configured", "said"),
    [
        (".githooks", "git looks for hooks there because core.hooksPath is .githooks."),
        (
            "../shared",
            "git looks for hooks there because core.hooksPath is ../shared: for other repositories too.",
        ),
    ],
)
def test_it_says_where_the_configuration_has_git_look(book, run, configured, said):
    book.git("config", "core.hooksPath", configured)
    assert run("hooks", "install").out.splitlines()[2:] == [said]
    assert (book.top / configured / "prepare-commit-msg").is_file()
    assert not (book.top / HOOK).exists()
    assert run("hooks", "status").out.splitlines()[2:] == [said]


def test_a_place_where_no_hook_can_be_is_said(book, run):
    book.git("config", "core.hooksPath", os.devnull)
    ran = run("hooks", "install")
    assert (ran.code, ran.err) == (2, f"playbook: {os.devnull}/prepare-commit-msg cannot be written: File exists\n")


def test_without_a_repository_it_says_so(empty):
    for action in ("install", "remove", "status"):
        ran = empty.run("hooks", action)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith("playbook: there is no repository to put a hook into (fatal: not a git repository")


def test_before_the_first_commit_it_can_be_put_in_already(empty):
    run_git(empty.path, "init", "--quiet")
    assert empty.run("hooks", "install").code == 0
    assert (empty.path / HOOK).is_file()


def test_what_the_hook_calls_writes_a_message_and_nothing_else(book, run, tmp_path):
    book.write({"goals/staff.yml": checklist("{task: Draft, done: true}")})
    message = tmp_path / "message"
    message.write_text("\n# Please\n")
    assert run("hooks", "fill", str(message)).out == ""
    assert message.read_text() == "\n# Please\n"  # nothing is staged
    book.git("add", "content")
    run("hooks", "fill", str(message))
    assert message.read_text() == "Done: Draft (staff 1/1)\n\n# Please\n"
