"""Rules about the whole playbook that no single record can see: pure functions, a playbook in, problems out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from playbook.checks.checklists import check_checklists
from playbook.checks.people import check_people
from playbook.checks.privacy import check_defined_words, check_privacy
from playbook.checks.relations import check_relations
from playbook.checks.spans import check_spans
from playbook.checks.today import notice_what_has_passed
from playbook.graph import Playbook
from playbook.problems import Problem

Check = Callable[[Playbook, dt.date | None], Iterable[Problem]]
"""One rule: a playbook and the day it is (None: nothing that depends on it) to the problems it finds."""

CHECKS: tuple[Check, ...] = (
    check_checklists,
    check_people,
    check_privacy,
    check_relations,
    check_spans,
    notice_what_has_passed,
)
AGAINST_ME: tuple[Check, ...] = (check_defined_words,)
"""Rules that hold records against what `me.yml` defines: without it they would find fault with everything."""


def check_playbook(playbook: Playbook, today: dt.date | None, *, me_is_broken: bool = False) -> list[Problem]:
    """Every problem that only the whole playbook shows.

    Args:
        playbook: everything that could be read.
        today: the day it is; None for no notices that depend on it.
        me_is_broken: whether `me.yml` is there but could not be read; what it defines is unknown then.
    """
    checks = CHECKS if me_is_broken else (*CHECKS, *AGAINST_ME)
    return [problem for check in checks for problem in check(playbook, today)]
