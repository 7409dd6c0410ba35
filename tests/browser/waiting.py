"""Waiting for a page from outside of it."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Any

from playwright.sync_api import Error

PATIENCE = 10_000
"""Milliseconds."""


def until(page: Any, holds: str, arg: Any = None, *, timeout: float = PATIENCE) -> None:
    """Waits until an expression, or a function of `arg`, is true in a page; one that reloads meanwhile is asked again.

    Playwright's own `wait_for_function` asks again by `eval` inside of the page, which a content-security policy
    without 'unsafe-eval' refuses: it would pass only where the first question is answered by yes.
    """
    end = time.monotonic() + timeout / 1000
    while True:
        with suppress(Error):
            if page.evaluate(holds, arg):
                return
        assert time.monotonic() < end, f"after {timeout / 1000:g} seconds this is not so: {holds} ({arg!r})"
        page.wait_for_timeout(50)


def arrive(page: Any, url: str) -> Any:
    """Goes to an address, again where the page that is left was just then followed by its next version."""
    for _ in range(3):
        with suppress(Error):
            return page.goto(url, wait_until="load")
    return page.goto(url, wait_until="load")
