"""The library: every play of it is whole, honest about its source, and together they cover every practice."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from playbook.plays import Aim, Family, Routine, library
from playbook.plays.library import FOLDER, From, Step, read_routine
from playbook.records.choices import Purpose
from playbook.records.days import Due

PRACTICES = {
    "A": 3,  # decide what you want
    "B": 8,  # widen the network
    "C": 4,  # digital presence
    "D": 7,  # mentors
    "E": 3,  # sponsors
    "F": 8,  # keep relationships alive
    "G": 4,  # grow and show it
}
ROWS = {f"{letter}{number}" for letter, count in PRACTICES.items() for number in range(1, count + 1)}
WANTED = {
    "land-a-mentor", "win-a-sponsor", "informational-interview", "work-a-conference", "first-ninety-days-with-a-mentor",
    "revive-a-quiet-tie", "build-a-presence", "contribute-to-a-community", "join-and-serve-an-association",
    "run-a-collaboration", "ask-for-a-promotion", "give-back-as-a-mentor", "prepare-a-talk", "company-event",
    "quarterly-review",
}  # fmt: skip
SOURCES = {
    "Adam Grant: Give and Take: A Revolutionary Approach to Success (2013)",
    "Adam M. Grant and Francesca Gino: A Little Thanks Goes a Long Way: Explaining Why Gratitude Expressions Motivate Prosocial Behavior (2010)",
    "Austin Kleon: Show Your Work! (2014)",
    "Chris Anderson: TED Talks: The Official TED Guide to Public Speaking (2016)",
    "Dale Carnegie: How to Win Friends and Influence People (1936)",
    "Daniel Z. Levin, Jorge Walter and J. Keith Murnighan: Dormant Ties: The Value of Reconnecting (2011)",
    "Francis J. Flynn and Vanessa K. B. Lake: If You Need Help, Just Ask: Underestimating Compliance With Direct Requests for Help (2008)",
    "Herminia Ibarra: Act Like a Leader, Think Like a Leader (2015)",
    "Jean Lave and Etienne Wenger: Situated Learning: Legitimate Peripheral Participation (1991)",
    "Kathy E. Kram: Mentoring at Work: Developmental Relationships in Organizational Life (1985)",
    "Keith Ferrazzi with Tahl Raz: Never Eat Alone (2005)",
    "Linda Babcock and Sara Laschever: Women Don't Ask: Negotiation and the Gender Divide (2003)",
    "Lois J. Zachary and Lory A. Fischler: The Mentee's Guide: Making Mentoring Work for You (2009)",
    "Mark S. Granovetter: The Strength of Weak Ties (1973)",
    "Michael D. Watkins: The First 90 Days (2003)",
    "Michael J. A. Wohl, Timothy A. Pychyl and Shannon H. Bennett: I Forgive Myself, Now I Can Study: How Self-Forgiveness for Procrastinating Can Reduce Future Procrastination (2010)",
    "Monica C. Higgins and Kathy E. Kram: Reconceptualizing Mentoring at Work: A Developmental Network Perspective (2001)",
    "Morten T. Hansen: Collaboration: How Leaders Avoid the Traps, Create Unity, and Reap Big Results (2009)",
    "Peter M. Gollwitzer: Implementation Intentions: Strong Effects of Simple Plans (1999)",
    "Robert D. Putnam: Bowling Alone: The Collapse and Revival of American Community (2000)",
    "Steve Dalton: The 2-Hour Job Search (2012)",
    "Sylvia Ann Hewlett: Forget a Mentor, Find a Sponsor (2013)",
    "Teresa Amabile and Steven Kramer: The Progress Principle (2011)",
    "Timothy T. Baldwin and J. Kevin Ford: Transfer of Training: A Review and Directions for Future Research (1988)",
}
"""Each looked at by a person: a source that is not here was not."""
HYPE = re.compile(
    r"\b(unlock|supercharge|game.?chang|leverage|crush|hack|amazing|powerful|secret|guaranteed)", re.IGNORECASE
)


def test_the_library_holds_what_was_promised() -> None:
    assert {play.id for play in library()} >= WANTED


def test_every_practice_is_put_to_work_by_a_play_and_no_play_claims_another() -> None:
    assert {row for play in library() for row in play.covers} == ROWS


def test_every_source_is_one_that_somebody_has_looked_at() -> None:
    assert {play.source for play in library()} == SOURCES


@pytest.mark.parametrize("play", library(), ids=lambda play: play.id)
def test_a_play_is_whole(play: Routine) -> None:
    assert 6 <= len(play.steps) <= 12
    assert 2 <= len(re.findall(r"[.?!]\"?(?= |\Z)", play.why)) <= 5
    assert play.done_when
    assert all(line.endswith(".") for line in play.done_when)
    assert not HYPE.search(" ".join((play.title, play.why, *(step.task for step in play.steps))))
    assert not set(play.needs) & set(play.takes)
    # Who is meant can only be somebody whom one can name.
    assert Aim.PERSON in (*play.needs, *play.takes) or not any(step.with_person for step in play.steps)
    assert play.counts_from is From.TODAY or play.counts_from.value in (*play.needs, *play.takes)
    assert len({step.task.casefold() for step in play.steps}) == len(play.steps)


@pytest.mark.parametrize("play", library(), ids=lambda play: play.id)
def test_steps_stand_in_the_order_of_their_days(play: Routine) -> None:
    days = [(step.due.offset, step.due.from_end) for step in play.steps if step.due is not None]
    assert len(days) == len(play.steps)
    assert days == sorted(days)
    assert play.counts_from is not From.TODAY or all(from_end for _, from_end in days)


def test_the_library_stands_by_what_it_is_about_and_then_by_title() -> None:
    order = [(tuple(Family).index(play.family), play.title) for play in library()]
    assert order == sorted(order)


def test_only_plays_lie_in_the_library() -> None:
    assert {path.suffix for path in Path(FOLDER).iterdir()} == {".yml"}


WHOLE = b"""\
title: Have tea
why: >
  It is warm.
  It helps.
source: {author: Ada Lovelace, title: On Tea, year: 1843}
needs: person
day: the day of the tea
steps:
  - task: Boil water
    due: T-1
  - {task: Ask them in, due: T+0, script: offer, person: yes}
  - Sit down
done_when: The cup is empty.
covers: [F5]
"""


def test_a_file_is_read_into_a_frozen_routine() -> None:
    content = WHOLE.replace(b"1843", b"1943")
    assert read_routine("tea.yml", "tea", content) == (
        Routine(
            id="tea",
            title="Have tea",
            why="It is warm. It helps.",
            steps=(
                Step("Boil water", Due(offset=-1)),
                Step("Ask them in", Due(offset=0, from_end=True), Purpose.OFFER, with_person=True),
                Step("Sit down"),
            ),
            source="Ada Lovelace: On Tea (1943)",
            needs=(Aim.PERSON,),
            day="the day of the tea",
            done_when=("The cup is empty.",),
            covers=("F5",),
        ),
        (),
    )


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b"title: Have tea\n", b"", "missing-field"),
        (b"script: offer", b"script: ofer", "unknown-value"),
        (b"T-1", b"tomorrow", "bad-date"),
        (b"needs: person", b"needs: persons", "unknown-value"),
        (b"covers:", b"cover:", "unknown-field"),
        (b"day: the", b"day: *the", "yaml-alias"),
    ],
)
def test_a_mistake_in_a_file_is_a_problem_with_its_place(old: bytes, new: bytes, code: str) -> None:
    routine, problems = read_routine("tea.yml", "tea", WHOLE.replace(b"1843", b"1943").replace(old, new))
    assert routine is None
    assert code in {problem.code for problem in problems}


def test_a_year_that_is_none_is_refused() -> None:
    routine, problems = read_routine("tea.yml", "tea", WHOLE)
    assert routine is None
    assert [problem.place.line for problem in problems] == [5]
