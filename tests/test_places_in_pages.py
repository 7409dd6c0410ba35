"""The author's own pages say which line of which file each box is; a page for anybody else says nothing of the kind."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from playbook.site import build_site
from tests.support import book

BOOK = {
    "me.yml": "name: Mara\naudiences: {grace: {sees: [mentor]}}",
    "goals/staff.yml": """
        title: Staff engineer
        visibility: public
        milestones: [{title: Packet, due: 2027-02-01}]
        checklist:
          - {id: draft, task: Draft the packet, milestone: Packet}
          - Ask Ada
          - {task: Book the room, done: 2026-11-02}
        """,
    "people/ada.yml": """
        name: Ada
        visibility: public
        consent: true
        circle: inner
        promises: [{what: Slides, kept: 2026-11-02}, {what: A word, by: them}, {what: Numbers, due: 2026-11-20}]
        log: [{date: 2026-01-02, kind: met}]
        """,
}
EVERY = "place|record|owed|words"
OWED = {
    "me.yml": "name: Mara\naudiences: {grace: {sees: [mentor]}}\ndefaults: {people: public, events: public, journal: public}",
    "people/bo.yml": "{name: Bo, consent: true, log: [{date: 2026-11-18, kind: received, what: Numbers}]}",
    "people/cy.yml": "{name: Cy, consent: true, log: [{date: 2026-11-18, kind: met, what: 'Said \"Aye\"'}]}",
    "people/di.yml": "{name: Di, consent: true}",
    "journal/2026.yml": "- {date: 2026-11-19, title: Older}\n- {date: 2026-11-20, title: Shipped, people: [bo, di]}",
    "events/camp.yml": """
        title: Camp
        starts: 2026-11-15
        status: attended
        outcomes: {met: [di, bo], follow_ups: [{what: Sent, done: true}, {what: Call, person: bo}]}
        """,
}


def places(audience: str, files: dict[str, str] = BOOK, kinds: str = "place|record") -> dict[str, list[str]]:
    """Page → the places that it names, in its order."""
    loaded = book(files, dt.date(2026, 11, 21))
    assert not loaded.has_errors
    site = build_site(loaded.playbook, dt.date(2026, 11, 21), audience=audience)
    found = {page.uri: re.findall(rf'data-pb-(?:{kinds})="([^"]*)"', page.html) for page in site.pages}
    assert audience == "me" or not [
        page.uri for page in site.pages if "data-pb-" in page.html.replace("data-pb-filter", "")
    ]
    return {uri: named for uri, named in found.items() if named}


def test_each_box_of_the_author_says_where_it_is_written():
    found = places("me")
    staff = [f"goals/staff/checklist/{index}" for index in (1, 2, 0)]
    assert found["goals/staff.md"] == [*staff, "goals/staff"]
    assert found["people/ada.md"] == [
        "people/ada/promises/2", "people/ada/promises/0", "people/ada/promises/1", "people/ada",
    ]  # fmt: skip
    assert {"people/ada/promises/2", "goals/staff/checklist/0", "people/ada"} <= set(found["index.md"])


def test_thank_yous_and_follow_ups_say_where_they_are_written_and_lines_to_write_how_they_begin():
    found = places("me", OWED, "owed|words")
    thanks = ["people/bo/log/0/bo", "journal/2026/entries/1/bo", "journal/2026/entries/1/di"]
    call, camp, talk = (
        "events/camp/outcomes/follow_ups/1",
        ["people/di", "After Camp"],
        ["people/cy", "After we met: Said &#34;Aye&#34;"],
    )
    assert sorted(found["index.md"]) == sorted([*thanks, call, *camp, *talk])
    assert sorted(found["people/bo.md"]) == sorted([*thanks[:2], call])
    assert found["people/cy.md"] == talk
    assert sorted(found["people/di.md"]) == sorted([thanks[2], *camp])
    assert found["events/camp.md"] == [call, *camp]


@pytest.mark.parametrize("files", [BOOK, OWED])
def test_nobody_else_learns_of_them(files):
    assert places("public", files, EVERY) == places("grace", files, EVERY) == {}
