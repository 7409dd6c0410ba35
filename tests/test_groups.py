"""Tests of one group share a worker: what they share is made once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).with_name("conftest.py")
NO_CACHE = ("-p", "no:cacheprovider")
TWO_WORKERS = ("-p", "xdist", "-n", "2", "--dist", "loadgroup")
TEST = """\
import os

import pytest

pytestmark = pytest.mark.xdist_group("together")


@pytest.mark.parametrize("number", range(8))
def test_where_it_runs(number):
    with open("workers.txt", "a") as file:
        print(os.environ["PYTEST_XDIST_WORKER"], file=file)
"""


def workers(folder: Path, test: str) -> set[str]:
    """The workers, of two, that the tests in a file were run by."""
    (folder / "tests").mkdir()
    (folder / "tests" / "conftest.py").write_text(CONFTEST.read_text())
    (folder / "tests" / "test_it.py").write_text(test)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV"))}
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *NO_CACHE, *TWO_WORKERS],
        cwd=folder,
        env={**environment, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        check=True,
        timeout=60,
    )
    return set((folder / "workers.txt").read_text().split())


@pytest.mark.slow
def test_a_group_runs_in_one_worker(tmp_path):
    assert len(workers(tmp_path, TEST)) == 1


@pytest.mark.slow
def test_without_a_group_both_work(tmp_path):
    assert len(workers(tmp_path, TEST.replace("pytestmark =", "no_mark ="))) == 2
