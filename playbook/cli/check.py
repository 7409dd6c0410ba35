"""`playbook check`: says what is wrong, with file, line and column."""

from __future__ import annotations

import click

from playbook.cli.context import Options
from playbook.cli.terminal import print_json, print_problems
from playbook.problems import count_words


@click.command("check")
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", help="How to print.")
@click.option("--json", "as_json", is_flag=True, help="Short for --format json: a list of problems, for programs.")
@click.option("--fix", is_flag=True, help="Write the id wherever a name stands for one; nothing else changes.")
@click.pass_obj
def check_command(options: Options, form: str, as_json: bool, fix: bool) -> int:
    """Say what is wrong in the playbook, one line for each mistake.

    Exits 1 if anything is wrong. What is true only because of the day (a promise that waits) is a notice and never
    counts.

    The keys in JSON are path, line, column, severity, code, message and hint; with nothing wrong the list is empty.
    """
    if fix:
        options.refuse_as_of("playbook check --fix")
    context = options.context
    loaded = context.load()
    form = "json" if as_json else form
    if fix and loaded.names:
        from playbook.cli.fixing import write_ids

        for line in write_ids(context, loaded.names):
            click.echo(line, err=form != "text")
        loaded = context.load()
    problems = loaded.problems
    if form == "json":
        print_json([problem.as_json() for problem in problems])
    elif form == "github":
        for problem in problems:
            click.echo(problem.as_github())
    else:
        print_problems(problems)
        number = sum(1 for _ in loaded.playbook.entries())
        records = "1 record" if number == 1 else f"{number} records"
        click.echo(f"{context.shown_content}: {records}, {count_words(problems) or 'no problems'}")
    return 1 if any(problem.severity.fails for problem in problems) else 0
