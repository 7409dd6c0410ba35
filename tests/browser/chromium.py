"""Where this machine's Chromium is, and how it is started; that there is one is for whoever asks to say."""

from __future__ import annotations

import shutil
from typing import Any

# Without the background flags Chromium calls home at every start; nothing here may leave the machine.
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def find_browser() -> str:
    """The first on the PATH, or nothing."""
    for name in ("chromium", "chromium-browser", "google-chrome", "chrome"):
        if found := shutil.which(name):
            return found
    return ""


def started(kind: Any, *flags: str) -> Any:
    """A browser of Playwright's `kind`, with more `flags` than the usual ones."""
    return kind.launch(executable_path=find_browser(), args=[*FLAGS, *flags])
