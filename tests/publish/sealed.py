"""What tests of sealing share: keys that need no derivation, small bundles, ways to change them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from playbook.publish.bundle import Bundle, seal
from playbook.publish.keys import ITERATIONS, OwnerKey, Recipient, wrap_key
from playbook.publish.opening import Opened, open_bundle

SALT = bytes(range(16))
MASTER = hashlib.sha256(b"owner").digest()
OWNER = OwnerKey.of_master(MASTER, SALT)


def master_of(name: str) -> bytes:
    return hashlib.sha256(name.encode()).digest()


def recipient(name: str) -> Recipient:
    return Recipient(name, wrap_key(master_of(name), SALT))


def sealed(
    files: Mapping[str, bytes],
    *,
    names: Sequence[str] = (),
    seq: int = 7,
    outside: Mapping[str, bytes] | None = None,
    site_url: str = "https://ada.example/road/",
) -> Bundle:
    """A bundle for the owner and these recipients."""
    return seal(
        files,
        owner=OWNER,
        recipients=[recipient(name) for name in names],
        salt=SALT,
        iterations=ITERATIONS,
        seq=seq,
        csp="default-src 'none'",
        site_url=site_url,
        outside={"loader.js": b"// loader\n"} if outside is None else outside,
    )


def opened(folder: Mapping[str, bytes], master: bytes = MASTER) -> Opened:
    """What lies in these files of a folder."""

    def read(name: str) -> bytes:
        if name not in folder:
            raise FileNotFoundError(name)
        return folder[name]

    return open_bundle(read, master)


def noise(seed: str, length: int) -> bytes:
    """Bytes that no compression shortens, the same for ever."""
    return hashlib.shake_256(seed.encode()).digest(length)


def flipped(content: bytes, bit: int) -> bytes:
    """The content with one bit changed."""
    changed = bytearray(content)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)
