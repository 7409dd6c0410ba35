"""A branch that holds one commit, which tells nothing; and what is pushed where."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from playbook.repository.git import GitRefused
from playbook.repository.publishing import (
    fetch_deployed,
    find_deployed,
    make_commit,
    push,
    refuse_branch,
    remote_address,
    set_branch,
)
from tests.history.repo import Repo, run_git

DAY = dt.date(2026, 11, 21)
FILES = {"index.html": b"<p>\r\nLocked", "d/" + "0a" * 16: bytes(range(256)), ".nojekyll": b""}


@pytest.fixture
def repo(tmp_path, monkeypatch) -> Repo:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    made = Repo(tmp_path / "book")
    made.commit({"me.yml": "name: Ada\n"})
    run_git(tmp_path, "init", "--quiet", "--bare", "there.git")
    made.git("remote", "add", "origin", str(tmp_path / "there.git"))
    return made


def test_the_commit_has_no_parent_and_a_neutral_author_message_and_date(repo):
    repo.git("config", "commit.gpgSign", "true")
    repo.git("config", "i18n.commitEncoding", "ISO-8859-1")
    made = make_commit(repo.content, FILES, DAY)
    tree = repo.git("rev-parse", f"{made}^{{tree}}")
    who = "playbook <playbook@localhost.invalid> 1795262400 +0000"
    assert repo.git("cat-file", "-p", made) == f"tree {tree}\nauthor {who}\ncommitter {who}\n\nPublish"
    assert repo.git("ls-tree", "-r", "--name-only", made).split() == sorted(FILES)
    for name, content in FILES.items():
        assert repo.git("cat-file", "-s", f"{made}:{name}") == str(len(content))


def test_the_bytes_are_kept_whatever_filters_and_line_ends_a_repository_sets(repo):
    repo.git("config", "core.autocrlf", "true")
    (repo.top / ".gitattributes").write_text("* text=auto filter=upper\n")
    repo.git("config", "filter.upper.clean", "tr a-z A-Z")
    set_branch(repo.content, "gh-pages", make_commit(repo.content, FILES, DAY), "")
    deployed = find_deployed(repo.content, "gh-pages")
    assert {name: deployed.read(name) for name in deployed.blobs} == FILES


def test_the_same_files_on_the_same_day_are_the_same_commit(repo):
    assert make_commit(repo.content, FILES, DAY) == make_commit(repo.content, dict(reversed(FILES.items())), DAY)
    assert make_commit(repo.content, FILES, DAY) != make_commit(repo.content, FILES, DAY + dt.timedelta(1))


def test_a_second_publish_leaves_one_commit_and_no_log_of_the_first(repo):
    repo.git("config", "core.logAllRefUpdates", "always")
    first = make_commit(repo.content, FILES, DAY)
    set_branch(repo.content, "gh-pages", first, "")
    second = make_commit(repo.content, {"index.html": b"other"}, DAY)
    set_branch(repo.content, "gh-pages", second, first)
    assert repo.git("rev-list", "gh-pages") == second
    assert not (repo.top / ".git" / "logs" / "refs" / "heads" / "gh-pages").exists()
    assert dict(find_deployed(repo.content, "gh-pages").blobs).keys() == {"index.html"}


def test_index_and_work_tree_stay_as_they_are(repo):
    repo.write({"me.yml": "name: Ada L.\n", "people/grace.yml": "name: Grace\n"})
    repo.git("add", "content/me.yml")
    before = (
        repo.git("status", "--porcelain"),
        (repo.top / ".git" / "index").read_bytes(),
        repo.git("rev-parse", "HEAD"),
    )
    set_branch(repo.content, "gh-pages", make_commit(repo.content, FILES, DAY), "")
    assert (
        repo.git("status", "--porcelain"), (repo.top / ".git" / "index").read_bytes(), repo.git("rev-parse", "HEAD")
    ) == before  # fmt: skip


def test_a_branch_that_somebody_moved_meanwhile_is_left_alone(repo):
    first = make_commit(repo.content, FILES, DAY)
    set_branch(repo.content, "gh-pages", first, "")
    other = make_commit(repo.content, {"index.html": b"other"}, DAY)
    for old in ("", other):
        with pytest.raises(GitRefused):
            set_branch(repo.content, "gh-pages", other, old)
    assert repo.git("rev-parse", "gh-pages") == first


@pytest.mark.parametrize("name", ["", "-f", "a..b", "a b", "x.lock", "@{-1}"])
def test_a_name_that_is_none_is_refused(repo, name):
    with pytest.raises(GitRefused, match=r"is no name for a branch; gh-pages is$"):
        refuse_branch(repo.content, name)


def test_a_branch_that_somebody_works_on_is_refused(repo, tmp_path):
    repo.git("branch", "gh-pages")
    refuse_branch(repo.content, "gh-pages")
    repo.git("worktree", "add", "--quiet", str(tmp_path / "aside"), "gh-pages")
    for name in ("main", "gh-pages"):
        with pytest.raises(GitRefused, match=f"^the branch '{name}' is checked out; name one that nothing else is on"):
            refuse_branch(repo.content, name)


def test_a_push_puts_one_commit_on_one_branch_and_nothing_else(repo, tmp_path):
    repo.git("tag", "mine")
    repo.git("config", "push.followTags", "true")
    commit = make_commit(repo.content, FILES, DAY)
    assert fetch_deployed(repo.content, "origin", "gh-pages").commit == ""
    push(repo.content, "origin", "gh-pages", commit, "")
    assert run_git(tmp_path / "there.git", "for-each-ref", "--format=%(refname) %(objectname)") == (
        f"refs/heads/gh-pages {commit}"
    )
    assert repo.git("branch", "--list", "gh-pages") == ""


def test_what_is_deployed_is_fetched_from_another_clone_without_moving_anything_here(repo, tmp_path):
    commit = make_commit(repo.content, FILES, DAY)
    push(repo.content, "origin", "gh-pages", commit, "")
    run_git(tmp_path, "init", "--quiet", "clone")
    clone = tmp_path / "clone"
    run_git(clone, "remote", "add", "origin", str(tmp_path / "there.git"))
    deployed = fetch_deployed(clone, "origin", "gh-pages")
    assert (deployed.commit, {name: deployed.read(name) for name in deployed.blobs}) == (commit, FILES)
    assert not (clone / ".git" / "FETCH_HEAD").exists()
    assert not (clone / ".git" / "shallow").exists()
    assert run_git(clone, "for-each-ref") == ""


def test_a_push_over_something_that_was_not_looked_at_is_refused(repo, tmp_path):
    first = make_commit(repo.content, FILES, DAY)
    push(repo.content, "origin", "gh-pages", first, "")
    second = make_commit(repo.content, {"index.html": b"other"}, DAY)
    for old in ("", second):
        with pytest.raises(GitRefused) as refused:
            push(repo.content, "origin", "gh-pages", second, old)
        assert str(refused.value) == "'gh-pages' in 'origin' was published anew by somebody meanwhile; publish again"
    assert run_git(tmp_path / "there.git", "rev-parse", "gh-pages") == first
    push(repo.content, "origin", "gh-pages", second, first)
    assert run_git(tmp_path / "there.git", "rev-list", "gh-pages") == second


def test_a_remote_that_is_not_there_is_named_with_those_that_are(repo):
    with pytest.raises(GitRefused, match=r"^there is no remote 'nowhere'; there is origin$"):
        fetch_deployed(repo.content, "nowhere", "gh-pages")
    repo.git("remote", "remove", "origin")
    with pytest.raises(GitRefused, match=r"^there is no remote '--upload-pack=x'; there is none: git remote add"):
        fetch_deployed(repo.content, "--upload-pack=x", "gh-pages")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://mara:s3cret@example.org/site.git", "https://example.org/site.git"),
        ("git@example.org:mara/site.git", "git@example.org:mara/site.git"),
        ("https://example.org/a@b.git", "https://example.org/a@b.git"),
    ],
)
def test_where_a_push_goes_is_told_without_a_password(repo, url, shown):
    repo.git("remote", "set-url", "origin", url)
    assert remote_address(repo.content, "origin") == shown


def test_a_link_on_a_branch_is_no_file(repo):
    (repo.top / "out").symlink_to(os.devnull)
    repo.commit()
    assert find_deployed(repo.content, "main").blobs["out"] == ""
    assert find_deployed(repo.content, "nowhere").blobs == {}


def test_temporary_files_are_gone(repo, tmp_path, monkeypatch):
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    make_commit(repo.content, FILES, DAY)
    assert list(Path(place).iterdir()) == []
