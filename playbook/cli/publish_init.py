"""`playbook publish --init`: writes the workflow that publishes with every push."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

import click

from playbook.cli.context import Impossible

if TYPE_CHECKING:
    from playbook.cli.context import Context

_PLAIN = re.compile(r"[A-Za-z0-9._/-]*\Z")


def write_workflow(context: Context, host: str, *, audience: str, is_discreet: bool) -> int:
    """Write the workflow for a host, where nothing else is there yet; the exit code."""
    from playbook.publish.workflows import workflow_for
    from playbook.repository.git import GitRefused, answer
    from playbook.source.writing import create_file

    try:
        top = answer(context.root, "rev-parse", "--show-cdup")
        below = answer(context.root, "rev-parse", "--show-prefix").rstrip("/")
        is_repository = bool(answer(context.root, "rev-parse", "--git-dir"))
    except GitRefused as error:
        raise Impossible(str(error)) from None
    if not is_repository:
        raise Impossible("these files are in no git repository yet, and a host runs workflows of one. Run: git init")
    if not _PLAIN.match(below):
        raise Impossible(f"'{below}' holds signs that a workflow would need quoted; rename that folder")
    if audience not in ("me", "public") and audience not in context.load(is_checked=False).playbook.me.record.audiences:
        raise Impossible(f"there is no audience '{audience}' in me.yml")
    workflow = workflow_for(host, audience=audience, is_discreet=is_discreet, below=below)
    file = (context.root / top / workflow.path).resolve()
    if file.exists():
        there = file.read_text(encoding="utf-8", errors="replace")
        if there == workflow.text:
            click.echo(f"{workflow.path} is there already.")
            return 0
        told = difflib.unified_diff(there.splitlines(), workflow.text.splitlines(), "there", "new", lineterm="")
        for line in told:
            click.echo(line)
        raise Impossible(
            f"{workflow.path} is there and differs; nothing was written. Take over what you want, or remove it"
        )
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        create_file(file, workflow.text.encode())
    except OSError as error:
        raise Impossible(f"{workflow.path} cannot be written: {error.strerror}") from None
    click.echo(workflow.text)
    click.echo(f"Written to {workflow.path}. Once, at the host:")
    for step in workflow.steps:
        click.echo(f"  {step}")
    if not (context.root / "sealing.yml").is_file():
        click.echo(
            "  Before that: playbook publish --to sealed, here; then commit sealing.yml, which the workflow needs."
        )
    if not (context.root / "requirements.txt").is_file():
        click.echo(
            "  The workflow installs what requirements.txt names, and there is none here; playbook init writes one."
        )
    return 0
