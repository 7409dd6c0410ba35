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
    """One change for each file, in the order in which they were first named.

    A new file that is a list holds the entries of all that make it; any other is made by one alone, and not changed.
    """
    files: dict[tuple[str, str], FileChange] = {}
    for change in changes:
        key = (change.kind, change.id)
        files[key] = _joined(files[key], change) if key in files else change
    return tuple(files.values())


def _joined(one: FileChange, more: FileChange) -> FileChange:
    """Both; what each of the two would write is written once."""
    tree = one.tree
    if isinstance(one.tree, list) and isinstance(more.tree, list):
        tree = [*one.tree, *(entry for entry in more.tree if entry not in one.tree)]
    else:
        assert one.tree is more.tree is None, "of two that make one file, or change a new one, one would be lost"  # noqa: S101
    changes = (*one.changes, *(change for change in more.changes if change not in one.changes))
    return replace(one, changes=changes, said=one.said + more.said, tree=tree)
