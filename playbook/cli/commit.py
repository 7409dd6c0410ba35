"""`playbook commit`: commits the content folder with a message that says what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from playbook.cli.context import Impossible, Options
from playbook.cli.terminal import print_problems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playbook.cli.context import Context
    from playbook.repository.staging import Staged

SHOWN = 20
MOST_BESIDE = 5
_SIGNS = {"added": "+", "changed": "~", "removed": "-"}


@click.command("commit")
@click.option("-m", "--message", metavar="TEXT", help="Your own first line; what was done stands below it.")
@click.option("--dry-run", is_flag=True, help="Show what would be committed, and change nothing.")
@click.option("--anyway", is_flag=True, help="Commit although something is wrong in the files.")
@click.pass_obj
def commit_command(options: Options, message: str | None, dry_run: bool, anyway: bool) -> int:
    """Commit everything in content/ with a message that says what was done.

    What was ticked, added, reworded or dropped is found by comparing the files with the last commit, item by item;
    contacts that were logged and promises that were kept are named. Only content/ is committed, and with the first
    commit of all what 'playbook init' wrote beside it; what else has changed is named, and what you have staged
    elsewhere stays staged. Your identity, your hooks and your configuration of git are used.

    If something is wrong in the files it is told, and nothing is committed. Nothing to commit is no failure.

    \b
    Examples:
      playbook commit --dry-run
      playbook commit
      playbook commit -m "A good week"
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.beginning import BESIDE_CONTENT
    from playbook.deeds.committing import message_for
    from playbook.publish.sealing_file import NAME as SEALING
    from playbook.repository.committing import InTheWay, branch_of, commit, look_around
    from playbook.repository.git import GitRefused, answer
    from playbook.repository.outside import changed_beside, own_beside
    from playbook.repository.staging import looked_ahead, read_staged, staged_elsewhere

    options.refuse_as_of("playbook commit")
    subject = " ".join((message or "").split())
    if message is not None and not subject:
        raise click.UsageError("-m: the message is empty")
    context = options.context
    content = context.content
    try:
        look_around(content)
        with looked_ahead(content) as index:
            staged = read_staged(content, index)
        own = (*BESIDE_CONTENT, SEALING)
        along = own_beside(context.root, content, own) if staged.is_first else ()
        beside = tuple(path for path in changed_beside(context.root, content, own) if path not in along)
        taken = {f"{answer(context.root, 'rev-parse', '--show-prefix')}{path}" for path in along}
        elsewhere = tuple(path for path in staged_elsewhere(content) if path not in taken)
    except InTheWay as error:
        raise Impossible(str(error)) from None
    except GitRefused as error:
        raise Impossible(_why(context, str(error))) from None
    if not staged.files:
        click.echo(f"Nothing to commit in {context.content_name}/.")
        _tell_beside(context, beside)
        return 0
    is_wrong = _tell_errors(context)
    if is_wrong and not anyway and not dry_run:
        click.echo("Nothing was committed. Mend that, or say --anyway.", err=True)
        return 1
    said = message_for(staged, subject)
    click.echo(said)
    click.echo("")
    _show_files(context, staged, along)
    if elsewhere:
        one = len(elsewhere) == 1
        some = f"{elsewhere[0]} is" if one else f"{len(elsewhere)} files elsewhere are"
        click.echo(
            f"{some} staged, and {'stays' if one else 'stay'} so; this commit is of {context.content_name}/ alone."
        )
    _tell_beside(context, beside)
    if dry_run:
        return 1 if is_wrong and not anyway else 0
    branch = branch_of(content)
    try:
        made = commit(content, said, tuple(context.root / path for path in along))
    except GitRefused as error:
        click.echo(str(error), err=True)
        click.echo("Nothing was committed; the files are as they were.", err=True)
        return 1
    if made.said:
        click.echo(made.said, err=True)
    click.echo(f"Committed {made.short}{f' on {branch}' if branch else ''}.")
    if not branch:
        click.echo("No branch holds it, for HEAD is detached. To keep it: git switch -c NAME", err=True)
    return 0


def _tell_errors(context: Context) -> bool:
    from playbook.problems import Severity

    errors = [problem for problem in context.load(with_scripts=False).problems if problem.severity is Severity.ERROR]
    print_problems(errors, err=True)
    return bool(errors)


def _show_files(context: Context, staged: Staged, along: Sequence[str]) -> None:
    from playbook.problems import shorten

    files = [(_SIGNS[file.change], f"{context.content_name}/{shorten(file.path, 100)}") for file in staged.files]
    files += [("+", path) for path in along]
    for sign, path in files[:SHOWN]:
        click.echo(f"  {sign} {path}")
    if len(files) > SHOWN:
        click.echo(f"  and {len(files) - SHOWN} more")


def _tell_beside(context: Context, beside: Sequence[str]) -> None:
    """What has changed beside the content folder and stays out, with the command that commits it."""
    import shlex

    named = [path for path in beside if path.isprintable()][:MOST_BESIDE]
    if not named:
        return
    more = f" and {len(beside) - len(named)} more" if len(beside) > len(named) else ""
    one = len(beside) == 1
    names = " ".join(map(shlex.quote, named))
    click.echo(
        f"{', '.join(named)}{more} {'is' if one else 'are'} not as committed, and no part of {context.content_name}/. "
        f"To commit {'it' if one else 'them'}:"
    )
    click.echo(f'  git add {names} && git commit -m "Settings" -- {names}')


def _why(context: Context, said: str) -> str:
    from playbook.history.repository import NoHistory, find_repository

    found = find_repository(context.content)
    if isinstance(found, NoHistory) and found.code in ("no-repository", "no-git", "dubious-ownership"):
        return str(found)
    return said
