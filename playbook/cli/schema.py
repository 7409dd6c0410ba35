"""`playbook schema`: prints or writes the JSON Schemas, and the documentation that is made from the records."""

from __future__ import annotations

from pathlib import Path

import click

from playbook.cli.context import Impossible, Options
from playbook.problems import shorten, suggest


@click.command("schema")
@click.argument("kind", required=False)
@click.option("--out", metavar="DIR", type=click.Path(path_type=Path), help="Write every schema into DIR.")
@click.option(
    "--write-docs",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Write fields.md, commands.md and schemas/.",
    hidden=True,
)
@click.pass_obj
def schema_command(options: Options, kind: str | None, out: Path | None, write_docs: Path | None) -> int:
    """Print the JSON Schema of one KIND: me, goals, people, organizations, events, outreach, journal or plays.

    Editors complete and check by it. A new playbook has them in .schemas; after an update of this program, write them
    again.

    \b
    Examples:
      playbook schema people
      playbook schema --out .schemas
    \b
    On top of a file in content/people, for the YAML extension of VS Code and others:
      # yaml-language-server: $schema=../../.schemas/people.schema.json
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.cli.listing import SINGULAR
    from playbook.schema import kinds, schema_text

    if write_docs is not None:
        made = documents()
        _write(options.under(write_docs), made)
        click.echo(f"wrote {len(made)} files in {write_docs}")
        return 0
    if out is not None:
        _write(options.under(out), {f"{name}.schema.json": schema_text(name) for name in kinds()})
        click.echo(f"wrote {len(kinds())} schemas in {out}")
        return 0
    if kind is None:
        raise click.UsageError(f"which kind? One of {', '.join(kinds())}; or --out DIR for all")
    wanted = SINGULAR.get(kind, kind)
    if wanted not in kinds():
        hint = suggest(kind, (*kinds(), *SINGULAR)) or f"The kinds are {', '.join(kinds())}."
        raise click.UsageError(f"no kind of file is called '{shorten(kind, 40)}'. {hint}")
    click.echo(schema_text(wanted), nl=False)
    return 0


def documents() -> dict[str, str]:
    """Everything below `docs/` that is made from the program itself: path → text."""
    from playbook.cli.manual import command_reference
    from playbook.reference import field_reference
    from playbook.render.scripts.reference import script_reference
    from playbook.schema import kinds, schema_text

    schemas = {f"schemas/{name}.schema.json": schema_text(name) for name in kinds()}
    fields = f"{field_reference()}\n{script_reference()}"
    return {"fields.md": fields, "commands.md": command_reference(), **schemas}


def _write(folder: Path, files: dict[str, str]) -> None:
    from playbook.source.writing import write_file

    for name, text in files.items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_file(path, text.encode())
        except OSError as error:
            raise Impossible(f"'{path}' cannot be written: {error.strerror}") from None
