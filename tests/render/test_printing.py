"""What is on paper, read back from the PDF: every word, on its page, in grey, with fonts; folds and cuts come out right."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from playbook.render.markdown import FindLink
from playbook.render.printing.glyphs import choose_fonts, warning_of
from playbook.render.printing.paper import Cell, Format, Imposition, booklet, cards, page_size
from playbook.render.printing.typeset import CannotPrint, Printout, typeset
from playbook.shipped import templates_folder
from playbook.source.text import FORBIDDEN
from playbook.views.sheet import (
    Blanks,
    Block,
    Bullets,
    Check,
    Checks,
    Evidence,
    Hour,
    Lines,
    Person,
    Quote,
    Row,
    Rows,
    Section,
    Sheet,
    Shown,
    Text,
    Timetable,
    Verbatim,
    as_said,
)
from tests import pdfs
from tests.effort import examples
from tests.pdfs import Placed

TEMPLATES = (templates_folder(),)
PRINTED = "printed 21 Nov 2026 from 8f329ec"
FOOT = f"Camp · {PRINTED}"
A4, LETTER, CARD_POINTS = (595, 842), (612, 792), (261, 176)


def no_links(_kind: str, _name: str) -> None:
    return None


def printed(
    sheet: Sheet,
    form: Format = Format.KIT,
    *,
    paper: str = "a4",
    copies: int = 1,
    find_link: FindLink = no_links,
    templates: tuple[Path, ...] = TEMPLATES,
    most_pages: int | None = None,
) -> Printout:
    return typeset(
        sheet,
        find_link,
        paper=paper,
        form=form,
        printed=PRINTED,
        day=dt.date(2026, 11, 21),
        templates=templates,
        copies=copies,
        most_pages=most_pages,
    )


def sheet_of(*blocks: Block, title: str = "Camp") -> Sheet:
    return Sheet(title, "Event kit", "14 May 2027", (Section("", blocks),))


def somebody(name: str = "Ada Novak", code: str = "AN3", *, why: str = "She reads everything", say: str = "") -> Person:
    return Person(name, code, say, "Mentor", Rows((Row("Why", (why,)), Row("My ask", ("Ten minutes",)))))


def numbered(count: int, letter: str = "w") -> str:
    return " ".join(f"{letter}{number:04}" for number in range(count))


def numbers_in(text: str, letter: str = "w") -> list[int]:
    return [int(found) for found in re.findall(rf"\b{letter}(\d{{4}})\b", text)]


# Booklets


def of_pages(count: int) -> Sheet:
    """A sheet that takes so many pages."""
    parts = [Section(f"Part {n}", (Text(f"It is page {n}."),), begins_page=n > 1) for n in range(1, count + 1)]
    return Sheet("Camp", "Event kit", "", tuple(parts))


def lying(imposition: Imposition, pages: int, height: float) -> list[list[Placed]]:
    """Where the pages of an imposition lie in points, from the lower left; without those that are for notes."""
    point = 72 / 25.4

    def in_points(cell: Cell) -> Placed:
        below = height - cell.y - imposition.size.height
        return Placed(cell.page, round(cell.x * point), round(below * point), cell.is_turned)

    return [sorted((in_points(cell) for cell in side if cell.page <= pages), key=str) for side in imposition.sides]


@pytest.mark.few(5)
@pytest.mark.parametrize("pages", range(1, 18))
def test_a_booklets_pages_lie_where_folding_puts_them_in_order(pages):
    paper, height = ("a4", 297.0) if pages % 2 else ("letter", 279.4)
    made = printed(of_pages(pages), Format.POCKET, paper=paper)

    assert (made.pages, made.sides) == (pages, 2 * -(-pages // 8))
    sides = [sorted(side, key=str) for side in pdfs.placed(made.pdf)]
    assert sides == lying(booklet(pages, paper), pages, height)
    assert pdfs.sizes(made.pdf) == {A4 if paper == "a4" else LETTER}
    whole = pdfs.text(made.pdf)
    for page in range(1, pages + 1):
        assert f"Part {page} It is page {page}. {FOOT} {page} / {pages}" in whole


def test_one_sheet_holds_eight_pages():
    w, h = 105.0, 148.5

    assert booklet(8, "a4").sides == (
        (Cell(5, 0, 0, is_turned=True), Cell(4, w, 0, is_turned=True), Cell(8, 0, h), Cell(1, w, h)),
        (Cell(3, 0, 0, is_turned=True), Cell(6, w, 0, is_turned=True), Cell(2, 0, h), Cell(7, w, h)),
    )


def folded(front: tuple[Cell, ...], back: tuple[Cell, ...], width: float) -> list[tuple[int, int]]:
    """(page, page behind it) of the leaves of a sheet folded across and again, from the first on, with the fold left.

    The sheet is printed over its long edge: what lies left on the front has its back on the right.
    """
    leaves: dict[tuple[str, str], tuple[Cell, Cell]] = {}
    for cell in front:
        behind = next(b for b in back if b.y == cell.y and b.x != cell.x)
        leaves["left" if cell.x < width / 2 else "right", "up" if cell.y == 0 else "low"] = (cell, behind)
    # Across: the upper half goes behind the lower, head over heels, so that its back is in front.
    halves = {
        side: [
            (low[0], low[1], {low[0].is_turned, low[1].is_turned}),
            (up[1], up[0], {not up[0].is_turned, not up[1].is_turned}),
        ]
        for side in ("left", "right")
        for low, up in [(leaves[side, "low"], leaves[side, "up"])]
    }
    # Again: the left half goes behind the right, so that its last leaf comes first, and its back is in front.
    stack = [*halves["right"], *((second, first, turned) for first, second, turned in reversed(halves["left"]))]
    assert all(turned == {False} for _, _, turned in stack), "every page stands upright"
    return [(first.page, second.page) for first, second, _ in stack]


@given(st.integers(1, 200), st.sampled_from(["a4", "letter"]))
@example(1, "a4")
@example(9, "letter")
def test_a_folded_booklet_reads_from_the_first_page_to_the_last(pages, paper):
    made, width = booklet(pages, paper), 2 * page_size(Format.POCKET, paper).width
    outer: list[tuple[int, int]] = []
    inner: list[tuple[int, int]] = []
    for front, back in zip(made.sides[::2], made.sides[1::2], strict=True):
        leaves = folded(front, back, width)
        outer, inner = [*outer, *leaves[:2]], [*leaves[2:], *inner]

    read = [page for leaf in (*outer, *inner) for page in leaf]
    assert read == [*range(1, len(read) + 1)]
    assert 0 <= len(read) - pages < 8, "no sheet more than needed"


def test_the_fold_finds_a_page_on_the_wrong_side():
    front, (wrong, *others) = booklet(8, "a4").sides[0], booklet(8, "a4").sides[1]
    swapped = (Cell(others[1].page, wrong.x, wrong.y, is_turned=True), *others)

    assert [page for leaf in folded(front, swapped, 210) for page in leaf] != [*range(1, 9)]


def test_a_booklets_empty_pages_are_for_notes():
    made = printed(of_pages(1), Format.POCKET)
    drawn = pdfs.read(made.pdf).pages[0].get_contents()

    assert drawn is not None
    # Lines of three empty pages, and four marks to fold by.
    assert drawn.get_data().count(b"l\nS") == 3 * 16 + 4


# Cards


def test_cards_lie_between_crop_marks_at_their_size():
    made = printed(sheet_of(*(somebody(f"Person {n}", f"P{n}X") for n in range(9))), Format.CARDS)

    assert (made.pages, made.sides) == (9, 2)
    first, second = (page.extract_text() for page in pdfs.read(made.pdf).pages)
    assert [n for n in range(9) if f"Person {n}" in first] == [0, 1, 2, 3, 4, 5, 6, 7]
    assert [n for n in range(9) if f"Person {n}" in second] == [8]
    marks = cards(9, "a4").marks
    across, down = {mark.x1 for mark in marks if mark.x1 == mark.x2}, {mark.y1 for mark in marks if mark.y1 == mark.y2}
    assert sorted(across) == [13, 105, 197]
    assert sorted(down) == [24.5, 86.5, 148.5, 210.5, 272.5]
    drawn = pdfs.read(made.pdf).pages[0].get_contents()
    assert drawn is not None
    assert drawn.get_data().count(b"l\nS") == len(marks) == 16
    outside = [mark for mark in marks if 13 < mark.x1 < 197 and 24.5 < mark.y1 < 272.5]
    assert outside == [], "no mark lies on a card"


@given(st.integers(1, 60), st.sampled_from(["a4", "letter"]))
def test_every_card_lies_on_the_paper_and_on_no_other_card(count, paper):
    made, whole = cards(count, paper), page_size(Format.KIT, paper)

    assert [cell.page for side in made.sides for cell in side] == [*range(1, count + 1)]
    for side in made.sides:
        assert len({(cell.x, cell.y) for cell in side}) == len(side)
        for cell in side:
            assert 5 < cell.x < cell.x + made.size.width < whole.width - 5
            assert 5 < cell.y < cell.y + made.size.height < whole.height - 5


def test_a_person_with_much_to_say_goes_on_on_further_cards():
    made = printed(
        sheet_of(somebody(), somebody("Bo Li", "BL2", why=numbered(5000)), somebody("Cy Ng", "CN4")), Format.CARDS
    )
    whole = pdfs.text(made.pdf)

    assert numbers_in(whole) == [*range(5000)]
    # Two have a card; each other is his.
    assert whole.count("Bo Li") == whole.count("BL2") == made.pages - 2 > 50
    assert whole.count("Bo Li continued") == made.pages - 3
    assert whole.count(FOOT) == made.pages
    assert "Cy Ng CN4 Mentor Why" in whole


def test_a_long_name_stays_on_its_card():
    name = "Maria Theresia Walburga Amalia Christina von und zu Habsburg Lothringen, Queen of Hungary and Croatia"
    made = printed(
        sheet_of(somebody(name, "MH2", say="as it is written"), somebody("Al", say="al " * 60)), Format.CARDS
    )
    whole = pdfs.text(made.pdf)

    assert made.pages == 2
    shown = pdfs.letters(f"Maria Theresia Walburga… MH2 {name} say “as it is written” Mentor")
    assert shown in pdfs.letters(whole)
    assert pdfs.letters("al" * 60) in pdfs.letters(whole)


def test_what_almost_fits_on_a_card_is_set_smaller():
    def cards_for(words: int) -> int:
        return printed(sheet_of(somebody(why="word " * words)), Format.CARDS).pages

    assert [cards_for(words) for words in (20, 75, 300)] == [1, 1, 4]


# Whole pages


def everything(text: str = "Words") -> tuple[Block, ...]:
    """A block of each kind, with the text in every field that an author fills."""
    plain = as_said(text)
    return (
        Text(plain, "lead"),
        Text(plain, "say"),
        Text(plain, "quiet", "de"),
        Verbatim(text, text, text, "de"),
        Rows((Row("One", (plain,)), Row("Two", (plain, plain)))),
        Bullets((plain, plain)),
        Checks((Check(plain, "by 3 May 2027", "3AB"), Check(plain, "", "4BC", is_done=True))),
        Timetable("Wed 19 May", (Hour("09:30", text, plain), Hour("", text))),
        Quote(plain, text),
        Person(text, "AN3", text, text, Rows((Row("Why", (plain,)),)), 3, Verbatim(text, text, text)),
        Evidence(text, plain, (Shown(text, "3 May", plain, plain, text),), (Quote(plain, text),), plain),
        Evidence(text, "", ()),
        Blanks(("N1", "N2")),
        Lines(2, "What I learned"),
        Text("The end."),
    )


@pytest.mark.few(1)
@pytest.mark.parametrize(("paper", "size"), [("a4", A4), ("letter", LETTER)])
def test_a_note_of_five_thousand_words_is_laid_out_whole(paper, size):
    made = printed(sheet_of(somebody(), Text(numbered(5000)), somebody("Bo Li", "BL2")), paper=paper)
    pages = pdfs.texts(made.pdf)

    assert numbers_in(" ".join(pages)) == [*range(5000)]
    assert pdfs.outside(made.pdf) == []
    assert pdfs.sizes(made.pdf) == {size}
    assert made.pages == made.sides == len(pages)
    for number, page in enumerate(pages, start=1):
        assert page.endswith(f"{FOOT} {number} / {len(pages)}")


def test_a_person_of_five_thousand_words_goes_over_several_pages():
    made = printed(sheet_of(somebody(why=numbered(5000))))

    assert numbers_in(pdfs.text(made.pdf)) == [*range(5000)]
    assert pdfs.outside(made.pdf) == []


@pytest.mark.few(2)
@pytest.mark.parametrize("letter", ["i", "W", "王"])
@pytest.mark.parametrize("form", [Format.KIT, Format.POCKET])
def test_whoever_fits_on_a_page_stands_on_one_and_nobody_is_cut(letter, form):
    lengths = (100, 300, 600, 1200, 1500)
    people = [somebody(f"Person {n}", f"P{n}X", why=letter * n) for n in lengths]
    made = printed(sheet_of(*people), form)

    pages = [pdfs.letters(page) for page in small_pages(made, form)]
    whole = "".join(pages)
    assert [whole.count(f"P{n}X") for n in lengths] == [1] * 5
    for n in lengths[:3]:
        (page,) = [page for page in pages if f"P{n}X" in page]
        assert page.count(letter) >= n, "on one page"
    assert whole.count(letter) >= sum(lengths)


@pytest.mark.few(3)
@pytest.mark.parametrize("lines", range(30, 50, 2))
def test_a_name_does_not_stand_alone_at_the_foot_of_a_page(lines):
    above = Text("\n\n".join(f"w{n:04}" for n in range(lines)))
    pages = pdfs.texts(printed(sheet_of(above, somebody("Bo Li", "BL2", why=numbered(2000, "x")))).pdf)

    (page,) = [page for page in pages if "Bo Li" in page]
    assert "Bo Li BL2 Mentor Why x0000 x0001" in page


@pytest.mark.few(1)
@pytest.mark.parametrize("form", [Format.KIT, Format.POCKET])
def test_many_short_lines_are_no_more_cut_than_a_few_long_ones(form):
    def asked(count: int, first: int) -> Person:
        return Person("Ada", "AN3", "", "", Rows((Row("Ask", tuple(f"w{n:04}" for n in range(first, first + count))),)))

    counts = (5, 15, 25, 35, 45, 55, 65)
    made = printed(sheet_of(*(asked(count, sum(counts[:n])) for n, count in enumerate(counts))), form)

    assert numbers_in(" ".join(small_pages(made, form))) == [*range(sum(counts))]
    if form is Format.KIT:
        assert pdfs.outside(made.pdf) == []


def small_pages(made: Printout, form: Format) -> list[str]:
    """What stands on each page, before it is laid on paper."""
    if form is Format.KIT:
        return pdfs.texts(made.pdf)
    found = re.split(rf"(?<=/ {made.pages}) ", pdfs.text(made.pdf))
    return sorted(found, key=lambda page: int(page.rsplit(" / ", 1)[0].rsplit(" ", 1)[1]))


def test_what_is_wider_than_its_column_is_broken():
    address = "https://example.org/" + "a" * 300
    long = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnungsentwurf" * 4
    made = printed(sheet_of(*everything(address), *everything(long)))

    assert pdfs.outside(made.pdf) == []
    assert pdfs.letters(pdfs.text(made.pdf)).count(pdfs.letters(long)) >= 20


def test_a_text_out_of_its_page_is_noticed(tmp_path):
    (tmp_path / "print").mkdir()
    (tmp_path / "print" / "sheet.typ").write_text(
        '#set page(width: 100pt)\n#box(width: 500pt)[#"very far and wide, far and wide, and on"]\n#context [#metadata(1) <pages>]'
    )
    made = printed(sheet_of(), templates=(*TEMPLATES, tmp_path))

    assert pdfs.outside(made.pdf) == ["very far and wide, far and wide, and on"]


def test_everything_that_can_stand_on_a_sheet_is_shown():
    whole = pdfs.text(printed(sheet_of(*everything("Kind words"))).pdf)

    assert whole.startswith("EVENT KIT Camp 14 May 2027 Kind words Kind words Kind words Kind words Kind words")
    assert whole.count("Kind words") == 35
    assert whole.endswith(
        f"Name, company What was said; what I promised, by when N1 N2 What I learned The end. {FOOT} 2 / 2"
    )
    assert "Nothing yet." in whole


def test_a_printout_is_grey():
    made = printed(sheet_of(*everything()))
    small = printed(sheet_of(*everything()), Format.POCKET)

    assert pdfs.colours(made.pdf) == pdfs.colours(small.pdf) == set()


def test_a_colour_is_noticed(tmp_path):
    (tmp_path / "print").mkdir()
    (tmp_path / "print" / "sheet.typ").write_text('#text(fill: red, "red")\n#context [#metadata(1) <pages>]')

    assert pdfs.colours(printed(sheet_of(), templates=(*TEMPLATES, tmp_path)).pdf) != set()


NAMES = (
    "Инна Тургенева",
    "Ελένη Παπαδάκη",
    "王小明",
    "محمد عبد الله",
    "नीरज शर्मा",
    "Zoë 🎉",
    "Łukasz Żółć",
    "Ἀριστοτέλης",
)


@pytest.mark.parametrize("form", Format)
def test_names_of_the_world_are_shown_with_their_fonts_or_said_to_be_missing(form):
    made = printed(sheet_of(*(somebody(name, f"A{n}X") for n, name in enumerate(NAMES, start=2))), form)
    whole = pdfs.text(made.pdf)

    for name in NAMES:
        # Letters of Arabic and Devanagari are joined, and come back in the order in which they are drawn.
        lacking = [letter for letter in pdfs.letters(name) if letter not in whole]
        assert not lacking or any(letter in made.missing for letter in lacking), (name, lacking)
    for name in (NAMES[0], NAMES[1], NAMES[6], NAMES[7]):
        assert name in whole
    assert all(pdfs.fonts(made.pdf).values())
    assert len(pdfs.fonts(made.pdf)) >= 3


def test_a_letter_that_no_font_has_is_said():
    made = printed(sheet_of(Text("Not a letter: \uffff.")))

    assert made.missing == "No font here can show U+FFFF; install a font that has it."


def test_without_fonts_a_name_is_said_with_its_letters_and_what_to_install():
    warning = warning_of(choose_fonts("\n".join(NAMES), font_folders=()).missing)

    assert "王 (U+738B)" in warning
    assert "install a font for Chinese characters, such as Noto Sans CJK (Debian: fonts-noto-cjk)." in warning
    assert "🎉 (U+1F389 PARTY POPPER); install a font for emoji, such as Noto Color Emoji" in warning
    assert "Cyrillic" not in warning


@pytest.mark.few(1)
@pytest.mark.parametrize("form", Format)
def test_two_printouts_of_one_day_are_the_same_to_the_byte(form):
    sheet = sheet_of(*everything(), somebody("王小明"))

    assert printed(sheet, form).pdf == printed(sheet, form).pdf


def test_copies_are_the_same_pages_again_numbered_from_one():
    once, twice = printed(of_pages(3)), printed(of_pages(3), copies=2)

    assert (twice.pages, twice.sides) == (3, 6)
    assert pdfs.texts(twice.pdf) == pdfs.texts(once.pdf) * 2
    small = printed(of_pages(3), Format.POCKET, copies=2)
    assert (small.pages, small.sides) == (3, 4)
    assert pdfs.texts(small.pdf)[:2] == pdfs.texts(small.pdf)[2:]


def test_a_sheet_for_one_page_is_set_smaller_as_far_as_one_can_read():
    fitting, hopeless = sheet_of(Text(numbered(850))), sheet_of(Text(numbered(5000)))

    assert printed(fitting).pages == 2
    assert printed(fitting, most_pages=1).pages == 1
    assert printed(fitting, most_pages=1, copies=2).pages == 1
    smallest = printed(hopeless, most_pages=1)
    assert 1 < smallest.pages < printed(hopeless).pages
    assert numbers_in(pdfs.text(smallest.pdf)) == [*range(5000)]


# Templates of one's own


def test_a_template_of_ones_own_wins(tmp_path):
    (tmp_path / "print").mkdir()
    blocks = (TEMPLATES[0] / "print" / "blocks.typ").read_text()
    (tmp_path / "print" / "blocks.typ").write_text(blocks.replace("continued", "und weiter"))
    made = printed(sheet_of(somebody(why=numbered(500))), Format.CARDS, templates=(*TEMPLATES, tmp_path))

    assert "Ada Novak und weiter" in pdfs.text(made.pdf)


def test_a_broken_template_is_named_with_its_line(tmp_path):
    (tmp_path / "print").mkdir()
    blocks = (TEMPLATES[0] / "print" / "blocks.typ").read_text()
    (tmp_path / "print" / "blocks.typ").write_text(f"// Mine.\n#let broken = no-such-thing\n{blocks}")

    with pytest.raises(CannotPrint) as refused:
        printed(sheet_of(), templates=(*TEMPLATES, tmp_path))

    assert "unknown variable: no-such-thing" in str(refused.value)
    assert " templates/print/blocks.typ:2:14 " in str(refused.value)


def test_a_template_reads_nothing_outside_its_folder(tmp_path):
    (tmp_path / "print").mkdir()
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "print" / "sheet.typ").write_text(f'#read("{tmp_path / "secret"}")')

    with pytest.raises(CannotPrint, match="file not found"):
        printed(sheet_of(), templates=(*TEMPLATES, tmp_path))


# Whatever a field holds


HOSTILE = [
    '#import "blocks.typ": *',
    '#read("data.json")',
    "#panic()",
    "$ x = 1 $",
    r"\u{41} \\ \#",
    "[#strong[x]] ] [ } {",
    "`raw` ```typst #panic()```",
    "<label> @reference *strong* _emph_ = heading",
    "// comment /* comment",
    "- list + enum / term: x",
    "1. one 2) two",
    "<script>alert(1)</script> &amp; &lt;",
    '"quoted" -- --- ... ~ \'s',
    "</style></body></html><!-- ",
    '" onload="x" \' style=\'x',
    "{{ data }} {% for x in y %} {# x #}",
    "zero\u200bwidth\u200d\ufeff joi\u2060ner",
    "\u200emark \u200fmark",
    "e\u0301\u0301\u0301\u0301 ḿ",
    "sys.inputs context here()",
    "%PDF-1.7 endstream endobj (x) Tj",
    "|a|b|\\n|-|-|",
    "[[people/ada|x]] ![x](file:///etc/passwd) [x](javascript:alert)",
    "tab\there \x00 null \x1b[31m",
    "\uffff \ue000 \U0010ffff",
]


def assert_shown(made: Printout, text: str, *, as_it_is: bool) -> None:
    """The PDF has a sheet's own words in order and nothing but pages; and the text, if that can be read back."""
    # What has no shape of its own is one with the letter before it, and the PDF says so wherever that letter stands.
    whole = re.sub("[\U000e0000-\U000e0fff]", "", pdfs.text(made.pdf))
    order = ["EVENT KIT", "14 May 2027", "One", "Two", "3AB", "4BC", "Wed 19 May", "09:30", "AN3", "Why", "Nothing yet.", "N1", "N2", "What I learned", "The end."]  # fmt: skip
    at = 0
    for word in order:
        at = whole.index(word, at) + len(word)
    assert f"{PRINTED} {made.pages} / {made.pages}" in whole
    reader = pdfs.read(made.pdf)
    assert len(reader.pages) == made.pages
    assert not any("/Annots" in page or "/AA" in page for page in reader.pages)
    assert not {"/OpenAction", "/AcroForm", "/AA"} & set(reader.trailer["/Root"])
    assert reader.attachments == {}
    if as_it_is:
        assert pdfs.letters(whole).count(pdfs.letters(text)) >= 35


@pytest.mark.few(8)
@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_a_field_is_markup(text):
    made = printed(sheet_of(*everything(text)))

    assert_shown(made, text, as_it_is=not re.search("[\x00-\x1f\u0300-\u036f\ue000-\U0010ffff]", text))


# Half letters are no UTF-8, and what turns the direction of a line is refused where files are read.
ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60).map(
    lambda text: FORBIDDEN.sub("?", text)
)
MARKS = st.text(st.sampled_from("#$\\[](){}`*_<>@=-+/\"'&;:!|~^%.,0a \u200b"), min_size=1, max_size=60)


@pytest.mark.slow
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ANYTHING | MARKS)
def test_whatever_a_field_holds_the_sheet_stays_what_it_is(text):
    assert_shown(printed(sheet_of(*everything(text))), text, as_it_is=False)


@settings(max_examples=examples(12), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(MARKS)
def test_marks_of_typst_and_markdown_are_shown_as_they_are(text):
    # A letter at both ends: what an author writes on one line has no space there.
    assert_shown(printed(sheet_of(*everything(f"x{text}x"))), f"x{text}x", as_it_is=True)


@settings(max_examples=examples(12), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(MARKS | ANYTHING, min_size=1, max_size=6).map("\n".join))
def test_whatever_markdown_a_note_holds_the_words_around_it_stay(text):
    made = printed(
        sheet_of(Text("The beginning."), Text(text), Quote(text), Bullets((text, "A point.")), Text("The end."))
    )
    whole = pdfs.text(made.pdf)

    assert whole.index("The beginning.") < whole.index("A point.") < whole.index("The end.") < whole.rindex(PRINTED)


@pytest.mark.slow
def test_a_text_of_a_million_letters_is_laid_out():
    made = printed(sheet_of(Text("word " * 200_000), Text("x" * 100_000), Text("The end.")))

    whole = pdfs.text(made.pdf)
    assert whole.count("word") == 200_000
    assert whole.count("x") == 100_000
    assert "The end." in whole
