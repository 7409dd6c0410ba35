"""Says why a passphrase that somebody chose would be guessed; nothing for one that would not.

What was sealed can be copied and guessed at for ever, so it must be stronger than a login. Knows no famous quotations:
those are weak however long they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import log2

from playbook.publish.keys import normal
from playbook.publish.words import WORD_BITS

FEWEST_BITS = 60
"""About as many as five words hold that dice chose; a generated passphrase has 77.5."""
FEWEST_WORDS = 5
_FEWEST_LETTERS = 8
_MOST_LETTERS = 72
"""As many as the estimate looks at."""
_BETWEEN = re.compile(r"[\W\d_]+")


def weakness(passphrase: str, near: Iterable[str] = ()) -> str | None:
    """Why a self-chosen passphrase is refused, in one sentence that does not quote it; None where it will do.

    Args:
        passphrase: what somebody chose.
        near: words that whoever guesses would try first, such as names in the playbook.
    """
    text = normal(passphrase)
    if len(text) < _FEWEST_LETTERS:
        return f"it has {len(text)} characters; that is guessed at once"
    bits = _estimated_bits(text[:_MOST_LETTERS], near)
    words = _plain_words(text)
    if words and len(words) < FEWEST_WORDS:
        told = "one word" if len(words) == 1 else f"{len(words)} different words"
        bits = min(bits, len(words) * WORD_BITS) if len(words) > 1 else bits
        if bits < FEWEST_BITS:
            return f"it is {told}; {FEWEST_WORDS} that were chosen at random are the least that will do"
    if bits < FEWEST_BITS:
        return f"it would be found in about 2^{bits:.0f} guesses; 2^{FEWEST_BITS} are the least that will do"
    return None


def _estimated_bits(text: str, near: Iterable[str]) -> float:
    # Half a second of dictionaries: only who chooses a passphrase waits for them.
    from zxcvbn import zxcvbn  # type: ignore[import-untyped]  # noqa: PLC0415

    return log2(float(zxcvbn(text, user_inputs=[word for word in near if word])["guesses"]))


def _plain_words(text: str) -> set[str]:
    """The different words in a text that is nothing but words; empty for any other."""
    if any(character.isdigit() for character in text):
        return set()
    return {word.casefold() for word in _BETWEEN.split(text) if word}
