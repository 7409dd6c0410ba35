"""Tells a file that got another name from one that went while another came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from playbook.history.checklists import OldItem
from playbook.history.likeness import pair_alike

Files = Mapping[str, Sequence[OldItem]]
"""Path → the items of its checklist."""

_MOST_COMPARED = 4
"""So many pairs of files that go and come are read side by side; a commit that moves more is a move of folders."""


def find_renames(going: Files, coming: Files) -> dict[str, str]:
    """Old path → new path of the files that are one: they share half of the items of the smaller, or read alike."""
    found: dict[str, str] = {}
    candidates = []
    texts = {path: _keys(items) for path, items in going.items()}
    for path, items in coming.items():
        keys = _keys(items)
        for old in going:
            shared = len(keys & texts[old])
            if shared and 2 * shared >= min(len(keys), len(texts[old])):
                candidates.append((-shared, old, path))
    taken: set[str] = set()
    for _, old, path in sorted(candidates):
        if old not in found and path not in taken:
            found[old] = path
            taken.add(path)
    # A file that was renamed and gone over on a branch shares no text with what it was.
    if len(going) * len(coming) <= _MOST_COMPARED:
        for old, items in going.items():
            alike = (path for path in coming if path not in taken and _reads_alike(items, coming[path]))
            if old not in found and (path := next(alike, "")):
                found[old] = path
                taken.add(path)
    return found


def _reads_alike(old: Sequence[OldItem], new: Sequence[OldItem]) -> bool:
    """Whether more than half of the items of the smaller list read like one of the other."""
    sides = [[("", (-1, place), item) for place, item in enumerate(side)] for side in (old, new)]
    return 2 * len(pair_alike(*sides)) > min(len(old), len(new))


def _keys(items: Sequence[OldItem]) -> set[str]:
    return {item.id or item.text for item in items}
