"""What `playbook print` does: sees whether the place can be written, makes the sheet, writes it whole or not at all."""

from __future__ import annotations

import datetime as dt
import os
import sys
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from playbook.cli.context import Impossible, Options
from playbook.cli.filling import with_scripts
from playbook.render.printing.paper import Format, how_to_fold
from playbook.views.words import count, day_text

if TYPE_CHECKING:
    from playbook.cli.context import Context
    from playbook.cli.wanted import Wanted
    from playbook.views.scene import Scene
    from playbook.views.sheet import Sheet

_BEGINNINGS = {".pdf": b"%PDF", ".html": b"<!doctype html>", ".md": b"# "}
"""How a printout of ours begins: what begins otherwise is somebody's own file, and is not replaced."""


def write(
    options: Options,
    wanted: Wanted,
    *,
    out: Path | None,
    paper: str | None,
    copies: int,
    as_html: bool,
    as_markdown: bool,
) -> int:
    """Print what is wanted, and say where it is."""
    from playbook.views.scene import Scene

    if as_html and as_markdown:
        raise click.UsageError("--html and --markdown are two ways; choose one")
    if copies > 1 and (as_html or as_markdown):
        raise click.UsageError("--copies is for the PDF; a browser asks how many when it prints")
    suffix = ".html" if as_html else ".md" if as_markdown else ".pdf"
    to_stdout = out is not None and str(out) == "-"
    if to_stdout and suffix == ".pdf" and sys.stdout.isatty():
        raise click.UsageError("--out -: a PDF is not for a terminal; send it into a file or a program")
    given = None if out is None or to_stdout else options.under(out)
    if given is not None:
        _check_destination(given, suffix)
    context = options.context
    loaded = context.load(is_checked=False)
    today = loaded.today
    assert today is not None  # noqa: S101  (a command always speaks of a day)
    scene = with_scripts(Scene(loaded.playbook, today, is_mine=context.is_mine))
    if wanted.needs_history:
        scene = _with_history(scene, context)
    sheet = wanted.sheet(loaded, scene)
    path = given if given is not None else options.under(Path(f"{sheet.name}{suffix}"))
    if given is None and not to_stdout:
        _check_destination(path, suffix)
    chosen_paper = paper or str(loaded.playbook.me.record.paper)
    printed = _printed(context, today)
    templates = _templates(context.root / context.templates_name)
    how = ""
    if as_html:
        from playbook.render.printing.as_html import to_web_page
        from playbook.render.printing.typeset import CannotPrint

        try:
            content = to_web_page(
                sheet,
                scene.find_link,
                paper=chosen_paper,
                form=wanted.form,
                printed=printed,
                templates=templates,
                large=wanted.is_large,
            ).encode()
        except CannotPrint as error:
            raise Impossible(str(error)) from None
        said = "web page"
    elif as_markdown:
        from playbook.render.printing.as_markdown import to_markdown

        content, said = to_markdown(sheet, printed).encode(), "Markdown"
    else:
        content, said, how = _pdf(sheet, scene, wanted, chosen_paper, printed, today, templates, copies)
    for note in sheet.notes:
        click.echo(note, err=True)
    if loaded.has_left_out:
        click.echo("Some files cannot be read and are not in it; playbook check says which.", err=True)
    if to_stdout:
        sys.stdout.buffer.write(content)
        return 0
    _save(path, content)
    click.echo(f"{os.path.relpath(path)} ({said})")
    if how:
        click.echo(how)
    return 0


def _pdf(
    sheet: Sheet,
    scene: Scene,
    wanted: Wanted,
    paper: str,
    printed: str,
    today: dt.date,
    templates: list[Path],
    copies: int,
) -> tuple[bytes, str, str]:
    """(the PDF, how much it is, what to do with the paper)."""
    from playbook.render.printing.typeset import CannotPrint, typeset

    try:
        with _at_work() if sys.stderr.isatty() else nullcontext():
            made = typeset(
                sheet,
                scene.find_link,
                paper=paper,
                form=wanted.form,
                printed=printed,
                day=today,
                templates=templates,
                copies=copies,
                large=wanted.is_large,
                most_pages=wanted.most_pages,
            )
    except CannotPrint as error:
        raise Impossible(str(error)) from None
    if made.missing:
        click.echo(made.missing, err=True)
    if wanted.most_pages is not None and made.pages > wanted.most_pages:
        click.echo(f"It takes {made.pages} pages, even in small type: there is much to say.", err=True)
    said = count(made.pages, "card" if wanted.form is Format.CARDS else "page")
    if wanted.form is not Format.KIT:
        said += f" on {count(made.sides, 'side')} of {'A4' if paper == 'a4' else 'Letter'}"
    elif copies > 1:
        said += f", {count(copies, 'copy', 'copies')}"
    return made.pdf, said, how_to_fold(wanted.form, made.pages)


def _at_work() -> AbstractContextManager[object]:
    from rich.console import Console

    return Console(stderr=True).status("Laying out")


def _with_history(scene: Scene, context: Context) -> Scene:
    """The scene with what git knows; without it, and a word about why, where git knows nothing."""
    from playbook.cli.history import read_timeline

    try:
        return replace(scene, timeline=read_timeline(context))
    except Impossible as why:
        click.echo(f"Without what git knows of the checklists. {why.message}", err=True)
        return scene


def _templates(own: Path) -> list[Path]:
    from playbook.shipped import templates_folder

    return [folder for folder in (templates_folder(), own) if folder.is_dir()]


def _printed(context: Context, today: dt.date) -> str:
    """`printed 21 Nov 2026 from 8f329ec`, so that one knows in spring how old a sheet is."""
    from playbook.history.head import head_of

    if not context.is_mine:
        return f"printed {day_text(today)}"
    if context.revision is not None:
        return f"as of {day_text(today)} from {context.revision.short}"
    head = head_of(context.content)
    source = f" from {head.short}{' and later changes' if head.is_changed else ''}" if head else ""
    return f"printed {day_text(today)}{source}"


def _check_destination(path: Path, suffix: str) -> None:
    """Nothing, where a printout may be written.

    Raises:
        Impossible: saying what is in the way, before any work is done.
    """
    if path.is_dir():
        raise Impossible(f"'{path}' is a folder; name a file in it, such as {path / f'kit{suffix}'}")
    if not path.parent.is_dir():
        raise Impossible(f"there is no folder '{path.parent}'")
    if not os.access(path if path.exists() else path.parent, os.W_OK) or not os.access(path.parent, os.W_OK):
        raise Impossible(f"'{path}' cannot be written: no permission")
    if path.exists():
        with path.open("rb") as stream:
            begins = stream.read(16)
        if begins and not begins.startswith(_BEGINNINGS[suffix]):
            raise Impossible(f"'{path}' is there already and is no printout ({suffix}); it was not touched")


def _save(path: Path, content: bytes) -> None:
    from playbook.source.writing import write_file

    try:
        write_file(path, content)
    except OSError as error:
        raise Impossible(f"'{path}' cannot be written: {error.strerror}; nothing was changed") from None
