"""How long printing takes: a kit of 12 people from its files, and from one prepared view against other programs."""

from __future__ import annotations

import datetime as dt
import pickle
import shutil
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from benchmarks.generate import CONFIG, write_kit_playbook
from benchmarks.measuring import Result, compare, run
from playbook.audience import restrict
from playbook.load import load
from playbook.render.printing.as_html import to_web_page
from playbook.render.printing.paper import Format
from playbook.render.scripts import Scripts
from playbook.render.scripts.showing import ShownScripts
from playbook.shipped import templates_folder
from playbook.views.kit import kit_sheet
from playbook.views.scene import Scene
from playbook.views.sheet import Sheet

TODAY = dt.date(2027, 5, 1)
PRINTED = "printed 1 May 2027"
TYPESET = """\
import datetime, pathlib, pickle, sys
from playbook.render.printing.paper import Format
from playbook.render.printing.typeset import typeset
sheet = pickle.loads(pathlib.Path(sys.argv[1]).read_bytes())
made = typeset(
    sheet, lambda _: None, paper="a4", form=Format.KIT, printed=sys.argv[4], day=datetime.date(2027, 5, 1),
    templates=[pathlib.Path(sys.argv[2])],
)
pathlib.Path(sys.argv[3]).write_bytes(made.pdf)
"""
WEASYPRINT = """\
import sys, weasyprint
weasyprint.HTML(filename=sys.argv[1]).write_pdf(sys.argv[2])
"""
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""What it is called, here and there."""
QUIETLY = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def printing(folder: Path) -> list[Result]:
    """The whole command against Python doing nothing, then Typst against WeasyPrint and Chromium for the same text."""
    whole = [
        _whole_command(folder / "latin", "a kit of 12 people, playbook print event", is_chinese=False),
        _whole_command(folder / "chinese", "the same with a name in Chinese", is_chinese=True),
    ]
    return [*whole, *_from_one_view(folder, folder / "chinese" / "content")]


def _whole_command(root: Path, what: str, *, is_chinese: bool) -> Result:
    write_kit_playbook(root / "content", is_chinese=is_chinese)
    (root / "mkdocs.yml").write_text(CONFIG)
    _commit(root)
    day, out = ["--today", TODAY.isoformat()], ["--out", str(root / "kit.pdf")]
    command = [sys.executable, "-m", "playbook", "-C", str(root), *day, "print", "event", "the-event", *out]
    nothing = [sys.executable, "-c", "pass"]
    return compare(what, lambda: run(command), lambda: run(nothing), "python -c pass", most=60)


def _from_one_view(folder: Path, content: Path) -> Iterator[Result]:
    sheet = _sheet(content)
    view, page = folder / "kit.pickle", folder / "kit.html"
    view.write_bytes(pickle.dumps(sheet))
    page.write_text(
        to_web_page(
            sheet,
            lambda _: None,
            paper="a4",
            form=Format.KIT,
            printed=PRINTED,
            templates=[templates_folder()],
            large=False,
        ),
        encoding="utf-8",
    )
    ours = [sys.executable, "-c", TYPESET, str(view), str(templates_folder()), str(folder / "typst.pdf"), PRINTED]
    weasyprint = [sys.executable, "-c", WEASYPRINT, str(page), str(folder / "weasyprint.pdf")]
    what = "the same from its view, Typst as a process"
    if find_spec("weasyprint") is None or not _imports("weasyprint"):
        print(f"{what:<48} not measured against WeasyPrint: it, or Pango, is not installed (see CONTRIBUTING)")
    else:
        yield compare(what, lambda: run(ours), lambda: run(weasyprint), "WeasyPrint", most=0.25)
    browser = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    if browser is None:
        print(f"{what:<48} not measured against Chromium: there is none on the PATH")
    else:
        profile = f"--user-data-dir={folder / 'profile'}"
        pdf = f"--print-to-pdf={folder / 'chromium.pdf'}"
        printed = [browser, *QUIETLY, profile, "--no-pdf-header-footer", pdf, page.as_uri()]
        yield compare(what, lambda: run(ours), lambda: run(printed), "Chromium --print-to-pdf", most=1 / 3)


def _sheet(content: Path) -> Sheet:
    loaded = load(content, TODAY)
    if loaded.has_errors:
        raise SystemExit(f"the generated playbook is not valid: {loaded.problems[0]}")
    playbook = restrict(loaded.playbook, "me")
    scripts = ShownScripts(Scene(playbook, TODAY), Scripts(playbook, TODAY))
    scene = Scene(playbook, TODAY, scripts=scripts)
    return kit_sheet(scene, playbook.events["the-event"], discreet=False)


def _imports(module: str) -> bool:
    """Whether a module can be imported: WeasyPrint is there without the libraries that it loads."""
    try:
        run([sys.executable, "-c", f"import {module}"])
    except SystemExit:
        return False
    return True


def _commit(root: Path) -> None:
    """Makes a repository of it: a printout names its commit."""
    names = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    run(["git", "-C", str(root), "init", "--quiet"])
    run(["git", "-C", str(root), "add", "--all"])
    run(["git", "-C", str(root), *names, "commit", "--quiet", "--message", "A playbook"])
