"""In a hostile repository the commands that read start nothing; what each trap would have started is shown beside it."""

from __future__ import annotations

import pytest

from tests.history.repo import run_git
from tests.history.traps import TRAPS, Canary, hostile

TOGETHER = tuple(
    trap
    for trap in TRAPS
    if trap.is_readable and trap.name not in ("submodule", "committed attributes", "hooksPath", "diff driver")
)
"""Traps that one repository can hold at the same time."""


@pytest.fixture
def canary(tmp_path):
    return Canary(tmp_path / "canary")


@pytest.fixture
def repo(tmp_path, monkeypatch):
    repo = hostile(tmp_path / "mine")
    monkeypatch.chdir(repo.top)
    return repo


@pytest.mark.few(4)
@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.name)
def test_commands_about_the_past_start_nothing(repo, run, canary, trap):
    trap.set(repo, canary)
    canary.mark.unlink(missing_ok=True)
    good = {0} if trap.is_readable else {0, 1, 2}
    asked = (("progress", "--json"), ("diff", "2026-01-06"), ("log", "Draft"), ("list", "goals"))
    for command in asked:
        ran = run(*command)
        assert ran.code in good, ran
        assert "Traceback" not in ran.err
    assert not canary.has_fired
    trap.control(repo)
    assert canary.has_fired


@pytest.mark.few(1)
@pytest.mark.parametrize("command", [("build",), ("print", "review"), ("--as-of", "HEAD~1", "build")])
def test_a_whole_site_and_a_printout_start_nothing(repo, run, canary, command):
    for trap in TOGETHER:
        trap.set(repo, canary)
    canary.mark.unlink(missing_ok=True)
    ran = run(*command)
    assert ran.code == 0, ran
    assert not canary.has_fired
    for walking_in in (("status",), ("log",), ("diff",), ("tag", "other")):
        canary.mark.unlink(missing_ok=True)
        run_git(repo.top, *walking_in, check=False)
        assert canary.has_fired, walking_in
