"""Reads the checklist out of one old version of a file, leniently: what today's records would refuse still counts.

Old files were written under older rules and, now and then, by somebody who was interrupted. So this knows nothing of
records: only that a checklist is a list of items under `checklist`, each text or a mapping with a `task`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from functools import partial
from typing import Any, NamedTuple

from playbook.source.reader import parse_document


class State(StrEnum):
    """How far an item is."""

    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"

    __hash__ = str.__hash__  # that of enums is slow, and every item of a history is looked up with its state


class OldItem(NamedTuple):
    """One item as one version of its file has it. Equal items are one object; a history holds each of them once."""

    id: str
    """Empty where it has none."""
    text: str
    state: State
    done_on: str
    """The day as it was written; empty where none was."""
    rest: str
    """Everything else that was written in it, to know it by when its text changes."""


Items = tuple[OldItem, ...]

_old_item: Callable[[tuple[str, str, State, str, str]], OldItem] = partial(tuple.__new__, OldItem)
"""One out of its fields, in a third of the time."""

WORD = b"checklist"
_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII)
_SENTENCE_KEY = re.compile(r"[A-Z]|.*\s|\w+://")
_KNOWN = ("id", "task", "done", "skipped")


def read_checklist(content: bytes) -> Items | None:
    """The items in one version of a file, in their order.

    Args:
        content: the bytes of the version.

    Returns:
        The items; none for a file without a checklist (a file that does not hold the word has none, whatever else is
        wrong with it). None where the version does not say what its items are: it does not parse, or its checklist is
        no list of items. Then the file keeps the state it had before.
    """
    if WORD not in content:
        return ()
    document, _ = parse_document("", content)
    if document is None:
        return None
    if document.tree is None:
        return ()
    return items_in(document.tree.get("checklist")) if isinstance(document.tree, dict) else None


def items_in(written: Any) -> Items | None:
    """The items in the value of `checklist`; None where it is no list of items."""
    found = []
    for entry in written if isinstance(written, list) else [written]:
        if entry is None or (isinstance(entry, str) and not entry.strip()):
            continue  # a dash with nothing behind it (yet)
        item = _item(entry)
        if item is None:
            return None
        found.append(item)
    return tuple(found)


def _item(entry: Any) -> OldItem | None:
    if isinstance(entry, str):
        return OldItem("", one_line(entry), State.OPEN, "", "")
    if not isinstance(entry, dict):
        return None
    task = entry.get("task")
    if task is None and len(entry) == 1:
        return _split_sentence(*next(iter(entry.items())))
    if not isinstance(task, str) or not task.strip():
        return None
    identifier = entry.get("id")
    return made_item(
        identifier.strip() if isinstance(identifier, str) else "",
        one_line(task),
        _written(entry.get("done")),
        _written(entry.get("skipped")),
        "\n".join(f"{key}: {_written(value)}" for key, value in entry.items() if key not in _KNOWN),
    )


def made_item(identifier: str, text: str, done: str, skipped: str, rest: str) -> OldItem:
    """An item out of what stands in its fields; a field that is not there is empty."""
    if done and done not in ("false", "no"):
        return _old_item((identifier, text, State.DONE, done if _DAY.match(done) else "", rest))
    return _old_item((identifier, text, State.SKIPPED if skipped else State.OPEN, "", rest))


def one_line(text: str) -> str:
    """The text as records hold it: white space is one blank."""
    return " ".join(text.split())


def _split_sentence(key: str, value: Any) -> OldItem | None:
    """`- Ask her: which council?`, which YAML takes apart, is the sentence it was meant to be."""
    if not _SENTENCE_KEY.match(key) or not isinstance(value, str | None):
        return None
    return OldItem("", one_line(f"{key}: {value or ''}"), State.OPEN, "", "")


def _written(value: Any) -> str:
    if value is None:
        return ""
    return value.strip() if isinstance(value, str) else str(value)
