"""The roadmap page and a goal's page, whole; and what another reader gets of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from playbook.audience import restrict
from playbook.records.choices import Status
from playbook.views.charts import GoalBar, MilestoneMark, Quarter, RoadmapView
from playbook.views.checklists import ChecklistView
from playbook.views.goal_cards import EvidenceView, GoalCard
from playbook.views.goals import CriterionView, GoalsView, GoalView, MilestoneView, ToldView, goal_view, goals_view
from playbook.views.printouts import PrintoutView
from playbook.views.scene import Linked, Scene, Source
from playbook.views.tally import Tally
from playbook.views.words import DayView, day_view
from tests.support import book

TODAY = dt.date(2026, 11, 21)
ADA = Linked("Ada", "page:people/ada.md")
BO = Linked("Bo", "page:people/bo.md")
CY = Linked("Cy", "page:people/cy.md")

EMPTY = GoalView(
    id="staff",
    title="Staff",
    kind="",
    status="active",
    why="",
    measure="",
    pitch="",
    start=None,
    due=None,
    next_step="",
    outcome="",
    parent=None,
    parts=(),
    milestones=(),
    checklist=ChecklistView((), Tally(0, 0, 0)),
    progress=None,
    criteria=(),
    packet=None,
    people=(),
    events=(),
    organizations=(),
    plays=(),
    told=(),
    untold=(),
    evidence=(),
    printouts=(PrintoutView("This goal", "playbook print goal staff"),),
    tags=(),
    source=Source("content/goals/staff.yml", 1),
)


def on(text: str) -> DayView:
    return day_view(dt.date.fromisoformat(text), TODAY)


def scene(files: dict[str, str], audience: str = "me") -> Scene:
    loaded = book(files)
    assert not loaded.has_errors, [str(problem) for problem in loaded.problems]
    return Scene(restrict(loaded.playbook, audience), TODAY, is_mine=audience == "me")


def staff(files: dict[str, str], audience: str = "me") -> GoalView:
    found = scene(files, audience)
    return goal_view(found, found.playbook.goals["staff"])


def line(title: str, place: str, day: str, kind: str = "achievement", impact: str = "") -> EvidenceView:
    return EvidenceView(Linked(title, f"page:journal/{place}"), on(day), kind, impact, None)


def test_a_goal_of_one_line_has_a_page() -> None:
    assert staff({"goals/staff.yml": "title: Staff"}) == EMPTY


FILES = {
    "goals/staff.yml": """
        title: Staff
        kind: promotion
        why: More weight
        measure: They say yes
        start: 2026-04-01
        due: 2027-04-15
        parent: career
        people: [cy, ada]
        events: [camp]
        organizations: [guild]
        pitch: I want to
        next_step: Ask
        outcome: Not yet
        told: [{person: ada, date: 2026-09-14}, bo]
        tags: [storage]
        milestones:
          - {title: Reached, due: 2026-05-01, done: 2026-05-02}
          - {title: Ticked, done: true}
          - {title: Waiting, due: 2026-11-20}
          - {title: Today, due: 2026-11-21}
          - Some day
        criteria:
          - {id: scope, text: Across teams, expected: Two projects}
          - {id: depth, text: Deep}
          - Liked
        """,
    "goals/career.yml": "title: Career",
    "goals/talk.yml": "title: Talk\nparent: staff\nkind: skill\nchecklist: [Write it]",
    "people/ada.yml": "name: Ada",
    "people/bo.yml": "name: Bo\ngoals: [staff]",
    "people/cy.yml": "name: Cy",
    "events/camp.yml": "title: Camp\nstarts: 2026-12-01\nends: 2026-12-03",
    "events/later.yml": "title: Later\nstarts: 2027-01-01\ngoals: [staff]",
    "organizations/guild.yml": "name: Guild",
    "organizations/firm.yml": "name: Firm\ngoals: [staff]",
    "plays/start.yml": "title: Start\ngoals: [staff]",
    "journal/2026.yml": """
        - {date: 2026-10-01, title: Shipped, goals: [staff], impact: Faster, evidence: Dashboard}
        - {date: 2026-10-02, kind: praise, said: Well said, criteria: [staff/scope]}
        - {date: 2026-10-03, title: Other, goals: [talk]}
        - {date: 2026-10-04, kind: reading, text: "A book\\non storage", goals: [staff], url: "https://example.org/b"}
        - {date: 2026-10-05, kind: review, goals: [staff]}
        """,
}


def test_a_goal_shows_both_sides_of_every_link_and_what_counts_toward_it() -> None:
    scope = line("Well said", "2026.md#2026-10-02-2", "2026-10-02", "praise")
    book_read = replace(
        line("A book", "2026.md#2026-10-04-4", "2026-10-04", "reading"),
        proof=Linked("https://example.org/b", "https://example.org/b"),
    )
    shipped = replace(line("Shipped", "2026.md#2026-10-01-1", "2026-10-01", impact="Faster"), proof=Linked("Dashboard"))
    assert staff(FILES) == replace(
        EMPTY,
        kind="Promotion",
        why="More weight",
        measure="They say yes",
        pitch="I want to",
        start=on("2026-04-01"),
        due=on("2027-04-15"),
        next_step="Ask",
        outcome="Not yet",
        parent=Linked("Career", "page:goals/career.md"),
        parts=(
            GoalCard(
                Linked("Talk", "page:goals/talk.md"), "Learn a skill", "active", Tally(0, 1, 0), None, "Write it", ""
            ),
        ),
        milestones=(
            MilestoneView("Reached", on("2026-05-01"), on("2026-05-02"), "done"),
            MilestoneView("Ticked", None, None, "done"),
            MilestoneView("Waiting", on("2026-11-20"), None, "waiting"),
            MilestoneView("Today", on("2026-11-21"), None, "open"),
            MilestoneView("Some day", None, None, "open"),
        ),
        criteria=(
            CriterionView("Across teams", "Two projects", (scope,), ()),
            CriterionView("Deep", "", (), ()),
            CriterionView("Liked", "", (), ()),
        ),
        packet=Linked("Packet", "page:packets/staff.md"),
        people=(CY, ADA, BO),
        events=(
            Linked("Later", "page:events/later.md", "1 Jan 2027"),
            Linked("Camp", "page:events/camp.md", "1–3 Dec 2026"),
        ),
        organizations=(
            Linked("Guild", "page:organizations/guild.md"),
            Linked("Firm", "page:organizations/firm.md"),
        ),
        plays=(Linked("Start", "page:plays/start.md"),),
        told=(ToldView(ADA, on("2026-09-14")), ToldView(BO, None)),
        untold=(CY,),
        evidence=(line("Review", "2026.md#2026-10-05-5", "2026-10-05", "review"), book_read, scope, shipped),
        tags=("storage",),
    )


def test_items_serve_criteria_of_their_own_goal_by_either_name() -> None:
    found = staff(
        {
            "goals/staff.yml": """
                title: Staff
                criteria: [{id: scope, text: Across teams}]
                checklist:
                  - {task: a, criteria: [scope]}
                  - {task: b, criteria: [staff/scope], done: true}
                  - {task: c, criteria: [other/scope]}
                """,
            "goals/other.yml": "title: Other\ncriteria: [{id: scope, text: Elsewhere}]",
        }
    )
    assert found.criteria == (CriterionView("Across teams", "", (), ("a", "b")),)
    assert [item.criteria for item in found.checklist.groups[0].items] == [
        ("Across teams",),
        ("Across teams",),
        ("Elsewhere",),
    ]


def test_another_reader_is_not_told_who_knows_and_who_does_not() -> None:
    public = {path: f"{text.rstrip()}\n{'        ' if text[0] == chr(10) else ''}visibility: public"
              for path, text in FILES.items() if path.startswith(("goals", "people"))}  # fmt: skip
    found = staff(
        public | {"events/camp.yml": FILES["events/camp.yml"], "organizations/guild.yml": "name: Guild"}, "public"
    )
    assert (found.told, found.untold, found.source) == ((), (), None)
    assert (found.people, found.events, found.organizations) == ((Linked("a contact"),), (), ())


def test_the_next_step_of_a_card_is_what_was_written_else_the_first_open_item() -> None:
    found = goals_view(
        scene(
            {
                "goals/a.yml": "title: A\nnext_step: Written\nchecklist: [{task: a, done: true}, b]",
                "goals/b.yml": "title: B\nchecklist: [{task: a, done: true}, {task: b, skipped: c}, d, e]",
                "goals/c.yml": "title: C\nchecklist: [{task: a, done: true}]",
            }
        )
    )
    assert [(card.next_step, card.tally) for card in found.open] == [
        ("Written", Tally(1, 2, 0)),
        ("d", Tally(1, 3, 1)),
        ("", Tally(1, 1, 0)),
    ]


def test_goals_stand_by_status_and_day_and_on_a_roadmap() -> None:
    found = goals_view(
        scene(
            {
                "goals/far.yml": "title: Far\ndue: 2027-08-01",
                "goals/near.yml": "title: Near\nstart: 2026-10-01\ndue: 2027-02-01\nkind: mentor\nmilestones: [{title: Half, due: 2026-12-01, done: true}]",
                "goals/none.yml": "title: None",
                "goals/resting.yml": "title: Resting\nstatus: paused",
                "goals/dropped.yml": "title: Dropped\nstatus: dropped",
                "goals/done.yml": "title: Done\nstatus: done\nparent: near",
            }
        )
    )

    def card(title: str, status: str = "active", due: str = "", kind: str = "") -> GoalCard:
        link = Linked(title, f"page:goals/{title.lower()}.md")
        return GoalCard(link, kind, status, Tally(0, 0, 0), on(due) if due else None, "", "")

    def bar(title: str, status: Status = Status.ACTIVE, **fields: object) -> GoalBar:
        return GoalBar(title.lower(), title, f"goals/{title.lower()}.md", status, **fields)  # type: ignore[arg-type]

    day = dt.date
    assert found == GoalsView(
        RoadmapView(
            TODAY,
            tuple(Quarter(year, number) for year, number in ((2026, 4), (2027, 1), (2027, 2), (2027, 3))),
            (
                bar(
                    "Near", start=day(2026, 10, 1), due=day(2027, 2, 1),
                    milestones=(MilestoneMark("Half", day(2026, 12, 1), done=True),),
                ),
                bar("Done", Status.DONE, parent="near", depth=1),
                bar("Far", due=day(2027, 8, 1)),
                bar("None"),
                bar("Resting", Status.PAUSED),
                bar("Dropped", Status.DROPPED),
            ),
        ),
        open=(card("Near", due="2027-02-01", kind="Find a mentor"), card("Far", due="2027-08-01"), card("None")),
        resting=(card("Resting", "paused"),),
        past=(card("Done", "done"), card("Dropped", "dropped")),
    )  # fmt: skip


def test_without_goals_there_is_no_roadmap() -> None:
    assert goals_view(scene({})) == GoalsView(None, (), (), ())
