"""`playbook diff`: what changed in checklists, in words, between commits, branches, days and the disk."""

from __future__ import annotations

import json

import pytest

from tests.history.repo import checklist

STAFF, TALK = "goals/staff.yml", "goals/talk.yml"


def staff(*items: str) -> str:
    return checklist(*items, title="Be promoted to staff engineer")


@pytest.fixture
def told(book_repo):
    """Three commits, a day apart from 5 January 2026 on; something on the disk; a branch from the first."""
    book_repo.import_commits(
        [
            (
                "Begin",
                {
                    STAFF: staff("Draft the packet", "Ask Grace", "Book a room", "{task: Read it, done: true}"),
                    TALK: checklist("Find a title", title="Give a talk"),
                },
            ),
            ("Drafted", {STAFF: staff("{task: Draft the packet, done: true}", "Ask Grace", "Book a room", "Read it")}),
            (
                "More",
                {
                    STAFF: staff("{task: Draft the packet, done: true}", "Ask Grace to sponsor it", "Read it"),
                    TALK: checklist("Find a title", "Book a room", "Write to Radia", title="Give a talk"),
                },
            ),
        ]
    )
    book_repo.git("tag", "begin", "HEAD~2")
    book_repo.git("tag", "drafted", "HEAD~1")
    book_repo.write(
        {TALK: checklist("{task: Find a title, skipped: They chose one}", "Book a room", title="Give a talk")}
    )
    return book_repo


def ids(repo) -> list[str]:
    return repo.git("log", "--reverse", "--format=%H").split()


def test_between_two_commits_each_record_has_its_counts_and_each_item_a_line(told, run):
    first, _, third = ids(told)
    ran = run("diff", "begin", "main")
    assert (ran.code, ran.err) == (0, "")
    assert (
        ran.out
        == f"""\
From {first[:7]} (2026-01-05) to {third[:7]} (2026-01-07)

Be promoted to staff engineer (1/4 → 1/3)
  done        Draft the packet
  open again  Read it
  moved       Book a room, to Give a talk
  reworded    "Ask Grace" → "Ask Grace to sponsor it"

Give a talk (0/1 → 0/3)
  added  Write to Radia
  moved  Book a room, from Be promoted to staff engineer
"""
    )


def test_with_one_revision_it_ends_with_the_files_on_the_disk(told, run):
    ran = run("diff", "HEAD")
    assert (
        ran.out
        == f"""\
From {ids(told)[-1][:7]} (2026-01-07) to the files on the disk

Give a talk (0/3 → 0/1)
  skipped  Find a title: They chose one
  dropped  Write to Radia
"""
    )


def test_a_day_stands_for_its_end_and_may_be_said_in_words(told, run):
    expected = run("diff", "begin").out.splitlines()[1:]
    for day in ("2026-01-05", "2 weeks ago", "5 Jan", "monday"):
        today = {"2 weeks ago": "2026-01-19", "monday": "2026-01-07"}.get(day, "2026-01-20")
        ran = run("diff", day, "--today", today)
        assert (ran.code, ran.out.splitlines()[1:]) == (0, expected), day
        assert ran.out.splitlines()[0] == "From the end of 2026-01-05 to the files on the disk"
    assert run("diff", "2026-01-04", "2026-01-05").out.splitlines()[2:4] == [
        "Be promoted to staff engineer (0/0 → 1/4)",
        "  done   Read it",
    ]


def test_where_nothing_has_changed_it_says_so(told, run):
    told.git("checkout", "--quiet", "--", ".")
    for arguments in (["HEAD"], ["HEAD", "main"], ["2026-01-07", "2026-02-01"]):
        ran = run("diff", *arguments)
        assert (ran.code, ran.out.splitlines()[1:]) == (0, ["No checklist has changed."])


def test_what_was_done_and_undone_in_between_is_neither(book_repo, run):
    done = "{task: Draft, done: true}"
    book_repo.import_commits(
        [(word, {STAFF: staff(item)}) for word, item in (("A", "Draft"), ("B", done), ("C", "Draft"))]
    )
    assert run("diff", "HEAD~2").out.splitlines()[1:] == ["No checklist has changed."]
    assert run("diff", "HEAD~1").out.splitlines()[2:] == [
        "Be promoted to staff engineer (1/1 → 0/1)",
        "  open again  Draft",
    ]  # fmt: skip


def test_backwards_it_says_what_going_back_would_change(told, run):
    ran = run("diff", "main", "drafted")
    assert ran.out.splitlines()[2:] == [
        "Be promoted to staff engineer (1/3 → 1/4)",
        "  moved     Book a room, from Give a talk",
        '  reworded  "Ask Grace to sponsor it" → "Ask Grace"',
        "",
        "Give a talk (0/3 → 0/1)",
        "  moved    Book a room, to Be promoted to staff engineer",
        "  dropped  Write to Radia",
    ]


def test_a_commit_of_another_branch_is_compared_as_a_state(told, run):
    told.git("stash", "--quiet")
    told.git("switch", "--quiet", "--create", "side", "begin")
    told.write({STAFF: staff("Draft the whole packet", "{task: Ask Grace, done: true}"), TALK: None})
    told.git("commit", "--quiet", "--all", "--message", "Aside", **told.dates())
    side = told.git("rev-parse", "HEAD")
    told.git("switch", "--quiet", "main")
    ran = run("diff", "side", "drafted")
    assert (ran.code, ran.err) == (0, "")
    assert (
        ran.out
        == f"""\
From {side[:7]} (2026-01-08) to {ids(told)[1][:7]} (2026-01-06)

Be promoted to staff engineer (1/2 → 1/4)
  done        Draft the packet
  open again  Ask Grace
  added       Book a room
  added       Read it
  reworded    "Draft the whole packet" → "Draft the packet"

Give a talk (0/0 → 0/1)
  added  Find a title
"""
    )
    against_disk = run("diff", "side").out.splitlines()
    assert against_disk[0] == f"From {side[:7]} (2026-01-08) to the files on the disk"
    assert "Give a talk (0/0 → 0/3)" in against_disk


def test_a_state_that_cannot_be_read_is_left_out_with_a_note(told, run):
    told.git("stash", "--quiet")
    told.git("switch", "--quiet", "--create", "side", "begin")
    told.write({STAFF: "checklist: [\n"})
    told.git("commit", "--quiet", "--all", "--message", "Broken", **told.dates())
    side = told.git("rev-parse", "HEAD")
    told.git("switch", "--quiet", "main")
    ran = run("diff", "side", "drafted")
    assert (ran.code, ran.out.splitlines()[1:]) == (0, ["No checklist has changed."])
    assert ran.err == f"note: 'goals/staff.yml' could not be read in {side[:7]}; it is left out here.\n"


def test_a_record_that_is_gone_is_called_as_it_was(told, run):
    told.write({TALK: None})
    assert run("diff", "begin").out.splitlines()[2:] == [
        "Be promoted to staff engineer (1/4 → 1/3)",
        "  done        Draft the packet",
        "  open again  Read it",
        '  reworded    "Ask Grace" → "Ask Grace to sponsor it"',
        "  dropped     Book a room",
        "",
        "Give a talk (0/1 → 0/0)",
        "  dropped  Find a title",
    ]


def test_json_says_the_same_with_dates_and_commits(told, run):
    first, second, third = ids(told)
    ran = run("diff", "begin", "HEAD", "--json")
    assert (ran.code, ran.err) == (0, "")

    def change(kind: str, text: str, commit: str, day: str, before: str | None = None) -> dict[str, str | None]:
        return {"kind": kind, "text": text, "before": before, "reason": None, "date": day, "commit": commit}

    assert json.loads(ran.out) == {
        "from": {"commit": first, "date": "2026-01-05"},
        "to": {"commit": third, "date": "2026-01-07"},
        "records": [
            {
                "record": "goals/staff",
                "title": "Be promoted to staff engineer",
                "before": {"done": 1, "total": 4},
                "after": {"done": 1, "total": 3},
                "changes": [
                    change("done", "Draft the packet", second, "2026-01-06"),
                    change("undone", "Read it", second, "2026-01-06"),
                    change("moved-away", "Book a room", third, "2026-01-07", "goals/talk"),
                    change("reworded", "Ask Grace to sponsor it", third, "2026-01-07", "Ask Grace"),
                ],
            },
            {
                "record": "goals/talk",
                "title": "Give a talk",
                "before": {"done": 0, "total": 1},
                "after": {"done": 0, "total": 3},
                "changes": [
                    change("added", "Write to Radia", third, "2026-01-07"),
                    change("moved", "Book a room", third, "2026-01-07", "goals/staff"),
                ],
            },
        ],
        "notes": [],
    }


def test_json_has_no_commit_for_the_disk_and_the_reason_of_what_is_skipped(told, run):
    found = json.loads(run("diff", "HEAD", "--json", "--today", "2026-01-20").out)
    assert found["to"] == {"commit": None, "date": None}
    assert found["records"][0]["changes"][0] == {
        "kind": "skipped",
        "text": "Find a title",
        "before": None,
        "reason": "They chose one",
        "date": "2026-01-20",
        "commit": None,
    }


def test_as_of_a_commit_it_ends_there(told, run):
    first, second, _ = ids(told)
    ran = run("diff", "begin", "--as-of", "drafted")
    assert ran.out.splitlines() == [
        f"From {first[:7]} (2026-01-05) to {second[:7]} (2026-01-06)",
        "",
        "Be promoted to staff engineer (1/4 → 1/4)",
        "  done        Draft the packet",
        "  open again  Read it",
    ]


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["v9"], "there is no commit 'v9'; the first is of 2026-01-05. A day is written 2026-10-01, monday or '2 weeks ago'."),
        (["begn"], "there is no commit 'begn'; the first is of 2026-01-05. Did you mean 'begin'?"),
        (["begin", "darfted"], "there is no commit 'darfted'; the first is of 2026-01-05. Did you mean 'drafted'?"),
        (["--", "--output=x"], "'--output=x' is not the name of one commit. A day is written 2026-10-01, monday or '2 weeks ago'."),
        (["HEAD~1..HEAD"], "'HEAD~1..HEAD' is not the name of one commit. A day is written 2026-10-01, monday or '2 weeks ago'."),
        ([], "Missing argument 'REV'."),
    ],
)  # fmt: skip
def test_a_revision_that_there_is_not_exits_2_with_what_there_is(told, run, arguments, message):
    ran = run("diff", *arguments)
    assert (ran.code, ran.out, ran.err.splitlines()[-1]) == (2, "", f"Error: {message}")
    assert not (told.top / "x").exists()


def test_without_git_it_says_which_command_helps(empty, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(empty.path.parent))
    ran = empty.run("diff", "HEAD")
    assert (ran.code, ran.err) == (2, "playbook: These files are in no git repository yet. Run: git init\n")
