"""The steps of a publish: refuse, unlock, build in private, scan, seal, put in place."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from playbook.cli.config import CONFIG
from playbook.cli.passphrases import places_for, read_sealing_of
from playbook.cli.places import told_size
from playbook.cli.prose import FEW, tell_prose
from playbook.cli.steps import Stopped, private_folder, watched
from playbook.cli.terminal import progress
from playbook.cli.unscanned import tell_unscanned

if TYPE_CHECKING:
    from playbook.cli.context import Context
    from playbook.cli.places import Place, Read
    from playbook.publish.bundle import Bundle
    from playbook.publish.keys import OwnerKey
    from playbook.publish.recipients import Sealing
    from playbook.publish.refusals import Committed
    from playbook.publish.scan import Report
    from site_plugins.sources import Sources


@dataclass(frozen=True)
class Plain:
    """What is about to be sealed."""

    files: Mapping[str, bytes] = field(repr=False)
    pages: int
    scanned: Report | None
    """What the scan could not look for; None where nothing was scanned."""


@dataclass(frozen=True)
class Unlocked:
    """What a site is sealed with."""

    sealing: Sealing
    owner: OwnerKey
    passphrase: str = field(repr=False)
    is_new: bool
    """Whether there was no sealing.yml before."""


@dataclass(frozen=True)
class Publishing:
    """One publish."""

    context: Context
    audience: str
    is_discreet: bool = False
    with_feeds: bool = False
    with_unscanned: bool = False
    """Whether to list what the scan could not look for."""

    @cached_property
    def sources(self) -> Sources:
        """What the site is made from."""
        from site_plugins.driver import BuildFailed
        from site_plugins.sources import sources_of

        try:
            return sources_of(self.context.root / CONFIG)
        except BuildFailed as error:
            raise Stopped(error.messages) from None

    def look_ahead(self, place: Place | None) -> None:
        """Say what would be published; asks for no passphrase and writes nothing."""
        committed = self._committed()
        if place is not None:
            place.look()
        sealing = read_sealing_of(self.context)
        plain = self._build()
        size = sum(map(len, plain.files.values()))
        click.echo(
            f"Would be published for {self.audience}: {plain.pages} pages, {len(plain.files)} files, {told_size(size)} "
            f"before they are sealed, of commit {committed.commit[:7]} (number {committed.seq})."
        )
        click.echo(_readers(sealing, self.audience))
        self._tell_prose()
        if plain.scanned is not None:
            tell_unscanned(plain.scanned, self.audience, whole=self.with_unscanned)
        if sealing is None:
            click.echo("There is no sealing.yml yet; the first publish makes it, and a passphrase.")
        if place is not None:
            click.echo(f"It would go to {place.shown}.")

    def publish(self, place: Place, passphrase_file: Path | None, *, replace: bool, accept_weak: bool) -> None:
        """Publish, and say what was published.

        Raises:
            Stopped: for what is wrong with the playbook, or must not be seen.
            Refused, GitRefused, OSError: for what is in the way; what was there is as it was.
        """
        from playbook.publish.refusals import refuse_rollback

        committed = self._committed()
        there = place.look()
        unlocked = self._unlock(passphrase_file, accept_weak=accept_weak)
        if there is not None and (old := _seq_of(there, place, unlocked, replace=replace)) is not None:
            refuse_rollback(committed.seq, old)
            if old == committed.seq:
                self._warn_of_same_number(committed.seq)
        with self._first(unlocked) as keep:
            plain = self._build()
            self._tell_prose()
            bundle = self._seal(plain, unlocked, committed)
            keep()
            size = place.put(bundle)
        click.echo(
            f"Published for {self.audience}: {plain.pages} pages of commit {committed.commit[:7]} (number "
            f"{committed.seq}), {told_size(size)} in {place.shown}."
        )
        click.echo(_readers(unlocked.sealing, self.audience))
        click.echo(place.next_step())
        if unlocked.is_new:
            click.echo(
                "sealing.yml was written; commit it: git add sealing.yml && git commit -m 'Seal the site'. "
                "It holds no passphrase."
            )

    @contextmanager
    def _first(self, unlocked: Unlocked) -> Iterator[Callable[[], None]]:
        """A way to write a new sealing.yml, which is taken away again where the first publish comes to nothing."""
        from playbook.publish.sealing_file import NAME, write_sealing

        path = self.context.root / NAME

        def keep() -> None:
            if unlocked.is_new:
                write_sealing(path, unlocked.sealing)

        try:
            yield keep
        except BaseException:
            if unlocked.is_new:
                path.unlink(missing_ok=True)
                click.echo(f"{NAME} was not made: the next publish asks for a new passphrase.", err=True)
            raise

    def _tell_prose(self) -> None:
        """The open texts that name somebody in plain words, while there is time to read them."""
        from playbook.views.prose import open_prose

        playbook = self.context.load_all(is_checked=False).playbook
        # Others may read what a workflow says, and a line of these is a name.
        most = 0 if os.environ.get("CI") else FEW
        tell_prose(open_prose(playbook, self.audience), self.audience, most=most)

    def _warn_of_same_number(self, seq: int) -> None:
        """A word, where who may read changes and the number does not."""
        from playbook.publish.refusals import find_uncommitted
        from playbook.publish.sealing_file import NAME

        if any(find_uncommitted(self.context.root / NAME)):
            click.echo(
                f"{NAME} is not as committed, and this publish has the number of the one before it ({seq}): a host "
                f"could go on showing that one, and no browser would tell. Commit {NAME} and publish again.",
                err=True,
            )

    def _committed(self) -> Committed:
        from playbook.publish.refusals import find_committed, refuse_links

        refuse_links(self.sources.docs)
        return find_committed(self.context.root, self.context.content, self.sources.parts)

    def _build(self) -> Plain:
        """The site for its audience, scanned; nothing of it is left on the disk."""
        from playbook.publish.gather import count_pages, discreet, gather
        from site_plugins.driver import BuildFailed, build_folder

        chosen: dict[str, object] = {"audience": self.audience}
        if self.context.fixed_today is not None:
            chosen["today"] = self.context.fixed_today
        with watched("Building the site, and scanning it"), private_folder() as folder:
            try:
                config = self.context.root / CONFIG
                built = build_folder(config, folder / "site", options=chosen, with_scan=True)
            except BuildFailed as error:
                raise Stopped(error.messages) from None
            files = gather(built.folder, with_feeds=self.with_feeds)
        for line in built.messages:
            click.echo(line, err=True)
        if self.is_discreet:
            files = discreet(files)
        return Plain(files, count_pages(files), built.scanned)

    def _seal(self, plain: Plain, unlocked: Unlocked, committed: Committed) -> Bundle:
        from playbook.publish.bundle import seal
        from playbook.publish.gather import site_address
        from playbook.publish.policy import content_security_policy
        from playbook.publish.scan import scan_sealed
        from site_plugins.scanned import user_name

        sealing, address = unlocked.sealing, site_address(plain.files)
        with progress("Sealing") as tell:
            bundle = seal(
                plain.files,
                owner=unlocked.owner,
                recipients=sealing.recipients_of(unlocked.owner, self.audience),
                salt=sealing.salt,
                iterations=sealing.iterations,
                seq=committed.seq,
                csp=content_security_policy(plain.files),
                site_url=address,
                progress=tell,
            )
        with watched("Scanning what was sealed"):
            report = scan_sealed(
                bundle.files(),
                self.context.load_all(is_checked=False).playbook,
                # Where the site lies is no secret of it, and stands in 404.html.
                ordinary=address,
                home=str(Path.home()),
                user=user_name(),
                passphrase=unlocked.passphrase,
                site_url=address,
            )
        if not report.is_clean:
            raise Stopped(report.lines())
        return bundle

    def _unlock(self, file: Path | None, *, accept_weak: bool) -> Unlocked:
        """The keys: of sealing.yml and the passphrase; at the first publish both are made."""
        from playbook.publish.passphrases import find_passphrase

        sealing = read_sealing_of(self.context)
        if sealing is None:
            return self._begin(file, accept_weak=accept_weak)
        passphrase = find_passphrase(places_for(file, sealing.user), "Your passphrase")
        with watched("Deriving the key"):
            return Unlocked(sealing, sealing.unlock(passphrase), passphrase, is_new=False)

    def _begin(self, file: Path | None, *, accept_weak: bool) -> Unlocked:
        from playbook.cli.new_secrets import words_near
        from playbook.cli.passphrases import new_owner_passphrase
        from playbook.publish.recipients import begin
        from playbook.publish.refused import Refused
        from playbook.publish.sealing_file import NAME

        if os.environ.get("CI"):
            raise Refused(
                f"there is no {NAME}, and one made here would be lost with this machine; publish once on your own, and "
                f"commit {NAME}"
            )
        passphrase = new_owner_passphrase(file, near=words_near(self.context), accept_weak=accept_weak)
        with watched("Deriving the key"):
            sealing, owner = begin(passphrase)
        return Unlocked(sealing, owner, passphrase, is_new=True)


def _seq_of(read: Read, place: Place, unlocked: Unlocked, *, replace: bool) -> int | None:
    """How many commits are published there; None where that cannot be told and was said not to matter."""
    from playbook.publish.opening import open_bundle
    from playbook.publish.refused import Refused

    try:
        with watched("Looking at what is there"):
            return open_bundle(read, unlocked.passphrase).seq
    except Refused as error:
        if replace:
            return None
        raise Refused(
            f"the sealed site in {place.shown} cannot be opened with this passphrase ({error}), so nobody can say "
            "whether it is newer; if it is yours, say --replace, else name another place"
        ) from None


def _readers(sealing: Sealing | None, audience: str) -> str:
    """Who can open a site for an audience, in a sentence."""
    others = [f"{one.name} ({one.kind})" for one in (sealing.recipients if sealing else ()) if one.audience == audience]
    if others:
        return f"It opens for you and {', '.join(others)}."
    if audience == "me":
        return "It opens for you alone."
    return f"It opens for you alone; for others: playbook recipients add NAME --audience {audience}"
