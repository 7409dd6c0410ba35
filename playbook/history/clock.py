"""The moment that a history is read at, where somebody speaks of a day that is not the present one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from playbook.history.git import GitFailed, read_git

_HALF_A_DAY = 43_200


def moment_on(content: Path, day: dt.date) -> dt.datetime | None:
    """A moment of the day: its noon (UTC), or that of the last commit where this is later on the same day.

    None where commits were made after it: no clock of theirs is wrong only because somebody speaks of an earlier day.

    Args:
        content: a folder in the working tree.
        day: the day.
    """
    noon = dt.datetime.combine(day, dt.time(12), dt.UTC)
    try:
        told = read_git(content, "log", "--max-count=1", "--format=%ct", "--no-show-signature").decode().strip()
    except GitFailed:
        return None
    latest = int(told) if told.isdigit() else 0
    if latest >= noon.timestamp() + _HALF_A_DAY:
        return None
    return max(noon, dt.datetime.fromtimestamp(latest, dt.UTC))
