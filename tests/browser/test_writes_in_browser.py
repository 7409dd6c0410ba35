"""What is ticked, logged and added on a served page stands in the YAML, byte for byte as it should, and can be undone."""

from __future__ import annotations

import hashlib
import re
import time
from contextlib import suppress

import pytest
from playwright.sync_api import Error

from tests.browser.served_book import CONFIG, PATIENCE, served, visitors

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

STAFF = (
    "# the packet\r\n"
    "title: Staff engineer\r\n"
    "checklist:\r\n"
    "# by hand\r\n"
    "- Draft the packet\r\n"
    '- {task: "Ask Grace", due: 2026-12-01}\r\n'
    "- task: Book the room\r\n"
    "  done: 2026-11-02\r\n"
)
GRACE = """\
name: Grace Hopper
circle: inner
promises:
  - what: Send the slides
    due: 2026-11-25
log:
  - {date: 2026-01-02, kind: met, what: Lunch}
notes: |
""" + "".join(f"  Line {number}.\n\n" for number in range(80))  # fmt: skip
HEDY = "content/people/hedy.yml"
YEAR = "content/journal/2026.yml"
CAMP = "content/events/camp.yml"
OWED = {
    HEDY: "name: Hedy Lamarr\nlog:\n  - {date: 2026-11-18, kind: received, what: Her notes}\n",
    YEAR: "# the year\n- {date: 2026-11-20, title: Shipped, people: [hedy]} # at last\n",
    CAMP: (
        "title: Camp\nstarts: 2026-11-19\nstatus: attended\noutcomes:\n"
        "  met: [joan]\n  follow_ups:\n    - Send the numbers\n"
    ),
    "content/people/joan.yml": "name: Joan Clarke\n",
}
BOOK = {
    **OWED,
    "mkdocs.yml": CONFIG,
    ".gitignore": ".cache/\n",
    "content/me.yml": "name: Ada\n",
    "content/people/grace.yml": GRACE,
    "content/goals/staff.yml": "title: Staff\n",
    "content/pages/about.md": "# About\n",
}
GOAL = "content/goals/staff.yml"
PERSON = "content/people/grace.yml"
STRIP = "#playbook-strip"


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """One server for all; each test finds the files as they were."""
    with served(tmp_path_factory.mktemp("written"), BOOK, in_git=True) as made:
        yield made


@pytest.fixture
def book(running):
    running.put(GOAL, STAFF)
    running.put(PERSON, GRACE)
    running.git("add", ".")
    running.git("commit", "-q", "--allow-empty", "-m", "As it was")
    return running


@pytest.fixture
def visit(browser, book):
    """Opens a page in a browser that came in, once the page is of the files as they are."""
    # What is refused stands in the console too.
    with visitors(browser, book, console_errors=False) as open_page:

        def settled(*asked, **how):
            page = open_page(*asked, **how)
            settle(page, book)
            return page

        yield settled


def settle(page, book) -> None:
    """Wait until the page is of the files as they are."""
    wanted = {one: hashlib.sha256((book.root / f"content/{one}.yml").read_bytes()).hexdigest() for one in RECORDS}
    end = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < end:
        with suppress(Error):  # it reloads at this moment
            version = page.evaluate(VERSION)
            if page.evaluate(KNOWN, RECORDS) == wanted:
                # The commit before the test has it built once more.
                page.wait_for_timeout(1000)
                if page.evaluate(VERSION) == version:
                    return
        page.wait_for_timeout(200)
    pytest.fail("the page did not follow")


VERSION = "document.querySelector('script[data-playbook-token]').dataset.playbookVersion"
RECORDS = ["goals/staff", "people/grace"]
KNOWN = """
async (records) => {
  const { playbookVersion } = document.querySelector("script[data-playbook-token]").dataset
  const query = new URLSearchParams([["version", playbookVersion], ...records.map((one) => ["record", one])])
  return (await (await fetch("/_playbook/state?" + query)).json()).digests
}
"""


def told(page, text: str) -> str:
    """What the strip says, once it says that."""
    page.locator(f"{STRIP} [role=status]", has_text=text).wait_for(timeout=PATIENCE)
    return page.locator(f"{STRIP} [role=status]").inner_text()


def box(page, name: str):
    return page.get_by_role("checkbox", name=name, exact=True).first


def test_a_tick_is_one_line_in_the_file_and_undo_brings_every_byte_back(book, visit):
    page = visit("goals/staff/")
    box(page, "Draft the packet").check()
    assert GOAL in told(page, "Done: Draft the packet")
    ticked = STAFF.replace("- Draft the packet\r\n", "- task: Draft the packet\r\n  done: 2026-11-21\r\n")
    assert book.read(GOAL) == ticked
    page.locator("#checklist", has_text="2 of 3").wait_for(timeout=PATIENCE)
    assert box(page, "Draft the packet").is_checked()
    page.get_by_role("button", name="Undo").click()
    told(page, "Taken back: Done: Draft the packet")
    assert book.read(GOAL) == STAFF
    page.locator("#checklist", has_text="1 of 3").wait_for(timeout=PATIENCE)
    assert not box(page, "Draft the packet").is_checked()


@pytest.mark.slow
def test_the_page_follows_another_change_when_it_has_its_answer(book, visit):
    page = visit("goals/staff/")

    def answer_late(route) -> None:
        book.put(PERSON, GRACE + "  Another line.\n")
        time.sleep(5)  # the browser runs on, and hears of the site that was built again
        route.continue_()

    page.route("**/_playbook/tick", answer_late, times=1)
    box(page, "Draft the packet").check()
    told(page, "Done: Draft the packet")
    assert "done: 2026-11-21" in book.read(GOAL)
    page.locator("#checklist", has_text="2 of 3").wait_for(timeout=PATIENCE)


@pytest.mark.slow
def test_what_was_done_can_be_opened_again(book, visit):
    page = visit("goals/staff/")
    box(page, "Book the room").uncheck()
    told(page, "Open again: Book the room")
    assert book.read(GOAL) == STAFF.replace("  done: 2026-11-02\r\n", "")


@pytest.mark.slow
def test_with_the_keyboard_alone_a_box_is_ticked_and_stays_where_one_is(book, visit):
    page = visit("goals/staff/")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('aria-label')") == "Ask Grace":
            break
    page.keyboard.press("Space")
    told(page, "Done: Ask Grace")
    assert book.read(GOAL) == STAFF.replace("due: 2026-12-01}", "due: 2026-12-01, done: 2026-11-21}")
    page.locator("#checklist", has_text="2 of 3").wait_for(timeout=PATIENCE)
    page.locator(":focus[aria-label='Ask Grace']").wait_for(timeout=PATIENCE)


def test_a_touch_is_logged_from_its_form_and_the_page_follows_without_losing_place(book, visit):
    page = visit("people/grace/")
    opener = page.get_by_role("button", name="Log a touch")
    opener.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "kind"
    page.get_by_label("What it was").select_option("wrote")
    page.get_by_label("In a line").fill("Asked how: the talk went #2")
    page.get_by_label("When", exact=True).fill("yesterday")
    page.get_by_label("What you promised").fill("The numbers")
    page.get_by_label("By when").fill("in 2 weeks")
    page.get_by_role("button", name="Log it").click()
    assert PERSON in told(page, "Grace Hopper: 2026-11-20, wrote")
    assert page.evaluate("document.activeElement.textContent") == "Log a touch"
    assert book.read(PERSON) == GRACE.replace(
        "    due: 2026-11-25\n", "    due: 2026-11-25\n  - what: The numbers\n    due: 2026-12-05\n"
    ).replace(
        "what: Lunch}\n", 'what: Lunch}\n  - {date: 2026-11-20, kind: wrote, what: "Asked how: the talk went #2"}\n'
    )
    page.locator(".pb-log", has_text="Asked how").wait_for(timeout=PATIENCE)
    told(page, "Grace Hopper: 2026-11-20, wrote")


@pytest.mark.slow
def test_a_day_that_cannot_be_read_is_said_in_the_form_and_what_was_typed_stays(book, visit):
    page = visit("people/grace/")
    page.get_by_role("button", name="Log a touch").click()
    page.get_by_label("In a line").fill("Lunch again")
    page.get_by_label("When", exact=True).fill("3/4")
    page.get_by_role("button", name="Log it").click()
    alert = page.locator("form.pbw-form [role=alert]", has_text="3/4")
    alert.wait_for(timeout=PATIENCE)
    assert "write the month as a word" in alert.inner_text()
    assert page.get_by_label("In a line").input_value() == "Lunch again"
    assert book.read(PERSON) == GRACE
    page.keyboard.press("Escape")
    assert page.locator("form.pbw-form").count() == 0
    assert page.evaluate("document.activeElement.textContent") == "Log a touch"


@pytest.mark.slow
@pytest.mark.parametrize("width", [390, 1280])
def test_a_form_on_home_stays_within_the_window(visit, width):
    page = visit(width=width)
    page.locator(".pb-week .pb-person").get_by_role("button", name="Log a touch").first.click()
    form = page.locator("form.pbw-form").bounding_box()
    assert form["x"] >= 0
    assert form["x"] + form["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.slow
def test_a_promise_is_kept_by_its_box(book, visit):
    page = visit("people/grace/")
    page.locator("#promises").scroll_into_view_if_needed()
    box(page, "Send the slides").check()
    told(page, "Kept: Send the slides")
    assert book.read(PERSON) == GRACE.replace("due: 2026-11-25\n", "due: 2026-11-25\n    kept: 2026-11-21\n")


@pytest.mark.slow
def test_where_the_box_that_was_ticked_is_gone_the_keyboard_is_at_the_next(book, visit):
    page = visit()
    box(page, "Send the numbers").focus()
    page.keyboard.press("Space")
    told(page, "Done: Send the numbers")
    box(page, "Send the numbers").wait_for(state="detached", timeout=PATIENCE)
    page.locator(":is(.pb-item, .pb-person) :focus").wait_for(timeout=PATIENCE)
    book.put(CAMP, OWED[CAMP])


@pytest.mark.slow
def test_a_thank_you_and_a_follow_up_have_boxes_and_a_line_to_write_has_a_form_that_is_begun(book, visit):
    page = visit()
    hers = page.get_by_role("checkbox", name=re.compile("^Thank Hedy Lamarr"))
    assert hers.count() == 2
    box(page, "Thank Hedy Lamarr for “Shipped”").check()
    # One word of thanks is for both.
    page.locator(".pb-item--done", has_text="thanked 21 Nov 2026").nth(1).wait_for(timeout=PATIENCE)
    assert {HEDY, YEAR} <= set(told(page, "Hedy Lamarr: 2026-11-21, thanked").split("\n"))
    assert book.read(HEDY) == OWED[HEDY] + "  - {date: 2026-11-21, kind: thanked}\n"
    assert book.read(YEAR) == OWED[YEAR].replace("[hedy]}", "[hedy], thanked: [hedy]}")
    hers.first.wait_for(state="detached", timeout=PATIENCE)
    page.get_by_role("button", name="Undo").click()
    told(page, "Taken back: Hedy Lamarr: 2026-11-21, thanked")
    assert (book.read(HEDY), book.read(YEAR)) == (OWED[HEDY], OWED[YEAR])
    hers.nth(1).wait_for(timeout=PATIENCE)

    box(page, "Send the numbers").check()
    assert CAMP in told(page, "Done: Send the numbers (Camp)")
    numbers = "- what: Send the numbers\n      done: 2026-11-21\n"
    assert book.read(CAMP) == OWED[CAMP].replace("- Send the numbers\n", numbers)
    page.get_by_role("checkbox", name="Send the numbers").wait_for(state="detached", timeout=PATIENCE)

    line = page.locator(".pb-item", has_text="Write to Joan Clarke")
    assert not line.locator("input[type=checkbox]").is_visible()
    line.get_by_role("button", name="Log a touch: Write to Joan Clarke, whom you met at Camp").click()
    assert line.get_by_label("What it was").input_value() == "wrote"
    assert line.get_by_label("In a line").input_value() == "After Camp"
    line.get_by_role("button", name="Log it").click()
    told(page, "Joan Clarke: 2026-11-21, wrote: After Camp")
    logged = "log:\n  - date: 2026-11-21\n    kind: wrote\n    what: After Camp\n"
    assert book.read("content/people/joan.yml") == "name: Joan Clarke\n" + logged
    line.wait_for(state="detached", timeout=PATIENCE)


@pytest.mark.slow
def test_an_item_is_added_and_appears_on_the_page(book, visit):
    page = visit("goals/staff/")
    page.get_by_role("button", name="Add an item").click()
    page.keyboard.type("Find a second reader")
    page.get_by_label("By when").fill("friday")
    page.keyboard.press("Enter")
    told(page, "Find a second reader")
    assert book.read(GOAL) == STAFF + "- task: Find a second reader\r\n  due: 2026-11-27\r\n"
    box(page, "Find a second reader").wait_for(timeout=PATIENCE)


@pytest.mark.slow
def test_half_a_line_that_is_being_written_stays_while_the_page_follows(book, visit):
    page = visit("people/grace/")
    page.get_by_role("button", name="Log a touch").click()
    page.get_by_label("In a line").fill("Half a thou")
    book.save(PERSON, GRACE.replace("Grace Hopper", "Grace Brewster Hopper"))
    page.get_by_role("heading", name="Grace Brewster Hopper").wait_for(timeout=PATIENCE)
    page.get_by_label("In a line").wait_for(timeout=PATIENCE)
    assert page.get_by_label("In a line").input_value() == "Half a thou"
    page.locator(":focus[name='what']").wait_for(timeout=PATIENCE)
    page.keyboard.type("ght")
    assert page.get_by_label("In a line").input_value() == "Half a thought"


def changed_unseen(page, book, text: str) -> None:
    """Save the goal while the page does not hear of it, as in the moment before it is built again."""
    page.route("**/_playbook/events", lambda route: route.abort())
    page.reload()
    settle(page, book)
    book.put(GOAL, text)


@pytest.mark.slow
def test_a_file_that_was_changed_meanwhile_is_left_alone_and_the_page_says_so_and_follows(book, visit):
    page = visit("goals/staff/")
    changed = STAFF.replace("Staff engineer", "Principal engineer")
    changed_unseen(page, book, changed)
    box(page, "Draft the packet").click()
    assert f"{GOAL} was changed since this page was made" in told(page, "nothing was written")
    assert not box(page, "Draft the packet").is_checked()
    assert book.read(GOAL) == changed
    page.get_by_role("heading", name="Principal engineer").wait_for(timeout=PATIENCE)
    told(page, "was changed since this page was made")


@pytest.mark.slow
def test_whoever_has_clicked_a_link_is_not_called_back_by_a_page_that_is_older_than_its_files(book, visit):
    page = visit("goals/staff/")
    changed_unseen(page, book, STAFF.replace("Staff engineer", "Principal engineer"))
    box(page, "Draft the packet").click()
    told(page, "nothing was written")

    def answer_late(route) -> None:
        time.sleep(7)  # the browser runs on, and would make the page anew five seconds after it said so
        route.continue_()

    page.route(book.url, answer_late, times=1)
    page.locator("a.md-logo").first.click()
    page.wait_for_url(book.url, timeout=PATIENCE)
    page.wait_for_timeout(1000)
    assert page.url == book.url


@pytest.mark.slow
def test_an_item_that_was_deleted_meanwhile_is_said_to_be_gone(book, visit):
    page = visit("goals/staff/")
    deleted = STAFF.replace("- Draft the packet\r\n", "")
    changed_unseen(page, book, deleted)
    box(page, "Draft the packet").click()
    told(page, f"'Draft the packet' is not in {GOAL} any more; nothing was written")
    assert book.read(GOAL) == deleted


@pytest.mark.slow
def test_what_is_not_committed_is_committed_from_the_page_after_a_look_at_the_message(book, visit):
    page = visit("goals/staff/")
    before = book.git("rev-parse", "HEAD")
    box(page, "Draft the packet").check()
    page.locator(f"{STRIP} .pbw-pending", has_text="1 file is not committed").wait_for(timeout=PATIENCE)
    page.locator("#checklist", has_text="2 of 3").wait_for(timeout=PATIENCE)
    page.get_by_role("button", name="Commit…").click()
    dialog = page.get_by_role("dialog", name="Commit")
    shown = dialog.locator("pre").inner_text()
    assert "Draft the packet" in shown
    assert book.git("rev-parse", "HEAD") == before
    dialog.get_by_role("button", name="Commit").click()
    told(page, "Committed ")
    assert book.git("log", "-1", "--format=%B") == shown.strip()
    assert book.git("log", "--format=%H", "-1", "HEAD~1") == before
    page.locator(f"{STRIP} .pbw-pending", has_text="committed").wait_for(state="detached", timeout=PATIENCE)


@pytest.mark.slow
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_what_is_added_to_the_page_fits_and_every_control_has_a_name(book, visit, width, scheme):
    page = visit("people/grace/", width=width, scheme=scheme)
    page.get_by_role("button", name="Log a touch").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    nameless = """
      [...document.querySelectorAll('.pbw-form *, .pbw-tools *, #playbook-strip *, .pb-item input')]
        .filter((one) => one.matches('button, input, select, textarea') && !one.disabled)
        .filter((one) => !(one.labels?.length || one.getAttribute('aria-label') || one.textContent.trim()))
        .map((one) => one.outerHTML)
    """
    assert page.evaluate(nameless) == []
    heights = (
        "[...document.querySelectorAll('.pbw-form button, .pbw-form input, .pbw-form select')].map(b => b.offsetHeight)"
    )
    assert min(page.evaluate(heights)) >= 24
    page.emulate_media(media="print")
    assert not page.locator(".pbw-tools").is_visible()
    assert not page.locator(STRIP).is_visible()


@pytest.mark.slow
def test_a_browser_that_did_not_come_in_sees_how_to_and_a_key_opens_once(browser, book):
    context = browser.new_context()
    page = context.new_page()
    assert page.goto(book.url + "people/grace/").status == 403
    assert "press Enter" in re.sub(r"\s+", " ", page.inner_text("body"))
    assert "Grace" not in page.content()
    address = book.press_enter()
    assert page.goto(address).status == 200
    assert page.url == book.url
    settle(page, book)
    [cookie] = context.cookies()
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["expires"]) == (True, "Strict", -1)
    assert page.evaluate("document.cookie") == ""
    # The browser that has the cookie may use its old address; nobody else may.
    assert page.goto(address).status == 200
    other = browser.new_context()
    late = other.new_page()
    assert late.goto(address).status == 403
    assert "used already" in late.inner_text("body")
    other.close()
    context.close()
