"""The author's own pages say which line of which file each box is; a page for anybody else says nothing of the kind."""

from __future__ import annotations

import datetime as dt
import re

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


def places(audience: str) -> dict[str, list[str]]:
    """Page → the places that it names, in its order."""
    loaded = book(BOOK, dt.date(2026, 11, 21))
    assert not loaded.has_errors
    site = build_site(loaded.playbook, dt.date(2026, 11, 21), audience=audience)
    found = {page.uri: re.findall(r'data-pb-(?:place|record)="([^"]*)"', page.html) for page in site.pages}
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


def test_nobody_else_learns_of_them():
    assert places("public") == {}
    assert places("grace") == {}
