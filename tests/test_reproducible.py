"""Two builds of one playbook on one day are the same bytes, wherever and by whomever they are made."""

from __future__ import annotations

import datetime as dt
import gzip
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from playbook.zones import today_in

# Each of the builds is made once, for whoever asks.
pytestmark = pytest.mark.xdist_group("reproducible")

ROOT = Path(__file__).resolve().parents[1]
ZONE = "Europe/Berlin"
"""The author's, in the example's me.yml."""

Tree = dict[str, bytes]

HERE = {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"}
# The other end of the world: 25 hours apart, no UTF-8, nobody else may read.
THERE = {"TZ": "America/Adak", "PYTHONHASHSEED": "2", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


SMALL: dict[Path, bytes] = {
    Path("mkdocs.yml"): b"site_name: Mine\nsite_url: https://example.org/p/\ndocs_dir: content/pages\n"
    b"theme: {name: material, font: false}\nplugins: [search, playbook]\n",
    Path("content/me.yml"): f"name: Mara\ntimezone: {ZONE}\n".encode(),
    Path("content/people/zoe.yml"): "name: Zoë Łuk\ncircle: inner\n".encode(),
    Path("content/people/ada.yml"): b"name: Ada\nlog:\n- {date: 2026-11-03, kind: received, what: An hour}\n",
    Path("content/organizations/kestrel.yml"): b"name: Kestrel\n",
    Path("content/goals/staff.yml"): b"title: Staff\ndue: 2027-04-15\npeople: [zoe, ada]\nchecklist:\n- Draft\n- Ask\n",
    Path("content/events/camp.yml"): b"title: Camp\nstarts: 2027-05-14\nends: 2027-05-16\nmeet: [ada, zoe]\n",
    Path("content/pages/about.md"): b"# About\n",
}


def write_small(root: Path, *, backwards: bool) -> None:
    """A playbook of a few files, made in one order or the other."""
    write(root, SMALL, backwards=backwards)


def write_example(root: Path, *, backwards: bool) -> None:
    """The example playbook without its `today:`, its files made in one order or the other."""
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    undated, count = re.subn(r"- playbook:\n(?: {6}.*\n)+", "- playbook\n", config)
    assert (count, "today:" in undated) == (1, False)
    content = {
        path.relative_to(ROOT): path.read_bytes() for path in sorted((ROOT / "content").rglob("*")) if path.is_file()
    }
    write(root, {Path("mkdocs.yml"): undated.encode(), **content}, backwards=backwards)


def write(root: Path, files: dict[Path, bytes], *, backwards: bool) -> None:
    for name in sorted(files, reverse=backwards):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(files[name])


def start(root: Path, *command: str, surroundings: dict[str, str], umask: int) -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON", "TZ"))}
    return subprocess.Popen(
        [sys.executable, "-m", *command], cwd=root, env={**kept, **surroundings, "NO_MKDOCS_2_WARNING": "1"}, umask=umask,
        text=True, encoding="utf-8", errors="replace", stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def tree(site: Path) -> Tree:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}


def differing(one: Tree, other: Tree) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


PLAYBOOK = ("playbook", "build")
MKDOCS = ("mkdocs", "build", "--strict", "--quiet")
BUILDS = {
    "playbook here": (PLAYBOOK, HERE),
    "playbook there": (PLAYBOOK, THERE),
    "mkdocs here": (MKDOCS, HERE),
    "mkdocs there": (MKDOCS, THERE),
}


@dataclass(frozen=True)
class Built:
    """A playbook as each command builds it, in a folder and surroundings of its own; and what writes its files."""

    write: Callable[..., None]
    folder: Path
    day: dt.date
    trees: dict[str, Tree]


@pytest.fixture(scope="module", params=[write_small, pytest.param(write_example, marks=pytest.mark.slow)])
def built(tmp_path_factory, request) -> Built:
    """By `playbook build`, here and there."""
    return build_all(request.param, tmp_path_factory.mktemp("a-telling-name"), PLAYBOOK)


@pytest.fixture(scope="module")
def built_by_both(tmp_path_factory) -> Built:
    return build_all(write_example, tmp_path_factory.mktemp("another-telling-name"), PLAYBOOK, MKDOCS)


def build_all(write: Callable[..., None], folder: Path, *commands: tuple[str, ...]) -> Built:
    while True:
        # No day is given: it is today where the author lives, and midnight may pass there meanwhile.
        day = today_in(ZONE)
        trees = build_each(write, folder / f"{day}", commands)
        if today_in(ZONE) == day:
            return Built(write, folder, day, trees)


def build_each(write: Callable[..., None], folder: Path, commands: tuple[tuple[str, ...], ...]) -> dict[str, Tree]:
    trees = {}
    for command in commands:
        wanted = {name: surroundings for name, (other, surroundings) in BUILDS.items() if other == command}
        roots, started = {}, []
        for name, surroundings in wanted.items():
            is_here = surroundings is HERE
            roots[name] = folder / command[0] / ("one" if is_here else "another place/deeper")
            write(roots[name], backwards=not is_here)
            umask = 0o022 if is_here else 0o077
            started.append(start(roots[name], *command, surroundings=surroundings, umask=umask))
        # Both are waited for before any is judged.
        said = [process.communicate(timeout=120)[0] for process in started]
        assert [process.returncode for process in started] == [0, 0], "".join(said)
        trees |= {name: tree(root / "site") for name, root in roots.items()}
    return trees


def test_a_site_is_the_same_bytes_in_any_time_zone_folder_locale_and_order(built):
    assert differing(built.trees["playbook here"], built.trees["playbook there"]) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", list(BUILDS)[1:])
def test_a_site_is_the_same_bytes_whoever_builds_it(built_by_both, name):
    assert differing(built_by_both.trees["playbook here"], built_by_both.trees[name]) == []


def test_a_site_speaks_of_the_day_that_it_is_for_its_author(built):
    site = built.trees["playbook here"]
    assert len(site) > (150 if built.write is write_example else 50)
    sitemap = gzip.decompress(site["sitemap.xml.gz"])
    assert sitemap == site["sitemap.xml"]
    assert f"<lastmod>{built.day}</lastmod>".encode() in sitemap


def test_a_site_names_no_folder_of_the_machine_that_built_it(built):
    site = built.trees["playbook there"]
    said = {name: gzip.decompress(data) if name.endswith(".gz") else data for name, data in site.items()}
    telling = [b"a-telling-name", b"another place", str(built.folder.parent).encode(), str(ROOT).encode()]
    assert [name for name, data in said.items() if any(word in data for word in telling)] == []


@pytest.mark.slow
def test_another_day_makes_another_site(built, tmp_path):
    """The comparison above would notice a difference."""
    built.write(tmp_path, backwards=False)
    tomorrow = str(built.day + dt.timedelta(days=1))
    process = start(tmp_path, "playbook", "--today", tomorrow, "build", surroundings=HERE, umask=0o022)
    said = process.communicate(timeout=120)[0]
    assert process.returncode == 0, said
    other = differing(built.trees["playbook here"], tree(tmp_path / "site"))
    assert {"index.html", "sitemap.xml", "sitemap.xml.gz"} <= set(other)
