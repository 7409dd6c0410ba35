"""What `playbook check --fix` does: writes the id wherever a name stands for one, and nothing else."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from playbook.cli.context import Impossible
from playbook.graph.playbook import as_written
from playbook.problems import Place
from playbook.source.edit import replace_scalars
from playbook.source.writing import write_file

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playbook.cli.context import Context
    from playbook.graph.linking import NameForId
    from playbook.source.document import Document


def write_ids(context: Context, names: Iterable[NameForId]) -> list[str]:
    """Write the ids into the files; what was written, one line each.

    Raises:
        Impossible: where a file cannot be written; it is as it was.
    """
    by_file: dict[str, tuple[Document, dict[tuple[str | int, ...], str], list[tuple[Place, str]]]] = {}
    for name in names:
        document = name.entry.document
        if document is not None:
            _, changes, said = by_file.setdefault(document.path, (document, {}, []))
            changes[tuple(as_written(name.entry.kind, name.path))] = name.id
            said.append((name.entry.place_of(name.path), name.id))
    lines = []
    for shown, (document, changes, said) in by_file.items():
        file = context.content / shown.removeprefix(f"{context.content_name}/")
        try:
            content = file.read_bytes()
            # Somebody saved it since it was read: their words come first, the next run mends the rest.
            if content.removeprefix(codecs.BOM_UTF8) != document.text.encode():
                lines.append(f"{shown}: changed meanwhile; nothing was written, run it again")
                continue
            write_file(file, replace_scalars(content, document, changes))
        except OSError as error:
            raise Impossible(f"{shown} cannot be written: {error.strerror}; it is as it was") from None
        lines += [f"{place}: wrote '{identifier}'" for place, identifier in sorted(said)]
    return lines
