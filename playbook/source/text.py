"""What the text of a file may be: UTF-8 of a size that people write, without what cannot be seen in it.

Knows no YAML.
"""

from __future__ import annotations

import re

from playbook.problems import Place, Problem
from playbook.source.document import place_in

MAX_BYTES = 1_000_000

# Control characters, characters that end a line in YAML 1.1 alone, and those that make text read in another order than
# it is stored (Trojan Source, CVE-2021-42574). Joiners and left-to-right marks stay: names and emoji need them.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
_ALLOWED = bytes((9, 10, 13, *range(32, 127)))


def decode(path: str, content: bytes) -> tuple[str, Problem | None]:
    """The text in a file's bytes, without a byte order mark; or no text, and what is wrong with it."""
    if len(content) > MAX_BYTES:
        return "", Problem(
            Place(path),
            "too-large",
            f"the file has more than {MAX_BYTES:,} bytes",
            "Split it, or keep the long part in a document of its own and link to it.",
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8", "replace")
        return "", Problem(
            place_in(path, before, len(before)),
            "not-utf8",
            "the file is not UTF-8 here",
            "Save it as UTF-8.",
        )
    if text.isascii() and not content.translate(None, _ALLOWED):
        return text, None  # nearly every file, and faster than to search it
    odd = FORBIDDEN.search(text)
    if odd is not None:
        return "", Problem(
            place_in(path, text, odd.start()),
            "odd-character",
            explain_odd(odd.group()),
            "Delete it, or type it again.",
        )
    return text, None


def explain_odd(character: str) -> str:
    """Why a text may not hold one of `FORBIDDEN`."""
    return f"an invisible character (U+{ord(character):04X}) that text cannot hold"
