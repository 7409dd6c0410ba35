"""Scripts: an allow-list of syntax, plain values, and no value, no message."""

from __future__ import annotations

import datetime as dt

import pytest

from playbook.render.scripts import NotReady, Script, Scripts, check_scripts
from playbook.views.scope import calls
from tests.support import book, lines

TODAY = dt.date(2026, 11, 21)


def _scripts(files: dict[str, str]) -> Scripts:
    loaded = book(files)
    assert lines(loaded) == []
    return Scripts(loaded.playbook, TODAY)


ASK = """
    title: Ask
    channel: email
    subject: "About {{ person.expertise | first }}"
    fallbacks: {person.expertise: [your path]}
    limits: {words: 20}
    body: |
      Hello {{ person.calls }},

      {{ person.why }}
      {% if person.met.how %}We met: {{ person.met.how }}.
      {% endif %}
      In the week of {{ today | next_week }}?

      {{ me.name }}
"""


def test_a_script_is_filled_from_the_person_and_me():
    scripts = _scripts({
        "me.yml": "name: Mara",
        "people/ines.yml": "{name: Inês Marques, why: Your talk helped., met: at the meetup}",
        "outreach/ask.yml": ASK,
    })  # fmt: skip
    script = scripts.fill("ask", "ines")
    assert isinstance(script, Script)
    assert script.subject == "About your path"
    assert script.body == (
        "Hello Inês,\n\nYour talk helped.\nWe met: at the meetup.\nIn the week of 23 November?\n\nMara"
    )
    assert (script.counts.words, script.excess) == (17, ())


def test_no_value_no_message_and_the_line_that_asks_for_it():
    scripts = _scripts({"me.yml": "name: Mara", "people/bo.yml": "name: Bo Li", "outreach/ask.yml": ASK})
    outcome = scripts.fill("ask", "bo")
    assert isinstance(outcome, NotReady)
    assert (outcome.missing, outcome.reason, str(outcome.place)) == (
        ("person.why",), "Bo Li lacks why", "content/outreach/ask.yml:9:1",
    )  # fmt: skip


def test_a_condition_makes_a_name_optional_and_a_default_fills_it():
    scripts = _scripts({
        "people/bo.yml": "name: Bo Li",
        "outreach/t.yml": "title: T\nbody: \"{% if person.why %}{{ person.why }}{% endif %}{{ person.location | default('there') }}\"\n",
    })  # fmt: skip
    script = scripts.fill("t", "bo")
    assert isinstance(script, Script)
    assert script.body == "there"


def test_a_script_unlocks_at_its_stage_and_says_what_comes_first():
    scripts = _scripts({
        "people/bo.yml": "{name: Bo Li, stage: contacted}",
        "people/cy.yml": "{name: Cy Twin, stage: active}",
        "outreach/t.yml": "{title: T, unlocks_at: active, body: 'Hello {{ person.calls }}'}",
    })  # fmt: skip
    locked = scripts.fill("t", "bo")
    assert isinstance(locked, NotReady)
    assert locked.reason == "Bo Li is contacted; this is for when the relationship is active"
    assert isinstance(scripts.fill("t", "cy"), Script)


def test_a_variant_is_taken_in_the_language_of_the_person():
    scripts = _scripts({
        "people/uwe.yml": "{name: Uwe Lang, language: de-AT}",
        "outreach/t.yml": "{title: T, body: Hello, variants: {de: {body: 'Guten Tag {{ person.name }}'}}}",
    })  # fmt: skip
    script = scripts.fill("t", "uwe")
    assert isinstance(script, Script)
    assert (script.language, script.body) == ("de", "Guten Tag Uwe Lang")


def test_limits_of_each_channel_are_counted():
    scripts = _scripts({
        "people/bo.yml": "name: Bo Li",
        "outreach/t.yml": f"{{title: T, channel: [linkedin-note, in-person], body: {'word ' * 60}}}",
    })  # fmt: skip
    script = scripts.fill("t", "bo")
    assert isinstance(script, Script)
    assert script.excess == ("299 of 200 characters for a LinkedIn note",)


def test_it_fits_open_ties_and_says_who_lacks_what():
    scripts = _scripts({
        "people/ann.yml": "{name: Ann Bee, why: You know.}",
        "people/bo.yml": "name: Bo Li",
        "people/cy.yml": "{name: Cy Twin, stage: closed, why: You know.}",
        "people/di.yml": "{name: Di Vine, stage: dormant, why: You know.}",
        "outreach/t.yml": "{title: T, body: '{{ person.why }}'}",
        "outreach/again.yml": "{title: Again, purpose: reconnect, body: '{{ person.why }}'}",
    })  # fmt: skip
    assert [(fit.person, isinstance(fit.outcome, Script)) for fit in scripts.fits("t")] == [
        ("ann", True),
        ("bo", False),
    ]
    assert [fit.person for fit in scripts.fits("again")] == ["ann", "di", "bo"]


def test_meet_falls_back_to_the_event_and_the_person():
    scripts = _scripts({
        "people/ann.yml": "{name: Ann Bee, why: You know., offers: [Our numbers]}",
        "events/e.yml": "{title: Meetup, starts: 2026-12-03, questions: [What stopped?], meet: [ann]}",
        "outreach/t.yml": "{title: T, body: '{{ event.title }} {{ meet.why }} {{ meet.questions | first }} {{ meet.offer }}'}",
    })  # fmt: skip
    script = scripts.fill("t", "ann")
    assert isinstance(script, Script)
    assert (script.event, script.body) == ("e", "Meetup You know. What stopped? Our numbers")


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Grace Hopper", "Grace"), ("Inês Marques", "Inês"), ("Dr. Hopper", "Dr. Hopper"), ("Bram de Wit", "Bram de Wit"),
        ("王小明", "王小明"), ("Ελένη Παπαδάκη", "Ελένη Παπαδάκη"), ("Prince", "Prince"),
    ],
)  # fmt: skip
def test_people_are_called_by_a_given_name_only_where_it_is_certain(name, called):
    loaded = book({"people/x.yml": f"name: {name}"})
    assert calls(loaded.playbook.people["x"].record) == called


def test_check_tells_bad_templates_at_their_line():
    loaded = book({
        "people/bo.yml": "name: Bo Li",
        "outreach/t.yml": """
            title: T
            needs: [person.wy]
            body: |
              Hello
              {{ person.nmae }}
        """,
        "outreach/u.yml": """
            title: U
            body: |
              {{ person.why }}
        """,
    }, TODAY, checks=(check_scripts,))  # fmt: skip
    assert lines(loaded) == [
        "content/outreach/t.yml:2:9: error: no template can speak of 'person.wy'. Did you mean 'person.why'? [unknown-name]",
        "content/outreach/t.yml:5:1: error: 'person' has no 'nmae'. Did you mean 'name'? [bad-script]",
        "content/outreach/u.yml:3:1: warning: nobody can be sent 'U' yet: 'person.why' has no value for anybody. "
        "Write the value, give it a fallback, or make it optional with {% if %}. [unfillable-script]",
    ]


def test_values_are_never_templates_themselves():
    scripts = _scripts({
        "people/bo.yml": "{name: '{{ 7 * 7 }} <b>', why: '{% for x in y %}'}",
        "outreach/t.yml": "{title: T, body: '{{ person.name }} {{ person.why }}'}",
    })  # fmt: skip
    script = scripts.fill("t", "bo")
    assert isinstance(script, Script)
    assert script.body == "{{ 7 * 7 }} <b> {% for x in y %}"


def test_a_line_broken_by_its_margin_is_joined_and_a_short_line_stays():
    scripts = _scripts({
        "people/bo.yml": "name: Bo Li",
        "outreach/t.yml": """
            title: T
            body: |
              Hello {{ person.calls }},

              This sentence is so long that its author broke it to keep the file
              narrow, and it should flow again.
              Best,
              Mara
        """,
    })  # fmt: skip
    script = scripts.fill("t", "bo")
    assert isinstance(script, Script)
    assert script.body == (
        "Hello Bo,\n\nThis sentence is so long that its author broke it to keep the file narrow, and it should flow again.\n"
        "Best,\nMara"
    )
