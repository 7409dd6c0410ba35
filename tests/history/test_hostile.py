"""Hostile repositories: reading their history starts nothing, and no name in them is taken for anything but a name."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import subprocess
import sys

import pytest

from playbook.history.head import head_of
from playbook.history.reading import read_history
from playbook.history.remote import commit_address, remote_of
from playbook.history.repository import NoHistory
from playbook.history.revision import NoRevision, find_revision, read_files, read_revision
from playbook.history.timeline import Timeline
from tests.history.repo import Repo, checklist, run_git, story
from tests.history.traps import TRAPS, Canary, Trap, hostile

STORY = [
    "0 created Draft",
    "0 created Ask Grace",
    "1 done Draft",
    "2 created Find a title",
    "disk created Send it",
]


@pytest.fixture
def canary(tmp_path):
    return Canary(tmp_path / "canary")


@pytest.fixture
def repo(tmp_path):
    return hostile(tmp_path / "mine")


def by_name(trap: Trap) -> str:
    return trap.name


# ---- traps


@pytest.mark.few(10)
@pytest.mark.parametrize("trap", TRAPS, ids=by_name)
def test_a_trap_that_would_fire_does_not(repo, canary, trap, tmp_path):
    head = repo.git("rev-parse", "HEAD")
    trap.set(repo, canary)
    canary.mark.unlink(missing_ok=True)  # setting one may spring it
    read_timelines(repo, trap, tmp_path / "cache.sqlite3")
    read_commits(repo, trap, head)
    commit_address(remote_of(repo.top / ".git"))
    assert not canary.has_fired
    trap.control(repo)
    assert canary.has_fired


def read_timelines(repo, trap, cache):
    cold = read_history(repo.content, now=dt.datetime(2026, 2, 1, tzinfo=dt.UTC))
    found = [cold, *(read_history(repo.content, cache=cache) for _ in range(2))]
    if trap.is_readable:
        assert [story(timeline) for timeline in found] == [STORY] * 3
    else:
        assert [type(timeline) for timeline in found] == [NoHistory] * 3


def read_commits(repo, trap, head):
    if trap.name == "bare inside":
        assert head_of(repo.content) is None
        with pytest.raises(NoRevision):
            find_revision(repo.content, "HEAD")
        return
    assert head_of(repo.content).is_changed
    for name in ("HEAD", head[:8], "2026-01-07"):
        revision = find_revision(repo.content, name)
        assert b"Find a title" in read_files(revision, read_revision(revision, ""), "goals")["talk.yml"]


# ---- names


ODD_REFS = (
    "refs/heads/-p",
    "refs/heads/--output=written",
    "refs/heads/HEAD",
    "refs/tags/HEAD",
    "refs/tags/--output=written",
    "refs/tags/-p",
    "refs/tags/main",
    "refs/tags/--exec=touch",
    "refs/replace/x",
)


def test_refs_of_any_name_change_nothing(repo):
    before = repo.timeline()
    known = set(repo.top.rglob("*"))
    first = repo.git("rev-parse", "HEAD~2")
    for ref in ODD_REFS:
        (repo.top / ".git" / ref).parent.mkdir(parents=True, exist_ok=True)
        (repo.top / ".git" / ref).write_text(f"{first}\n")
    assert repo.timeline() == before
    assert head_of(repo.content).commit == repo.git("rev-parse", "--verify", "HEAD")
    assert {path.name for path in set(repo.top.rglob("*")) - known} == {
        *(ref.rpartition("/")[2] for ref in ODD_REFS),
        "replace",
    }


@pytest.mark.parametrize("branch", ["-p", "--output=written", "HEAD", "--all", "a..b", "^main", "@{1}"])
def test_the_branch_that_is_checked_out_may_have_any_name(repo, branch):
    before = repo.timeline()
    head = repo.git("rev-parse", "HEAD")
    git = repo.top / ".git"
    (git / "refs/heads" / branch).write_text(f"{head}\n")
    (git / "HEAD").write_text(f"ref: refs/heads/{branch}\n")
    found = read_history(repo.content)
    # What git itself takes for no name of a branch is a repository without a commit, never another history.
    assert found == before if isinstance(found, Timeline) else isinstance(found, NoHistory)
    assert not (repo.top / "written").exists()
    assert not (repo.content / "written").exists()


@pytest.mark.parametrize("name", ["-p", "--output=written", "--exec=touch x", "-", "--", "HEAD --all", "main\n-p", ""])
def test_no_name_of_a_commit_is_taken_for_an_option(repo, name):
    with pytest.raises(NoRevision):
        find_revision(repo.content, name)
    assert not (repo.top / "written").exists()
    assert not (repo.content / "written").exists()


def test_an_option_as_a_name_would_have_written_a_file(repo):
    run_git(repo.top, "log", "-1", "--output=written")
    assert (repo.top / "written").exists()


ODD_NAMES = (
    b"--output=written.yml",
    b"-p.yml",
    b"two\nlines.yml",
    b"a\ttab.yml",
    b"a \"quote\" and 'another'.yml",
    b"back\\slash.yml",
    b":(exclude)magic.yml",
    b"*.yml",
    b"caf\xe9.yml",
    b"\xff\xfe.yml",
    b"$(touch written).yml",
    b"\x01\x02.yml",
)


def test_files_of_any_name_come_through_every_reader(tmp_path):
    repo = Repo(tmp_path / "mine")
    files = {os.fsdecode(b"goals/" + name): checklist(f"Item {number}") for number, name in enumerate(ODD_NAMES)}
    repo.commit(files)
    expected = sorted(files)
    cache = tmp_path / "cache.sqlite3"
    for timeline in (repo.timeline(), repo.timeline(cache=cache), repo.timeline(cache=cache)):
        assert sorted(event.path for event in timeline.events) == expected
        assert [step.is_working_tree for step in timeline.steps] == [False]
    assert head_of(repo.content).is_changed is False
    tree = read_revision(find_revision(repo.content, "HEAD"), "")
    assert {node.path: tree.read(node.path, 1000) for node in tree.entries("goals")} == {
        path: text.encode() for path, text in files.items()
    }
    assert not list(tmp_path.rglob("written"))


# ---- a cache in other hands


def test_a_cache_that_may_not_be_written_still_tells_the_truth(repo, tmp_path):
    folder = tmp_path / "cache"
    cache = folder / "history.sqlite3"
    repo.timeline(cache=cache)
    repo.commit({"goals/talk.yml": checklist("{task: Find a title, done: true}", title="Give a talk")})
    cache.chmod(0o400)
    folder.chmod(0o500)
    try:
        assert repo.timeline(cache=cache).events == repo.timeline().events
    finally:
        folder.chmod(0o700)


def test_a_cache_that_another_process_holds_stops_nobody(repo, tmp_path, monkeypatch):
    cache = tmp_path / "history.sqlite3"
    real = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda file, **options: real(file, **options | {"timeout": 0.05}))
    repo.timeline(cache=cache)
    repo.commit({"goals/talk.yml": checklist("{task: Find a title, done: true}", title="Give a talk")})
    holding = real(cache, isolation_level=None)
    holding.execute("pragma locking_mode=exclusive")
    holding.execute("begin exclusive")
    try:
        assert repo.timeline(cache=cache).events == repo.timeline().events
    finally:
        holding.close()
    assert repo.timeline(cache=cache).events == repo.timeline().events


def test_a_folder_in_the_place_of_a_cache_stops_nobody(repo, tmp_path):
    cache = tmp_path / "history.sqlite3"
    cache.mkdir()
    timeline = repo.timeline(cache=cache)
    assert timeline.events == repo.timeline().events
    assert [note.code for note in timeline.notes] == ["cache-unusable"]


READ = """\
import sys
from pathlib import Path
from playbook.history.reading import read_history
for _ in range(3):
    print(len(read_history(Path(sys.argv[1]), cache=Path(sys.argv[2])).events), flush=True)
"""


def test_two_processes_with_one_cache_both_tell_the_truth(tmp_path):
    repo = Repo(tmp_path / "mine")
    repo.import_commits(
        (f"Commit {number}", {f"goals/g{number % 7}.yml": checklist(*(f"Item {n}" for n in range(number % 11)))})
        for number in range(200)
    )
    expected = len(repo.timeline().events)
    command = [sys.executable, "-c", READ, str(repo.content), str(tmp_path / "cache.sqlite3")]
    readers = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    assert [reader.communicate() for reader in readers] == [(f"{expected}\n" * 3, "")] * 2
