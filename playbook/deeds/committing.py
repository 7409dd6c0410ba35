"""The message of a commit that holds what is staged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.deeds.finding import find_deeds
from playbook.deeds.message import message_of

if TYPE_CHECKING:
    from playbook.repository.staging import Staged


def message_for(staged: Staged, subject: str = "") -> str:
    """The message of a commit that holds this; empty where it holds nothing."""
    changed = {file.path: file.change for file in staged.files}
    deeds = find_deeds(changed, staged.before, staged.after)
    return message_of(deeds, is_first=staged.is_first, subject=subject)
