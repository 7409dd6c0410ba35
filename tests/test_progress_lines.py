"""The lines of all files at once, commit by commit; they are those that a burn-up has."""

from __future__ import annotations

from hypothesis import given

from playbook.history.timeline import Timeline
from playbook.progress import burn_up
from playbook.progress.lines import ALL, LinePoint, lines_of, tally
from tests.history_values import STAFF, TALK, WRITE, timeline_of, timelines

WEEK = timeline_of("""
    2026-11-01 goals/staff.yml created Draft it
    2026-11-01 goals/talk.yml created Find a room
    2026-11-02 goals/staff.yml reworded Draft it -> Draft it all
    2026-11-03 goals/staff.yml done Draft it all
    2026-11-04 goals/staff.yml moved Draft it all -> goals/talk.yml
    2026-11-05 goals/talk.yml skipped Find a room
    2026-11-06 goals/talk.yml dropped Draft it all
""")


def test_each_step_has_a_point_for_each_file_that_counts_otherwise_than_before():
    assert list(lines_of(WEEK)) == [
        LinePoint(0, ALL, 0, 2),
        LinePoint(0, STAFF, 0, 1),
        LinePoint(0, TALK, 0, 1),
        LinePoint(2, ALL, 1, 2),
        LinePoint(2, STAFF, 1, 1),
        LinePoint(3, STAFF, 0, 0),
        LinePoint(3, TALK, 1, 2),
        LinePoint(4, ALL, 1, 1),
        LinePoint(4, TALK, 1, 1),
        LinePoint(5, ALL, 0, 0),
        LinePoint(5, TALK, 0, 0),
    ]


def test_the_tally_after_a_step_has_the_files_in_which_there_is_anything_to_do():
    assert [tally(WEEK, step) for step in (-1, 0, 2, 3, 9)] == [
        {},
        {STAFF: (0, 1), TALK: (0, 1)},
        {STAFF: (1, 1), TALK: (0, 1)},
        {TALK: (1, 2)},
        {},
    ]


@given(timelines())
def test_the_lines_end_where_the_burn_up_does(timeline: Timeline):
    last = len(timeline.steps) - 1
    for path in (STAFF, TALK, WRITE):
        points = burn_up(timeline, paths={path})
        expected = (points[-1].done, points[-1].total) if points and points[-1].total else None
        assert tally(timeline, last).get(path) == expected
