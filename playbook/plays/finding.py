"""A routine by what somebody typed: its id or title, in the library first, then among the person's own plays."""

from __future__ import annotations

from playbook.graph import Playbook
from playbook.plays.library import Routine, library
from playbook.plays.own import own_routines
from playbook.problems import suggest


def find_routine(playbook: Playbook, name: str) -> Routine | None:
    """The routine that is meant, or None.

    `plays/way-back-in` is one of the person's own; without `plays/` the library is looked at first.
    """
    typed = name.strip().removesuffix(".yml")
    folder, _, identifier = typed.rpartition("/")
    own = own_routines(playbook)
    every = own if folder else (*library(), *own)
    by_id = [one for one in every if one.id == identifier]
    return next(iter(by_id or [one for one in every if _folded(one.title) == _folded(typed)]), None)


def nearest_routine(playbook: Playbook, name: str) -> str:
    """`Did you mean 'land-a-mentor'?`, or where to see them all."""
    words = {_folded(word): one.id for one in (*own_routines(playbook), *library()) for word in (one.title, one.id)}
    typed = _folded(name)
    held = sorted({identifier for word, identifier in words.items() if typed and typed in word})
    if len(held) == 1:
        return f"Did you mean '{held[0]}'?"
    hint = suggest(typed, words)
    for word, identifier in words.items():
        if hint == f"Did you mean '{word}'?":
            return f"Did you mean '{identifier}'?"
    return hint or "To see them all: playbook plays"


def command(routine: Routine) -> str:
    """How it is started, as it is typed."""
    name = f"plays/{routine.id}" if routine.is_own else routine.id
    needed = [f"--{aim} {aim.upper()}" for aim in routine.needs]
    taken = [f"[--{aim} {aim.upper()}]" for aim in routine.takes]
    return " ".join(("playbook start", name, *needed, *taken))


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("-", " ").split())
