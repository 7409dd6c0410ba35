"""The changes that may be asked of a tree, and what the tree is after one of them. Knows no text and no positions."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.source.document import Tree

PathParts = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Put:
    """Sets the value at `path`; keys that are missing on the way are made.

    Where the entry that holds it is plain text (shorthand), it becomes a mapping with that text under `main`.
    """

    path: PathParts
    value: Tree
    main: str = ""


@dataclass(frozen=True, slots=True)
class Add:
    """Adds `value` to the list at `path`; where one value stands for the list, both become one.

    `main` as for Put, for text that stands on the way to the list.
    """

    path: PathParts
    value: Tree
    main: str = ""
    index: int | None = None
    """Which entry it becomes (0: the first); None for the last one. A list that is not there yet has one place only."""


@dataclass(frozen=True, slots=True)
class Drop:
    """Removes the key or entry at `path`, and with it whatever held nothing else."""

    path: PathParts


Change = Put | Add | Drop


class CannotEdit(Exception):  # noqa: N818  (it reads as what it says)
    """Why a change cannot be made, as one sentence."""


def changed(tree: Tree, change: Change) -> Tree:
    """The tree after one change; the tree that came in is as it was.

    Raises:
        CannotEdit: where the path leads through something that cannot hold what is asked.
    """
    if isinstance(change, Drop):
        return _without(tree, change.path, change.path)
    return _with(tree, change.path, change)


def nested(path: PathParts, value: Tree) -> Tree:
    """`value` below the keys of `path`, none of which is there yet; index 0 of one value is that value."""
    for part in reversed(path):
        value = {part: value} if isinstance(part, str) else value
    return value


def shown(path: PathParts) -> str:
    """A path as a reader says it: `log.0.what`."""
    return ".".join(map(str, path)) or "the whole file"


def _with(here: Tree, rest: PathParts, change: Put | Add) -> Tree:
    if not rest:
        return change.value if isinstance(change, Put) else _added(here, change)
    part, behind = rest[0], rest[1:]
    if isinstance(here, list):
        if not isinstance(part, int):
            raise CannotEdit(f"a list stands on the way to '{shown(change.path)}'; say which of its entries")
        if not 0 <= part < len(here):
            raise CannotEdit(f"'{shown(change.path)}' is past the end of a list of {len(here)}")
        return [*here[:part], _with(here[part], behind, change), *here[part + 1 :]]
    if part == 0:
        return _with(here, behind, change)
    if isinstance(here, str) and part == change.main and isinstance(change, Put) and isinstance(change.value, str):
        if not behind:  # the text stands for this very field
            return change.value
    elif isinstance(here, str) and change.main and isinstance(part, str) and part != change.main:
        here = {change.main: here}
    if isinstance(here, str) or isinstance(part, int):
        raise CannotEdit(f"what stands on the way to '{shown(change.path)}' cannot hold '{part}'")
    fields = here or {}
    return {**fields, part: _with(fields.get(part), behind, change)}


def _added(here: Tree, change: Add) -> Tree:
    if here is None:
        return [change.value]
    entries = here if isinstance(here, list) else [here]
    place = len(entries) if change.index is None or not entries else change.index
    if not 0 <= place <= len(entries):
        raise CannotEdit(f"a list of {len(entries)} has no place {place} for another entry: '{shown(change.path)}'")
    return [*entries[:place], change.value, *entries[place:]]


def _without(here: Tree, rest: PathParts, path: PathParts) -> Tree:
    if not rest:
        return None
    part, behind = rest[0], rest[1:]
    if part == 0 and not isinstance(here, list):
        return _without(here, behind, path)
    if isinstance(here, dict) and isinstance(part, str) and part in here:
        new = _without(here[part], behind, path)
        fields = {key: new if key == part else value for key, value in here.items()}
        if new is None:
            del fields[part]
        return fields or None
    if isinstance(here, list) and isinstance(part, int) and 0 <= part < len(here):
        new = _without(here[part], behind, path)
        return [*here[:part], *([] if new is None else [new]), *here[part + 1 :]] or None
    raise CannotEdit(f"nothing stands at '{shown(path)}'")
