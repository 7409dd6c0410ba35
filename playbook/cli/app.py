"""The command's frame: global options, the table of commands, exit codes.

Each command's module is imported when it is called, so that `playbook check` never waits for a web server.
"""

from __future__ import annotations

import sys
from importlib import import_module

import click

from playbook import __version__
from playbook.cli.context import Options

COMMANDS = {
    "Begin": {
        "init": ("init", "Make a playbook of your own: a private repository, from five answers."),
        "demo": ("demo", "Look around the example playbook, in a throwaway folder."),
        "new": ("new", "Write a commented starter: a goal, person, event, organization or outreach template."),
    },
    "Every week": {
        "serve": ("serve", "Read the site on this machine; it follows every save."),
        "check": ("check", "Say what is wrong, with file, line and column."),
        "list": ("listing", "List records of one kind, filtered and sorted."),
        "show": ("showing", "Show everything about one record."),
    },
    "Now and then": {
        "build": ("build", "Write the site into a folder."),
        "schema": ("schema", "Print or write the JSON Schemas that editors complete and check by."),
    },
}
"""Group → command → (module below `playbook.cli`, one line of help). The module has `<name>_command`."""

EPILOG = """\b
Examples:
  playbook init my-playbook           begin
  playbook serve                      what to do this week, in the browser
  playbook new person "Radia Perlman"
  playbook list people --where circle=inner
  playbook check && git commit -a     never commit a slip

\b
Exit codes: 0 fine, 1 problems found, 2 wrong usage, 130 interrupted.
"""


class LazyCommands(click.Group):
    """Knows its commands by name and imports the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order of the help."""
        return [name for group in COMMANDS.values() for name in group]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command called so, imported now."""
        for group in COMMANDS.values():
            if cmd_name in group:
                module = import_module(f"playbook.cli.{group[cmd_name][0]}")
                command: click.Command = getattr(module, f"{cmd_name}_command")
                return command
        return None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click's own, with the nearest name for one that does not exist."""
        name = args[0] if args else ""
        if name and self.get_command(ctx, name) is None:
            from playbook.problems import shorten, suggest

            hint = suggest(name, self.list_commands(ctx))
            raise click.UsageError(f"there is no command '{shorten(name, 40)}'. {hint}".rstrip(), ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands by occasion, without importing any."""
        for title, group in COMMANDS.items():
            with formatter.section(title):
                formatter.write_dl([(name, help_line) for name, (_, help_line) in group.items()])


@click.group(
    cls=LazyCommands,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("-C", "folder", metavar="DIR", default=".", help="Work as if started in DIR.")
@click.option("--today", metavar="DATE", default="", help="The day to speak of, such as 2027-04-15; today unless said.")
@click.version_option(__version__, message="playbook %(version)s")
@click.pass_context
def cli(ctx: click.Context, folder: str, today: str) -> None:
    """Goals, people, events and outreach as small text files; a site that says what to do this week."""
    ctx.obj = Options(folder, today)


def main() -> None:
    """Run the command with this process's arguments and exit."""
    try:
        code = cli.main(prog_name="playbook", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "", err=True)
        code = 2
    except click.UsageError as error:
        error.show()
        code = 2
    except click.ClickException as error:
        click.echo(f"playbook: {error.format_message()}", err=True)
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("", err=True)
        code = 130
    except BrokenPipeError:
        # The reader (`| head`) has what it wanted; the interpreter must not complain about it at exit.
        sys.stderr.close()
        code = 0
    sys.exit(code if isinstance(code, int) else 0)
