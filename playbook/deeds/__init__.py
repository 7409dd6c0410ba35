"""What was done between two states of the files, one deed a line; and the message of a commit that says so."""

from playbook.deeds.finding import Deed, DeedKind, find_deeds
from playbook.deeds.message import message_of

__all__ = ["Deed", "DeedKind", "find_deeds", "message_of"]
