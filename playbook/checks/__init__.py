"""Rules about the whole playbook that no single record can see: pure functions, a playbook in, problems out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from playbook.graph import Playbook
from playbook.problems import Problem

Check = Callable[[Playbook, dt.date | None], Iterable[Problem]]
"""One rule: a playbook and the day it is (None: nothing that depends on it) to the problems it finds."""

CHECKS: tuple[Check, ...] = ()


def check_playbook(playbook: Playbook, today: dt.date | None) -> list[Problem]:
    """Every problem that only the whole playbook shows."""
    return [problem for check in CHECKS for problem in check(playbook, today)]
