"""A playbook's first files, from five answers: everything that `playbook init` writes, as path → text.

Knows nothing of terminals, disks or git.
"""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from playbook.schema import kinds, schema_text
from playbook.source.files import slug
from playbook.starters import days_after, fill, one_line, starter

BESIDE_CONTENT = (
    ".github/workflows/playbook.yml", ".gitignore", ".schemas", "README.md", "mkdocs.yml", "requirements.txt",
)  # fmt: skip
"""What of a new playbook does not lie in its content folder."""


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
    name, goal, event = one_line(answers.name), one_line(answers.goal), one_line(answers.event)
    own = f"{name}'s career playbook" if name else "My career playbook"
    people = _with_ids(answers.people)
    title = goal or "Decide what the next year is for"

    def put(template: str, **values: object) -> str:
        return fill(Path("init") / f"{template}.j2", **values)

    files = {
        # MkDocs puts the site's name into its pages as it is.
        "mkdocs.yml": put("mkdocs.yml", site_name=html.escape(own, quote=False)),
        "README.md": put("README.md", site_name=_markdown(own)),
        ".gitignore": put("gitignore"),
        "requirements.txt": f"career-playbook=={version}\n",
        ".github/workflows/playbook.yml": put("workflow.yml"),
        "content/me.yml": put("me.yml", name=name, timezone=answers.timezone, paper=answers.paper),
        f"content/goals/{slug(title) or 'first-goal'}.yml": put(
            "goal.yml",
            title=title,
            today=today,
            soon=days_after(today, 5),
            people=list(people),
            is_first=not goal,
        ),
        "content/outreach/ask-for-twenty-minutes.yml": put("outreach.yml"),
        # Home asks for both from the first person that was met, or helped.
        **{
            f"content/outreach/{slug(asked)}.yml": starter(
                "outreach", asked, today, schema="../../.schemas/outreach.schema.json"
            )
            for asked in ("Follow up", "Thank you")
        },
        f"content/journal/{today.year}.yml": put("journal.yml", today=today),
        "content/pages/how-this-works.md": put("page.md"),
        **{f".schemas/{kind}.schema.json": schema_text(kind) for kind in kinds()},
    }
    for identifier, person in people.items():
        files[f"content/people/{identifier}.yml"] = put("person.yml", title=person, today=today)
    if event:
        files[f"content/events/{slug(event) or 'first-event'}.yml"] = starter(
            "event", event, today, schema="../../.schemas/events.schema.json", starts=answers.event_on
        )
    return files


def _with_ids(names: Iterable[str]) -> dict[str, str]:
    """Id → name of each name, which counts once; a name with no Latin letters is `person-1`."""
    known = {line.casefold(): line for name in names if (line := one_line(name))}
    made: dict[str, str] = {}
    for name in known.values():
        base = slug(name)
        ways = (base, *(f"{base}-{n}" for n in range(2, len(known) + 2))) if base else ()
        spare = (f"person-{n}" for n in range(1, len(known) + 2))
        made[next(way for way in (*ways, *spare) if way not in made)] = name
    return made


def _markdown(text: str) -> str:
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>()#+-.!|" else c for c in " ".join(text.split()))
