"""The frame of the command: help, options on either side, exit codes, pipes, interruptions."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import playbook
from playbook.cli.app import COMMANDS
from playbook.own_cache import SWITCH

ALL = [name for group in COMMANDS.values() for name in group]
PLAYBOOK = [sys.executable, "-m", "playbook"]


def started(*arguments: str, **more: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen([*PLAYBOOK, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)  # type: ignore[call-overload, no-any-return]


def imported_by(*arguments: str, cwd) -> set[str]:
    """Every module that a command imports."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "playbook", *arguments], capture_output=True, cwd=cwd, check=False
    )
    return {
        line.rpartition("|")[2].strip() for line in done.stderr.decode().splitlines() if line.startswith("import time:")
    }


@pytest.mark.parametrize("name", ALL)
def test_every_command_has_help_that_a_terminal_of_80_columns_can_show(run, name):
    ran = run(name, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"Usage: playbook {name} ")
    assert "\\b" not in ran.out
    assert [line for line in ran.out.splitlines() if len(line) > 90] == []
    assert run(name, "-h").out == ran.out


def test_the_table_of_commands_says_what_each_help_says(run):
    shown = run("--help").out
    assert [name for name in ALL if not re.search(rf"^  {name}  ", shown, re.MULTILINE)] == []


def test_without_a_command_it_shows_its_help_and_exits_2(run):
    ran = run()
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == run("--help").out


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_exits_0(run, option):
    assert run(option).code == 0


def test_the_version_is_told_by_both_doors(run):
    line = f"playbook {playbook.__version__}\n"
    assert run("--version").out == line
    for arguments in (["--version"], ["-C", ".", "--version"]):
        assert subprocess.run([*PLAYBOOK, *arguments], capture_output=True, text=True, check=True).stdout == line


def test_a_command_that_does_not_exist_gets_the_nearest(run):
    ran = run("chek")
    assert (ran.code, ran.err.splitlines()[-1]) == (2, "Error: there is no command 'chek'. Did you mean 'check'?")


def test_outside_a_playbook_it_says_what_to_do(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for arguments in (["check"], ["list", "people"], ["show", "x"], ["new", "goal", "x"], ["build"], ["serve"]):
        ran = run(*arguments)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err == (
            f"playbook: there is no playbook in '{tmp_path.name}' or above it (a folder with mkdocs.yml and content/). "
            "Make one: playbook init DIR\n"
        )


def test_it_works_from_any_folder_below(empty, monkeypatch):
    monkeypatch.chdir(empty.path / "content" / "pages")
    assert empty.run("check").out == "content: 0 records, no problems\n"


def test_a_content_folder_without_mkdocs_yml_can_be_checked(empty):
    (empty.path / "mkdocs.yml").unlink()
    assert empty.run("check").out == "content: 0 records, no problems\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["-C", "book", "check"],
        ["check", "-C", "book"],
        ["-C", ".", "check", "-C", "book"],
        ["-C", "book", "check", "-C", "content"],
        ["check", "--json", "-C", "book/content"],
    ],
)
def test_the_folder_may_be_said_before_or_behind_the_command(empty, monkeypatch, arguments):
    monkeypatch.chdir(empty.path.parent)
    assert empty.run("check").code == 2
    assert empty.run(*arguments).code == 0


@pytest.mark.parametrize(
    "arguments", [["--today", "2027-01-01", "new", "event", "x"], ["new", "event", "x", "--today", "2027-01-01"]]
)
def test_the_day_may_be_said_before_or_behind_the_command(empty, arguments):
    empty.run(*arguments)
    assert b"\nstarts: 2027-01-31\n" in empty.read("content/events/x.yml")


@pytest.mark.parametrize("day", ["tomorrow", "2027-02-30", "15.04.2027", "", "2027-4-1", "20270401", "2027-W13-4"])
@pytest.mark.parametrize("behind", [True, False])
def test_a_day_that_is_none_exits_2(empty, day, behind):
    ran = empty.run(*(["check", "--today", day] if behind else ["--today", day, "check"]))
    assert (ran.code, ran.err.splitlines()[-1]) == (2, f"Error: --today: '{day}' is not a date such as 2027-04-15")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_of_all_days_are_days(empty, day):
    empty.write(
        {
            "content/people/ada.yml": "name: Ada\ncircle: inner\nlog: [{date: 2026-01-01, what: x}]\npromises: [{what: y, due: 2026-02-01}]\n"
        }
    )
    for arguments in (["check"], ["new", "event", "x"], ["new", "goal", "y"], ["check"]):
        assert empty.run("--today", day, *arguments).code == 0


def test_a_folder_that_is_not_there_exits_2(empty):
    assert empty.run("-C", "nowhere", "check").err.splitlines()[-1] == "Error: -C: there is no folder 'nowhere'"
    assert empty.run("check", "-C", "nowhere").code == 2


def test_a_reader_that_has_enough_is_no_failure(empty):
    empty.write({f"content/people/p{n}.yml": f"name: {'Ada ' * 50}{n}\n" for n in range(400)})
    for arguments in (
        ["list", "people"],
        ["list", "people", "--json"],
        ["check", "--json"],
        ["--help"],
        ["schema", "people"],
    ):
        command = started(*arguments, cwd=empty.path)
        assert command.stdout is not None
        command.stdout.read(10)
        command.stdout.close()
        assert command.stderr is not None
        assert (command.wait(), command.stderr.read()) == (0, b""), arguments
        command.stderr.close()


@pytest.mark.few(2)
@pytest.mark.parametrize("arguments", [["list", "people"], ["check"], ["check", "--json"], ["show", "ada"], ["--help"]])
def test_a_disk_that_is_full_is_told_in_one_line(empty, arguments):
    empty.write({"content/people/ada.yml": "name: Ada\n"})
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*PLAYBOOK, *arguments], cwd=empty.path, stdout=full, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (
        2,
        b"playbook: the output cannot be written: No space left on device\n",
    )


@pytest.mark.few(2)
@pytest.mark.parametrize("arguments", [["list", "people"], ["check"], ["check", "--json"], ["show", "ada"], ["--help"]])
def test_an_output_that_is_closed_is_no_failure(empty, arguments):
    empty.write({"content/people/ada.yml": "name: Ada\n"})
    shell = ["sh", "-c", 'exec "$@" >&-', "sh", *PLAYBOOK, *arguments]
    done = subprocess.run(shell, cwd=empty.path, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(os.name == "nt", reason="SIGINT is sent in another way there")
def test_an_interruption_exits_130_and_says_nothing(empty, tmp_path):
    # A pipe that nobody writes into: the answer to the first question never comes.
    reading, writing = os.pipe()
    command = started("init", str(tmp_path / "new"), cwd=empty.path, stdin=reading)
    time.sleep(1.0)
    command.send_signal(signal.SIGINT)
    out, err = command.communicate(timeout=10)
    os.close(reading)
    os.close(writing)
    assert (command.returncode, out.strip(), err.strip()) == (130, b"", b"")
    assert not (tmp_path / "new").exists()


def test_a_letter_that_the_output_lacks_does_not_stop_it(empty):
    empty.write({"content/people/zoe.yml": "name: Zoë 王\n"})
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}
    shown = subprocess.run(
        [*PLAYBOOK, "list", "people"], cwd=empty.path, env=environment, capture_output=True, check=True
    )
    assert shown.stdout == b"zoe\tZo\xeb ?\t\t\t\n"
    data = subprocess.run(
        [*PLAYBOOK, "list", "people", "--json"], cwd=empty.path, env=environment, capture_output=True, check=True
    )
    assert b'"name": "Zo\\u00eb \\u738b"' in data.stdout


HEAVY = {
    "starlette",
    "uvicorn",
    "mkdocs",
    "material",
    "rich",
    "watchfiles",
    "asyncio",
    "playbook.site",
    "nh3",
    "markdown_it",
}


def test_check_imports_nothing_that_it_does_not_need(empty):
    empty.write({"content/goals/x.yml": "title: x\n"})
    assert imported_by("check", cwd=empty.path) & (HEAVY | {"jinja2"}) == set()


def test_today_waits_for_nothing_that_it_does_not_show(empty, monkeypatch, tmp_path):
    monkeypatch.delenv(SWITCH, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    empty.write(
        {
            "content/people/bo.yml": "name: Bo\ncircle: inner\nlog: [{date: 2026-01-10, kind: met}]\n"
            "promises: [{what: A book, due: 2026-11-20}]\nwhy: Met at [[camp]]\n",
            "content/events/camp.yml": "title: Camp\nstarts: 2026-11-30\nmeet: [bo]\nchecklist: [{task: Pack, due: T-1}]\n",
            "content/goals/staff.yml": "title: Staff\nchecklist: [{task: Draft, due: 2026-11-23}]\n",
            # Nobody is due for it, or it would be filled.
            "content/outreach/thanks.yml": "title: Thanks\npurpose: thank-you\nbody: Dear {{ person.calls }}\n",
        }
    )
    today = ("today", "--today", "2026-11-21")
    assert "yaml" in imported_by(*today, cwd=empty.path)
    warm = imported_by(*today, cwd=empty.path)
    assert warm & {"yaml", "jinja2", "subprocess", "pydantic", "pydantic_core", "zoneinfo", "json"} == set()
    not_shown = ("history", "paths", "render", "checks", "inbox", "views.home", "views.thoughts", "views.checklists")
    assert [name for name in warm if name.startswith(tuple(f"playbook.{room}" for room in not_shown))] == []


def test_scripts_are_checked_without_drawing_pages(empty):
    empty.write({"content/outreach/x.yml": "title: x\nbody: Hello {{ person.calls }}\n"})
    assert imported_by("check", cwd=empty.path) & HEAVY == set()


@pytest.mark.few(2)
@pytest.mark.parametrize("arguments", [["progress", "--json"], ["progress"], ["diff", "HEAD"], ["log", "draft"]])
def test_the_history_is_asked_without_waiting_for_records(book_repo, arguments):
    book_repo.commit({"goals/x.yml": "title: x\nchecklist: [Draft it]\n"})
    assert imported_by(*arguments, cwd=book_repo.top) & (HEAVY | {"jinja2", "pydantic_core"}) == set()


def test_the_version_needs_nothing_but_python(empty):
    assert {m for m in imported_by("--version", cwd=empty.path) if m.startswith(("click", "pydantic", "yaml"))} == set()


def test_help_waits_for_no_record(empty):
    assert {m for m in imported_by("--help", cwd=empty.path) if m.startswith(("pydantic", "yaml", "jinja2"))} == set()
