"""Charts: what they say, that nothing in them can break out, and that no text covers another."""

from __future__ import annotations

import datetime as dt
import random
import re
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.records.choices import Status
from playbook.render.charts import ledger, network, rhythm, ring, roadmap
from playbook.render.charts.lettering import fit, plain, width_of
from playbook.render.charts.placing import YOU, Box, place
from playbook.render.charts.svg import el, link, number
from playbook.views.charts import (
    Attention,
    GoalBar,
    LedgerRow,
    LedgerView,
    MilestoneMark,
    NetworkEdge,
    NetworkPerson,
    NetworkView,
    Quarter,
    RhythmView,
    Tie,
    TouchMark,
    plan_roadmap,
)
from tests.effort import examples

TODAY = dt.date(2026, 11, 21)
CSS = Path(__file__).parents[2] / "templates" / "assets" / "charts.css"
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = (
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "A" * 100_000,
    "עדה לאבלייס",
    "\u202etxt.exe\u2066",
    "👩‍👩‍👧‍👦 漢字 e" + "\u0301" * 50,
    "]]>&amp;&#0;\x00\x08\x1b[31m\ufffe\ud800",
    "two\nlines\u2028and more\r\n\r\n* item",
    "",
)

STAFF = GoalBar(
    "staff",
    "Be promoted to staff engineer",
    "goals/staff.md",
    start=dt.date(2026, 4, 1),
    due=dt.date(2027, 4, 15),
    milestones=(
        MilestoneMark("Scope agreed", dt.date(2026, 6, 1), done=True, done_on=dt.date(2026, 6, 3)),
        MilestoneMark("Design accepted", dt.date(2026, 10, 15)),
        MilestoneMark("Packet ready", dt.date(2027, 2, 1)),
    ),
    done=3,
    total=8,
)
COUNCIL = GoalBar(
    "council",
    "Present at the council",
    "goals/council.md",
    start=dt.date(2026, 9, 1),
    due=dt.date(2027, 1, 20),
    parent="staff",
)
RUST = GoalBar("rust", "Learn Rust", "goals/rust.md", Status.PAUSED, dt.date(2026, 8, 1), dt.date(2027, 6, 30))
BOARD = GoalBar("board", "Join a board", "goals/board.md", Status.DROPPED, dt.date(2025, 9, 1), dt.date(2026, 8, 1))
MENTOR = GoalBar("mentor", "Find a mentor", "goals/mentor.md", start=dt.date(2026, 5, 1), due=dt.date(2026, 10, 31))
ONE_DAY = GoalBar("one-day", "Be known for storage", "goals/one-day.md")

GRACE = RhythmView(
    "Grace Hopper",
    TODAY,
    (TouchMark(dt.date(2026, 5, 4), "met: PyCon"), TouchMark(dt.date(2026, 11, 9)), TouchMark(dt.date(2024, 1, 1))),
    rhythm="every 4 weeks",
    due=dt.date(2026, 12, 7),
    latest=dt.date(2026, 12, 21),
)


def lines(svg: str) -> str:
    """One element a line, so that a golden file's difference can be read."""
    return svg.replace("><", ">\n<") + "\n"


def people(count: int, seed: int = 4) -> tuple[NetworkPerson, ...]:
    chance = random.Random(seed)  # noqa: S311  (the same people every time)
    first = [
        "Ada",
        "Grace",
        "Radia",
        "Barbara",
        "Frances",
        "Katherine",
        "Margaret",
        "Edsger",
        "Donald",
        "Alan",
        "Annie",
        "Mary",
        "Dorothy",
        "Joan",
        "Hedy",
    ]
    last = [
        "Lovelace",
        "Hopper",
        "Perlman",
        "Liskov",
        "Allen",
        "Johnson",
        "Hamilton",
        "Dijkstra",
        "Knuth",
        "Kay",
        "Easley",
        "Jackson",
        "Vaughan",
    ]
    return tuple(
        NetworkPerson(
            f"p{n:03}",
            f"{first[n % 15]} {last[n * 5 % 13]}",
            f"people/p{n:03}.md",
            circle=chance.choices(["inner", "regular", "wide", ""], [5, 10, 12, 3])[0],
            group=chance.choice(["colleague", "mentor", "peer", "alum", "thought-leader"]),
            attention=chance.choices(list(Attention), [2, 6, 2, 1, 1, 1])[0],
        )
        for n in range(count)
    )


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg.encode())  # noqa: S314  (our own)


def texts(svg: str) -> list[str]:
    return ["".join(text.itertext()) for text in parsed(svg).iter(f"{SVG}text")]


def description(svg: str) -> str | None:
    return parsed(svg).findtext(f"{SVG}desc")


def every_chart(text: str) -> dict[str, str]:
    goal = GoalBar(text, text, f"goals/{text}.md", due=TODAY, milestones=(MilestoneMark(text, TODAY),), parent=text)
    paused = GoalBar("paused", text, "", Status.PAUSED, TODAY)
    person = NetworkPerson(text, text, f"people/{text}.md", text, text, Attention.DUE)
    other = NetworkPerson("other", text, "people/other.md")
    return {
        "ring": ring(1, 3, 1, text, "a"),
        "roadmap": roadmap(plan_roadmap([goal, paused], TODAY), "b"),
        "network": network(NetworkView((person, other), edges=(NetworkEdge(text, "other"),), you=text), "c"),
        "ledger": ledger(LedgerView((LedgerRow(text, 1, 2, f"people/{text}.md"),)), "d"),
        "rhythm": rhythm(RhythmView(text, TODAY, (TouchMark(TODAY, text),), text, TODAY, TODAY), "e"),
    }


# ---- every chart


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_name_breaks_out_of_any_chart_or_makes_it_large(text):
    known = {"svg", "title", "desc", "g", "a", "path", "circle", "rect", "text", "tspan", "defs", "pattern"}
    for kind, svg in every_chart(text).items():
        root = parsed(svg)
        assert {node.tag.removeprefix(SVG) for node in root.iter()} <= known, kind
        assert not [name for node in root.iter() for name in node.attrib if name.startswith("on") or name == "style"]
        assert "\n" not in svg
        assert len(svg.replace("A" * 100_000, "")) < 20_000, kind


@settings(max_examples=examples(60), deadline=None)
@given(st.text(max_size=40))
def test_every_chart_of_any_text_is_well_formed_and_can_be_written(text):
    for svg in every_chart(text).values():
        parsed(svg)


def test_every_chart_has_a_name_a_text_alternative_and_ids_of_its_own():
    for kind, svg in every_chart("Ada").items():
        root = parsed(svg)
        named = {node.get("id"): node.text for node in root.iter() if node.get("id")}
        assert named[root.get("aria-labelledby")], kind
        assert named[root.get("aria-describedby")], kind
        prefix = root.get("id")
        assert all(name == prefix or name.startswith(f"{prefix}-") for name in named), kind


def test_a_chart_with_links_is_a_group_and_one_without_is_an_image():
    roles = {kind: parsed(svg).get("role") for kind, svg in every_chart("Ada").items()}
    assert roles == {"ring": "img", "roadmap": "group", "network": "group", "ledger": "group", "rhythm": "img"}


def test_links_lead_to_pages_and_say_where():
    found = [
        (a.get("href"), a.get("aria-label")) for svg in every_chart("Ada").values() for a in parsed(svg).iter(f"{SVG}a")
    ]
    assert found == [
        ("page:goals/Ada.md", "Ada: due 21 Nov 2026; next, 21 Nov 2026: Ada"),
        ("page:people/Ada.md", "Ada (Ada, Ada), due"),
        ("page:people/other.md", "Ada"),
        ("page:people/Ada.md", "Ada: you gave 1 time, received 2 times"),
    ]


def test_the_style_sheet_knows_every_class_a_chart_uses():
    drawn = [
        *every_chart("Ada").values(),
        ring(0, 0, 0, "", "r"),
        roadmap(plan_roadmap([STAFF, COUNCIL, RUST, BOARD, MENTOR], TODAY), "g"),
        network(NetworkView(people(30), edges=(NetworkEdge("p001", "p002", Tie.INTRODUCED),)), "n"),
        network(NetworkView(people(100)), "m"),
        rhythm(GRACE, "h"),
    ]
    used = {name for svg in drawn for names in re.findall(r'class="([^"]*)"', svg) for name in names.split()}
    known = set(re.findall(r"\.(ch-[\w-]+)", CSS.read_text(encoding="utf-8")))
    # Those that need no looks of their own, but say what something is.
    assert used - known == {"ch-active", "ch-chart--ring", "ch-chart--ledger", "ch-chart--rhythm", "ch-introduced"}


def test_an_attribute_or_text_cannot_end_early_and_a_missing_one_is_left_out():
    assert str(el("text", 'a<b>&"', x=1.0, y=None, class_='"><x')) == (
        '<text x="1" class="&quot;&gt;&lt;x">a&lt;b&gt;&amp;&quot;</text>'
    )


def test_what_has_no_page_is_no_link():
    assert str(link("", "Ada", "Ada")) == "<g>Ada</g>"


@pytest.mark.parametrize(
    ("value", "written"), [(0.1 + 0.2, "0.3"), (-0.001, "0"), (12.0, "12"), (1 / 3, "0.33"), (100, "100")]
)
def test_numbers_are_written_with_two_decimals_at_most(value, written):
    assert number(value) == written


def test_a_text_that_fits_stays_whole_and_one_that_does_not_ends_in_an_ellipsis():
    assert fit("Ada Lovelace", 200, 14) == "Ada Lovelace"
    short = fit("Ada Lovelace, Countess of Lovelace", 100, 14)
    assert short == "Ada Lovela…"
    assert width_of(short, 14) <= 100


def test_a_cut_never_parts_a_letter_from_its_marks():
    assert plain("abe\u0301\u0301\u0301", 5) == "ab…"


# ---- ring


def test_a_ring_shows_what_is_done_skipped_and_open(golden):
    golden("charts/ring.svg", lines(ring(3, 7, 1, "Be promoted", "ring-staff", 64)))


def test_a_ring_of_nothing_is_calm(golden):
    golden("charts/ring-empty.svg", lines(ring(0, 0, 0, "Be promoted", "ring-staff")))


def test_a_ring_of_which_everything_is_done_is_closed():
    svg = ring(8, 8, 0, "Be promoted", "r")
    assert texts(svg) == ["8/8"]
    assert re.findall(r'class="(ch-ring-\w+)"', svg) == ["ch-ring-done"]


def test_what_was_skipped_is_no_part_of_what_there_is_to_do():
    svg = ring(0, 0, 2, "Be promoted", "r")
    assert texts(svg) == ["–"]
    assert '<title id="r-title">Be promoted: nothing left to do, 2 skipped</title>' in svg
    assert re.findall(r'class="(ch-ring-\w+)"', svg) == ["ch-ring-skipped"]


def test_a_ring_never_shows_more_than_there_is():
    assert texts(ring(9, 8, 7, "x", "r")) == ["8/8"]
    assert texts(ring(-1, -2, -3, "x", "r")) == ["–"]


# ---- roadmap


def test_a_roadmap_shows_goals_with_their_parts_milestones_and_states(golden):
    golden(
        "charts/roadmap.svg",
        lines(roadmap(plan_roadmap([BOARD, ONE_DAY, RUST, COUNCIL, MENTOR, STAFF], TODAY), "road")),
    )


def test_a_roadmap_of_nothing_says_so():
    svg = roadmap(plan_roadmap([], TODAY), "road")
    assert description(svg) == "No goals yet."
    assert texts(svg)[:4] == ["Q4 2026", "Q1 2027", "today", "No goals yet."]


def test_the_window_begins_two_quarters_before_today_and_ends_with_the_last_goal():
    view = plan_roadmap([BOARD, STAFF], TODAY)
    assert [quarter.label for quarter in view.quarters] == ["Q2 2026", "Q3 2026", "Q4 2026", "Q1 2027", "Q2 2027"]


def test_the_window_never_holds_more_than_ten_quarters():
    view = plan_roadmap([BOARD, GoalBar("far", "Far", "", due=dt.date(2040, 1, 1))], TODAY)
    assert (view.quarters[0], view.quarters[-1], len(view.quarters)) == (Quarter(2026, 2), Quarter(2028, 3), 10)


@pytest.mark.parametrize("today", [dt.date.min, dt.date.max])
def test_the_calendar_may_end(today):
    goal = GoalBar("g", "Goal", "", start=dt.date.min, due=dt.date.max, milestones=(MilestoneMark("m", today),))
    assert "today" in texts(roadmap(plan_roadmap([goal], today), "road"))
    assert "today" in texts(rhythm(RhythmView("Ada", today, due=dt.date.max, latest=dt.date.max), "r"))


def test_a_day_lies_at_its_share_of_its_quarter():
    view = plan_roadmap([STAFF], TODAY)
    days = (dt.date(2026, 4, 1), dt.date(2026, 11, 16), dt.date(2026, 3, 31), dt.date(2027, 7, 1))
    assert [round(view.position(day), 3) for day in days] == [0, 2.5, -0.011, 5]


def test_goals_are_in_order_of_status_and_due_date_each_followed_by_its_parts():
    view = plan_roadmap([BOARD, ONE_DAY, RUST, COUNCIL, MENTOR, STAFF], TODAY)
    assert [(goal.id, goal.depth) for goal in view.goals] == [
        ("mentor", 0),
        ("staff", 0),
        ("council", 1),
        ("one-day", 0),
        ("rust", 0),
        ("board", 0),
    ]


def test_goals_whose_parents_run_in_a_circle_are_each_shown_once():
    round_about = [
        GoalBar("a", "A", "", parent="b"),
        GoalBar("b", "B", "", parent="a"),
        GoalBar("c", "C", "", parent="c"),
    ]
    assert [goal.id for goal in plan_roadmap(round_about, TODAY).goals] == ["a", "b", "c"]


def test_a_milestone_of_a_paused_goal_waits_for_nobody():
    marks = (MilestoneMark("Book read", dt.date(2026, 9, 1)),)
    paused = GoalBar("rust", "Rust", "", Status.PAUSED, dt.date(2026, 8, 1), milestones=marks)
    active = GoalBar("rust", "Rust", "", Status.ACTIVE, dt.date(2026, 8, 1), milestones=marks)
    # One in the legend; the other is the mark.
    assert roadmap(plan_roadmap([paused], TODAY), "r").count("ch-waiting") == 1
    assert roadmap(plan_roadmap([active], TODAY), "r").count("ch-waiting") == 2


# ---- network


def test_a_network_shows_circles_people_and_ties(golden):
    few = people(7, seed=1)
    edges = (NetworkEdge("p001", "p004", Tie.INTRODUCED), NetworkEdge("p004", "p001"), NetworkEdge("p002", "p005"))
    golden("charts/network.svg", lines(network(NetworkView(few, edges=edges), "net")))


def test_a_network_of_nobody_says_so():
    assert texts(network(NetworkView(()), "net")) == ["you", "Nobody here yet."]


def covered(boxes: list[Box]) -> list[tuple[Box, Box]]:
    return [(one, other) for one, other in combinations(boxes, 2) if one.meets(other)]


@pytest.mark.parametrize("seed", range(5))
def test_thirty_people_all_carry_a_name_and_no_label_covers_another_or_a_dot(seed):
    placed = place(NetworkView(people(30, seed)))
    middle = placed.side / 2
    dots = [Box(dot.x - 6, dot.y - 6, dot.x + 6, dot.y + 6) for dot in placed.dots]
    you = Box(middle - YOU, middle - YOU, middle + YOU, middle + YOU)
    assert covered([label.box for label in placed.labels] + dots + [you]) == []
    assert [dot.person.name for dot in placed.dots if dot.label is None] == []


def test_two_labels_in_one_place_would_be_noticed():
    assert covered([Box(0, 0, 10, 10), Box(9, 9, 20, 20), Box(10, 0, 20, 5)]) == [
        (Box(0, 0, 10, 10), Box(9, 9, 20, 20))
    ]


@pytest.mark.parametrize("count", [1, 12, 13, 60, 61, 160, 161, 400])
def test_any_number_of_people_finds_room_inside_the_picture_without_touching(count):
    placed = place(NetworkView(people(count)))
    reach = placed.detail.dot
    assert len(placed.dots) == count
    assert all(reach <= value <= placed.side - reach for dot in placed.dots for value in (dot.x, dot.y))
    near = [
        (one.person.id, other.person.id)
        for one, other in combinations(placed.dots, 2)
        if (one.x - other.x) ** 2 + (one.y - other.y) ** 2 < (2 * reach + 2) ** 2
    ]
    assert near == []
    assert covered([label.box for label in placed.labels]) == []


def test_the_order_in_which_people_are_given_changes_nothing():
    some = list(people(40))
    edges = [NetworkEdge("p001", "p002"), NetworkEdge("p003", "p004", Tie.INTRODUCED)]
    drawn = network(NetworkView(tuple(some), edges=tuple(edges)), "net")
    random.Random(1).shuffle(some)  # noqa: S311
    assert network(NetworkView(tuple(some), edges=tuple(reversed(edges))), "net") == drawn


def test_who_is_due_differs_in_shape():
    each = tuple(
        NetworkPerson(f"p{n}", f"P{n}", circle="inner", attention=attention) for n, attention in enumerate(Attention)
    )
    svg, legend = network(NetworkView(each), "net").split('<g aria-hidden="true" class="ch-legend">')
    shapes = [
        ("circle", "ch-dot"),  # in rhythm
        ("circle", "ch-due-ring"),
        ("circle", "ch-dot"),
        ("path", "ch-dot ch-overdue"),
        ("rect", "ch-dot ch-resting"),
        ("circle", "ch-dot ch-uncounted"),
    ]
    assert re.findall(r'<(\w+) [^>]*class="(ch-d[^"]*)"', svg) == [("circle", "ch-dot"), *shapes]
    assert re.findall(r'<(\w+) [^>]*class="(ch-d[^"]*)"', legend) == shapes
    words = ["in rhythm", "due", "overdue", "paused or resting", "no rhythm, or not begun"]
    assert re.findall(r">([^<]+)</text>", legend) == words


def test_the_legend_of_the_map_names_what_is_on_it_and_nothing_else():
    svg = network(NetworkView((NetworkPerson("a", "A", attention=Attention.DUE), NetworkPerson("b", "B"))), "net")
    assert re.findall(r">([^<]+)</text>", svg.split('<g aria-hidden="true" class="ch-legend">')[1]) == ["due"]


def test_the_legend_of_the_map_has_a_line_more_where_groups_would_be_cut():
    groups = ["Alum", "Colleague", "Connection", "Family", "Friend", "Manager", "Mentee", "Mentor", "Peer", "Recruiter"]
    view = NetworkView(tuple(NetworkPerson(f"p{n}", f"P{n}", group=group) for n, group in enumerate(groups)))
    svg = network(view, "net")
    lines = re.findall(
        r'y="([\d.]+)" class="ch-note">([^<]+)</text>', svg.split('<g aria-hidden="true" class="ch-legend">')[1]
    )
    assert " ".join(line for _, line in lines) == f"around the rings, from the top: {', '.join(groups)}"
    height = float(re.search(r'viewBox="0 0 \S+ (\S+)"', svg)[1])
    assert all(float(y) < height and width_of(line, 12) <= 340 for y, line in lines)
    many = NetworkView(tuple(NetworkPerson(f"p{n:02}", f"P{n}", group=f"Group number {n:02}") for n in range(40)))
    assert re.search(r">and \d+ more</text></g></svg>", network(many, "net"))


def test_circles_are_drawn_inside_out_and_those_in_none_stand_outermost():
    some = [NetworkPerson("a", "A"), NetworkPerson("b", "B", circle="wide"), NetworkPerson("c", "C", circle="inner")]
    some.append(NetworkPerson("d", "D", circle="book club"))
    view = NetworkView(tuple(some))
    assert [(name, [person.id for person in ring]) for name, ring in view.rings] == [
        ("inner", ["c"]),
        ("wide", ["b"]),
        ("book club", ["d"]),
        ("no circle", ["a"]),
    ]


# ---- ledger


def test_a_ledger_shows_giving_to_the_left_and_receiving_to_the_right(golden):
    rows = (LedgerRow("Grace Hopper", 3, 5, "people/grace-hopper.md"), LedgerRow("Radia Perlman", 0, 1))
    golden("charts/ledger.svg", lines(ledger(LedgerView(rows), "ledger")))


def test_an_empty_ledger_says_so():
    assert texts(ledger(LedgerView(()), "ledger")) == ["Nothing given or received yet."]


def test_many_favours_stay_inside_the_picture():
    svg = ledger(LedgerView((LedgerRow("Grace", 5000, 1),)), "ledger")
    bars = [float(x) for x in re.findall(r'<rect x="([-\d.]+)"', svg)]
    assert bars == [100, 210]


# ---- rhythm


def test_a_rhythm_shows_touches_and_the_expected_window(golden):
    golden("charts/rhythm.svg", lines(rhythm(GRACE, "rhythm")))


@pytest.mark.parametrize(
    ("view", "state"),
    [
        (RhythmView("A", TODAY), "no rhythm"),
        (RhythmView("A", TODAY, rhythm="never"), "nothing is due"),
        (GRACE, "next due 7 Dec 2026"),
        (
            RhythmView("A", TODAY, due=dt.date(2026, 11, 20), latest=dt.date(2026, 12, 1)),
            "due 20 Nov 2026, 1 Dec 2026 at the latest",
        ),
        (RhythmView("A", TODAY, due=dt.date(2026, 9, 1), latest=dt.date(2026, 11, 20)), "waiting since 1 Sep 2026"),
        (RhythmView("A", TODAY, due=dt.date(2026, 9, 1), paused_until=dt.date(2027, 1, 1)), "paused until 1 Jan 2027"),
    ],
    ids=["none", "never", "next", "due", "waiting", "paused"],
)
def test_a_rhythm_says_in_words_how_things_stand(view, state):
    assert texts(rhythm(view, "r"))[-1] == state
