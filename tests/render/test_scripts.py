"""Scripts: an allow-list of syntax, plain values, and no value, no message."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.render.scripts import NotReady, Script, Scripts, check_scripts
from playbook.render.scripts.allow_list import MAX_OUTPUT, Refused, parse
from playbook.render.scripts.filling import wrap
from playbook.views.asking import Asking
from playbook.views.scope import SHAPES, calls
from tests.support import book, lines

TODAY = dt.date(2026, 11, 21)

# Escapes, bombs, recursion, bulk. Each must be refused, quickly, with its line.
ATTACKS = {
    "string repeated": "{{ 'a'*10**9 }}",
    "power": "{{ 9**(9**9) }}",
    "centred": "{{ 'a'.center(10**9) }}",
    "centre filter": "{{ 'a'|center(10**9) }}",
    "huge range": "{% for a in range(10**9) %}x{% endfor %}",
    "nested ranges": "{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}",
    "nested loops": "{% for a in achievements %}{% for b in achievements %}x{% endfor %}{% endfor %}",
    "percent format": "{{ '%1000000000d'|format(1) }}",
    "str.format": "{{ '{:>1000000000}'.format(1) }}",
    "str.format_map": "{{ '{x.__class__}'.format_map(person) }}",
    "lipsum": "{{ lipsum(n=200000) }}",
    "recursive macro": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "recursive loop": "{% for a in achievements recursive %}{{ loop(a) }}{% endfor %}",
    "replace": "{{ 'a'|replace('a','b'*9999) }}",
    "indent": "{{ 'a'|indent(10**9) }}",
    "wordwrap": "{{ 'a'|wordwrap(1, True, 'x'*99) }}",
    "batch": "{{ achievements|batch(10**9) }}",
    "slice": "{{ achievements|slice(10**9) }}",
    "map": "{{ person.expertise|map('upper') }}",
    "list repeated": "{{ [1]*10**9 }}",
    "list": "{{ [person.name, person.name] }}",
    "doubling": "{% set x = 'aa' %}{% set x = x ~ x %}{{ x }}",
    "concatenation": "{{ person.why ~ person.why }}",
    "class of a string": "{{ ''.__class__ }}",
    "class of a person": "{{ person.__class__.__mro__ }}",
    "class below a text": "{{ person.met.how.__init__ }}",
    "attr filter": "{{ person|attr('__class__') }}",
    "item": "{{ person['__class__'] }}",
    "method": "{{ person.why.upper() }}",
    "include": "{% include 'secrets' %}",
    "import": "{% import 'os' as os %}",
    "from import": "{% from 'os' import path %}",
    "extends": "{% extends 'base' %}",
    "block": "{% block x %}{% endblock %}",
    "call block": "{% call person() %}{% endcall %}",
    "filter block": "{% filter upper %}x{% endfilter %}",
    "with": "{% with x = 1 %}{{ x }}{% endwith %}",
    "autoescape": "{% autoescape true %}{% endautoescape %}",
    "cycler": "{{ cycler('a', 'b').__init__.__globals__ }}",
    "joiner": "{{ joiner() }}",
    "namespace": "{{ namespace(a=1) }}",
    "self": "{{ self.__init__ }}",
    "test": "{{ today is defined }}",
    "200,000 expressions": "{{x}}" * 200_000,
    "many short expressions": "{{today}}" * 1_000,
    "3,000 parentheses": "{{ " + "(" * 3_000 + "1" + ")" * 3_000 + " }}",
    "comments": "{#" * 1_000,
    "a million digits": "{{ " + "9" * 10_000 + " }}",
    "misspelt field": "{{ person.nmae }}",
    "unknown name": "{{ nobody }}",
    "below a text": "{{ person.name.first }}",
    "not closed": "{{ person.name",
}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_refused_at_its_line(name):
    parse("{{ today }}", SHAPES)  # the first parse of a process also imports
    begun = time.perf_counter()
    with pytest.raises(Refused) as refused:
        parse("first line\n" + ATTACKS[name], SHAPES)
    took = time.perf_counter() - begun
    assert refused.value.line in {1, 2}
    assert refused.value.message
    # No timed test of speed: a bomb that went off would take minutes, and this says that none did.
    assert took < 1


def test_a_misspelt_name_is_told_with_the_right_one():
    with pytest.raises(Refused) as refused:
        parse("Hello\n{{ person.expertize | first }}", SHAPES)
    assert (refused.value.line, refused.value.message, refused.value.hint) == (
        2, "'person' has no 'expertize'", "Did you mean 'expertise'?",
    )  # fmt: skip


_PIECES = st.sampled_from(
    ["{{ person.name }}", "{% if person.why %}", "{% endif %}", "{% else %}", "{% for a in achievements %}", "{% endfor %}",
     "{{ a.title }}", "{{", "}}", "{%", "%}", "text ", "\n", "|upper", "| first", "person.", "__class__", "'x'", "(", ")",
     "loop.index", "{{ loop.index }}", "{{ today | next_week }}", "{{ person.expertise | join(', ') }}", "{#", "#}", "*", "9"]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(_PIECES, max_size=14).map("".join))
def test_any_text_is_refused_with_a_line_or_filled_within_bounds(source):
    loaded = book({
        "people/ada.yml": "name: Ada",
        "outreach/t.yml": "title: T\nbody: x\n",
        "journal/2026.yml": "- {date: 2026-01-01, title: Did it}",
    })  # fmt: skip
    try:
        template = parse(source, SHAPES)
    except Refused as refused:
        assert 1 <= refused.line <= source.count("\n") + 1
        return
    asked = Asking(loaded.playbook, TODAY).gather("t", "ada")
    roots = wrap(asked.values, asked.fallbacks)
    try:
        text = template.render(roots)
    except Exception as error:  # noqa: BLE001
        assert type(error).__name__ in {"MissingValue", "UndefinedError", "Refused", "TypeError"}, repr(error)
        return
    assert len(text) <= MAX_OUTPUT
    assert "object at 0x" not in text
    assert "<class" not in text


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
