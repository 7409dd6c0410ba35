"""`playbook path`: the ways with their warmth and what to type, and what is said where there is none."""

from __future__ import annotations

import json

import pytest

ON = ("--today", "2026-11-21")
BOOK = {
    "content/organizations/acme.yml": "{name: Acme Works, also_known_as: AW}",
    "content/events/camp.yml": "{title: Camp, starts: 2026-12-05, meet: [zoe]}",
    "content/goals/staff.yml": "{title: Staff, people: [zoe]}",
    "content/people/bo.yml": """
        name: Bo Li
        circle: inner
        stage: connected
        knows: zoe
        log: [{date: 2026-11-03, kind: called, what: The draft}]
        """,
    "content/people/zoe.yml": "{name: Zoe Ray, stage: identified, positions: [{organization: acme, title: Head}]}",
    "content/people/max.yml": "{name: Max Orr, stage: declined}",
    "content/people/kim.yml": "{name: Kim, stage: identified}",
    "content/outreach/ask.yml": """
        title: Ask
        purpose: introduction-request
        body: "{{ person.name }}, would you introduce me to {{ other.name }}?"
        """,
}


@pytest.fixture
def folder(empty):
    return empty.write(BOOK)


def test_a_way_to_somebody_says_who_how_warm_and_what_to_type(folder):
    assert (
        folder.run("path", "zoe", *ON).out
        == """\
Zoe Ray
1  Bo Li knows Zoe Ray
     Bo Li: warm, last touch 3 Nov 2026 (called), circle inner
     playbook script ask --to bo --and zoe --goal staff
You can meet at Camp, 5 Dec 2026, in 14 days
"""
    )


def test_the_command_it_prints_works(folder):
    ran = folder.run("script", "ask", "--to", "bo", "--and", "zoe", "--goal", "staff", *ON)
    assert (ran.code, ran.out) == (0, "Bo Li, would you introduce me to Zoe Ray?\n")


def test_a_way_into_an_organization_ends_with_who_is_there(folder):
    assert (
        folder.run("path", "AW", *ON).out
        == """\
Acme Works
1  Bo Li knows Zoe Ray, who is at Acme Works (Head)
     Bo Li: warm, last touch 3 Nov 2026 (called), circle inner
     playbook script ask --to bo --and zoe
"""
    )


def test_for_programs_it_is_data(folder):
    assert json.loads(folder.run("path", "zoe", "--json", *ON).out) == {
        "to": {"kind": "people", "id": "zoe", "name": "Zoe Ray"},
        "said": "",
        "ways": [
            {
                "ask": "bo",
                "way": "Bo Li knows Zoe Ray",
                "steps": 1,
                "warmth": "warm",
                "why": "last touch 3 Nov 2026 (called), circle inner",
                "likely": False,
                "script": "playbook script ask --to bo --and zoe --goal staff",
            }
        ],
        "more": 0,
        "meet_at": ["Camp, 5 Dec 2026, in 14 days"],
    }


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("bo", "You know them yourself; warm: last touch 3 Nov 2026 (called), circle inner."),
        ("max", "The tie is at rest (said no for now), so nobody is asked to introduce you."),
        ("kim", "No way is known yet. Who knows them? Say so in that person's file: knows: [...]"),
    ],
)
def test_where_there_is_no_way_it_says_why(folder, name, said):
    ran = folder.run("path", name, *ON)
    assert (ran.code, ran.out.splitlines()[1:]) == (0, [said])


def test_who_only_shares_a_workplace_is_to_be_asked_first(folder):
    folder.write({"content/people/lu.yml": "{name: Lu, stage: connected, positions: [Acme Works Ltd]}"})
    folder.write({"content/people/kim.yml": "{name: Kim, stage: identified, positions: [Acme Works Ltd]}"})
    assert (
        folder.run("path", "kim", *ON).out
        == """\
Kim
1  Lu may know Kim (both at Acme Works Ltd)
     Lu: cool, no touch written down
     nobody wrote down that they know each other; ask that first
     playbook script ask --to lu --and kim
"""
    )


def test_an_unknown_name_is_refused_with_the_nearest_and_two_that_fit_with_both(folder):
    ran = folder.run("path", "zow", *ON)
    assert (ran.code, "no person or organization is called 'zow'. Did you mean 'zoe'?" in ran.err) == (2, True)
    folder.write({"content/organizations/zoe.yml": "name: Zoe Foundation"})
    ran = folder.run("path", "zoe", *ON)
    assert (ran.code, "'zoe' could be people/zoe or organizations/zoe; write one" in ran.err) == (2, True)
    assert folder.run("path", "organizations/zoe", *ON).out.startswith("Zoe Foundation\nNo way is known yet.")


def test_a_file_that_cannot_be_read_is_told_with_its_problem(folder):
    folder.write({"content/organizations/bad.yml": "name: [\n"})
    ran = folder.run("path", "bad", *ON)
    assert (ran.code, "'bad' cannot be read." in ran.err, "content/organizations/bad.yml" in ran.err) == (1, True, True)


def test_another_reader_is_not_told(folder):
    ran = folder.run("path", "zoe", "--audience", "public", *ON)
    assert (ran.code, ran.out, ran.err) == (
        2, "", "playbook: whom you want to meet is for you alone; leave out --audience\n",
    )  # fmt: skip
