"""What each line means to the playbook: about whom it is and what it says, or why that is not clear.

Understands one line after another, for a later line may speak of somebody whom an earlier one made known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from playbook.capture.meanings import AboutEvent, AboutItem, Desk, Understood, newcomers_of
from playbook.capture.newcomers import about_blank, about_person, about_somebody, passed_days
from playbook.capture.people import Beginning, folded, item_index, read_beginning
from playbook.capture.words import read_learned, read_tick, read_to_do
from playbook.codes import Key
from playbook.graph.linking import wiki_links
from playbook.problems import shorten
from playbook.source.text import FORBIDDEN


def understand(lines: Sequence[tuple[int, str]], desk: Desk) -> tuple[Understood, ...]:
    """What the lines mean; those that are empty or begin with # mean nothing and are left out."""
    found: list[Understood] = []
    for number, text in lines:
        if is_line(text):
            found.append(understand_line(number, text, desk, found))
    return tuple(found)


def is_line(text: str) -> bool:
    """Whether a line says anything: it is not empty, and no comment."""
    return bool(text.strip()) and not text.lstrip().startswith("#")


def understand_line(number: int, text: str, desk: Desk, earlier: Sequence[Understood]) -> Understood:
    """What one line means, after those that were understood before it."""
    odd = FORBIDDEN.search(text) or re.search("[\ud800-\udfff]", text)
    if odd is not None:
        doubt = f"an invisible character (U+{ord(odd.group()):04X}) that a text cannot hold; type the line again"
        return Understood(number, FORBIDDEN.sub("\ufffd", text), None, (doubt,))
    line = " ".join(text.split())
    doubts = _lost_links(line, desk)
    if doubts:
        return Understood(number, line, None, doubts)
    about_event = _about_event(number, line, desk)
    if about_event is not None:
        return about_event
    begins = read_beginning(line, desk.roster, _names_of_newcomers(earlier))
    if begins.key is None:
        return Understood(number, line, None, (begins.doubt,))
    kind, identifier = begins.key
    if kind == "item":
        return _about_item(number, line, begins, desk, earlier)
    if not begins.rest:
        doubt = f"nothing is said of {desk.roster.title(begins.key)}; write 'met', or more"
        return Understood(number, line, None, (doubt,))
    if kind == "blank":
        return about_blank(number, line, begins.rest, identifier, desk, earlier)
    if kind == "new":
        newcomer = next(person for person in newcomers_of(earlier) if person.id == identifier)
        return about_person(number, line, newcomer.id, newcomer.name, begins.rest, desk)
    if kind == "name":
        company = next((meet.organization for meet in desk.event.record.meet if meet.name == identifier), None)
        return about_somebody(number, line, identifier, company or "", begins.rest, desk, earlier)
    if identifier not in desk.playbook.people:
        doubt = f"{identifier} has a file that cannot be read; see: playbook check"
        return Understood(number, line, None, (doubt,))
    notes = (begins.note,) if begins.note else ()
    return about_person(number, line, identifier, desk.roster.title(begins.key), begins.rest, desk, notes=notes)


def _about_event(number: int, line: str, desk: Desk) -> Understood | None:
    learned = read_learned(line)
    if learned:
        return Understood(number, line, AboutEvent(learned=learned))
    to_do, doubt = read_to_do(line, desk.today)
    if doubt:
        return Understood(number, line, None, (doubt,))
    if to_do is None:
        return None
    return Understood(number, line, AboutEvent(to_do=to_do), (), passed_days((to_do.due,), desk.today))


def _about_item(number: int, line: str, begins: Beginning, desk: Desk, earlier: Sequence[Understood]) -> Understood:
    index = item_index(desk.event, begins.key) if begins.key else None
    assert index is not None  # noqa: S101  (its key is one of the event's)
    item = desk.event.record.checklist[index]
    ticked = read_tick(begins.rest, desk.on, desk.today)
    doubt = ticked.doubt
    before = [one.meaning for one in earlier if isinstance(one.meaning, AboutItem) and one.meaning.index == index]
    if not doubt and (item.skipped or any(one.skipped for one in before)) and ticked.done:
        doubt = f"it was skipped ({shorten(item.skipped or before[-1].skipped)}); remove that first if it was done"
    if not doubt and (item.is_done or any(one.done for one in before)) and ticked.skipped:
        doubt = "it is done already; remove that first if it was skipped"
    if doubt:
        return Understood(number, line, None, (f"'{shorten(item.task, 40)}': {doubt}",))
    return Understood(number, line, AboutItem(index, item.task, ticked.done, ticked.skipped))


def _names_of_newcomers(earlier: Sequence[Understood]) -> dict[str, tuple[Key, ...]]:
    names: dict[str, tuple[Key, ...]] = {}
    for person in newcomers_of(earlier):
        for name in {folded(person.name), person.id}:
            names[name] = (*names.get(name, ()), ("new", person.id))
    return names


def _lost_links(line: str, desk: Desk) -> tuple[str, ...]:
    """What a `[[…]]` in the words leads to, where that is nothing or more than one thing."""
    doubts = []
    for kind, name in wiki_links(line):
        kinds = [kind] if kind else [entry.kind for entry in desk.playbook.entries() if entry.id == name]
        found = [one for one in dict.fromkeys(kinds) if one in _KINDS and name in desk.playbook.of_kind(one)]
        if len(found) != 1:
            whole = f"{kind}/{name}" if kind else name
            doubts.append(f"'[[{shorten(whole, 40)}]]' leads nowhere{'' if kind else ', or to several'}")
    return tuple(doubts)


_KINDS = frozenset(("goals", "people", "organizations", "events", "outreach", "journal", "plays"))
