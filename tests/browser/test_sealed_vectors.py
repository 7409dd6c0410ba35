"""The frozen vectors of the format, opened and refused in Chromium by the very scripts that open a sealed site."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from playbook.shipped import templates_folder
from tests.browser.sealed_host import Host
from tests.publish.sealed import noise

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).resolve().parents[1] / "publish/vectors.json").read_text(encoding="utf-8")
)
BUNDLES = {bundle["name"]: bundle for bundle in VECTORS["bundles"]}
READER = """
const wrapOf = async (secret, header) => {
    if (secret.kind === 'passphrase') return Seal.wrapKeyOfPassphrase(secret.value, header);
    if (secret.kind === 'link') return Seal.wrapKeyOfLink(Seal.unb64url(secret.value), header);
    const bytes = Uint8Array.from(secret.value.match(/../g), (pair) => parseInt(pair, 16));
    return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['decrypt']);
};
const source = (folder) => ({
    async fetch(name) {
        if (!(`d/${name}` in folder)) throw new Seal.Refusal('missing', 'missing');
        return Seal.unb64(folder[`d/${name}`]);
    },
    async keep() {},
});
const digest = async (bytes) => Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
window.openAll = async ({ folder, secret }) => {
    try {
        if (!('h.json' in folder)) return 'missing';
        const header = await Seal.readHeader(Seal.unb64(folder['h.json']));
        const keys = await Seal.openHeader(header, await wrapOf(secret, header));
        if (!keys) return 'key';
        const site = await SealedSite.open(keys, source(folder));
        const files = {};
        for (const path of site.files.keys()) files[path] = await digest(await site.read(path));
        const { seq, csp, site_url, packs } = site.index;
        const names = await Promise.all(Array.from({ length: packs }, (_, number) => Seal.packName(keys, number)));
        return { files, seq, csp, site_url, packs: names };
    } catch (error) {
        return error instanceof Seal.Refusal ? error.kind : String(error);
    }
};
"""


@pytest.fixture(scope="module")
def reader(browser):
    """A page of a secure origin that holds the reader and nothing else."""
    host = Host({"index.html": b"<!doctype html><title>reader</title>"}, base="/")
    host.up()
    context = browser.new_context()
    page = context.new_page()
    page.goto(host.url)
    for name in ("crypto.js", "site.js"):
        page.add_script_tag(content=(templates_folder() / "sealed" / name).read_text(encoding="utf-8"))
    page.add_script_tag(content=READER)
    yield lambda folder, secret: page.evaluate("given => openAll(given)", {"folder": folder, "secret": secret})
    context.close()
    host.down()


def sha256(entry: dict[str, Any]) -> list[int]:
    import hashlib

    content = noise(entry["shake256"], entry["length"]) if "shake256" in entry else base64.b64decode(entry["base64"])
    return list(hashlib.sha256(content).digest())


def owner_of(bundle: dict[str, Any]) -> dict[str, str]:
    return {"kind": "wrap", "value": bundle["owner_wrap_key"]}


@pytest.mark.slow
@pytest.mark.parametrize(
    "bundle",
    [pytest.param(made, id=name, marks=[pytest.mark.slow] * (name == "eight")) for name, made in BUNDLES.items()],
)
def test_whoever_has_a_secret_reads_every_file(reader, bundle):
    expected = {
        "files": {path: sha256(entry) for path, entry in bundle["files"].items()},
        **{name: bundle[name] for name in ("seq", "csp", "site_url", "packs")},
    }
    for secret in (*bundle["secrets"], owner_of(bundle)):
        assert reader(bundle["folder"], secret) == expected


@pytest.mark.slow
@pytest.mark.parametrize("form", ["composed", "decomposed"])
def test_a_passphrase_opens_in_every_form_of_unicode(reader, form):
    secret = {"kind": "passphrase", "value": VECTORS["same_passphrase"][form]}
    assert reader(BUNDLES["small"]["folder"], secret)["seq"] == BUNDLES["small"]["seq"]


@pytest.mark.slow
def test_strangers_open_nothing(reader):
    assert [reader(BUNDLES["small"]["folder"], secret) for secret in VECTORS["strangers"]] == ["key"] * 4


KINDS = {"header", "iterations", "key", "changed", "missing"}


@pytest.mark.slow
@pytest.mark.parametrize("case", VECTORS["refused"], ids=lambda case: f"{case['bundle']}: {case['why']}")
def test_a_changed_bundle_is_refused(reader, case):
    bundle = BUNDLES[case["bundle"]]
    found = reader(changed(bundle["folder"], case), owner_of(bundle))
    assert isinstance(found, str), found
    assert found in KINDS


def changed(folder: dict[str, str], case: dict[str, Any]) -> dict[str, str]:
    made = dict(folder)
    if flip := case.get("flip"):
        content = bytearray(base64.b64decode(made[flip["file"]]))
        content[flip["byte"]] ^= 1 << flip["bit"]
        made[flip["file"]] = base64.b64encode(content).decode()
    elif cut := case.get("cut"):
        made[cut["file"]] = base64.b64encode(base64.b64decode(made[cut["file"]])[: cut["length"]]).decode()
    elif name := case.get("remove"):
        del made[name]
    elif pair := case.get("swap"):
        made[pair[0]], made[pair[1]] = made[pair[1]], made[pair[0]]
    elif put := case.get("put"):
        other, name = put["from"]
        made[put["file"]] = BUNDLES[other]["folder"][name]
    elif text := case.get("text"):
        made[text["file"]] = base64.b64encode(text["is"].encode()).decode()
    else:
        raise ValueError(f"no change is known for {case}")
    return made
