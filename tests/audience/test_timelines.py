"""What an audience is told of the past: the days of what it sees now, and nothing that hangs on what it does not see."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from playbook.audience import restrict_timeline
from playbook.graph import Playbook
from playbook.history.timeline import Change, Timeline, Whole
from playbook.site import build_site
from playbook.source.reader import parse_document
from tests.audience.seen import ME, read
from tests.effort import examples
from tests.hidden import mutated
from tests.history.repo import Repo
from tests.strategies import AUDIENCES, Draw, Tree, pick, trees, write
from tests.support import book

TODAY = dt.date(2026, 11, 21)
Restrict = Callable[[Timeline, Playbook, str], Timeline]

few = settings(
    max_examples=examples(10),
    phases=[Phase.explicit, Phase.generate],
    deadline=None,
    derandomize=True,
    report_multiple_bugs=False,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def history_of(folder: Path, *versions: Mapping[str, str | None]) -> Timeline:
    """The timeline of a repository with one commit a day from 5 Jan 2026 on, each of these files."""
    repo = Repo(folder)
    repo.import_commits((f"Commit {number}", files) for number, files in enumerate(versions))
    return repo.timeline()


def told(timeline: Timeline) -> list[str]:
    """One line for each thing that the audience is told."""
    return [f"{timeline.steps[e.step].day:%d %b} {e.kind} {e.path}#{e.place} {e.text}" for e in timeline.events]


# ---- what is told


def goal(*items: str, more: str = "visibility: mentor") -> str:
    return "\n".join(("title: Staff", more, "checklist:", *(f"  - {item}" for item in items), ""))


def test_days_of_visible_items_are_told_and_nothing_else(tmp_path: Path) -> None:
    last = goal(
        "{task: Ask my boss for a raise, visibility: me}", "{task: Draft, done: 'true'}", "Rehearse", "{task: Talk, skipped: No time}"
    )  # fmt: skip
    timeline = history_of(
        tmp_path,
        {"me.yml": ME, "goals/staff.yml": goal("Draft")},
        {"goals/staff.yml": goal("Draft", "{task: Ask my boss for a raise, visibility: me}")},
        {"goals/secret.yml": "title: Leave\nchecklist: [{task: Resign, done: true}]"},
        {"goals/staff.yml": goal("{task: Draft, done: 'true'}", "Rehearse in front of Bo, who is ill", "Talk")},
        {"goals/staff.yml": last},
        {"goals/staff.yml": last, "goals/secret.yml": None},
    )
    playbook = read({"goals/staff.yml": last})
    pruned = restrict_timeline(timeline, playbook, "mentors")
    assert told(pruned) == [
        "05 Jan created goals/staff.yml#0 Draft",
        "08 Jan done goals/staff.yml#0 Draft",
        "08 Jan created goals/staff.yml#2 Talk",
        "09 Jan created goals/staff.yml#1 Rehearse",
        "09 Jan skipped goals/staff.yml#2 Talk",
    ]
    assert [(s.index, s.commit, s.subject, s.time.isoformat(), s.is_working_tree) for s in pruned.steps] == [
        (0, "", "", "2026-01-05T00:00:00+00:00", False),
        (1, "", "", "2026-01-08T00:00:00+00:00", False),
        (2, "", "", "2026-01-09T00:00:00+00:00", False),
    ]
    assert [(i.uid, i.id, i.text, i.path, i.place, i.state, i.is_live, i.created, i.done, i.events) for i in pruned.items] == [
        (0, "", "Draft", "goals/staff.yml", 0, "done", True, 0, 1, (0, 1)),
        (1, "", "Talk", "goals/staff.yml", 2, "skipped", True, 1, None, (2, 4)),
        (2, "", "Rehearse", "goals/staff.yml", 1, "open", True, 2, None, (3,)),
    ]  # fmt: skip
    assert pruned.notes == ()
    assert told(restrict_timeline(timeline, playbook, "public")) == []
    assert restrict_timeline(timeline, playbook, "me") is timeline


def test_an_item_with_an_id_keeps_its_days_through_other_words_that_are_not_told(tmp_path: Path) -> None:
    last = goal("{task: Ask for the role, id: ask}", "Write")
    timeline = history_of(
        tmp_path,
        {"goals/staff.yml": goal("{task: Beg that fool for the role, id: ask}", "Write it although I hate it")},
        {"goals/staff.yml": last},
    )
    assert told(restrict_timeline(timeline, read({"goals/staff.yml": last}), "mentors")) == [
        "05 Jan created goals/staff.yml#0 Ask for the role",
        "06 Jan created goals/staff.yml#1 Write",
    ]


def test_what_came_from_a_hidden_record_begins_where_it_came_to(tmp_path: Path) -> None:
    last = goal("{task: Draft, done: 'true'}")
    timeline = history_of(
        tmp_path,
        {"goals/secret.yml": "title: Leave\nchecklist: [Draft]", "goals/staff.yml": goal("Other")},
        {"goals/secret.yml": "title: Leave\nchecklist: [{task: Draft, done: true}, Resign]"},
        {"goals/secret.yml": "title: Leave\nchecklist: [Resign]", "goals/staff.yml": last},
    )
    assert Change.MOVED in {event.kind for event in timeline.events}
    assert told(restrict_timeline(timeline, read({"goals/staff.yml": last}), "mentors")) == [
        "07 Jan created goals/staff.yml#0 Draft",
        "07 Jan done goals/staff.yml#0 Draft",
    ]


def test_what_was_gone_for_a_while_comes_back_as_it_was_left(tmp_path: Path) -> None:
    done, other = "{task: Draft, done: 'true'}", "Something quite different"
    versions = [goal(other, done), goal(other), goal(other, "Draft"), goal(other, "{task: Draft, skipped: No}")]
    timeline = history_of(tmp_path, *({"goals/staff.yml": text} for text in versions))
    pruned = restrict_timeline(timeline, read({"goals/staff.yml": versions[-1]}), "mentors")
    assert [line for line in told(pruned) if "Draft" in line] == [
        "05 Jan created goals/staff.yml#1 Draft",
        "05 Jan done goals/staff.yml#1 Draft",
        "06 Jan dropped goals/staff.yml#1 Draft",
        "07 Jan restored goals/staff.yml#1 Draft",
        "07 Jan undone goals/staff.yml#1 Draft",
        "08 Jan skipped goals/staff.yml#1 Draft",
    ]


def test_of_two_items_of_the_same_words_nothing_is_told(tmp_path: Path) -> None:
    last = goal("Draft", "{task: Draft, done: 'true'}", "Talk")
    timeline = history_of(tmp_path, {"goals/staff.yml": last})
    pruned = restrict_timeline(timeline, read({"goals/staff.yml": last}), "mentors")
    assert told(pruned) == ["05 Jan created goals/staff.yml#2 Talk"]


def test_links_to_what_is_hidden_are_words_in_the_past_too(tmp_path: Path) -> None:
    last = goal("Ask [[people/bo]] about it")
    timeline = history_of(tmp_path, {"goals/staff.yml": last})
    playbook = read({"goals/staff.yml": last, "people/bo.yml": "name: Bo"})
    assert told(restrict_timeline(timeline, playbook, "mentors")) == [
        "05 Jan created goals/staff.yml#0 Ask someone about it"
    ]


def test_the_disk_is_a_day_like_others_and_a_hidden_clock_pushes_nothing_on(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.commit({"goals/staff.yml": goal("Draft")})
    repo.commit({"goals/secret.yml": "title: A\nchecklist: [B]"}, committer="2026-01-20T12:00:00+0000")
    repo.commit({"goals/staff.yml": goal("Draft", "Talk")})
    last = goal("{task: Draft, done: 'true'}", "Talk")
    repo.write({"goals/staff.yml": last})
    timeline = repo.timeline(now=dt.datetime(2026, 1, 22, 12, tzinfo=dt.UTC))
    assert [step.day.day for step in timeline.steps if not step.is_working_tree] == [5, 20, 20]
    pruned = restrict_timeline(timeline, read({"goals/staff.yml": last}), "mentors")
    assert told(pruned) == [
        "05 Jan created goals/staff.yml#0 Draft",
        "07 Jan created goals/staff.yml#1 Talk",
        "22 Jan done goals/staff.yml#0 Draft",
    ]
    assert not any(step.is_working_tree for step in pruned.steps)


# ---- whatever is hidden makes no difference


History = list[tuple[int, Tree]]
"""(day, what the folder holds from then on), oldest first."""


@st.composite
def twins(draw: Draw) -> tuple[str, History, History]:
    """An audience, and two histories that are one to it.

    They differ in everything that it does not see now, in whole commits about such things (by a clock that may be far
    ahead), and in old words of what it sees.
    """
    audience = draw(st.sampled_from(AUDIENCES))
    present = data_of(draw(trees()))
    number = 0
    for record in present.values():
        for index, item in enumerate(checklist_of(record)):
            number += 1
            # Words that two items share say nothing about either.
            record["checklist"][index] = {**item, "task": f"{item['task']} no. {number}"}
    one: History = []
    other: History = []
    for past in [*(earlier(draw, present) for _ in range(pick(draw, (1, 2, 3)))), present]:
        day = 10 * len(one)
        one.append((day, write(reworded(past, "old words"))))
        other.append((day, draw(mutated(write(reworded(past, "quite other")), audience))))
        if past is not present and pick(draw, (False, True)):
            other.append((day + pick(draw, (3, 200)), draw(mutated(other[-1][1], audience))))
    return audience, one, other


def data_of(tree: Tree) -> dict[str, Any]:
    found = {path: parse_document(path, text.encode())[0] for path, text in tree.items()}
    return {path: document.tree for path, document in found.items() if document is not None}


def checklist_of(record: Any) -> list[dict[str, Any]]:
    found = record.get("checklist") if isinstance(record, dict) else None
    return found or []


REWORDED = "§"
"""Marks an item that had other words."""


def earlier(draw: Draw, present: dict[str, Any]) -> dict[str, Any]:
    """A version from before: some items were not there yet, not done yet, or had other words."""
    past = {}
    for path, record in present.items():
        if not checklist_of(record):
            past[path] = record
            continue
        items = []
        for item in checklist_of(record):
            was = pick(draw, ("there", "open", "done", "worded", "absent"))
            kept = dict(item)
            if was == "open":
                kept = {key: value for key, value in item.items() if key not in ("done", "skipped")}
            elif was == "done":
                kept = {key: value for key, value in item.items() if key != "skipped"} | {"done": "true"}
            elif was == "worded":
                kept["task"] = REWORDED + item["task"]
            if was != "absent":
                items.append(kept)
        past[path] = {**record, "checklist": items}
    return past


def reworded(past: dict[str, Any], words: str) -> dict[str, Any]:
    made = {}
    for path, record in past.items():
        made[path] = record
        if checklist_of(record):
            items = [
                {**item, "task": f"{words} {number}"} if item["task"].startswith(REWORDED) else item
                for number, item in enumerate(checklist_of(record))
            ]
            made[path] = {**record, "checklist": items}
    return made


def timeline_of(history: History) -> Timeline:
    with tempfile.TemporaryDirectory() as folder:
        repo = Repo(Path(folder))
        before: Tree = Tree()
        for day, version in history:
            repo.next = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC) + dt.timedelta(days=day)
            repo.import_commits([(f"Day {day}", {**dict.fromkeys(before.keys() - version.keys()), **version})])
            before = version
        timeline = repo.timeline()
        assert len(timeline.steps) >= 0  # read while the repository is there
        return timeline


def differences(drawn: tuple[str, History, History], cut: Restrict = restrict_timeline) -> list[str]:
    """What tells the two histories apart for the audience: nothing, if all is well."""
    audience, *both = drawn
    results = []
    for history in both:
        loaded = book(history[-1][1])
        assert not loaded.has_errors, [str(problem) for problem in loaded.problems]
        timeline = cut(timeline_of(history), loaded.playbook, audience)
        results.append((timeline.steps, timeline.events, timeline.items, timeline.notes, timeline.is_complete))
    return [f"{left}\n  is not\n{right}" for left, right in zip(*results, strict=True) if left != right]


@few
@given(twins())
def test_whatever_changes_among_what_is_hidden_an_audience_is_told_the_same_past(
    drawn: tuple[str, History, History],
) -> None:
    assert differences(drawn) == []


@pytest.mark.slow
@settings(few, max_examples=200)
@given(twins())
def test_whatever_changes_in_many_histories_an_audience_is_told_the_same_past(
    drawn: tuple[str, History, History],
) -> None:
    assert differences(drawn) == []


@settings(few, max_examples=3)
@given(twins())
def test_the_pages_of_two_histories_that_are_one_to_an_audience_are_the_same(
    drawn: tuple[str, History, History],
) -> None:
    audience, *both = drawn
    sites = [
        build_site(book(history[-1][1]).playbook, TODAY, audience=audience, history=timeline_of(history))
        for history in both
    ]
    assert sites[0] == sites[1]


# ---- the proof bites: what each of these leaks, it notices


class InterferenceError(Exception):
    """The proof saw a difference."""


def with_whole(timeline: Timeline, **changed: Any) -> Timeline:
    whole = Whole(timeline.steps, timeline.events, timeline.items, timeline.notes)._replace(**changed)
    return Timeline(lambda: whole, is_complete=timeline.is_complete)


def leak_of_followed_days(timeline: Timeline, playbook: Playbook, audience: str) -> Timeline:
    """A gate that takes an item's days from who it was followed from."""
    pruned = restrict_timeline(timeline, playbook, audience)
    born = {(life.path, life.text): timeline.steps[life.created].day for life in timeline.items}
    kept = [f"{event} since {born.get((event.path, event.text))}" for event in pruned.events]
    return with_whole(pruned, events=tuple(kept))


def leak_of_old_words(timeline: Timeline, playbook: Playbook, audience: str) -> Timeline:
    """A gate that tells how an item was worded before."""
    pruned = restrict_timeline(timeline, playbook, audience)
    seen = {(item.path, item.text) for item in pruned.items}
    told = [e.before for e in timeline.events if e.kind is Change.REWORDED and (e.path, e.text) in seen]
    return with_whole(pruned, notes=tuple(told))


def leak_of_steps(timeline: Timeline, playbook: Playbook, audience: str) -> Timeline:
    """A gate that tells how many commits there are."""
    pruned = restrict_timeline(timeline, playbook, audience)
    return with_whole(pruned, notes=(len(timeline.steps),))


def leak_of_places(timeline: Timeline, playbook: Playbook, audience: str) -> Timeline:
    """A gate that counts the items of the file, not those that are seen."""
    pruned = restrict_timeline(timeline, playbook, audience)
    places = {(life.path, life.text): life.place for life in timeline.items if life.is_live}
    moved = tuple(e._replace(place=places.get((e.path, e.text), e.place)) for e in pruned.events)
    return with_whole(pruned, events=moved)


def leak_of_items(timeline: Timeline, playbook: Playbook, audience: str) -> Timeline:
    """A gate that forgets to look at who sees an item."""
    whole = restrict_timeline(timeline, playbook, audience)
    everybody = {entry.kind for entry in playbook.entries()}
    shown = [event for event in timeline.events if event.path.partition("/")[0] in everybody]
    return with_whole(whole, notes=tuple(event.text for event in shown))


@pytest.mark.parametrize(
    "leaky",
    [
        pytest.param(leak_of_followed_days, id="whom an item was followed from", marks=pytest.mark.slow),
        pytest.param(leak_of_old_words, id="old words", marks=pytest.mark.slow),
        pytest.param(leak_of_steps, id="how many commits there are", marks=pytest.mark.slow),
        pytest.param(leak_of_places, id="how many items there are", marks=pytest.mark.slow),
        pytest.param(leak_of_items, id="hidden items"),
    ],
)
def test_the_proof_notices(leaky: Restrict) -> None:
    @settings(few, max_examples=300)
    @given(twins())
    def prove(drawn: tuple[str, History, History]) -> None:
        if differences(drawn, leaky):
            raise InterferenceError

    with pytest.raises(InterferenceError):
        prove()
