"""How long the leak scan takes: a site of twenty megabytes against two thousand values.

The yardstick reads the same files and unpacks them once.
"""

from __future__ import annotations

import gzip
import random
import re
from pathlib import Path

from benchmarks.measuring import ROOT, Result, compare
from playbook.graph import Entry, link
from playbook.publish.scan import HiddenValues, all_values, scan
from playbook.records import Me, Person

SIZE = 20_000_000
PEOPLE = 500
"""Of each a name, an id, an address and a note: two thousand values."""
_SYLLABLES = "bax dem fim gop huz kal leb mip nox puf rav sed tiv vok wuz zec".split()
_OTHERS = "qua cho fru gly jor kri myn oph pyr tse ulv wyo xan yth zlo".split()
_ARTICLE = re.compile(r"<article.*?</article>", re.DOTALL)
_SAID = re.compile(r">[^<>]+<")
_WORD = re.compile(r"[a-z]{4,}")


def scanning(folder: Path) -> list[Result]:
    """The scan against reading and unpacking the same files."""
    pages, packed = folder / "pages", folder / "packed"
    write_pages(pages, packed, example_pages(folder))
    hidden = values()
    names = sorted(path.name for path in pages.iterdir())

    def yardstick() -> object:
        return [((pages / name).read_bytes(), gzip.decompress((packed / name).read_bytes())) for name in names]

    def scanned() -> object:
        report = scan(pages, hidden)
        if not report.is_clean:
            raise SystemExit(f"the scan found something where nothing is: {report.lines()[0]}")
        return report

    return [
        compare(
            f"leak scan for {len(hidden):,} values",
            scanned,
            yardstick,
            f"read and gunzip {len(names)} pages of {SIZE // 1_000_000} MB",
            most=3,
        )
    ]


def values(seed: int = 1) -> HiddenValues:
    """Two thousand values as people write them: names, ids, addresses, and notes of which each row is looked for."""
    made = random.Random(seed)
    people = []
    for number in range(PEOPLE):
        name = f"{_word(made).title()} {_word(made).title()}"
        identifier = f"{name.lower().replace(' ', '-')}-{number}"
        channels = {"email": f"{identifier}@example.org"}
        notes = " ".join(_word(made) for _ in range(24)).capitalize() + "."
        people.append(Entry("people", identifier, Person(name=name, notes=notes, channels=channels)))
    return all_values(link(Entry("me", "me", Me()), people).playbook)


def example_pages(folder: Path) -> list[str]:
    """The pages of the example's site for a mentor, as MkDocs makes them."""
    from site_plugins.driver import build_folder

    built = build_folder(ROOT / "mkdocs.yml", folder / "example", options={"audience": "ines"})
    return [path.read_text(encoding="utf-8") for path in sorted(built.folder.rglob("*.html"))]


def write_pages(pages: Path, packed: Path, templates: list[str]) -> None:
    """Twenty megabytes of such pages, each with words of its own in its article, and each once more as gzip."""
    pages.mkdir()
    packed.mkdir()
    written = number = 0
    while written < SIZE:
        own = f"{_SYLLABLES[number % 16]}{_SYLLABLES[number // 16 % 16]}{_SYLLABLES[number // 256]}"
        content = _ARTICLE.sub(lambda found, own=own: _told(found[0], own), templates[number % len(templates)]).encode()
        (pages / f"{number}.html").write_bytes(content)
        (packed / f"{number}.html").write_bytes(gzip.compress(content, mtime=0))
        written, number = written + len(content), number + 1


def _told(article: str, own: str) -> str:
    return _SAID.sub(lambda said: _WORD.sub(lambda word: word[0][:4] + own[: len(word[0])], said[0]), article)


def _word(made: random.Random) -> str:
    return "".join(made.choices(_OTHERS, k=made.randint(2, 4)))
