"""Scripts as pages show them: each channel with its counts, a link to the mail program, and what could be better."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from html import unescape
from urllib.parse import parse_qsl, urlsplit

from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.render.scripts import Scripts
from playbook.render.scripts.showing import ShownScripts
from playbook.site import build_site
from playbook.views.fitting import ready_scripts
from playbook.views.scene import Scene
from playbook.views.scripts import CountView, FindingView, WayView
from tests.crawl import parsed, words
from tests.effort import examples
from tests.strategies import write
from tests.support import book, lines

TODAY = dt.date(2026, 11, 21)
ADA = "{name: Ada Bee, prefers: linkedin, channels: {email: ada@example.org, linkedin: ada}, why: You know.}"
ASK = """
    title: Ask
    channel: [email, linkedin-note, phone]
    subject: A question
    body: |
      Hello {{ person.calls }},

      {{ person.why }} Would you read it?
"""


def _mailto(boxes, subject, body):
    return f"{boxes} {subject} {body[:5]}"


def shown(files: dict[str, str], template: str = "ask", person: str = "ada"):
    loaded = book(files)
    assert lines(loaded) == []
    scene = Scene(loaded.playbook, TODAY, is_mine=True)
    return ShownScripts(scene, Scripts(loaded.playbook, TODAY), _mailto).fill(template, person)


def test_the_channel_they_prefer_comes_first_and_one_they_lack_last():
    view = shown({"people/ada.yml": ADA, "outreach/ask.yml": ASK})
    assert view.ways == (
        WayView("LinkedIn note", "", (CountView("40 of 200 characters", is_over=False),)),
        WayView(
            "E-mail",
            "A question",
            (
                CountView("8 of 200 words", is_over=False),
                CountView("subject 10 of 78 characters", is_over=False),
            ),
            mailto="[('Ada Bee', 'ada@example.org')] A question Hello",
        ),
        WayView("Phone", "", (CountView("4 of 60 seconds aloud", is_over=False),), is_usable=False),
    )
    assert (view.gap, view.findings) == ("", ())


def test_somebody_without_any_of_the_channels_is_shown_with_what_they_prefer():
    files = {"people/ada.yml": "{name: Ada Bee, prefers: video, why: You know.}", "outreach/ask.yml": ASK}
    view = shown(files)
    assert view.gap == "Ada Bee has no e-mail address, LinkedIn profile or phone number; they prefer video."
    assert view.by == "they prefer video"
    assert [(way.name, way.mailto, way.is_usable) for way in view.ways] == [
        ("E-mail", "", False), ("LinkedIn note", "", False), ("Phone", "", False),
    ]  # fmt: skip


def test_a_template_that_names_no_channel_is_a_message():
    view = shown({"people/ada.yml": ADA, "outreach/ask.yml": "{title: Ask, subject: S, body: Hello}"})
    assert view.ways == (WayView("Message", "S", (CountView("1 word", is_over=False),)),)


def test_a_subject_is_lost_on_no_channel():
    view = shown({"people/ada.yml": ADA, "outreach/ask.yml": "{title: Ask, channel: chat, subject: S, body: Hello}"})
    assert [way.subject for way in view.ways] == ["S"]


def test_findings_are_sentences_with_advice():
    view = shown({"people/ada.yml": ADA, "outreach/ask.yml": "{title: Ask, body: 'Thoughts? I circle back.'}"})
    assert view.findings[0] == FindingView("'circle back' is a phrase to avoid.", "Name the thing and the day.")
    assert [one.text for one in view.findings[1:]] == ["'thoughts?' is a phrase to avoid."]


def test_two_who_are_written_to_together_are_both_in_the_link():
    files = {
        "people/ada.yml": ADA,
        "people/bo.yml": "{name: Bo Li, channels: {email: bo@example.org}}",
        "outreach/ask.yml": "{title: Ask, channel: email, to_both: true, subject: S, body: '{{ person.calls }}, this is {{ other.calls }}'}",
    }
    loaded = book(files)
    engine = Scripts(loaded.playbook, TODAY)
    both = ShownScripts(Scene(loaded.playbook, TODAY), engine, _mailto)._view(engine.fill("ask", "ada", other="bo"))
    assert [way.mailto for way in both.ways] == [
        "[('Ada Bee', 'ada@example.org'), ('Bo Li', 'bo@example.org')] S Ada, "
    ]


def test_of_two_who_cannot_be_written_to_each_is_named_with_how_they_can_be_reached():
    files = {
        "people/ada.yml": "{name: Ada Bee, prefers: video}",
        "people/bo.yml": "{name: Bo Li, channels: {phone: '010'}}",
        "outreach/ask.yml": "{title: Ask, channel: email, to_both: true, subject: S, body: '{{ person.calls }}, this is {{ other.calls }}'}",
    }
    loaded = book(files)
    engine = Scripts(loaded.playbook, TODAY)
    both = ShownScripts(Scene(loaded.playbook, TODAY), engine, _mailto)._view(engine.fill("ask", "ada", other="bo"))
    assert both.by == "Ada Bee: they prefer video; Bo Li: they can be reached by phone"


def test_the_worked_example_is_of_somebody_whom_it_reaches_where_there_is_one():
    ask = "{title: Ask, channel: email, subject: S, body: 'Hello {{ person.calls }}'}"
    away = {"people/ada.yml": "{name: Ada Bee, prefers: video}", "outreach/ask.yml": ask}
    both = {**away, "people/bo.yml": "{name: Bo Li, channels: {email: bo@example.org}}"}

    def example(files):
        loaded = book(files)
        scene = Scene(loaded.playbook, TODAY)
        view = ShownScripts(scene, Scripts(loaded.playbook, TODAY), _mailto).example("ask")
        return view and view.person.text

    assert [example(both), example(away), example({"outreach/ask.yml": ask})] == ["Bo Li", "Ada Bee", None]


@settings(max_examples=examples(60), deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60))
def test_whatever_is_filled_in_the_page_holds_the_message_and_a_link_to_one_person_with_one_subject(why):
    files = write({
        "people/ada.yml": {"name": "Ada Bee", "why": f"x{why}x", "channels": {"email": "ada@example.org"}},
        "outreach/ask.yml": {"title": "Ask", "channel": "email", "subject": "{{ person.why }}", "body": "{{ person.why }}\nBye"},
    })  # fmt: skip
    loaded = book(files)
    if loaded.has_errors:
        return  # what no file may hold is refused before
    script = Scripts(loaded.playbook, TODAY).fill("ask", "ada")
    page = next(page for page in build_site(loaded.playbook, TODAY).pages if page.uri == "people/ada.md")
    tree = parsed(page.html)
    assert [words(code) for code in tree.iter("code")][:2] == [script.subject, script.body]
    link = next(a.get("href") for a in tree.iter("a") if a.get("class", "").startswith("pb-way__open"))
    assert f'href="{link}"' in unescape(page.html)
    parts = urlsplit(link)
    assert (parts.scheme, parts.path) == ("mailto", "ada@example.org")
    fields = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=True))
    assert list(fields) == ["subject", "body"]
    assert "\n" not in fields["subject"]


def test_what_has_its_time_now_comes_before_what_is_ready_for_another_day():
    purposes = ("event-opener", "follow-up", "mentor-request", "nudge", "reconnect", "thank-you")
    files = {f"outreach/{one}.yml": f"{{title: T, purpose: {one}, body: Hello}}" for one in purposes}
    met = "{date: 2026-11-17, kind: met, what: Queues}"

    def now(log: str, more: str = "", **others: str) -> list[str]:
        own = {f"{kind}/x.yml": text for kind, text in others.items()}
        loaded = book({**files, **own, "people/ada.yml": f"name: Ada\ncircle: inner\nlog: [{log}]\n{more}"})
        assert not loaded.has_errors, lines(loaded)
        scene = Scene(loaded.playbook, TODAY, is_mine=True)
        scene = replace(scene, scripts=ShownScripts(scene, Scripts(loaded.playbook, TODAY)))
        found = ready_scripts(scene, loaded.playbook.people["ada"])
        assert found is not None
        ids = [[one.template.href.rpartition("/")[2][:-3] for one in part] for part in (found.now, found.also)]
        assert sorted((*ids[0], *ids[1])) == [
            one for one in purposes if {"follow-up": "met", "nudge": "wrote"}.get(one, "") in log
        ]
        return ids[0]

    assert now(met) == ["follow-up", "mentor-request"]
    assert now(f"{met}, {{date: 2026-11-18, kind: thanked}}, {{date: 2026-11-19, kind: heard}}") == ["mentor-request"]
    assert now("{date: 2026-11-18, kind: wrote}") == ["mentor-request", "nudge"]
    assert now("{date: 2026-09-18, kind: heard}") == ["mentor-request", "reconnect"]
    assert now("{date: 2026-11-18, kind: received}") == ["mentor-request", "thank-you"]
    fair = "{title: Fair, starts: 2026-12-03, meet: [ada]}"
    assert now("{date: 2026-11-18, kind: heard}", events=fair) == ["event-opener", "mentor-request"]
