"""What somebody means by a few words, among things that wait.

Knows no record: whoever asks says which words are a thing's own, and which tell whom and what it belongs to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeVar

from playbook.names import plain

T = TypeVar("T")


class Spoken(NamedTuple):
    """How something may be spoken of."""

    own: Sequence[str]
    """Each way in which it says what it is: `Send the slides`."""
    names: str
    """Whom and what it belongs to: `Ada Novak ada-novak`."""


def meant(words: str, among: Iterable[T], spoken: Callable[[T], Spoken]) -> list[T]:
    """Those that hold every word. Who says all of one's own words, and but names beside them, means that one.

    `Ada: Send the slides` is thus not `Send the slides again`, of which nobody could speak more shortly.
    """
    parts = _words(words)
    found = [(one, spoken(one)) for one in among if parts]
    found = [(one, how) for one, how in found if all(part in plain(" ".join((*how.own, how.names))) for part in parts)]
    whole = [one for one, how in found if any(_says(parts, _words(own), _words(how.names)) for own in how.own)]
    return whole or [one for one, _ in found]


def _says(parts: Sequence[str], own: Sequence[str], names: Sequence[str]) -> bool:
    """Whether words are all of these, in their order, with nothing but names before and behind."""
    ends = ((at, at + len(own)) for at in range(len(parts) - len(own) + 1))
    return bool(own) and any(
        parts[at:end] == own and set(names).issuperset((*parts[:at], *parts[end:])) for at, end in ends
    )


def _words(text: str) -> list[str]:
    """The words of a text; `(Camp, Ada)` behind what waits is two names, as it is shown."""
    return [part for word in plain(text).split() if (part := word.strip("(),:"))]
