"""Lines about what passed between you and somebody: `Ada: called`, `met Tove at PyCon`, `wrote to Bo, thanks`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import replace

from playbook.capture.acts import tells_something
from playbook.capture.own_day import read_own_day
from playbook.capture.parts import parts_of, unquoted
from playbook.capture.words import read_words
from playbook.gestures import Bench, Gesture
from playbook.gestures.people import Talk, meet, touch
from playbook.graph import Entry
from playbook.inbox.beginning import MOST_WORDS, Unclear, no_first_name, one_alone, person_first, somebody
from playbook.inbox.places import Place, name_and_place, place_in
from playbook.names import is_short_for
from playbook.problems import shorten
from playbook.records import Person

VERBS = "called|phoned|rang|wrote(?: to)?|emailed|mailed|messaged|texted|asked|heard from"
"""What a line about a talk may begin with, before the name."""
_SAID = {
    "phoned": ("called", ""),
    "rang": ("called", ""),
    "emailed": ("wrote", "email"),
    "mailed": ("wrote", "email"),
    "messaged": ("wrote", ""),
    "texted": ("wrote", ""),
}
"""What a verb is in a log: (the kind, how)."""


def log_touch(entry: Entry[Person], rest: str, bench: Bench, today: dt.date) -> Gesture:
    """`Ada: called, she will read the draft`: what stands behind the name."""
    if not rest:
        raise Unclear(f"it says nothing of {entry.record.name} but the name")
    one_alone(entry, rest, bench)
    rest, bench = _on_its_day(rest, bench, today)
    return touch(bench, entry.id, _talk(rest, today))


def log_verb(found: re.Match[str], bench: Bench, today: dt.date) -> Gesture:
    """`called Ada, she said yes`: what is said of whoever stands behind the verb."""
    entry, rest = somebody(found["rest"], bench)
    one_alone(entry, rest, bench)
    said = found["verb"].partition(" ")[0].casefold()
    verb, channel = _SAID.get(said, (said, ""))
    # The comma that stood behind the name ends what the verb says, but for words that go on with it.
    gap = " " if verb == "asked" and not found["rest"].removesuffix(rest).rstrip().endswith((",", ":", ";")) else ", "
    told, bench = _on_its_day(f"{verb}{gap}{rest}" if rest else verb, bench, today)
    return touch(bench, entry.id, replace(_talk(told, today), channel=channel))


def log_met(rest: str, bench: Bench, today: dt.date, newcomers: Collection[str]) -> Gesture:
    """Somebody met: known, or new with `Name, Company, what was said`."""
    rest, bench = _on_its_day(rest, bench, today)
    known = person_first(rest, bench, "no")
    if known is not None:
        entry, told = known
        place = place_in(parts_of(told)[0][1], bench)
        talk = _talk(f"met, {told}" if told else "met", today)
        return touch(bench, entry.id, replace(talk, event=place.event) if place else talk)
    parts = parts_of(rest)
    name, where = name_and_place(parts[0][1], bench)
    name, place = unquoted(name), where or Place()
    if not any(character.isalpha() for character in name) or len(name.split()) > MOST_WORDS:
        raise Unclear("write it so: met First Last, Company, what was said")
    if any(is_short_for(one, name) for one in newcomers):
        raise Unclear(f"an earlier line makes the file of {shorten(name, 40)}; this one waits for the next time")
    # Behind `at the meetup` stands what was said; whoever means a company can say `from`.
    company = parts[1][1] if len(parts) > 1 and where is None and not tells_something(parts[1][1]) else ""
    if not company and not place.organization:
        no_first_name(name, bench)
    told = "".join(between + part for between, part in parts[2 if company else 1 :]).lstrip(" ,;")
    talk = _talk(", ".join(text for text in ("met", place.words, told) if text), today)
    return meet(bench, name, replace(talk, event=place.event), organization=place.organization or unquoted(company))


def _on_its_day(rest: str, bench: Bench, today: dt.date) -> tuple[str, Bench]:
    """(the words, the bench of the day that they end in): `coffee, yesterday`.

    Raises:
        Unclear: where it is not clear whether, or which, day is meant, or the line begins with another.
    """
    own = read_own_day(rest, today)
    if own is None or (own.day is None and bench.on != today):
        return rest, bench
    if own.day is None:
        raise Unclear(f"{own.doubt}; begin the line with the day, or put words that are no day in quotes")
    if bench.on not in (today, own.day):
        raise Unclear(f"it begins with {bench.on} and ends in '{own.words}', {own.day}; write one of the two")
    return own.before, replace(bench, on=own.day)


def _talk(rest: str, today: dt.date) -> Talk:
    told = read_words(rest, today)
    if told.doubts:
        raise Unclear("; ".join(told.doubts))
    return Talk(told.what, told.kind, promises=(*told.promises, *told.own_to_do))
