"""Tells when something that the site is made from has changed, by the machine's own file events."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Collection, Iterable
from pathlib import Path

from watchfiles import Change, awatch

DEBOUNCE = 300
"""Milliseconds: a save by an editor is several events, a checkout by git hundreds."""
# Editors write beside and rename; these are theirs, not the author's.
_PASSING = (".swp", ".swx", ".tmp", "~", ".part")


async def watch(paths: Collection[Path]) -> AsyncIterator[None]:
    """Wakes after each burst of changes to the files of `paths` or below its folders, which need not exist yet.

    A file's folder is watched without what lies below it: the root of a playbook holds `.venv` and `.git`, which are
    large and change at every turn.

    Raises:
        OSError: where the machine can watch no more files.
    """
    woken, moved = asyncio.Event(), asyncio.Event()
    while True:
        moved.clear()
        folders = sorted(path for path in paths if path.is_dir())
        beside = sorted({path.parent for path in paths if path.parent.is_dir() and not _below(path.parent, folders)})
        stop = asyncio.Event()
        tasks = [
            asyncio.ensure_future(_follow(found, paths, woken, moved, stop, deep=deep))
            for found, deep in ((beside, False), (folders, True))
            if found
        ]
        try:
            while not moved.is_set() and not any(task.done() for task in tasks):
                await woken.wait()
                woken.clear()
                yield
        finally:
            stop.set()
            await asyncio.gather(*tasks)
        # Something may have changed while nobody watched.
        woken.set()


async def _follow(
    found: Collection[Path],
    wanted: Collection[Path],
    woken: asyncio.Event,
    moved: asyncio.Event,
    stop: asyncio.Event,
    *,
    deep: bool,
) -> None:
    exact = {str(path) for path in wanted}

    def matters(_change: Change, path: str) -> bool:
        return _is_the_authors(path) if deep else path in exact

    try:
        async for changes in awatch(
            *found, watch_filter=matters, debounce=DEBOUNCE, step=50, stop_event=stop, recursive=deep, rust_timeout=500
        ):
            # A folder that came, went or was replaced is another folder to watch.
            if not deep and not _are_files(path for _, path in changes):
                moved.set()
            woken.set()
    except FileNotFoundError:
        moved.set()  # gone in the meantime
    finally:
        woken.set()


def _are_files(paths: Iterable[str]) -> bool:
    return all(os.path.isfile(path) for path in paths)  # noqa: PTH113


def _below(path: Path, folders: Collection[Path]) -> bool:
    return any(path.is_relative_to(folder) for folder in folders)


def _is_the_authors(path: str) -> bool:
    name = Path(path).name
    return not (name.startswith((".#", "#", ".~", ".playbook-")) or name.endswith(_PASSING) or name == "4913")
