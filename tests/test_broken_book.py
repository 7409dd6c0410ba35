"""Every mistake once: what `playbook check` prints for a playbook that makes them all."""

from __future__ import annotations

import ast
import datetime as dt
import os
import re
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from playbook.load import load
from playbook.problems import Problem

TESTS = Path(__file__).parent
ROOMS = TESTS.parent / "playbook"
TODAY = dt.date(2026, 11, 20)
# Which argument of a call is a problem's code.
CALLS = {"Problem": 1, "Refused": 0, "_Refused": 1}
NEVER_SEEN = {"bad-value"}
"""The validator's own words, should a type of ours ever let one through."""


@pytest.fixture
def broken(tmp_path) -> Path:
    """The folder `books/broken`, with what git cannot hold."""
    content = tmp_path / "content"
    shutil.copytree(TESTS / "books" / "broken", content)
    (content / "goals" / "large.yml").write_text("title: Large\nwhy: " + "long " * 200_000)
    (content / "goals" / "latin.yml").write_bytes("title: Café\n".encode("latin-1"))
    (content / "goals" / "linked.yml").symlink_to("/etc/passwd")
    os.mkfifo(content / "goals" / "pipe.yml")
    here = Path.cwd()
    os.chdir(content / "goals")  # a socket's whole path may have 108 characters
    try:
        with socket.socket(socket.AF_UNIX) as unix:
            unix.bind("socket.yml")
    finally:
        os.chdir(here)
    return content


def problems_of(broken: Path) -> tuple[Problem, ...]:
    """What is wrong with the broken book, with an empty folder, and with none."""
    empty = broken.parent / "empty"
    empty.mkdir()
    return (
        *load(broken, TODAY).problems,
        *load(empty, TODAY).problems,
        *load(broken.parent / "nowhere", TODAY).problems,
    )


def test_every_mistake_is_told_once_at_its_line(broken, golden):
    golden("broken.txt", "".join(f"{problem}\n" for problem in problems_of(broken)))


def test_every_code_in_the_source_is_shown_in_the_golden_file():
    codes = {code for room in ("source", "records", "graph", "checks") for code in codes_in(ROOMS / room)}
    shown = set(re.findall(r"\[([a-z0-9-]+)\]$", (TESTS / "golden" / "broken.txt").read_text(), re.MULTILINE))
    assert codes - shown == NEVER_SEEN


def test_a_code_that_nobody_shows_would_be_found(tmp_path):
    (tmp_path / "planted.py").write_text('yield Problem(place, "planted-code", "something is wrong")\n')
    assert list(codes_in(tmp_path)) == ["planted-code"]


def test_without_a_day_there_are_no_notices_about_days(broken):
    assert [problem for problem in load(broken, None).problems if problem.code == "passed"] == []


def test_what_day_it_is_never_decides_whether_something_fails(broken):
    failing = [
        {problem for problem in load(broken, day).problems if problem.severity.fails}
        for day in (None, dt.date(1999, 1, 1), TODAY, dt.date(9999, 12, 31))
    ]
    assert failing[0] == failing[1] == failing[2] == failing[3]


def codes_in(folder: Path) -> Iterator[str]:
    """Every problem code that is written in the modules of a folder."""
    for module in sorted(folder.glob("*.py")):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                index = CALLS.get(name, 99)
                code = node.args[index] if len(node.args) > index else None
                if isinstance(code, ast.Constant) and isinstance(code.value, str):
                    yield code.value
