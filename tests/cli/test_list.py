"""`playbook list`: tables for people, lines and JSON for programs."""

from __future__ import annotations

import json

import pytest

from playbook.records import KINDS
from tests.cli.terminals import on_a_terminal, plain

PEOPLE = {
    "content/people/ada.yml": "name: Ada Lovelace\ncircle: inner\nrelations: [mentor, friend]\nstage: active\n",
    "content/people/zoe.yml": "name: Zoë Ångström\nwhy: |\n  She asks\n  twice\n",
    "content/people/lin.yml": "name: lin\ncircle: wide\n",
}


def test_piped_it_is_a_line_of_columns_for_each_record(empty):
    ran = empty.write(PEOPLE).run("list", "people")
    assert (ran.code, ran.out.splitlines(), ran.err) == (
        0,
        ["ada\tAda Lovelace\tmentor, friend\tinner\tactive", "lin\tlin\t\twide\t", "zoe\tZoë Ångström\t\t\t"],
        "",
    )


@pytest.mark.parametrize(("one", "many"), [("goal", "goals"), ("person", "people"), ("template", "outreach")])
def test_one_may_be_said_for_many(empty, one, many):
    empty.write(
        {**PEOPLE, "content/goals/staff.yml": "title: Staff\n", "content/outreach/a.yml": "title: A\nbody: b\n"}
    )
    assert empty.run("list", one) == empty.run("list", many)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_listed_where_there_is_none(empty, kind):
    assert empty.run("list", kind).out == ""
    assert json.loads(empty.run("list", kind, "--json").out) == []


def test_json_has_a_key_for_each_column(empty):
    ran = empty.write(PEOPLE).run("list", "people", "--json", "--columns", "name, relations,why")
    assert json.loads(ran.out) == [
        {"name": "Ada Lovelace", "relations": ["mentor", "friend"], "why": None},
        {"name": "lin", "relations": None, "why": None},
        {"name": "Zoë Ångström", "relations": None, "why": "She asks\ntwice"},
    ]


def test_it_is_sorted_by_a_field_with_what_has_none_last(empty):
    ran = empty.write(PEOPLE).run("list", "people", "--sort", "circle", "--columns", "id")
    assert ran.out.split() == ["ada", "lin", "zoe"]
    assert empty.run("list", "people", "--sort", "name", "--columns", "id").out.split() == ["ada", "lin", "zoe"]
    assert empty.run("list", "people", "--sort", "stage", "--columns", "id").out.split() == ["ada", "lin", "zoe"]


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("circle=typo", "No person has circle=typo. There are inner, regular, wide."),
        ("circle=iner", "No person has circle=iner. Did you mean 'inner'?"),
        ("circle!=iner", "No person has circle=iner, so nothing is left out by it. Did you mean 'inner'?"),
        ("name=Zoe", "No person has name=Zoe. Did you mean 'Zoë Ångström'?"),
        ("id=lovelace", "No person has id=lovelace. There are ada, lin, zoe."),
        ("positions.organization=acmee", "No person has positions.organization=acmee. Did you mean 'acme'?"),
        ("notes=never", "No person has notes=never."),
    ],
)
def test_a_value_that_nobody_has_is_told_with_the_nearest(empty, condition, said):
    empty.write({**PEOPLE, "content/organizations/acme.yml": "name: Acme\n"})
    ran = empty.run("list", "people", "--where", condition)
    assert (ran.code, ran.out == "", ran.err) == (0, "!=" not in condition, f"{said}\n")


@pytest.mark.parametrize(
    "condition", ["circle=regular", "stage=dormant", "met.date=2020", "consent=true", "name~nobody", "!name"]
)
def test_what_may_well_be_right_and_fits_nobody_is_not_told(empty, condition):
    ran = empty.write(PEOPLE).run("list", "people", "--where", condition)
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_a_field_of_a_nested_entry_is_told_with_its_path(empty):
    ran = empty.run("list", "people", "--where", "organization=acme")
    assert (ran.code, ran.err.splitlines()[-1]) == (
        2,
        "Error: there is no field 'organization'. Did you mean 'positions.organization'?",
    )


def test_conditions_select(empty):
    ran = empty.write(PEOPLE).run("list", "people", "--where", "circle", "--where", "relations!=mentor")
    assert ran.out == "lin\tlin\t\twide\t\n"


def test_the_journal_is_listed_by_entry_newest_first(empty):
    empty.write(
        {
            "content/journal/2026.yml": "- {date: 2026-01-02, title: Old}\n- {date: 2026-11-02, kind: praise, title: New}\n"
        }
    )
    assert empty.run("list", "journal").out == "2026-11-02\tpraise\tNew\t\n2026-01-02\tachievement\tOld\t\n"
    assert empty.run("list", "journal", "--columns", "id").out == "2026/2026-11-02-2\n2026/2026-01-02-1\n"


def test_a_record_that_says_nothing_has_the_visibility_of_its_kind_and_is_else_for_me(empty):
    empty.write(
        {
            "content/me.yml": "defaults: {goals: mentor, journal: public}\naudiences: {grace: {sees: [mentor]}}\n",
            "content/goals/open.yml": "title: Open\nvisibility: public\n",
            "content/goals/unsaid.yml": "title: Unsaid\n",
            "content/people/ada.yml": "name: Ada\n",
            "content/journal/2026.yml": "- {date: 2026-01-02, title: Said, visibility: me}\n- {date: 2026-11-02, title: Unsaid}\n",
        }
    )
    assert empty.run("list", "goals", "--where", "visibility=mentor", "--columns", "id").out.split() == ["unsaid"]
    assert empty.run("list", "goals", "--columns", "id,visibility").out == "open\tpublic\nunsaid\tmentor\n"
    assert empty.run("list", "people", "--where", "visibility=me", "--columns", "id").out.split() == ["ada"]
    assert empty.run("list", "journal", "--where", "visibility=public", "--columns", "title").out.split() == ["Unsaid"]


def test_records_that_cannot_be_read_are_counted(empty):
    ran = empty.write({**PEOPLE, "content/people/bad.yml": "nme: x\n"}).run("list", "people", "--columns", "id")
    assert (ran.code, ran.out.split()) == (0, ["ada", "lin", "zoe"])
    assert ran.err == "1 problem in the playbook; some records may be missing here. See: playbook check\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["peple"], "no kind of record is called 'peple'. Did you mean 'people'?"),
        (["x"], "no kind of record is called 'x'. The kinds are goals, people, organizations, events, outreach, journal, plays."),
        (["people", "--where", "cirle=inner"], "there is no field 'cirle'. Did you mean 'circle'?"),
        (["people", "--sort", "nam"], "there is no field 'nam'. Did you mean 'name'?"),
        (["people", "--columns", "name,mail"], "there is no field 'mail'."),
        (["people", "--columns", "name=x"], "there is no field 'name=x'. Did you mean 'name'?"),
        ([], "Missing argument 'KIND'."),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_exits_2(empty, arguments, message):
    ran = empty.run("list", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert f"Error: {message}" in ran.err


def test_on_a_terminal_it_is_a_table_that_fits(empty):
    empty.write({**PEOPLE, "content/people/long.yml": f"name: {'Maria ' * 30}\n"})
    for columns in (80, 120):
        table = on_a_terminal(empty.path, "list", "people", columns=columns)
        assert "\x1b[1m" in table
        assert max(len(line) for line in plain(table).splitlines()) <= columns
        assert plain(table).count("Maria") == 30


def test_a_table_is_plain_where_colour_is_not_wanted(empty):
    table = on_a_terminal(empty.write(PEOPLE).path, "list", "people", environment={"NO_COLOR": "1"})
    assert [line.rstrip() for line in table.splitlines()] == [
        "id    name           relations        circle   stage",
        "─" * 55,
        "ada   Ada Lovelace   mentor, friend   inner    active",
        "lin   lin                             wide",
        "zoe   Zoë Ångström",
    ]


def test_an_id_is_not_folded_for_somebody_will_copy_it(empty):
    empty.write({f"content/people/{'long-' * 5}id.yml": f"name: {'Maria ' * 12}\n"})
    assert "long-" * 5 + "id" in on_a_terminal(empty.path, "list", "people", columns=80)


def test_nothing_found_is_said_on_a_terminal(empty):
    assert plain(on_a_terminal(empty.path, "list", "people")) == "nothing found\n"
