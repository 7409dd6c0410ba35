"""What lines change: whole files before and after, each word in its place, nothing twice, nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.capture import Desk, plan, understand
from playbook.capture.telling import as_data, follow_up_scripts, follow_ups_until, lines_of
from playbook.codes import code_of
from playbook.gestures.preparing import NotPrepared, prepare
from playbook.load import load_files
from playbook.source.document import Document
from playbook.source.reader import parse_document
from tests.effort import examples
from tests.support import source_files

TODAY = dt.date(2026, 11, 24)
EVENING = dt.date(2026, 11, 20)
ADA, LIN = code_of(("people", "ada-novak")), code_of(("people", "lin-wei"))
KIT, HOST = code_of(("item", "events/evening#Print the kit")), code_of(("item", "events/evening#host"))

BOOK = {
    "events/evening.yml": """
        title: Evening
        starts: 2026-11-20
        status: registered   # paid
        meet: [ada-novak, lin-wei]
        checklist:
          - Print the kit
          - {id: host, task: Thank the host}
    """,
    "people/ada-novak.yml": """
        # She is kind.
        name: Ada Novák
        log:
          - Wrote the first letter
        why: "Her talk"
    """,
    "people/lin-wei.yml": "name: Lin Wei\r\nknows: [ada-novak]\r\n",
    "organizations/northwind.yml": "name: Northwind\n",
    "outreach/after.yml": "title: After\npurpose: follow-up\nbody: Thank you, {{ person.calls }}.\n",
}


def after(text: str, files: Mapping[str, str | bytes] = BOOK, today: dt.date = TODAY, event: str = "evening"):
    """(the files that change, by path, as they shall be; the plan)."""
    found = source_files(files)
    book = load_files(found, today).playbook
    desk = Desk(book, book.events[event], min(today, EVENING), today)
    planned = plan(understand(list(enumerate(dedent(text).strip().splitlines(), 1)), desk), desk)
    prepared = prepare(planned.files, found, "content", lambda files: load_files(files, today))
    return {one.path.removeprefix("content/"): one.content.decode() for one in prepared}, planned


def written(text: str, files: Mapping[str, str | bytes] = BOOK) -> dict[str, str]:
    return after(text, files)[0]


def test_the_line_of_the_kit_becomes_a_log_entry_and_a_promise_and_nothing_else_changes():
    assert written(f"{ADA} met, wants the storage paper, promised slides by friday") == {
        "people/ada-novak.yml": dedent(
            """
            # She is kind.
            name: Ada Novák
            log:
              - Wrote the first letter
              - date: 2026-11-20
                channel: in-person
                kind: met
                what: Wants the storage paper
                event: evening
            why: "Her talk"
            promises:
              - what: Slides
                due: 2026-11-27
            """
        ).lstrip(),
        "events/evening.yml": dedent(BOOK["events/evening.yml"]).lstrip().replace("registered", "attended"),
    }


def test_line_ends_stay_and_a_promise_of_theirs_says_so():
    assert written(f"{LIN} they promised the numbers")["people/lin-wei.yml"] == (
        "name: Lin Wei\r\n"
        "knows: [ada-novak]\r\n"
        "promises:\r\n"
        "  - what: The numbers\r\n"
        "    by: them\r\n"
        "log:\r\n"
        "  - date: 2026-11-20\r\n"
        "    channel: in-person\r\n"
        "    kind: met\r\n"
        "    event: evening\r\n"
    )


def test_the_event_gets_ticks_learnings_and_follow_ups():
    lines = f"""
        todo write it up
        learned: Nobody asks about speed
        {KIT} done
        {HOST} skip because they left early
        {ADA} follow up: call her by friday
    """
    assert written(lines)["events/evening.yml"] == (
        dedent(
            """
            title: Evening
            starts: 2026-11-20
            status: attended   # paid
            meet: [ada-novak, lin-wei]
            checklist:
              - task: Print the kit
                done: 2026-11-20
              - {id: host, task: Thank the host, skipped: They left early}
            outcomes:
              learned:
                - Nobody asks about speed
              follow_ups:
                - what: Write it up
                - what: Call her
                  person: ada-novak
                  due: 2026-11-27
            """
        ).lstrip()
    )


def test_somebody_new_gets_a_file_of_their_own():
    found = written("N1 Nora Lindqvist, northwind, asked about rehearsals, send paper by friday")
    assert list(found) == ["people/nora-lindqvist.yml", "events/evening.yml"]
    assert found["people/nora-lindqvist.yml"] == (
        dedent(
            """
            name: Nora Lindqvist
            relations: [connection]
            positions:
              - organization: northwind
            met:
              date: 2026-11-20
              event: evening
            promises:
              - what: Send paper
                due: 2026-11-27
            log:
              - date: 2026-11-20
                channel: in-person
                kind: asked
                what: Asked about rehearsals
                event: evening
            """
        ).lstrip()
    )


def test_whom_the_event_names_without_a_file_is_linked_once_there_is_one_and_the_old_code_still_means_them():
    event = "title: Evening\nstarts: 2026-11-20\nstatus: attended\nmeet:\n  - name: Petra Vondráčková\n    why: Her talk\n  - ada-novak\n"
    files = {**BOOK, "events/evening.yml": event}
    code = code_of(("name", "Petra Vondráčková"))
    for line in (f"{code} met", "N1 Petra Vondrackova, met", "Petra Vondráčková met"):
        found = written(line, files)
        [person] = [path.partition("/")[2].removesuffix(".yml") for path in found if path.startswith("people/")]
        assert found["events/evening.yml"] == event.replace("Her talk\n", f"Her talk\n    person: {person}\n")
        again, planned = after(f"{code} met", {**files, **found})
        assert (again, planned.already) == ({}, (f"{person}: log 2026-11-20, met",))
        assert "events/evening.yml" not in written(f"{code} likes tea", {**files, **found})


def test_a_role_at_a_company_of_somebody_new_is_both():
    found, planned = after("N1 Bo Lind, HR partner at Northwind, likes tea")
    assert "positions:\n  - organization: northwind\n    title: HR partner\n" in found["people/bo-lind.yml"]
    assert planned.files[0].said[0] == "name Bo Lind, HR partner at northwind"
    found, _ = after("N1 Bo Lind, dinner at the port")
    assert "positions" not in found["people/bo-lind.yml"]
    assert "what: Dinner at the port\n" in found["people/bo-lind.yml"]


def test_what_is_done_already_is_told_with_the_day_that_is_there():
    event = BOOK["events/evening.yml"].replace("- Print the kit", "- {task: Print the kit, done: 2026-11-18}")
    _, planned = after(f"{KIT} done", {**BOOK, "events/evening.yml": event})
    assert planned.already == ("evening: Print the kit: done 2026-11-18",)


def test_a_log_with_the_newest_on_top_gets_the_new_entries_there_and_promises_go_to_the_end():
    ada = """
        name: Ada Novák
        promises:
          - Slides
        log:   # newest first

          # The year began so.
          - date: 2026-10-02
            what: Likes tea

          - {date: 2026-01-05, what: First letter}
    """
    found = written(
        f"{ADA} met, wants the paper, send paper\n{ADA} wrote, asked for more", {**BOOK, "people/ada-novak.yml": ada}
    )
    assert found["people/ada-novak.yml"] == (
        dedent(
            """
            name: Ada Novák
            promises:
              - Slides
              - what: Send paper
            log:   # newest first

              - date: 2026-11-20
                kind: wrote
                what: Asked for more
                event: evening
              - date: 2026-11-20
                channel: in-person
                kind: met
                what: Wants the paper
                event: evening
              # The year began so.
              - date: 2026-10-02
                what: Likes tea

              - {date: 2026-01-05, what: First letter}
            """
        ).lstrip()
    )


def test_a_log_of_one_entry_is_kept_as_the_others_are():
    newest_first = "name: Max\nlog: [{date: 2026-10-02}, {date: 2026-01-05}]\n"
    files = {**BOOK, "people/max-bauer.yml": newest_first}
    log = "log:\n  - date: 2026-11-20\n    channel: in-person\n    kind: met\n    event: evening\n  - Wrote the first letter\n"
    assert log in written(f"{ADA} met", files)["people/ada-novak.yml"]


@pytest.mark.parametrize(
    "what", ["yes: no", "#412 first", "- dash", "[x]", "{y}", "'quoted' \"twice\"", "@ada", "no", "12:30", "a" * 5000]
)
def test_words_that_mean_something_to_yaml_are_read_back_as_they_were_typed(what):
    content = written(f"{ADA} {what} x")["people/ada-novak.yml"]
    document, problems = parse_document("x.yml", content.encode())
    assert isinstance(document, Document)
    assert problems == ()
    said = document.value_at(("log", 1, "what"))
    assert isinstance(said, str)
    assert said.casefold() == f"{what} x".casefold()


def test_a_line_that_was_captured_before_is_not_written_again_a_week_later():
    lines = f"""
        {ADA} met, wants the storage paper, promised slides by friday
        {LIN} promised tea by friday
        {KIT} done
        learned: Nobody asks
        N1 Nora Lind, Acme, likes tea, todo write to her
    """
    first = written(lines)
    files = {**BOOK, **first}
    changed, planned = after(lines, files, TODAY + dt.timedelta(days=7))
    assert changed == {}
    assert planned.is_empty
    assert planned.already == (
        "ada-novak: log 2026-11-20, met: Wants the storage paper",
        "ada-novak: I promised: Slides, by Fri 4 Dec 2026",
        "lin-wei: I promised: Tea, by Fri 4 Dec 2026",
        "nora-lind: log 2026-11-20, met: Likes tea",
        "evening: Print the kit: done 2026-11-20",
        "evening: learned: Nobody asks",
        "evening: follow up with Nora Lind: Write to her",
    )


def test_the_same_line_twice_at_once_is_written_once():
    once, twice = (
        written(f"{ADA} met, likes tea, send tea"),
        written("\n".join([f"{ADA} met, likes tea, send tea"] * 2)),
    )
    assert once == twice


def test_a_promise_alone_tells_of_no_second_meeting():
    content = written(f"{ADA} met, likes tea\n{ADA} send tea")["people/ada-novak.yml"]
    assert (content.count("date: 2026-11-20"), content.count("what: Send tea")) == (1, 1)


@pytest.mark.parametrize(
    ("status", "says", "notes"),
    [
        ("considering", "attended", ()),
        ("attended", None, ()),
        ("skipped", None, ("the status of evening stays 'skipped'",)),
    ],
)
def test_whoever_met_somebody_was_there(status, says, notes):
    files = {**BOOK, "events/evening.yml": f"title: Evening\nstarts: 2026-11-20\nstatus: {status}\n"}
    changed, planned = after("ada-novak met", files)
    expected = None if says is None else f"title: Evening\nstarts: 2026-11-20\nstatus: {says}\n"
    assert changed.get("events/evening.yml") == expected
    assert planned.notes == notes


def test_a_note_alone_says_nothing_of_being_there():
    assert list(written(f"{ADA} note: likes tea")) == ["people/ada-novak.yml"]


def test_everybody_met_stands_there_with_the_script_that_fits():
    _, planned = after(f"{LIN} met\n{ADA} note: likes tea\nN1 Nora Lind, Acme, met")
    book = load_files(source_files(BOOK), TODAY).playbook
    desk = Desk(book, book.events["evening"], EVENING, TODAY)
    assert follow_up_scripts(planned, book, desk) == (
        ("lin-wei", "playbook script after --to lin-wei --event evening"),
        ("nora-lind", "playbook script after --to nora-lind --event evening"),
    )
    assert follow_ups_until(desk) == dt.date(2026, 11, 22)


def test_lines_read_as_they_were_understood():
    book = load_files(source_files(BOOK), TODAY).playbook
    desk = Desk(book, book.events["evening"], EVENING, TODAY)
    lines = understand(
        [
            (1, f"{ADA} met, likes tea, promised slides by friday, they promised tea, todo call"),
            (2, f"{KIT} done"),
            (3, "learned: Nobody asks"),
            (4, "N1 Nora Lind, Acme"),
            (5, "Bob met"),
        ],
        desk,
    )
    assert [lines_of(line) for line in lines] == [
        (
            "Ada Novák: met. Likes tea",
            "I promised: Slides, by Fri 27 Nov 2026",
            "they promised: Tea",
            "follow up: Call",
        ),
        ("Print the kit: done on Fri 20 Nov 2026",),
        ("learned: Nobody asks",),
        ("Nora Lind (new: people/nora-lind, Acme): met",),
        ("not understood", "'Bob met' is no code, name or id. A line begins with one."),
    ]
    assert as_data(lines[0]) == {
        "line": 1,
        "text": f"{ADA} met, likes tea, promised slides by friday, they promised tea, todo call",
        "kind": "person",
        "person": "ada-novak",
        "name": "Ada Novák",
        "log": {"kind": "met", "what": "Likes tea"},
        "promises": [{"what": "Slides", "by": "me", "due": "2026-11-27"}, {"what": "Tea", "by": "them", "due": ""}],
        "follow_ups": [{"what": "Call", "due": ""}],
    }


def test_what_would_bring_a_problem_is_not_prepared():
    files = source_files(BOOK)
    broken = [*files[:-1], *source_files({"people/zoe.yml": "nme: Zoe\n"})]
    book = load_files(files, TODAY).playbook
    desk = Desk(book, book.events["evening"], EVENING, TODAY)
    planned = plan(understand([(1, f"{ADA} met")], desk), desk)
    prepared = prepare(planned.files, broken, "content", lambda files: load_files(files, TODAY))
    assert len(prepared) == 2  # a problem that was there before is none of ours

    def load(files):
        loaded = load_files(files, TODAY)
        is_after = any(b"attended" in file.content for file in files)
        return load_files([*files, *source_files({"people/zoe.yml": "nme: Zoe\n"})], TODAY) if is_after else loaded

    with pytest.raises(NotPrepared, match=r"the playbook would have a problem: content/people/zoe\.yml:1:1: error"):
        prepare(planned.files, files, "content", load)


def test_an_empty_plan_prepares_nothing():
    assert prepare((), source_files(BOOK), "content", lambda files: load_files(files, TODAY)) == ()


starts = st.sampled_from(
    [ADA, LIN, KIT, HOST, "N1", "N2 Nora Lind,", "N3 王小明", "N4 (id x)", "Ada Novák", "learned:", "todo", "Bob", ""]
)
parts = st.sampled_from(
    ["met", "promised slides by friday", "send [[ada-novak]]", "[[x]]", "done", "skip because - no: #4", "Acme", "todo x",
     "they promised: y", "by blorgday", "note: @z", "'q' \"r\"", "\\", "yes", "|", ">", "%", "\u200d", "é\u0301"]
)  # fmt: skip
typed = st.one_of(
    st.tuples(starts, st.lists(parts | st.text(max_size=12), max_size=4).map(", ".join)).map(" ".join),
    st.text(max_size=40),
)


@settings(max_examples=examples(150), deadline=None)
@given(st.lists(typed, max_size=5))
def test_no_line_trips_it_and_whatever_is_written_keeps_the_playbook_whole(lines):
    found = source_files(BOOK)
    loaded = load_files(found, TODAY)
    desk = Desk(loaded.playbook, loaded.playbook.events["evening"], EVENING, TODAY)
    understood = understand(list(enumerate(lines, 1)), desk)
    for line in understood:
        assert (line.meaning is None) == bool(line.doubts)
        assert lines_of(line)
        assert as_data(line)["line"] == line.number
    planned = plan(understood, desk)
    prepared = prepare(planned.files, found, "content", lambda files: load_files(files, TODAY))
    changed = {one.path: one for one in prepared}
    assert all(one.content != one.before for one in prepared)
    rest = [file for file in found if file.path not in changed]
    again = [
        *rest,
        *source_files({path.removeprefix("content/"): one.content for path, one in changed.items()}),
    ]
    assert [problem for problem in load_files(again, TODAY).problems if problem.severity.fails] == []
    book = load_files(again, TODAY).playbook
    second = Desk(book, book.events["evening"], EVENING, TODAY)
    repeated = plan(understand([(line.number, line.text) for line in understood if line.meaning], second), second)
    assert repeated.files == ()
