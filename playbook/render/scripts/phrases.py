"""Phrases that a message had better not hold: those that come with the program, and those that somebody adds.

Found by their words: capitals, kinds of apostrophes and hyphens, and where lines break do not matter. Never inside
other words, nor over the end of a sentence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from playbook.source.reader import parse_document

_FILE = Path(__file__).with_name("phrases.yml")
_APOSTROPHES = "'’‘ʼ`´′"
_PLAIN = str.maketrans(dict.fromkeys(_APOSTROPHES, "'"))  # one of them counts as a letter
_WORDS = re.compile(r"[^\W_]+")
MAX_PHRASE = 200
"""A phrase of one's own that is longer is no phrase."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase to avoid."""

    text: str
    advice: str
    """What to write instead."""
    key: str = field(init=False, repr=False, compare=False)
    """Its words as `_fold` writes them, with a space on either side."""

    def __post_init__(self) -> None:
        words = _fold(self.text[:MAX_PHRASE])
        object.__setattr__(self, "key", f" {words} " if words else "\n")  # which stands in no folded text


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase in a text."""

    phrase: Phrase
    start: int
    """Where in the text; `in_one_form` says which text."""


@cache
def shipped_phrases() -> tuple[Phrase, ...]:
    """Those that come with the program, of all languages, in the order of their file."""
    document, _ = parse_document(_FILE.name, _FILE.read_bytes())
    languages = document.tree if document is not None and isinstance(document.tree, dict) else {}
    return tuple(
        Phrase(str(text), str(advice)) for phrases in languages.values() for text, advice in dict(phrases).items()
    )


def in_one_form(text: str) -> str:
    """The text with composed letters: what the places of `find_phrases` count in. Its lines stay its lines."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def find_phrases(text: str, phrases: Iterable[Phrase]) -> Iterator[Found]:
    """Each phrase that stands in a text, once, where it first does."""
    folded = f" {_fold(text)} "
    # Nearly every phrase is nowhere: finding that out costs a look into a string.
    for phrase in [phrase for phrase in phrases if phrase.key in folded]:
        match = _pattern(phrase.text).search(text)
        if match is not None:
            yield Found(phrase, match.start())


def _fold(text: str) -> str:
    return " ".join(_WORDS.findall(text.translate(_PLAIN).casefold()))


@lru_cache(maxsize=512)
def _pattern(phrase: str) -> re.Pattern[str]:
    words = re.split(r"[\s\-‐‑]+", unicodedata.normalize("NFC", phrase[:MAX_PHRASE]).strip())
    spelled = r"[\s\-‐‑]+".join("".join(map(_spell, word)) for word in words)
    return re.compile(rf"(?<!\w)(?<!\w[-‐‑]){spelled}(?!\w|[-‐‑]\w)", re.IGNORECASE)


def _spell(letter: str) -> str:
    return f"[{_APOSTROPHES}]" if letter in _APOSTROPHES else re.escape(letter)
