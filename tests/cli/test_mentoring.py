"""`playbook feedback` and `acted`: from what was said to the next agenda."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from playbook.views.briefs import agenda_sheet
from playbook.views.scene import Scene
from playbook.views.sheet import Check, Checks
from tests.cli.conftest import Folder
from tests.support import book

ON = ("--today", "2026-11-24")


def on_the_agenda(folder: Folder) -> tuple[Check, ...]:
    """What the printed agenda says of feedback."""
    playbook = book({"people/radia.yml": folder.read("content/people/radia.yml")}).playbook
    sheet = agenda_sheet(Scene(playbook, dt.date(2026, 11, 24)), playbook.people["radia"])
    part = next(one for one in sheet.sections if one.title == "What they told me, and what I did")
    return next(block.items for block in part.blocks if isinstance(block, Checks))


@pytest.fixture
def folder(empty):
    return empty.write(
        {
            "content/people/radia.yml": "name: Radia  # RAH-dee-a\nmentoring: mentor\n",
            "content/people/bo.yml": "name: Bo\n",
        }
    )


def test_feedback_waits_until_it_was_acted_on_and_the_next_agenda_says_so(folder):
    said = "The first slide must be the decision"
    ran = folder.run("feedback", "radia", said, "--action", "Rewrite the opening", "--on", "yesterday", *ON)
    assert (ran.code, ran.out) == (
        0,
        "Radia: “The first slide must be the decision” → Rewrite the opening\n  content/people/radia.yml\n",
    )
    assert "Rewrite the opening" in folder.run("week", *ON).out
    assert on_the_agenda(folder) == (Check(f"{said} → Rewrite the opening", "not yet"),)
    ran = folder.run("acted", "opening", *ON)
    assert (ran.code, ran.out) == (0, "Acted on: Rewrite the opening (Radia)\n  content/people/radia.yml\n")
    assert folder.read("content/people/radia.yml").decode() == (
        "name: Radia  # RAH-dee-a\n"
        "mentoring:\n"
        "  role: mentor\n"
        "  feedback:\n"
        "    - said: The first slide must be the decision\n"
        "      date: 2026-11-23\n"
        "      action: Rewrite the opening\n"
        "      acted: 2026-11-24\n"
    )
    assert "Rewrite the opening" not in folder.run("week", *ON).out
    assert on_the_agenda(folder) == (
        Check(f"{said} → Rewrite the opening", "acted on 24 Nov 2026", is_done=True),
    )  # fmt: skip


def test_it_shows_first_and_answers_as_data(folder):
    before = folder.read("content/people/radia.yml")
    ran = folder.run("feedback", "radia", "Slower", "--dry-run", *ON)
    assert (ran.code, "+    - said: Slower" in ran.out, folder.read("content/people/radia.yml")) == (0, True, before)
    found = json.loads(folder.run("feedback", "radia", "Slower", "--json", *ON).out)
    assert (found["said"], found["files"], found["written"]) == (
        "Radia: “Slower”", ["content/people/radia.yml"], True,
    )  # fmt: skip


def test_whoever_is_no_mentor_or_unknown_is_refused_and_words_that_fit_nothing_name_what_waits(folder):
    ran = folder.run("feedback", "bo", "Slower", *ON)
    assert (ran.code, "no mentoring is written for Bo" in ran.err) == (2, True)
    ran = folder.run("feedback", "radja", "Slower", *ON)
    assert (ran.code, "Did you mean 'radia'?" in ran.err) == (2, True)
    ran = folder.run("acted", "slide", *ON)
    assert (ran.code, "no feedback is called 'slide'. Nothing waits to be acted on." in ran.err) == (2, True)
    folder.run("feedback", "radia", "Slower", "--action", "Rehearse", *ON)
    ran = folder.run("acted", "slide", *ON)
    assert "These wait:\n  Radia: Rehearse" in ran.err


def test_where_several_fit_each_is_named(folder):
    for action in ("Drop slide 2", "Drop slide 3"):
        folder.run("feedback", "radia", f"{action}!", "--action", action, *ON)
    ran = folder.run("acted", "slide", *ON)
    assert (ran.code, "'slide' could be one of these" in ran.err) == (2, True)
    assert "  Radia: Drop slide 2!\n  Radia: Drop slide 3!" in ran.err
    assert folder.run("acted", "Radia: Drop slide 3!", *ON).code == 0
    assert folder.run("acted", "slide", "2", *ON).code == 0


def test_it_works_on_the_authors_own_files_of_now(folder):
    assert folder.run("feedback", "radia", "Slower", "--audience", "public").code == 2
    assert folder.run("acted", "slide", "--as-of", "2026-01-01").code == 2
