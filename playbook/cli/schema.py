"""`playbook schema`: prints or writes the JSON Schemas, and the documentation that is made from the records."""

from __future__ import annotations

import json
from pathlib import Path

import click

from playbook.problems import suggest


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
def schema_command(kind: str | None, out: Path | None, write_docs: Path | None) -> int:
    r"""Print the JSON Schema of one KIND: me, goals, people, organizations, events, outreach, journal or plays.

    \b
    Editors complete and check by it. With --out .schemas, put this line on top of a file:
      # yaml-language-server: $schema=../../.schemas/people.schema.json
    """
    from playbook.schema import kinds

    if write_docs is not None:
        for path, text in documents().items():
            _write(write_docs / path, text)
        click.echo(f"wrote {len(documents())} files in {write_docs}")
        return 0
    if out is not None:
        for name in kinds():
            _write(out / f"{name}.schema.json", schema_text(name))
        click.echo(f"wrote {len(kinds())} schemas in {out}")
        return 0
    if kind is None:
        raise click.UsageError(f"which kind? One of {', '.join(kinds())}; or --out DIR for all")
    if kind not in kinds():
        raise click.UsageError(f"no kind of file is called '{kind}'. {suggest(kind, kinds())}".rstrip())
    click.echo(schema_text(kind), nl=False)
    return 0


def schema_text(kind: str) -> str:
    """One schema as it is written to a file."""
    from playbook.schema import schema_of

    return json.dumps(schema_of(kind), indent=2, ensure_ascii=False) + "\n"


def documents() -> dict[str, str]:
    """Everything below `docs/` that is made from the program itself: path → text."""
    from playbook.cli.manual import command_reference
    from playbook.reference import field_reference
    from playbook.schema import kinds

    schemas = {f"schemas/{name}.schema.json": schema_text(name) for name in kinds()}
    return {"fields.md": field_reference(), "commands.md": command_reference(), **schemas}


def _write(path: Path, text: str) -> None:
    from playbook.source.writing import write_file

    path.parent.mkdir(parents=True, exist_ok=True)
    write_file(path, text.encode())
