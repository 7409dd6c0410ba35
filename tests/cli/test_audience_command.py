"""`playbook audience`: who sees what, and what open prose says of somebody who is not named."""

from __future__ import annotations

import json

import pytest

from playbook.audience import restrict
from tests.support import book

ME = """
    name: Ada
    visibility: public
    audiences:
      grace: {person: grace, sees: [mentor, work]}
      lin: {person: lin, sees: [work], show: [goals]}
    """
FILES = {
    "content/me.yml": ME,
    "content/people/grace.yml": "{name: Grace Hopper, visibility: mentor, consent: true, notes: Tired}",
    "content/people/lin.yml": "{name: Lin Yutang, visibility: mentor, relations: colleague}",
    "content/goals/staff.yml": """
        title: Staff engineer
        visibility: work
        people: [grace, lin]
        told: [grace]
        checklist:
          - Coffee with Lin
          - {task: Ask Grace, person: grace}
          - {task: Mine alone, visibility: me}
        """,
    "content/goals/quiet.yml": "title: A quiet one",
    "content/events/camp.yml": "{title: Camp, starts: 2027-05-01, visibility: mentor}",
}


@pytest.fixture
def shared(empty):
    return empty.write(FILES)


def test_the_list_says_who_each_audience_is_and_how_much_it_sees(shared):
    assert (
        shared.run("audience", "list").out
        == """\
me  you; sees everything
  me.yml, 2 goals, 2 people, 1 event
public  everybody; sees public
  me.yml
grace  Grace Hopper; sees public, mentor, work
  me.yml, 1 goal, 1 person (others as 1 role), 1 event
lin  Lin Yutang; sees public, work; only goals
  me.yml, 1 goal
mentor  whoever is shown what is labelled 'mentor'; sees public, mentor
  me.yml, 1 person (others as 1 role), 1 event
work  whoever is shown what is labelled 'work'; sees public, work
  me.yml, 1 goal
"""
    )
    found = json.loads(shared.run("audience", "list", "--json").out)
    assert found[3] == {
        "name": "lin", "who": "Lin Yutang", "sees": ["public", "work"], "show": ["goals"],
        "records": {"me": 1, "goals": 1}, "roles": 0,
    }  # fmt: skip


def test_the_difference_names_records_fields_entries_roles_and_prose(shared):
    assert (
        shared.run("audience", "diff", "grace").out
        == """\
grace sees 4 of the 6 records that you see.

me
  me: name; not audiences

goals
  staff: title, people; checklist 1 of 3; not told

people
  grace: name, consent; not notes

events
  camp: title, starts

People who are not named stand there as a colleague; each without anything else.

Not seen by grace
  goals (1): quiet
  people (1): lin

Read these yourself: open texts that name somebody in plain words
  content/goals/staff.yml:6: checklist.task: 'Lin' may be lin, who is not named to grace
""".replace("title, people; checklist 1 of 3", "title; checklist 1 of 3, people with words taken out")
    )


def test_two_audiences_are_compared_both_ways(shared):
    said = shared.run("audience", "diff", "lin", "grace").out
    assert said.startswith("lin sees 2 of the 4 records that grace sees.\n")
    assert "Seen by lin, and not by grace\n  goals/staff: checklist\n" in said
    assert "'Lin' may be lin, who is lin" in said


def test_what_is_told_as_json_is_what_a_site_would_hold(shared):
    playbook = book({name.removeprefix("content/"): text for name, text in FILES.items()}).playbook
    found = json.loads(shared.run("audience", "diff", "grace", "--json").out)
    seen = restrict(playbook, "grace")
    assert {(one["kind"], one["id"]) for one in found["seen"]} == {
        ("me", "me"), *(entry.key for entry in seen.entries() if not entry.by_role)
    }  # fmt: skip
    assert found["unseen"] == [
        {"kind": "goals", "id": "quiet", "title": "A quiet one"},
        {"kind": "people", "id": "lin", "title": "Lin Yutang"},
    ]
    assert found["prose"] == [
        {
            "kind": "goals", "id": "staff", "field": "checklist.task", "path": "content/goals/staff.yml", "line": 6,
            "person": "lin", "word": "Lin", "reader": False,
        }
    ]  # fmt: skip


def test_it_needs_a_playbook_without_errors_and_an_audience_that_exists(shared):
    ran = shared.run("audience", "diff", "grcae")
    assert (ran.code, "Did you mean 'grace'?" in ran.err) == (2, True)
    assert "who sees what is yours to know" in shared.run("audience", "list", "--audience", "grace").err
    shared.write({"content/goals/bad.yml": "titel: x"})
    assert shared.run("audience", "list").code == 2
