"""The header of a sealed site (`h.json`): how the key is derived, and nine slots that one key opens each.

Refuses to know what the data key opens.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from playbook.publish import keys
from playbook.publish.refused import Refused

SLOTS = 9
MOST_RECIPIENTS = SLOTS - 1
MOST_BYTES = 4096
ALGORITHM = "PBKDF2-SHA256"
IV_BYTES = 12
_SLOT_AAD = keys.LABEL + b"slot"
_SLOT_KEY_BYTES = keys.KEY_BYTES + 16


@dataclass(frozen=True, slots=True)
class Header:
    """What everybody may read."""

    salt: bytes
    iterations: int
    slots: tuple[bytes, ...] = field(repr=False)
    """IV and wrapped key of each."""

    @property
    def content(self) -> bytes:
        """The header as the file holds it: always as long, but for the digits of the iterations."""
        slots = [{"iv": b64(slot[:IV_BYTES]), "key": b64(slot[IV_BYTES:])} for slot in self.slots]
        kdf = {"alg": ALGORITHM, "iterations": self.iterations}
        return to_json({"kdf": kdf, "salt": b64(self.salt), "slots": slots, "v": 1})

    def open(self, wrap: bytes) -> bytes | None:
        """The data key, where one of the slots is this wrap key's."""
        for slot in self.slots:
            try:
                return AESGCM(wrap).decrypt(slot[:IV_BYTES], slot[IV_BYTES:], _SLOT_AAD)
            except InvalidTag:
                continue
        return None


def make_header(
    data_key: bytes, owner: keys.OwnerKey, recipients: Sequence[keys.Recipient], salt: bytes, iterations: int
) -> Header:
    """The header whose slots give this data key to the owner and to each recipient."""
    slots = [_slot(wrap, data_key) for wrap in (owner.wrap, *(recipient.wrap for recipient in recipients))]
    slots += [keys.empty_slot(owner.own, data_key, number) for number in range(SLOTS - len(slots))]
    return Header(salt, iterations, tuple(sorted(slots)))


def read_header(content: bytes) -> Header:
    """The header in these bytes.

    Raises:
        Refused: where they hold no header of this format, or one that would make a passphrase easy to guess.
    """
    kept = _parts(content)
    if kept is None:
        raise Refused("the header (h.json) is damaged, or no header of a sealed site")
    version, algorithm, iterations, salt, slots = kept
    if version != 1 or algorithm != ALGORITHM:
        raise Refused("the header (h.json) is of a format that this version of the program does not know")
    if not keys.FEWEST_ITERATIONS <= iterations <= keys.MOST_ITERATIONS:
        raise Refused(f"the header (h.json) was changed: {keys.told_iterations(iterations)}")
    header = Header(salt, iterations, slots)
    if header.content != content:
        raise Refused("the header (h.json) is damaged: it is not written as this program writes one")
    return header


def _slot(wrap: bytes, data_key: bytes) -> bytes:
    iv = hmac.digest(wrap, b"slot " + data_key, "sha256")[:IV_BYTES]
    return iv + AESGCM(wrap).encrypt(iv, data_key, _SLOT_AAD)


def _parts(content: bytes) -> tuple[int, str, int, bytes, tuple[bytes, ...]] | None:
    if len(content) > MOST_BYTES:
        return None
    try:
        tree: Any = json.loads(content)
        salt, kdf = unb64(tree["salt"]), tree["kdf"]
        pairs = [(unb64(slot["iv"]), unb64(slot["key"])) for slot in tree["slots"]]
        version, algorithm, iterations = tree["v"], kdf["alg"], kdf["iterations"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    well_formed = (
        type(version) is int
        and type(iterations) is int
        and isinstance(algorithm, str)
        and len(salt) == keys.SALT_BYTES
        and len(pairs) == SLOTS
        and all((len(iv), len(key)) == (IV_BYTES, _SLOT_KEY_BYTES) for iv, key in pairs)
    )
    return (version, algorithm, iterations, salt, tuple(iv + key for iv, key in pairs)) if well_formed else None


def to_json(tree: object) -> bytes:
    """JSON as the format has it: UTF-8, keys sorted, no space."""
    return json.dumps(tree, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def b64(content: bytes) -> str:
    """Base64 with padding."""
    return base64.b64encode(content).decode("ascii")


def unb64(text: object) -> bytes:
    """What a Base64 text holds.

    Raises:
        ValueError: where it is none, or not written the one way.
    """
    if not isinstance(text, str):
        raise ValueError("not a text")  # noqa: TRY004  (one kind of mistake for whoever reads)
    try:
        content = base64.b64decode(text, validate=True)
    except binascii.Error:
        raise ValueError("not Base64") from None
    if b64(content) != text:
        raise ValueError("not Base64 as it is written")
    return content
