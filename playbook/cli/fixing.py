"""What `playbook check --fix` does: writes the id wherever a name stands for one, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.graph.playbook import as_written
from playbook.source.edit import replace_scalars
from playbook.source.writing import write_file

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playbook.cli.context import Context
    from playbook.graph.linking import NameForId
    from playbook.source.document import Document


def write_ids(context: Context, names: Iterable[NameForId]) -> list[str]:
    """Write the ids into the files; what was written, one line each."""
    by_file: dict[str, tuple[Document, dict[tuple[str | int, ...], str]]] = {}
    said = []
    for name in names:
        document = name.entry.document
        if document is None:
            continue
        path = tuple(as_written(name.entry.kind, name.path))
        by_file.setdefault(document.path, (document, {}))[1][path] = name.id
        said.append(f"{name.entry.place_of(name.path)}: wrote '{name.id}'")
    for shown, (document, changes) in by_file.items():
        file = context.root / shown
        content = file.read_bytes()
        # Somebody saved it since it was read: their words come first, the next run mends the rest.
        if content.decode("utf-8-sig") != document.text:
            said = [line for line in said if not line.startswith(f"{shown}:")]
            said.append(f"{shown}: changed meanwhile; nothing was written, run it again")
            continue
        write_file(file, replace_scalars(content, document, changes))
    return said
