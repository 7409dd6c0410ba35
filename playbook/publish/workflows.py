"""Writes the workflow that publishes a site with every push, for the host that keeps the repository.

It asks the host's secret store for the passphrase, and the host for no more than it needs.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path

from playbook.starters import fill

FOLDER = "public"
"""Where a job leaves the sealed site; GitLab looks nowhere else."""
PLACES = {"github": ".github/workflows/publish.yml", "gitlab": ".gitlab-ci.yml"}
"""Host → where it looks for a workflow, seen from the top of the repository."""


@dataclass(frozen=True, slots=True)
class Workflow:
    """A file to write."""

    path: str
    """Seen from the top of the repository."""
    text: str
    steps: tuple[str, ...]
    """What is left to do at the host, once, one sentence each."""


def workflow_for(host: str, *, audience: str = "me", is_discreet: bool = False, below: str = "") -> Workflow:
    """The workflow for a host.

    Args:
        host: a key of `PLACES`.
        audience: who reads the site.
        is_discreet: whether its pages have one title.
        below: the way from the top of the repository to mkdocs.yml; empty where it stands there.
    """
    words = ["playbook", *(["-C", below] if below else []), "publish", "--to", FOLDER]
    if audience != "me":
        words += ["--audience", audience]
    if is_discreet:
        words.append("--discreet")
    folder = f"{below}/{FOLDER}" if below else FOLDER
    requirements = f"{below}/requirements.txt" if below else "requirements.txt"
    text = fill(
        Path("init") / f"publish-{host}.yml.j2", command=shlex.join(words), folder=folder, requirements=requirements
    )
    return Workflow(PLACES[host], text, _STEPS[host])


_STEPS = {
    "github": (
        "Settings > Pages > Build and deployment > Source: GitHub Actions.",
        "Settings > Environments > github-pages > Environment secrets: PLAYBOOK_PASSPHRASE.",
    ),
    "gitlab": (
        "Settings > CI/CD > Variables: PLAYBOOK_PASSPHRASE, masked and protected, with _ for each space in it.",
        "Deploy > Pages tells the address after the first run.",
    ),
}
