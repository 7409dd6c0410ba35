"""A sealed site in a real browser, on a host like GitHub Pages: what opens it, what it can then do, what shuts it."""

from __future__ import annotations

import pytest

from tests.browser.sealed_host import (
    BASE,
    GRACE,
    HOME,
    KNOWS_PAGES,
    LINK_HASH,
    OWNER,
    Host,
    lock_now,
    sealed,
    search_for,
    type_passphrase,
    wait_for_heading,
    wait_for_lock_screen,
)
from tests.browser.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

GRANITE = "people/granite-canary/"
CACHED = """async () => {
    const found = [];
    for (const name of await caches.keys()) {
        for (const request of await (await caches.open(name)).keys()) found.push(new URL(request.url).pathname);
    }
    return found.sort();
}"""
KEPT = """base => new Promise((resolve) => {
    const opening = indexedDB.open(`playbook-seal ${base}`);
    opening.onsuccess = () => {
        const asking = opening.result.transaction('kept').objectStore('kept').getAllKeys();
        asking.onsuccess = () => resolve(asking.result);
    };
})"""


def all_fetched(page, bundle) -> None:
    names = [f"{BASE}d/{name}" for name, _ in bundle.packs]
    until(
        page,
        f"async (names) => {{ const cached = await ({CACHED})(); return names.every((name) => cached.includes(name)); }}",
        arg=names,
    )


def test_a_wrong_passphrase_is_told_and_the_right_one_opens_the_site(host, guest):
    page = guest.locked(host)
    assert page.locator("meta[name=robots]").get_attribute("content") == "noindex, nofollow, noarchive"
    assert page.evaluate("document.activeElement.id") == "passphrase"
    type_passphrase(page, OWNER.upper())
    page.wait_for_selector("html[data-state=wrong]")
    assert page.get_by_role("alert").inner_text().startswith("That does not open it.")
    assert page.evaluate("document.activeElement.id") == "passphrase"
    type_passphrase(page, OWNER)
    wait_for_heading(page, HOME)
    assert page.url == host.url
    assert page.evaluate("getComputedStyle(document.querySelector('.md-header')).position") == "sticky"
    assert page.evaluate("document.querySelector('article img').naturalWidth") == 40
    assert guest.errors == []


@pytest.mark.slow
def test_a_recipient_opens_it_with_a_passphrase_of_their_own_however_it_is_composed(host, guest):
    page = guest.locked(host)
    type_passphrase(page, GRACE.replace("é", "e\N{COMBINING ACUTE ACCENT}"))
    wait_for_heading(page, HOME)


@pytest.mark.slow
def test_the_secret_of_a_link_opens_the_site_and_leaves_the_address_at_once(host, guest):
    page = guest.context().new_page()
    page.goto(host.url + LINK_HASH + f"!/{GRANITE}")
    wait_for_heading(page, "Person granite")
    assert page.url == host.url + GRANITE
    page.go_back()
    assert "k=" not in page.url
    assert not any("ZGVmZ2" in path for path in host.asked)


@pytest.mark.slow
def test_a_link_that_was_cut_off_asks_for_a_passphrase(host, guest):
    page = guest.context().new_page()
    page.goto(host.url + LINK_HASH[:-4])
    page.wait_for_selector("html[data-state=wrong]")
    assert page.get_by_role("alert").inner_text() == "This link is not whole: its secret was cut off or changed."
    assert page.url == host.url


def test_whoever_reads_walks_through_the_site_without_a_reload_or_another_host(host, guest):
    page = guest.opened(host)
    until(page, KNOWS_PAGES)
    page.evaluate("window.here = 1")
    page.locator("article a", has_text="Person granite").click()
    wait_for_heading(page, "Person granite")
    assert page.url == host.url + GRANITE
    search_for(page, "Uniquethistle", "thistle")
    wait_for_heading(page, "Person thistle")
    assert page.evaluate("window.here") == 1, "the theme's instant navigation reloaded"
    page.locator("label[for=__palette_1]").click()
    until(page, "() => document.body.dataset.mdColorScheme === 'slate'")
    page.get_by_role("button", name="Lock now").wait_for()
    page.reload()
    wait_for_heading(page, "Person thistle")
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    page.go_back()
    wait_for_heading(page, "Person granite")
    assert guest.errors == []
    assert [address for address in guest.asked if not address.startswith((host.url, "blob:", "data:"))] == []
    packs = {path for path in host.asked if path.startswith(f"{BASE}d/")}
    named = {f"{BASE}{name}" for name in ("", "h.json", "loader.js", "sw.js", "inpage.js", "sitemap.xml")}
    assert set(host.asked) - packs <= named - {f"{BASE}sitemap.xml"}


@pytest.mark.slow
def test_a_deep_link_on_a_first_visit_survives_unlocking(host, guest):
    page = guest.context().new_page()
    answer = page.goto(host.url + GRANITE)
    assert answer.status == 404
    wait_for_lock_screen(page)
    assert page.url == f"{host.url}#!/{GRANITE}"
    type_passphrase(page, GRACE)
    wait_for_heading(page, "Person granite")
    assert page.url == host.url + GRANITE


@pytest.mark.slow
def test_a_deep_link_behind_the_hash_never_reaches_the_host_and_works_locked_or_not(host, guest):
    page = guest.locked(host, f"#!/{GRANITE}")
    type_passphrase(page, GRACE)
    wait_for_heading(page, "Person granite")
    page.goto(f"{host.url}#!/people/thistle-canary/")
    wait_for_heading(page, "Person thistle")
    assert not any("canary" in path for path in host.asked)


@pytest.mark.slow
def test_a_deep_link_leads_to_no_other_host(host, guest):
    page = guest.locked(host, "#!//evil.example/../../other/")
    type_passphrase(page, GRACE)
    page.wait_for_selector("article h1, h1")
    assert page.url.startswith(host.url)


@pytest.mark.slow
def test_a_worker_that_was_stopped_opens_again_by_itself(host, guest):
    page = guest.opened(host)
    session = page.context.new_cdp_session(page)
    session.send("ServiceWorker.enable")
    session.send("ServiceWorker.stopAllWorkers")
    page.goto(host.url + GRANITE)
    wait_for_heading(page, "Person granite")
    session.send("ServiceWorker.stopAllWorkers")
    session.send("Page.reload", {"ignoreCache": True})
    page.wait_for_load_state()
    wait_for_heading(page, "Person granite")


def test_without_a_network_every_page_opens_and_search_finds(host, guest, sealed_bundle):
    page = guest.opened(host)
    all_fetched(page, sealed_bundle)
    host.down()
    page.goto(host.url + GRANITE)
    wait_for_heading(page, "Person granite")
    search_for(page, "Uniquewalnut", "walnut")
    wait_for_heading(page, "Person walnut")
    session = page.context.new_cdp_session(page)
    session.send("ServiceWorker.enable")
    session.send("ServiceWorker.stopAllWorkers")
    page.reload()
    wait_for_heading(page, "Person walnut")


@pytest.mark.slow
def test_locking_forgets_the_key_and_what_was_fetched_in_every_tab(host, guest, sealed_bundle):
    page = guest.opened(host)
    other = page.context.new_page()
    other.goto(host.url + GRANITE)
    wait_for_heading(other, "Person granite")
    all_fetched(page, sealed_bundle)
    assert {path.removeprefix(BASE).split("/")[0] for path in page.evaluate(CACHED)} == {
        "", "d", "h.json", "loader.js", "inpage.js",
    }  # fmt: skip
    lock_now(page)
    for tab in (page, other):
        wait_for_lock_screen(tab)
        assert tab.url == host.url
    assert page.evaluate(KEPT, BASE) == ["seq"]
    assert [path for path in page.evaluate(CACHED) if path.removeprefix(BASE).startswith(("d/", "h.json"))] == []
    other.goto(host.url + GRANITE)
    wait_for_lock_screen(other)
    assert other.url == f"{host.url}#!/{GRANITE}"
    # One tab unlocks, and the others follow.
    type_passphrase(page, GRACE)
    wait_for_heading(page, HOME)
    wait_for_heading(other, "Person granite")


@pytest.mark.slow
def test_the_key_is_forgotten_with_the_last_tab_unless_the_device_is_to_remember(host, guest):
    first = guest.locked(host)
    context = first.context
    type_passphrase(first, GRACE)
    wait_for_heading(first, HOME)
    neighbour = context.new_page()
    neighbour.goto(host.url.removesuffix(BASE) + "/other/")
    second = context.new_page()
    second.goto(host.url)
    wait_for_heading(second, HOME)
    first.close()
    second.reload()
    wait_for_heading(second, HOME)
    second.close()
    third = context.new_page()
    third.goto(host.url)
    wait_for_lock_screen(third)
    type_passphrase(third, GRACE, remember=True)
    wait_for_heading(third, HOME)
    third.close()
    fourth = context.new_page()
    fourth.goto(host.url + GRANITE)
    wait_for_heading(fourth, "Person granite")


@pytest.mark.slow
def test_a_private_window_knows_nothing_of_an_open_one(host, guest):
    guest.opened(host)
    guest.locked(host)


@pytest.mark.slow
def test_a_new_publish_is_taken_without_a_question_and_the_old_one_thrown_out(host, guest, sealed_pages, sealed_bundle):
    page = guest.opened(host)
    all_fetched(page, sealed_bundle)
    newer = sealed(
        {**sealed_pages, "index.html": sealed_pages["index.html"].replace(b"road leads", b"road leads now")}, seq=2
    )
    host.files = newer.files()
    page.reload()
    wait_for_heading(page, "Where the road leads now")
    all_fetched(page, newer)
    old = {f"{BASE}d/{name}" for name, _ in sealed_bundle.packs}
    assert old.isdisjoint(page.evaluate(CACHED))


@pytest.mark.slow
def test_a_deployment_that_is_not_there_whole_leaves_the_old_site_open(host, guest, sealed_pages, sealed_bundle):
    page = guest.opened(host)
    all_fetched(page, sealed_bundle)
    newer = sealed({**sealed_pages, "note.txt": b"another"}, seq=2)
    host.files = {**sealed_bundle.files(), "h.json": newer.header}
    page.goto(host.url + GRANITE)
    wait_for_heading(page, "Person granite")


@pytest.mark.slow
def test_whoever_is_no_longer_a_recipient_is_locked_out_by_the_next_publish(host, guest, sealed_pages):
    page = guest.opened(host)
    host.files = sealed(sealed_pages, seq=2, recipients=()).files()
    page.goto(host.url + GRANITE)
    wait_for_lock_screen(page)
    assert page.evaluate(KEPT, BASE) == ["seq"]


@pytest.mark.slow
def test_it_opens_at_another_port_and_folder_than_it_was_built_for(guest, sealed_bundle):
    elsewhere = Host(sealed_bundle.files(), base="/")
    elsewhere.up()
    page = guest.opened(elsewhere)
    until(page, KNOWS_PAGES)
    page.evaluate("window.here = 1")
    page.locator("article a", has_text="Person granite").click()
    wait_for_heading(page, "Person granite")
    assert page.evaluate("window.here") == 1
    elsewhere.down()


@pytest.mark.slow
def test_an_address_without_a_page_is_answered_404_with_the_sites_own_page(host, guest):
    page = guest.opened(host)
    answer = page.goto(host.url + "people/nobody/")
    assert answer.status == 404
    wait_for_heading(page, "404")
    assert page.evaluate("getComputedStyle(document.querySelector('.md-header')).position") == "sticky"
    assert page.goto(host.url + GRANITE.removesuffix("/")).url == host.url + GRANITE
    assert page.goto(host.url + "note.txt").text() == "a note\n"
    assert guest.errors == []
    assert not any("canary" in path or "nobody" in path for path in host.asked)


@pytest.mark.slow
def test_without_a_network_a_locked_site_says_what_is_missing(host, guest, sealed_bundle):
    page = guest.opened(host)
    all_fetched(page, sealed_bundle)
    lock_now(page)
    wait_for_lock_screen(page)
    host.down()
    page.goto(host.url + GRANITE)
    wait_for_lock_screen(page)
    type_passphrase(page, GRACE)
    page.wait_for_selector("html[data-state=wrong]")
    assert page.get_by_role("alert").inner_text() == "The host cannot be reached. Go online and try again."


@pytest.mark.slow
def test_the_lock_is_reached_by_the_keyboard_and_not_printed(host, guest):
    page = guest.opened(host)
    page.get_by_role("button", name="Lock now").focus()
    page.keyboard.press("Enter")
    wait_for_lock_screen(page)
    page.goto(host.url + LINK_HASH)
    wait_for_heading(page, HOME)
    page.emulate_media(media="print")
    assert page.locator("playbook-lock").evaluate("lock => getComputedStyle(lock).display") == "none"
