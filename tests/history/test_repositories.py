"""Repositories of every kind: each is right, or says in one sentence what is missing and which command helps."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess

import pytest

from playbook.history import git as git_module
from playbook.history.git import GitFailed, GitStream, read_git
from playbook.history.reading import read_history
from playbook.history.repository import NoHistory
from playbook.history.timeline import Timeline
from tests.history.repo import Repo, checklist, run_git, story


@pytest.fixture
def repo(tmp_path):
    made = Repo(tmp_path / "mine")
    made.commit({"goals/a.yml": checklist("One", "Two")}, "Begin")
    made.commit({"goals/a.yml": checklist("{task: One, done: true}", "Two")}, "One is done")
    return made


EXPECTED = ["0 created One", "0 created Two", "1 done One"]


# ---- where there is no history


def test_without_a_content_folder(tmp_path):
    assert read_history(tmp_path / "content") == NoHistory("no-content", "The content folder 'content' is not there.")


def test_without_git(repo, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert str(read_history(repo.content)) == "git is not installed, and the history is read from git."


def test_without_a_repository(tmp_path):
    (tmp_path / "content").mkdir()
    assert read_history(tmp_path / "content") == NoHistory(
        "no-repository", "These files are in no git repository yet.", "git init"
    )


def test_without_commits(tmp_path):
    found = read_history(Repo(tmp_path / "new").content)
    assert isinstance(found, NoHistory)
    assert (found.code, found.reason) == ("no-commits", "This repository has no commits yet.")


ONLY_ROOT = pytest.mark.skipif(getattr(os, "geteuid", lambda: 1)() != 0, reason="only root can give files away")


def give_away(folder):
    for path in (folder, *folder.rglob("*")):
        os.chown(path, 12345, 12345)


@ONLY_ROOT
def test_in_a_repository_of_somebody_else(repo):
    give_away(repo.top)
    found = read_history(repo.content)
    assert isinstance(found, NoHistory)
    assert (found.code, found.reason) == (
        "dubious-ownership",
        "git does not read this repository, because another user owns its files.",
    )
    assert found.command == f"git config --global --add safe.directory {repo.top}"


@ONLY_ROOT
def test_the_advice_for_a_repository_of_somebody_else_helps(repo, tmp_path, monkeypatch):
    give_away(repo.top)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    found = read_history(repo.content)
    assert isinstance(found, NoHistory)
    subprocess.run(found.command.split(), check=True)
    assert repo.story() == EXPECTED
    monkeypatch.setattr(git_module, "_trusted", {})
    (tmp_path / ".gitconfig").write_text("[safe]\n\tdirectory = /somewhere/else\n")
    assert isinstance(read_history(repo.content), NoHistory)


def test_where_git_is_broken(repo):
    (repo.top / ".git/config").write_text("[core\n")
    found = read_history(repo.content)
    assert isinstance(found, NoHistory)
    assert found.code == "git-failed"


# ---- where there is


def test_a_playbook_below_the_top_of_a_repository(tmp_path):
    repo = Repo(tmp_path / "mono", prefix="private/career")
    repo.commit({"goals/a.yml": checklist("One")})
    (repo.top / "content/goals").mkdir(parents=True)
    (repo.top / "content/goals/a.yml").write_text("checklist: [Not ours]\n")
    repo.commit(None, "Another content folder")
    repo.commit({"goals/a.yml": checklist("{task: One, done: true}")}, "Done")
    timeline = repo.timeline()
    assert story(timeline) == ["0 created One", "1 done One"]
    assert [event.path for event in timeline.events] == ["goals/a.yml", "goals/a.yml"]
    assert [step.subject for step in timeline.steps] == ["Edit", "Done"]


def test_merges_count_below_the_top_too(tmp_path):
    repo = Repo(tmp_path / "mono", prefix="private/career")
    repo.commit({"goals/a.yml": checklist("One", "Two")})
    repo.git("checkout", "--quiet", "-b", "side")
    repo.commit({"goals/a.yml": checklist("{task: One, done: true}", "Two")})
    repo.commit({"goals/a.yml": checklist("{task: One, done: true}", "Two", "Three")})
    repo.git("checkout", "--quiet", "main")
    (repo.top / "README.md").write_text("Elsewhere")
    repo.commit()
    repo.merge("side", subject="Bring the side in")  # as a tree the same as its second parent
    timeline = repo.timeline(cache=tmp_path / "c")
    assert [step.subject for step in timeline.steps] == ["Edit", "Bring the side in"]
    assert story(timeline)[2:] == ["1 done One", "1 created Three"]
    assert repo.timeline(cache=tmp_path / "c") == timeline


def test_a_playbook_one_folder_below_the_top(tmp_path):
    repo = Repo(tmp_path / "mono", prefix="career")
    repo.commit({"goals/a.yml": checklist("One")})
    assert repo.story() == ["0 created One"]


def test_a_worktree_of_its_own(repo, tmp_path):
    repo.git("branch", "other", "HEAD~1")
    repo.git("worktree", "add", "--quiet", str(tmp_path / "wt"), "other")
    found = read_history(tmp_path / "wt/content")
    assert isinstance(found, Timeline)
    assert story(found) == EXPECTED[:2]


def test_a_submodule(repo, tmp_path):
    outer = Repo(tmp_path / "outer")
    outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(repo.top), "career")
    outer.commit()
    found = read_history(outer.top / "career/content")
    assert isinstance(found, Timeline)
    assert story(found) == EXPECTED


def test_ids_of_sixty_four_digits(tmp_path):
    repo = Repo(tmp_path / "mine", init=("--object-format=sha256",))
    repo.commit({"goals/a.yml": checklist("One", "Two")})
    repo.commit({"goals/a.yml": checklist("{task: One, done: true}", "Two")})
    repo.write({"goals/a.yml": checklist("{task: One, done: true}", "{task: Two, done: true}")})
    timeline = repo.timeline()
    assert story(timeline) == [*EXPECTED, "disk done Two"]
    assert {len(step.commit) for step in timeline.steps} == {64, 0}


def test_a_detached_head(repo):
    repo.git("checkout", "--quiet", "--detach", "HEAD~1")
    assert repo.story() == EXPECTED[:2]


def test_replaced_commits_are_read_as_they_were_made(repo):
    repo.git("replace", repo.git("rev-parse", "HEAD"), repo.git("rev-parse", "HEAD~1"))
    assert repo.story() == EXPECTED


def test_a_shallow_clone_says_where_it_begins(repo, tmp_path):
    third = repo.commit({"goals/a.yml": checklist("{task: One, done: true}", "Two", "Three")})
    run_git(tmp_path, "clone", "--quiet", "--depth=2", repo.top.as_uri(), "shallow")
    found = read_history(tmp_path / "shallow/content")
    assert isinstance(found, Timeline)
    assert story(found) == ["0 created One", "0 done One", "0 created Two", "1 created Three"]
    assert (found.is_complete, [step.is_baseline for step in found.steps]) == (False, [True, False])
    assert found.steps[1].commit == third
    assert [str(note) for note in found.notes] == [
        f"This clone is shallow: what happened before commit {found.steps[0].commit[:7]} is not on this machine. In a GitHub "
        "workflow 'fetch-depth: 0' brings it along. Run: git fetch --unshallow"
    ]
    run_git(tmp_path / "shallow", "fetch", "--quiet", "--unshallow")
    assert read_history(tmp_path / "shallow/content") == repo.timeline()


def test_a_partial_clone_names_the_command_that_completes_it(repo, tmp_path):
    repo.git("config", "uploadpack.allowFilter", "true")
    repo.git("config", "uploadpack.allowAnySHA1InWant", "true")
    run_git(tmp_path, "clone", "--quiet", "--filter=blob:none", repo.top.as_uri(), "partial")
    partial = tmp_path / "partial"
    found = read_history(partial / "content")
    assert str(found) == (
        "This is a partial clone: 1 old versions of the files are not on this machine, and progress cannot be told "
        "without. Run: git fetch --refetch --no-filter"
    )
    run_git(partial, *str(found).split("Run: git ")[1].split())
    assert read_history(partial / "content") == repo.timeline()


def test_a_clone_without_trees_says_so_too(repo, tmp_path):
    repo.git("config", "uploadpack.allowFilter", "true")
    repo.git("config", "uploadpack.allowAnySHA1InWant", "true")
    run_git(tmp_path, "clone", "--quiet", "--filter=tree:0", repo.top.as_uri(), "treeless")
    found = read_history(tmp_path / "treeless/content")
    assert isinstance(found, NoHistory)
    assert (found.code, found.command) == ("partial-clone", "git fetch --refetch --no-filter")


ODD_NAMES = (
    "two\nlines.yml",
    'a "quote".yml',
    "tab\there.yml",
    "-dash.yml",
    "Zdeněk.yml",
    "spaces and ü.yml",
    "back\\slash.yml",
)


@pytest.mark.few(3)
@pytest.mark.parametrize("name", ODD_NAMES)
def test_paths_of_every_kind_come_through(repo, name, tmp_path):
    repo.commit({f"goals/{name}": checklist("Odd")})
    repo.commit({f"goals/{name}": checklist("{task: Odd, done: true}")})
    for cache in (None, tmp_path / "c", tmp_path / "c"):
        timeline = repo.timeline(cache=cache)
        assert [(event.path, event.kind) for event in timeline.events[3:]] == [
            (f"goals/{name}", "created"),
            (f"goals/{name}", "done"),
        ]


def test_a_path_that_is_not_utf8_comes_through(repo, tmp_path):
    name = os.fsdecode(b"goals/caf\xe9.yml")
    repo.import_commits([("Odd", {name: checklist("Odd")})])
    first = repo.timeline(cache=tmp_path / "c")
    assert first.events[3].path == name
    assert repo.timeline(cache=tmp_path / "c") == first


def test_a_subject_may_hold_what_our_own_format_is_made_of(repo):
    commit = repo.commit({"goals/a.yml": checklist("One")}, "Odd \x01 and \x02 \x01f00 :100644")
    (last,) = [step for step in repo.timeline().steps if step.commit == commit]
    assert last.subject == "Odd \x01 and \x02 \x01f00 :100644"


def test_a_subject_in_another_encoding_is_read(repo):
    repo.git("config", "i18n.commitEncoding", "ISO-8859-1")
    (repo.content / "goals/a.yml").write_text(checklist("One"))
    repo.git("add", "--all")
    run_git(repo.top, "commit", "--quiet", "--file=-", stdin="Geübt".encode("latin-1"), **repo.dates())
    repo.git("config", "i18n.logOutputEncoding", "ISO-8859-1")
    assert repo.timeline().steps[-1].subject == "Geübt"


SETTINGS = """
[log]
    diffMerges = combined
    showRoot = false
    follow = true
    date = relative
    decorate = full
    showSignature = true
    mailmap = true
[diff]
    renames = copies
    orderFile = nothere
    relative = true
    noprefix = true
    ignoreSubmodules = none
[color]
    ui = always
[format]
    pretty = fuller
[i18n]
    logOutputEncoding = UTF-16
[core]
    quotePath = true
    abbrev = 4
"""


def test_a_repositorys_own_settings_change_nothing(repo):
    repo.git("checkout", "--quiet", "-b", "side", "HEAD~1")
    repo.commit({"goals/b.yml": checklist("Three")})
    repo.git("checkout", "--quiet", "main")
    repo.merge("side")
    before = repo.timeline()
    with (repo.top / ".git/config").open("a") as config:
        config.write(SETTINGS)
    assert repo.timeline() == before


# ---- git that ends badly


def fake_git(folder, script):
    """A git whose `log` or `cat-file` behaves as the script says, and which is the real one otherwise."""
    real = shutil.which("git")
    folder.mkdir()
    fake = folder / "git"
    fake.write_text(f'#!/bin/sh\ncase "$*" in\n{script}\nesac\nexec {real} "$@"\n')
    fake.chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


@pytest.mark.few(4)
@pytest.mark.parametrize(
    ("command", "end"),
    [
        ("log", "kill -9 $$"),
        ("log", "exit 3"),
        ("cat-file", "kill -9 $$"),
        ("cat-file", "exit 0"),
        ("cat-file", "exit 3"),
    ],
)
@pytest.mark.parametrize("has_poll", [True, False])
def test_a_killed_git_is_no_short_history(repo, tmp_path, monkeypatch, command, end, has_poll):
    monkeypatch.setattr("playbook.history.walking.CAN_WAIT_FOR_TWO", has_poll)
    real = shutil.which("git")
    script = f'*" {command} "*) {real} "$@" | head -c 150; {end};;'
    monkeypatch.setenv("PATH", fake_git(tmp_path / "bin", script))
    found = read_history(repo.content)
    assert isinstance(found, NoHistory)
    assert found.code == "git-failed"
    assert found.reason.startswith("git could not read this history: ")


def test_what_a_failed_git_said_is_told(repo):
    with pytest.raises(GitFailed, match="Not a valid object name nowhere"):
        read_git(repo.top, "cat-file", "-t", "nowhere")
    with GitStream(repo.top, "cat-file", ("-t", "nowhere")) as stream, pytest.raises(GitFailed, match="nowhere"):
        stream.read()


def test_only_commands_that_start_nothing_can_be_run(repo):
    for command in ("status", "diff", "show", "ls-files", "blame", "fetch", "config"):
        with pytest.raises(ValueError, match=f"git {command} is not among"):
            read_git(repo.top, command)
        with pytest.raises(ValueError, match=f"git {command} is not among"):
            GitStream(repo.top, command, ())


def test_nothing_of_the_callers_environment_reaches_git(monkeypatch):
    for name in ("GIT_DIR", "GIT_EXTERNAL_DIFF", "GIT_CONFIG_COUNT", "GIT_TRACE", "PAGER"):
        monkeypatch.setenv(name, "/nowhere")
    assert (
        not {"GIT_DIR", "GIT_EXTERNAL_DIFF", "GIT_CONFIG_COUNT", "GIT_TRACE", "PAGER"}
        & git_module._environment().keys()
    )


@pytest.mark.slow
def test_the_way_round_two_pipes_gives_the_same(tmp_path, monkeypatch):
    repo = Repo(tmp_path / "mine")
    big = "".join(f"  - {{id: i{n}, task: Item number {n} of a long list}}\n" for n in range(3_000))
    repo.import_commits(
        (f"Commit {n}", {f"goals/g{n % 5}.yml": f"title: T\nchecklist:\n  - Number {n}\n{big if n % 50 == 0 else ''}"})
        for n in range(300)
    )
    both = []
    for has_poll in (True, False):
        monkeypatch.setattr("playbook.history.walking.CAN_WAIT_FOR_TWO", has_poll)
        both.append(repo.timeline())
    assert both[0] == both[1]
    assert len(both[0].steps) == 300


# ---- the working tree


def test_what_is_not_committed_is_the_last_step(repo):
    repo.write(
        {
            "goals/a.yml": checklist("{task: One, done: true}", "{task: Two, done: true}"),
            "goals/new.yml": checklist("Three"),
        }
    )
    now = dt.datetime(2026, 2, 1, 18, 30, tzinfo=dt.timezone(dt.timedelta(hours=5, minutes=30)))
    timeline = repo.timeline(now=now)
    assert story(timeline) == [*EXPECTED, "disk done Two", "disk created Three"]
    last = timeline.steps[-1]
    assert (last.index, last.commit, last.is_working_tree, last.time, last.day) == (2, "", True, now, now.date())
    assert story(repo.timeline(working_tree=False)) == EXPECTED


def test_a_file_that_is_not_there_any_more_has_lost_its_items(repo):
    (repo.content / "goals/a.yml").unlink()
    assert repo.story() == [*EXPECTED, "disk dropped One", "disk dropped Two"]


def test_a_change_that_is_none_to_any_item_is_no_step(repo):
    text = (repo.content / "goals/a.yml").read_text()
    repo.write(
        {"goals/a.yml": text.replace("\n", "\r\n") + "notes: Hello\r\n", "goals/b.yml": "title: Nothing to do\n"}
    )
    assert (repo.story(), len(repo.timeline().steps)) == (EXPECTED, 2)


def test_a_file_saved_half_way_keeps_what_it_had(repo):
    repo.write({"goals/a.yml": "title: Be\nchecklist: [One"})
    assert repo.story() == EXPECTED


def test_links_and_folders_on_the_disk_are_not_read(repo, tmp_path):
    (tmp_path / "outside.yml").write_text("checklist: [Outside]\n")
    (repo.content / "goals/link.yml").symlink_to(tmp_path / "outside.yml")
    (repo.content / "goals/folder.yml").mkdir()
    os.mkfifo(repo.content / "goals/pipe.yml")
    assert repo.story() == EXPECTED


def test_a_folder_that_git_was_never_told_about_lies_on_the_disk_alone(tmp_path):
    repo = Repo(tmp_path / "mine")
    (repo.top / ".gitignore").write_text("content/\n")
    repo.commit()
    repo.write({"goals/a.yml": checklist("One")})
    timeline = repo.timeline()
    assert story(timeline) == ["disk created One"]
    assert [step.is_working_tree for step in timeline.steps] == [True]


def test_progress_is_told(repo):
    told: list[int] = []
    repo.timeline(progress=told.append)
    assert told
    assert told == sorted(told)
    assert told[-1] == 2
