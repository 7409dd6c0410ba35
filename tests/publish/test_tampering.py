"""Every changed byte of a sealed folder is noticed, and said in one sentence that holds nothing secret."""

from __future__ import annotations

import base64
import json

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from playbook.publish.bundle import PACK, gzip, pack_aad, seal
from playbook.publish.header import make_header, read_header
from playbook.publish.index import MOST_BYTES, read_index
from playbook.publish.keys import ITERATIONS, OwnerKey, PackKeys, data_key
from playbook.publish.opening import open_bundle
from playbook.publish.outside import outside_files
from playbook.publish.refused import Refused, WrongSecret
from tests.publish.sealed import MASTER, OWNER, SALT, flipped, master_of, noise, opened, sealed

TINY = sealed({"index.html": b"CANARY"}, names=["grace"])
FOLDER = TINY.files()
PACK_NAME = next(name for name in FOLDER if name.startswith("d/"))


def outcome(folder: dict[str, bytes]) -> str:
    """What is said of a folder; empty where nothing is."""
    try:
        return ", ".join(opened(folder).strange)
    except Refused as refused:
        return str(refused)


def test_a_flipped_bit_of_any_byte_of_the_header_is_noticed():
    unnoticed = [
        byte
        for byte in range(len(TINY.header))
        if not outcome({**FOLDER, "h.json": flipped(TINY.header, 8 * byte + byte % 8)})
    ]
    assert unnoticed == []


def test_each_bit_of_a_slot_that_is_not_the_readers_own_is_noticed():
    tree = json.loads(TINY.header)
    for slot in tree["slots"]:
        whole = slot["key"]
        for bit in range(48 * 8):
            slot["key"] = base64.b64encode(flipped(base64.b64decode(whole), bit)).decode()
            changed = json.dumps(tree, sort_keys=True, separators=(",", ":")).encode()
            assert outcome({**FOLDER, "h.json": changed}), (slot, bit)
        slot["key"] = whole


def test_a_flipped_bit_anywhere_in_a_pack_is_noticed():
    pack = FOLDER[PACK_NAME]
    near = [*range(64), *range(len(pack) - 64, len(pack))]
    for byte in (*near, *range(64, len(pack) - 64, 997)):
        for bit in range(8) if byte in near else (byte % 8,):
            said = outcome({**FOLDER, PACK_NAME: flipped(pack, 8 * byte + bit)})
            assert said == "pack 1 or the header (h.json) was changed: they are not what was sealed together"


def test_a_flipped_bit_in_what_lies_in_the_clear_is_named():
    folder = sealed({"index.html": b"x"}, outside=outside_files()).files()
    assert outcome(folder) == ""
    beside = [name for name in folder if name != "h.json" and not name.startswith("d/")]
    assert {"index.html", "404.html", "loader.js", "sw.js", "robots.txt", ".nojekyll"} <= set(beside)
    for name in beside:
        content = folder[name]
        for byte in range(0, len(content), max(1, len(content) // 200)):
            assert outcome({**folder, name: flipped(content, 8 * byte + byte % 8)}) == name
        assert outcome({**folder, name: content + b" "}) == name
        assert outcome({path: kept for path, kept in folder.items() if path != name}) == name


def test_the_whole_of_what_is_published_is_as_it_was_published():
    folder = seal(
        {"index.html": b"x"}, owner=OWNER, recipients=[], salt=SALT, iterations=ITERATIONS, seq=1, csp=""
    ).files()
    assert open_bundle(folder.__getitem__, MASTER).strange == ()
    del folder["sw.js"]
    assert open_bundle(folder.__getitem__, MASTER).strange == ("sw.js",)


@pytest.mark.parametrize("length", [0, 11, 12, 28, PACK, PACK + 27, PACK + 29])
def test_a_pack_of_another_length_is_refused(length):
    pack = (FOLDER[PACK_NAME] + b"\0")[:length]
    said = f"pack 1 has {length:,} bytes and not 131,100; it is cut off or damaged"
    assert outcome({**FOLDER, PACK_NAME: pack}) == said


def test_packs_that_are_swapped_missing_or_from_another_publish_are_refused():
    first = sealed({"a.bin": noise("a", 3 * PACK)}, seq=1)
    second = sealed({"a.bin": noise("a", 3 * PACK)}, seq=2)
    names, others = [f"d/{name}" for name, _ in first.packs], [f"d/{name}" for name, _ in second.packs]
    folder = first.files()
    assert (len(names), outcome(folder)) == (4, "")
    changed = "pack 2 or the header (h.json) was changed: they are not what was sealed together"
    missing = "pack 2 is missing; a part of the folder is from another publish, or lost"
    assert outcome({**folder, names[1]: folder[names[2]], names[2]: folder[names[1]]}) == changed
    assert outcome({**folder, names[1]: second.files()[others[1]]}) == changed
    assert outcome({**folder, names[1]: folder[names[0]]}) == changed
    assert outcome({name: content for name, content in folder.items() if name != names[1]}) == missing
    # Packs that nobody asks for change nothing.
    assert outcome({**second.files(), **folder}) == ""
    # The whole of an older publish is one that opens; its number tells.
    assert opened(first.files()).seq == 1


def test_the_header_of_another_publish_does_not_fit_the_packs():
    other = sealed({"index.html": b"CANARY"}, names=["grace"], seq=8)
    said = "pack 1 is missing; a part of the folder is from another publish, or lost"
    assert outcome({**FOLDER, "h.json": other.header}) == said


def test_a_slot_from_another_site_opens_nothing_here():
    salt = bytes(16)
    stranger = OwnerKey.of_master(MASTER, salt)
    foreign = make_header(b"k" * 32, stranger, [], salt, ITERATIONS)
    tree, other = json.loads(TINY.header), json.loads(foreign.content)
    tree["slots"] = other["slots"]
    said = "the passphrase does not open it; or the header (h.json) was changed"
    assert outcome({**FOLDER, "h.json": json.dumps(tree, sort_keys=True, separators=(",", ":")).encode()}) == said


@pytest.mark.parametrize("iterations", [-1, 0, 1, 599_999, 10_000_001, 10**12, 10**30])
def test_iterations_below_the_floor_or_above_the_cap_are_refused_before_anything_is_derived(iterations):
    changed = TINY.header.replace(b"1000000", str(iterations).encode())
    with pytest.raises(
        Refused, match=r"the header \(h\.json\) was changed: the key is derived with -?[\d,]+ iterations; "
    ):
        opened({**FOLDER, "h.json": changed})


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"null", b"[]", b"7", b'"x"', b"{}", b"\xff\xfe", b"[" * 4000, b" " * 5000,
        TINY.header.replace(b'"v":1', b'"v":true'),
        TINY.header.replace(b'"v":1', b'"v":1,"x":1'),
        TINY.header.replace(b'"v":1', b'"v":1,"v":1'),
        TINY.header.replace(b'"iterations":1000000', b'"iterations":1e6'),
        TINY.header.replace(b'"iterations":1000000', b'"iterations":"1000000"'),
        TINY.header.replace(b'"iterations":1000000', b'"iterations":NaN'),
        TINY.header.replace(b'"iv":"', b'"iv":"A', 1),
        TINY.header.replace(b'"iv":"', b'"iv":" ', 1),
        TINY.header + b"\n",
        TINY.header[:-1],
    ],
)  # fmt: skip
def test_a_header_that_is_none_is_refused(content):
    with pytest.raises(Refused, match=r"^the header \(h\.json\) "):
        opened({**FOLDER, "h.json": content})


@pytest.mark.parametrize(("old", "new"), [(b'"v":1', b'"v":2'), (b"PBKDF2-SHA256", b"ARGON2-SHA256")])
def test_a_header_of_another_format_is_said_to_be_one(old, new):
    assert outcome({**FOLDER, "h.json": TINY.header.replace(old, new)}) == (
        "the header (h.json) is of a format that this version of the program does not know"
    )


def test_a_folder_without_a_header_is_none():
    assert outcome({}) == "there is no sealed site: the header (h.json) is missing"


def forged(index: dict, records: bytes = b"") -> dict[str, bytes]:
    """A folder that whoever knows the owner's key could make: authentic, and wrong inside."""
    packed = gzip(json.dumps(index).encode())
    stream = len(packed).to_bytes(4, "big") + packed + records
    return forged_stream(stream + bytes(-len(stream) % PACK))


def forged_stream(stream: bytes) -> dict[str, bytes]:
    key = data_key(OWNER.own, stream, [OWNER.wrap])
    header = make_header(key, OWNER, [], SALT, ITERATIONS).content
    keys = PackKeys.of(key)
    folder = {"h.json": header}
    for number in range(len(stream) // PACK):
        plain = stream[number * PACK : (number + 1) * PACK]
        aad = pack_aad(number, header)
        iv = keys.iv_of(aad, plain)
        folder[f"d/{keys.name_of(number)}"] = iv + AESGCM(keys.pack).encrypt(iv, plain, aad)
    return folder


INDEX = {"v": 1, "seq": 1, "packs": 1, "csp": "", "site_url": "", "types": {}, "outside": {}, "files": {}}
LEADS_OUT = "a path in its list of files would lead out of the folder; nothing was written"


@pytest.mark.parametrize("path", ["../x", "/etc/x", "a/../../x", "C:\\x", "a\\..\\x", "", "a//b", "a/./b", "x\0"])
def test_a_path_that_leads_out_of_the_folder_is_refused(path):
    assert outcome(forged({**INDEX, "files": {"a.txt": [0, 1, 0, 1]}}, b"a")) == ""
    assert outcome(forged({**INDEX, "files": {path: [0, 1, 0, 1]}}, b"a")) == LEADS_OUT
    with pytest.raises(Refused):
        read_index(json.dumps({**INDEX, "files": {path: [0, 1, 0, 1]}}).encode())


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ([0, PACK + 1, 0, PACK + 1], "the list of files in it leads past its end"),
        ([0, 1, 0, 2], "a file in it is not as long as its list says"),
        ([0, 30, 1, 1], "a file in it cannot be decompressed"),
        ([1, 1033, 1, 999_999], "a file in it is not as long as its list says"),
        ([1, 1033, 1, 1_000_001], "a file in it is not as long as its list says"),
        ([1, 500, 1, 1_000_000], "a file in it is not as long as its list says"),
        ([-1, 1, 0, 1], "the list of files in it cannot be read"),
        ([0, 1, 2, 1], "the list of files in it cannot be read"),
        ([0, 1, 0], "the list of files in it cannot be read"),
        ([0, 1, 0, True], "the list of files in it cannot be read"),
        ("none", "the list of files in it cannot be read"),
    ],
)
def test_a_list_of_files_that_does_not_fit_is_refused(numbers, said):
    records = b"a" + gzip(bytes(1_000_000))
    folder = forged({**INDEX, "files": {"a.txt": numbers}}, records)
    assert outcome(folder) == said


def test_a_list_of_files_with_a_part_missing_or_of_another_kind_is_refused():
    for key in INDEX:
        if key != "types":
            gone = {name: value for name, value in INDEX.items() if name != key}
            assert outcome(forged(gone)) == "the list of files in it cannot be read"
            assert outcome(forged({**INDEX, key: None})) != ""
    assert outcome(forged({**INDEX, "v": 2})) == (
        "the list of files in it is of a format that this version of the program does not know"
    )


def test_a_length_of_the_list_beyond_all_packs_is_refused_without_reading_for_ever():
    assert outcome(forged_stream((MOST_BYTES).to_bytes(4, "big") + bytes(PACK - 4))) == (
        "the list of files in it cannot be read"
    )
    assert outcome(forged_stream((PACK).to_bytes(4, "big") + bytes(PACK - 4))).startswith("pack 2 is missing")


def test_no_refusal_holds_a_secret_not_even_in_what_caused_it():
    secrets = ("CANARY passphrase", "CANARY", OWNER.wrap.hex(), OWNER.own.hex(), MASTER.hex())
    tried = []
    for folder, secret in (
        (FOLDER, "CANARY passphrase of somebody else"),
        (FOLDER, master_of("CANARY")),
        ({**FOLDER, PACK_NAME: flipped(FOLDER[PACK_NAME], 99)}, MASTER),
        ({**FOLDER, "h.json": b"{}"}, MASTER),
    ):
        with pytest.raises(Refused) as refused:
            opened(folder, secret)
        error: BaseException | None = refused.value
        while error is not None:
            tried.append(repr(error) + str(error) + repr(error.args))
            error = error.__context__
    assert len(tried) >= 5
    for text in tried:
        assert not any(secret in text for secret in secrets)


def test_a_wrong_secret_is_told_apart_from_damage():
    with pytest.raises(WrongSecret):
        opened(FOLDER, master_of("somebody"))
    assert read_header(TINY.header).open(OWNER.wrap) is not None
