"""Letters to write: what each is about, since when, and the words for it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from playbook.render.scripts import NotReady, Script, Scripts
from playbook.render.scripts.showing import ShownScripts
from playbook.views.events import event_view
from playbook.views.goal_cards import EvidenceView
from playbook.views.home import home_view
from playbook.views.letters import LettersView, LetterView, letters_view
from playbook.views.scene import Linked, Scene
from playbook.views.words import day_view
from tests.support import book

TODAY = dt.date(2026, 11, 21)
THANKS = "{title: Thanks, purpose: thank-you, body: '{% for one in achievements %}{{ one.title }}. {% endfor %}'}"
NEWS = """
    title: News
    purpose: progress-update
    needs: [achievements]
    body: "{% for one in achievements %}{{ one.title }}. {% endfor %}"
"""
LINE = "{title: Line, purpose: follow-up, body: '{{ person.calls }}, after {{ event.title }}.'}"
NUDGE = "{title: Again, purpose: follow-up, body: 'Once more.'}"


def scene(files: dict[str, str], *, today: dt.date = TODAY, is_mine: bool = True) -> Scene:
    loaded = book(files)
    assert not loaded.has_errors, [str(problem) for problem in loaded.problems]
    bare = Scene(loaded.playbook, today, is_mine=is_mine)
    return replace(bare, scripts=ShownScripts(bare, Scripts(loaded.playbook, today)))


def achieved(day: str, title: str, at: int = 1) -> EvidenceView:
    link = Linked(title, f"page:journal/2026.md#{day}-{at}")
    return EvidenceView(link, day_view(dt.date.fromisoformat(day), TODAY), "achievement", "", None)


# ---- what is new since the last contact


def progress(log: str, journal: str, *, other: str = "name: Bo") -> Script | NotReady:
    playbook = book(
        {
            "people/ada.yml": f"name: Ada Lovelace\nlog: [{log}]",
            "people/bo.yml": other,
            "journal/2026.yml": journal,
            "outreach/news.yml": NEWS,
        }
    ).playbook
    return Scripts(playbook, TODAY).fill("news", "ada")


JOURNAL = """
    - {date: 2026-11-02, title: Before}
    - {date: 2026-11-03, title: That very day}
    - {date: 2026-11-04, title: The day after}
    - {date: 2026-11-21, title: Today}
    - {date: 2026-11-22, title: Tomorrow}
    - {date: 2026-11-20, kind: contribution, title: A review}
"""


def test_a_progress_letter_tells_what_came_after_the_day_of_the_last_contact() -> None:
    script = progress("{date: 2026-11-03, kind: met}", JOURNAL)
    assert isinstance(script, Script)
    assert script.body == "Today. The day after."


def test_without_any_contact_all_of_it_is_new() -> None:
    script = progress("", JOURNAL)
    assert isinstance(script, Script)
    assert script.body == "Today. The day after. That very day."


@pytest.mark.parametrize("line", ["{date: 2026-11-20, kind: note}", "{date: 2026-12-01, kind: met}", "{kind: met}"])
def test_a_note_a_plan_and_a_day_nobody_knows_are_no_contact(line: str) -> None:
    script = progress(f"{{date: 2026-11-03, kind: met}}, {line}", JOURNAL)
    assert isinstance(script, Script)
    assert script.body == "Today. The day after."


def test_to_be_present_when_you_met_another_is_a_contact() -> None:
    other = "{name: Bo, log: [{date: 2026-11-04, kind: met, with: [ada]}]}"
    script = progress("{date: 2026-11-03, kind: met}", JOURNAL, other=other)
    assert isinstance(script, Script)
    assert script.body == "Today."


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{date: 2026-11-03, kind: met, what: Lunch by the canal}", "3 Nov 2026, when you met: Lunch by the canal"),
        ("{date: 2026-11-03, kind: heard}", "3 Nov 2026, when they answered"),
        ("{date: 2026-11-21, kind: wrote}", "21 Nov 2026, when you wrote"),
        ("{date: 2026-11-03, kind: received, what: An hour}", "3 Nov 2026, when they helped you: An hour"),
    ],
)
def test_where_nothing_is_new_it_is_said_since_when(line: str, words: str) -> None:
    found = progress(line, "- {date: 2026-11-03, title: Told already}")
    assert isinstance(found, NotReady)
    assert (found.missing, found.reason) == (("achievements",), f"nothing new since {words}")


def test_nothing_new_since_an_event_names_it() -> None:
    files = {
        "people/ada.yml": "name: Ada",
        "events/camp.yml": "{title: Camp, starts: 2026-11-03, outcomes: {met: [ada]}}",
        "outreach/news.yml": NEWS,
    }
    found = Scripts(book(files).playbook, TODAY).fill("news", "ada")
    assert isinstance(found, NotReady)
    assert found.reason == "nothing new since 3 Nov 2026, when you met at Camp"


def test_a_thank_you_speaks_of_the_help_that_is_still_to_be_thanked_for() -> None:
    journal = """
        - {date: 2026-11-18, title: Theirs but thanked, people: [ada], thanked: [ada]}
        - {date: 2026-11-10, title: Owed, people: [bo, ada], thanked: [bo]}
        - {date: 2026-11-19, title: Of another, people: [bo]}
    """
    files = {
        "people/ada.yml": "name: Ada",
        "people/bo.yml": "name: Bo",
        "journal/2026.yml": journal,
        "outreach/thanks.yml": THANKS,
    }
    scripts = Scripts(book(files).playbook, TODAY)
    script = scripts.fill("thanks", "ada")
    assert isinstance(script, Script)
    assert script.body == "Owed."
    files["journal/2026.yml"] = journal.replace("thanked: [bo]", "thanked: [bo, ada]")
    script = Scripts(book(files).playbook, TODAY).fill("thanks", "ada")
    assert isinstance(script, Script)
    assert script.body == "Theirs but thanked. Owed."


def test_a_thank_you_for_nothing_says_so_and_an_ask_names_its_goal() -> None:
    files = {
        "people/ada.yml": "name: Ada",
        "goals/staff.yml": "{title: Staff, people: [ada]}",
        "outreach/thanks.yml": "{title: T, purpose: thank-you, needs: [achievements], body: T}",
        "outreach/ask.yml": "{title: T, purpose: sponsor-ask, needs: [achievements], body: T}",
    }
    scripts = Scripts(book(files).playbook, TODAY)
    found = [scripts.fill(template, "ada") for template in ("thanks", "ask")]
    assert [one.reason for one in found if isinstance(one, NotReady)] == [
        "no achievement in the journal names Ada as somebody who helped",
        "no achievement counts toward 'Staff' yet",
    ]


# ---- the list


FILES = {
    "people/ada.yml": "{name: Ada, relations: [mentor], log: [{date: 2026-10-01, kind: met, what: Lunch}]}",
    "people/bo.yml": "{name: Bo, log: [{date: 2026-09-01, kind: called}]}",
    "people/cy.yml": "{name: Cy, log: [{date: 2026-10-02, kind: wrote}]}",
    "people/dee.yml": "{name: Dee, relations: [sponsor], log: [{date: 2026-11-07, kind: met}, {date: 2026-11-07, kind: wrote}]}",
    "people/eli.yml": "{name: Eli, relations: [mentor]}",
    "people/fay.yml": "{name: Fay, relations: [mentor], stage: dormant, log: [{date: 2025-10-02, kind: met}]}",
    "people/gil.yml": "{name: Gil, log: [{date: 2025-10-02, kind: met}]}",
    "goals/staff.yml": "{title: Staff, told: [bo]}",
    "goals/old.yml": "{title: Old, status: done, told: [gil]}",
    "journal/2026.yml": """
        - {date: 2026-11-10, title: Shipped, people: [cy]}
        - {date: 2026-11-17, title: Restored}
        - {date: 2026-09-15, title: Drafted}
        - {date: 2025-11-20, title: Long ago, people: [gil], thanked: [gil]}
    """,
    "outreach/thanks.yml": THANKS,
    "outreach/news.yml": NEWS,
}


def test_letters_say_to_whom_why_since_when_about_what_and_how() -> None:
    found = scene(FILES)
    assert found.scripts is not None
    shipped, restored, drafted = (
        achieved("2026-11-10", "Shipped"), achieved("2026-11-17", "Restored", 2), achieved("2026-09-15", "Drafted", 3),
    )  # fmt: skip
    assert letters_view(found) == LettersView(
        lines=(),
        thanks=(
            LetterView(
                "cy", Linked("Cy", "page:people/cy.md"), "", "", day_view(dt.date(2026, 11, 11), TODAY), (shipped,),
                found.scripts.fill("thanks", "cy"), "playbook script thanks --to cy",
            ),
        ),
        news=(
            LetterView(
                "bo", Linked("Bo", "page:people/bo.md"), "you told them about “Staff”", "1 Sep 2026, when you spoke",
                None, (restored, shipped, drafted), found.scripts.fill("news", "bo"), "playbook script news --to bo",
            ),
            LetterView(
                "ada", Linked("Ada", "page:people/ada.md"), "your mentor", "1 Oct 2026, when you met: Lunch", None,
                (restored, shipped), found.scripts.fill("news", "ada"), "playbook script news --to ada",
            ),
        ),
    )  # fmt: skip


def test_somebody_you_were_in_touch_with_a_fortnight_ago_may_wait() -> None:
    assert [letter.id for letter in letters_view(scene(FILES, today=dt.date(2026, 11, 22))).news] == [
        "bo",
        "ada",
        "dee",
    ]


def test_who_helped_hears_how_it_goes_on_once_thanked() -> None:
    thanked = {
        **FILES,
        "journal/2026.yml": FILES["journal/2026.yml"].replace("people: [cy]", "people: [cy], thanked: [cy]"),
    }
    found = letters_view(scene(thanked))
    assert (found.thanks, [(letter.id, letter.reason) for letter in found.news]) == (
        (),
        [("bo", "you told them about “Staff”"), ("ada", "your mentor"), ("cy", "helped with “Shipped”")],
    )


def test_no_other_reader_is_told_of_letters_and_without_templates_there_is_no_command() -> None:
    assert letters_view(scene(FILES, is_mine=False)) == LettersView((), (), ())
    assert LettersView((), (), ()).is_empty
    bare = {path: text for path, text in FILES.items() if not path.startswith("outreach")}
    assert [(letter.script, letter.command) for letter in letters_view(scene(bare)).news] == [(None, ""), (None, "")]


# ---- after an event


EVENT = {
    "people/ada.yml": "name: Ada",
    "people/bo.yml": "name: Bo",
    "people/cy.yml": "{name: Cy, log: [{date: 2026-11-20, kind: wrote}]}",
    "events/camp.yml": """
        title: Camp
        starts: 2026-11-18
        outcomes:
          met: [ada, bo, cy]
          follow_ups:
            - {what: Send the paper, person: bo}
            - {what: Book a room, done: true}
            - {what: Send the numbers, person: cy}
        """,
    "outreach/a-nudge.yml": NUDGE,
    "outreach/line.yml": LINE,
}


def test_an_events_page_has_the_words_for_everybody_who_waits_for_a_line() -> None:
    found = scene(EVENT)
    view = event_view(found, found.playbook.events["camp"])
    assert [(one.text, one.state, one.script.body if one.script else "") for one in view.follow_ups] == [
        ("Send the paper", "waiting", "Bo, after Camp."),
        ("Book a room", "done", ""),
        ("Send the numbers", "waiting", ""),
        ("Write to Ada, whom you met at Camp", "waiting", "Ada, after Camp."),
    ]


def test_home_has_them_too() -> None:
    found = home_view(scene(EVENT)).waiting
    assert [
        (one.text, one.script.text if one.script else "", one.filled.body if one.filled else "") for one in found
    ] == [
        ("Send the paper", "Line", "Bo, after Camp."),
        ("Send the numbers", "", ""),
        ("Write to Ada, whom you met at Camp", "Line", "Ada, after Camp."),
    ]


def test_lines_after_an_event_are_letters_to_write_and_another_reader_sees_none() -> None:
    assert [(one.id, one.reason, one.command) for one in letters_view(scene(EVENT)).lines] == [
        ("bo", "Send the paper", "playbook script line --to bo --event camp"),
        ("cy", "Send the numbers", ""),
        ("ada", "Write to Ada, whom you met at Camp", "playbook script line --to ada --event camp"),
    ]
    theirs = scene(EVENT, is_mine=False)
    view = event_view(theirs, theirs.playbook.events["camp"])
    assert [(one.text, one.script) for one in view.follow_ups] == [
        ("Send the paper", None), ("Book a room", None), ("Send the numbers", None),
    ]  # fmt: skip


def test_a_follow_up_speaks_of_the_last_event_where_you_met_and_not_of_the_next() -> None:
    files = {
        "people/ada.yml": "{name: Ada, log: [{date: 2026-11-02, kind: met, event: fair}]}",
        "people/bo.yml": "name: Bo",
        "events/fair.yml": "{title: Fair, starts: 2026-11-02, meet: [ada]}",
        "events/early.yml": "{title: Early, starts: 2026-10-02, outcomes: {met: [ada]}}",
        "events/next.yml": "{title: Next, starts: 2026-12-02, meet: [ada, bo]}",
        "outreach/line.yml": LINE,
    }
    scripts = Scripts(book(files).playbook, TODAY)
    ada, bo = scripts.fill("line", "ada"), scripts.fill("line", "bo")
    assert isinstance(ada, Script)
    assert ada.body == "Ada, after Fair."
    assert isinstance(bo, NotReady)
    assert bo.reason == "you have not talked with Bo yet; where no answer came, a 'nudge' goes on"
    files["people/ada.yml"] = (
        "{name: Ada, log: [{date: 2026-11-02, kind: met, event: fair}, {date: 2026-11-09, kind: called}]}"
    )
    later = Scripts(book(files).playbook, TODAY).fill("line", "ada")
    assert isinstance(later, NotReady)
    assert later.reason == "no event says that you met Ada, or you have talked since"
    told = scripts.fill("line", "ada", "next")
    assert isinstance(told, Script)
    assert told.body == "Ada, after Next."
