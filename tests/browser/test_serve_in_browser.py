"""A served page in a real browser: it follows saves where its reader is, and says what keeps the site from being built."""

from __future__ import annotations

import re
import time

import pytest

from tests.browser.served_book import CONFIG, PATIENCE, served, visitors
from tests.browser.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

GRACE = "name: Grace Hopper\nnotes: |\n" + "".join(f"  Line {number}.\n\n" for number in range(120))
BOOK = {
    "mkdocs.yml": CONFIG,
    "content/me.yml": "name: Ada\n",
    "content/people/grace.yml": GRACE,
    "content/pages/about.md": "# About\n",
}
BOX = "#playbook-problems"


@pytest.fixture
def book(tmp_path):
    with served(tmp_path, BOOK) as made:
        yield made


@pytest.fixture
def visit_book(browser, book):
    with visitors(browser, book, console_errors=True) as open_page:
        yield open_page


def test_a_saved_line_comes_to_the_reader_where_they_are(book, visit_book):
    page = visit_book("people/grace/")
    page.evaluate("scrollTo(0, 1500)")
    until(page, "scrollY === 1500")
    book.save("content/people/grace.yml", GRACE.replace("Grace Hopper", "Grace Brewster Hopper"))
    page.get_by_role("heading", name="Grace Brewster Hopper", exact=False).first.wait_for(timeout=PATIENCE)
    until(page, "scrollY === 1500", timeout=PATIENCE)
    assert page.locator(BOX).count() == 0


@pytest.mark.slow
def test_whoever_has_clicked_a_link_is_not_called_back_by_a_save(book, visit_book):
    page = visit_book("people/")

    def answer_late(route) -> None:
        book.save("content/people/grace.yml", GRACE.replace("Grace Hopper", "Grace Murray"))
        time.sleep(4)  # the browser runs on, and hears of the site that was built again
        route.continue_()

    page.route("**/people/grace/", answer_late, times=1)
    page.locator("article a[href*=grace]").first.click()
    page.get_by_role("heading", name="Grace Murray").first.wait_for(timeout=PATIENCE)
    assert page.url == book.url + "people/grace/"


@pytest.mark.slow
def test_a_slip_is_told_on_the_page_that_stays_and_goes_with_the_next_good_save(book, visit_book):
    page = visit_book("people/grace/")
    page.evaluate("window.untouched = true")
    book.save("content/people/grace.yml", GRACE.replace("name:", "nam:"))
    box = page.locator(BOX)
    box.wait_for(timeout=PATIENCE)
    assert "content/people/grace.yml:1:1: error: " in box.inner_text()
    assert "This is the last good site" in box.inner_text()
    assert page.evaluate("window.untouched") is True
    assert page.get_by_role("heading", name="Grace Hopper").count() > 0
    book.save("content/people/grace.yml", GRACE.replace("Grace Hopper", "Grace Murray"))
    page.get_by_role("heading", name="Grace Murray").first.wait_for(timeout=PATIENCE)
    assert box.count() == 0


@pytest.mark.slow
def test_the_box_can_be_put_away_and_comes_back_with_another_slip(book, visit_book):
    page = visit_book()
    book.save("content/people/grace.yml", "name: [Grace\n")
    box = page.locator(BOX)
    box.wait_for(timeout=PATIENCE)
    page.get_by_role("button", name="Hide").click()
    assert box.count() == 0
    book.save("content/people/grace.yml", "name: Grace\nage: 3\n")
    box.wait_for(timeout=PATIENCE)
    assert "'age'" in box.inner_text()


@pytest.mark.slow
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (360, "light"), (360, "dark")])
def test_the_box_is_readable_at_every_width_and_in_both_schemes(book, visit_book, width, scheme):
    page = visit_book("people/", width=width, scheme=scheme)
    wrong = "".join(f"unknown{number}: {'x' * 300}\n" for number in range(30))
    book.save("content/people/grace.yml", "name: Grace Hopper\n" + wrong)
    box = page.locator(BOX)
    box.wait_for(timeout=PATIENCE)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    place = box.bounding_box()
    assert (place["x"], place["width"], place["y"] + place["height"]) == (0, width, 800)
    assert place["height"] <= 0.46 * 800
    button = page.get_by_role("button", name="Hide").bounding_box()
    assert button["height"] >= 24
    assert page.evaluate(CONTRAST, BOX) >= 7
    ground = page.evaluate(f"getComputedStyle(document.querySelector('{BOX}')).backgroundColor")
    assert (sum(map(int, re.findall(r"\d+", ground))) > 384) is (scheme == "light")
    page.emulate_media(media="print")
    assert not box.is_visible()


@pytest.mark.slow
def test_a_page_that_is_not_there_has_its_styles(book, visit_book):
    page = visit_book()
    answer = page.goto(book.url + "people/nobody/", wait_until="load")
    assert answer.status == 404
    # The 404 itself is told in the console; a style sheet that is not there would be told too.
    assert [text for text in page.wrong if "404" not in text] == []
    assert len(page.wrong) == 1
    page.wrong.clear()
    assert page.evaluate("[...document.styleSheets].filter(sheet => sheet.href).length") >= 2


# The text of the box against its ground.
CONTRAST = """
(selector) => {
  const style = getComputedStyle(document.querySelector(selector))
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map(v => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4 })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const [a, b] = [light(style.color), light(style.backgroundColor)].sort((x, y) => y - x)
  return (a + 0.05) / (b + 0.05)
}
"""
