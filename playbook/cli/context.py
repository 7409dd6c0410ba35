"""What every command needs to know before it begins: which playbook, and which day."""

from __future__ import annotations

import datetime as dt
import errno
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from playbook.cli.config import CONFIG, names_the_playbook, read_plugin_options
from playbook.problems import shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from playbook.checks import Check
    from playbook.graph import Playbook
    from playbook.history.past import PastTree
    from playbook.history.revision import Revision
    from playbook.load import Loaded
    from playbook.problems import Problem
    from playbook.source.files import SourceFile


class Impossible(click.ClickException):
    """What was asked cannot be done here, however it is typed; exits 2."""

    exit_code = 2


@dataclass(frozen=True)
class Options:
    """The global options."""

    folder: str
    """Where to work."""
    today: dt.date | None = None
    """The day to speak of; None for the present one."""
    as_of: str = ""
    """A day or a commit: the playbook as it was then; empty for the files on the disk."""
    audience: str = ""
    """Whom a command answers as; empty for the author."""

    @cached_property
    def context(self) -> Context:
        """The playbook they lead to.

        Raises:
            Impossible: where there is no playbook.
        """
        start = Path(self.folder).resolve()
        root = find_root(start)
        if root is None:
            raise Impossible(
                f"there is no playbook in '{start.name or start}' or above it (a folder with mkdocs.yml and content/). "
                "Make one: playbook init DIR"
            )
        plugin = read_plugin_options(root / CONFIG)
        revision = _revision(root, plugin.content, self.as_of) if self.as_of else None
        fixed = self.today or (revision.day if revision is not None else plugin.today)
        return Context(
            root, plugin.content, plugin.templates, plugin.audience, fixed, plugin.problem, revision, self.audience
        )

    def refuse_as_of(self, what: str) -> None:
        """Nothing, where the files on the disk are meant.

        Raises:
            click.UsageError: where `--as-of` was given to a command that works on them alone.
        """
        if self.as_of:
            raise click.UsageError(f"{what} works on the files as they are now; leave out --as-of")

    def under(self, path: Path) -> Path:
        """A path typed by somebody who works in this folder.

        Raises:
            Impossible: where it is longer than a name can be here, so that nobody can look whether it is there.
        """
        whole = Path(self.folder) / path
        try:
            whole.lstat()
        except OSError as error:
            if error.errno == errno.ENAMETOOLONG:
                raise Impossible(f"'{shorten(str(path), 60)}' is too long for the name of a file") from None
        return whole


@dataclass(frozen=True)
class Context:
    """One playbook on one day."""

    root: Path
    content_name: str
    templates_name: str
    audience: str
    """Whom the site is built for, as mkdocs.yml says."""
    fixed_today: dt.date | None
    """From `--today`, else from mkdocs.yml; None for the present day."""
    problem: Problem | None = None
    """What is wrong with mkdocs.yml."""
    revision: Revision | None = None
    """The commit to speak of (`--as-of`); None for the files on the disk."""
    reader: str = ""
    """Whom to answer as (`--audience`); empty for the author."""

    @property
    def is_mine(self) -> bool:
        """Whether the author is answered: only then are files, lines and commits told."""
        return self.reader in ("", "me")

    @property
    def content(self) -> Path:
        """The folder of the YAML files."""
        return self.root / self.content_name

    @cached_property
    def today(self) -> dt.date:
        """The day to speak of: fixed, or today in the time zone of me.yml (no other file is read for it)."""
        if self.fixed_today is not None:
            return self.fixed_today
        from playbook.load import load_files
        from playbook.source.files import ME, SourceFile

        # A revision brings its day, so these are the files on the disk.
        me = self.content / ME
        try:
            text = b"" if me.is_symlink() else me.read_bytes()
        except OSError:
            text = b""
        return _today(load_files([SourceFile(ME, "me", "me", text)], None, is_checked=False).playbook)

    @property
    def shown_content(self) -> str:
        """What was read, for a line that sums up: `content`, `content as of 8f329ec (2026-04-13)`."""
        if self.revision is None:
            return self.content_name
        return f"{self.content_name} as of {self.revision.short} ({self.revision.time.date()})"

    @cached_property
    def past(self) -> PastTree | None:
        """The content folder as the revision has it; None where the files on the disk are meant.

        Raises:
            Impossible: where it has none, or it cannot be read.
        """
        if self.revision is None:
            return None
        from playbook.history.revision import NoRevision, read_revision

        try:
            return read_revision(self.revision, "" if _is_folder(self.content) else self.content_name)
        except NoRevision as error:
            raise Impossible(f"--as-of: {error}") from None

    def load(self, *, with_scripts: bool = True, is_checked: bool = True) -> Loaded:
        """Everything that was read, with every problem; those of outreach templates only where somebody asks.

        Unchecked it is the playbook alone, with the problems of reading it. For another audience it is what that
        audience may know, and no problems.

        Raises:
            click.UsageError: where nobody knows that audience.
            Impossible: where a file is wrong, for what it opens and closes is not known then.
        """
        if self.is_mine:
            return self.load_all(with_scripts=with_scripts, is_checked=is_checked)
        from playbook.audience import restrict

        loaded = self.load_for_reader()
        return replace(loaded, playbook=restrict(loaded.playbook, self.reader), problems=(), names=())

    def load_for_reader(self) -> Loaded:
        """The whole playbook, from which an audience is to get its part.

        Raises:
            click.UsageError: where nobody knows that audience.
            Impossible: where a file is wrong, for what it opens and closes is not known then.
        """
        from playbook.audience import UnknownAudience, reader_of

        loaded = self.load_all(with_scripts=False)
        if loaded.has_errors:
            raise Impossible(
                "something is wrong in the playbook, and it may be a label; before that is mended nobody else is "
                "shown anything. See: playbook check"
            )
        try:
            reader_of(loaded.playbook, self.reader or "me")
        except UnknownAudience as error:
            raise click.UsageError(f"--audience: {error}") from None
        return loaded

    def load_all(self, *, with_scripts: bool = True, is_checked: bool = True) -> Loaded:
        """Everything that was read, whoever asks; see `load`."""
        from playbook.cli.terminal import progress
        from playbook.load import load
        from playbook.problems import in_reading_order
        from playbook.remembered import Remembered

        cache = Remembered(self.content) if self.past is None else None
        with progress("Reading") as tell:
            loaded = load(
                self.past or self.content,
                self.fixed_today or _today,
                shown_as=self.content_name,
                checks=(check_scripts,) if with_scripts else (),
                is_checked=is_checked,
                progress=tell,
                cache=cache,
            )
        if cache is not None:
            cache.keep()
        if self.problem is None:
            return loaded
        # What stands in mkdocs.yml may be where the files are.
        problems = in_reading_order((self.problem, *loaded.problems))
        return replace(loaded, problems=problems, has_left_out=True)

    def loader(
        self, found: Iterable[Problem], *, pages: Iterable[str] = (), checks: Iterable[Check] = ()
    ) -> Callable[[Iterable[SourceFile]], Loaded]:
        """What reads files into a playbook, as they are or shall be; see `load_files` for what is told beside them.

        What an earlier command has read is not read again, nor will a later one read what this one did.
        """
        from playbook.load import load_files
        from playbook.remembered import Remembered

        cache = Remembered(self.content)

        def load(files: Iterable[SourceFile]) -> Loaded:
            loaded = load_files(files, self.today, pages=pages, problems=found, checks=checks, cache=cache)
            cache.keep()
            return loaded

        return load


def _revision(root: Path, content_name: str, wanted: str) -> Revision:
    from playbook.history.revision import NoRevision, find_revision

    content = root / content_name
    try:
        # The folder may have a repository of its own; or be gone, and wanted back.
        return find_revision(content if _is_folder(content) else root, wanted)
    except NoRevision as error:
        raise Impossible(f"--as-of: {error}") from None


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _today(playbook: Playbook) -> dt.date:
    from playbook.zones import today_in

    return today_in(playbook.me.record.timezone)


def check_scripts(playbook: Playbook, today: dt.date | None) -> Iterable[Problem]:
    """What is wrong with the outreach templates' scripts."""
    if not playbook.outreach:
        return ()
    from playbook.render.scripts import check_scripts

    return check_scripts(playbook, today)


def find_root(start: Path) -> Path | None:
    """The nearest folder, from `start` up, that holds a playbook."""
    for folder in (start, *start.parents):
        config = folder / CONFIG
        if config.is_file() and ((folder / "content").is_dir() or names_the_playbook(config)):
            return folder
    # A content folder without mkdocs.yml can still be checked and listed.
    return next((folder for folder in (start, *start.parents) if (folder / "content" / "me.yml").is_file()), None)


def parse_day(text: str, what: str) -> dt.date:
    """A day written as 2027-04-15.

    Raises:
        click.UsageError: naming `what`, for anything else.
    """
    from playbook.problems import shorten
    from playbook.zones import read_day

    try:
        return read_day(text)
    except ValueError:
        raise click.UsageError(f"{what}: '{shorten(text, 30)}' is not a date such as 2027-04-15") from None
