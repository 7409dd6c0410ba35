"""`playbook plays` and `playbook start` as somebody types them: shown, written, taken back."""

from __future__ import annotations

import json

import pytest

from playbook.first_words import purpose_of
from playbook.records.choices import Purpose
from tests.cli.conftest import Folder

DAY = ("--today", "2026-11-21")


@pytest.fixture
def mine(empty: Folder) -> Folder:
    return empty.write(
        {
            "content/goals/staff.yml": "title: 'Be promoted'  # at last\ndue: 2027-04-15\n",
            "content/people/ada.yml": "name: Ada Novak\nwhy: We built the first one.\nchecklist:\n- 'Ask her'   # soon\n",
            "content/events/camp.yml": "title: Camp\nstarts: 2027-05-14\n",
            "content/outreach/hello.yml": 'title: Hello again\npurpose: reconnect\nbody: "Hello. {{ person.why }}"\n',
            "content/plays/mine.yml": "title: My week\nstarts: 2026-11-20\nchecklist: [{task: a, done: true}, b]\n",
        }
    )


def content(folder: Folder) -> dict[str, bytes]:
    return {name: folder.read(name) for name in folder.names() if name.startswith("content/")}


def test_the_list_has_ones_own_first_and_then_the_library(mine: Folder) -> None:
    ran = mine.run("plays")
    assert ran.code == 0
    lines = [line.split(maxsplit=1) for line in ran.out.splitlines() if line]
    assert lines[:4] == [
        ["Your", "own"],
        ["mine", "My week  (1 of 2, T is 2026-11-20)"],
        ["Say", "what you want"],
        ["ask-for-a-promotion", "Ask for a promotion  (for a goal)"],
    ]
    assert ["work-a-conference", "Work a conference  (for an event)"] in lines


def test_one_play_is_shown_whole(mine: Folder) -> None:
    assert mine.run("plays", "ask-around").out == (
        "Ask around\n"
        "  News of a job, a room, a person worth meeting comes more often through acquaintances\n"
        "  than through close friends, because acquaintances move in other circles. Granovetter\n"
        "  showed it for people who had changed jobs. So tell a few of them what you are looking\n"
        "  for; they cannot pass on what they have not heard.\n"
        "  From: Mark S. Granovetter: The Strength of Weak Ties (1973)\n"
        "  T is the day you begin.\n"
        "\n"
        "Steps\n"
        "  T+1   Write what you are looking for in two sentences that somebody else could repeat\n"
        "  T+3   Go through former colleagues, fellow students, friends and family, and choose\n"
        "        six who move elsewhere than you do\n"
        "  T+7   Write to three of them, ask how they are, and tell the two sentences\n"
        "          script: hello\n"
        "  T+14  Write to the other three\n"
        "          script: hello\n"
        "  T+18  Ask the one who knows the right person best for an introduction, with three\n"
        "        lines to forward\n"
        "          script: none of yours has the purpose introduction-request\n"
        "  T+25  Offer each of the six something that they could use\n"
        "          script: none of yours has the purpose offer\n"
        "  T+40  Tell whoever helped what came of it, also if it was nothing yet\n"
        "          script: none of yours has the purpose progress-update\n"
        "\n"
        'To have a script for one: playbook new outreach "Introduction request"\n'
        "\n"
        "Done when\n"
        "  - Six people could repeat what you are looking for.\n"
        "  - Whoever was introduced to you has a file, and whoever introduced you has been\n"
        "    thanked.\n"
        "\n"
        "To begin: playbook start ask-around --goal GOAL\n"
    )


@pytest.mark.parametrize("purpose", Purpose)
def test_the_title_that_is_told_for_a_purpose_names_it(purpose: Purpose) -> None:
    assert purpose_of(purpose.replace("-", " ").capitalize()) is purpose


def test_ones_own_play_is_shown_as_it_would_be_started_again(mine: Folder) -> None:
    assert mine.run("plays", "my week").out == (
        "My week\n\nSteps\n        a\n        b\n\nTo begin: playbook start plays/mine\n"
    )


def test_programs_get_the_same(mine: Folder) -> None:
    every = json.loads(mine.run("plays", "--json").out)
    assert every["own"] == [
        {
            "id": "mine", "title": "My week", "status": "active", "starts": "2026-11-20", "play": "",
            "goals": [], "people": [], "events": [],
        }
    ]  # fmt: skip
    one = json.loads(mine.run("plays", "ask-around", "--json").out)
    assert one in every["library"]
    assert (one["id"], one["family"], one["needs"], one["covers"]) == (
        "ask-around", "Meet people", ["goal"], ["B7", "A1", "F5"],
    )  # fmt: skip
    assert one["steps"][2] == {
        "task": "Write to three of them, ask how they are, and tell the two sentences",
        "due": "T+7",
        "purpose": "reconnect",
        "scripts": ["hello"],
        "person": False,
    }


def test_a_wrong_name_leads_to_the_nearest(mine: Folder) -> None:
    for command in ("plays", "start"):
        ran = mine.run(command, "ask-arund")
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.endswith("no play is called 'ask-arund'. Did you mean 'ask-around'?\n")
    ran = mine.run("start", "revive-a-quiet-tie", "--person", "ad")
    assert (ran.code, "no person is called 'ad'. Did you mean 'ada'?" in ran.err) == (2, True)


def test_what_is_started_is_told_passes_check_and_is_taken_back_byte_for_byte(mine: Folder) -> None:
    before = content(mine)
    ran = mine.run(*DAY, "start", "revive-a-quiet-tie", "--person", "Ada Novak")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[:4] == [
        "Started: Revive a quiet tie: Ada Novak (9 steps, 2026-11-21 to 2026-12-12)",
        "  content/plays/revive-a-quiet-tie-ada.yml (new)",
        "    2026-11-21  Write down what you last did together, and what you liked about it",
        "    2026-11-22  Look up what they do now, for ten minutes and no longer",
    ]
    assert set(content(mine)) - set(before) == {"content/plays/revive-a-quiet-tie-ada.yml"}
    assert mine.run(*DAY, "check").code == 0
    assert mine.run("undo").code == 0
    assert content(mine) == before


def test_steps_that_join_a_checklist_leave_the_rest_of_the_file_and_are_taken_back_byte_for_byte(mine: Folder) -> None:
    before = content(mine)
    ran = mine.run(*DAY, "start", "revive-a-quiet-tie", "--person", "ada", "--into", "person", "--on", "31 dec")
    assert (ran.code, ran.err) == (0, "")
    now = content(mine)
    assert {name for name in now if now[name] != before.get(name)} == {"content/people/ada.yml"}
    assert now["content/people/ada.yml"].startswith(
        before["content/people/ada.yml"]
        + b"- task: Write down what you last did together, and what you liked about it\n  due: 2026-12-31\n"
        + b"- task: Look up what they do now, for ten minutes and no longer\n  due: 2027-01-01\n"
    )
    assert mine.run(*DAY, "check").code == 0
    assert mine.run("undo").code == 0
    assert content(mine) == before


def test_a_dry_run_shows_the_lines_and_writes_nothing(mine: Folder) -> None:
    before = content(mine)
    ran = mine.run(*DAY, "start", "work-a-conference", "--event", "camp", "--dry-run")
    assert ran.code == 0
    assert "  +play: work-a-conference\n  +starts: 2027-05-14\n  +events: [camp]\n" in ran.out
    assert ran.out.endswith("Nothing was written (--dry-run).\n")
    assert content(mine) == before


def test_a_play_that_runs_for_the_same_thing_is_not_begun_twice(mine: Folder) -> None:
    mine.run(*DAY, "start", "revive-a-quiet-tie", "--person", "ada")
    before = content(mine)
    ran = mine.run(*DAY, "start", "revive-a-quiet-tie", "--person", "ada")
    assert (ran.code, ran.out) == (
        0,
        "already there: Revive a quiet tie: Ada Novak runs (plays/revive-a-quiet-tie-ada); "
        "to start it once more beside that, give it an --id\n",
    )
    assert content(mine) == before
    assert mine.run(*DAY, "start", "revive-a-quiet-tie", "--person", "ada", "--id", "once-more").code == 0
    assert "content/plays/once-more.yml" in content(mine)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("revive-a-quiet-tie",), "'revive-a-quiet-tie' is for one person; say which: --person PERSON"),
        (("work-a-conference", "--event", "camp", "--into", "goal"), "--into goal: say which goal: --goal GOAL"),
        (("prepare-a-talk",), "this play counts from the day of the talk; say the day with --on, or the event with"),
        (("quarterly-review", "--on", "someday"), "--on: 'someday' is not a day"),
        (("quarterly-review", "--id", "My Review"), "Write --id my-review"),
        (("plays/mine", "--id", "mine"), "'mine' is there already; say another --id"),
        (("work-a-conference", "--event", "camp", "--into", "event", "--id", "x"), "leave one of them out"),
    ],
)
def test_what_cannot_be_started_says_what_is_missing_and_writes_nothing(
    mine: Folder, arguments: tuple[str, ...], said: str
) -> None:
    before = content(mine)
    ran = mine.run(*DAY, "start", *arguments)
    assert (ran.code, ran.out, said in ran.err) == (2, "", True), ran.err
    assert content(mine) == before
