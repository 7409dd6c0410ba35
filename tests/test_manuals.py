"""The commands in the manuals can be typed: every `playbook …` line of a shell block is one that there is."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from playbook.cli.app import cli
from playbook.cli.context import Options

DOCS = Path(__file__).parents[1] / "docs"
_BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`(playbook [^`]+)`")


def commands(text: str) -> list[str]:
    """Every line of a shell block, and every piece of code in a sentence, that calls the program."""
    lines = [line for block in _BLOCK.findall(text) for line in block.splitlines()]
    return [line for line in (*lines, *_INLINE.findall(text)) if line.startswith("playbook ")]


def parse(line: str) -> None:
    """Nothing, for a command that would start.

    Raises:
        click.UsageError: for any other.
    """
    words = shlex.split(line, comments=True)[1:]
    group, context = cli, click.Context(cli, obj=Options("."))
    while words:
        _, command, rest = group.resolve_command(context, words)
        assert command is not None
        if not isinstance(command, click.Group):
            command.make_context(words[0], list(rest), parent=context)
            return
        group, words = command, rest


@pytest.mark.parametrize("name", ["lost-laptop.md", "publishing.md"])
def test_every_command_of_a_manual_can_be_typed(name):
    text = (DOCS / name).read_text(encoding="utf-8")
    found = commands(text)
    assert found
    for line in found:
        try:
            parse(line)
        except click.MissingParameter:
            # A sentence may name a command without what stands behind it; a block may not.
            if line in text.replace("`", "\n").splitlines() and f"\n{line}\n" not in text:
                continue
            pytest.fail(f"{name}: {line} lacks something")
        except click.UsageError as error:
            pytest.fail(f"{name}: {line}: {error.format_message()}")


@pytest.mark.parametrize(
    "line", ["playbook unpublish", "playbook recipients forget x", "playbook backup", "playbook doctor --x"]
)
def test_a_command_that_there_is_not_is_caught(line):
    with pytest.raises(click.UsageError):
        parse(line)
