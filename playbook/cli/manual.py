"""The help of every command as one Markdown page, so that the documentation cannot say anything else."""

from __future__ import annotations

import click

from playbook.cli.app import COMMANDS, cli


def command_reference() -> str:
    """`docs/commands.md`."""
    rows = ["<!-- Made by `make docs` from the commands' own help; do not edit. -->", "# Every command", ""]
    rows += ["```text", _help(cli, "playbook", None), "```", ""]
    top = click.Context(cli, info_name="playbook", max_content_width=100, terminal_width=100)
    for group in COMMANDS.values():
        for name in group:
            command = cli.get_command(top, name)
            if command is not None:
                rows += [f"## `playbook {name}`", "", "```text", _help(command, name, top), "```", ""]
    return "\n".join(rows).rstrip() + "\n"


def _help(command: click.Command, name: str, parent: click.Context | None) -> str:
    context = click.Context(command, info_name=name, parent=parent, max_content_width=100, terminal_width=100)
    return "\n".join(line.rstrip() for line in command.get_help(context).strip().splitlines())
