"""What a terminal shows that a pipe does not: colour, and progress where it takes long."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.terminals import on_a_terminal, plain

ROOT = Path(__file__).parents[2]
COUNTING = """
from playbook.cli.terminal import progress
with progress("Reading", patience={patience}) as tell:
    for number in range(1, 4):
        if tell is not None:
            tell(number, {total})
print("done")
"""


def counting(patience: float, total: int | None = 3) -> tuple[str, ...]:
    return ("-c", COUNTING.format(patience=patience, total=total))


def test_work_that_takes_long_shows_how_far_it_is_and_takes_it_away():
    shown = on_a_terminal(ROOT, program=counting(0))
    assert "Reading" in shown
    assert "3/3" in shown
    # The bar's line is cleared before anything else is printed.
    assert shown.rstrip().endswith("\x1b[2Kdone")


def test_work_whose_end_nobody_knows_shows_how_much_is_done():
    assert "3/?" in plain(on_a_terminal(ROOT, program=counting(0, None)))


def test_work_that_is_done_at_once_shows_nothing():
    assert on_a_terminal(ROOT, program=counting(60)) == "done\n"


def test_nothing_is_shown_where_nobody_watches():
    done = subprocess.run([sys.executable, *counting(0)], cwd=ROOT, capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"done\n", b"")


def test_problems_are_coloured_on_a_terminal_and_say_the_same(empty):
    empty.write({"content/goals/bad.yml": "titel: x\n"})
    shown = on_a_terminal(empty.path, "check")
    assert "\x1b[31merror\x1b[0m" in shown
    assert plain(shown) == empty.run("check").out


@pytest.mark.few(1)
@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_escape_codes_where_they_are_not_wanted(empty, environment):
    empty.write({"content/goals/bad.yml": "titel: x\n"})
    for arguments in (["check"], ["show", "me"], ["--help"]):
        assert "\x1b" not in on_a_terminal(empty.path, *arguments, environment=environment)


def test_the_history_is_told_without_escape_codes_where_they_are_not_wanted(book_repo):
    book_repo.commit({"goals/x.yml": "title: x\nchecklist: [Draft it]\n"})
    for arguments in (["progress"], ["diff", "2026-01-01"], ["log", "draft"]):
        assert "\x1b" in on_a_terminal(book_repo.top, *arguments)
        assert "\x1b" not in on_a_terminal(book_repo.top, *arguments, environment={"NO_COLOR": "1"})
