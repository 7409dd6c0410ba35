"""`playbook hooks`: the two hooks put in, taken away, asked about; and what they call."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from playbook.cli.app import GLOBALS
from playbook.cli.context import Impossible, Options

if TYPE_CHECKING:
    from playbook.cli.context import Context
    from playbook.repository.hooks import Hook


_DOES = {
    "prepare-commit-msg": "an empty message is filled with what was done.",
    "pre-commit": "a commit with a secret or a built site in it is refused.",
}
_NAMES = {"message": "prepare-commit-msg", "guard": "pre-commit"}
_ONLY = click.option("--only", type=click.Choice(list(_NAMES)), help="One of the two.")


@click.group("hooks", subcommand_metavar="install|remove|status")
def hooks_command() -> None:
    """Two hooks of git: one fills an empty message, one refuses what no commit should hold.

    The message (prepare-commit-msg): the editor of `git commit` opens with what was done, 'Done: Draft the packet
    (staff-promotion 7/12)'. Change it, or empty it and nothing is committed, as always. A message given with -m, a
    merge, a squash and an amended commit keep their own.

    The guard (pre-commit): a commit that would hold a key, a token, a passphrase, a built site or the cache is refused,
    and so is one that moves the content to where MkDocs would publish it as it is. Only what is staged is looked at.
    'git commit --no-verify' goes past it.

    \b
    Examples:
      playbook hooks install
      playbook hooks install --only guard
      playbook hooks status
      playbook hooks remove
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")


@hooks_command.command("install", short_help="Put the hooks where git looks for hooks.")
@_ONLY
@click.pass_obj
def install_command(options: Options, only: str | None) -> int:
    """Put the hooks where git looks for hooks. Somebody's own hook is never touched."""
    from playbook.repository.hooks import HookState, install

    hooks = _hooks(options, only)
    own = []
    for hook in hooks:
        shown = _shown(hook.path)
        if hook.state is HookState.OTHERS:
            own.append(
                f"{shown} is a hook of your own; it was not touched. To have both, add this line to it:\n  {hook.line}"
            )
            continue
        if hook.state is HookState.OURS and hook.is_executable:
            click.echo(f"{shown} is there already.")
            continue
        try:
            install(hook)
        except OSError as error:
            raise Impossible(f"{shown} cannot be written: {error.strerror}") from None
        click.echo(f"{shown}: {_DOES[hook.path.name]}")
    if own:
        raise Impossible("\n".join(own))
    _say_where(hooks[0])
    if shutil.which("playbook") is None:
        click.echo("'playbook' is not on the PATH here; a hook does nothing where git cannot find it.", err=True)
    return 0


@hooks_command.command("remove", short_help="Take the hooks away.")
@_ONLY
@click.pass_obj
def remove_command(options: Options, only: str | None) -> int:
    """Take the hooks away, and leave whatever else stands in the files."""
    from playbook.repository.hooks import HookState, remove

    for hook in _hooks(options, only):
        shown = _shown(hook.path)
        if hook.state is HookState.NONE:
            click.echo(f"There is no {shown}.")
            continue
        if hook.state is HookState.OTHERS:
            click.echo(f"There is nothing of ours in {shown}.")
            continue
        try:
            is_gone = remove(hook)
        except OSError as error:
            raise Impossible(f"{shown} cannot be written: {error.strerror}") from None
        click.echo(f"{shown} was removed." if is_gone else f"Our part of {shown} was removed; the rest is as it was.")
    return 0


# The word that other programs have for it.
hooks_command.add_command(
    click.Command("uninstall", callback=remove_command.callback, params=[*remove_command.params], hidden=True)
)


@hooks_command.command("status", short_help="Say whether the hooks are there.")
@click.pass_obj
def status_command(options: Options) -> int:
    """Say where git looks for the hooks, and what is there."""
    from playbook.repository.hooks import HookState

    hooks = _hooks(options, None)
    for hook in hooks:
        shown = _shown(hook.path)
        said = {
            HookState.NONE: f"There is no {shown}. playbook hooks install puts it there.",
            HookState.OURS: f"{shown}: {_DOES[hook.path.name]}",
            HookState.OLDER: f"{shown} was written by another version, or for another folder: playbook hooks install.",
            HookState.OTHERS: f"{shown} is a hook of your own. To have both, add this line to it:\n  {hook.line}",
        }
        click.echo(said[hook.state])
        if hook.state is not HookState.NONE and not hook.is_executable:
            click.echo("It is not executable, so git passes over it.")
    _say_where(hooks[0])
    if any(hook.state is not HookState.NONE for hook in hooks) and shutil.which("playbook") is None:
        click.echo("'playbook' is not on the PATH here; a hook does nothing where git cannot find it.")
    return 0


@hooks_command.command("fill", hidden=True)
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def fill_command(options: Options, file: Path) -> int:
    """Fill the message in FILE with what is staged: what the hook calls."""
    from playbook.deeds.committing import message_for
    from playbook.repository.git import GitRefused, answer
    from playbook.repository.hooks import fill
    from playbook.repository.staging import read_staged
    from playbook.source.writing import write_file

    context = _context(options)
    try:
        said = message_for(read_staged(context.content, _index()))
    except GitRefused as error:
        raise Impossible(str(error)) from None
    comment = answer(context.root, "config", "--get", "core.commentString")
    comment = comment or answer(context.root, "config", "--get", "core.commentChar")
    with suppress(OSError):
        text = file.read_text("utf-8", "surrogateescape")
        filled = fill(text, said, "#" if comment in ("", "auto") else comment)
        if filled != text:
            write_file(file, filled.encode("utf-8", "surrogateescape"))
    return 0


@hooks_command.command("guard", hidden=True)
@click.pass_obj
def guard_command(options: Options) -> int:
    """Say why what is staged must not be committed, and exit 1: what the hook calls."""
    from playbook.doctor.gathering import read_config
    from playbook.doctor.guarding import refuse
    from playbook.doctor.siteconfig import read_site_config
    from playbook.repository.git import GitRefused, answer
    from playbook.repository.guarded import read_held, read_staged_file

    context = _context(options)
    more = _index()
    try:
        held = read_held(context.root, more)
        prefix = answer(context.root, "rev-parse", "--show-prefix")
        config = read_staged_file(context.root, f"{prefix}mkdocs.yml", more)
    except GitRefused as error:
        raise Impossible(str(error)) from None
    site = read_config(context.root) if config is None else read_site_config(config)
    refused = refuse(held.paths, held.content, site, context.content_name, prefix)
    for finding in refused:
        click.echo(f"playbook: {finding.message} [{finding.code}]", err=True)
        for fix in finding.fixes:
            click.echo(f"    {fix}", err=True)
    return 1 if refused else 0


def _index() -> dict[str, str]:
    """The index that git commits, which need not be the repository's own (`git commit -a`)."""
    index = os.environ.get("GIT_INDEX_FILE")
    return {"GIT_INDEX_FILE": os.path.abspath(index)} if index else {}  # noqa: PTH100  (a path that need not exist)


def _context(options: Options) -> Context:
    options.refuse_as_of("playbook hooks")
    return options.context


def _hooks(options: Options, only: str | None) -> list[Hook]:
    from playbook.repository.git import GitRefused
    from playbook.repository.hooks import find_hook

    context = _context(options)
    try:
        return [find_hook(context.root, name) for key, name in _NAMES.items() if only in (None, key)]
    except GitRefused as error:
        raise Impossible(f"there is no repository to put a hook into ({str(error).splitlines()[-1]})") from None


def _say_where(hook: Hook) -> None:
    if hook.is_shared:
        click.echo(
            f"git looks for hooks there because core.hooksPath is {hook.configured}: for other repositories too."
        )
    elif hook.configured:
        click.echo(f"git looks for hooks there because core.hooksPath is {hook.configured}.")


def _shown(path: Path) -> str:
    """Seen from here, where it lies below; else as it is."""
    whole = Path(os.path.abspath(path))  # noqa: PTH100  (links in it stay as they are written)
    return os.path.relpath(whole) if whole.is_relative_to(Path.cwd()) else str(whole)


for _command in hooks_command.commands.values():
    # The global options may stand behind these too.
    _command.params += GLOBALS
