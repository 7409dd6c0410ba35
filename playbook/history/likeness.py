"""Tells a reworded item from one that was dropped while another was put in its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain

from playbook.history.checklists import OldItem, State

Candidate = tuple[str, tuple[int, int], OldItem]
"""(path, the neighbour it stands behind and how far, the item)"""

_Parts = frozenset[str | tuple[str, int]]

_WORD = re.compile(r"\w+")
_IN_FILE = 0.55
_ACROSS_FILES = 0.8
_TAKEN_UP_AGAIN = 0.9
_IN_PLACE = 0.4
_PLACE_BONUS = 0.1
_SHORT = 48
# A commit that rewrites a thousand items compares each with its place alone: a million comparisons would take seconds.
_MANY = 2_500
_FEW = 20
_ELSEWHERE, _IN_SAME_FILE, _IN_PLACE_OF_IT = range(3)
# Two texts that share one of these share nothing.
_LITTLE = frozenset(
    ("a", "an", "and", "as", "at", "by", "for", "from", "in", "is", "it", "my", "of", "on", "or", "the", "to", "with")
)


def pair_alike(dropped: Sequence[Candidate], come: Sequence[Candidate]) -> list[tuple[int, int]]:
    """Which of the dropped items are which of those that came, as pairs of indexes; the surest first."""
    if len(dropped) == 1 == len(come):
        (old_path, old_gap, old), (path, gap, new) = dropped[0], come[0]
        where = _where(old_path, old_gap, path, gap)
        return [(0, 0)] if _score(old, new, _Wording(old.text), _Wording(new.text), where) else []
    found: list[tuple[float, bool, int, int]] = []
    wordings = [_Wording(item.text) for _, _, item in dropped]
    pairs_there_are = len(dropped) * len(come)
    near = _all if pairs_there_are <= _FEW else _Near(dropped, wordings, are_too_many=pairs_there_are > _MANY)
    for m, (path, gap, new) in enumerate(come):
        wording = _Wording(new.text)
        for n in near(len(dropped), path, gap, wording):
            old_path, old_gap, old = dropped[n]
            where = _where(old_path, old_gap, path, gap)
            score = _score(old, new, wordings[n], wording, where)
            if score:
                found.append((-score, where == _ELSEWHERE, n, m))
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


def _where(old_path: str, old_gap: tuple[int, int], path: str, gap: tuple[int, int]) -> int:
    if old_path != path:
        return _ELSEWHERE
    return _IN_PLACE_OF_IT if old_gap == gap else _IN_SAME_FILE


def _score(old: OldItem, new: OldItem, old_wording: _Wording, wording: _Wording, where: int) -> float:
    """How surely the two are one; 0 where they are not."""
    if old.id != new.id:
        return 0.0
    # What was done would have been opened and reworded at once, which hardly anybody does. They write the next thing
    # over it: "Read chapter one" becomes "Read chapter two".
    is_taken_up_again = old.state is not State.OPEN and new.state is State.OPEN
    needed = _TAKEN_UP_AGAIN if is_taken_up_again else _ACROSS_FILES if where == _ELSEWHERE else _IN_FILE
    score = old_wording.likeness(wording)
    if where == _IN_PLACE_OF_IT:
        return score + _PLACE_BONUS if score >= needed or _is_the_same_in_place(old, new) else 0.0
    return score if score >= needed else 0.0


def _all(count: int, *_: object) -> Iterable[int]:
    return range(count)


class _Near:
    """Which of many items are worth a look: those in the same place, and, but for very many, those that share words."""

    def __init__(self, dropped: Sequence[Candidate], wordings: Sequence[_Wording], *, are_too_many: bool) -> None:
        self._by_place: dict[tuple[str, tuple[int, int]], list[int]] = {}
        self._by_word: dict[object, list[int]] = {}
        self._lengths = [wording.length for wording in wordings]
        self._counts = [len(wording.words()) for wording in wordings]
        self._are_too_many = are_too_many
        for n, (path, gap, _) in enumerate(dropped):
            self._by_place.setdefault((path, gap), []).append(n)
            for word in wordings[n].words():
                self._by_word.setdefault(word, []).append(n)

    def __call__(self, _: int, path: str, gap: tuple[int, int], new: _Wording) -> Iterable[int]:
        here = self._by_place.get((path, gap), ())
        if self._are_too_many:
            return here
        counts, words, by_word = self._counts, new.words(), self._by_word
        shared = Counter(chain.from_iterable(by_word[word] for word in words if word in by_word))
        near = [n for n, count in shared.items() if 2 * count >= _IN_FILE * (counts[n] + len(words))]
        if new.length <= _SHORT:  # short texts are compared by their letters
            near += [n for n, length in enumerate(self._lengths) if length + new.length <= _SHORT]
        return {*near, *here}


def _is_the_same_in_place(old: OldItem, new: OldItem) -> bool:
    """Whether two items of which one stands where the other stood are one, though they read rather differently."""
    if old.state is not State.OPEN:
        # What is new comes open; what comes done and has not a word of it was put back from elsewhere.
        return new.state is old.state and not set(_words(old.text)).isdisjoint(_words(new.text))
    if old.rest and old.rest == new.rest:
        return True  # the same day, the same person
    words, others = _words(old.text), _words(new.text)
    one, other = set(words), set(others)
    shared = len(one & other)
    if not shared:
        return False
    if shared in (len(one), len(other)):
        return True
    # A list is full of things to ask and to write: the word that two of them begin with says half as much.
    weight = shared - (0.5 if words[0] == others[0] else 0)
    return 2 * weight >= _IN_PLACE * (len(one) + len(other))


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.lower()) if word not in _LITTLE]


def likeness(one: str, other: str) -> float:
    """0 for two texts that share nothing, 1 for the same words: Dice over words, or pairs of letters in short texts."""
    return _Wording(one).likeness(_Wording(other))


class _Wording:
    """A text as it is compared: cut into words, and into pairs of letters, once for all the texts beside it."""

    __slots__ = ("_pairs", "_text", "_words", "length")

    def __init__(self, text: str) -> None:
        self._text = text = text.lower()
        self.length = len(text)
        self._words: _Parts | None = None
        self._pairs: _Parts | None = None

    def likeness(self, other: _Wording) -> float:
        """As `likeness` of the two texts."""
        is_long = self.length + other.length > _SHORT
        one, two = (self.words(), other.words()) if is_long else (self.pairs(), other.pairs())
        shared = len(one & two)
        return 2 * shared / (len(one) + len(two)) if shared else 0.0

    def words(self) -> _Parts:
        """Its words."""
        if self._words is None:
            self._words = _parts(self._text.split())
        return self._words

    def pairs(self) -> _Parts:
        """Its pairs of letters."""
        if self._pairs is None:
            self._pairs = _parts([self._text[i : i + 2] for i in range(self.length - 1)])
        return self._pairs


def _parts(parts: list[str]) -> _Parts:
    """The parts, to see at once what two texts share; what is there again is there as the second, the third."""
    found: _Parts = frozenset(parts)
    if len(found) == len(parts):
        return found
    again = [(part, n) for part, count in Counter(parts).items() if count > 1 for n in range(1, count)]
    return found.union(again)
