"""What shall be written into which file, before a byte of it is made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from playbook.source.document import Tree
from playbook.source.edit import Change


@dataclass(frozen=True, slots=True)
class FileChange:
    """What is written into one file: changes to one that is there, or the whole of a new one."""

    kind: str
    id: str
    changes: tuple[Change, ...]
    said: tuple[str, ...]
    """Each of them in words."""
    tree: Tree = None
    """What a new file holds; None where there is one."""

    @property
    def is_new(self) -> bool:
        """Whether the file is made."""
        return self.tree is not None


def merged(changes: Iterable[FileChange]) -> tuple[FileChange, ...]:
    """One change for each file, in the order in which they were first named; what is new takes no further changes."""
    files: dict[tuple[str, str], FileChange] = {}
    for change in changes:
        known = files.get((change.kind, change.id))
        files[change.kind, change.id] = (
            change
            if known is None
            else replace(known, changes=known.changes + change.changes, said=known.said + change.said)
        )
    return tuple(files.values())
