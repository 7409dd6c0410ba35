"""Checks people against each other, and the names of channels against those that the playbook knows."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterator

from playbook.graph import Entry, Playbook
from playbook.problems import Problem, Severity, shorten
from playbook.records import Person, Record
from playbook.records.choices import Channel
from playbook.records.shape import PathParts

# A household has one letter box, an office one address: no slip.
_SHARED = frozenset((Channel.LETTER.value, Channel.IN_PERSON.value))
_CHANNELS = tuple(channel.value for channel in Channel)
# Stricter than for references: any other name is allowed here, so only a likely slip may be brought up.
_NEAR = 0.8


def check_people(playbook: Playbook, today: dt.date | None) -> Iterator[Problem]:  # noqa: ARG001
    """Addresses that two people share, people who know themselves, channels that look misspelt."""
    yield from _check_addresses(playbook)
    yield from _check_selves(playbook)
    known: dict[str, str] = dict.fromkeys(_CHANNELS, "")
    for entry, path, name in _channel_names(playbook):
        if name not in known:
            known[name] = _near(name)
        if known[name]:
            is_key = path[0] == "channels"
            yield Problem(
                entry.place_of(path, key=is_key),
                "unknown-channel",
                f"no channel is called '{shorten(name, 40)}', though any name is allowed",
                f"Did you mean '{known[name]}'?",
                Severity.WARNING,
            )


def _check_addresses(playbook: Playbook) -> Iterator[Problem]:
    first: dict[tuple[str, str], Entry[Person]] = {}
    for entry in playbook.people.values():
        for channel, address in entry.record.channels.items():
            if not address or channel in _SHARED:
                continue
            owner = first.setdefault((channel, _same(address)), entry)
            if owner is not entry:
                yield Problem(
                    entry.place_of(("channels", channel)),
                    "shared-address",
                    f"'{shorten(address)}' is also the {channel} address of '{owner.id}' "
                    f"({owner.place_of(('channels', channel))})",
                    "If they are one person, keep one file.",
                    Severity.WARNING,
                )


def _same(address: str) -> str:
    """What two spellings of one address share: case and spaces say nothing, nor does a number's punctuation."""
    digits = "".join(c for c in address if c.isdigit())
    is_number = len(digits) > 4 and all(c.isdigit() or c in "+()-/. " for c in address)  # noqa: PLR2004
    return digits if is_number else address.casefold().replace(" ", "")


def _check_selves(playbook: Playbook) -> Iterator[Problem]:
    for link in playbook.links:
        if link.source != link.target or link.source[0] != "people":
            continue
        # A wiki link in a person's own notes is no statement about them; `log` holds both texts and people.
        of_log = link.path[2] if link.field == "log" and len(link.path) > 3 else ""  # noqa: PLR2004
        said = {"introduced_by": "introduced you to themselves", "knows": "knows themselves"}.get(link.field, "")
        said = {"with": "was present beside themselves", "about": "was introduced to themselves"}.get(str(of_log), said)
        entry = playbook.people.get(link.source[1])
        if said and entry is not None:
            yield Problem(
                entry.place_of(link.path),
                "self-reference",
                f"'{entry.id}' {said}",
                "Name the other person, or remove it.",
            )


def _channel_names(playbook: Playbook) -> Iterator[tuple[Entry[Record], PathParts, str]]:
    for person in playbook.people.values():
        record = person.record
        for name in record.channels:
            yield person, ("channels", name), name
        if record.prefers:
            yield person, ("prefers",), record.prefers
        for index, line in enumerate(record.log):
            if line.channel:
                yield person, ("log", index, "channel"), line.channel
    for template in playbook.outreach.values():
        for index, name in enumerate(template.record.channel):
            yield template, ("channel", index), name


def _near(name: str) -> str:
    if len(name) > 40:  # noqa: PLR2004  (a sentence, not a slip)
        return ""
    folded = name.casefold().replace("_", "-").replace(" ", "-")
    return next(iter(difflib.get_close_matches(folded, _CHANNELS, n=1, cutoff=_NEAR)), "")
