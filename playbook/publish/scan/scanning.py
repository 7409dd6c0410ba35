"""Looks for values in every file of an output, in every form that an output may give them.

It is a net below the proof by twins, not the proof. What cannot be looked into is a finding: an output is clean only
where everything in it was read. Refuses to show what it found.
"""

from __future__ import annotations

import gc
import os
import re
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playbook.graph import Playbook
from playbook.history.timeline import Timeline
from playbook.publish.scan.folding import plain, unescaped
from playbook.publish.scan.foreign import foreign_hosts
from playbook.publish.scan.hidden import HiddenValues, all_values, without_ordinary
from playbook.publish.scan.needles import LEAST, Form, Needle
from playbook.publish.scan.ordinary import digest
from playbook.publish.scan.report import Finding, Report, in_order
from playbook.publish.scan.texts import as_read, as_text, is_code, is_markup, tags_in, without_tags
from playbook.publish.scan.tokens import tokens_in
from playbook.publish.scan.unpacking import (
    MOST_LEVELS,
    Budget,
    CannotOpen,
    Part,
    encoded,
    is_known_binary,
    is_packed,
    runs_in,
    unpacked,
)

Progress = Callable[[int, int], None]
"""Told (files looked into, files in all)."""

_TEXTS = (
    ".html", ".htm", ".xhtml", ".xml", ".svg", ".css", ".js", ".mjs", ".map", ".json", ".webmanifest", ".txt", ".md",
    ".csv", ".ics", ".vcf", ".yml", ".yaml", ".toml", ".rss", ".atom",
)  # fmt: skip
_BROKEN = (".ics", ".vcf", ".txt", ".md", ".eml")
"""What wraps long lines."""
_PRINTED = re.compile(rb"[\x20-\x7e\t]{5,}")
_TOO_DEEP = f"is packed more than {MOST_LEVELS} times over, and was not looked into"


def scan(
    files: Mapping[str, bytes] | Path,
    hidden: HiddenValues,
    *,
    site_url: str = "",
    home: str = "",
    user: str = "",
    passphrase: str = "",
    known: frozenset[bytes] = frozenset(),
    is_sealed: bool = False,
    progress: Progress | None = None,
) -> Report:
    """What stands in an output that may not stand there.

    Args:
        files: the output, as path → content, or the folder that it lies in.
        hidden: what to look for.
        site_url: where the site will be; its own host is no stranger.
        home: the home folder of this machine's user.
        user: the name of this machine's user.
        passphrase: the one that the site is sealed with, if it is.
        known: digests of files that come from packages, as they are: nothing of a playbook is in them.
        is_sealed: whether files that are no text nor anything else that is known are as they should be.
        progress: told how far it is.
    """
    scanning = _Scanning(hidden, known, host=_own_host(site_url), home=home, is_sealed=is_sealed)
    scanning.look_for_more(user, passphrase)
    report = scanning.run(files, progress)
    if report.is_clean:
        return report
    # To say everywhere that it stands, what is on every page is read on every page.
    scanning.is_whole = True
    again = scanning.run(files, progress)
    return Report(in_order((*report.findings, *again.findings)), report.listed, report.files)


def scan_sealed(
    files: Mapping[str, bytes] | Path,
    playbook: Playbook,
    *,
    timeline: Timeline | None = None,
    ordinary: str = "",
    home: str = "",
    user: str = "",
    passphrase: str = "",
    site_url: str = "",
    progress: Progress | None = None,
) -> Report:
    """What of a playbook, or of what was used to seal it, stands in a sealed folder in the clear.

    `ordinary` is what may: the words of the page in front, where they are not the program's own.
    """
    hidden = all_values(playbook, timeline=timeline, ordinary=ordinary)
    return scan(
        files, hidden, site_url=site_url, home=home, user=user, passphrase=passphrase, is_sealed=True, progress=progress
    )


class _Scanning:
    """One scan: what is looked for, and what was found so far."""

    def __init__(self, hidden: HiddenValues, known: frozenset[bytes], *, host: str, home: str, is_sealed: bool) -> None:
        self._hidden, self._known, self._host, self._home, self._is_sealed = hidden, known, host, home, is_sealed
        self._whats = [f"holds what stands in {where}" for where in hidden.wheres]
        self._needles = hidden.needles
        self.is_whole = False

    def look_for_more(self, user: str, passphrase: str) -> None:
        """Look for what is no value of the playbook, too."""
        more = []
        if len(user) >= LEAST:
            # A name that the text has anyway tells nothing.
            more += without_ordinary([Needle(len(self._whats), user, Form.WORD)], self._hidden.ordinary)
            self._whats.append("holds the name of this machine's user")
        if passphrase:
            more.append(Needle(len(self._whats), passphrase))
            self._whats.append("holds the passphrase")
        self._needles = self._needles.joined(more)

    def run(self, files: Mapping[str, bytes] | Path, progress: Progress | None) -> Report:
        """What all files hold."""
        self._paragraphs: set[bytes] = set()
        self._tags: set[str] = set()
        self._code: set[str] = set()
        self._findings: list[Finding] = []
        with _uncollected():
            return self._run(files, progress)

    def _run(self, files: Mapping[str, bytes] | Path, progress: Progress | None) -> Report:
        names = sorted(files) if isinstance(files, Mapping) else list(self._names(files))
        for number, name in enumerate(names, 1):
            try:
                data = files[name] if isinstance(files, Mapping) else (files / name).read_bytes()
            except OSError:
                self._find(name, "file", "cannot be read")
            else:
                self._look_at(name, data)
            if progress is not None:
                progress(number, len(names))
        return Report(in_order(self._findings), self._hidden.listed, len(names))

    def _names(self, folder: Path, below: str = "") -> Iterator[str]:
        """Every file's path; what is neither file nor folder is a finding."""
        try:
            entries = sorted(os.scandir(folder / below), key=lambda entry: entry.name)
        except OSError:
            self._find(below or ".", "folder", "cannot be read")
            return
        for entry in entries:
            path = f"{below}{entry.name}"
            mode = entry.stat(follow_symlinks=False).st_mode
            if stat.S_ISDIR(mode):
                self._look_at_name(path)
                yield from self._names(folder, f"{path}/")
            elif stat.S_ISREG(mode):
                yield path
            else:
                self._find(path, "file", "is a link, or no file at all, and was not looked into")

    def _look_at(self, path: str, data: bytes) -> None:
        self._look_at_name(path)
        if not path.endswith(".html") and digest(data) in self._known:
            return
        budget = Budget()
        try:
            self._look_into(path, "", data, 0, budget)
        except CannotOpen as reason:
            self._find(path, "file", f"cannot be looked into: {reason}")

    def _look_at_name(self, path: str) -> None:
        for owner in self._owners(path):
            self._find(path, "file name", self._whats[owner])

    def _look_into(self, path: str, kind: str, data: bytes, level: int, budget: Budget) -> None:
        if level > MOST_LEVELS:
            self._find(path, kind, _TOO_DEEP)
            return
        if not kind and not self.is_whole and path.lower().endswith((".html", ".htm")) and not is_packed(data):
            data = self._fresh(data)
        text = None if is_packed(data) else as_text(data)
        if text is not None:
            self._read(path, kind, text, level, budget)
            return
        is_open = level == 0 and not self._is_sealed
        if is_open and path.lower().endswith(_TEXTS):
            self._find(path, "file", "cannot be read as the text that it should be")
        elif is_open and not is_known_binary(data):
            self._find(path, "file", "is of a kind that cannot be looked into")
        for owner in self._needles.find_in_bytes(data):
            self._find(path, kind or "bytes", self._whats[owner])
        printed = b"\n".join(_PRINTED.findall(data)).decode("ascii")
        self._read(path, kind or "bytes", printed, level, budget)
        for part in unpacked(data, budget):
            self._take(path, kind, part, level, budget)

    def _take(self, path: str, kind: str, part: Part, level: int, budget: Budget) -> None:
        inner = f"{kind} > {part.kind}" if kind else part.kind
        if part.is_name:
            for owner in self._owners(part.data.decode("utf-8", "replace")):
                self._find(path, inner, self._whats[owner])
        elif part.data:
            try:
                self._look_into(path, inner, part.data, level + 1, budget)
            except CannotOpen:
                if not part.may_be_noise:
                    raise

    def _read(self, path: str, kind: str, text: str, level: int, budget: Budget) -> None:
        may_break = bool(kind) or path.lower().endswith(_BROKEN)
        every = tags_in(text) if "<" in text else []
        # What stands in a tag stands in it alone.
        tags = every if self.is_whole else [tag for tag in every if tag not in self._tags]
        self._tags.update(tags)
        self._code.update(filter(is_code, tags))
        if every and is_markup(text):
            self._find_values(path, kind or "tags", "\n".join(tags))
        else:
            self._find_values(path, kind or "text", text, may_break=may_break)
        if "<" in text and self._may_hold(without_tags(text), may_break=may_break):
            self._find_values(path, kind or "text", as_read(text), may_break=may_break)
        data = text.encode("utf-8", "surrogatepass")
        runs = runs_in(data)
        for what in tokens_in(data, runs, self._home):
            self._find(path, kind or "text", f"holds {what}")
        if not kind:
            for where, host in foreign_hosts(path, text, tags, self._host, has_code=not self._code.isdisjoint(every)):
                self._find(path, where, f"makes a browser fetch something from {self._masked(host)}")
        for part in encoded(runs, budget):
            self._take(path, kind, part, level, budget)

    def _find_values(self, path: str, kind: str, text: str, *, may_break: bool = False) -> None:
        for owner in self._needles.find(plain(unescaped(text)), may_break=may_break):
            self._find(path, kind, self._whats[owner])

    def _may_hold(self, text: str, *, may_break: bool) -> bool:
        return may_break or self._needles.may_stand_in(plain(unescaped(text)))

    def _fresh(self, page: bytes) -> bytes:
        """What no page before had. Most of a site is the same on every page; nothing goes on behind an empty line."""
        fresh = [paragraph for paragraph in page.split(b"\n\n") if paragraph not in self._paragraphs]
        self._paragraphs.update(fresh)
        return b"\n\n".join(fresh)

    def _owners(self, text: str) -> set[int]:
        return self._needles.find(plain(unescaped(text)))

    def _find(self, path: str, kind: str, what: str) -> None:
        self._findings.append(Finding(self._masked(path), kind, what))

    def _masked(self, path: str) -> str:
        """A path in which a `*` stands for what may not be said."""
        if not self._owners(path):
            return path
        shown = "/".join("*" if self._owners(part) else part for part in path.split("/"))
        return "*" if self._owners(shown) else shown


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keeps the garbage collector away: a hundred thousand pieces of pages hold nothing that goes in a circle."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _own_host(site_url: str) -> str:
    try:
        return urlsplit(site_url).hostname or ""
    except ValueError:
        return ""
