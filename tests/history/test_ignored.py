"""Whether git would leave a folder out, and the line that makes it so."""

from __future__ import annotations

import pytest

from playbook.history.ignored import line_to_ignore
from tests.history.repo import Repo, run_git


@pytest.mark.parametrize(
    "name", ["for-ines", "for ines", "a*b", "[x]", "#x", "!x", "deep/site", "ünï", "\\", ":(top)x"]
)
def test_a_folder_that_git_would_take_in_gets_a_line_that_keeps_it_out(tmp_path, name):
    repo = Repo(tmp_path / "book")
    folder = repo.top / name
    folder.mkdir(parents=True)
    (folder / "index.html").touch()
    found = line_to_ignore(folder, repo.top)
    assert found is not None
    line, file = found
    assert file == repo.top / ".gitignore"
    file.write_text(f"{line}\n", encoding="utf-8")
    assert line_to_ignore(folder, repo.top) is None
    assert run_git(repo.top, "status", "--porcelain", "--", ".").splitlines() == ["?? .gitignore"]


def test_the_line_goes_beside_the_playbook_where_the_folder_lies_below_it(tmp_path):
    repo = Repo(tmp_path / "many")
    root = repo.top / "book"
    for name in ("book/site", "out"):
        (repo.top / name).mkdir(parents=True)
    assert line_to_ignore(root / "site", root) == ("/site/", root / ".gitignore")
    assert line_to_ignore(repo.top / "out", root) == ("/out/", repo.top / ".gitignore")


def test_nothing_is_said_of_a_folder_elsewhere_or_without_a_repository(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    repo, other = Repo(tmp_path / "book"), Repo(tmp_path / "book" / "pages")
    for folder in (tmp_path / "plain" / "site", other.top / "site"):
        folder.mkdir(parents=True)
        assert line_to_ignore(folder, repo.top) is None
    assert line_to_ignore(tmp_path / "plain" / "site", tmp_path / "plain") is None
    assert line_to_ignore(repo.top, repo.top) is None
