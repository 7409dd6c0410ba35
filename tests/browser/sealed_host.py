"""What the tests of the sealed site share: a small Material site, ways to seal it, and a host that logs who asks for what."""

from __future__ import annotations

import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from textwrap import dedent
from typing import Any

from playwright.sync_api import Error

from playbook.publish.bundle import Bundle, seal
from playbook.publish.keys import OwnerKey, Recipient, master_of_link, master_of_passphrase, wrap_key
from playbook.publish.policy import content_security_policy
from tests.browser.waiting import PATIENCE, until

ROOT = Path(__file__).resolve().parents[2]
BASE = "/road/"
SITE_URL = "https://ada.example/elsewhere/"
SALT = bytes(range(16))
ITERATIONS = 600_000
OWNER = "alongside rehire mace shifty snide perfectly"
GRACE = "café größe mellow tundra otter salsa"
LINK = bytes(range(100, 116))
LINK_HASH = "#k=ZGVmZ2hpamtsbW5vcHFycw"
KEYS = OwnerKey.of_passphrase(OWNER, SALT, ITERATIONS)
RECIPIENTS = (
    Recipient("grace", wrap_key(master_of_passphrase(GRACE, SALT, ITERATIONS), SALT)),
    Recipient("link", wrap_key(master_of_link(LINK, SALT), SALT)),
)
HOME = "Where the road leads"
WORDS = [
    "harvest",
    "lantern",
    "granite",
    "meadow",
    "orchid",
    "pebble",
    "quiver",
    "saddle",
    "thistle",
    "umbrella",
    "velvet",
    "walnut",
]
CONFIG = f"""
    site_name: Ada's road
    site_url: {SITE_URL}
    theme:
      name: material
      font: false
      features: [navigation.instant]
      palette:
        - media: "(prefers-color-scheme: light)"
          scheme: default
          toggle: {{icon: material/weather-night, name: Switch to dark}}
        - media: "(prefers-color-scheme: dark)"
          scheme: slate
          toggle: {{icon: material/weather-sunny, name: Switch to light}}
    plugins: [search]
    """
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/></svg>'
PLANTED = "<script>window.planted = 1</script>"


def build_site(folder: Path) -> dict[str, bytes]:
    """Path → content of a small site, built by MkDocs below `folder`."""
    docs = folder / "docs"
    (docs / "people").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(dedent(CONFIG), encoding="utf-8")
    (docs / "picture.svg").write_text(PICTURE, encoding="utf-8")
    (docs / "note.txt").write_text("a note\n", encoding="utf-8")
    links = "".join(f"- [Person {word}](people/{word}-canary.md)\n" for word in WORDS)
    (docs / "index.md").write_text(f"# Where the road leads\n\n![A box](picture.svg)\n\n{links}", encoding="utf-8")
    for word in WORDS:
        text = (
            f"# Person {word}\n\nUnique{word} is in this page.\n\n[Home](../index.md)\n"
            + "\nA line.\n" * 60
            + "\n## Far\n"
        )
        (docs / f"people/{word}-canary.md").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(folder / "site")],
        cwd=folder, capture_output=True, text=True, check=False,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    site = folder / "site"
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in sorted(site.rglob("*")) if file.is_file()}


def sealed(
    files: Mapping[str, bytes],
    *,
    seq: int = 1,
    owner: OwnerKey = KEYS,
    recipients: tuple[Recipient, ...] = RECIPIENTS,
    iterations: int = ITERATIONS,
    csp: str | None = None,
) -> Bundle:
    """The site, sealed for the owner, for Grace and for whoever has the link."""
    return seal(
        files, owner=owner, recipients=recipients, salt=SALT, iterations=iterations, seq=seq,
        csp=content_security_policy(files) if csp is None else csp, site_url=SITE_URL,
    )  # fmt: skip


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *args: Any) -> None:
        """Say nothing of a browser that left in the middle of an answer."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(*args)


@dataclass
class Host:
    """A host of static files in one of its folders, as GitHub Pages is one."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    """What lies below its base now."""
    asked: list[str] = field(default_factory=list)
    """Every path that was asked for."""
    port: int = 0
    base: str = BASE
    server: http.server.ThreadingHTTPServer | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.base}"

    def up(self) -> None:
        self.server = _Server(("127.0.0.1", self.port), self._handler())
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def down(self) -> None:
        """As if there were no network."""
        if self.server is not None:
            self.server.shutdown()
            self.server.server_close()
            self.server = None

    def _handler(self) -> type[http.server.BaseHTTPRequestHandler]:
        host = self
        types = {"html": "text/html; charset=utf-8", "js": "text/javascript", "json": "application/json"}

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = self.path.split("?")[0]
                host.asked.append(path)
                name = path.removeprefix(host.base) or "index.html"
                is_known = path.startswith(host.base) and name in host.files
                shown = name if is_known else "404.html"
                content = host.files.get(shown, b"") if path.startswith(host.base) else b"<title>a neighbour</title>"
                self.send_response(
                    HTTPStatus.OK if is_known or not path.startswith(host.base) else HTTPStatus.NOT_FOUND
                )
                self.send_header("Content-Type", types.get(shown.rpartition(".")[2], "application/octet-stream"))
                self.send_header("Content-Length", str(len(content)))
                self.send_header("Cache-Control", "max-age=600")
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *args: object) -> None:
                """Say nothing."""

        return Handler


class Guests:
    """Contexts of one browser, each like a private window."""

    def __init__(self, browser: Any) -> None:
        self.browser = browser
        self.contexts: list[Any] = []
        self.asked: list[str] = []
        """Every address that any page asked for, workers included."""
        self.errors: list[str] = []

    def context(self, **options: Any) -> Any:
        context = self.browser.new_context(**options)
        context.set_default_timeout(10_000)
        context.on("request", lambda request: self.asked.append(request.url))
        context.on("weberror", lambda error: self.errors.append(str(error.error)))
        self.contexts.append(context)
        return context

    def leave(self) -> None:
        for context in self.contexts:
            context.close()

    def locked(self, host: Host, path: str = "", **options: Any) -> Any:
        """A page of a new context at the lock screen."""
        return self.locked_at(host.url + path, **options)

    def locked_at(self, address: str, **options: Any) -> Any:
        """The same, wherever it lies: a file on a disk, too."""
        page = self.context(**options).new_page()
        page.goto(address)
        wait_for_lock_screen(page)
        return page

    def opened(self, host: Host, **options: Any) -> Any:
        """A page of a new context, opened with the link."""
        page = self.context(**options).new_page()
        page.goto(host.url + LINK_HASH)
        wait_for_heading(page, HOME)
        return page


# The theme follows links by itself from when it has read which pages there are.
KNOWS_PAGES = (
    "performance.getEntriesByType('resource').some((one) => one.name.endsWith('sitemap.xml') && one.responseEnd > 0)"
)


def wait_for_lock_screen(page: Any, state: str = "ready") -> None:
    page.wait_for_selector(f"html[data-state={state}]")
    assert page.title() == "Locked"


def wait_for_heading(page: Any, text: str) -> None:
    until(page, "text => document.querySelector('article h1')?.textContent.includes(text)", arg=text)


def type_passphrase(page: Any, passphrase: str, *, remember: bool = False) -> None:
    page.get_by_label("Passphrase", exact=True).fill(passphrase)
    if remember:
        page.get_by_label("Remember on this device").check()
    page.keyboard.press("Enter")


def search_for(page: Any, word: str, path: str) -> None:
    """Types a word where the theme searches, and opens what it finds."""
    field = page.locator(".md-search__input")
    field.click()
    # The theme builds its index first; what is typed before that is lost.
    until(
        page,
        "() => !/Initializing/i.test(document.querySelector('.md-search-result__meta')?.textContent ?? 'Initializing')",
    )
    page.keyboard.type(word)
    found = page.locator(f".md-search-result__link[href*='{path}']").first
    found.wait_for(state="attached")
    # An instant navigation that has only just ended shuts the search again. What was typed stays, and it opens when the
    # field is entered anew.
    for _ in range(3):
        with suppress(Error):
            found.click(timeout=PATIENCE / 4)
            return
        field.blur()
        field.click()
    found.click()


def lock_now(page: Any) -> None:
    page.get_by_role("button", name="Lock now").click()
