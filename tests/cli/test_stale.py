"""`playbook stale`: each file with why, and what to do about it."""

from __future__ import annotations

import json


def test_it_says_why_and_what_is_kept(empty):
    empty.write(
        {
            "content/people/grace.yml": "{name: Grace, review_by: 2026-01-01, notes: Shy}",
            "content/people/lin.yml": "{name: Lin, channels: {email: lin@example.org}, met: {date: 2020-01-01}}",
        }
    )
    assert (
        empty.run("stale", "--today", "2026-11-21").out
        == """\
grace  Grace: to be looked at again by 2026-01-01; it keeps notes
lin  Lin: nothing passed since 2020-01-01; it keeps channels
To keep one: set a later review_by in the file. To delete one: playbook forget ID
"""
    )
    assert json.loads(empty.run("stale", "--today", "2026-11-21", "--json").out) == [
        {"id": "grace", "since": "2026-01-01", "set": True, "keeps": ["notes"]},
        {"id": "lin", "since": "2020-01-01", "set": False, "keeps": ["channels"]},
    ]


def test_where_there_is_nothing_it_says_so(empty):
    assert empty.run("stale").out.startswith("Nothing to look at")
