"""A page elsewhere, in the very browser that reads the playbook, learns nothing of it and writes nothing into it."""

from __future__ import annotations

import hashlib
import http.server
import threading

import pytest

from tests.browser.chromium import started
from tests.browser.served_book import CONFIG, served

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

GOAL = "content/goals/staff.yml"
BOOK = {
    "mkdocs.yml": CONFIG,
    ".gitignore": ".cache/\n",
    "content/me.yml": "name: Ada\n",
    "content/people/grace.yml": "name: Grace Hopper\n",
    GOAL: "title: Staff engineer\nchecklist:\n- Draft the packet\n",
    "content/pages/about.md": "# About\n",
}
# What a page can try against another. Each comes to a word: nothing but `refused` may be among them.
ATTACKS = """
async ([book, digest]) => {
  const url = (path) => book + path
  const loaded = (name, set) => new Promise((resolve) => {
    const one = document.createElement(name)
    one.onload = () => resolve("loaded")
    one.onerror = () => resolve("refused")
    set(one)
    document.body.append(one)
  })
  const answered = (request) => request.then(() => "answered", () => "refused")
  const order = JSON.stringify({ record: "goals/staff", digest, index: 0, text: "Draft the packet" })
  const post = (more) => answered(fetch(url("_playbook/tick"), { method: "POST", body: order, ...more }))
  const posted = (type, target) => new Promise((resolve) => {
    const frame = document.createElement("iframe")
    frame.name = "frame" + Math.random()
    document.body.append(frame)
    const form = Object.assign(document.createElement("form"), { method: "post", action: url(target), enctype: type, target: frame.name })
    const field = document.createElement("input")
    field.name = order.slice(0, -1) + ',"a":"'
    field.value = '"}'
    form.append(field)
    document.body.append(form)
    form.submit()
    setTimeout(() => {
      try {
        resolve(frame.contentDocument && frame.contentDocument.body.innerText ? "read" : "refused")
      } catch {
        resolve("refused")
      }
    }, 800)
  })
  const opened = async () => {
    const other = open(url("people/grace/"))
    await new Promise((resolve) => setTimeout(resolve, 1500))
    try {
      return other && !other.closed && other.document.body.innerText ? "read" : "refused"
    } catch {
      return "refused"
    } finally {
      if (other) other.close()
    }
  }
  const listened = () => new Promise((resolve) => {
    const events = new EventSource(url("_playbook/events"), { withCredentials: true })
    events.onmessage = () => resolve("heard")
    events.onerror = () => resolve("refused")
  })
  return {
    script: await loaded("script", (one) => (one.src = url("people/grace/"))),
    module: await loaded("script", (one) => { one.type = "module"; one.src = url("_playbook/writing.js") }),
    index: await loaded("script", (one) => (one.src = url("search/search_index.json"))),
    picture: await loaded("img", (one) => (one.src = url("assets/images/favicon.png"))),
    style: await loaded("link", (one) => { one.rel = "stylesheet"; one.href = url("assets/playbook/playbook.css") }),
    quiet: await answered(fetch(url("people/grace/"), { mode: "no-cors", credentials: "include" })),
    open: await answered(fetch(url("people/grace/"), { credentials: "include" })),
    state: await answered(fetch(url("_playbook/uncommitted"), { mode: "no-cors", credentials: "include" })),
    text: await post({ mode: "no-cors", credentials: "include" }),
    json: await post({ credentials: "include", headers: { "Content-Type": "application/json" } }),
    token: await post({ credentials: "include", headers: { "X-Playbook-Token": "x" } }),
    form: await posted("application/x-www-form-urlencoded", "_playbook/tick"),
    plain: await posted("text/plain", "_playbook/tick"),
    root: await posted("text/plain", ""),
    events: await listened(),
    window: await opened(),
  }
}
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    with served(tmp_path_factory.mktemp("hostile"), BOOK) as made:
        yield made


@pytest.fixture(scope="module")
def elsewhere():
    """The port of another server of this machine, with an empty page."""

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>Elsewhere</title><body>")

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def visitor(book, browser):
    """A browser in which the author came in, and in whose world evil.test is this machine."""
    rules = ("--host-resolver-rules=MAP evil.test 127.0.0.1", "--disable-popup-blocking")
    running = started(browser.browser_type, *rules)
    context = running.new_context()
    page = context.new_page()
    assert page.goto(book.key_url).status == 200
    page.close()
    yield context
    running.close()


def attacked(page, book) -> dict[str, str]:
    """What each attack comes to, with an order that would be carried out: the file is as the order says."""
    return page.evaluate(ATTACKS, [book.url, hashlib.sha256(book.read(GOAL).encode()).hexdigest()])


@pytest.mark.parametrize(
    "host",
    [pytest.param("127.0.0.1", marks=pytest.mark.slow), pytest.param("localhost", marks=pytest.mark.slow), "evil.test"],
)
def test_a_page_of_another_port_or_name_reads_nothing_and_writes_nothing(book, elsewhere, visitor, host):
    page = visitor.new_page()
    page.goto(f"http://{host}:{elsewhere}/")
    came = attacked(page, book)
    assert {name: word for name, word in came.items() if word != "refused"} == {}
    assert len(came) == 16
    page.close()
    content = [name for name in BOOK if name.startswith("content/")]
    assert [book.read(name) for name in content] == [BOOK[name] for name in content]


@pytest.mark.slow
def test_a_name_that_is_made_to_lead_here_reads_nothing(book, visitor):
    page = visitor.new_page()
    port = book.url.rstrip("/").rpartition(":")[2]
    answer = page.goto(f"http://evil.test:{port}/people/grace/")
    assert (answer.status, answer.text()) == (403, "This server answers to localhost alone.\n")
    came = page.evaluate("(path) => fetch(path).then((answer) => answer.status)", "/_playbook/uncommitted")
    assert came == 403
    page.close()


def test_the_same_attacks_from_a_page_of_the_site_itself_would_be_noticed(book, visitor):
    page = visitor.new_page()
    page.goto(book.url + "people/grace/")
    came = attacked(page, book)
    noticed = ("module", "picture", "style", "quiet", "open", "state", "json", "events")
    assert [came[name] for name in noticed] == ["loaded"] * 3 + ["answered"] * 4 + ["heard"]
    assert book.read(GOAL) == BOOK[GOAL]
    page.close()


@pytest.mark.slow
def test_a_page_elsewhere_may_lead_here_and_the_author_sees_the_page_in_the_end(book, elsewhere, visitor):
    page = visitor.new_page()
    page.goto(f"http://evil.test:{elsewhere}/")
    page.evaluate("(url) => { location = url }", book.url + "people/grace/")
    page.get_by_role("heading", name="This playbook is open to you alone").wait_for()
    page.get_by_role("link", name="look again").click()
    page.get_by_role("heading", name="Grace Hopper").first.wait_for()
    page.close()
