"""How somebody can be reached for a script, and what stands between them and it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from playbook.problems import Place
from playbook.records.choices import Stage
from playbook.views.lacking import WriteAt, what_comes_first, where_to_write
from playbook.views.reach import Reach, reach_of
from playbook.views.scene import Linked
from playbook.views.scripts import ScriptView, WayView
from tests.support import book

TODAY = dt.date(2026, 11, 21)


def reach(person: str, *wanted: str) -> Reach:
    return reach_of(book({"people/ada.yml": person}).playbook.people["ada"].record, wanted)


@pytest.mark.parametrize(
    ("person", "wanted", "usable"),
    [
        ("{name: Ada, channels: {email: a@x.org}}", ("email", "chat"), ("email",)),
        ("{name: Ada, channels: {linkedin: ada}}", ("linkedin-note", "linkedin-message", "email"), ("linkedin-note", "linkedin-message")),
        ("{name: Ada, channels: {phone: '010'}}", ("text", "phone"), ("text", "phone")),
        ("{name: Ada}", ("in-person", "email"), ("in-person",)),
        ("{name: Ada, prefers: video}", ("video",), ("video",)),
        ("{name: Ada, prefers: email}", ("email",), ()),
        ("{name: Ada, log: [{date: 2026-11-01, channel: chat, kind: heard}]}", ("chat",), ("chat",)),
        ("{name: Ada, log: [{date: 2026-11-01, channel: chat, kind: note}]}", ("chat",), ()),
        ("{name: Ada, channels: {pigeon: loft 3}}", ("pigeon",), ("pigeon",)),
        ("{name: Ada}", (), ()),
    ],
)  # fmt: skip
def test_a_channel_will_do_where_they_have_it_or_need_no_address_for_it(person, wanted, usable):
    assert reach(person, *wanted).usable == usable


@pytest.mark.parametrize(
    ("person", "wanted", "gap"),
    [
        ("{name: Ada, channels: {email: a@x.org}}", ("email",), ""),
        ("{name: Ada}", (), ""),
        ("{name: Ada}", ("email",), "Ada has no e-mail address; no way to reach them is written down"),
        ("{name: Ada, prefers: video}", ("email",), "Ada has no e-mail address; they prefer video"),
        ("{name: Ada, channels: {phone: '010', chat: ada}}", ("linkedin-note", "linkedin-message", "mastodon"),
         "Ada has no LinkedIn profile or Mastodon handle; they can be reached by phone and chat"),
        ("{name: Ada, prefers: phone, channels: {phone: '010', chat: ada}}", ("pigeon",),
         "Ada has no pigeon; they prefer phone, and can be reached by chat"),
        ("{name: Ada, log: [{date: 2026-11-01, channel: in-person}]}", ("chat",),
         "Ada has no handle for chats; they can be met in person"),
        ("{name: Ada, prefers: in-person}", ("chat",), "Ada has no handle for chats; they prefer to meet in person"),
    ],
)  # fmt: skip
def test_a_gap_says_what_they_prefer_and_have(person, wanted, gap):
    assert reach(person, *wanted).gap == gap


def test_a_script_offers_the_channels_that_will_do_else_how_they_can_be_reached():
    ways = tuple(WayView(name, "", (), is_usable=name == "Chat") for name in ("E-mail", "Chat"))
    script = ScriptView(Linked("Thank you"), Linked("Ada"), ("email", "chat"), "", "", "Thanks.", "", ways)
    assert script.by == "Chat"
    assert replace(script, ways=()).by == "E-mail, Chat"
    assert replace(script, instead="they can be met in person").by == "they can be met in person"


# ---- what is lacking


FILES = {
    "me.yml": "name: Mara\n",
    "people/ada.yml": "name: Ada\nexpertise: []\nmet: {how: there}\n",
    "people/bo.yml": "name: Bo",
    "events/camp.yml": "title: Camp\nstarts: 2026-12-01\n",
    "goals/staff.yml": "title: Staff\n",
}


def test_what_is_lacking_is_written_where_the_field_stands_or_at_the_end_of_the_file():
    found = where_to_write(
        book(FILES).playbook,
        ("person.why", "person.met.date", "other.title", "me.headline", "event.place", "goal.pitch", "achievements", "organization.url"),
        person="ada", other="bo", event="camp", goal="staff",
    )  # fmt: skip
    assert [(one.name, str(one.place), one.text) for one in found] == [
        ("person.why", "content/people/ada.yml:4:1", "why: …"),
        ("person.met.date", "content/people/ada.yml:3:1", "met: {date: …, how: …}"),
        ("other.title", "content/people/bo.yml:2:1", "positions: {organization: …, title: …}"),
        ("me.headline", "content/me.yml:2:1", "headline: …"),
        ("event.place", "content/events/camp.yml:3:1", "place: …"),
        ("goal.pitch", "content/goals/staff.yml:2:1", "pitch: …"),
    ]
    assert found[0] == WriteAt(
        "person.why",
        Place("content/people/ada.yml", 4, 1),
        "why: …",
        "The personal reason to write to *them*, in words said to them",
    )


def test_every_name_of_a_person_that_can_be_missing_leads_to_a_field():
    from playbook.views.scope_names import SHAPES

    for root in ("person", "me", "event", "goal"):
        names = tuple(f"{root}.{name}" for name in SHAPES[root] if name not in {"name", "calls", "title"})
        playbook = book(FILES).playbook
        found = where_to_write(playbook, names, person="ada", event="camp", goal="staff")
        assert [one.name for one in found] == list(names)


@pytest.mark.parametrize(
    ("ada", "wanted", "words"),
    [
        ("{name: Ada}", "active",
         "First: a first message of yours; then an answer from them, or a meeting; then three contacts within a "
         "year, one of them from their side. Once that stands in their log, this is ready."),
        ("{name: Ada, log: [{date: 2026-11-01, kind: wrote}]}", "connected",
         "First: an answer from them, or a meeting. Once that stands in their log, this is ready."),
        ("{name: Ada, stage: connected}", "active",
         "First: three contacts within a year, one of them from their side. Then write the new stage at "
         "content/people/ada.yml:1:13."),
        ("{name: Ada, stage: declined}", "connected", "They have said no for now; it is theirs to come back to it."),
        ("{name: Ada, closed: Moved}", "connected", "The tie has ended."),
        ("{name: Ada, stage: active}", "active", ""),
    ],
)  # fmt: skip
def test_what_usually_comes_before_a_stage_is_said(ada, wanted, words):
    playbook = book({"people/ada.yml": ada}).playbook
    assert what_comes_first(playbook, playbook.people["ada"], Stage(wanted), TODAY) == words
