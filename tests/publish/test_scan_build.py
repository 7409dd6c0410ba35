"""The real example, built for each audience: nothing is found, and whatever is planted is, before anybody gets it."""

from __future__ import annotations

import base64
import gzip
import html
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from mkdocs.config import load_config

from playbook.load import load
from playbook.publish.scan import hidden_values, scan, scan_sealed
from playbook.publish.scan.ordinary import digest
from playbook.source.files import slug
from site_plugins.driver import BuildFailed, build_folder
from site_plugins.scanned import known_files
from tests.publish.sealed import sealed

# Builds are shared by the tests of this file: with pytest-xdist they all run in one process.
pytestmark = pytest.mark.xdist_group("scanned")

ROOT = Path(__file__).parents[2]
WORDS = "alongside rehire mace shifty snide perfectly"
AUDIENCES = ("ines", "jonas", "public")


@pytest.fixture(scope="module")
def playbook():
    return load(ROOT / "content", None, shown_as="content").playbook


@pytest.fixture(scope="module")
def hidden(playbook):
    """What the public may not know."""
    return hidden_values(playbook, "public")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The folder of the example's site for an audience, built once."""
    done: dict[str, Path] = {}

    def build(audience: str) -> Path:
        if audience not in done:
            folder = tmp_path_factory.mktemp("site") / "site"
            built = build_folder(ROOT / "mkdocs.yml", folder, options={"audience": audience}, with_scan=True)
            assert built.scanned is not None
            assert built.scanned.is_clean
            assert built.scanned.files > 50
            done[audience] = folder
        return done[audience]

    return build


@pytest.mark.slow
@pytest.mark.parametrize("audience", ["me", *AUDIENCES])
def test_a_true_build_is_clean(audience: str, built) -> None:
    assert (built(audience) / "index.html").is_file()


@pytest.mark.slow
def test_what_was_built_for_the_author_is_not_clean_for_anybody_else(built, hidden) -> None:
    report = scan(built("me"), hidden)
    files = {finding.file for finding in report.findings}
    assert len(files) > 50
    assert {"index.html", "search/search_index.json", "sitemap.xml", "sitemap.xml.gz"} <= files


# ---- planted

PLANTS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "in HTML": html.escape,
    "in JSON": lambda text: json.dumps(text)[1:-1],
    "in an address": quote,
    "as an id": slug,
    "in base64": lambda text: base64.b64encode(text.encode()).decode(),
    "in hex": lambda text: text.encode().hex(),
}
# A name, an address, a note, a log entry, a comment, an id: of people and goals that these audiences know nothing of.
LEAVES = (
    ("name", ("name",), lambda record: record.name),
    ("notes", ("notes",), lambda record: record.notes.splitlines()[0]),
    ("log.what", ("log", 0, "what"), lambda record: record.log[0].what),
)


@pytest.mark.parametrize("how", PLANTS)
@pytest.mark.parametrize(("field", "path", "value"), LEAVES, ids=[leaf[0] for leaf in LEAVES])
def test_a_planted_leak_is_caught_and_its_field_is_named(how, field, path, value, built, playbook, hidden) -> None:
    entry = next(
        entry
        for entry in playbook.people.values()
        if entry.record.notes and entry.record.log and not entry.record.consent and len(entry.record.notes) > 40
    )
    where = entry.place_of(path)
    page = (built("public") / "index.html").read_text(encoding="utf-8")
    planted = page.replace("</article>", f"<p>{PLANTS[how](value(entry.record))}</p></article>", 1)
    assert planted != page
    told = {finding.what for finding in scan({"index.html": planted.encode()}, hidden).findings}
    by_place = f"holds what stands in {where.path}:{where.line}: {field}"
    assert by_place in told or any(one.endswith(f"by name: {field}") for one in told), told


def test_a_leak_in_any_kind_of_file_is_caught(playbook, hidden) -> None:
    name = next(entry.record.name for entry in playbook.people.values() if len(entry.record.name.split()) == 2)
    content = {
        "assets/a.js": f"const a = '{name}';".encode(),
        "assets/a.css": f"/* {name} */".encode(),
        "search/search_index.json": json.dumps({"docs": [{"text": name}]}).encode(),
        "sitemap.xml": f"<urlset><loc>/{slug(name)}/</loc></urlset>".encode(),
        "sitemap.xml.gz": gzip.compress(f"<loc>/people/{slug(name)}/</loc>".encode()),
        "404.html": f"<title>{html.escape(name)}</title>".encode(),
        "feed.ics": f"BEGIN:VEVENT\r\nSUMMARY:{name[:6]}\r\n {name[6:]}\r\n".encode(),
    }
    report = scan(content, hidden)
    assert {finding.file for finding in report.findings} == set(content)
    assert name not in repr(report)


# ---- the build itself


@pytest.fixture
def leaky(tmp_path) -> Path:
    """The example, with a template of its own that says something hidden."""
    root = tmp_path / "book"
    root.mkdir()
    shutil.copytree(ROOT / "content", root / "content")
    shutil.copy(ROOT / "mkdocs.yml", root)
    (root / "extra").mkdir()
    config = (root / "mkdocs.yml").read_text().replace("  name: material\n", "  name: material\n  custom_dir: extra\n")
    (root / "mkdocs.yml").write_text(config)
    return root


def leak(root: Path, name: str, text: str) -> None:
    folder = root / "extra" / "assets"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text)


def test_a_build_that_leaks_leaves_the_old_site_and_names_the_field(leaky: Path, playbook, built) -> None:
    out = shutil.copytree(built("public"), leaky / "site")
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    entry = next(entry for entry in playbook.people.values() if len(entry.record.name.split()) == 2)
    leak(leaky, "leak.txt", f"thanks to {entry.record.name}")
    with pytest.raises(BuildFailed) as failed:
        build_folder(leaky / "mkdocs.yml", out, options={"audience": "public"})
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
    assert any(line.startswith("assets/leak.txt: holds what stands in ") for line in failed.value.messages)
    assert entry.record.name not in str(failed.value)


@pytest.mark.slow
def test_it_is_the_authors_own_site_that_may_say_what_is_hidden_from_others(leaky: Path, playbook) -> None:
    entry = next(entry for entry in playbook.people.values() if len(entry.record.name.split()) == 2)
    leak(leaky, "leak.txt", f"thanks to {entry.record.name}")
    with pytest.raises(BuildFailed):
        build_folder(leaky / "mkdocs.yml", leaky / "site", options={"audience": "public"})
    build_folder(leaky / "mkdocs.yml", leaky / "site", options={"audience": "me"}, with_scan=True)


@pytest.mark.slow
def test_a_key_stops_a_build_for_the_author_only_where_it_is_scanned(leaky: Path) -> None:
    leak(leaky, "config.js", "const key = 'AKIA" + "IOSFODNN7EXAMPLE';")
    with pytest.raises(BuildFailed, match=r"assets/config\.js: holds an AWS access key \(text\)"):
        build_folder(leaky / "mkdocs.yml", leaky / "site", options={"audience": "ines"})
    with pytest.raises(BuildFailed, match="an AWS access key"):
        build_folder(leaky / "mkdocs.yml", leaky / "site", with_scan=True)
    assert not (leaky / "site").exists()
    assert build_folder(leaky / "mkdocs.yml", leaky / "site").scanned is None


# ---- sealed


@pytest.mark.slow
def test_nothing_of_the_playbook_stands_in_a_sealed_folder(built, playbook) -> None:
    folder = built("me")
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.html")}
    bundle = sealed(files).files()
    assert scan_sealed(bundle, playbook, passphrase=WORDS).findings == ()
    name = next(entry.record.name for entry in playbook.people.values() if len(entry.record.name) > 12)
    for leaked in (name.encode(), base64.b64encode(name.encode() * 3), gzip.compress(name.encode())):
        report = scan_sealed({**bundle, "d/leak": leaked}, playbook)
        assert {finding.file for finding in report.findings} == {"d/leak"}
    pack = next(path for path in bundle if path.startswith("d/"))
    report = scan_sealed({**bundle, pack: bundle[pack][:5000] + name.encode() + bundle[pack][5000:]}, playbook)
    assert [finding.stream for finding in report.findings] == ["bytes"]


def test_a_theme_that_keeps_its_files_elsewhere_is_known_too_and_what_the_author_put_over_it_is_not(tmp_path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "over" / "css").mkdir(parents=True)
    (tmp_path / "over" / "css" / "mine.css").write_text("/* Resign */")
    settings = "site_name: X\ntheme: {name: mkdocs, custom_dir: over}\n"
    (tmp_path / "mkdocs.yml").write_text(settings)
    config = load_config(str(tmp_path / "mkdocs.yml"))
    theirs = next(Path(folder) for folder in config.theme.dirs if Path(folder).name == "mkdocs")
    known = known_files(config)
    assert digest((theirs / "css" / "fontawesome.min.css").read_bytes()) in known
    assert digest((tmp_path / "over" / "css" / "mine.css").read_bytes()) not in known


def test_the_themes_own_files_are_known_by_their_content(built) -> None:
    known = known_files(load_config(str(ROOT / "mkdocs.yml")))
    folder = built("public")
    scripts = [path for path in folder.rglob("*") if path.suffix in (".js", ".css", ".map")]
    assert len(scripts) > 20
    assert [path for path in scripts if digest(path.read_bytes()) not in known] == []
    assert digest((folder / "index.html").read_bytes()) not in known
