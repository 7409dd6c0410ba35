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
    for n, (path, gap, _) in enumerate(dropped):
        by_place.setdefault((path, gap), []).append(n)
    old_wordings = [_Wording(item.text) for _, _, item in dropped]
    for m, (path, gap, new) in enumerate(come):
        wording = _Wording(new.text)
        for n in by_place.get((path, gap), ()) if many else range(len(dropped)):
            old_path, old_gap, old = dropped[n]
            if (old.id or new.id) and old.id != new.id:
                continue
            in_file = old_path == path
            in_place = in_file and old_gap == gap
            needed = _TAKEN_UP_AGAIN if _is_taken_up_again(old, new) else _IN_FILE if in_file else _ACROSS_FILES
            # Most pairs have too little in common to be one, whatever the order of their words.
            if not in_place and old_wordings[n].at_most(wording) < needed:
                continue
            score = old_wordings[n].likeness(wording)
            if score >= needed or (in_place and _is_the_same_in_place(old, new)):
                found.append((-score - (_PLACE_BONUS if in_place else 0), not in_file, n, m))
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


def _is_taken_up_again(old: OldItem, new: OldItem) -> bool:
    """Whether something done would have been opened and reworded at once, which hardly anybody does.

    They write the next thing over it: "Read chapter one" becomes "Read chapter two".
    """
    return old.state is not State.OPEN and new.state is State.OPEN


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.lower()) if word not in _LITTLE]


def likeness(one: str, other: str) -> float:
    """0 for two texts that share nothing, 1 for the same words: Dice over words, or pairs of letters in short texts."""
    return _Wording(one).likeness(_Wording(other))


class _Wording:
    """A text as it is compared: cut into words, and into pairs of letters, once for all the texts beside it."""

    __slots__ = ("_letters", "_pair_set", "_word_set", "_words", "length", "text")

    def __init__(self, text: str) -> None:
        self.text = text.lower()
        self.length = len(self.text)
        self._words = self.text.split()
        self._word_set = frozenset(self._words)
        self._letters: list[str] | None = None
        self._pair_set: frozenset[str] = frozenset()

    def likeness(self, other: _Wording) -> float:
        """As `likeness` of the two texts."""
        if self.length + other.length > _SHORT:
            return _dice(self._words, other._words)
        return _dice(self._pairs(), other._pairs())

    def at_most(self, other: _Wording) -> float:
        """What `likeness` cannot be above: as if all that one repeats stood in the other."""
        if self.length + other.length > _SHORT:
            one, two, ones, twos = self._words, other._words, self._word_set, other._word_set
        else:
            one, two = self._pairs(), other._pairs()
            ones, twos = self._pair_set, other._pair_set
        total = len(one) + len(two)
        if not total:
            return 0.0
        repeated = min(len(one) - len(ones), len(two) - len(twos))
        return 2 * (len(ones & twos) + repeated) / total

    def _pairs(self) -> list[str]:
        if self._letters is None:
            self._letters = [self.text[i : i + 2] for i in range(self.length - 1)]
            self._pair_set = frozenset(self._letters)
        return self._letters


def _dice(one: Sequence[str], other: Sequence[str]) -> float:
    total = len(one) + len(other)
    if not total:
        return 0.0
    counts: dict[str, int] = {}
    for part in one:
        counts[part] = counts.get(part, 0) + 1
    shared = 0
    for part in other:
        left = counts.get(part, 0)
        if left:
            counts[part] = left - 1
            shared += 1
    return 2 * shared / total
