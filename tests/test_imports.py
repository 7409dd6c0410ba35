"""Who may import whom: every import of the package leads down, and a planted one that leads up is caught."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

FLOORS = (
    ("problems", "shipped", "own_cache", "__version__"),
    ("zones",),
    ("source",),
    ("history",),
    ("records",),
    ("first_words",),
    ("graph", "schema", "starters"),
    ("checks",),
    ("load",),
    ("audience", "cadence", "remembered", "repository", "example_past"),
    ("owed", "gifts", "names", "talks"),
    ("dayforms",),
    (
        "agenda",
        "stale",
        "balance",
        "gaps",
        "coverage",
        "paths",
        "beginning",
        "reference",
        "selecting",
        "codes",
        "daywords",
        "progress",
        "ledger",
    ),
    ("sponsors", "lines"),
    ("deeds",),
    ("gestures",),
    ("rewriting",),
    ("plays",),
    ("welcome",),
    ("views",),
    ("capture",),
    ("inbox",),
    ("render", "exchange"),
    ("site",),
    ("publish",),
    ("site_plugins",),
    ("serving", "doctor"),
    ("cli",),
    ("__main__",),
)
"""From the ground up. A room may import from the floors below its own, and from itself."""
FORBIDDEN = {
    "render": {"records"},  # a template can only show what a view holds
    "history": {"records", "graph", "checks", "load"},  # old files may not satisfy today's records
}
"""What a room may not import although it lies below."""
CLOCKS = {"today", "now", "utcnow", "time", "localtime", "gmtime"}
ON_THE_CLOCK = {"cli", "site_plugins", "zones"}
"""`zones` turns a moment into a day; the moment is an argument whose default is the real thing."""


def offences(root: Path) -> list[str]:
    """Every import below `root` that leads the wrong way, and every look at the clock, as `file:line: what`."""
    found = []
    for path in sorted([*(root / "playbook").rglob("*.py"), *(root / "site_plugins").rglob("*.py")]):
        room = room_of(path.relative_to(root).with_suffix("").parts)
        tree = ast.parse(path.read_text(encoding="utf-8"))
        where = path.relative_to(root).as_posix()
        for line, module in imports(tree):
            reason = why_not(room, module)
            if reason:
                found.append(f"{where}:{line}: {reason}")
        if room not in ON_THE_CLOCK:
            found += [f"{where}:{line}: {room} looks at the clock" for line in looks_at_the_clock(tree)]
    return found


def room_of(parts: tuple[str, ...]) -> str:
    return parts[1] if parts[0] == "playbook" and len(parts) > 1 else parts[0]


def why_not(room: str, module: str) -> str:
    top = module.split(".", maxsplit=1)[0]
    if top in ("mkdocs", "material", "properdocs") and room != "site_plugins":
        return f"{room} imports {top}"
    if top not in ("playbook", "site_plugins"):
        return ""
    target = room_of(tuple(module.split(".")))
    if target in (room, "playbook"):
        return ""
    if floor(target) >= floor(room):
        return f"{room} imports {target}, which does not lie below it"
    return f"{room} imports {target}" if target in FORBIDDEN.get(room, ()) else ""


def floor(room: str) -> int:
    floors = [number for number, rooms in enumerate(FLOORS) if room in rooms]
    assert floors, f"'{room}' is on no floor; add it to FLOORS"
    return floors[0]


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, module) of every import, also inside functions; `from playbook import cli` gives `playbook.cli`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"line {node.lineno}: imports are written from the top, so that they can be read"
            module = node.module or ""
            names = [f"{module}.{alias.name}" for alias in node.names] if module == "playbook" else [module]
            yield from ((node.lineno, name) for name in names)


def looks_at_the_clock(tree: ast.AST) -> Iterator[int]:
    """Lines with a call such as `date.today()`, `datetime.now()` or `time.time()`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS:
            owner = node.func.value
            name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
            if name in ("date", "datetime", "time"):
                yield node.lineno


def test_every_import_leads_down_and_only_the_edge_looks_at_the_clock():
    assert offences(ROOT) == []


@pytest.mark.parametrize(
    ("path", "line", "offence"),
    [
        (
            "playbook/source/x.py",
            "from playbook.records import Goal",
            "source imports records, which does not lie below it",
        ),
        ("playbook/graph/x.py", "import playbook.load", "graph imports load, which does not lie below it"),
        (
            "playbook/views/x.py",
            "def f():\n    from playbook import cli",
            "views imports cli, which does not lie below it",
        ),
        (
            "playbook/views/x.py",
            "from playbook.render import pages",
            "views imports render, which does not lie below it",
        ),
        ("playbook/render/charts/x.py", "from playbook.records.types import Due", "render imports records"),
        ("playbook/site.py", "from mkdocs.structure.files import File", "site imports mkdocs"),
        ("site_plugins/x.py", "import playbook.cli.app", "site_plugins imports cli, which does not lie below it"),
        ("playbook/cadence.py", "import datetime as dt\ndt.date.today()", "cadence looks at the clock"),
        ("playbook/views/x.py", "from datetime import datetime\ndatetime.now()", "views looks at the clock"),
        ("playbook/render/x.py", "import time\ntime.time()", "render looks at the clock"),
    ],
)
def test_a_planted_offender_is_caught(tmp_path, path, line, offence):
    file = tmp_path / path
    file.parent.mkdir(parents=True)
    file.write_text(f"{line}\n")
    assert offences(tmp_path) == [f"{path}:{len(line.splitlines())}: {offence}"]


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("playbook/views/x.py", "from playbook.graph import Playbook"),
        ("playbook/render/x.py", "from playbook.graph import Playbook"),
        ("playbook/render/x.py", "import playbook.render.charts"),
        ("site_plugins/x.py", "import mkdocs.plugins"),
        ("playbook/cli/x.py", "import datetime as dt\ndt.date.today()"),
        ("playbook/views/x.py", "today = self.today()"),
    ],
)
def test_an_import_that_leads_down_is_fine(tmp_path, path, line):
    file = tmp_path / path
    file.parent.mkdir(parents=True)
    file.write_text(f"{line}\n")
    assert offences(tmp_path) == []
