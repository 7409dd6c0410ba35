"""People without a file: who gets one, under which id, and who turns out to have one already."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from playbook.capture.acts import tells_something
from playbook.capture.jobs import job_in
from playbook.capture.meanings import AboutPerson, Absent, Desk, Newcomer, Understood, newcomers_of
from playbook.capture.parts import parts_of, unquoted
from playbook.capture.people import folded
from playbook.capture.words import long_day, read_words, tells_absence
from playbook.gestures.people import free_id
from playbook.names import organization_called, plain
from playbook.problems import shorten
from playbook.records.choices import LogKind
from playbook.source.files import id_problem, slug

_ID = re.compile(r"\( ?id ?[:=]? ?(?P<id>[^()]*?) ?\) ?", re.IGNORECASE)
_NO_COMPANY = frozenset(("", "-", "–", "?"))
_TELLS = re.compile(rf"(?:i )?(?:{'|'.join(LogKind)}|got|done|skip|skipped|learned|learnt|lesson)\b", re.IGNORECASE)
_NOTHING = re.compile(r"(?:send (?:me )?)?(?:it|this|that|them|these|those|something)[.!]?\Z", re.IGNORECASE)
"""What was promised, where only the room knew what it was."""


def about_blank(number: int, line: str, rest: str, code: str, desk: Desk, earlier: Sequence[Understood]) -> Understood:
    """What a line with a blank code means: `N1 Firstname Lastname, Company, what`."""
    first = next((one for one in earlier if one.meaning is not None and code_in(one.text) == code), None)
    if first is not None and isinstance(first.meaning, AboutPerson):
        doubt = f"{code} is {first.meaning.name} already (line {first.number}); write the name, or another blank code"
        return Understood(number, line, None, (doubt,))
    given = _ID.match(rest)
    parts = parts_of(rest[given.end() :] if given else rest)
    name = unquoted(parts[0][1])
    second = parts[1][1] if len(parts) > 1 else ""
    job = job_in(second, desk.playbook) if second not in _NO_COMPANY and not tells_something(second) else None
    told = "".join(between + part for between, part in parts[2 if job or second in _NO_COMPANY else 1 :]).lstrip(" ,;")
    if not any(character.isalpha() for character in name):
        return Understood(number, line, None, (f"write it so: {code} First Last, Company, what was said",))
    if name == parts[0][1] and (tells_something(name) or _TELLS.match(name)):
        # Another day's `N1 promised slides` makes nobody of that name.
        doubt = f"'{shorten(name, 40)}' tells something and is no name; write it so: {code} First Last, Company, …"
        return Understood(number, line, None, (f"{doubt} (a name that reads so goes in quotes)",))
    if given and (reason := id_problem(given["id"])):
        better = slug(given["id"])
        hint = f"; write (id {better})" if better else ""
        return Understood(number, line, None, (f"the id '{shorten(given['id'], 40)}' {reason}{hint}",))
    title, company = job or ("", "")
    identifier = given["id"] if given else ""
    return about_somebody(number, line, name, company, told, desk, earlier, identifier=identifier, title=title)


def about_somebody(
    number: int,
    line: str,
    name: str,
    company: str,
    told: str,
    desk: Desk,
    earlier: Sequence[Understood],
    *,
    identifier: str = "",
    title: str = "",
) -> Understood:
    """What a line about somebody without a file means, who may have got one since.

    `identifier` is the id that the line asks for, if it does.
    """
    code = code_in(line)
    here = [key[1] for key in desk.roster.called(name) if key[0] == "people"]
    new = {person.id: person for person in newcomers_of(earlier)}
    if identifier in new or identifier in desk.taken or identifier in desk.playbook.people:
        owner = desk.playbook.people.get(identifier)
        if owner is None or folded(owner.record.name) != folded(name):
            whose = new[identifier].name if identifier in new else owner.title if owner else "a file that is there"
            return Understood(number, line, None, (f"the id '{identifier}' is taken by {whose}",))
        here = [identifier]
    if len(here) > 1 and not identifier:
        ways = " or ".join(here)
        doubt = f"{len(here)} people are called '{shorten(name, 40)}'; write {ways} instead of the code and the name"
        return Understood(number, line, None, (f"{doubt}, or (id …) before the name of another",))
    if here and (not identifier or identifier in here):
        notes = [f"the file of {here[0]} is there already, and gets this"]
        employers = {position.organization for position in desk.playbook.people[here[0]].record.positions}
        if company and organization_called(desk.playbook, company) not in employers:
            notes.append(f"'{shorten(company, 40)}' is not written to it")
        return about_person(
            number, line, here[0], desk.roster.title(("people", here[0])), told, desk, notes=tuple(notes)
        )
    if not identifier and any(folded(person.name) == folded(name) for person in new.values()):
        doubt = f"'{shorten(name, 40)}' stands in an earlier line; write the name without {code}, or (id …) before it"
        return Understood(number, line, None, (doubt,))
    if not identifier and (alike := _alike(name, desk)):
        ways = " or ".join(f"{one} ({desk.roster.title(('people', one))})" for one in alike)
        doubt = f"'{shorten(name, 40)}' may be {ways}"
        way = "write that id instead of the code and the name, or (id …) before the name of another"
        return Understood(number, line, None, (f"{doubt}; {way}",))
    made = identifier or free_id(slug(name), {*desk.taken, *desk.playbook.people, *new})
    if not made:
        doubt = f"no file name can be made from '{shorten(name, 40)}'; choose one: {code} (id my-person) {name}, …"
        return Understood(number, line, None, (shorten(doubt, 200),))
    newcomer = Newcomer(made, name, organization_called(desk.playbook, company), title)
    odd = (f"'{shorten(name, 40)}' is taken for a name",) if name.islower() else ()
    return about_person(number, line, made, name, told, desk, newcomer=newcomer, notes=odd)


def about_person(
    number: int,
    line: str,
    identifier: str,
    name: str,
    words: str,
    desk: Desk,
    *,
    newcomer: Newcomer | None = None,
    notes: tuple[str, ...] = (),
) -> Understood:
    """What a line about somebody who has a file, or gets one, means."""
    if tells_absence(words, desk.today):
        return Understood(number, line, Absent(name))
    told = read_words(words, desk.today)
    if told.doubts:
        return Understood(number, line, None, told.doubts)
    unsaid = next((one.what for one in told.promises if _NOTHING.match(one.what)), "")
    if unsaid:
        return Understood(number, line, None, (f"'{unsaid}' does not say what was promised; write what it is",))
    due = (*(one.due for one in told.promises), *(one.due for one in told.to_do))
    passed = passed_days(due, desk.today)
    return Understood(number, line, AboutPerson(identifier, name, told, newcomer), (), (*notes, *passed))


def passed_days(due: Iterable[dt.date | None], today: dt.date) -> tuple[str, ...]:
    """A note on each day that something is due and that lies behind: late notes, or a slip of the pen."""
    return tuple(f"{long_day(day)} has passed" for day in dict.fromkeys(due) if day is not None and day < today)


def code_in(line: str) -> str:
    """The first word of a line, as codes are written."""
    return line.partition(" ")[0].rstrip(",;:").upper()


def _alike(name: str, desk: Desk) -> tuple[str, ...]:
    """The ids of people whose names differ in nothing but accents, which a hand leaves out."""
    return tuple(one for one, entry in desk.playbook.people.items() if plain(entry.record.name) == plain(name))
