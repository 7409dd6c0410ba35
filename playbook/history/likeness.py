"""Tells a reworded item from one that was dropped while another was put in its place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from playbook.history.checklists import OldItem, State

Candidate = tuple[str, tuple[int, int], OldItem]
"""(path, the neighbour it stands behind and how far, the item)"""

_WORD = re.compile(r"\w+")
_IN_FILE = 0.55
_ACROSS_FILES = 0.8
_TAKEN_UP_AGAIN = 0.9
_IN_PLACE = 0.4
_PLACE_BONUS = 0.1
_SHORT = 48
# A commit that rewrites a thousand items compares each with its place alone: a million comparisons would take seconds.
_MANY = 2_500
# Two texts that share one of these share nothing.
_LITTLE = frozenset(
    ("a", "an", "and", "as", "at", "by", "for", "from", "in", "is", "it", "my", "of", "on", "or", "the", "to", "with")
)


def pair_alike(dropped: Sequence[Candidate], come: Sequence[Candidate]) -> list[tuple[int, int]]:
    """Which of the dropped items are which of those that came, as pairs of indexes; the surest first."""
    many = len(dropped) * len(come) > _MANY
    found: list[tuple[float, bool, int, int]] = []
    by_place: dict[tuple[str, tuple[int, int]], list[int]] = {}
    if many:
        for n, (path, gap, _) in enumerate(dropped):
            by_place.setdefault((path, gap), []).append(n)
    bits: dict[str, int] = {}
    olds = [
        (n, path, gap, item, item.id, item.state is not State.OPEN, _Wording(item.text, bits))
        for n, (path, gap, item) in enumerate(dropped)
    ]
    for m, (path, gap, new) in enumerate(come):
        wording, new_id, new_is_open = _Wording(new.text, bits), new.id, new.state is State.OPEN
        candidates = [olds[n] for n in by_place.get((path, gap), ())] if many else olds
        for n, old_path, old_gap, old, old_id, was_closed, old_wording in candidates:
            if old_id != new_id:
                continue
            score = old_wording.likeness(wording)
            in_file = old_path == path
            in_place = in_file and old_gap == gap
            # What was done would have been opened and reworded at once, which hardly anybody does. They write the next
            # thing over it: "Read chapter one" becomes "Read chapter two".
            needed = _TAKEN_UP_AGAIN if was_closed and new_is_open else _IN_FILE if in_file else _ACROSS_FILES
            if score >= needed or (in_place and _is_the_same_in_place(old, new)):
                found.append((-score - (_PLACE_BONUS if in_place else 0), not in_file, n, m))
    if len(found) == 1:
        return [found[0][2:]]
    found.sort()
    old_taken: set[int] = set()
    new_taken: set[int] = set()
    pairs = []
    for _, _, n, m in found:
        if n not in old_taken and m not in new_taken:
            old_taken.add(n)
            new_taken.add(m)
            pairs.append((n, m))
    return pairs


def _is_the_same_in_place(old: OldItem, new: OldItem) -> bool:
    """Whether two items of which one stands where the other stood are one, though they read rather differently."""
    if old.state is not State.OPEN:
        # What is new comes open; what comes done and has not a word of it was put back from elsewhere.
        return new.state is old.state and not set(_words(old.text)).isdisjoint(_words(new.text))
    if old.rest and old.rest == new.rest:
        return True  # the same day, the same person
    words, others = _words(old.text), _words(new.text)
    shared = set(words) & set(others)
    if not shared:
        return False
    if len(shared) in (len(set(words)), len(set(others))):
        return True
    # A list is full of things to ask and to write: the word that two of them begin with says half as much.
    weight = len(shared) - (0.5 if words[0] == others[0] else 0)
    return 2 * weight >= _IN_PLACE * (len(set(words)) + len(set(others)))


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.lower()) if word not in _LITTLE]


def likeness(one: str, other: str) -> float:
    """0 for two texts that share nothing, 1 for the same words: Dice over words, or pairs of letters in short texts."""
    bits: dict[str, int] = {}
    return _Wording(one, bits).likeness(_Wording(other, bits))


class _Parts:
    """The words of a text, or its pairs of letters: which there are as bits of a number, to see at once what is shared.

    `bits` says which is which, and is one for all the texts that are compared. What is there twice has two bits.
    """

    __slots__ = ("count", "mask")

    def __init__(self, parts: list[str], bits: dict[str, int]) -> None:
        self.count = len(parts)
        mask = 0
        for part in parts:
            bit = bits.get(part) or bits.setdefault(part, 1 << len(bits))
            while mask & bit:
                part += "\n"  # noqa: PLW2901  (no text has one)
                bit = bits.setdefault(part, 1 << len(bits))
            mask |= bit
        self.mask = mask

    def likeness(self, other: _Parts) -> float:
        """Dice: twice what they share, of all that both have."""
        total = self.count + other.count
        return 2 * (self.mask & other.mask).bit_count() / total if total else 0.0


class _Wording:
    """A text as it is compared: cut into words, and into pairs of letters, once for all the texts beside it."""

    __slots__ = ("_bits", "_pairs", "_words", "length", "text")

    def __init__(self, text: str, bits: dict[str, int]) -> None:
        self.text = text.lower()
        self.length = len(self.text)
        self._bits = bits
        self._words: _Parts | None = None
        self._pairs: _Parts | None = None

    def likeness(self, other: _Wording) -> float:
        """As `likeness` of the two texts."""
        if self.length + other.length > _SHORT:
            return (self._words or self._cut_words()).likeness(other._words or other._cut_words())
        return (self._pairs or self._cut_pairs()).likeness(other._pairs or other._cut_pairs())

    def _cut_words(self) -> _Parts:
        self._words = _Parts(self.text.split(), self._bits)
        return self._words

    def _cut_pairs(self) -> _Parts:
        self._pairs = _Parts([self.text[i : i + 2] for i in range(self.length - 1)], self._bits)
        return self._pairs
