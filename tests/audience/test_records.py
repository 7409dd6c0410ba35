"""Which records, fields and nested entries an audience sees: each rule by example."""

from __future__ import annotations

from datetime import date
from textwrap import dedent

import pytest

from playbook.audience import UnknownAudience, audiences, restrict
from playbook.records import Me
from tests.audience.seen import ME, read, said, seen_by
from tests.support import book

# ---- who may be built for


def test_one_may_build_for_me_for_the_public_for_every_audience_of_me_yml_and_for_every_label() -> None:
    files = {
        "goals/staff.yml": "{title: Staff, visibility: coach, checklist: [{task: Draft, visibility: team}]}",
        "people/lin.yml": "{name: Lin, show: {log: peer}}",
    }
    assert audiences(book(files).playbook) == ("me", "public", "coach", "peer", "team")
    assert audiences(read({})) == ("me", "public", "mentors", "goals-only", "mentor")


def test_a_label_is_the_audience_of_whoever_is_shown_what_bears_it() -> None:
    files = {
        "goals/staff.yml": "{title: Staff, visibility: coach, why: Because}",
        "goals/talk.yml": "{title: Talk, visibility: mentor}",
        "goals/open.yml": "{title: Open, visibility: public}",
        "goals/mine.yml": "title: Mine",
    }
    assert seen_by("coach", files) == {
        "goals/open": {"title": "Open"},
        "goals/staff": {"title": "Staff", "why": "Because"},
    }


def test_an_unknown_audience_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(UnknownAudience) as refused:
        restrict(read({}), "mentos")
    assert str(refused.value) == "no audience called 'mentos'. Did you mean 'mentors'?"


def test_an_unknown_audience_like_no_other_is_refused_with_all_names() -> None:
    with pytest.raises(UnknownAudience) as refused:
        restrict(book({}).playbook, "xyzzy")
    assert str(refused.value) == (
        "no audience called 'xyzzy'. There are me, public. "
        "To make one, write into me.yml: audiences: {xyzzy: {sees: [xyzzy]}}"
    )


@pytest.mark.parametrize("name", ["xyzzy", "grace", "peter"])
@pytest.mark.parametrize("had", ["", "work: {sees: [work]}"])
def test_what_an_unknown_audience_is_told_to_write_makes_it(name: str, had: str) -> None:
    people = {"people/grace.yml": "name: Grace"}
    with pytest.raises(UnknownAudience) as refused:
        restrict(book({**people, "me.yml": f"audiences: {{{had}}}"}).playbook, name)
    said = str(refused.value)
    line = said.partition("below audiences in me.yml: " if had else "audiences: {")[2].removesuffix("}" * (not had))
    made = book({**people, "me.yml": f"audiences: {{{f'{had}, ' * bool(had)}{line}}}"}).playbook
    assert restrict(made, name).people == {}
    assert made.me.record.audiences[name].person == ("grace" if name == "grace" else None)


def test_what_people_are_to_you_is_a_label_before_anything_bears_it() -> None:
    playbook = book({"goals/staff.yml": "title: Staff", "me.yml": "visibility: public"}).playbook
    assert restrict(playbook, "mentor").goals == {}
    assert "mentor" not in audiences(playbook)


def test_the_author_gets_the_playbook_itself() -> None:
    playbook = read({"goals/staff.yml": "title: Staff"})
    assert restrict(playbook, "me") is playbook


# ---- records and fields


@pytest.mark.parametrize(
    ("visibility", "default", "audience", "seen"),
    [
        ("", "", "mentors", False),
        ("me", "public", "mentors", False),
        ("public", "", "public", True),
        ("mentor", "", "public", False),
        ("mentor", "", "mentors", True),
        ("coach", "", "mentors", False),
        ("", "mentor", "mentors", True),
        ("", "mentor", "public", False),
        ("", "public", "public", True),
    ],
)
def test_a_record_is_seen_by_its_own_label_else_its_kinds_default(
    visibility: str, default: str, audience: str, seen: bool
) -> None:
    me = dedent(ME) + (f"defaults: {{goals: {default}}}\n" if default else "")
    goal = "title: Staff\n" + (f"visibility: {visibility}\n" if visibility else "")
    assert seen_by(audience, {"me.yml": me, "goals/staff.yml": goal}) == (
        {"goals/staff": {"title": "Staff"}} if seen else {}
    )


def test_private_fields_open_one_by_one_and_never_wider_than_the_record() -> None:
    person = """
        name: Radia
        consent: true
        visibility: mentor
        show: {notes: mentor, promises: coach}
        why: She wrote first.
        notes: Likes plain words.
        promises: [Send the page]
        stage: active
    """
    files = {
        "people/radia.yml": person,
        "people/lin.yml": "{name: Lin, consent: true, show: {notes: public}, notes: x}",
    }
    assert seen_by("mentors", files) == {
        "people/radia": {
            "name": "Radia", "consent": True, "why": "She wrote first.", "notes": "Likes plain words.",
        }
    }  # fmt: skip
    assert seen_by("public", files) == {}


def test_an_ordinary_field_can_be_closed_and_a_needed_one_closes_the_record() -> None:
    files = {
        "goals/staff.yml": "{title: Staff, why: For the room, visibility: public, show: {why: me}}",
        "goals/talk.yml": "{title: Talk, visibility: public, show: {title: me}}",
    }
    assert seen_by("public", files) == {"goals/staff": {"title": "Staff"}}


def test_a_nested_entry_with_a_label_that_is_not_seen_is_gone_and_one_without_inherits() -> None:
    goal = """
        title: Staff
        visibility: public
        milestones:
          - {title: Packet ready, visibility: me}
          - Talk given
        checklist:
          - {task: Draft, milestone: Packet ready, visibility: mentor}
          - {task: Ask, milestone: Packet ready}
          - {task: Present, milestone: talk given, visibility: public}
    """
    assert seen_by("public", {"goals/staff.yml": goal}) == {
        "goals/staff": {
            "title": "Staff",
            "milestones": ({"title": "Talk given"},),
            "checklist": ({"task": "Ask"}, {"task": "Present", "milestone": "talk given"}),
        }
    }


def test_an_entry_that_lost_all_it_said_is_gone() -> None:
    person = """
        name: Radia
        consent: true
        visibility: public
        show: {mentoring: public}
        met: {event: camp}
        mentoring: {role: mentor, feedback: [{said: Slower, visibility: me}]}
    """
    files = {"people/radia.yml": person, "events/camp.yml": "{title: Camp, starts: 2026-05-01}"}
    seen = seen_by("public", files)["people/radia"]
    assert seen == {"name": "Radia", "consent": True, "mentoring": {"role": "mentor"}}


def test_me_yml_is_hidden_unless_it_says_otherwise_time_zone_and_all() -> None:
    playbook = read({"me.yml": "{name: Ada, timezone: Europe/Berlin, positions: [Acme], language: de}"})
    assert restrict(playbook, "public").me.record == Me()


def test_a_visible_me_yml_never_tells_how_you_work_or_who_reads() -> None:
    me = """
        name: Ada
        visibility: public
        show: {away: public, audiences: public, circles: public}
        timezone: Europe/Berlin
        positions: [{organization: acme, title: Engineer}, {organization: Elsewhere, title: Clerk}]
        away: [{from: 2026-12-23, to: 2027-01-03}]
        avoid: [just checking in]
        circles: {inner: weekly}
        week_size: 3
        commit: daily
        defaults: {goals: public}
        audiences: {mentors: {sees: [mentor]}}
    """
    playbook = read({"me.yml": me, "organizations/acme.yml": "name: Acme"})
    assert said(restrict(playbook, "public").me.record) == {
        "name": "Ada",
        "timezone": "Europe/Berlin",
        "positions": ({"organization": "Elsewhere", "title": "Clerk"},),
    }


def test_public_can_be_narrowed_in_me_yml_and_me_is_no_label_for_others() -> None:
    me = "audiences: {public: {show: [events]}}"
    files = {
        "me.yml": me,
        "goals/staff.yml": "{title: Staff, visibility: public}",
        "events/camp.yml": "{title: Camp, starts: 2026-05-01, visibility: public}",
        "events/party.yml": "{title: Party, starts: 2026-05-01, visibility: mentor}",
    }
    assert list(seen_by("public", files)) == ["events/camp"]
    # `check` refuses `sees: [me]`; the gate does not rely on it.
    playbook = book(
        {"me.yml": "audiences: {x: {sees: [me]}}", "goals/staff.yml": "{title: S, visibility: me}"}
    ).playbook
    assert list(restrict(playbook, "x").entries()) == []


# ---- show, and the journal


def test_show_limits_an_audience_to_kinds_and_journal_kinds() -> None:
    journal = """
        - {date: 2026-01-01, title: Shipped, visibility: mentor, people: [radia], goals: [staff]}
        - {date: 2026-01-02, title: Read it, visibility: mentor, kind: reading}
    """
    files = {
        "goals/staff.yml": "{title: Staff, visibility: mentor, people: [radia]}",
        "people/radia.yml": "{name: Radia, visibility: mentor, relations: mentor}",
        "journal/2026.yml": journal,
    }
    seen = seen_by("goals-only", files)
    assert list(seen) == ["goals/staff", "journal/2026"]
    assert seen["goals/staff"] == {"title": "Staff"}
    assert [(line["title"], line.get("people"), line["goals"]) for line in seen["journal/2026"]["entries"]] == [
        ("Shipped", None, ("staff",))
    ]


def test_a_journal_entry_is_seen_by_its_own_label_else_the_journals_default() -> None:
    files = {
        "me.yml": dedent(ME) + "defaults: {journal: mentor}\n",
        "journal/2025.yml": "- {date: 2025-01-01, title: Alone, visibility: me}",
        "journal/2026.yml": """
            - {date: 2026-01-01, title: Mine, visibility: me}
            - {date: 2026-01-02, title: By default}
            - {date: 2026-01-03, title: For all, visibility: public, thanked: [radia]}
        """,
        "people/radia.yml": "{name: Radia, consent: true, visibility: public}",
    }
    assert [line["title"] for line in seen_by("mentors", files)["journal/2026"]["entries"]] == ["By default", "For all"]
    assert seen_by("public", files)["journal/2026"] == {"entries": ({"title": "For all", "date": date(2026, 1, 3)},)}
    assert "journal/2025" not in seen_by("mentors", files)


def test_praise_is_quoted_only_with_leave() -> None:
    journal = """
        - {date: 2026-01-01, kind: praise, title: One, from: Barbara, said: Great, visibility: public}
        - {date: 2026-01-02, kind: praise, title: Two, from: Barbara, said: Great, may_quote: true, visibility: public}
    """
    lines = seen_by("public", {"journal/2026.yml": journal})["journal/2026"]["entries"]
    assert [(line.get("from_"), line.get("said")) for line in lines] == [(None, None), ("Barbara", "Great")]
