"""What the doctor says is not ignored is what git would take in, and nothing else."""

from __future__ import annotations

import datetime as dt

import pytest

from playbook.doctor.exposure import check_ignored
from playbook.doctor.gathering import gather
from playbook.history.ignored import line_of, line_to_ignore
from tests.history.repo import Repo, checklist, run_git


def taken_in(repo: Repo, below: str = "", site: str = "site") -> list[str]:
    """Which folders the doctor finds to be taken in, of a playbook in a folder of a repository; as git itself does."""
    root = repo.top / below
    (root / site).mkdir(parents=True)
    (root / site / "index.html").touch()
    (root / "mkdocs.yml").write_text(f'site_name: Mine\nsite_dir: "{site}"\n')
    facts = gather(root, "content", today=dt.date(2026, 11, 21))
    found = [finding.message.partition(" is not ignored")[0] for finding in check_ignored(facts)]
    told = run_git(repo.top, "status", "--porcelain", "--untracked-files=all", "--", ".").splitlines()
    assert found == [name for name in (site, ".cache") if any(f"{name}/" in line for line in told)]
    return found


@pytest.fixture
def repo(tmp_path):
    made = Repo(tmp_path / "book")
    made.commit({"goals/staff.yml": checklist("Draft")}, "Begin")
    return made


@pytest.mark.parametrize(
    ("lines", "below", "found"),
    [
        ("", "", ["site"]),
        ("/site/\n", "", []),
        ("site\n", "deep/mine", []),
        ("s?te/\n", "", []),
        ("*\n!site\n!*.html\n", "", ["site"]),
        # What lies at the top is not what lies below it.
        ("/site/\n", "mine", ["site"]),
        ("/mine/site/\n", "mine", []),
    ],
)
def test_a_site_is_ignored_where_git_ignores_it(repo, lines, below, found):
    (repo.top / ".gitignore").write_text(lines)
    assert taken_in(repo, below) == found


def test_a_gitignore_between_the_top_and_the_playbook_counts(repo):
    (repo.top / "deep/mine").mkdir(parents=True)
    (repo.top / "deep/.gitignore").write_text("site/\n")
    assert taken_in(repo, "deep/mine") == []


def test_the_line_that_a_build_advises_is_enough(repo):
    (repo.top / "a site [1]").mkdir()
    advised = line_to_ignore(repo.top / "a site [1]", repo.top)
    assert advised is not None
    assert line_of("a site [1]") == advised[0]
    advised[1].write_text(f"{advised[0]}\n")
    (repo.top / "a site [1]").rmdir()
    assert taken_in(repo, site="a site [1]") == []


def test_a_cache_that_leaves_itself_out_is_ignored(repo):
    (repo.top / ".gitignore").write_text("/site/\n")
    (repo.top / ".cache/playbook").mkdir(parents=True)
    (repo.top / ".cache/playbook/memo").touch()
    assert taken_in(repo) == [".cache"]
    (repo.top / ".cache/playbook/.gitignore").write_text("*\n")
    facts = gather(repo.top, "content", today=dt.date(2026, 11, 21))
    assert list(check_ignored(facts)) == []
