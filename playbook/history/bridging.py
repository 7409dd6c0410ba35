"""Goes on from a remembered commit although a shallow clone has cut the chain right behind it.

Continuous integration clones one commit and restores the cache of the run before: the commit itself still names its
parent, and if that is the remembered tip, what lies between the two is known after all.
"""

from __future__ import annotations

from playbook.history.commits import FileChange
from playbook.history.git import read_git
from playbook.history.ledger import Ledger
from playbook.history.repository import Repository
from playbook.history.walking import Newer


def bridge(found: Newer, ledger: Ledger, repository: Repository) -> bool:
    """Whether what was found ends right behind the ledger's tip; if so, its oldest commit is made a step from there.

    git shows the first commit of a shallow clone as if it had made every file; against the ledger only the files that
    differ are its doing.
    """
    if found.last not in repository.boundary or _first_parent(repository, found.last) != ledger.tip:
        return False
    if not found.commits or found.commits[-1].id != found.last:
        return not ledger.blobs  # no content folder in it: only right where there was none before
    whole = found.commits.pop()
    now = {change.path: change.blob for change in whole.changes}
    changes = [
        FileChange(path, now.get(path, ""))
        for path in sorted(now.keys() | ledger.blobs.keys(), key=_as_bytes)
        if now.get(path, "") != ledger.blobs.get(path, "")
    ]
    if changes:
        found.commits.append(whole._replace(changes=changes))
    return True


def _first_parent(repository: Repository, commit: str) -> str:
    for line in read_git(repository.content, "cat-file", "commit", commit).splitlines():
        if not line:
            break
        if line.startswith(b"parent "):
            return line[7:].decode()
    return ""


def _as_bytes(path: str) -> bytes:
    return path.encode("utf-8", "surrogateescape")
