"""Tells when something that the site is made from has changed, by the machine's own file events."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from watchfiles import awatch

# Editors write beside and rename; these are theirs, not the author's.
_PASSING = (".swp", ".swx", ".tmp", "~", ".part")


async def watch(root: Path, *folders: str) -> AsyncIterator[None]:
    """Wakes after each burst of changes to mkdocs.yml or below `folders` (which need not exist yet) of `root`.

    The root is watched without what lies below it (`.venv` and `.git` are large), each folder with everything.
    """
    wanted = {str(root / "mkdocs.yml"), *(str(root / folder) for folder in folders)}
    while True:
        stop = asyncio.Event()
        woken: asyncio.Queue[bool] = asyncio.Queue()

        async def follow(
            paths: list[Path],
            keep: Callable[[str], bool],
            *,
            deep: bool,
            stop: asyncio.Event,
            woken: asyncio.Queue[bool],
        ) -> None:
            changes = awatch(
                *paths,
                watch_filter=lambda _change, path: keep(path),
                debounce=300,
                step=60,
                stop_event=stop,
                recursive=deep,
            )
            async for found in changes:
                # A folder that comes or goes is another folder to watch.
                await woken.put(not deep and any(not path.endswith("mkdocs.yml") for _, path in found))

        there = [root / folder for folder in folders if (root / folder).is_dir()]
        tasks = [asyncio.ensure_future(follow([root], lambda path: path in wanted, deep=False, stop=stop, woken=woken))]
        if there:
            tasks.append(asyncio.ensure_future(follow(there, _is_the_authors, deep=True, stop=stop, woken=woken)))
        try:
            again = False
            while not again:
                again = await woken.get()
                while not woken.empty():
                    again = woken.get_nowait() or again
                yield
        finally:
            stop.set()
            for task in tasks:
                task.cancel()


def _is_the_authors(path: str) -> bool:
    name = Path(path).name
    return not (name.startswith((".#", "#", ".~")) or name.endswith(_PASSING) or name == "4913")
