"""docs/audiences.md says what is so: its examples are read, and what it claims of them holds."""

from __future__ import annotations

import re
from pathlib import Path

from playbook.audience import audiences, restrict
from playbook.cli.app import COMMANDS
from tests.support import book

PAGE = (Path(__file__).parents[1] / "docs" / "audiences.md").read_text(encoding="utf-8")


def examples() -> dict[str, str]:
    """`{"goals/staff-engineer.yml": text}` of every example that names its file."""
    found = re.findall(r"```yaml\n# content/(\S+)\n(.*?)```", PAGE, re.DOTALL)
    return dict(found)


def test_its_examples_are_a_playbook_and_do_what_it_says() -> None:
    people = {f"people/{name}.yml": "{name: X}" for name in ("radia-perlman",)}
    grace = {"people/grace-hopper.yml": "{name: Grace, consent: true, visibility: mentor}"}
    loaded = book({**examples(), **people, **grace})
    assert [str(problem) for problem in loaded.problems if problem.severity.fails] == []
    assert audiences(loaded.playbook) == ("me", "public", "grace", "team", "mentor", "work")
    goal = restrict(loaded.playbook, "grace").goals["staff-engineer"].record
    assert goal.fields_set == {"title", "people", "checklist"}
    assert [item.task for item in goal.checklist] == ["Draft the packet"]
    assert restrict(loaded.playbook, "team").goals == {}


def test_it_names_only_commands_that_exist() -> None:
    known = {name for group in COMMANDS.values() for name in group}
    assert set(re.findall(r"playbook ([a-z]+)", PAGE)) - known == set()
