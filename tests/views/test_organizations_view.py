"""The organizations page and an organization's page: what you belong to, bring and run into, and whom you know."""

from __future__ import annotations

import datetime as dt

import pytest

from playbook.audience import restrict
from playbook.views.checklists import ItemGroup, ItemView
from playbook.views.goal_cards import EvidenceView
from playbook.views.introductions import IntroductionsView, StepView, WarmthView, WayView
from playbook.views.organization import (
    ContributionView,
    MembershipView,
    OrganizationView,
    PeopleThere,
    RoleView,
    organization_view,
)
from playbook.views.organizations import (
    ComingView,
    KindOfOrganizations,
    OrganizationCard,
    OrganizationsView,
    organizations_view,
)
from playbook.views.scene import Linked, Scene, Source
from playbook.views.tally import Tally
from playbook.views.words import DayView, day_view
from tests.support import book

TODAY = dt.date(2026, 11, 21)
CLUB = Linked("Club", "page:organizations/club.md")
STAFF = Linked("Staff", "page:goals/staff.md")


NO_WAY = IntroductionsView((), 0)


def scene(files: dict[str, str], audience: str = "me") -> Scene:
    loaded = book(files)
    assert loaded.problems == ()
    return Scene(restrict(loaded.playbook, audience), TODAY, is_mine=audience == "me")


def club(text: str, files: dict[str, str] | None = None, audience: str = "me") -> OrganizationView:
    found = scene({"organizations/club.yml": f"name: Club\n{text}", **(files or {})}, audience)
    return organization_view(found, found.playbook.organizations["club"])


def card(text: str, files: dict[str, str] | None = None) -> OrganizationCard:
    view = organizations_view(scene({"organizations/club.yml": f"name: Club\n{text}", **(files or {})}))
    return view.groups[0].cards[0]


def on(day: str) -> DayView:
    return day_view(dt.date.fromisoformat(day), TODAY)


# ---- the organizations page


def test_an_empty_playbook_has_an_empty_page():
    assert organizations_view(scene({})) == OrganizationsView((), ())


def test_organizations_stand_by_kind_and_within_a_kind_by_name():
    view = organizations_view(
        scene({
            "organizations/a.yml": "{name: Zed, kind: platform}",
            "organizations/b.yml": "{name: beta, kind: association}",
            "organizations/c.yml": "{name: Alpha, kind: association}",
            "organizations/d.yml": "name: Whatever",
            "organizations/e.yml": "{name: Works, kind: employer}",
        })
    )  # fmt: skip
    assert [(group.anchor, group.title, [card.link.text for card in group.cards]) for group in view.groups] == [
        ("employers", "Employers", ["Works"]),
        ("associations", "Associations", ["Alpha", "beta"]),
        ("platforms", "Platforms", ["Zed"]),
        ("others", "Others", ["Whatever"]),
    ]


def test_a_card_holds_what_you_are_there_bring_and_want():
    files = {
        "me.yml": "positions: [{organization: club, title: Engineer, from: 2023-02-01}, {organization: Elsewhere}]",
        "goals/staff.yml": "{title: Staff, organizations: [club]}",
        "people/ada.yml": "{name: Ada, met: hall, positions: [club]}",
        "events/far.yml": "{title: Far, starts: 2027-06-01, organization: club}",
        "events/soon.yml": "{title: Soon, starts: 2026-12-01, ends: 2026-12-02, organization: club}",
        "journal/2026.yml": "[{date: 2026-10-30, kind: contribution, title: An answer, organizations: club}]",
    }
    text = """\
kind: community
membership: {state: member, since: 2025-02-01, renews: 2027-02-01, dues: 60 EUR}
contribute: [{what: Answer, rhythm: weekly}, Listen]
roles: [{title: Chair, to: 2026-01-31}, Speaker]
deadline: 2027-01-31
checklist: [{task: One, done: true}, Two]
"""
    assert organizations_view(scene({"organizations/club.yml": f"name: Club\n{text}", **files})).groups == (
        KindOfOrganizations(
            "communities",
            "Communities",
            (
                OrganizationCard(
                    link=CLUB,
                    membership=MembershipView("member", on("2025-02-01"), on("2027-02-01"), "60 EUR"),
                    deadline=on("2027-01-31"),
                    roles=(RoleView("Engineer", "since Feb 2023", True), RoleView("Speaker", "", True)),
                    contributions=(
                        ContributionView("Answer", "last: 3 weeks ago; every week", True),
                        ContributionView("Listen", "last: 3 weeks ago", False),
                    ),
                    tally=Tally(1, 2, 0),
                    last=on("2026-10-30"),
                    known="1 person you know",
                    goals=(STAFF,),
                    event=Linked("Soon", "page:events/soon.md", "1–2 Dec 2026"),
                ),
            ),
        ),
    )


def test_a_contribution_that_nobody_logged_says_its_rhythm_and_is_not_called_due():
    assert card("contribute: [{what: Answer, rhythm: weekly}]").contributions == (
        ContributionView("Answer", "every week", False),
    )


@pytest.mark.parametrize(
    ("rhythm", "last", "is_due"),
    [
        ("weekly", "2026-11-11", False),
        ("weekly", "2026-11-09", True),
        ("{ideal: weekly, max: 4 weeks}", "2026-11-09", False),
        ("never", "2020-01-01", False),
    ],
)
def test_a_contribution_is_due_when_its_longest_pause_has_passed(rhythm, last, is_due):
    journal = {"journal/2026.yml": f"[{{date: {last}, kind: contribution, title: An answer, organizations: club}}]"}
    [contribution] = card(f"contribute: [{{what: Answer, rhythm: {rhythm}}}]", journal).contributions
    assert contribution.is_due is is_due


def test_only_contributions_that_have_happened_count_as_the_last_one():
    journal = """
        - {date: 2026-11-20, kind: learning, title: A talk, organizations: club}
        - {date: 2026-11-22, kind: contribution, title: Planned, organizations: club}
        - {date: 2026-10-30, kind: contribution, title: An answer, organizations: club}
        - {date: 2026-11-01, kind: contribution, title: Elsewhere}
        """
    assert card("", {"journal/2026.yml": journal}).last == on("2026-10-30")


def test_renewals_and_deadlines_within_ninety_days_are_brought_up_the_soonest_first():
    view = organizations_view(
        scene({
            "organizations/a.yml": "{name: Passed, membership: {state: member, renews: 2026-11-01}}",
            "organizations/b.yml": "{name: Soon, membership: {state: member, renews: 2026-12-01, dues: 60 EUR}}",
            "organizations/c.yml": "{name: Far, membership: {state: member, renews: 2027-02-20}}",
            "organizations/d.yml": "{name: Lapsed, membership: {state: lapsed, renews: 2026-12-01}}",
            "organizations/e.yml": "{name: Program, kind: program, deadline: 2026-11-30, membership: considering}",
            "organizations/f.yml": "{name: Applied, kind: program, deadline: 2026-11-30, membership: applied}",
            "organizations/g.yml": "{name: Missed, kind: program, deadline: 2026-11-20}",
        })
    )  # fmt: skip
    assert view.coming == (
        ComingView(Linked("Passed", "page:organizations/a.md"), "renewal", on("2026-11-01"), ""),
        ComingView(Linked("Program", "page:organizations/e.md"), "deadline", on("2026-11-30"), ""),
        ComingView(Linked("Soon", "page:organizations/b.md"), "renewal", on("2026-12-01"), "60 EUR"),
    )


# ---- an organization's page


def test_a_file_of_one_line_is_a_page_that_asks_whom_you_would_like_to_hear_from():
    view = club("")
    assert view == OrganizationView(
        id="club",
        is_mine=True,
        name="Club",
        kind="",
        url="",
        also_known_as=(),
        membership=None,
        deadline=None,
        why="",
        contributions=(),
        roles=(),
        people=PeopleThere((), (), ()),
        knows_nobody=True,
        introductions=NO_WAY,
        goals=(),
        coming=(),
        past=(),
        checklist=view.checklist,
        checklist_title="Checklist",
        journal=(),
        more_journal=0,
        notes="",
        tags=(),
        source=Source("content/organizations/club.yml", 1),
    )
    assert view.checklist.is_empty


def test_a_whole_file_becomes_a_whole_page():
    view = club(
        """\
kind: association
url: https://example.org
also_known_as: [The Club]
membership: {state: member, since: 2025-02-01, renews: 2027-02-01, dues: 60 EUR}
why: They write the standards.
contribute: [Answer]
roles: [{title: Chair, from: 2024-01-01, to: 2026-01-31}]
people: [zoe]
goals: [staff]
checklist: [{task: Decide, due: T-14}]
notes: Good *people*.
tags: [standards]
""",
        {
            "me.yml": "positions: [{organization: club}]",
            "goals/staff.yml": "title: Staff",
            "people/ada.yml": "{name: Ada, met: hall, positions: [{organization: club, title: Fellow}]}",
            "people/bo.yml": "{name: Bo, met: hall, positions: [{organization: club, title: Editor, to: 2026-08-31}]}",
            "people/kim.yml": "{name: Kim, positions: [The Club]}",
            "people/zoe.yml": "{name: Zoe, met: hall}",
            "events/a.yml": "{title: Old, starts: 2025-01-01, organization: club}",
            "events/b.yml": "{title: Recent, starts: 2026-01-01, organization: club}",
            "events/c.yml": "{title: Coming, starts: 2027-01-01, organization: club}",
            "events/d.yml": "{title: Skipped, starts: 2027-01-01, organization: club, status: skipped}",
            "journal/2026.yml": "[{date: 2026-10-30, title: The review, impact: Faster, organizations: club}]",
        },
    )
    line = Linked("The review", "page:journal/2026.md#2026-10-30-1")
    assert view == OrganizationView(
        id="club",
        is_mine=True,
        name="Club",
        kind="Association",
        url="https://example.org",
        also_known_as=("The Club",),
        membership=MembershipView("member", on("2025-02-01"), on("2027-02-01"), "60 EUR"),
        deadline=None,
        why="They write the standards.",
        contributions=(ContributionView("Answer", "", False),),
        roles=(RoleView("Employed", "", True), RoleView("Chair", "Jan 2024 – Jan 2026", False)),
        people=PeopleThere(
            known=(Linked("Ada", "page:people/ada.md", "Fellow"), Linked("Zoe", "page:people/zoe.md")),
            to_meet=(Linked("Kim", "page:people/kim.md"),),
            once=(Linked("Bo", "page:people/bo.md", "Editor, until Aug 2026"),),
        ),
        knows_nobody=False,
        introductions=NO_WAY,
        goals=(STAFF,),
        coming=(Linked("Coming", "page:events/c.md", "1 Jan 2027"),),
        past=(Linked("Recent", "page:events/b.md", "1 Jan 2026"), Linked("Old", "page:events/a.md", "1 Jan 2025")),
        checklist=view.checklist,
        checklist_title="Checklist",
        journal=(EvidenceView(line, on("2026-10-30"), "achievement", "Faster", None),),
        more_journal=0,
        notes="Good *people*.",
        tags=("standards",),
        source=Source("content/organizations/club.yml", 1),
    )
    decide = ItemView(
        anchor="item-1",
        text="Decide",
        state="open",
        due=on("2027-01-18"),
        relative="2 weeks before",
        done_on=None,
        reason="",
        evidence=None,
        person=None,
        script=None,
        criteria=(),
        source=Source("content/organizations/club.yml", 11),
    )
    assert view.checklist.groups == (ItemGroup("", None, (decide,)),)


def test_where_you_only_heard_of_people_you_know_nobody_yet():
    view = club("kind: community", {"people/kim.yml": "{name: Kim, positions: [club]}"})
    assert (view.knows_nobody, view.people.to_meet) == (True, (Linked("Kim", "page:people/kim.md"),))


def test_a_platform_has_a_presence_checklist_and_asks_for_nobody():
    view = club("kind: platform\nchecklist: [Headline says what I want]")
    assert (view.checklist_title, view.knows_nobody) == ("Presence", False)


def test_a_programs_items_count_back_from_its_deadline():
    view = club("kind: program\ndeadline: 2027-01-31\nchecklist: [{task: Ask for a letter, due: T-31}]")
    assert view.checklist.groups[0].items[0].due == on("2026-12-31")


def test_a_long_journal_is_cut_after_twelve_entries():
    journal = "".join(f"- {{date: 2026-01-{day:02}, title: No. {day}, organizations: club}}\n" for day in range(1, 15))
    view = club("", {"journal/2026.yml": journal})
    assert [line.link.text for line in view.journal] == [f"No. {day}" for day in range(14, 2, -1)]
    assert view.more_journal == 2


# ---- other readers


def test_another_reader_is_told_what_is_open_and_nothing_is_made_of_the_rest():
    files = {
        "me.yml": "audiences: {mentors: {sees: [mentor]}}",
        "people/ada.yml": "{name: Ada, visibility: mentor, consent: true, positions: [club]}",
        "people/bo.yml": "{name: Bo, positions: [club]}",
        "events/a.yml": "{title: Hidden, starts: 2027-01-01, organization: club}",
        "journal/2026.yml": "[{date: 2026-10-30, visibility: mentor, kind: contribution, title: An answer, organizations: club}]",
    }
    text = """\
visibility: mentor
membership: {state: member, renews: 2026-12-01}
contribute: [{what: Answer, rhythm: weekly}]
notes: Secret
checklist: [Hidden]
"""
    view = club(text, files, "mentors")
    assert view == OrganizationView(
        id="club",
        is_mine=False,
        name="Club",
        kind="",
        url="",
        also_known_as=(),
        membership=MembershipView("member", None, on("2026-12-01"), ""),
        deadline=None,
        why="",
        contributions=(ContributionView("Answer", "every week", False),),
        roles=(),
        people=PeopleThere((Linked("Ada", "page:people/ada.md"),), (), ()),
        knows_nobody=False,
        introductions=NO_WAY,
        goals=(),
        coming=(),
        past=(),
        checklist=view.checklist,
        checklist_title="Checklist",
        journal=view.journal,
        more_journal=0,
        notes="",
        tags=(),
        source=None,
    )
    assert (view.checklist.is_empty, [line.link.text for line in view.journal]) == (True, ["An answer"])
    page = organizations_view(scene({"organizations/club.yml": f"name: Club\n{text}", **files}, "mentors"))
    [one] = page.groups[0].cards
    assert (page.coming, one.known, one.last, one.event) == ((), "", None, None)


def test_ways_into_an_organization_lead_over_who_is_there_and_who_knows_somebody_there():
    files = {
        "people/ada.yml": "{name: Ada, met: hall, positions: [{organization: club, title: Fellow}]}",
        "people/bo.yml": """
            name: Bo
            met: hall
            knows: zoe
            log: [{date: 2026-11-03, kind: met}]
            """,
        "people/cy.yml": "{name: Cy, met: hall, positions: [{organization: club, title: Editor, to: 2026-08-31}]}",
        "people/zoe.yml": "{name: Zoe, positions: [{organization: club}]}",
    }
    club_link, untouched = Linked("Club", "page:organizations/club.md"), WarmthView("cool", "no touch written down")
    ada, bo, cy, zoe = (Linked(name, f"page:people/{name.lower()}.md") for name in ("Ada", "Bo", "Cy", "Zoe"))
    ways = (
        WayView((StepView(ada, "is at", club_link, "Fellow"),), untouched),
        WayView(
            (StepView(bo, "knows", zoe, ""), StepView(zoe, "is at", club_link, "")),
            WarmthView("warm", "last touch 3 Nov 2026 (met)"),
        ),
        WayView((StepView(cy, "was, until Aug 2026, at", club_link, "Editor"),), untouched),
    )
    assert club("", files).introductions == IntroductionsView(ways, 0)
    assert club("kind: platform", files).introductions == NO_WAY
    assert club("", {**files, "me.yml": "positions: [{organization: club}]"}).introductions == NO_WAY
    assert (
        club("visibility: mentor", {**files, "me.yml": "audiences: {m: {sees: [mentor]}}"}, "m").introductions == NO_WAY
    )


def test_who_is_only_named_by_an_organization_is_not_said_to_be_there():
    files = {"people/ada.yml": "{name: Ada, met: hall}", "organizations/club.yml": "{name: Club, people: [ada]}"}
    found = scene(files)
    view = organization_view(found, found.playbook.organizations["club"])
    assert [step.joins for way in view.introductions.ways for step in way.steps] == ["is named at"]
