"""`playbook summary`: the week on half a page, as Markdown."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from playbook.cli.context import Impossible, Options

if TYPE_CHECKING:
    from playbook.cli.context import Context
    from playbook.history.repository import NoHistory
    from playbook.history.timeline import Timeline

VARIABLE = "GITHUB_STEP_SUMMARY"


@click.command("summary")
@click.option("--github", is_flag=True, help="Write it onto the page of the job that this runs in.")
@click.pass_obj
def summary_command(options: Options, github: bool) -> int:
    """Sum up the last seven days as Markdown: what was done, how far each goal is, what there is to do.

    What was done comes from the history in git. In a GitHub workflow, --github puts the summary onto the job's page
    (whoever may see the repository can read it); the checkout there needs fetch-depth: 0.

    \b
    Examples:
      playbook summary
      playbook summary --github
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.history.repository import NoHistory
    from playbook.render.summary import summary_markdown
    from playbook.views.scene import Scene
    from playbook.views.summary import summary_view

    target = os.environ.get(VARIABLE, "") if github else ""
    if github and not target:
        raise Impossible(f"{VARIABLE} is not set; --github is for a step of a GitHub workflow")
    context = options.context
    loaded = context.load(is_checked=False)
    assert loaded.today is not None  # noqa: S101  (a command always speaks of a day)
    history = _history(context)
    scene = Scene(
        loaded.playbook,
        loaded.today,
        is_mine=context.is_mine,
        timeline=None if isinstance(history, NoHistory) else history,
        no_history=history if isinstance(history, NoHistory) else None,
    )
    text = summary_markdown(summary_view(scene))
    if loaded.has_left_out:
        text = f"{text}\nSome files cannot be read and are not in it; `playbook check` says which.\n"
    if not target:
        click.echo(text, nl=False)
        return 0
    try:
        with Path(target).open("a", encoding="utf-8") as stream:
            stream.write(text)
    except OSError as error:
        raise Impossible(f"{VARIABLE} cannot be written: {error.strerror}") from None
    return 0


def _history(context: Context) -> Timeline | NoHistory:
    """What happened; or why nobody knows: the rest of the summary does without."""
    from playbook.cli.history import read_timeline
    from playbook.history.repository import NoHistory, find_repository

    repository = find_repository(context.content)
    return repository if isinstance(repository, NoHistory) else read_timeline(context)
