"""The state of a served site: builds it again after each change, one build at a time, and tells who listens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one build came to. `problems` is empty where it went well; `notes` are warnings."""

    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass
class Live:
    """A built folder and what is known of it.

    Requests wait while a build runs, so that nobody reads a page half written.
    """

    folder: Path
    build: Callable[[], Outcome]
    """Brings the folder up to date; runs in a thread."""
    version: int = 0
    """Counts good builds; a page that knows an older one reloads itself."""
    outcome: Outcome = field(default_factory=Outcome)
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    async def rebuild(self) -> Outcome:
        """Build, remember what came of it, and wake everybody who listens."""
        async with self._lock:
            outcome = await asyncio.to_thread(self.build)
            if not outcome.problems:
                self.version += 1
            self.outcome = outcome
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()
        return outcome

    async def settled(self) -> None:
        """Return once no build runs."""
        async with self._lock:
            pass

    async def changes(self) -> AsyncIterator[Outcome | None]:
        """The present outcome, then each new one; None every few seconds of silence, to notice readers who left."""
        yield self.outcome
        while True:
            changed = self._changed
            try:
                await asyncio.wait_for(changed.wait(), timeout=15)
                yield self.outcome
            except TimeoutError:
                yield None
