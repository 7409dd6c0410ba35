"""Phrases that a message had better not hold: those that come with the program, and those that somebody adds.

Found by their words: capitals, kinds of apostrophes and hyphens, and where lines break do not matter. Never inside
other words, nor over the end of a sentence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from operator import itemgetter
from pathlib import Path

from playbook.source.reader import parse_document

_FILE = Path(__file__).with_name("phrases.yml")
_APOSTROPHES = "'’‘ʼ`´′"
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
    """Its words in small letters, with a space on either side."""

    def __post_init__(self) -> None:
        words = " ".join(_words(self.text[:MAX_PHRASE]))
        object.__setattr__(self, "key", f" {words} " if words else "\n")  # which stands in no folded text


@dataclass(frozen=True)
class Phrases:
    """Phrases to look for, by their first words: a text is gone over once, however many there are."""

    all: tuple[Phrase, ...]

    @cached_property
    def by_first_word(self) -> dict[str, list[tuple[int, Phrase]]]:
        """First word → the phrases that begin with it, each with its number."""
        found: dict[str, list[tuple[int, Phrase]]] = {}
        for number, phrase in enumerate(self.all):
            found.setdefault(phrase.key[1:].partition(" ")[0], []).append((number, phrase))
        return found


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


def find_phrases(text: str, phrases: Phrases) -> Iterator[Found]:
    """Each phrase that stands in a text, once, where it first does; in the phrases' order."""
    words = _words(text)
    folded = f" {' '.join(words)} "
    index = phrases.by_first_word
    near = [entry for word in set(words) & index.keys() for entry in index[word] if entry[1].key in folded]
    for _, phrase in sorted(near, key=itemgetter(0)):
        match = _pattern(phrase.text).search(text)
        if match is not None:
            yield Found(phrase, match.start())


def _words(text: str) -> list[str]:
    # One of the apostrophes counts as a letter.
    return _WORDS.findall(text.casefold().replace("ʼ", "'"))


@lru_cache(maxsize=512)
def _pattern(phrase: str) -> re.Pattern[str]:
    words = re.split(r"[\s\-‐‑]+", unicodedata.normalize("NFC", phrase[:MAX_PHRASE]).strip())
    spelled = r"[\s\-‐‑]+".join("".join(map(_spell, word)) for word in words)
    return re.compile(rf"(?<!\w)(?<!\w[-‐‑]){spelled}(?!\w|[-‐‑]\w)", re.IGNORECASE)


def _spell(letter: str) -> str:
    return f"[{_APOSTROPHES}]" if letter in _APOSTROPHES else re.escape(letter)
