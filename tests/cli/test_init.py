"""`playbook init`: a whole repository or nothing."""

from __future__ import annotations

import datetime as dt
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playbook.cli import main
from playbook.cli.init import _event, machine_timezone
from tests.cli.terminals import on_a_terminal
from tests.effort import examples

WHOLE = {
    ".gitignore",
    ".github/workflows/playbook.yml",
    "README.md",
    "content/goals/decide-what-the-next-year-is-for.yml",
    "content/me.yml",
    "content/outreach/ask-for-twenty-minutes.yml",
    "content/outreach/follow-up.yml",
    "content/outreach/thank-you.yml",
    "content/pages/how-this-works.md",
    "mkdocs.yml",
    "requirements.txt",
}


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def files(folder: Path) -> set[str]:
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return {path for path in found if not path.startswith((".git/", ".schemas/"))}


def piped(folder: Path, answers: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "playbook", "init", *arguments],
        cwd=folder,
        input=answers,
        capture_output=True,
        text=True,
        check=False,
    )


def test_yes_makes_a_whole_repository_that_passes(here, run):
    ran = run("--today", "2026-11-20", "init", "mine", "--yes")
    assert (ran.code, ran.err) == (0, "")
    assert files(here / "mine") == {*WHOLE, "content/journal/2026.yml"}
    assert "  cd mine\n  playbook serve       read what to do this week\n" in ran.out
    assert 'git add -A && git commit -m "Begin"' in ran.out
    assert [path.name for path in here.iterdir()] == ["mine"]
    checked = run("-C", "mine", "check")
    assert (checked.code, checked.out) == (0, "content: 5 records, no problems\n")


def test_answers_come_line_by_line_and_are_skipped_where_they_end(here, run):
    done = piped(here, 'Zoë O"Brien\nBe staff: yes #1\n王小明, Ada; ada\nTeam lunch @ 2027-05-14\nletter\n', "mine")
    assert (done.returncode, done.stderr) == (0, "")
    assert files(here / "mine") >= {
        "content/people/person-1.yml",
        "content/people/ada.yml",
        "content/events/team-lunch.yml",
        "content/goals/be-staff-yes-1.yml",
    }
    assert run("-C", "mine", "check").code == 0
    assert run("-C", "mine", "list", "events", "--columns", "title,starts").out == "Team lunch\t2027-05-14\n"
    assert run("-C", "mine", "show", "me", "--json").out.count('"letter"') == 1
    assert piped(here, "Only a name", "second").returncode == 0
    assert b'name: "Only a name"' in (here / "second/content/me.yml").read_bytes()
    assert piped(here, "", "third").returncode == 0


def test_what_is_given_as_an_option_is_not_asked(here):
    done = piped(
        here,
        "",
        "mine",
        "--name",
        "Ada",
        "--goal",
        "G",
        "--person",
        "Grace",
        "--person",
        "Lin, of Acme",
        "--event",
        "PyCon",
        "--paper",
        "a4",
    )
    assert (done.returncode, "Your name" in done.stdout) == (0, False)
    assert files(here / "mine") >= {
        "content/people/grace.yml",
        "content/people/lin-of-acme.yml",
        "content/events/pycon.yml",
    }


def test_on_a_terminal_a_question_is_asked_again_until_it_can_be_understood(here):
    said = on_a_terminal(here, "init", "mine", typed="Ada\n\n\nLunch 2027-02-30\nLunch 2027-02-28\na5\nLetter\n")
    assert "Error: the event's date: '2027-02-30' is not a date such as 2027-04-15" in said
    assert "Error: paper is a4 or letter, not 'a5'" in said
    assert b"paper: letter" in (here / "mine/content/me.yml").read_bytes()
    assert b"starts: 2027-02-28" in (here / "mine/content/events/lunch.yml").read_bytes()


@pytest.mark.parametrize(
    ("typed", "title", "day"),
    [
        ("Team lunch, 2027-05-14", "Team lunch", "2027-05-14"),
        ("Team lunch @ 2027-05-14", "Team lunch", "2027-05-14"),
        ("Team lunch on 2027-05-14 ", "Team lunch", "2027-05-14"),
        ("Team lunch 2027-05-14", "Team lunch", "2027-05-14"),
        ("Team lunch (2027-05-14)", "Team lunch", "2027-05-14"),
        ("PyCon, US, 2027-05-14", "PyCon, US", "2027-05-14"),
        ("2027-05-14", "The next event", "2027-05-14"),
        ("Team lunch", "Team lunch", None),
        ("Team lunch, 14 May", "Team lunch, 14 May", None),
        ("Release-2027-05-14", "Release-2027-05-14", None),
        ("Come on ２０２７-05-14", "Come on ２０２７-05-14", None),
        ("", "", None),
    ],
)
def test_an_event_may_end_in_its_date(typed, title, day):
    assert _event(typed) == (title, dt.date.fromisoformat(day) if day else None)


@given(
    name=st.text(max_size=30),
    goal=st.text(max_size=30),
    person=st.text(max_size=30),
    event=st.text(max_size=20),
)
@settings(
    max_examples=examples(12),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_text_as_an_answer_makes_a_playbook_that_passes(tmp_path_factory, name, goal, person, event):
    folder = tmp_path_factory.mktemp("any") / "mine"
    options = [f"--name={name}", f"--goal={goal}", f"--person={person}", f"--event={event}"]
    for arguments in (["init", str(folder), "--yes", *options], ["-C", str(folder), "check"]):
        with pytest.raises(SystemExit) as left:
            main(arguments)
        assert left.value.code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--paper", "a5"], "paper is a4 or letter, not 'a5'"),
        (["--event", "Lunch, 2027-02-30"], "the event's date: '2027-02-30' is not a date such as 2027-04-15"),
        (["--name", "x" * 301], "an answer of 301 characters; 300 is the most"),
    ],
)
def test_an_answer_that_cannot_be_understood_makes_nothing(here, run, arguments, message):
    ran = run("init", "mine", "--yes", *arguments)
    assert (ran.code, list(here.iterdir())) == (2, [])
    assert f"Error: {message}" in ran.err


def test_what_is_there_is_never_touched(here, run):
    (here / "mine").mkdir()
    (here / "mine" / "taxes.ods").write_bytes(b"mine")
    (here / "file").write_bytes(b"mine")
    (here / "link").symlink_to(here / "nowhere")
    assert (
        run("init", "mine", "--yes").err
        == "playbook: 'mine' is not empty (taxes.ods); name a new folder, nothing was changed\n"
    )
    assert run("init", "file", "--yes").err == "playbook: 'file' is there and is no folder\n"
    assert run("init", "link", "--yes").err == "playbook: 'link' is there and is no folder\n"
    assert (
        run("init", "file/below", "--yes").err
        == "playbook: 'file/below' cannot be made: Not a directory; nothing was changed\n"
    )
    assert {path.name for path in here.rglob("*")} == {"mine", "taxes.ods", "file", "link"}


def test_an_empty_folder_and_a_fresh_clone_are_filled(here, run):
    (here / "empty").mkdir()
    (here / "clone" / ".git").mkdir(parents=True)
    (here / "clone" / ".git" / "HEAD").write_text("ref: refs/heads/trunk\n")
    assert run("init", "empty", "--yes").code == 0
    assert run("init", "clone", "--yes").code == 0
    assert (here / "clone" / ".git" / "HEAD").read_text() == "ref: refs/heads/trunk\n"
    assert files(here / "clone") == files(here / "empty")


def test_it_may_be_the_folder_one_stands_in(here, run, monkeypatch):
    (here / "mine").mkdir()
    monkeypatch.chdir(here / "mine")
    assert run("init", ".", "--yes").code == 0
    assert (here / "mine" / "mkdocs.yml").is_file()


def test_the_folder_is_seen_from_where_c_leads(here, run):
    (here / "a").mkdir()
    assert "  cd a/b\n" in run("-C", "a", "init", "b", "--yes").out
    assert (here / "a" / "b" / "mkdocs.yml").is_file()


def test_a_full_disk_leaves_nothing(here):
    done = subprocess.run(
        [sys.executable, "-B", "-m", "playbook", "init", "a/mine", "--yes"],
        cwd=here,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)),
    )
    assert (done.returncode, done.stdout, list(here.iterdir())) == (2, "", [])
    assert done.stderr == "playbook: 'a/mine' cannot be made: File too large; nothing was changed\n"


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_it_becomes_a_git_repository_of_its_own_also_inside_a_hook_of_another(here, run, monkeypatch):
    subprocess.run(["git", "init", "-q", "other"], cwd=here, check=True)
    monkeypatch.setenv("GIT_DIR", str(here / "other" / ".git"))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(here / "config"))
    assert run("init", "mine", "--yes").code == 0
    assert (here / "mine" / ".git" / "HEAD").read_text() == "ref: refs/heads/main\n"
    (here / "config").write_text("[init]\n\tdefaultBranch = trunk\n")
    assert run("init", "second", "--yes").code == 0
    assert (here / "second" / ".git" / "HEAD").read_text() == "ref: refs/heads/trunk\n"
    monkeypatch.delenv("GIT_DIR")
    shown = subprocess.run(
        ["git", "status", "--porcelain", "-unormal"], cwd=here / "mine", capture_output=True, text=True, check=True
    )
    assert {line[3:] for line in shown.stdout.splitlines()} == {
        ".github/",
        ".gitignore",
        ".schemas/",
        "README.md",
        "content/",
        "mkdocs.yml",
        "requirements.txt",
    }


def test_without_git_it_says_what_is_missing(here, run, monkeypatch):
    monkeypatch.setenv("PATH", str(here))
    ran = run("init", "mine", "--yes")
    assert (ran.code, ran.err) == (0, "git is not installed; without it there is no history to see progress in.\n")
    assert "git add" not in ran.out


def test_the_time_zone_is_the_machines(monkeypatch):
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    assert machine_timezone() == "Pacific/Auckland"
    monkeypatch.setenv("TZ", ":../../etc/passwd")
    assert machine_timezone() != "../../etc/passwd"
    monkeypatch.setenv("TZ", "CET-1CEST")
    assert machine_timezone() != "CET-1CEST"


def test_the_site_of_a_new_playbook_builds_strictly(here, run):
    assert (
        run("init", "mine", "--yes", "--name", "Ada <b> & Co", "--event", "Lunch 2027-05-14", "--person", "Grace").code
        == 0
    )
    built = run("-C", "mine", "build", "--strict")
    assert (built.code, built.err) == (0, ""), built.out
    assert "Ada &lt;b&gt; &amp; Co" in (here / "mine" / "site" / "index.html").read_text()
    assert (
        yaml.safe_load((here / "mine" / "mkdocs.yml").read_text())["site_name"]
        == "Ada &lt;b&gt; &amp; Co's career playbook"
    )


def test_an_event_without_a_day_is_said_to_have_one_that_nobody_gave(here, run):
    ran = run("--today", "2026-11-20", "init", "mine", "--yes", "--event", "Rail Days, next thursday")
    assert ran.out.splitlines()[1] == (
        "No day was given for 'Rail Days, next thursday', so one in a month stands there: "
        "write the real one into mine/content/events/rail-days-next-thursday.yml"
    )
    dated = run("--today", "2026-11-20", "init", "other", "--yes", "--event", "Rail Days, 2027-01-14")
    assert "No day" not in dated.out
