"""`playbook open`: what was sealed comes back as plain files, whole and inside its folder, or not at all."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from playbook.publish.bundle import Bundle, seal
from playbook.publish.opening import open_source
from playbook.publish.refused import Refused
from playbook.publish.single import single_file
from playbook.publish.unsealing import page_source
from playbook.publish.words import link_text
from tests.cli.conftest import Folder
from tests.publish.sealed import MASTER, OWNER, SALT, flipped
from tests.publish.test_vectors import BUNDLES, files_of, folder_of, secret_of

SMALL = BUNDLES["small"]


@pytest.fixture
def sealed(tmp_path, run, monkeypatch) -> Folder:
    """A folder with a sealed site in it, the passphrase in a file, and no playbook anywhere."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PLAYBOOK_PASSPHRASE", raising=False)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    folder = Folder(tmp_path, run).write(
        {f"site/{name}": content for name, content in folder_of(SMALL).items()}
        | {"pass": SMALL["secrets"][0]["value"], "other": "CANARY wrong"}
    )
    for name in ("pass", "other"):
        (tmp_path / name).chmod(0o600)
    return folder


def files_below(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def page(bundle: dict) -> bytes:
    folder = folder_of(bundle)
    packs = tuple((name, folder[f"d/{name}"]) for name in bundle["packs"])
    return single_file(Bundle(folder["h.json"], packs))


def test_a_folder_is_opened_into_a_new_one_beside_it(sealed):
    ran = sealed.run("open", "site", "--passphrase-file", "pass")
    assert (ran.code, ran.out, ran.err) == (0, "7 files in 'site-opened', from publish number 37.\n", "")
    assert files_below(sealed.path / "site-opened") == files_of(SMALL)


def test_where_the_files_are_is_told_as_it_was_given(sealed, tmp_path):
    for out in (str(tmp_path / "deep" / "x"), "deep/y", "deep/../z"):
        ran = sealed.run("open", "site", "--out", out, "--passphrase-file", "pass")
        assert (ran.code, ran.out) == (0, f"7 files in '{out}', from publish number 37.\n")
    again = sealed.run("open", "site", "--out", "deep/y", "--passphrase-file", "pass")
    assert again.err == "playbook: 'deep/y' is there already; name a new folder with --out\n"
    assert sealed.run("open", "deep/gone").err.startswith("playbook: 'deep/gone' was not opened: ")


def test_every_secret_opens_it_from_wherever_it_comes(sealed, monkeypatch):
    for number, secret in enumerate(SMALL["secrets"]):
        plain = secret_of(secret)
        text = plain if isinstance(plain, str) else link_text(plain, "https://ada.example/road/")
        monkeypatch.setenv("PLAYBOOK_PASSPHRASE", text)
        ran = sealed.run("open", "site", "--out", f"out/{number}")
        assert (ran.code, ran.err) == (0, "")
        assert files_below(sealed.path / "out" / str(number)) == files_of(SMALL)


@pytest.mark.parametrize("name", ["small", "edges"])
def test_the_one_html_file_is_opened_too(sealed, name):
    sealed.write({"grace.html": page(BUNDLES[name])})
    ran = sealed.run("open", "grace.html", "--passphrase-file", "pass")
    assert (ran.code, ran.err) == (0, "")
    assert files_below(sealed.path / "grace-opened") == files_of(BUNDLES[name])


def test_a_changed_html_file_is_refused(sealed):
    whole = page(BUNDLES["edges"])
    pack = base64.b64encode(folder_of(BUNDLES["edges"])[f"d/{BUNDLES['edges']['packs'][1]}"])
    for content in (
        whole.replace(pack, pack[:-8] + (b"AAAA" if pack[-8:-4] != b"AAAA" else b"BBBB") + pack[-4:]),
        whole.replace(pack, pack[:1000]),
        whole.replace(pack, b"!" + pack[1:]),
        whole.replace(pack, b""),
        whole[: len(whole) // 2],
        whole.replace(b"1000000", b"1").replace(b'"iterations":600000', b'"iterations":1'),
        whole + whole,
        b"<p>no",
        b"",
    ):
        assert content != whole
        sealed.write({"x.html": content})
        ran = sealed.run("open", "x.html", "--passphrase-file", "pass")
        assert (ran.code, ran.out, len(ran.err.splitlines())) == (2, "", 1)
        assert not (sealed.path / "x-opened").exists()


def test_a_flipped_bit_anywhere_in_the_html_file_is_noticed(tmp_path):
    bundle = seal(
        {"index.html": b"x"}, owner=OWNER, recipients=[], salt=SALT, iterations=1_000_000, seq=1, csp=""
    )  # fmt: skip
    whole = single_file(bundle)
    assert outcome(whole) == ""
    begin, end = (
        whole.index(b'<script type="application/json"'),
        whole.rindex(b"</script>", 0, whole.index(b"<script>")),
    )
    data = [*range(begin, begin + 1200, 7), *range(begin + 1200, end, 5003), *range(end - 4, end + 12)]
    frame = range(0, len(whole), 2003)
    unnoticed = [byte for byte in (*data, *frame) if not outcome(flipped(whole, 8 * byte + byte % 7))]
    assert unnoticed == []


def outcome(content: bytes) -> str:
    """What is said of a page; empty where nothing is."""
    try:
        return ", ".join(open_source(page_source(content, "x.html"), MASTER).strange)
    except Refused:
        return "refused"


def test_a_folder_that_is_there_is_not_touched(sealed):
    sealed.write({"mine/letter.txt": "Dear Ada"})
    before = sealed.names()
    for out in ("mine", "site", "pass"):
        ran = sealed.run("open", "site", "--out", out, "--passphrase-file", "pass")
        assert (ran.code, ran.err) == (2, f"playbook: '{out}' is there already; name a new folder with --out\n")
    assert sealed.names() == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["site", "--passphrase-file", "other"],
            "playbook: 'site' was not opened: the passphrase does not open it; or the header (h.json) was changed\n",
        ),
        (
            ["gone", "--passphrase-file", "pass"],
            "playbook: 'gone' was not opened: there is no folder or file 'gone'\n",
        ),
        (
            [".", "--out", "new", "--passphrase-file", "pass"],
            "playbook: '.' was not opened: there is no sealed site: the header (h.json) is missing\n",
        ),
        (
            ["pass", "--passphrase-file", "pass"],
            "playbook: 'pass' was not opened: 'pass' is no sealed site: a folder with h.json in it, or the one HTML "
            "file, is meant\n",
        ),
        (
            ["site"],
            "playbook: 'site' was not opened: a passphrase is needed; it may come from --passphrase-file FILE, "
            "PLAYBOOK_PASSPHRASE, the system's keyring, or a terminal to type it in\n",
        ),
    ],
)
def test_what_does_not_open_is_said_in_one_sentence_and_leaves_nothing(sealed, arguments, said):
    before = sealed.names()
    ran = sealed.run("open", *arguments)
    assert (ran.code, ran.out, ran.err) == (2, "", said)
    assert "CANARY" not in ran.err
    assert sealed.names() == before


def test_a_flipped_bit_a_link_and_a_folder_in_a_packs_place_are_refused(sealed):
    pack = sealed.path / "site/d" / SMALL["packs"][0]
    whole = pack.read_bytes()
    pack.write_bytes(whole[:70_000] + bytes([whole[70_000] ^ 4]) + whole[70_001:])
    ran = sealed.run("open", "site", "--passphrase-file", "pass")
    assert ran.err == (
        "playbook: 'site' was not opened: pack 1 or the header (h.json) was changed: they are not what was sealed "
        "together\n"
    )
    missing = (
        "playbook: 'site' was not opened: pack 1 is missing; a part of the folder is from another publish, or lost\n"
    )
    pack.unlink()
    (sealed.path / "elsewhere").write_bytes(whole)
    pack.symlink_to(sealed.path / "elsewhere")
    assert sealed.run("open", "site", "--passphrase-file", "pass").err == missing
    pack.unlink()
    pack.mkdir()
    assert sealed.run("open", "site", "--passphrase-file", "pass").err == missing
    assert not (sealed.path / "site-opened").exists()


def test_a_loader_that_was_changed_is_named_and_what_was_sealed_comes_back(sealed):
    sealed.write({"site/loader.js": "steal()"})
    ran = sealed.run("open", "site", "--passphrase-file", "pass")
    assert ran.code == 1
    assert ran.err == (
        "What was sealed is whole, but these were changed since it was published, and may not be trusted with a "
        "passphrase: loader.js\n"
    )
    assert files_below(sealed.path / "site-opened") == files_of(SMALL)


def test_the_vectors_are_what_this_test_takes_them_for():
    assert json.dumps(SMALL["files"], ensure_ascii=False).count("müller") == 1
    assert (len(SMALL["secrets"]), len(BUNDLES["edges"]["packs"])) == (3, 4)
