"""`playbook new`: a starter that passes, under a name of its own, and never over anything."""

from __future__ import annotations

import pytest

from playbook.records.choices import Purpose
from playbook.starters import STARTERS


@pytest.mark.parametrize(("noun", "kind"), STARTERS.items())
def test_it_writes_a_starter_that_passes_and_says_where(empty, noun, kind):
    ran = empty.run("new", noun, 'The "first": one #1')
    assert (ran.code, ran.out) == (0, f"content/{kind}/the-first-one-1.yml\n")
    assert ran.err.startswith("Next: write ")
    assert f" into content/{kind}/the-first-one-1.yml; then see what" in ran.err or noun == "outreach"
    assert empty.run("check").out == "content: 1 record, no problems\n"
    assert empty.run(
        "list", kind, "--columns", "id,name" if kind in ("people", "organizations") else "id,title"
    ).out == ('the-first-one-1\tThe "first": one #1\n')


def test_it_ends_with_what_to_do_next(empty):
    assert empty.run("new", "goal", "Staff").err == (
        "Next: write why it matters, by when it is due, and the first thing to tick into content/goals/staff.yml; "
        "then see what waits: playbook today\n"
    )
    assert empty.run("new", "outreach", "Hi").err.endswith("; then see whom it fits: playbook script hi\n")


@pytest.mark.parametrize(
    ("typed", "title", "day"),
    [
        ("Slipway 2027, 2027-03-04", "Slipway 2027", "2027-03-04"),
        ("Slipway 2027 2027-03-04", "Slipway 2027", "2027-03-04"),
        ("Lunch, Ghent, 4 March 2027", "Lunch, Ghent", "2027-03-04"),
        ("Lunch, friday", "Lunch", "2026-11-27"),
    ],
)
def test_the_day_behind_the_title_of_an_event_is_when_it_starts(empty, typed, title, day):
    ran = empty.run("--today", "2026-11-21", "new", "event", typed)
    assert (ran.code, ran.err.splitlines()[0]) == (0, f"It starts {day}, as the title said.")
    assert empty.run("list", "events", "--columns", "title,starts").out == f"{title}\t{day}\n"
    assert empty.run("check").code == 0


@pytest.mark.parametrize("title", ["Dinner, may", "Tea, Friday Harbor", "2027-01-01", ", 2027-01-01", "Sun", "A 3/4"])
def test_what_is_no_day_stays_in_the_title(empty, title):
    assert "It starts" not in empty.run("--today", "2026-11-21", "new", "event", title).err
    assert empty.run("list", "events", "--columns", "title,starts").out == f"{title}\t2026-12-21\n"


def test_a_day_that_never_comes_is_told(empty):
    ran = empty.run("new", "event", "Slipway, 2027-02-30")
    assert (ran.code, ran.err.splitlines()[-1]) == (2, "Error: there is no day '2027-02-30'")
    assert empty.run("new", "goal", "Ready, 2027-03-04").out == "content/goals/ready-2027-03-04.yml\n"


def test_what_two_new_goals_ask_for_says_which_goal(empty):
    for title in ("Be promoted", 'Speak at "X": a talk #1', "A very long " * 10):
        assert empty.run("new", "goal", title).code == 0
    tasks = [line for name in empty.names() if "/goals/" in name for line in empty.read(name).decode().split("\n")]
    asked = [line for line in tasks if "matters, and how" in line]
    assert len(set(asked)) == 3
    assert any(
        "Write down why “Be promoted” matters, and how you will know that it is reached" in line for line in asked
    )
    assert empty.run("check").code == 0


def test_all_of_them_together_pass(empty):
    for noun in STARTERS:
        assert empty.run("new", noun, "Radia Perlman").code == 0
    ran = empty.run("check")
    assert (ran.code, ran.out) == (0, "content: 5 records, no problems\n")


def test_the_kind_may_be_said_as_its_folder_is_called(empty):
    assert empty.run("new", "people", "Ada").out == "content/people/ada.yml\n"


def test_nothing_is_ever_overwritten(empty):
    empty.write({"content/people/ada.yml": "name: Mine\n"})
    ran = empty.run("new", "person", "Ada")
    assert (ran.code, ran.out) == (2, "")
    assert (
        ran.err
        == "playbook: content/people/ada.yml is there already; it was not touched. Choose another name with --id\n"
    )
    assert empty.read("content/people/ada.yml") == b"name: Mine\n"


def test_the_place_is_told_as_seen_from_where_one_stands(empty, monkeypatch):
    (empty.path / "content" / "goals").mkdir()
    monkeypatch.chdir(empty.path / "content" / "goals")
    assert empty.run("new", "goal", "One").out == "one.yml\n"
    assert empty.run("new", "person", "Ada").out == "../people/ada.yml\n"


def test_it_names_the_schema_where_the_playbook_has_them(empty):
    empty.run("new", "goal", "Without")
    (empty.path / ".schemas").mkdir()
    empty.run("new", "goal", "With")
    assert b"$schema" not in empty.read("content/goals/without.yml")
    first = empty.read("content/goals/with.yml").splitlines()[0]
    assert first == b"# yaml-language-server: $schema=../../.schemas/goals.schema.json"


def test_dates_are_counted_from_the_day_that_is_spoken_of(empty):
    empty.run("--today", "2027-04-15", "new", "event", "PyCon")
    assert b"\nstarts: 2027-05-15\n" in empty.read("content/events/pycon.yml")


def test_a_name_without_latin_letters_needs_an_id(empty):
    ran = empty.run("new", "person", "王小明")
    assert ran.code == 2
    assert "no file name can be made from '王小明'; choose one with --id, such as --id my-person" in ran.err
    assert empty.run("new", "person", "王小明", "--id", "wang-xiaoming").out == "content/people/wang-xiaoming.yml\n"
    assert empty.run("list", "people", "--columns", "name").out == "王小明\n"


@pytest.mark.parametrize(
    ("identifier", "message"),
    [
        ("Ada Lovelace", "--id: 'Ada Lovelace' has more in it than the letters a-z, digits and single hyphens. Write --id ada-lovelace"),
        ("../../etc/passwd", "--id: '../../etc/passwd' has more in it than the letters a-z, digits and single hyphens. Write --id etc-passwd"),
        ("", "--id: '' has more in it than the letters a-z, digits and single hyphens"),
        ("con", "--id: 'con' is a name that Windows keeps for itself. Write --id con-1"),
        ("null", "--id: 'null' is what YAML calls nothing, so that 'people: [null]' would name nobody. Write --id null-1"),
        ("x" * 81, f"--id: '{'x' * 39}…' is longer than 80 characters. Write --id {'x' * 60}"),
    ],
)  # fmt: skip
def test_an_id_follows_the_rules_of_files(empty, identifier, message):
    before = empty.names()
    ran = empty.run("new", "person", "Ada", "--id", identifier)
    assert (ran.code, empty.names()) == (2, before)
    assert f"Error: {message}" in ran.err


@pytest.mark.parametrize(
    ("what", "title", "message"),
    [
        ("gaol", "x", "there is no starter for 'gaol'. Did you mean 'goal'?"),
        ("play", "x", "there is no starter for 'play'. It can be goal, person, event, organization, outreach."),
        ("goal", " \t\n", "the title is empty"),
        ("goal", "\u202e\x07", "the title is empty"),
        ("goal", "x" * 301, "a title of 301 characters; 300 is the most"),
    ],
)
def test_what_cannot_be_meant_exits_2_and_writes_nothing(empty, what, title, message):
    before = empty.names()
    ran = empty.run("new", what, title)
    assert (ran.code, ran.out, empty.names()) == (2, "", before)
    assert f"Error: {message}" in ran.err


def test_a_folder_that_is_a_link_is_not_followed(empty, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (empty.path / "content" / "goals").symlink_to(tmp_path / "elsewhere")
    ran = empty.run("new", "goal", "One")
    assert (ran.code, list((tmp_path / "elsewhere").iterdir())) == (2, [])
    assert "'goals' is a link; links are not followed" in ran.err


def test_a_file_in_the_place_of_the_folder_is_told(empty):
    ran = empty.write({"content/goals": "x"}).run("new", "goal", "One")
    assert (ran.code, ran.err) == (2, "playbook: 'content/goals' must be a folder; it is a file\n")


def test_a_link_in_the_place_of_the_file_is_not_followed(empty, tmp_path):
    (empty.path / "content" / "goals").mkdir()
    (empty.path / "content" / "goals" / "one.yml").symlink_to(tmp_path / "victim")
    assert empty.run("new", "goal", "One").code == 2
    assert not (tmp_path / "victim").exists()


def test_a_broken_playbook_can_still_get_a_new_file(empty):
    empty.write({"content/me.yml": "name: [\n", "mkdocs.yml": "plugins: [playbook\n"})
    assert empty.run("new", "goal", "One").code == 0


@pytest.mark.parametrize("purpose", Purpose)
def test_a_template_of_a_purpose_begins_with_words_that_are_ready_for_whoever_has_a_name(empty, purpose):
    words = purpose.value.replace("-", " ").capitalize()
    log = (
        "[{date: 2026-01-07, kind: gave, what: An article}, {date: 2026-01-08, kind: met, what: Queues}, "
        "{date: 2026-01-09, kind: wrote}]"
    )
    empty.write({
        "content/me.yml": "name: Ada\n",
        "content/people/grace.yml": f"name: Grace\nwhy: You taught me.\nlog: {log}\n",
        "content/goals/staff.yml": "title: Be promoted\n",
    })  # fmt: skip
    ran = empty.run("new", "outreach", words)
    assert ran.out == f"content/outreach/{purpose.value}.yml\n"
    assert ran.err.startswith("Next: write your own words into ")
    assert f"\npurpose: {purpose.value}\n".encode() in empty.read(f"content/outreach/{purpose.value}.yml")
    assert empty.run("check").out == "content: 3 records, no problems\n"
    said = empty.run("script", purpose.value, "--to", "grace")
    assert (said.code, "{" in said.out, "\n\n\n" in said.out) == (0, False, False)
    assert "Grace" in said.out
    is_sent = b"\nchannel: email\n" in empty.read(f"content/outreach/{purpose.value}.yml")
    assert said.out.endswith("\n\nAda\n") == is_sent


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (
            # A log is for oneself: what it says goes into no letter.
            "log: [{date: 2026-01-08, kind: met, what: She seemed tired.}]\npromises: [the notes on queues]",
            "It was good to talk with you.\n\nWhat I promised is not forgotten: the notes on queues.\n\nWould ten minutes",
        ),
        (
            "log: [{date: 2026-01-08, kind: called}]\npromises: [the notes, {what: a name, kept: 2026-01-09}]",
            "It was good to talk with you.\n\nWhat I promised is not forgotten: the notes.\n\nWould ten minutes",
        ),
        (
            "why: Your talk changed our plan.\nlog: [{date: 2026-01-08, kind: called, what: A secret}]",
            "It was good to talk with you.\n\nYour talk changed our plan.\n\nWould ten minutes",
        ),
        ("log: [{date: 2026-01-08, kind: met, what: A secret}]", "Grace lacks why. Write 'why: …'"),
        ("log: [{date: 2026-01-08, kind: wrote, what: A question}]", "you have not talked with Grace yet"),
        ("why: You taught me.", "Write 'log: {date: …, kind: met, what: …}' at content/people/grace.yml:3"),
    ],
)
def test_a_follow_up_says_what_was_promised_or_why_them_and_waits_where_neither_is_known(empty, file, said):
    empty.write({"content/me.yml": "name: Ada\n", "content/people/grace.yml": f"name: Grace\n{file}\n"})
    empty.run("new", "outreach", "Follow up")
    ran = empty.run("script", "follow-up", "--to", "grace")
    assert said in (ran.out or ran.err)
    assert (ran.code == 0) == said.startswith("It was good")


def test_a_sponsor_is_asked_for_something_that_has_a_name(empty):
    empty.write({"content/me.yml": "name: Ada\n", "content/people/grace.yml": "name: Grace\n"})
    empty.run("new", "outreach", "Sponsor ask")
    assert "there is no active goal" in empty.run("script", "sponsor-ask", "--to", "grace").err
    empty.write({"content/goals/staff.yml": "title: Be promoted\n"})
    ran = empty.run("script", "sponsor-ask", "--to", "grace")
    assert "This is what I am working toward: Be promoted.\n\nThere is a room where this is decided" in ran.out


def test_the_purpose_may_be_said_apart_from_the_title(empty):
    assert empty.run("new", "outreach", "After the talk", "--purpose", "thank-you").code == 0
    assert b"\npurpose: thank-you\n" in empty.read("content/outreach/after-the-talk.yml")
    assert empty.run("new", "outreach", "X", "--purpose", "folow-up").err.endswith("Did you mean 'follow-up'?\n")
    assert empty.run("new", "goal", "X", "--purpose", "follow-up").code == 2
    assert empty.run("new", "outreach", "Ask for twenty minutes").err.startswith("Next: write its purpose, ")
