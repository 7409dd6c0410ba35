"""What the linter finds in scripts, and what it leaves alone."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.problems import Severity
from playbook.render.scripts import Script, Scripts, check_scripts
from playbook.render.scripts.asks import asks_somehow, find_asks
from playbook.render.scripts.leftovers import find_left_overs
from playbook.render.scripts.phrases import Phrase, Phrases, find_phrases, shipped_phrases
from tests.support import book, lines

TODAY = dt.date(2026, 11, 21)
ADA = {"people/ada.yml": "{name: Ada Bee, why: Your talk helped., log: [{date: 2026-10-01, kind: thanked}]}"}


def findings(files: dict[str, str], template: str = "t", person: str = "ada") -> list[str]:
    """What is found in the template, filled for somebody: `line: code: message`."""
    loaded = book(files)
    assert lines(loaded) == []
    script = Scripts(loaded.playbook, TODAY).fill(template, person)
    assert isinstance(script, Script), script
    return [
        f"{one.place.path.removeprefix('content/')}:{one.place.line}: {one.code}: {one.message}"
        for one in script.findings
    ]


def body(text: str, **fields: str) -> dict[str, str]:
    """A playbook with Ada, and a template `t` of a text."""
    rows = "".join(f"{name}: {value}\n" for name, value in fields.items())
    indented = "".join(f"  {line}\n" for line in text.split("\n"))
    return {**ADA, "outreach/t.yml": f"title: T\n{rows}body: |\n{indented}"}


def told(files: dict[str, str], today: dt.date | None = TODAY) -> list[str]:
    """What `check` says."""
    return lines(book(files, today, checks=(check_scripts,)))


# ---- for whom it is


def test_who_reads_a_language_that_the_template_is_not_written_in_is_told():
    files = {
        "people/ada.yml": "{name: Ada Bee, language: de-AT}",
        "people/bo.yml": "{name: Bo Li, language: en-GB}",
        "outreach/t.yml": "{title: T, body: Hello}",
    }
    assert findings(files) == [
        "outreach/t.yml:1: other-language: Ada Bee reads German (AT), and this is written in English"
    ]
    assert findings(files, person="bo") == []
    assert findings({**files, "outreach/t.yml": "{title: T, body: Hello, variants: {de: {body: Hallo}}}"}) == []
    assert findings({**files, "me.yml": "{name: Mara, language: de}"}) == []
    asked_for = Scripts(book(files).playbook, TODAY).fill("t", "ada", language="en")
    assert isinstance(asked_for, Script)
    assert asked_for.findings == ()


def test_a_note_about_somebody_is_told_where_a_script_says_it_to_them():
    files = body("{{ person.talk.what }}")
    files["people/ada.yml"] = "name: Ada Bee\nlog:\n  - {date: 2026-11-02, kind: met, what: She doubts the plan}"
    assert findings(files) == ["people/ada.yml:2: about-them: 'She doubts the plan' speaks of them (Ada Bee's log)"]
    files["people/ada.yml"] = "name: Ada Bee\nlog:\n  - {date: 2026-11-02, kind: met, what: The other plan}"
    assert findings(files) == []


# ---- what was to be filled in


@pytest.mark.parametrize(
    "text",
    [
        "[Name]", "[your role]", "[INSERT TOPIC]", "<company>", "<YOUR NAME>", "{{", "}}", "{% if", "TODO", "XXX", "TBD",
        "___", "_____", "{first_name}", "*|FNAME|*", "lorem ipsum", "[Thema]",
    ],
)  # fmt: skip
def test_what_was_to_be_filled_in_is_found(text):
    assert [found.text for found in find_left_overs(f"Hello {text}, how are you?")] == [text.removesuffix(" if")]


@pytest.mark.parametrize(
    "text",
    [
        "[my page](https://example.org)", "[my page][1]", "as I read [1] and [12]", "[ ] and [x]", "[^1]", "[…]", "[...]",
        "“[the] council agreed”", "a quotation [sic]", "<https://example.org/a_b>", "<ada@example.org>", "1 < 2 and 3 > 2",
        "`[Name]` is how we wrote it", "list<int>", "snake___case", "https://example.org/a___b", "the <video> element",
        "a todo list", "{1, 2}", "xxx", "${HOME}", "Todor and TODOS",
    ],
)  # fmt: skip
def test_what_only_looks_like_it_is_left_alone(text):
    assert [found.text for found in find_left_overs(f"Hello, {text}.")] == []


def test_a_subject_may_begin_with_the_tag_of_a_list():
    assert list(find_left_overs("[python-dev] A question", is_subject=True)) == []
    assert [found.text for found in find_left_overs("[Company] and you", is_subject=True)] == ["[Company]"]
    assert [found.text for found in find_left_overs("About [python-dev]", is_subject=True)] == ["[python-dev]"]


def test_a_bracket_is_told_at_its_line_in_the_text_or_in_the_file_of_its_value():
    files = body("Hello,\n\nfrom [Company].\n{{ person.why }} {{ me.headline }}")
    files["people/ada.yml"] = "name: Ada Bee\nwhy: Your talk on <topic> helped."
    files["me.yml"] = "name: Mara\nheadline: an engineer at XXX"
    assert findings(files) == [
        "outreach/t.yml:5: left-over: '[Company]' is left over",
        "people/ada.yml:2: left-over: '<topic>' is left over (Ada Bee's why)",
        "me.yml:2: left-over: 'XXX' is left over (your headline)",
    ]


# ---- phrases to avoid


@pytest.mark.parametrize(
    "text",
    [
        "I wanted to pick your brain.", "Let me PICK YOUR BRAIN!", "to pick\nyour  brain", "pick-your-brain sessions",
        "“pick your brain”", "(pick\u00a0your brain)",
    ],
)  # fmt: skip
def test_a_phrase_is_found_by_its_words(text):
    assert [found.phrase.text for found in find_phrases(text, Phrases((Phrase("pick your brain", ""),)))] == [
        "pick your brain"
    ]


@pytest.mark.parametrize(
    "text", ["Pick. Your brain", "pick your brains", "nitpick your brain", "pick, your brain", "pick your brain-child"]
)
def test_a_phrase_is_not_found_inside_other_words_or_over_the_end_of_a_sentence(text):
    assert list(find_phrases(text, Phrases((Phrase("pick your brain", ""),)))) == []


@pytest.mark.parametrize("apostrophe", ["'", "’", "ʼ", "`"])
def test_apostrophes_are_all_the_same(apostrophe):
    text = f"I know you{apostrophe}re busy"
    assert [found.start for found in find_phrases(text, Phrases((Phrase("I know you're busy", ""),)))] == [0]


def test_a_phrase_may_end_in_a_question_mark():
    phrases = Phrases((Phrase("any update?", ""),))
    assert [len(list(find_phrases(text, phrases))) for text in ("Any update?", "Any update on it?")] == [1, 0]


def test_a_composed_letter_is_the_same_as_its_parts():
    files = body("Entschuldige die Sto\u0308rung. {{ person.why }}")
    assert findings(files) == ["outreach/t.yml:3: avoided-phrase: 'entschuldige die Störung' is a phrase to avoid"]


def test_phrases_come_with_advice_in_several_languages_and_each_once():
    phrases = shipped_phrases()
    assert {"just checking in", "danke im voraus", "merci d'avance"} <= {phrase.text.casefold() for phrase in phrases}
    assert [phrase.text for phrase in phrases if not phrase.advice.endswith(".")] == []
    assert len({phrase.key for phrase in phrases}) == len(phrases) > 80


def test_ones_own_phrases_count_too():
    files = {
        **body("A rockstar ninja, {{ person.why }}\nI circle\nback.", avoid="[ninja]"),
        "me.yml": "avoid: [rock-star, rockstar, '   ', '?']",
    }
    assert findings(files) == [
        "outreach/t.yml:5: avoided-phrase: 'circle back' is a phrase to avoid",
        "outreach/t.yml:4: avoided-phrase: 'ninja' is a phrase to avoid",
        "outreach/t.yml:4: avoided-phrase: 'rockstar' is a phrase to avoid",
    ]


def test_a_phrase_in_code_between_braces_is_none():
    files = body("{# just checking in #}{{ person.why | default('touch base') }}")
    assert findings(files) == []


def test_a_phrase_in_a_fallback_is_told_where_the_fallback_is_used():
    files = body("{{ person.location }}", fallbacks="{person.location: a synergy}")
    assert findings(files) == [
        "people/ada.yml:1: avoided-phrase: 'synergy' is a phrase to avoid (Ada Bee's location)",
    ]


# ---- asks


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Would twenty minutes suit you?", ["Would twenty minutes suit you?"]),
        ("Could you send it.", ["Could you send it."]),
        ("Ada, may I come by.", ["Ada, may I come by."]),
        ("Könntest du es lesen.", ["Könntest du es lesen."]),
        ("Hättest du ab 23. November Zeit?", ["Hättest du ab 23. November Zeit?"]),
        ("来週お会いできますか？", ["来週お会いできますか？"]),
        ("هل لديك وقت؟", ["هل لديك وقت؟"]),
        ("Does Tuesday suit you? Or Wednesday?", ["Does Tuesday suit you?"]),
        ("Do you know one? If not, who would?", ["Do you know one?"]),
        ("How are you? Would you read it?", ["Would you read it?"]),
        ("Would you read it??! Please.", ["Would you read it??!"]),
        ("See https://example.org/?q=1 now.", []),
        ("Ada Bee? I'm Mara.", []),
        ("Ada? I'm Mara.", []),
        ("Wie geht es dir, und wie geht es Bo?", []),
        ("You asked “what did you stop doing?” and I could not answer.", []),
        ("You could say no, and then you can go.", []),
        ("I send them ahead, so you can say no.", []),
        ("", []),
    ],
)
def test_an_ask_is_told_from_a_greeting_a_courtesy_and_a_quotation(text, asks):
    assert list(find_asks(text, "Ada Bee")) == asks


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("I'd like to ask you for something.", True),
        ("I’d love your view.", True),
        ("Please tell Bo.", True),
        ("Ich möchte dich um etwas bitten.", True),
        ("I was pleased. That is bitter.", False),
        ("How are you?", False),
    ],
)
def test_one_can_ask_without_a_question(text, asks):
    assert asks_somehow(text) is asks


def test_two_asks_are_told_at_the_second():
    files = body("Would you read it?\n\nAnd who else should?\n{{ person.why }}")
    assert findings(files) == [
        "outreach/t.yml:5: several-asks: 2 asks in one message: Would you read it?; And who else should?",
    ]
    assert findings(body("Would you read it?\nAnd who else should?", purpose="meeting-agenda")) == []


def test_a_question_in_somebodys_file_asks_nothing_but_the_ask_for_a_meeting_does():
    files = body("Would you read it? {{ person.why }}")
    files["people/ada.yml"] = "name: Ada Bee\nwhy: Who else asks what the ship was doing? Nobody but you."
    assert findings(files) == []
    files = body("Would you read it? {{ meet.ask }}")
    files["events/e.yml"] = "title: E\nstarts: 2026-12-01\nmeet: [{person: ada, ask: 'May I bring Bo?'}]"
    assert findings(files) == [
        "outreach/t.yml:3: several-asks: 2 asks in one message: Would you read it?; May I bring Bo?",
    ]


@pytest.mark.parametrize(
    ("purpose", "found"),
    [
        ("mentor-request", True), ("sponsor-ask", True), ("informational-interview", True), ("introduction-request", True),
        ("event-opener", False), ("thank-you", False), ("reconnect", False), ("program-application", False),
    ],
)  # fmt: skip
def test_a_request_asks_for_something(purpose, found):
    files = body("{{ person.why }} You are great.", purpose=purpose)
    assert ("outreach/t.yml:4: no-ask: nothing is asked for" in findings(files)) is found
    asked = body("{{ person.why }} Would you have ten minutes?", purpose=purpose)
    assert findings(asked) == []


# ---- what makes it personal


@pytest.mark.parametrize("name", ["person.why", "person.met.how", "person.expertise | first", "person.last.what"])
def test_a_request_speaks_of_the_one_it_is_written_to(name):
    files = body(f"{{% if person.name %}}{{{{ {name} }}}}{{% endif %}} Would you help?", purpose="sponsor-ask")
    files["people/ada.yml"] = """
        name: Ada Bee
        why: You know.
        met: {how: at camp}
        expertise: [law]
        log: [{date: 2026-10-01, kind: gave, what: A map}]
    """
    assert findings(files) == []


def test_a_request_without_a_personal_word_is_told():
    assert findings(body("Hello {{ person.calls }}, would you help?", purpose="mentor-request")) == [
        "outreach/t.yml:4: no-reason: nothing speaks of Ada Bee",
    ]
    assert findings(body("Hello {{ person.calls }}, thank you.", purpose="thank-you")) == []


def test_a_personal_word_that_is_left_out_for_somebody_is_told_for_them():
    files = body("Hello{% if person.why %}, {{ person.why }}{% endif %} Would you help?", purpose="mentor-request")
    files["people/bo.yml"] = "name: Bo Li"
    assert findings(files) == []
    assert findings(files, person="bo") == ["outreach/t.yml:4: no-reason: nothing speaks of Bo Li"]


ASK = "{{ person.why }} Would you put in a word?"


@pytest.mark.parametrize(
    ("file", "found"),
    [
        ("log: [{date: 2026-10-01, kind: wrote}]", True),
        ("log: [{date: 2026-10-01, kind: wrote}, {date: 2027-01-01, kind: gave}]", True),
        # Somebody new cannot have had anything yet.
        ("log: []", False),
        ("log: [{date: 2026-10-01, kind: wrote}, {date: 2026-10-02, kind: gave}]", False),
        ("log: [{date: 2026-10-01, kind: thanked}]", False),
        ("log: [{date: 2026-10-01, kind: wrote}, {kind: engaged}]", False),
        ("log: [{date: 2026-10-01, kind: wrote}]\noffers: [{what: A map, given: 2026-10-02}]", False),
    ],
)
def test_a_costly_ask_of_somebody_who_never_had_anything_is_told(file, found):
    files = body(ASK, purpose="introduction-request")
    files["people/ada.yml"] = f"name: Ada Bee\nwhy: You know them.\n{file}"
    told = ["outreach/t.yml:4: nothing-given: it asks, and Ada Bee never had anything from you"]
    assert findings(files) == (told if found else [])


def test_being_introduced_is_a_gift_to_both():
    files = body(ASK, purpose="introduction-request")
    files["people/ada.yml"] = "name: Ada Bee\nwhy: You know them.\nlog: [{date: 2026-10-01, kind: wrote}]"
    files["people/bo.yml"] = "name: Bo Li\nlog: [{date: 2026-10-02, kind: introduced, about: [ada]}]"
    assert findings(files) == []


@pytest.mark.parametrize("offer", ["In return I bring cake.", "{{ meet.offer }}", "Ich helfe dir gern."])
def test_what_is_offered_in_the_text_counts(offer):
    files = body(f"{ASK} {offer}", purpose="sponsor-ask")
    files["people/ada.yml"] = "name: Ada Bee\nwhy: You know them.\nlog: [{date: 2026-10-01, kind: wrote}]"
    files["events/e.yml"] = "title: E\nstarts: 2026-12-01\nmeet: [{person: ada, offer: A map}]"
    assert findings(files) == []


@pytest.mark.parametrize(
    ("channel", "log", "words", "found"),
    [
        ("email", "[]", 121, True),
        ("email", "[]", 120, False),
        ("email", "[{date: 2026-10-01, kind: wrote}]", 121, False),
        ("email", "[{date: 2026-10-01, kind: engaged}]", 121, True),
        ("letter", "[]", 121, False),
        ("in-person", "[]", 121, False),
        ("[in-person, email]", "[]", 121, True),
    ],
)
def test_a_first_message_is_short(channel, log, words, found):
    files = body("word " * words, channel=channel)
    files["people/ada.yml"] = f"name: Ada Bee\nlog: {log}"
    told = ["outreach/t.yml:4: long-first-message: 121 words in the first message to Ada Bee"]
    assert findings(files) == (told if found else [])


def test_a_limit_that_is_passed_is_told():
    assert findings(body("word " * 60, channel="linkedin-note")) == [
        "outreach/t.yml:4: over-limit: 299 of 200 characters for a LinkedIn note",
    ]


# ---- check


def test_what_holds_for_anybody_is_a_warning_at_the_templates_line():
    files = {
        "people/ada.yml": "name: Ada Bee",
        "outreach/t.yml": """
            title: T
            purpose: mentor-request
            subject: A quick question for [Name]
            body: |
              Dear {{ person.calls }},
              {% if person.why %}
              I would like to pick
              your brain.
              {% endif %}
              Would you call me? When do you have time?
            variants:
              de: |
                Hallo {{ person.calls }}, danke im
                Voraus!
        """,
    }
    without_a_day = told(files, None)
    assert without_a_day == [
        "content/outreach/t.yml:3:10: warning: 'quick question' is a phrase to avoid. Ask it; they will see how quick it "
        "is. [avoided-phrase]",
        "content/outreach/t.yml:3:10: warning: '[Name]' is left over. Fill it in, or take it out. [left-over]",
        "content/outreach/t.yml:7:1: warning: 'pick your brain' is a phrase to avoid. Say which question, and how many "
        "minutes. [avoided-phrase]",
        "content/outreach/t.yml:10:1: warning: 2 asks in one message: Would you call me?; When do you have time? Keep the "
        "one that matters; the others can wait for the answer. [several-asks]",
        "content/outreach/t.yml:12:3: warning: the variant 'de' has no subject, though the template has one. An e-mail in "
        "that language would go out without. [no-subject]",
        "content/outreach/t.yml:13:1: warning: 'Danke im Voraus' is a phrase to avoid. Danke hinterher, für das, was sie "
        "taten. [avoided-phrase]",
        "content/outreach/t.yml:13:1: warning: nothing is asked for. Say in one sentence what you would like them to do, "
        "so that they can say yes or no to it. [no-ask]",
        "content/outreach/t.yml:13:1: warning: nothing speaks of the one it is written to. Say why them: {{ person.why }}, "
        "what they taught you, where you met. [no-reason]",
    ]
    assert [line for line in told(files) if "warning" in line] == without_a_day


def test_two_asks_of_which_only_one_is_ever_said_are_one():
    text = "{% if person.why %}\nWould you read it?\n{% else %}\nWhom should I ask?\n{% endif %}\n{{ person.calls }}"
    assert [line for line in told(body(text)) if "asks" in line] == []


def test_a_text_that_is_too_long_without_any_value_is_a_warning():
    files = body("word " * 60 + "{{ person.calls }}", channel="linkedin-note")
    assert told(files) == [
        "content/outreach/t.yml:4:1: warning: 301 of 200 characters for a LinkedIn note. What can the reader do without? "
        "[over-limit]",
    ]


def test_what_one_persons_file_brings_in_is_a_notice_that_names_them():
    why = "why: " + "You taught me to write it down, and to write it short. " * 4
    files = {f"people/{name}.yml": f"name: {name.title()} Bee\n{why}" for name in ("ada", "bo", "cy")}
    files["people/di.yml"] = "name: Di Bee\nwhy: Short."
    files["outreach/t.yml"] = "{title: Ask, channel: linkedin-note, body: '{{ person.why }}'}"
    problems = book(files, TODAY, checks=(check_scripts,)).problems
    assert [str(problem) for problem in problems] == [
        "content/outreach/t.yml:1:44: notice: 'Ask' to Ada Bee (and to 2 of 3 others): 219 of 200 characters for a "
        "LinkedIn note. What can the reader do without? [over-limit]",
    ]
    assert not problems[0].severity.fails


def test_what_the_day_brings_about_never_fails_a_commit():
    files = body(ASK, purpose="introduction-request")
    files["people/ada.yml"] = "name: Ada Bee\nwhy: I circle back.\nlog: [{date: 2026-10-01, kind: wrote}]"
    for day in (None, dt.date(2020, 1, 1), TODAY, dt.date(2040, 1, 1)):
        problems = book(files, day, checks=(check_scripts,)).problems
        assert [problem for problem in problems if problem.severity is not Severity.NOTICE] == []


# ---- anything at all


@given(st.text(max_size=300), st.text(max_size=30), st.text(max_size=30))
def test_any_text_is_read_to_its_end(text, phrase, name):
    list(find_left_overs(text))
    list(find_phrases(text, Phrases((Phrase(phrase, ""),))))
    assert all(ask in text for ask in find_asks(text, name))


@pytest.mark.parametrize(
    "text",
    ["[" * 20_000, "a, " * 20_000, "?" * 20_000, "<a" * 20_000, "pick " * 20_000, "\n " * 20_000, "I I " * 20_000],
)
def test_no_text_makes_it_slow(text):
    import time

    begun = time.perf_counter()
    list(find_left_overs(text))
    list(find_phrases(text, Phrases(shipped_phrases())))
    asks_somehow(text)
    # A hundredth of that where nothing else runs.
    assert time.perf_counter() - begun < 1


def test_what_one_file_lacks_is_told_once_for_all_templates():
    request = "{title: %s, purpose: reconnect, body: '{%% if person.why %%}{{ person.why }}{%% endif %%} How are you?'}"
    files = {
        "people/ada.yml": "name: Ada Bee",
        "people/bo.yml": "name: Bo Li",
        "people/cy.yml": "{name: Cy, why: Your talk.}",
        **{f"outreach/{one}.yml": request % one.upper() for one in "abc"},
    }
    assert told(files) == [
        "content/outreach/a.yml:1:38: notice: 'A' and 2 other templates to Ada Bee (and to 1 of 2 others): nothing speaks "
        "of Ada Bee. Say why them: {{ person.why }}, what they taught you, where you met. [no-reason]"
    ]
    del files["outreach/b.yml"], files["outreach/c.yml"]
    assert told(files)[0].startswith(
        "content/outreach/a.yml:1:38: notice: 'A' to Ada Bee (and to 1 of 2 others): nothing"
    )
