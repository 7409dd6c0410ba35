"""Tells a reworded item from one that was dropped while another was put in its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

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
    for m, (path, gap, new) in enumerate(come):
        for n in by_place.get((path, gap), ()) if many else range(len(dropped)):
            old_path, old_gap, old = dropped[n]
            if (old.id or new.id) and old.id != new.id:
                continue
            in_file = old_path == path
            in_place = in_file and old_gap == gap
            score = likeness(old.text, new.text)
            needed = _TAKEN_UP_AGAIN if _is_taken_up_again(old, new) else _IN_FILE if in_file else _ACROSS_FILES
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
    one, other = one.lower(), other.lower()
    if len(one) + len(other) > _SHORT:
        return _dice(one.split(), other.split())
    return _dice([one[i : i + 2] for i in range(len(one) - 1)], [other[i : i + 2] for i in range(len(other) - 1)])


def _dice(one: Sequence[str], other: Iterable[str]) -> float:
    counts: dict[str, int] = {}
    for part in one:
        counts[part] = counts.get(part, 0) + 1
    total, shared = len(one), 0
    for part in other:
        total += 1
        if counts.get(part, 0):
            counts[part] -= 1
            shared += 1
    return 2 * shared / total if total else 0.0
