"""Which labels let an audience see a record, or keep it from it again; and what else these labels open.

Changes labels only. Refuses what no label can open: what was written about the very person who reads.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from playbook.audience import ME, PUBLIC, reader_of
from playbook.audience.reader import ABOUT, NEVER, THEIRS, Reader, visibility_of
from playbook.graph import Entry, Playbook
from playbook.graph.playbook import Key
from playbook.problems import suggest
from playbook.records import Journal, Person, Record
from playbook.records.shape import shape_of
from playbook.rewriting.files import NotRewritten
from playbook.source.edit import Add, Change, Drop, Put


@dataclass(frozen=True, slots=True)
class Relabelled:
    """The labels to write."""

    changes: tuple[tuple[Key, tuple[Change, ...]], ...]
    """(record, what changes in its file); empty where everything is as it should be."""
    notes: tuple[str, ...]
    """What a person should know before it is written."""


def share(playbook: Playbook, entry: Entry[Record], audience: str, fields: Sequence[str] = ()) -> Relabelled:
    """The labels that let an audience see a record, and of its private fields those named.

    Of several labels that would do, it is the one that lets in the fewest others.

    Raises:
        NotRewritten: where no label can do it.
        UnknownAudience: where nobody knows the audience.
    """
    reader = _reader(playbook, audience)
    _refuse(entry, audience, reader, fields)
    notes: list[str] = []
    changes: list[Change] = []
    extra: dict[Key, tuple[Change, ...]] = {}
    # Only me.yml can give a label to an audience that has none.
    invented = "" if _labels_of(playbook, audience) else audience
    now = visibility_of(entry.kind, entry.record, playbook.me.record.defaults)
    if now not in reader.labels:
        changes.append(Put(("visibility",), invented or _label(playbook, audience, now, f"{entry.kind}/{entry.id}")))
    for name in _closed_fields(entry, reader, fields):
        label = entry.record.show.get(name, ME)
        private = name in entry.record.private
        wanted = invented or _label(playbook, audience, label, f"'{name}' of {entry.kind}/{entry.id}")
        changes.append(Put(("show", name), wanted) if private else Drop(("show", name)))
    if invented and changes:
        extra[playbook.me.key] = (Add(("audiences", audience, "sees"), invented),)
        notes.append(f"'{audience}' sees no label yet; it gets '{invented}'.")
    if isinstance(entry.record, Person) and not entry.record.consent and not reader.is_about_reader(entry):
        notes.append(
            f"{entry.title} has not agreed to be named, and stands there by role, without anything else. "
            f"'consent: true' in the file says that they agreed."
        )
    if changes:
        extra[entry.key] = (*extra.get(entry.key, ()), *changes)
    return Relabelled(tuple(extra.items()), tuple(notes))


def unshare(playbook: Playbook, entry: Entry[Record], audience: str, fields: Sequence[str] = ()) -> Relabelled:
    """The labels that keep a record from an audience; with `fields`, only these of it.

    Others go on seeing it where a label says so that this audience does not see; else it is yours alone.

    Raises:
        NotRewritten: where a field does not exist.
        UnknownAudience: where nobody knows the audience.
    """
    reader = _reader(playbook, audience)
    _refuse_journal(entry)
    changes: list[Change] = []
    notes: list[str] = []
    if fields:
        for name in fields:
            _check_field(entry, name)
            label = entry.record.show.get(name, ME if name in entry.record.private else "")
            if label in (reader.labels if label else {""}):
                new = _label_without(playbook, audience, label) if label else ME
                changes.append(
                    Drop(("show", name)) if new == ME and name in entry.record.private else Put(("show", name), new)
                )
                notes += _losers(playbook, audience, label, new, f"'{name}'")
    else:
        now = visibility_of(entry.kind, entry.record, playbook.me.record.defaults)
        if now in reader.labels:
            new = _label_without(playbook, audience, now)
            changes.append(Put(("visibility",), new))
            notes += _losers(playbook, audience, now, new, "it")
    return Relabelled(((entry.key, tuple(changes)),) if changes else (), tuple(notes))


def _reader(playbook: Playbook, audience: str) -> Reader:
    reader = reader_of(playbook, audience)
    if reader is None:
        raise NotRewritten("'me' is you, who see everything; share it with somebody else")
    return reader


def _refuse(entry: Entry[Record], audience: str, reader: Reader, fields: Sequence[str]) -> None:
    _refuse_journal(entry)
    if entry.kind not in ("me", *reader.kinds):
        raise NotRewritten(
            f"'{audience}' gets no {entry.kind} (audiences.{audience}.show in me.yml); add it there first, which shows "
            "every one that has a label it sees"
        )
    never = NEVER.get(type(entry.record), frozenset())
    for name in fields:
        _check_field(entry, name)
        if name in never:
            raise NotRewritten(f"'{name}' is shown to nobody, whatever the labels say")
    if reader.is_about_reader(entry):
        about = [n for n in fields if n in ABOUT or (n in entry.record.private and n not in THEIRS)]
        if about:
            raise NotRewritten(
                f"what was written about {entry.title} never reaches {entry.title}: {', '.join(about)}. "
                f"Theirs to see are {', '.join(sorted(THEIRS))}"
            )


def _refuse_journal(entry: Entry[Record]) -> None:
    if isinstance(entry.record, Journal):
        raise NotRewritten(
            "entries of the journal are shared one by one: write 'visibility: LABEL' under each in "
            f"{entry.place_of().path}"
        )


def _check_field(entry: Entry[Record], name: str) -> None:
    known = tuple(f.alias for f in shape_of(type(entry.record)).fields if f.alias not in ("visibility", "show"))
    if name not in known:
        hint = suggest(name, known) or f"Private ones are {', '.join(sorted(entry.record.private))}."
        raise NotRewritten(f"{entry.kind} have no field '{name}'. {hint}")


def _closed_fields(entry: Entry[Record], reader: Reader, fields: Sequence[str]) -> Iterator[str]:
    """The fields asked for that are closed now; and those without which there is no record."""
    required = [f.alias for f in shape_of(type(entry.record)).fields if f.info.is_required]
    for name in dict.fromkeys((*fields, *required)):
        label = entry.record.show.get(name, ME if name in entry.record.private else "")
        if label and label not in reader.labels:
            yield name


def _label(playbook: Playbook, audience: str, now: str, what: str) -> str:
    """The label to write instead of `now`: whoever sees it now must go on seeing it.

    Raises:
        NotRewritten: where no label of the audience does that.
    """
    before = _who(playbook, now)
    fitting = [
        label for label in _labels_of(playbook, audience) if label != ME and before <= _who(playbook, label)
    ]  # fmt: skip
    if not fitting:
        seen_by = ", ".join(sorted(before))
        raise NotRewritten(
            f"{what} is labelled '{now}', which {seen_by} sees; one thing has one label, and none is seen by both. Let "
            f"'{audience}' see '{now}', or both another one, in me.yml (audiences)"
        )
    return min(fitting, key=lambda label: len(_who(playbook, label)))


def _label_without(playbook: Playbook, audience: str, now: str) -> str:
    """The label for those who see a thing now, without one audience; `me` where there is none."""
    if now == PUBLIC:
        return ME
    wanted = _who(playbook, now) - {audience}
    known = playbook.me.record.audiences.values()
    labels = dict.fromkeys(label for one in known for label in one.sees)
    if not wanted:
        return ME
    return next((label for label in labels if _who(playbook, label) == wanted), ME)


def _losers(playbook: Playbook, audience: str, now: str, new: str, what: str) -> list[str]:
    lost = [PUBLIC] if now == PUBLIC else sorted(_who(playbook, now) - {audience} - _who(playbook, new))
    return [f"{', '.join(lost)} will not see {what} any more either: no label means the others alone."] if lost else []


def _labels_of(playbook: Playbook, audience: str) -> tuple[str, ...]:
    if audience == PUBLIC:
        return (PUBLIC,)
    defined = playbook.me.record.audiences.get(audience)
    return tuple(label for label in defined.sees if label != ME) if defined is not None else (audience,)


def _who(playbook: Playbook, label: str) -> set[str]:
    """The audiences of me.yml that see what bears a label, and those who are shown it by that name."""
    if label in (ME, ""):
        return set()
    known = playbook.me.record.audiences
    if label == PUBLIC:
        return {PUBLIC, *known}
    return {name for name, one in known.items() if label in one.sees}
