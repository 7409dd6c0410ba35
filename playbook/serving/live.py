"""The state of a served site: builds it again after each change, one build at a time, and tells who listens."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

SILENCE = 15.0
"""Seconds after which a listener is asked whether it is still there."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one build came to."""

    folder: Path | None = None
    """The site; None where none was built and the last one stays."""
    problems: tuple[str, ...] = ()
    """What is wrong, one line each. With a folder too, its pages leave out what could not be read."""
    notes: tuple[str, ...] = ()
    """Warnings, one line each."""
    digests: Mapping[str, str] = field(default_factory=dict)
    """Path → SHA-256 of each file that the site was made from."""


@dataclass
class Live:
    """The site that is shown, and what is known of it."""

    build: Callable[[], Outcome]
    """Builds the site into a folder of its own, and takes the one before away; runs in a thread."""
    outcome: Outcome = field(default_factory=Outcome)
    folder: Path | None = None
    """The last site that was built; None before the first."""
    digests: Mapping[str, str] = field(default_factory=dict)
    """Path → SHA-256 of each file that it was made from."""
    _run: str = field(default_factory=lambda: secrets.token_hex(4))
    _builds: int = 0
    _building: asyncio.Lock = field(default_factory=asyncio.Lock)
    _first: asyncio.Event = field(default_factory=asyncio.Event)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    _over: bool = False

    @property
    def version(self) -> str:
        """Names the site that is shown; a page of another version (or of another run) reloads itself."""
        return f"{self._run}-{self._builds}"

    @property
    def shown(self) -> str:
        """What a reader sees while something is wrong, in a sentence."""
        if self.outcome.folder is not None:
            return "The pages leave out what could not be read."
        if self.folder is not None:
            return "This is the last good site; it follows again once that is mended."
        return "The site appears once that is mended."

    async def rebuild(self) -> Outcome:
        """Build, show what came of it, and wake everybody who listens."""
        async with self._building:
            outcome = await asyncio.to_thread(self.build)
            self.outcome = outcome
            if outcome.folder is not None:
                self.folder, self.digests = outcome.folder, outcome.digests
                self._builds += 1
            self._first.set()
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()
        return outcome

    async def begun(self) -> None:
        """Return once the first build is over."""
        await self._first.wait()

    async def changes(self) -> AsyncIterator[bool]:
        """True at once and after each build; False after a while of silence, to notice listeners who left."""
        # Taken before anything is told: a build may end while a slow listener is still being told of the one before.
        changed = self._changed
        yield True
        while not self._over:
            try:
                await asyncio.wait_for(changed.wait(), timeout=SILENCE)
            except TimeoutError:
                yield False
            else:
                changed = self._changed
                yield True

    def end(self) -> None:
        """Let everybody who listens go."""
        self._over = True
        self._changed.set()
