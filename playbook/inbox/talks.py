"""Lines about what passed between you and somebody: `Ada: called`, `met Tove at PyCon`, `wrote to Bo, thanks`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import replace

from playbook.capture.acts import tells_something
from playbook.capture.jobs import job_in
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

VERBS = (
    "called|phoned|rang|wrote(?: to)?|emailed|mailed|messaged|texted|asked|heard from|saw|"
    "(?:talked|spoke|chatted) (?:to|with)"
)
"""What a line about a talk may begin with, before the name."""
_SAID = {
    "phoned": ("called", ""),
    "rang": ("called", ""),
    "emailed": ("wrote", "email"),
    "mailed": ("wrote", "email"),
    "messaged": ("wrote", ""),
    "texted": ("wrote", ""),
    "saw": ("met", ""),
    "talked": ("met", ""),
    "spoke": ("met", ""),
    "chatted": ("met", ""),
}
"""What a verb is in a log: (the kind, how)."""
TO_DO = (
    "thank|ask|call|phone|ring|write(?: to)?|e-?mail|mail|message|text|meet(?: with)?|invite|tell|remind|congratulate|"
    "(?:talk|chat) (?:to|with)"
)
"""What a line begins with that says what is to be done with somebody, and not that it was."""
_STILL = re.compile(
    r"(?:(?:thank|ask|write|invite|tell|remind|congratulate)|(?:call|phone|ring|e-?mail|mail|message|text|meet)"
    r"(?= (?:them|him|her|back)\b))(?: .+|\Z)",
    re.IGNORECASE,
)
"""The same behind a name, where a `call` may be what it was about."""


def log_touch(entry: Entry[Person], rest: str, bench: Bench, today: dt.date) -> Gesture:
    """`Ada: called, she will read the draft`: what stands behind the name."""
    if not rest:
        raise Unclear(f"it says nothing of {entry.record.name} but the name")
    one_alone(entry, rest, bench)
    if _STILL.fullmatch(parts_of(rest)[0][1]):
        raise Unclear(still_to_do(entry, rest))
    rest, bench = on_its_day("", rest, bench, today)
    return touch(bench, entry.id, _talk(rest, today))


def log_verb(found: re.Match[str], bench: Bench, today: dt.date) -> Gesture:
    """`called Ada, she said yes`: what is said of whoever stands behind the verb."""
    entry, rest = somebody(found["rest"], bench)
    one_alone(entry, rest, bench)
    said = found["verb"].partition(" ")[0].casefold()
    verb, channel = _SAID.get(said, (said, ""))
    # The comma that stood behind the name ends what the verb says, but for words that go on with it.
    gap = _gap(found["rest"], rest) if verb == "asked" else ", "
    told, bench = on_its_day("", f"{verb}{gap}{rest}" if rest else verb, bench, today)
    return touch(bench, entry.id, replace(_talk(told, today), channel=channel))


def log_occasion(found: re.Match[str], bench: Bench, today: dt.date) -> Gesture | None:
    """`coffee with Ada, she said yes`; None for `talk with Ada`, which may be to be done."""
    if re.fullmatch(TO_DO, f"{found['what']} with", re.IGNORECASE):
        return None
    entry, rest = somebody(found["rest"], bench)
    one_alone(entry, rest, bench)
    what = re.sub(r"(?i)\A(?:i |we )?(?:had )?", "", found["what"])
    told, bench = on_its_day("", f"{what}{_gap(found['rest'], rest)}{rest}", bench, today)
    return touch(bench, entry.id, _talk(told, today))


def still_to_do(entry: Entry[Person], text: str) -> str:
    """Why a line that says what to do is nothing that passed."""
    return f"it reads as something still to do; once it was, say so (called …, thanked …), or: todo {entry.id}: {text}"


def log_met(rest: str, bench: Bench, today: dt.date, newcomers: Collection[str]) -> Gesture:
    """Somebody met: known, or new with `Name, Company, what was said`."""
    rest, bench = on_its_day("met", rest, bench, today)
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
    second = parts[1][1] if len(parts) > 1 else ""
    job = job_in(second, bench.playbook) if where is None and second and not tells_something(second) else None
    title, company = job or ("", "")
    if not company and not place.organization:
        no_first_name(name, bench)
    told = "".join(between + part for between, part in parts[2 if company else 1 :]).lstrip(" ,;")
    talk = _talk(", ".join(text for text in ("met", place.words, told) if text), today)
    talk = replace(talk, event=place.event)
    return meet(bench, name, talk, organization=place.organization or company, title=title)


def on_its_day(verb: str, rest: str, bench: Bench, today: dt.date) -> tuple[str, Bench]:
    """(the words behind a verb, the bench of the day that they say it was): `coffee, yesterday`.

    Raises:
        Unclear: where it is not clear whether, or which, day is meant, or the line begins with another.
    """
    own = read_own_day(f"{verb} {rest}".strip(), today)
    if own is None or (own.day is None and bench.on != today):
        return rest, bench
    if own.day is None:
        raise Unclear(f"{own.doubt}; begin the line with the day, or put words that are no day in quotes")
    if bench.on not in (today, own.day):
        raise Unclear(f"it begins with {bench.on} and says '{own.words}', {own.day}; write one of the two")
    return own.before.removeprefix(verb).lstrip(" ,;"), replace(bench, on=own.day)


def _gap(text: str, rest: str) -> str:
    """What stands between a name and what is said behind it: nothing but a space, or a comma."""
    return ", " if text.removesuffix(rest).rstrip().endswith((",", ":", ";")) else " "


def _talk(rest: str, today: dt.date) -> Talk:
    told = read_words(rest, today)
    if told.doubts:
        raise Unclear("; ".join(told.doubts))
    return Talk(told.what, told.kind, promises=(*told.promises, *told.own_to_do))
