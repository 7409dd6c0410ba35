"""The same sheets as a web page and as Markdown: nothing fetched, nothing run, whatever the fields hold."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from playbook.render.printing.as_html import to_web_page
from playbook.render.printing.as_markdown import to_markdown
from playbook.render.printing.paper import Format
from playbook.render.printing.typeset import CannotPrint
from playbook.shipped import templates_folder
from playbook.source.text import FORBIDDEN
from playbook.views.sheet import Bullets, Person, Quote, Row, Rows, Section, Sheet, Text, Verbatim, as_said
from tests.effort import examples
from tests.render.test_printing import ANYTHING, HOSTILE, MARKS, everything, sheet_of

TEMPLATES = (templates_folder(),)
PRINTED = "printed 21 Nov 2026 from 8f329ec"


def page_of(
    sheet: Sheet, form: Format = Format.KIT, *, paper: str = "a4", templates: tuple[Path, ...] = TEMPLATES
) -> str:
    return to_web_page(
        sheet, lambda *_: None, paper=paper, form=form, printed=PRINTED, templates=templates, large=False
    )


def tree(html: str) -> Any:
    return html5lib.parse(html, namespaceHTMLElements=False)


def structure(element: Any) -> tuple[Any, ...]:
    """Elements and attributes without their texts. Wherever a text breaks its line is no matter."""
    attributes = tuple(sorted(element.attrib.items()))
    return (str(element.tag), attributes, *(structure(child) for child in element if child.tag != "br"))


def words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def elements(html: str) -> Iterator[Any]:
    return (element for element in tree(html).iter() if isinstance(element.tag, str))


def sheet_saying(text: str) -> Sheet:
    """A sheet with the text wherever an author writes."""
    parts = (Section(text, everything(text), note=text), Section("", everything(text), begins_page=True))
    return Sheet(text, "Event kit", text, parts, code="AN3", name="x")


def test_a_web_page_fetches_nothing_runs_nothing_and_keeps_to_itself():
    page = page_of(sheet_of(*everything()))
    names = {element.tag for element in elements(page)}
    attributes = {name for element in elements(page) for name in element.attrib}

    assert names & {"script", "link", "img", "iframe", "object", "embed", "form", "a", "base", "svg"} == set()
    assert attributes & {"src", "href", "style", "srcset", "action"} == set()
    assert "content=\"default-src 'none'; style-src 'unsafe-inline'\"" in page
    assert '<meta name="robots" content="noindex">' in page
    assert "url(" not in page
    assert "@import" not in page


@pytest.mark.parametrize(
    ("form", "paper", "size"),
    [
        (Format.KIT, "a4", "210mm 297mm"),
        (Format.KIT, "letter", "215.9mm 279.4mm"),
        (Format.POCKET, "a4", "105.0mm 148.5mm"),
        (Format.CARDS, "letter", "92mm 62mm"),
    ],
)
def test_a_web_page_has_the_size_of_the_paper(form, paper, size):
    assert f"@page {{ size: {size};" in page_of(sheet_of(*everything()), form, paper=paper)


def test_a_web_page_shows_what_the_pdf_shows():
    page = tree(page_of(sheet_of(*everything("Kind words"))))
    body = words(page.find("body"))

    assert body.startswith("Event kit Camp 14 May 2027 Kind words Kind words")
    assert body.count("Kind words") == 35
    assert body.endswith(f"What I learned The end. Camp · {PRINTED}")
    assert words(page.find("head/title")) == "Camp"


def test_cards_as_a_web_page_are_a_page_for_each_person():
    page = page_of(
        sheet_of(Person("Ada", "AN3", "", "", Rows(())), Person("Bo", "BL2", "", "", Rows(()))), Format.CARDS
    )

    assert ".person { break-after: page; border-top: 0 }" in page
    assert [words(found) for found in tree(page).iter("h3")] == ["AN3Ada", "BL2Bo"]
    assert [*tree(page).iter("h1")] == []


@cache
def harmless() -> tuple[Any, ...]:
    return structure(tree(page_of(sheet_saying("x"))))


def assert_only_shown(text: str) -> None:
    """The page has the elements of a page of harmless texts, and the text as often."""
    hostile = page_of(sheet_saying(text))
    assert structure(tree(hostile)) == harmless()
    said = " ".join(text.replace("\ufeff", "").split())
    shown = words(tree(hostile)).replace("\u200b", "")
    assert shown.count(said.replace("\u200b", "")) >= 70


@pytest.mark.few(8)
@pytest.mark.parametrize("text", [FORBIDDEN.sub("?", text) for text in HOSTILE])
def test_nothing_in_a_field_is_html(text):
    assert_only_shown(text)


ON_ONE_LINE = (MARKS | ANYTHING).map(lambda text: f"x{text}x".replace("\n", " ").replace("\r", " "))


@settings(max_examples=examples(12), deadline=None)
@given(ON_ONE_LINE)
def test_whatever_a_field_holds_the_page_stays_what_it_is(text):
    assert_only_shown(text)


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(ON_ONE_LINE)
def test_whatever_a_field_holds_the_page_stays_what_it_is_at_length(text):
    assert_only_shown(text)


IN_A_NOTE = {"p", "br", "strong", "em", "s", "code", "pre", "ul", "ol", "li", "blockquote", "hr", "table", "tbody", "tr", "td"}  # fmt: skip


@settings(max_examples=examples(25), deadline=None)
@given(st.lists(MARKS | ANYTHING | st.sampled_from(HOSTILE).map(lambda t: FORBIDDEN.sub("?", t)), max_size=6).map("\n".join))  # fmt: skip
def test_whatever_markdown_a_note_holds_only_words_come_of_it(text):
    page = tree(page_of(sheet_of(Text(text), Bullets((text,)), Text("The end."))))
    outer, inner = [*page.find("body")], page.find("body/div")

    assert [element.tag for element in outer] == ["p", "h1", "p", "div", "footer"]
    assert [element.tag for element in inner] == ["div", "ul", "div"]
    assert words(inner[2]) == "The end."
    note = [element for element in (*inner[0].iter(), *inner[1].iter()) if element not in (inner[0], inner[1])]
    assert {element.tag for element in note} <= IN_A_NOTE
    assert {name for element in note for name in element.attrib} <= {"start"}


def test_a_web_page_made_twice_is_the_same():
    assert page_of(sheet_of(*everything())) == page_of(sheet_of(*everything()))


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("<p>\n{% if %}", "templates/print/sheet.html.j2:2: Expected an expression, got 'end of statement block'"),
        ("\n\n{{ sheet.nothing }}", "templates/print/sheet.html.j2:3: 'dict object' has no attribute 'nothing'"),
        ("{{ 1 / 0 }}", "templates/print/sheet.html.j2:1: division by zero"),
        ("\n{{ sheet.__class__ }}", "templates/print/sheet.html.j2:2: access to attribute '__class__' of 'dict' object is unsafe."),
    ],
)  # fmt: skip
def test_a_broken_template_is_named_with_its_line(tmp_path, template, said):
    own = tmp_path / "templates"
    (own / "print").mkdir(parents=True)
    (own / "print" / "sheet.html.j2").write_text(template)

    with pytest.raises(CannotPrint) as refused:
        page_of(sheet_of(), templates=(*TEMPLATES, own))

    assert str(refused.value).rstrip(".") == said.rstrip(".")


# Markdown


def test_a_sheet_as_markdown_is_what_an_author_could_have_written():
    person = Person(
        "Ada [Novak]", "AN3", "AH-da", "Mentor", Rows((Row("Why", ("She *reads*",)), Row("Ask", ("One", "Two"))))
    )
    sheet = sheet_of(person, Quote("So said", "Bo"), Verbatim("```\nHello\n```", "About it"), title="A #1 camp")

    assert to_markdown(sheet, PRINTED) == (
        "# A #1 camp\n\n14 May 2027\n\n### Ada \\[Novak\\] (AH-da)\n\nMentor\n\n- **Why:** She *reads*\n- **Ask:**\n  - One\n"
        "  - Two\n\n> So said\n>\n> Bo\n\n**About it**\n\n````text\n```\nHello\n```\n````\n\n*printed 21 Nov 2026 from 8f329ec*\n"
    )


@settings(max_examples=examples(100), deadline=None)
@given((MARKS | ANYTHING).map(lambda text: " ".join(f"x{text}x".split())))
def test_a_message_and_a_name_come_out_of_markdown_as_they_went_in(text):
    sheet = sheet_of(Verbatim(f"{text}\n{text}"), Text(as_said(text)))
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(to_markdown(sheet, PRINTED))

    (fence,) = [token for token in tokens if token.type == "fence"]
    assert fence.content == f"{text}\n{text}\n"
    paragraphs = [token for token in tokens if token.type == "inline"]
    assert [token.content for token in paragraphs][:2] == ["Camp", "14 May 2027"]
    assert "".join(child.content for child in paragraphs[2].children or ()) == text
