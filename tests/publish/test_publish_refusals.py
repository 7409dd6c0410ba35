"""Why a site is not published now, or not there: each a sentence with the way out."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from playbook.publish.refusals import (
    find_committed,
    find_uncommitted,
    refuse_links,
    refuse_place,
    refuse_rollback,
)
from playbook.publish.refused import Refused
from tests.history.repo import Repo, run_git

HEADER = json.dumps({"v": 1, "kdf": {}, "salt": "", "slots": [{}] * 9}).encode()
SEALED = {
    "index.html": b"", "404.html": b"", "loader.js": b"", "sw.js": b"", "inpage.js": b"", "h.json": HEADER,
    "robots.txt": b"", ".nojekyll": b"", "d/" + "0a" * 16: b"",
}  # fmt: skip


@pytest.fixture
def repo(tmp_path, monkeypatch) -> Repo:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    made = Repo(tmp_path / "book")
    (made.top / "mkdocs.yml").write_text("site_name: Mine\n")
    made.commit({"me.yml": "name: Ada\n", "people/grace.yml": "name: Grace\n"})
    return made


def refusal(repo: Repo) -> str:
    with pytest.raises(Refused) as refused:
        find_committed(repo.top, repo.content, (repo.content, repo.top / "mkdocs.yml"))
    return str(refused.value)


def fill(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def test_the_sequence_number_counts_first_parents(repo):
    repo.git("switch", "--quiet", "--create", "aside")
    repo.commit({"people/ada.yml": "name: Ada\n"})
    repo.commit({"people/ada.yml": "name: Ada L.\n"})
    repo.git("switch", "--quiet", "main")
    repo.merge("aside")
    found = find_committed(repo.top, repo.content, (repo.content, repo.top / "mkdocs.yml"))
    assert (found.seq, found.commit) == (2, repo.git("rev-parse", "HEAD"))


def test_what_is_not_as_committed_is_named(repo):
    repo.write({"me.yml": "name: Ada L.\n"})
    assert refusal(repo) == (
        "content/me.yml is not as committed, and what is published is what a commit holds; commit it first "
        "(playbook commit takes content/)"
    )
    repo.write({"people/grace.yml": None, "people/new.yml": "name: New\n"})
    (repo.top / "mkdocs.yml").write_text("site_name: Yours\n")
    assert refusal(repo).startswith("content/me.yml, content/people/grace.yml, content/people/new.yml and 1 more are ")


def test_a_change_that_git_was_told_to_overlook_is_seen(repo):
    repo.git("update-index", "--assume-unchanged", "content/me.yml")
    (repo.top / ".git" / "info" / "exclude").write_text("*.yml\n")
    repo.write({"me.yml": "name: Ada L.\n", "people/new.yml": "name: New\n"})
    assert refusal(repo).startswith("content/me.yml, content/people/new.yml are not as committed")


def test_what_is_staged_but_not_committed_is_refused(repo):
    repo.write({"me.yml": "name: Ada L.\n"})
    repo.git("add", "--all")
    assert refusal(repo).startswith("content/me.yml is not as committed")


def test_what_no_site_is_made_from_may_be_as_it_is(repo):
    (repo.top / "scratch.txt").write_text("x")
    repo.write({".DS_Store": "x", "people/.grace.yml.swp": "x", "people/grace.yml~": "x"})
    assert find_committed(repo.top, repo.content, (repo.content, repo.top / "mkdocs.yml")).seq == 1


def test_line_ends_that_git_has_written_to_the_disk_are_no_change(repo):
    (repo.content / "me.yml").write_bytes(b"name: Ada\r\n")
    assert list(find_uncommitted(repo.content)) == []
    (repo.content / "me.yml").write_bytes(b"name: Ada L.\r\n")
    assert list(find_uncommitted(repo.content)) == [repo.content / "me.yml"]


def test_a_link_is_compared_as_a_link(repo):
    (repo.content / "people" / "link.yml").symlink_to("grace.yml")
    assert list(find_uncommitted(repo.content)) == [repo.content / "people" / "link.yml"]
    repo.commit()
    assert list(find_uncommitted(repo.content)) == []
    (repo.content / "people" / "grace.yml").unlink()
    (repo.content / "people" / "grace.yml").symlink_to("../me.yml")
    assert list(find_uncommitted(repo.content)) == [repo.content / "people" / "grace.yml"]


def test_nothing_that_a_repository_names_is_started(repo):
    marker = repo.top / "started"
    repo.git("config", "core.fsmonitor", f"touch '{marker}'; false")
    (repo.top / ".gitattributes").write_text("* filter=trap diff=trap\n")
    repo.git("config", "filter.trap.clean", f"touch '{marker}'; cat")
    repo.git("config", "diff.trap.textconv", f"touch '{marker}'; cat")
    repo.write({"me.yml": "name: Ada L.\n"})
    assert refusal(repo).startswith("content/me.yml is not as committed")
    assert not marker.exists()
    subprocess.run(["git", "status"], cwd=repo.top, capture_output=True, check=False)
    assert marker.exists()


def test_a_shallow_clone_is_refused_with_the_fix(repo, tmp_path):
    repo.commit({"me.yml": "name: Ada L.\n"})
    run_git(tmp_path, "clone", "--quiet", "--depth=1", repo.top.as_uri(), "clone")
    clone = tmp_path / "clone"
    with pytest.raises(Refused) as refused:
        find_committed(clone, clone / "content", (clone / "content",))
    assert str(refused.value) == (
        "this clone is shallow, so its commits cannot be counted; run: git fetch --unshallow (in a workflow: "
        "fetch-depth: 0, or GIT_DEPTH: 0)"
    )


def test_without_a_repository_or_a_commit_or_git_itself_the_way_to_one_is_said(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    content = fill(tmp_path / "book", {"content/me.yml": b"name: Ada\n"}) / "content"
    with pytest.raises(Refused, match=r"in no git repository yet\. Run: git init; the number of commits"):
        find_committed(tmp_path / "book", content, (content,))
    run_git(tmp_path / "book", "init", "--quiet")
    with pytest.raises(Refused, match=r"no commits yet\. Run: git add -A && git commit"):
        find_committed(tmp_path / "book", content, (content,))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Refused, match="git is not installed"):
        find_committed(tmp_path / "book", content, (content,))


def test_mkdocs_yml_outside_every_repository_is_not_committed(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    config = fill(tmp_path / "book", {"mkdocs.yml": b"", "content/me.yml": b"name: Ada\n"}) / "mkdocs.yml"
    content = tmp_path / "book" / "content"
    run_git(content, "init", "--quiet")
    run_git(content, "add", "--all")
    run_git(content, "commit", "--quiet", "--message", "Begin")
    with pytest.raises(Refused, match=r"^mkdocs.yml is not as committed"):
        find_committed(tmp_path / "book", content, (content, config))


@pytest.mark.parametrize("name", ["fresh", "empty", "sealed", "sealed with files of the host"])
def test_a_sealed_site_goes_into_a_new_folder_an_empty_one_or_one_of_its_kind(tmp_path, name):
    fill(tmp_path / "sealed", SEALED)
    fill(tmp_path / "sealed with files of the host", SEALED | {"CNAME": b"x.org", "_headers": b"/*"})
    (tmp_path / "empty").mkdir()
    refuse_place(tmp_path / name, tmp_path / "book", (), tmp_path / "home")


def test_a_place_that_is_not_ours_is_refused_and_stays(tmp_path):
    book, home = tmp_path / "home" / "book", tmp_path / "home"
    fill(book, {"mkdocs.yml": b"", "content/pages/about.md": b""})
    fill(tmp_path / "extra", SEALED | {"diary.txt": b"mine"})
    fill(tmp_path / "pack", SEALED | {"d/notes.txt": b"mine"})
    fill(tmp_path / "cloned", SEALED | {".git/HEAD": b"mine"})
    fill(tmp_path / "plain", {"index.html": b"", "404.html": b"", "assets/x.css": b""})
    fill(tmp_path / "half", {"index.html": b"mine"})
    fill(tmp_path / "other", SEALED | {"h.json": b"{}"})
    fill(tmp_path / "beside", {"file": b"mine"})
    (tmp_path / "link").symlink_to(tmp_path / "empty")
    (fill(tmp_path / "inner", {k: v for k, v in SEALED.items() if k[0] != "d"}) / "d").symlink_to(tmp_path)
    part = "which is no part of a sealed site; name another folder, or empty it yourself"
    for target, why in {
        tmp_path / "extra": f"holds 'diary.txt', {part}",
        tmp_path / "pack": f"holds 'd/notes.txt', {part}",
        tmp_path / "cloned": f"holds '.git', {part}",
        tmp_path / "plain": f"holds 'assets', {part}",
        tmp_path / "half": f"holds other files, and no 'd', {part}",
        tmp_path / "other": f"holds an 'h.json', {part}",
        tmp_path / "inner": f"holds 'd', {part}",
        tmp_path / "beside" / "file": "is there and is no folder; name another",
        tmp_path / "link": "is a link, and links are not followed; name the folder itself",
        book: "holds the playbook; name a folder for the site alone, such as --to sealed",
        home: "holds the playbook; name a folder for the site alone, such as --to sealed",
        Path("/"): "holds the playbook; name a folder for the site alone, such as --to sealed",
        book / "content": "lies in 'content', which the site is made from; name another folder",
        book / "content" / "pages" / "out": "lies in 'content', which the site is made from; name another folder",
        book / ".git" / "out": "lies in git's own folder; name another",
    }.items():
        with pytest.raises(Refused) as refused:
            refuse_place(target, book, (book / "content",), home)
        assert str(refused.value) == f"'{target}' {why}"
    assert (tmp_path / "extra" / "diary.txt").read_bytes() == b"mine"


def test_the_home_folder_is_no_place_for_a_site(tmp_path):
    with pytest.raises(Refused, match="is or holds your home folder"):
        refuse_place(tmp_path / "home", tmp_path / "book", (), tmp_path / "home")


def test_a_link_out_of_the_pages_is_refused_and_one_within_is_not(tmp_path):
    pages = fill(tmp_path / "pages", {"a.md": b"", "in/b.png": b""})
    (pages / "again.png").symlink_to("in/b.png")
    refuse_links(pages)
    (tmp_path / "secret").mkdir()
    (pages / "in" / "keys").symlink_to(tmp_path / "secret")
    with pytest.raises(Refused, match=r"^'pages/in/keys' is a link out of the folder"):
        refuse_links(pages)


def test_fewer_commits_than_are_published_already_are_refused():
    refuse_rollback(7, 7)
    refuse_rollback(8, 7)
    with pytest.raises(Refused) as refused:
        refuse_rollback(6, 7)
    assert str(refused.value) == (
        "what is there holds 7 commits, this one 6: readers would refuse it as a rollback; bring what is missing "
        "(git pull), then publish"
    )
