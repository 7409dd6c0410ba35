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

    Byte order mark, line ends, comments, quotes and indentation stay.

    Raises:
        CannotEdit: where a path leads nowhere, or where a value cannot be written so that it is read as it is.
    """
    bom = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    text = before = content[len(bom) :].decode("utf-8")
    tree = document.tree
    for change in changes:
        new = changed(tree, change)
        if new == tree:
            continue
        try:
            text = spliced(text, splices_of(read_sheet(text), change))
        except YAMLError:
            raise CannotEdit(f"{document.path}: this way of writing it cannot be edited") from None
        tree = new
    if text == before:
        return content
    try:
        written = bom + text.encode("utf-8")
    except UnicodeEncodeError:
        raise CannotEdit(f"{document.path}: the text holds half a character") from None
    _compare(document, content, written, tree)
    return written


def _compare(document: Document, content: bytes, written: bytes, tree: Tree) -> None:
    """Raises where the written bytes are not read as `tree`, or with a problem that was not there before."""
    again, problems = parse_document(document.path, written)
    if again is None:
        raise CannotEdit(f"{document.path}: {problems[0].message}")
    if again.tree != tree:
        raise CannotEdit(f"{document.path}: written here, it would not be read as it is")
    _, known = parse_document(document.path, content)
    new = Counter(map(_said, problems)) - Counter(map(_said, known))
    if new:
        raise CannotEdit(f"{document.path}: {next(iter(new))[1]}")


def _said(problem: Problem) -> tuple[str, str]:
    return problem.code, problem.message
