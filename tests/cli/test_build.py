"""`playbook build`: a whole site or none, and never in the place of anything else."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from site_plugins.swapping import sweep
from tests.cli.conftest import Folder

ROOT = Path(__file__).resolve().parents[2]
WAITING = """
    import pathlib
    import time


    def on_post_build(config):
        pathlib.Path(config.config_file_path).with_name("half-way").touch()
        time.sleep(60)
"""
"""A hook of MkDocs that leaves time to interrupt a build when every page is written."""


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def beside(folder: Path) -> list[str]:
    """What a build might leave behind."""
    return sorted(path.name for path in folder.iterdir() if path.name.startswith("."))


def test_a_site_is_written_and_counted(empty):
    done = empty.run("--today", "2026-11-21", "build")
    assert (done.code, done.err) == (0, "")
    assert re.fullmatch(r"\d+ pages in site \(\d+\.\d s\)\n", done.out)
    assert {"index.html", "404.html", "about/index.html", "people/index.html"} <= tree(empty.path / "site").keys()
    assert beside(empty.path) == []


@pytest.mark.parametrize(
    "day", ["0001-01-01", "1969-12-31", pytest.param("2107-01-01", marks=pytest.mark.slow), "9999-12-31"]
)
def test_a_site_can_speak_of_any_day(empty, day):
    done = empty.run("--today", day, "build")
    assert (done.code, done.err) == (0, "")
    assert (empty.path / "site" / "sitemap.xml.gz").is_file()


def test_out_is_seen_from_where_the_command_stands_and_its_folders_are_made(empty, monkeypatch):
    (empty.path / "content" / "goals").mkdir()
    monkeypatch.chdir(empty.path / "content" / "goals")
    done = empty.run("build", "--out", "../../deep/er/site")
    assert done.code == 0
    assert (empty.path / "deep" / "er" / "site" / "index.html").is_file()
    assert not (empty.path / "site").exists()
    assert beside(empty.path / "deep" / "er") == []


def test_a_second_build_takes_the_place_of_the_first_and_keeps_nothing_of_it(empty):
    empty.write({"content/people/ada.yml": "name: Ada Lovelace\n"})
    assert empty.run("build").code == 0
    assert (empty.path / "site" / "people" / "ada" / "index.html").is_file()
    (empty.path / "content" / "people" / "ada.yml").unlink()
    assert empty.run("build").code == 0
    assert not (empty.path / "site" / "people" / "ada").exists()


def test_a_site_in_the_repository_that_git_would_take_in_is_told_with_the_line_that_keeps_it_out(
    book_repo, run, monkeypatch
):
    done = run("build", "--out", "for public")
    line = "echo '/for public/' >> .gitignore".replace("for public", "for\\ public")
    told = f"for public is not ignored by git; the next 'git add .' takes it in. To keep it out: {line}"
    assert (done.code, done.err.splitlines()[-1]) == (0, told)
    subprocess.run(line, shell=True, check=True, cwd=book_repo.top)  # noqa: S602
    assert "not ignored" not in run("build", "--out", "for public").err
    monkeypatch.chdir(book_repo.top / "content")
    assert run("build", "--out", "../x").err.endswith("echo /x/ >> ../.gitignore\n")


def test_an_audience_that_nobody_knows_is_told_as_everywhere(empty):
    done = empty.run("build", "--audience", "grace")
    assert (done.code, done.out) == (2, "")
    assert done.err.splitlines()[-1] == empty.run("list", "people", "--audience", "grace").err.splitlines()[-1]
    assert done.err.splitlines()[-1].startswith("Error: --audience: no audience called 'grace'. ")
    config = empty.read("mkdocs.yml").replace(b"[playbook]", b"[{playbook: {audience: grace}}]")
    done = empty.write({"mkdocs.yml": config}).run("build")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("playbook: mkdocs.yml: audience: no audience called 'grace'. ")
    # What a broken file says of audiences is not known.
    done = empty.write({"content/me.yml": "name: [\n"}).run("build", "--audience", "grace")
    assert (done.code, "content/me.yml:2:1: error: " in done.out) == (1, True)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        pytest.param(
            {"content/goals/staff.yml": "title: Staff\npeople: [ada]\n"},
            "content/goals/staff.yml:2:10: error: ",
            id="a reference that leads nowhere",
        ),
        pytest.param({"content/goals/staff.yml": "title: [\n"}, "content/goals/staff.yml:2:1: error: ", id="no YAML"),
        pytest.param(
            {"templates/pages/home.html.j2": "<p>\n{{ home.nothing_like_this }}"}, "templates/pages/home.html.j2:2", id="template"
        ),
        pytest.param({"templates/pages/home.html.j2": "{% if %}"}, "templates/pages/home.html.j2:1", id="no template"),
        pytest.param({"mkdocs.yml": "site_name: [\n"}, "mkdocs.yml:2:1: error: ", id="mkdocs.yml is no YAML"),
        pytest.param({"mkdocs.yml": "site_name: Mine\ndocs_dir: content/pages\n"}, "'playbook' is not among the plugins", id="plugin"),
        pytest.param(
            {"mkdocs.yml": "site_name: Mine\ndocs_dir: nowhere\nplugins: [playbook]\n"}, "nowhere", id="no pages folder"
        ),
        pytest.param(
            {"mkdocs.yml": "site_name: Mine\ndocs_dir: content/pages\nplugins: [playbook]\ntheme: {name: mkdocs, custom_dir: own}\n",
             "own/main.html": "{% if %}"}, "own", id="theme"
        ),
        pytest.param(
            {"mkdocs.yml": "site_name: Mine\ndocs_dir: content/pages\nplugins: [{playbook: {today: soon}}]\n"}, "'soon'", id="today"
        ),
        pytest.param(
            {"mkdocs.yml": "site_name: Mine\ndocs_dir: content\nplugins: [playbook]\n"}, "docs_dir", id="published YAML"
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_the_site_that_was_there_stays(empty, files, said):
    assert empty.run("build").code == 0
    before = tree(empty.path / "site")
    done = empty.write(files).run("build")
    assert done.code == 1
    assert said in done.out
    assert "Traceback" not in done.out + done.err
    assert done.err == "Nothing was written.\n"
    assert tree(empty.path / "site") == before
    assert beside(empty.path) == []


def test_a_warning_fails_a_strict_build_alone(empty):
    empty.write({"content/pages/about.md": "# About\n\n[gone](nowhere.md)\n"})
    loose = empty.run("build")
    assert (loose.code, "nowhere.md" in loose.out) == (0, True)
    strict = empty.run("build", "--strict")
    assert (strict.code, "nowhere.md" in strict.out, strict.err) == (1, True, "Nothing was written.\n")


def test_a_first_build_that_fails_leaves_no_folder(empty):
    done = empty.write({"content/goals/staff.yml": "title: [\n"}).run("build")
    assert done.code == 1
    assert not (empty.path / "site").exists()
    assert beside(empty.path) == []


@pytest.mark.parametrize(
    "place", ["letters", "letters/old", ".", "..", "content", "content/pages", "content/people/site", "mkdocs.yml", "~"]
)
def test_a_folder_that_is_no_site_is_never_replaced(empty, monkeypatch, place):
    home = empty.path.parent
    monkeypatch.setenv("HOME", str(home))
    empty.write(
        {
            "letters/to-ada.txt": "Dear Ada",
            "letters/old/to-grace.txt": "Dear Grace",
            "content/people/ada.yml": "name: Ada",
        }
    )
    before = tree(home)
    done = empty.run("build", "--out", str(home) if place == "~" else place)
    assert done.code != 0
    assert "Traceback" not in done.out + done.err
    assert re.search(r"no built site|that the site is made from|no folder", done.err), done.err
    assert tree(home) == before


def test_a_repository_is_never_replaced_though_a_site_lies_in_it(empty):
    assert empty.run("build", "--out", "published").code == 0
    empty.write({"published/.git/HEAD": "ref: refs/heads/main"})
    before = tree(empty.path)
    done = empty.run("build", "--out", "published")
    assert done.code != 0
    assert tree(empty.path) == before


def test_a_place_that_cannot_be_written_is_said(empty):
    if os.geteuid() == 0:
        place = "/proc/nothing/site"
    else:
        empty.path.joinpath("closed").mkdir(mode=0o500)
        place = "closed/site"
    done = empty.run("build", "--out", place)
    assert done.code != 0
    assert done.err.startswith("playbook: the site cannot be written: ")
    assert "Traceback" not in done.err


def half_way(empty: Folder) -> subprocess.Popen[str]:
    """A build of its own process that has written every page and not yet moved them."""
    config = empty.read("mkdocs.yml") + b"hooks: [waiting.py]\n"
    empty.write({"mkdocs.yml": config, "waiting.py": WAITING, "content/people/ada.yml": "name: Ada Lovelace\n"})
    building = subprocess.Popen(
        [sys.executable, "-m", "playbook", "build"], cwd=empty.path, env={**os.environ, "PYTHONPATH": str(ROOT)}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    until = time.monotonic() + 30
    while not (empty.path / "half-way").exists() and building.poll() is None and time.monotonic() < until:
        time.sleep(0.05)
    return building


@pytest.mark.few(1)
@pytest.mark.parametrize(("ended_by", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_an_interrupted_build_leaves_the_old_site_and_nothing_else(empty, ended_by, code):
    assert empty.run("build").code == 0
    before = tree(empty.path / "site")
    building = half_way(empty)
    building.send_signal(ended_by)
    out, err = building.communicate(timeout=30)
    assert (building.returncode, "Traceback" in out + err) == (code, False), out + err
    assert tree(empty.path / "site") == before
    assert beside(empty.path) == []


@pytest.mark.slow
def test_what_a_killed_build_left_is_swept_up_by_the_next_and_what_another_makes_is_not(empty):
    killed, other = half_way(empty), None
    killed.kill()
    killed.communicate(timeout=30)
    (left,) = beside(empty.path)
    (empty.path / "half-way").unlink()
    try:
        other = half_way(empty)
        (empty.path / "waiting.py").write_text("")
        (made,) = set(beside(empty.path)) - {left}
        assert empty.run("build").code == 0
        assert beside(empty.path) == [made]
    finally:
        if other is not None:
            other.kill()
            other.communicate(timeout=30)


def test_only_folders_that_a_build_made_are_swept_up(tmp_path):
    def names():
        return {path.name for path in tmp_path.iterdir()}

    theirs = {
        ".site-notes",
        ".site-0123456789abcdef.bak",
        ".other-0123456789abcdef",
        "site-0123456789abcdef",
        ".site-0123",
    }
    for name in (*theirs, ".site-0123456789abcdef", ".site-fedcba9876543210"):
        (tmp_path / name).mkdir()
    (tmp_path / ".site-0123456789abcdef" / "index.html").write_text("half a site")
    (tmp_path / ".site-00000000000000aa").symlink_to(tmp_path / ".site-notes")
    now = (tmp_path / ".site-fedcba9876543210").stat().st_mtime
    sweep(tmp_path / "site", now)
    assert names() == theirs | {".site-fedcba9876543210", ".site-00000000000000aa"}
    sweep(tmp_path / "site", now + 3601)
    assert names() == theirs | {".site-00000000000000aa"}


def test_the_umask_decides_who_may_read_a_site(empty):
    old = os.umask(0o077)
    try:
        assert empty.run("build").code == 0
    finally:
        os.umask(old)
    open_to_others = [
        path for path in [empty.path / "site", *(empty.path / "site").rglob("*")] if path.stat().st_mode & 0o007
    ]
    assert [path for path in open_to_others if path.is_dir()] == []
