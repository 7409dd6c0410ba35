"""A sealed site where there is no service worker: opened in the page of the loader, or in one file from a disk."""

from __future__ import annotations

import pytest

from tests.browser.sealed_host import (
    BASE,
    GRACE,
    HOME,
    lock_now,
    search_for,
    type_passphrase,
    wait_for_heading,
    wait_for_lock_screen,
)
from tests.browser.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def walk(page) -> None:
    """Pages, pictures, search, dark mode, the way back and places within a page."""
    assert page.evaluate("getComputedStyle(document.querySelector('.md-header')).position") == "sticky"
    assert page.evaluate("document.querySelector('article img').naturalWidth") == 40
    page.locator("article a", has_text="Person granite").click()
    wait_for_heading(page, "Person granite")
    assert page.url.endswith("#!/people/granite-canary/")
    page.locator("label[for=__palette_1]").click()
    until(page, "() => document.body.dataset.mdColorScheme === 'slate'")
    search_for(page, "Uniquethistle", "thistle")
    wait_for_heading(page, "Person thistle")
    until(page, "() => document.body.dataset.mdColorScheme === 'slate'")
    page.go_back()
    wait_for_heading(page, "Person granite")
    page.goto(page.url.split("#")[0] + "#!/people/walnut-canary/~far")
    wait_for_heading(page, "Person walnut")
    until(page, "() => scrollY > 500")
    page.goto(page.url.split("#")[0] + "#!/people/nobody/")
    wait_for_heading(page, "404")
    assert page.evaluate("getComputedStyle(document.querySelector('.md-header')).position") == "sticky"
    lock_now(page)
    wait_for_lock_screen(page)
    assert "#" not in page.url


@pytest.mark.slow
def test_where_workers_are_blocked_the_loader_opens_the_site_in_its_own_page(host, guest):
    page = guest.locked(host, "#!/people/lantern-canary/", service_workers="block")
    assert page.get_by_text("This browser window offers no service worker.").is_visible()
    assert not page.get_by_label("Remember on this device").is_visible()
    type_passphrase(page, "no")
    page.wait_for_selector("html[data-state=wrong]")
    type_passphrase(page, GRACE)
    wait_for_heading(page, "Person lantern")
    page.goto(f"{host.url}#!/")
    wait_for_heading(page, HOME)
    walk(page)
    assert guest.errors == []
    assert not any("canary" in path or "assets" in path for path in host.asked)
    assert {path.removeprefix(BASE).split("/")[0] for path in host.asked} <= {
        "",
        "d",
        "h.json",
        "loader.js",
        "inpage.js",
    }


def test_one_file_opens_from_a_disk_and_asks_nobody(guest, one_file):
    page = guest.locked_at(one_file.as_uri())
    type_passphrase(page, GRACE + "x")
    page.wait_for_selector("html[data-state=wrong]")
    type_passphrase(page, GRACE)
    wait_for_heading(page, HOME)
    outside = page.evaluate("fetch('http://127.0.0.1:9/').then(() => 'answered', (error) => error.message)")
    assert outside == "Failed to fetch"
    walk(page)
    assert guest.errors == []
    assert [address for address in guest.asked if not address.startswith((one_file.as_uri(), "blob:", "data:"))] == []


@pytest.mark.slow
def test_what_a_page_left_for_later_does_not_happen_on_the_next(guest, one_file):
    page = guest.locked_at(one_file.as_uri())
    type_passphrase(page, GRACE)
    wait_for_heading(page, HOME)
    page.evaluate("""
        window.late = []
        window.ended = []
        const end = clearInterval
        window.clearInterval = (timer) => [ended.push(timer), end(timer)]
        setTimeout((how) => late.push(how), 300, "here, later")
        setTimeout(() => late.push("elsewhere, later"), 3000)
        window.again = setInterval(() => late.length < 50 && late.push("again and again"), 200)
    """)
    until(page, "late.includes('here, later') && late.includes('again and again')")
    page.locator("article a", has_text="Person granite").click()
    wait_for_heading(page, "Person granite")
    count = page.evaluate("late.length")
    page.wait_for_timeout(3200)
    assert page.evaluate("late.length") == count
    assert page.evaluate("ended.filter((timer) => timer === again).length") == 1
    assert guest.errors == []


def test_one_file_shows_nothing_of_the_site_while_it_is_locked(one_file):
    page = one_file.read_bytes()
    assert b"<title>Locked</title>" in page
    assert not any(word in page for word in (b"canary", b"Ada's road", b"material", b"granite"))


@pytest.mark.slow
def test_one_file_that_was_cut_off_is_refused(guest, one_file):
    whole = one_file.read_text(encoding="utf-8")
    last = whole.rindex('<script type="application/octet-stream"')
    one_file.write_text(whole[:last] + whole[whole.index("</script>", last) + 9 :], encoding="utf-8")
    page = guest.locked_at(one_file.as_uri())
    type_passphrase(page, GRACE)
    page.wait_for_selector("html[data-state=wrong]")
    assert page.get_by_role("alert").inner_text() == "A part of this file is missing: it was cut off on its way."
