"""A real headless Chromium, and the example site served to it from this machine alone."""

from __future__ import annotations

import functools
import http.server
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from playbook.publish.bundle import Bundle
from playbook.publish.single import single_file
from tests.browser.chromium import find_browser, started
from tests.browser.sealed_host import Guests, Host, build_site, sealed

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def browser():
    """A running Chromium; skipped where there is none and none is required."""
    if not find_browser():
        if os.environ.get("PLAYBOOK_REQUIRE_BROWSER"):
            pytest.fail("PLAYBOOK_REQUIRE_BROWSER is set, but there is no chromium on the PATH")
        pytest.skip("no chromium on the PATH")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = started(playwright.chromium)
        yield running
        running.close()


@pytest.fixture(scope="session")
def example_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example playbook, built by MkDocs itself."""
    target = tmp_path_factory.mktemp("example") / "site"
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-d", str(target)],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return target


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def example_url(example_site: Path):
    """Where the example site is served."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=example_site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def visit(browser, example_url):
    """Opens pages of the example and keeps what they asked of other hosts and what went wrong in them."""
    contexts = []

    class Visit:
        def __init__(self) -> None:
            self.foreign: list[str] = []
            self.errors: list[str] = []

        def page(self, width: int = 1280, scheme: str = "light"):
            context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
            contexts.append(context)
            page = context.new_page()
            page.on("request", lambda request: self._request(request.url))
            page.on("pageerror", lambda error: self.errors.append(str(error)))
            page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
            return page

        def _request(self, url: str) -> None:
            if not url.startswith((example_url, "data:", "blob:")):
                self.foreign.append(url)

    yield Visit()
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def sealed_pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Path → content of the small site that the tests of sealing seal."""
    return build_site(tmp_path_factory.mktemp("road"))


@pytest.fixture(scope="session")
def sealed_bundle(sealed_pages: dict[str, bytes]) -> Bundle:
    """It sealed."""
    return sealed(sealed_pages)


@pytest.fixture
def one_file(sealed_bundle: Bundle, tmp_path: Path) -> Path:
    """It sealed into one file on a disk."""
    file = tmp_path / "road.html"
    file.write_bytes(single_file(sealed_bundle))
    return file


@pytest.fixture
def host(sealed_bundle: Bundle):
    """Where it lies, as it was sealed; a test may put something else there."""
    made = Host(dict(sealed_bundle.files()))
    made.up()
    yield made
    made.down()


@pytest.fixture
def guest(browser):
    """Opens browsers of their own, with what they asked for and what went wrong in them."""
    made = Guests(browser)
    yield made
    made.leave()
