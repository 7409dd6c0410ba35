"""The hook that refuses: what no commit should hold is kept out of it, and everything else goes through."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from playbook.repository.hooks import GUARD, find_hook, install
from tests.history.repo import Repo, checklist

KEY = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n"
MKDOCS = "site_name: Mine\ndocs_dir: content/pages\nplugins: [playbook]\n"


@pytest.fixture
def guarded(tmp_path, monkeypatch):
    """A playbook in git with the hook, and `playbook` on the PATH."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    program = tmp_path / "bin" / "playbook"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m playbook "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    repo = Repo(tmp_path / "book")
    (repo.top / "mkdocs.yml").write_text(MKDOCS)
    repo.commit({"me.yml": "name: Ada\n", "pages/about.md": "# About\n"}, "Begin")
    install(find_hook(repo.top, GUARD))
    return repo


def commit(repo: Repo, *arguments: str) -> tuple[int, list[str]]:
    """How a commit of everything ended, and what it said."""
    words = ["git", "-c", "user.name=M", "-c", "user.email=m@example.org", "commit", "--quiet", "-m", "x", *arguments]
    done = subprocess.run(words, cwd=repo.top, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr.splitlines()


PAST = "Nothing was committed. If you know better: git commit --no-verify"
UNSTAGE = "    git restore --staged -- FILE   # and a line in .gitignore"


def test_a_commit_that_holds_nothing_bad_goes_through(guarded):
    guarded.write({"goals/staff.yml": checklist("Draft")})
    guarded.git("add", "--all")
    assert commit(guarded) == (0, [])


def test_a_key_is_refused_and_named_by_its_kind_alone(guarded):
    guarded.write({"people/ada.yml": f"name: Ada\nnotes: |\n  {KEY}"})
    guarded.git("add", "--all")
    code, said = commit(guarded)
    assert (code, said) == (
        1,
        [
            "playbook: A commit keeps it for ever: a private key in content/people/ada.yml. [secret-staged]",
            UNSTAGE,
            PAST,
        ],
    )
    assert guarded.git("log", "-1", "--format=%s") == "Begin"


def test_it_can_be_gone_past(guarded):
    guarded.write({"people/ada.yml": KEY})
    guarded.git("add", "--all")
    assert commit(guarded, "--no-verify") == (0, [])


@pytest.mark.few(3)
@pytest.mark.parametrize(
    ("path", "text", "code"),
    [
        (".env", "A=1\n", "secret-file-staged"),
        ("keys/id_ed25519", "x\n", "secret-file-staged"),
        ("site/index.html", "<p>\n", "built-site-staged"),
        ("out/search/search_index.json", "{}\n", "built-site-staged"),
        (".cache/playbook/history.sqlite", "x\n", "cache-staged"),
        ("ci.sh", "export PLAYBOOK_PASSPHRASE=one-two-three\n", "secret-staged"),
        ("mkdocs.yml", MKDOCS.replace("content/pages", "."), "content-in-docs"),
    ],
)
def test_what_the_doctor_refuses_is_refused(guarded, path, text, code):
    file = guarded.top / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    guarded.git("add", "--all", "--force")
    ended, said = commit(guarded)
    assert ended == 1
    assert [line.rpartition("[")[2].rstrip("]") for line in said if line.startswith("playbook:")] == [code]


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("path", "text"),
    [
        (".env.example", "A=\n"),
        ("keys/id_ed25519.pub", "ssh-ed25519 AAAA\n"),
        ("sealed/h.json", "{}\n"),
        ("site.md", "# site\n"),
        (".github/workflows/p.yml", "env:\n  PLAYBOOK_PASSPHRASE: ${{ secrets.PLAYBOOK_PASSPHRASE }}\n"),
        ("README.md", "Set PLAYBOOK_PASSPHRASE, or PLAYBOOK_PASSPHRASE=$(cat file).\n"),
    ],
)
def test_what_only_looks_like_it_is_not(guarded, path, text):
    file = guarded.top / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    guarded.git("add", "--all", "--force")
    assert commit(guarded) == (0, [])


def test_what_is_staged_counts_and_not_what_lies_on_the_disk(guarded):
    guarded.write({"people/ada.yml": "name: Ada\n"})
    guarded.git("add", "--all")
    guarded.write({"people/ada.yml": KEY})
    assert commit(guarded) == (0, [])
    assert commit(guarded, "--all")[0] == 1


def test_a_secret_that_goes_can_be_committed(guarded):
    guarded.write({"people/ada.yml": KEY})
    guarded.git("add", "--all")
    commit(guarded, "--no-verify")
    guarded.git("rm", "--quiet", "content/people/ada.yml")
    assert commit(guarded) == (0, [])


def test_the_first_commit_is_looked_through_too(tmp_path, guarded):
    guarded.git("update-ref", "-d", "HEAD")
    guarded.write({"people/ada.yml": KEY})
    guarded.git("add", "--all")
    assert commit(guarded)[0] == 1


def test_a_playbook_below_the_top_keeps_the_whole_repository(tmp_path, guarded):
    repo = Repo(tmp_path / "outer", prefix="notes")
    (repo.top / "notes" / "mkdocs.yml").write_text(MKDOCS)
    repo.commit({"me.yml": "name: Ada\n", "pages/about.md": "# About\n"}, "Begin")
    install(find_hook(repo.top / "notes", GUARD))
    (repo.top / "key").write_text(KEY)
    (repo.top / "notes" / "site").mkdir()
    (repo.top / "notes" / "site" / "index.html").write_text("<p>\n")
    repo.git("add", "--all")
    assert [line for line in commit(repo)[1] if line.startswith("playbook:")] == [
        "playbook: A commit keeps it for ever: a private key in key. [secret-staged]",
        "playbook: A built site can be read by whoever sees the repository: notes/site/. [built-site-staged]",
    ]


def test_without_the_program_a_commit_goes_through_and_says_so(guarded, monkeypatch):
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    guarded.write({"people/ada.yml": KEY})
    guarded.git("add", "--all")
    assert commit(guarded) == (0, ["playbook is not on the PATH: this commit was not looked through"])


def test_a_program_that_fails_lets_nothing_through(guarded, tmp_path):
    (tmp_path / "bin" / "playbook").write_text("#!/bin/sh\nexit 3\n")
    guarded.write({"goals/staff.yml": checklist("Draft")})
    guarded.git("add", "--all")
    assert commit(guarded) == (1, [PAST])


def test_somebody_s_own_hook_is_never_touched(guarded):
    path = guarded.top / ".git/hooks/pre-commit"
    path.write_text("#!/bin/sh\nexit 0\n")
    with pytest.raises(ValueError, match="own"):
        install(find_hook(guarded.top, GUARD))
    assert path.read_text() == "#!/bin/sh\nexit 0\n"
