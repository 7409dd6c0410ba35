"""What the doctor knows about a playbook's folder and repository before it judges: values, no way to ask for more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from playbook.doctor.settings import Remote
from playbook.doctor.siteconfig import SiteConfig


@dataclass(frozen=True, slots=True)
class LastBackup:
    """When everything was put into a file."""

    when: dt.datetime
    since: int | None
    """How many commits were made after it; None where nobody can tell."""


@dataclass(frozen=True, slots=True)
class Secret:
    """A place where something secret stands; never the secret itself."""

    kind: str
    """`a private key`."""
    path: str
    """Below the top of the working tree."""
    commit: str = ""
    """One that has it, shortened; empty where nobody looked."""
    is_here: bool = False
    """Whether the last commit still has it."""


@dataclass(frozen=True, slots=True)
class Past:
    """What was found in every version of every file."""

    secrets: tuple[Secret, ...] = ()
    built: tuple[str, ...] = ()
    """Paths of built, readable sites that any commit holds."""
    skipped: int = 0
    """How many versions were too large to look into."""
    is_whole: bool = True
    """Whether all the rest was looked into."""


@dataclass(frozen=True, slots=True)
class Facts:
    """A playbook's folder and repository on one day. Paths are below the top of the working tree, with `/`."""

    today: dt.date
    site: SiteConfig
    git: tuple[int, ...] = ()
    """git's version; empty where there is none."""
    trouble: str = ""
    """Why there is no history to look at; empty where there is one."""
    trouble_command: str = ""
    prefix: str = ""
    """The way from the top to the playbook's folder, with `/` at its end; empty at the top."""
    content: str = "content"
    """The content folder, seen from the playbook's folder."""
    raw_in_docs: tuple[str, ...] = ()
    """Files in the folder of pages that MkDocs would copy as they are: data, editors' copies."""
    remotes: tuple[Remote, ...] = ()
    sites: frozenset[str] = frozenset()
    """Remotes that hold branches for publishing and nothing else."""
    commits: int = 0
    only_here: int = 0
    """How many commits no remote is known to have."""
    is_shallow: bool = False
    is_partial: bool = False
    backup: LastBackup | None = None
    tracked: frozenset[str] = frozenset()
    """Every path of the last commit."""
    published: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Branch for publishing (`origin/gh-pages`) → its paths."""
    ignored: frozenset[str] = frozenset()
    """Those of `site_dir` and `.cache` that git leaves out, or that lie elsewhere."""
    present: frozenset[str] = frozenset()
    """Those of `site_dir`, `.cache`, `sealing.yml` and the like that are there, seen from the playbook's folder."""
    modes: Mapping[str, int] = field(default_factory=dict)
    """Permissions of files that others must not read or write, seen from the playbook's folder."""
    past: Past | None = None
    """None where nobody looked."""
    overdue: tuple[str, ...] = ()
    """People whose `review_by` is over."""
