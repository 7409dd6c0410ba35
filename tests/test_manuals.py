"""The commands in the manuals can be typed: every `playbook …` line of a shell block is one that there is."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from playbook.cli.app import cli
from playbook.cli.context import Options
from playbook.cli.manual import command_reference
from playbook.cli.manuals import MANUALS
from playbook.publish.outside import outside_files
from playbook.publish.refusals import KEPT
from playbook.publish.shell import script

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


def test_a_help_text_names_no_manual_by_a_file_that_only_a_clone_has():
    assert re.findall(r"docs/[a-z-]+\.md", command_reference().replace("--evidence docs/packet.md", "")) == []
    sources = (DOCS.parent / "playbook" / "cli").glob("*.py")
    named = {name for path in sources for name in re.findall(r"playbook manual ([a-z-]+)", path.read_text("utf-8"))}
    assert named == {"audiences", "publishing"}
    assert named <= MANUALS.keys()


def test_a_manual_leads_to_no_other_that_does_not_come_along():
    for name in MANUALS:
        text = (DOCS / f"{name}.md").read_text(encoding="utf-8")
        assert {link.removesuffix(".md") for link in re.findall(r"\]\(([a-z-]+\.md)", text)} <= MANUALS.keys(), name


def test_the_format_names_every_file_message_and_store_that_a_second_reader_meets():
    text = (DOCS / "sealing.md").read_text(encoding="utf-8")
    worker, memory = script("sw.js"), (DOCS.parent / "templates/sealed/memory.js").read_text(encoding="utf-8")
    (lock_path,) = re.findall(r"LOCK_PATH = '([^']+)'", worker)
    messages = re.findall(r"^  async (\w+)\(message|^  async (\w+)\(\)|^  (status): async", worker, re.MULTILINE)
    told = [f'{{type: "{name}"' for found in messages for name in found if name]
    assert len(told) == 4
    stores = re.findall(r"(playbook-(?:seal|loader)) \$\{", worker + memory)
    names = [*outside_files(), *KEPT, lock_path, *told, *(f"{store} PATH" for store in stores)]
    unbroken = " ".join(text.split())
    assert [name for name in names if name not in unbroken] == []
