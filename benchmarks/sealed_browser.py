"""A sealed site of 500 pages and 20 MB in headless Chromium: unlocking it, and all its files through the worker."""

from __future__ import annotations

import functools
import http.server
import random
import shutil
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from benchmarks.generate import WORDS
from benchmarks.measuring import Result, run
from benchmarks.sealing import PASSPHRASE, SALT
from playbook.publish.bundle import Bundle, seal
from playbook.publish.keys import ITERATIONS, OwnerKey
from playbook.publish.policy import content_security_policy

PAGES = 500
ITEMS = 30
"""Paragraphs of a page: enough that a page has 40 KB with what the theme puts around them."""
ALL_WITHIN = 8
"""Derivations of the key: 1.5 seconds, where one takes 190 ms, as on the machine that the bound was set for."""
SITE_URL = "https://ada.example/road/"
CONFIG = f"""\
site_name: Road
site_url: {SITE_URL}
theme: {{name: material, font: false, features: [navigation.instant, navigation.tabs]}}
plugins: [search]
nav: [index.md]
validation: {{nav: {{omitted_files: ignore}}}}
"""
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
)  # fmt: skip
DERIVE = """async ([salt, iterations]) => {
    const typed = await crypto.subtle.importKey('raw', new TextEncoder().encode('x'), 'PBKDF2', false, ['deriveBits']);
    const how = { name: 'PBKDF2', hash: 'SHA-256', salt: new Uint8Array(salt), iterations };
    await crypto.subtle.deriveBits(how, typed, 256);
}"""
READ_ALL = """async (paths) => {
    let next = 0;
    let bytes = 0;
    const some = async () => {
        while (next < paths.length) {
            const answer = await fetch(paths[next++]);
            if (!answer.ok) throw new Error(`${answer.status} ${answer.url}`);
            const content = await answer.arrayBuffer();
            bytes += content.byteLength;
        }
    };
    const began = performance.now();
    await Promise.all(Array.from({ length: 6 }, some));
    return [performance.now() - began, bytes];
}"""


def sealed_browser(folder: Path) -> list[Result]:
    """Both rows; none where there is no Chromium."""
    executable = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if executable is None:
        print("no chromium on the PATH: how long a sealed site takes in a browser is not measured")
        return []
    from playwright.sync_api import sync_playwright

    files = site(folder / "road")
    served = folder / "sealed"
    for path, content in sealed(files).files().items():
        (served / path).parent.mkdir(parents=True, exist_ok=True)
        (served / path).write_bytes(content)
    handler = functools.partial(_Quiet, directory=str(served))
    with _Server(("127.0.0.1", 0), handler) as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        url = f"http://127.0.0.1:{server.server_port}/"
        results = [unlocking(browser, url), reading(browser, url, files)]
        browser.close()
        server.shutdown()
    return results


def unlocking(browser: Any, url: str) -> Result:
    """From the Enter key to the home page, on a first visit, against the derivation of the key alone."""
    pages: list[Any] = []

    def arrive() -> Any:
        for page in pages:
            page.context.close()
        page = browser.new_context().new_page()
        pages[:] = [page]
        page.goto(url)
        page.wait_for_selector("html[data-state=ready]")
        page.fill("#passphrase", PASSPHRASE)
        return page

    ratios, alone = [], []
    for number in range(8):
        page = arrive()
        began = time.perf_counter()
        page.evaluate(DERIVE, [list(SALT), ITERATIONS])
        derived = time.perf_counter()
        page.keyboard.press("Enter")
        page.wait_for_selector("article h1", state="attached")
        if number:
            ratios.append((time.perf_counter() - derived) / (derived - began))
            alone.append(derived - began)
    pages[0].context.close()
    return _told("unlock a sealed site, to its home page", 4, ratios, alone)


def reading(browser: Any, url: str, files: dict[str, bytes]) -> Result:
    """Every file through the worker, fetched, authenticated, decrypted and unpacked, against one derivation."""
    page = browser.new_context().new_page()
    page.goto(url)
    page.wait_for_selector("html[data-state=ready]")
    page.fill("#passphrase", PASSPHRASE)
    page.keyboard.press("Enter")
    page.wait_for_selector("playbook-lock", state="attached")
    page.wait_for_timeout(3000)
    size = sum(map(len, files.values()))
    ratios, alone = [], []
    for number in range(8):
        began = time.perf_counter()
        page.evaluate(DERIVE, [list(SALT), ITERATIONS])
        derived = time.perf_counter()
        took, read = page.evaluate(READ_ALL, sorted(files))
        if read < size:
            raise SystemExit(f"of {size:,} bytes the worker gave {read:,}")
        if number:
            ratios.append(took / 1000 / (derived - began))
            alone.append(derived - began)
    page.context.close()
    what = f"read {len(files)} files of {size / 1e6:.0f} MB through its worker"
    return _told(what, ALL_WITHIN, ratios, alone)


def _told(what: str, most: float, ratios: list[float], alone: list[float]) -> Result:
    against = f"PBKDF2 in the browser, {ITERATIONS:,} rounds"
    result = Result(what, against, most, tuple(ratios), statistics.median(alone))
    print(result, flush=True)
    return result


def sealed(files: dict[str, bytes]) -> Bundle:
    """The site, sealed for its owner with the policy of its pages."""
    owner = OwnerKey.of_passphrase(PASSPHRASE, SALT, ITERATIONS)
    return seal(
        files, owner=owner, recipients=(), salt=SALT, iterations=ITERATIONS, seq=1,
        csp=content_security_policy(files), site_url=SITE_URL,
    )  # fmt: skip


def site(folder: Path) -> dict[str, bytes]:
    """A site of the theme, built by MkDocs: path → content."""
    chance = random.Random(20261121)
    words = WORDS.split()
    docs = folder / "docs"
    docs.mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(CONFIG)
    (docs / "index.md").write_text("# Home\n\n" + "".join(f"- [{n}](page-{n}.md)\n" for n in range(30)))
    for number in range(PAGES - 1):
        items = (
            f"## {' '.join(chance.choices(words, k=3))}\n\n{' '.join(chance.choices(words, k=30))}.\n"
            for _ in range(ITEMS)
        )
        (docs / f"page-{number}.md").write_text(f"# Page {number}\n\n" + "\n".join(items))
    run([sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(folder / "mkdocs.yml"), "-d", str(folder / "site")])
    built = folder / "site"
    return {
        file.relative_to(built).as_posix(): file.read_bytes() for file in sorted(built.rglob("*")) if file.is_file()
    }


class _Server(http.server.ThreadingHTTPServer):
    def handle_error(self, *args: Any) -> None:
        """Say nothing of a browser that left in the middle of an answer."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(*args)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    print(f"{'':<48} {'ratio':>6} {'from-to':>12} {'most':>6}")
    with tempfile.TemporaryDirectory() as temporary:
        sealed_browser(Path(temporary))
