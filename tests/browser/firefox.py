"""A Firefox that is driven through WebDriver BiDi, which Debian's own build speaks (Playwright needs one of its own)."""

from __future__ import annotations

import itertools
import json
import os
import re
import subprocess
import time
from pathlib import Path
from typing import Any, Self

import websocket

PATIENCE = 30
"""Seconds."""
# Nothing here may leave the machine, and Firefox asks many hosts by itself.
PREFERENCES = {
    "app.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.safebrowsing.downloads.remote.enabled": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "network.proxy.no_proxies_on": "127.0.0.1, localhost",
    "services.settings.server": "data:,",
}


class Firefox:
    """One tab of a Firefox with a profile of its own below `folder`."""

    def __init__(self, executable: str, folder: Path) -> None:
        profile = folder / "profile"
        profile.mkdir(parents=True)
        lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in PREFERENCES.items())
        (profile / "user.js").write_text("".join(lines), encoding="utf-8")
        self._process = subprocess.Popen(
            [executable, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"],
            env={**os.environ, "HOME": str(folder)}, text=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip
        self._numbers = itertools.count(1)

    def __enter__(self) -> Self:
        said = ""
        for line in self._process.stderr or ():
            said += line
            if found := re.search(r"WebDriver BiDi listening on (ws://\S+)", line):
                self._line = websocket.create_connection(f"{found[1]}/session", suppress_origin=True, timeout=PATIENCE)
                break
        else:
            raise AssertionError(f"Firefox did not start: {said}")
        self._ask("session.new", capabilities={})
        self._tab = self._ask("browsingContext.create", type="tab")["context"]
        return self

    def __exit__(self, *raised: object) -> None:
        self._line.close()
        self._process.terminate()
        self._process.communicate(timeout=PATIENCE)

    def go(self, url: str) -> None:
        """Opens an address, and waits until the page that was there is gone."""
        self.value("window.left = true")
        # A page that was still on its way here answers in place of the one that is asked for.
        self._ask("browsingContext.navigate", context=self._tab, url=url, wait="interactive")
        self.until("window.left === undefined && document.readyState === 'complete'")

    def value(self, expression: str) -> Any:
        """What an expression is in the page.

        Raises:
            RuntimeError: if it raises something.
        """
        told = self._ask("script.evaluate", expression=expression, target={"context": self._tab}, awaitPromise=True)
        if told["type"] == "exception":
            raise RuntimeError(told["exceptionDetails"]["text"])
        return told["result"].get("value")

    def until(self, expression: str) -> None:
        """Waits until an expression is true, in whatever page there is then."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                if self.value(expression):
                    return
            except RuntimeError:  # the page is another one now, or not there yet
                pass
            assert time.monotonic() < end, f"after {PATIENCE} seconds this is not so: {expression}"
            time.sleep(0.1)

    def _ask(self, method: str, **parameters: Any) -> Any:
        number = next(self._numbers)
        self._line.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            told = json.loads(self._line.recv())
            if told.get("id") == number:
                if told["type"] == "error":
                    raise RuntimeError(f"{told['error']}: {told['message']}")
                return told["result"]
