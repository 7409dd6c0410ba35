"""Pages of the example printed from a browser, read back from the PDF: the words alone, whole, and well broken."""

from __future__ import annotations

import functools
import io
import re
from dataclasses import dataclass

import pytest
from pypdf import PdfReader

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAGES = (
    "", "goals/", "goals/staff-promotion/", "packets/staff-promotion/", "people/", "people/ines-marques/", "events/",
    "events/slipway-2027/", "events/council-open-session/", "outreach/", "outreach/mentor-request/", "organizations/pierwerk/",
    "journal/", "journal/2026/", "plays/first-ninety-days/", "profile/", "progress/review/",
)  # fmt: skip
FEW = ("", "goals/staff-promotion/", "people/", "people/ines-marques/", "events/slipway-2027/", "journal/2026/")
each_page = pytest.mark.parametrize("pages", [FEW, pytest.param(PAGES, marks=pytest.mark.slow)], ids=["few", "all"])
# What stands on every page for the screen alone: the name of the site, what one clicks on, whose work the theme is.
CHROME = (
    "Mara's career playbook",
    "Table of contents",
    "Made with",
    "Skip to content",
    "Written in",
    "On paper",
    "Back to top",
)
FORMATS = {"A4": 673, "Letter": 695}
"""Pixels between the margins of 16 mm."""
each_paper = pytest.mark.parametrize("paper", ["A4", pytest.param("Letter", marks=pytest.mark.slow)])


@dataclass(frozen=True)
class Paper:
    """One page of the site, and the sheets that a browser makes of it."""

    on_screen: str
    title: str
    headings: frozenset[str]
    sheets: tuple[str, ...]


@pytest.fixture(scope="session")
def on_paper(browser, example_url):
    """Each page of the example on each paper, printed once."""
    context = browser.new_context()
    page = context.new_page()

    @functools.cache
    def once(path: str, paper: str) -> Paper:
        page.goto(example_url + path, wait_until="load")
        return Paper(
            on_screen=page.evaluate("document.body.textContent"),
            title=joined(page.locator("h1").first.evaluate("h => h.firstChild.textContent")),
            headings=frozenset(map(joined, page.locator(".md-content :is(h1, h2, h3)").all_inner_texts())),
            sheets=printed(page, paper),
        )

    # What is cached is known by how it was asked for: a paper that goes without saying would be another.
    yield lambda path, paper="A4": once(path, paper)
    context.close()


@pytest.fixture
def opened(visit, example_url):
    """Opens a page of the example."""

    def open_page(path: str, **how: object):
        page = visit.page(**how)
        page.goto(example_url + path, wait_until="load")
        return page

    return open_page


def printed(page, paper: str = "A4") -> tuple[str, ...]:
    """What stands on each sheet that the browser makes of a page."""
    reader = PdfReader(io.BytesIO(page.pdf(format=paper)))
    return tuple(sheet.extract_text() for sheet in reader.pages)


def joined(text: str) -> str:
    """The text without spaces: where a line ends is the printer's business."""
    return re.sub(r"\s|­", "", text)


@pytest.mark.slow
@each_page
def test_what_is_for_the_screen_alone_is_not_on_paper(on_paper, pages):
    for path in pages:
        found = on_paper(path)
        assert sum(word in found.on_screen for word in CHROME) >= 3, path
        text = "\n".join(found.sheets)
        assert [word for word in CHROME if word in text] == [], path
        assert found.title in joined(text)


@pytest.mark.slow
@each_page
def test_every_sheet_has_words_on_it(on_paper, pages):
    assert [path for path in pages if min(len(joined(sheet)) for sheet in on_paper(path).sheets) < 10] == []


@pytest.mark.few(2)
@pytest.mark.parametrize("path", ["events/slipway-2027/", "people/ines-marques/", "outreach/mentor-request/"])
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_what_is_folded_on_the_screen_is_open_on_paper(browser, example_url, path, scripts):
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(example_url + path, wait_until="load")
    html = page.content()
    text = joined("".join(printed(page)))
    context.close()
    if path.startswith("people/"):
        html = re.sub(r'<details class="pb-script.*?</details>', "", html, flags=re.DOTALL)
    folded = [
        joined(line)
        for block in re.findall(
            r"<pre[^>]*>.*?<code>(.*?)</code>|<div class=\"pb-log__what\">(.*?)</div>", html, re.DOTALL
        )
        for line in re.sub(r"<[^>]*>", "", "\n".join(block)).splitlines()
        # What HTML writes in another way is not looked for.
        if line.strip() and "&" not in line
    ]
    assert len(folded) >= 3
    assert [line for line in folded if line not in text] == []


def test_a_persons_page_names_the_scripts_and_leaves_the_messages_to_their_own_pages(on_paper):
    sheets = on_paper("people/ines-marques/").sheets
    text = joined("".join(sheets))
    assert joined("Ask for twenty-five minutes about their way") in text
    assert joined("stop on the minute") not in text
    assert len(sheets) <= 7  # with the messages it would be eleven


@each_paper
@each_page
def test_no_heading_stands_alone_at_the_end_of_a_sheet(on_paper, paper, pages):
    last_lines = [
        (path, joined(sheet.rstrip().splitlines()[-1])) for path in pages for sheet in on_paper(path, paper).sheets
    ]
    assert len(last_lines) > 2 * len(pages)
    assert [(path, line) for path, line in last_lines if line in on_paper(path, paper).headings] == []


@pytest.mark.slow
@each_paper
@pytest.mark.parametrize("path", ["events/slipway-2027/", "events/council-open-session/"])
def test_nobody_to_meet_is_torn_over_two_sheets(opened, path, paper):
    page = opened(path)
    blocks = page.locator(".pb-meet").evaluate_all(
        "those => those.map(e => [...e.querySelectorAll('h3 a, h3 > span:first-child, dt, dd > *, dd, code')]"
        ".filter(e => !e.children.length).map(e => e.textContent))"
    )
    sheets = [joined(sheet) for sheet in printed(page, paper)]
    assert len(blocks) >= 4
    for words in blocks:
        wanted = [joined(word) for word in words]
        assert len(wanted) >= 3
        assert any(all(word in sheet for word in wanted) for sheet in sheets), words[0]


@pytest.mark.slow
@each_paper
@each_page
def test_nothing_is_wider_than_the_paper(visit, example_url, paper, pages):
    page = visit.page(width=FORMATS[paper])
    page.emulate_media(media="print")
    wide = {}
    for path in pages:
        page.goto(example_url + path, wait_until="load")
        if found := page.evaluate(WIDER):
            wide[path] = found
    assert wide == {}


def test_the_measure_would_notice_what_is_cut_off(opened):
    page = opened("people/", width=673)
    page.emulate_media(media="print")
    page.add_style_tag(content=".pb-table--side { table-layout: auto !important; min-width: 80rem }")
    assert page.evaluate(WIDER) != []


def test_an_address_stands_behind_a_link_that_leads_out_and_does_not_say_it(on_paper):
    text = joined("".join(on_paper("events/slipway-2027/").sheets))
    assert "PetraVondráčková(https://example.org/petra)" in text
    assert text.count("https://example.org/slipway/2027") == text.count("https://example.org/slipway/2027/") + 1
    assert "127.0.0.1" not in text


def test_a_table_says_on_every_sheet_what_its_columns_are(on_paper):
    with_rows = [sheet for sheet in on_paper("people/").sheets if "next by" in sheet]
    assert len(with_rows) >= 2
    assert [sheet for sheet in with_rows if "Last touch" not in sheet] == []


def test_a_packet_on_paper_keeps_what_is_for_its_author_to_itself(opened):
    page = opened("packets/staff-promotion/")
    mine = ("Before you hand it over", "Ask before you quote", "playbook print", "criteria:")
    on_screen = page.inner_text(".md-content")
    assert [word for word in mine if word not in on_screen] == []
    text = "\n".join(printed(page))
    assert [word for word in mine if word in text] == []
    assert "Nothing yet for" in text


def test_a_dark_page_is_printed_black_on_white(opened):
    page = opened("packets/staff-promotion/", scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    # A colour that changes slowly would be printed on its way.
    slow = "[...document.querySelectorAll('*')].map(e => getComputedStyle(e).transitionDuration).filter(one => one !== '0s')"
    assert page.evaluate(slow) == []
    colours = page.evaluate(
        "[...new Set([...document.querySelectorAll('.md-content :is(h1, h2, p, li, a, dd, blockquote, span)')]"
        ".map(e => getComputedStyle(e).color))]"
    )
    assert "rgb(0, 0, 0)" in colours
    assert [colour for colour in colours if max(map(int, re.findall(r"\d+", colour))) > 80] == []
    grounds = page.evaluate(
        "[...new Set([...document.querySelectorAll('body, .md-content *')].map(e => getComputedStyle(e).backgroundColor))]"
    )
    assert sorted(grounds) == ["rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"]


# Whatever of the page is drawn beyond its right edge, or cut there by what holds it.
WIDER = """
() => {
  const wide = []
  for (const e of document.querySelectorAll('.md-content :is(p, li, td, th, dd, dt, pre, code, span, a, h1, h2, h3, svg)')) {
    if (!e.getClientRects().length || e.closest('[hidden], .pb-hidden') || e.closest('svg') !== (e.tagName === 'svg' ? e : null)) continue
    const box = e.getBoundingClientRect()
    if (box.width > 1 && (box.right > innerWidth + 1 || box.left < -1)) wide.push(`${e.tagName} ${e.textContent.trim().slice(0, 40)}: ${Math.round(box.right)}`)
  }
  return wide.slice(0, 5)
}
"""
