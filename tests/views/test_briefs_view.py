"""Briefs, agendas, goals and scripts on paper: what one wants to know before the door opens."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from playbook.codes import code_of
from playbook.render.scripts import Scripts
from playbook.render.scripts.showing import ShownScripts
from playbook.views.briefs import agenda_sheet, goal_sheet, person_sheet, rehearsal_sheet
from playbook.views.scene import Scene
from playbook.views.sheet import Bullets, Check, Checks, Lines, Row, Rows, Section, Sheet, Text
from tests.support import book

TODAY = dt.date(2026, 11, 21)
ADA = """
    name: Ada Novak
    relations: [mentor]
    circle: inner
    why: She reads everything
    positions:
      - {organization: Society_X, title: Fellow}
      - {organization: Old House, to: 2020-01-01}
    expertise: [slides, councils]
    met: {date: 2025-05-16, how: hallway after her talk}
    channels: {email: ada@example.org}
    prefers: email
    notes: A *secret* note
    offers: [our numbers]
    promises:
      - {what: Send the page, due: 2026-12-05}
    log:
      - {date: 2026-11-03, kind: received, channel: video, what: An hour on slides}
      - {date: 2026-10-01, kind: gave, what: The reading list}
    mentoring:
      role: mentor
      rhythm: every 4 weeks
      next: 2026-12-08
      aims: [Lead without authority]
      expectations: [We start on time]
      questions:
        - How do you say no?
        - {ask: Whom do I ask?, answered: The chair}
      feedback:
        - {date: 2026-11-03, said: The first slide is the decision, action: Rewrite it, acted: 2026-11-10}
        - {date: 2026-11-03, said: Slow down, action: Rehearse aloud}
        - {date: 2026-09-03, said: Good page}
    """


def scene_of(files: dict[str, str]) -> Scene:
    loaded = book(files, TODAY)
    assert [str(problem) for problem in loaded.problems if problem.severity.fails] == []
    bare = Scene(loaded.playbook, TODAY)
    return replace(bare, scripts=ShownScripts(bare, Scripts(loaded.playbook, TODAY)))


def sections(sheet: Sheet) -> dict[str, Section]:
    return {part.title: part for part in sheet.sections}


def rows(section: Section) -> dict[str, tuple[str, ...]]:
    return {row.label: row.texts for block in section.blocks if isinstance(block, Rows) for row in block.rows}


def test_a_brief_tells_who_they_are_and_where_you_left_off():
    scene = scene_of({"people/ada.yml": ADA})
    found = sections(person_sheet(scene, scene.playbook.people["ada"], discreet=False))
    assert found[""].blocks[0] == Text("She reads everything", "lead")
    assert rows(found[""]) == {
        "Works as": ("Fellow, Society_X",),
        "Before": ("Old House",),
        "Knows about": ("slides, councils",),
        "Met": ("hallway after her talk, 16 May 2025",),
    }
    assert rows(found["Promised"]) == {"I promised": ("Send the page (by 5 Dec 2026)",)}
    assert rows(found["Where we left off"]) == {
        "3 Nov 2026": ("received, video: An hour on slides",),
        "1 Oct 2026": ("gave: The reading list",),
    }
    assert rows(found["Given and received"]) == {
        "I gave": ("The reading list (1 Oct 2026)",),
        "They gave": ("An hour on slides (3 Nov 2026)",),
    }
    assert rows(found["Next time"])["Ask"] == ("How do you say no?",)
    assert found["Notes"].blocks == (Text("A *secret* note"),)
    assert rows(found["How to reach them"]) == {
        "Email": ("ada@example.org, preferred",),
        "Video": ("last answered here, 3 Nov 2026",),
    }


def test_a_discreet_brief_leaves_out_notes_log_ledger_and_promises():
    scene = scene_of({"people/ada.yml": ADA})
    sheet = person_sheet(scene, scene.playbook.people["ada"], discreet=True)
    assert list(sections(sheet)) == ["", "Next time", "How to reach them", "What I heard"]
    hidden = ("secret", "An hour on slides", "The reading list", "Send the page", "last touch", "last answered")
    assert [word for word in hidden if word in repr(sheet)] == []


def test_an_agenda_says_what_was_asked_what_was_acted_on_and_what_to_ask_now():
    scene = scene_of(
        {
            "people/ada.yml": ADA,
            "journal/2026.yml": """
            - {date: 2026-11-15, title: Replay runs, impact: Nine hours less}
            - {date: 2026-11-03, title: On the very day}
            - {date: 2026-12-24, title: Not yet}
            - {date: 2026-11-16, kind: learning, title: No achievement}
            """,
        }
    )
    sheet = agenda_sheet(scene, scene.playbook.people["ada"])
    assert (sheet.subtitle, sheet.code) == (
        "with your mentor, next on 8 Dec 2026, every 4 weeks",
        code_of(("people", "ada")),
    )
    found = sections(sheet)
    assert found["What I want out of this"].blocks == (Bullets(("Lead without authority",)),)
    assert found["Asked before"].blocks == (Bullets(("**Whom do I ask?** The chair",)),)
    assert found["What they told me, and what I did"].blocks == (
        Checks(
            (
                Check("The first slide is the decision → Rewrite it", "acted on 10 Nov 2026", is_done=True),
                Check("Slow down → Rehearse aloud", "not yet"),
            )
        ),
        Bullets(("Good page",)),
    )
    assert found["What moved since we last spoke"].blocks == (Bullets(("Replay runs: Nine hours less",)),)
    assert found["To ask now"].blocks == (Checks((Check("How do you say no?"),)),)
    assert found["How we work"].blocks == (Bullets(("We start on time",)),)
    assert list(found)[-3:] == ["What I heard", "What I will do, by when", "Next meeting"]


def test_an_agenda_without_an_agreement_is_lines_to_write_on_and_says_so():
    scene = scene_of({"people/bo.yml": "name: Bo"})
    sheet = agenda_sheet(scene, scene.playbook.people["bo"])
    assert sheet.notes == ("No mentoring is written for Bo, so the agenda is lines to write on.",)
    assert all(isinstance(block, Lines) for part in sheet.sections for block in part.blocks)


def test_a_goal_on_paper_has_its_milestones_and_a_code_for_every_item():
    scene = scene_of(
        {
            "people/ada.yml": "name: Ada",
            "people/bo.yml": "name: Bo",
            "goals/staff.yml": """
            title: Be staff
            kind: promotion
            why: The council
            measure: They say yes
            due: 2027-04-15
            pitch: I want to be staff.
            people: [ada, bo]
            told: {person: ada, date: 2026-09-14}
            milestones: [{title: Packet ready, due: 2027-02-01}, {title: Gaps known, done: 2026-06-11}]
            checklist:
              - {task: Read the ladder, done: 2026-04-20}
              - {task: Draft it, milestone: Packet ready, due: T-10}
              - {task: Not that, skipped: no need}
            """,
        }
    )
    sheet = goal_sheet(scene, scene.playbook.goals["staff"])
    found = sections(sheet)
    assert (sheet.what, sheet.subtitle) == ("Goal: Promotion", "by 15 Apr 2027, in 4 months")
    assert found[""].blocks == (Text("The council", "lead"), Rows((Row("Measure", ("They say yes",)),)))
    assert found["Said aloud"].blocks == (Text("I want to be staff.", "say"),)
    assert found["Milestones"].blocks == (
        Checks((Check("Packet ready", "by 1 Feb 2027"), Check("Gaps known", "reached 11 Jun 2026", is_done=True))),
    )
    read, draft = (code_of(("item", f"goals/staff#{task}")) for task in ("Read the ladder", "Draft it"))
    assert found["Checklist"].blocks == (Checks((Check("Read the ladder", "", read, is_done=True),)),)
    assert found["Packet ready"] == Section(
        "Packet ready", (Checks((Check("Draft it", "by 22 Jan 2027", draft),)),), note="by 1 Feb 2027"
    )
    assert rows(found["Who and where"]) == {
        "People": ("Ada, Bo",),
        "Told": ("Ada (14 Sep 2026)",),
        "To tell": ("Bo",),
    }


def test_a_rehearsal_has_what_is_said_aloud_and_tells_what_is_not_on_it():
    scene = scene_of(
        {
            "me.yml": "name: Mara\npitch: I build things.",
            "people/ada.yml": "name: Ada",
            "people/bo.yml": "name: Bo",
            "outreach/opener.yml": 'title: First words\nbody: "{{ person.calls }}, {{ meet.opener }}"',
            "events/camp.yml": """
            title: Camp
            starts: 2027-05-14
            meet:
              - {person: ada, opener: You changed our plan, script: opener}
              - {person: bo, script: opener}
            """,
        }
    )
    sheet = rehearsal_sheet(scene, scene.playbook.events["camp"])
    assert [part.title for part in sheet.sections] == ["Introduce yourself", "Ada"]
    assert [type(block).__name__ for block in sheet.sections[1].blocks] == ["Text", "Verbatim"]
    assert sheet.notes == ("Not on it: 'First words' for Bo, because meet.opener has no value.",)
