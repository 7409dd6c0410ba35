"""`playbook init`: a playbook of one's own, from five answers; all of it or nothing."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from playbook import __version__
from playbook.cli.context import Options, parse_day

if TYPE_CHECKING:
    from playbook.beginning import Answers

_DATED = re.compile(r"(?P<title>.*?)\s*(?:@|,|\bon\b)\s*(?P<day>\d{4}-\d\d-\d\d)\s*\Z", re.DOTALL)


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Ask nothing.")
@click.option("--name", help="Your name.")
@click.option("--goal", help="One goal.")
@click.option("--person", "people", multiple=True, help="Somebody who matters; may be given several times.")
@click.option("--event", help="The next event, such as 'Team lunch, 2027-05-14'.")
@click.option("--paper", type=click.Choice(["a4", "letter"]), help="The paper you print on.")
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

    Asks five questions, each skipped with Enter: your name, one goal, three people, the next event, your paper. DIR
    must be empty or not there yet; nothing is ever overwritten.
    """
    from playbook.beginning import first_files
    from playbook.zones import today_in

    _refuse_what_is_there(folder)
    zone = machine_timezone()
    today = parse_day(options.today, "--today") if options.today else today_in(zone)
    answers = _ask(yes, name, goal, people, event, paper, zone)
    files = first_files(answers, today, __version__)
    _write(folder, files)
    started = _begin_git(folder)
    click.echo(f"Your playbook is in {folder} ({sum(path.startswith('content/') for path in files)} files to fill).")
    click.echo("")
    click.echo(f"  cd {folder}")
    click.echo("  playbook serve       read what to do this week")
    click.echo("  playbook check       before each commit")
    if started:
        click.echo('  git add -A && git commit -m "Begin"')
    click.echo("")
    click.echo("Keep the repository private: it will hold notes about people.")
    return 0


def machine_timezone() -> str:
    """The IANA name of this machine's time zone, or nothing where it does not say."""
    import os

    from playbook.zones import zone_exists

    told = os.environ.get("TZ", "").removeprefix(":")
    if told and zone_exists(told):
        return told
    try:
        link = str(Path("/etc/localtime").readlink())
    except OSError:
        link = ""
    name = link.partition("zoneinfo/")[2]
    return name if name and zone_exists(name) and name not in {"UTC", "Etc/UTC"} else ""


def _ask(
    yes: bool,
    name: str | None,
    goal: str | None,
    people: tuple[str, ...],
    event: str | None,
    paper: str | None,
    zone: str,
) -> Answers:
    from playbook.beginning import Answers

    if not yes:
        name = _question("Your name", name)
        goal = _question("One goal, in a line", goal)
        if not people:
            given = _question("Three people who matter for it (with commas between)", None)
            people = tuple(part.strip() for part in (given or "").split(",") if part.strip())
        event = _question("The next event, and its date (Team lunch, 2027-05-14)", event)
        paper = _question("Paper, a4 or letter", paper)
    found = _DATED.match(event or "")
    on: dt.date | None = parse_day(found["day"], "the event's date") if found else None
    chosen = (paper or "a4").strip().lower()
    if chosen not in {"a4", "letter"}:
        raise click.UsageError(f"paper is a4 or letter, not '{paper}'")
    return Answers(
        name=(name or "").strip(),
        goal=(goal or "").strip(),
        people=people,
        event=(found["title"] if found else event or "").strip(),
        event_on=on,
        paper=chosen,
        timezone=zone,
    )


def _question(text: str, answer: str | None) -> str | None:
    if answer is not None:
        return answer
    if not sys.stdin.isatty():
        # Answers may be piped in, one a line; where they end, the rest is skipped.
        click.echo(f"{text}: ", nl=False)
        line = sys.stdin.readline()
        click.echo(line.rstrip("\n"))
        return line.strip()
    return str(click.prompt(text, default="", show_default=False))


def _refuse_what_is_there(folder: Path) -> None:
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise click.UsageError(f"'{folder}' is there and is no folder")
    if folder.is_dir() and (names := sorted(path.name for path in folder.iterdir() if path.name != ".git")):
        shown = ", ".join(names[:5]) + (" …" if len(names) > 5 else "")  # noqa: PLR2004
        raise click.UsageError(f"'{folder}' is not empty ({shown}); name a new folder, nothing was changed")


def _write(folder: Path, files: dict[str, str]) -> None:
    """Write all files beside the place and move them there together."""
    target = folder.absolute()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as error:
        raise click.ClickException(f"'{folder}' cannot be made: {error.strerror}") from None
    try:
        beside.chmod(0o755)
        for path, text in files.items():
            file = beside / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        if target.is_dir():
            for child in sorted(beside.iterdir()):
                child.rename(target / child.name)
        else:
            beside.rename(target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _begin_git(folder: Path) -> bool:
    """Make it a git repository; whether it is one now. Committing is the author's own first act."""
    if (folder / ".git").exists():
        return True
    git = shutil.which("git")
    if git is None:
        click.echo("git is not installed; without it there is no history to see progress in.", err=True)
        return False
    done = subprocess.run([git, "init", "-q", "-b", "main"], cwd=folder, capture_output=True, check=False)
    return done.returncode == 0
