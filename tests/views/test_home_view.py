"""Home: what to do this week and why, for the author; for other readers, what somebody works toward and has reached."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace

import pytest

from playbook.agenda import TaskKind
from playbook.audience import restrict
from playbook.problems import Place, Problem, Severity
from playbook.site import build_site
from playbook.views.goal_cards import EvidenceView, GoalCard
from playbook.views.home import HomeView, home_view
from playbook.views.scene import Linked, Scene
from playbook.views.tally import Tally
from playbook.views.tasks import DuePersonView, TaskView
from playbook.views.thoughts import ThoughtView
from playbook.views.week import MOST_WAITING, NextEventView
from playbook.views.words import DayView, day_view
from tests.support import book

TODAY = dt.date(2026, 11, 21)

EMPTY = HomeView(
    is_mine=True,
    title="This week",
    today="21 Nov 2026",
    week="Mon 16 Nov – Sun 22 Nov",
    statement="",
    headline="",
    waiting=(),
    more_waiting=0,
    this_week=(),
    coming=(),
    next_steps=(),
    people=(),
    event=None,
    goals=(),
    achievements=(),
    problems=(),
    problems_title="0 problems in your files",
    is_new=True,
)


def on(text: str) -> DayView:
    return day_view(dt.date.fromisoformat(text), TODAY)


def home(files: dict[str, str], audience: str = "me", today: dt.date = TODAY) -> HomeView:
    loaded = book(files)
    assert not loaded.has_errors, [str(problem) for problem in loaded.problems]
    return home_view(Scene(restrict(loaded.playbook, audience), today, is_mine=audience == "me"))


def task(text: str, kind: str, href: str, due: str = "", state: str = "later", **others: Linked | None) -> TaskView:
    values = {**dict.fromkeys(("owner", "person", "script")), **others}
    promise, feedback = TaskKind.PROMISE, TaskKind.FEEDBACK
    known = {
        "checklist": TaskKind.ITEM,
        "you promised": promise,
        "promised to you": promise,
        "feedback to act on": feedback,
    }
    return TaskView(
        text=text, kind=known.get(kind) or TaskKind(kind), kind_text=kind, href=href, due=on(due) if due else None,
        state=state, label=f"Open: {text}", **values,
    )  # fmt: skip


def texts(tasks: tuple[TaskView, ...]) -> list[str]:
    return [found.text for found in tasks]


def test_an_empty_playbook_begins_with_how_to_begin() -> None:
    assert home({}) == EMPTY
    assert EMPTY.is_quiet


ADA = Linked("Ada", "page:people/ada.md")
BO = Linked("Bo", "page:people/bo.md")
STAFF = Linked("Staff", "page:goals/staff.md")
CAMP = Linked("Camp", "page:events/camp.md")

FULL = {
    "me.yml": "name: Mara\nheadline: An engineer\nstatement: Working toward staff.\nvisibility: public",
    "goals/staff.yml": """
        title: Staff
        kind: promotion
        why: More weight
        due: 2027-04-15
        visibility: public
        milestones: [{title: Packet, due: 2026-12-05}]
        checklist:
          - {task: Ask Ada, due: 2026-11-20, person: ada, script: ask, id: ask-ada}
          - {task: Later, due: 2026-11-29}
          - {task: Written, done: true}
        """,
    "goals/write.yml": "title: Write\nchecklist: [{task: Far off, due: 2027-06-01}, Begin]\nvisibility: public",
    "goals/rest.yml": "title: Rest\nstatus: paused\nchecklist: [Nothing]",
    "people/ada.yml": """
        name: Ada
        relations: [mentor]
        circle: inner
        prefers: video
        promises: [{what: Send the paper, due: 2026-11-23}, Lend the book, {what: Their book, by: them}]
        mentoring:
          role: mentor
          feedback: [{said: Shorter, action: Cut the opening}]
        dates: {birthday: --11-25}
        log:
          - {date: 2026-09-22, channel: video, kind: called, what: "An hour on\\nmany things"}
        """,
    "people/bo.yml": "name: Bo\nmentoring: {role: mentee, next: 2026-12-05}",
    "people/cy.yml": "name: Cy",
    "organizations/guild.yml": "name: Guild\nmembership: {state: member, renews: 2026-12-21}\nchecklist: [Offer a talk]",
    "organizations/far.yml": "name: Far\nmembership: {state: member, renews: 2026-12-22}",
    "outreach/ask.yml": "title: Ask\nbody: Hello!",
    "events/camp.yml": """
        title: Camp
        starts: 2026-12-01 09:00
        ends: 2026-12-03
        place: Bremen
        status: registered
        meet: [ada, bo]
        checklist:
          - {task: Pack, due: T-1}
          - {task: Send it, due: T+1}
          - {task: Booked, done: true}
        """,
    "events/past.yml": """
        title: Past
        starts: 2026-11-10
        outcomes: {follow_ups: [{what: Send the notes, person: bo}]}
        """,
    "events/after.yml": "title: After\nstarts: 2026-12-24",
    "journal/2026.yml": """
        - {date: 2026-11-10, title: Shipped, impact: Faster, people: [cy], goals: [staff], visibility: public}
        - {date: 2026-12-10, title: Not yet, visibility: public}
        - {date: 2026-11-11, kind: learning, title: Read, visibility: public}
        """,
    "plays/start.yml": "title: Start\nstarts: 2026-11-01\nchecklist: [Step]",
}

SHIPPED = EvidenceView(
    Linked("Shipped", "page:journal/2026.md#2026-11-10-1"), on("2026-11-10"), "achievement", "Faster", None
)


def test_the_author_is_told_what_waits_what_is_next_and_whom_to_be_in_touch_with() -> None:
    card = GoalCard(STAFF, "Promotion", "active", Tally(1, 3, 0), on("2027-04-15"), "Ask Ada", "More weight")
    write = Linked("Write", "page:goals/write.md")
    assert home(FULL) == replace(
        EMPTY,
        statement="Working toward staff.",
        headline="An engineer",
        waiting=(
            task("Thank Cy for “Shipped”", "thank-you", "page:journal/2026.md", "2026-11-11", "waiting"),
            task("Send the notes", "follow-up", "page:events/past.md", "2026-11-12", "waiting",
                 owner=Linked("Past", "page:events/past.md"), person=BO),
            task("Ask Ada", "checklist", "page:goals/staff.md#item_ask-ada", "2026-11-20", "waiting",
                 owner=STAFF, person=ADA, script=Linked("Ask", "page:outreach/ask.md")),
        ),
        this_week=(
            task("Send the paper", "you promised", "page:people/ada.md", "2026-11-23", "soon", owner=ADA),
            task("Ada: birthday", "date", "page:people/ada.md", "2026-11-25", "soon"),
        ),
        coming=(
            task("Packet", "milestone", "page:goals/staff.md", "2026-12-05", owner=STAFF),
            task("Meet Bo, your mentee: prepare the agenda", "meeting", "page:people/bo.md", "2026-12-05"),
            task("Guild: decide whether to renew", "renewal", "page:organizations/guild.md", "2026-12-21"),
        ),
        next_steps=(
            task("Lend the book", "you promised", "page:people/ada.md", owner=ADA),
            task("Far off", "checklist", "page:goals/write.md#item-1", "2027-06-01", owner=write),
            task("Step", "checklist", "page:plays/start.md#item-1", owner=Linked("Start", "page:plays/start.md")),
            task("Cut the opening", "feedback to act on", "page:people/ada.md", owner=ADA),
        ),
        people=(
            DuePersonView(
                ADA, "Mentor", "waiting since 20 Oct 2026: every 4 weeks (circle inner)",
                "last: called on 22 Sep 2026, An hour on", "video", is_overdue=True,
                owed="you promised: Send the paper, Lend the book; they promised: Their book",
            ),
        ),
        event=NextEventView(
            CAMP, "1–3 Dec 2026", "Bremen", on("2026-12-01"), Tally(1, 2, 0), 2,
            (task("Pack", "checklist", "page:events/camp.md#item-1", "2026-11-30", owner=CAMP),), "registered",
        ),
        goals=(card, GoalCard(write, "", "active", Tally(0, 2, 0), None, "Far off", "")),
        achievements=(SHIPPED,),
        is_new=False,
        thoughts=(ThoughtView("no sponsor", STAFF, "has nobody yet who would speak for you"),),
    )  # fmt: skip


def test_another_reader_is_told_nothing_of_what_is_to_be_done() -> None:
    found = home(FULL, "public")
    card = GoalCard(STAFF, "Promotion", "active", Tally(1, 3, 0), on("2027-04-15"), "Ask Ada", "More weight")
    assert found == replace(
        EMPTY,
        is_mine=False,
        title="Mara",
        statement="Working toward staff.",
        headline="An engineer",
        goals=(
            card,
            GoalCard(Linked("Write", "page:goals/write.md"), "", "active", Tally(0, 2, 0), None, "Far off", ""),
        ),
        achievements=(SHIPPED,),
        is_new=False,
    )


def test_a_reader_who_may_not_know_the_name_sees_a_playbook() -> None:
    found = home({"me.yml": "name: Mara"}, "public")
    assert (found.title, found.headline, found.statement, found.is_new) == ("A career playbook", "", "", False)


def test_no_more_people_are_named_at_once_than_the_week_holds() -> None:
    people = {
        f"people/p{n}.yml": f"name: P{n}\ncadence: weekly\nlog: [{{date: 2026-1{n % 2}-0{n}}}]" for n in range(1, 8)
    }
    found = home({"me.yml": "week_size: 3", **people})
    assert ([due.person.text for due in found.people], len(found.can_wait)) == (["P2", "P4", "P6"], 4)
    assert len(home(people).people) == 5


def test_who_was_never_spoken_to_is_not_started_and_says_so() -> None:
    found = home({"people/ada.yml": "name: Ada\ncadence: weekly\nmet: {date: 2026-11-13}"})
    why = "not started, time to begin since 20 Nov 2026: every week (their own rhythm)"
    assert found.people == (DuePersonView(ADA, "", why, "", "", is_overdue=False),)
    today = home({"people/ada.yml": "name: Ada\ncadence: weekly\nlog: [{date: 2026-11-14}]"})
    assert [(due.why, due.last) for due in today.people] == [
        ("due today: every week (their own rhythm)", "last: met on 14 Nov 2026")
    ]


def test_a_long_list_of_what_waits_is_cut_and_counted() -> None:
    items = ", ".join(f"{{task: t{n}, due: 2026-11-0{n}}}" for n in range(1, 10))
    found = home({"goals/staff.yml": f"title: Staff\nchecklist: [{items}]"})
    assert (texts(found.waiting), found.more_waiting) == ([f"t{n}" for n in range(1, MOST_WAITING + 1)], 1)


@pytest.mark.parametrize(("due", "is_named"), [("2026-11-21", True), ("2026-11-28", True), ("2026-11-29", False)])
def test_an_item_is_named_a_week_ahead(due: str, is_named: bool) -> None:
    found = home({"people/ada.yml": f"name: Ada\nchecklist: [{{task: Write, due: {due}}}]"})
    assert (texts(found.this_week), found.is_quiet) == ((["Write"], False) if is_named else ([], True))


def test_what_others_promised_without_a_day_is_not_yours_to_do() -> None:
    found = home({"people/ada.yml": "name: Ada\npromises: [{what: A book, by: them}]"})
    assert found.is_quiet
    waiting = home({"people/ada.yml": "name: Ada\npromises: [{what: A book, by: them, due: 2026-11-01}]"}).waiting
    assert waiting == (task("Ada: A book", "promised to you", "page:people/ada.md", "2026-11-01", "waiting"),)


def test_the_first_item_of_each_record_is_offered_and_goals_come_first() -> None:
    files = {f"plays/p{n}.yml": f"title: P{n}\nchecklist: [p{n} a, p{n} b]" for n in range(4)}
    goals = {f"goals/g{n}.yml": f"title: G{n}\ndue: 2027-0{9 - n}-01\nchecklist: [g{n}]" for n in range(1, 4)}
    assert texts(home({**files, **goals}).next_steps) == ["g3", "g2", "g1", "p0 a", "p1 a", "p2 a"]


def test_only_what_is_wrong_is_shown_of_the_problems() -> None:
    place = Place("content/a.yml")
    error, warning = Problem(place, "a", "Bad"), Problem(place, "b", "Odd", severity=Severity.WARNING)
    notice = Problem(place, "c", "Passed", severity=Severity.NOTICE)
    found = home_view(Scene(book({}).playbook, TODAY), (error, warning, notice))
    assert (found.problems, found.problems_title) == ((error, warning), "2 problems in your files")


def test_a_file_with_thanks_but_no_title_is_still_understood() -> None:
    found = home({"people/ada.yml": "name: Ada", "journal/2026.yml": "- {date: 2026-11-20, people: [ada]}"})
    assert texts(found.this_week) == ["Thank Ada"]


@pytest.mark.parametrize(
    ("today", "week"),
    [
        (dt.date.min, "Mon 1 Jan – Sun 7 Jan"),
        (dt.date(2027, 1, 1), "Mon 28 Dec – Sun 3 Jan"),
        (dt.date.max, "Mon 27 Dec – Mon 27 Dec"),
    ],
)
def test_the_calendars_ends_have_a_home_too(today: dt.date, week: str) -> None:
    assert home(FULL, today=today).week == week


def test_a_home_for_others_has_no_field_that_speaks_of_the_week() -> None:
    to_do = {
        "waiting",
        "more_waiting",
        "this_week",
        "coming",
        "next_steps",
        "people",
        "can_wait",
        "thoughts",
        "event",
        "problems",
    }
    found = home(FULL, "public")
    assert {field.name for field in fields(found) if field.name in to_do and getattr(found, field.name)} == set()


def test_the_next_seven_days_are_called_so_also_where_they_lie_in_the_week_to_come() -> None:
    loaded = book({"goals/staff.yml": "title: Staff\nchecklist: [{task: Draft, due: 2026-11-28}]"}, TODAY)
    pages = {page.uri: page.html for page in build_site(loaded.playbook, TODAY).pages}
    assert '<h2 id="to-do">The next seven days</h2>' in pages["index.md"]


def test_who_is_due_and_can_wait_is_said_to_be_so_on_home_and_on_their_page() -> None:
    people = {
        f"people/{name}.yml": f"name: {name}\ncadence: weekly\nlog: [{{date: 2026-11-{day}}}]"
        for name, day in (("ada", 10), ("bo", 14))
    }
    loaded = book({"me.yml": "name: Mara\nweek_size: 1", **people}, TODAY)
    pages = {page.uri: page.html for page in build_site(loaded.playbook, TODAY).pages}
    assert 'can wait this week: <a href="page:people/bo.md">bo</a>' in pages["index.md"]
    assert "due today, can wait this week: every week (their own rhythm)" in pages["people/bo.md"]
    assert "pb-standing--due" not in pages["people/bo.md"]
    assert "pb-standing--due" in pages["people/ada.md"]
    assert "can wait" not in pages["people/ada.md"]
