"""Prunes a playbook to what one audience may know, before any view is made of it.

The only room that looks at `visibility`, and it denies by default: a pruned record begins empty and gets what the
reader may see, field by field over the records' shapes, so that a new field cannot be forgotten. Refuses to know what a
page is.
"""

from __future__ import annotations

from playbook.audience.known import know
from playbook.audience.pruning import prune
from playbook.audience.reader import ME, PUBLIC, SHOWABLE, UnknownAudience, audiences, reader_of
from playbook.audience.timelines import restrict_timeline, timeline_until
from playbook.graph import Entry, Playbook, link
from playbook.records import Me, Record


def restrict(playbook: Playbook, audience: str) -> Playbook:
    """The playbook as an audience may know it; `me` gets the playbook itself.

    Nothing in the result depends on what is hidden: records, fields and nested entries that the audience may not see
    are absent, and so is every reference to them; people who did not consent to be named stand there by role; no entry
    knows its file, and the links are those that the pruned records make.

    Args:
        playbook: everything that was read.
        audience: one of `audiences(playbook)`.

    Raises:
        UnknownAudience: for any other name.
    """
    reader = reader_of(playbook, audience)
    if reader is None:
        return playbook
    known = know(playbook, reader)
    me = playbook.me
    pruned = prune(me, reader, known) if reader.sees(me) else None
    entries: list[Entry[Record]] = list(known.roles.values())
    for entry in playbook.entries():
        if entry.key in known.named:
            record = prune(entry, reader, known)
            if record is not None:
                entries.append(Entry(entry.kind, entry.id, record))
    return link(Entry(me.kind, me.id, pruned if isinstance(pruned, Me) else Me()), entries).playbook


def is_by_role(entry: Entry[Record]) -> bool:
    """Whether an entry stands for everybody of one role: it has a name to show (`a mentor`) and no page."""
    return entry.by_role


__all__ = [
    "ME",
    "PUBLIC",
    "SHOWABLE",
    "UnknownAudience",
    "audiences",
    "is_by_role",
    "reader_of",
    "restrict",
    "restrict_timeline",
    "timeline_until",
]
