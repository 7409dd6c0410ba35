"""What is new since you last had to do with somebody: the contact in words, and what was achieved after it.

An achievement of the very day of a contact counts as told. Knows nothing of templates or pages.
"""

from __future__ import annotations

import datetime as dt

from playbook.cadence import Touch, touches_of
from playbook.graph import Entry, Playbook
from playbook.graph.playbook import JournalLine
from playbook.problems import shorten
from playbook.records import Person
from playbook.records.choices import JournalKind, LogKind
from playbook.views.words import day_text

_WHEN = {
    LogKind.MET: "you met",
    LogKind.WROTE: "you wrote",
    LogKind.HEARD: "they answered",
    LogKind.CALLED: "you spoke",
    LogKind.ASKED: "you asked them",
    LogKind.GAVE: "you gave them something",
    LogKind.RECEIVED: "they helped you",
    LogKind.THANKED: "you thanked them",
    LogKind.UPDATED: "you told them how it goes",
    LogKind.INTRODUCED: "you introduced them",
}
"""What each kind of touch was, after 'when'."""


def last_contact(playbook: Playbook, person: Entry[Person], today: dt.date) -> Touch | None:
    """The latest contact with somebody up to today; None where there was none."""
    touches = touches_of(playbook, person, until=today)
    return touches[0] if touches else None


def contact_words(touch: Touch) -> str:
    """`3 Nov 2026, when you met: An hour on how to open a talk`."""
    words = f"{day_text(touch.day)}, when {_WHEN[LogKind(touch.kind)]}"
    if touch.owner[0] == "events":
        return f"{words} at {shorten(touch.what)}"
    return f"{words}: {shorten(touch.what)}" if touch.what else words


def achievements_after(playbook: Playbook, since: dt.date | None, today: dt.date) -> tuple[JournalLine, ...]:
    """Achievements later than a day and not later than today, newest first; all of them where there is no day."""
    return tuple(
        line
        for line in playbook.journal_lines()
        if line.record.kind is JournalKind.ACHIEVEMENT
        and line.record.date <= today
        and (since is None or line.record.date > since)
    )
