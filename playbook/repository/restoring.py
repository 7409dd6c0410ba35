"""Makes a repository out of what another one was taken apart into, in a new folder, and compares the two.

No hook, no setting and no address of the old one comes along.
"""

from __future__ import annotations

import os
import secrets
import shutil
from pathlib import Path, PurePosixPath

from playbook.history.git import GitFailed
from playbook.repository.bundling import count_objects, list_refs, run
from playbook.repository.everything import LINK, PROGRAM, Everything, Loose

_STASH = "refs/stash"


class NotTheSame(Exception):  # noqa: N818  (it names what was found)
    """What was restored is not what was put in; it was taken away again."""


def restore(everything: Everything, folder: Path) -> None:
    """The repository, in a folder that is new or empty: whole and compared, or not there at all.

    Raises:
        FileExistsError: where something is in the folder.
        GitFailed: where git refuses what is in the bundle.
        NotTheSame: where a ref, an object or a file is not as it was.
        OSError: where it cannot be written.
    """
    refuse_taken(folder)
    folder = folder.absolute()
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = folder.parent / f".playbook-{secrets.token_hex(8)}"
    beside.mkdir(mode=0o700)
    try:
        _make(everything, beside)
        _compare(everything, beside)
        if folder.exists():
            folder.rmdir()
        beside.rename(folder)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise


def refuse_taken(folder: Path) -> None:
    """Nothing, where a folder is new or empty.

    Raises:
        FileExistsError: where it is not, or is none.
    """
    if os.path.lexists(folder) and (folder.is_symlink() or not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(f"'{folder.name or folder}' is there already, and not an empty folder")


def _make(everything: Everything, folder: Path) -> None:
    run(folder, "init", "--quiet", "--template=", f"--object-format={everything.algorithm}")
    bundle = folder / ".git" / "everything.bundle"
    bundle.write_bytes(everything.bundle)
    try:
        run(folder, "bundle", "unbundle", str(bundle))
    finally:
        bundle.unlink()
    plain = {name: found for name, found in everything.refs.items() if name != _STASH or not everything.stashes}
    if plain:
        lines = "".join(f"create {name}\0{found}\0" for name, found in sorted(plain.items()))
        run(folder, "update-ref", "-z", "--stdin", stdin=lines.encode("utf-8", "surrogateescape"))
    for found, said in reversed(everything.stashes):
        run(folder, "update-ref", "--create-reflog", "-m", said or "stash", _STASH, found)
    for name, target in everything.symbolic.items():
        run(folder, "symbolic-ref", name, target)
    if everything.head.startswith("refs/"):
        run(folder, "symbolic-ref", "HEAD", everything.head)
    else:
        run(folder, "update-ref", "--no-deref", "HEAD", everything.head)
    run(folder, "reset", "--quiet", "--hard")
    for path in everything.removed:
        file = _safe(folder, path)
        if os.path.lexists(file) and (file.is_symlink() or not file.is_dir()):
            file.unlink()
    for loose in everything.loose:
        _put(folder, loose)


def _put(folder: Path, loose: Loose) -> None:
    file = _safe(folder, loose.path)
    if file.is_dir() and not file.is_symlink():
        # A file stands where the last commit has a folder; what was in that is among the removed.
        shutil.rmtree(file)
    elif os.path.lexists(file):
        file.unlink()
    file.parent.mkdir(parents=True, exist_ok=True)
    if loose.mode == LINK:
        file.symlink_to(os.fsdecode(loose.content))
        return
    with file.open("xb") as stream:
        stream.write(loose.content)
    if loose.mode == PROGRAM:
        file.chmod(file.stat().st_mode | 0o111)


def _safe(folder: Path, path: str) -> Path:
    """Where a file goes; a link or a file on the way to it gives way to a folder, so that nothing leads out."""
    at = folder
    parts = PurePosixPath(path).parts
    for part in parts[:-1]:
        at /= part
        if os.path.lexists(at) and (at.is_symlink() or not at.is_dir()):
            at.unlink()
    return at / parts[-1]


def _compare(everything: Everything, folder: Path) -> None:
    refs, symbolic = list_refs(folder)
    if refs != dict(everything.refs) or symbolic != dict(everything.symbolic):
        raise NotTheSame("a branch or a tag is not where it was")
    try:
        head = run(folder, "rev-parse", "--symbolic-full-name", "HEAD").decode("utf-8", "surrogateescape").strip()
        if not head.startswith("refs/"):
            head = run(folder, "rev-parse", "HEAD").decode().strip()
        objects = count_objects(folder, everything.tips)
    except GitFailed as error:
        raise NotTheSame(f"an object is missing ({str(error).splitlines()[0]})") from None
    if head != everything.head:
        raise NotTheSame("another branch is checked out")
    if objects != everything.objects:
        raise NotTheSame(f"{objects.count} objects were restored, and {everything.objects.count} were put in")
    for loose in everything.loose:
        file = folder / loose.path
        content = os.fsencode(os.readlink(file)) if loose.mode == LINK else file.read_bytes()  # noqa: PTH115
        if content != loose.content:
            raise NotTheSame(f"{loose.path} is not as it was")
