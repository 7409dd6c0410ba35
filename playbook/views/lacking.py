"""What stands between somebody and a script: where to write what it lacks, and what comes first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from playbook.cadence import stage_of
from playbook.graph import Entry, Playbook
from playbook.problems import Place
from playbook.records import Person, Record
from playbook.records.choices import Stage
from playbook.records.shape import shape_of

_ELSEWHERE = {
    "person": {
        "title": ("positions", "{organization: …, title: …}"),
        "organization": ("positions", "{organization: …}"),
        "email": ("channels", "{email: …}"),
        "last": ("log", "{date: …, kind: met, what: …}"),
        "talk": ("log", "{date: …, kind: met, what: …}"),
        "promises": ("promises", "…"),
        "met": ("met", "{date: …, how: …}"),
        "offers": ("offers", "…"),
        "expertise": ("expertise", "[…]"),
        "values": ("values", "[…]"),
        "relations": ("relations", "[…]"),
    },
    "me": {"title": ("positions", "{organization: …, title: …}"), "organization": ("positions", "{organization: …}")},
}
"""Names that stand in a file under another field, or as something else than text: field, and what to write."""


@dataclass(frozen=True, slots=True)
class WriteAt:
    """One value that is lacking."""

    name: str
    """`person.why`."""
    place: Place
    """Where the field stands, or the line after the file's last one."""
    text: str
    """`why: …`."""
    about: str
    """What the field is, as the reference of fields says it."""


def where_to_write(
    playbook: Playbook, names: tuple[str, ...], *, person: str, other: str = "", event: str = "", goal: str = ""
) -> tuple[WriteAt, ...]:
    """Where each of the names without a value would be written; those that no one file holds are left out."""
    entries: dict[str, Entry[Record] | None] = {
        "person": playbook.people.get(person),
        "other": playbook.people.get(other),
        "me": playbook.me,
        "event": playbook.events.get(event),
        "goal": playbook.goals.get(goal),
    }
    return tuple(_found(entries, names))


def _found(entries: dict[str, Entry[Record] | None], names: tuple[str, ...]) -> Iterator[WriteAt]:
    for name in names:
        root, _, attribute = name.partition(".")
        attribute = attribute.partition(".")[0]
        entry = entries.get(root)
        if entry is None or not attribute:
            continue
        kind = "person" if root == "other" else root
        field, value = _ELSEWHERE.get(kind, {}).get(attribute, (attribute, "…"))
        shape = shape_of(type(entry.record)).by_alias.get(field)
        if shape is not None:
            about = (shape.info.description or "").rstrip(".")
            yield WriteAt(name, _place(entry, field), f"{field}: {value}", about)


def _place(entry: Entry[Record], field: str) -> Place:
    document = entry.document
    if document is None:
        return entry.place_of()
    if document.value_at((field,)) is not None:
        return entry.place_of((field,), key=True)
    return Place(document.path, len(document.text.splitlines()) + 1, 1)


_STEPS = {
    Stage.CONTACTED: "a first message of yours",
    Stage.CONNECTED: "an answer from them, or a meeting",
    Stage.ACTIVE: "three contacts within a year, one of them from their side",
}
"""What usually brings a relationship to each stage; `cadence.stage_of` reckons by the same."""


def what_comes_first(playbook: Playbook, person: Entry[Person], wanted: Stage, today: dt.date) -> str:
    """What usually happens before a relationship reaches a stage; empty where it has."""
    stage = stage_of(playbook, person, today)
    if stage.has_reached(wanted):
        return ""
    if stage is Stage.CLOSED:
        return "The tie has ended."
    if stage is Stage.DECLINED:
        return "They have said no for now; it is theirs to come back to it."
    steps = [step for to, step in _STEPS.items() if wanted.has_reached(to) and not stage.has_reached(to)]
    first = f"First: {'; then '.join(steps)}."
    if person.record.stage is None:
        return f"{first} Once that stands in their log, this is ready."
    return f"{first} Then write the new stage at {person.place_of(('stage',), key=True)}."
