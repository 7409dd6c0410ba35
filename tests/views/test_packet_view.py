"""A goal's packet: what counts as evidence, what may not leave the playbook, and what one page for a sponsor keeps."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from playbook.audience import restrict
from playbook.render.printing.as_markdown import to_markdown
from playbook.views.packet import (
    CaseView,
    PacketView,
    ProofView,
    QuoteView,
    UnquotedView,
    VoucherView,
    has_packet,
    packet_link,
    packet_view,
)
from playbook.views.packet_sheet import Reader, packet_sheet
from playbook.views.printouts import PrintoutView
from playbook.views.scene import Linked, Scene, Source
from playbook.views.sheet import Bullets, Evidence, Quote, Row, Rows, Section, Sheet, Shown, Text
from playbook.views.words import DayView, day_view
from tests.support import book

TODAY = dt.date(2026, 11, 21)
ADA = Linked("Ada", "page:people/ada.md")
BO = Linked("Bo", "page:people/bo.md")

PRINTOUTS = (
    PrintoutView("One page for a sponsor", "playbook print packet staff --for sponsor"),
    PrintoutView("All of it for a committee", "playbook print packet staff --for committee"),
    PrintoutView("As Markdown, to paste elsewhere", "playbook print packet staff --markdown"),
)
EMPTY = PacketView(
    id="staff",
    goal=Linked("Staff", "page:goals/staff.md"),
    name="",
    role="",
    statement="",
    why="",
    measure="",
    due=None,
    missing=(),
    cases=(),
    others=(),
    quotes=(),
    vouchers=(),
    unquoted=(),
    printouts=PRINTOUTS,
    is_mine=True,
    source=Source("content/goals/staff.yml", 2),
)
CASE = CaseView(
    anchor="case-1", text="Across teams", expected="", proofs=(), quotes=(), planned=(), unshown=(), vouch=(), name="staff/scope"
)  # fmt: skip
GOAL = "title: Staff\ncriteria: [{id: scope, text: Across teams}]"
PEOPLE = {"people/ada.yml": "name: Ada", "people/bo.yml": "name: Bo"}


def on(text: str) -> DayView:
    return day_view(dt.date.fromisoformat(text), TODAY)


def scene(files: dict[str, str], audience: str = "me") -> Scene:
    loaded = book(files)
    assert not loaded.has_errors, [str(problem) for problem in loaded.problems]
    return Scene(restrict(loaded.playbook, audience), TODAY, is_mine=audience == "me")


def packet(files: dict[str, str], audience: str = "me") -> PacketView:
    found = scene(files, audience)
    return packet_view(found, found.playbook.goals["staff"])


def sheet(files: dict[str, str], reader: Reader = Reader.COMMITTEE) -> Sheet:
    found = scene(files)
    return packet_sheet(found, found.playbook.goals["staff"], reader)


def journal(*lines: str) -> dict[str, str]:
    return {"goals/staff.yml": GOAL, "journal/2026.yml": "".join(f"- {{{line}}}\n" for line in lines), **PEOPLE}


def shipped(title: str, place: str, day: str, **fields: object) -> ProofView:
    proof = ProofView(Linked(title, f"page:journal/2026.md#{place}"), on(day), "", "", None, ())
    return replace(proof, **fields)  # type: ignore[arg-type]


def test_a_goal_without_criteria_has_no_packet() -> None:
    found = scene({"goals/staff.yml": "title: Staff", "goals/mentor.yml": "title: Mentor\ncriteria: [Kind]"}).playbook
    assert [has_packet(goal) for goal in found.goals.values()] == [True, False]
    assert packet_link(found.goals["mentor"]) == Linked("Packet", "page:packets/mentor.md")
    assert packet_link(found.goals["staff"]) is None


def test_a_criterion_that_nothing_shows_stands_first_and_one_without_an_id_cannot_be_shown() -> None:
    files = {
        "goals/staff.yml": "title: Staff\ncriteria: [Liked, {id: scope, text: Across teams, expected: Two projects}]",
        "journal/2026.yml": "- {date: 2026-10-01, title: Shipped, criteria: [staff/scope]}\n",
    }
    found = packet(files)
    assert found == replace(
        EMPTY,
        missing=(replace(CASE, text="Liked", name=""),),
        cases=(
            replace(
                CASE,
                anchor="case-2",
                expected="Two projects",
                proofs=(shipped("Shipped", "2026-10-01-1", "2026-10-01"),),
            ),
        ),
    )
    assert (found.tally, found.unshown) == ("1 of 2 criteria", ())


def test_a_packet_says_whose_it_is_today() -> None:
    files = {
        "goals/staff.yml": GOAL + "\nwhy: More weight\nmeasure: They say yes\ndue: 2027-04-15\npitch: I want to",
        "me.yml": """
            name: Mara
            statement: I work toward it
            positions:
              - {organization: guild, title: Architect, from: 2027-01-01}
              - {organization: Kontor, title: Engineer, to: 2022-01-31}
              - {organization: guild, title: Senior, from: 2022-02-01}
            """,
        "organizations/guild.yml": "name: Guild",
    }
    assert packet(files) == replace(
        EMPTY,
        name="Mara",
        role="Senior, Guild",
        statement="I want to",
        why="More weight",
        measure="They say yes",
        due=on("2027-04-15"),
        missing=(CASE,),
    )
    without_pitch = files | {"goals/staff.yml": GOAL, "me.yml": "name: Mara\nstatement: I work toward it"}
    assert packet(without_pitch) == replace(EMPTY, name="Mara", statement="I work toward it", missing=(CASE,))


def test_an_entry_shows_the_criterion_it_names_whatever_goal_it_counts_toward() -> None:
    files = journal(
        "date: 2026-10-01, title: Talked, goals: [talk], criteria: [staff/scope, talk/heard], people: [bo, ada]",
        "date: 2026-10-02, title: Elsewhere, goals: [talk], criteria: [talk/heard], people: [ada]",
        "date: 2026-10-03, kind: learning, title: Learned, text: More of it, impact: Faster, url: 'https://example.org/l', criteria: [staff/scope]",
        "date: 2026-10-04, text: 'One line', evidence: Dashboard, criteria: [staff/scope]",
    ) | {"goals/talk.yml": "title: Talk\ncriteria: [{id: heard, text: Heard}]"}
    found = packet(files)
    assert found == replace(
        EMPTY,
        cases=(
            replace(
                CASE,
                proofs=(
                    shipped("One line", "2026-10-04-4", "2026-10-04", proof=Linked("Dashboard")),
                    shipped(
                        "Learned", "2026-10-03-3", "2026-10-03", text="More of it", impact="Faster",
                        proof=Linked("https://example.org/l", "https://example.org/l"),
                    ),
                    shipped("Talked", "2026-10-01-1", "2026-10-01", people=(BO, ADA)),
                ),
                vouch=(BO, ADA),
            ),
        ),
        vouchers=(VoucherView(ADA, ("Talked",), said_so=False), VoucherView(BO, ("Talked",), said_so=False)),
    )  # fmt: skip


def test_what_counts_toward_the_goal_alone_stands_at_the_end_but_for_what_was_read_or_thought() -> None:
    found = packet(
        journal(
            "date: 2026-10-01, title: Achieved, goals: [staff]",
            "date: 2026-10-02, kind: contribution, title: Gave, goals: [staff], impact: Fewer calls",
            "date: 2026-10-03, kind: reading, title: Read, goals: [staff], people: [ada]",
            "date: 2026-10-04, kind: learning, title: Learned, goals: [staff]",
            "date: 2026-10-05, kind: review, title: Reviewed, goals: [staff]",
        )
    )
    gave = shipped("Gave", "2026-10-02-2", "2026-10-02", impact="Fewer calls")
    assert found == replace(EMPTY, missing=(CASE,), others=(gave, shipped("Achieved", "2026-10-01-1", "2026-10-01")))


def test_what_has_not_happened_yet_shows_nothing() -> None:
    files = journal(
        "date: 2026-11-22, title: Tomorrow, goals: [staff], criteria: [staff/scope], people: [ada]",
        "date: 2026-11-22, kind: praise, from: ada, said: Great, may_quote: true, goals: [staff]",
        "date: 2026-11-22, kind: praise, from: ada, said: Great, goals: [staff]",
    )
    files["goals/staff.yml"] += "\nchecklist: [{task: a, done: 2026-11-22, evidence: b, criteria: [scope]}]"
    assert packet(files) == replace(EMPTY, missing=(CASE,))
    today = journal("date: 2026-11-21, title: Today, criteria: [staff/scope]")
    assert packet(today).cases == (replace(CASE, proofs=(shipped("Today", "2026-11-21-1", "2026-11-21"),)),)


# ---- checklist items


def item(title: str, anchor: str, day: str = "", *, proof: Linked | None) -> ProofView:
    return ProofView(Linked(title, f"page:{anchor}"), on(day) if day else None, "", "", proof, ())


def test_done_items_with_evidence_are_evidence_wherever_they_stand_and_open_ones_are_plans() -> None:
    files = {
        "goals/staff.yml": """
            title: Staff
            due: 2027-04-15
            criteria: [{id: scope, text: Across teams}]
            checklist:
              - {task: Ticked, done: true, evidence: 'https://example.org/t', criteria: [scope]}
              - {id: dated, task: Dated, done: 2026-10-02, evidence: Notes, criteria: [staff/scope, scope]}
              - {task: Bare, done: 2026-10-03, criteria: [scope]}
              - {task: Open, due: T-5, evidence: draft.md, criteria: [scope]}
              - {task: Skipped, skipped: No need, evidence: draft.md, criteria: [scope]}
              - {task: Other, done: 2026-10-04, evidence: Notes}
            """,
        "events/camp.yml": """
            title: Camp
            starts: 2026-10-05
            checklist:
              - {task: Spoke, done: 2026-10-05, evidence: Slides, criteria: [staff/scope]}
              - {task: Write it up, criteria: [staff/scope]}
            """,
        "journal/2026.yml": "- {date: 2026-10-03, title: Shipped, criteria: [staff/scope]}\n",
    }
    bare = Linked("Bare", "page:goals/staff.md#item-3")
    found = packet(files)
    assert found.cases == (
        replace(
            CASE,
            proofs=(
                item("Spoke", "events/camp.md#item-1", "2026-10-05", proof=Linked("Slides")),
                shipped("Shipped", "2026-10-03-1", "2026-10-03"),
                item("Dated", "goals/staff.md#item_dated", "2026-10-02", proof=Linked("Notes")),
                item("Ticked", "goals/staff.md#item-1", proof=Linked("https://example.org/t", "https://example.org/t")),
            ),
            planned=(
                Linked("Open", "page:goals/staff.md#item-4", "by 10 Apr 2027"),
                Linked("Write it up", "page:events/camp.md#item-2"),
            ),
            unshown=(bare,),
        ),
    )
    assert found.unshown == (bare,)
    assert sheet(files).notes == ("1 done item left out: no evidence written yet.",)


def test_a_criterion_that_only_an_item_shows_is_shown_and_only_a_bare_one_is_not() -> None:
    goal = GOAL + "\nchecklist: [{task: Drafted, done: 2026-10-01, criteria: [scope]%s}]"
    assert packet({"goals/staff.yml": goal % ", evidence: draft.md"}).cases == (
        replace(CASE, proofs=(item("Drafted", "goals/staff.md#item-1", "2026-10-01", proof=Linked("draft.md")),)),
    )
    assert packet({"goals/staff.yml": goal % ""}).missing == (
        replace(CASE, unshown=(Linked("Drafted", "page:goals/staff.md#item-1"),)),
    )


@pytest.mark.parametrize("where", ["url", "evidence"])
def test_an_item_whose_evidence_the_journal_shows_is_not_shown_twice(where: str) -> None:
    files = journal(f"date: 2026-10-01, title: Shipped, criteria: [staff/scope], {where}: 'https://example.org/s'")
    files["goals/staff.yml"] += (
        "\nchecklist: [{task: Ship, done: true, evidence: 'https://example.org/s', criteria: [scope]}]"
    )
    link = Linked("https://example.org/s", "https://example.org/s")
    assert packet(files).cases == (
        replace(CASE, proofs=(shipped("Shipped", "2026-10-01-1", "2026-10-01", proof=link),)),
    )


# ---- words of others

UNSAID = "Between us: the best report"
PRAISE = journal(
    "date: 2026-10-01, kind: praise, from: ada, said: Clear as day, may_quote: true, criteria: [staff/scope]",
    "date: 2026-10-02, kind: praise, from: Cy, said: Well led, may_quote: true, goals: [staff]",
    f"date: 2026-10-03, kind: praise, from: bo, title: '{UNSAID}', said: '{UNSAID}', text: '{UNSAID}', impact: '{UNSAID}', goals: [staff], criteria: [staff/scope]",
    f"date: 2026-10-04, kind: praise, title: '{UNSAID}', said: '{UNSAID}', goals: [staff]",
    "date: 2026-10-05, kind: praise, from: bo, title: Nothing said, may_quote: true, goals: [staff]",
)


def test_only_what_may_be_quoted_is_quoted_and_the_rest_is_nowhere_but_in_a_list_of_whom_to_ask() -> None:
    found = packet(PRAISE)
    clear = QuoteView("Clear as day", ADA, on("2026-10-01"))
    assert found == replace(
        EMPTY,
        cases=(replace(CASE, quotes=(clear,), vouch=(ADA,)),),
        quotes=(QuoteView("Well led", Linked("Cy"), on("2026-10-02")),),
        vouchers=(
            VoucherView(ADA, ("their own words",), said_so=True),
            VoucherView(Linked("Cy"), ("their own words",), said_so=True),
        ),
        unquoted=(
            UnquotedView(Linked("somebody"), Linked("4 Oct 2026", "page:journal/2026.md#2026-10-04-4")),
            UnquotedView(BO, Linked("3 Oct 2026", "page:journal/2026.md#2026-10-03-3")),
        ),
    )
    for reader in Reader:
        printed = sheet(PRAISE, reader)
        assert printed.notes == ("2 pieces of praise left out: not said yet that it may be quoted (may_quote).",)
        text = repr(replace(printed, notes=())) + to_markdown(printed, "")
        assert [word for word in (UNSAID, "Bo", "may_quote") if word in text] == []
        assert "Clear as day" in text
        assert "Well led" in text


def test_another_reader_is_not_told_how_much_may_not_be_quoted_nor_how_to_print() -> None:
    public = {path: text.replace("kind: praise", "kind: praise, visibility: public") for path, text in PRAISE.items()}
    public["goals/staff.yml"] += "\nvisibility: public"
    public["people/ada.yml"] += "\nvisibility: public\nrelations: [mentor]"
    public["people/bo.yml"] += "\nvisibility: public\nconsent: true"
    mentor = Linked("a mentor")
    found = packet(public, "public")
    assert found == replace(
        EMPTY,
        cases=(replace(CASE, quotes=(QuoteView("Clear as day", mentor, on("2026-10-01")),), vouch=(mentor,)),),
        quotes=(QuoteView("Well led", Linked("Cy"), on("2026-10-02")),),
        vouchers=(
            VoucherView(mentor, ("their own words",), said_so=True),
            VoucherView(Linked("Cy"), ("their own words",), said_so=True),
        ),
        printouts=(),
        is_mine=False,
        source=None,
    )


def test_those_with_most_to_say_come_first_each_with_three_things_at_most() -> None:
    found = packet(
        journal(
            "date: 2026-10-01, title: One, goals: [staff], people: [bo]",
            "date: 2026-10-02, title: Two, goals: [staff], people: [bo, ada]",
            "date: 2026-10-03, title: Three, goals: [staff], people: [bo]",
            "date: 2026-10-04, title: Four, criteria: [staff/scope], people: [bo]",
            "date: 2026-10-05, kind: praise, from: Zoe, said: Fine, may_quote: true, goals: [staff], people: [ada]",
            "date: 2026-10-06, text: Untitled, goals: [staff], people: [cy]",
        )
        | {"people/cy.yml": "name: Cy"}
    )
    assert found.vouchers == (
        VoucherView(BO, ("Four", "Three", "Two"), said_so=False),
        VoucherView(ADA, ("Two",), said_so=False),
        VoucherView(Linked("Cy", "page:people/cy.md"), (), said_so=False),
        VoucherView(Linked("Zoe"), ("their own words",), said_so=True),
    )


# ---- on paper

CASES = {
    "me.yml": "name: Mara\nheadline: An engineer",
    "goals/staff.yml": """
        title: Staff
        why: More weight
        measure: They say yes
        due: 2027-04-15
        pitch: I want to
        criteria:
          - {id: scope, text: Across teams, expected: Two projects}
          - {id: depth, text: Deep*, expected: A subject}
          - {id: heard, text: Heard}
        checklist:
          - {task: Write _it_ down, due: 2026-12-01, criteria: [depth]}
          - {task: Measured, done: true, evidence: Dashboard, criteria: [scope]}
        """,
    "journal/2026.yml": """
        - {date: 2026-10-01, title: First, impact: Faster, criteria: [staff/scope], people: [ada]}
        - {date: 2026-10-02, title: Second, impact: Cheaper, criteria: [staff/scope], url: "https://example.org/s"}
        - {date: 2026-10-03, title: Third, text: More, criteria: [staff/scope]}
        - {date: 2026-10-04, title: Fourth, impact: Calmer, criteria: [staff/scope]}
        - {date: 2026-10-05, kind: praise, from: bo, said: Clear, may_quote: true, criteria: [staff/heard]}
        - {date: 2026-10-06, title: Also, impact: Kinder, goals: [staff]}
        - {date: 2026-10-07, kind: praise, from: ada, said: Quick, may_quote: true, criteria: [staff/scope]}
        """,
    **PEOPLE,
}  # fmt: skip
QUOTE, QUICK = Quote("Clear", "Bo, 5 Oct 2026"), Quote("Quick", "Ada, 7 Oct 2026")
MISSING = Section(
    "Nothing yet for",
    (Bullets((r"Deep\* (planned: Write \_it\_ down, by 1 Dec 2026)",)),),
    note="2 of 3 criteria shown",
)


def test_one_page_for_a_sponsor_keeps_the_latest_that_say_what_they_changed() -> None:
    assert sheet(CASES, Reader.SPONSOR) == Sheet(
        title="Staff",
        what="Packet",
        subtitle="Mara",
        sections=(
            Section("", (Text("I want to", "lead"), Rows((Row("Measure", ("They say yes",)), Row("By", ("15 Apr 2027",)))))),
            MISSING,
            Section(
                "What shows it",
                (
                    Evidence(
                        "Across teams",
                        "",
                        (Shown("Fourth", "4 Oct 2026", "", "Calmer"), Shown("Second", "2 Oct 2026", "", "Cheaper")),
                    ),
                    Evidence("Heard", "", (), (QUOTE,)),
                ),
            ),
            Section("In the words of others", (QUICK,)),
            Section("", (Rows((Row("Can vouch", ("Ada, Bo",)),)),)),
        ),
        name="staff-packet-one-page",
    )  # fmt: skip


def test_a_committee_gets_all_of_it() -> None:
    assert sheet(CASES) == Sheet(
        title="Staff",
        what="Packet",
        subtitle="Mara",
        sections=(
            Section(
                "",
                (
                    Text("I want to", "lead"),
                    Rows((Row("Why", ("More weight",)), Row("Measure", ("They say yes",)), Row("By", ("15 Apr 2027",)))),
                ),
            ),
            MISSING,
            Section(
                "What shows it",
                (
                    Evidence(
                        "Across teams",
                        "Two projects",
                        (
                            Shown("Fourth", "4 Oct 2026", "", "Calmer"),
                            Shown("Third", "3 Oct 2026", "More"),
                            Shown("Second", "2 Oct 2026", "", "Cheaper", "https://example.org/s"),
                            Shown("First", "1 Oct 2026", "", "Faster"),
                            Shown("Measured", "", "", "", "Dashboard"),
                        ),
                        (QUICK,),
                        note="Can vouch: Ada",
                    ),
                    Evidence("Heard", "", (), (QUOTE,), note="Can vouch: Bo"),
                ),
            ),
            Section("Also", (Bullets(("Also (6 Oct 2026): Kinder",)),)),
            Section(
                "Who can vouch", (Rows((Row("Ada", ("their own words and First (said so, may be quoted)",)), Row("Bo", ("their own words (said so, may be quoted)",)))),)
            ),
        ),
        name="staff-packet",
    )  # fmt: skip


def test_a_case_that_only_words_speak_for_is_not_called_empty() -> None:
    (section,) = (found for found in sheet(CASES).sections if found.title == "What shows it")
    assert [block.is_empty for block in section.blocks if isinstance(block, Evidence)] == [False, False]


def test_a_packet_with_nothing_in_it_says_what_is_missing_and_no_more() -> None:
    missing = Section("Nothing yet for", (Bullets(("Across teams",)),), note="0 of 1 criteria shown")
    assert sheet({"goals/staff.yml": GOAL}) == Sheet("Staff", "Packet", "", (missing,), name="staff-packet")
