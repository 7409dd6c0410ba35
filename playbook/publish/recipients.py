"""Who a playbook is sealed for: the owner, and others by name, each with a key that the owner's passphrase opens.

Values in, values out; what stands in `sealing.yml` is read and written by `sealing_file`.
"""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass, field, replace
from enum import StrEnum

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from playbook.problems import Place, Problem, suggest
from playbook.publish import keys
from playbook.publish.header import IV_BYTES, MOST_RECIPIENTS
from playbook.publish.opening import LinkSecret
from playbook.publish.refused import Refused, WrongSecret

_OWNER_AAD = keys.LABEL + b"owner"
_PROOF = bytes(16)


class Kind(StrEnum):
    """What a recipient was given."""

    PASSPHRASE = "passphrase"  # noqa: S105  (the word)
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Listed:
    """One recipient as the file has it."""

    name: str
    audience: str
    kind: Kind
    since: dt.date
    key: bytes = field(repr=False)
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Sealing:
    """What `sealing.yml` says."""

    salt: bytes
    iterations: int
    owner: bytes = field(repr=False)
    recipients: tuple[Listed, ...] = ()

    @property
    def user(self) -> str:
        """What the keyring files the passphrase under: the salt, which stays when the folder moves."""
        return self.salt.hex()

    def unlock(self, passphrase: str) -> keys.OwnerKey:
        """The owner's keys.

        Raises:
            WrongSecret: where the passphrase is not the owner's.
        """
        owner = keys.OwnerKey.of_passphrase(passphrase, self.salt, self.iterations)
        try:
            AESGCM(keys.file_key(owner.own)).decrypt(self.owner[:IV_BYTES], self.owner[IV_BYTES:], _OWNER_AAD)
        except InvalidTag:
            raise WrongSecret("the passphrase is not the one that sealing.yml was made with") from None
        return owner

    def find(self, name: str) -> Listed:
        """The recipient of that name.

        Raises:
            Refused: where there is none.
        """
        for listed in self.recipients:
            if listed.name == name:
                return listed
        names = [listed.name for listed in self.recipients]
        hint = suggest(name, names) or (f"There are {', '.join(names)}." if names else "There are none yet.")
        raise Refused(f"no recipient is called '{name}'. {hint}")

    def recipients_of(self, owner: keys.OwnerKey, audience: str) -> tuple[keys.Recipient, ...]:
        """Those whom a site for one audience is sealed for, with their keys.

        Raises:
            Refused: where an entry was changed by hand.
        """
        return tuple(
            keys.Recipient(listed.name, _unwrap(owner, listed))
            for listed in self.recipients
            if listed.audience == audience
        )

    def master_of(self, secret: str | LinkSecret) -> bytes:
        """The master key of a recipient's secret."""
        if isinstance(secret, LinkSecret):
            return keys.master_of_link(secret.secret, self.salt)
        return keys.master_of_passphrase(secret, self.salt, self.iterations)

    def with_recipient(
        self, owner: keys.OwnerKey, name: str, audience: str, secret: str | LinkSecret, since: dt.date
    ) -> Sealing:
        """With one more recipient.

        Raises:
            Refused: where the name is taken, the audience has its eight, or somebody has the same passphrase.
        """
        if any(listed.name == name for listed in self.recipients):
            raise Refused(f"'{name}' is a recipient already; 'playbook recipients rotate {name}' gives a new secret")
        if sum(listed.audience == audience for listed in self.recipients) >= MOST_RECIPIENTS:
            raise Refused(f"'{audience}' has {MOST_RECIPIENTS} recipients already, and there is no room for more")
        return replace(self, recipients=(*self.recipients, self._listed(owner, name, audience, secret, since)))

    def with_secret(self, owner: keys.OwnerKey, name: str, secret: str | LinkSecret, since: dt.date) -> Sealing:
        """With another secret for somebody who is there.

        Raises:
            Refused: where nobody is, or somebody has the same passphrase.
        """
        before = self.find(name)
        after = self._listed(owner, name, before.audience, secret, since)
        return replace(self, recipients=tuple(after if one is before else one for one in self.recipients))

    def without(self, name: str) -> Sealing:
        """Without one recipient.

        Raises:
            Refused: where there is no such recipient.
        """
        gone = self.find(name)
        return replace(self, recipients=tuple(listed for listed in self.recipients if listed is not gone))

    def under(self, old: keys.OwnerKey, passphrase: str) -> Sealing:
        """With every key under the owner's new passphrase; each recipient keeps what they have.

        Raises:
            Refused: where an entry was changed by hand, or the passphrase is the old one or a recipient's.
        """
        new = keys.OwnerKey.of_passphrase(passphrase, self.salt, self.iterations)
        if new.wrap == old.wrap:
            raise Refused("the new passphrase is the old one; nothing was changed")
        listed = []
        for one in self.recipients:
            wrap = _unwrap(old, one)
            if wrap == new.wrap:
                raise _same(f"'{one.name}'")
            listed.append(replace(one, key=_wrap(new, wrap, one.name, one.audience, one.kind)))
        return replace(self, owner=_proof(new), recipients=tuple(listed))

    def _listed(
        self, owner: keys.OwnerKey, name: str, audience: str, secret: str | LinkSecret, since: dt.date
    ) -> Listed:
        wrap = keys.wrap_key(self.master_of(secret), self.salt)
        if wrap == owner.wrap:
            raise _same("the owner")
        for other in self.recipients:
            if _unwrap(owner, other) == wrap:
                raise _same(f"'{other.name}'")
        kind = Kind.LINK if isinstance(secret, LinkSecret) else Kind.PASSPHRASE
        return Listed(name, audience, kind, since, _wrap(owner, wrap, name, audience, kind))


def begin(passphrase: str, *, iterations: int = keys.ITERATIONS) -> tuple[Sealing, keys.OwnerKey]:
    """A new salt under the owner's passphrase, with no recipients yet; and the owner's keys."""
    salt = secrets.token_bytes(keys.SALT_BYTES)
    owner = keys.OwnerKey.of_passphrase(passphrase, salt, iterations)
    return Sealing(salt, iterations, _proof(owner)), owner


def unknown_audiences(sealing: Sealing, known: tuple[str, ...]) -> tuple[Problem, ...]:
    """A problem for each recipient whose audience the playbook does not define."""
    return tuple(
        Problem(
            listed.place or Place("sealing.yml"),
            "unknown-audience",
            f"no audience is called '{listed.audience}'",
            suggest(listed.audience, known) or f"There are {', '.join(known)}.",
        )
        for listed in sealing.recipients
        if listed.audience not in known
    )


def _same(whose: str) -> Refused:
    return Refused(f"that is the passphrase of {whose} too; everybody needs one of their own")


def _proof(owner: keys.OwnerKey) -> bytes:
    iv = secrets.token_bytes(IV_BYTES)
    return iv + AESGCM(keys.file_key(owner.own)).encrypt(iv, _PROOF, _OWNER_AAD)


def _wrap(owner: keys.OwnerKey, wrap: bytes, name: str, audience: str, kind: Kind) -> bytes:
    iv = secrets.token_bytes(IV_BYTES)
    return iv + AESGCM(keys.file_key(owner.own)).encrypt(iv, wrap, _aad(name, audience, kind))


def _unwrap(owner: keys.OwnerKey, listed: Listed) -> bytes:
    cipher = AESGCM(keys.file_key(owner.own))
    aad = _aad(listed.name, listed.audience, listed.kind)
    try:
        return cipher.decrypt(listed.key[:IV_BYTES], listed.key[IV_BYTES:], aad)
    except InvalidTag:
        raise Refused(
            f"the entry of '{listed.name}' in sealing.yml was changed by hand; take it out and add them again"
        ) from None


def _aad(name: str, audience: str, kind: Kind) -> bytes:
    return keys.LABEL + f"recipient {name} {audience} {kind}".encode()
