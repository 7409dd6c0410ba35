"""Traps that a hostile repository can set: settings, files and hooks that let git start a program of the attacker.

Each comes with its control, the ordinary git command that walks into it; a trap that no control can spring proves
nothing.
"""

from __future__ import annotations

import os
import pty
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.history.repo import Repo, checklist, run_git


class Canary:
    """A program that leaves a mark when it is started."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.mark = folder / "fired"
        self.program = folder / "canary"
        self.program.write_text(f"#!/bin/sh\necho x >> '{self.mark}'\n")
        self.program.chmod(0o755)

    @property
    def has_fired(self) -> bool:
        return self.mark.exists()


@dataclass(frozen=True)
class Trap:
    """One way to start a program."""

    name: str
    set: Callable[[Repo, Canary], None]
    control: Callable[[Repo], None]
    """An ordinary command that starts it."""
    is_readable: bool = True
    """Whether there is a history to be read all the same."""


def hostile(folder: Path) -> Repo:
    """Three commits and something not committed."""
    repo = Repo(folder)
    (repo.top / "mkdocs.yml").write_text("site_name: Mine\ndocs_dir: content/pages\nplugins: [playbook]\n")
    repo.write({"me.yml": "name: Mara\n", "pages/about.md": "# About\n"})
    repo.commit({"goals/staff.yml": checklist("Draft", "Ask Grace")})
    repo.commit({"goals/staff.yml": checklist("{task: Draft, done: true}", "Ask Grace")})
    repo.commit({"goals/talk.yml": checklist("Find a title", title="Give a talk")})
    repo.write({"goals/staff.yml": checklist("{task: Draft, done: true}", "Ask Grace", "Send it")})
    return repo


def _does(*arguments: str, stdin: bytes = b"", **environment: str) -> Callable[[Repo], None]:
    def control(repo: Repo) -> None:
        run_git(repo.top, *arguments, check=False, stdin=stdin, **environment)

    return control


def _on_a_terminal(repo: Repo) -> None:
    """`git log` as somebody runs it who looks at a screen."""
    above, below = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PAGER"))}
    subprocess.run(["git", "log"], cwd=repo.top, env=environment, stdin=below, stdout=below, check=False)
    os.close(above)
    os.close(below)


def _config(*settings: tuple[str, str], attributes: str = "") -> Callable[[Repo, Canary], None]:
    """Settings of the repository, `%` standing for the canary; and an attribute for every file of YAML."""

    def lay(repo: Repo, canary: Canary) -> None:
        if attributes:
            (repo.top / ".git/info/attributes").write_text(f"*.yml {attributes}\n")
        for name, value in settings:
            repo.git("config", "--add", name, value.replace("%", str(canary.program)))

    return lay


def _committed_attributes(repo: Repo, canary: Canary) -> None:
    repo.git("stash", "--quiet")
    (repo.top / ".gitattributes").write_text("*.yml filter=trap diff=trap\n")
    repo.commit(subject="Attributes")
    repo.git("stash", "pop", "--quiet")
    _config(("filter.trap.clean", "%"), ("diff.trap.textconv", "%"))(repo, canary)


def _signature(repo: Repo, canary: Canary) -> None:
    head, _, message = run_git(repo.top, "cat-file", "commit", "HEAD").partition("\n\n")
    signed = f"{head}\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\n{message}\n"
    commit = run_git(repo.top, "hash-object", "-t", "commit", "-w", "--stdin", stdin=signed.encode())
    repo.git("update-ref", "HEAD", commit)
    _config(("log.showSignature", "true"), ("gpg.program", "%"))(repo, canary)


def _hook(name: str, folder: str = ".git/hooks") -> Callable[[Repo, Canary], None]:
    def lay(repo: Repo, canary: Canary) -> None:
        (repo.top / folder).mkdir(exist_ok=True)
        (repo.top / folder / name).symlink_to(canary.program)
        if folder == "mine":
            repo.git("config", "core.hooksPath", str(repo.top / folder))

    return lay


def _included(condition: str) -> Callable[[Repo, Canary], None]:
    def lay(repo: Repo, canary: Canary) -> None:
        (repo.top / ".git/more").write_text(f"[core]\n\tfsmonitor = {canary.program}\n")
        with (repo.top / ".git/config").open("a") as config:
            config.write(f"[{condition}]\n\tpath = more\n")

    return lay


def _alternate_refs(repo: Repo, canary: Canary) -> None:
    repo.git("clone", "--quiet", "--bare", ".", ".git/other")
    (repo.top / ".git/objects/info/alternates").write_text(f"{repo.top}/.git/other/objects\n")
    _config(("core.alternateRefsCommand", "%"))(repo, canary)


def _promisor(*settings: tuple[str, str], mark: bool) -> Callable[[Repo, Canary], None]:
    """A version is missing, and the place to fetch it from is a program."""

    def lay(repo: Repo, canary: Canary) -> None:
        blob = repo.git("rev-parse", "HEAD~2:content/goals/staff.yml")
        (repo.top / ".git/objects" / blob[:2] / blob[2:]).unlink()
        if mark:
            (repo.top / ".git/objects/pack/pack-1.promisor").touch()
        repo.git("config", "core.repositoryFormatVersion", "1")
        _config(("extensions.partialClone", "origin"), ("remote.origin.promisor", "true"), *settings)(repo, canary)

    return lay


def _submodule(repo: Repo, canary: Canary) -> None:
    inner = Repo(repo.content / "goals/inner")
    inner.commit({"goals/a.yml": checklist("One")})
    repo.git("add", "content/goals/inner")
    repo.git("commit", "--quiet", "--message", "Inner", **repo.dates())
    _config(("core.fsmonitor", "%"))(inner, canary)


def _bare_inside(repo: Repo, canary: Canary) -> None:
    """Files that make the content folder look like a repository of its own."""
    bare = repo.top / "bare"
    repo.git("clone", "--quiet", "--bare", ".", "bare")
    for found in bare.iterdir():
        found.rename(repo.content / found.name)
    bare.rmdir()
    _hook("reference-transaction", "content/hooks")(repo, canary)


def _in_content(repo: Repo) -> None:
    run_git(repo.content, "tag", "other", check=False)


_ADDRESS = b"protocol=https\nhost=example.org\n\n"
_MISSING = ("cat-file", "-p", "HEAD~2:content/goals/staff.yml")
_EXT = (("remote.origin.url", "ext::% x"), ("protocol.ext.allow", "always"))
_UPLOAD = (("remote.origin.url", "."), ("remote.origin.uploadPack", "%"))

TRAPS = (
    Trap("fsmonitor", _config(("core.fsmonitor", "%")), _does("status")),
    Trap("external diff", _config(("diff.external", "%")), _does("diff")),
    Trap("diff driver", _config(("diff.trap.command", "%"), attributes="diff=trap"), _does("diff")),
    Trap("textconv", _config(("diff.trap.textconv", "%"), attributes="diff=trap"), _does("log", "-p")),
    Trap("clean filter", _config(("filter.trap.clean", "%"), attributes="filter=trap"), _does("status", "-v", "-v")),
    Trap(
        "smudge filter",
        _config(("filter.trap.smudge", "%"), attributes="filter=trap"),
        _does("checkout", "HEAD~2", "--", "content"),
    ),
    Trap("process filter", _config(("filter.trap.process", "%"), attributes="filter=trap"), _does("diff")),
    Trap("committed attributes", _committed_attributes, _does("log", "-p")),
    Trap("gpg", _signature, _does("log")),
    Trap("post-index-change", _hook("post-index-change"), _does("add", "--all")),
    Trap("post-checkout", _hook("post-checkout"), _does("checkout", "-b", "other")),
    Trap("reference-transaction", _hook("reference-transaction"), _does("tag", "other")),
    Trap("pre-commit", _hook("pre-commit"), _does("commit", "--allow-empty", "--message", "x")),
    Trap("hooksPath", _hook("reference-transaction", "mine"), _does("tag", "other")),
    Trap(
        "ssh",
        _config(("remote.origin.url", "ssh://example.org/x"), ("core.sshCommand", "%")),
        _does("ls-remote", "origin", GIT_ALLOW_PROTOCOL="ssh"),
    ),
    Trap("alternate refs", _alternate_refs, _does("rev-list", "--alternate-refs")),
    Trap("pager", _config(("core.pager", "%")), _on_a_terminal),
    Trap("pager of log", _config(("pager.log", "%")), _on_a_terminal),
    Trap(
        "credentials",
        _config(("credential.helper", "%")),
        _does("credential", "fill", stdin=_ADDRESS, GIT_TERMINAL_PROMPT="0"),
    ),
    Trap(
        "askpass",
        _config(("core.askPass", "%")),
        _does("credential", "fill", stdin=_ADDRESS, GIT_TERMINAL_PROMPT="0"),
    ),
    Trap("editor", _config(("core.editor", "%")), _does("commit", "--allow-empty")),
    Trap("include", _included("include"), _does("status")),
    Trap("includeIf", _included('includeIf "gitdir:**"'), _does("status")),
    Trap(
        "promisor program",
        _promisor(*_EXT, mark=False),
        _does(*_MISSING, GIT_ALLOW_PROTOCOL="ext"),
        is_readable=False,
    ),
    Trap(
        "marked promisor program",
        _promisor(*_EXT, mark=True),
        _does(*_MISSING, GIT_ALLOW_PROTOCOL="ext"),
        is_readable=False,
    ),
    Trap("upload program", _promisor(*_UPLOAD, mark=False), _does(*_MISSING), is_readable=False),
    Trap("submodule", _submodule, _does("status")),
    Trap("bare inside", _bare_inside, _in_content, is_readable=False),
)
