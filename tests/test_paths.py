"""Who can introduce you to whom: which ties count, whom one can ask, and in which order ways are told."""

from __future__ import annotations

import datetime as dt

from playbook.graph import Playbook
from playbook.paths import How, Tie, Ties, Way, ties_of
from tests.support import book

TODAY = dt.date(2026, 11, 21)
CONNECTED = "stage: connected"
SOUGHT = "stage: identified"


def playbook(**people: str) -> Playbook:
    loaded = book({f"people/{name}.yml": f"name: {name.title()}\n{text}\n" for name, text in people.items()})
    # Who knows themselves is told so, and does no harm here.
    assert [problem.code for problem in loaded.problems if problem.code != "self-reference"] == []
    return loaded.playbook


def ties(**people: str) -> Ties:
    return ties_of(playbook(**people), TODAY)


def test_a_tie_is_known_from_both_ends_whoever_wrote_it():
    found = ties(ada="knows: bo", bo="")
    assert found.by_person == {
        "ada": {"bo": Tie("ada", "bo", How.KNOWS)},
        "bo": {"ada": Tie("bo", "ada", How.KNOWS)},
    }
    assert found.all == (Tie("ada", "bo", How.KNOWS),)


def test_who_introduced_you_knows_them_and_so_does_whoever_a_log_was_about():
    found = ties(
        ada="introduced_by: bo",
        bo="",
        cy="log: [{date: 2026-11-03, kind: introduced, about: ada}, {date: 2026-11-04, kind: asked, about: [dee]}]",
        dee="",
    )
    assert found.all == (
        Tie("ada", "bo", How.INTRODUCED_YOU),
        Tie("ada", "cy", How.INTRODUCED, dt.date(2026, 11, 3)),
        Tie("cy", "dee", How.MENTIONED, dt.date(2026, 11, 4)),
    )


def test_of_two_people_the_surest_sign_is_kept_and_of_equal_ones_the_latest():
    about = "log: [{date: 2026-01-05, kind: introduced, about: bo}, {date: 2026-03-05, kind: introduced, about: bo}]"
    assert ties(ada=about, bo="").all == (Tie("ada", "bo", How.INTRODUCED, dt.date(2026, 3, 5)),)
    assert ties(ada=about, bo="knows: ada").all == (Tie("ada", "bo", How.KNOWS),)


def test_a_log_entry_of_a_later_day_shows_nothing_yet_and_nobody_is_tied_to_themselves():
    assert ties(ada="knows: ada\nlog: [{date: 2026-11-22, about: bo}]", bo="").all == ()


def test_being_in_the_same_place_is_no_tie():
    assert ties(ada="positions: Acme\nlog: [{date: 2026-11-01, with: bo}]", bo="positions: Acme").all == ()


def test_one_can_ask_whom_one_is_connected_with_and_seeks_whom_one_is_not():
    found = ties(
        ada=CONNECTED,
        bo="stage: active",
        cy="met: hallway",
        dee=SOUGHT,
        eve="stage: contacted",
        fay="",
        gus="stage: dormant",
        hal="stage: declined",
        ida="closed: We parted well",
    )
    assert (found.connected, found.sought) == ({"ada", "bo", "cy"}, {"dee", "eve", "fay"})


def test_direct_ways_come_before_ways_of_two_steps_and_the_surest_before_others():
    found = ties(
        ada=f"{CONNECTED}\nlog: [{{date: 2026-11-03, kind: introduced, about: zoe}}]",
        bo=f"{CONNECTED}\nknows: [zoe, max]",
        cy=f"{CONNECTED}\nknows: kim",
        kim=f"{SOUGHT}\nknows: zoe",
        max=SOUGHT,
        zoe=SOUGHT,
    )
    assert found.ways_to("zoe") == (
        Way((Tie("bo", "zoe", How.KNOWS),)),
        Way((Tie("ada", "zoe", How.INTRODUCED, dt.date(2026, 11, 3)),)),
        Way((Tie("cy", "kim", How.KNOWS), Tie("kim", "zoe", How.KNOWS))),
    )


def test_a_way_begins_with_the_last_person_on_it_whom_one_can_ask():
    found = ties(ada=f"{CONNECTED}\nknows: bo", bo=f"{CONNECTED}\nknows: zoe", zoe=SOUGHT)
    assert [way.through for way in found.ways_to("zoe")] == [("bo",)]


def test_no_way_leads_over_somebody_whose_tie_rests_or_has_ended():
    for ended in ("stage: dormant", "stage: declined", "closed: yes"):
        found = ties(ada=f"{CONNECTED}\nknows: bo", bo=f"{ended}\nknows: zoe", zoe=SOUGHT)
        assert found.ways_to("zoe") == ()


def test_ways_have_two_steps_unless_more_are_asked_for_and_never_turn_back():
    found = ties(
        ada=f"{CONNECTED}\nknows: bo", bo=f"{SOUGHT}\nknows: [cy, zoe]", cy=f"{SOUGHT}\nknows: zoe", zoe=SOUGHT
    )
    assert [way.through for way in found.ways_to("zoe")] == [("ada", "bo")]
    assert [way.through for way in found.ways_to("zoe", 3)] == [("ada", "bo"), ("ada", "bo", "cy")]
    assert [way.through for way in found.ways_to("zoe", 9)] == [("ada", "bo"), ("ada", "bo", "cy")]


def test_nobody_needs_a_way_to_whom_they_are_connected_with_or_who_said_no():
    found = ties(ada=f"{CONNECTED}\nknows: [bo, cy]", bo=CONNECTED, cy="stage: declined")
    assert (found.ways_to("bo"), found.ways_to("cy"), found.ways_to("nobody")) == ((), (), ())


def test_a_connection_can_introduce_to_those_one_is_not_connected_with():
    found = ties(ada=f"{CONNECTED}\nknows: [zoe, bo]\nlog: [{{date: 2026-11-03, about: max}}]",
                 bo=CONNECTED, max=SOUGHT, zoe=SOUGHT)  # fmt: skip
    assert found.can_introduce("ada") == (
        Tie("ada", "zoe", How.KNOWS),
        Tie("ada", "max", How.MENTIONED, dt.date(2026, 11, 3)),
    )
    assert (found.can_introduce("zoe"), found.can_introduce("nobody")) == ((), ())
