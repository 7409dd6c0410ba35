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
_IN_PLACE = 0.3
_PLACE_BONUS = 0.25
_SHORT = 48
# A commit that rewrites a thousand items compares each with its place alone: a million comparisons would take seconds.
_MANY = 2_500


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
            if in_place and _holds_the_other(old.text, new.text):
                score = max(score, _IN_FILE)
            if score >= _needed(old, new, in_file=in_file, in_place=in_place):
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


def _needed(old: OldItem, new: OldItem, *, in_file: bool, in_place: bool) -> float:
    """How alike two texts must be to be one item."""
    if not in_file:
        return _ACROSS_FILES
    if not in_place:
        return _IN_FILE
    if old.state is not State.OPEN and new.state is State.OPEN:
        return _IN_FILE  # nobody rewords what is done and opens it again; they write the next thing over it
    if old.rest and old.rest == new.rest:
        return 0.0  # the same day, the same person, in the same place
    return _IN_PLACE


def _holds_the_other(one: str, other: str) -> bool:
    """Whether every word of the shorter text stands in the longer one, too."""
    words, others = set(_WORD.findall(one.lower())), set(_WORD.findall(other.lower()))
    return bool(words and others) and (words <= others or others <= words)


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
