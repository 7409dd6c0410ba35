"""What a history of checklists amounts to: on timelines by hand, and rules that hold on any."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.history.checklists import State
from playbook.progress import (
    Age,
    Changes,
    Pace,
    Point,
    active_days,
    ages,
    burn_up,
    changes_between,
    changes_of_steps,
    find_items,
    key_of,
    pace,
    path_of,
)
from tests.history_values import STAFF, TALK, WRITE, timeline_of, timelines


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(f"2026-{text}")


NOVEMBER = timeline_of("""
    2026-11-01 goals/staff.yml created Draft it
    2026-11-01 goals/staff.yml created Ask Grace
    2026-11-03 goals/talk.yml created Find a room
    2026-11-03 goals/staff.yml done Draft it
    2026-11-04 goals/staff.yml reworded Ask Grace -> Ask Grace to sponsor it

    2026-11-04 goals/staff.yml skipped Ask Grace to sponsor it
    2026-11-06 goals/talk.yml done Find a room
    2026-11-06 goals/staff.yml undone Draft it
    2026-11-09 goals/talk.yml moved Find a room -> goals/staff.yml
    2026-11-10 goals/staff.yml dropped Draft it
    2026-11-12 goals/staff.yml unskipped Ask Grace to sponsor it
    2026-11-14* goals/staff.yml restored Draft it
""")


def told(changes: Changes) -> dict[str, list[str]]:
    """List → the texts in it, with what they were before; only lists that hold any."""
    found = {}
    for name in Changes.__slots__:
        moved = getattr(changes, name)
        if moved:
            found[name] = [f"{m.event.text}{f' (was {m.event.before})' if m.event.before else ''}" for m in moved]
    return found


# ---- burn-up


def test_a_burn_up_has_a_point_for_each_day_on_which_done_or_scope_changed():
    assert burn_up(NOVEMBER) == (
        Point(day("11-01"), 0, 2),
        Point(day("11-03"), 1, 3),
        Point(day("11-04"), 1, 2),
        Point(day("11-10"), 1, 1),
        Point(day("11-12"), 1, 2),
        Point(day("11-14"), 1, 3),
    )


def test_a_burn_up_of_some_files_gains_what_moves_in_and_loses_what_moves_out():
    assert burn_up(NOVEMBER, paths={TALK}) == (
        Point(day("11-03"), 0, 1),
        Point(day("11-06"), 1, 1),
        Point(day("11-09"), 0, 0),
    )
    assert burn_up(NOVEMBER, paths={STAFF}, until=day("11-09")) == (
        Point(day("11-01"), 0, 2),
        Point(day("11-03"), 1, 2),
        Point(day("11-04"), 1, 1),
        Point(day("11-06"), 0, 1),
        Point(day("11-09"), 1, 2),
    )


def test_a_burn_up_of_nothing_is_empty():
    assert burn_up(NOVEMBER, paths={WRITE}) == ()
    assert burn_up(NOVEMBER, until=day("10-31")) == ()
    assert burn_up(timeline_of("")) == ()


def test_what_comes_back_done_is_done():
    timeline = timeline_of("""
        2026-11-01 goals/staff.yml created Draft it
        2026-11-01 goals/staff.yml done Draft it
        2026-11-02 goals/staff.yml dropped Draft it
        2026-11-03 goals/staff.yml restored Draft it
    """)
    assert burn_up(timeline) == (Point(day("11-01"), 1, 1), Point(day("11-02"), 0, 0), Point(day("11-03"), 1, 1))


@given(timelines())
def test_the_last_point_is_the_tally_of_what_is_there(timeline):
    there = [item for item in timeline.items if item.is_live and item.state is not State.SKIPPED]
    last = burn_up(timeline)[-1:] or (Point(day("01-01"), 0, 0),)
    assert (last[0].done, last[0].total) == (sum(item.state is State.DONE for item in there), len(there))


@given(timelines(), st.sets(st.sampled_from((STAFF, TALK, WRITE))))
def test_never_more_is_done_than_there_is_and_days_go_on(timeline, paths):
    points = burn_up(timeline, paths=paths)
    assert all(0 <= point.done <= point.total for point in points)
    days = [point.day for point in points]
    assert days == sorted(set(days))


@given(timelines())
def test_the_files_add_up_to_the_whole(timeline):
    whole = burn_up(timeline)
    parts = [burn_up(timeline, paths={path}) for path in (STAFF, TALK, WRITE)]
    for step in timeline.steps:
        counted = [state_on(points, step.day) for points in parts]
        assert state_on(whole, step.day) == tuple(map(sum, zip(*counted, strict=True)))


def state_on(points: tuple[Point, ...], wanted: dt.date) -> tuple[int, int]:
    past = [(point.done, point.total) for point in points if point.day <= wanted]
    return past[-1] if past else (0, 0)


# ---- what changed


def test_changes_are_what_is_different_at_the_end_of_the_last_day():
    assert told(changes_between(NOVEMBER, day("11-01"), day("11-03"))) == {
        "done": ["Draft it"],
        "added": ["Draft it", "Ask Grace", "Find a room"],
    }
    assert told(changes_between(NOVEMBER, day("11-04"), day("11-10"))) == {
        "done": ["Find a room"],
        "undone": ["Draft it"],
        "dropped": ["Draft it"],
        "reworded": ["Ask Grace to sponsor it (was Ask Grace)"],
        "moved": ["Find a room (was goals/talk.yml)"],
        "skipped": ["Ask Grace to sponsor it"],
    }
    assert told(changes_between(NOVEMBER, day("11-11"), day("11-30"))) == {
        "restored": ["Draft it"],
        "unskipped": ["Ask Grace to sponsor it"],
    }


def test_each_change_carries_its_event_its_step_and_its_item():
    (moved,) = changes_between(NOVEMBER, day("11-02"), day("11-04")).done
    assert (moved.event, moved.step, moved.item) == (NOVEMBER.events[3], NOVEMBER.steps[1], NOVEMBER.items[0])


def test_what_was_done_and_undone_again_is_neither_nor_is_what_came_and_went():
    timeline = timeline_of("""
        2026-11-01 goals/staff.yml created Draft it
        2026-11-02 goals/staff.yml done Draft it
        2026-11-02 goals/staff.yml created Sleep on it
        2026-11-03 goals/staff.yml reworded Draft it -> Draft it all
        2026-11-04 goals/staff.yml undone Draft it all
        2026-11-04 goals/staff.yml dropped Sleep on it
        2026-11-05 goals/staff.yml reworded Draft it all -> Draft it
    """)
    changes = changes_between(timeline, day("11-02"), day("11-05"))
    assert (changes, bool(changes)) == (Changes(), False)
    assert told(changes_between(timeline, day("11-02"), day("11-04"))) == {"reworded": ["Draft it all (was Draft it)"]}


def test_what_was_done_and_then_taken_off_the_list_was_done():
    timeline = timeline_of("""
        2026-11-01 goals/staff.yml created Draft it
        2026-11-02 goals/staff.yml done Draft it
        2026-11-03 goals/staff.yml dropped Draft it
    """)
    assert told(changes_between(timeline, day("11-02"), day("11-03"))) == {
        "done": ["Draft it"],
        "dropped": ["Draft it"],
    }


@pytest.mark.parametrize(
    "way",
    [
        ("moved Draft it -> goals/talk.yml", "goals/talk.yml moved Draft it -> goals/write.yml"),
        ("dropped Draft it", "goals/staff.yml restored Draft it -> goals/write.yml"),
    ],
    ids=["moved twice", "dropped and back elsewhere"],
)
def test_what_is_in_another_file_at_the_end_has_moved_however_it_came_there(way):
    timeline = timeline_of(f"""
        2026-11-01 goals/staff.yml created Draft it
        2026-11-02 goals/staff.yml {way[0]}
        2026-11-03 {way[1]}
    """)
    changes = changes_between(timeline, day("11-02"), day("11-03"))
    assert told(changes) == {"moved": ["Draft it (was goals/staff.yml)"]}
    by_file = [changes_between(timeline, day("11-02"), day("11-03"), paths={path}) for path in (STAFF, TALK, WRITE)]
    assert by_file == [changes, Changes(), changes]


def test_changes_of_a_file_are_those_of_the_items_that_are_in_it_at_the_end():
    span = (day("11-04"), day("11-10"))
    assert told(changes_between(NOVEMBER, *span, paths={TALK})) == {"moved": ["Find a room (was goals/talk.yml)"]}
    assert changes_between(NOVEMBER, *span, paths={STAFF}) == changes_between(NOVEMBER, *span)


def test_what_went_is_missed_where_it_was_and_what_came_is_called_as_it_is():
    timeline = timeline_of("""
        2026-11-01 goals/staff.yml created Draft it
        2026-11-02 goals/staff.yml moved Draft it -> goals/talk.yml
        2026-11-03 goals/talk.yml dropped Draft it
        2026-11-03 goals/talk.yml created Find it
        2026-11-04 goals/talk.yml reworded Find it -> Find a room
    """)
    changes = changes_of_steps(timeline, 0, 3)
    assert [(moved.event.path, moved.event.text) for moved in changes.dropped] == [(STAFF, "Draft it")]
    assert [(moved.event.path, moved.event.text) for moved in changes.added] == [(TALK, "Find a room")]


def test_changes_from_one_step_to_another_are_those_after_the_first():
    assert told(changes_of_steps(NOVEMBER, 2, 3)) == {"skipped": ["Ask Grace to sponsor it"]}
    assert changes_of_steps(NOVEMBER, -1, len(NOVEMBER.steps) - 1) == changes_between(
        NOVEMBER, dt.date.min, dt.date.max
    )
    assert changes_of_steps(NOVEMBER, 3, 3) == Changes()


@given(timelines(), st.data())
def test_two_spans_after_each_other_make_up_the_whole(timeline, data):
    end = len(timeline.steps) - 1
    middle = data.draw(st.integers(-1, end))
    first, second = changes_of_steps(timeline, -1, middle), changes_of_steps(timeline, middle, end)
    whole = changes_of_steps(timeline, -1, end)
    for here, back in (("done", "undone"), ("undone", "done"), ("skipped", "unskipped"), ("unskipped", "skipped")):
        assert uids(whole, here) == (uids(first, here) - uids(second, back)) | (uids(second, here) - uids(first, back))
    come, gone = ("added", "restored"), ("dropped",)
    assert uids(whole, *come) == (uids(first, *come) - uids(second, *gone)) | (uids(second, *come) - uids(first, *gone))
    assert uids(whole, *gone) == (uids(first, *gone) - uids(second, *come)) | (uids(second, *gone) - uids(first, *come))
    for name in ("reworded", "moved"):
        came_back = uids(first, "dropped") & uids(second, "restored")
        assert uids(whole, name) <= uids(first, name) | uids(second, name) | came_back


@given(timelines())
def test_changes_explain_the_burn_up(timeline):
    changes = changes_between(timeline, dt.date.min, dt.date.max)
    there = {item.uid for item in timeline.items if item.is_live}
    baseline = {event.item for event in timeline.events if timeline.steps[event.step].is_baseline}
    assert uids(changes, "added") == there - baseline
    assert uids(changes, "done") - baseline == {item.uid for item in timeline.items if item.done is not None} - baseline


def uids(changes: Changes, *names: str) -> set[int]:
    return {moved.item.uid for name in names for moved in getattr(changes, name)}


# ---- days and weeks


def test_an_active_day_counts_the_items_that_moved_each_once():
    assert active_days(NOVEMBER, day("11-02"), day("11-13")) == {
        day("11-03"): 2, day("11-04"): 1, day("11-06"): 2, day("11-09"): 1, day("11-10"): 1, day("11-12"): 1,
    }  # fmt: skip
    assert active_days(NOVEMBER, day("11-01"), day("11-30"), paths={TALK}) == {
        day("11-03"): 1, day("11-06"): 1, day("11-09"): 1,
    }  # fmt: skip


def test_a_week_of_the_pace_ends_today():
    assert pace(NOVEMBER, day("11-09"), weeks=2) == Pace((0, 1))
    assert pace(NOVEMBER, day("11-10"), weeks=2) == Pace((1, 1))
    assert (Pace((0, 1, 0, 2)).per_week, Pace(()).per_week) == (0.75, 0.0)


@given(timelines(), st.integers(1, 20))
def test_the_pace_sums_to_what_was_done(timeline, weeks):
    today = day("05-01")
    first = today - dt.timedelta(days=7 * weeks - 1)
    spans = [(first + dt.timedelta(days=7 * n), first + dt.timedelta(days=7 * n + 6)) for n in range(weeks)]
    undone = sum(len(changes_between(timeline, *span).undone) for span in spans)
    whole = changes_between(timeline, first, today)
    assert sum(pace(timeline, today, weeks=weeks).weeks) - undone == len(whole.done) - len(whole.undone)


def test_the_first_weeks_of_the_calendar_have_no_weeks_before_them():
    assert pace(timeline_of(""), dt.date(1, 1, 10)) == Pace((0,))


# ---- where the history begins too late


SHALLOW = timeline_of(
    """
    2026-11-01 goals/staff.yml created Draft it
    2026-11-01 goals/staff.yml created Ask Grace
    2026-11-01 goals/staff.yml done Ask Grace
    2026-11-03 goals/staff.yml created Find a room
    """,
    is_complete=False,
)


def test_what_a_shallow_clone_begins_with_is_where_the_line_starts_and_no_change():
    assert burn_up(SHALLOW) == (Point(day("11-01"), 1, 2), Point(day("11-03"), 1, 3))
    assert told(changes_between(SHALLOW, day("11-01"), day("11-30"))) == {"added": ["Find a room"]}
    assert active_days(SHALLOW, day("11-01"), day("11-30")) == {day("11-03"): 1}
    assert pace(SHALLOW, day("11-05"), weeks=2) == Pace((0, 0))


def test_what_a_shallow_clone_begins_with_is_at_least_that_old():
    assert ages(SHALLOW, day("11-21")) == (
        Age(SHALLOW.items[0], day("11-01"), 20, True),
        Age(SHALLOW.items[2], day("11-03"), 18, False),
    )


# ---- single items


def test_ages_are_those_of_open_items_oldest_first():
    assert ages(NOVEMBER, day("11-21")) == (
        Age(NOVEMBER.items[0], day("11-01"), 20, False),
        Age(NOVEMBER.items[1], day("11-01"), 20, False),
    )
    assert ages(NOVEMBER, day("10-01"), paths={TALK}) == ()
    assert [age.days for age in ages(NOVEMBER, day("10-01"))] == [0, 0]


FOUND = timeline_of("""
    2026-11-01 goals/staff.yml created draft: Write the packet
    2026-11-01 goals/staff.yml created Ask Grace about the packet
    2026-11-02 goals/talk.yml created Draft
    2026-11-02 goals/write.yml created Draft the talk
    2026-11-03 goals/write.yml dropped Draft the talk
    2026-11-04 goals/staff.yml reworded Ask Grace about the packet -> Ask Grace what the council reads
""")


@pytest.mark.parametrize(
    ("words", "texts"),
    [
        ("draft", ["Write the packet"]),
        ("Draft", ["Draft"]),
        (" DRAFT  the talk", ["Draft the talk"]),
        ("dra", ["Draft", "Draft the talk"]),
        ("the", ["Write the packet", "Ask Grace what the council reads", "Draft the talk"]),
        ("council grace", ["Ask Grace what the council reads"]),
        ("about packet", ["Ask Grace what the council reads"]),
        ("nothing like it", []),
        (" ", []),
    ],
)
def test_an_item_is_found_by_its_id_its_text_or_words_of_it(words, texts):
    assert [item.text for item in find_items(FOUND, words)] == texts


def test_a_record_has_a_file_and_a_file_a_record():
    assert path_of(("goals", "staff")) == STAFF
    assert [key_of(path) for path in (STAFF, "me.yml", "goals/.yml", "goals/old/staff.yml", "goals/staff.md")] == [
        ("goals", "staff"), None, None, None, None,
    ]  # fmt: skip
