"""Sealing: what goes in comes out, and what lies in the folder tells nothing."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from playbook.publish.bundle import PACK, gzip
from playbook.publish.index import odd_path
from playbook.publish.refused import Refused, WrongSecret
from tests.effort import examples
from tests.publish.sealed import master_of, noise, opened, recipient, sealed

ROOT = Path(__file__).parents[2]
NAMES = [f"r{number}" for number in range(8)]
SECRETS = ("Lovelace", "ada-lovelace-canary", "people/ada-lovelace-canary", "CANARY", "offer")
SITE = {
    "index.html": b"<title>Ada Lovelace CANARY</title>" + b"<p>offer letter</p>" * 400,
    "people/ada-lovelace-canary/index.html": b"<h1>CANARY notes</h1>" + noise("page", 3000).hex().encode(),
    "search/search_index.json": json.dumps({"docs": [{"title": "CANARY offer"}] * 50}).encode(),
    "assets/offer.png": noise("picture", 200_000),
}

segments = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="/\\"), min_size=1, max_size=12
).filter(lambda part: part not in (".", ".."))
paths = st.lists(segments, min_size=1, max_size=3).map("/".join).filter(lambda path: odd_path([path]) is None)
contents = st.one_of(
    st.binary(max_size=200),
    st.sampled_from((0, 1, PACK - 1, PACK, PACK + 1)).map(lambda length: noise("x", length)),
    st.sampled_from((0, 1, PACK - 1, PACK, PACK + 1, 3 * PACK)).map(bytes),
)
trees = st.dictionaries(paths, contents, max_size=5).filter(lambda files: odd_path(files) is None)


@given(trees, st.sets(st.sampled_from(NAMES)), st.integers(0, 10**9))
@settings(max_examples=examples(40), deadline=None)
@example({}, set(), 0)
@example({"a": noise("a", PACK - 5)}, {"r1"}, 1)
def test_what_is_sealed_is_opened_by_everybody_it_is_sealed_for(files, names, seq):
    bundle = sealed(files, names=sorted(names), seq=seq)
    for name in ("owner", *names):
        found = opened(bundle.files(), master_of(name))
        assert dict(found.files) == files
        assert (found.seq, found.strange) == (seq, ())
    with pytest.raises(WrongSecret):
        opened(bundle.files(), master_of("nobody"))


def test_a_stream_that_ends_on_either_side_of_a_packs_end_comes_out_whole():
    counts = set()
    for length in range(PACK - 300, PACK - 200):
        files = {"a": noise("a", length)}
        bundle = sealed(files)
        assert dict(opened(bundle.files()).files) == files
        counts.add(len(bundle.packs))
    assert counts == {1, 2}


def test_two_processes_with_other_hashes_make_the_same_bytes():
    program = (
        "import hashlib; from tests.publish.sealed import *; from tests.publish.test_bundle import SITE; "
        "files = sealed(dict(sorted(SITE.items(), key=lambda kv: hash(kv[0]))), names=['a', 'b']).files(); "
        "print([(name, hashlib.sha256(files[name]).hexdigest()) for name in files])"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1
    assert printed.pop().count("d/") == len(sealed(SITE, names=["a", "b"]).packs)


def parts(folder: dict[str, bytes]) -> set[bytes]:
    """Every 16 bytes on a border of 4, every name, every slot: enough to see that a piece was used again."""
    found = {name.encode() for name in folder if name.startswith("d/")}
    for name, content in folder.items():
        if name.startswith("d/"):
            found |= {content[at : at + 16] for at in range(0, len(content) - 16, 4)}
    header = json.loads(folder["h.json"])
    return found | {value.encode() for slot in header["slots"] for value in slot.values()}


@pytest.mark.few(3)
@pytest.mark.parametrize(
    ("files", "names", "seq"),
    [
        ({**SITE, "index.html": SITE["index.html"][:-1] + b"!"}, ["a"], 7),
        ({**SITE, "assets/offer.png": SITE["assets/offer.png"][:-1] + b"\0"}, ["a"], 7),
        ({**SITE, "new.txt": b""}, ["a"], 7),
        (SITE, ["a"], 8),
        (SITE, [], 7),
        (SITE, ["b"], 7),
        (SITE, ["a", "b"], 7),
    ],
    ids=[
        "one byte of the first file",
        "of the last",
        "a file more",
        "a commit more",
        "one gone",
        "another",
        "one more",
    ],
)
def test_two_publishes_that_differ_in_anything_have_nothing_in_common(files, names, seq):
    one, other = sealed(SITE, names=["a"]).files(), sealed(files, names=names, seq=seq).files()
    assert parts(one) & parts(other) == set()
    assert len(one["h.json"]) == len(other["h.json"])


def test_the_header_is_as_long_for_nobody_as_for_eight_and_tells_no_number():
    headers = [sealed(SITE, names=NAMES[:count]).header for count in range(9)]
    assert {len(header) for header in headers} == {993}
    for header in headers:
        slots = json.loads(header)["slots"]
        assert len(slots) == 9
        assert len({value for slot in slots for value in slot.values()}) == 18
    # Where the owner's slot stands follows from its bytes, not from who is who.
    first = {json.loads(sealed(SITE, names=NAMES[:3], seq=seq).header)["slots"][0]["iv"] for seq in range(5)}
    assert len(first) == 5


def test_everything_that_leaves_is_one_size_and_looks_like_noise():
    bundle = sealed(SITE, names=["grace"])
    assert {len(pack) for _, pack in bundle.packs} == {PACK + 28}
    for _, pack in bundle.packs:
        counts = Counter(pack)
        entropy = -sum(n / len(pack) * math.log2(n / len(pack)) for n in counts.values())
        assert entropy > 7.99
    # The guard guards: what is not encrypted is far from it.
    assert len(set(SITE["index.html"])) < 40


def test_no_word_of_the_site_stands_in_the_folder():
    folder = sealed(SITE, names=["ada-lovelace-canary"]).files()
    for name, content in folder.items():
        for secret in SECRETS:
            assert secret not in name
            assert secret.encode() not in content
    assert any(b"CANARY" in content for content in SITE.values())


def test_a_record_is_compressed_only_where_that_makes_it_shorter():
    files = {"noise": noise("n", 5000), "text": b"word " * 1000, "short": b"ab", "empty": b""}
    total = 5000 + len(gzip(files["text"])) + 2
    index = json.loads(_index_of(sealed(files)))
    assert {path: numbers[2] for path, numbers in index["files"].items()} == {
        "noise": 0, "text": 1, "short": 0, "empty": 0,
    }  # fmt: skip
    assert sum(numbers[1] for numbers in index["files"].values()) == total


def test_a_compressed_record_names_no_time_and_no_system():
    assert gzip(b"word " * 100)[:10] == b"\x1f\x8b\x08\0\0\0\0\0\x02\xff"


def test_what_a_browser_needs_first_lies_first():
    files = dict.fromkeys(
        ["z.html", "assets/a.css", "assets/b.js", "index.html", "search/search_index.json", "pic.png", "404.html"], b"x"
    )
    index = json.loads(_index_of(sealed(files)))
    assert sorted(index["files"], key=lambda path: index["files"][path][0]) == [
        "index.html", "assets/a.css", "assets/b.js", "404.html", "z.html", "search/search_index.json", "pic.png",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "path",
    [
        "../x",
        "a/../b",
        "/etc/passwd",
        "a//b",
        "",
        ".",
        "a/.",
        "a\\b",
        "C:/x",
        "c:x",
        "a\0b",
        "a\nb",
        "a/",
        "\udce4.html",
    ],
)
def test_a_path_that_leads_elsewhere_is_not_sealed(path):
    with pytest.raises(Refused, match="cannot be sealed under its name"):
        sealed({path: b"x"})


def test_a_path_that_is_also_a_folder_is_not_sealed():
    with pytest.raises(Refused, match="cannot be sealed under its name: 'a'"):
        sealed({"a": b"x", "a/b": b"y", "a.html": b""})


def test_nine_recipients_are_too_many_and_two_with_one_passphrase_as_well():
    with pytest.raises(Refused, match="up to 8 recipients; here are 9"):
        sealed(SITE, names=[*NAMES, "one-more"])
    with pytest.raises(Refused, match="have the same passphrase"):
        sealed(SITE, names=["a", "a"])
    with pytest.raises(Refused, match="have the same passphrase"):
        sealed(SITE, names=["owner"])


def test_progress_is_told_file_by_file():
    told = []
    from playbook.publish.bundle import seal
    from tests.publish.sealed import OWNER, SALT

    seal(
        SITE, owner=OWNER, recipients=[], salt=SALT, iterations=1_000_000, seq=1, csp="", outside={},
        progress=lambda done, total: told.append((done, total)),
    )  # fmt: skip
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_key_never_shows_in_its_text():
    from tests.publish.sealed import OWNER

    assert (repr(OWNER), repr(recipient("a"))) == ("OwnerKey()", "Recipient(name='a')")


def _index_of(bundle) -> bytes:
    """The index, out of an opened bundle's own packs."""
    import zlib

    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    from playbook.publish.bundle import pack_aad
    from playbook.publish.header import read_header
    from playbook.publish.keys import PackKeys
    from tests.publish.sealed import OWNER

    data_key = read_header(bundle.header).open(OWNER.wrap)
    assert data_key is not None
    keys = PackKeys.of(data_key)
    first = bundle.packs[0][1]
    plain = AESGCM(keys.pack).decrypt(first[:12], first[12:], pack_aad(0, bundle.header))
    return zlib.decompress(plain[4 : 4 + int.from_bytes(plain[:4], "big")], 31)
