"""`playbook doctor`: says what could be lost and what others could read, each with the command that mends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from playbook.cli.context import Impossible, Options, find_root

if TYPE_CHECKING:
    from pathlib import Path

    from playbook.cli.context import Context
    from playbook.doctor.facts import Past
    from playbook.doctor.findings import Finding


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.option("--quick", is_flag=True, help="Leave the history of the files unread.")
@click.option("--untrusted", is_flag=True, help="Say what somebody else's playbook would run here, and nothing else.")
@click.pass_obj
def doctor_command(options: Options, as_json: bool, quick: bool, untrusted: bool) -> int:
    """Say what could be lost, and what others could read that they must not.

    Looks at the repository (is there a remote, what is only here, when was the last backup; is a secret in any version
    of any file, is a built site in git), at mkdocs.yml (does reading the site tell somebody else) and at permissions.
    No other machine is asked, nothing is changed, and nothing that the repository names is started. Of a secret the
    kind, the file and a commit are printed, never the secret.

    Exits 1 if something is serious. Each finding comes with what to type.

    \b
    Examples:
      playbook doctor
      playbook doctor --json
      playbook doctor --untrusted -C somebody-elses-playbook
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.cli.terminal import print_json
    from playbook.doctor.findings import by_weight

    options.refuse_as_of("playbook doctor")
    found = _of_a_stranger(options) if untrusted else _of_my_own(options.context, quick=quick)
    found = by_weight(found)
    if as_json:
        print_json({"version": 1, "findings": [finding.as_json() for finding in found]})
    else:
        _tell(found)
    return 1 if any(str(finding.severity) == "error" for finding in found) else 0


def _of_my_own(context: Context, *, quick: bool) -> tuple[Finding, ...]:
    from playbook.doctor import diagnose
    from playbook.doctor.gathering import gather
    from playbook.stale import stale_people

    past = None if quick else look_back(context.root)
    playbook = context.load(is_checked=False).playbook
    overdue = tuple(stale.person.record.name for stale in stale_people(playbook, context.today) if stale.is_set)
    return diagnose(gather(context.root, context.content_name, today=context.today, past=past, overdue=overdue))


def look_back(root: Path) -> Past | None:
    """What stands in the history; None where there is none that can be read."""
    from playbook.cli.terminal import progress
    from playbook.doctor.past import look_into
    from playbook.history.repository import NoHistory, find_repository

    repository = find_repository(root)
    if isinstance(repository, NoHistory) or repository.is_partial:
        return None
    with progress("Looking for secrets") as tell:
        return look_into(repository, tell)


def _of_a_stranger(options: Options) -> tuple[Finding, ...]:
    from pathlib import Path

    from playbook.doctor.gathering import git_starts, read_config
    from playbook.doctor.untrusted import check_untrusted

    start = Path(options.folder).resolve()
    root = find_root(start) or start
    if not (root / "mkdocs.yml").is_file() and not (root / ".git").exists():
        raise Impossible(f"there is neither mkdocs.yml nor a repository in '{root.name or root}'")
    return check_untrusted(read_config(root), *git_starts(root))


def _tell(found: tuple[Finding, ...]) -> None:
    from playbook.cli.terminal import SEVERITY_COLOURS
    from playbook.problems import Severity

    for finding in found:
        word = click.style(str(finding.severity), fg=SEVERITY_COLOURS[finding.severity])
        click.echo(f"{word}: {finding.message} " + click.style(f"[{finding.code}]", dim=True))
        for fix in finding.fixes:
            click.echo(f"    {fix}")
    serious = sum(finding.severity is Severity.ERROR for finding in found)
    if not serious:
        click.echo("Nothing serious.")
