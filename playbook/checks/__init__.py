"""Rules about the whole playbook that no single record can see: pure functions, a playbook in, problems out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from playbook.graph import Playbook
from playbook.problems import Problem

Check = Callable[[Playbook], Iterable[Problem]]
CHECKS: tuple[Check, ...] = ()


def check_playbook(playbook: Playbook, today: dt.date | None) -> list[Problem]:
    """Every problem that only the whole playbook shows; notices that depend on `today` come last."""
    return [problem for check in CHECKS for problem in check(playbook)]
