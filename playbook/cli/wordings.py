"""What records are called in one state of the files, read leniently: a file that has faults has a title too."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from playbook.cli.context import Context
    from playbook.graph import Playbook
    from playbook.source.tree import Tree


CHANGE_WORDS = {
    "created": "added",
    "restored": "back",
    "undone": "open again",
    "unskipped": "taken up again",
}
"""What can happen to an item, where a reader has another word for it than the history."""


@dataclass(frozen=True)
class Wordings:
    """Looks into the files of a content folder when it is asked."""

    tree: Tree
    older: Callable[[], Tree] | None = None
    """Where a file is looked for that is gone; read when it is needed."""
    _read: dict[str, dict[str, Any]] = field(default_factory=dict)

    def title(self, path: str) -> str:
        """The title or name in a file; `goals/staff` where the file is gone or says none."""
        written = self._written(path)
        for key in ("title", "name"):
            if found := _one_line(written.get(key)):
                return found
        if self.older is None:
            return shown_name(path)
        return self._before.title(path)

    def reason(self, path: str, text: str) -> str:
        """Why the item with a text is skipped; empty where nothing is written."""
        written = self._written(path).get("checklist")
        for item in written if isinstance(written, list) else [written]:
            if isinstance(item, dict) and _one_line(item.get("task")) == text:
                return _one_line(item.get("skipped"))
        return ""

    @cached_property
    def _before(self) -> Wordings:
        assert self.older is not None  # noqa: S101  (whoever asks has looked)
        return Wordings(self.older())

    def _written(self, path: str) -> dict[str, Any]:
        if path not in self._read:
            self._read[path] = self._parsed(path)
        return self._read[path]

    def _parsed(self, path: str) -> dict[str, Any]:
        from playbook.source.reader import parse_document
        from playbook.source.text import MAX_BYTES

        try:
            content = self.tree.read(path, MAX_BYTES + 1)
        except (OSError, ValueError):  # gone; or a name that this system has no files by
            return {}
        document, _ = parse_document(path, content or b"")
        return document.tree if document is not None and isinstance(document.tree, dict) else {}


@dataclass(frozen=True)
class SeenWordings(Wordings):
    """What records are called by one audience."""

    playbook: Playbook | None = None

    def _parsed(self, path: str) -> dict[str, Any]:
        kind, _, identifier = record_name(path).partition("/")
        entry = self.playbook.find((kind, identifier)) if self.playbook is not None else None
        if entry is None:
            return {}
        items = [{"task": item.task, "skipped": item.skipped} for item in getattr(entry.record, "checklist", ())]
        return {"title": entry.title, "checklist": items}


def wordings_of(context: Context) -> Wordings:
    """The words of the files that a command speaks of; for another audience those that it may read."""
    from playbook.source.tree import DiskTree

    if not context.is_mine:
        return SeenWordings(DiskTree(context.content), playbook=context.load(is_checked=False).playbook)
    return Wordings(context.past or DiskTree(context.content))


def record_name(path: str) -> str:
    """`goals/staff` for `goals/staff.yml`: what a record is called on the command line."""
    return path.removesuffix(".yml")


def shown_name(path: str) -> str:
    """The same in a terminal: an old file may have any name, and none may move the cursor."""
    return "".join(letter if letter.isprintable() else "?" for letter in record_name(path))


def goal_name(path: str) -> str:
    """The id of a goal; `events/pycon` for the record of another kind."""
    return record_name(path).removeprefix("goals/")


def _one_line(value: Any) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
