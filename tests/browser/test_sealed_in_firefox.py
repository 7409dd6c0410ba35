"""A sealed site in another engine than Chromium's, where it is installed."""

from __future__ import annotations

import json
import shutil

import pytest

from tests.browser.sealed_host import BASE, GRACE, HOME, KNOWS_PAGES, LINK_HASH, OWNER

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LOCK_NOW = "document.querySelector('playbook-lock').shadowRoot.querySelector('button')"


@pytest.fixture
def firefox(tmp_path):
    executable = shutil.which("firefox-esr") or shutil.which("firefox")
    if not executable:
        pytest.skip("no firefox on the PATH")
    from tests.browser.firefox import Firefox

    with Firefox(executable, tmp_path / "firefox") as running:
        yield running


def type_passphrase(firefox, passphrase: str) -> None:
    field = "document.querySelector('#passphrase')"
    firefox.value(f"(({field}).value = {json.dumps(passphrase)}, {field}.form.requestSubmit())")


def wait_for_heading(firefox, text: str) -> None:
    firefox.until(f"document.querySelector('article h1')?.textContent.includes({json.dumps(text)})")


def follow(firefox, text: str) -> None:
    links = "[...document.querySelectorAll('article a')]"
    firefox.value(f"{links}.find((link) => link.textContent.includes({json.dumps(text)})).click()")
    wait_for_heading(firefox, text)


def is_followed_at_once(firefox, host, name: str) -> bool:
    """Whether the theme shows the page without a reload; one that has only just begun may not know the link yet."""
    firefox.go(host.url)
    wait_for_heading(firefox, HOME)
    firefox.until(KNOWS_PAGES)
    firefox.value("window.here = 1")
    follow(firefox, f"Person {name}")
    return firefox.value("window.here") == 1


def test_it_opens_searches_reloads_works_without_a_network_and_locks(host, firefox):
    firefox.go(host.url)
    firefox.until("document.documentElement.dataset.state === 'ready'")
    assert firefox.value("document.title") == "Locked"
    type_passphrase(firefox, OWNER + "x")
    firefox.until("document.documentElement.dataset.state === 'wrong'")
    type_passphrase(firefox, OWNER)
    wait_for_heading(firefox, HOME)
    assert any(is_followed_at_once(firefox, host, name) for name in ("lantern", "walnut", "granite"))
    firefox.go(f"{host.url}people/granite-canary/")
    wait_for_heading(firefox, "Person granite")
    firefox.value("window.here = 1")
    firefox.value("void location.reload()")
    firefox.until("window.here === undefined")
    wait_for_heading(firefox, "Person granite")
    found = firefox.value("fetch('../../search/search_index.json').then((one) => one.text())")
    assert "Uniquethistle" in found
    assert firefox.value("fetch('http://127.0.0.1:9/').then(() => 'answered', () => 'refused')") == "refused"
    host.down()
    firefox.go(f"{host.url}people/thistle-canary/")
    wait_for_heading(firefox, "Person thistle")
    host.up()
    firefox.until(f"!!{LOCK_NOW}")
    firefox.value(f"void {LOCK_NOW}.click()")
    firefox.until("document.title === 'Locked'")
    assert not any("canary" in path or "search" in path for path in host.asked)


def test_a_link_opens_it_and_its_secret_leaves_the_address(host, firefox):
    firefox.go(host.url + LINK_HASH)
    wait_for_heading(firefox, HOME)
    assert firefox.value("location.href") == host.url
    assert {path.removeprefix(BASE).split("/")[0] for path in host.asked} <= {
        "",
        "d",
        "h.json",
        "loader.js",
        "sw.js",
        "inpage.js",
    }


def test_one_file_opens_from_a_disk(one_file, firefox):
    firefox.go(one_file.as_uri())
    firefox.until("document.documentElement.dataset.state === 'ready'")
    type_passphrase(firefox, GRACE)
    wait_for_heading(firefox, HOME)
    follow(firefox, "Person granite")
    assert firefox.value("location.hash") == "#!/people/granite-canary/"
