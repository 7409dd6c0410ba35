"""Takes words apart at their commas and semicolons; what stands in quotes is one part. Knows no verbs."""

from __future__ import annotations

import re

# A comma ends a part, but for the one in 1,000 and the one in `Nov 27, 2026`; nothing in quotes does.
_BETWEEN = re.compile(
    r"\"[^\"]*\"|( ?(?:;|(?<!\d),(?! ?\d{4} ?(?:[,;]|\Z))|(?<=\d),(?!\d| \d{4} ?(?:[,;]|\Z))) ?"
    r"| and (?=(?:(?:i|they|he|she) )?(?:promised?|will send|owes?) ))",
    re.IGNORECASE | re.ASCII,
)
_AND = re.compile(r"(?:and|&|plus) ", re.IGNORECASE)


def parts_of(text: str) -> list[tuple[str, str]]:
    """The parts of a text between commas and semicolons, each with what stood before it: `(", ", "two")`."""
    found: list[tuple[str, str]] = []
    begin, between = 0, ""
    for match in _BETWEEN.finditer(text):
        if match[1]:
            found.append((between, text[begin : match.start()].strip()))
            begin, between = match.end(), match[1]
    found.append((between, text[begin:].strip()))
    return found


def without_and(part: str) -> str:
    """A part without the `and` that it begins with."""
    return part[found.end() :] if (found := _AND.match(part)) else part


def unquoted(text: str) -> str:
    """A text that stands in quotes as a whole, without them."""
    inner = text[1:-1].strip()
    return inner if len(text) > 2 and text[0] == text[-1] == '"' and '"' not in inner else text  # noqa: PLR2004


def begun(text: str) -> str:
    """The text with a capital at its beginning, where its first word has none at all (`iPhone` has one)."""
    text = unquoted(text.strip(" ,;"))
    first = text.partition(" ")[0]
    return text[:1].upper() + text[1:] if first.islower() else text
