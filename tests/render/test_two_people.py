"""Messages that speak of two people: whom they fit, where they go, in which language."""

from __future__ import annotations

import datetime as dt

import pytest

from playbook.render.scripts import NotReady, Script, Scripts, check_scripts
from tests.support import book, lines

TODAY = dt.date(2026, 11, 21)
PEOPLE = {
    "people/ada.yml": "{name: Ada, stage: active, language: de, expertise: [engines]}",
    "people/bo.yml": "{name: Bo, stage: active, language: de}",
    "people/cy.yml": "{name: Cy, stage: active, language: fr, expertise: [clocks]}",
    "people/dee.yml": "{name: Dee, stage: identified, expertise: [maps]}",
}
BOTH = """
    title: Both
    to_both: true
    unlocks_at: connected
    body: "{{ person.name }} and {{ other.name }}, who knows {{ other.expertise | first }}."
    variants: {de: "{{ person.name }} und {{ other.name }}: {{ other.expertise | first }}."}
"""


def scripts(template: str = BOTH, people: dict[str, str] = PEOPLE) -> Scripts:
    return Scripts(book({**people, "outreach/both.yml": template}).playbook, TODAY)


def body(outcome: Script | NotReady) -> str:
    return outcome.body if isinstance(outcome, Script) else outcome.reason


@pytest.mark.parametrize(
    ("person", "other", "expected"),
    [
        ("ada", "cy", "Ada and Cy, who knows clocks."),
        ("bo", "ada", "Bo und Ada: engines."),
        ("ada", "bo", "Bo lacks expertise"),
        ("ada", "", "it speaks of a second person: say whom with --and"),
        ("ada", "dee", "Dee is identified; this is for when the relationship is connected"),
        ("dee", "ada", "Dee is identified; this is for when the relationship is connected"),
    ],
)
def test_it_is_written_of_both_in_a_language_that_they_share_once_both_are_near_enough(person, other, expected):
    assert body(scripts().fill("both", person, other=other)) == expected


def test_it_goes_to_both_only_where_it_says_so():
    both = scripts().fill("both", "bo", other="ada")
    one = scripts(BOTH.replace("to_both: true", "")).fill("both", "bo", other="cy")
    assert isinstance(both, Script)
    assert isinstance(one, Script)
    assert (both.recipients, one.recipients, one.body) == (("bo", "ada"), ("bo",), "Bo und Cy: clocks.")


def test_it_fits_whoever_could_be_one_of_the_two_and_the_first_two_are_its_example():
    found = scripts()
    assert [(fit.person, isinstance(fit.outcome, Script)) for fit in found.fits("both")] == [
        ("ada", True), ("cy", True), ("bo", False), ("dee", False),
    ]  # fmt: skip
    example = found.first_fit("both")
    assert example is not None
    assert (example.person, example.other, example.body) == ("ada", "cy", "Ada and Cy, who knows clocks.")
    assert scripts(people={"people/ada.yml": PEOPLE["people/ada.yml"]}).first_fit("both") is None


def test_a_second_person_who_is_optional_is_left_out():
    optional = "{title: T, body: 'Hello{% if other.name %}, {{ other.name }}{% endif %}.'}"
    found = scripts(optional)
    assert (body(found.fill("both", "ada")), body(found.fill("both", "ada", other="cy"))) == ("Hello.", "Hello, Cy.")
    assert [fit.person for fit in found.fits("both") if isinstance(fit.outcome, Script)] == ["ada", "bo", "cy", "dee"]


def test_a_template_for_two_is_checked_as_any_other():
    fine = book({**PEOPLE, "outreach/both.yml": BOTH}, TODAY, checks=[check_scripts])
    assert [line for line in lines(fine) if "unfillable-script" in line] == []
    nobody = book({"people/bo.yml": PEOPLE["people/bo.yml"], "outreach/both.yml": BOTH}, TODAY, checks=[check_scripts])
    assert [line for line in lines(nobody) if "unfillable-script" in line] == [
        "content/outreach/both.yml:5:16: warning: nobody can be sent 'Both' yet: 'other.expertise' has no value for anybody. "
        "Write the value, give it a fallback, or make it optional with {% if %}. [unfillable-script]"
    ]
