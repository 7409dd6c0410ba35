"""The Progress page, the part on a goal's page, and the review, from timelines by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from playbook.audience import restrict, restrict_timeline
from playbook.history.repository import NoHistory
from playbook.history.timeline import Note, Timeline, Whole
from playbook.site import build_site
from playbook.views.checklists import checklist_view
from playbook.views.goal_progress import goal_progress
from playbook.views.growth import Rows
from playbook.views.happenings import ChangesView, HappeningView
from playbook.views.progress import AdviceView, has_progress, progress_view
from playbook.views.review import quarter_of, review_view
from playbook.views.review_sheet import review_sheet
from playbook.views.scene import Linked, Scene
from playbook.views.sheet import Bullets, Lines, Section, Text
from playbook.views.sheet import Rows as SheetRows
from playbook.views.suggested import went_well
from tests.crawl import wrong_with
from tests.history_values import timeline_of
from tests.support import book

TODAY = dt.date(2026, 11, 21)
FILES = {
    "me.yml": "name: Mara\naudiences: {grace: {sees: [mentor]}}",
    "goals/staff.yml": """
        title: Be staff
        visibility: mentor
        due: 2027-04-15
        milestones: [{title: Packet, done: 2026-11-16}]
        checklist:
          - {task: Draft the packet, done: true}
          - {task: Ask Ada to speak for it, due: 2026-11-10, visibility: me}
          - {task: Rehearse, due: 2027-01-10}
          - {task: Print it, done: true}
        """,
    "goals/old.yml": "title: Learn to fish\nstatus: dropped\nchecklist: [Buy a rod]",
    "people/ada.yml": """
        name: Ada
        promises: [{what: Send the numbers, kept: 2026-11-19}, {what: Read it, by: them, kept: 2026-11-17}]
        log: [{date: 2026-11-18, kind: gave, what: The numbers}, {date: 2026-11-20, kind: received, what: An hour}]
        """,
    "journal/2026.yml": """
        - {date: 2026-11-17, title: Shipped it}
        - {date: 2026-09-27, kind: review, title: Third quarter, well: [The talk], in_the_way: [Mail], next: [Ask Ada]}
        """,
}
HISTORY = """
    2026-08-01 goals/staff.yml created Draft the packet
    2026-08-01 goals/staff.yml created Ask Ada
    2026-08-01 goals/old.yml created Buy a rod
    2026-09-01 goals/staff.yml done Draft the packet
    2026-09-05 goals/staff.yml undone Draft the packet
    2026-10-01 goals/staff.yml reworded Ask Ada -> Ask Ada to speak for it
    2026-11-16 goals/staff.yml created Rehearse
    2026-11-17 goals/staff.yml done Draft the packet
    2026-11-21* goals/staff.yml created Print it
    2026-11-21* goals/staff.yml done Print it
    """


def scene(
    history: str = HISTORY,
    audience: str = "me",
    *,
    files: dict[str, str] = FILES,
    today: dt.date = TODAY,
    url: str = "",
) -> Scene:
    loaded = book(files)
    assert not loaded.has_errors, [str(problem) for problem in loaded.problems]
    timeline = restrict_timeline(timeline_of(history), loaded.playbook, audience)
    is_mine = audience == "me"
    return Scene(restrict(loaded.playbook, audience), today, is_mine, timeline=timeline, commit_url=url)


def said(view: HappeningView) -> str:
    """`17 Nov 2026 done Draft the packet (in Be staff) 0000005`."""
    items = "; ".join(f"{one.item.text}{f' ({one.was})' if one.was else ''}" for one in view.items)
    where = "not committed" if view.is_uncommitted else view.commit.text if view.commit else "-"
    return f"{view.day.text} {view.what} {items} {where}"


def told(groups: tuple[ChangesView, ...]) -> dict[str, list[str]]:
    return {f"{group.title} {group.count}": [said(one) for one in group.happenings] for group in groups}


# ---- the page


def test_the_page_tells_how_much_is_done_what_moved_and_what_waits() -> None:
    view = progress_view(scene())
    history = view.history
    assert history is not None
    assert (view.absence, history.is_young, history.notes) == (None, False, ())
    assert history.summary == "2 of 5 items done. In the last seven days: 2 done, 2 added."
    assert history.uncommitted == "1 change on the disk is in no commit yet."
    assert told(history.week) == {
        "Done 2": ["21 Nov 2026 done Print it not committed", "17 Nov 2026 done Draft the packet 0000000"],
        "Added 2": ["21 Nov 2026 added Print it not committed", "16 Nov 2026 added Rehearse 0000000"],
    }
    assert [(one.item, one.owner, one.since.text, one.length) for one in view.slipped] == [
        (
            Linked("Ask Ada to speak for it", "page:goals/staff.md#item-2"),
            Linked("Be staff", "page:goals/staff.md"),
            "10 Nov 2026",
            "11 days",
        )
    ]
    # What belongs to a dropped goal asks for nothing.
    assert [(one.item.text, one.since.text, one.length) for one in history.old] == [
        ("Ask Ada to speak for it", "1 Aug 2026", "3 months"),
        ("Rehearse", "16 Nov 2026", "5 days"),
    ]
    assert [(one.link.text, one.burnup.now.done, one.burnup.now.total) for one in history.goals] == [
        ("Be staff", 2, 4),
        ("Learn to fish", 0, 1),
    ]
    assert history.goals_table == Rows(
        ("Goal", "Done", "Of", "In the first week"), (("Be staff", "2", "4", "2"), ("Learn to fish", "0", "1", "1"))
    )
    assert {day.day.isoformat(): day.count for day in history.calendar.days} == {
        "2026-08-01": 3, "2026-09-01": 1, "2026-09-05": 1, "2026-10-01": 1, "2026-11-16": 1, "2026-11-17": 1, "2026-11-21": 1,
    }  # fmt: skip
    assert view.review == Linked("Review", "page:progress/review.md")
    assert view.months is not None
    assert view.months.table.rows[0] == ("Nov 2026", "2", "1", "1", "1")


def test_the_pace_goes_back_as_far_as_the_history() -> None:
    view = progress_view(scene(today=dt.date(2026, 8, 16))).history
    assert view is not None
    assert view.pace is not None
    assert view.pace.text == "0 done in an average week of the last 2."
    assert view.pace.table == Rows(("Seven days up to", "Done"), (("16 Aug 2026", "0"), ("9 Aug 2026", "0")))
    early = progress_view(scene(today=dt.date(2026, 8, 5))).history
    assert early is not None
    assert early.pace is None


def test_what_was_ticked_and_is_open_again_is_named_with_the_day() -> None:
    view = progress_view(scene(HISTORY.split("2026-11-16", maxsplit=1)[0])).history
    assert view is not None
    assert [said(one) for one in view.unticked] == ["5 Sep 2026 open again Draft the packet 0000000"]
    now = progress_view(scene()).history
    assert now is not None
    assert now.unticked == ()


def test_what_came_after_the_day_of_the_site_is_not_told() -> None:
    view = progress_view(scene(today=dt.date(2026, 9, 3))).history
    assert view is not None
    assert view.summary == "1 of 3 items done. In the last seven days: 1 done."
    assert not has_progress(scene(today=dt.date(2026, 7, 1)))


def test_one_commit_is_no_history_yet() -> None:
    view = progress_view(scene("2026-11-21 goals/staff.yml created Draft the packet")).history
    assert view is not None
    assert (view.is_young, view.summary) == (True, "0 of 1 item done. In the last seven days: 1 added.")


FIRST_DAY = """
    2026-11-21 goals/staff.yml created Draft the packet
    2026-11-21 goals/staff.yml created Rehearse
    2026-11-21 goals/staff.yml done Draft the packet
    """


def test_on_the_first_day_one_sentence_stands_for_charts_of_a_dot_and_lists_of_no_days() -> None:
    loaded = book(FILES)
    site = build_site(loaded.playbook, TODAY, history=timeline_of(FIRST_DAY))
    pages = {page.uri: page.html for page in site.pages}
    assert "of one day so far" in pages["progress/index.md"]
    for uri in ("progress/index.md", "goals/staff.md"):
        assert "ch-chart--burnup" not in pages[uri]
        assert "0 days" not in pages[uri]
    assert "ch-chart--calendar" not in pages["progress/index.md"]


def test_a_goal_that_is_new_today_has_no_chart_yet_beside_one_that_has() -> None:
    history = timeline_of(HISTORY + "2026-11-21* goals/new.yml created Begin")
    loaded = book({**FILES, "goals/new.yml": "title: New\nchecklist: [Begin]"})
    [page] = [
        page.html
        for page in build_site(loaded.playbook, TODAY, history=history).pages
        if page.uri == "progress/index.md"
    ]
    assert page.count("ch-chart--burnup") == 3  # of all, of Be staff and of Learn to fish
    assert '<th scope="row">New</th>' in page


@pytest.mark.parametrize(
    ("history", "absence"),
    [
        (
            NoHistory("no-repository", "These files are in no git repository yet.", "git init"),
            AdviceView("These files are in no git repository yet.", "git init"),
        ),
        (None, AdviceView("This site leaves out what git knows of the checklists.", "")),
    ],
)
def test_without_a_history_the_page_says_why(history: NoHistory | None, absence: AdviceView) -> None:
    view = progress_view(replace(scene(), timeline=None, no_history=history))
    assert (view.absence, view.history) == (absence, None)
    # What the files alone tell stands there all the same.
    assert [one.item.text for one in view.slipped] == ["Ask Ada to speak for it"]
    assert view.months is not None


def test_a_history_in_which_nothing_is_committed_says_how_to_begin() -> None:
    view = progress_view(scene(""))
    assert (view.absence, view.history) == (AdviceView("No commit holds anything yet.", "playbook commit"), None)


def test_of_many_commits_of_a_week_the_last_are_told_and_the_others_counted() -> None:
    lines = [f"2026-11-21 goals/staff.yml created Item {number}\n\n" for number in range(23)]
    view = progress_view(scene("".join(lines))).history
    assert view is not None
    (added,) = view.week
    assert (added.count, len(added.happenings), added.more) == (23, 20, 3)
    assert added.happenings[-1].items[0].item.text == "Item 3"


def test_of_many_items_of_one_commit_some_are_named_and_all_are_counted() -> None:
    lines = [f"2026-11-21 goals/staff.yml created Item {number}\n" for number in range(103)]
    view = progress_view(scene("".join(lines))).history
    assert view is not None
    (added,) = view.week
    (commit,) = added.happenings
    assert (added.count, len(commit.items), commit.more, commit.count, added.more) == (103, 100, 3, 103, 0)


def test_notes_of_the_history_are_told() -> None:
    timeline = timeline_of(HISTORY)
    whole = Whole(timeline.steps, timeline.events, timeline.items, (Note("shallow", "It is shallow.", "git fetch"),))
    view = progress_view(replace(scene(), timeline=Timeline(lambda: whole, is_complete=False))).history
    assert view is not None
    assert view.notes == (AdviceView("It is shallow.", "git fetch"),)


# ---- a goal's page, and the day on which an item was done


def test_a_goals_page_tells_what_happened_to_its_items_newest_first() -> None:
    found = scene(url="https://example.org/commit/")
    view = goal_progress(found, found.playbook.goals["staff"])
    assert view is not None
    assert [said(one) for one in view.recent] == [
        "21 Nov 2026 done Print it not committed",
        "21 Nov 2026 added Print it not committed",
        "17 Nov 2026 done Draft the packet 0000000",
        "16 Nov 2026 added Rehearse 0000000",
        "1 Oct 2026 reworded Ask Ada to speak for it (was: Ask Ada) 0000000",
        "5 Sep 2026 open again Draft the packet 0000000",
        "1 Sep 2026 done Draft the packet 0000000",
        "1 Aug 2026 added Draft the packet; Ask Ada 0000000",
    ]
    assert view.recent[2].commit == Linked("0000000", f"https://example.org/commit/{6:040x}")
    assert [note.item.href for note in view.recent[-1].items] == [
        "page:goals/staff.md#item-1", "page:goals/staff.md#item-2",
    ]  # fmt: skip
    assert goal_progress(scene(""), found.playbook.goals["staff"]) is None


def test_of_a_long_history_a_goals_page_tells_the_last_lines_and_how_much_is_older() -> None:
    days = [dt.date(2026, 1, 1) + dt.timedelta(days=number) for number in range(40)]
    lines = [
        f"{day} goals/staff.yml {'done' if n % 2 else 'undone'} Draft the packet" for n, day in enumerate(days[1:], 1)
    ]
    first = f"{days[0]} goals/staff.yml created Draft the packet"
    found = scene("\n".join([first, *lines]))
    view = goal_progress(found, found.playbook.goals["staff"])
    assert view is not None
    assert (len(view.recent), view.more) == (12, "And 28 earlier changes, which git has.")
    assert said(view.recent[0]).startswith("9 Feb 2026 done")
    assert said(view.recent[-1]).startswith("29 Jan 2026 open again")


def test_git_says_when_an_item_was_done_where_nobody_wrote_it() -> None:
    found = scene()
    view = checklist_view(found, found.playbook.goals["staff"])
    assert [(one.text, one.done_on.text if one.done_on else None) for one in view.groups[0].items] == [
        ("Draft the packet", "17 Nov 2026"),
        ("Ask Ada to speak for it", None),
        ("Rehearse", None),
        # On the disk alone: the day on which it will be committed is not known yet.
        ("Print it", None),
    ]


def test_a_written_day_stands_and_a_shallow_clone_claims_none() -> None:
    files = {"goals/a.yml": "title: A\nchecklist: [{task: Draft, done: 2026-01-02}, {task: Talk, done: true}]"}
    history = """
        2026-08-01 goals/a.yml created Draft
        2026-08-01 goals/a.yml done Draft
        2026-08-01 goals/a.yml created Talk
        2026-08-01 goals/a.yml done Talk
        """
    found = replace(scene(files=files, history=""), timeline=timeline_of(history, is_complete=False))
    view = checklist_view(found, found.playbook.goals["a"])
    assert [one.done_on.text if one.done_on else None for one in view.groups[0].items] == ["2 Jan 2026", None]


def test_items_that_share_their_words_are_known_by_their_place_or_not_at_all() -> None:
    files = {"goals/a.yml": "title: A\nchecklist: [{task: Same, done: true}, Other, {task: Same, done: true}]"}
    found = scene(files=files, history="2026-08-01 goals/a.yml created Other\n2026-08-02 goals/a.yml done Other")
    entry = found.playbook.goals["a"]
    lives = [found.life(entry, index) for index in range(3)]
    assert [life.text if life else None for life in lives] == [None, "Other", None]


# ---- another reader


def test_another_reader_is_told_of_days_and_of_what_they_see_alone() -> None:
    found = scene(audience="grace")
    view = progress_view(found)
    assert view.history is not None
    assert (view.slipped, view.months, view.review) == ((), None, None)
    assert (view.history.old, view.history.unticked, view.history.uncommitted) == ((), (), "")
    assert view.history.summary == "2 of 3 items done. In the last seven days: 2 done, 2 added."
    goal = goal_progress(found, found.playbook.goals["staff"])
    assert goal is not None
    assert [said(one) for one in goal.recent] == [
        "21 Nov 2026 done Print it -",
        "21 Nov 2026 added Print it -",
        "17 Nov 2026 done Draft the packet -",
        "16 Nov 2026 added Rehearse -",
        "5 Sep 2026 open again Draft the packet -",
        "1 Sep 2026 done Draft the packet -",
        "1 Aug 2026 added Draft the packet -",
    ]


def test_a_reader_who_sees_no_item_gets_no_page_of_progress() -> None:
    loaded = book(FILES)
    for audience, expected in (("grace", ["progress/index.md"]), ("public", [])):
        site = build_site(
            loaded.playbook, TODAY, audience=audience, history=timeline_of(HISTORY), commit_url="https://x.example/"
        )
        assert [page.uri for page in site.pages if page.uri.startswith("progress")] == expected
        assert list(wrong_with(site)) == []
        for page in site.pages:
            assert not any(word in page.html for word in ("Ask Ada", "x.example", "not committed", "Buy a rod"))


# ---- the review


def test_a_review_gathers_the_week_and_the_quarter() -> None:
    view = review_view(scene())
    week, quarter = view.week, view.quarter
    assert (week.title, week.when, quarter.title, quarter.when) == (
        "The last seven days", "15–21 Nov 2026", "October to December 2026, so far", "1 Oct – 21 Nov 2026",
    )  # fmt: skip
    assert week.numbers == (
        ("Done", 2),
        ("Added", 2),
        ("Milestone reached", 1),
        ("Person you were in touch with", 1),
        ("Promise kept", 1),
        ("Journal entry", 1),
    )
    assert list(told(week.changes)) == ["Done 2", "Added 2"]
    assert list(told(quarter.changes)) == ["Done 2", "Added 2", "Reworded 1"]
    assert week.waiting == ()
    assert [one.item.text for one in quarter.waiting] == ["Ask Ada to speak for it"]
    assert [(one.text, one.note) for one in week.milestones] == [("Packet", "16 Nov 2026")]
    assert [(one.person.text, one.last.text, one.text) for one in week.touched] == [("Ada", "20 Nov 2026", "2 days")]
    assert [(one.text, one.day.text, one.theirs) for one in week.kept] == [
        ("Send the numbers", "19 Nov 2026", False),
        ("Read it", "17 Nov 2026", True),
    ]
    assert [(group.title, [line.link.text for line in group.lines]) for group in week.noted] == [
        ("Achievements", ["Shipped it"])
    ]
    assert [(one.title, one.well, one.in_the_way, one.next) for one in view.last] == [
        ("Third quarter", ("The talk",), ("Mail",), ("Ask Ada",))
    ]
    assert view.example == "- {date: 2026-11-21, kind: review, well: [], in_the_way: [], next: []}"
    assert [(one.field, one.text, one.suggested) for one in week.questions] == [
        ("well", "What went well?", ("Shipped it", "Packet", "Send the numbers")),
        ("in_the_way", "What was in the way?", ()),
        ("next", "What comes next?", ("Ask Ada",)),
    ]
    assert [one.suggested for one in quarter.questions][1] == ("Ask Ada to speak for it",)
    assert [one.text for one in quarter.questions] == [one.text for one in week.questions]
    assert (week.command, week.thoughts, quarter.command) == ("playbook review", (), "playbook review quarter")
    assert len(quarter.thoughts) == 3


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        ("2026-11-21", "2026-10-01", "2026-12-31"),
        ("2027-01-07", "2026-10-01", "2026-12-31"),
        ("2027-01-08", "2027-01-01", "2027-03-31"),
        ("2026-07-01", "2026-04-01", "2026-06-30"),
        ("2026-09-30", "2026-07-01", "2026-09-30"),
        ("0001-01-01", "0001-01-01", "0001-03-31"),
    ],
)
def test_a_week_into_a_quarter_one_still_looks_back_on_the_old_one(today: str, first: str, last: str) -> None:
    assert quarter_of(dt.date.fromisoformat(today)) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))


def test_a_review_suggests_what_was_done_and_what_is_open_and_never_what_was_merely_noted() -> None:
    loaded = book({
        "events/camp.yml": """
            title: Camp
            starts: 2026-11-24
            checklist:
              - {task: Print the kit, due: T-6, done: 2026-11-18}
              - {task: Pack, due: T-1}
            """,
        "journal/2026.yml": """
            - {date: 2026-11-15, kind: review, title: Week 46, next: [Print the kit., Rest, Pack, Ask Ada]}
            - {date: 2026-11-16, kind: learning, title: Budget round starts in January}
            - {date: 2026-11-17, kind: praise, title: Well put}
            """,
        "people/ada.yml": """
            name: Ada
            promises: [{what: Slides, kept: 2026-11-19}, {what: Ask Ada, kept: 2026-11-01}, {what: Numbers, by: them, kept: 2026-11-19}]
            log: [{date: 2026-11-20, kind: gave, what: A book}, {date: 2026-11-20, kind: note, what: Budget in May}]
            """,
    })  # fmt: skip
    assert loaded.problems == ()
    view = review_view(Scene(loaded.playbook, TODAY))
    assert [(one.text, one.is_done) for one in view.wanted] == [
        ("Print the kit.", True), ("Rest", False), ("Pack", False), ("Ask Ada", False),
    ]  # fmt: skip
    assert {one.field: one.suggested for one in view.week.questions} == {
        "well": ("Well put", "Print the kit", "Slides"),
        "in_the_way": (),
        "next": ("Rest", "Pack", "Ask Ada"),
    }
    assert went_well(Scene(loaded.playbook, TODAY), dt.date(2026, 11, 20), TODAY) == ("A book (Ada)",)
    page = next(page for page in build_site(loaded.playbook, TODAY).pages if page.uri == "progress/review.md")
    assert 'Print the kit. <span class="pb-quiet">done</span>' in page.html


def test_a_review_on_paper_says_what_there_was_and_leaves_lines() -> None:
    sheet = review_sheet(scene(), quarter=False)
    assert (sheet.title, sheet.what, sheet.subtitle, sheet.name, sheet.notes) == (
        "The last seven days", "Review", "15–21 Nov 2026", "review-week-2026-11-21", (),
    )  # fmt: skip
    assert sheet.sections[:9] == (
        Section(
            "",
            (
                Text(
                    "**2** done · **2** added · **1** milestone reached · **1** person you were in touch with · "
                    "**1** promise kept · **1** journal entry"
                ),
            ),
        ),
        Section("Done", (Bullets(("Print it", "Draft the packet")),)),
        Section("Added", (Bullets(("Print it", "Rehearse")),)),
        Section("Milestones", (Bullets(("Packet (16 Nov 2026)",)),)),
        Section("In touch with", (Text("Ada"),)),
        Section("Promises kept", (Bullets(("Send the numbers (Ada)", "Read it (Ada, theirs)")),)),
        Section("Achievements", (Bullets(("Shipped it",)),)),
        sheet.sections[7],
        Section("What went well?", (Text("Shipped it · Packet · Send the numbers", "quiet"), Lines(2))),
    )
    assert [section.title for section in sheet.sections[9:]] == ["What was in the way?", "What comes next?", ""]
    assert sheet.sections[-1].blocks == (
        Text("The three answers go into the journal with `playbook review`.", "quiet"),
    )
    (rows,) = sheet.sections[7].blocks
    assert isinstance(rows, SheetRows)
    assert [(row.label, row.texts) for row in rows.rows] == [
        ("Went well", ("The talk",)),
        ("In the way", ("Mail",)),
        ("Next", ("Ask Ada",)),
    ]
    without = review_sheet(replace(scene(), timeline=None), quarter=True)
    assert without.notes == ("Not on it: what was done and added, which git would know.",)


# ---- as they look


@pytest.mark.parametrize("uri", ["progress/index.md", "progress/review.md"])
def test_pages_look_as_they_did(uri: str, golden: Callable[[str, str], None]) -> None:
    site = build_site(
        book(FILES).playbook, TODAY, history=timeline_of(HISTORY), commit_url="https://example.org/mara/book/commit/"
    )
    assert list(wrong_with(site)) == []
    (page,) = [page for page in site.pages if page.uri == uri]
    golden(f"pages/{uri.removesuffix('.md').replace('/', '-')}.html", page.html)


def test_pages_without_a_history_look_as_they_did(golden: Callable[[str, str], None]) -> None:
    why = NoHistory("no-repository", "These files are in no git repository yet.", "git init")
    site = build_site(book({}).playbook, TODAY, history=why)
    (page,) = [page for page in site.pages if page.uri == "progress/index.md"]
    golden("pages/progress-without-history.html", page.html)
