"""The table of people in a real browser: filtered, sorted, announced, by keyboard too; whole without its script."""

from __future__ import annotations

import datetime as dt

import pytest

from playbook.shipped import templates_folder
from playbook.site import build_site
from tests.support import book

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PEOPLE = {
    "people/ada.yml": "{name: Ada, relations: [mentor, peer], circle: inner, log: [{date: 2026-11-03}]}",
    "people/bo.yml": "{name: Bo, relations: [peer], circle: wide, log: [{date: 2026-01-03}], location: Porto}",
    "people/cy.yml": "{name: Cy, stage: identified, positions: [Acme]}",
    "people/dee.yml": "{name: Dee, circle: inner, log: [{date: 2026-02-03}]}",
}
NAMES = "[...document.querySelectorAll('tbody tr')].filter(r => !r.hidden).map(r => r.cells[0].textContent.trim())"


@pytest.fixture(scope="module")
def html() -> str:
    site = build_site(book(PEOPLE).playbook, dt.date(2026, 11, 21))
    [page] = [page.html for page in site.pages if page.uri == "people/index.md"]
    return page


@pytest.fixture
def page(browser, html):
    opened = browser.new_page()
    opened.set_content(html)
    opened.add_script_tag(content=(templates_folder() / "assets/people.js").read_text(encoding="utf-8"))
    yield opened
    opened.close()


@pytest.mark.slow
def test_without_its_script_the_table_is_whole_and_offers_no_filter(browser, html):
    opened = browser.new_page(java_script_enabled=False)
    opened.set_content(html)
    assert opened.get_by_role("row").count() == 1 + len(PEOPLE)
    assert not opened.locator("form").is_visible()
    opened.close()


@pytest.mark.slow
def test_words_and_choices_filter_together_and_the_count_is_announced(page):
    count = page.get_by_role("status")
    assert (page.evaluate(NAMES), count.text_content()) == (["Ada", "Bo", "Cy", "Dee"], "4 people")
    page.get_by_label("Relation", exact=True).select_option("Peer")
    assert (page.evaluate(NAMES), count.text_content()) == (["Ada", "Bo"], "2 people")
    page.get_by_label("Circle", exact=True).select_option("inner")
    assert (page.evaluate(NAMES), count.text_content()) == (["Ada"], "1 person")
    page.get_by_label("Relation", exact=True).select_option("")
    page.get_by_label("Standing", exact=True).select_option("overdue")
    assert page.evaluate(NAMES) == ["Dee"]
    page.get_by_label("Standing", exact=True).select_option("")
    page.get_by_label("Circle", exact=True).select_option("")
    page.get_by_label("Find").fill("ACME c")
    assert page.evaluate(NAMES) == ["Cy"]
    page.get_by_label("Find").fill("nobody")
    assert (page.evaluate(NAMES), count.text_content()) == ([], "0 people")


@pytest.mark.slow
def test_heads_sort_by_day_with_a_key_and_what_is_empty_stays_last(page):
    sorted_by = "[...document.querySelectorAll('thead th')].map(h => h.getAttribute('aria-sort')).filter(Boolean)"
    assert page.evaluate(sorted_by) == ["ascending"]
    head = page.get_by_role("button", name="Last touch")
    head.press("Enter")
    assert (page.evaluate(NAMES), page.evaluate(sorted_by)) == (["Bo", "Dee", "Ada", "Cy"], ["ascending"])
    head.press("Space")
    assert (page.evaluate(NAMES), page.evaluate(sorted_by)) == (["Ada", "Dee", "Bo", "Cy"], ["descending"])


@pytest.mark.slow
def test_a_page_that_is_shown_again_gets_its_buttons_once(page):
    page.add_script_tag(content=(templates_folder() / "assets/people.js").read_text(encoding="utf-8"))
    assert (
        page.locator("thead button").all_text_contents() == page.locator("select[name=sort] option").all_text_contents()
    )


def test_on_a_phone_the_map_is_whole_and_mentor_candidates_stand_below_one_another(browser):
    people = {f"people/p{n}.yml": f"{{name: Person Number{n}, circle: wide, relations: [peer]}}" for n in range(28)}
    fits = {f"people/fit-{n}.yml": f"{{name: Fitting Somebody {n}, fit: {{values: Yes}}}}" for n in range(4)}
    site = build_site(book({**people, **fits}).playbook, dt.date(2026, 11, 21))
    [html] = [page.html for page in site.pages if page.uri == "people/index.md"]
    opened = browser.new_page(viewport={"width": 390, "height": 800})
    opened.set_content(f'<article class="md-typeset">{html}</article>')
    for name in ("playbook", "charts", "people"):
        opened.add_style_tag(content=(templates_folder() / f"assets/{name}.css").read_text(encoding="utf-8"))
    for part in (".pb-chart--wide", ".pb-scroll:has(.pb-table--side)"):
        assert (
            opened.evaluate(
                "one => { const at = document.querySelector(one); return at.scrollWidth - at.clientWidth }", part
            )
            <= 0
        )
    right = "one => Math.max(...[...document.querySelectorAll(one)].map(at => at.getBoundingClientRect().right))"
    assert opened.evaluate(right, ".ch-chart--network circle, .ch-chart--network .ch-legend") <= 390
    assert opened.evaluate(right, ".pb-table--side td") <= 390
    opened.close()
