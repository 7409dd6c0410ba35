"""Sealing 500 pages of 20 MB, against gzip of the same files and one derivation of the key."""

from __future__ import annotations

import gzip
import hashlib
import random

from benchmarks.generate import WORDS
from benchmarks.measuring import Result, compare
from playbook.publish.bundle import PACK, Bundle, seal
from playbook.publish.keys import ITERATIONS, OwnerKey
from playbook.publish.opening import open_bundle

PAGES = 500
SIZE = 20_000_000
SALT = bytes(range(16))
PASSPHRASE = "alongside rehire mace shifty snide perfectly"


def sealing() -> list[Result]:
    """Time, and what lies in the folder."""
    files = site()
    against = f"gzip -9 and PBKDF2, {len(files)} files of {sum(map(len, files.values())) / 1e6:.0f} MB"
    bundle = sealed(files)
    return [
        compare(
            "seal a site, key derivation included",
            lambda: sealed(files),
            lambda: zipped(files),
            against,
            most=1.5,
            rounds=7,
        ),
        compare(
            "open it again, key derivation included",
            lambda: open_bundle(bundle.files().__getitem__, PASSPHRASE),
            lambda: zipped(files),
            against,
            most=0.5,
            rounds=7,
        ),
        size(files, bundle),
    ]


def size(files: dict[str, bytes], bundle: Bundle) -> Result:
    """How many bytes of ciphertext there are for each byte of gzip; what is more than one pack counts."""
    packed = sum(len(gzip.compress(content, 9)) for content in files.values())
    ours = sum(len(pack) for _, pack in bundle.packs) - PACK
    result = Result("ciphertext less one pack", f"gzip -9, {packed:,} bytes", 1.1, (ours / packed,), 0)
    print(result, flush=True)
    return result


def sealed(files: dict[str, bytes]) -> Bundle:
    """The site, sealed for its owner."""
    owner = OwnerKey.of_passphrase(PASSPHRASE, SALT, ITERATIONS)
    return seal(files, owner=owner, recipients=(), salt=SALT, iterations=ITERATIONS, seq=1, csp="default-src 'none'")


def zipped(files: dict[str, bytes]) -> list[bytes]:
    """The same files, compressed one after the other; and the key."""
    hashlib.pbkdf2_hmac("sha256", PASSPHRASE.encode(), SALT, ITERATIONS)
    return [gzip.compress(content, 9) for content in files.values()]


def site() -> dict[str, bytes]:
    """500 pages that share their frame, as those of a theme do, and a few pictures that no compression shortens."""
    chance = random.Random(20261121)
    words = WORDS.split()
    frame = "".join(f'<a class="md-nav__link" href="../{word}/">{word}</a>\n' for word in words * 4)
    pictures = {f"assets/{n}.png": chance.randbytes(50_000) for n in range(4)}
    each = (SIZE - 200_000) // PAGES
    files = {"index.html": frame.encode(), **pictures}
    for number in range(PAGES - 1):
        text = " ".join(
            f"<p>{chance.choice(words)} {chance.choice(words)} {chance.random():.3f}</p>" for _ in range(900)
        )
        files[f"page-{number}/index.html"] = (frame + text + "<!-- -->" * (each // 8))[:each].encode()
    return files


if __name__ == "__main__":
    print(f"{'':<48} {'ratio':>6} {'from-to':>12} {'most':>6}")
    sealing()
