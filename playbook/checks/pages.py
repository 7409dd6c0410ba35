"""Finds hand-written pages that stand where a generated one will; knows the site's addresses, not its pages."""

from __future__ import annotations

from collections.abc import Iterable

from playbook.graph import Playbook
from playbook.problems import Place, Problem

LISTINGS = (
    "index.md",
    "goals/index.md",
    "people/index.md",
    "organizations/index.md",
    "events/index.md",
    "outreach/index.md",
    "journal/index.md",
    "plays/index.md",
    "tags.md",
)
"""The pages that every site has, whatever the playbook holds."""


def generated_pages(playbook: Playbook) -> dict[str, str]:
    """Every page that the site makes from this playbook: its address → where it comes from, for a reader.

    Addresses are relative to the site's `docs_dir` and end in `.md`.
    """
    pages = dict.fromkeys(LISTINGS, "the playbook as a whole")
    for entry in playbook.entries():
        pages[f"{entry.kind}/{entry.id}.md"] = entry.place_of().path
    for goal in playbook.goals.values():
        if goal.record.criteria:
            pages[f"packets/{goal.id}.md"] = goal.place_of().path
    return pages


def check_pages(playbook: Playbook, written: Iterable[str]) -> list[Problem]:
    """A problem for each hand-written page (a path such as `content/pages/tags.md`) that collides with a generated one.

    Two addresses that differ in case alone collide too: many file systems cannot keep them apart.
    """
    generated = {_address(uri): (uri, source) for uri, source in generated_pages(playbook).items()}
    problems = []
    for path in written:
        taken = generated.get(_address(path.partition("/pages/")[2]))
        if taken is not None:
            uri, source = taken
            problems.append(
                Problem(
                    Place(path),
                    "page-collision",
                    f"this page would stand where '{uri}' stands, which is made from {source}",
                    "Rename this one.",
                )
            )
    return problems


def _address(uri: str) -> str:
    """Where a site puts a page: `goals.md`, `goals/index.md` and `goals/README.md` are all `goals/`."""
    folder, _, name = uri.removesuffix(".md").rpartition("/")
    return folder.casefold() if name in ("index", "README") else f"{folder}/{name}".lstrip("/").casefold()
