"""`playbook inbox`: shows, writes on yes, takes the lines away, and gives everything back."""

from __future__ import annotations

import json

from tests.cli.terminals import on_a_terminal, plain

ADA = "name: Ada Novak\n# a remark\nlog: []\n"


def test_lines_are_written_and_taken_away_and_both_can_be_taken_back(empty):
    inbox, ada = empty.path / "content" / "inbox.txt", empty.path / "content" / "people" / "ada.yml"
    ada.parent.mkdir(exist_ok=True)
    ada.write_text(ADA)
    inbox.write_bytes(b"# mine\nAda: called\nsomething odd\n")
    shown = empty.run("inbox", "--today", "2026-11-24")
    assert shown.code == 0
    assert "people/ada.yml: log 2026-11-24, called" in shown.out
    assert "Nothing was written. To write it: --yes" in shown.out
    assert inbox.read_bytes() == b"# mine\nAda: called\nsomething odd\n"
    written = empty.run("inbox", "--yes", "--today", "2026-11-24")
    assert "1 line stays in the inbox." in written.out
    assert inbox.read_bytes() == b"# mine\nsomething odd\n"
    assert ada.read_text() == "name: Ada Novak\n# a remark\nlog:\n  - date: 2026-11-24\n    kind: called\n"
    back = empty.run("undo")
    assert back.out.startswith("Taken back: inbox: 1 line\n")
    assert (inbox.read_bytes(), ada.read_text()) == (b"# mine\nAda: called\nsomething odd\n", ADA)


def test_lines_are_chosen_by_their_numbers(empty):
    empty.write({"content/people/ada.yml": ADA})
    lines = ["learned One", "odd", "Ada: called", "met Bo Lind", "odd too", "learned Two"]
    for typed, left in (
        ("1,3-4", "odd\nodd too\nlearned Two\n"),
        ("9\n2\n1, x\n6", "learned One\nodd\nAda: called\nmet Bo Lind\nodd too\n"),
        ("y", "odd\nodd too\n"),
        ("", "".join(f"{line}\n" for line in lines)),
    ):
        empty.write({"content/inbox.txt": "".join(f"{line}\n" for line in lines)})
        seen = plain(on_a_terminal(empty.path, "inbox", "--today", "2026-11-24", typed=f"{typed}\n"))
        assert "Write 4 lines? [y/N, or some: 1,3-4]: " in seen
        assert seen.count("A line begins with a name") == 1
        assert empty.read("content/inbox.txt").decode() == left
        if typed:
            assert empty.run("undo").code == 0
    empty.write({"content/inbox.txt": "learned One\n"})
    assert "Write 1 line? [y/N]: " in plain(on_a_terminal(empty.path, "inbox", typed="n\n"))


def test_every_line_for_a_journal_that_is_new_this_year_is_in_it(empty):
    inbox = empty.path / "content" / "inbox.txt"
    inbox.write_text("learned One\nachieved Two\nyesterday: learned Three\n")
    assert empty.run("inbox", "--yes", "--today", "2027-01-02").code == 0
    assert inbox.read_bytes() == b""
    assert empty.read("content/journal/2027.yml").decode() == (
        "- date: 2027-01-02\n  kind: learning\n  title: One\n"
        "- date: 2027-01-02\n  kind: achievement\n  title: Two\n"
        "- date: 2027-01-01\n  kind: learning\n  title: Three\n"
    )


def test_a_line_that_is_there_twice_is_written_once(empty):
    lines = ("Ada: called, promised slides", "learned One", "todo staff: Ask two")
    for journal in ("", "- {date: 2026-10-01, title: Zero}\n"):
        empty.write({"content/people/ada.yml": ADA, "content/goals/staff.yml": "title: Staff\n"})
        if journal:
            empty.write({"content/journal/2026.yml": journal})
        written = []
        for text in ("\n".join(lines), "\n".join(lines * 2)):
            empty.write({"content/inbox.txt": text})
            assert empty.run("inbox", "--yes", "--today", "2026-11-24").code == 0
            written.append(
                [empty.read(f"content/{name}.yml") for name in ("people/ada", "goals/staff", "journal/2026")]
            )
            assert empty.run("undo").code == 0
        assert written[0] == written[1]


def test_what_would_make_a_file_anew_that_cannot_be_read_says_so(empty):
    empty.write({"content/journal/2026.yml": "- date: [\n", "content/inbox.txt": "learned One\n"})
    for arguments in (("inbox", "--yes"), ("achieve", "Two")):
        ran = empty.run(*arguments, "--today", "2026-11-24")
        assert (ran.code, ran.err) == (
            2, "playbook: content/journal/2026.yml cannot be read; see: playbook check; nothing was written\n"
        )  # fmt: skip
    assert empty.read("content/inbox.txt") == b"learned One\n"


def test_a_thought_is_put_at_the_end(empty):
    inbox = empty.path / "content" / "inbox.txt"
    assert empty.run("inbox", "Ada:", "called").code == 0
    inbox.write_bytes(b"no end of line")
    assert empty.run("inbox", "second").out == "Put into content/inbox.txt.\n"
    assert inbox.read_bytes() == b"no end of line\nsecond\n"
    assert empty.run("check").code == 0


def test_a_program_gets_every_line_with_its_doubt(empty):
    (empty.path / "content" / "inbox.txt").write_text("something odd\n")
    ran = empty.run("inbox", "--json")
    assert ran.code == 1
    [found] = json.loads(ran.out)
    assert (found["line"], found["text"], found["understood"], found["written"]) == (1, "something odd", None, False)


def test_an_empty_inbox_says_how_to_fill_it(empty):
    ran = empty.run("inbox")
    assert (ran.code, ran.out) == (0, "The inbox is empty. One line per thought goes into content/inbox.txt.\n")


def test_what_is_no_utf8_is_told_with_its_line(empty):
    (empty.path / "content" / "inbox.txt").write_bytes(b"one\nz\xfcrich\n")
    ran = empty.run("inbox")
    assert (ran.code, ran.err) == (2, "playbook: inbox.txt:2 is not UTF-8; save it as UTF-8\n")


def test_a_link_is_not_followed(empty, tmp_path):
    (tmp_path / "elsewhere").write_text("Ada: called\n")
    (empty.path / "content" / "inbox.txt").symlink_to(tmp_path / "elsewhere")
    assert empty.run("inbox", "one more").code == 2
    assert (tmp_path / "elsewhere").read_text() == "Ada: called\n"
