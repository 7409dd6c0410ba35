"""Reads the texts that commits brought: each becomes a version of its file, with items in place of bytes."""

from __future__ import annotations

from collections.abc import Generator

from playbook.history.commits import Commit
from playbook.history.segments import ChecklistReader
from playbook.history.states import Version, made_version
from playbook.history.walking import Told

Read = Generator[tuple[Commit, list[Version]], None, None]
"""Commits, oldest first, each with what it made of its files."""


def read_versions(told: Told, reader: ChecklistReader) -> Read:
    """The commits as they are told, with versions that `reader` has read."""
    for commit, texts in told:
        in_order = iter(texts)
        versions = []
        for path, blob in commit.changes:
            if blob:
                items = reader.read(next(in_order), path)
                versions.append(made_version((path, items, True, reader.since)))
            else:
                reader.forget_file(path)
                versions.append(made_version((path, [], False, None)))
        yield commit, versions
