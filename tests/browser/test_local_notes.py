"""On a site that lies somewhere a tick stays in the browser, says so, and comes out as commands that do what it meant."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ROOT = Path(__file__).resolve().parents[2]
OPEN = ".pb-item--open[data-pb-place^='%s'] input:not(:disabled)"
BAR = ".pb-notes"
KEPT = "Object.keys(localStorage).filter((key) => key.startsWith('playbook-')).sort()"


@pytest.fixture
def page(visit):
    opened = visit.page()
    opened.context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield opened
    assert (visit.foreign, visit.errors) == ([], [])


def note(page, url: str, place: str) -> str:
    """Tick the first open box of a page; what its item is called."""
    page.goto(url, wait_until="load")
    box = page.locator(OPEN % place).first
    box.check()
    line = box.locator("xpath=..")
    assert "noted here only" in line.inner_text()
    return " ".join(line.locator(".pb-item__text").inner_text().split())


def commands(page) -> list[str]:
    page.get_by_role("button", name="Copy as commands").click()
    page.locator(f"{BAR} [role=status]", has_text="Copied").wait_for()
    return page.evaluate("navigator.clipboard.readText()").splitlines()


def test_ticks_are_notes_that_stay_and_their_commands_write_what_was_meant(page, example_url, tmp_path):
    goal = "be-findable"
    item = note(page, f"{example_url}goals/{goal}/", f"goals/{goal}/checklist")
    promise = note(page, f"{example_url}people/birgit-saathoff/", "people/birgit-saathoff/promises")
    assert page.locator(f"{BAR} [role=status]").inner_text() == "2 ticks are noted in this browser only."
    page.goto(f"{example_url}goals/{goal}/", wait_until="load")
    assert page.locator(".pb-item--noted").all_inner_texts()[0].split("\n")[0] == item
    day = re.search(r"\d{4}-\d\d-\d\d", commands(page)[0])[0]
    first, second = (shlex.split(line) for line in commands(page))
    assert (first[:2], first[3:]) == (["playbook", "done"], ["--on", day])
    assert second == ["playbook", "kept", f"birgit-saathoff {promise}", "--on", day]

    book = tmp_path / "book"
    shutil.copytree(ROOT / "content", book / "content")
    for line in (first, second):
        done = subprocess.run(
            [sys.executable, "-m", "playbook", "--today", day, *line[1:]], cwd=book, capture_output=True, text=True, check=False,
            stdin=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    for name, text in ((f"goals/{goal}", f"done: {day}"), ("people/birgit-saathoff", f"kept: {day}")):
        assert text not in (ROOT / f"content/{name}.yml").read_text()
        assert text in (book / f"content/{name}.yml").read_text()


@pytest.mark.slow
def test_notes_are_taken_back_one_by_one_and_all_at_once(page, example_url):
    note(page, f"{example_url}goals/be-findable/", "goals/be-findable/checklist")
    page.locator(OPEN % "goals/be-findable/checklist").nth(1).focus()
    page.keyboard.press("Space")
    assert page.locator(".pb-item--noted").count() == 2
    page.keyboard.press("Space")
    assert page.locator(".pb-item--noted").count() == 1
    page.get_by_role("button", name="Forget notes").click()
    assert page.locator(".pb-item--noted").count() == 0
    assert page.locator(f"{BAR} [role=status]").inner_text() == "The notes are forgotten."
    assert page.evaluate(KEPT) == []
    page.reload()
    assert not page.locator(BAR).is_visible()


@pytest.mark.slow
def test_commands_that_are_shown_because_nothing_can_be_copied_go_with_the_next_tick(page, example_url):
    note(page, f"{example_url}goals/be-findable/", "goals/be-findable/checklist")
    page.evaluate("void (navigator.clipboard.writeText = () => Promise.reject())")
    page.get_by_role("button", name="Copy as commands").click()
    shown = page.get_by_label("The commands")
    shown.wait_for()
    assert shown.input_value().count("playbook done") == 1
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "The commands"
    page.locator(OPEN % "goals/be-findable/checklist").nth(1).check()
    # It would be one short.
    assert not shown.is_visible()
    page.get_by_role("button", name="Copy as commands").click()
    shown.wait_for()
    assert shown.input_value().count("playbook done") == 2


@pytest.mark.slow
def test_each_site_of_a_host_has_its_own_notes_and_what_is_no_note_does_no_harm(page, example_url):
    page.goto(example_url)
    page.evaluate('localStorage.setItem(\'playbook-notes:/other/\', \'[{"record":"goals/x","text":"x"}]\')')
    for broken in ("{", "3", "[null, 3, {}]"):
        page.evaluate("(text) => localStorage.setItem('playbook-notes:/', text)", broken)
        page.reload()
        assert not page.locator(BAR).is_visible()
    note(page, f"{example_url}goals/be-findable/", "goals/be-findable/checklist")
    assert page.evaluate(KEPT) == ["playbook-notes:/", "playbook-notes:/other/"]
    assert len(page.evaluate("JSON.parse(localStorage['playbook-notes:/'])")) == 1


def test_what_is_sealed_keeps_its_notes_no_longer_than_the_tab(page, example_url):
    sealed = '<script src="/_sealed/lock.js"></script></head>'
    page.route("**/_sealed/lock.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.route(
        "**/goals/be-findable/",
        lambda route: route.fulfill(response=(got := route.fetch()), body=got.text().replace("</head>", sealed)),
    )
    note(page, f"{example_url}goals/be-findable/", "goals/be-findable/checklist")
    assert page.locator(f"{BAR} [role=status]").inner_text() == "1 tick is noted in this tab only, until it closes."
    assert page.evaluate(KEPT) == []
    assert len(page.evaluate("JSON.parse(sessionStorage['playbook-notes:/'])")) == 1


@pytest.mark.slow
@pytest.mark.parametrize("width", [390, 1280])
def test_the_bar_fits_and_is_not_printed(page, example_url, width):
    page.set_viewport_size({"width": width, "height": 800})
    note(page, f"{example_url}goals/be-findable/", "goals/be-findable/checklist")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator(BAR).is_visible()
    page.emulate_media(media="print")
    assert not page.locator(BAR).is_visible()
