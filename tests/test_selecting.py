"""Conditions: every operator over every sort of field, and what cannot be meant is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.records import KINDS
from playbook.records.journal import JournalEntry
from playbook.selecting import (
    BadCondition,
    as_text,
    in_order,
    parse_condition,
    parse_path,
    values_at,
    with_both_sides,
)
from tests.support import book

BOOK = {
    "me.yml": "circles: {makers: every 2 months}",
    "people/ada.yml": """
        name: Ada Lovelace
        circle: inner
        relations: [mentor, friend]
        consent: true
        why: She wrote the first note
        channels: {email: ada@example.org}
        cadence: 6 weeks
        met: {date: 2025-05-16}
        positions:
          - {organization: acme, title: Analyst, from: 2024-03-01}
          - {organization: Engine Works, to: 2024-02-01}
        mentoring: mentor
        dates: {birthday: --12-10}
    """,
    "people/grace.yml": "name: Grace Hopper\ncircle: wide\nrelations: mentor\nconsent: false\npaused_until: 2027-01-15",
    "people/lin.yml": "name: Lin\nintroduced_by: ada\ngoals: staff",
    "organizations/acme.yml": "name: Acme\nmembership: {state: member, renews: 2027-02-01}",
    "goals/staff.yml": "title: Staff\ndue: 2027-04-15\npeople: [grace]\nevents: [pycon]\nchecklist: [{task: a, due: T-30}, {task: b, due: 2027-03-01, done: true}]",
    "goals/talk.yml": "title: Talk\ndue: 2026-12-31\nstatus: paused\nchecklist: [{task: c, done: 2026-11-02}]",
    "goals/none.yml": "title: None",
    "events/pycon.yml": "title: PyCon\nstarts: 2027-05-14 09:00\norganization: acme",
    "events/meetup.yml": "title: Meetup\nstarts: 2026-12-03",
    "outreach/ask.yml": "title: Ask\nbody: Hello\nlimits: {words: 120}",
    "outreach/long.yml": "title: Long\nbody: Hello\nlimits: {words: 90}",
    "journal/2026.yml": "- {date: 2026-10-20, title: Review, used: {where: x, date: 2026-11-01}}\n- {date: 2026-11-02, kind: praise, title: Kind words}",
}  # fmt: skip
PLAYBOOK = book(BOOK).playbook


def found(kind: str, *conditions: str) -> list[str]:
    """The ids (in the journal: titles) of what meets all conditions."""
    if kind == "journal":
        tests = [parse_condition(text, JournalEntry) for text in conditions]
        return sorted(x.record.title for x in PLAYBOOK.journal_lines() if all(t.holds("", x.record) for t in tests))
    tests = [parse_condition(text, KINDS[kind]) for text in conditions]
    entries = PLAYBOOK.of_kind(kind).values()
    return [e.id for e in entries if all(test.holds(e.id, with_both_sides(PLAYBOOK, e)) for test in tests)]


def test_the_book_has_no_mistakes_of_its_own():
    assert [str(p) for p in book(BOOK).problems if p.severity.fails] == [
        str(p) for p in book(BOOK).problems if p.code == "no-pages"
    ]


@pytest.mark.parametrize(
    ("kind", "condition", "expected"),
    [
        ("people", "circle=inner", ["ada"]),
        ("people", "circle = inner", ["ada"]),
        ("people", "circle!=inner", ["grace", "lin"]),
        ("people", "circle", ["ada", "grace"]),
        ("people", "!circle", ["lin"]),
        ("people", "name~LOVE", ["ada"]),
        ("people", "name=ada lovelace", ["ada"]),
        ("people", "id=lin", ["lin"]),
        ("people", "id~a", ["ada", "grace"]),
        ("people", "relations=mentor", ["ada", "grace"]),
        ("people", "relations!=friend", ["grace", "lin"]),
        ("people", "why", ["ada"]),
        ("people", "!why", ["grace", "lin"]),
        ("people", "consent", ["ada"]),
        ("people", "!consent", ["grace", "lin"]),
        ("people", "consent=yes", ["ada"]),
        ("people", "consent=false", ["grace", "lin"]),
        ("people", "channels.email~example.org", ["ada"]),
        ("people", "!channels.email", ["grace", "lin"]),
        ("people", "channels", ["ada"]),
        ("people", "positions.organization=acme", ["ada"]),
        ("people", "positions=acme", ["ada"]),
        ("people", "positions~works", ["ada"]),
        ("people", "positions.to<2025", ["ada"]),
        ("people", "!positions.to", ["grace", "lin"]),
        ("people", "cadence=every 6 weeks", ["ada"]),
        ("people", "cadence=6 weeks", ["ada"]),
        ("people", "mentoring", ["ada"]),
        ("people", "mentoring=mentor", ["ada"]),
        ("people", "mentoring.role!=mentee", ["ada", "grace", "lin"]),
        ("people", "met.date>=2025-05", ["ada"]),
        ("people", "paused_until>2027-01-14", ["grace"]),
        ("people", "introduced_by=ada", ["lin"]),
        ("people", "dates.birthday=--12-10", ["ada"]),
        ("goals", "due<2027", ["talk"]),
        ("goals", "due<=2027", ["staff", "talk"]),
        ("goals", "due>2026", ["staff"]),
        ("goals", "due=2027-04", ["staff"]),
        ("goals", "due!=2027-04", ["none", "talk"]),
        ("goals", "due>=2027-04-15", ["staff"]),
        ("goals", "due>2027-04-15", []),
        ("goals", "status=active", ["none", "staff"]),
        ("goals", "checklist.due<2028", ["staff"]),
        ("goals", "checklist.due>2000", ["staff"]),
        ("goals", "checklist.due=T-30", ["staff"]),
        ("goals", "checklist.done", ["staff", "talk"]),
        ("goals", "checklist.done=true", ["staff"]),
        ("goals", "checklist.done>=2026-11", ["talk"]),
        ("goals", "checklist~a", ["staff"]),
        ("events", "starts=2027-05-14", ["pycon"]),
        ("events", "starts=2027-05-14 09:00", ["pycon"]),
        ("events", "starts<2027-05-14 10:00", ["meetup", "pycon"]),
        ("events", "starts<=2026-12-03", ["meetup"]),
        ("events", "organization=acme", ["pycon"]),
        ("organizations", "membership=member", ["acme"]),
        ("organizations", "membership.renews<2027-03", ["acme"]),
        ("outreach", "limits.words>=100", ["ask"]),
        ("outreach", "limits.words<100", ["long"]),
        ("journal", "kind=praise", ["Kind words"]),
        ("journal", "date<2026-11", ["Review"]),
        ("journal", "used.date=2026-11", ["Review"]),
    ],
)
def test_a_condition_finds(kind, condition, expected):
    assert found(kind, condition) == expected


def test_several_conditions_must_all_hold():
    assert found("people", "relations=mentor", "!why") == ["grace"]


@pytest.mark.parametrize(
    ("kind", "condition", "expected"),
    [
        ("people", "goals=staff", ["grace", "lin"]),
        ("goals", "people=lin", ["staff"]),
        ("events", "goals=staff", ["pycon"]),
        ("goals", "events", ["staff"]),
    ],
)
def test_a_link_counts_on_whichever_side_it_was_written(kind, condition, expected):
    assert found(kind, condition) == expected


@pytest.mark.parametrize(
    ("kind", "condition", "message"),
    [
        ("people", "cirle=inner", "there is no field 'cirle'. Did you mean 'circle'?"),
        ("people", "positions.organisation=acme", "there is no field 'organisation'. Did you mean 'organization'?"),
        ("people", "name.first=Ada", "'name' holds no field 'first'"),
        ("people", "relations=mentr", "'relations' is one of colleague, manager, report, peer, mentor, mentee, sponsor, alum, friend, family, recruiter, thought-leader, connection. Did you mean 'mentor'?"),
        ("goals", "status=Active", "'status' is one of active, paused, done, dropped. Did you mean 'active'?"),
        ("goals", "due<soon", "'soon' is not a date; write 2027-04-15, 2027-04 or 2027"),
        ("goals", "due<15.04.2027", "'15.04.2027' is not a date; write 2027-04-15, 2027-04 or 2027"),
        ("goals", "due<2027-02-30", "'2027-02-30' is not a date; write 2027-04-15, 2027-04 or 2027"),
        ("goals", "due=2027-13", "'2027-13' is not a date; write 2027-04-15, 2027-04 or 2027"),
        ("goals", "due>0000", "'0000' is not a date; write 2027-04-15, 2027-04 or 2027"),
        ("events", "starts<2027-05-14 25:00", "'2027-05-14 25:00' is not a date; write 2027-04-15, 2027-04 or 2027"),
        ("outreach", "limits.words>many", "'words' is a number, not 'many'"),
        ("people", "circle<regular", "'<' compares dates and numbers; 'circle' is neither"),
        ("people", "cadence<=6 weeks", "'<=' compares dates and numbers; 'cadence' is neither"),
        ("goals", "status>active", "'>' compares dates and numbers; 'status' is neither"),
        ("goals", "checklist.due<T-30", "'T-30' is not a date; write 2027-04-15, 2027-04 or 2027"),
        ("people", "consent=maybe", "'consent' is true or false, not 'maybe'"),
        ("people", "cadence=often", "'often' is not a rhythm; write weekly, every 6 weeks …"),
        ("people", "circle=", "'circle=' has no value; for records without one, write '!circle'"),
        ("people", "!circle=inner", "'!circle=inner' is no condition; write field=value, field~text, field<date, field or !field"),
        ("people", "", "'' is no condition; write field=value, field~text, field<date, field or !field"),
        ("people", "circle is inner", "'circle is inner' is no condition; write field=value, field~text, field<date, field or !field"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_told(kind, condition, message):
    with pytest.raises(BadCondition) as error:
        parse_condition(condition, KINDS[kind])
    assert str(error.value) == message


def test_values_are_sorted_as_people_count():
    texts = ["every 10 weeks", "120", "2027-04-15", "every 6 weeks", "Zoe", "90", "", "ada", "2026-12-31", "9" * 5000]
    assert sorted(texts, key=in_order) == [
        "", "90", "120", "2026-12-31", "2027-04-15", "9" * 5000, "ada", "every 6 weeks", "every 10 weeks", "Zoe",
    ]  # fmt: skip


def test_a_column_is_a_field_and_no_condition():
    assert parse_path("positions.title", KINDS["people"]) == ("positions", "title")
    with pytest.raises(BadCondition, match="there is no field 'circle=inner'"):
        parse_path("circle=inner", KINDS["people"])


def test_an_entry_without_its_main_field_is_shown_by_the_others():
    ada = PLAYBOOK.people["ada"].record
    assert [as_text(value) for value in values_at(ada, ("met",))] == ["date: 2025-05-16"]
    assert [as_text(value) for value in values_at(PLAYBOOK.outreach["ask"].record, ("limits",))] == ["words: 120"]


@given(st.text(max_size=30), st.sampled_from(sorted(KINDS)))
def test_any_text_is_a_condition_or_is_told(text, kind):
    try:
        condition = parse_condition(text, KINDS[kind])
    except BadCondition as error:
        assert str(error).isprintable()
    else:
        for entry in PLAYBOOK.of_kind(kind).values():
            condition.holds(entry.id, entry.record)


@given(
    st.sampled_from(["due", "checklist.due", "milestones.done", "checklist.done"]),
    st.sampled_from([("=", "!="), ("<", ">="), ("<=", ">")]),
    st.dates().map(str),
    st.sampled_from([4, 7, 10]),
)
def test_of_a_comparison_and_its_opposite_one_holds_for_each_date(name, signs, date, length):
    for entry in PLAYBOOK.goals.values():
        values = list(values_at(entry.record, tuple(name.split("."))))
        if len(values) == 1 and as_text(values[0])[:4].isdigit():
            pair = [parse_condition(f"{name}{sign}{date[:length]}", KINDS["goals"]) for sign in signs]
            assert sorted(condition.holds(entry.id, entry.record) for condition in pair) == [False, True]
