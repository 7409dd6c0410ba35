"""What a page asks to be written: carried out to the byte, or refused in words with every file as it was."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from playbook.cli.app import main
from playbook.records.choices import LogKind
from playbook.serving.app import make_app
from playbook.serving.desk import Desk
from playbook.serving.live import Live, Outcome
from playbook.serving.orders import ALLOWED, MOST_BYTES, NEEDED
from playbook.serving.writes import write_routes
from tests.serving.asking import HOST, Answer, Served, live_site

GOAL = "# why\ntitle: Staff engineer\ndue: 2027-03-01\nchecklist:\n  - Draft the packet\n  - {task: Ask Grace, done: 2026-11-02}\n"
THANKS = {
    "people/ada": "name: Ada\nlog:\n  - {date: 2026-11-18, kind: received, what: The numbers}\n",
    "people/bo": "name: Bo\n",
    "journal/2026": "- {date: 2026-11-19, title: Shipped, people: [ada, bo]}\n- {date: 2026-11-02, title: Other}\n",
}
CAMP = (
    "title: Camp\nstarts: 2026-11-20\noutcomes:\n  follow_ups:\n"
    "    - Send the numbers\n    - {what: Call, person: grace, done: 2026-11-21}\n"
)
GRACE = "name: Grace Hopper\npromises:\n  - Send the slides\n  - {what: Call, kept: 2026-01-02}\n"


@dataclass
class Book:
    """A playbook in a folder, and the site that is served from it."""

    root: Path
    served: Served

    def file(self, record: str) -> Path:
        return self.root / f"content/{record}.yml"

    def digest(self, record: str) -> str:
        return hashlib.sha256(self.file(record).read_bytes()).hexdigest()

    def post(self, gesture: str, body: object, **headers: str) -> Answer:
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        said = {
            "content_type": "application/json",
            "origin": f"http://{HOST}",
            "x_playbook_token": self.served.door.token,
        }
        return self.served.ask(f"/_playbook/{gesture}", "POST", sent, **{**said, **headers})

    def do(self, gesture: str, **said: object) -> tuple[int, dict[str, Any]]:
        """Status and answer of a gesture, with the digest of the file as it is where a record is named."""
        if "record" in said and "digest" not in said:
            said["digest"] = self.digest(str(said["record"]))
        answer = self.post(gesture, said)
        return answer.status, json.loads(answer.body)

    def save(self, files: dict[str, str]) -> None:
        for record, text in files.items():
            self.file(record).parent.mkdir(parents=True, exist_ok=True)
            self.file(record).write_text(text)

    def item(self, index: int = 0, text: str = "Draft the packet", **more: object) -> dict[str, object]:
        return {"record": "goals/staff", "index": index, "text": text, **more}


@pytest.fixture
def book(tmp_path):
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("<html><body></body></html>")
    desk = Desk(tmp_path, "content", lambda _: dt.date(2026, 11, 21))
    made = Book(tmp_path, Served(None))
    made.save({"me": "name: Ada\n", "goals/staff": GOAL, "people/grace": GRACE, "events/camp": CAMP})
    made.served = Served(make_app(live_site(site), writes=write_routes(live_site(site), desk)))
    return made


# ---- what is written


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


OWED = [
    ({"record": "journal/2026", "index": 0, "text": "Thank Ada for “Shipped”"}, "ada"),
    ({"record": "people/ada", "index": 0, "text": "Thank Ada for “The numbers”"}, "ada"),
]


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


# ---- what is refused

DIGEST = "0" * 64


def refused(book: Book, gesture: str, said: object, **headers: str) -> tuple[int, str, str]:
    """Status, code and words; every file is as it was."""
    before = {path: path.read_bytes() for path in sorted((book.root / "content").rglob("*")) if path.is_file()}
    answer = book.post(gesture, said, **headers)
    assert {path: path.read_bytes() for path in sorted((book.root / "content").rglob("*")) if path.is_file()} == before
    told = json.loads(answer.body)
    return answer.status, told["code"], told["error"]


@pytest.mark.parametrize(
    "content_type",
    ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/json"],
)
def test_nothing_but_json_is_read(book, content_type):
    said = book.item(digest=book.digest("goals/staff"))
    assert refused(book, "tick", said, content_type=content_type) == (415, "not-understood", "only JSON is read here")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "that is not JSON"),
        (b"{", "that is not JSON"),
        (b"\xff\xfe", "that is not JSON"),
        (b"[" * 50_000, "that is not JSON"),
        (b"[]", "that is no gesture"),
        (b'"tick"', "that is no gesture"),
        (b"null", "that is no gesture"),
    ],
)
def test_a_body_that_is_no_object_is_refused(book, body, words):
    assert refused(book, "tick", body) == (400, "not-understood", words)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"path": "content/goals/staff.yml"}, "tick: 'path' is not known"),
        ({"why": "no"}, "tick: 'why' is not known"),
        ({"index": None}, "'index' is not a number"),
        ({"index": True}, "'index' is not a number"),
        ({"index": "0"}, "'index' is not a number"),
        ({"index": -1}, "'index' is not a number"),
        ({"index": 10**30}, "'index' is not a number"),
        ({"text": 3}, "'text' is not a text"),
        ({"text": "\ud800"}, "'text' is not a text"),
        ({"record": ["goals/staff"]}, "'record' is not a text"),
    ],
)
def test_a_field_that_is_not_one_is_refused(book, changed, words):
    said = book.item(digest=book.digest("goals/staff")) | changed
    assert refused(book, "tick", said) == (400, "not-understood", words)


def test_a_field_that_is_missing_is_named(book):
    for gesture, needed in NEEDED.items():
        said = {name: 0 if name == "index" else "x" for name in (*needed, *ALLOWED.get(gesture, ()))}
        for name in needed:
            rest = {known: value for known, value in said.items() if known != name}
            assert refused(book, gesture, rest) == (400, "not-understood", f"{gesture}: '{name}' is missing")


def test_a_body_that_is_too_long_is_refused_before_it_is_read(book):
    assert refused(book, "tick", b" " * (MOST_BYTES + 1)) == (413, "too-long", "that is too long")
    said = {"record": "goals/staff", "digest": DIGEST, "what": "x" * 10_001}
    assert refused(book, "add", said) == (413, "too-long", "'what' is too long")


@pytest.mark.parametrize(
    "record",
    ["", "staff", "goals/", "goals/nobody", "../goals/staff", "goals/../goals/staff", "content/goals/staff.yml",
     "goals/staff.yml", "/etc/passwd", "goals//staff", "GOALS/STAFF", "goals/staff/checklist/0", "goals\\staff", "\0"],
)  # fmt: skip
def test_a_record_is_named_and_never_a_path(book, record):
    status, code, words = refused(book, "tick", book.item(digest=DIGEST) | {"record": record})
    assert (status, code) == (404, "gone")
    assert words.startswith("there is no '")


def test_a_file_that_was_changed_since_is_left_alone(book):
    said = book.item(digest=book.digest("goals/staff"))
    book.file("goals/staff").write_text(GOAL.replace("Staff", "Principal"))
    assert refused(book, "tick", said) == (
        409, "stale", "content/goals/staff.yml was changed since this page was made; nothing was written",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("gesture", "record", "text", "before"),
    [
        ("tick", "goals/staff", "Draft the packet", "  - Draft the packet\n"),
        ("keep", "people/grace", "Send the slides", "  - Send the slides\n"),
        ("follow-up", "events/camp", "Send the numbers", "    - Send the numbers\n"),
    ],
)
def test_an_item_that_was_deleted_since_is_said_to_be_gone(book, gesture, record, text, before):
    digest = book.digest(record)
    book.file(record).write_text(book.file(record).read_text().replace(before, ""))
    said = {"record": record, "digest": digest, "index": 0, "text": text}
    words = f"'{text}' is not in content/{record}.yml any more; nothing was written"
    assert refused(book, gesture, said) == (409, "gone", words)


def test_a_record_that_was_deleted_or_cannot_be_read_any_more_is_said_to_be_so(book):
    said = book.item(digest=book.digest("goals/staff"))
    book.file("goals/staff").write_text("title: [half")
    assert refused(book, "tick", said)[:2] == (409, "stale")
    book.file("goals/staff").unlink()
    assert refused(book, "tick", said) == (404, "gone", "there is no 'goals/staff' any more")


@pytest.mark.parametrize(
    ("gesture", "said", "words"),
    [
        ("tick", {"record": "goals/staff", "index": 1, "text": "Ask Grace"}, "'Ask Grace' was done on 2026-11-02 already"),
        ("untick", {"record": "goals/staff", "index": 0, "text": "Draft"}, "'Draft the packet' is open"),
        ("tick", {"record": "goals/staff", "index": 9, "text": "Nothing"}, "'Nothing' is not there any more"),
        ("tick", {"record": "people/grace", "index": 0, "text": "Nothing"}, "'Nothing' is not there any more"),
        ("keep", {"record": "people/grace", "index": 1, "text": "Call"}, "'Call' was kept already"),
        ("keep", {"record": "people/grace", "index": 9, "text": "Call"}, "Grace Hopper has no such promise any more"),
        ("keep", {"record": "goals/staff", "index": 0, "text": "Call"}, "'Staff engineer' is nobody"),
        ("follow-up", {"record": "events/camp", "index": 1, "text": "Call"}, "'Call' was done already"),
        ("follow-up", {"record": "events/camp", "index": 9, "text": "Call"}, "Camp has no such follow-up any more"),
        ("follow-up", {"record": "goals/staff", "index": 0, "text": "Call"}, "'Staff engineer' is no event"),
        ("touch", {"record": "goals/staff", "kind": "met", "what": ""}, "'Staff engineer' is nobody"),
        ("touch", {"record": "people/grace", "kind": "hugged", "what": ""}, "say what it was: met, wrote, called …"),
        ("touch", {"record": "people/grace", "kind": "met", "what": "", "day": "tomorrow"}, "2026-11-22 lies ahead"),
        ("touch", {"record": "people/grace", "kind": "met", "what": "", "due": "friday"}, "a day without a promise"),
        ("touch", {"record": "people/grace", "kind": "met", "what": "", "promise": "X", "due": "3/4"}, "'3/4' could be"),
        ("add", {"record": "goals/staff", "what": " \n"}, "write what is to be done"),
        ("add", {"record": "goals/staff", "what": "Go", "due": "soon"}, "'soon' is not a day"),
        ("add", {"record": "goals/staff", "what": "Go", "due": "T-x"}, "with this written, the playbook would have a problem"),
    ],
)  # fmt: skip
def test_what_means_nothing_is_said_in_words(book, gesture, said, words):
    status, _, told = refused(book, gesture, said | {"digest": book.digest(said["record"])})
    assert status in (409, 422)
    assert told.startswith(words)


@pytest.mark.parametrize(
    ("record", "index", "person"),
    [
        ("journal/2026", 1, "ada"),  # nobody helped
        ("journal/2026", 9, "ada"),
        ("journal/2026", 0, "grace"),
        ("journal/2026", 0, "nobody"),
        ("journal/2026", 0, "../people/ada"),
        ("people/ada", 1, "ada"),
        ("people/ada", 0, "bo"),
        ("people/bo", 0, "ada"),
        ("goals/staff", 0, "ada"),
        ("events/camp", 0, ""),
    ],
)
def test_nobody_is_thanked_who_is_not_owed_it(book, record, index, person):
    book.save(THANKS)
    said = {"record": record, "digest": book.digest(record), "index": index, "text": "Thank them", "person": person}
    assert refused(book, "thank", said) == (409, "gone", "'Thank them' does not wait any more; nothing was written")


@pytest.mark.parametrize(("said", "person"), OWED)
def test_somebody_who_was_thanked_meanwhile_is_not_thanked_twice(book, said, person):
    book.save(THANKS)
    asked = said | {"digest": book.digest(said["record"]), "person": person}
    book.file("people/ada").write_text(THANKS["people/ada"] + "  - {date: 2026-11-20, kind: thanked}\n")
    assert refused(book, "thank", asked) == (
        409, "gone", f"'{said['text']}' does not wait any more; nothing was written",
    )  # fmt: skip


def test_what_somebody_is_to_be_thanked_for_may_have_moved(book):
    book.save(THANKS)
    said = OWED[0][0] | {"digest": book.digest("journal/2026"), "person": "ada"}
    book.file("journal/2026").write_text("- {date: 2026-11-20, title: Newer}\n" + THANKS["journal/2026"])
    assert refused(book, "thank", said) == (
        409, "stale", "content/journal/2026.yml was changed since this page was made; nothing was written",
    )  # fmt: skip


@pytest.mark.parametrize("token", ["", "x", "../../content/goals/staff", "/etc/passwd", "00000000000000000000-0000"])
def test_a_gesture_that_nobody_made_is_not_taken_back(book, token):
    book.do("tick", **book.item())
    assert refused(book, "undo", {"token": token})[0] in (400, 409)


def test_a_gesture_is_not_taken_back_over_what_was_written_since(book):
    _, said = book.do("tick", **book.item())
    book.file("goals/staff").write_text(GOAL + "# more\n")
    assert refused(book, "undo", {"token": said["undo"]}) == (
        409,
        "not-written",
        "content/goals/staff.yml was changed since 'Done: Draft the packet (Staff engineer)' was written; "
        "nothing was taken back",
    )  # fmt: skip


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the administrator may write to every file")
def test_a_file_that_is_locked_is_said_to_be(book):
    said = book.item(digest=book.digest("goals/staff"))
    book.file("goals/staff").chmod(0o444)
    assert refused(book, "tick", said)[:2] == (409, "not-written")


def test_a_link_is_not_written_through(book):
    said = book.item(digest=book.digest("goals/staff"))
    moved = book.root / "elsewhere.yml"
    book.file("goals/staff").rename(moved)
    book.file("goals/staff").symlink_to(moved)
    assert refused(book, "tick", said)[0] in (404, 409)
    assert moved.read_text() == GOAL


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_a_gesture_is_posted(book, method):
    said = {"content_type": "application/json", "origin": f"http://{HOST}", "x_playbook_token": book.served.door.token}
    body = json.dumps(book.item(digest=book.digest("goals/staff"))).encode()
    assert book.served.ask("/_playbook/tick", method, body, **said).status == 405
    assert book.file("goals/staff").read_text() == GOAL


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


def test_words_that_are_not_clear_are_refused_and_may_be_kept_as_they_are(book):
    status, answer = book.do("touch", record="people/grace", what="called, promised slides by blorgday")
    assert (status, "choose what it was, and it is taken word for word" in str(answer)) == (422, True)


def test_without_a_repository_nothing_is_said_to_be_uncommitted(book):
    known = json.loads(book.served.ask("/_playbook/uncommitted").body)
    assert (known["is_known"], known["count"]) == (False, 0)


def test_the_form_offers_what_a_log_knows():
    script = (Path(__file__).parents[2] / "playbook/serving/page/forms.js").read_text(encoding="utf-8")
    named = script.partition("const KINDS = {")[2].partition("}")[0].replace("\n", " ")
    kinds = {part.partition(":")[0].strip() for part in named.split('",') if ":" in part}
    assert kinds == {str(kind) for kind in LogKind} - {"engaged"}
    assert '{ "": "As the words say", ...KINDS }' in script
