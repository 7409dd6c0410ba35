"""Says what could be lost and what others could read: checks over facts, gathered without starting anything."""

from __future__ import annotations

from playbook.doctor import exposure, safekeeping, secrecy
from playbook.doctor.facts import Facts
from playbook.doctor.findings import Finding, by_weight, warning

CHECKS = (*secrecy.CHECKS, *exposure.CHECKS, *safekeeping.CHECKS)


def diagnose(facts: Facts) -> tuple[Finding, ...]:
    """Everything that is worth saying about these facts, the gravest first."""
    found = [finding for check in CHECKS for finding in check(facts)]
    if facts.site.problem:
        found.append(warning("bad-config", f"mkdocs.yml was not looked through: {facts.site.problem}."))
    return by_weight(found)
