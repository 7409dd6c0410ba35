"""Which characters of a printout no font here can show, and the fonts to lay it out with; asked of Typst itself.

Knows nothing of sheets and kits: text goes in, characters come out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import typst

from playbook.render.printing.alphabets import EMOJI, script_of
from playbook.render.printing.fonts import fonts_below, fonts_called

MOST_NAMED = 5
"""So many characters of a script are named in a warning; the others are counted."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A character that would be printed as an empty box, and the font that would help; empty where nothing is known."""

    character: str
    name: str
    """Unicode's; empty for private and unassigned characters."""
    script: str
    font: str
    package: str
    """Of that font, on Debian."""

    def __str__(self) -> str:
        shown = f"◌{self.character}" if unicodedata.category(self.character).startswith("M") else self.character
        code = f"U+{ord(self.character):04X}"
        said = code if not self.name or self.name.endswith(code[2:]) else f"{code} {self.name}"
        return f"{shown} ({said})" if self.character.isprintable() else code


@dataclass(frozen=True, slots=True)
class Lettering:
    """The fonts that a text needs, as `font_paths` of a compilation, and what is missing from them all the same.

    `typst.compile(…, font_paths=lettering.fonts, ignore_system_fonts=True)`: looking into the fonts of the system takes
    longer than laying out a kit, so that it happens once, and only for a text that needs more than those likely to do.
    """

    fonts: typst.Fonts
    missing: tuple[Missing, ...]


def find_missing(text: str, *, font_folders: tuple[Path, ...] | None = None) -> tuple[Missing, ...]:
    """Each character of `text` that would be printed as an empty box, once, in order of appearance.

    Fonts are Typst's own and the system's; with `font_folders`, its own and those below these folders. Of a sequence
    that makes one emoji, the first picture is named. Typst may draw the neighbours of a missing character as boxes
    too; they are not named, for they return with it.
    """
    return choose_fonts(text, font_folders=font_folders).missing


def choose_fonts(text: str, *, font_folders: tuple[Path, ...] | None = None) -> Lettering:
    """The lettering of `text`: Typst's own fonts where they are enough, else more.

    More are the system's (or those below the folders); of the system's, those that Chinese characters or emoji need,
    if they are here and enough.
    """
    words = [word for word in dict.fromkeys(_without_surrogates(text).split()) if not word.isascii()]
    clusters = [each for each in dict.fromkeys(each for word in words for each in _clusters(word)) if _visible(each)]
    own = fonts_below(())
    boxed_by_own = _boxed(clusters, own)
    if not boxed_by_own:
        return Lettering(own, ())
    if font_folders is None and all(_is_simple(character) for cluster in clusters for character in _visible(cluster)):
        likely = fonts_called({script_of(character).font for character in _visible("".join(boxed_by_own))})
        if likely is not None and not _boxed(clusters, likely):
            return Lettering(likely, ())
    fonts = fonts_below(font_folders)
    # All of them again: with more fonts to choose from, Typst may choose worse.
    failing = _boxed(clusters, fonts)
    boxed = {*failing, *_boxed(list(dict.fromkeys([*map(_visible, failing), *_visible("".join(failing))])), fonts)}
    missing = dict.fromkeys(character for cluster in failing for character in _blamed(cluster, boxed))
    return Lettering(fonts, tuple(_missing(character) for character in missing))


def warning_of(missing: Iterable[Missing]) -> str:
    """One sentence for each script: what cannot be shown and which font to install; empty where nothing is missing."""
    by_script: dict[str, list[Missing]] = {}
    for each in missing:
        by_script.setdefault(each.script, []).append(each)
    return " ".join(_sentence(group) for group in by_script.values())


def _sentence(group: Sequence[Missing]) -> str:
    names = [str(each) for each in group[:MOST_NAMED]]
    if len(group) > MOST_NAMED:
        names.append(f"{len(group) - MOST_NAMED} more")
    listed = " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
    first = group[0]
    if not first.font:
        return f"No font here can show {listed}; install a font that has {'them' if names[1:] else 'it'}."
    advice = f"install a font for {first.script}, such as {first.font} (Debian: {first.package})"
    return f"No font here can show {listed}; {advice}."


_SIMPLE = {f"Noto {name}" for name in ("Sans", "Sans Symbols", "Sans Symbols2", "Sans Math", "Sans CJK", "Color Emoji")}
"""Fonts of signs that stand for themselves. Joined letters are left to Typst, which has better fonts to choose from."""


def _is_simple(character: str) -> bool:
    return character.isascii() or script_of(character).font in _SIMPLE


_NOT_DISPLAYED = re.compile(r"could not be displayed[^\n]*\n\s*┌─ [^\n]*?:(\d+):\d+\n")


def _boxed(units: Sequence[str], fonts: typst.Fonts) -> list[str]:
    """Those of `units` in which Typst would draw an empty box.

    It does so without a word, except where the output is to be PDF/A: that forbids it, and every box is an error with
    the line of the source that it comes from. So each unit stands on a line, and paragraph, of its own.
    """
    if not units:
        return []
    strings = ["".join(f"\\u{{{ord(character):x}}}" for character in unit) for unit in units]
    source = "".join(f'#par[#"{string}"]\n' for string in strings)
    try:
        typst.compile(source.encode(), font_paths=fonts, ignore_system_fonts=True, pdf_standards="a-2b")
    except typst.TypstError as error:
        if "PDF/A" not in error.diagnostic:
            raise
        lines = {int(line) for line in _NOT_DISPLAYED.findall(error.diagnostic)}
        return [unit for line, unit in enumerate(units, start=1) if line in lines]
    return []


def _clusters(word: str) -> Iterator[str]:
    """`word` cut into what is drawn as one: a letter with its marks, an emoji sequence, a flag."""
    cluster = ""
    for character in word:
        if cluster and not _continues(cluster, character):
            yield cluster
            cluster = ""
        cluster += character
    if cluster:
        yield cluster


def _continues(cluster: str, character: str) -> bool:
    if character.isascii():
        return False
    if _is_half_flag(character):
        return len(cluster) == 1 and _is_half_flag(cluster)
    return (
        unicodedata.category(character).startswith("M")
        or _needs_no_glyph(character)
        or "\U0001f3fb" <= character <= "\U0001f3ff"  # skin tones
        or (cluster.endswith("\u200d") and script_of(character) is EMOJI)
    )


def _is_half_flag(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _blamed(cluster: str, boxed: set[str]) -> list[str]:
    """The characters for which a cluster is drawn as a box, or has one in it."""
    visible = _visible(cluster)
    alone = [character for character in visible if character in boxed]
    if alone:
        return alone[:1] if script_of(alone[0]) is EMOJI else alone
    return [visible[-1]] if visible in boxed else []  # each has a font, but none has them all


def _visible(cluster: str) -> str:
    return "".join(character for character in cluster if not _needs_no_glyph(character))


_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Unicode's Default_Ignorable_Code_Point: joiners, variation selectors, marks of direction, soft hyphens, tags."""


def _needs_no_glyph(character: str) -> bool:
    category = unicodedata.category(character)
    return category == "Cc" or category.startswith("Z") or bool(_INVISIBLE.match(character))


def _without_surrogates(text: str) -> str:
    return text.encode("utf-8", "ignore").decode("utf-8")


def _missing(character: str) -> Missing:
    script = script_of(character)
    return Missing(character, unicodedata.name(character, ""), script.name, script.font, script.package)
