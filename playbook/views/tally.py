"""How much of a checklist is done, as a number of a number; never which items."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.records import Item


@dataclass(frozen=True, slots=True)
class Tally:
    """How much of a checklist is done; skipped items are not part of `total`."""

    done: int
    total: int
    skipped: int

    @property
    def percent(self) -> int:
        """Of what was not skipped, rounded down; 0 of nothing is 0."""
        return self.done * 100 // self.total if self.total else 0

    @property
    def text(self) -> str:
        """`3 of 8`."""
        return f"{self.done} of {self.total}"


def tally_of(items: tuple[Item, ...]) -> Tally:
    """How much of these items is done."""
    done = sum(item.is_done for item in items)
    skipped = sum(bool(item.skipped) and not item.is_done for item in items)
    return Tally(done, len(items) - skipped, skipped)
