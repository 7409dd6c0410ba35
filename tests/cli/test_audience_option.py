"""`--audience` on every command that reads: what it answers does not depend on what that audience may not see."""

from __future__ import annotations

import re

import pytest

from playbook.cli.app import COMMANDS, FOR_AN_AUDIENCE
from tests.history.repo import Repo

ME = """
    name: Ada
    visibility: public
    timezone: Europe/Berlin
    audiences:
      mentors: {sees: [mentor]}
      grace: {person: grace, sees: [mentor]}
    """
SEEN = {
    "me.yml": ME,
    "goals/staff.yml": """
        title: Staff engineer
        visibility: mentor
        due: 2027-04-15
        people: [grace]
        checklist:
          - {id: packet, task: Draft the packet}
          - Write the page
        """,
    "people/grace.yml": "{name: Grace Hopper, visibility: mentor, consent: true, relations: mentor}",
    "events/camp.yml": "{title: Camp, starts: 2027-05-01, visibility: mentor, goals: [staff], checklist: [Pack]}",
    "journal/2026.yml": "- {date: 2026-11-20, title: Shipped, visibility: mentor, people: [grace]}",
    "outreach/ask.yml": "{title: Ask, visibility: mentor, body: 'Hello {{ person.calls }}'}",
}
DONE = {**SEEN, "goals/staff.yml": SEEN["goals/staff.yml"].replace("packet}", "packet, done: true}")}


def hidden(word: str, number: int) -> dict[str, str]:
    """Files that the audience may not see, more of them the larger the number."""
    return {
        f"goals/{word}-{n}.yml": f"{{title: {word} {n}, checklist: [{word} one, {word} two]}}" for n in range(number)
    }


def with_secrets(files: dict[str, str], word: str) -> dict[str, str]:
    """The same to the audience, with hidden fields and entries in the files that it sees."""
    staff = files["goals/staff.yml"].rstrip(" ") + f"          - {{task: {word} item, visibility: me}}\n"
    people = files["people/grace.yml"].replace("relations", f"notes: {word}, show: {{fit: me}}, fit: {word}, relations")
    people = people.replace(f"fit: {word}", f"fit: {{candid: {word}}}")
    return {**files, "goals/staff.yml": staff, "people/grace.yml": people}


@pytest.fixture
def twins(tmp_path, monkeypatch, empty) -> tuple[Repo, Repo]:
    """Two playbooks with histories that are one to the audience, and two to the author."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    found = []
    for name in ("one", "two"):
        repo = Repo(tmp_path / name)
        (repo.top / "mkdocs.yml").write_text("site_name: Mine\ndocs_dir: content/pages\nplugins: [playbook]\n")
        found.append(repo)
    one, two = found
    one.commit(SEEN, author="2026-11-01T12:00:00+0000")
    one.commit(DONE, author="2026-11-20T12:00:00+0000")
    two.commit({**with_secrets(SEEN, "zebra"), **hidden("zebra", 1)}, "zebra began", author="2026-11-01T12:00:00+0000")
    two.commit(hidden("zebra", 3), "zebra more", author="2026-11-10T12:00:00+0000")
    two.commit(with_secrets(DONE, "zebra"), "zebra done", author="2026-11-20T12:00:00+0000")
    two.write(hidden("zebra", 4))
    return one, two


READING = [
    ("list", "goals"),
    ("list", "people", "--json"),
    ("list", "events", "--columns", "id,visibility,checklist"),
    ("list", "journal"),
    ("list", "outreach"),
    ("show", "staff"),
    ("show", "grace", "--json"),
    ("show", "me"),
    ("progress", "--json"),
    ("progress",),
    ("progress", "staff", "--until", "2026-11-05", "--json"),
    ("progress", "--csv"),
    ("diff", "2026-11-02"),
    ("diff", "2026-11-02", "2026-11-20", "--json"),
    ("log", "packet"),
    ("log", "packet", "--json"),
    ("summary",),
    ("badge",),
    ("script",),
    ("script", "ask", "--to", "grace"),
    ("print", "event", "camp", "--markdown", "--out", "-"),
]


@pytest.mark.few(1)
@pytest.mark.parametrize("audience", ["mentors", "mentor", "grace"])
def test_every_reading_command_answers_the_same_whatever_is_hidden(twins, run, monkeypatch, audience):
    for command in READING:
        answers = []
        for repo in twins:
            monkeypatch.chdir(repo.top)
            ran = run("--audience", audience, "--today", "2026-11-21", *command)
            assert ran.code == 0, (command, ran)
            answers.append((ran.out, ran.err))
        assert answers[0] == answers[1], command
        said = "".join(answers[0])
        assert "zebra" not in said, command
        assert not re.search(r"\b[0-9a-f]{7,40}\b", said), command
        assert ".yml" not in said.replace("me.yml", ""), command


def test_to_the_author_they_are_not_the_same(twins, run, monkeypatch):
    for command in (("list", "goals"), ("progress", "--json"), ("diff", "2026-11-02"), ("summary",), ("badge",)):
        answers = []
        for repo in twins:
            monkeypatch.chdir(repo.top)
            answers.append(run("--today", "2026-11-21", *command).out)
        assert answers[0] != answers[1], command


def test_commands_of_the_author_refuse_it_in_a_sentence(empty):
    names = [name for group in COMMANDS.values() for name in group]
    for name in names:
        if name in FOR_AN_AUDIENCE:
            continue
        ran = empty.run("--audience", "public", name)
        assert ran.code == 2
        assert f"playbook {name} works on your own files; leave out --audience" in ran.err, ran.err
    assert "leave out --audience" in empty.run("commit", "--audience", "public").err


def test_an_audience_that_nobody_knows_is_told_with_the_nearest_name(empty):
    empty.write({"content/me.yml": "name: Ada\naudiences: {mentors: {sees: [mentor]}}\n"})
    ran = empty.run("list", "goals", "--audience", "mentrs")
    assert (ran.code, "Did you mean 'mentors'?" in ran.err) == (2, True)


def test_nobody_else_is_shown_anything_while_a_file_is_wrong(empty):
    empty.write({"content/goals/staff.yml": "title: Staff\nvisiblity: me\n"})
    ran = empty.run("list", "goals", "--audience", "public")
    assert (ran.code, ran.out) == (2, "")
    assert "before that is mended nobody else is shown anything" in ran.err


def test_an_audience_is_told_of_days_and_not_of_commits(twins, run, monkeypatch):
    monkeypatch.chdir(twins[0].top)
    ran = run("diff", "HEAD", "--audience", "mentors")
    assert (ran.code, "an audience is told of days, not of commits" in ran.err) == (2, True)
