"""The hook that fills an empty message: where it goes, what it never touches, and what git makes of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from playbook.repository.hooks import BEGIN, END, HookState, fill, find_hook, install, remove
from tests.history.repo import Repo, checklist, run_git

STAFF = "goals/staff.yml"
MKDOCS = "site_name: Mine\ndocs_dir: content/pages\nplugins: [playbook]\n"


@pytest.fixture
def repo(tmp_path):
    """A playbook with one commit, and an item that was ticked since."""
    made = Repo(tmp_path / "mine")
    (made.top / "mkdocs.yml").write_text(MKDOCS)
    made.commit({"me.yml": "name: Ada\n", "pages/about.md": "# About\n", STAFF: checklist("Draft", "Ask")}, "Begin")
    made.write({STAFF: checklist("{task: Draft, done: true}", "Ask")})
    return made


@pytest.fixture
def path_with_playbook(tmp_path):
    """A PATH on which git's shell finds `playbook`."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "playbook"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m playbook "$@"\n')
    program.chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


def commit(repo: Repo, path: str, *arguments: str, editor: str = "true", folder: Path | None = None) -> str:
    """The message that a `git commit` has made."""
    run_git(folder or repo.top, "commit", *arguments, PATH=path, GIT_EDITOR=editor, **repo.dates())
    return run_git(folder or repo.top, "log", "-1", "--format=%B")


def test_an_empty_message_is_filled_with_what_was_done(repo, path_with_playbook):
    install(find_hook(repo.top))
    assert commit(repo, path_with_playbook, "--all") == "Done: Draft (staff 1/2)"


def test_what_is_staged_counts_and_not_what_lies_on_the_disk(repo, path_with_playbook):
    install(find_hook(repo.top))
    repo.git("add", "content")
    repo.write({STAFF: checklist("{task: Draft, done: true}", "{task: Ask, done: true}")})
    assert commit(repo, path_with_playbook) == "Done: Draft (staff 1/2)"
    assert commit(repo, path_with_playbook, "content/goals/staff.yml") == "Done: Ask (staff 2/2)"


def test_the_editor_opens_with_it_and_may_empty_it(repo, path_with_playbook, tmp_path):
    install(find_hook(repo.top))
    opened = tmp_path / "opened"
    editor = tmp_path / "editor"
    editor.write_text(f'#!/bin/sh\ncp "$1" "{opened}"\n: > "$1"\n')
    editor.chmod(0o755)
    before = repo.git("rev-parse", "HEAD")
    environment = {"PATH": path_with_playbook, "GIT_EDITOR": str(editor)}
    assert run_git(repo.top, "commit", "--all", check=False, **environment, **repo.dates()) == ""
    text = opened.read_text()
    assert text.startswith("Done: Draft (staff 1/2)\n\n# Please enter the commit message")
    assert repo.git("rev-parse", "HEAD") == before


@pytest.mark.few(3)
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--message", "Mine"], "Mine"),
        (["--message", "", "--allow-empty-message"], ""),
        (["--file", "../message"], "From a file"),
        (["--amend"], "Begin"),
        (["--reuse-message", "HEAD"], "Begin"),
        (["--reedit-message", "HEAD"], "Begin"),
        (["--fixup", "HEAD"], "fixup! Begin"),
        (["--squash", "HEAD", "--message", "x"], "squash! Begin\n\nx"),
    ],
)
def test_a_message_that_somebody_gave_is_left_alone(repo, path_with_playbook, arguments, message):
    install(find_hook(repo.top))
    (repo.top.parent / "message").write_text("From a file\n")
    assert commit(repo, path_with_playbook, "--all", *arguments) == message


def test_a_template_of_somebody_s_own_is_left_alone(repo, path_with_playbook):
    install(find_hook(repo.top))
    (repo.top.parent / "message").write_text("From a file\n")
    # git refuses a template that nobody has changed.
    editor = "sh -c 'echo and more >> \"$1\"' sh"
    message = commit(repo, path_with_playbook, "--all", "--template", "../message", editor=editor)
    assert message == "From a file\n\nand more"


def test_a_merge_and_a_squash_keep_their_own_words(repo, path_with_playbook):
    install(find_hook(repo.top))
    repo.git("commit", "--quiet", "--all", "--message", "Tick", **repo.dates())
    repo.git("switch", "--quiet", "--create", "side", "HEAD~1")
    repo.commit({"goals/other.yml": checklist("Other")}, "Other")
    repo.git("switch", "--quiet", "main")
    merged = {"PATH": path_with_playbook, "GIT_EDITOR": "true", "GIT_MERGE_AUTOEDIT": "yes"}
    repo.git("merge", "--no-ff", "side", **merged, **repo.dates())
    assert repo.git("log", "-1", "--format=%B").startswith("Merge branch 'side'")
    repo.git("reset", "--quiet", "--hard", "HEAD~1")
    repo.git("merge", "--squash", "side", **merged)
    assert commit(repo, path_with_playbook).startswith("Squashed commit of the following:")


def test_a_sign_off_stays_below_it(repo, path_with_playbook):
    install(find_hook(repo.top))
    assert commit(repo, path_with_playbook, "--all", "--signoff") == (
        "Done: Draft (staff 1/2)\n\nSigned-off-by: Mara <mara@example.org>"
    )


@pytest.mark.few(1)
@pytest.mark.parametrize("mark", ["D", ";", "auto"])
def test_no_line_of_it_is_taken_for_a_comment(repo, path_with_playbook, mark):
    install(find_hook(repo.top))
    repo.git("config", "core.commentChar", mark)
    assert commit(repo, path_with_playbook, "--all").strip() == "Done: Draft (staff 1/2)"


def test_a_commit_that_touches_nothing_of_the_playbook_has_no_message_of_ours(repo, path_with_playbook):
    install(find_hook(repo.top))
    repo.git("checkout", "--quiet", "--", "content")
    (repo.top / "mkdocs.yml").write_text(f"{MKDOCS}# mine\n")
    said = run_git(repo.top, "commit", "--all", check=False, PATH=path_with_playbook, GIT_EDITOR="true", **repo.dates())
    assert (said, repo.git("log", "-1", "--format=%s")) == ("", "Begin")


@pytest.mark.parametrize("broken", ["missing", "failing", "killed"])
def test_git_commits_whatever_becomes_of_playbook(repo, tmp_path, broken):
    install(find_hook(repo.top))
    folder = tmp_path / "bin"
    folder.mkdir()
    if broken != "missing":
        (folder / "playbook").write_text("#!/bin/sh\n" + ("exit 3\n" if broken == "failing" else "kill -9 $$\n"))
        (folder / "playbook").chmod(0o755)
    assert commit(repo, f"{folder}:/usr/bin:/bin", "--all", editor="sh -c 'echo Mine > \"$1\"' sh") == "Mine"


def test_a_playbook_below_the_top_is_found_whatever_its_folder_is_called(tmp_path, path_with_playbook):
    repo = Repo(tmp_path / "mine", prefix="notes/it's mine; $(touch fired)")
    (repo.content.parent / "mkdocs.yml").write_text(MKDOCS)
    repo.commit({"me.yml": "name: Ada\n", STAFF: checklist("Draft")})
    repo.write({STAFF: checklist("{task: Draft, done: true}")})
    install(find_hook(repo.content.parent))
    assert commit(repo, path_with_playbook, "--all") == "Done: Draft (staff 1/1)"
    assert not (repo.top / "fired").exists()


def test_a_worktree_shares_the_hook_and_speaks_of_its_own_files(repo, tmp_path, path_with_playbook):
    other = tmp_path / "other"
    repo.git("worktree", "add", "--quiet", str(other))
    hook = find_hook(other)
    install(hook)
    assert find_hook(repo.top).state is HookState.OURS
    assert hook.path.resolve() == repo.top / ".git/hooks/prepare-commit-msg"
    (other / "content" / STAFF).write_text(checklist("Draft", "{task: Ask, skipped: not now}"))
    assert commit(repo, path_with_playbook, "--all", folder=other) == "Skipped: Ask (staff 0/1)"


def test_a_submodule_has_a_hook_of_its_own(repo, tmp_path, path_with_playbook):
    repo.git("commit", "--quiet", "--all", "--message", "x", **repo.dates())
    outer = Repo(tmp_path / "outer")
    outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(repo.top), "inner")
    inner = outer.top / "inner"
    hook = find_hook(inner)
    install(hook)
    assert hook.path.resolve() == outer.top / ".git/modules/inner/hooks/prepare-commit-msg"
    assert not hook.is_shared
    (inner / "content" / STAFF).write_text(checklist("{task: Draft, done: true}"))
    assert commit(outer, path_with_playbook, "--all", folder=inner) == "Dropped: Ask (staff 1/1)"


@pytest.mark.parametrize("configured", [".githooks", "absolute"])
def test_it_goes_where_the_configuration_has_git_look(repo, tmp_path, path_with_playbook, configured, monkeypatch):
    folder = tmp_path / "my hooks" if configured == "absolute" else repo.top / configured
    repo.git("config", "core.hooksPath", str(folder) if configured == "absolute" else configured)
    monkeypatch.chdir(repo.content)
    hook = find_hook(repo.top)
    install(hook)
    assert (hook.path, hook.is_shared) == (folder / "prepare-commit-msg", configured == "absolute")
    assert commit(repo, path_with_playbook, "--all") == "Done: Draft (staff 1/2)"


def test_installed_twice_it_is_there_once_and_removed_it_leaves_nothing(repo):
    before = sorted(path.name for path in (repo.top / ".git/hooks").iterdir())
    for _ in range(2):
        install(find_hook(repo.top))
    hook = find_hook(repo.top)
    assert (hook.state, hook.is_executable) == (HookState.OURS, True)
    text = hook.path.read_text()
    assert (text.count(BEGIN), text.count(END)) == (1, 1)
    assert subprocess.run(["sh", "-n", str(hook.path)], check=False).returncode == 0
    assert remove(hook)
    assert sorted(path.name for path in (repo.top / ".git/hooks").iterdir()) == before


OWN = b"#!/bin/bash\necho mine\xff\n"


@pytest.mark.parametrize("what", ["file", "link", "folder", "empty"])
def test_a_hook_of_somebody_s_own_is_never_touched(repo, tmp_path, what):
    path = repo.top / ".git/hooks/prepare-commit-msg"
    if what == "folder":
        path.mkdir()
    elif what == "link":
        (tmp_path / "own").write_bytes(OWN)
        path.symlink_to(tmp_path / "own")
    else:
        path.write_bytes(OWN if what == "file" else b"")
    hook = find_hook(repo.top)
    assert hook.state is HookState.OTHERS
    with pytest.raises(ValueError, match="own"):
        install(hook)
    if what == "file":
        assert path.read_bytes() == OWN
    assert hook.line.startswith('if [ -z "${2-}" ]; then playbook hooks fill "$1"')


def test_what_somebody_has_added_to_it_stays_when_ours_goes(repo):
    hook = find_hook(repo.top)
    install(hook)
    text = hook.path.read_bytes()
    hook.path.write_bytes(text.replace(b"#!/bin/sh\n", b"#!/bin/sh\necho before\xff\n") + b"echo behind\n")
    assert find_hook(repo.top).state is HookState.OURS
    assert not remove(find_hook(repo.top))
    assert hook.path.read_bytes() == b"#!/bin/sh\necho before\xff\necho behind\n"
    assert os.access(hook.path, os.X_OK)


def test_an_older_one_is_brought_up_to_date_and_nothing_else(repo):
    hook = find_hook(repo.top)
    hook.path.parent.mkdir(exist_ok=True)
    hook.path.write_text(f"#!/bin/sh\necho before\n{BEGIN}\nold words\n{END}\necho behind\n")
    old = find_hook(repo.top)
    assert (old.state, old.is_executable) == (HookState.OLDER, False)
    install(old)
    assert hook.path.read_text() == f"#!/bin/sh\necho before\n{hook.block}echo behind\n"
    assert find_hook(repo.top).is_executable


def test_a_line_added_by_hand_fills_the_message_too(repo, path_with_playbook):
    path = repo.top / ".git/hooks/prepare-commit-msg"
    path.write_text(f"#!/bin/sh\nset -eu\n{find_hook(repo.top).line}\n")
    path.chmod(0o755)
    assert commit(repo, path_with_playbook, "--all") == "Done: Draft (staff 1/2)"


@pytest.mark.parametrize(
    ("message", "filled"),
    [
        ("\n# Please\n", "Said\n\n# Please\n"),
        ("", "Said\n"),
        ("# Please\n", "Said\n\n# Please\n"),
        ("  \n\n# Please\n", "Said\n\n  \n\n# Please\n"),
        ("Mine\n# Please\n", "Mine\n# Please\n"),
        ("\n\nSigned-off-by: x\n", "Said\n\n\nSigned-off-by: x\n"),
    ],
)
def test_only_an_empty_message_is_filled(message, filled):
    assert fill(message, "Said", "#") == filled
    assert fill(message, "", "#") == message


def test_a_line_that_begins_like_a_comment_is_pushed_in():
    assert fill("\n", "#1 thing\nDone: x", "#") == " #1 thing\nDone: x\n\n"
