"""An event's kit on paper: everybody with what to say and a code; a discreet one without what was written about them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from playbook.codes import BLANK, code_table
from playbook.render.scripts import Scripts
from playbook.render.scripts.showing import ShownScripts
from playbook.views.kit import LINES_FOR_EACH, cards_sheet, kit_sheet
from playbook.views.scene import Scene
from playbook.views.sheet import (
    Blanks,
    Bullets,
    Check,
    Checks,
    Hour,
    Person,
    Row,
    Rows,
    Section,
    Sheet,
    Text,
    Timetable,
)
from tests.support import book

TODAY = dt.date(2026, 11, 21)
FILES = {
    "me.yml": """
        name: Mara Tamm
        pitch: I build the part that remembers.
        language: en
        """,
    "goals/talk.yml": "title: Give *the* talk\nnext_step: Draft my third\nevents: [camp]",
    "people/ada.yml": """
        name: Ada Novak
        pronounced: AH-da
        relations: [mentor]
        why: She reads *everything*
        offers: [our numbers]
        promises:
          - what: Send the page
          - {what: Read it, by: them}
          - {what: Kept already, kept: 2026-10-01}
        log:
          - {date: 2026-11-03, kind: received, channel: video, what: An hour on slides}
        """,
    "outreach/opener.yml": """
        title: The first words
        channel: in-person
        body: "{{ person.calls }}? {{ meet.opener }}"
        """,
    "events/camp.yml": """
        title: Camp
        starts: 2027-05-14 09:00
        ends: 2027-05-16 17:00
        place: Ghent_West
        why: Two of them speak there.
        questions: [What did you stop doing?]
        meet:
          - person: ada
            opener: You changed our plan
            ask: Ten minutes
            script: opener
          - {name: Petra V, organization: Quiet Machines, questions: [Who counts?], offer: a review}
        sessions:
          - {at: 2027-05-14 11:00, title: Opening, who: ada, why: Ours}
        bring: [A pen]
        checklist:
          - {id: write, task: Write to *them*, due: T-30}
          - {task: Print the kit, done: 2026-11-01}
          - {task: Not this year, skipped: no time}
        """,
}


def scene_of(files: dict[str, str] = FILES) -> Scene:
    loaded = book(files, TODAY)
    assert loaded.problems == ()
    bare = Scene(loaded.playbook, TODAY)
    return replace(bare, scripts=ShownScripts(bare, Scripts(loaded.playbook, TODAY)))


CODES = code_table(
    [
        ("people", "ada"),
        ("name", "Petra V"),
        ("item", "events/camp#write"),
        ("item", "events/camp#Print the kit"),
        ("item", "events/camp#Not this year"),
    ]
)


def kit(*, discreet: bool) -> Sheet:
    scene = scene_of()
    return kit_sheet(scene, scene.playbook.events["camp"], discreet=discreet)


def people(sheet: Sheet) -> dict[str, Person]:
    return {block.name: block for part in sheet.sections for block in part.blocks if isinstance(block, Person)}


def labels(person: Person) -> dict[str, tuple[str, ...]]:
    return {row.label: row.texts for row in person.rows.rows}


def test_a_kit_says_where_to_be_what_to_say_and_what_to_tick():
    sheet = kit(discreet=False)
    assert (sheet.title, sheet.what, sheet.subtitle, sheet.name) == (
        "Camp",
        "Event kit",
        "14–16 May 2027, Ghent_West",
        "camp-kit",
    )
    assert sheet.sections[:7] == (
        Section(
            "",
            (
                Text("Two of them speak there.", "lead"),
                Rows((Row("When", ("Fri 14 May 09:00 – Sun 16 May 17:00",)), Row("Where", ("Ghent_West",)))),
            ),
        ),
        Section("Introduce yourself", (Text("I build the part that remembers.", "say"),)),
        Section("What I am here for", (Bullets((r"**Give \*the\* talk**: Draft my third",)),)),
        Section("Where to be", (Timetable("Fri 14 May", (Hour("11:00", "Opening", "Ada Novak. Ours"),)),)),
        Section("Questions for anybody", (Bullets(("What did you stop doing?",)),)),
        Section(
            "Before I go",
            (
                Checks(
                    (
                        Check(r"Write to \*them\*", "by 14 Apr 2027", CODES["item", "events/camp#write"]),
                        Check("Print the kit", "", CODES["item", "events/camp#Print the kit"], is_done=True),
                    )
                ),
            ),
            note="1 of 2",
        ),
        Section("Bring", (Checks((Check("A pen"),)),)),
    )


def test_everybody_to_meet_has_a_block_with_a_code_and_lines_to_write_on():
    ada = people(kit(discreet=False))["Ada Novak"]
    assert (ada.code, ada.say, ada.role, ada.lines) == (CODES["people", "ada"], "AH-da", "Mentor", LINES_FOR_EACH)
    assert labels(ada) == {
        "Why": ("She reads *everything*",),
        "Last": ("3 Nov 2026 (received, video): An hour on slides",),
        "Opener": ("You changed our plan",),
        "My ask": ("Ten minutes",),
        "I offer": ("our numbers",),
        "Between us": ("You promised: Send the page", "They promised: Read it"),
        "Hear them": ("Fri 14 May 11:00: Opening",),
    }
    assert ada.script is not None
    assert ada.script.text == "Ada? You changed our plan"


def test_somebody_without_a_file_has_a_code_too():
    petra = people(kit(discreet=False))["Petra V"]
    assert petra.code == CODES["name", "Petra V"]
    assert labels(petra) == {"Ask them": ("Who counts?",), "I offer": ("a review",)}


def test_a_discreet_kit_leaves_out_what_was_written_about_people():
    sheet = kit(discreet=True)
    assert set(labels(people(sheet)["Ada Novak"])) == {"Why", "Opener", "My ask", "I offer", "Hear them"}
    said = repr(sheet)
    assert [word for word in ("An hour on slides", "Send the page", "Read it", "Kept already") if word in said] == []


def test_what_is_kept_already_is_on_no_kit():
    assert "Kept already" not in repr(kit(discreet=False))


def test_a_page_to_capture_has_twelve_blank_codes():
    last = kit(discreet=False).sections[-1]
    assert last.title == "What I heard"
    assert [block.codes for block in last.blocks if isinstance(block, Blanks)] == [BLANK]


def test_a_card_bears_the_questions_for_anybody_and_nothing_to_write_on():
    scene = scene_of()
    cards = people(cards_sheet(scene, scene.playbook.events["camp"], discreet=True))
    assert labels(cards["Ada Novak"])["Ask"] == ("What did you stop doing?",)
    assert "Ask" not in labels(cards["Petra V"])
    assert [(card.lines, card.script) for card in cards.values()] == [(0, None), (0, None)]


def test_an_event_of_two_lines_makes_a_kit_to_write_on():
    scene = scene_of({"events/camp.yml": "title: Camp\nstarts: 2027-05-14"})
    sheet = kit_sheet(scene, scene.playbook.events["camp"], discreet=True)
    assert [part.title for part in sheet.sections] == ["", "What I heard"]
    assert sheet.sections[0].blocks == (Rows((Row("When", ("14 May 2027",)),)),)
