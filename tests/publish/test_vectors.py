"""The frozen bundles: opened by the program, and once more by a reader written from `docs/sealing.md` alone."""

from __future__ import annotations

import base64
import gzip
import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from playbook.publish.keys import master_of_link, master_of_passphrase
from playbook.publish.opening import LinkSecret, Secret, open_bundle
from playbook.publish.refused import Refused, WrongSecret
from tests.publish.sealed import flipped, noise

VECTORS = json.loads(Path(__file__).with_name("vectors.json").read_text(encoding="utf-8"))
BUNDLES = {bundle["name"]: bundle for bundle in VECTORS["bundles"]}
ITERATIONS = 600_000
MASTERS: dict[str, bytes] = {}


def folder_of(bundle: dict[str, Any]) -> dict[str, bytes]:
    return {path: base64.b64decode(content) for path, content in bundle["folder"].items()}


def files_of(bundle: dict[str, Any]) -> dict[str, bytes]:
    return {
        path: noise(content["shake256"], content["length"])
        if "shake256" in content
        else base64.b64decode(content["base64"])
        for path, content in bundle["files"].items()
    }


def secret_of(secret: dict[str, str]) -> Secret:
    if secret["kind"] == "link":
        return LinkSecret(base64.urlsafe_b64decode(secret["value"] + "=="))
    return secret["value"]


def read_from(folder: dict[str, bytes]):
    def read(name: str) -> bytes:
        if name not in folder:
            raise FileNotFoundError(name)
        return folder[name]

    return read


def master(secret: dict[str, str]) -> bytes:
    """The master key under the vectors' one salt, derived once."""
    found = MASTERS.get(json.dumps(secret))
    if found is None:
        salt = bytes(range(16))
        plain = secret_of(secret)
        found = (
            master_of_link(plain.secret, salt)
            if isinstance(plain, LinkSecret)
            else master_of_passphrase(str(plain), salt, ITERATIONS)
        )
        MASTERS[json.dumps(secret)] = found
    return found


@pytest.mark.few(2)
@pytest.mark.parametrize("bundle", VECTORS["bundles"], ids=lambda bundle: bundle["name"])
def test_every_secret_opens_a_bundle_and_finds_every_byte(bundle):
    for secret in bundle["secrets"]:
        opened = open_bundle(read_from(folder_of(bundle)), master(secret))
        assert dict(opened.files) == files_of(bundle)
        assert (opened.seq, opened.csp, opened.site_url) == (bundle["seq"], bundle["csp"], bundle["site_url"])
        assert opened.strange == ()


def test_a_passphrase_and_a_link_are_derived_on_the_way_and_either_form_of_unicode_will_do():
    small = BUNDLES["small"]
    read = read_from(folder_of(small))
    same = VECTORS["same_passphrase"]
    assert same["composed"] != same["decomposed"]
    for secret in (*map(secret_of, small["secrets"]), same["composed"], same["decomposed"]):
        assert open_bundle(read, secret).seq == small["seq"]


@pytest.mark.few(2)
@pytest.mark.parametrize("stranger", VECTORS["strangers"], ids=lambda secret: secret["kind"])
def test_another_secret_opens_nothing(stranger):
    with pytest.raises(WrongSecret, match=r"does not open it; or the header \(h\.json\) was changed"):
        open_bundle(read_from(folder_of(BUNDLES["small"])), secret_of(stranger))


def changed(case: dict[str, Any]) -> dict[str, bytes]:
    folder = folder_of(BUNDLES[case["bundle"]])
    if "flip" in case:
        flip = case["flip"]
        folder[flip["file"]] = flipped(folder[flip["file"]], 8 * flip["byte"] + flip["bit"])
    elif "cut" in case:
        folder[case["cut"]["file"]] = folder[case["cut"]["file"]][: case["cut"]["length"]]
    elif "remove" in case:
        del folder[case["remove"]]
    elif "swap" in case:
        one, other = case["swap"]
        folder[one], folder[other] = folder[other], folder[one]
    elif "put" in case:
        name, file = case["put"]["from"]
        folder[case["put"]["file"]] = folder_of(BUNDLES[name])[file]
    else:
        folder[case["text"]["file"]] = case["text"]["is"].encode()
    return folder


@pytest.mark.parametrize("case", VECTORS["refused"], ids=lambda case: case["why"])
def test_a_changed_bundle_is_refused_in_one_sentence(case):
    folder = changed(case)
    assert folder != folder_of(BUNDLES[case["bundle"]])
    with pytest.raises(Refused) as refused:
        open_bundle(read_from(folder), master(BUNDLES[case["bundle"]]["secrets"][0]))
    assert "\n" not in str(refused.value)
    assert str(refused.value)[0].islower()


def hkdf(key: bytes, salt: bytes, info: str, length: int = 32) -> bytes:
    extracted = hmac.digest(salt or bytes(32), key, "sha256")
    block = out = b""
    number = 1
    while len(out) < length:
        block = hmac.digest(extracted, block + b"playbook-seal/1 " + info.encode() + bytes([number]), "sha256")
        out += block
        number += 1
    return out[:length]


@pytest.mark.parametrize("bundle", VECTORS["bundles"], ids=lambda bundle: bundle["name"])
def test_the_document_alone_is_enough_to_open_and_to_seal(bundle):
    folder = folder_of(bundle)
    header = json.loads(folder["h.json"])
    salt = base64.b64decode(header["salt"])
    slots = [(base64.b64decode(slot["iv"]), base64.b64decode(slot["key"])) for slot in header["slots"]]
    assert (len(slots), slots) == (9, sorted(slots))
    masters = [master(secret) for secret in bundle["secrets"]]
    wraps = [hkdf(one, salt, "wrap") for one in masters]
    assert wraps[0].hex() == bundle["owner_wrap_key"]
    own = hkdf(masters[0], salt, "own")

    # Opening: from the header to the files.
    (data,) = {found for wrap in wraps for slot in slots if (found := unwrap(wrap, *slot))}
    pack_key, name_key, iv_key = (hkdf(data, b"", info) for info in ("pack", "name", "iv"))
    digest = hashlib.sha256(folder["h.json"]).hexdigest()
    stream = b""
    for number, name in enumerate(bundle["packs"]):
        pack = folder[f"d/{name}"]
        assert len(pack) == 131_100
        assert name == hmac.digest(name_key, f"pack {number}".encode(), "sha256")[:16].hex()
        aad = f"playbook-seal/1 pack {number} {digest}".encode()
        plain = AESGCM(pack_key).decrypt(pack[:12], pack[12:], aad)
        assert pack[:12] == hmac.digest(iv_key, aad + hashlib.sha256(plain).digest(), "sha256")[:12]
        stream += plain
    start = 4 + int.from_bytes(stream[:4], "big")
    index = json.loads(gzip.decompress(stream[4:start]))
    assert (index["v"], index["packs"], index["seq"]) == (1, len(bundle["packs"]), bundle["seq"])
    found = {}
    end = start
    for path, (offset, stored, packed, length) in index["files"].items():
        record = stream[start + offset : start + offset + stored]
        found[path] = gzip.decompress(record) if packed else record
        assert len(found[path]) == length
        end = max(end, start + offset + stored)
    assert found == files_of(bundle)
    assert not any(stream[end:])

    # Sealing: from the stream back to the very bytes.
    digests = hashlib.sha256(hashlib.sha256(stream).digest() + b"".join(sorted(wraps))).digest()
    assert data == hkdf(own, digests, "data")
    made = []
    for wrap in wraps:
        iv = hmac.digest(wrap, b"slot " + data, "sha256")[:12]
        made.append((iv, AESGCM(wrap).encrypt(iv, data, b"playbook-seal/1 slot")))
    for number in range(9 - len(made)):
        empty = hkdf(own, data, f"empty {number}", 60)
        made.append((empty[:12], empty[12:]))
    assert sorted(made) == slots
    whole = {**header, "slots": [{"iv": b64(iv), "key": b64(key)} for iv, key in slots]}
    assert json.dumps(whole, sort_keys=True, separators=(",", ":")).encode() == folder["h.json"]


def unwrap(wrap: bytes, iv: bytes, key: bytes) -> bytes | None:
    try:
        return AESGCM(wrap).decrypt(iv, key, b"playbook-seal/1 slot")
    except Exception:  # noqa: BLE001  (somebody else's)
        return None


def b64(content: bytes) -> str:
    return base64.b64encode(content).decode()
