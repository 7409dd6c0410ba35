"""To which script a character belongs, and which font to install for it.

The fonts are Google's Noto and the packages Debian's; knows nothing of what is installed here.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

CORE = "fonts-noto-core"


@dataclass(frozen=True, slots=True)
class Script:
    """A script as prose calls it, a font that has it and the Debian package of that font; all empty where unknown."""

    name: str
    font: str = ""
    package: str = ""


EMOJI = Script("emoji", "Noto Color Emoji", "fonts-noto-color-emoji")
UNKNOWN = Script("")


def script_of(character: str) -> Script:
    """The script of one character; `UNKNOWN` for private and unassigned ones and for scripts no packaged font has."""
    if is_emoji(character):
        return EMOJI
    if ord(character) >> 16 in (2, 3):  # whole planes of Chinese characters, some newer than this Python's tables
        return _BY_NAME["CJK"]
    if "\U00017000" <= character <= "\U00018d7f":  # nameless in Python
        return _BY_NAME["TANGUT"]
    words = unicodedata.name(character, "").replace("-", " ").split()
    return _by_name(words) or (_by_kind(character) if words else UNKNOWN)


def is_emoji(character: str) -> bool:
    """Whether it is drawn as an emoji by itself, or is half of a flag."""
    wide = unicodedata.east_asian_width(character) == "W"  # ⌚ and ✅ are, ⌘ and ✓ are not
    return bool(_PICTURES.match(character) or (wide and _AMONG_SYMBOLS.match(character)))


_PICTURES = re.compile(
    "[\u20e3\U0001f1e6-\U0001f1ff\U0001f300-\U0001f64f\U0001f680-\U0001f6ff\U0001f7e0-\U0001f7ff\U0001f900-\U0001f9ff"
    "\U0001fa70-\U0001faff]"
)
"""The keycap, flags and pictographs; between them lie ornaments, arrows and chess pieces that are no emoji."""
_AMONG_SYMBOLS = re.compile("[\u2300-\u2bff\U0001f000-\U0001f2ff]")


def _by_name(words: list[str]) -> Script | None:
    if words[:1] == ["COMBINING"]:
        return _by_name(words[1:]) or _ACCENTS
    found = (_BY_NAME.get(" ".join(words[:count])) for count in (3, 2, 1))
    return next((script for script in found if script), None)


def _by_kind(character: str) -> Script:
    if unicodedata.east_asian_width(character) in "WFH":
        return _cjk("East Asian characters")
    category = unicodedata.category(character)
    if category == "Sm":
        return _MATHS
    if category.startswith("P"):
        return _PUNCTUATION
    return _SYMBOLS if category[0] in "SN" else UNKNOWN


def _cjk(name: str) -> Script:
    return Script(name, "Noto Sans CJK", "fonts-noto-cjk")


_ACCENTS = Script("accents", "Noto Sans", CORE)
_PUNCTUATION = Script("punctuation", "Noto Sans", CORE)
_MATHS = Script("mathematics", "Noto Sans Math", CORE)
_SYMBOLS = Script("symbols", "Noto Sans Symbols2", CORE)
_ENCLOSED = Script("symbols", "Noto Sans Symbols", CORE)
_MUSIC = Script("musical notation", "Noto Music", CORE)

_NOTO_SANS = """
Adlam, Anatolian Hieroglyphs, Arabic, Armenian, Avestan, Balinese, Bamum, Bassa Vah, Batak, Bengali, Bhaiksuki, Brahmi,
Buginese, Buhid, Canadian Aboriginal, Carian, Caucasian Albanian, Chakma, Cham, Cherokee, Coptic, Cuneiform, Cypriot,
Deseret, Devanagari, Duployan, Egyptian Hieroglyphs, Elbasan, Elymaic, Ethiopic, Georgian, Glagolitic, Gothic, Grantha,
Gujarati, Gunjala Gondi, Gurmukhi, Hanifi Rohingya, Hanunoo, Hatran, Hebrew, Imperial Aramaic, Indic Siyaq Numbers,
Inscriptional Pahlavi, Inscriptional Parthian, Javanese, Kaithi, Kannada, Kayah Li, Kharoshthi, Khmer, Khojki,
Khudawadi, Lao, Lepcha, Limbu, Linear A, Linear B, Lisu, Lycian, Lydian, Mahajani, Malayalam, Mandaic, Manichaean,
Marchen, Masaram Gondi, Mayan Numerals, Medefaidrin, Meetei Mayek, Mende Kikakui, Meroitic, Miao, Modi, Mongolian, Mro,
Multani, Myanmar, NKo, Nabataean, New Tai Lue, Newa, Nushu, Ogham, Ol Chiki, Old Hungarian, Old Italic,
Old North Arabian, Old Permic, Old Persian, Old Sogdian, Old South Arabian, Old Turkic, Oriya, Osage, Osmanya,
Pahawh Hmong, Palmyrene, Pau Cin Hau, PhagsPa, Phoenician, Psalter Pahlavi, Rejang, Runic, Samaritan, Saurashtra,
Sharada, Shavian, Siddham, SignWriting, Sinhala, Sogdian, Sora Sompeng, Soyombo, Sundanese, Syloti Nagri, Syriac,
Tagalog, Tagbanwa, Tai Le, Tai Tham, Tai Viet, Takri, Tamil, Telugu, Thaana, Thai, Tifinagh, Tirhuta, Ugaritic, Vai,
Wancho, Warang Citi, Yi, Zanabazar Square
"""
_NOTO_SERIF = "Ahom, Dogra, Tangut, Tibetan, Yezidi"

_NAMED_OTHERWISE = {
    "Anatolian Hieroglyphs": "ANATOLIAN HIEROGLYPH",
    "Canadian Aboriginal": "CANADIAN SYLLABICS",
    "Egyptian Hieroglyphs": "EGYPTIAN HIEROGLYPH",
    "Indic Siyaq Numbers": "INDIC SIYAQ",
    "Mayan Numerals": "MAYAN NUMERAL",
    "PhagsPa": "PHAGS PA",
}
"""Where Unicode's names of characters do not begin with the font's name of the script."""

_BY_NAME = {
    **{
        _NAMED_OTHERWISE.get(script, script.upper()): Script(script, f"Noto {style} {script}", CORE)
        for style, scripts in (("Sans", _NOTO_SANS), ("Serif", _NOTO_SERIF))
        for script in " ".join(scripts.split()).split(", ")
    },
    "AEGEAN": Script("Linear B", "Noto Sans Linear B", CORE),
    "ALCHEMICAL": _ENCLOSED,
    "APL": _MATHS,
    "BOPOMOFO": _cjk("Bopomofo"),
    "BYZANTINE MUSICAL": _MUSIC,
    "CIRCLED": _ENCLOSED,
    "CIRCLED HANGUL": _cjk("Korean"),
    "CIRCLED IDEOGRAPH": _cjk("Chinese characters"),
    "CIRCLED KATAKANA": _cjk("Japanese kana"),
    "CIRCLED KOREAN": _cjk("Korean"),
    "CIRCLED NUMBER": _cjk("East Asian characters"),
    "CJK": _cjk("Chinese characters"),
    "CYRILLIC": Script("Cyrillic", "Noto Sans", CORE),
    "DIGIT": _ENCLOSED,
    "DINGBAT": _ENCLOSED,
    "EXTENDED ARABIC": Script("Arabic", "Noto Sans Arabic", CORE),
    "GREEK INSTRUMENTAL": _MUSIC,
    "GREEK MUSICAL": _MUSIC,
    "GREEK VOCAL": _MUSIC,
    "GREEK": Script("Greek", "Noto Sans", CORE),
    "HALFWIDTH HANGUL": _cjk("Korean"),
    "HALFWIDTH KATAKANA": _cjk("Japanese kana"),
    "HANGUL": _cjk("Korean"),
    "HANGZHOU": _cjk("Chinese characters"),
    "HEXAGRAM": _SYMBOLS,
    "HIRAGANA": _cjk("Japanese kana"),
    "IDEOGRAPHIC": _cjk("Chinese characters"),
    "KANGXI": _cjk("Chinese characters"),
    "KATAKANA": _cjk("Japanese kana"),
    "LATIN": Script("Latin", "Noto Sans", CORE),
    "MATHEMATICAL": _MATHS,
    "MODIFIER LETTER": Script("phonetic letters", "Noto Sans", CORE),
    "MUSICAL SYMBOL": _MUSIC,
    "NEGATIVE": _ENCLOSED,
    "NYIAKENG PUACHUE HMONG": Script("Nyiakeng Puachue Hmong", "Noto Serif Hmong Nyiakeng", CORE),
    "PARENTHESIZED LATIN": _ENCLOSED,
    "ROMAN NUMERAL": _ENCLOSED,
    "SQUARED LATIN": _ENCLOSED,
    "VEDIC": Script("Vedic signs", "Noto Sans Devanagari", CORE),
}
"""By the first one to three words of a character's Unicode name."""
