"""Checks whether a secret is where it must not be: in the history, in a tracked file, in a readable one."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from playbook.doctor.facts import Facts, Secret
from playbook.doctor.findings import Finding, count, error, notice, some, warning
from playbook.doctor.secrets import secret_name

_SHOWN = 5
_ROTATE = "# first make it worthless where it is used: a new key, a new token, playbook recipients rotate"


def check_history(facts: Facts) -> Iterator[Finding]:
    """Whether a secret is in any version of any file."""
    past = facts.past
    if past is None:
        return
    by_name = [secret for secret in past.secrets if secret_name(secret.path) == secret.kind]
    by_text = [secret for secret in past.secrets if secret not in by_name]
    for found in (by_text, by_name):
        if found:
            yield _found(found, is_whole_file=found is by_name)
    if past.skipped:
        versions = count(past.skipped, "version")
        yield notice("too-large", f"{versions} of files were too large to look into for secrets.")
    if not past.is_whole:
        yield notice(
            "not-all-read", "There is more history than is read in one go; the newest gigabyte was looked into."
        )


def check_tracked_names(facts: Facts) -> Iterator[Finding]:
    """Whether a file that holds a secret is in git, where nobody looked into the history."""
    if facts.past is not None:
        return
    found = [Secret(kind, path, is_here=True) for path in facts.tracked if (kind := secret_name(path))]
    if found:
        yield _found(found, is_whole_file=True)


def check_permissions(facts: Facts) -> Iterator[Finding]:
    """Whether other users of this machine can read a passphrase, or put themselves among the recipients."""
    for name, mode in sorted(facts.modes.items()):
        if name == "sealing.yml":
            if mode & 0o022:
                yield warning(
                    "sealing-writable",
                    "sealing.yml may be written by other users of this machine.",
                    "chmod go-w sealing.yml",
                )
        elif mode & 0o077:
            yield error(
                "passphrase-readable",
                f"{some([name])} may be read by other users of this machine.",
                f"chmod 600 -- {shlex.quote(name)}",
            )


CHECKS = (check_history, check_tracked_names, check_permissions)


def _found(secrets: list[Secret], *, is_whole_file: bool) -> Finding:
    paths = sorted({secret.path for secret in secrets})
    listed = [
        f"{one.kind} in {some([one.path])}" + (f" (commit {one.commit})" if one.commit else "") for one in secrets
    ]
    places = "; ".join(listed[:_SHOWN]) + (f"; and {len(listed) - _SHOWN} more" if len(listed) > _SHOWN else "")
    fixes = [_ROTATE]
    here = sorted({secret.path for secret in secrets if secret.is_here})
    if is_whole_file:
        if here:
            fixes.append(f"git rm --cached -- {' '.join(map(shlex.quote, here))}   # and a line in .gitignore")
        chosen = " ".join(f"--path {shlex.quote(path)}" for path in paths)
        fixes.append(f"git filter-repo --invert-paths {chosen}   # takes it out of every commit")
    else:
        fixes.append("git filter-repo --replace-text FILE   # FILE outside the repository, each secret on a line")
    fixes.append("git push --force --all   # and a host may keep old commits until you ask it not to")
    where = "the history" if len(here) < len(paths) else "git"
    return error("secret-in-history", f"In {where}: {places}.", *fixes)
