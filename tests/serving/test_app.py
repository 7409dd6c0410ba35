"""The served site's application: what it answers, to whom, and that nobody else may read or write."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from playbook.serving.app import make_app
from playbook.serving.guard import HEADERS
from playbook.serving.live import Live, Outcome
from tests.serving.asking import HOST, Served, live_site


@pytest.fixture
def folder(tmp_path):
    site = tmp_path / "site"
    for name, text in {
        "index.html": "<html><body><h1>Home</h1></body></html>",
        "404.html": "<html><body>Not here</body></html>",
        "people/index.html": "<html><body>People</body></html>",
        "assets/x.css": "body {}",
        "search/search_index.json": "{}",
    }.items():
        file = site / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    (tmp_path / "secret.txt").write_text("secret")
    return site


async def write(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"written by {request.method}")


def served(live: Live) -> Served:
    return Served(make_app(live, writes=[Route("/write", write, methods=["GET", "POST", "PUT", "DELETE"])]))


# ---- what is answered


def test_files_are_served_with_their_types_and_pages_with_a_script_before_their_end(folder):
    site = served(live_site(folder))
    page = site.ask("/")
    assert page.status == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    before, _, script = page.body.decode().partition('<script data-playbook-version="')
    assert before == "<html><body><h1>Home</h1>"
    assert f'data-playbook-token="{site.app.state.door.token}"' in script
    assert script.endswith("</script></body></html>")
    style = site.ask("/assets/x.css")
    assert (style.body, style.headers["content-type"]) == (b"body {}", "text/css; charset=utf-8")
    assert site.ask("/search/search_index.json").headers["content-type"] == "application/json"


def test_a_page_that_is_not_there_is_the_sites_own_404(folder):
    answer = served(live_site(folder)).ask("/people/nobody/")
    assert (answer.status, answer.body.decode().partition("<script")[0]) == (404, "<html><body>Not here")


def test_a_folder_without_its_slash_leads_to_the_one_with_it(folder):
    answer = served(live_site(folder)).ask("/people")
    assert (answer.status, answer.headers["location"]) == (307, "/people/")


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/people/../../secret.txt",
        "//etc/passwd",
        "/%2e%2e/secret.txt",
        "/..\\secret.txt",
        "/out/secret.txt",
        "/leak.txt",
        "/\0",
        f"/{'x' * 5000}",
        "/.",
        "/assets",
        "/assets/",
    ],
)
def test_nothing_outside_the_site_is_ever_read(folder, tmp_path, path):
    (folder / "out").symlink_to(tmp_path)
    (folder / "leak.txt").symlink_to(tmp_path / "secret.txt")
    answer = served(live_site(folder)).ask(path)
    assert b"secret" not in answer.body
    assert answer.status in (404, 307) or path == "/."


def test_text_of_a_problem_cannot_end_the_script_that_carries_it(folder):
    slip = "a.yml:1:1: error: '</script><script>alert(1)</script><!--'. [x]"
    page = Served(make_app(live_site(folder, (slip,)))).ask("/").body.decode()
    assert page.count("</script>") == 1
    assert "<!--" not in page
    message = page[page.rindex("({") + 1 : page.rindex(")</script>")]
    assert json.loads(message)["problems"] == [slip]


def test_before_there_is_a_site_the_page_says_why(folder):
    answer = served(live_site(None, ("mkdocs.yml:1:1: error: not YAML. [bad-config]",))).ask("/")
    assert answer.status == 503
    assert b"mkdocs.yml:1:1: error: not YAML" in answer.body
    assert b"The site appears once that is mended." in answer.body


def test_the_last_good_site_stays_and_says_that_it_is_older(folder):
    answer = served(live_site(folder, (), Outcome(problems=("a.yml:1:1: error: no. [x]",)))).ask("/")
    assert answer.status == 200
    assert b"<h1>Home</h1>" in answer.body
    assert b"This is the last good site" in answer.body


def test_changes_are_told_as_they_come_and_end_with_the_server(folder):
    live = live_site(folder, (), Outcome(problems=("no",)))
    live.end()
    answer = served(live).ask("/_playbook/events")
    assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert json.loads(answer.body.decode().removeprefix("data: ")) == {
        "version": live.version,
        "problems": ["no"],
        "shown": "This is the last good site; it follows again once that is mended.",
    }


# ---- who is answered


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:8000", "LOCALHOST:1", "127.0.0.1:8000", "[::1]:8000", "[::1]"]
)
def test_this_machine_is_answered(folder, host):
    assert served(live_site(folder)).ask("/", host=host).status == 200


@pytest.mark.parametrize(
    "host",
    ["", "evil.example", "evil.example:8000", "localhost.evil.example", "127.0.0.1.evil.example:80", "192.168.0.7:8000",
     "localhost:evil", "127.0.0.1@evil.example", "[::2]:80", ":8000", "0.0.0.0:8000"],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/", "/_playbook/events", "/_playbook/write"])
def test_a_name_that_somebody_else_points_at_this_machine_is_refused(folder, host, path):
    answer = served(live_site(folder)).ask(path, host=host)
    assert (answer.status, answer.body) == (403, b"This server answers to localhost alone.\n")


@pytest.mark.parametrize(
    ("path", "headers"),
    [("/", {}), ("/nobody", {}), ("/assets/x.css", {}), ("/", {"host": "evil.example"}), ("/people", {})],
)
def test_every_answer_keeps_to_this_machine_and_out_of_caches(folder, path, headers):
    given = served(live_site(folder)).ask(path, **headers).headers
    assert {name: given[name.lower()] for name in HEADERS} == HEADERS
    assert HEADERS["Cache-Control"] == "no-store"
    assert HEADERS["X-Content-Type-Options"] == "nosniff"
    assert HEADERS["X-Frame-Options"] == "DENY"
    assert "default-src 'self'" in HEADERS["Content-Security-Policy"]
    assert "http:" not in HEADERS["Content-Security-Policy"]


def test_a_request_that_names_no_host_is_refused(folder):
    scope = {
        "type": "http", "method": "GET", "path": "/", "raw_path": b"/", "root_path": "", "scheme": "http",
        "query_string": b"", "headers": [], "http_version": "1.0",
    }  # fmt: skip
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(make_app(live_site(folder))(scope, receive, send))
    assert sent[0]["status"] == 403


def test_a_bug_is_answered_with_the_same_headers_and_nothing_of_the_machine(folder):
    async def buggy(request: Request) -> PlainTextResponse:
        raise ZeroDivisionError(str(folder))

    site = Served(make_app(live_site(folder), writes=[Route("/write", buggy)]))
    with pytest.raises(ZeroDivisionError):  # the server prints it
        site.ask("/_playbook/write")
    asked = Served(_Quiet(site.app)).ask("/_playbook/write")
    assert (asked.status, asked.body) == (500, b"This is a bug; the terminal shows where.\n")
    assert {name: asked.headers[name.lower()] for name in HEADERS} == HEADERS


class _Quiet:
    """An application whose error has been printed."""

    def __init__(self, app: Any) -> None:
        self.app, self.state = app, app.state

    async def __call__(self, *arguments: Any) -> None:
        with suppress(ZeroDivisionError):
            await self.app(*arguments)


@pytest.mark.parametrize(
    "path", ["//evil.example", "//evil.example/..", "/\\evil.example", "/.//people", "//people", "{root}/people"]
)
def test_no_address_leads_to_another_host(folder, path):
    answer = served(live_site(folder)).ask(path.format(root="/" + str(folder)))
    assert answer.headers.get("location", "/people/") == "/people/"


# ---- who may write


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_a_page_of_this_run_may_write(folder, method):
    site = served(live_site(folder))
    answer = site.ask("/_playbook/write", method, origin=f"http://{HOST}", x_playbook_token=site.app.state.door.token)
    assert (answer.status, answer.body.decode()) == (200, f"written by {method}")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": f"http://{HOST}"},
        {"x_playbook_token": "TOKEN"},
        {"origin": f"http://{HOST}", "x_playbook_token": "another run's"},
        {"origin": f"http://{HOST}", "x_playbook_token": "é"},
        {"origin": f"http://{HOST}", "x_playbook_token": ""},
        {"origin": "http://evil.example", "x_playbook_token": "TOKEN"},
        {"origin": "http://localhost:9000", "x_playbook_token": "TOKEN"},
        {"origin": f"https://{HOST}", "x_playbook_token": "TOKEN"},
        {"origin": "null", "x_playbook_token": "TOKEN"},
    ],
)
@pytest.mark.parametrize(
    ("path", "method"), [("/_playbook/write", "POST"), ("/_playbook/write", "DELETE"), ("/", "POST")]
)
def test_nobody_else_may_write(folder, headers, path, method):
    site = served(live_site(folder))
    given = {name: site.app.state.door.token if value == "TOKEN" else value for name, value in headers.items()}
    answer = site.ask(path, method, **given)
    assert answer.status == 403
    assert json.loads(answer.body) == {"error": "only a page of this site, served by this run, may change anything"}


def test_each_run_has_a_token_of_its_own(folder):
    tokens = {make_app(live_site(folder)).state.door.token for _ in range(5)}
    assert len(tokens) == 5
    assert min(map(len, tokens)) >= 40
