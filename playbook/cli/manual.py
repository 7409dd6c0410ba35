"""The help of every command as one Markdown page, so that the documentation cannot say anything else."""

from __future__ import annotations

import click

from playbook.cli.app import COMMANDS, cli

WIDTH = 100
"""Columns of a page of help."""


def command_reference() -> str:
    """`docs/commands.md`."""
    rows = ["<!-- Made by `make docs` from the commands' own help; do not edit. -->", "# Every command", ""]
    top = _context(cli, "playbook", None)
    rows += ["```text", _help(cli, top), "```", ""]
    for group in COMMANDS.values():
        for name in group:
            command = cli.get_command(top, name)
            if command is not None:
                rows += _pages(command, _context(command, name, top))
    return "\n".join(rows).rstrip() + "\n"


def _pages(command: click.Command, context: click.Context) -> list[str]:
    """A command's help under its name, then that of the commands below it."""
    rows = [f"{'#' * (context.command_path.count(' ') + 1)} `{context.command_path}`", ""]
    rows += ["```text", _help(command, context), "```", ""]
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None:
                rows += _pages(inner, _context(inner, name, context))
    return rows


def _help(command: click.Command, context: click.Context) -> str:
    return "\n".join(line.rstrip() for line in command.get_help(context).strip().splitlines())


def _context(command: click.Command, name: str, parent: click.Context | None) -> click.Context:
    settings = {**cli.context_settings, "max_content_width": WIDTH}
    return click.Context(command, info_name=name, parent=parent, terminal_width=WIDTH, **settings)
