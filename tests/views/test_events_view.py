"""Events and their kits: what the event does not say comes from the person; afterwards, what came of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from playbook.audience import restrict
from playbook.site import build_site
from playbook.views.checklists import ChecklistView
from playbook.views.events import (
    DayOfSessions,
    EventCard,
    EventsView,
    EventView,
    FollowUpView,
    MeetView,
    SessionView,
    YearOfEvents,
    event_card,
    event_view,
    events_view,
)
from playbook.views.goal_cards import EvidenceView
from playbook.views.kit import kit_sheet
from playbook.views.printouts import PrintoutView
from playbook.views.scene import Linked, Scene, Source
from playbook.views.scripts import FitView, ScriptView
from playbook.views.tally import Tally
from playbook.views.week import Week
from playbook.views.words import DayView, day_view
from tests.support import book

TODAY = dt.date(2026, 11, 21)
ADA = Linked("Ada", "page:people/ada.md")
BO = Linked("Bo", "page:people/bo.md")
STAFF = Linked("Staff", "page:goals/staff.md")


def on(text: str) -> DayView:
    return day_view(dt.date.fromisoformat(text), TODAY)


EMPTY = EventView(
    id="camp",
    title="Camp",
    kind="",
    status="considering",
    when="14 May 2027",
    times="",
    timezone="",
    day=on("2027-05-14"),
    length="1 day",
    is_over=False,
    place="",
    url="",
    cost="",
    organization=None,
    goals=(),
    why="",
    pitch="",
    pitch_is_own=False,
    questions=(),
    meet=(),
    days=(),
    bring=(),
    checklist=ChecklistView((), Tally(0, 0, 0)),
    afterwards=ChecklistView((), Tally(0, 0, 0)),
    met=(),
    learned=(),
    follow_ups=(),
    journal=(),
    printouts=(
        PrintoutView("The kit", "playbook print event camp"),
        PrintoutView("To fold into a pocket", "playbook print event camp --format pocket"),
    ),
    tags=(),
    source=Source("content/events/camp.yml", 1),
)
NOBODY = MeetView(
    anchor="meet-1",
    person=ADA,
    role="",
    pronounced="",
    why="",
    last="",
    opener="",
    questions=(),
    shared_questions=False,
    ask="",
    offers=(),
    promises=(),
    sessions=(),
    script=None,
    url="",
    has_met=False,
)


def scene(files: dict[str, str], audience: str = "me", today: dt.date = TODAY) -> Scene:
    loaded = book(files)
    assert not loaded.has_errors, [str(problem) for problem in loaded.problems]
    return Scene(restrict(loaded.playbook, audience), today, is_mine=audience == "me")


def camp(files: dict[str, str], audience: str = "me", today: dt.date = TODAY) -> EventView:
    found = scene(files, audience, today)
    return event_view(found, found.playbook.events["camp"])


def meet(files: dict[str, str], text: str, event: str = "") -> tuple[MeetView, ...]:
    return camp({**files, "events/camp.yml": f"title: Camp\nstarts: 2027-05-14\nmeet: {text}\n{event}"}).meet


# ---- an event's page


def test_an_event_of_two_lines_has_a_page() -> None:
    assert camp({"events/camp.yml": "title: Camp\nstarts: 2027-05-14"}) == EMPTY


def test_an_event_tells_when_where_and_why() -> None:
    found = camp(
        {
            "me.yml": "timezone: Europe/Berlin\npitch: I am Mara",
            "events/camp.yml": """
                title: Camp
                kind: conference
                starts: 2027-05-14 09:00
                ends: 2027-05-16 17:00
                timezone: America/Los_Angeles
                place: Long Beach
                url: https://example.org/camp
                cost: 450 USD
                status: registered
                organization: guild
                goals: [staff]
                why: They speak there
                questions: [What did you stop?]
                bring: [The design]
                tags: [far]
                """,
            "organizations/guild.yml": "name: Guild",
            "goals/staff.yml": "title: Staff",
            "goals/talk.yml": "title: Talk\nevents: [camp]",
            "journal/2026.yml": "- {date: 2026-11-01, title: Paper in, events: [camp], kind: contribution}",
        }
    )
    assert found == replace(
        EMPTY,
        kind="Conference",
        status="registered",
        when="14–16 May 2027",
        times="Fri 14 May 09:00 – Sun 16 May 17:00",
        timezone="America/Los_Angeles",
        length="3 days",
        place="Long Beach",
        url="https://example.org/camp",
        cost="450 USD",
        organization=Linked("Guild", "page:organizations/guild.md"),
        goals=(STAFF, Linked("Talk", "page:goals/talk.md")),
        why="They speak there",
        pitch="I am Mara",
        questions=("What did you stop?",),
        bring=("The design",),
        journal=(
            EvidenceView(
                Linked("Paper in", "page:journal/2026.md#2026-11-01-1"), on("2026-11-01"), "contribution", "", None
            ),
        ),
        tags=("far",),
    )


@pytest.mark.parametrize(
    ("starts", "ends", "times"),
    [
        ("2027-05-14", "", ""),
        ("2027-05-14", "2027-05-16 17:00", ""),
        ("2027-05-14 09:00", "", "from 09:00"),
        ("2027-05-14 09:00", "2027-05-16", "from 09:00"),
        ("2027-05-14 09:00", "2027-05-14 17:30", "09:00–17:30"),
        ("2027-05-14 09:00", "2027-05-15 17:30", "Fri 14 May 09:00 – Sat 15 May 17:30"),
    ],
)
def test_times_are_told_as_far_as_they_are_known(starts: str, ends: str, times: str) -> None:
    end = f"ends: {ends}" if ends else ""
    assert camp({"events/camp.yml": f"title: Camp\nstarts: {starts}\n{end}"}).times == times


def test_your_own_time_zone_goes_without_saying() -> None:
    files = {"events/camp.yml": "title: Camp\nstarts: 2027-05-14 09:00\ntimezone: Europe/Berlin"}
    assert camp({**files, "me.yml": "timezone: Europe/Berlin"}).timezone == ""
    assert camp(files).timezone == "Europe/Berlin"


def test_an_event_has_its_own_pitch_and_another_reader_is_never_told_yours() -> None:
    files = {"me.yml": "pitch: Mine\nvisibility: public"}
    own = camp({**files, "events/camp.yml": "title: Camp\nstarts: 2027-05-14\npitch: For camp"})
    assert (own.pitch, own.pitch_is_own) == ("For camp", True)
    theirs = camp({**files, "events/camp.yml": "title: Camp\nstarts: 2027-05-14\nvisibility: public"}, "public")
    assert (theirs.pitch, theirs.pitch_is_own) == ("", False)


# ---- people to meet


PEOPLE = {
    "people/ada.yml": """
        name: Ada
        relations: [mentor, peer]
        pronounced: AH-da
        why: Her advice
        positions:
          - {organization: firm, title: Engineer, to: 2026-01-31}
          - {organization: guild, title: Fellow}
        offers: [Our numbers, {what: A book, given: true}]
        promises: [Send the paper, {what: Her slides, by: them}, {what: Was kept, kept: true}]
        log:
          - {date: 2026-10-01, what: First}
          - {date: 2026-11-03, channel: video, kind: received, what: "An hour\\non much"}
          - {date: 2026-12-24, what: To come}
        """,
    "people/bo.yml": "name: Bo\nmet: {date: 2026-05-16, how: At a talk}",
    "organizations/guild.yml": "name: The Guild",
}


def test_what_the_event_does_not_say_comes_from_the_person_and_from_the_event() -> None:
    sessions = "sessions: [{at: 2027-05-14 11:00, title: Consensus, who: ada}, {title: Open, who: [bo, ada]}]"
    assert meet(PEOPLE, "[ada, bo]", f"questions: [What did you stop?]\n{sessions}") == (
        replace(
            NOBODY,
            role="Mentor; Fellow, The Guild",
            pronounced="AH-da",
            why="Her advice",
            last="3 Nov 2026 (received, video): An hour",
            questions=("What did you stop?",),
            shared_questions=True,
            offers=("Our numbers",),
            promises=("You promised: Send the paper", "They promised: Her slides"),
            sessions=("Fri 14 May 11:00: Consensus", "Open"),
        ),
        replace(
            NOBODY,
            anchor="meet-2",
            person=BO,
            last="You met 16 May 2026",
            questions=("What did you stop?",),
            shared_questions=True,
            sessions=("Open",),
        ),
    )


@pytest.mark.parametrize(
    ("log", "last"),
    [
        ("[{date: 2026-11-03, what: Lunch}, {date: 2026-11-20, what: Tea}, {date: 2026-11-20, what: Walk}]", "Walk"),
        ("[{date: 2026-11-20, what: Walk}, {date: 2026-11-20, what: Tea}, {date: 2026-11-03, what: Lunch}]", "Walk"),
        ("[{date: 2026-11-20, what: Tea}, {date: 2026-11-20, what: Walk}]", "Walk"),
    ],
    ids=["oldest first", "newest first", "of one day"],
)
def test_of_two_lines_of_one_day_the_last_is_the_later_in_the_order_of_the_log(log: str, last: str) -> None:
    files = {"people/ada.yml": f"name: Ada\nlog: {log}"}
    assert [one.last for one in meet(files, "ada")] == [f"20 Nov 2026 (met): {last}"]


def test_what_the_event_says_comes_first() -> None:
    text = "{person: ada, why: She chairs, opener: Your question, questions: [Why?], ask: Ten minutes, offer: A table}"
    found = meet(PEOPLE, f"[{text}]", "questions: [For anybody?]")[0]
    assert (found.why, found.opener, found.ask) == ("She chairs", "Your question", "Ten minutes")
    assert (found.questions, found.shared_questions, found.offers) == (("Why?",), False, ("A table",))


def test_somebody_without_a_file_is_shown_as_written() -> None:
    text = "{name: Barbara, organization: guild, url: 'https://example.org/b'}"
    sessions = "sessions: [{at: 2027-05-14, title: Types, who: Barbara}]"
    assert meet(PEOPLE, f"[{text}, {{name: Cy, organization: Elsewhere}}]", sessions) == (
        replace(
            NOBODY,
            person=Linked("Barbara", "https://example.org/b"),
            role="The Guild",
            url="https://example.org/b",
            sessions=("Fri 14 May: Types",),
        ),
        replace(NOBODY, anchor="meet-2", person=Linked("Cy"), role="Elsewhere"),
    )


class Filled:
    """Scripts that only say what they were asked for."""

    def fill(self, template: str, person: str = "", event: str = "", goal: str = "") -> ScriptView:
        return ScriptView(Linked(template), Linked(person), (), "", event, goal, "", ())

    def fits(self, template: str) -> tuple[FitView, ...]:
        raise NotImplementedError

    def example(self, template: str) -> ScriptView | None:
        raise NotImplementedError

    def for_person(self, person: str) -> tuple[ScriptView, ...]:
        raise NotImplementedError


def test_a_script_is_filled_for_the_person_and_the_event() -> None:
    files = {
        "people/ada.yml": "name: Ada",
        "outreach/opener.yml": "title: Opener\nbody: Hello!",
        "events/camp.yml": "title: Camp\nstarts: 2027-05-14\nmeet: [{person: ada, script: opener}]",
    }
    found = replace(scene(files), scripts=Filled())
    view = event_view(found, found.playbook.events["camp"])
    assert [one.script for one in view.meet] == [
        ScriptView(Linked("opener"), Linked("ada"), (), "", "camp", "", "", ())
    ]


# ---- who was met

MET = "title: Camp\nstarts: 2026-11-01\nends: 2026-11-03\n"


@pytest.mark.parametrize(
    ("ada", "was_met"),
    [
        ("met: {event: camp}", True),
        ("log: [{date: 2026-11-02, event: camp}]", True),
        ("log: [{event: camp}]", True),
        ("log: [{date: 2026-11-03, kind: gave, event: camp}]", True),
        ("log: [{date: 2026-11-05, kind: met, event: camp}]", True),
        ("log: [{date: 2026-10-01, kind: wrote, event: camp}]", False),
        ("log: [{date: 2026-11-05, kind: wrote, event: camp}]", False),
        ("log: [{date: 2026-11-02, kind: note, event: camp}]", False),
        ("log: [{date: 2026-11-22, event: camp}]", False),
    ],
)
def test_whoever_tells_of_a_meeting_there_was_met_and_a_message_about_it_is_none(ada: str, was_met: bool) -> None:
    found = camp({"people/ada.yml": f"name: Ada\n{ada}", "events/camp.yml": f"{MET}meet: [ada]"})
    assert (found.met, found.meet[0].has_met) == (((ADA,), True) if was_met else ((), False))


def test_nobody_was_met_at_what_is_still_to_come() -> None:
    files = {"people/ada.yml": "name: Ada\nlog: [{date: 2026-11-01, kind: asked, event: camp}]"}
    assert camp({**files, "events/camp.yml": "title: Camp\nstarts: 2027-05-14"}).met == ()


def test_those_met_stand_as_the_event_has_them_then_those_whose_files_tell_of_it() -> None:
    found = camp(
        {
            "people/ada.yml": "name: Ada\nmet: {event: camp}",
            "people/bo.yml": "name: Bo\nlog: [{date: 2026-11-02, event: camp}]",
            "people/cy.yml": "name: Cy",
            "events/camp.yml": f"{MET}outcomes: {{met: [cy, bo], learned: [Less is more]}}",
        }
    )
    assert (found.met, found.learned) == ((Linked("Cy", "page:people/cy.md"), BO, ADA), ("Less is more",))


# ---- follow-ups and sessions


def test_a_follow_up_has_two_days_unless_it_says_more() -> None:
    files = {
        "people/ada.yml": "name: Ada",
        "events/camp.yml": f"{MET}outcomes: {{follow_ups: [Write, {{what: Call, person: ada, due: 2026-12-01}}, {{what: Said, done: 2026-11-04}}]}}",
    }
    found = camp(files)
    assert found.is_over
    assert found.follow_ups == (
        FollowUpView("Write", None, on("2026-11-05"), None, "waiting", "Open: Write"),
        FollowUpView("Call", ADA, on("2026-12-01"), None, "open", "Open: Call"),
        FollowUpView("Said", None, on("2026-11-05"), on("2026-11-04"), "done", "Done: Said"),
    )
    last = camp({"events/camp.yml": "title: Camp\nstarts: 9999-12-31\noutcomes: {follow_ups: [Rest]}"})
    assert [one.due for one in last.follow_ups] == [on("9999-12-31")]


def test_sessions_stand_by_day_and_time_and_those_without_one_come_last() -> None:
    found = camp(
        {
            "people/ada.yml": "name: Ada",
            "events/camp.yml": """
                title: Camp
                starts: 2027-05-14
                sessions:
                  - {at: 2027-05-15, title: All day}
                  - Whenever
                  - {at: 2027-05-14 11:00, title: Late, who: [ada, Barbara], why: New}
                  - {at: 2027-05-14 09:30, title: Early}
                """,
        }
    )
    assert found.days == (
        DayOfSessions(
            "Fri 14 May",
            (SessionView("09:30", "Early", (), ""), SessionView("11:00", "Late", (ADA, Linked("Barbara")), "New")),
        ),
        DayOfSessions("Sat 15 May", (SessionView("", "All day", (), ""),)),
        DayOfSessions("Whenever it fits", (SessionView("", "Whenever", (), ""),)),
    )


# ---- all events


def card(title: str, when: str, starts: str, status: str = "considering") -> EventCard:
    link = Linked(title, f"page:events/{title.lower()}.md")
    return EventCard(link, when, on(starts), "", status, "", "", Tally(0, 0, 0), 0, 0, ())


def test_events_are_to_come_behind_you_by_year_or_left_out() -> None:
    found = events_view(
        scene(
            {
                "events/a.yml": "title: A\nstarts: 2027-01-01",
                "events/b.yml": "title: B\nstarts: 2026-11-20\nends: 2026-11-21",
                "events/c.yml": "title: C\nstarts: 2026-11-20",
                "events/d.yml": "title: D\nstarts: 2026-03-01\nstatus: attended",
                "events/e.yml": "title: E\nstarts: 2024-03-01\nstatus: attended",
                "events/f.yml": "title: F\nstarts: 2027-03-01\nstatus: skipped",
            }
        )
    )
    begun = replace(on("2026-11-20"), relative="today, its last day")
    assert found == EventsView(
        upcoming=(replace(card("B", "20–21 Nov 2026", "2026-11-20"), day=begun), card("A", "1 Jan 2027", "2027-01-01")),
        past=(
            YearOfEvents(
                "2026",
                (card("C", "20 Nov 2026", "2026-11-20"), card("D", "1 Mar 2026", "2026-03-01", "attended")),
            ),
            YearOfEvents("2024", (card("E", "1 Mar 2024", "2024-03-01", "attended"),)),
        ),
        skipped=(card("F", "1 Mar 2027", "2027-03-01", "skipped"),),
    )
    assert events_view(scene({})) == EventsView((), (), ())


def test_a_card_counts_whom_to_meet_whom_you_met_and_what_is_prepared() -> None:
    found = scene(
        {
            "people/ada.yml": "name: Ada",
            "goals/staff.yml": "title: Staff\nevents: [camp]",
            "events/camp.yml": f"{MET}place: Bremen\nkind: meetup\nwhy: Near\nmeet: [ada, {{name: Barbara}}]\noutcomes: {{met: ada}}\nchecklist: [{{task: a, done: true}}, b]",
        }
    )
    assert event_card(found, found.playbook.events["camp"]) == EventCard(
        Linked("Camp", "page:events/camp.md"), "1–3 Nov 2026", on("2026-11-01"), "Meetup", "considering", "Bremen",
        "Near", Tally(1, 2, 0), 2, 1, (STAFF,),
    )  # fmt: skip


def test_another_reader_learns_neither_the_kit_nor_the_cost() -> None:
    found = camp(
        {
            "people/ada.yml": "name: Ada",
            "events/camp.yml": "title: Camp\nstarts: 2027-05-14\nvisibility: public\ncost: 450\nmeet: [ada]\noutcomes: {learned: [x]}",
        },
        "public",
    )
    assert found == replace(EMPTY, printouts=(), source=None)


def test_with_people_to_meet_there_are_cards_and_scripts_to_print():
    found = camp({"people/ada.yml": "name: Ada", "events/camp.yml": "title: Camp\nstarts: 2027-05-14\nmeet: [ada]"})
    assert [one.command for one in found.printouts] == [
        "playbook print event camp",
        "playbook print event camp --format pocket",
        "playbook print event camp --format cards",
        "playbook print scripts --event camp",
    ]


def test_after_an_event_what_was_written_down_there_waits_to_be_typed_in():
    found = camp({"events/camp.yml": "title: Camp\nstarts: 2026-11-20"})
    assert [one.command for one in found.printouts] == ["playbook capture camp"]


def test_what_was_for_the_time_before_an_event_waits_no_more_when_it_is_over() -> None:
    files = {
        "events/camp.yml": "title: Camp\nstarts: 2026-11-18\nchecklist: [{task: Meet, due: T-5}, {task: Write, due: T+1}]"
    }
    for today, waits in (
        (TODAY, [(False, True), (True, False)]),
        (dt.date(2026, 11, 18), [(True, False), (False, False)]),
    ):
        found = camp(files, today=today)
        items = [item for part in (found.checklist, found.afterwards) for item in part.groups[0].items]
        assert [(item.is_waiting, item.is_moot) for item in items] == waits
    page = next(page for page in build_site(book(files, TODAY).playbook, TODAY).pages if page.uri == "events/camp.md")
    assert "was for 13 Nov 2026" in page.html


def test_what_is_prepared_is_what_is_due_before_the_end_and_the_rest_is_counted_apart() -> None:
    found = scene({
        "events/camp.yml": """
            title: Camp
            starts: 2026-12-01
            ends: 2026-12-02
            checklist:
              - {task: Pack, due: T-1, done: true}
              - Whenever
              - {task: On the first day, due: T-0}
              - {task: On the last day, due: T+0}
              - {task: Write, due: T+1}
              - {task: Look back, due: 2026-12-09}
            """,
    })  # fmt: skip
    entry = found.playbook.events["camp"]
    view, week = event_view(found, entry), Week(found).event
    assert week is not None
    assert {event_card(found, entry).tally, view.checklist.tally, week.tally} == {Tally(1, 3, 0)}
    assert [one.text for group in view.afterwards.groups for one in group.items] == [
        "On the last day",
        "Write",
        "Look back",
    ]
    assert (view.afterwards.tally, [one.text for one in week.next_items]) == (
        Tally(0, 3, 0),
        ["On the first day", "Whenever"],
    )
    before, after = (part for part in kit_sheet(found, entry, discreet=True).sections if part.note)
    assert [(part.title, part.note) for part in (before, after)] == [
        ("Before I go", "1 of 3"),
        ("Afterwards", "0 of 3"),
    ]


@pytest.mark.parametrize(
    ("today", "said"),
    [
        ("2026-11-30", "tomorrow"),
        ("2026-12-01", "now, until Thu 3 Dec"),
        ("2026-12-02", "now, until Thu 3 Dec"),
        ("2026-12-03", "today, its last day"),
        ("2026-12-04", "yesterday"),
        ("2026-12-08", "5 days ago"),
    ],
)
def test_an_event_of_several_days_is_counted_to_its_end_once_it_has_begun(today: str, said: str) -> None:
    files = {"events/camp.yml": "{title: Camp, starts: 2026-12-01, ends: 2026-12-03}"}
    found = Scene(book(files).playbook, dt.date.fromisoformat(today))
    event = found.playbook.events["camp"]
    assert (event_view(found, event).day.relative, event_card(found, event).day.relative) == (said, said)
    coming = Week(found).event
    assert coming is None or coming.day.relative == said
