"""Checks whether what was written would survive the loss of this machine."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.doctor.facts import Facts
from playbook.doctor.findings import Finding, count, notice, warning

OLDEST_GIT = (2, 38)
"""Before it git takes files of a folder for a repository of their own (`safe.bareRepository`)."""
LONG_AGO = 30
"""Days after which a backup that lacks commits is worth more than a notice."""
FILE = "../playbook.backup"
_SHOWN = 5
_NEW_REPOSITORY = "gh repo create --private --source . --push"


def check_git(facts: Facts) -> Iterator[Finding]:
    """Whether git is there, and young enough."""
    if not facts.git:
        yield warning("no-git", "git is not installed; without it there is no history, no backup and no publishing.")
    elif facts.git < OLDEST_GIT:
        version = ".".join(map(str, facts.git))
        yield warning(
            "old-git",
            f"git {version} is too old to read foreign repositories without danger; "
            f"{'.'.join(map(str, OLDEST_GIT))} or newer is not.",
        )


def check_repository(facts: Facts) -> Iterator[Finding]:
    """Whether there is a history at all."""
    if facts.git and facts.trouble:
        fixes = (facts.trouble_command,) if facts.trouble_command else ()
        yield warning("no-history", facts.trouble, *fixes)


def check_remote(facts: Facts) -> Iterator[Finding]:
    """Whether commits are anywhere else."""
    if facts.trouble:
        return
    if not facts.remotes:
        yield warning(
            "no-remote",
            f"There is no remote: {_all(facts.commits)} on this machine alone.",
            f"{_NEW_REPOSITORY}   # or: git remote add origin URL && git push --set-upstream origin HEAD",
        )
    elif facts.only_here:
        yield warning(
            "only-here",
            f"{count(facts.only_here, 'commit')} only here: no remote is known to have "
            f"{'it' if facts.only_here == 1 else 'them'}.",
            "git push --all",
        )


def check_backup(facts: Facts) -> Iterator[Finding]:
    """When everything was last put into a file."""
    if facts.trouble:
        return
    command = f"playbook backup {FILE}   # then move it off this machine"
    if facts.backup is None:
        say = notice if facts.remotes else warning
        yield say("no-backup", "There was never a backup, as far as this repository remembers.", command)
        return
    day = facts.backup.when.date()
    since = facts.backup.since
    if since is None:
        yield warning("last-backup", f"The last backup is of {day}; what came since cannot be told.", command)
        return
    said = f"The last backup is of {day}, {count(since, 'commit')} ago." if since else f"The last backup is of {day}."
    is_old = since and (facts.today - day).days > LONG_AGO
    yield (warning if is_old else notice)("last-backup", said, *((command,) if since else ()))


def check_clone(facts: Facts) -> Iterator[Finding]:
    """Whether all of the history is on this machine."""
    if facts.is_shallow:
        yield warning(
            "shallow",
            "This clone is shallow: the history begins in its middle, nothing can be published from it, and it is no "
            "backup of anything.",
            "git fetch --unshallow",
        )
    if facts.is_partial:
        yield warning(
            "partial",
            "This clone is partial: versions of files were left out and would be fetched when somebody asks.",
            "git config --unset-all remote.origin.partialclonefilter && git fetch --refetch",
        )


def check_whole(facts: Facts) -> Iterator[Finding]:
    """Whether a clone would be a playbook: `playbook commit` takes the content alone."""
    if "mkdocs.yml" in facts.present and not facts.trouble and f"{facts.prefix}mkdocs.yml" not in facts.tracked:
        yield warning(
            "mkdocs-not-committed",
            "mkdocs.yml is not committed: a clone of this repository would be no playbook.",
            "git add -A && git commit -m 'Keep the whole playbook'",
        )


def check_sealing(facts: Facts) -> Iterator[Finding]:
    """Whether what lets the owner publish again is kept."""
    path = f"{facts.prefix}sealing.yml"
    if "sealing.yml" in facts.present and not facts.trouble and path not in facts.tracked:
        yield warning(
            "sealing-not-committed",
            "sealing.yml is not committed: without it every recipient needs a new passphrase.",
            "git add sealing.yml && git commit -m 'Keep sealing.yml' -- sealing.yml",
        )


def check_overdue(facts: Facts) -> Iterator[Finding]:
    """Other people's data that should have been looked through by now."""
    if facts.overdue:
        people = ", ".join(facts.overdue[:_SHOWN]) + (" and others" if len(facts.overdue) > _SHOWN else "")
        yield notice(
            "review-overdue",
            f"What you keep about {people} was to be looked through by now (review_by).",
            "playbook check   # says which files; playbook forget takes somebody out of all of them",
        )


CHECKS = (
    check_git,
    check_repository,
    check_remote,
    check_backup,
    check_clone,
    check_whole,
    check_sealing,
    check_overdue,
)


def _all(commits: int) -> str:
    return "the only commit is" if commits == 1 else f"all {commits} commits are"
