"""Checks how records hang together: goals within goals, and the people of one event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from playbook.graph import Playbook
from playbook.problems import Problem, Severity


def check_relations(playbook: Playbook, today: dt.date | None) -> Iterator[Problem]:  # noqa: ARG001
    """Goals that are part of themselves, and people to meet twice at one event."""
    yield from _check_parents(playbook)
    yield from _check_meetings(playbook)


def _check_parents(playbook: Playbook) -> Iterator[Problem]:
    settled: set[str] = set()
    for start in playbook.goals:
        chain: list[str] = []
        here: str | None = start
        while here is not None and here not in settled and here not in chain:
            chain.append(here)
            entry = playbook.goals.get(here)
            here = entry.record.parent if entry is not None else None
        settled.update(chain)
        if here is None or here not in chain:
            continue
        circle = chain[chain.index(here) :]
        first = min(circle)
        turned = circle[circle.index(first) :] + circle[: circle.index(first)]
        # A circle of hundreds is one slip all the same; its ends tell enough.
        shown = [*turned, first] if len(turned) <= 5 else [*turned[:3], "…", turned[-1], first]  # noqa: PLR2004
        yield Problem(
            playbook.goals[first].place_of(("parent",)),
            "parent-cycle",
            f"this goal is a part of itself: {' → '.join(shown)}",
            "Remove one of these 'parent' lines.",
        )


def _check_meetings(playbook: Playbook) -> Iterator[Problem]:
    for entry in playbook.events.values():
        lines: dict[str, int] = {}
        for index, meet in enumerate(entry.record.meet):
            if not meet.person:
                continue
            place = entry.place_of(("meet", index, "person"))
            if meet.person in lines:
                yield Problem(
                    place,
                    "repeated-person",
                    f"'{meet.person}' is to be met here already (line {lines[meet.person]})",
                    "Join the two entries.",
                    Severity.WARNING,
                )
            lines.setdefault(meet.person, place.line)
