"""Changes values of a YAML file where they stand; every other character stays as it is.

What was written is read again before it is handed back: a file that does not say exactly what was asked is never made.
"""

from __future__ import annotations

import codecs
from collections import Counter
from collections.abc import Sequence

from yaml.error import YAMLError

from playbook.problems import Problem
from playbook.source.changes import Add, CannotEdit, Change, Drop, Put, changed
from playbook.source.document import Document, Tree
from playbook.source.nodes import BLOCKS, read_nodes
from playbook.source.reader import parse_document
from playbook.source.sheet import read_sheet, spliced
from playbook.source.splicing import splices_of

__all__ = ["Add", "CannotEdit", "Change", "Drop", "Put", "edit"]


def edit(content: bytes, document: Document, changes: Sequence[Change]) -> bytes:
    """The file's bytes after the changes, made one after another.

    Args:
        content: the bytes that `document` was read from.
        document: what they say.
        changes: each path as the record names it, in the file as the changes before have left it. A change that
            changes nothing leaves every character.

    The byte order mark, line ends, comments, quotes and indentation stay.

    Raises:
        CannotEdit: where a path leads nowhere, or where a value cannot be written so that it is read as it is.
    """
    bom = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    if content[len(bom) :] != document.text.encode("utf-8"):
        raise CannotEdit(f"{document.path}: it was changed since it was read")
    try:
        text, tree = _edited(document, changes)
        written = bom + text.encode("utf-8")
        if written != content:
            _compare(document, content, written, tree)
    except CannotEdit as why:
        raise CannotEdit(f"{document.path}: {why}") from None
    except YAMLError:
        raise CannotEdit(f"{document.path}: this cannot be edited the way it is written") from None
    except UnicodeError:
        raise CannotEdit(f"{document.path}: half a character cannot be written") from None
    return written


def _edited(document: Document, changes: Sequence[Change]) -> tuple[str, Tree]:
    text, tree = document.text, document.tree
    for change in changes:
        new = changed(tree, change)
        if new != tree:
            sheet = read_sheet(text)
            text, tree = _ended(spliced(text, splices_of(sheet, change)), new, sheet.eol), new
    return text, tree


def _ended(text: str, tree: Tree, eol: str) -> str:
    """The text; with a line end, where it ends in a block and the line end is part of what that block says."""
    while isinstance(tree, dict | list) and tree:
        tree = tree[-1] if isinstance(tree, list) else tree[next(reversed(tree))]
    if not isinstance(tree, str) or not tree.endswith("\n") or text.endswith(("\n", "\r")):
        return text
    *_, last = read_nodes(text).leaves()
    return text + eol if last.style in BLOCKS else text


def _compare(document: Document, content: bytes, written: bytes, tree: Tree) -> None:
    """Raises where the written bytes are not read as `tree`, or with a problem that was not there before."""
    again, problems = parse_document(document.path, written)
    if again is None:
        raise CannotEdit(problems[0].message)
    if again.tree != tree:
        raise CannotEdit("written here, it would not be read as it is")
    _, known = parse_document(document.path, content)
    new = Counter(map(_said, problems)) - Counter(map(_said, known))
    if new:
        raise CannotEdit(next(iter(new))[1])


def _said(problem: Problem) -> tuple[str, str]:
    return problem.code, problem.message
