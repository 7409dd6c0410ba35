"""`playbook init`: a playbook of one's own, from five answers; all of it or nothing."""

from __future__ import annotations

import datetime as dt
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from playbook import __version__
from playbook.cli.context import Impossible, Options, parse_day
from playbook.problems import shorten

T = TypeVar("T")

_DATED = re.compile(
    r"(?:(?P<title>.*?)(?:\s*[@,;(]\s*|\s+on\s+|\s+))?(?P<day>\d{4}-\d\d-\d\d)\)?\s*\Z", re.DOTALL | re.ASCII
)
# What a git command of somebody else (a hook, say) sets, and what would lead `git init` to another repository.
_OTHERS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX")


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Ask nothing.")
@click.option("--name", help="Your name.")
@click.option("--goal", help="One goal.")
@click.option("--person", "people", multiple=True, help="Somebody who matters; may be given several times.")
@click.option("--event", help="The next event, such as 'Team lunch, 2027-05-14'.")
@click.option("--paper", metavar="a4|letter", help="The paper you print on.")
@click.pass_obj
def init_command(
    options: Options,
    folder: Path,
    yes: bool,
    name: str | None,
    goal: str | None,
    people: tuple[str, ...],
    event: str | None,
    paper: str | None,
) -> int:
    """Make a playbook of your own in DIR: a whole private repository.

    Asks five questions, each skipped with Enter: your name, one goal, three people, the next event, your paper. What is
    given as an option is not asked. DIR must be empty or not there yet; nothing is ever overwritten.

    \b
    Examples:
      playbook init my-playbook
      playbook init my-playbook --yes --name "Ada Lovelace" --event "Team lunch, 2027-05-14"
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.beginning import Answers, first_files
    from playbook.source.writing import create_tree
    from playbook.zones import today_in

    options.refuse_as_of("playbook init")
    target = options.under(folder)
    _refuse_what_is_there(target, folder)
    zone, ask = machine_timezone(), not yes
    if paper is not None:
        _paper(paper)  # before anybody is asked anything
    if event is not None:
        _event(event)
    own = _answer("Your name", name, _line, ask=ask)
    first = _answer("One goal, in a line", goal, _line, ask=ask)
    known = tuple(map(_line, people)) or _answer("Three people who matter (a comma between)", None, _names, ask=ask)
    title, on = _answer("The next event, and its date (Team lunch, 2027-05-14)", event, _event, ask=ask)
    size = _answer("Paper, a4 or letter", paper, _paper, ask=ask)
    answers = Answers(own, first, known, title, on, size, zone)
    files = first_files(answers, options.today or today_in(zone), __version__)
    try:
        create_tree(target, {path: text.encode() for path, text in files.items()})
    except OSError as error:
        raise Impossible(f"'{folder}' cannot be made: {error.strerror}; nothing was changed") from None
    started = _begin_git(target)
    click.echo(f"Your playbook is in {folder}. What you will read and write lies below {folder / 'content'}.")
    if title and on is None:
        event_file = folder / next(path for path in files if path.startswith("content/events/"))
        click.echo(
            f"No day was given for '{title}', so one in a month stands there: write the real one into {event_file}"
        )
    click.echo("")
    click.echo(f"  cd {shlex.quote(str(target))}")
    click.echo("  playbook serve       read what to do this week")
    click.echo("  playbook check       before each commit")
    if started:
        click.echo('  git add -A && git commit -m "Begin"')
    click.echo("")
    click.echo("Keep the repository private: it will hold notes about people.")
    return 0


def machine_timezone() -> str:
    """The IANA name of this machine's time zone, or nothing where it does not say."""
    from playbook.zones import zone_exists

    told = os.environ.get("TZ", "").removeprefix(":")
    if told and zone_exists(told):
        return told
    try:
        link = str(Path("/etc/localtime").readlink())
    except OSError:
        link = ""
    name = link.partition("zoneinfo/")[2]
    # A machine in a rack says UTC; its owner rarely lives there.
    return name if name and zone_exists(name) and name not in {"UTC", "Etc/UTC"} else ""


def _answer(question: str, given: str | None, understood: Callable[[str], T], *, ask: bool) -> T:
    """What somebody answers, asked again on a terminal until it can be understood.

    Raises:
        click.UsageError: where nobody can be asked again.
    """
    if given is not None or not ask:
        return understood(given or "")
    if sys.stdin.isatty():
        found: T = click.prompt(question, default="", show_default=False, value_proc=understood)
        return found
    # Answers may be piped in, one a line; where they end, the rest is skipped.
    line = sys.stdin.readline().rstrip("\r\n")
    click.echo(f"{question}: {line}")
    return understood(line)


def _line(text: str) -> str:
    from playbook.starters import MAX_TITLE, one_line

    line = one_line(text)
    if len(line) > MAX_TITLE:
        raise click.UsageError(f"an answer of {len(line):,} characters; {MAX_TITLE} is the most")
    return line


def _names(text: str) -> tuple[str, ...]:
    return tuple(_line(part) for part in re.split("[,;]", text))


def _event(text: str) -> tuple[str, dt.date | None]:
    """The title and the day of `Team lunch, 2027-05-14`; no day where none stands at the end."""
    line = _line(text)
    found = _DATED.match(line)
    if found is None:
        return line, None
    return found["title"] or "The next event", parse_day(found["day"], "the event's date")


def _paper(text: str) -> str:
    chosen = _line(text).lower() or "a4"
    if chosen not in {"a4", "letter"}:
        raise click.UsageError(f"paper is a4 or letter, not '{shorten(text, 30)}'")
    return chosen


def _refuse_what_is_there(folder: Path, shown: Path) -> None:
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise Impossible(f"'{shown}' is there and is no folder")
    try:
        names = sorted(path.name for path in folder.iterdir() if path.name != ".git") if folder.is_dir() else []
    except OSError as error:
        raise Impossible(f"'{shown}' cannot be read: {error.strerror}") from None
    if names:
        some = ", ".join(names[:5]) + (" …" if len(names) > 5 else "")  # noqa: PLR2004
        raise Impossible(f"'{shown}' is not empty ({shorten(some, 100)}); name a new folder, nothing was changed")


def _begin_git(folder: Path) -> bool:
    """Make it a git repository; whether it is one now. Committing is the author's own first act."""
    if (folder / ".git").exists():
        return True
    git = shutil.which("git")
    if git is None:
        click.echo("git is not installed; without it there is no history to see progress in.", err=True)
        return False
    own = {key: value for key, value in os.environ.items() if key not in _OTHERS}

    def run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run([git, *arguments], cwd=folder, env=own, capture_output=True, check=False)

    # The author's own name for the first branch, where they have one.
    has_name = run("config", "init.defaultBranch").returncode == 0
    done = run(*(() if has_name else ("-c", "init.defaultBranch=main")), "init", "--quiet")
    if done.returncode:
        reason = shorten(done.stderr.decode(errors="replace"), 200)
        click.echo(f"git could not begin a history here ({reason}); run 'git init' in the folder.", err=True)
    return done.returncode == 0
