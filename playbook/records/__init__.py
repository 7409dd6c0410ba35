"""What an author may write about one kind of thing: frozen records that hold ids, never objects.

Knows nothing of files, lines or other records.
"""

from playbook.records.base import Item, Part, Record
from playbook.records.days import Done
from playbook.records.event import Event, FollowUp, Meet, Outcomes, Session
from playbook.records.goal import Criterion, Goal, Milestone
from playbook.records.journal import Journal, JournalEntry
from playbook.records.me import Audience, Me, Position, Rhythm
from playbook.records.organization import Membership, Organization
from playbook.records.outreach import Outreach
from playbook.records.person import Feedback, LogEntry, Mentoring, Person, Promise
from playbook.records.play import Play

KINDS: dict[str, type[Record]] = {
    "goals": Goal,
    "people": Person,
    "organizations": Organization,
    "events": Event,
    "outreach": Outreach,
    "journal": Journal,
    "plays": Play,
}
"""Folder below `content/` → what its files hold."""

__all__ = [
    "KINDS", "Audience", "Criterion", "Done", "Event", "Feedback", "FollowUp", "Goal", "Item", "Journal", "JournalEntry", "LogEntry", "Me", "Meet",
    "Membership", "Mentoring", "Milestone", "Organization", "Outcomes", "Outreach", "Part", "Person", "Play", "Position", "Promise",
    "Record", "Rhythm", "Session",
]  # fmt: skip
