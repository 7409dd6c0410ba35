"""The bytes of every file that shall change, proved to be read back without a new problem. Writes nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from playbook.gestures.plans import FileChange
from playbook.load import Loaded
from playbook.problems import Problem
from playbook.source.document import Tree
from playbook.source.edit import CannotEdit, edit
from playbook.source.files import SourceFile
from playbook.source.layout import Layout, entry_lines, pair_lines
from playbook.source.reader import parse_document


class NotPrepared(Exception):  # noqa: N818  (it reads as what it says)
    """Why a plan cannot be carried out, as one sentence; nothing was written."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """One file as it shall be."""

    path: str
    """As problems print it."""
    before: bytes | None
    """What it held when it was read; None for a new one."""
    content: bytes
    """What it shall hold; nothing where it shall be gone."""
    said: tuple[str, ...]
    is_gone: bool = False
    """Whether the file shall be gone."""

    @property
    def is_new(self) -> bool:
        """Whether the file is made."""
        return self.before is None

    @property
    def after(self) -> bytes | None:
        """What it shall hold; None where it shall be gone."""
        return None if self.is_gone else self.content


def prepare(
    changes: Sequence[FileChange],
    files: Sequence[SourceFile],
    base: str,
    load: Callable[[Sequence[SourceFile]], Loaded],
) -> tuple[Prepared, ...]:
    """Every file as it shall be, in the order of the changes (one for each file).

    Args:
        changes: what to write.
        files: every file of the playbook, as it was read.
        base: the content folder's name, as the files' paths begin.
        load: what reads these files, and will read them as they shall be.

    Raises:
        NotPrepared: where a file cannot be edited, or the playbook would have a problem that it did not have.
    """
    known = {(file.kind, file.id): file for file in files}
    prepared = tuple(_prepared(change, known, base) for change in changes)
    after = {(change.kind, change.id): one for change, one in zip(changes, prepared, strict=True)}
    shall_be = [
        SourceFile(one.path, kind, identifier, one.content)
        for (kind, identifier), one in sorted(after.items(), key=lambda pair: pair[1].path)
    ]
    rest = [file for file in files if (file.kind, file.id) not in after]
    problems = _new_problems(load(files).problems, load([*rest, *shall_be]).problems)
    if problems:
        raise NotPrepared(f"with this written, the playbook would have a problem: {problems[0]}")
    return prepared


def _prepared(change: FileChange, known: Mapping[tuple[str, str], SourceFile], base: str) -> Prepared:
    if change.tree is not None:
        path = f"{base}/{change.kind}/{change.id}.yml"
        if (change.kind, change.id) in known:
            # Nobody would plan a new file where one could be read.
            raise NotPrepared(f"{path} cannot be read; see: playbook check")
        return Prepared(path, None, as_yaml(change.tree), change.said)
    file = known[change.kind, change.id]
    document, _ = parse_document(file.path, file.content)
    if document is None:
        raise NotPrepared(f"{file.path} cannot be read; see: playbook check")
    try:
        content = edit(file.content, document, change.changes)
    except CannotEdit as error:
        raise NotPrepared(str(error)) from None
    return Prepared(file.path, file.content, content, change.said)


def as_yaml(tree: Tree) -> bytes:
    """A mapping, or a list, as the text of a new file."""
    if isinstance(tree, list):
        lines = [line for value in tree for line in entry_lines(value, Layout())]
    else:
        assert isinstance(tree, dict)  # noqa: S101  (a record is one or the other)
        lines = [line for key, value in tree.items() for line in pair_lines(key, value, Layout())]
    return ("\n".join(lines) + "\n").encode()


def _new_problems(before: Iterable[Problem], after: Iterable[Problem]) -> list[Problem]:
    """What is wrong afterwards and was not before; lines move, so a problem is known by what it says."""
    known = Counter(_said(problem) for problem in before)
    found = []
    for problem in after:
        if not problem.severity.fails:
            continue
        if known[_said(problem)]:
            known[_said(problem)] -= 1
        else:
            found.append(problem)
    return found


def _said(problem: Problem) -> tuple[str, str, str]:
    return problem.place.path, problem.code, _LINE.sub("", problem.message)


_LINE = re.compile(r"\.yml:\d+")
