"""A sealed site against a host that changes it, neighbours that frame it, and pages that somebody slipped a script into."""

from __future__ import annotations

import hashlib

import pytest

from playbook.publish.policy import content_security_policy
from tests.browser.sealed_host import (
    BASE,
    GRACE,
    HOME,
    LINK_HASH,
    PLANTED,
    RECIPIENTS,
    Host,
    lock_now,
    sealed,
    type_passphrase,
    wait_for_heading,
    wait_for_lock_screen,
)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PLAIN_HOME = f"<!doctype html><title>Home</title><body><article><h1>{HOME}</h1></article></body>".encode()
FILLER = hashlib.shake_256(b"filler").hexdigest(300_000)
"""Long enough that a page of it spans several packs, compressed or not."""
TWO_PAGES = {"index.html": PLAIN_HOME, "long/index.html": f"<!doctype html><h1>Long</h1>{FILLER}".encode()}
NOT_SEALED = "A part of this site is not what was sealed: it was changed, cut off or swapped."
FETCH = "address => fetch(address).then(() => 'answered', (error) => error.message)"


def planted(pages: dict[str, bytes]) -> dict[str, bytes]:
    """The site with a script in its home page that its policy does not know."""
    return {**pages, "index.html": pages["index.html"].replace(b"</article>", PLANTED.encode() + b"</article>")}


@pytest.mark.slow
@pytest.mark.parametrize("workers", ["allow", "block"])
def test_a_script_that_was_slipped_into_a_page_does_not_run(host, guest, sealed_pages, workers):
    page = guest.context(service_workers=workers).new_page()
    host.files = sealed(planted(sealed_pages), csp=content_security_policy(sealed_pages)).files()
    page.goto(host.url + LINK_HASH)
    wait_for_heading(page, HOME)
    page.get_by_role("button", name="Lock now").wait_for()
    ran = page.evaluate(
        """async () => {
            const script = document.createElement('script');
            script.textContent = 'window.slipped = 1';
            document.body.append(script);
            const picture = document.createElement('div');
            picture.innerHTML = '<img src="nothing.png" onerror="window.handled = 1">';
            document.body.append(picture);
            await new Promise((done) => setTimeout(done, 200));
            return [window.planted, window.slipped, window.handled];
        }"""
    )
    assert ran == [None, None, None]
    away = Host(base="/")
    away.up()
    assert page.evaluate(FETCH, away.url) == "Failed to fetch"
    assert page.evaluate("address => { new Image().src = address }", away.url) is None
    assert away.asked == []
    away.down()


@pytest.mark.slow
def test_even_a_policy_that_allows_everything_lets_no_page_speak_to_another_host(host, guest):
    away = Host({"": b"", "pixel.png": b""}, base="/")
    away.up()
    everything = "default-src * 'unsafe-inline'"
    host.files = sealed({"index.html": PLAIN_HOME}, csp=everything).files()
    page = guest.opened(host)
    page.get_by_role("button", name="Lock now").wait_for()
    assert page.evaluate(FETCH, f"{away.url}pixel.png") == "Failed to fetch"
    loaded = """address => new Promise((resolve) => {
        const picture = new Image();
        picture.onerror = () => resolve('error');
        picture.onload = () => resolve('loaded');
        picture.src = address;
    })"""
    assert page.evaluate(loaded, f"{away.url}pixel.png") == "error"
    assert away.asked == []
    away.down()


@pytest.mark.slow
def test_pages_come_with_the_headers_that_a_host_like_this_cannot_set(host, guest, sealed_pages):
    page = guest.opened(host)
    found = page.reload().headers
    assert {name: value for name, value in found.items() if name != "content-length"} == {
        "cache-control": "no-store",
        "content-security-policy": content_security_policy(sealed_pages),
        "content-type": "text/html; charset=utf-8",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "x-robots-tag": "noindex",
    }


@pytest.mark.slow
def test_a_neighbour_on_the_same_host_cannot_frame_it_locked_or_open(host, guest):
    page = guest.context().new_page()
    page.goto(host.url.removesuffix(BASE) + "/other/")
    frame = """address => new Promise((resolve) => {
        const frame = document.createElement('iframe');
        frame.src = address;
        frame.onload = () => setTimeout(() => resolve(frame.contentDocument?.body?.innerText ?? 'refused'), 300);
        document.body.append(frame);
    })"""
    told = page.evaluate(frame, host.url)
    assert "This page does not open inside another one." in told
    assert "Passphrase" not in told
    opened = page.context.new_page()
    opened.goto(host.url + LINK_HASH)
    wait_for_heading(opened, HOME)
    assert page.evaluate(frame, host.url) == "refused"


def test_an_older_publish_is_refused_open_and_locked_with_the_reason(host, guest, sealed_pages, sealed_bundle):
    host.files = sealed(sealed_pages, seq=5).files()
    page = guest.opened(host)
    host.files = sealed_bundle.files()
    answer = page.reload()
    assert answer.status == 409
    assert page.title() == "Not opened"
    reason = "The host offers an older publish (number 1) than one you have opened here before (number 5)."
    assert page.get_by_role("alert").inner_text().startswith(reason)
    host.files = sealed(sealed_pages, seq=5).files()
    page.get_by_role("link", name="Try again").click()
    wait_for_heading(page, HOME)
    lock_now(page)
    wait_for_lock_screen(page)
    host.files = sealed_bundle.files()
    page.reload()
    wait_for_lock_screen(page)
    type_passphrase(page, GRACE)
    page.wait_for_selector("html[data-state=refused]")
    assert page.get_by_role("alert").inner_text().startswith(reason)
    assert not page.get_by_label("Passphrase", exact=True).is_visible()


@pytest.mark.slow
@pytest.mark.parametrize("workers", ["allow", "block"])
def test_another_publish_of_the_same_number_opens_in_either_order(host, guest, sealed_pages, workers):
    now = {**sealed_pages, "index.html": sealed_pages["index.html"].replace(b"road leads", b"road leads now")}
    one, other = sealed(sealed_pages, seq=5), sealed(now, seq=5, recipients=RECIPIENTS[:1])
    page = guest.context(service_workers=workers).new_page()
    for bundle in (one, other, one):
        host.files = bundle.files()
        page.goto(host.url)
        page.wait_for_selector("html[data-state=ready], article h1")
        if page.title() == "Locked":
            type_passphrase(page, GRACE)
        wait_for_heading(page, HOME)
        assert ("leads now" in page.locator("article h1").inner_text()) == (bundle is other)


@pytest.mark.slow
def test_an_older_publish_is_refused_without_a_worker_too(host, guest, sealed_pages, sealed_bundle):
    host.files = sealed(sealed_pages, seq=5).files()
    page = guest.opened(host, service_workers="block")
    host.files = sealed_bundle.files()
    page.goto(host.url)
    page.reload()
    wait_for_lock_screen(page)
    type_passphrase(page, GRACE)
    page.wait_for_selector("html[data-state=refused]")


@pytest.mark.slow
@pytest.mark.parametrize(("count", "told"), [(b"599999", "599,999"), (b"10000001", "10,000,001")])
def test_a_header_with_too_few_or_too_many_iterations_is_refused_before_anybody_types(host, guest, count, told):
    host.files = {**host.files, "h.json": host.files["h.json"].replace(b"600000", count)}
    page = guest.context().new_page()
    page.goto(host.url)
    page.wait_for_selector("html[data-state=refused]")
    assert f"it asks for {told} rounds of key derivation" in page.get_by_role("alert").inner_text()
    assert not page.get_by_label("Passphrase", exact=True).is_visible()


@pytest.mark.slow
def test_a_header_of_another_shape_is_refused(host, guest):
    host.files = {**host.files, "h.json": b'{"v":2}'}
    page = guest.context().new_page()
    page.goto(host.url)
    page.wait_for_selector("html[data-state=refused]")
    assert page.get_by_role("alert").inner_text().startswith("The header of this site (h.json) is damaged")


@pytest.mark.slow
@pytest.mark.parametrize("change", ["flipped", "missing", "cut", "swapped", "replayed"])
def test_a_page_of_which_a_pack_was_changed_is_not_shown_by_half(host, guest, change):
    bundle = sealed(TWO_PAGES, csp="default-src 'self'")
    old = sealed({**TWO_PAGES, "index.html": b"older"}, csp="default-src 'self'")
    files = bundle.files()
    names = [f"d/{name}" for name, _ in bundle.packs]
    second, third = files[names[1]], files[names[2]]
    files |= {
        "flipped": {names[2]: third[:50_000] + bytes([third[50_000] ^ 1]) + third[50_001:]},
        "cut": {names[2]: third[:-1]},
        "swapped": {names[1]: third, names[2]: second},
        "replayed": {names[2]: old.packs[2][1]},
        "missing": {},
    }[change]
    if change == "missing":
        del files[names[2]]
    host.files = files
    page = guest.opened(host)
    answer = page.goto(host.url + "long/")
    status, told = (
        (503, "A part of this site is missing on the host (status 404).") if change == "missing" else (502, NOT_SEALED)
    )
    assert (answer.status, page.title(), page.get_by_role("alert").inner_text()) == (status, "Not opened", told)
    assert FILLER[:40] not in page.content()
    host.files = bundle.files()
    page.get_by_role("link", name="Try again").click()
    page.wait_for_selector("h1:text-is('Long')")


@pytest.mark.slow
def test_a_site_whose_first_pack_was_changed_does_not_open(host, guest):
    bundle = sealed(TWO_PAGES, csp="default-src 'self'")
    name, content = bundle.packs[0]
    host.files = {**bundle.files(), f"d/{name}": content[:-1] + bytes([content[-1] ^ 128])}
    page = guest.locked(host)
    type_passphrase(page, GRACE)
    page.wait_for_selector("html[data-state=wrong]")
    assert page.get_by_role("alert").inner_text() == NOT_SEALED


@pytest.mark.slow
def test_a_loader_script_that_was_changed_does_not_run(host, guest):
    host.files = {**host.files, "loader.js": b"document.title = 'caught'"}
    page = guest.context().new_page()
    page.goto(host.url)
    page.wait_for_load_state()
    assert page.title() == "Locked"


@pytest.mark.slow
def test_without_https_it_says_so_and_takes_no_passphrase(host, guest):
    page = guest.context().new_page()

    def answer(route) -> None:
        name = route.request.url.removeprefix("http://ada.example/road/") or "index.html"
        kind = {"html": "text/html", "js": "text/javascript"}.get(name.rpartition(".")[2], "application/json")
        route.fulfill(body=host.files[name], content_type=kind)

    page.route("http://ada.example/**", answer)
    page.goto("http://ada.example/road/")
    page.wait_for_selector("html[data-state=refused]")
    assert page.get_by_role("alert").inner_text() == (
        "This address needs https: without it the browser offers no encryption. Open https://ada.example/road/ instead."
    )
    assert not page.get_by_label("Passphrase", exact=True).is_visible()
