"""Scripts: an allow-list of syntax, plain values, and no value, no message."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from playbook.render.scripts import NotReady, Script, Scripts, check_scripts
from playbook.render.scripts.showing import ShownScripts
from playbook.views.scene import Scene
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


def test_a_nudge_is_for_those_who_have_not_answered():
    scripts = _scripts({
        "people/ann.yml": "{name: Ann, log: [{date: 2026-11-02, kind: wrote}]}",
        "people/bo.yml": "{name: Bo, log: [{date: 2026-11-02, kind: wrote}, {date: 2026-11-03, kind: heard}]}",
        "people/cy.yml": "{name: Cy, sponsoring: {asked: 2026-11-02}}",
        "people/di.yml": "{name: Di, sponsoring: {asked: 2026-11-02, answer: Yes}}",
        "outreach/t.yml": "{title: T, purpose: nudge, body: Hello}",
    })  # fmt: skip
    assert [(fit.person, isinstance(fit.outcome, Script)) for fit in scripts.fits("t")] == [("ann", True), ("cy", True)]
    bo = scripts.fill("t", "bo")
    assert isinstance(bo, NotReady)
    assert bo.reason == "nothing that you wrote to Bo waits for an answer"


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
        ("Grace Hopper", "Grace"), ("Inês Marques", "Inês"), ("Dr. Hopper", "Dr. Hopper"), ("Bram de Wit", "Bram"),
        ("Ursula von der Leyen", "Ursula"), ("Ana María de la Cruz", "Ana María de la Cruz"), ("Lê Thị Mai", "Lê Thị Mai"),
        ("Ann and Bo", "Ann and Bo"), ("Juan Pérez García", "Juan Pérez García"), ("王小明", "王小明"), ("Ελένη Παπαδάκη", "Ελένη Παπαδάκη"), ("Prince", "Prince"),
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


def test_everything_that_somebody_lacks_is_told_at_once():
    scripts = _scripts({
        "people/bo.yml": "name: Bo Li",
        "outreach/t.yml": """
            title: T
            needs: [person.values]
            subject: "{{ person.location }}"
            body: |
              Hello {{ person.calls }},

              {{ person.why }} {{ event.title }}
              {% if person.met %}{{ person.met.how }}{% endif %}
        """,
    })  # fmt: skip
    outcome = scripts.fill("t", "bo")
    assert isinstance(outcome, NotReady)
    assert outcome.missing == ("person.values", "person.location", "person.why", "event.title")
    assert outcome.reason == "Bo Li lacks values, location and why; there is no event ahead"
    assert str(outcome.place) == "content/outreach/t.yml:2:8"
    assert scripts.lacks("t", "bo") == ("person.values", "person.location", "person.why")


def test_a_script_for_nobody_says_so():
    scripts = _scripts({"outreach/t.yml": "{title: T, body: 'Hello {{ person.calls }}'}"})
    outcome = scripts.fill("t")
    assert isinstance(outcome, NotReady)
    assert outcome.reason == "it is written to nobody yet"


def test_a_variant_alone_may_speak_of_an_event_and_reads_in_its_language():
    scripts = _scripts({
        "people/uwe.yml": "{name: Uwe Lang, language: de, expertise: [Brot, Butter]}",
        "events/e.yml": "{title: Treffen, starts: 2026-12-03, meet: [uwe]}",
        "outreach/t.yml": "{title: T, body: Hello, variants: {de: {body: '{{ event.title }} am {{ event.starts }}, {{ today | next_week }}: {{ person.expertise }}'}}}",
    })  # fmt: skip
    script = scripts.fill("t", "uwe")
    assert isinstance(script, Script)
    assert (script.event, script.body) == ("e", "Treffen am 3. Dez. 2026, 23. November: Brot und Butter")


def test_the_line_of_a_folded_text_is_where_it_begins():
    loaded = book({
        "outreach/t.yml": """
            title: T
            body: >
              Hello there,
              this is folded:
              {{ person.nmae }}
        """,
    }, TODAY, checks=(check_scripts,))  # fmt: skip
    assert lines(loaded) == [
        "content/outreach/t.yml:2:7: error: 'person' has no 'nmae'. Did you mean 'name'? [bad-script]"
    ]


def test_a_fallback_for_several_things_and_a_variant_without_subject_are_told():
    loaded = book({
        "outreach/t.yml": """
            title: T
            subject: About you
            fallbacks:
              person.met: somewhere
              achievements: none
              person.met.how: somewhere
            variants:
              de:
                body: Hallo
              fr: {subject: Deux questions, body: Bonjour}
            body: Hello
        """,
        "outreach/u.yml": "{title: U, channel: in-person, subject: S, body: Hello, variants: {de: {body: Hallo}}}",
    }, TODAY, checks=(check_scripts,))  # fmt: skip
    assert lines(loaded) == [
        "content/outreach/t.yml:4:3: error: 'person.met' holds several things, and a fallback stands for one. "
        "It has person.met.how, person.met.date and person.met.event. [bad-fallback]",
        "content/outreach/t.yml:5:3: error: 'achievements' holds several things, and a fallback stands for one. "
        "Write it after {% else %} in the loop. [bad-fallback]",
        "content/outreach/t.yml:8:3: warning: the variant 'de' has no subject, though the template has one. "
        "An e-mail in that language would go out without. [no-subject]",
    ]


@pytest.mark.parametrize(
    ("people", "severity"),
    [
        ({"people/bo.yml": "name: Bo Li", "people/cy.yml": "name: Cy Twin"}, "warning"),
        # Cy could be written to while the event was ahead: what passes today passes in a year.
        ({"people/bo.yml": "name: Bo Li", "people/cy.yml": "{name: Cy Twin, why: You know.}"}, "notice"),
    ],
)
def test_what_only_the_day_brings_about_is_a_notice(people, severity):
    files = {
        **people,
        "events/e.yml": "{title: Meetup, starts: 2026-11-25, meet: [cy]}",
        "outreach/t.yml": "{title: T, body: '{{ person.why }} {{ event.title }}'}",
    }
    before, after = (
        book(files, day, checks=(check_scripts,)).problems for day in (dt.date(2026, 11, 21), dt.date(2027, 11, 21))
    )
    assert [str(p.severity) for p in after if p.code == "unfillable-script"] == [severity]
    assert [p for p in before if p.severity.fails] == [p for p in after if p.severity.fails]


def test_many_templates_and_people_are_checked_without_filling_them_all():
    files = {f"people/p{i}.yml": f"{{name: Ada{i} Bee, why: You know., expertise: [a]}}" for i in range(200)}
    for i in range(60):
        files[f"outreach/t{i}.yml"] = f"{{title: T, body: '{i} {{{{ person.why }}}} {{{{ person.location }}}}'}}"
    loaded = book(files)
    begun = time.process_time()
    problems = list(check_scripts(loaded.playbook, TODAY))
    took = time.process_time() - begun
    assert len(problems) == 60
    # A tenth of that where nothing else runs; filling each for everybody would take several seconds.
    assert took < 1


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


@pytest.mark.parametrize(
    ("written", "read"),
    [
        # Lists, quotations and statements begin a line of their own.
        ("- An item of a list that is long enough to have been broken by its margin\n- Another", None),
        ("1. An item of a list that is long enough to have been broken by its margin\n2. Another", None),
        ("• An item of a list that is long enough to have been broken by its margin\n• Another", None),
        ("> A quotation that is long enough to have been broken by its own margin\n> goes on", None),
        # Nothing is marked inside braces, where a mark would be a mistake of syntax.
        ("A line that is broken inside an expression, as long ones often are: {{ person.name\n| upper }}, yes",
         "A line that is broken inside an expression, as long ones often are: BO LI, yes"),
        ("{# A remark to oneself that is longer than sixty characters, and then some #}\nHello", "Hello"),
        ("{% if person.name == 'somebody whose name is longer than any margin' %}\na{% endif %}\nHello", "Hello"),
    ],
)  # fmt: skip
def test_only_a_sentence_flows_on(written, read):
    indented = "".join(f"  {line}\n" for line in written.split("\n"))
    scripts = _scripts({"people/bo.yml": "name: Bo Li", "outreach/t.yml": f"title: T\nbody: |\n{indented}"})
    script = scripts.fill("t", "bo")
    assert isinstance(script, Script)
    assert script.body == (read or written)


def test_a_subject_is_one_line_whatever_is_filled_in():
    scripts = _scripts({
        "people/bo.yml": 'name: Bo Li\nwhy: "first\\r\\nBcc: all@example.org\\n\\tx"',
        "outreach/t.yml": "{title: T, subject: '{{ person.why }}', body: Hello}",
    })  # fmt: skip
    script = scripts.fill("t", "bo")
    assert isinstance(script, Script)
    assert script.subject == "first Bcc: all@example.org x"


def test_on_a_list_of_people_a_reason_does_not_repeat_the_name():
    loaded = book(
        {
            "people/ada.yml": "name: Ada",
            "outreach/after.yml": 'title: After\npurpose: follow-up\nbody: "{{ event.title }}"',
        }
    )
    scene = Scene(loaded.playbook, TODAY)
    (fit,) = ShownScripts(scene, Scripts(loaded.playbook, TODAY)).fits("after")
    assert fit.missing == ("you have not talked with Ada yet; where no answer came, a 'nudge' goes on",)


def test_a_reason_about_somebody_is_a_notice_where_a_template_says_it_to_them():
    files = {
        "people/ada.yml": "{name: Ada, why: Her advice got my design read.}",
        "people/bo.yml": "name: Bo\nwhy: They're the one I ask.\n",
        "people/cy.yml": "{name: Cy, why: Your advice got my design read. She knows.}",
        "people/di.yml": "{name: Di, why: Her damit, language: de}",
        "people/ed.yml": "{name: Ed, why: Hermes was your idea.}",
        "outreach/ask.yml": 'title: Ask\nbody: "{{ person.calls }}. {{ person.why }}"\n',
    }
    assert [line for line in lines(book(files, TODAY, checks=(check_scripts,))) if "about-them" in line] == [
        (
            "content/people/ada.yml:1:18: notice: 'Her …' speaks of Ada, and 'Ask' says it to them. "
            "Write it in words said to them: Your … [about-them]"
        ),
        (
            "content/people/bo.yml:2:6: notice: 'They …' speaks of Bo, and 'Ask' says it to them. "
            "Write it in words said to them: You … [about-them]"
        ),
    ]
    files["outreach/ask.yml"] = 'title: Ask\nbody: "{{ person.calls }}, hello."\n'
    assert not [line for line in lines(book(files, TODAY, checks=(check_scripts,))) if "about-them" in line]
