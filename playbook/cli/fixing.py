"""What `playbook check --fix` does: writes the id wherever a name stands for one, and nothing else."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from playbook.cli.context import Impossible
from playbook.cli.writing import write_prepared
from playbook.gestures.preparing import Prepared
from playbook.graph.playbook import as_written
from playbook.problems import Place
from playbook.source.edit import CannotEdit, Put, edit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playbook.cli.context import Context
    from playbook.graph.linking import NameForId
    from playbook.source.document import Document


def write_ids(context: Context, names: Iterable[NameForId]) -> list[str]:
    """Write the ids into the files; what was written, one line each.

    Raises:
        Impossible: where a file cannot be written; all are as they were.
    """
    by_file: dict[str, tuple[Document, list[Put], list[tuple[Place, str]]]] = {}
    for name in names:
        document = name.entry.document
        if document is not None:
            _, changes, said = by_file.setdefault(document.path, (document, [], []))
            path = tuple(as_written(name.entry.kind, name.path))
            # Shorthand: where the value of the main field stands for its entry, the path's last key is that field.
            changes.append(Put(path, name.id, main=str(path[-1])))
            said.append((name.entry.place_of(name.path), name.id))
    lines: list[str] = []
    prepared: list[Prepared] = []
    written: list[str] = []
    for shown, (document, changes, said) in by_file.items():
        file = context.content / shown.removeprefix(f"{context.content_name}/")
        try:
            content = file.read_bytes()
            # Somebody saved it since it was read: their words come first, the next run mends the rest.
            if content.removeprefix(codecs.BOM_UTF8) != document.text.encode():
                lines.append(f"{shown}: changed meanwhile; nothing was written, run it again")
                continue
            prepared.append(Prepared(shown, content, edit(content, document, changes), ()))
        except CannotEdit as refused:
            lines.append(f"{refused}; nothing was written")
            continue
        except OSError as error:
            raise Impossible(f"{shown} cannot be read: {error.strerror}; nothing was written") from None
        written += [f"{place}: wrote '{identifier}'" for place, identifier in sorted(said)]
    if prepared:
        write_prepared(context, prepared, f"Ids for names: {', '.join(one.path for one in prepared)}")
    return lines + written
