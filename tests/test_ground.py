"""What a newcomer stands on: the Makefile, the locks, the documents' commands; and what no file of ours may say."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from pathlib import Path

import click
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from playbook.cli.app import COMMANDS, cli

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ("requirements.lock", "requirements-dev.lock")
_PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ;\\]+)(?P<marker> ;[^\\]*)?", re.MULTILINE)
_CODE = re.compile(r"^```(?:sh|console)\n(.*?)^```|`((?:playbook|make) [^`\n]+)`", re.MULTILINE | re.DOTALL)
# In two halves, so that this file does not hold what it looks for.
HOSTS = tuple(
    name + ending
    for name, ending in (("pypi", ".org"), ("pythonhosted", ".org"), ("npmjs", ".com"), ("artifactory", "/"))
)
HOME = re.compile(rb"/(?:home|Users)/[a-z][\w.-]*/|/ro" rb"ot/\w")
# What is looked for in a site is planted in the tests of the search.
PLANTED = ("tests/publish/test_scan",)


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("no git repository here")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def targets() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def commands_in(document: str) -> list[list[str]]:
    """Every `playbook …` and `make …` that a document tells its reader to type, as words."""
    found = []
    for block, inline in _CODE.findall((ROOT / document).read_text(encoding="utf-8")):
        for line in (block or inline).splitlines():
            for part in re.split(r"&&|\|", line.partition(" #")[0]):
                words = part.split()
                if words and words[0] in {"playbook", "make"}:
                    found.append(words)
    return found


def pins(lock: str) -> dict[str, list[str]]:
    """Name → the versions that a lock holds it at (several where they depend on the machine)."""
    found: dict[str, list[str]] = {}
    for pin in _PIN.finditer((ROOT / lock).read_text(encoding="utf-8")):
        found.setdefault(canonicalize_name(pin["name"]), []).append(pin["version"])
    return found


def test_the_makefile_makes_what_it_lists_and_lists_what_it_makes():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    listed = set(re.findall(r"^([a-z][a-z-]*):.*## ", makefile, re.MULTILINE))
    assert {"serve", "test", "test-all", "lint", "format", "golden", "docs", "bench", "lock", "clean"} <= listed
    assert listed == targets()
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony is not None
    assert set(phony[1].split()) == targets()


def test_what_drives_a_browser_lies_where_make_looks_for_it():
    mark = "mark." + "browser"
    marked = {path.parent for path in (ROOT / "tests").rglob("*.py") if mark in path.read_text(encoding="utf-8")}
    assert marked == {ROOT / "tests" / "browser"}
    runs = [line for line in (ROOT / "Makefile").read_text(encoding="utf-8").splitlines() if "browser and" in line]
    assert [line for line in runs if "pytest tests/browser " not in line and "not browser" not in line] == []


@pytest.mark.parametrize("target", ["serve", "test", "test-all", "bench", "docs"])
def test_each_recipe_can_be_read_by_make(target):
    done = subprocess.run(["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_a_hash_of_everything_and_names_no_host(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    for block in re.split(r"\n(?=\S)", text.strip()):
        assert re.search(r" \\\n +--hash=sha256:[0-9a-f]{64}", block), block.partition("\n")[0]
    assert "://" not in text
    assert not re.search(r"^-", text, re.MULTILINE), "an option, for all that is installed"


def test_the_locks_hold_what_the_project_asks_for():
    asked = {
        "requirements.lock": [
            *PROJECT["project"]["dependencies"],
            *PROJECT["project"]["optional-dependencies"]["build"],
        ],
        "requirements-dev.lock": [
            *PROJECT["project"]["dependencies"],
            *PROJECT["dependency-groups"]["dev"],
            *PROJECT["dependency-groups"]["bench"],
        ],
    }
    for lock, wanted in asked.items():
        held = pins(lock)
        for text in wanted:
            requirement = Requirement(text)
            versions = held.get(canonicalize_name(requirement.name), [])
            assert versions, f"{lock} does not hold {text}; run make lock"
            assert all(requirement.specifier.contains(version) for version in versions), (text, versions)


def test_whoever_develops_runs_what_everybody_runs():
    for_all, for_developers = pins("requirements.lock"), pins("requirements-dev.lock")
    assert {name: for_developers.get(name) for name in for_all} == for_all


def test_no_file_names_a_package_index_or_somebodys_home():
    slips = []
    for path in tracked():
        data = path.read_bytes()
        if b"\0" in data[:1000]:
            continue
        slips += [(path.name, host) for host in HOSTS if host.encode() in data]
        if not path.relative_to(ROOT).as_posix().startswith(PLANTED):
            slips += [(path.name, found[0].decode()) for found in HOME.finditer(data)]
    assert slips == []


def test_the_watch_over_names_would_notice_one():
    assert HOME.search(b"built in /home/" + b"mara/playbook")
    assert HOME.search(b"/Users/" + b"mara/playbook")
    assert HOME.search(b"PYTHONPATH=/ro" + b"ot/playbook")
    assert not HOME.search(b'href="/home/"')


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "docs/commands.md"])
def test_every_command_that_a_document_names_is_there(document):
    named = commands_in(document)
    assert named
    known = {name for group in COMMANDS.values() for name in group}
    with click.Context(cli) as context:
        for program, *words in named:
            if program == "make":
                assert set(words) <= targets(), words
                continue
            name = next((word for word in words if word in known), "")
            assert name or words in (["--help"], ["--version"]) or words[:1] == ["COMMAND"], words
            command = cli.get_command(context, name) if name else cli
            assert command is not None
            if isinstance(command, click.Group) and name:
                below = next((word for word in words[words.index(name) + 1 :] if word in command.commands), "")
                assert below or len(words) == 1, words
                command = command.commands.get(below, command)
            options = {
                option for it in (command, cli) for parameter in it.get_params(context) for option in parameter.opts
            }
            asked = {word.partition("=")[0] for word in words if re.match(r"--?[A-Za-z]", word)}
            assert asked <= options, (words, asked - options)


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_every_file_that_a_document_points_to_is_there(document):
    text = (ROOT / document).read_text(encoding="utf-8")
    linked = {path for path in re.findall(r"\]\(([^)#]+)", text) if "://" not in path}
    named = set(re.findall(r"`((?:playbook|tests|site_plugins|templates|content|docs)/[^`<>* ]*)`", text))
    named.discard("content/inbox.txt")  # whoever has a thought makes that one
    assert [path for path in sorted(linked | named) if not (ROOT / path).exists()] == []


def test_the_first_screen_of_the_readme_has_a_picture_of_the_site():
    first = "\n".join((ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:12])
    (path,) = re.findall(r"!\[[^\]]{40,}\]\(([^)]+)\)", first)
    assert (ROOT / path).read_bytes().startswith(b"\x89PNG")


def test_one_command_runs_everything_on_a_fresh_machine():
    script = ROOT / ".ci" / "run"
    lines = script.read_text(encoding="utf-8").splitlines()
    assert os.access(script, os.X_OK)
    assert lines[0] == "#!/usr/bin/env bash"
    assert "set -euo pipefail" in lines
    assert lines[-1] == "make test-all"
    assert subprocess.run(["bash", "-n", script], check=False).returncode == 0


def test_the_license_is_mit_and_the_types_are_shipped():
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License\n")
    assert (PROJECT["project"]["license"], PROJECT["project"]["license-files"]) == ("MIT", ["LICENSE"])
    for package in PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]:
        assert (ROOT / package / "py.typed").is_file()
