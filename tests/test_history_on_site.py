"""The history in real builds: from a repository, without one, shallow, left out; read again only when it is another."""

from __future__ import annotations

import datetime as dt
import html
import re
from pathlib import Path

import pytest

from playbook.history.repository import NoHistory
from playbook.history.timeline import Timeline
from playbook.load import load
from playbook.site import Site, build_site
from site_plugins.driver import BuildFailed, build_folder
from site_plugins.past import Past, watched
from tests.history.repo import Repo, run_git

# Builds by MkDocs share its logger.
pytestmark = pytest.mark.xdist_group("plugin")

TODAY = dt.date(2026, 1, 10)
CONFIG = """\
site_name: Mara's book
docs_dir: content/pages
# Else the theme's pages ask another host for it, and none is built for anybody else.
theme: {name: mkdocs, highlightjs: false}
plugins:
  - playbook: {today: 2026-01-10}
"""
GOAL = "title: Be staff\nvisibility: public\nchecklist:\n"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A playbook of three commits, and a tick that is in none yet."""
    made = Repo(tmp_path / "book")
    made.write({"pages/about.md": "# About\n"})
    (made.top / "mkdocs.yml").write_text(CONFIG)
    (made.top / ".gitignore").write_text("/site/\n")
    made.commit({"goals/staff.yml": GOAL + "  - Draft the packet\n"})
    made.commit({"goals/staff.yml": GOAL + "  - {task: Draft the packet, done: true}\n  - Ask Ada\n"}, "My own words")
    made.commit({"goals/secret.yml": "title: Leave\nchecklist: [Resign]\n"})
    made.write(
        {"goals/staff.yml": GOAL + "  - {task: Draft the packet, done: true}\n  - {task: Ask Ada, done: true}\n"}
    )
    return made


def built(repo: Repo, page: str, **options: object) -> str:
    """The words of a page of the site, and the addresses of its links."""
    build_folder(repo.top / "mkdocs.yml", repo.top / "site", options=options, strict=True)
    text = (repo.top / "site" / page).read_text(encoding="utf-8")
    article = re.search(r"<article.*?</article>|role=\"main\">.*?<footer", text, re.DOTALL)
    body = (article[0] if article else text).replace("</svg>", "</svg>\n")
    body = re.sub(r"<svg.*?</svg>", "", body, flags=re.DOTALL)
    links = re.findall(r'href="(https?://[^"]*)"', body)
    return " ".join([*html.unescape(re.sub(r"<[^>]*>", " ", body)).split(), *links])


def test_a_site_tells_what_git_knows_with_the_disk_as_its_last_point(repo: Repo) -> None:
    repo.git("remote", "add", "origin", "git@github.com:mara/book.git")
    tick = repo.git("rev-parse", "HEAD~1")
    words = built(repo, "goals/staff/index.html")
    assert "10 Jan 2026 done Ask Ada not committed yet" in words
    assert f"6 Jan 2026 done Draft the packet {tick[:7]}" in words
    assert f"https://github.com/mara/book/commit/{tick}" in words
    assert "done 6 Jan 2026" in words
    assert "1 change on the disk is in no commit yet." in built(repo, "progress/index.html")


def test_what_is_remembered_is_no_business_of_the_repositorys(repo: Repo) -> None:
    built(repo, "progress/index.html")
    assert (repo.top / ".cache" / "playbook" / "history.sqlite").is_file()
    assert repo.git("status", "--porcelain") == "M content/goals/staff.yml"


def test_two_builds_of_one_commit_on_one_day_are_the_same_with_and_without_what_is_remembered(repo: Repo) -> None:
    first = built(repo, "progress/index.html")
    warm = (repo.top / "site" / "progress" / "index.html").read_bytes()
    (repo.top / ".cache" / "playbook" / "history.sqlite").unlink()
    assert built(repo, "progress/index.html") == first
    assert (repo.top / "site" / "progress" / "index.html").read_bytes() == warm


def test_another_reader_finds_no_commit_no_address_and_no_hidden_item_anywhere(repo: Repo) -> None:
    repo.git("remote", "add", "origin", "git@github.com:mara/book.git")
    words = built(repo, "goals/staff/index.html", audience="public")
    assert "6 Jan 2026 done Draft the packet" in words
    commits = repo.git("rev-list", "HEAD").split()
    for file in (repo.top / "site").rglob("*.*"):
        text = file.read_bytes().decode("utf-8", "replace")
        if file.suffix in (".html", ".json", ".xml"):
            hidden = ("Resign", "Leave", "My own words", "github.com/mara", "not committed", *(c[:7] for c in commits))
            assert [word for word in hidden if word in text] == [], file


def test_without_a_repository_the_page_says_what_will_stand_there(tmp_path: Path) -> None:
    folder = tmp_path / "book"
    (folder / "content" / "pages").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(CONFIG)
    build_folder(folder / "mkdocs.yml", folder / "site", strict=True)
    text = (folder / "site" / "progress" / "index.html").read_text()
    assert "These files are in no git repository yet. <code>git init</code>" in text
    assert not (folder / ".cache").exists()


def test_without_commits_and_without_git_it_says_so_too(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = Repo(tmp_path / "fresh")
    fresh.write({"pages/about.md": "# About\n"})
    (fresh.top / "mkdocs.yml").write_text(CONFIG)
    assert "This repository has no commits yet. git add -A && git commit" in built(fresh, "progress/index.html")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "git is not installed, and the history is read from git." in built(repo, "progress/index.html")


def test_a_shallow_clone_names_the_command_and_claims_nothing_about_what_came_before(
    repo: Repo, tmp_path: Path
) -> None:
    clone = tmp_path / "clone"
    run_git(tmp_path, "clone", "--quiet", "--depth=2", f"file://{repo.top}", str(clone))
    shallow = object.__new__(Repo)
    shallow.top = clone
    words = built(shallow, "progress/index.html")
    assert "is not on this machine." in words
    assert "git fetch --unshallow" in words
    goal = built(shallow, "goals/staff/index.html")
    # Nobody knows since when: the first commit that is here had it already.
    assert "6 Jan 2026 there already Draft the packet" in goal
    assert "done 6 Jan 2026" not in goal


def test_a_site_may_leave_the_history_out(repo: Repo) -> None:
    words = built(repo, "progress/index.html", history=False)
    assert "This site leaves out what git knows of the checklists." in words
    assert not (repo.top / ".cache").exists()
    (repo.top / "mkdocs.yml").write_text(CONFIG.replace("2026-01-10}", "2026-01-10, history: perhaps}"))
    with pytest.raises(BuildFailed):
        built(repo, "progress/index.html")


# ---- read again only when it is another


def test_the_history_is_read_once_until_a_commit_or_a_file_is_another_one(repo: Repo) -> None:
    past = Past()
    first = past.read(repo.content, repo.top, TODAY)
    assert isinstance(first, Timeline)
    assert past.read(repo.content, repo.top, TODAY) is first
    repo.git("commit", "--quiet", "--all", "--message", "Ask her", **repo.dates())
    second = past.read(repo.content, repo.top, TODAY)
    assert second is not first
    assert isinstance(second, Timeline)
    assert not second.steps[-1].is_working_tree
    repo.write({"goals/staff.yml": GOAL + "  - Draft the packet\n  - Ask Ada\n"})
    third = past.read(repo.content, repo.top, TODAY)
    assert isinstance(third, Timeline)
    assert third.steps[-1].is_working_tree
    assert past.read(repo.content, repo.top, TODAY + dt.timedelta(days=1)) is not third
    assert isinstance(past.read(repo.top.parent, repo.top, TODAY), NoHistory)


def test_serve_watches_the_file_that_a_commit_changes(repo: Repo) -> None:
    assert watched(repo.content) == [str(repo.top / ".git" / "logs" / "HEAD")]
    assert watched(repo.top.parent) == []


def test_the_page_of_the_repository_wins_over_its_remote(repo: Repo) -> None:
    repo.git("remote", "add", "origin", "git@github.com:mara/book.git")
    past = Past()
    assert past.commit_url("") == ""
    past.read(repo.content, repo.top, TODAY)
    assert past.commit_url("") == "https://github.com/mara/book/commit/"
    assert past.commit_url("https://git.example.org/mara/book") == "https://git.example.org/mara/book/commit/"


def test_the_same_files_and_history_make_the_same_site(repo: Repo) -> None:
    def made() -> Site:
        history = Past().read(repo.content, repo.top, TODAY)
        return build_site(load(repo.content, TODAY).playbook, TODAY, history=history)

    assert made() == made()
