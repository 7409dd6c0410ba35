"""Checklists as pages show them: state, day, evidence, reasons, groups, and how much is done."""

from __future__ import annotations

import datetime as dt

import pytest

from playbook.views.checklists import ChecklistView, ItemGroup, ItemView, checklist_view, evidence_link
from playbook.views.scene import Linked, Scene, Source
from playbook.views.tally import Tally
from playbook.views.words import DayView, day_view
from tests.support import book

TODAY = dt.date(2026, 11, 21)


def on(text: str) -> DayView:
    return day_view(dt.date.fromisoformat(text), TODAY)


def checklist(text: str, *, is_mine: bool = True, **others: str) -> ChecklistView:
    files = {f"{path.replace('_', '/', 1)}.yml": other for path, other in others.items()}
    loaded = book({"goals/staff.yml": text, **files})
    assert not loaded.has_errors, [str(problem) for problem in loaded.problems]
    scene = Scene(loaded.playbook, TODAY, is_mine=is_mine)
    return checklist_view(scene, loaded.playbook.goals["staff"])


def item(anchor: str, text: str, state: str = "open", line: int = 0, **fields: object) -> ItemView:
    nothing = dict.fromkeys(("due", "done_on", "evidence", "person", "script"))
    values = {**nothing, "relative": "", "reason": "", "criteria": (), **fields}
    return ItemView(anchor=anchor, text=text, state=state, source=Source("content/goals/staff.yml", line), **values)  # type: ignore[arg-type]


def test_every_item_shows_its_state_its_day_and_what_belongs_to_it() -> None:
    found = checklist(
        """
        title: Staff
        due: 2026-12-21
        criteria:
          - {id: scope, text: Work across teams}
        checklist:
          - task: Draft the packet
            id: draft-packet
            done: 2026-10-02
            evidence: docs/packet-draft.md
            criteria: [scope, staff/scope]
          - {task: Ask for slides, done: true, evidence: "https://example.org/slides"}
          - {task: Rehearse, skipped: The talk is recorded}
          - {task: Ask Ada, due: T-32, person: ada, script: ask}
          - Send it
        """,
        people_ada="name: Ada",
        outreach_ask="title: Ask\nbody: Hello!\n",
    )
    assert found == ChecklistView(
        (
            ItemGroup(
                "",
                None,
                (
                    item(
                        "item_draft-packet", "Draft the packet", "done", 6,
                        done_on=on("2026-10-02"), evidence=Linked("docs/packet-draft.md"),
                        criteria=("Work across teams", "Work across teams"),
                    ),
                    item(
                        "item-2", "Ask for slides", "done", 11,
                        evidence=Linked("https://example.org/slides", "https://example.org/slides"),
                    ),
                    item("item-3", "Rehearse", "skipped", 12, reason="The talk is recorded"),
                    item(
                        "item-4", "Ask Ada", "open", 13, due=on("2026-11-19"), relative="32 days before",
                        person=Linked("Ada", "page:people/ada.md"), script=Linked("Ask", "page:outreach/ask.md"),
                    ),
                    item("item-5", "Send it", "open", 14),
                ),
            ),
        ),
        Tally(done=2, total=4, skipped=1),
    )  # fmt: skip
    first = found.groups[0].items
    assert [one.label for one in first] == [
        "Done: Draft the packet",
        "Done: Ask for slides",
        "Skipped: Rehearse",
        "Open: Ask Ada",
        "Open: Send it",
    ]
    assert [one.is_waiting for one in first] == [False, False, False, True, False]


def test_items_stand_below_their_milestones_in_the_order_of_the_milestones() -> None:
    found = checklist(
        """
        title: Staff
        milestones:
          - {title: Packet ready, due: 2027-02-01}
          - Panel
        checklist:
          - {task: a, milestone: panel}
          - {task: b, milestone: PACKET ready}
          - c
          - {task: d, milestone: Packet ready, due: T-1}
        """
    )
    assert [(group.title, group.due, [one.text for one in group.items]) for group in found.groups] == [
        ("", None, ["c"]),
        ("Packet ready", on("2027-02-01"), ["b", "d"]),
        ("Panel", None, ["a"]),
    ]
    assert found.groups[1].items[1].due == on("2027-01-31")


def test_of_two_milestones_of_one_name_items_mean_the_first() -> None:
    found = checklist(
        """
        title: Staff
        milestones: [{title: Packet, due: 2027-02-01}, {title: packet, due: 2027-03-01}]
        checklist: [{task: a, milestone: PACKET, due: T-0}]
        """
    )
    assert [(group.title, group.due, group.items[0].due) for group in found.groups] == [
        ("Packet", on("2027-02-01"), on("2027-02-01"))
    ]


def test_no_two_items_share_a_place_even_if_an_id_is_a_number() -> None:
    found = checklist("title: Staff\nchecklist: [{task: a, id: '2'}, b, {task: c, id: id-1}]")
    assert [one.anchor for one in found.groups[0].items] == ["item_2", "item-2", "item_id-1"]


def test_what_is_both_done_and_skipped_is_done() -> None:
    files = {"goals/staff.yml": "title: Staff\nchecklist: [{task: a, done: true, skipped: Why}]"}
    playbook = book(files).playbook
    found = checklist_view(Scene(playbook, TODAY), playbook.goals["staff"])
    assert (found.groups[0].items[0].state, found.tally) == ("done", Tally(1, 1, 0))


def test_another_reader_is_told_no_file_and_no_line() -> None:
    found = checklist("title: Staff\nchecklist: [a]", is_mine=False)
    assert found.groups[0].items[0].source is None


def test_an_empty_checklist_says_so() -> None:
    found = checklist("title: Staff")
    assert found == ChecklistView((), Tally(0, 0, 0))
    assert found.is_empty
    assert found.tally.percent == 0


@pytest.mark.parametrize(
    ("tally", "percent", "text"),
    [(Tally(1, 3, 0), 33, "1 of 3"), (Tally(2, 3, 5), 66, "2 of 3"), (Tally(3, 3, 0), 100, "3 of 3")],
)
def test_how_much_is_done_is_never_rounded_up(tally: Tally, percent: int, text: str) -> None:
    assert (tally.percent, tally.text) == (percent, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None),
        ("docs/a.md", Linked("docs/a.md")),
        ("https://example.org/a", Linked("https://example.org/a", "https://example.org/a")),
        ("https://example.org/a and b", Linked("https://example.org/a and b")),
        ("javascript:alert(1)", Linked("javascript:alert(1)")),
    ],
)
def test_evidence_is_a_link_only_where_it_is_nothing_but_one(text: str, expected: Linked | None) -> None:
    assert evidence_link(text) == expected
