"""Who comes in, and who is refused: by host, by what the browser says of a request, by key, cookie and token."""

from __future__ import annotations

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from playbook.serving.app import make_app
from playbook.serving.door import KEY_SECONDS, Door
from tests.serving.asking import HOST, Served, live_site


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


async def write(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"written by {request.method}")


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def site(tmp_path, clock):
    folder = tmp_path / "site"
    for name in ("index.html", "people/index.html"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("<html><body>Grace Hopper</body></html>")
    routes = [Route("/write", write, methods=["GET", "POST"])]
    return Served(make_app(live_site(folder), door=Door(clock), writes=routes))


# ---- the key


def test_a_key_becomes_a_cookie_that_no_script_sees_and_leaves_the_address(site):
    key = site.door.new_key()
    answer = site.stranger(f"/people/?a=1&key={key}&b=2")
    assert (answer.status, answer.headers["location"]) == (303, "/people/?a=1&b=2")
    assert answer.headers["set-cookie"] == (f"playbook-8000={site.door.cookie}; HttpOnly; Path=/; SameSite=strict")
    assert site.stranger("/people/", cookie=f"playbook-8000={site.door.cookie}").status == 200


def test_a_key_opens_once(site):
    key = site.door.new_key()
    assert site.stranger(f"/?key={key}").status == 303
    again = site.stranger(f"/?key={key}")
    assert again.status == 403
    assert "set-cookie" not in again.headers
    assert b"was used already, or is too old" in again.body
    assert b"Grace" not in again.body


def test_whoever_came_in_may_use_the_old_address_and_spends_no_key(site):
    key = site.door.new_key()
    answer = site.ask(f"/people/?key={key}")
    assert (answer.status, answer.headers["location"]) == (303, "/people/")
    assert site.stranger(f"/?key={key}").status == 303


def test_a_key_opens_for_ten_minutes(site, clock):
    early, late = site.door.new_key(), site.door.new_key()
    clock.now += KEY_SECONDS - 1
    assert site.stranger(f"/?key={early}").status == 303
    clock.now += 2
    assert site.stranger(f"/?key={late}").status == 403


@pytest.mark.parametrize("key", ["", "x", "é", "k" * 5000, "%00"])
def test_what_is_no_key_opens_nothing(site, key):
    site.door.new_key()
    assert site.stranger(f"/?key={key}").status == 403


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("HEAD", "/?key=KEY", {}),
        ("OPTIONS", "/?key=KEY", {}),
        ("POST", "/?key=KEY", {}),
        ("GET", "/_playbook/events?key=KEY", {}),
        ("GET", "/?key=KEY", {"sec_purpose": "prefetch;prerender"}),
        ("GET", "/?key=KEY", {"host": "evil.example"}),
        ("GET", "/?key=KEY", {"sec_fetch_site": "cross-site", "sec_fetch_mode": "no-cors", "sec_fetch_dest": "image"}),
    ],
)
def test_only_a_visit_spends_a_key(site, method, path, headers):
    key = site.door.new_key()
    refused = site.stranger(path.replace("KEY", key), method, **headers)
    assert refused.status == 403
    assert "set-cookie" not in refused.headers
    assert site.stranger(f"/?key={key}").status == 303


@pytest.mark.parametrize(
    ("path", "where"), [("//evil.example/", "/evil.example/"), ("/\\evil.example/", "/%5Cevil.example/")]
)
def test_a_key_leads_to_no_other_host(site, path, where):
    assert site.stranger(f"{path}?key={site.door.new_key()}").headers["location"] == where


# ---- the cookie


@pytest.mark.parametrize(
    "path", ["/", "/people/", "/nobody/", "/_playbook/events", "/_playbook/write", "/_playbook/writing.js"]
)
@pytest.mark.parametrize("cookie", ["", "playbook-8000=x", "playbook-8000=", "other=COOKIE", "playbook-9000=COOKIE"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST"])
def test_without_the_cookie_of_this_run_nobody_reads_anything(site, path, cookie, method):
    answer = site.stranger(path, method, cookie=cookie.replace("COOKIE", site.door.cookie))
    assert answer.status == 403
    assert b"Grace" not in answer.body


def test_whoever_looks_at_a_page_is_told_how_to_come_in_and_a_script_in_a_line(site):
    page = site.stranger("/", sec_fetch_site="none", sec_fetch_mode="navigate", sec_fetch_dest="document")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert b"press <kbd>Enter</kbd>" in page.body
    script = site.stranger("/", sec_fetch_site="same-origin", sec_fetch_mode="cors", sec_fetch_dest="empty")
    assert script.body == (
        b'{"error":"This browser has not come in yet. Open the address that playbook serve shows in its terminal."}'
    )


# ---- what a browser says of a request

VISIT = {"sec_fetch_mode": "navigate", "sec_fetch_dest": "document"}
PICTURE = {"sec_fetch_mode": "no-cors", "sec_fetch_dest": "image"}
SCRIPT = {"sec_fetch_mode": "no-cors", "sec_fetch_dest": "script"}
FETCH = {"sec_fetch_mode": "cors", "sec_fetch_dest": "empty"}
FRAME = {"sec_fetch_mode": "navigate", "sec_fetch_dest": "iframe"}


@pytest.mark.parametrize(
    "how", [PICTURE, SCRIPT, FETCH, FRAME, {"sec_fetch_mode": "no-cors", "sec_fetch_dest": ""}, {}]
)
@pytest.mark.parametrize("site_said", ["cross-site", "same-site", "", "something new"])
@pytest.mark.parametrize("path", ["/", "/_playbook/events", "/_playbook/write"])
def test_what_a_page_elsewhere_loads_is_refused_although_the_cookie_came_along(site, how, site_said, path):
    answer = site.ask(path, sec_fetch_site=site_said, **how)
    assert (answer.status, answer.body) == (403, b"Pages of other sites get nothing from here.\n")


@pytest.mark.parametrize("site_said", ["cross-site", "same-site"])
def test_a_page_may_be_visited_from_elsewhere_and_the_room_for_writes_may_not(site, site_said):
    assert site.ask("/people/", sec_fetch_site=site_said, **VISIT).status == 200
    assert site.ask("/people/", "HEAD", sec_fetch_site=site_said, **VISIT).status == 403
    assert site.ask("/_playbook/write", sec_fetch_site=site_said, **VISIT).status == 403


@pytest.mark.parametrize("how", [VISIT, PICTURE, SCRIPT, FETCH])
def test_its_own_pages_and_its_user_read_everything(site, how):
    assert site.ask("/people/", sec_fetch_site="same-origin", **how).status == 200
    assert site.ask("/people/", sec_fetch_site="none", **how).status == 200


@pytest.mark.parametrize(
    ("origin", "status"),
    [("http://localhost:9000", 403), ("null", 403), ("https://evil.example", 403), (f"http://{HOST}", 200)],
)
def test_a_browser_that_says_nothing_of_the_kind_is_held_to_its_origin(site, origin, status):
    assert site.ask("/people/", origin=origin).status == status


# ---- the token


def test_a_page_of_this_run_writes(site):
    said = {"origin": f"http://{HOST}", "x_playbook_token": site.door.token}
    assert site.ask("/_playbook/write", "POST", **said).body == b"written by POST"
    assert site.ask("/_playbook/write", "POST", sec_fetch_site="same-origin", **FETCH, **said).status == 200


@pytest.mark.parametrize("site_said", ["cross-site", "same-site", "none", ""])
@pytest.mark.parametrize("how", [VISIT, FETCH])
def test_nothing_is_written_from_elsewhere_be_the_token_ever_so_right(site, site_said, how):
    said = {"origin": f"http://{HOST}", "x_playbook_token": site.door.token}
    assert site.ask("/_playbook/write", "POST", sec_fetch_site=site_said, **how, **said).status == 403


def test_the_token_alone_writes_nothing_without_the_cookie(site):
    said = {"origin": f"http://{HOST}", "x_playbook_token": site.door.token}
    assert site.stranger("/_playbook/write", "POST", **said).status == 403


def test_a_question_of_another_site_whether_it_may_write_gets_no_leave(site):
    answer = site.stranger(
        "/_playbook/write", "OPTIONS", origin="http://localhost:9000", sec_fetch_site="same-site", **FETCH,
        access_control_request_method="POST", access_control_request_headers="x-playbook-token",
    )  # fmt: skip
    assert answer.status == 403
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_each_run_has_secrets_of_its_own():
    doors = [Door() for _ in range(5)]
    secrets = {text for door in doors for text in (door.token, door.cookie, door.new_key(), door.new_key())}
    assert len(secrets) == 20
    assert min(map(len, secrets)) >= 22
