"""What was done between two states of the files, and the message that says so."""

from __future__ import annotations

from textwrap import dedent

import pytest

from playbook.deeds import Deed, DeedKind, find_deeds, message_of
from tests.history.repo import checklist

STAFF = "goals/staff.yml"
ADA = "people/ada.yml"


def said(before: dict[str, str | bytes], after: dict[str, str | bytes], **how: object) -> list[str]:
    """The lines of the message of a commit between the two."""
    return message(before, after, **how).splitlines()


def message(before: dict[str, str | bytes], after: dict[str, str | bytes], **how: object) -> str:
    old, new = (
        {path: text if isinstance(text, bytes) else dedent(text).lstrip("\n").encode() for path, text in files.items()}
        for files in (before, after)
    )
    changed = {
        path: "added" if path not in old else "removed" if path not in new else "changed"
        for path in sorted(old.keys() | new.keys())
        if old.get(path) != new.get(path)
    }
    yaml = [
        {path: text for path, text in files.items() if path in changed and path.endswith(".yml")}
        for files in (old, new)
    ]
    return message_of(find_deeds(changed, *yaml), **how)  # type: ignore[arg-type]


DRAFT_ASK = checklist("Draft the packet", "Ask Grace")

ONE = {
    "done": (checklist("{task: Draft the packet, done: true}", "Ask Grace"), "Done: Draft the packet (staff 1/2)"),
    "skipped, which counts in neither": (
        checklist("Draft the packet", "{task: Ask Grace, skipped: She left}"),
        "Skipped: Ask Grace (staff 0/1)",
    ),
    "added": (checklist("Draft the packet", "Ask Grace", "Rest"), "Added: Rest (staff 0/3)"),
    "dropped": (checklist("Draft the packet"), "Dropped: Ask Grace (staff 0/1)"),
    "dropped, the last": (checklist(title="Be promoted").replace("checklist:\n", ""), None),
    "reworded": (
        checklist("Draft the promotion packet", "Ask Grace"),
        "Reworded: Draft the promotion packet (staff 0/2)",
    ),
    "reworded and done is done": (
        checklist("{task: Draft the promotion packet, done: 2026-01-02}", "Ask Grace"),
        "Done: Draft the promotion packet (staff 1/2)",
    ),
    "added and done is done": (
        checklist("Draft the packet", "Ask Grace", "{task: Rest, done: true}"),
        "Done: Rest (staff 1/3)",
    ),
    "nothing of a checklist": (f"{DRAFT_ASK}measure: The committee says yes\n", "Edited: goals/staff"),
    "put in another order": (checklist("Ask Grace", "Draft the packet"), "Edited: goals/staff"),
    "broken": ("title: x\nchecklist: [\n", "Edited: goals/staff"),
}


@pytest.mark.parametrize(
    ("after", "line"), [one for one in ONE.values() if one[1]], ids=[k for k, v in ONE.items() if v[1]]
)
def test_one_deed_is_the_whole_message(after, line):
    assert said({STAFF: DRAFT_ASK}, {STAFF: after}) == [line]


def test_what_is_no_longer_done_or_skipped_is_told():
    before = checklist("{task: Draft, done: true}", "{task: Ask, skipped: later}")
    assert said({STAFF: before}, {STAFF: checklist("Draft", "Ask")}) == [
        "1 taken up again, 1 undone (staff 0/2)",
        "",
        "Taken up again: Ask (staff 0/2)",
        "Undone: Draft (staff 0/2)",
    ]


def test_several_deeds_are_counted_and_listed():
    before = {STAFF: checklist("A walk", "A book", "A talk"), "goals/reach.yml": checklist("Write", title="Reach")}
    after = {
        STAFF: checklist("{task: A walk, done: true}", "{task: A book, done: true}", "A talk", "A paper"),
        "goals/reach.yml": checklist("{task: Write, done: true}", title="Reach"),
        "pages/about.md": "# About\n",
    }
    assert said(before, after) == [
        "3 done, 1 new file, 1 added",
        "",
        "Done: Write (reach 1/1)",
        "Done: A walk (staff 2/4)",
        "Done: A book (staff 2/4)",
        "New: pages/about.md",
        "Added: A paper (staff 2/4)",
    ]


def test_only_records_are_counted_as_such():
    after = {ADA: "name: Ada Lovelace", "people/bo.yml": "name: Bo", "journal/2026.yml": "[]", "inbox.txt": "A line\n"}
    assert said({}, after)[0] == "3 new records, 1 new file"


def test_what_belongs_together_is_said_with_its_goal():
    after = checklist("{task: Draft the packet, done: true}", "{task: Ask Grace, done: true}")
    assert said({STAFF: DRAFT_ASK}, {STAFF: after})[0] == "2 done (staff 2/2)"


def test_an_item_that_moves_says_from_where_to_where():
    before = {STAFF: DRAFT_ASK, "goals/reach.yml": checklist("Write", title="Reach")}
    after = {STAFF: checklist("Draft the packet"), "goals/reach.yml": checklist("Write", "Ask Grace", title="Reach")}
    assert said(before, after) == ["Moved: Ask Grace (goals/staff to reach 0/2)"]


def test_whom_one_was_in_touch_with_is_named_and_what_was_kept():
    before = (
        "name: Ada Lovelace\nlog: [{date: 2026-01-01, what: x}]\npromises: [Slides, {what: A book, by: them}, Ink]\n"
    )
    after = """
        name: Ada Lovelace
        log: [{date: 2026-01-01, what: x}, {date: 2026-01-02, what: y}, {date: 2026-01-03, what: z}]
        promises: [{what: Slides, kept: 2026-01-02}, {what: A book, by: them, kept: true}, {what: Ink, kept: no}]
        """
    assert said({ADA: before}, {ADA: after}) == [
        "2 promises kept, 1 contact logged",
        "",
        "Kept: Slides (Ada Lovelace)",
        "Kept: A book (by Ada Lovelace)",
        "Logged: Ada Lovelace (2 entries)",
    ]


def test_a_log_that_is_only_mended_is_no_contact():
    before = "name: Ada Lovelace\nlog: [{date: 2026-01-01, what: x}]\n"
    assert said({ADA: before}, {ADA: before.replace("what: x", "what: y")}) == ["Edited: people/ada"]


def test_one_contact_is_the_whole_message():
    before = "name: Radia Perlman\n"
    assert said({ADA: before}, {ADA: f"{before}log: [{{date: 2026-01-01, what: x}}]\n"}) == ["Logged: Radia Perlman"]


def test_the_same_promise_twice_is_counted_twice():
    before = "name: Ada\npromises: [{what: Ink, kept: 2026-01-01}, Ink]\n"
    assert said({ADA: before}, {ADA: before.replace(", Ink]", ", {what: Ink, kept: 2026-02-01}]")}) == [
        "Kept: Ink (Ada)"
    ]


def test_new_records_are_told_with_what_they_bring():
    after = {STAFF: checklist("{task: Draft, done: true}", "Ask"), ADA: "name: Ada Lovelace\nlog: [{what: x}]\n"}
    assert said({}, after) == [
        "2 new records",
        "",
        "New: goal Be promoted (staff 1/2)",
        "New: person Ada Lovelace (ada)",
    ]


def test_a_record_that_goes_is_told_once_and_not_item_by_item():
    assert said({STAFF: DRAFT_ASK}, {}) == ["Removed: goal Be promoted (staff)"]


@pytest.mark.parametrize("after", [DRAFT_ASK, f"{DRAFT_ASK}measure: Yes\n"])
def test_a_file_that_gets_another_name_is_neither_new_nor_gone(after):
    assert said({STAFF: DRAFT_ASK}, {"goals/promotion.yml": after}) == ["Renamed: goals/staff to goals/promotion"]


def test_another_id_and_another_name_at_once_are_one_record_still():
    old = "name: Grace\ncircle: inner\nwhy: She listens\n"
    new = old.replace("Grace", "Grace Hopper")
    grace, hopper = "people/grace.yml", "people/grace-hopper.yml"
    assert said({grace: old}, {hopper: new}) == ["Renamed: people/grace to people/grace-hopper"]
    # A circle alone is what many people share.
    bo = said({grace: "name: Grace\ncircle: inner\n"}, {"people/bo.yml": "name: Bo\ncircle: inner\n"})
    assert bo[2:] == ["New: person Bo (bo)", "Removed: person Grace (grace)"]
    assert said({grace: old}, {grace: old.replace("Grace", "Grace Hopper")}) == [
        "Renamed: Grace to Grace Hopper (grace)"
    ]


@pytest.mark.parametrize(
    ("then", "now", "line"),
    [
        ("[]", "[{organization: northwind, title: Lead}]", "Moved: Carla (to northwind)"),
        ("[{organization: a}]", "[{organization: a, to: 2026-11-30}, {organization: b}]", "Moved: Carla (to b)"),
        ("[{organization: a}]", "[{organization: a, to: 2026-11-30}]", "Moved: Carla (left a)"),
        ("[{organization: a}]", "[{organization: a, title: Lead}]", "Edited: people/carla"),
    ],
)
def test_who_moved_is_told_with_where_to(then, now, line):
    carla = "people/carla.yml"
    assert message({carla: f"name: Carla\npositions: {then}\n"}, {carla: f"name: Carla\npositions: {now}\n"}) == line


def test_what_is_noted_in_the_journal_is_told():
    before = "- {date: 2026-01-01, title: One}\n"
    assert said(
        {"journal/2026.yml": before}, {"journal/2026.yml": f"{before}- {{date: 2026-01-02, title: Two}}\n"}
    ) == ["Noted: Two"]
    assert said({}, {"journal/2026.yml": before})[0] == "1 journal entry, 1 new record"


def test_the_first_commit_of_all_counts_what_there_is():
    after = {
        STAFF: DRAFT_ASK,
        ADA: "name: Ada\n",
        "people/grace.yml": "name: Grace\n",
        "me.yml": "name: Mara\n",
        "pages/about.md": "# About\n",
        "outreach/hello.yml": "title: Hello\nbody: Hello\n",
    }
    assert said({}, after, is_first=True) == ["Begin: 1 goal, 2 people, 1 outreach template"]
    assert said({}, {"pages/about.md": "# About\n"}, is_first=True) == ["Begin the playbook"]


def test_a_first_line_of_the_person_s_own_stands_above_what_was_done():
    after = checklist("{task: Draft the packet, done: true}", "Ask Grace")
    assert said({STAFF: DRAFT_ASK}, {STAFF: after}, subject="A good week") == [
        "A good week",
        "",
        "Done: Draft the packet (staff 1/2)",
    ]


def test_nothing_done_has_no_message():
    assert message({STAFF: DRAFT_ASK}, {STAFF: DRAFT_ASK}) == ""


def test_a_line_is_never_too_long_and_never_loses_its_tally():
    text = "Write the story of the migration " * 5
    (line,) = said({STAFF: checklist(text)}, {STAFF: checklist(f"{{task: {text}, done: true}}")})
    assert (len(line), line.endswith("… (staff 1/1)")) == (72, True)


def test_no_text_can_begin_another_line_or_speak_to_a_terminal():
    task = r'"Draft\nSigned-off-by: x\e[31m\u2028#"'
    lines = said({STAFF: checklist(f"task: {task}")}, {STAFF: checklist(f"{{task: {task}, done: true}}")})
    assert len(lines) == 1
    assert lines[0].isprintable()


def test_very_many_deeds_are_cut_with_a_word():
    deeds = [Deed(DeedKind.DONE, f"Task {number}", "staff 100/100") for number in range(100)]
    lines = message_of(deeds).splitlines()
    assert (lines[0], lines[-1], len(lines)) == ("100 done (staff 100/100)", "and 40 more", 63)


def test_very_many_kinds_are_summed_up_in_one_line():
    deeds = [Deed(kind, f"{kind}") for kind in DeedKind]
    subject = message_of(deeds).splitlines()[0]
    assert subject == "1 done, 1 promise kept, 1 contact logged, 1 journal entry, 10 more"


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"title: [\n", b"- x\n", b"\0", b"checklist: 3\ntitle: x\n"])
def test_whatever_a_file_holds_it_is_told_in_a_line(content):
    assert said({STAFF: DRAFT_ASK}, {STAFF: content})[0]
    assert said({STAFF: content}, {STAFF: DRAFT_ASK})[0]
    assert said({}, {STAFF: content})[0]
