"""Plays and tags: what runs, what is ready, what is behind; and every tag with what carries it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from playbook.audience import restrict
from playbook.views.checklists import ChecklistView
from playbook.views.plays import PlayCard, PlaysView, PlayView, ReadyPlay, ReadyStep, play_view, plays_view
from playbook.views.scene import Linked, Scene, Source
from playbook.views.tags import TagsView, TagView, tags_view
from playbook.views.tally import Tally
from playbook.views.words import DayView, day_view
from tests.support import book

TODAY = dt.date(2026, 11, 21)
NOTHING = Tally(0, 0, 0)


def on(text: str) -> DayView:
    return day_view(dt.date.fromisoformat(text), TODAY)


def scene(files: dict[str, str], audience: str = "me") -> Scene:
    loaded = book(files)
    assert not loaded.has_errors, [str(problem) for problem in loaded.problems]
    return Scene(restrict(loaded.playbook, audience), TODAY, is_mine=audience == "me")


def card(title: str, status: str = "active", starts: str = "", tally: Tally = NOTHING, why: str = "") -> PlayCard:
    return PlayCard(Linked(title, f"page:plays/{title.lower()}.md"), status, on(starts) if starts else None, tally, why)


def test_a_play_runs_from_its_day_until_it_is_over() -> None:
    found = plays_view(
        scene(
            {
                "plays/b.yml": "title: B\nstarts: 2026-11-21\nwhy: New\nchecklist: [{task: a, done: true}, b]",
                "plays/a.yml": "title: A\nstarts: 2026-11-22",
                "plays/c.yml": "title: C",
                "plays/d.yml": "title: D\nstarts: 2026-01-01",
                "plays/e.yml": "title: E\nstatus: done\nstarts: 2026-01-01",
                "plays/f.yml": "title: F\nstatus: paused",
            }
        )
    )
    assert replace(found, library=()) == PlaysView(
        running=(card("D", starts="2026-01-01"), card("B", starts="2026-11-21", tally=Tally(1, 2, 0), why="New")),
        ready=(card("A", starts="2026-11-22"), card("C")),
        past=(card("E", "done", "2026-01-01"), card("F", "paused")),
    )


def test_without_plays_the_page_has_the_library_alone_and_another_reader_nothing() -> None:
    found = plays_view(scene({}))
    assert replace(found, library=()) == PlaysView((), (), ())
    assert [(family.title, len(family.plays)) for family in found.library] == [
        ("Say what you want", 3),
        ("Meet people", 6),
        ("Be found", 3),
        ("Mentors", 3),
        ("Sponsors", 1),
        ("Keep ties alive", 4),
        ("Grow, and look back", 4),
    ]
    assert plays_view(scene({}, "public")) == PlaysView((), (), ())


def test_a_play_runs_from_its_first_step_on_where_that_lies_before_its_day() -> None:
    found = plays_view(
        scene(
            {
                "plays/a.yml": "title: A\nstarts: 2026-12-21\nchecklist: [{task: early, due: T-30}, {task: late, due: T+1}]",
                "plays/b.yml": "title: B\nstarts: 2026-12-22\nchecklist: [{task: early, due: T-30}]",
            }
        )
    )
    assert ([card.link.text for card in found.running], [card.link.text for card in found.ready]) == (["A"], ["B"])


def test_a_play_of_the_library_says_how_it_starts_and_leads_to_ones_own_scripts() -> None:
    found = plays_view(
        scene(
            {
                "outreach/offer.yml": "title: Give\npurpose: offer\nbody: Hello",
                "plays/mine.yml": "title: Mine\nplay: company-event",
            }
        )
    )
    (play,) = [play for family in found.library for play in family.plays if play.id == "company-event"]
    assert replace(play, why="", steps=play.steps[2:6]) == ReadyPlay(
        id="company-event",
        title="A company event",
        why="",
        origin="Herminia Ibarra: Act Like a Leader, Think Like a Leader (2015)",
        day="the event",
        steps=(
            ReadyStep(
                "T-7",
                "Offer a hand with the preparation, for it is the easiest way to talk",
                (Linked("Give", "page:outreach/offer.md"),),
            ),
            ReadyStep("T-2", "Think of one thing your team could give theirs", ()),
            ReadyStep("T+0", "Sit beside somebody you do not know", ()),
            ReadyStep("T+0", "Ask what they work around every week", ()),
        ),
        done_when=(
            "Two colleagues from elsewhere have a file and a reason to hear from you.",
            "One thing was offered, and given.",
        ),
        command="playbook start company-event --event EVENT [--goal GOAL]",
        started=(Linked("Mine", "page:plays/mine.md"),),
    )
    assert play.steps[6].scripts == (Linked("follow up"),)


def test_a_play_has_a_page() -> None:
    found = scene(
        {
            "plays/start.yml": """
                title: Start
                why: It is new
                starts: 2026-12-01
                goals: [staff]
                people: [ada]
                events: [camp]
                organizations: [guild]
                done_when: Everybody knows
                source: "Ada: On Starting (1943)"
                notes: Some *notes*
                tags: [calm]
                """,
            "goals/staff.yml": "title: Staff",
            "people/ada.yml": "name: Ada",
            "events/camp.yml": "title: Camp\nstarts: 2026-12-01",
            "organizations/guild.yml": "name: Guild",
        }
    )
    assert play_view(found, found.playbook.plays["start"]) == PlayView(
        title="Start",
        status="active",
        why="It is new",
        starts=on("2026-12-01"),
        checklist=ChecklistView((), Tally(0, 0, 0)),
        done_when=("Everybody knows",),
        origin="Ada: On Starting (1943)",
        goals=(Linked("Staff", "page:goals/staff.md"),),
        people=(Linked("Ada", "page:people/ada.md"),),
        events=(Linked("Camp", "page:events/camp.md"),),
        organizations=(Linked("Guild", "page:organizations/guild.md"),),
        notes="Some *notes*",
        tags=("calm",),
        source=Source("content/plays/start.yml", 1),
    )


TAGGED = {
    "goals/staff.yml": "title: Staff\ntags: [storage, Thought leader, storage]",
    "goals/talk.yml": "title: Talk\ntags: [Storage]\nvisibility: public",
    "people/ada.yml": "name: Ada\ntags: [thought-leader]",
    "journal/2026.yml": "- {date: 2026-10-01, title: Shipped, tags: [storage, C++]}\n- {date: 2026-10-02, tags: [C]}",
}


def test_a_tag_leads_to_everything_that_carries_it_however_it_is_spelt() -> None:
    assert tags_view(scene(TAGGED)) == TagsView(
        (
            TagView("C", (Linked("Achievement", "page:journal/2026.md#2026-10-02-2"),)),
            TagView("C++", (Linked("Shipped", "page:journal/2026.md#2026-10-01-1"),)),
            TagView(
                "storage",
                (
                    Linked("Staff", "page:goals/staff.md"),
                    Linked("Talk", "page:goals/talk.md"),
                    Linked("Shipped", "page:journal/2026.md#2026-10-01-1"),
                ),
            ),
            TagView("Thought leader", (Linked("Staff", "page:goals/staff.md"), Linked("Ada", "page:people/ada.md"))),
        )
    )


def test_another_reader_learns_no_tag_of_what_is_hidden() -> None:
    assert tags_view(scene(TAGGED, "public")) == TagsView(
        (TagView("Storage", (Linked("Talk", "page:goals/talk.md"),)),)
    )
