"""What one line of the inbox means: a touch, somebody new, a promise, a tick, something for the journal.

Whom and what is found by whole names and words; where two could be meant, it says so and leaves the line.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Literal

from playbook.capture.acts import tells_something
from playbook.capture.own_day import read_own_day
from playbook.capture.parts import parts_of, unquoted
from playbook.capture.words import read_words
from playbook.daywords import find_day, read_day
from playbook.gestures import Bench, Gesture, NotPossible
from playbook.gestures.items import Found, add_item, find_items, skip, tick
from playbook.gestures.journal import write_entry
from playbook.gestures.people import Pledge, Talk, give, keep, meet, people_called, promise, thank, touch
from playbook.graph import Entry
from playbook.inbox.reading import Line
from playbook.problems import shorten, suggest
from playbook.records import Person
from playbook.records.choices import By, JournalKind

MOST_WORDS = 6
"""A name of more words is not looked for at the beginning of a line."""
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Thought:
    """One line and what it means; where that is not clear, `gesture` is None and `doubt` says why."""

    line: Line
    gesture: Gesture | None
    doubt: str = ""


class _Unclear(Exception):  # noqa: N818  (it reads as what it says)
    """Why a line is not understood, as a sentence."""


def understand(line: Line, bench: Bench, newcomers: Collection[str] = ()) -> Thought:
    """What a line means on the bench's day, or on the day that it begins with.

    `newcomers` are names (folded) that earlier lines made files for: what else is said of them waits for those files.
    """
    text, on = _dated(line.text, bench.on)
    try:
        gesture = _meaning(text, replace(bench, on=on), bench.on, newcomers)
    except (_Unclear, NotPossible) as error:
        return Thought(line, None, str(error))
    return Thought(line, gesture)


def _meaning(text: str, bench: Bench, today: dt.date, newcomers: Collection[str]) -> Gesture:
    for pattern, reader in _READERS:
        found = pattern.fullmatch(text)
        if found is not None:
            return reader(found, bench, today)
    # Whoever knows the command writes it here too.
    told = _TOUCH.sub("", text)
    known = _person_first(told, bench, "marked" if told == text else "yes") or _bare_name(told, bench)
    if known is not None:
        entry, rest = known
        return _touch(entry, unquoted(rest), bench, today)
    met = _MET.fullmatch(text)
    if met is not None:
        return _met(met["rest"], bench, today, newcomers)
    head = text.partition(",")[0].partition(":")[0]
    near = suggest(head, _names(bench))
    raise _Unclear(f"it begins with nobody and nothing that is known. {near or _WAYS}")


_WAYS = (
    "Begin with a name (Ada: called, …), met NAME, called NAME, wrote NAME, asked NAME, heard from NAME, promised "
    "NAME …, kept …, thanked NAME, gave NAME …, done ITEM, todo RECORD: …, achieved …, learned … or read …"
)
_FirstNames = Literal["yes", "marked", "no"]
"""Whether a first name is enough: `marked`, with a comma or colon behind it, for a line may begin with Will or Mark."""
_ALSO_WORDS = re.compile(
    "an|april|art|august|autumn|bill|can|carol|cash|chase|chip|chuck|dawn|dean|do|don|drew|eve|faith|frank|gene|grace|"
    "grant|guy|hope|hunter|in|iris|ivy|jack|joy|june|lance|lily|mark|mason|max|may|mercy|miles|my|nick|norm|pat|"
    "patience|pearl|penny|ray|rich|rob|robin|rose|ruby|sky|so|sue|summer|trip|victor|violet|wade|ward|will",
    re.IGNORECASE,
)
"""First names that a line may begin with and mean nobody; without a comma, they need a verb behind them."""
_DID = re.compile(
    r"\w+ed|came|did|found|gave|got|had|has|heard|is|knows|let|met|rang|said|saw|sent|spoke|took|told|wants|was|wrote",
    re.IGNORECASE,
)
"""What somebody does in the word behind their name."""
_TOUCH = re.compile(r"(?:playbook )?touch(?:ed)?:? +", re.IGNORECASE)
_MET = re.compile(r"(?:i )?met:? (?:with )?(?P<rest>.+)", re.IGNORECASE)


def _dated(text: str, today: dt.date) -> tuple[str, dt.date]:
    """(the rest, the day) of a line that begins with a day and a colon or comma; today for any other."""
    head, mark, rest = text.partition(":")
    for said in (head, text.split(" ", maxsplit=1)[0]):
        day = read_day(said.strip(" :,"), today, ahead=False) if len(said) < 30 else None  # noqa: PLR2004
        if day is not None and day <= today:
            behind = rest if said is head and mark else text[len(said) :]
            if behind.strip(" :,"):
                return behind.strip(" :,"), day
    return text, today


def _person_first(text: str, bench: Bench, first_names: _FirstNames) -> tuple[Entry[Person], str] | None:
    """Somebody whom a line begins with, and what stands behind; the longest name wins.

    Raises:
        _Unclear: where two people are called so.
    """
    words = text.split(" ")
    for count in range(min(len(words), MOST_WORDS), 0, -1):
        said = " ".join(words[:count])
        name = said.rstrip(",:;")
        found = people_called(
            bench, name, by_first_name=first_names == "yes" or (first_names == "marked" and name != said)
        )
        if len(found) > 1:
            raise _Unclear(f"'{name}' could be {' or '.join(entry.id for entry in found)}; write the id")
        if found:
            if name == said and count < len(words) and not people_called(bench, name):
                _no_other(found[0], name, words[count].rstrip(",:;.!?"), bench)
            return found[0], " ".join(words[count:]).lstrip(" ,:;")
    return None


def _no_other(entry: Entry[Person], name: str, behind: str, bench: Bench) -> None:
    """`Ada Hopper` is not whichever Ada has a file.

    Raises:
        _Unclear: where what stands behind a first name is written as a name is, and no day.
    """
    if len(behind) > 1 and behind.istitle() and read_day(behind, bench.on, ahead=False) is None:
        raise _Unclear(
            f"'{shorten(f'{name} {behind}', 40)}' is nobody with a file; {entry.record.name} ({entry.id}) has one: if "
            f"that is who is meant, put a comma behind '{name}'"
        )


def _bare_name(text: str, bench: Bench) -> tuple[Entry[Person], str] | None:
    """Somebody whose first name a line begins with, no comma behind it, and what stands behind.

    Raises:
        _Unclear: where two people are called so.
    """
    first, _, rest = text.partition(" ")
    did = _DID.fullmatch(rest.partition(" ")[0].rstrip(",:;"))
    if not rest or (_ALSO_WORDS.fullmatch(first) and did is None):
        return None
    return _person_first(text, bench, "yes")


def _touch(entry: Entry[Person], rest: str, bench: Bench, today: dt.date) -> Gesture:
    if not rest:
        raise _Unclear(f"it says nothing of {entry.record.name} but the name")
    _one_alone(entry, rest, bench)
    rest, bench = _on_its_day(rest, bench, today)
    return touch(bench, entry.id, _talk(rest, today))


def _one_alone(entry: Entry[Person], rest: str, bench: Bench) -> None:
    """A line is of one person.

    Raises:
        _Unclear: where another stands behind an `and`.
    """
    joined = re.match(r"(?:and|&|\+) (?P<rest>.+)", rest, re.IGNORECASE)
    other = _person_first(joined["rest"], bench, "yes") if joined is not None else None
    if other is not None:
        raise _Unclear(f"it is about {entry.record.name} and {other[0].record.name}; write a line for each")


def _on_its_day(rest: str, bench: Bench, today: dt.date) -> tuple[str, Bench]:
    """(the words, the bench of the day that they end in): `coffee, yesterday`.

    Raises:
        _Unclear: where it is not clear whether, or which, day is meant, or the line begins with another.
    """
    own = read_own_day(rest, today)
    if own is None or (own.day is None and bench.on != today):
        return rest, bench
    if own.day is None:
        raise _Unclear(f"{own.doubt}; begin the line with the day, or put words that are no day in quotes")
    if bench.on not in (today, own.day):
        raise _Unclear(f"it begins with {bench.on} and ends in '{own.words}', {own.day}; write one of the two")
    return own.before, replace(bench, on=own.day)


def _talk(rest: str, today: dt.date) -> Talk:
    told = read_words(rest, today)
    if told.doubts:
        raise _Unclear("; ".join(told.doubts))
    to_do = tuple(Pledge(one.what, due=one.due) for one in told.to_do)
    return Talk(told.what, told.kind, promises=(*told.promises, *to_do))


def _met(rest: str, bench: Bench, today: dt.date, newcomers: Collection[str]) -> Gesture:
    """Somebody met: known, or new with `Name, Company, what was said`."""
    rest, bench = _on_its_day(rest, bench, today)
    known = _person_first(rest, bench, "no")
    if known is not None:
        entry, told = known
        place = _place_in(parts_of(told)[0][1], bench)
        talk = _talk(f"met, {told}" if told else "met", today)
        return touch(bench, entry.id, replace(talk, event=place.event) if place else talk)
    parts = parts_of(rest)
    name, *places = [parts[0][1]] if '"' in parts[0][1] else _WHERE.split(parts[0][1])
    found = [place for text in places if (place := _place_in(text, bench)) is not None]
    place = _Place(
        next((one.event for one in found if one.event), ""),
        next((one.organization for one in found if one.organization), ""),
        ", ".join(one.words for one in found if one.words),
    )
    name = unquoted(name)
    if not any(character.isalpha() for character in name) or len(name.split()) > MOST_WORDS:
        raise _Unclear("write it so: met First Last, Company, what was said")
    if any(name.casefold() == one or name.casefold().startswith(f"{one} ") for one in newcomers):
        raise _Unclear(f"an earlier line makes the file of {shorten(name, 40)}; this one waits for the next time")
    # Behind `at the meetup` stands what was said; whoever means a company can say `from`.
    company = parts[1][1] if len(parts) > 1 and not found and not tells_something(parts[1][1]) else ""
    if not company and not place.organization:
        _no_first_name(name, bench)
    told = "".join(between + part for between, part in parts[2 if company else 1 :]).lstrip(" ,;")
    talk = _talk(", ".join(text for text in ("met", place.words, told) if text), today)
    return meet(bench, name, replace(talk, event=place.event), organization=place.organization or unquoted(company))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where somebody was met, or whom they work for: the id of a record, or the words as they are."""

    event: str = ""
    organization: str = ""
    words: str = ""


_WHERE = re.compile(r" (?=(?:at|from|in) \S)", re.IGNORECASE)
_PLACE = re.compile(r"(?P<how>at|from|in) (?:the )?(?P<what>.+)", re.IGNORECASE)


def _place_in(text: str, bench: Bench) -> _Place | None:
    """What `at PyCon`, `from Northwind`, `in the lift` name; None for any other words.

    Raises:
        _Unclear: where two records could be meant.
    """
    found = _PLACE.fullmatch(text)
    if found is None:
        return None
    said = unquoted(found["what"])
    wanted = said.casefold()
    events = [entry for _, entry in sorted(bench.playbook.events.items()) if entry.record.starts.day <= bench.on]
    ways = [("events", one.id) for one in events if wanted in (one.id, one.record.title.casefold())]
    ways += [
        ("organizations", identifier)
        for identifier, one in sorted(bench.playbook.organizations.items())
        if wanted in (identifier, *(name.casefold() for name in (one.record.name, *one.record.also_known_as)))
    ]
    if not ways and found["how"].casefold() == "at":
        parts = set(wanted.split())
        ways = [("events", one.id) for one in events if parts <= set(one.record.title.casefold().split())]
    if len(ways) > 1:
        raise _Unclear(f"'{shorten(said, 40)}' could be {' or '.join(one for _, one in ways[:SHOWN])}; write the id")
    if not ways:
        return _Place(words=text)
    [(kind, identifier)] = ways
    return _Place(event=identifier) if kind == "events" else _Place(organization=identifier)


def _no_first_name(name: str, bench: Bench) -> None:
    """A file for `Radia` alone is none to make where a Radia has one.

    Raises:
        _Unclear: where somebody is called so.
    """
    known = people_called(bench, name, by_first_name=True)
    if known:
        ways = " or ".join(f"{entry.record.name} ({entry.id})" for entry in known[:SHOWN])
        raise _Unclear(f"'{shorten(name, 40)}' may be {ways}; write that name, or first and last name of somebody new")


def _somebody(text: str, bench: Bench) -> tuple[Entry[Person], str]:
    known = _person_first(text, bench, "yes")
    if known is None:
        name = " ".join(text.split(" ")[:2]).rstrip(",:;")
        hint = suggest(name, _names(bench))
        raise _Unclear(f"'{shorten(name, 40)}' is nobody with a file. {hint}".rstrip())
    return known


def _names(bench: Bench) -> list[str]:
    people = bench.playbook.people.values()
    return [name for one in people for name in (one.id, one.record.name, one.record.nickname) if name]


def _item(words: str, bench: Bench) -> Found:
    found = find_items(bench.playbook, words, wanted=lambda item: item.is_open)
    if not found:
        raise _Unclear(f"no checklist item is called '{shorten(words, 60)}'")
    if len(found) > 1:
        ways = " or ".join(one.item.id or f"'{shorten(one.item.task, 40)}'" for one in found[:SHOWN])
        more = f" or {len(found) - SHOWN} more" if len(found) > SHOWN else ""
        raise _Unclear(f"'{shorten(words, 40)}' could be {ways}{more}")
    return found[0]


def _done(found: re.Match[str], bench: Bench, _today: dt.date) -> Gesture:
    return tick(bench, _item(found["words"], bench))


def _skip(found: re.Match[str], bench: Bench, _today: dt.date) -> Gesture:
    return skip(_item(found["words"], bench), found["why"])


def _promise(found: re.Match[str], bench: Bench, today: dt.date) -> Gesture:
    entry, rest = _somebody(found["rest"], bench)
    day = find_day(rest, today)
    if day is not None and day.day is None:
        raise _Unclear(day.reason)
    what = day.before if day is not None and day.before else rest
    what = re.sub(r"(?i)\Ato ", "", what)
    if not what:
        raise _Unclear("it does not say what was promised")
    return promise(bench, entry.id, Pledge(what[:1].upper() + what[1:], By.ME, day.day if day else None))


def _kept(found: re.Match[str], bench: Bench, _today: dt.date) -> Gesture:
    parts = found["words"].casefold().split()
    ways = [
        (entry, index, one.what)
        for _, entry in sorted(bench.playbook.people.items())
        for index, one in enumerate(entry.record.promises)
        if one.kept is None and all(part in f"{one.what} {entry.record.name} {entry.id}".casefold() for part in parts)
    ]
    if len(ways) != 1:
        named = " or ".join(f"'{entry.record.name}: {shorten(what, 40)}'" for entry, _, what in ways[:SHOWN])
        raise _Unclear(f"it could be {named}" if ways else f"no open promise is called '{shorten(found['words'], 40)}'")
    return keep(bench, ways[0][0].id, ways[0][1])


def _thank(found: re.Match[str], bench: Bench, _today: dt.date) -> Gesture:
    entry, rest = _somebody(found["rest"], bench)
    return thank(bench, entry.id, rest[:1].upper() + rest[1:])


def _give(found: re.Match[str], bench: Bench, _today: dt.date) -> Gesture:
    entry, rest = _somebody(found["rest"], bench)
    if not rest:
        raise _Unclear("it does not say what was given")
    return give(bench, entry.id, rest[:1].upper() + rest[1:])


def _did(found: re.Match[str], bench: Bench, today: dt.date) -> Gesture:
    """`called Ada, she said yes`: what is said of whoever stands behind the verb."""
    entry, rest = _somebody(found["rest"], bench)
    _one_alone(entry, rest, bench)
    said = found["verb"].partition(" ")[0].casefold()
    verb, channel = _SAID.get(said, (said, ""))
    # The comma that stood behind the name ends what the verb says, but for words that go on with it.
    gap = " " if verb == "asked" and not found["rest"].removesuffix(rest).rstrip().endswith((",", ":", ";")) else ", "
    told, bench = _on_its_day(f"{verb}{gap}{rest}" if rest else verb, bench, today)
    return touch(bench, entry.id, replace(_talk(told, today), channel=channel))


_VERBS = "called|phoned|rang|wrote(?: to)?|emailed|mailed|messaged|texted|asked|heard from"
_SAID = {
    "phoned": ("called", ""),
    "rang": ("called", ""),
    "emailed": ("wrote", "email"),
    "mailed": ("wrote", "email"),
    "messaged": ("wrote", ""),
    "texted": ("wrote", ""),
}
"""What a verb is in a log: (the kind, how)."""


def _to_do(found: re.Match[str], bench: Bench, today: dt.date) -> Gesture:
    record, task = found["record"].strip().casefold(), found["task"].strip()
    entries = [
        entry
        for entry in bench.playbook.entries()
        if hasattr(entry.record, "checklist") and record in (entry.id, entry.title.casefold())
    ]
    if len(entries) != 1:
        raise _Unclear(f"'{shorten(found['record'], 40)}' is no record with a checklist; write todo RECORD: what to do")
    task = task[:1].upper() + task[1:]
    day = find_day(task, today)
    if day is not None and day.day is not None and day.before:
        return add_item(bench, entries[0].key, day.before, due=day.day)
    return add_item(bench, entries[0].key, task)


def _journal(kind: JournalKind) -> Callable[[re.Match[str], Bench, dt.date], Gesture]:
    def write(found: re.Match[str], bench: Bench, _today: dt.date) -> Gesture:
        what = found["what"].strip()
        return write_entry(bench, kind, what[:1].upper() + what[1:])

    return write


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Bench, dt.date], Gesture]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), reader)
    for pattern, reader in (
        (r"done:? (?P<words>.+)", _done),
        (r"skip(?:ped)?:? (?P<words>.+?)(?:,? because |: )(?P<why>.+)", _skip),
        (r"(?:i )?promised? (?P<rest>.+)", _promise),
        (r"kept:? (?P<words>.+)", _kept),
        (r"thank(?:ed)? (?P<rest>.+)", _thank),
        (r"(?:i )?gave (?P<rest>.+)", _give),
        (
            rf"(?:i )?(?P<verb>{_VERBS}):? (?P<rest>.+)",
            _did,
        ),
        (r"(?:to-?do|add item):? (?P<record>[^:]+): ?(?P<task>.+)", _to_do),
        (r"(?:achieved|achievement):? (?P<what>.+)", _journal(JournalKind.ACHIEVEMENT)),
        (r"(?:learned|learnt|lesson):? (?P<what>.+)", _journal(JournalKind.LEARNING)),
        (r"read:? (?P<what>.+)", _journal(JournalKind.READING)),
    )
)
"""What a line begins with, and who reads the rest; names come after these."""
