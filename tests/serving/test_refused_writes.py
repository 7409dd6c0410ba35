"""What a page may not have written is refused in words, with every file as it was."""

from __future__ import annotations

import json
import os

import pytest

from playbook.serving.orders import ALLOWED, MOST_BYTES, NEEDED
from tests.serving.asking import HOST
from tests.serving.posting import GOAL, OWED, THANKS, Book

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


def test_words_that_are_not_clear_are_refused_and_may_be_kept_as_they_are(book):
    status, answer = book.do("touch", record="people/grace", what="called, promised slides by blorgday")
    assert (status, "choose what it was, and it is taken word for word" in str(answer)) == (422, True)
