"""What goals ask for, and which mentor's words fit it."""

from __future__ import annotations

import datetime as dt

import pytest

from playbook.coverage import Area, Cover, coverage_of, mentors_of
from tests.support import book

TODAY = dt.date(2026, 11, 21)
ADA = "{name: Ada, relations: [mentor], expertise: [storage, writing for decisions]}"


def coverage(goal: str, **people: str) -> tuple[Area, ...]:
    files = {"goals/staff.yml": f"title: Staff\n{goal}"}
    loaded = book({**files, **{f"people/{name}.yml": text for name, text in (people or {"ada": ADA}).items()}})
    assert loaded.problems == ()
    return coverage_of(loaded.playbook, TODAY)


def test_each_criterion_and_tag_names_the_mentors_whose_words_fit_or_is_a_gap():
    assert coverage(
        """
kind: promotion
tags: [storage, proofs]
criteria:
  - {text: Makes hard things readable, expected: Three decisions with their alternatives}
  - Crosses team borders
"""
    ) == (
        Area("staff", "Makes hard things readable", (Cover("ada", "writing for decisions"),)),
        Area("staff", "Crosses team borders", ()),
        Area("staff", "storage", (Cover("ada", "storage"),)),
        Area("staff", "proofs", ()),
    )


def test_a_goal_with_neither_is_asked_for_by_its_title():
    assert coverage("kind: skill", ada="{name: Ada, relations: mentor, expertise: [staff plans]}") == (
        Area("staff", "Staff", (Cover("ada", "staff plans"),)),
    )


def test_what_you_are_with_a_mentor_for_and_ask_them_counts_too():
    mentoring = "{role: mentor, aims: [Lead without authority], questions: [How do you calm a committee?]}"
    found = coverage("kind: path\ntags: [authority, committees]", ada=f"name: Ada\nmentoring: {mentoring}")
    assert [area.covers for area in found] == [
        (Cover("ada", "Lead without authority"),),
        (Cover("ada", "How do you calm a committee?"),),
    ]


def test_common_and_short_words_fit_nothing():
    expertise = "{name: Ada, relations: mentor, expertise: [other people and teams, the art]}"
    assert coverage("kind: skill\ntags: [the art of people, others' teams]", ada=expertise) == (
        Area("staff", "the art of people", ()),
        Area("staff", "others' teams", ()),
    )


@pytest.mark.parametrize("goal", ["kind: skill\nstatus: paused", "kind: reach", "kind: presence"])
def test_goals_that_rest_or_need_no_expertise_ask_for_nothing(goal):
    assert coverage(goal) == ()


@pytest.mark.parametrize(
    ("text", "is_mentor"),
    [
        ("relations: [mentor]", True),
        ("mentoring: mentor", True),
        ("mentoring: mentee", False),
        ("relations: [mentor]\nmentoring: mentee", False),
        ("mentoring: {role: mentor, until: 2026-11-20}", False),
        ("mentoring: {role: mentor, until: 2026-11-21}", True),
        ("relations: [mentor]\nclosed: We parted well", False),
        ("relations: [mentor]\nstage: dormant", False),
        ("relations: [peer]", False),
    ],
)
def test_a_mentor_is_who_mentors_you_today(text, is_mentor):
    playbook = book({"people/ada.yml": f"name: Ada\n{text}"}).playbook
    assert bool(mentors_of(playbook, TODAY)) is is_mentor


def test_without_a_mentor_nothing_is_told():
    assert coverage("kind: skill\ntags: [storage]", bo="{name: Bo, expertise: [storage]}") == ()
