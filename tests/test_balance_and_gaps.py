"""What leaned one way within a year, and what a plan lacks."""

from __future__ import annotations

import datetime as dt

import pytest

from playbook.balance import Balance, Leaning, balance_of, leaning_ties
from playbook.gaps import Gap, GapKind, gaps_of, unlogged_people
from playbook.views.organization import organization_view
from playbook.views.scene import Scene
from tests.support import book

TODAY = dt.date(2026, 11, 21)


def balance(ada: str) -> Balance:
    loaded = book({"people/ada.yml": f"name: Ada\n{ada}"})
    assert not loaded.has_errors, [str(problem) for problem in loaded.problems]
    return balance_of(loaded.playbook.people["ada"], TODAY)


def test_what_passed_each_way_is_counted_within_a_year() -> None:
    found = balance("""
log:
  - {date: 2026-11-01, kind: asked, what: A reader}
  - {date: 2026-10-01, kind: received, what: Notes}
  - {date: 2025-11-20, kind: received, what: Long ago}
  - {date: 2026-09-01, kind: gave, what: A draft}
  - {date: 2026-08-01, kind: introduced, what: Bo}
  - {date: 2026-07-01, kind: met, what: Lunch}
promises:
  - {what: Slides, kept: 2026-11-02}
  - {what: Numbers}
  - {what: A book, by: them, kept: 2026-11-02}
  - {what: A name, by: them}
offers:
  - {what: Our numbers, given: 2026-11-03}
  - {what: A room}
""")
    assert found == Balance(
        asked=1, received=1, gave=3, kept=1, open_mine=1, kept_theirs=1, open_theirs=1
    )  # fmt: skip
    assert found.leaning is Leaning.EVEN


def test_in_all_counts_what_is_long_ago_or_has_no_day_and_nothing_that_lies_ahead() -> None:
    loaded = book(
        {
            "people/ada.yml": """
name: Ada
log:
  - {date: 2019-11-01, kind: asked}
  - {kind: received}
  - {date: 2027-01-01, kind: gave}
promises:
  - {what: Slides, kept: true}
  - {what: Numbers}
  - {what: A book, by: them, kept: 2020-11-02}
"""
        }
    )
    entry = loaded.playbook.people["ada"]
    found = balance_of(entry, TODAY, days=None)
    assert found == Balance(asked=1, received=1, kept=1, open_mine=1, kept_theirs=1)
    assert (found.promised, found.promised_theirs) == (2, 1)
    assert balance_of(entry, TODAY) == Balance(open_mine=1)


def test_a_gift_that_was_an_offer_counts_once() -> None:
    offer = "offers: [{what: The numbers, given: 2026-11-03}, {what: A room, given: 2026-11-04}]"
    assert balance(f"log: [{{date: 2026-11-03, kind: gave, what: The numbers}}]\n{offer}").gave == 2


@pytest.mark.parametrize(
    ("kinds", "leaning"),
    [
        (["received"] * 2, Leaning.EVEN),
        (["received"] * 3, Leaning.TAKING),
        (["received", "asked", "asked"], Leaning.TAKING),
        (["received"] * 3 + ["gave"], Leaning.EVEN),
        (["gave"] * 3, Leaning.GIVING),
    ],
)
def test_a_tie_leans_from_three_on(kinds: list[str], leaning: Leaning) -> None:
    log = ", ".join(f"{{date: 2026-10-{day:02}, kind: {kind}}}" for day, kind in enumerate(kinds, 1))
    assert balance(f"log: [{log}]").leaning is leaning


def test_giving_to_a_mentee_and_a_tie_at_rest_are_not_brought_up() -> None:
    log = "log: [" + ", ".join(f"{{date: 2026-10-0{day}, kind: gave}}" for day in (1, 2, 3)) + "]"
    playbook = book(
        {
            "people/ada.yml": f"name: Ada\n{log}",
            "people/bo.yml": f"name: Bo\nrelations: [mentee]\n{log}",
            "people/cy.yml": f"name: Cy\nclosed: Moved on\n{log}",
            "people/di.yml": f"name: Di\nmentoring: {{role: mentee}}\n{log}",
        }
    ).playbook
    assert [entry.id for entry, _ in leaning_ties(playbook, TODAY)] == ["ada"]


def gaps(files: dict[str, str]) -> tuple[Gap, ...]:
    loaded = book(files)
    assert not loaded.has_errors, [str(problem) for problem in loaded.problems]
    return gaps_of(loaded.playbook, TODAY)


def test_an_active_goal_without_anything_to_do_has_no_next_step() -> None:
    step = Gap(GapKind.NEXT_STEP, ("goals", "write"))
    assert gaps({"goals/write.yml": "title: Write"}) == (step,)
    assert gaps({"goals/write.yml": "title: Write\nchecklist: [{task: Draft, done: 2026-01-01}]"}) == (step,)
    assert gaps({"goals/write.yml": "title: Write\nchecklist: [Draft]"}) == ()
    assert gaps({"goals/write.yml": "title: Write\nnext_step: Draft"}) == ()
    assert gaps({"goals/write.yml": "title: Write\nstatus: paused"}) == ()


@pytest.mark.parametrize(
    ("play", "is_missing"),
    [
        ("goals: [write]\nchecklist: [{task: Begin, done: 2026-01-01}, Go on]", False),
        ("goals: [write]\nchecklist: [{task: Begin, done: 2026-01-01}]", True),
        ("goals: [write]\nstatus: paused\nchecklist: [Go on]", True),
        ("checklist: [Go on]", True),
    ],
)
def test_an_open_step_of_a_play_that_serves_a_goal_is_its_next_step(play: str, is_missing: bool) -> None:
    files = {
        "goals/write.yml": "title: Write\nchecklist: [{task: Draft, done: true}]",
        "plays/w.yml": f"title: W\n{play}",
    }
    assert gaps(files) == ((Gap(GapKind.NEXT_STEP, ("goals", "write")),) if is_missing else ())


@pytest.mark.parametrize(
    ("ada", "is_missing"),
    [
        ("name: Ada", True),
        ("name: Ada\nrelations: [sponsor]", True),
        ("name: Ada\nrelations: [sponsor]\ngoals: [staff]", False),
        ("name: Ada\nsponsoring: {goal: staff}", False),
        ("name: Ada\nsponsoring: {goal: staff}\nstage: declined", True),
    ],
)
def test_a_promotion_wants_somebody_who_speaks_for_you(ada: str, is_missing: bool) -> None:
    files = {"goals/staff.yml": "title: Staff\nkind: promotion\nnext_step: Ask", "people/ada.yml": ada}
    assert (Gap(GapKind.SPONSOR, ("goals", "staff")) in gaps(files)) is is_missing


def test_a_field_that_nobody_covers_is_named() -> None:
    files = {
        "goals/learn.yml": "title: Learn\nkind: skill\nnext_step: Read\ntags: [formal methods, storage]",
        "people/ada.yml": "name: Ada\nexpertise: [distributed storage]",
    }
    assert gaps(files) == (Gap(GapKind.EXPERTISE, ("goals", "learn"), "formal methods"),)


def test_an_organization_that_matters_wants_a_face() -> None:
    files = {
        "goals/staff.yml": "title: Staff\nnext_step: Ask\norganizations: [guild, net]",
        "organizations/guild.yml": "name: Guild",
        "organizations/net.yml": "name: Net\nkind: platform",
        "organizations/other.yml": "name: Other",
    }
    assert gaps(files) == (Gap(GapKind.ORGANIZATION, ("organizations", "guild")),)
    works = {"people/ada.yml": "name: Ada\nmet: {}\npositions: [{organization: guild}]"}
    assert gaps(files | works) == ()
    worked = {"people/ada.yml": "name: Ada\nmet: {}\npositions: [{organization: guild, to: 2026-01-01}]"}
    assert gaps(files | worked) == (Gap(GapKind.ORGANIZATION, ("organizations", "guild")),)


@pytest.mark.parametrize(
    ("ada", "guild", "is_known"),
    [
        ("met: {}\npositions: [{organization: guild}]", "", True),
        ("met: {}", "people: [ada]", True),
        ("met: {}\nstage: dormant", "people: [ada]", True),
        ("why: Her talk", "people: [ada]", False),
        ("positions: [{organization: guild}]", "", False),
        ("met: {}\npositions: [{organization: guild, to: 2026-01-01}]", "people: [ada]", False),
    ],
)
def test_home_and_an_organizations_page_agree_on_whom_you_know_there(ada: str, guild: str, is_known: bool) -> None:
    files = {
        "goals/staff.yml": "title: Staff\nnext_step: Ask\norganizations: [guild]",
        "organizations/guild.yml": f"name: Guild\n{guild}",
        "people/ada.yml": f"name: Ada\n{ada}",
    }
    loaded = book(files)
    view = organization_view(Scene(loaded.playbook, TODAY), loaded.playbook.organizations["guild"])
    assert (Gap(GapKind.ORGANIZATION, ("organizations", "guild")) not in gaps(files)) is is_known
    assert view.knows_nobody is not is_known


def test_whom_nothing_is_logged_of_is_named_with_a_circle_or_a_goal_the_nearest_first():
    loaded = book({
        "goals/done.yml": "{title: Done, status: done, people: [past]}",
        "goals/staff.yml": "{title: Staff, people: [boss, star, met, logged]}",
        "people/boss.yml": "{name: Boss, relations: [manager]}",
        "people/closed.yml": "{name: Closed, circle: inner, closed: {date: 2026-01-01}}",
        "people/heard.yml": "{name: Heard, circle: inner, stage: identified}",
        "people/logged.yml": "{name: Logged, relations: [peer], circle: inner, log: [{date: 2026-11-01}]}",
        "people/met.yml": "{name: Met, relations: [peer], circle: inner, met: {date: 2026-11-01}}",
        "people/nobody.yml": "{name: Nobody, relations: [peer]}",
        "people/past.yml": "{name: Past, relations: [peer]}",
        "people/paused.yml": "{name: Paused, circle: inner, paused_until: 2026-12-24}",
        "people/carla.yml": "{name: Carla, relations: [sponsor], circle: wide, stage: connected}",
        "people/martin.yml": "{name: Martin, relations: [manager], circle: inner}",
        "people/star.yml": "{name: Star, relations: [thought-leader]}",
    })  # fmt: skip
    assert [entry.title for entry in unlogged_people(loaded.playbook, TODAY)] == ["Martin", "Carla", "Boss"]
