"""Looks into every version of every file that a repository holds: for secrets, and for sites that anybody can read."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from playbook.doctor.facts import Past, Secret
from playbook.doctor.secrets import built_sites, find_keys, secret_name
from playbook.history.blobs import read_blobs
from playbook.history.git import GitFailed, GitStream, read_git
from playbook.history.repository import Repository

LARGEST = 4 << 20
"""A version larger than this is counted and not read."""
MOST = 1 << 30
"""Bytes that are read at most, the newest first."""
_AT_ONCE = 200
_MOST_NAMED = 50
_SHORT = 7


def look_into(repository: Repository, progress: Callable[[int, int | None], None] | None = None) -> Past | None:
    """What was found in all refs; None where the objects cannot be listed (a damaged or partial clone).

    Args:
        repository: whose history; nothing is fetched.
        progress: told how many versions were read, of how many.
    """
    try:
        named = dict(_named(repository))
        sizes = dict(_sizes(repository, list(named)))
        chosen, is_whole = _chosen(sizes)
        found: dict[tuple[str, str], str] = {}
        for blob, path in named.items():
            if blob in sizes and (kind := secret_name(path)):
                found.setdefault((kind, path), blob)
        for done, (blob, content) in enumerate(read_blobs(repository, chosen), start=1):
            for kind in find_keys(content):
                found.setdefault((kind, named[blob]), blob)
            if progress is not None:
                progress(done, len(chosen))
        here = _here(repository)
    except GitFailed:
        return None
    secrets = [
        Secret(kind, path, _commit_of(repository, blob) if number < _MOST_NAMED else "", blob in here)
        for number, ((kind, path), blob) in enumerate(sorted(found.items()))
    ]
    return Past(
        tuple(secrets),
        built_sites(path for blob, path in named.items() if blob in sizes),
        sum(size > LARGEST for size in sizes.values()),
        is_whole,
    )


def _named(repository: Repository) -> Iterator[tuple[str, str]]:
    """(object, a path it had) of what has a path, the newest first."""
    rest = b""
    with GitStream(repository.content, "rev-list", ("--objects", "--all", "HEAD", "--")) as stream:
        while data := stream.read():
            *lines, rest = (rest + data).split(b"\n")
            for line in lines:
                name, space, path = line.partition(b" ")
                if space and path:
                    yield name.decode("ascii"), path.decode("utf-8", "surrogateescape")


def _sizes(repository: Repository, objects: list[str]) -> Iterator[tuple[str, int]]:
    """(blob, its size) of those objects that are blobs, in their order."""
    # As many questions as a pipe holds, then their answers: neither side waits for the other for ever.
    arguments = ("--batch-check=%(objecttype) %(objectsize)",)
    with GitStream(repository.content, "cat-file", arguments, is_fed=True) as stream:
        rest = b""
        for start in range(0, len(objects), _AT_ONCE):
            asked = objects[start : start + _AT_ONCE]
            stream.write("\n".join(asked).encode() + b"\n")
            lines: list[bytes] = []
            while len(lines) < len(asked):
                data = stream.read()
                if not data:
                    raise GitFailed("git cat-file ended before it had answered")
                *more, rest = (rest + data).split(b"\n")
                lines += more
            for name, line in zip(asked, lines, strict=True):
                kind, _, size = line.partition(b" ")
                if kind == b"blob":
                    yield name, int(size)


def _chosen(sizes: dict[str, int]) -> tuple[list[str], bool]:
    """The blobs to read, and whether that is all that are not too large."""
    chosen: list[str] = []
    total = 0
    for blob, size in sizes.items():
        if size > LARGEST:
            continue
        total += size
        if total > MOST:
            return chosen, False
        chosen.append(blob)
    return chosen, True


def _here(repository: Repository) -> frozenset[str]:
    listed = read_git(repository.content, "ls-tree", "-r", "-z", "--full-tree", "HEAD")
    return frozenset(line.split(b"\t")[0].split()[2].decode() for line in listed.split(b"\0") if line)


def _commit_of(repository: Repository, blob: str) -> str:
    """The oldest commit that brought it, shortened; empty where git does not say."""
    arguments = ("--all", "--no-ext-diff", "--no-textconv", "--no-renames", "-m", f"--find-object={blob}")
    try:
        listed = read_git(repository.content, "log", *arguments, "--format=%H", "--")
    except GitFailed:
        return ""
    commits = listed.decode().split()
    return commits[-1][:_SHORT] if commits else ""
