"""In a hostile repository doctor, backup and restore start nothing; what each trap would have started is shown."""

from __future__ import annotations

import datetime as dt

import pytest

from playbook.doctor import diagnose
from playbook.doctor.gathering import gather, git_starts
from playbook.doctor.past import look_into
from playbook.doctor.siteconfig import SiteConfig
from playbook.doctor.untrusted import check_untrusted
from playbook.history.git import GitFailed
from playbook.history.repository import Repository, find_repository
from playbook.repository.bundling import CannotBundle, take_everything
from playbook.repository.restoring import restore
from tests.history.traps import TRAPS, Canary, hostile

NAMED = {
    "fsmonitor", "external diff", "diff driver", "textconv", "clean filter", "smudge filter", "process filter", "gpg",
    "hooksPath", "ssh", "alternate refs", "pager", "pager of log", "credentials", "askpass", "editor", "include",
    "includeIf", "promisor program", "marked promisor program", "upload program", "committed attributes",
}  # fmt: skip
HOOKS = {"post-index-change", "post-checkout", "reference-transaction", "pre-commit"}


@pytest.mark.slow
@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.name)
def test_looking_and_backing_up_start_nothing(tmp_path, trap):
    canary = Canary(tmp_path / "canary")
    repo = hostile(tmp_path / "mine")
    trap.set(repo, canary)
    canary.mark.unlink(missing_ok=True)
    found = find_repository(repo.top)
    past = look_into(found) if isinstance(found, Repository) else None
    diagnose(gather(repo.top, "content", today=dt.date(2026, 11, 21), past=past))
    programs, hooks = git_starts(repo.top)
    told = {finding.code for finding in check_untrusted(SiteConfig(), programs, hooks)}
    try:
        everything, _ = take_everything(repo.top)
    except (CannotBundle, GitFailed):
        assert not trap.is_readable
    else:
        restore(everything, tmp_path / "back")
    assert not canary.has_fired
    if trap.name in NAMED:
        assert "git-programs" in told
    if trap.name in HOOKS:
        assert (hooks, "git-hooks" in told) == ((trap.name,), True)
    trap.control(repo)
    assert canary.has_fired
