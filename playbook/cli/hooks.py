"""`playbook hooks`: the hook that fills an empty commit message, put in, taken away, asked about."""

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


@click.group("hooks", subcommand_metavar="install|remove|status")
def hooks_command() -> None:
    """Let `git commit` fill an empty message with what was done: 'Done: Draft the packet (staff-promotion 7/12)'.

    The editor opens with it; change it, or empty it and nothing is committed, as always. A message given with -m, a
    merge, a squash and an amended commit keep their own.

    \b
    Examples:
      playbook hooks install
      playbook hooks status
      playbook hooks remove
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")


@hooks_command.command("install", short_help="Put the hook where git looks for hooks.")
@click.pass_obj
def install_command(options: Options) -> int:
    """Put the hook where git looks for hooks. Somebody's own hook is never touched."""
    from playbook.repository.hooks import HOOK, HookState, install

    hook = _hook(options)
    shown = _shown(hook.path)
    if hook.state is HookState.OTHERS:
        raise Impossible(
            f"{shown} is a hook of your own; it was not touched. To have both, add this line to it:\n  {hook.line}"
        )
    if hook.state is HookState.OURS and hook.is_executable:
        click.echo(f"{shown} is there already.")
        _say_where(hook)
        return 0
    try:
        install(hook)
    except OSError as error:
        raise Impossible(f"{shown} cannot be written: {error.strerror}") from None
    click.echo(f"{shown}: an empty message is filled with what was done.")
    _say_where(hook)
    if shutil.which("playbook") is None:
        click.echo(f"'playbook' is not on the PATH here; {HOOK} does nothing where git cannot find it.", err=True)
    return 0


@hooks_command.command("remove", short_help="Take the hook away.")
@click.pass_obj
def remove_command(options: Options) -> int:
    """Take the hook away, and leave whatever else stands in the file."""
    from playbook.repository.hooks import HookState, remove

    hook = _hook(options)
    shown = _shown(hook.path)
    if hook.state in (HookState.NONE, HookState.OTHERS):
        click.echo(f"There is nothing of ours in {shown}." if hook.state is HookState.OTHERS else "There is no hook.")
        return 0
    try:
        is_gone = remove(hook)
    except OSError as error:
        raise Impossible(f"{shown} cannot be written: {error.strerror}") from None
    click.echo(f"{shown} was removed." if is_gone else f"Our part of {shown} was removed; the rest is as it was.")
    return 0


@hooks_command.command("status", short_help="Say whether the hook is there.")
@click.pass_obj
def status_command(options: Options) -> int:
    """Say where git looks for the hook, and what is there."""
    from playbook.repository.hooks import HookState

    hook = _hook(options)
    shown = _shown(hook.path)
    said = {
        HookState.NONE: f"There is no hook. playbook hooks install puts it into {shown}.",
        HookState.OURS: f"{shown}: an empty message is filled with what was done.",
        HookState.OLDER: f"{shown} was written by another version, or for another folder: playbook hooks install.",
        HookState.OTHERS: f"{shown} is a hook of your own. To have both, add this line to it:\n  {hook.line}",
    }
    click.echo(said[hook.state])
    _say_where(hook)
    if hook.state is not HookState.NONE and not hook.is_executable:
        click.echo("It is not executable, so git passes over it.")
    if hook.state is not HookState.NONE and shutil.which("playbook") is None:
        click.echo("'playbook' is not on the PATH here; the hook does nothing where git cannot find it.")
    return 0


@hooks_command.command("fill", hidden=True)
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def fill_command(options: Options, file: Path) -> int:
    """Fill the message in FILE with what is staged: what the hook calls."""
    from playbook.cli.commit import message_for
    from playbook.repository.git import GitRefused, answer
    from playbook.repository.hooks import fill
    from playbook.repository.staging import read_staged
    from playbook.source.writing import write_file

    context = _context(options)
    # git commits what this index holds, which need not be the repository's own (`git commit -a`).
    index = os.environ.get("GIT_INDEX_FILE")
    more = {"GIT_INDEX_FILE": os.path.abspath(index)} if index else {}  # noqa: PTH100  (a path that need not exist)
    try:
        said = message_for(read_staged(context.content, more))
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


def _context(options: Options) -> Context:
    options.refuse_as_of("playbook hooks")
    return options.context


def _hook(options: Options) -> Hook:
    from playbook.repository.git import GitRefused
    from playbook.repository.hooks import find_hook

    context = _context(options)
    try:
        return find_hook(context.root)
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
