"""What a page asks to be written is carried out to the byte, and the page learns what its files are now."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest

from playbook.cli.app import main
from playbook.records.choices import LogKind
from playbook.serving.app import make_app
from playbook.serving.desk import Desk
from playbook.serving.live import Live, Outcome
from playbook.serving.writes import write_routes
from tests.serving.asking import Served, live_site
from tests.serving.posting import GOAL, OWED, THANKS


def test_a_tick_says_which_file_changed_and_how_to_take_it_back(book):
    status, said = book.do("tick", **book.item())
    ticked = GOAL.replace("- Draft the packet", "- task: Draft the packet\n    done: 2026-11-21")
    assert book.file("goals/staff").read_text() == ticked
    assert (status, said) == (
        200,
        {
            "said": "Done: Draft the packet (Staff engineer)",
            "files": ["content/goals/staff.yml"],
            "undo": said["undo"],
            "digests": {"goals/staff": book.digest("goals/staff")},
            "day": "21 Nov 2026",
        },
    )
    status, back = book.do("undo", token=said["undo"])
    assert (status, book.file("goals/staff").read_text()) == (200, GOAL)
    assert (back["said"], back["files"], back["digests"]) == (
        "Taken back: Done: Draft the packet (Staff engineer)",
        ["content/goals/staff.yml"],
        {"goals/staff": book.digest("goals/staff")},
    )


@pytest.mark.parametrize(
    ("gesture", "said", "record", "before", "after"),
    [
        ("untick", {"index": 1, "text": "Ask Grace"}, "goals/staff", "{task: Ask Grace, done: 2026-11-02}", "{task: Ask Grace}"),
        ("keep", {"index": 0, "text": "Send the slides"}, "people/grace",
         "- Send the slides\n", "- what: Send the slides\n    kept: 2026-11-21\n"),
        ("follow-up", {"index": 0, "text": "Send the numbers"}, "events/camp",
         "- Send the numbers\n", "- what: Send the numbers\n      done: 2026-11-21\n"),
        ("add", {"what": "Read: it"}, "goals/staff", "done: 2026-11-02}\n", 'done: 2026-11-02}\n  - "Read: it"\n'),
        ("add", {"what": "Go", "due": "friday"}, "goals/staff",
         "done: 2026-11-02}\n", "done: 2026-11-02}\n  - {task: Go, due: 2026-11-27}\n"),
        ("add", {"what": "Go", "due": "T-7"}, "goals/staff",
         "done: 2026-11-02}\n", "done: 2026-11-02}\n  - {task: Go, due: T-7}\n"),
        ("touch", {"kind": "wrote", "what": "Hello", "day": "yesterday"}, "people/grace",
         "kept: 2026-01-02}\n", "kept: 2026-01-02}\nlog:\n  - date: 2026-11-20\n    kind: wrote\n    what: Hello\n"),
    ],
)  # fmt: skip
def test_each_gesture_changes_the_characters_it_means(book, gesture, said, record, before, after):
    was = book.file(record).read_text()
    status, told = book.do(gesture, record=record, **said)
    assert (status, told["files"]) == (200, [f"content/{record}.yml"])
    assert book.file(record).read_text() == was.replace(before, after)


@pytest.mark.parametrize(("said", "person"), OWED)
def test_a_thank_you_does_what_the_command_does_wherever_it_is_written(book, said, person, monkeypatch):
    book.save(THANKS)
    status, told = book.do("thank", person=person, **said)
    assert (status, told["said"], told["day"]) == (200, "Ada: 2026-11-21, thanked", "21 Nov 2026")
    assert told["files"] == ["content/people/ada.yml", "content/journal/2026.yml"]
    assert told["digests"] == {one: book.digest(one) for one in ("people/ada", "journal/2026")}
    ways = {one: book.file(one).read_text() for one in THANKS}
    book.save(THANKS)
    monkeypatch.chdir(book.root)
    with pytest.raises(SystemExit):
        main(["--today", "2026-11-21", "thank", "ada"])
    assert {one: book.file(one).read_text() for one in THANKS} == ways
    assert "2026-11-21, kind: thanked}" in ways["people/ada"]
    assert "people: [ada, bo], thanked: [ada]}" in ways["journal/2026"]
    assert book.do("undo", token=told["undo"])[1]["files"] == ["content/people/ada.yml", "content/journal/2026.yml"]
    assert {one: book.file(one).read_text() for one in THANKS} == THANKS


@pytest.mark.parametrize("broken", ["people/grace", "goals/other"])
def test_what_is_wrong_in_another_file_keeps_nobody_from_ticking(book, broken):
    book.file(broken).write_text("name: [half")
    assert book.do("tick", **book.item())[0] == 200


def test_what_is_wrong_in_another_file_keeps_nobody_from_logging(book):
    book.file("goals/staff").write_text("title: [half")
    assert book.do("touch", record="people/grace", kind="met", what="Lunch")[0] == 200


def test_what_is_written_already_is_not_written_twice(book):
    book.do("touch", record="people/grace", kind="met", what="Lunch")
    was = book.file("people/grace").read_bytes()
    status, said = book.do("touch", record="people/grace", kind="met", what="Lunch")
    assert (status, said["said"], said["files"], said["undo"]) == (
        200, "Grace Hopper: 2026-11-21, met: Lunch: that is written already", [], "",
    )  # fmt: skip
    assert book.file("people/grace").read_bytes() == was


@pytest.mark.parametrize(
    ("said", "log", "promises"),
    [
        (
            {"what": "Called: she will ask Ada by friday"},
            "kind: called\n",
            ("{what: Ask Ada, by: them, due: 2026-11-27}\n",),
        ),
        (
            {"what": "wrote, about the talk\nWith 2 questions", "promise": "Slides"},
            "kind: wrote\n    what: |-\n      About the talk\n      With 2 questions\n",
            ("{what: Slides}\n",),
        ),
        # A kind that was chosen leaves the words alone.
        ({"kind": "note", "what": "Called: she will ask"}, 'kind: note\n    what: "Called: she will ask"\n', ()),
    ],
)  # fmt: skip
def test_a_touch_without_a_kind_is_what_its_words_say(book, said, log, promises):
    assert book.do("touch", record="people/grace", **said)[0] == 200
    text = book.file("people/grace").read_text()
    assert log in text
    for promise in promises:
        assert promise in text


@pytest.mark.parametrize("day", ["", "today", "yesterday"])
def test_the_words_of_a_touch_may_say_its_day(book, day):
    assert book.do("touch", record="people/grace", what="Long dinner talk yesterday\nIt was late", day=day)[0] == 200
    assert (
        "date: 2026-11-20\n    kind: met\n    what: |-\n      Long dinner talk\n"
        in book.file("people/grace").read_text()
    )


@pytest.mark.parametrize(
    ("what", "day", "reason"),
    [
        ("lunch tomorrow", "", "'tomorrow' is 2026-11-22, which lies ahead"),
        ("lunch yesterday", "2026-11-03", "it was on 2026-11-03, and 'yesterday' is 2026-11-20; write one of the two"),
    ],
)
def test_a_day_in_words_that_is_not_clear_is_refused(book, what, day, reason):
    status, answer = book.do("touch", record="people/grace", what=what, day=day)
    assert (status, reason in str(answer)) == (422, True)


def test_the_form_offers_what_a_log_knows():
    script = (Path(__file__).parents[2] / "playbook/serving/page/forms.js").read_text(encoding="utf-8")
    named = script.partition("const KINDS = {")[2].partition("}")[0].replace("\n", " ")
    kinds = {part.partition(":")[0].strip() for part in named.split('",') if ":" in part}
    assert kinds == {str(kind) for kind in LogKind} - {"engaged"}
    assert '{ "": "As the words say", ...KINDS }' in script


# ---- what a page knows of its files


def test_a_page_of_the_site_that_is_shown_learns_what_its_files_were_and_an_older_one_nothing(tmp_path):
    desk = Desk(tmp_path, "content", lambda _: dt.date(2026, 11, 21))
    live = live_site(tmp_path, (), Outcome(tmp_path, digests={"content/people/ada.yml": "abc"}))
    site = Served(make_app(live, writes=write_routes(live, desk)))
    ask = f"/_playbook/state?version={live.version}"
    known = site.ask(f"{ask}&record=people/ada&record=people/bob&record=../me")
    assert json.loads(known.body) == {"digests": {"people/ada": "abc"}}
    for version in ("", "another-1"):
        late = site.ask(f"/_playbook/state?version={version}&record=people/ada")
        assert (late.status, json.loads(late.body)["code"]) == (409, "stale")


def test_the_digests_are_those_of_the_site_that_is_shown(tmp_path):
    good = Outcome(tmp_path, digests={"a": "1"})
    live: Live = live_site(None, (), good, replace(good, folder=None, problems=("no",), digests={"a": "2"}))
    assert live.digests == {"a": "1"}


def test_without_a_repository_nothing_is_said_to_be_uncommitted(book):
    known = json.loads(book.served.ask("/_playbook/uncommitted").body)
    assert (known["is_known"], known["count"]) == (False, 0)
