"""The journal by kind and by year: what was done, with whom, what came of it, and who is still to be thanked."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from playbook.audience import restrict
from playbook.views.journal import (
    LATEST,
    JournalView,
    KindGroup,
    LineView,
    MonthGroup,
    YearView,
    journal_view,
    year_view,
)
from playbook.views.scene import Linked, Scene, Source
from playbook.views.words import DayView, day_view
from tests.support import book

TODAY = dt.date(2026, 11, 21)
PEOPLE = {f"people/{name.lower()}.yml": f"name: {name}" for name in ("Ada", "Bo", "Cy")}


def on(text: str) -> DayView:
    return day_view(dt.date.fromisoformat(text), TODAY)


EMPTY = LineView(
    anchor="2026-11-01-1",
    href="page:journal/2026.md#2026-11-01-1",
    day=on("2026-11-01"),
    kind="achievement",
    title="",
    text="",
    impact="",
    proof=(),
    goals=(),
    criteria=(),
    people=(),
    people_word="with help from",
    events=(),
    organizations=(),
    used=(),
    thanks="",
    said="",
    said_by=None,
    may_quote=False,
    well=(),
    in_the_way=(),
    next=(),
    tags=(),
    source=Source("content/journal/2026.yml", 1),
)


def scene(files: dict[str, str], audience: str = "me") -> Scene:
    loaded = book(files)
    assert not loaded.has_errors, [str(problem) for problem in loaded.problems]
    return Scene(restrict(loaded.playbook, audience), TODAY, is_mine=audience == "me")


def year(files: dict[str, str], audience: str = "me") -> YearView:
    found = scene(files, audience)
    return year_view(found, found.playbook.journal["2026"])


def entry(text: str, files: dict[str, str] = PEOPLE, audience: str = "me") -> LineView:
    """The view of one entry of 1 November 2026."""
    found = year({**files, "journal/2026.yml": f"- {{date: 2026-11-01, {text}}}"}, audience)
    return found.months[0].lines[0]


def test_an_entry_may_be_no_more_than_a_day_and_a_title() -> None:
    assert entry("title: Shipped") == replace(EMPTY, title="Shipped")


def test_an_achievement_tells_what_changed_and_how_one_can_see_it() -> None:
    found = year(
        {
            **PEOPLE,
            "goals/staff.yml": "title: Staff\ncriteria: [{id: scope, text: Across teams}]",
            "events/camp.yml": "title: Camp\nstarts: 2026-11-01",
            "organizations/guild.yml": "name: Guild",
            "journal/2026.yml": """
                - date: 2026-11-01
                  title: Shipped
                  text: With *care*
                  impact: Faster
                  url: https://example.org/a
                  evidence: Dashboard
                  goals: [staff]
                  people: [bo, ada]
                  events: [camp]
                  organizations: [guild]
                  criteria: [staff/scope]
                  used: [The plan, {where: The talk, date: 2026-11-10}, {date: 2026-11-11}]
                  thanked: [bo]
                  tags: [storage]
                """,
        }
    )
    assert found.months[0].lines == (
        replace(
            EMPTY,
            title="Shipped",
            text="With *care*",
            impact="Faster",
            proof=(Linked("https://example.org/a", "https://example.org/a"), Linked("Dashboard")),
            goals=(Linked("Staff", "page:goals/staff.md"),),
            criteria=("Across teams",),
            people=(Linked("Bo", "page:people/bo.md"), Linked("Ada", "page:people/ada.md")),
            events=(Linked("Camp", "page:events/camp.md"),),
            organizations=(Linked("Guild", "page:organizations/guild.md"),),
            used=("The plan", "The talk (10 Nov 2026)", "(11 Nov 2026)"),
            thanks="thanked Bo; Ada still to be thanked",
            tags=("storage",),
        ),
    )


def test_praise_tells_whose_words_they_are() -> None:
    assert entry("kind: praise, from: ada, said: Clear, may_quote: true") == replace(
        EMPTY,
        kind="praise",
        people_word="with",
        said="Clear",
        said_by=Linked("Ada", "page:people/ada.md"),
        may_quote=True,
        thanks="Ada still to be thanked",
    )
    assert entry("kind: praise, from: A stranger, said: Clear") == replace(
        EMPTY, kind="praise", people_word="with", said="Clear", said_by=Linked("A stranger")
    )


def test_a_review_has_a_title_and_three_lists() -> None:
    assert entry("kind: review, well: [a, b], in_the_way: c, next: [d]") == replace(
        EMPTY,
        kind="review",
        title="Review of 1 Nov 2026",
        people_word="with",
        well=("a", "b"),
        in_the_way=("c",),
        next=("d",),
    )


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        ("achievement", "with help from"),
        ("contribution", "for"),
        ("learning", "from"),
        ("reading", "to share with"),
        ("praise", "with"),
        ("review", "with"),
    ],
)
def test_people_take_part_in_each_kind_in_another_way(kind: str, word: str) -> None:
    assert entry(f"kind: {kind}, people: [ada]").people_word == word


# ---- thanks


@pytest.mark.parametrize(
    ("log", "thanks"),
    [
        ("[]", "Ada still to be thanked"),
        ("[{date: 2026-11-05, kind: thanked}]", "thanked Ada"),
        ("[{date: 2026-10-31, kind: thanked}]", "Ada still to be thanked"),
    ],
)
def test_thanks_in_somebodys_log_are_seen(log: str, thanks: str) -> None:
    assert entry("people: [ada]", {"people/ada.yml": f"name: Ada\nlog: {log}"}).thanks == thanks


def test_several_are_named_in_one_sentence() -> None:
    assert entry("people: [ada, bo, cy]").thanks == "Ada, Bo and Cy still to be thanked"


def test_nothing_is_said_of_thanks_that_nobody_is_owed() -> None:
    assert entry("kind: learning, people: [ada]").thanks == ""
    assert entry("people: [ada]", {"people/ada.yml": "name: Ada\nclosed: We parted"}).thanks == ""
    old = year({**PEOPLE, "journal/2026.yml": "- {date: 2025-11-20, people: [ada, bo], thanked: bo}"})
    assert old.months[0].lines[0].thanks == "thanked Bo"


def test_another_reader_learns_nothing_of_thanks() -> None:
    found = entry("title: Shipped, people: [ada], thanked: [ada], visibility: public", PEOPLE, "public")
    assert found == replace(EMPTY, title="Shipped", source=None)


# ---- pages

LINES = """
- {date: 2026-11-01, title: a}
- {date: 2026-11-01, title: b}
- {date: 2026-11-02, kind: learning, title: c}
- {date: 2026-09-30, kind: learning, title: d}
"""


def test_a_year_stands_by_month_the_latest_first_and_by_number() -> None:
    found = year({"journal/2026.yml": LINES, "journal/2025.yml": "- {date: 2025-01-01, title: e}"})
    assert (found.title, found.counts, found.source) == (
        "2026",
        (("Achievements", 2), ("Learning", 2)),
        Source("content/journal/2026.yml", 1),
    )
    assert [(month.title, month.anchor, [line.title for line in month.lines]) for month in found.months] == [
        ("November 2026", "month-2026-11", ["c", "a", "b"]),
        ("September 2026", "month-2026-09", ["d"]),
    ]
    assert len({line.anchor for month in found.months for line in month.lines}) == 4


def test_the_journal_shows_the_latest_of_each_kind_and_how_many_there_are() -> None:
    more = "".join(f"- {{date: 2025-01-{n:02}, title: t{n}}}\n" for n in range(1, LATEST + 1))
    found = journal_view(scene({"journal/2026.yml": LINES, "journal/2025.yml": more}))
    assert [(kind.anchor, kind.title, kind.total, [line.title for line in kind.lines]) for kind in found.kinds] == [
        ("achievement", "Achievements", LATEST + 2, ["a", "b", "t6", "t5", "t4", "t3"]),
        ("learning", "Learning", 2, ["c", "d"]),
    ]
    assert found.years == (Linked("2026", "page:journal/2026.md"), Linked("2025", "page:journal/2025.md"))


def test_an_empty_journal_is_an_empty_page() -> None:
    assert journal_view(scene({})) == JournalView((), ())


def test_an_audience_gets_the_kinds_it_is_shown_and_no_file() -> None:
    me = "audiences: {fans: {show: [achievements]}}\ndefaults: {journal: public}"
    found = scene({"me.yml": me, "journal/2026.yml": LINES}, "fans")
    assert journal_view(found).kinds == (
        KindGroup(
            "achievement",
            "Achievements",
            2,
            (
                replace(EMPTY, title="a", source=None),
                replace(
                    EMPTY,
                    title="b",
                    anchor="2026-11-01-2",
                    href="page:journal/2026.md#2026-11-01-2",
                    source=None,
                ),
            ),
        ),
    )
    assert year_view(found, found.playbook.journal["2026"]) == YearView(
        "2026",
        (MonthGroup("November 2026", "month-2026-11", journal_view(found).kinds[0].lines),),
        (("Achievements", 2),),
        None,
    )
