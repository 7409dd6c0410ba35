"""Watching: what wakes the build, what does not, and folders that come and go."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from playbook.serving import watching
from playbook.serving.watching import watch


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "content" / "people").mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: Mine")
    return tmp_path


def wakes(root: Path, *changes: Callable[[], object], wait: float = 5.0) -> list[bool]:
    """For each change, whether it woke the watch over `mkdocs.yml`, `content` and `templates`."""

    async def run() -> list[bool]:
        paths = [root / name for name in ("mkdocs.yml", "content", "templates")]
        woken = asyncio.Event()

        async def follow() -> None:
            async for _ in watch(paths):
                woken.set()

        watching = asyncio.ensure_future(follow())
        await asyncio.sleep(0.3)
        seen = []
        for change in changes:
            woken.clear()
            change()
            try:
                await asyncio.wait_for(woken.wait(), wait)
                seen.append(True)
                # A burst is over when nothing more comes; what follows belongs to the next change.
                await asyncio.sleep(0.7)
            except TimeoutError:
                seen.append(False)
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
        return seen

    return asyncio.run(run())


def test_files_of_the_author_wake_it(root):
    person = root / "content/people/ada.yml"
    assert wakes(
        root,
        lambda: person.write_text("name: Ada"),
        lambda: person.write_text("name: Ada L"),
        lambda: (root / "mkdocs.yml").write_text("site_name: Yours"),
        person.unlink,
    ) == [True, True, True, True]


@pytest.mark.slow
def test_what_an_editor_or_git_leaves_in_passing_does_not(root):
    people = root / "content/people"
    passing = [people / name for name in (".ada.yml.swp", "ada.yml~", ".#ada.yml", "4913", ".playbook-1f")]

    def leave() -> None:
        for file in (*passing, root / ".git/index", root / "README.md"):
            file.write_text("")

    assert wakes(root, leave, lambda: (people / "ada.yml").write_text(""), wait=2.0) == [False, True]


def test_a_file_that_is_renamed_into_place_wakes_it(root):
    beside = root / "content/people/.ada.yml.tmp"
    beside.write_text("name: Ada")
    assert wakes(root, lambda: beside.rename(root / "content/people/ada.yml")) == [True]


@pytest.mark.slow
def test_a_folder_that_comes_later_is_watched_too(root):
    page = root / "templates/pages/home.html.j2"
    assert wakes(
        root,
        lambda: page.parent.mkdir(parents=True),
        lambda: page.write_text("<p>"),
        lambda: page.write_text("<b>"),
    ) == [True, True, True]


@pytest.mark.slow
def test_a_folder_that_is_replaced_is_watched_still(root):
    def replace() -> None:
        shutil.rmtree(root / "content")
        (root / "content" / "people").mkdir(parents=True)

    assert wakes(root, replace, lambda: (root / "content/people/ada.yml").write_text("name: Ada")) == [True, True]


def test_a_machine_that_can_watch_no_more_says_so(root, monkeypatch):
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "no space left for watches")

    monkeypatch.setattr(watching, "awatch", full)

    async def run() -> None:
        async for _ in watch([root / "content"]):
            pass

    with pytest.raises(OSError, match="no space left for watches"):
        asyncio.run(asyncio.wait_for(run(), 5))
