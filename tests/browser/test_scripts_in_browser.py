"""Scripts on the example's pages in a real browser: what is copied is the message, on the channel that is chosen."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

COPIED = """async () => {
  const found = [];
  for (const details of document.querySelectorAll("details.pb-script")) details.open = true;
  for (const pre of document.querySelectorAll(".pb-message pre")) {
    if (!pre.checkVisibility()) continue;
    pre.parentElement.querySelector("[data-clipboard-target], [data-md-type=copy]").click();
    await new Promise(done => setTimeout(done, 30));
    found.push([pre.querySelector("code").textContent, await navigator.clipboard.readText()]);
  }
  return found;
}"""


@pytest.mark.few(1)
@pytest.mark.parametrize(
    "path",
    [
        "outreach/mentor-request/",
        "people/ines-marques/",
        "events/council-open-session/",
        # A subject and a body below an element that has an id.
        "events/interview-leila-farhadi/",
    ],
)
def test_what_is_copied_is_the_message_to_the_letter(visit, example_url, path):
    page = visit.page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(example_url + path)
    page.wait_for_selector(".pb-message button", state="attached")
    pairs = page.evaluate(COPIED)
    assert pairs
    assert [shown for shown, copied in pairs if shown != copied] == []
    assert visit.errors == []


def test_a_channel_is_chosen_by_its_name_with_the_keyboard_too(visit, example_url):
    page = visit.page()
    page.goto(example_url + "outreach/mentor-request/")
    subject, note = page.locator(".pb-way__subject").first, page.locator(".pb-way", has_text="1,900")
    assert (subject.is_visible(), note.is_visible()) == (True, False)
    page.locator(".pb-ways label", has_text="LinkedIn message").locator("visible=true").first.click()
    assert (subject.is_visible(), note.is_visible()) == (False, True)
    page.keyboard.press("ArrowLeft")
    assert (subject.is_visible(), note.is_visible()) == (True, False)


def test_on_paper_every_channel_stands_above_the_message(visit, example_url):
    page = visit.page()
    page.goto(example_url + "outreach/mentor-request/")
    page.emulate_media(media="print")
    assert [way.is_visible() for way in page.locator(".pb-way").all()] == [True, True]
    assert page.locator(".pb-ways, .pb-way__open").evaluate_all("all => all.filter(one => one.checkVisibility())") == []
