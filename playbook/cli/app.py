"""The command's frame: global options, the table of commands, exit codes.

Each command's module is imported when it is called, so that `playbook check` never waits for a web server.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import click

from playbook import __version__
from playbook.cli.context import Options, parse_day
from playbook.problems import shorten, suggest

COMMANDS = {
    "Begin": {
        "init": ("init", "Make a playbook of your own: a private repository, from five answers."),
        "demo": ("demo", "Look around the example playbook, in a throwaway folder."),
        "new": ("new", "Write a commented starter: a goal, person, event, organization or outreach template."),
    },
    "Every week": {
        "serve": ("serve", "Read the site on this machine; it follows every save."),
        "today": ("today", "Say what to do today: whom to be in touch with and why, what waits."),
        "week": ("today", "Say what to do this week, and what is worth a thought."),
        "review": ("review", "Look back on the week or the quarter: three questions, prefilled."),
        "welcome-back": ("welcome_back", "After a quiet time: keep, spread out, rest or close, group by group."),
        "script": ("script", "Print a message ready to send or say: an outreach template filled for one person."),
        "print": ("print", "Print a kit, a brief, an agenda, scripts or a packet, as PDF."),
        "capture": ("capture", "Write what you scribbled on a printed kit into the files it belongs to."),
        "check": ("check", "Say what is wrong, with file, line and column."),
        "list": ("listing", "List records of one kind, filtered and sorted."),
        "show": ("showing", "Show everything about one record."),
        "path": ("path", "Say who can introduce you to somebody, or into an organization."),
        "plays": ("plays", "List routines that are ready to start, and your own; all about one."),
        "start": ("start", "Start a play: its steps are written down as your own, with their days."),
    },
    "After a conversation": {
        "touch": ("talking", "Log what passed between you and somebody; their clock starts again."),
        "met": ("talking", "Write down somebody you met, with a file of their own in one line."),
        "promise": ("promising", "Write down what you promised, or what was promised to you."),
        "kept": ("promising", "Mark a promise as kept."),
        "gave": ("talking", "Log something you gave."),
        "thank": ("talking", "Log that you thanked somebody."),
        "done": ("ticking", "Tick a checklist item, by id or by words."),
        "undo": ("ticking", "Take back what was written last, or open an item again."),
        "later": ("postponing", "Give what waits another day: an item, a promise, a follow-up."),
        "skip": ("ticking", "Leave a checklist item out, with the reason."),
        "add": ("ticking", "Add a checklist item to a goal, a person, an event."),
        "achieve": ("achieving", "Write an achievement into the journal."),
        "feedback": ("mentoring", "Write down what a mentor told you, and what you will do about it."),
        "acted": ("mentoring", "Mark feedback as acted on; the next agenda says so."),
        "inbox": ("inbox", "Turn plain lines from any editor into entries."),
    },
    "When life changes": {
        "moved": ("moving", "Write down a new job, theirs or yours; the one before ends."),
        "close": ("moving", "Write down that a tie has ended; nobody is reminded of it any more."),
        "rename": ("renaming", "Give a record another id or name; every reference follows."),
        "merge": ("renaming", "Make one record of two; every reference follows."),
    },
    "How far you came": {
        "progress": ("progress", "Show how far the checklists are, and how they got there, from git."),
        "diff": ("diff", "Say what changed in checklists between two commits or days."),
        "log": ("log", "Tell the life of one checklist item."),
        "summary": ("summary", "Sum up the week as Markdown: for a workflow's page, or a letter to yourself."),
        "badge": ("badge", "Draw how much is done as a badge for a README."),
        "commit": ("commit", "Commit content/ with a message that says what was done."),
    },
    "Sharing and publishing": {
        "publish": ("publish", "Publish the site sealed: into a folder, onto a branch, into one file."),
        "recipients": ("recipients", "Who else can open what is published, each with a secret of their own."),
        "open": ("open", "Unseal what was published into plain files again."),
        "audience": ("audience", "Who sees what: list the audiences, compare what two of them see."),
        "share": ("share", "Let an audience see a record, shown before it is written."),
        "unshare": ("share", "Take a record back from an audience."),
        "backup": ("backup", "Put everything, sealed, into one file."),
        "restore": ("restore", "Bring a backup back into a folder, and compare."),
        "doctor": ("doctor", "Say what could be lost, and what others could read."),
        "stale": ("stale", "List what you keep about people and have not needed for long."),
        "forget": ("forget", "Take a person out of every file, shown first; and what git keeps of them."),
    },
    "Now and then": {
        "hooks": ("hooks", "Let git commit fill an empty message, and refuse secrets and built sites."),
        "calendar": ("calendar", "Write what is due, and events, for a calendar program."),
        "build": ("build", "Write the site into a folder."),
        "schema": ("schema", "Print or write the JSON Schemas that editors complete and check by."),
        "manual": ("manuals", "Print a manual: audiences, publishing, lost-laptop, fields or sealing."),
    },
}
"""Group → command → (module below `playbook.cli`, one line of help). The module has `<name>_command`."""

FOR_AN_AUDIENCE = frozenset(
    (
        "audience", "badge", "build", "calendar", "diff", "list", "log", "path", "print", "progress", "publish",
        "script", "serve", "show", "summary", "today",
    )
)  # fmt: skip
"""The commands that can answer as somebody else would see it; every other one is the author's."""

EPILOG = """\b
Examples:
  playbook init my-playbook           begin
  playbook serve                      what to do this week, in the browser
  playbook new person "Radia Perlman"
  playbook list people --where circle=inner
  playbook commit                     after each sitting: it says what was done
  playbook --as-of 2026-10-01 list goals

\b
-C, --today, --as-of and --audience may also stand behind the command: playbook check -C my-playbook
Exit codes: 0 fine, 1 problems found, 2 wrong usage or not possible here, 130 interrupted.
"""


_NO_ROOM = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))


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
                command: click.Command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
                own = {name for option in command.params for name in option.opts}
                command.params += [option for option in GLOBALS if not own.intersection(option.opts)]
                return command
        return None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click's own, with the nearest name for one that does not exist."""
        name = args[0] if args else ""
        if name and self.get_command(ctx, name) is None:
            hint = suggest(name, self.list_commands(ctx))
            raise click.UsageError(f"there is no command '{shorten(name, 40)}'. {hint}".rstrip(), ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """As click's own, but a reader that closes the pipe early (`| head`) is no failure."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            _leave_quietly()
            return 0

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands by occasion, without importing any."""
        for title, group in COMMANDS.items():
            with formatter.section(title):
                formatter.write_dl([(name, help_line) for name, (_, help_line) in group.items()])


def _work_in(ctx: click.Context, _: click.Parameter, folder: str | None) -> None:
    """`-C`: seen from an earlier one, as git has it."""
    if folder is not None:
        options = ctx.obj or Options(".")
        whole = options.under(Path(folder))
        if not whole.is_dir():
            raise click.UsageError(f"-C: there is no folder '{shorten(folder)}'")
        ctx.obj = replace(options, folder=str(whole))


def _speak_of(ctx: click.Context, _: click.Parameter, day: str | None) -> None:
    if day is not None:
        ctx.obj = replace(ctx.obj or Options("."), today=parse_day(day, "--today"))


def _as_of(ctx: click.Context, _: click.Parameter, wanted: str | None) -> None:
    if wanted is not None:
        if not wanted.strip():
            raise click.UsageError("--as-of: say a day such as 2026-10-01, or a commit such as HEAD~3")
        ctx.obj = replace(ctx.obj or Options("."), as_of=wanted)


def _seen_by(ctx: click.Context, _: click.Parameter, name: str | None) -> None:
    """`--audience`: refused by commands that work on the author's own files."""
    if name is not None:
        if not name.strip():
            raise click.UsageError("--audience: name one; to see them all: playbook audience list")
        ctx.obj = replace(ctx.obj or Options("."), audience=name.strip())
        if ctx.parent is not None:
            _refuse_audience(ctx.obj, _top(ctx))


def _refuse_audience(options: Options, command: str) -> None:
    if options.audience and command not in FOR_AN_AUDIENCE:
        raise click.UsageError(f"playbook {command} works on your own files; leave out --audience")


def _top(ctx: click.Context) -> str:
    """The command that a context belongs to: `print` for `print event`."""
    while ctx.parent is not None and ctx.parent.parent is not None:
        ctx = ctx.parent
    return ctx.info_name or ""


def _global_options(*, hidden: bool) -> list[click.Option]:
    return [
        click.Option(
            ["-C", "global_folder"],
            metavar="DIR",
            help="Work as if started in DIR.",
            expose_value=False,
            hidden=hidden,
            callback=_work_in,
        ),
        click.Option(
            ["--today", "global_today"],
            metavar="DATE",
            help="The day to speak of, such as 2027-04-15; today unless said.",
            expose_value=False,
            hidden=hidden,
            callback=_speak_of,
        ),
        click.Option(
            ["--as-of", "global_as_of"],
            metavar="DATE|REV",
            help="The playbook as it was committed then: on a day, in a commit. Changes nothing on the disk.",
            expose_value=False,
            hidden=hidden,
            callback=_as_of,
        ),
        click.Option(
            ["--audience", "global_audience"],
            metavar="NAME",
            help="Answer as somebody else would see it: public, a name from me.yml, or a label such as mentor.",
            expose_value=False,
            hidden=hidden,
            callback=_seen_by,
        ),
    ]


GLOBALS = _global_options(hidden=True)
"""The global options once more, for whoever types them behind the command."""


@click.group(
    cls=LazyCommands,
    epilog=EPILOG,
    params=_global_options(hidden=False),
    invoke_without_command=True,
    subcommand_metavar="COMMAND [ARGS]...",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, message="playbook %(version)s")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Goals, people, events and outreach as small text files; a site that says what to do this week."""
    ctx.obj = ctx.obj or Options(".")
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        ctx.color = False
    if ctx.invoked_subcommand is None:
        # A script that lost its command must not pass for done.
        click.echo(ctx.get_help(), err=True)
        ctx.exit(2)
    _refuse_audience(ctx.obj, ctx.invoked_subcommand)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command with these arguments (this process's by default) and exit."""
    if sys.stdout is None:  # started with its output closed
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  (as long as the process)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal or a pipe that lacks a letter shows '?' for it; that is no reason to stop.
            stream.reconfigure(errors="replace")
    try:
        code = cli.main(arguments, prog_name="playbook", standalone_mode=False)
        sys.stdout.flush()
    except click.UsageError as error:
        error.show()
        code = 2
    except click.ClickException as error:
        click.echo(f"playbook: {error.format_message()}", err=True)
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        code = 130
    except BrokenPipeError:
        _leave_quietly()
        code = 0
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        _leave_quietly()
        click.echo(f"playbook: the output cannot be written: {error.strerror}", err=True)
        code = 2
    sys.exit(code if isinstance(code, int) else 0)


def _leave_quietly() -> None:
    """The reader (`| head`) has what it wanted; what is left to write goes nowhere, also at the interpreter's end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
