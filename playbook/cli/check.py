"""`playbook check`: says what is wrong, with file, line and column."""

from __future__ import annotations

import json

import click

from playbook.cli.context import Options
from playbook.cli.terminal import print_problems
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
    """
    context = options.context
    loaded = context.load()
    if fix and loaded.names:
        from playbook.cli.fixing import write_ids

        for line in write_ids(context, loaded.names):
            click.echo(line)
        loaded = context.load()
    problems = loaded.problems
    if as_json or form == "json":
        click.echo(json.dumps([problem.as_json() for problem in problems], ensure_ascii=False, indent=2))
    elif form == "github":
        for problem in problems:
            click.echo(problem.as_github())
    else:
        print_problems(problems)
        files = sum(1 for _ in loaded.playbook.entries())
        click.echo(f"{context.content_name}: {files} records, {count_words(problems) or 'no problems'}")
    return 1 if any(problem.severity.fails for problem in problems) else 0
