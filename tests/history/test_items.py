"""What happens to an item, from commit to commit of a real repository."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest

from playbook.history.checklists import State
from playbook.history.timeline import Change, Event, ItemLife, Step
from tests.history.repo import FIRST, Repo, checklist


@pytest.fixture
def repo(tmp_path):
    return Repo(tmp_path / "mine")


def test_a_whole_life_is_told_with_steps_and_days(repo):
    first = repo.commit({"goals/staff.yml": checklist("Draft the packet", "Ask Grace")}, "Begin")
    second = repo.commit(
        {"goals/staff.yml": checklist("{task: Draft the packet, done: 2026-01-06}", "Ask Grace")}, "Drafted"
    )
    timeline = repo.timeline()
    assert timeline.steps == (
        Step(0, first, FIRST, dt.date(2026, 1, 5), "Begin"),
        Step(1, second, FIRST + dt.timedelta(days=1), dt.date(2026, 1, 6), "Drafted"),
    )
    path = "goals/staff.yml"
    assert timeline.events == (
        Event(0, Change.CREATED, 0, path, 0, "Draft the packet"),
        Event(0, Change.CREATED, 1, path, 1, "Ask Grace"),
        Event(1, Change.DONE, 0, path, 0, "Draft the packet"),
    )
    assert timeline.items == (
        ItemLife(0, "", "Draft the packet", path, 0, State.DONE, True, 0, 1, "2026-01-06", (0, 2)),
        ItemLife(1, "", "Ask Grace", path, 1, State.OPEN, True, 0, None, "", (1,)),
    )
    assert timeline.live == {path: timeline.items}
    assert (timeline.notes, timeline.is_complete) == ((), True)


STORIES = {
    "comes later": (
        [checklist("A packet"), checklist("A packet", "Ask Grace")],
        ["0 created A packet", "1 created Ask Grace"],
    ),
    "is done, undone and done again": (
        [checklist("A packet"), *(checklist(f"{{task: A packet, done: {word}}}") for word in ("true", "false", "true"))],
        ["0 created A packet", "1 done A packet", "2 undone A packet", "3 done A packet"],
    ),
    "comes done": ([checklist("{task: A packet, done: true}")], ["0 created A packet", "0 done A packet"]),
    "gets a date in the place of true, which is no event": (
        [checklist("{task: A packet, done: true}"), checklist("{task: A packet, done: 2026-01-02}")],
        ["0 created A packet", "0 done A packet"],
    ),
    "is reworded": (
        [checklist("Draft the promotion packet", "Ask Grace"), checklist("Draft the packet for promotion", "Ask Grace")],
        [
            "0 created Draft the promotion packet",
            "0 created Ask Grace",
            "1 reworded Draft the packet for promotion (was Draft the promotion packet)",
        ],
    ),
    "is reworded and done at once": (
        [checklist("Draft the packet"), checklist("{task: Draft the whole packet, done: true}")],
        [
            "0 created Draft the packet",
            "1 reworded Draft the whole packet (was Draft the packet)",
            "1 done Draft the whole packet",
        ],
    ),
    "is skipped and taken up again": (
        [checklist("A packet"), checklist("{task: A packet, skipped: Nobody asks for it}"), checklist("A packet")],
        ["0 created A packet", "1 skipped A packet", "2 unskipped A packet"],
    ),
    "is done although it was skipped": (
        [checklist("{task: A packet, skipped: No}"), checklist("{task: A packet, done: true}")],
        ["0 created A packet", "0 skipped A packet", "1 unskipped A packet", "1 done A packet"],
    ),
    "is dropped and restored": (
        [checklist("A packet", "Ask Grace"), checklist("Ask Grace"), checklist("Ask Grace", "A packet")],
        ["0 created A packet", "0 created Ask Grace", "1 dropped A packet", "2 restored A packet"],
    ),
    "is restored and done at once": (
        [checklist("A packet", "Ask Grace"), checklist("Ask Grace"), checklist("Ask Grace", "{task: A packet, done: true}")],
        ["0 created A packet", "0 created Ask Grace", "1 dropped A packet", "2 restored A packet", "2 done A packet"],
    ),
    "comes back done, as it went": (
        [checklist("{task: A packet, done: true}", "B"), checklist("B"), checklist("{task: A packet, done: true}", "B")],
        ["0 created A packet", "0 done A packet", "0 created B", "1 dropped A packet", "2 restored A packet"],
    ),
    "is only put in another place": (
        [checklist("A packet", "Ask Grace", "Present it"), checklist("Present it", "A packet", "Ask Grace")],
        ["0 created A packet", "0 created Ask Grace", "0 created Present it"],
    ),
    "is put in another place and done": (
        [checklist("A packet", "Ask Grace", "Present it"), checklist("{task: Present it, done: true}", "A packet", "Ask Grace")],
        ["0 created A packet", "0 created Ask Grace", "0 created Present it", "1 done Present it"],
    ),
    "gives its place to one that has nothing to do with it": (
        [checklist("Draft the promotion packet", "Ask Grace"), checklist("Book a room in Lisbon", "Ask Grace")],
        [
            "0 created Draft the promotion packet",
            "0 created Ask Grace",
            "1 created Book a room in Lisbon",
            "1 dropped Draft the promotion packet",
        ],
    ),
    "is one of several that read the same": (
        [checklist("Write", "Write", "Write"), checklist("Write", "{task: Write, done: true}", "Write"), checklist("Write", "{task: Write, done: true}")],
        ["0 created Write", "0 created Write", "0 created Write", "1 done Write", "2 dropped Write"],
    ),
    "keeps its state while another with the same text changes its own": (
        [checklist("{task: Write, done: true}", "Write"), checklist("Write", "{task: Write, done: true}")],
        ["0 created Write", "0 done Write", "0 created Write"],
    ),
    "has an id, and every word of it changes": (
        [checklist("{id: packet, task: Draft the packet}", "B"), checklist("B", "{id: packet, task: Something else entirely}")],
        [
            "0 created Draft the packet",
            "0 created B",
            "1 reworded Something else entirely (was Draft the packet)",
        ],
    ),
    "has another id, so it is another item": (
        [checklist("{id: one, task: Draft the packet}"), checklist("{id: two, task: Draft the packet}")],
        ["0 created Draft the packet", "1 created Draft the packet", "1 dropped Draft the packet"],
    ),
    "gets an id": (
        [checklist("Draft the packet", "B"), checklist("{id: packet, task: Draft the packet}", "{id: b, task: B}")],
        ["0 created Draft the packet", "0 created B"],
    ),
    "loses its id": (
        [checklist("{id: packet, task: Draft the packet}"), checklist("Draft the packet"), checklist("{task: Draft the packet, done: true}")],
        ["0 created Draft the packet", "2 done Draft the packet"],
    ),
    "swaps its text with another, by id": (
        [checklist("{id: a, task: One}", "{id: b, task: Two}"), checklist("{id: a, task: Two}", "{id: b, task: One}")],
        ["0 created One", "0 created Two", "1 reworded Two (was One)", "1 reworded One (was Two)"],
    ),
    "stands in a file that nobody could read for a while": (
        [
            checklist("A packet", "Ask Grace"),
            "title: [broken\nchecklist:\n  - A packet\n",
            "title: Broken\nchecklist:\n  - {due: 2026-01-01}\n",
            checklist("{task: A packet, done: true}", "Ask Grace"),
        ],
        ["0 created A packet", "0 created Ask Grace", "3 done A packet"],
    ),
    "stands in a record that today's schema would refuse": (
        ["colour: red\nchecklist:\n  - {task: A packet, wings: 2}\n", "colour: red\nchecklist:\n  - {task: A packet, wings: 2, done: soon}\n"],
        ["0 created A packet", "1 done A packet"],
    ),
    "stands alone where a list is meant": (
        ["title: T\nchecklist: A packet\n", "title: T\nchecklist: {task: A packet, done: true}\n"],
        ["0 created A packet", "1 done A packet"],
    ),
    "was a sentence with a colon, and is quoted now": (
        [checklist("Ask her: which council?"), checklist('"Ask her: which council?"')],
        ["0 created Ask her: which council?"],
    ),
    "goes with its checklist": (
        [checklist("A packet"), "title: Be promoted\n", checklist("A packet")],
        ["0 created A packet", "1 dropped A packet", "2 restored A packet"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("versions", "expected"), STORIES.values(), ids=STORIES.keys())
def test_an_item(repo, versions, expected):
    for text in versions:
        repo.commit({"goals/staff.yml": text})
    assert repo.story() == expected


def test_an_item_that_moves_to_another_file_is_the_same_item(repo):
    repo.commit({"goals/staff.yml": checklist("A packet", "Ask Grace"), "goals/talk.yml": checklist("Slides")})
    repo.commit(
        {
            "goals/staff.yml": checklist("A packet"),
            "goals/talk.yml": checklist("Slides", "{task: Ask Grace, done: true}"),
        }
    )
    timeline = repo.timeline()
    assert timeline.events[3:] == (
        Event(1, Change.MOVED, 1, "goals/talk.yml", 1, "Ask Grace", "goals/staff.yml"),
        Event(1, Change.DONE, 1, "goals/talk.yml", 1, "Ask Grace"),
    )
    assert [(item.text, item.path, item.place) for item in timeline.items] == [
        ("A packet", "goals/staff.yml", 0),
        ("Ask Grace", "goals/talk.yml", 1),
        ("Slides", "goals/talk.yml", 0),
    ]


def test_an_item_may_move_and_be_reworded_at_once_if_it_stays_much_the_same(repo):
    repo.commit(
        {
            "goals/a.yml": checklist("Present the storage migration at the council", "One"),
            "goals/b.yml": checklist("Two"),
        }
    )
    repo.commit(
        {
            "goals/a.yml": checklist("One"),
            "goals/b.yml": checklist("Two", "Present the storage migration at the guild council"),
        }
    )
    assert repo.story()[3:] == [
        "1 moved Present the storage migration at the guild council (was goals/a.yml)",
        "1 reworded Present the storage migration at the guild council (was Present the storage migration at the council)",
    ]


def test_an_item_may_leave_for_a_file_whose_list_it_founds(repo):
    repo.commit({"goals/a.yml": checklist("One", "Two")})
    repo.commit({"goals/a.yml": "title: A\n", "events/b.yml": "title: B\nstarts: 2026-05-01\nchecklist: [One, Two]\n"})
    assert repo.story()[2:] == ["1 moved One (was goals/a.yml)", "1 moved Two (was goals/a.yml)"]


def test_a_file_with_another_name_moves_nothing_and_its_past_bears_the_new_name(repo):
    repo.commit({"goals/staff.yml": checklist("A packet", "Ask Grace", "Present it")})
    repo.commit(
        {
            "goals/staff.yml": None,
            "goals/principal.yml": checklist("{task: A packet, done: true}", "Ask Grace", "Celebrate"),
        }
    )
    timeline = repo.timeline()
    assert repo.story() == [
        "0 created A packet",
        "0 created Ask Grace",
        "0 created Present it",
        "1 done A packet",
        "1 created Celebrate",
        "1 dropped Present it",
    ]
    assert {event.path for event in timeline.events} == {"goals/principal.yml"}


def test_two_files_may_swap_their_names(repo):
    repo.commit({"goals/a.yml": checklist("One", "Two"), "goals/b.yml": checklist("Three", "Four")})
    repo.commit({"goals/b.yml": checklist("One", "Two"), "goals/a.yml": checklist("Three", "{task: Four, done: true}")})
    assert [line.split(" (")[0] for line in repo.story()[4:]] == [
        "1 moved Three",
        "1 moved Four",
        "1 done Four",
        "1 moved One",
        "1 moved Two",
    ]
    assert repo.story()[4] == "1 moved Three (was goals/b.yml)"


def test_a_file_that_is_deleted_and_reverted_brings_its_items_back(repo):
    repo.commit({"goals/staff.yml": checklist("{task: A packet, done: true}", "Write", "Write")})
    gone = repo.commit({"goals/staff.yml": None})
    repo.git("revert", "--no-edit", gone, **repo.dates())
    timeline = repo.timeline()
    assert repo.story()[4:] == [
        "1 dropped A packet",
        "1 dropped Write",
        "1 dropped Write",
        "2 restored A packet",
        "2 restored Write",
        "2 restored Write",
    ]
    assert [(item.is_live, item.state, item.created, item.done) for item in timeline.items] == [
        (True, State.DONE, 0, 0),
        (True, State.OPEN, 0, None),
        (True, State.OPEN, 0, None),
    ]


def test_a_dropped_item_is_kept_as_it_was(repo):
    repo.commit(
        {"goals/staff.yml": checklist("{id: packet, task: A packet, done: 2026-01-01}", "{task: B, skipped: No}", "C")}
    )
    repo.commit({"goals/staff.yml": checklist("C")})
    assert repo.timeline().items[:2] == (
        ItemLife(0, "packet", "A packet", "goals/staff.yml", -1, State.DONE, False, 0, 0, "", (0, 1, 5)),
        ItemLife(1, "", "B", "goals/staff.yml", -1, State.SKIPPED, False, 0, None, "", (2, 3, 6)),
    )


def test_identical_texts_in_two_files_stay_where_they_are(repo):
    repo.commit({"goals/a.yml": checklist("Say thank you"), "goals/b.yml": checklist("Say thank you")})
    repo.commit({"goals/b.yml": checklist("{task: Say thank you, done: true}")})
    assert [(event.kind, event.path) for event in repo.timeline().events] == [
        (Change.CREATED, "goals/a.yml"),
        (Change.CREATED, "goals/b.yml"),
        (Change.DONE, "goals/b.yml"),
    ]


def test_a_merge_is_one_step_against_its_first_parent(repo):
    repo.commit({"goals/a.yml": checklist("One", "Two"), "goals/b.yml": checklist("Three")})
    repo.git("checkout", "--quiet", "-b", "side")
    repo.commit({"goals/a.yml": checklist("{task: One, done: true}", "Two")}, "On the side")
    repo.commit({"goals/a.yml": checklist("{task: One, done: true}", "{task: Two, done: true}")}, "On the side again")
    repo.git("checkout", "--quiet", "main")
    repo.commit({"goals/b.yml": checklist("{task: Three, done: true}")}, "On main")
    repo.merge("side", subject="Bring the side in")
    timeline = repo.timeline()
    assert [step.subject for step in timeline.steps] == ["Edit", "On main", "Bring the side in"]
    assert repo.story()[3:] == ["1 done Three", "2 done One", "2 done Two"]


def test_an_octopus_brings_all_its_arms_in_one_step(repo):
    repo.commit({"goals/main.yml": checklist("Zero")})
    for arm in ("one", "two", "three"):
        repo.git("checkout", "--quiet", "-b", arm, "main")
        repo.commit({f"goals/{arm}.yml": checklist(arm)}, arm)
    repo.git("checkout", "--quiet", "main")
    repo.merge("one", "two", "three", subject="All of it")
    assert repo.story() == ["0 created Zero", "1 created one", "1 created three", "1 created two"]


def test_a_squashed_branch_is_one_step(repo):
    repo.commit({"goals/a.yml": checklist("One", "Two")})
    repo.git("checkout", "--quiet", "-b", "side")
    repo.commit({"goals/a.yml": checklist("{task: One, done: true}", "Two")})
    repo.commit({"goals/a.yml": checklist("{task: One, done: true}", "Two, and more")})
    repo.git("checkout", "--quiet", "main")
    repo.git("merge", "--quiet", "--squash", "side")
    repo.commit(None, "Squashed")
    assert repo.story()[2:] == ["1 done One", "1 reworded Two, and more (was Two)"]


def test_a_fast_forward_takes_each_commit_as_a_step(repo):
    repo.commit({"goals/a.yml": checklist("One")})
    repo.git("checkout", "--quiet", "-b", "side")
    repo.commit({"goals/a.yml": checklist("{task: One, done: true}")})
    repo.git("checkout", "--quiet", "main")
    repo.git("merge", "--quiet", "--ff-only", "side")
    assert repo.story() == ["0 created One", "1 done One"]


def test_commits_elsewhere_are_no_steps(repo):
    repo.commit({"goals/a.yml": checklist("One")})
    (repo.top / "README.md").write_text("Hello")
    repo.commit(None, "A readme")
    repo.commit({"pages/about.md": "# About\n"}, "A page")
    assert [step.subject for step in repo.timeline().steps] == ["Edit", "A page"]


def test_every_kind_with_a_checklist_is_followed_and_nothing_else(repo):
    text = "checklist: [One]\n"
    paths = ["events/e.yml", "goals/g.yml", "organizations/o.yml", "people/p.yml", "plays/y.yml"]
    others = ["journal/2026.yml", "outreach/o.yml", "me.yml", "goals/deep/g.yml", "goals/g.yaml", "goals/.hidden.yml"]
    repo.commit(dict.fromkeys([*paths, *others], text))
    assert [event.path for event in repo.timeline().events] == paths


def test_a_file_that_becomes_a_link_is_gone(repo):
    repo.commit({"goals/a.yml": checklist("One"), "goals/b.yml": checklist("Two")})
    (repo.content / "goals/a.yml").unlink()
    (repo.content / "goals/a.yml").symlink_to("b.yml")
    repo.commit()
    assert repo.story() == ["0 created One", "0 created Two", "1 dropped One"]


def test_a_thousand_items_may_be_reworded_in_one_commit(repo):
    texts = [f"Item number {n} of the great list" for n in range(1000)]
    repo.commit({"goals/a.yml": checklist(*texts)})
    repo.commit({"goals/a.yml": checklist(*(text.replace("great", "very long") for text in texts))})
    kinds = [event.kind for event in repo.timeline().events]
    assert kinds == [Change.CREATED] * 1000 + [Change.REWORDED] * 1000


def test_versions_that_say_nothing_are_noted_once_for_a_file(repo):
    repo.commit({"goals/a.yml": checklist("One")})
    broken = [repo.commit({"goals/a.yml": f"checklist: [{n}\n"}) for n in range(2)]
    repo.commit({"goals/a.yml": checklist("One")})
    assert [str(note) for note in repo.timeline().notes] == [
        f"'goals/a.yml' could not be read in 2 versions, last in {broken[-1][:7]}; its items count as they were before."
    ]


def test_days_never_go_back(repo):
    for author in ("2026-03-01", "2026-02-01", "2026-03-05", "2026-03-02"):
        repo.commit(
            {"goals/a.yml": checklist(author)}, author=f"{author}T23:30:00+0530", committer="2026-03-10T12:00:00+0000"
        )
    days = [step.day for step in repo.timeline().steps]
    assert [day.isoformat() for day in days] == ["2026-03-01", "2026-03-01", "2026-03-05", "2026-03-05"]
    assert all(one <= other for one, other in pairwise(days))


@pytest.mark.parametrize(
    ("done", "note"),
    [
        ("2026-01-06", ""),
        ("2025-12-20", ""),
        ("2025-11-20", "'One' is marked as done on 2025-11-20; git saw it open on 2026-01-06, done on 2026-01-07."),
        ("2026-12-24", "'One' is marked as done on 2026-12-24; git saw it open on 2026-01-06, done on 2026-01-07."),
        ("2026-13-45", ""),
        ("true", ""),
    ],
)
def test_a_date_that_git_contradicts_by_much_is_noted_and_stands(repo, done, note):
    repo.commit({"goals/a.yml": checklist("One", "Two")})
    repo.commit({"goals/b.yml": checklist("Three", "{task: Four, done: 2019-01-01}")})
    repo.commit({"goals/a.yml": checklist(f"{{task: One, done: {done}}}", "Two")})
    timeline = repo.timeline()
    assert [str(found) for found in timeline.notes] == [note] * bool(note)
    assert timeline.items[0].done_on == (done if done != "true" else "")
