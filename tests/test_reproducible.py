"""Two builds of one playbook on one day are the same bytes, wherever and by whomever they are made."""

from __future__ import annotations

import gzip
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from playbook.zones import today_in

ROOT = Path(__file__).resolve().parents[1]
ZONE = "Europe/Berlin"
"""The author's, in the example's me.yml."""

Tree = dict[str, bytes]

HERE = {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"}
# The other end of the world: 25 hours apart, no UTF-8, nobody else may read.
THERE = {"TZ": "America/Adak", "PYTHONHASHSEED": "2", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


def write_example(root: Path, *, backwards: bool) -> None:
    """The example playbook without its `today:`, its files made in one order or the other."""
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    undated, count = re.subn(r"- playbook:\n(?: {6}.*\n)+", "- playbook\n", config)
    assert (count, "today:" in undated) == (1, False)
    content = {
        path.relative_to(ROOT): path.read_bytes() for path in sorted((ROOT / "content").rglob("*")) if path.is_file()
    }
    files = {Path("mkdocs.yml"): undated.encode(), **content}
    for name in sorted(files, reverse=backwards):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(files[name])


def start(root: Path, *command: str, surroundings: dict[str, str], umask: int) -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON", "TZ"))}
    return subprocess.Popen(
        [sys.executable, "-m", *command], cwd=root, env={**kept, **surroundings, "NO_MKDOCS_2_WARNING": "1"}, umask=umask,
        text=True, encoding="utf-8", errors="replace", stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def trees(folder: Path, here: tuple[str, ...], there: tuple[str, ...]) -> tuple[Tree, Tree]:
    """What two commands write, each in a folder and surroundings of its own."""
    one, other = folder / "one", folder / "another place" / "deeper"
    write_example(one, backwards=False)
    write_example(other, backwards=True)
    started = [
        start(one, *here, surroundings=HERE, umask=0o022),
        start(other, *there, surroundings=THERE, umask=0o077),
    ]
    # Every one is waited for before any is judged.
    said = [process.communicate(timeout=120)[0] for process in started]
    assert [process.returncode for process in started] == [0, 0], "".join(said)
    return tree(one / "site"), tree(other / "site")


def tree(site: Path) -> Tree:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}


def differing(one: Tree, other: Tree) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


PLAYBOOK = ("playbook", "build")
MKDOCS = ("mkdocs", "build", "--strict", "--quiet")


@pytest.mark.parametrize(
    ("here", "there"),
    [(PLAYBOOK, PLAYBOOK), (MKDOCS, MKDOCS), (PLAYBOOK, MKDOCS)],
    ids=["playbook", "mkdocs", "one-like-the-other"],
)
def test_a_site_is_the_same_bytes_in_any_time_zone_folder_locale_and_order(tmp_path, here, there):
    while True:
        # No day is given: it is today where the author lives, and midnight may pass there meanwhile.
        day = today_in(ZONE)
        one, other = trees(tmp_path / f"{day}", here, there)
        if today_in(ZONE) == day:
            break
    assert differing(one, other) == []
    assert len(one) > 150
    sitemap = gzip.decompress(one["sitemap.xml.gz"])
    assert sitemap == one["sitemap.xml"]
    assert f"<lastmod>{day}</lastmod>".encode() in sitemap


def build(root: Path, day: str) -> Tree:
    built = start(root, "playbook", "--today", day, "build", surroundings=HERE, umask=0o022)
    said = built.communicate(timeout=120)[0]
    assert built.returncode == 0, said
    return tree(root / "site")


def test_a_site_names_no_folder_of_the_machine_that_built_it(tmp_path):
    root = tmp_path / "a-telling-name"
    write_example(root, backwards=False)
    built = build(root, "2026-11-21")
    said = {name: gzip.decompress(data) if name.endswith(".gz") else data for name, data in built.items()}
    telling = [b"a-telling-name", str(tmp_path).encode(), str(ROOT).encode()]
    assert [name for name, data in said.items() if any(word in data for word in telling)] == []


def test_another_day_makes_another_site(tmp_path):
    """The comparison above would notice a difference."""
    write_example(tmp_path, backwards=False)
    one, other = build(tmp_path, "2026-11-21"), build(tmp_path, "2026-11-22")
    assert {"index.html", "sitemap.xml", "sitemap.xml.gz"} <= set(differing(one, other))
