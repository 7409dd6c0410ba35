"""`playbook show`: everything about one record, found by id, by kind and id, or by name."""

from __future__ import annotations

import json

import pytest

FILES = {
    "content/me.yml": "name: Ada\ncircles: {makers: every 2 months}\naudiences: {grace: {person: grace-hopper}}\n",
    "content/people/grace-hopper.yml": """
        name: Grace Hopper
        circle: inner
        relations: [mentor, sponsor]
        met: {date: 2025-05-16, how: hallway}
        consent: yes
        channels: {email: grace@example.org, phone: 010}
        log:
          - {date: 2026-11-03, kind: received, what: "An hour on how to present"}
          - A card
        mentoring: {role: mentor, rhythm: monthly, questions: [Why?]}
        dates: {birthday: --12-09}
        notes: |
          Likes mornings.

          Asks twice.
    """,
    "content/goals/staff.yml": "title: Be staff\npeople: [grace-hopper]\ndue: 2027-04-15\n",
    "content/goals/ab.yml": "title: A/B tests\n",
    "content/events/pycon.yml": "title: PyCon\nstarts: 2027-05-14 09:00\nmeet: [grace-hopper, {name: Barbara}]\n",
    "content/outreach/ask.yml": "title: Ask\nbody: |\n  Hello {{ person.calls }},\n",
    "content/organizations/navy.yml": "name: Navy\nmembership: member\n",
    "content/plays/back.yml": "title: A way back\nchecklist: [Write to one]\n",
    "content/journal/2026.yml": "- {date: 2026-01-02, title: Led it, impact: Restores take 4 minutes}\n",
}  # fmt: skip


def test_it_says_everything_and_who_names_it(empty):
    ran = empty.write(FILES).run("show", "grace-hopper")
    assert ran.code == 0
    assert (
        ran.out
        == """\
Grace Hopper
people/grace-hopper  content/people/grace-hopper.yml
relations: mentor, sponsor
circle: inner
met:
  how: hallway
  date: 2025-05-16
channels:
  email: grace@example.org
  phone: 010
dates:
  birthday: --12-09
consent: true
notes:
  Likes mornings.

  Asks twice.
log:
  - An hour on how to present (date: 2026-11-03; kind: received)
  - A card
mentoring:
  role: mentor
  rhythm:
    ideal: every month
  questions:
    - Why?
between you:
  you received: 1 within a year, 1 in all
named by:
  events/pycon (meet)  content/events/pycon.yml:3
  goals/staff (people)  content/goals/staff.yml:2
  me.yml (audiences)  content/me.yml:3
"""
    )


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("staff", "Be staff\ngoals/staff  content/goals/staff.yml\n"),
        ("goals/staff", "Be staff\ngoals/staff  content/goals/staff.yml\n"),
        ("be STAFF", "Be staff\ngoals/staff  content/goals/staff.yml\n"),
        ("pycon", "PyCon\nevents/pycon  content/events/pycon.yml\n"),
        ("ask", "Ask\noutreach/ask  content/outreach/ask.yml\n"),
        ("navy", "Navy\norganizations/navy  content/organizations/navy.yml\n"),
        ("back", "A way back\nplays/back  content/plays/back.yml\n"),
        ("2026", "2026\njournal/2026  content/journal/2026.yml\n"),
        ("me", "Ada\nme.yml  content/me.yml\n"),
        ("me.yml", "Ada\nme.yml  content/me.yml\n"),
        ("content/me.yml", "Ada\nme.yml  content/me.yml\n"),
        ("content/goals/staff.yml", "Be staff\ngoals/staff  content/goals/staff.yml\n"),
        ("../goals/staff.yml", "Be staff\ngoals/staff  content/goals/staff.yml\n"),
        ("goal/staff", "Be staff\ngoals/staff  content/goals/staff.yml\n"),
        (" staff ", "Be staff\ngoals/staff  content/goals/staff.yml\n"),
        ("A/B tests", "A/B tests\ngoals/ab  content/goals/ab.yml\n"),
    ],
)
def test_every_kind_is_found(empty, name, head):
    ran = empty.write(FILES).run("show", name)
    assert (ran.code, ran.out[: len(head)]) == (0, head)


def test_every_kind_is_shown_as_json(empty):
    empty.write(FILES)
    for name in ("staff", "grace-hopper", "pycon", "ask", "navy", "back", "2026", "me"):
        more = {"between_you"} if name == "grace-hopper" else set()
        assert set(json.loads(empty.run("show", name, "--json").out)) == {
            "kind", "id", "path", "record", "named_by", *more,
        }  # fmt: skip


def test_json_is_the_record_as_it_was_understood(empty):
    ran = empty.write(FILES).run("show", "pycon", "--json")
    assert json.loads(ran.out) == {
        "kind": "events",
        "id": "pycon",
        "path": "content/events/pycon.yml",
        "record": {
            "title": "PyCon",
            "starts": "2027-05-14 09:00",
            "meet": [{"person": "grace-hopper"}, {"name": "Barbara"}],
        },
        "named_by": [],
    }
    grace = json.loads(empty.run("show", "grace-hopper", "--json").out)["record"]
    assert (grace["consent"], grace["channels"]) == (True, {"email": "grace@example.org", "phone": "010"})


def test_what_two_kinds_share_must_be_told_apart(empty):
    ran = empty.write({**FILES, "content/people/staff.yml": "name: Staff\n"}).run("show", "staff")
    assert ran.code == 2
    assert "Error: 'staff' could be goals/staff or people/staff; write one" in ran.err


def test_a_name_that_two_share_must_be_told_apart(empty):
    ran = empty.write({**FILES, "content/people/grace-2.yml": "name: Grace Hopper\n"}).run("show", "Grace Hopper")
    assert ran.code == 2
    assert "could be grace-2 (Grace Hopper) or grace-hopper (Grace Hopper); write the id" in ran.err


def test_a_record_is_found_by_each_of_its_names_without_accents_and_by_a_title_that_looks_like_a_file(empty):
    empty.write(
        {
            "content/organizations/sn.yml": "name: Société Nord\nalso_known_as: [NordSoc]\n",
            "content/goals/ops.yml": "title: People/Ops\n",
        }
    )
    for typed, head in (("societe nord", "Société Nord"), ("nordsoc", "Société Nord"), ("People/Ops", "People/Ops")):
        done = empty.run("show", typed)
        assert (done.code, done.err) == (0, "")
        assert done.out.startswith(head)


def test_every_command_knows_a_person_by_a_short_name_and_asks_alike_where_two_fit(empty):
    empty.write(
        {
            "content/people/ines-marques.yml": "name: Inês Marques\ncircle: inner\n",
            "content/people/li-wei-chen.yml": "name: Li Wei Chen\nchecklist: [Call]\n",
            "content/people/hi-ro.yml": "name: Hiro\n",
            "content/outreach/hi.yml": "title: Hi\nchannel: chat\nbody: Hello {{ person.calls }}\n",
        }
    )
    ways = (
        ("show", "WHO"), ("path", "WHO"), ("script", "hi", "--to", "WHO"), ("touch", "WHO", "tea", "--dry-run"),
        ("gave", "WHO", "tea", "--dry-run"), ("print", "person", "WHO", "--markdown", "--out", "-"),
        ("print", "agenda", "WHO", "--markdown", "--out", "-"), ("rename", "WHO", "somebody-else", "--dry-run"),
        ("merge", "WHO", "hi-ro", "--dry-run"), ("forget", "WHO", "--dry-run"), ("share", "WHO", "--with", "public", "--dry-run"),
    )  # fmt: skip

    def asked(who: str) -> list[tuple[int, str]]:
        rans = [empty.run(*(who if word == "WHO" else word for word in way)) for way in ways]
        return [(ran.code, (ran.err.splitlines() or [""])[-1] if ran.code else "") for ran in rans]

    for who in ("ines", "Li Wei", "li-wei", "Inês Marques", "people/li-wei-chen.yml"):
        assert asked(who) == [(0, "")] * len(ways), who
    empty.write({"content/people/ines-2.yml": "name: Ines Aguilar\n"})
    both = "Error: 'ines' could be ines-2 (Ines Aguilar) or ines-marques (Inês Marques); write the id"
    assert asked("ines") == [(2, both)] * len(ways)
    assert {code for code, _ in asked("Li W")} == {2}  # a part of a word is no name


def test_an_item_of_a_person_is_ticked_by_their_short_name(empty):
    empty.write({"content/people/ines-marques.yml": "name: Inês Marques\nchecklist: [Send the draft]\n"})
    assert empty.run("done", "Ines: draft", "--dry-run").out.startswith("content/people/ines-marques.yml\n")
    assert "no checklist item is called 'Zoe: draft'" in empty.run("done", "Zoe: draft").err
    empty.write({"content/people/ines-2.yml": "name: Ines Aguilar\n"})
    both = "Error: 'Ines' could be ines-2 (Ines Aguilar) or ines-marques (Inês Marques); write the id"
    assert empty.run("done", "Ines: draft").err.splitlines()[-1] == both


def test_a_slip_is_answered_with_the_nearest(empty):
    ran = empty.write(FILES).run("show", "grace-hoper")
    assert (ran.code, ran.out) == (2, "")
    assert "Error: nothing is called 'grace-hoper'. Did you mean 'grace-hopper'?" in ran.err


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("hoppe", "Did you mean 'grace-hopper'?"),
        ("ST", "Did you mean 'ab' or 'staff'?"),
        ("people", "To see them all: playbook list people"),
        ("person/", "To see them all: playbook list people"),
        ("goals/taff", "Did you mean 'goals/staff'?"),
    ],
)
def test_a_part_of_a_name_is_answered_with_what_it_may_mean(empty, name, hint):
    ran = empty.write(FILES).run("show", name)
    assert (ran.code, ran.err.splitlines()[-1]) == (2, f"Error: nothing is called '{name}'. {hint}")


def test_one_word_or_a_beginning_is_enough_where_one_record_alone_has_it(empty):
    empty.write(
        {
            "content/goals/find-a-mentor-2027.yml": "title: Somebody who tells me what they see\nchecklist: [Ask one]\n",
            "content/goals/lead.yml": "title: From lead to director\n",
            "content/events/leaddev-berlin.yml": "title: Two days in June\nstarts: 2027-06-02\n",
            "content/events/summit-east.yml": "title: Summit (east)\nstarts: 2027-06-02\n",
            "content/events/summit-west.yml": "title: Summit (west)\nstarts: 2027-06-02\n",
            "content/people/helena-sorg.yml": "name: Helena Sorg\n",
        }
    )
    assert empty.run("show", "director").out.startswith("From lead to director\n")
    assert empty.run("show", "sorg").out.startswith("Helena Sorg\n")
    assert empty.run("print", "event", "leaddev", "--markdown", "--out", "-").code == 0
    assert empty.run("touch", "sorg", "call", "--goal", "find-a-mentor", "--event", "West", "--dry-run").code == 0
    assert empty.run("add", "item", "director", "Ask", "--dry-run").out.startswith("content/goals/lead.yml\n")
    assert empty.run("done", "mentor: ask", "--dry-run").out.startswith("content/goals/find-a-mentor-2027.yml\n")
    assert "Did you mean 'summit-east' or 'summit-west'?" in empty.run("print", "event", "summit").err
    assert empty.run("touch", "sor", "call").code == 2
    empty.write({"content/goals/director.yml": "title: [half\n"})
    assert "cannot be read" in empty.run("show", "director").err


def test_a_journal_entry_that_names_it_is_found_at_its_line(empty):
    empty.write(
        {
            **FILES,
            "content/journal/2026.yml": """
                - date: 2026-01-02
                  title: Led it
                  goals: [staff]
                - {date: 2026-02-03, title: Again, people: grace-hopper, goals: staff}
            """,
        }
    )
    assert json.loads(empty.run("show", "staff", "--json").out)["named_by"] == [
        {"kind": "journal", "id": "2026", "field": "goals", "path": "content/journal/2026.yml", "line": 3},
        {"kind": "journal", "id": "2026", "field": "goals", "path": "content/journal/2026.yml", "line": 4},
    ]


def test_a_file_that_cannot_be_read_says_why(empty):
    empty.write({"content/goals/bad.yml": "titel: x\n"})
    assert {empty.run("show", name).code for name in ("goals/bad", "goal/bad", "content/goals/bad.yml")} == {1}
    assert empty.run("show", "people/bad").code == 2
    ran = empty.run("show", "bad")
    assert ran.code == 1
    assert ran.out.startswith("content/goals/bad.yml:1:1: error: a goal has no field 'titel'. Did you mean 'title'?")
    assert ran.err == "'bad' cannot be read.\n"


def test_a_me_yml_that_cannot_be_read_says_why_and_a_missing_one_is_nothing(empty):
    ran = empty.write({"content/me.yml": "nme: Ada\n"}).run("show", "me")
    assert (ran.code, ran.out.partition(": ")[0], ran.err) == (1, "content/me.yml:1:1", "'me' cannot be read.\n")
    (empty.path / "content/me.yml").unlink()
    assert (empty.run("show", "me").code, empty.run("show", "me").out) == (2, "")


def test_no_escape_codes_are_piped(empty):
    empty.write(FILES)
    for arguments in (["show", "grace-hopper"], ["check"], ["list", "people"], ["--help"], ["show", "nobody"]):
        ran = empty.run(*arguments)
        assert "\x1b" not in ran.out + ran.err


def test_what_somebody_typed_brings_no_escape_code_into_the_terminal(empty):
    for arguments in (["show", "\x1b[31mred"], ["new", "\x1b]0;x\x07", "y"], ["list", "\x1b[2J"], ["\x1b[2J"], ["schema", "\x1b"],
                      ["check", "-C", "\x1b[2J"], ["check", "--today", "\x1b[2J"], ["list", "people", "--where", "\x1b[2J"],
                      ["new", "goal", "x", "--id", "\x1b[2J"]):  # fmt: skip
        ran = empty.run(*arguments)
        assert (ran.code, "\x1b" in ran.err + ran.out) == (2, False), arguments


def test_what_passed_between_you_is_counted_with_a_gentle_word_and_for_the_author_alone(empty):
    log = ", ".join(f"{{date: 2026-10-0{day}, kind: received}}" for day in (1, 2, 3))
    empty.write({"content/people/bo.yml": f"{{name: Bo, visibility: public, consent: true, log: [{log}]}}"})
    found = json.loads(empty.run("show", "bo", "--json", "--today", "2026-11-21").out)
    word = "This year you received 3 times; you have not given anything yet. What could you offer?"
    assert found["between_you"] == {"counts": {"you received": {"year": 3, "all": 3}}, "word": word}
    shown = empty.run("show", "bo", "--today", "2026-11-21").out
    assert f"between you:\n  you received: 3 within a year, 3 in all\n  {word}\n" in shown
    assert "between you" not in empty.run("show", "bo", "--audience", "public").out
