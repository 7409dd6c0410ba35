"""A playbook's first files, from five answers: everything that `playbook init` writes, as path → text.

Knows nothing of terminals, disks or git.
"""

from __future__ import annotations

import datetime as dt
import html
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playbook.schema import kinds, schema_of
from playbook.source.files import slug
from playbook.starters import fill, starter


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody said; everything may be missing."""

    name: str = ""
    goal: str = ""
    people: tuple[str, ...] = ()
    event: str = ""
    event_on: dt.date | None = None
    paper: str = "a4"
    timezone: str = ""


def first_files(answers: Answers, today: dt.date, version: str) -> dict[str, str]:
    """Every file of a new playbook: path below its folder → text.

    Args:
        answers: what somebody said.
        today: the day it begins.
        version: of this program, which the repository pins.
    """
    own = f"{answers.name}'s career playbook" if answers.name else "My career playbook"
    taken: dict[str, int] = {}
    people = [(_id(name, "person", taken), name) for name in answers.people if name.strip()]
    goal = answers.goal or "Decide what the next year is for"

    def put(template: str, **values: object) -> str:
        return fill(Path("init") / f"{template}.j2", **values)

    schemas: Callable[[str], str] = lambda kind: json.dumps(schema_of(kind), indent=2, ensure_ascii=False) + "\n"  # noqa: E731
    files = {
        # MkDocs puts the site's name into its pages as it is.
        "mkdocs.yml": put("mkdocs.yml", site_name=html.escape(own, quote=False)),
        "README.md": put("README.md", site_name=_markdown(own)),
        ".gitignore": put("gitignore"),
        "requirements.txt": f"career-playbook=={version}\n",
        ".github/workflows/playbook.yml": put("workflow.yml"),
        "content/me.yml": put("me.yml", name=answers.name, timezone=answers.timezone, paper=answers.paper),
        f"content/goals/{slug(goal) or 'first-goal'}.yml": put(
            "goal.yml",
            title=goal,
            today=today,
            soon=_later(today, 5),
            people=[identifier for identifier, _ in people],
            is_first=not answers.goal,
        ),
        "content/outreach/ask-for-twenty-minutes.yml": put("outreach.yml"),
        f"content/journal/{today.year}.yml": put("journal.yml", today=today),
        "content/pages/how-this-works.md": put("page.md"),
        **{f".schemas/{kind}.schema.json": schemas(kind) for kind in kinds()},
    }
    for identifier, name in people:
        files[f"content/people/{identifier}.yml"] = put("person.yml", title=name, today=today)
    if answers.event:
        text = starter("event", answers.event, today, schema="../../.schemas/events.schema.json")
        if answers.event_on is not None:
            text = text.replace(f"starts: {_later(today, 30)}", f"starts: {answers.event_on}", 1)
        files[f"content/events/{slug(answers.event) or 'first-event'}.yml"] = text
    return files


def _id(name: str, fallback: str, taken: dict[str, int]) -> str:
    """An id for a name that no earlier name has taken; a name with no Latin letters gets a number."""
    made = slug(name) or fallback
    taken[made] = taken.get(made, 0) + 1
    return made if taken[made] == 1 and slug(name) else f"{made}-{taken[made]}"


def _later(day: dt.date, days: int) -> dt.date:
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        return day


def _markdown(text: str) -> str:
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>()#+-.!|" else c for c in " ".join(text.split()))
