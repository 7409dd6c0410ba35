"""`playbook recipients`: each with a secret of their own, shown once and written nowhere."""

from __future__ import annotations

import datetime as dt
import json
import os
import pty
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import pytest

from playbook.publish.opening import LinkSecret
from playbook.publish.recipients import begin
from playbook.publish.sealing_file import read_sealing, to_text
from playbook.publish.words import read_secret, word_list
from tests.cli.conftest import Folder

OWN = "kindle opposing reshape velocity unmoved tactile"
THEIRS = "plaza gopher untaken skimming deport awning"


@pytest.fixture
def book(empty, monkeypatch) -> Folder:
    """A playbook with an audience, and the owner's passphrase and another one in files."""
    monkeypatch.delenv("PLAYBOOK_PASSPHRASE", raising=False)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    empty.write(
        {
            "content/me.yml": "name: Ada Lovelace\naudiences:\n  grace: {sees: [mentor]}\n  mentor: {sees: [mentor]}\n",
            "own": f"{OWN}\n",
            "theirs": f"{THEIRS}\n",
        }
    )
    for name in ("own", "theirs"):
        (empty.path / name).chmod(0o600)
    return empty


@cache
def prepared() -> str:
    """A file in which grace has a passphrase."""
    sealing, owner = begin(OWN, iterations=600_000)
    return to_text(sealing.with_recipient(owner, "grace", "grace", THEIRS, dt.date(2026, 11, 21)))


def sealing_of(book: Folder):
    sealing, problems = read_sealing("sealing.yml", book.read("sealing.yml"))
    assert problems == ()
    return sealing


def add(book: Folder, name: str, *more: str):
    return book.run("--today", "2026-11-21", "recipients", "add", name, "--passphrase-file", "own", *more)


def test_somebody_is_added_listed_given_a_new_secret_and_taken_out(book):
    ran = add(book, "grace", "--choose-from", "theirs")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "'grace' can open the site for 'grace' once it is published: commit sealing.yml, then playbook publish.\n"
    )
    sealing = sealing_of(book)
    owner = sealing.unlock(OWN)
    (grace,) = sealing.recipients_of(owner, "grace")

    listed = book.run("recipients", "list")
    assert (listed.code, listed.out) == (0, "grace  grace  passphrase  since 2026-11-21\n")
    assert listed.err == (
        f"Your own passphrase in the system's keyring: service career-playbook, user {sealing.user}.\n"
    )
    assert json.loads(book.run("recipients", "list", "--json").out) == [
        {"name": "grace", "audience": "grace", "kind": "passphrase", "since": "2026-11-21"}
    ]

    book.write({"theirs": "unwired shrank duchess parkway oboe footer\n"})
    ran = book.run("recipients", "rotate", "grace", "--passphrase-file", "own", "--choose-from", "theirs")
    assert ran.code == 0
    (after,) = sealing_of(book).recipients_of(owner, "grace")
    assert after.wrap != grace.wrap

    ran = book.run("recipients", "revoke", "grace")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "'grace' is taken out of sealing.yml.\n"
        "Until the next publish for 'grace' they can open what is there: commit sealing.yml, then playbook publish.\n"
        "What they have opened, kept or copied stays with them, and opens with their old secret for ever.\n"
    )
    assert sealing_of(book).recipients == ()


def test_the_owner_gets_a_new_passphrase_and_the_recipients_keep_theirs(book):
    book.write({"sealing.yml": prepared()})
    before = sealing_of(book)
    kept = before.recipients_of(before.unlock(OWN), "grace")
    book.write({"new": "unwired shrank duchess parkway oboe footer\n"})
    ran = book.run("recipients", "rotate", "--passphrase-file", "own", "--choose-from", "new")
    assert ran.code == 0
    assert ran.out == (
        "You have a new passphrase; your recipients keep theirs. Commit sealing.yml, then playbook publish --replace.\n"
        "What was published or copied before opens with the old secret for ever.\n"
    )
    after = sealing_of(book)
    assert after.recipients_of(after.unlock("unwired shrank duchess parkway oboe footer"), "grace") == kept
    assert after.salt == before.salt


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["Grace"], "Error: NAME is a label: a-z, 0-9 and hyphens, up to 40 of them"),
        (["zoe"], "Error: say whose site it opens with --audience: there are me, public, grace, mentor"),
        (["zoe", "--audience", "mentr"], "playbook: no audience is called 'mentr'. Did you mean 'mentor'?"),
        (
            ["zoe", "--audience", "mentor", "--link", "--choose"],
            "Error: --link, --choose and --choose-from: one of them at most",
        ),
        (
            ["grace", "--choose-from", "theirs"],
            "playbook: 'grace' is a recipient already; 'playbook recipients rotate grace' gives a new secret",
        ),
        (
            ["zoe", "--audience", "mentor", "--choose-from", "weak"],
            "playbook: the passphrase is too weak: it is one word; 5 that were chosen at random are the least that will do. "
            "What is published can be copied and guessed at for ever. Leave it to the program to make one, or say "
            "--accept-weak",
        ),
        (
            ["zoe", "--audience", "mentor", "--choose-from", "theirs"],
            "playbook: that is the passphrase of 'grace' too; everybody needs one of their own",
        ),
        (
            ["zoe", "--audience", "mentor", "--choose-from", "own"],
            "playbook: that is the passphrase of the owner too; everybody needs one of their own",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_added_changes_nothing(book, arguments, said):
    book.write({"sealing.yml": prepared()})
    book.write({"weak": "sesamesesame\n"})
    (book.path / "weak").chmod(0o600)
    before = book.read("sealing.yml")
    ran = add(book, *arguments)
    assert (ran.code, ran.out, ran.err.splitlines()[-1]) == (2, "", said)
    assert book.read("sealing.yml") == before


def test_a_weak_passphrase_is_taken_on_ones_own_head(book):
    book.write({"weak": "sesamesesame\n"})
    (book.path / "weak").chmod(0o600)
    ran = add(book, "grace", "--choose-from", "weak", "--accept-weak")
    assert ran.code == 0
    assert ran.err == (
        "The passphrase is weak: it is one word; 5 that were chosen at random are the least that will do.\n"
    )


def test_a_wrong_passphrase_changes_nothing(book):
    book.write({"sealing.yml": prepared()})
    before = book.read("sealing.yml")
    for command in (["add", "zoe", "--audience", "mentor"], ["rotate", "grace"], ["rotate"]):
        ran = book.run("recipients", *command, "--passphrase-file", "theirs", "--choose-from", "own")
        assert (ran.code, ran.err) == (2, "playbook: the passphrase is not the one that sealing.yml was made with\n")
    assert book.read("sealing.yml") == before


def test_a_secret_that_nobody_would_see_is_not_made(book):
    said = (
        "playbook: a new secret is shown on a terminal and nowhere else, and standard error is none here; choose one "
        "yourself with --choose-from FILE\n"
    )
    assert add(book, "grace").err == said
    assert add(book, "grace", "--link").err == said
    assert "sealing.yml" not in book.names()


def test_without_a_file_there_is_nobody_to_revoke(book):
    assert book.run("recipients", "list").out == "Nobody but you. playbook recipients add NAME\n"
    assert book.run("recipients", "list", "--json").out == "[]\n"
    assert book.run("recipients", "revoke", "grace").err == (
        "playbook: there is no sealing.yml, and so there are no recipients\n"
    )
    assert book.run("recipients", "rotate").code == 2


def test_a_broken_file_is_told_at_its_line_and_left_alone(book):
    book.write({"sealing.yml": "version: 1\nsalt: x\n"})
    for command in (["list"], ["revoke", "grace"], ["add", "grace", "--choose-from", "theirs"]):
        ran = book.run("recipients", *command)
        assert (ran.code, ran.out.splitlines()[0]) == (
            1,
            "sealing.yml:1:1: error: 'iterations' is missing. [missing-field]",
        )
    assert book.read("sealing.yml") == b"version: 1\nsalt: x\n"


def test_an_audience_that_is_gone_is_told_at_its_line(book):
    book.write({"sealing.yml": prepared()})
    book.write({"content/me.yml": "name: Ada\n"})
    ran = book.run("recipients", "list")
    assert ran.code == 1
    assert ran.err.splitlines()[-1] == (
        "sealing.yml:10:15: error: no audience is called 'grace'. There are me, public. [unknown-audience]"
    )


def converse(folder: Path, arguments: Sequence[str], answers: Sequence[str | Callable[[str], str]]) -> tuple[int, str]:
    """What the command says on a terminal, where each question is answered in turn."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "NO_COLOR": "1", "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
    child = subprocess.Popen(
        [sys.executable, "-m", "playbook", *arguments],
        cwd=folder, env=environment, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    said, waiting = "", list(answers)
    answered = 0
    while True:
        try:
            chunk = os.read(ours, 65536)
        except OSError:
            break
        said += chunk.decode().replace("\r\n", "\n")
        if waiting and said[answered:].rstrip(" ").endswith(":") and len(said) > answered:
            answered = len(said)
            answer = waiting.pop(0)
            time.sleep(0.1)  # until the echo is off
            os.write(ours, ((answer if isinstance(answer, str) else answer(said)) + "\n").encode())
    os.close(ours)
    return child.wait(), said


def shown(said: str) -> str:
    """The secret that stands on a line of its own."""
    return [line.strip() for line in said.splitlines() if line.startswith("    ")][-1]


@pytest.mark.slow
def test_on_a_terminal_a_first_recipient_makes_a_passphrase_for_each_and_echoes_none_that_is_typed(book):
    code, said = converse(book.path, ["recipients", "add", "grace"], ["", "CANARY wrong", shown])
    assert code == 0
    secrets = [line.strip() for line in said.splitlines() if line.startswith("    ")]
    assert len(secrets) == 2
    assert all(len(secret.split()) == 6 and set(secret.split()) <= set(word_list()) for secret in secrets)
    assert "CANARY" not in said
    assert [said.count(secret) for secret in secrets] == [1, 1]
    sealing = sealing_of(book)
    owner = sealing.unlock(secrets[0])
    assert len(sealing.recipients_of(owner, "grace")) == 1
    for name in book.names():
        assert not any(secret.encode() in book.read(name) for secret in secrets)

    code, said = converse(book.path, ["recipients", "add", "lin", "--audience", "mentor", "--link"], [secrets[0]])
    assert (code, isinstance(read_secret(shown(said)), LinkSecret)) == (0, True)

    # The owner's new one is written only once it was typed back.
    before = book.read("sealing.yml")
    code, said = converse(book.path, ["recipients", "rotate"], [secrets[0], "no", "no", "no"])
    assert (code, book.read("sealing.yml")) == (2, before)
    assert said.splitlines()[-1] == "playbook: the passphrase was not typed back; nothing was changed"
    code, said = converse(book.path, ["recipients", "rotate"], [secrets[0], shown])
    assert code == 0
    assert sealing_of(book).unlock(shown(said)) != owner
