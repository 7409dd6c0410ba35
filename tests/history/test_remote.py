"""Where a commit can be looked at on the web, from a repository's own configuration, which is read and never run."""

from __future__ import annotations

from pathlib import Path

import pytest

from playbook.history.remote import commit_address, remote_of


@pytest.mark.parametrize(
    ("remote", "expected"),
    [
        ("git@github.com:mara/book.git", "https://github.com/mara/book/commit/"),
        ("https://github.com/mara/book.git", "https://github.com/mara/book/commit/"),
        ("https://mara:secret@github.com/mara/book", "https://github.com/mara/book/commit/"),
        ("ssh://git@gitlab.com:2222/mara/deep/book.git", "https://gitlab.com/mara/deep/book/-/commit/"),
        ("https://gitlab.example.org:8443/mara/book", "https://gitlab.example.org:8443/mara/book/-/commit/"),
        ("git@bitbucket.org:mara/book.git", "https://bitbucket.org/mara/book/commits/"),
        ("git@codeberg.org:mara/book.git", "https://codeberg.org/mara/book/commit/"),
        ("git@git.sr.ht:~mara/book", "https://git.sr.ht/~mara/book/commit/"),
        ("git@git.example.org:mara/book.git", ""),
        ("/srv/git/book.git", ""),
        ("../book", ""),
        ("file:///srv/git/github.com/book", ""),
        ("ext::sh -c github.com:x/y", ""),
        ("https://github.com/../../etc", ""),
        ("https://github.com/mara/book\" onclick='x'", ""),
        ("javascript://github.com/%0aalert(1)", ""),
        ("https://github.com/", ""),
        ("", ""),
    ],
)
def test_a_commit_has_a_page_where_the_host_is_known(remote: str, expected: str) -> None:
    assert commit_address(remote) == expected


def test_a_page_that_the_author_names_is_taken_to_work_as_most_do() -> None:
    assert commit_address("https://git.example.org/mara/book/", is_web=True) == (
        "https://git.example.org/mara/book/commit/"
    )
    assert commit_address("https://gitlab.example.org/mara/book", is_web=True) == (
        "https://gitlab.example.org/mara/book/-/commit/"
    )
    assert commit_address("nonsense", is_web=True) == ""


def test_the_remote_is_the_one_called_origin(tmp_path: Path) -> None:
    (tmp_path / "config").write_text(
        '[core]\n\turl = no\n[remote "other"]\n\turl = https://github.com/x/y\n'
        '[remote "origin"]\n\tfetch = +refs/heads/*\n\turl = git@github.com:mara/book.git\n[branch "main"]\n'
    )
    assert remote_of(tmp_path) == "git@github.com:mara/book.git"


@pytest.mark.parametrize("config", ["", "[remote]\nurl = a\n", '[remote "origin"]\n\tfetch = x\n', "\xff\x00[["])
def test_without_such_a_remote_there_is_none(tmp_path: Path, config: str) -> None:
    (tmp_path / "config").write_text(config, encoding="utf-8")
    assert remote_of(tmp_path) == ""


def test_without_a_configuration_there_is_none(tmp_path: Path) -> None:
    assert remote_of(tmp_path / "nowhere") == ""
