"""`playbook progress`: tables and a chart for people, points and items for programs, from a real history."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from rich.cells import cell_len

from playbook.cli.burn_up import ASCII, BLOCKS, bar, burn_up_lines, ink_for
from playbook.cli.spans import read_past_day
from playbook.progress import Point
from tests.cli.terminals import on_a_terminal, plain
from tests.history.repo import checklist, run_git

STAFF, TALK = "goals/staff.yml", "goals/talk.yml"


def staff(*items: str) -> str:
    return checklist(*items, title="Be promoted to staff engineer")


@pytest.fixture
def told(book_repo):
    """Four commits, a day apart from 5 January 2026 on."""
    drafted = "{task: Draft the packet, done: true}", "{id: ask, task: Ask Grace to sponsor it}"
    book_repo.import_commits(
        [
            ("Begin", {STAFF: staff("Draft the packet", "{id: ask, task: Ask Grace}")}),
            ("A talk", {TALK: checklist("Find a title", title="Give a talk")}),
            ("Drafted", {STAFF: staff(*drafted)}),
            ("No talk", {TALK: None, STAFF: staff(*drafted, "Book a room")}),
        ]
    )
    book_repo.git("tag", "v1", "HEAD~2")
    return book_repo


def commits(repo) -> list[str]:
    return repo.git("log", "--reverse", "--format=%H").split()


# ---- for programs


def test_json_holds_points_by_commit_and_goal_and_every_item_with_its_events(told, run):
    first, second, third, fourth = commits(told)
    ran = run("progress", "--json", "--today", "2026-01-20")
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out) == {
        "points": [
            {"commit": first, "date": "2026-01-05", "done": 0, "total": 2, "goal": None},
            {"commit": first, "date": "2026-01-05", "done": 0, "total": 2, "goal": "staff"},
            {"commit": second, "date": "2026-01-06", "done": 0, "total": 3, "goal": None},
            {"commit": second, "date": "2026-01-06", "done": 0, "total": 1, "goal": "talk"},
            {"commit": third, "date": "2026-01-07", "done": 1, "total": 3, "goal": None},
            {"commit": third, "date": "2026-01-07", "done": 1, "total": 2, "goal": "staff"},
            {"commit": fourth, "date": "2026-01-08", "done": 1, "total": 3, "goal": "staff"},
            {"commit": fourth, "date": "2026-01-08", "done": 0, "total": 0, "goal": "talk"},
        ],
        "items": [
            {
                "id": None,
                "goal": "staff",
                "task": "Draft the packet",
                "created": "2026-01-05",
                "done": "2026-01-07",
                "state": "done",
                "events": [
                    {"date": "2026-01-05", "commit": first, "kind": "created", "text": "Draft the packet", "before": None},
                    {"date": "2026-01-07", "commit": third, "kind": "done", "text": "Draft the packet", "before": None},
                ],
            },
            {
                "id": "ask",
                "goal": "staff",
                "task": "Ask Grace to sponsor it",
                "created": "2026-01-05",
                "done": None,
                "state": "open",
                "events": [
                    {"date": "2026-01-05", "commit": first, "kind": "created", "text": "Ask Grace", "before": None},
                    {"date": "2026-01-07", "commit": third, "kind": "reworded", "text": "Ask Grace to sponsor it", "before": "Ask Grace"},
                ],
            },
            {
                "id": None,
                "goal": "talk",
                "task": "Find a title",
                "created": "2026-01-06",
                "done": None,
                "state": "dropped",
                "events": [
                    {"date": "2026-01-06", "commit": second, "kind": "created", "text": "Find a title", "before": None},
                    {"date": "2026-01-08", "commit": fourth, "kind": "dropped", "text": "Find a title", "before": None},
                ],
            },
            {
                "id": None,
                "goal": "staff",
                "task": "Book a room",
                "created": "2026-01-08",
                "done": None,
                "state": "open",
                "events": [
                    {"date": "2026-01-08", "commit": fourth, "kind": "created", "text": "Book a room", "before": None},
                ],
            },
        ],
        "notes": [],
    }  # fmt: skip


def test_what_is_not_committed_is_a_last_point_without_a_commit_on_the_day_spoken_of(told, run):
    told.write({STAFF: staff("{task: Draft the packet, done: true}", "{id: ask, task: Ask Grace, done: true}")})
    found = json.loads(run("progress", "--json", "--today", "2026-01-20").out)
    assert found["points"][-2:] == [
        {"commit": None, "date": "2026-01-20", "done": 2, "total": 2, "goal": None},
        {"commit": None, "date": "2026-01-20", "done": 2, "total": 2, "goal": "staff"},
    ]
    (ask,) = [item for item in found["items"] if item["id"] == "ask"]
    assert (ask["done"], ask["state"]) == ("2026-01-20", "done")


def test_a_day_that_is_written_goes_before_the_commits(book_repo, run):
    book_repo.commit({STAFF: staff("{task: Draft, done: 2025-12-24}")})
    (item,) = json.loads(run("progress", "--json").out)["items"]
    assert (item["done"], [event["date"] for event in item["events"]]) == ("2025-12-24", ["2026-01-05", "2026-01-05"])


def test_checklists_of_other_records_are_named_by_kind_and_id(book_repo, run):
    book_repo.commit(
        {"events/pycon.yml": "title: PyCon\nstarts: 2027-05-01\nchecklist: [Pack]\n", STAFF: staff("Draft")}
    )
    found = json.loads(run("progress", "--json").out)
    assert [point["goal"] for point in found["points"]] == [None, "events/pycon", "staff"]
    assert [item["goal"] for item in found["items"]] == ["events/pycon", "staff"]
    assert run("progress").out == "events/pycon\t0\t1\tPyCon\ngoals/staff\t0\t1\tBe promoted to staff engineer\n"


def test_an_item_that_moved_says_from_which_goal(book_repo, run):
    book_repo.commit({STAFF: staff("Draft the packet", "Ask"), TALK: checklist("Find")})
    book_repo.commit({STAFF: staff("Ask"), TALK: checklist("Find", "Draft the packet")})
    (item,) = [one for one in json.loads(run("progress", "--json").out)["items"] if one["task"] == "Draft the packet"]
    assert (item["goal"], item["events"][-1]["kind"], item["events"][-1]["before"]) == ("talk", "moved", "staff")


def test_csv_holds_the_points(told, run):
    first, second, third, fourth = commits(told)
    ran = run("progress", "staff", "--csv", "--today", "2026-01-20")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "commit,date,done,total,goal",
        f"{first},2026-01-05,0,2,staff",
        f"{third},2026-01-07,1,2,staff",
        f"{fourth},2026-01-08,1,3,staff",
    ]
    assert second not in ran.out


def test_no_cell_of_the_csv_is_a_formula(book_repo, run):
    book_repo.commit({"goals/=1+1.yml": checklist("Draft")})
    assert run("progress", "--csv").out.splitlines()[-1].endswith(",2026-01-05,0,1,'=1+1")


def test_no_name_of_a_file_moves_the_cursor(book_repo, run):
    book_repo.import_commits([("Begin", {"goals/a\x1b[2J.yml": checklist("Draft")})])
    book_repo.write({"goals/a\x1b[2J.yml": None})
    assert run("progress", "--as-of", "HEAD").out == "goals/a?[2J\t0\t1\tBe promoted\n"
    assert run("diff", "HEAD").out.splitlines()[2:] == ["Be promoted (0/1 → 0/0)", "  dropped  Draft"]
    assert run("log", "draft").out.splitlines()[1] == "goals/a?[2J  goals/a?[2J"
    assert json.loads(run("progress", "--json").out)["points"][1]["goal"] == "a\x1b[2J"


def test_json_and_csv_are_two_things(told, run):
    ran = run("progress", "--json", "--csv")
    assert (ran.code, ran.err.splitlines()[-1]) == (2, "Error: --json or --csv, not both")


def test_json_is_remembered_and_the_same_again(told, run):
    before = told.git("status", "--porcelain")
    once = run("progress", "--json", "--today", "2026-01-20")
    assert (told.top / ".cache" / "playbook" / "history.sqlite").is_file()
    assert run("progress", "--json", "--today", "2026-01-20") == once
    assert told.git("status", "--porcelain") == before


# ---- from and to


@pytest.mark.few(5)
@pytest.mark.parametrize(
    ("options", "dates"),
    [
        ([], ["05", "05", "06", "06", "07", "07", "08", "08"]),
        (["--since", "v1"], ["07", "07", "08", "08"]),
        (["--since", "2026-01-07"], ["07", "07", "08", "08"]),
        (["--since", "13 days ago"], ["07", "07", "08", "08"]),
        (["--since", "2 weeks ago"], ["06", "06", "07", "07", "08", "08"]),
        (["--since", "HEAD"], []),
        (["--since", "2025-12-31"], ["05", "05", "06", "06", "07", "07", "08", "08"]),
        (["--until", "v1"], ["05", "05", "06", "06"]),
        (["--until", "2026-01-06"], ["05", "05", "06", "06"]),
        (["--since", "2026-01-06", "--until", "HEAD~1"], ["06", "06", "07", "07"]),
        (["--since", "HEAD~1", "--until", "v1"], []),
        (["--as-of", "v1"], ["05", "05", "06", "06"]),
        (["--today", "2026-01-05"], ["05", "05"]),
        (["--until", "2030-01-01"], ["05", "05", "06", "06", "07", "07", "08", "08"]),
    ],
)
def test_a_span_is_bounded_by_commits_and_days(told, run, options, dates):
    options = options if "--today" in options or "--as-of" in options else [*options, "--today", "2026-01-20"]
    found = json.loads(run("progress", "--json", *options).out)
    assert [point["date"][-2:] for point in found["points"]] == dates


def test_items_are_as_they_stood_at_the_end_of_the_span(told, run):
    found = json.loads(run("progress", "--json", "--until", "v1").out)
    told_ = [(item["task"], item["state"], item["done"]) for item in found["items"]]
    assert told_ == [("Draft the packet", "open", None), ("Ask Grace", "open", None), ("Find a title", "open", None)]
    later = json.loads(run("progress", "--json", "--since", "HEAD~1").out)
    assert [(item["task"], [event["kind"] for event in item["events"]]) for item in later["items"]] == [
        ("Find a title", ["dropped"]),
        ("Book a room", ["created"]),
    ]


@pytest.mark.few(3)
@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--since", "nosuch"], "--since: there is no commit 'nosuch'; the first is of 2026-01-05. A day is written 2026-10-01, monday or '2 weeks ago'."),
        (["--until", "mian"], "--until: there is no commit 'mian'; the first is of 2026-01-05. Did you mean 'main'?"),
        (["--since", "the other day"], "--since: 'the other day' is not a day; write one such as 24 Nov, friday or 2026-01-20"),
        (["--since", "2026-02-01"], "--since: 2026-02-01 lies ahead"),
        (["--since=--all"], "--since: '--all' is not the name of one commit. A day is written 2026-10-01, monday or '2 weeks ago'."),
        (["--until", "v1..HEAD"], "--until: 'v1..HEAD' is not the name of one commit. A day is written 2026-10-01, monday or '2 weeks ago'."),
        (["stafff"], "no goal is called 'stafff'. Did you mean 'staff'?"),
        (["events/pycon"], "no record 'events/pycon' has ever had a checklist."),
    ],
)  # fmt: skip
def test_what_does_not_exist_exits_2_with_what_does(told, run, options, message):
    ran = run("progress", "--today", "2026-01-20", *options)
    assert (ran.code, ran.out, ran.err.splitlines()[-1]) == (2, "", f"Error: {message}")


def test_a_commit_of_another_branch_is_no_end_of_this_history(told, run):
    told.git("switch", "--quiet", "--create", "side", "v1")
    told.write({TALK: checklist("Find", "Write")})
    told.git("commit", "--quiet", "--all", "--message", "Aside", **told.dates())
    side = told.git("rev-parse", "HEAD")
    told.git("switch", "--quiet", "main")
    ran = run("progress", "--since", "side")
    assert (ran.code, ran.err) == (
        2,
        f"playbook: --since: {side[:7]} (2026-01-09) lies on another branch; say a day, or a commit of this one's history\n",
    )


@pytest.mark.parametrize(
    ("word", "day"),
    [
        ("yesterday", "2026-01-19"),
        ("monday", "2026-01-19"),
        ("tuesday", "2026-01-13"),
        ("24 Dec", "2025-12-24"),
        ("3 days ago", "2026-01-17"),
        ("a week ago", "2026-01-13"),
        ("Two Weeks ago", "2026-01-06"),
        ("1 month ago", "2025-12-20"),
        ("13 months ago", "2024-12-20"),
        ("2 years ago", "2024-01-20"),
        ("9999 years ago", None),
        ("last week", None),
        ("ago", None),
    ],
)
def test_a_day_of_the_past_is_read_from_words(word, day):
    found = read_past_day(word, dt.date(2026, 1, 20))
    assert found == (None if day is None else dt.date.fromisoformat(day))


def test_a_month_before_the_31st_is_the_last_of_a_short_one():
    assert read_past_day("1 month ago", dt.date(2026, 3, 31)) == dt.date(2026, 2, 28)


# ---- which goal


@pytest.mark.parametrize("name", ["staff", "goals/staff", "content/goals/staff.yml", "Be promoted to staff engineer"])
def test_a_goal_is_meant_by_its_id_its_file_or_its_title(told, run, name):
    assert run("progress", name).out == "goals/staff\t1\t3\tBe promoted to staff engineer\n"


def test_a_goal_that_is_gone_still_has_its_history(told, run):
    assert run("progress", "talk").out == ""
    assert [point["total"] for point in json.loads(run("progress", "talk", "--json").out)["points"]] == [1, 0]


def test_a_goal_without_a_checklist_has_nothing_to_show(told, run):
    told.write({"goals/idea.yml": "title: An idea\n"})
    ran = run("progress", "idea")
    assert (ran.code, ran.err) == (
        2,
        "playbook: content/goals/idea.yml:1:1: 'An idea' has no checklist yet, so there is nothing to show\n",
    )


# ---- where there is nothing to show, or not all


def test_without_git_it_says_which_command_helps_and_leaves_nothing_behind(empty, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(empty.path.parent))
    ran = empty.run("progress")
    assert (ran.code, ran.out, ran.err) == (
        2,
        "",
        "playbook: These files are in no git repository yet. Run: git init\n",
    )
    assert not (empty.path / ".cache").exists()


def test_without_a_commit_it_says_which_command_helps(book_repo, run):
    ran = run("progress")
    assert (ran.code, ran.out, ran.err) == (
        2,
        "",
        "playbook: This repository has no commits yet. Run: git add -A && git commit -m 'Begin the playbook'\n",
    )


def test_without_a_checklist_it_says_what_to_write(book_repo, run):
    book_repo.commit({"goals/idea.yml": "title: An idea\n"})
    ran = run("progress")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("playbook: no record has a checklist yet; write one under 'checklist' of a goal.")


def test_before_the_first_checklist_there_is_nothing_to_show(told, run):
    for options in (["--until", "2026-01-04"], ["--today", "2026-01-04"]):
        ran = run("progress", *options)
        assert (ran.code, ran.err) == (
            2,
            "playbook: there is nothing to show yet: the first checklist is of 2026-01-05\n",
        )


def test_a_shallow_clone_says_so_and_claims_no_day_that_it_does_not_know(told, run, tmp_path, monkeypatch):
    clone = tmp_path / "clone"
    run_git(tmp_path, "clone", "--quiet", "--depth=2", f"file://{told.top}", str(clone))
    (clone / "mkdocs.yml").write_text("plugins: [playbook]\n")
    monkeypatch.chdir(clone)
    note = (
        f"This clone is shallow: what happened before commit {commits(told)[2][:7]} is not on this machine. "
        "In a GitHub workflow 'fetch-depth: 0' brings it along."
    )
    ran = run("progress")
    assert (ran.code, ran.out) == (0, "goals/staff\t1\t3\tBe promoted to staff engineer\n")
    assert ran.err == f"note: {note} Run: git fetch --unshallow\n"
    found = json.loads(run("progress", "--json").out)
    assert [(item["task"], item["created"], item["done"]) for item in found["items"]] == [
        ("Draft the packet", None, None),
        ("Ask Grace to sponsor it", None, None),
        ("Find a title", None, None),
        ("Book a room", "2026-01-08", None),
    ]
    assert found["notes"] == [
        {"code": "shallow", "message": note, "command": "git fetch --unshallow", "path": None, "commit": commits(told)[2]}
    ]  # fmt: skip


def test_a_file_that_cannot_be_read_now_keeps_its_counts(told, run):
    told.write({STAFF: "checklist: [\n"})
    ran = run("progress")
    assert (ran.code, ran.out) == (0, "goals/staff\t1\t3\tgoals/staff\n")


# ---- on a terminal


def test_on_a_terminal_it_is_bars_sentences_and_a_chart(told, monkeypatch):
    told.write(
        {
            STAFF: staff(
                "{task: Draft the packet, done: true}",
                "{id: ask, task: Ask Grace to sponsor it, done: true}",
                "{task: Book a room, due: 2026-01-18}",
            ),
            "events/pycon.yml": "title: PyCon\nstarts: 2027-05-01\nchecklist: [Pack]\n",
        }
    )
    shown = plain(on_a_terminal(told.top, "progress", "--today", "2026-01-20", columns=60))
    assert (
        shown
        == """\
Progress to 20 Jan 2026
Be promoted to staff engineer  ██████████░░░░░  2/3
Events                         ░░░░░░░░░░░░░░░  0/1
All together                   ███████░░░░░░░░  2/4

Last 7 days: 1 done, 1 added. 1 open item went past the day.
In no commit yet: 1 done, 1 added.
Pace: 1.0 done a week over the last 2 weeks.
Forecast: Too early to say when all may be done: a forecast
needs 6 weeks, not counting the first, and there is one so
far.

Waiting longest:
  8 Jan 2026, 12 days  Book a room (Be promoted to staff en…
  20 Jan 2026, 0 days  Pack (PyCon)

█ done  ░ to do
4 │                                                        ░
  │    ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░
  │░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░█
  │░░░░░░░░█████████████████████████████████████████████████
0 └─────────────────────────────────────────────────────────
   2026-01-05                                     2026-01-20
"""
    )


def test_a_terminal_without_blocks_gets_plain_letters(told):
    environment = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    shown = plain(on_a_terminal(told.top, "progress", "--today", "2026-01-20", environment=environment))
    assert shown.isascii()
    assert "# done  . to do\n3 |" in shown


def test_the_chart_can_be_left_out_and_a_goal_be_alone(told):
    shown = plain(on_a_terminal(told.top, "progress", "staff", "--no-chart", "--today", "2026-01-20", "--since", "v1"))
    assert (
        shown
        == """\
Progress to 20 Jan 2026
Be promoted to staff engineer  ██████░░░░░░░░░░░░░░  1/3

Since 6 Jan 2026: 1 done, 1 added, 1 reworded.
Pace: 0.5 done a week over the last 2 weeks.
Forecast: Too early to say when all may be done: a forecast needs 6 weeks, not
counting the first, and there is one so far.

Waiting longest:
  5 Jan 2026, 2 weeks  Ask Grace to sponsor it
  8 Jan 2026, 12 days  Book a room
"""
    )


def test_what_was_for_the_time_before_an_event_that_is_over_waits_nowhere(told):
    camp = "title: Camp\nstarts: 2026-01-18\nchecklist: [{task: Whom to meet, due: T-3}, {task: Write, due: T+1}]\n"
    told.write({"events/camp.yml": camp})
    shown = plain(on_a_terminal(told.top, "progress", "--today", "2026-01-20"))
    assert "1 open item went past the day" in shown
    assert "Write (Camp)" in shown
    assert "Whom to meet" not in shown
    assert "Whom to meet (Camp)" in plain(on_a_terminal(told.top, "progress", "--today", "2026-01-17"))


@pytest.mark.few(1)
@pytest.mark.parametrize("columns", [30, 40, 80, 200])
def test_it_fits_whatever_the_width(told, columns):
    told.write({TALK: checklist("A long item " * 20, "漢字" * 60, title="A very long title of a goal " * 4)})
    shown = plain(on_a_terminal(told.top, "progress", columns=columns))
    assert [line for line in shown.splitlines() if cell_len(line) > columns] == []


# ---- the letters


def day(number: int) -> dt.date:
    return dt.date(2026, 1, 1) + dt.timedelta(days=number)


def test_a_burn_up_shows_done_and_the_growth_of_scope():
    points = [Point(day(0), 0, 2), Point(day(4), 1, 2), Point(day(8), 2, 4)]
    assert burn_up_lines(points, day(0), day(25), width=29, letters=ASCII) == [
        "4 |        ..................",
        "  |        ..................",
        "  |........##################",
        "  |....######################",
        "0 +--------------------------",
        "   2026-01-01      2026-01-26",
    ]


def test_a_cell_that_is_filled_in_part_shows_how_far():
    points = [Point(day(number), number, 16) for number in range(17)]
    assert burn_up_lines(points, day(0), day(16), width=21, letters=BLOCKS)[6:] == [
        "   │░░░▄█████████████",
        "   │░▄███████████████",
        " 0 └─────────────────",
    ]


@pytest.mark.parametrize(
    ("points", "first", "last", "width"),
    [
        ([], day(0), day(9), 80),
        ([Point(day(0), 0, 0)], day(0), day(9), 80),
        ([Point(day(0), 1, 2)], day(0), day(0), 80),
        ([Point(day(0), 1, 2)], day(3), day(1), 80),
        ([Point(day(5), 1, 2)], day(0), day(4), 80),
        ([Point(day(0), 1, 2)], day(0), day(9), 10),
    ],
)
def test_where_there_is_nothing_to_draw_or_no_room_nothing_is_drawn(points, first, last, width):
    assert burn_up_lines(points, first, last, width=width, letters=BLOCKS) == []


@pytest.mark.parametrize(
    ("done", "total", "drawn"),
    [(0, 9, "....."), (1, 99, "#...."), (98, 99, "####."), (99, 99, "#####"), (1, 2, "##..."), (0, 0, ".....")],
)
def test_a_bar_is_full_only_where_all_is_done_and_empty_only_where_nothing_is(done, total, drawn):
    assert bar(done, total, 5, ASCII) == drawn


def test_blocks_are_drawn_where_the_encoding_has_them():
    assert [ink_for(name) for name in ("utf-8", "cp437", "latin-1", "ascii", "nonsense", None)] == [
        BLOCKS, ASCII, ASCII, ASCII, ASCII, ASCII,
    ]  # fmt: skip
