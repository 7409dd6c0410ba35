"""`playbook demo`: the example comes with a past; without git it comes without, and is shown all the same."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from playbook.cli.demo import give_it_a_past
from playbook.shipped import example_folder
from tests.history.repo import run_git


@pytest.fixture
def example(tmp_path: Path) -> Path:
    root = tmp_path / "demo"
    shutil.copytree(example_folder() / "content", root / "content")
    shutil.copyfile(example_folder() / "mkdocs.yml", root / "mkdocs.yml")
    return root


def test_the_example_gets_a_year_of_commits_that_end_in_its_files(example: Path) -> None:
    give_it_a_past(example)
    days = run_git(example, "log", "--format=%as %an").splitlines()
    assert len(days) > 80
    assert days[0] <= "2026-11-21 Mara Tamm"
    assert days[-1] < "2025-11-21"
    assert run_git(example, "status", "--porcelain") == ""


def test_the_past_has_the_same_commits_each_time(example: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(example, other)
    give_it_a_past(example)
    give_it_a_past(other)
    assert run_git(example, "rev-parse", "HEAD") == run_git(other, "rev-parse", "HEAD")


def test_without_git_the_example_has_no_past(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(example))
    give_it_a_past(example)
    assert not (example / ".git").exists()


def test_an_example_that_speaks_of_the_present_day_has_no_past(example: Path) -> None:
    (example / "mkdocs.yml").write_text("site_name: Mine\ndocs_dir: content/pages\nplugins: [playbook]\n")
    give_it_a_past(example)
    assert not (example / ".git").exists()
