"""A folder with a playbook in it, and the command run on it in this process."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from types import SimpleNamespace

import pytest

from playbook.cli import main
from playbook.publish import keys, recipients
from tests.history.repo import Repo


@dataclass(frozen=True)
class Ran:
    """What a command left: its exit code and what it printed."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Folder:
    """A playbook's folder; `run` works in it."""

    path: Path
    run: Callable[..., Ran]

    def write(self, files: dict[str, str | bytes]) -> Folder:
        """Write files below it: `{"content/people/ada.yml": text}`; texts are dedented, bytes are taken as they are."""
        for name, text in files.items():
            file = self.path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text if isinstance(text, bytes) else dedent(text).lstrip("\n").encode())
        return self

    def read(self, name: str) -> bytes:
        """The bytes of a file below it."""
        return (self.path / name).read_bytes()

    def names(self) -> set[str]:
        """Every file below it, hidden ones too."""
        return {path.relative_to(self.path).as_posix() for path in self.path.rglob("*") if path.is_file()}


SALT = secrets.token_bytes(keys.SALT_BYTES)


@pytest.fixture(autouse=True)
def _one_salt(monkeypatch) -> None:
    """Gives every new sealing.yml of these tests one salt, so that the key of a passphrase need be made only once."""

    def token_bytes(length: int) -> bytes:
        return SALT if length == keys.SALT_BYTES else secrets.token_bytes(length)

    monkeypatch.setattr(recipients, "secrets", SimpleNamespace(token_bytes=token_bytes))


@pytest.fixture
def run(capsys) -> Callable[..., Ran]:
    """`run("check", "--json")`: the command as somebody types it, in this process."""

    def command(*arguments: str) -> Ran:
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main(list(arguments))
        printed = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return Ran(left.value.code, printed.out, printed.err)

    return command


@pytest.fixture
def empty(tmp_path, monkeypatch, run) -> Folder:
    """The smallest playbook: mkdocs.yml, me.yml, one page; the command runs in it."""
    root = tmp_path / "book"
    folder = Folder(root, run).write(
        {
            "mkdocs.yml": "site_name: Mine\ndocs_dir: content/pages\nplugins: [playbook]\n",
            "content/me.yml": "name: Ada\n",
            "content/pages/about.md": "# About\n",
        }
    )
    monkeypatch.chdir(root)
    return folder


@pytest.fixture
def book_repo(tmp_path, monkeypatch) -> Repo:
    """The smallest playbook as a repository without a commit; the command runs in it."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    repo = Repo(tmp_path / "book")
    (repo.top / "mkdocs.yml").write_text("site_name: Mine\ndocs_dir: content/pages\nplugins: [playbook]\n")
    repo.write({"me.yml": "name: Ada\n", "pages/about.md": "# About\n"})
    monkeypatch.chdir(repo.top)
    return repo
