"""Golden files: expected output that stands in `tests/golden/`, is compared whole and rewritten by `--update-golden`.

And groups: tests that share something costly go to one worker of pytest-xdist. And how often a property is tried. And
what always comes to the same is made once by each process: a theme's compiled templates, the key of a passphrase.
"""

from __future__ import annotations

import difflib
import functools
import os
import sys
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest

from tests.effort import register_efforts, spread

ROOT = Path(__file__).parent
GOLDEN = ROOT / "golden"
USED = pytest.StashKey[set[str]]()
PARTIAL = pytest.StashKey[bool]()

# Before the plugin of hypothesis loads the profile that the command line may name.
register_efforts()


class Few:
    """`@pytest.mark.few(3)`: `make test` tries three of a test's cases, from all over them; the others are slow."""

    @pytest.hookimpl(tryfirst=True)  # before `-m` chooses
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        cases: dict[str, list[pytest.Item]] = {}
        for item in items:
            if item.get_closest_marker("few") and not item.get_closest_marker("slow"):
                cases.setdefault(item.nodeid.partition("[")[0], []).append(item)
        for family in cases.values():
            mark = family[0].get_closest_marker("few")
            assert mark is not None
            for item in set(family) - set(spread(family, mark.args[0])):
                item.add_marker(pytest.mark.slow)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/golden/ and remove unused files")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[USED] = set()
    config.pluginmanager.register(Few())
    # Nothing is remembered in the cache folder of whoever runs the tests, also not by programs that tests start.
    os.environ["PLAYBOOK_NO_CACHE"] = "1"
    # Whether an unused golden file proves anything: only a run of everything can tell.
    config.stash[PARTIAL] = config.args_source is not pytest.Config.ArgsSource.TESTPATHS


@pytest.fixture(scope="session", autouse=True)
def _theme_compiled_once() -> Generator[None]:
    """Keeps the code of each template of a theme: MkDocs would compile all of Material anew for every site."""
    from mkdocs.theme import Theme

    from playbook.render.compiled import Compiled

    compiled, make = Compiled(), Theme.get_env

    def get_env(theme: Theme) -> Any:
        environment = make(theme)
        environment.bytecode_cache = compiled
        return environment

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Theme, "get_env", get_env)
        yield


@pytest.fixture(scope="session", autouse=True)
def _keys_derived_once() -> Generator[None]:
    """Makes each key of a passphrase once: it takes long on purpose, and is always the same."""
    from playbook.publish import keys

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "master_of_passphrase", functools.cache(keys.master_of_passphrase))
        yield


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """`golden("broken.txt", text)` fails unless `tests/golden/broken.txt` holds exactly `text`."""
    config = request.config

    def compare(name: str, text: str) -> None:
        config.stash[USED].add(name)
        path = GOLDEN / name
        if config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
            return
        if not path.is_file():
            pytest.fail(f"there is no golden file '{name}'; make it with --update-golden, and read it")
        expected = path.read_bytes().decode()
        if text != expected:
            diff = difflib.unified_diff(expected.splitlines(), text.splitlines(), "golden", "now", lineterm="")
            pytest.fail(f"'{name}' has changed (--update-golden rewrites it):\n" + "\n".join(diff), pytrace=False)

    return compare


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Puts the name of its group behind a test's id, as `--dist loadgroup` reads it.

    pytest 9.2 keeps the id where pytest-xdist 3.8 does not look for it, and every worker would make everything anew.
    """
    if not getattr(config.option, "loadgroup", False):
        return
    for item in items:
        mark = item.get_closest_marker("xdist_group")
        if mark is not None and "@" not in item.nodeid.rpartition("]")[2]:
            item._id = type(item._id).parse(f"{item.nodeid}@{mark.args[0]}")  # type: ignore[attr-defined]


def pytest_deselected(items: list[pytest.Item]) -> None:
    for item in items:
        if "golden" in getattr(item, "fixturenames", ()):
            item.config.stash[PARTIAL] = True


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, object, object]:
    report = yield
    if getattr(report, "skipped", False) and "golden" in getattr(item, "fixturenames", ()):
        item.config.stash[PARTIAL] = True
    return report


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object | None) -> None:
    """Takes over what a worker of pytest-xdist used."""
    output = getattr(node, "workeroutput", {})
    node.config.stash[USED].update(output.get("golden", ()))
    node.config.stash[PARTIAL] |= output.get("partial", True)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    config = session.config
    output = getattr(config, "workeroutput", None)
    if output is not None:
        output["golden"] = sorted(config.stash[USED])
        output["partial"] = config.stash[PARTIAL]
        return
    if exitstatus or config.stash[PARTIAL]:
        return
    for name in unused(config.stash[USED]):
        if config.getoption("--update-golden"):
            (GOLDEN / name).unlink()
        else:
            sys.stderr.write(f"\nno test uses the golden file '{name}'; --update-golden removes it\n")
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


def unused(used: set[str]) -> list[str]:
    """The golden files that no test has asked for."""
    there = {path.relative_to(GOLDEN).as_posix() for path in GOLDEN.rglob("*") if path.is_file()}
    return sorted(there - used)
