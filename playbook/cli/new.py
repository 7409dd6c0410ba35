"""`playbook new`: writes a commented starter, never over anything."""

from __future__ import annotations

from pathlib import Path

import click

from playbook.cli.context import Options
from playbook.problems import suggest


@click.command("new")
@click.argument("what")
@click.argument("title")
@click.option("--id", "identifier", metavar="ID", help="The file's name; made from the title unless said.")
@click.pass_obj
def new_command(options: Options, what: str, title: str, identifier: str | None) -> int:
    r"""Write a commented starter file for a new WHAT called TITLE.

    WHAT is goal, person, event, organization or outreach. Nothing is ever overwritten.

    \b
    Examples:
      playbook new goal "Be promoted to staff engineer"
      playbook new person "Radia Perlman"
      playbook new person "王小明" --id wang-xiaoming
    """
    from playbook.source.files import id_problem, slug
    from playbook.source.writing import create_file
    from playbook.starters import STARTERS, starter

    plural = {kind: noun for noun, kind in STARTERS.items()}
    noun = plural.get(what, what)
    if noun not in STARTERS:
        hint = suggest(what, (*STARTERS, *plural)) or f"It can be {', '.join(STARTERS)}."
        raise click.UsageError(f"a playbook has no '{what}'. {hint}")
    if not title.strip():
        raise click.UsageError("the title is empty")
    context = options.context
    made = identifier or slug(title)
    if not made:
        raise click.UsageError(f"no file name can be made from '{title}'; choose one with --id, such as --id my-{noun}")
    if reason := id_problem(made):
        raise click.UsageError(
            f"--id: '{made}' {reason}. {f'Write {better}.' if (better := slug(made)) else ''}".rstrip()
        )
    kind = STARTERS[noun]
    path = context.content / kind / f"{made}.yml"
    shown = f"{context.content_name}/{kind}/{made}.yml"
    schema = f"../../.schemas/{kind}.schema.json" if (context.root / ".schemas").is_dir() else ""
    text = starter(noun, title, context.today, schema=schema)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        create_file(path, text.encode())
    except FileExistsError:
        raise click.UsageError(f"{shown} is there already; it was not touched. Choose another name with --id") from None
    except OSError as error:
        raise click.ClickException(f"{shown} cannot be written: {error.strerror}") from None
    click.echo(_shown_from_here(path))
    return 0


def _shown_from_here(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
