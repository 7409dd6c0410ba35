"""Where somebody was met, or whom they work for, by the words of a line: `at PyCon`, `from Northwind`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from playbook.capture.parts import unquoted
from playbook.gestures import Bench
from playbook.graph import Entry
from playbook.inbox.beginning import SHOWN, Unclear
from playbook.names import as_words, called
from playbook.problems import shorten

_WHERE = re.compile(r" (?=(?:at|from|in) \S)", re.IGNORECASE)
_PLACE = re.compile(r"(?P<how>at|from|in) (?:the )?(?P<what>.+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody was met, or whom they work for: the id of a record, or the words as they are."""

    event: str = ""
    organization: str = ""
    words: str = ""


def place_in(text: str, bench: Bench) -> Place | None:
    """What `at PyCon`, `from Northwind`, `in the lift` name; None for any other words.

    Raises:
        Unclear: where two records could be meant.
    """
    found = _PLACE.fullmatch(text)
    if found is None:
        return None
    said = unquoted(found["what"])
    events = [entry for entry in bench.playbook.events.values() if entry.record.starts.day <= bench.on]
    ways: list[Entry[Any]] = [*called(events, said), *called(bench.playbook.organizations.values(), said)]
    if not ways and found["how"].casefold() == "at":
        parts = set(as_words(said).split())
        ways = [one for one in events if parts <= set(as_words(one.title).split())]
    if len(ways) > 1:
        raise Unclear(f"'{shorten(said, 40)}' could be {' or '.join(one.id for one in ways[:SHOWN])}; write the id")
    if not ways:
        return Place(words=text)
    return Place(event=ways[0].id) if ways[0].kind == "events" else Place(organization=ways[0].id)


def name_and_place(text: str, bench: Bench) -> tuple[str, Place | None]:
    """(the name, the place) of `Tove Ask at PyCon in the lift`; nothing in quotes is a place.

    Raises:
        Unclear: where two records could be meant.
    """
    name, *places = [text] if '"' in text else _WHERE.split(text)
    found = [place for words in places if (place := place_in(words, bench)) is not None]
    if not found:
        return name, None
    return name, Place(
        next((one.event for one in found if one.event), ""),
        next((one.organization for one in found if one.organization), ""),
        ", ".join(one.words for one in found if one.words),
    )
