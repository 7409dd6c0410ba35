"""What is called missing is what Typst draws as an empty box, for letters of the world's scripts, on any machine."""

import re
from pathlib import Path

import pytest
import typst

from playbook.render.printing.alphabets import Script, script_of
from playbook.render.printing.fonts import fonts_called
from playbook.render.printing.glyphs import Missing, choose_fonts, find_missing, warning_of

NO_SUCH_CHARACTER = "\uffff"
OTHER_SUCH_CHARACTER = "\ufdd0"
NO_FOLDERS: tuple[Path, ...] = ()
CJK = ("Noto Sans CJK", "fonts-noto-cjk")
WANG = Missing("王", "CJK UNIFIED IDEOGRAPH-738B", "Chinese characters", *CJK)
MING = Missing("明", "CJK UNIFIED IDEOGRAPH-660E", "Chinese characters", *CJK)


def characters(text: str) -> str:
    """With Typst's own fonts alone, which are the same everywhere."""
    return "".join(each.character for each in find_missing(text, font_folders=NO_FOLDERS))


def with_boxes(units: list[str], fonts: typst.Fonts) -> list[str]:
    """Those in whose drawing the outline of the box occurs: each unit is a page, and each page an SVG."""
    pages = [f'#"{"".join(escaped(character) for character in unit)}"' for unit in [NO_SUCH_CHARACTER, *units]]
    source = "#set page(width: 90pt, height: 40pt, margin: 2pt)\n" + "\n#pagebreak()\n".join(pages)
    drawings = typst.compile(source.encode(), font_paths=fonts, ignore_system_fonts=True, format="svg")
    assert isinstance(drawings, list)
    assert len(drawings) == len(pages), "each unit fits on its page"
    (box,) = set(re.findall(rb'xlink:href="(#g[0-9A-F]+)"', drawings[0]))
    return [unit for unit, drawing in zip(units, drawings[1:], strict=True) if b'"' + box + b'"' in drawing]


def escaped(character: str) -> str:
    return f"\\u{{{ord(character):x}}}"


BLOCKS = {
    "Latin": (0x00A1, 0x024F),
    "phonetic": (0x0250, 0x02AF),
    "accents": (0x0300, 0x036F),
    "Greek": (0x0384, 0x03FF),
    "Cyrillic": (0x0400, 0x052F),
    "Armenian": (0x0531, 0x058F),
    "Hebrew": (0x05D0, 0x05F4),
    "Arabic": (0x0620, 0x06D3),
    "Devanagari": (0x0904, 0x0939),
    "Bengali": (0x0985, 0x09B9),
    "Tamil": (0x0B85, 0x0BB9),
    "Thai": (0x0E01, 0x0E30),
    "Tibetan": (0x0F40, 0x0F6C),
    "Georgian": (0x10A0, 0x10FF),
    "Hangul letters": (0x1100, 0x1112),
    "Ethiopic": (0x1200, 0x135A),
    "Cherokee": (0x13A0, 0x13F5),
    "Khmer": (0x1780, 0x17A2),
    "Greek with accents": (0x1F00, 0x1FFE),
    "punctuation": (0x2010, 0x2027),
    "currencies and letterlike": (0x20A0, 0x214F),
    "arrows and operators": (0x2190, 0x22FF),
    "technical": (0x2300, 0x23FF),
    "boxes and shapes": (0x2500, 0x25FF),
    "signs": (0x2600, 0x27BF),
    "kana": (0x3041, 0x30FF),
    "Chinese": (0x4E00, 0x9FFF),
    "Korean": (0xAC00, 0xD7A3),
    "full width": (0xFF01, 0xFF5E),
    "Gothic": (0x10330, 0x1034A),
    "hieroglyphs": (0x13000, 0x1342E),
    "mathematical": (0x1D400, 0x1D7FF),
    "emoji": (0x1F300, 0x1FAFF),
    "rare Chinese": (0x20000, 0x2A6DF),
}
SAMPLE = [chr(code) for first, last in BLOCKS.values() for code in range(first, last + 1, max(1, (last - first) // 12))]
WORDS = [
    "e\u0301", "ж\u0325", "q\u0361q", "שָׁלוֹם", "नमस्ते", "क्षि", "กำ", "مرحبا", "སྐད", "\u1112\u1161\u11ab", "naïve", "a\u00adb", "x\u202ex",
    "👨\u200d👩\u200d👧", "🇩🇪", "❤\ufe0f", "👍🏽", "1\ufe0f\u20e3", "👩\u200d\U0001faff", "王\uffff", "\uffff王", "ab\uffff王x", "王明", "\ue000", "𝔸b",
]  # fmt: skip


@pytest.mark.few(1)
@pytest.mark.parametrize("font_folders", [NO_FOLDERS, None], ids=["own fonts", "system fonts"])
def test_a_unit_has_something_missing_exactly_if_its_drawing_has_a_box(font_folders):
    units = [*SAMPLE, *WORDS]
    lettering = choose_fonts(NO_SUCH_CHARACTER, font_folders=font_folders)
    with_missing = [
        # Beside another character that nothing shows, so that no unit is content with Typst's own fonts.
        unit
        for unit in units
        if find_missing(f"{unit} {OTHER_SUCH_CHARACTER}", font_folders=font_folders)[0].character
        != OTHER_SUCH_CHARACTER
    ]

    assert with_missing == with_boxes(units, lettering.fonts)


def test_a_long_text_misses_what_its_characters_miss_one_by_one():
    one_by_one = with_boxes(list(dict.fromkeys(SAMPLE)), choose_fonts("", font_folders=NO_FOLDERS).fonts)

    assert list(characters(" ".join(SAMPLE))) == one_by_one
    assert 100 < len(one_by_one) < len(SAMPLE) - 100, "the sample has both kinds"


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("", ""),
        ("Meet Ada at 18:30 — “naïve” café, Łódź, ½ £5 → ☐ ✓ …", ""),
        ("Привет, Ελλάδα, გამარჯობა, שלום, مرحبا, नमस्ते", ""),
        ("王明 met 明 and 王", "王明"),
        ("Ask Wang (王) — 王明!", "王明"),
        ("e\u0301 and ж\u0325 with marks of their own", ""),
        ("soft\u00adhyphen, \u200bnothing\ufeff, a\u200db, \u202eturned\u202c, no\u00a0break, thin\u2009space", ""),
        ("bell \x07 and e\u0301\x07, half a pair \ud83d", ""),
        ("a family 👨\u200d👩\u200d👧, a flag 🇩🇪 🇫🇷, a thumb 👍🏽", "👨🇩🇫👍"),
        ("a heart ❤\ufe0f from another font is a heart", ""),
        ("a keycap 1\ufe0f\u20e3", "\u20e3"),
        ("วัน", "วัน"),
        ("\uffff and 𓀀", "\uffff𓀀"),
        ('quoted "王" and \\王\\ and #王 $明$ *', "王明"),
    ],
)
def test_each_character_is_named_once_in_order_of_appearance(text, missing):
    assert characters(text) == missing


def test_a_missing_character_says_what_it_is_and_which_font_has_it():
    assert find_missing("王 🎉 \uffff", font_folders=NO_FOLDERS) == (
        WANG,
        Missing("🎉", "PARTY POPPER", "emoji", "Noto Color Emoji", "fonts-noto-color-emoji"),
        Missing("\uffff", "", "", "", ""),
    )


def test_fonts_below_a_given_folder_count(tmp_path):
    sample = " ".join(characters(" ".join(SAMPLE)))
    before = find_missing(sample, font_folders=NO_FOLDERS)
    paths = sorted({Path(font.path) for font in typst.Fonts().fonts() if font.path})
    for number, path in enumerate(paths):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / path.name).symlink_to(path)
        after = find_missing(sample, font_folders=(tmp_path / str(number),))
        if after != before:
            assert set(after) < set(before)
            return
    pytest.skip("no font of this machine has a character that Typst's own lack")


def test_fonts_of_the_system_are_looked_for_only_where_typsts_own_do_not_do():
    own = typst.Fonts(include_system_fonts=False).families()

    assert choose_fonts("Привет, Ada — naïve ☐").fonts.families() == own
    assert choose_fonts("Привет, 王", font_folders=NO_FOLDERS).fonts.families() == own
    assert choose_fonts("Привет, 王 \uffff").fonts.families() == typst.Fonts().families()


def test_of_the_systems_fonts_those_of_the_script_are_looked_into_where_they_do():
    if fonts_called(["Noto Sans CJK"]) is None:
        pytest.skip("no Noto Sans CJK below the usual folders")
    chosen = choose_fonts("Привет, 王")
    own = typst.Fonts(include_system_fonts=False).families()
    assert {name.partition(" CJK ")[0] for name in chosen.fonts.families() if name not in own} == {
        "Noto Sans", "Noto Sans Mono",
    }  # fmt: skip
    assert with_boxes(["王", "Ж"], chosen.fonts) == []


def test_fonts_are_found_by_the_names_of_their_files(tmp_path):
    path = next((Path(font.path) for font in typst.Fonts().fonts() if font.path), None)
    if path is None:
        pytest.skip("this machine has no font")
    own = typst.Fonts(include_system_fonts=False).families()
    # In a folder below, in an odd weight, and under a name of which the wanted one is a part.
    for name in ("deep/NotoSansThai-Bold.ttf", "NotoSansLao-ExtraLight.ttf", "NotoSansThaiLooped-Regular.ttf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).symlink_to(path)
    found = fonts_called(["Noto Sans Thai"], [str(tmp_path)])
    assert found is not None
    assert len(found.families()) == len(own) + 1
    assert fonts_called(["Noto Sans Lao"], [str(tmp_path)]) is None
    assert fonts_called(["Noto Sans Thai", "Noto Sans Lao"], [str(tmp_path)]) is None
    assert fonts_called([""], [str(tmp_path)]) is None
    assert fonts_called([], [str(tmp_path)]) is None


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("Привет", ""),
        (
            "王明",
            "No font here can show 王 (U+738B) and 明 (U+660E); install a font for Chinese characters, such as Noto Sans CJK (Debian: fonts-noto-cjk).",
        ),
        (
            "วั 王",
            "No font here can show ว (U+0E27 THAI CHARACTER WO WAEN) and ◌ั (U+0E31 THAI CHARACTER MAI HAN-AKAT); install a font for Thai, such as Noto Sans Thai (Debian: fonts-noto-core). "
            "No font here can show 王 (U+738B); install a font for Chinese characters, such as Noto Sans CJK (Debian: fonts-noto-cjk).",
        ),
        (
            "一二三四五六七",
            "No font here can show 一 (U+4E00), 二 (U+4E8C), 三 (U+4E09), 四 (U+56DB), 五 (U+4E94) and 2 more; install a font for Chinese characters, such as Noto Sans CJK (Debian: fonts-noto-cjk).",
        ),
        ("\uffff", "No font here can show U+FFFF; install a font that has it."),
        ("\uffff \ufdd0", "No font here can show U+FFFF and U+FDD0; install a font that has them."),
    ],
)
def test_a_warning_is_one_sentence_for_each_script(text, warning):
    assert warning_of(find_missing(text, font_folders=NO_FOLDERS)) == warning


CORE = "fonts-noto-core"


@pytest.mark.parametrize(
    ("character", "script"),
    [
        ("ẞ", Script("Latin", "Noto Sans", CORE)),
        ("Ж", Script("Cyrillic", "Noto Sans", CORE)),
        ("𝈀", Script("musical notation", "Noto Music", CORE)),
        ("か", Script("Japanese kana", *CJK)),
        ("ｶ", Script("Japanese kana", *CJK)),
        ("한", Script("Korean", *CJK)),
        ("。", Script("Chinese characters", *CJK)),
        ("！", Script("East Asian characters", *CJK)),
        ("\U00031350", Script("Chinese characters", *CJK)),
        ("ي", Script("Arabic", "Noto Sans Arabic", CORE)),
        ("۳", Script("Arabic", "Noto Sans Arabic", CORE)),
        ("𐩠", Script("Old South Arabian", "Noto Sans Old South Arabian", CORE)),
        ("ᦀ", Script("New Tai Lue", "Noto Sans New Tai Lue", CORE)),
        ("ᐁ", Script("Canadian Aboriginal", "Noto Sans Canadian Aboriginal", CORE)),
        ("ꡀ", Script("PhagsPa", "Noto Sans PhagsPa", CORE)),
        ("ཀ", Script("Tibetan", "Noto Serif Tibetan", CORE)),
        ("\U00017000", Script("Tangut", "Noto Serif Tangut", CORE)),
        ("\ua8e2", Script("Devanagari", "Noto Sans Devanagari", CORE)),
        ("\u0325", Script("accents", "Noto Sans", CORE)),
        ("∰", Script("mathematics", "Noto Sans Math", CORE)),
        ("⸺", Script("punctuation", "Noto Sans", CORE)),
        ("⑂", Script("symbols", "Noto Sans Symbols2", CORE)),
        ("⌚", Script("emoji", "Noto Color Emoji", "fonts-noto-color-emoji")),
        ("⌘", Script("symbols", "Noto Sans Symbols2", CORE)),
        ("🇩", Script("emoji", "Noto Color Emoji", "fonts-noto-color-emoji")),
        ("\ue000", Script("", "", "")),
    ],
)
def test_a_character_belongs_to_a_script_with_a_font(character, script):
    assert script_of(character) == script
