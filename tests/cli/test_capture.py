"""`playbook capture`: it shows what it understood, writes once that is agreed to, and else nothing."""

from __future__ import annotations

import errno
import io
import json
import re
import shlex
import sys
from textwrap import dedent

import pytest

from playbook.codes import code_of
from tests.cli.terminals import on_a_terminal, plain

ADA, ITEM = code_of(("people", "ada-novak")), code_of(("item", "events/evening#Print the kit"))
TODAY = ("--today", "2026-11-24")
EVENT = """
    title: Evening
    starts: 2026-11-20
    meet: [ada-novak]
    checklist: [Print the kit]
"""
NOTES = f"""
    # from the train
    {ADA} met, wants the storage paper, promised slides by friday

    N1 Nora Lind, Acme, likes tea
    {ITEM} done
"""


@pytest.fixture
def evening(empty):
    return empty.write(
        {
            "content/events/evening.yml": EVENT,
            "content/people/ada-novak.yml": "name: Ada Novák\n",
            "content/outreach/follow-up.yml": "title: After\npurpose: follow-up\nbody: Thank you.\n",
            "notes.txt": NOTES,
        }
    )


def contents(folder) -> dict[str, bytes]:
    return {name: folder.read(name) for name in folder.names() if not name.startswith(".cache/")}


SHOWN = """\
Evening, 2026-11-20:
   2  Ada Novák: met. Wants the storage paper
      I promised: Slides, by Fri 27 Nov 2026
   4  Nora Lind (new: people/nora-lind, Acme): met. Likes tea
   5  Print the kit: done on Fri 20 Nov 2026
content/people/nora-lind.yml (new)
  name Nora Lind, Acme
  log 2026-11-20, met: Likes tea
content/people/ada-novak.yml
  log 2026-11-20, met: Wants the storage paper
  I promised: Slides, by Fri 27 Nov 2026
content/events/evening.yml
  status: attended (it was considering)
  Print the kit: done 2026-11-20
"""


def test_without_a_yes_it_shows_and_writes_nothing(evening):
    before = contents(evening)
    ran = evening.run(*TODAY, "capture", "evening", "notes.txt")
    assert (ran.code, ran.out, ran.err) == (0, SHOWN + "Nothing was written. To write it: --yes\n", "")
    assert contents(evening) == before


def test_with_a_yes_it_writes_and_says_what_stands_ready(evening):
    before = contents(evening)
    ran = evening.run(*TODAY, "capture", "evening", "notes.txt", "--yes")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == SHOWN + dedent(
        """\
        Wrote 3 files; to take it back: playbook undo
        Follow-ups due within 48 hours of the event, by Sun 22 Nov 2026:
          playbook script follow-up --to ada-novak --event evening
          playbook script follow-up --to nora-lind --event evening
        """
    )
    after = contents(evening)
    assert after.pop("content/people/nora-lind.yml").startswith(b"name: Nora Lind\n")
    assert {name for name, content in after.items() if content != before[name]} == {
        "content/people/ada-novak.yml",
        "content/events/evening.yml",
    }
    assert b"status: attended" in after["content/events/evening.yml"]
    assert evening.run(*TODAY, "check").code == 0
    again = evening.run(*TODAY, "capture", "evening", "notes.txt", "--yes")
    assert again.code == 0
    assert again.out.endswith("\nNothing to write.\n")
    assert "already there: ada-novak: I promised: Slides, by Fri 27 Nov 2026\n" in again.out


def test_wrong_lines_are_listed_with_their_places_and_nothing_is_written(evening):
    evening.write({"notes.txt": f"{ADA} met\nBob met\n{ADA} promised it by 3/4\n"})
    before = contents(evening)
    ran = evening.run(*TODAY, "capture", "evening", "notes.txt", "--yes")
    assert ran.code == 1
    assert ran.out == dedent(
        """\
        Evening, 2026-11-20:
           1  Ada Novák: met
        notes.txt:2:1: error: 'Bob met' is no code, name or id. A line begins with one. The line: Bob met [not-understood]
        notes.txt:3:1: error: '3/4' could be 3 Apr or 4 Mar; write the month as a word. The line: AND promised it by 3/4 [not-understood]
        content/people/ada-novak.yml
          log 2026-11-20, met
        content/events/evening.yml
          status: attended (it was considering)
        """
    ).replace("AND", ADA)
    assert ran.err == "Nothing was written. Mend the lines above, or leave them out: --skip-unknown\n"
    assert contents(evening) == before
    skipped = evening.run(*TODAY, "capture", "evening", "notes.txt", "--yes", "--skip-unknown")
    assert (skipped.code, "Wrote 2 files; " in skipped.out) == (0, True)
    assert b"kind: met" in evening.read("content/people/ada-novak.yml")


def typed(monkeypatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))


@pytest.mark.parametrize("file", [["-"], []])
def test_lines_come_from_standard_input_too(evening, monkeypatch, file):
    typed(monkeypatch, f"\ufeff{ADA} met\r\nBob\r\n".encode())
    ran = evening.run(*TODAY, "capture", "evening", *file)
    assert ran.code == 1
    assert "   1  Ada Novák: met\nstandard input:2:1: error: 'Bob' is no code" in ran.out


def test_json_tells_programs_and_writes_only_with_a_yes(evening):
    ran = evening.run(*TODAY, "capture", "evening", "notes.txt", "--json")
    found = json.loads(ran.out)
    assert (ran.code, found["event"], found["date"], found["written"]) == (0, "evening", "2026-11-20", False)
    assert found["lines"][1] == {
        "line": 4,
        "text": "N1 Nora Lind, Acme, likes tea",
        "kind": "new-person",
        "person": "nora-lind",
        "name": "Nora Lind",
        "organization": "Acme",
        "log": {"kind": "met", "what": "Likes tea"},
    }
    assert found["files"][0] == {
        "path": "content/people/nora-lind.yml",
        "new": True,
        "changes": ["name Nora Lind, Acme", "log 2026-11-20, met: Likes tea"],
    }
    assert "content/people/nora-lind.yml" not in evening.names()
    assert json.loads(evening.run(*TODAY, "capture", "evening", "notes.txt", "--json", "--yes").out)["written"] is True
    assert "content/people/nora-lind.yml" in evening.names()


def test_json_of_wrong_lines_exits_1_and_says_why(evening):
    evening.write({"notes.txt": "Bob met\n"})
    ran = evening.run(*TODAY, "capture", "evening", "notes.txt", "--json", "--yes")
    found = json.loads(ran.out)
    assert (ran.code, found["written"], found["files"]) == (1, False, [])
    assert found["lines"] == [
        {"line": 1, "text": "Bob met", "problems": ["'Bob met' is no code, name or id. A line begins with one."]}
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["venin"], "no event is called 'venin'. Did you mean 'evening'?"),
        (["evening", "nowhere.txt"], "nowhere.txt cannot be read: No such file or directory"),
        (["evening", "notes.txt", "--on", "blorgday"], "--on: 'blorgday' is not a day; write one such as 24 Nov"),
        (["evening", "notes.txt", "--on", "2026-12-01"], "--on: 2026-12-01 lies ahead; write down what has been"),
        (["summit", "notes.txt"], "Summit begins on 2027-05-01, which lies ahead. To write down what was said before it: --on DAY"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_exits_2_and_writes_nothing(evening, arguments, message):
    evening.write({"content/events/summit.yml": "title: Summit\nstarts: 2027-05-01\n"})
    before = contents(evening)
    ran = evening.run(*TODAY, "capture", *arguments)
    assert (ran.code, contents(evening)) == (2, before)
    assert message in ran.err


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"ada-novak met\n\xff\xfe\n", "notes.txt:2: this is not UTF-8; save it as UTF-8"),
        (b"x" * 1_000_001, "notes.txt has more than 1,000,000 bytes; these are no lines written by hand"),
    ],
)
def test_a_file_that_holds_no_lines_is_refused(evening, content, message):
    ran = evening.write({"notes.txt": content}).run(*TODAY, "capture", "evening", "notes.txt")
    assert (ran.code, ran.err) == (2, f"playbook: {message}\n")


def test_more_lines_than_anybody_reads_are_refused_at_once(evening):
    evening.write({"notes.txt": f"# a comment\n{ADA} met\n\n" * 501})
    ran = evening.run(*TODAY, "capture", "evening", "notes.txt", "--yes")
    assert (ran.code, ran.err) == (2, "playbook: notes.txt holds 501 lines; capture at most 500 at once, in parts\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ("capture", "n" * 300),
        ("capture", "evening", "n" * 300),
        ("print", "event", "evening", "--out", "n" * 300 + ".pdf"),
        ("print", "event", "evening", "--out", "n/" * 3000),
        ("script", "follow-up", "--to", "ada-novak", "--eml", "n" * 300),
        ("-C", "n" * 300, "check"),
    ],
)
def test_a_name_longer_than_a_file_can_have_is_said(evening, arguments):
    ran = evening.run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("playbook: 'n")
    assert ran.err.endswith("…' is too long for the name of a file\n")


def test_the_day_may_be_said_and_is_today_while_the_event_lasts(evening):
    evening.write({"notes.txt": f"{ADA} met\n", "content/events/evening.yml": EVENT + "    ends: 2026-11-26\n"})
    assert "Evening, 2026-11-24:" in evening.run(*TODAY, "capture", "evening", "notes.txt").out
    assert "Evening, 2026-11-23:" in evening.run(*TODAY, "capture", "evening", "notes.txt", "--on", "yesterday").out


def test_before_the_event_only_a_day_that_is_said_counts_and_nobody_was_there(evening):
    evening.write({"notes.txt": f"{ADA} wrote\n"})
    ran = evening.run("--today", "2026-11-19", "capture", "evening", "notes.txt", "--on", "2026-11-18", "--yes")
    assert ran.code == 0
    assert (
        evening.read("content/people/ada-novak.yml")
        == dedent(
            """\
        name: Ada Novák
        log:
          - date: 2026-11-18
            kind: wrote
            event: evening
        """
        ).encode()
    )
    assert b"status" not in evening.read("content/events/evening.yml")


def test_without_an_event_it_is_the_one_that_was_on(evening):
    assert "Evening, 2026-11-20:" in evening.run(*TODAY, "capture", "notes.txt").out
    evening.write({"content/events/morning.yml": "title: Morning\nstarts: 2026-11-19\n"})
    both = evening.run(*TODAY, "capture", "notes.txt")
    assert (both.code, both.out) == (2, "")
    assert "which event? Several were on in the last two weeks. The last ones: evening, morning" in both.err
    none = evening.run("--today", "2027-06-01", "capture", "notes.txt")
    assert "which event? None was on in the last two weeks. The last ones: evening, morning" in none.err


def test_a_file_saved_meanwhile_is_left_alone_and_so_are_the_others(evening, monkeypatch):
    from playbook.gestures import carrying

    before = contents(evening)
    held = carrying._held

    def saved(path):
        if path.name == "ada-novak.yml":
            path.write_bytes(b"name: Ada Nov\xc3\xa1k # saved\n")
        return held(path)

    monkeypatch.setattr(carrying, "_held", saved)
    ran = evening.run(*TODAY, "capture", "evening", "notes.txt", "--yes")
    assert ran.code == 2
    assert (
        ran.err == "playbook: content/people/ada-novak.yml was changed meanwhile; nothing was written, try it again\n"
    )
    assert contents(evening) == {**before, "content/people/ada-novak.yml": b"name: Ada Nov\xc3\xa1k # saved\n"}


def test_where_a_disk_fails_midway_everything_is_as_it_was(evening, monkeypatch):
    from playbook.gestures import carrying

    write = carrying.replace_file

    def full(path, content, before):
        if path.name == "evening.yml":
            raise OSError(errno.ENOSPC, "No space left on device")
        write(path, content, before)

    before = contents(evening)
    monkeypatch.setattr(carrying, "replace_file", full)
    ran = evening.run(*TODAY, "capture", "evening", "notes.txt", "--yes")
    assert (ran.code, ran.err) == (
        2,
        "playbook: content/events/evening.yml cannot be written: No space left on device; "
        "nothing was written, try it again\n",
    )
    assert contents(evening) == before


def test_undo_takes_back_the_capture_and_not_what_was_written_before_it(evening):
    assert evening.run(*TODAY, "touch", "ada-novak", "wrote, thanked her").code == 0
    before = contents(evening)
    assert evening.run(*TODAY, "capture", "evening", "notes.txt", "--yes").code == 0
    ran = evening.run("undo")
    assert (ran.code, ran.out.splitlines()[0]) == (0, "Taken back: captured at Evening")
    assert contents(evening) == before


def test_a_people_folder_that_is_a_link_is_not_followed(evening, tmp_path):
    (evening.path / "content" / "people").rename(tmp_path / "people")
    (evening.path / "content" / "people").symlink_to(tmp_path / "people")
    evening.write({"notes.txt": "N1 Nora Lind, Acme\n"})
    ran = evening.run(*TODAY, "capture", "evening", "notes.txt", "--yes")
    assert (ran.code, ran.err) == (
        2,
        "playbook: 'people' is a link; links are not followed; nothing was written\n",
    )
    assert [path.name for path in (tmp_path / "people").iterdir()] == ["ada-novak.yml"]


def test_an_id_of_a_file_that_cannot_be_read_goes_to_nobody(evening):
    evening.write({"content/people/nora-lind.yml": "name: [\n"})
    assert evening.run(*TODAY, "capture", "evening", "notes.txt", "--yes").code == 0
    assert evening.read("content/people/nora-lind.yml") == b"name: [\n"
    assert evening.read("content/people/nora-lind-2.yml").startswith(b"name: Nora Lind\n")


def test_the_help_shows_every_form_of_a_line(empty):
    help_text = empty.run("capture", "--help").out
    for words in (
        "promised slides by friday",
        "N1 First Last, Company",
        "skip because",
        "learned:",
        "(id wang-xiaoming)",
    ):
        assert words in help_text


# ---- on a terminal


def test_a_prompt_answers_each_line_and_asks_before_it_writes(evening):
    keys = f"{ADA} likes tea\nBob met\nN1 Nora Lind, Acme\n\ny\n"
    seen = plain(on_a_terminal(evening.path, *TODAY, "capture", "evening", typed=keys))
    assert "  Ada Novák: met. Likes tea\n" in seen
    assert "  ? 'Bob met' is no code, name or id. A line begins with one.\n  Type it again, or go on.\n" in seen
    assert "Write 3 files? [y/N]: " in seen
    assert seen.rstrip().endswith("playbook script follow-up --to nora-lind --event evening")
    assert b"what: Likes tea" in evening.read("content/people/ada-novak.yml")


def test_a_no_writes_nothing(evening):
    before = contents(evening)
    seen = plain(on_a_terminal(evening.path, *TODAY, "capture", "evening", typed=f"{ADA} likes tea\n\nn\n"))
    assert seen.endswith("Nothing was written.\n")
    assert contents(evening) == before


def test_wrong_lines_of_a_file_may_be_typed_again_or_left_out(evening):
    evening.write({"notes.txt": f"{ADA} promised tea by 3/4\nBob met\n"})
    keys = f"{ADA} promised tea by 4 dec\n\ny\n"
    seen = plain(on_a_terminal(evening.path, *TODAY, "capture", "evening", "notes.txt", typed=keys))
    assert (
        f"notes.txt:1: {ADA} promised tea by 3/4\n  ? '3/4' could be 3 Apr or 4 Mar; write the month as a word\n"
        in seen
    )
    assert "type it again, or nothing to leave it out> " in seen
    assert b"due: 2026-12-04" in evening.read("content/people/ada-novak.yml")


def test_ctrl_c_at_the_prompt_writes_nothing(evening, monkeypatch):
    before = contents(evening)
    answers = iter([f"{ADA} met"])

    def ask(prompt: str) -> str:
        try:
            return next(answers)
        except StopIteration:
            raise KeyboardInterrupt from None

    monkeypatch.setattr("builtins.input", ask)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    ran = evening.run(*TODAY, "capture", "evening")
    assert (ran.code, contents(evening)) == (130, before)


def test_yes_makes_no_sense_at_a_prompt(evening, monkeypatch):
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    ran = evening.run(*TODAY, "capture", "evening", "--yes")
    assert (ran.code, "--yes needs a FILE" in ran.err) == (2, True)


@pytest.mark.parametrize("taken", [None, "purpose: offer\n", ""])
def test_what_it_says_about_a_follow_up_makes_one(evening, taken):
    (evening.path / "content/outreach/follow-up.yml").unlink()
    if taken is not None:
        text = f"title: After\n{taken}body: Thank you, {{{{ person.calls }}}}.\n"
        evening.write({"content/outreach/follow-up.yml": text})
    said = evening.run(*TODAY, "capture", "evening", "notes.txt", "--yes").out.splitlines()[-1]
    make, script = re.fullmatch(r"To follow up, (.+); then: playbook (.+)", said).groups()
    if make.startswith("write "):
        name = make.rpartition(" ")[2]
        evening.write({name: evening.read(name).decode() + make.partition("write ")[2].partition(" into")[0] + "\n"})
    else:
        assert evening.run(*shlex.split(make.partition(": playbook ")[2])).code == 0
    told = evening.run(*TODAY, *shlex.split(script))
    assert (told.code, "Nora" in told.out or "Ada" in told.out) == (0, True), told.err
    assert "follow-up" in evening.run("list", "outreach", "--columns", "id,purpose").out


def test_the_kind_is_said_once_where_the_words_begin_with_it(evening):
    evening.write({"notes.txt": "N1 Nora Lindqvist, Acme, asked about rehearsals, send paper by friday\n"})
    said = evening.run(*TODAY, "capture", "evening", "notes.txt", "--yes").out
    assert "   1  Nora Lindqvist (new: people/nora-lindqvist, Acme): asked about rehearsals\n" in said
    assert "  log 2026-11-20, asked about rehearsals\n" in said
    assert b"kind: asked\n" in evening.read("content/people/nora-lindqvist.yml")
    assert "asked about tea" in evening.run(*TODAY, "touch", "ada-novak", "asked about tea").out.splitlines()[0]
