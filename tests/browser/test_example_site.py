"""The example site in a real browser: private, whole, readable at every width, in both schemes and on paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def _pages(site: Path) -> list[str]:
    found = [path.parent.relative_to(site).as_posix() for path in site.rglob("index.html")]
    return sorted("" if path == "." else f"{path}/" for path in found)


def _first_pages(site: Path) -> list[str]:
    """Every section's first page and one record of each kind: all templates, once."""
    seen: dict[str, str] = {}
    for page in _pages(site):
        parts = page.strip("/").split("/")
        seen.setdefault(f"{parts[0]}/{len(parts)}", page)
    return sorted(seen.values())


@pytest.fixture(scope="session", params=["each kind", pytest.param("all", marks=pytest.mark.slow)])
def crawl(request, browser, example_site, example_url):
    """A page of each kind, or every page, opened once: what it asked for, what went wrong, and what stands in it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    foreign: list[str] = []
    errors: list[str] = []
    page.on(
        "request", lambda it: foreign.append(it.url) if not it.url.startswith((example_url, "data:", "blob:")) else None
    )
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    found = {}
    for path in _pages(example_site) if request.param == "all" else _first_pages(example_site):
        page.goto(example_url + path, wait_until="load")
        found[path] = page.evaluate(LOOK)
    page.wait_for_timeout(500)
    context.close()
    return found, foreign, errors


def test_no_page_asks_any_other_host_for_anything(crawl):
    pages, foreign, errors = crawl
    assert len(pages) > 15
    assert (foreign, errors) == ([], [])


def test_the_watch_on_other_hosts_would_notice_one(visit, example_url):
    page = visit.page()
    page.goto(example_url)
    page.evaluate("fetch('http://127.0.0.1:9/elsewhere').catch(() => 0)")
    page.wait_for_timeout(200)
    assert visit.foreign == ["http://127.0.0.1:9/elsewhere"]


@pytest.mark.slow
def test_no_page_scrolls_sideways(visit, example_site, example_url):
    page = visit.page()
    wide = []
    for path in _first_pages(example_site):
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(example_url + path, wait_until="load")
        for width in (1280, 768, 360):
            page.set_viewport_size({"width": width, "height": 900})
            found = page.evaluate("document.documentElement.scrollWidth")
            if found > width:
                wide.append((path, width, found))
    assert wide == []


@pytest.mark.slow
def test_without_a_script_a_wide_chart_begins_on_a_phone_where_one_reads_it_from(browser, example_url):
    page = browser.new_page(viewport={"width": 390, "height": 900}, java_script_enabled=False)
    for path, end in (("people/", "left"), ("progress/", "right")):
        page.goto(example_url + path, wait_until="load")
        # The map of people fits a phone, and the example has no history to make a chart of its days.
        page.evaluate(
            """(end) => document.querySelector("article").insertAdjacentHTML("beforeend",
              `<div class="pb-chart pb-chart--wide ${end === "right" ? "pb-scroll--end" : ""}"><svg
                class="ch-chart ch-chart--calendar" viewBox="0 0 700 100" width="700" height="100"></svg></div>`)""",
            end,
        )
        ends = page.evaluate(
            """(end) => [...document.querySelectorAll(".pb-chart--wide")]
              .filter((one) => one.scrollWidth > one.clientWidth)
              .map((one) => Math.abs(one.getBoundingClientRect()[end] - one.firstElementChild.getBoundingClientRect()[end]))
            """,
            end,
        )
        assert ends, path
        assert max(ends) < 2, (path, ends)
    page.close()


@pytest.mark.parametrize("width", [360, 390])
def test_the_months_are_seen_whole_on_a_phone(visit, example_url, width):
    page = visit.page(width)
    page.goto(example_url + "progress/", wait_until="load")
    found = page.evaluate(
        """() => {
          const chart = document.getElementById("months-chart"), around = chart.parentElement;
          const words = [...chart.querySelectorAll("text.ch-note")];
          const edges = [...words, chart].map((one) => one.getBoundingClientRect());
          return {
            words: words.map((one) => one.textContent.split(":")[0]),
            hidden: around.scrollWidth - around.clientWidth,
            left: Math.min(...edges.map((one) => one.left)),
            right: Math.max(...edges.map((one) => one.right)),
            small: Math.min(...words.map((one) => one.getBoundingClientRect().height)),
          };
        }"""
    )
    assert found["words"] == ["Contacts", "Promises kept", "You gave", "You received"]
    assert found["hidden"] <= 0
    assert found["left"] >= 0
    assert found["right"] <= width
    assert found["small"] > 10, "too small to be read"


def test_the_measure_would_notice_a_page_that_scrolls_sideways(visit, example_url):
    page = visit.page()
    page.goto(example_url, wait_until="load")
    page.evaluate("document.querySelector('.md-content h1').style.width = '1000px'")
    page.set_viewport_size({"width": 360, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") > 360


def test_every_box_has_an_accessible_name(crawl):
    pages, _, _ = crawl
    assert sum(look["boxes"] for look in pages.values()) > 20
    assert {path: look["nameless"] for path, look in pages.items() if look["nameless"]} == {}


def test_every_picture_has_a_title_and_every_id_is_unique(crawl):
    pages, _, _ = crawl
    assert {path: look for path, look in pages.items() if look["untitled"] or look["doubled"]} == {}


def test_every_inner_link_leads_to_a_page_and_a_place_in_it(crawl, example_site, example_url):
    pages, _, _ = crawl
    wanted: dict[str, set[str]] = {}
    for look in pages.values():
        for href in look["links"]:
            if href.startswith(example_url):
                target, _, anchor = href[len(example_url) :].partition("#")
                wanted.setdefault(target, set()).add(anchor)
    files = {path.relative_to(example_site).as_posix() for path in example_site.rglob("*") if path.is_file()}
    dead = sorted(target for target in wanted if not {target, f"{target}index.html"} & files)
    lost = sorted(
        f"{target}#{anchor}"
        for target in wanted
        if target in pages
        for anchor in wanted[target] - set(pages[target]["ids"])
        if anchor
    )
    assert (dead, lost) == ([], [])


def test_search_finds_a_person_by_name(visit, example_site, example_url):
    page = visit.page()
    page.goto(example_url, wait_until="load")
    page.get_by_role("textbox", name="Search").click()
    until(page, "!document.querySelector('.md-search-result__meta').textContent.includes('Initializing')")
    name = page.evaluate(
        "fetch('people/').then(r => r.text()).then(t => new DOMParser().parseFromString(t, 'text/html')"
        ".querySelector('.md-content td a, .md-content table a').textContent)"
    )
    page.keyboard.type(name)  # Material listens to keys, not to values
    until(page, "name => document.querySelector('.md-search-result__item')?.innerText.includes(name)", arg=name)


def test_search_finds_a_name_typed_without_its_marks(visit, example_url):
    page = visit.page()
    page.goto(example_url, wait_until="load")
    page.get_by_role("textbox", name="Search").click()
    until(page, "!document.querySelector('.md-search-result__meta').textContent.includes('Initializing')")
    page.keyboard.type("Zdenek Rehor")
    # It shows what it finds while one types.
    until(page, "document.querySelector('.md-search-result__item')?.innerText.includes('Zdeněk Řehoř')")


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(visit, example_site, example_url, scheme):
    """WCAG 2.2, 1.4.3: 4.5 to 1 for text."""
    page = visit.page(scheme=scheme)
    weak = {}
    for path in _first_pages(example_site):
        page.goto(example_url + path, wait_until="load")
        found = page.evaluate(CONTRAST)
        if found:
            weak[path] = found
    assert weak == {}


def test_a_printed_page_is_the_page_alone(visit, example_url, tmp_path):
    page = visit.page()
    page.goto(example_url + "events/", wait_until="load")
    page.emulate_media(media="print")
    hidden = page.evaluate(
        "[...document.querySelectorAll('.md-header, .md-tabs, .md-sidebar, .md-footer, .md-top')]"
        ".every(e => getComputedStyle(e).display === 'none' || e.offsetHeight === 0)"
    )
    assert hidden
    page.pdf(path=tmp_path / "events.pdf", format="A4")
    assert (tmp_path / "events.pdf").read_bytes().startswith(b"%PDF")


LOOK = """
() => {
  const all = (what) => [...document.querySelectorAll(what)]
  const ids = all('[id]').map(e => e.id), inside = all('.md-content [id]').map(e => e.id)
  const boxes = all('.md-content input[type=checkbox]:not(.md-toggle)')
  return {
    ids, boxes: boxes.length,
    nameless: boxes.filter(b => !b.getAttribute('aria-label')).map(b => b.outerHTML),
    untitled: all('.md-content svg[role]').filter(s => !s.querySelector('title')).length,
    doubled: inside.filter((id, n) => inside.indexOf(id) !== n),
    links: all('.md-content a[href]').map(a => new URL(a.getAttribute('href'), document.baseURI).href),
  }
}
"""

# Every visible text of the page against the nearest opaque ground below it; Material's own chrome is not ours to mend.
CONTRAST = """
() => {
  const parse = (c) => { const m = c.match(/[\\d.]+/g).map(Number); return m.length > 3 ? m : [...m, 1] }
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  const rgb = (c) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = c; canvas.fillRect(0, 0, 1, 1)
    const d = canvas.getImageData(0, 0, 1, 1).data; return [d[0], d[1], d[2], d[3] / 255] }
  const over = (a, b) => a.slice(0, 3).map((v, i) => v * a[3] + b[i] * (1 - a[3]))
  const light = (c) => { const [r, g, b] = c.map(v => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4 })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b }
  const ground = (e) => { const layers = []
    for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c[3] > 0) layers.push(c); if (c[3] === 1) break }
    return layers.reverse().reduce((below, c) => over(c, below), [255, 255, 255]) }
  const weak = []
  const walker = document.createTreeWalker(document.querySelector('.md-content'), NodeFilter.SHOW_TEXT)
  for (let node; (node = walker.nextNode());) {
    const e = node.parentElement
    if (!node.textContent.trim() || e.closest('svg, script, style, .headerlink, .md-path, .md-content__button') || !e.offsetHeight) continue
    const below = ground(e), colour = over(rgb(getComputedStyle(e).color), below)
    const [a, b] = [light(colour), light(below)].sort((x, y) => y - x)
    const ratio = (a + 0.05) / (b + 0.05)
    if (ratio < 4.5) weak.push(`${node.textContent.trim().slice(0, 30)}: ${ratio.toFixed(2)}`)
  }
  return [...new Set(weak)].slice(0, 5)
}
"""
