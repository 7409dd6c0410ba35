"""The wheel is the whole program: built, installed into an environment of its own, run far from the clone."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import sysconfig
import urllib.request
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

from playbook.cli.manuals import MANUALS

ROOT = Path(__file__).resolve().parents[1]

pytestmark = pytest.mark.xdist_group("package")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", target, ROOT],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (made,) = target.iterdir()
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory):
    """Runs a program of an environment that holds the wheel; the packages it needs are those of this environment."""
    home = tmp_path_factory.mktemp("elsewhere")
    (home / "tmp").mkdir()
    environment = home / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    python = environment / ("Scripts" if os.name == "nt" else "bin") / "python"
    quiet = ["--disable-pip-version-check", "--quiet"]
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", python, "install", *quiet, "--no-index", "--no-deps", wheel],
        check=True,
    )
    places = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    )
    # A path file adds that folder alone: the path file in it that leads to the clone is not followed.
    (Path(places.stdout.strip()) / "needed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return Installed(python, home)


class Installed:
    """An environment, and a folder to work in."""

    def __init__(self, python: Path, home: Path) -> None:
        self.bin, self.home = python.parent, home
        self.environment = {
            "PATH": f"{self.bin}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(home),
            "TMPDIR": str(home / "tmp"),
            "LC_ALL": "C.UTF-8",
            "PYTHONUNBUFFERED": "1",
        }

    def run(self, name: str, *arguments: str, cwd: Path | None = None) -> tuple[int, str]:
        """The exit code, and everything that was printed."""
        done = subprocess.run(
            [self.bin / name, *arguments], cwd=cwd or self.home, env=self.environment, text=True, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        return done.returncode, done.stdout


def files_below(folder: str) -> set[str]:
    """What git knows below a folder of the clone, and would take in."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", folder],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return {name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()}


def test_the_wheel_holds_every_file_of_the_program_the_templates_and_the_example_and_nothing_else(wheel):
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    program = files_below("playbook") | files_below("site_plugins")
    templates = {f"playbook/_{name}" for name in files_below("templates")}
    example = {f"playbook/_example/{name}" for name in files_below("content") | {"mkdocs.yml"}}
    manuals = {f"playbook/_docs/{name}.md" for name in MANUALS}
    assert held == program | templates | example | manuals
    assert {
        "playbook/py.typed",
        "site_plugins/py.typed",
        "playbook/serving/page/follow.js",
        "playbook/_templates/assets/charts.css",
        "playbook/_templates/init/workflow.yml.j2",
        "playbook/_templates/new/person.yml.j2",
        "playbook/_example/content/me.yml",
    } <= held


def test_the_wheel_says_what_it_is_what_it_needs_and_where_mkdocs_finds_the_plugin(wheel):
    with zipfile.ZipFile(wheel) as archive:
        (metadata,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        (points,) = (name for name in archive.namelist() if name.endswith("/entry_points.txt"))
        said = Parser().parsestr(archive.read(metadata).decode())
        entry_points = archive.read(points).decode()
        licenses = [name for name in archive.namelist() if name.endswith("/licenses/LICENSE")]
    assert said["Name"] == "career-playbook"
    assert said["License-Expression"] == "MIT"
    assert said["Requires-Python"] == ">=3.11"
    assert "mkdocs<2,>=1.6.1" in said.get_all("Requires-Dist")
    assert len(licenses) == 1
    assert entry_points.split() == [
        "[console_scripts]", "playbook", "=", "playbook.__main__:main",
        "[mkdocs.plugins]", "playbook", "=", "site_plugins.plugin:PlaybookPlugin",
    ]  # fmt: skip


def test_what_runs_is_the_wheel_and_not_the_clone(installed):
    code, said = installed.run(
        "python", "-c", "import playbook, site_plugins; print(playbook.__file__, site_plugins.__file__)"
    )
    assert code == 0
    assert all(Path(path).is_relative_to(installed.home) for path in said.split()), said
    assert str(ROOT) not in said


def test_the_installed_program_says_its_version(installed):
    from playbook import __version__

    assert installed.run("playbook", "--version") == (0, f"playbook {__version__}\n")


def test_the_installed_program_prints_its_manuals_and_says_where_they_are(installed):
    code, said = installed.run("playbook", "manual")
    assert code == 0, said
    folder = Path(said.rstrip().removesuffix(".").rpartition("Their files are in ")[2])
    assert folder.is_relative_to(installed.home)
    for name in MANUALS:
        text = (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")
        assert installed.run("playbook", "manual", name) == (0, text)
        assert (folder / f"{name}.md").read_text(encoding="utf-8") == text


@pytest.mark.slow
def test_the_installed_program_makes_a_playbook_adds_to_it_checks_it_and_builds_it(installed):
    answers = [
        "--name",
        "Ada",
        "--goal",
        "Lead the migration",
        "--person",
        "Grace Hopper",
        "--event",
        "Team lunch, 2027-05-14",
    ]
    code, said = installed.run("playbook", "init", "mine", "--yes", *answers)
    assert code == 0, said
    mine = installed.home / "mine"
    for kind in ("goal", "person", "event", "organization", "outreach"):
        code, said = installed.run("playbook", "new", kind, "Something New", cwd=mine)
        assert code == 0, said
    code, said = installed.run("playbook", "check", cwd=mine)
    assert (code, ": error:" in said, ": warning:" in said) == (0, False, False), said
    code, said = installed.run("playbook", "build", cwd=mine)
    assert code == 0, said
    assert re.search(r"^\d+ pages in site \(\d+\.\d s\)$", said, re.MULTILINE), said
    assert "Grace Hopper" in (mine / "site" / "people" / "grace-hopper" / "index.html").read_text(encoding="utf-8")
    assert (mine / "site" / "assets" / "playbook" / "charts.css").is_file()
    by_mkdocs = str(installed.home / "by-mkdocs")
    code, said = installed.run("python", "-m", "mkdocs", "build", "--strict", "--site-dir", by_mkdocs, cwd=mine)
    assert code == 0, said
    assert (installed.home / "by-mkdocs" / "people" / "grace-hopper" / "index.html").is_file()


@pytest.mark.slow
def test_the_installed_program_shows_the_example_and_leaves_nothing_behind(installed):
    demo = subprocess.Popen(
        [installed.bin / "playbook", "demo"], cwd=installed.home, env=installed.environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    said = ""
    try:
        for line in demo.stdout:
            said += line
            if found := re.search(r"http://127\.0\.0\.1:\d+/\?key=\S+", line):
                # The key opens the door once, and what it gives is a cookie.
                visitor = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
                with visitor.open(found[0]) as answer:
                    page = answer.read().decode()
                break
        else:
            pytest.fail(said)
        assert "Mara" in page
    finally:
        demo.send_signal(signal.SIGINT)
        rest = demo.communicate(timeout=20)[0]
    assert "Traceback" not in said + rest
    assert demo.returncode in {0, 130}
    assert list((installed.home / "tmp").iterdir()) == []
