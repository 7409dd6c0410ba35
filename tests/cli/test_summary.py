"""`playbook summary`: the week as Markdown, and on the page of a job."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from playbook.render.summary import bar
from playbook.views.tally import Tally
from tests.history.repo import Repo, checklist, run_git

STAFF = "goals/staff.yml"


@pytest.fixture
def book(tmp_path, monkeypatch):
    """A goal of 5 January with an item that was done on the 6th."""
    repo = Repo(tmp_path / "book")
    (repo.top / "mkdocs.yml").write_text("site_name: Mine\ndocs_dir: content/pages\nplugins: [playbook]\n")
    repo.commit(
        {"me.yml": "name: Ada\n", "pages/about.md": "# About\n", STAFF: checklist("Draft", "Ask *her*")}, "Begin"
    )
    repo.commit({STAFF: checklist("{task: Draft, done: true}", "{task: Ask *her*, due: 2026-01-20}")}, "Drafted")
    monkeypatch.chdir(repo.top)
    return repo


def test_the_week_is_summed_up(book, run):
    ran = run("--today", "2026-01-18", "summary")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "## Playbook, 12–18 Jan 2026\n\n"
        "No checklist moved in these seven days.\n\n"
        "### Goals\n\n| Goal | | Done |\n|---|---|--:|\n| Be promoted | ██████░░░░░░ | 1 of 2 |\n\n"
        "### To do\n\n- 20 Jan 2026: Ask \\*her\\* (Be promoted)\n"
    )


def test_what_was_promised_is_called_so(book, run):
    book.write({"people/ada.yml": "name: Ada\npromises: [{what: Slides, due: 2026-01-19}]\n"})
    text = run("--today", "2026-01-18", "summary").out
    assert "- 19 Jan 2026: you promised: Slides (Ada)\n" in text


def test_what_was_done_in_it_stands_first(book, run):
    text = run("--as-of", "2026-01-06", "summary").out
    assert text.startswith(
        "## Playbook, 31 Dec 2025 – 6 Jan 2026\n\n"
        "### Done: 1\n\n- Draft (Be promoted)\n\n"
        "### Added: 2\n\n- Draft (Be promoted)\n- Ask \\*her\\* (Be promoted)\n\n"
    )


def test_no_title_breaks_the_table_or_brings_markup(book, run):
    book.commit({STAFF: checklist("{task: Draft, done: true}", title='"a | b <img src=x> [c](d) `e`"')})
    (row,) = [line for line in run("--today", "2026-01-18", "summary").out.splitlines() if "██" in line]
    assert row == r"| a \| b \<img src=x\> \[c\](d) \`e\` | ████████████ | 1 of 1 |"


def test_in_a_workflow_it_goes_behind_what_stands_on_the_page(book, run, monkeypatch, tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# Earlier\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
    ran = run("--today", "2026-01-18", "summary", "--github")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert page.read_text("utf-8") == "# Earlier\n" + run("--today", "2026-01-18", "summary").out


def test_outside_of_a_workflow_it_says_so(book, run, monkeypatch, tmp_path):
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    assert run("summary", "--github").err == (
        "playbook: GITHUB_STEP_SUMMARY is not set; --github is for a step of a GitHub workflow\n"
    )
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path))
    assert run("summary", "--github").err == "playbook: GITHUB_STEP_SUMMARY cannot be written: Is a directory\n"


def test_a_checkout_that_is_too_shallow_is_told_with_what_helps(book, run, tmp_path):
    run_git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{book.top}", "shallow")
    text = run("-C", str(tmp_path / "shallow"), "--today", "2026-01-07", "summary").out
    assert "\n> This clone is shallow: " in text
    assert "fetch-depth: 0" in text
    assert "No checklist moved" not in text
    assert "### Done" not in text


def test_without_a_history_the_rest_is_there(empty):
    empty.write({"content/goals/staff.yml": checklist("{task: Draft, done: true}", "Ask")})
    assert empty.run("--today", "2026-01-18", "summary").out == (
        "## Playbook, 12–18 Jan 2026\n\n"
        "> These files are in no git repository yet. Run: git init\n\n"
        "### Goals\n\n| Goal | | Done |\n|---|---|--:|\n| Be promoted | ██████░░░░░░ | 1 of 2 |\n"
    )


def test_files_that_cannot_be_read_do_not_keep_it_from_the_page(book, run):
    book.write({"goals/broken.yml": "title: [\n"})
    ran = run("--today", "2026-01-18", "summary")
    assert ran.code == 0
    assert ran.out.endswith("\nSome files cannot be read and are not in it; `playbook check` says which.\n")


def test_an_empty_playbook_has_an_empty_week(empty):
    run_git(empty.path, "init", "--quiet")
    run_git(empty.path, "add", "--all")
    run_git(empty.path, "commit", "--quiet", "--message", "x")
    assert empty.run("--today", "2026-01-18", "summary").out == (
        "## Playbook, 12–18 Jan 2026\n\nNo checklist moved in these seven days.\n"
    )


@pytest.mark.parametrize(
    ("done", "total", "shown"),
    [(0, 5, "░" * 12), (1, 100, "█" + "░" * 11), (99, 100, "█" * 11 + "░"), (5, 5, "█" * 12), (0, 0, "░" * 12)],
)
def test_a_bar_is_full_only_when_all_is_done_and_empty_only_when_nothing_is(done, total, shown):
    assert bar(Tally(done, total, 0)) == shown


def test_the_workflow_of_a_new_playbook_has_the_whole_history_and_sums_it_up(tmp_path, run):
    assert run("init", str(tmp_path / "mine"), "--yes").code == 0
    workflow = yaml.safe_load(Path(tmp_path / "mine/.github/workflows/playbook.yml").read_text())
    steps = workflow["jobs"]["check"]["steps"]
    assert steps[0]["with"]["fetch-depth"] == 0
    assert steps[-1] == {"if": "always()", "run": "playbook summary --github"}
