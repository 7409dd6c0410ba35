"""Two states that no chain joins, compared; and where a commit stands in the history of another."""

from __future__ import annotations

import datetime as dt

import pytest

from playbook.history.comparing import BEFORE, Snapshot, compare, last_step_on, may_have_checklist, step_of
from tests.history.repo import Repo, checklist, story


@pytest.fixture
def repo(tmp_path):
    return Repo(tmp_path / "mine")


def told(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """What happened between two states, without what was there in the first."""
    states = (Snapshot({path: text.encode() for path, text in files.items()}, "a" * 40) for files in (before, after))
    return [line for line in story(compare(*states)) if line.startswith("1 ")]


def test_what_differs_between_two_states_is_told_as_if_one_had_followed_the_other():
    before = {
        "goals/staff.yml": checklist("Draft the promotion packet", "Ask Grace", "Book a room"),
        "goals/talk.yml": checklist("Write the abstract"),
    }
    after = {
        "goals/staff.yml": checklist("{task: Draft the packet for promotion, done: true}", "Write the abstract"),
        "goals/talk.yml": checklist("Ask Grace", "Find a title"),
    }
    assert told(before, after) == [
        "1 reworded Draft the packet for promotion (was Draft the promotion packet)",
        "1 done Draft the packet for promotion",
        "1 moved Write the abstract (was goals/talk.yml)",
        "1 dropped Book a room",
        "1 moved Ask Grace (was goals/staff.yml)",
        "1 created Find a title",
    ]


def test_a_file_that_has_gone_and_one_that_has_come_with_half_of_its_items_are_one_file():
    before = {"goals/staff.yml": checklist("Draft the packet", "Ask Grace")}
    after = {"goals/principal.yml": checklist("Draft the packet", "Ask Radia for a date")}
    assert told(before, after) == ["1 created Ask Radia for a date", "1 dropped Ask Grace"]


def test_what_was_there_and_is_gone_is_dropped_with_its_file():
    before = {"goals/staff.yml": checklist("Draft the packet"), "goals/talk.yml": checklist("Write the abstract")}
    assert told(before, {"goals/talk.yml": before["goals/talk.yml"]}) == ["1 dropped Draft the packet"]


def test_a_file_that_says_nothing_in_one_of_the_two_is_left_out_with_a_note():
    whole, broken = checklist("Draft the packet"), "checklist: [Draft"
    for before, after in ((whole, broken), (broken, whole)):
        files = {"goals/staff.yml": before}, {"goals/staff.yml": after}
        assert told(*files) == []
    states = Snapshot({"goals/staff.yml": broken.encode()}, "a" * 40), Snapshot({"goals/staff.yml": whole.encode()})
    assert [str(note) for note in compare(*states).notes] == [
        "'goals/staff.yml' could not be read in aaaaaaa; it is left out here."
    ]
    assert [str(note) for note in compare(states[1], states[1]).notes] == []


@pytest.mark.parametrize(
    ("path", "may"),
    [
        ("goals/staff.yml", True),
        ("events/pycon.yml", True),
        ("journal/2026.yml", False),
        ("goals/.staff.yml", False),
        ("goals/old/staff.yml", False),
        ("goals/staff.yaml", False),
        ("me.yml", False),
    ],
)
def test_only_records_with_checklists_are_looked_at(path, may):
    assert may_have_checklist(path) is may


def test_a_commit_stands_where_the_folder_was_left_as_it_has_it(repo):
    begun = repo.commit(subject="Nothing yet")
    first = repo.commit({"goals/staff.yml": checklist("Draft")}, "First")
    (repo.top / "README").write_text("about")
    readme = repo.commit(subject="Something else")
    second = repo.commit({"goals/staff.yml": checklist("Draft", "Ask")}, "Second")
    repo.git("switch", "--quiet", "--create", "side", first)
    side = repo.commit({"goals/talk.yml": checklist("Write")}, "On the side")
    repo.git("switch", "--quiet", "--create", "near", first)
    (repo.top / "README").write_text("about it")
    near = repo.commit(subject="On the side, and not about the content")
    repo.git("switch", "--quiet", "main")
    timeline = repo.timeline()
    assert [step.commit for step in timeline.steps] == [first, second]
    places = [step_of(repo.content, commit, timeline) for commit in (begun, first, readme, second, side, near)]
    assert places == [BEFORE, 0, 0, 1, None, 0]


def test_a_day_stands_behind_its_last_step(repo):
    for text in ("A", "B", "C"):
        repo.commit({"goals/staff.yml": checklist(text)})
    steps = repo.timeline().steps
    days = [dt.date(2026, 1, day) for day in (4, 5, 6, 7, 9)]
    assert [last_step_on(steps, day) for day in days] == [BEFORE, 0, 1, 2, 2]
