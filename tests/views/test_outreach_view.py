"""Outreach templates: by purpose, with a worked example, whom they fit and who lacks what."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from playbook.audience import restrict
from playbook.views.letters import LettersView
from playbook.views.outreach import (
    OutreachView,
    PurposeGroup,
    TemplateCard,
    TemplateView,
    outreach_view,
    template_view,
)
from playbook.views.scene import Linked, Scene, Source
from playbook.views.scripts import FitView, ScriptView
from tests.support import book

TODAY = dt.date(2026, 11, 21)
ASK = Linked("Ask", "page:outreach/ask.md")
FITS = FitView(Linked("Ada"), None, ())
LACKS = FitView(Linked("Bo"), None, ("why",))
EXAMPLE = ScriptView(ASK, Linked("Ada"), ("email",), "en", "Hello", "Hello Ada", "2 words", ())

EMPTY = TemplateView(
    title="Ask",
    purpose="",
    channels=(),
    unlocks_at="",
    limits=(),
    avoid=(),
    needs=(),
    fallbacks=(),
    subject="",
    body="Hello!",
    variants=(),
    example=None,
    fits=(),
    lacks=(),
    used_by=(),
    tags=(),
    source=Source("content/outreach/ask.yml", 1),
)


@dataclass(frozen=True)
class Filled:
    """Scripts that fit one person and not another, whatever the template."""

    def fill(self, template: str, person: str = "", event: str = "", goal: str = "") -> ScriptView:
        raise NotImplementedError

    def fits(self, template: str) -> tuple[FitView, ...]:  # noqa: ARG002
        return (FITS, LACKS)

    def example(self, template: str) -> ScriptView | None:  # noqa: ARG002
        return EXAMPLE

    def for_person(self, person: str) -> tuple[ScriptView, ...]:
        raise NotImplementedError


def scene(files: dict[str, str], audience: str = "me") -> Scene:
    loaded = book(files)
    assert not loaded.has_errors, [str(problem) for problem in loaded.problems]
    return Scene(restrict(loaded.playbook, audience), TODAY, is_mine=audience == "me")


def ask(found: Scene) -> TemplateView:
    return template_view(found, found.playbook.outreach["ask"])


def test_a_template_of_two_fields_has_a_page() -> None:
    assert ask(scene({"outreach/ask.yml": "title: Ask\nbody: Hello!"})) == EMPTY


FILES = {
    "outreach/ask.yml": """
        title: Ask
        purpose: sponsor-ask
        channel: [email, linkedin-message]
        subject: "About {{ person.expertise | first }}"
        needs: [person.why]
        fallbacks: {person.expertise: [your path, your work], person.why: Your talk}
        limits: {words: 120, characters: 1, seconds: 30}
        avoid: [pick your brain]
        unlocks_at: active
        variants:
          de: {subject: Frage, body: "Guten Tag!"}
          fr: Bonjour
        body: |
          Hello {{ person.calls }},

          {{ person.why }}
        tags: [kind]
        """,
    "people/ada.yml": "name: Ada\nchecklist: [{task: a, script: ask}, {task: b, script: ask}]",
    "events/camp.yml": "title: Camp\nstarts: 2027-05-14\nmeet: [{person: ada, script: ask}]",
    "goals/staff.yml": "title: Staff\nchecklist: [{task: a, script: ask}]",
}


def test_a_template_shows_what_it_needs_what_it_says_and_who_uses_it() -> None:
    assert ask(replace(scene(FILES), scripts=Filled())) == TemplateView(
        title="Ask",
        purpose="Sponsor ask",
        channels=("E-mail", "LinkedIn message"),
        unlocks_at="active",
        limits=("120 words", "1 character", "30 seconds"),
        avoid=("pick your brain",),
        needs=("the reason to write to them (person.why)",),
        fallbacks=(("person.expertise", "your path, your work"), ("person.why", "Your talk")),
        subject="About {{ person.expertise | first }}",
        body="Hello {{ person.calls }},\n\n{{ person.why }}",
        variants=(("German", "Frage", "Guten Tag!"), ("French", "", "Bonjour")),
        example=EXAMPLE,
        fits=(FITS,),
        lacks=(LACKS,),
        used_by=(
            Linked("Camp", "page:events/camp.md"),
            Linked("Staff", "page:goals/staff.md"),
            Linked("Ada", "page:people/ada.md"),
        ),
        tags=("kind",),
        source=Source("content/outreach/ask.yml", 1),
    )


def test_what_me_yml_says_of_a_template_is_no_use_of_it() -> None:
    files = {"me.yml": "statement: I like [[outreach/ask]]", "outreach/ask.yml": "title: Ask\nbody: Hello!"}
    assert ask(scene(files)) == EMPTY


def test_templates_stand_by_purpose_in_the_order_of_a_relationships_life() -> None:
    files = {
        "outreach/a.yml": "title: A\nbody: a",
        "outreach/b.yml": "title: B\npurpose: thank-you\nbody: b\nchannel: letter\nvariants: {de: b, pt-BR: c}",
        "outreach/c.yml": "title: C\npurpose: mentor-request\nbody: c",
        "outreach/d.yml": "title: D\npurpose: thank-you\nbody: d",
    }

    def card(title: str, *channels: str, fits: int = 0, languages: tuple[str, ...] = ()) -> TemplateCard:
        return TemplateCard(Linked(title, f"page:outreach/{title.lower()}.md"), channels, fits, languages)

    assert outreach_view(scene(files)) == OutreachView(
        (
            PurposeGroup("Mentor request", (card("C"),)),
            PurposeGroup("Thank you", (card("B", "Letter", languages=("German", "Portuguese (BR)")), card("D"))),
            PurposeGroup("Other", (card("A"),)),
        ),
        LettersView((), (), ()),
    )
    filled = outreach_view(replace(scene(files), scripts=Filled()))
    assert [card.fits for group in filled.groups for card in group.cards] == [1, 1, 1, 1]
    assert outreach_view(scene({})) == OutreachView((), LettersView((), (), ()))


def test_another_reader_gets_the_template_without_what_stands_in_for_people() -> None:
    files = {
        **FILES,
        "outreach/ask.yml": FILES["outreach/ask.yml"].replace("tags:", "visibility: public\n        tags:"),
    }
    found = ask(scene(files, "public"))
    assert (found.fallbacks, found.example, found.fits, found.lacks, found.used_by, found.source) == (
        (), None, (), (), (), None,
    )  # fmt: skip
    assert found.body == "Hello {{ person.calls }},\n\n{{ person.why }}"
