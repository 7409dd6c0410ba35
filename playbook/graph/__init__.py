"""Joins records into a playbook: ids lead to entries, and every link is known from both of its ends."""

from playbook.graph.linking import link
from playbook.graph.playbook import Entry, JournalLine, Link, Playbook

__all__ = ["Entry", "JournalLine", "Link", "Playbook", "link"]
