"""Writes `vectors.json`: sealed folders that Python and JavaScript must both open, and changed ones both must refuse.

Run it (`python -m tests.publish.make_vectors`) only when the format changes: frozen, the vectors tell a change of the
format that nobody meant.
"""

from __future__ import annotations

import base64
import json
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playbook.publish.bundle import seal
from playbook.publish.keys import OwnerKey, Recipient, master_of_link, master_of_passphrase, wrap_key
from tests.publish.sealed import noise

PATH = Path(__file__).with_name("vectors.json")
ITERATIONS = 600_000
PACK = 131_072
SALT = bytes(range(16))
OWNER = "alongside rehire mace shifty snide perfectly"
GRACE = "café größe 日本 perfectly"
LINK = bytes(range(100, 116))


def b64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def bundle(
    name: str,
    why: str,
    files: Mapping[str, bytes],
    secrets: Mapping[str, str | bytes],
    *,
    seq: int = 1,
    site_url: str = "",
    outside: Mapping[str, bytes] | None = None,
) -> dict[str, Any]:
    masters = {
        who: master_of_link(secret, SALT)
        if isinstance(secret, bytes)
        else master_of_passphrase(secret, SALT, ITERATIONS)
        for who, secret in secrets.items()
    }
    owner = OwnerKey.of_master(masters.pop("owner"), SALT)
    made = seal(
        files,
        owner=owner,
        recipients=[Recipient(who, wrap_key(master, SALT)) for who, master in masters.items()],
        salt=SALT,
        iterations=ITERATIONS,
        seq=seq,
        csp="default-src 'none'; img-src 'self'",
        site_url=site_url,
        outside=outside or {},
    )
    return {
        "name": name,
        "why": why,
        "secrets": [
            {"kind": "link", "value": base64.urlsafe_b64encode(secret).decode().rstrip("=")}
            if isinstance(secret, bytes)
            else {"kind": "passphrase", "value": secret}
            for secret in secrets.values()
        ],
        "owner_wrap_key": owner.wrap.hex(),
        "seq": seq,
        "csp": "default-src 'none'; img-src 'self'",
        "site_url": site_url,
        "packs": [pack_name for pack_name, _ in made.packs],
        "files": {path: plain(content) for path, content in files.items()},
        "folder": {path: b64(content) for path, content in made.files().items()},
    }


def plain(content: bytes) -> dict[str, Any]:
    """What a file held: its bytes, or where they are many, what they are made from."""
    for kind in ("noise",):
        if len(content) > 1000 and content == noise(kind, len(content)):
            return {"shake256": kind, "length": len(content)}
    return {"base64": b64(content)}


def main() -> None:
    text = ("<!doctype html><title>Où est Ζωή?</title>" + "<p>word " * 400).encode()
    small = bundle(
        "small",
        "paths beyond ASCII, an empty file, one of one byte; a passphrase beyond ASCII and a link beside the owner's",
        {
            "index.html": text,
            "404.html": b"<h1>Nothing here</h1>",
            "leute/zoë müller/index.html": b"<h1>Zo\xc3\xab</h1>",
            "人/日本語.html": b"<h1>" + "日本".encode() * 40,
            "empty.txt": b"",
            "one.bin": b"\x00",
            "sitemap.xml": b"<urlset><url><loc>https://ada.example/road/</loc></url></urlset>",
        },
        {"owner": OWNER, "grace": GRACE, "link": LINK},
        seq=37,
        site_url="https://ada.example/road/",
        outside={"loader.js": b"// loader\n"},
    )
    edges = bundle(
        "edges",
        "records of one byte less than a pack, of just one, and of one more",
        {f"noise-{n}.bin": noise("noise", n) for n in (PACK - 1, PACK, PACK + 1)},
        {"owner": OWNER},
        seq=38,
    )
    nothing = bundle("nothing", "no file at all", {}, {"owner": OWNER}, seq=0)
    eight = bundle(
        "eight",
        "the owner and eight recipients: every slot is somebody's",
        {"index.html": b"<h1>Eight</h1>"},
        {"owner": OWNER, **{f"r{n}": LINK[:15] + bytes([n]) for n in range(7)}, "grace": GRACE},
        seq=2,
    )
    vectors = {
        "format": 1,
        "bundles": [small, edges, nothing, eight],
        "same_passphrase": {"composed": GRACE, "decomposed": unicodedata.normalize("NFD", GRACE)},
        "strangers": [
            {"kind": "passphrase", "value": OWNER.upper()},
            {"kind": "passphrase", "value": OWNER + " "},
            {"kind": "passphrase", "value": ""},
            {"kind": "link", "value": base64.urlsafe_b64encode(bytes(16)).decode().rstrip("=")},
        ],
        "refused": refused(small, edges),
    }
    PATH.write_text(json.dumps(vectors, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def refused(small: dict[str, Any], edges: dict[str, Any]) -> list[dict[str, Any]]:
    """Changes of a bundle; after each of them its owner is refused."""
    pack = f"d/{small['packs'][0]}"
    first, second = (f"d/{name}" for name in edges["packs"][:2])
    header = base64.b64decode(small["folder"]["h.json"])
    fewer, more = header.replace(b"600000", b"599999"), header.replace(b"600000", b"10000001")
    return [
        {"bundle": "small", "why": "a bit of the IV", "flip": {"file": pack, "byte": 0, "bit": 0}},
        {"bundle": "small", "why": "a bit of the ciphertext", "flip": {"file": pack, "byte": 12, "bit": 7}},
        {"bundle": "small", "why": "a bit of the padding", "flip": {"file": pack, "byte": PACK, "bit": 3}},
        {"bundle": "small", "why": "a bit of the tag", "flip": {"file": pack, "byte": PACK + 27, "bit": 7}},
        {"bundle": "small", "why": "a byte too few", "cut": {"file": pack, "length": PACK + 27}},
        {"bundle": "small", "why": "half a pack", "cut": {"file": pack, "length": 60_000}},
        {"bundle": "small", "why": "an empty pack", "cut": {"file": pack, "length": 0}},
        {"bundle": "small", "why": "half a header", "cut": {"file": "h.json", "length": 500}},
        {"bundle": "small", "why": "no header", "remove": "h.json"},
        {"bundle": "small", "why": "no pack", "remove": pack},
        {"bundle": "edges", "why": "the second pack is missing", "remove": second},
        {"bundle": "edges", "why": "two packs are swapped", "swap": [first, second]},
        {"bundle": "small", "why": "the pack of another publish", "put": {"file": pack, "from": ["edges", first]}},
        {"bundle": "small", "why": "the header of another publish", "put": {"file": "h.json", "from": ["edges", "h.json"]}},
        {"bundle": "small", "why": "fewer iterations than the floor", "text": {"file": "h.json", "is": fewer.decode()}},
        {"bundle": "small", "why": "more iterations than the cap", "text": {"file": "h.json", "is": more.decode()}},
        {"bundle": "small", "why": "a space more in the header", "text": {"file": "h.json", "is": header.decode() + " "}},
        *(
            {"bundle": "small", "why": f"a slot of the header, number {n}", "text": {"file": "h.json", "is": _slot(header, n)}}
            for n in range(9)
        ),
    ]  # fmt: skip


def _slot(header: bytes, number: int) -> str:
    tree = json.loads(header)
    key = bytearray(base64.b64decode(tree["slots"][number]["key"]))
    key[5] ^= 1
    tree["slots"][number]["key"] = b64(bytes(key))
    return json.dumps(tree, sort_keys=True, separators=(",", ":"))


if __name__ == "__main__":
    main()
