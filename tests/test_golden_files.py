"""The `golden` fixture itself: a guard over expected output has to fail once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).with_name("conftest.py")
TEST = """\
def test_output(golden):
    golden("output.txt", "two\\n")
"""


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    (folder / "pytest.ini").write_text("[pytest]\ntestpaths = tests\n")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV"))}
    # Other plugins have nothing to do here but to be imported.
    environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def tree(folder: Path, **golden_files: str) -> Path:
    golden_folder = folder / "tests" / "golden"
    golden_folder.mkdir(parents=True)
    (folder / "tests" / "conftest.py").write_text(CONFTEST.read_text())
    (folder / "tests" / "test_output.py").write_text(TEST)
    for name, text in golden_files.items():
        (golden_folder / f"{name}.txt").write_text(text)
    return golden_folder


def test_output_that_differs_from_its_golden_file_fails_with_a_diff(tmp_path):
    tree(tmp_path, output="one\n")
    result = run(tmp_path)
    assert result.returncode == 1
    assert "-one\n+two" in result.stdout


def test_a_golden_file_that_is_missing_fails(tmp_path):
    tree(tmp_path)
    assert run(tmp_path).returncode == 1


def test_a_golden_file_that_no_test_uses_fails_a_run_of_everything(tmp_path):
    tree(tmp_path, output="two\n", left_over="old\n")
    result = run(tmp_path)
    assert (result.returncode, "no test uses the golden file 'left_over.txt'" in result.stderr) == (1, True)


@pytest.mark.slow
def test_a_golden_file_that_no_test_uses_fails_a_run_on_several_workers_too(tmp_path):
    tree(tmp_path, output="two\n", left_over="old\n")
    result = run(tmp_path, "-p", "xdist", "-n", "1")
    assert (result.returncode, "no test uses the golden file 'left_over.txt'" in result.stderr) == (1, True)


def test_a_run_of_some_tests_says_nothing_about_unused_files(tmp_path):
    tree(tmp_path, output="two\n", left_over="old\n")
    assert run(tmp_path, "tests/test_output.py").returncode == 0


def test_update_golden_rewrites_what_changed_and_removes_what_nobody_uses(tmp_path):
    folder = tree(tmp_path, output="one\n", left_over="old\n")
    assert run(tmp_path, "--update-golden").returncode == 0
    assert {path.name: path.read_text() for path in folder.iterdir()} == {"output.txt": "two\n"}
