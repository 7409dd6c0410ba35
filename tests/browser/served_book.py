"""A playbook that `playbook serve` serves from a process of its own, and a browser that came in."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from textwrap import dedent
from typing import Any

from tests.browser.waiting import arrive

CONFIG = """
    site_name: Mine
    site_url: https://example.org/mine/
    docs_dir: content/pages
    theme:
      name: material
      font: false
      palette:
        - {media: "(prefers-color-scheme: light)", scheme: default, primary: custom}
        - {media: "(prefers-color-scheme: dark)", scheme: slate, primary: custom}
    plugins: [search, playbook]
    """
PATIENCE = 30_000
"""Milliseconds; a site is built meanwhile."""


class Book:
    """A playbook's folder, where it is served, and what brings one more address in the terminal."""

    press_enter: Callable[[], str]

    def __init__(self, root: Path, files: Mapping[str, str]) -> None:
        self.root, self.url, self.key_url = root, "", ""
        for name, text in files.items():
            self.save(name, text)

    def save(self, name: str, text: str) -> None:
        """A text, as it stands in a test."""
        self.put(name, dedent(text).lstrip("\n"))

    def put(self, name: str, text: str) -> None:
        """Write beside and rename, as editors do; line ends stay as they are."""
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_name(file.name + ".tmp")
        beside.write_bytes(text.encode())
        beside.rename(file)

    def read(self, name: str) -> str:
        """What a file holds, its line ends too."""
        return (self.root / name).read_bytes().decode()

    def git(self, *arguments: str) -> str:
        """What git says."""
        who = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false")
        done = subprocess.run(["git", *who, *arguments], cwd=self.root, capture_output=True, text=True, check=True)
        return done.stdout.strip()


@contextmanager
def served(root: Path, files: Mapping[str, str], *, in_git: bool = False) -> Iterator[Book]:
    """The book, for as long as it is served."""
    book = Book(root / "book", files)
    if in_git:
        book.git("init", "-q")
        book.git("config", "user.name", "Ada")
        book.git("config", "user.email", "ada@example.org")
        book.git("add", ".")
        book.git("commit", "-q", "-m", "Begin")
    (root / "tmp").mkdir()
    serving = subprocess.Popen(
        [sys.executable, "-m", "playbook", "--today", "2026-11-21", "serve"], cwd=book.root, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env={**os.environ, "TMPDIR": str(root / "tmp"), "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    said = ""

    def next_address() -> str:
        nonlocal said
        for line in serving.stdout:
            said += line
            if found := re.search(r"http://127\.0\.0\.1:\d+/\?key=\S+", line):
                return found[0]
        raise AssertionError(said)

    def press_enter() -> str:
        serving.stdin.write("\n")
        serving.stdin.flush()
        return next_address()

    book.press_enter = press_enter
    try:
        book.key_url = next_address()
        book.url = book.key_url.partition("?")[0]
        yield book
    finally:
        serving.send_signal(signal.SIGINT)
        rest = serving.communicate(timeout=30)[0]
    sys.stdout.write(said + rest)  # shown where a test failed
    assert "Traceback" not in said + rest


@contextmanager
def visitors(browser: Any, book: Book, *, console_errors: bool) -> Iterator[Callable[..., Any]]:
    """What opens a page of the book in a browser that came in.

    In the end nothing may have gone wrong in any of them (`page.wrong`), and no other host have been asked.
    """
    opened = []

    def open_page(path: str = "", *, width: int = 1280, scheme: str = "light") -> Any:
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
        page = context.new_page()
        page.wrong = []
        page.on("pageerror", lambda error: page.wrong.append(str(error)))
        page.on("request", lambda request: request.url.startswith(book.url) or page.wrong.append(request.url))
        if console_errors:
            page.on("console", lambda message: message.type == "error" and page.wrong.append(message.text))
        opened.append((context, page))
        arrive(page, book.press_enter())
        arrive(page, book.url + path)
        return page

    yield open_page
    for context, page in opened:
        assert page.wrong == []
        context.close()
