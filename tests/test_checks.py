"""Rules about the whole playbook: what they find, and what they leave alone."""

from __future__ import annotations

import datetime as dt

import pytest

from playbook.agenda import due_of
from playbook.audience import SHOWABLE
from playbook.cadence import BUILT_IN_CIRCLES
from playbook.checks.pages import LISTINGS, generated_pages
from playbook.checks.privacy import CIRCLES, JOURNAL_WORDS
from playbook.problems import Severity
from playbook.records import KINDS
from tests.support import book, lines

TODAY = dt.date(2026, 11, 20)


def codes(files, today=None, **options) -> list[tuple[str, str]]:
    return [
        (str(problem.place).removeprefix("content/"), problem.code)
        for problem in book(files, today, **options).problems
    ]


# ---- people


def test_two_people_with_one_address_are_told_at_the_second():
    files = {
        "people/ada.yml": "name: Ada\nchannels: {email: ada@example.org}\n",
        "people/grace.yml": "name: Grace\nchannels:\n  email: Ada@Example.org\n",
    }
    assert lines(book(files)) == [
        (
            "content/people/grace.yml:3:10: warning: 'Ada@Example.org' is also the email address of 'ada' "
            "(content/people/ada.yml:2:19). If they are one person, keep one file. [shared-address]"
        )
    ]


def test_a_number_is_the_same_however_it_is_punctuated():
    files = {
        "people/ada.yml": "name: Ada\nchannels: {phone: +49 (30) 1234-56}\n",
        "people/grace.yml": "name: Grace\nchannels: {phone: +49 30 123456}\n",
    }
    assert codes(files) == [("people/grace.yml:2:19", "shared-address")]


def test_one_address_on_two_channels_or_one_letter_box_for_two_is_fine():
    files = {
        "people/ada.yml": "name: Ada\nchannels: {email: a@example.org, letter: 1 Main Street}\n",
        "people/grace.yml": "name: Grace\nchannels: {chat: a@example.org, letter: 1 Main Street}\n",
    }
    assert codes(files) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("knows: [ada]", "2:9"),
        ("introduced_by: ada", "2:16"),
        ("log: [{date: 2026-01-01, with: [ada]}]", "2:33"),
        ("log: [{date: 2026-01-01, about: ada}]", "2:33"),
    ],
)
def test_nobody_knows_or_introduces_themselves(text, place):
    assert codes({"people/ada.yml": f"name: Ada\n{text}\n"}) == [(f"people/ada.yml:{place}", "self-reference")]


def test_a_person_may_name_themselves_in_a_text_and_in_an_item():
    text = "name: Ada\nnotes: '[[ada]]'\nlog: ['[[ada]]']\nchecklist: [{task: Write, person: ada}]\n"
    assert codes({"people/ada.yml": text}) == []


def test_a_channel_that_looks_misspelt_is_told_wherever_it_stands():
    files = {
        "people/ada.yml": "name: Ada\nprefers: Emial\nchannels: {linkdin: ada}\nlog: [{channel: vidio}]\n",
        "outreach/ask.yml": "title: Ask\nchannel: [email, linkdin]\nbody: Hello\n",
    }
    assert [line for line in lines(book(files)) if "linkdin" in line] == [
        (
            "content/outreach/ask.yml:2:18: warning: no channel is called 'linkdin', though any name is allowed. "
            "Did you mean 'linkedin'? [unknown-channel]"
        ),
        (
            "content/people/ada.yml:3:12: warning: no channel is called 'linkdin', though any name is allowed. "
            "Did you mean 'linkedin'? [unknown-channel]"
        ),
    ]
    assert codes(files)[1:] == [
        ("people/ada.yml:2:10", "unknown-channel"),
        ("people/ada.yml:3:12", "unknown-channel"),
        ("people/ada.yml:4:17", "unknown-channel"),
    ]


def test_a_channel_of_ones_own_is_fine():
    channels = "{signal: ada, matrix: '@ada', video: a, in-person: b, sms: c, telegram: d, teams: e}"
    assert codes({"people/ada.yml": f"name: Ada\nchannels: {channels}\n"}) == []


# ---- circles, labels, audiences


def test_a_circle_that_nobody_defined_is_told_with_the_nearest():
    files = {"people/ada.yml": "name: Ada\ncircle: iner\n", "people/grace.yml": "name: Grace\ncircle: alumni\n"}
    assert lines(book(files)) == [
        "content/people/ada.yml:2:9: error: no circle is called 'iner'. Did you mean 'inner'? [unknown-circle]",
        (
            "content/people/grace.yml:2:9: error: no circle is called 'alumni'. "
            "Define it in me.yml: circles: {alumni: every 6 weeks} [unknown-circle]"
        ),
    ]


def test_circles_built_in_or_of_ones_own_are_fine():
    people = {f"people/{circle}.yml": f"name: {circle}\ncircle: {circle}\n" for circle in (*BUILT_IN_CIRCLES, "alumni")}
    assert codes({"me.yml": "circles: {alumni: yearly}\n", **people}) == []


def test_the_checks_know_the_circles_and_words_that_the_domain_knows():
    assert tuple(BUILT_IN_CIRCLES) == CIRCLES
    assert (*KINDS, *JOURNAL_WORDS) == SHOWABLE


def test_a_label_that_no_audience_sees_is_told_on_a_record_an_entry_a_field_and_a_default():
    files = {
        "me.yml": "audiences: {grace: {sees: [mentor]}}\ndefaults: {people: mentro}\n",
        "goals/staff.yml": (
            "title: Staff\nvisibility: mentor\nshow: {told: mentro}\nchecklist: [{task: Write, visibility: freind}]\n"
        ),
    }
    assert codes(files) == [
        ("goals/staff.yml:3:14", "unseen-label"),
        ("goals/staff.yml:4:39", "unseen-label"),
        ("me.yml:2:20", "unseen-label"),
    ]


def test_a_label_of_its_own_is_a_notice_for_it_is_an_audience_too():
    files = {"goals/staff.yml": "title: Staff\nvisibility: mentee\n", "me.yml": "defaults: {people: mentro}\n"}
    assert lines(book(files)) == [
        (
            "content/goals/staff.yml:2:13: notice: nobody in me.yml sees 'mentee'; only --audience mentee does. "
            "To let somebody see it, in me.yml: audiences: {NAME: {sees: [mentee]}} [unseen-label]"
        ),
        (
            "content/me.yml:1:20: notice: nobody in me.yml sees 'mentro'; only --audience mentro does. "
            "Did you mean 'mentor'? [unseen-label]"
        ),
    ]


def test_a_broken_me_costs_only_itself():
    files = {
        "me.yml": "nmae: Ada\n",
        "people/ada.yml": "name: Ada\ncircle: alumni\nvisibility: mentor\n",
    }
    assert codes(files) == [("me.yml:1:1", "unknown-field")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("audiences: {me: {sees: [mentor]}}", [("me.yml:1:13", "reserved-name")]),
        ("audiences: {public: {sees: [mentor]}}", [("me.yml:1:13", "reserved-name")]),
        ("audiences: {public: {show: [goals]}}", []),
        ("audiences: {grace: {sees: [me]}}", [("me.yml:1:28", "reserved-name")]),
        ("audiences: {grace: {show: [goal]}}", [("me.yml:1:28", "unknown-kind")]),
        ("audiences: {grace: {show: [goals, achievements]}}", []),
        ("audiences: {grace: {show: []}}", []),
        ("audiences: {grace: {show: }}", [("me.yml:1:21", "empty-show")]),
        ("defaults: {goal: public}", [("me.yml:1:12", "unknown-kind")]),
        ("defaults: {goals: public}", []),
    ],
)
def test_audiences_and_defaults_name_kinds_that_there_are(text, found):
    assert codes({"me.yml": f"{text}\n"}) == found


def test_show_opens_private_fields_and_closes_any():
    text = "title: Staff\nshow: {told: public, why: public, measure: me, wyh: public}\n"
    assert codes({"goals/staff.yml": text}) == [
        ("goals/staff.yml:2:22", "not-private"),
        ("goals/staff.yml:2:48", "unknown-field"),
    ]


# ---- checklists


def test_an_id_that_two_items_have_is_told_at_the_second_with_the_first():
    files = {
        "goals/staff.yml": "title: Staff\nchecklist: [{task: Draft, id: draft}]\n",
        "people/ada.yml": "name: Ada\nchecklist:\n  - {task: Write, id: draft}\n",
    }
    assert lines(book(files)) == [
        (
            "content/people/ada.yml:3:23: error: the id 'draft' belongs to another checklist item already "
            "(content/goals/staff.yml:2). Give one of them another id. [repeated-id]"
        )
    ]


def test_two_goals_may_have_a_criterion_of_one_id():
    text = "title: Staff\ncriteria: [{id: scope, text: Scope}]\n"
    assert codes({"goals/a.yml": text, "goals/b.yml": text}) == []


def test_a_milestone_is_found_whatever_its_capitals():
    text = "title: Staff\nmilestones: [Packet ready]\nchecklist: [{task: Draft, milestone: packet READY}]\n"
    assert codes({"goals/staff.yml": text}) == []


NO_T = [
    ("people/ada.yml", "name: Ada\nchecklist: [{task: Write, due: T-3}]\n"),
    ("goals/staff.yml", "title: Staff\nchecklist: [{task: Write, due: T-3}]\n"),
    (
        "goals/staff.yml",
        "title: Staff\ndue: 2027-01-01\nmilestones: [Ready]\nchecklist: [{task: A, due: T-3, milestone: Ready}]\n",
    ),
    ("organizations/club.yml", "name: Club\nchecklist: [{task: Write, due: T-3}]\n"),
    ("organizations/club.yml", "name: Club\nmembership: member\nchecklist: [{task: Write, due: T-3}]\n"),
]
WITH_T = [
    ("goals/staff.yml", "title: Staff\ndue: 2027-01-01\nchecklist: [{task: Write, due: T-3}]\n"),
    (
        "goals/staff.yml",
        "title: S\nmilestones: [{title: Ready, due: 2027-01-01}]\nchecklist: [{task: A, due: T-3, milestone: Ready}]\n",
    ),
    (
        "events/pycon.yml",
        "title: PyCon\nstarts: 2027-05-14\nchecklist: [{task: Print, due: T-2}, {task: B, due: T+1}]\n",
    ),
    ("organizations/club.yml", "name: Club\ndeadline: 2027-01-01\nchecklist: [{task: Apply, due: T-3}]\n"),
    (
        "organizations/club.yml",
        "name: C\nmembership: {state: member, renews: 2027-01-01}\nchecklist: [{task: A, due: T-3}]\n",
    ),
    ("plays/return.yml", "title: Return\nstarts: 2027-01-01\nchecklist: [{task: Write, due: T+3}]\n"),
]


@pytest.mark.parametrize(("path", "text"), NO_T)
def test_a_relative_date_that_counts_from_nothing_is_told(path, text):
    assert [code for _, code in codes({path: text})] == ["no-start"]


@pytest.mark.parametrize(("path", "text"), WITH_T)
def test_a_relative_date_that_counts_from_a_day_is_fine(path, text):
    assert codes({path: text}) == []


@pytest.mark.parametrize(("path", "text"), [*NO_T, *WITH_T])
def test_the_check_and_the_agenda_agree_on_which_items_have_a_day(path, text):
    loaded = book({path: text})
    (entry,) = loaded.playbook.entries()
    days = [due_of(entry, item) for item in entry.record.checklist]
    assert (None in days) == ("no-start" in [problem.code for problem in loaded.problems])


def test_a_play_that_has_not_started_may_count_from_the_day_it_will():
    assert codes({"plays/return.yml": "title: Return\nchecklist: [{task: Write, due: T+3}]\n"}) == []


def test_the_plays_and_goals_that_are_done_and_skipped_at_once_are_told_at_the_reason():
    text = "title: T\nchecklist: [{task: Draft, done: true, skipped: No longer asked for}]\n"
    assert codes({"goals/a.yml": text}) == [("goals/a.yml:2:39", "done-and-skipped")]


# ---- relations and spans


def test_goals_that_are_parts_of_each_other_are_told_once():
    files = {
        "goals/a.yml": "title: A\nparent: b\n",
        "goals/b.yml": "title: B\nparent: c\n",
        "goals/c.yml": "title: C\nparent: b\n",
        "goals/d.yml": "title: D\nparent: d\n",
        "goals/e.yml": "title: E\nparent: a\n",
    }
    assert lines(book(files)) == [
        (
            "content/goals/b.yml:2:9: error: this goal is a part of itself: b → c → b. "
            "Remove one of these 'parent' lines. [parent-cycle]"
        ),
        (
            "content/goals/d.yml:2:9: error: this goal is a part of itself: d → d. "
            "Remove one of these 'parent' lines. [parent-cycle]"
        ),
    ]


def test_somebody_to_meet_twice_is_told_at_the_second():
    files = {
        "people/ada.yml": "name: Ada\n",
        "events/pycon.yml": "title: PyCon\nstarts: 2027-05-14\nmeet:\n  - ada\n  - {person: ada, why: Again}\n  - name: Ada\n",
    }
    assert codes(files) == [("events/pycon.yml:5:14", "repeated-person")]


@pytest.mark.parametrize(
    ("path", "text", "place"),
    [
        ("me.yml", "away: {from: 2026-02-01, to: 2026-01-01}", "1:30"),
        ("me.yml", "positions: {organization: A, from: 2026-02-01, to: 2026-01-01}", "1:52"),
        ("goals/a.yml", "{title: A, start: 2026-02-01, due: 2026-01-01}", "1:36"),
        ("people/a.yml", "{name: A, positions: [{organization: A, from: 2026-02-01, to: 2026-01-01}]}", "1:63"),
        ("people/a.yml", "{name: A, mentoring: {since: 2026-02-01, until: 2026-01-01}}", "1:49"),
        ("organizations/a.yml", "{name: A, roles: [{title: A, from: 2026-02-01, to: 2026-01-01}]}", "1:52"),
        (
            "organizations/a.yml",
            "{name: A, membership: {state: member, since: 2026-02-01, renews: 2026-01-01}}",
            "1:66",
        ),
        ("events/a.yml", "{title: A, starts: 2026-02-01, ends: 2026-01-01}", "1:38"),
        ("events/a.yml", "{title: A, starts: 2026-02-01 10:00, ends: 2026-02-01 09:00}", "1:44"),
    ],
)
def test_what_ends_before_it_begins_is_told_at_its_end(path, text, place):
    assert codes({path: f"{text}\n"}) == [(f"{path}:{place}", "ends-before-start")]


# ---- pages


@pytest.mark.parametrize(
    "page",
    [
        "goals/staff.md",
        "goals/staff/index.md",
        "goals.md",
        "goals/README.md",
        "index.md",
        "tags.md",
        "Tags.md",
        "README.md",
    ],
)
def test_a_page_that_stands_where_a_generated_one_will_is_told(page):
    found = codes({"goals/staff.yml": "title: Staff\n"}, pages=[f"content/pages/{page}"])
    assert found == [(f"pages/{page}:1:1", "page-collision")]


def test_a_page_that_stands_elsewhere_is_fine():
    pages = [f"content/pages/{page}" for page in ("about.md", "goals/how.md", "staff.md", "goals/staff-notes.md")]
    assert codes({"goals/staff.yml": "title: Staff\n"}, pages=pages) == []


def test_every_record_has_a_page_every_kind_a_listing_and_a_goal_with_criteria_a_packet():
    loaded = book(
        {
            "goals/mentor.yml": "title: Mentor\n",
            "goals/staff.yml": "title: Staff\ncriteria: [Scope]\n",
            "journal/2026.yml": "- {date: 2026-01-01, title: Led}\n",
        }
    )
    assert list(generated_pages(loaded.playbook)) == [
        *LISTINGS, "goals/mentor.md", "goals/staff.md", "journal/2026.md", "packets/staff.md",
    ]  # fmt: skip


# ---- what depends on the day


PASSED = {
    "me.yml": "away: {from: 2026-08-01, to: 2026-11-19}\n",
    "goals/a.yml": "title: A\ndue: 2026-11-19\n",
    "people/a.yml": (
        "name: A\nreview_by: 2026-11-19\npromises: [{what: Send it, due: 2026-11-19}]\nmentoring: {next: 2026-11-19}\n"
    ),
    "organizations/a.yml": "name: A\nmembership: {state: member, renews: 2026-11-19}\n",
    "events/a.yml": "title: A\nstarts: 2026-11-19\nstatus: registered\n",
    "events/b.yml": "title: B\nstarts: 2026-11-18\nends: 2026-11-19\n",
}


def test_what_the_calendar_has_overtaken_is_noticed_and_fails_nothing():
    found = book(PASSED, TODAY).problems
    assert [(str(problem.place).removeprefix("content/"), problem.severity) for problem in found] == [
        ("events/a.yml:3:9", Severity.NOTICE),
        ("events/b.yml:1:1", Severity.NOTICE),
        ("goals/a.yml:2:6", Severity.NOTICE),
        ("me.yml:1:30", Severity.NOTICE),
        ("organizations/a.yml:2:37", Severity.NOTICE),
        ("people/a.yml:2:12", Severity.NOTICE),
        ("people/a.yml:3:33", Severity.NOTICE),
        ("people/a.yml:4:19", Severity.NOTICE),
    ]


@pytest.mark.parametrize("today", [None, dt.date(2026, 11, 19)])
def test_nothing_is_noticed_on_the_day_itself_or_without_a_day(today):
    assert codes(PASSED, today) == []


def test_what_is_settled_is_not_noticed():
    files = {
        "goals/a.yml": "title: A\ndue: 2026-01-01\nstatus: done\n",
        "people/a.yml": "name: A\npromises: [{what: Send it, due: 2026-01-01, kept: true}]\n",
        "organizations/a.yml": "name: A\nmembership: {state: lapsed, renews: 2026-01-01}\n",
        "events/a.yml": "title: A\nstarts: 2026-01-01\nstatus: attended\n",
    }
    assert codes(files, TODAY) == []
