"""The keys of a sealed site, each derived from the one above it, as `docs/sealing.md` lists them.

Refuses to know where a secret comes from and what it opens; a key's text form never shows the key.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

ITERATIONS = 1_000_000
FEWEST_ITERATIONS = 600_000
MOST_ITERATIONS = 10_000_000
KEY_BYTES = 32
SALT_BYTES = 16
LINK_BYTES = 16
LABEL = b"playbook-seal/1 "


@dataclass(frozen=True, slots=True)
class OwnerKey:
    """What the owner's passphrase gives: the key that opens a slot, and the one that no browser ever has."""

    wrap: bytes = field(repr=False)
    own: bytes = field(repr=False)

    @classmethod
    def of_master(cls, master: bytes, salt: bytes) -> OwnerKey:
        """The owner's keys under one master key."""
        return cls(wrap_key(master, salt), own_key(master, salt))

    @classmethod
    def of_passphrase(cls, passphrase: str, salt: bytes, iterations: int) -> OwnerKey:
        """The owner's keys; this takes as long as the iterations do."""
        return cls.of_master(master_of_passphrase(passphrase, salt, iterations), salt)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody else whom a site is sealed for, and the key that opens their slot."""

    name: str
    wrap: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class PackKeys:
    """The keys below a data key."""

    pack: bytes = field(repr=False)
    name: bytes = field(repr=False)
    iv: bytes = field(repr=False)

    @classmethod
    def of(cls, data_key: bytes) -> PackKeys:
        """The three keys of one data key."""
        return cls(*(hkdf(data_key, b"", info) for info in (b"pack", b"name", b"iv")))

    def name_of(self, number: int) -> str:
        """The file name of one pack: 32 hex digits."""
        return hmac.digest(self.name, b"pack %d" % number, "sha256")[:16].hex()

    def iv_of(self, aad: bytes, plain: bytes) -> bytes:
        """The IV of one pack. It follows from all that is encrypted and authenticated, so that none is used twice."""
        return hmac.digest(self.iv, aad + hashlib.sha256(plain).digest(), "sha256")[:12]


def master_of_passphrase(passphrase: str, salt: bytes, iterations: int) -> bytes:
    """The master key of a passphrase, in whatever form of Unicode it was typed.

    Raises:
        ValueError: where the iterations are fewer or more than the format allows.
    """
    if not FEWEST_ITERATIONS <= iterations <= MOST_ITERATIONS:
        raise ValueError(told_iterations(iterations))
    return hashlib.pbkdf2_hmac("sha256", normal(passphrase).encode(), salt, iterations)


def told_iterations(iterations: int) -> str:
    """What is wrong with a number of iterations, in half a sentence."""
    if iterations < FEWEST_ITERATIONS:
        return f"the key is derived with {iterations:,} iterations; fewer than {FEWEST_ITERATIONS:,} are never used"
    return f"the key is derived with {iterations:,} iterations; more than {MOST_ITERATIONS:,} are never used"


def normal(passphrase: str) -> str:
    """A passphrase as it is counted: in Unicode's composed form (NFC)."""
    return unicodedata.normalize("NFC", passphrase)


def master_of_link(secret: bytes, salt: bytes) -> bytes:
    """The master key of the 16 random bytes in a link."""
    if len(secret) != LINK_BYTES:
        raise ValueError(f"a link's secret has {LINK_BYTES} bytes")
    return hkdf(secret, salt, b"link")


def wrap_key(master: bytes, salt: bytes) -> bytes:
    """The key that opens one slot; a browser that remembers keeps it."""
    return hkdf(master, salt, b"wrap")


def own_key(master: bytes, salt: bytes) -> bytes:
    """The owner's own key, which decides every data key and opens `sealing.yml`."""
    return hkdf(master, salt, b"own")


def file_key(own: bytes) -> bytes:
    """The key of what stands in `sealing.yml`."""
    return hkdf(own, b"", b"file")


def data_key(own: bytes, stream: bytes, wraps: Iterable[bytes]) -> bytes:
    """The key of one publish: another one for every other content, and for every other circle of recipients."""
    digest = hashlib.sha256(hashlib.sha256(stream).digest())
    for wrap in sorted(wraps):
        digest.update(wrap)
    return hkdf(own, digest.digest(), b"data")


def empty_slot(own: bytes, key: bytes, number: int) -> bytes:
    """60 bytes that look like somebody's slot."""
    return hkdf(own, key, b"empty %d" % number, 60)


def hkdf(key: bytes, salt: bytes, info: bytes, length: int = KEY_BYTES) -> bytes:
    """HKDF-SHA-256 (RFC 5869); `info` stands behind the label of the format."""
    return HKDF(SHA256(), length, salt or None, LABEL + info).derive(key)
