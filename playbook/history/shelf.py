"""Keeps the items that were dropped, by id or text, to know them again when they come back."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Gone(NamedTuple):
    """An item that was dropped."""

    uid: int
    file: int
    """The number of the file that it was dropped from."""
    item: int
    """The number of how it was written last."""


class Shelf:
    """Key → the items that went under it, oldest first. What an earlier run kept is fetched when somebody asks."""

    def __init__(self, fetch: Callable[[str], list[Gone]] | None = None) -> None:
        self._fetch = fetch
        self._held: dict[str, list[Gone]] = {}
        self.touched: set[str] = set()
        """Keys under which something was put or taken."""

    def at(self, key: str) -> list[Gone]:
        """What went under a key; not to be changed."""
        held = self._held.get(key)
        if held is None:
            held = self._fetch(key) if self._fetch is not None else []
            if held:
                self._held[key] = held
        return held

    def put(self, key: str, gone: Gone) -> None:
        """Adds one."""
        held = self.at(key)
        held.append(gone)
        self._held[key] = held
        self.touched.add(key)

    def take(self, key: str, gone: Gone) -> None:
        """Takes one away that is there."""
        self.at(key).remove(gone)
        self.touched.add(key)
