"""Files as they shall be: changed where a value is dropped or a text is another, gone, or new. Writes nothing."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from playbook.problems import Problem
from playbook.source.document import Document, Tree
from playbook.source.edit import CannotEdit, Change, Put, edit
from playbook.source.reader import parse_document

Path = tuple[str | int, ...]
Replace = Callable[[str], str]


class NotRewritten(Exception):  # noqa: N818  (it reads as what it says)
    """Why files cannot be rewritten so, as one sentence; nothing was written."""


@dataclass(frozen=True, slots=True)
class Rewritten:
    """One file as it was and as it shall be."""

    path: str
    """As problems print it."""
    before: bytes | None
    """What it held when it was read; None for a new one."""
    after: bytes | None
    """What it shall hold; None where it shall be gone."""


def with_changes(path: str, content: bytes, changes: Sequence[Change]) -> bytes:
    """The file's bytes after the changes, made one after another.

    Raises:
        NotRewritten: where a value cannot be changed there.
    """
    document = _parsed(path, content)
    try:
        return edit(content, document, changes)
    except CannotEdit as error:
        raise NotRewritten(str(error)) from None


def with_texts(path: str, content: bytes, replace: Replace, *, comments: Replace | None = None) -> bytes:
    """The file's bytes with every text replaced where it stands; line breaks, quotes and everything else stay.

    Args:
        path: as problems print it.
        content: the bytes of a YAML file.
        replace: what a value becomes; what it does not change stays character for character.
        comments: the same for what stands behind a `#`; None leaves comments alone.

    Raises:
        NotRewritten: where a value cannot be written so that it is read as it is.
    """
    document = _parsed(path, content)
    changed = [(at, new) for at, old in texts_in(document.tree) if (new := replace(old)) != old]
    wanted = _mapped(document.tree, replace)
    text = "".join(_pieces(document, {at for at, _ in changed}, replace, comments))
    bom = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    made = bom + text.encode()
    again, _ = parse_document(path, made)
    if again is not None and again.tree == wanted:
        return made
    # Folded over lines, or written with escapes: such a value is written anew.
    return with_changes(path, content, [Put(at, new) for at, new in changed])


def texts_in(tree: Tree, at: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every text of a file's plain data with its path."""
    if isinstance(tree, str):
        yield at, tree
    elif isinstance(tree, dict):
        for key, value in tree.items():
            yield from texts_in(value, (*at, key))
    elif isinstance(tree, list):
        for index, value in enumerate(tree):
            yield from texts_in(value, (*at, index))


def new_problems(before: Iterable[Problem], after: Iterable[Problem]) -> tuple[Problem, ...]:
    """What is wrong afterwards and was not before: of each file and kind of problem, those beyond the former number."""
    known = Counter(_said(problem) for problem in before)
    found = []
    for problem in after:
        if problem.severity.fails:
            known[_said(problem)] -= 1
            if known[_said(problem)] < 0:
                found.append(problem)
    return tuple(found)


def _parsed(path: str, content: bytes) -> Document:
    document, _ = parse_document(path, content)
    if document is None:
        raise NotRewritten(f"{path} cannot be read; see: playbook check")
    return document


def _mapped(tree: Tree, replace: Replace) -> Tree:
    if isinstance(tree, str):
        return replace(tree)
    if isinstance(tree, dict):
        return {key: _mapped(value, replace) for key, value in tree.items()}
    return [_mapped(value, replace) for value in tree] if isinstance(tree, list) else tree


def _pieces(document: Document, changed: set[Path], replace: Replace, comments: Replace | None) -> Iterator[str]:
    """The file's text from one scalar to the next, those at `changed` replaced, and the comments between them."""
    spans = sorted(
        (span.start, span.end, at)
        for at, _ in texts_in(document.tree)
        if (span := document.span_of(at)) is not None
    )  # fmt: skip
    end = 0
    for start, stop, at in spans:
        yield _between(document.text[end:start], comments)
        whole = document.text[start:stop]
        yield replace(whole) if at in changed else whole
        end = stop
    yield _between(document.text[end:], comments)


def _between(text: str, comments: Replace | None) -> str:
    if comments is None or "#" not in text:
        return text
    return _COMMENT.sub(lambda found: comments(found[0]), text)


_COMMENT = re.compile(r"(?:(?<=\s)|\A)#[^\r\n]*")


def _said(problem: Problem) -> tuple[str, str]:
    return problem.place.path, problem.code
