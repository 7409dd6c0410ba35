"""Hostile files: a clear problem at its place or correct data, within 2 seconds and 300 MB, and never a traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SECONDS, MEGABYTES = 2, 300
# Loads one content folder after another under limits, and prints what came of each.
PROBE = f"""
import json, resource, sys, time
from pathlib import Path
from playbook.load import load
def peak():
    # ru_maxrss would be that of whoever started this process, until it is passed: Linux keeps it over exec.
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return next(int(line.split()[1]) / 1024 for line in status.read_text().splitlines() if line.startswith("VmHWM"))
for content in sorted(Path(sys.argv[1]).iterdir(), key=lambda path: int(path.name)):
    # A case that hangs ends the process, and the cases after it with it.
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime) + {SECONDS * 3}
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
    began = time.process_time()
    loaded = load(content, None, shown_as="content")
    print(json.dumps({{
        "problems": [str(problem) for problem in loaded.problems],
        "records": [
            {{name: getattr(entry.record, name) for name in ("title", "name", "why") if hasattr(entry.record, name)}}
            for entry in loaded.playbook.entries()
        ],
        "seconds": time.process_time() - began,
        # ru_maxrss would be that of whoever started this process, until it is passed (Linux keeps it over exec).
        "megabytes": peak(),
    }}), flush=True)
"""

pytestmark = pytest.mark.xdist_group("hostile")  # one process tries them all


def probe(books: list[dict[str, bytes]], folder: Path) -> list[dict[str, object]]:
    """What one process says of each of these content folders (path → bytes), having loaded one after another."""
    for number, files in enumerate(books):
        content = folder / str(number)
        (content / "pages").mkdir(parents=True)
        for path, data in files.items():
            (content / path).parent.mkdir(exist_ok=True)
            (content / path).write_bytes(data)
    result = subprocess.run(
        [sys.executable, "-c", PROBE, str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert result.stderr == ""
    return [json.loads(line) for line in result.stdout.splitlines()]


def within_bounds(said: dict[str, object]) -> tuple[list[str], list[object]]:
    """Problems (without the path of the only file) and records, once time and memory are as they should be."""
    assert said["seconds"] < SECONDS
    assert said["megabytes"] < MEGABYTES
    assert all(len(problem) < 800 for problem in said["problems"])
    return [problem.removeprefix("content/goals/g.yml:") for problem in said["problems"]], said["records"]


LAUGHS = b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
    f"{b}: &{b} [{','.join(f'*{a}' * 9 for _ in '1')}]\n".encode() for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
MERGES = b"a: &a {x: 1}\n" + b"".join(
    f"{b}: &{b} {{<<: [*{a}, *{a}, *{a}]}}\n".encode() for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)

ONE_PROBLEM = {
    "billion laughs": (LAUGHS, "1:4: error: '&a' is an anchor of YAML"),
    "merge bomb": (MERGES, "1:4: error: '&a' is an anchor of YAML"),
    "an alias that nobody defined": (b"title: T\nwhy: *nobody\n", "2:6: error: '*nobody' is an alias of YAML"),
    "an anchor on itself": (b"&a [*a]\n", "1:1: error: '&a' is an anchor of YAML"),
    "5,000 open brackets": (b"title: T\nwhy: " + b"[" * 5_000, "2:29: error: nested deeper than 24 levels"),
    "100,000 open brackets": (b"title: " + b"[" * 100_000, "1:31: error: nested deeper than 24 levels"),
    "100,000 open braces": (b"title: " + b"{a: " * 100_000, "1:"),
    "1,300 block levels": (
        b"".join(b" " * n + b"a:\n" for n in range(1_300)),
        "25:25: error: nested deeper than 24 levels",
    ),
    "10,000 dashes": (b"- " * 10_000 + b"a", "1:49: error: nested deeper than 24 levels"),
    "2 MB and a byte": (
        b"title: T\nwhy: |\n  " + b"x" * 2_097_153,
        "1:1: error: the file has more than 1,000,000 bytes",
    ),
    "a scalar of 64 KB and a byte": (
        b"title: T\nwhy: " + b"x" * 65_537,
        "2:6: error: a value of 65,537 characters; 64,000 is the most",
    ),
    "an anchor name of nearly 1 MB": (b"title: &" + b"a" * 900_000 + b" T\n", "1:8: error: '&aaa"),
    "a tag of nearly 1 MB": (b"title: !" + b"a" * 900_000 + b" T\n", "1:8: error: '!aaa"),
    "a key of nearly 1 MB": (b"k" * 900_000 + b": T\n", "1:1: error: "),
    "90,000 keys": (b"".join(b"k%d: 1\n" % n for n in range(90_000)), "1:1: error: a goal"),
    "100,001 values": (b"title: T\ntags: [" + b"a," * 100_001 + b"]\n", "2:"),
    "a number of a million hex digits": (b"title: T\ndue: 0x" + b"f" * 60_000 + b"\n", "2:6: error: '0xfff"),
    "a repeated key": (b"title: T\ntitle: U\n", "2:1: error: the key 'title' is here twice"),
    "a list as a key": (b"title: T\n? [a]\n: b\n", "2:3: error: a list or a mapping cannot be a key"),
    "a mapping as a key": (b"title: T\n? {a: b}\n: b\n", "2:3: error: a list or a mapping cannot be a key"),
    "binary": (b"title: !!binary aGVsbG8=\n", "1:8: error: '"),
    "a Python object": (b"title: !!python/object/apply:os.system [id]\n", "1:8: error: '"),
    "a set": (b"title: T\ntags: !!set {a, b}\n", "2:7: error: '"),
    "two documents": (b"title: T\n---\ntitle: U\n", "2:1: error: a second document begins here"),
    "a tab for indentation": (b"title: T\nchecklist:\n\t- a\n", "3:1: error: a tab"),
    "no byte": (b"", "1:1: error: the file is empty"),
    "only a byte order mark": (b"\xef\xbb\xbf", "1:1: error: the file is empty"),
    "only comments": (b"# nothing\n# here\n", "1:1: error: the file is empty"),
    "only a document's start": (b"---\n", "1:1: error: the file is empty"),
    "a list": (b"- a\n- b\n", "1:1: error: a goal is written as 'field: value' lines; this is a list"),
    "a text": (b"just a text\n", "1:1: error: a goal is written as 'field: value' lines; this is text"),
    "a number": (b"42\n", "1:1: error: a goal is written as 'field: value' lines; this is text"),
    "a surrogate in bytes": (b"title: \xed\xa0\x80\n", "1:8: error: the file is not UTF-8 here"),
    "a surrogate as an escape": (b'title: "\\ud800"\n', "1:"),
    "a code point that there is not": (b'title: "\\U00110000"\n', "1:"),
    "UTF-16": ("title: T\n".encode("utf-16"), "1:1: error: the file is not UTF-8 here"),
    "half a character": (b"title: caf\xc3", "1:11: error: the file is not UTF-8 here"),
    "a null byte": (b"title: a\0b\n", "1:9: error: an invisible character (U+0000)"),
    "a null as an escape": (b'title: "a\\0b"\n', "1:8: error: an invisible character (U+0000)"),
    "text turned right to left": ("title: a\u202eb\n".encode(), "1:9: error: an invisible character (U+202E)"),
    "text turned by an escape": (b'title: "a\\u202Eb"\n', "1:8: error: an invisible character (U+202E)"),
    "a key turned by an escape": (
        b'title: T\nshow: {"a\\u202Eb": me}\n',
        "2:8: error: an invisible character (U+202E)",
    ),
    "an isolate": ("title: a\u2066b\n".encode(), "1:9: error: an invisible character (U+2066)"),
    "a line separator": ("title: a\u2028b\n".encode(), "1:9: error: an invisible character (U+2028)"),
    "a next line": ("title: a\u0085b\n".encode(), "1:9: error: an invisible character (U+0085)"),
    "an escape sequence of a terminal": (b"title: a\x1b[31mb\n", "1:9: error: an invisible character (U+001B)"),
    "a byte order mark inside": ("title: a\ufeffb\n".encode(), "1:9: error: an invisible character (U+FEFF)"),
    "a sexagesimal date": (b"title: T\ndue: 1:30\n", "2:6: error: '1:30' is not a date"),
    "a number too large for anything": (b"title: T\ndue: 1e999\n", "2:6: error: '1e999' is not a date"),
    "no number": (b"title: T\ndue: .nan\n", "2:6: error: '.nan' is not a date"),
    "digits of another script": ("title: T\ndue: ２０２７-0１-01\n".encode(), "2:6: error: "),
    "the year 0": (b"title: T\ndue: 0000-01-01\n", "2:6: error: there is no day 0000-01-01"),
    "an open quote": (b'title: "never closed\n' * 3, "2:8: error: text goes on behind"),
    "half a file": (b"title: T\nchecklist:\n  - task: Draft\n    due: 2027-0", "4:10: error: '2027-0' is not a date"),
    "99,000 times one id": (b"title: T\npeople: [" + b"x," * 99_000 + b"]\n", "2:10: error: no person called 'x'"),
}


SURVIVES = {
    "half past six": "18:30",
    "sexagesimal": "1:30",
    "no": "no",
    "NO": "NO",
    "on": "on",
    "y": "y",
    "octal": "010",
    "hexadecimal": "0x10",
    "exponent": "1e999",
    "infinity": ".inf",
    "true": "true",
    "a dot": ".",
    "right to left": "עדה לאבלייס",
    "accents": "Zoë Čapek",
    "decomposed": "Zoe\u0308",
    "emoji with joiners": "👩🏽\u200d💻 at work",
    "10,000 combining marks": "Z" + "\u0301" * 10_000,
    "markup": "<script>alert(1)</script>",
    "an equals sign": "=1+1",
}


KEPT = {
    "names that YAML calls null, quoted": b'title: "null"\nwhy: "~"\n',
    "a word of 60 KB": b"title: T\nwhy: " + b"w" * 60_000 + b"\n",
}
BUSY = [
    "[[" * 30_000,
    "[[a" * 20_000 + "]]" * 100,
    "[[ " + " " * 60_000,
    "[[" + "a|" * 30_000 + "]]",
    "#" * 60_000,
    "# " * 30_000,
    "a " * 30_000 + "#x",
    "http" + "a" * 60_000 + "://",
    "a@" * 30_000,
    "- " * 30_000,
    " - a" * 15_000,
    "\\" * 60_000,
    "'" * 60_001,
    '"' * 60_001,
    "{" * 20 + "a" * 60_000,
    "T" + "1" * 60_000,
    "a: " * 20_000,
    "every " * 10_000,
]
KEYS = ("why", "due", "visibility", "tags")
ODD_IDS = (
    "con", "nul", "null", "com1", "aux", "a" * 81, "a" * 251, "A", "a_b", "a b", "-a", "a-", "a--b", "a.b", "é", "１", "zoe\u0308", "\u0430da",
)  # fmt: skip
PEOPLE = {f"people/some-person-number-{n}.yml": b"name: Person\n" for n in range(400)}
BOOKS: dict[str, dict[str, bytes]] = {
    **{name: {"goals/g.yml": content} for name, (content, _) in ONE_PROBLEM.items()},
    **{name: {"goals/g.yml": f"title: {text}\n".encode()} for name, text in SURVIVES.items()},
    **{name: {"goals/g.yml": content} for name, content in KEPT.items()},
    **{f"{k} {n}": {"goals/g.yml": f"title: T\n{k}: {t}\n".encode()} for k in KEYS for n, t in enumerate(BUSY)},
    **{f"id {name}": {f"goals/{name}.yml": b"title: T\n"} for name in ODD_IDS},
    "dead references": {
        **PEOPLE,
        "goals/g.yml": f"title: T\npeople: [{', '.join(f'some-persons-{n}' for n in range(20_000))}]\n".encode(),
    },
    "names for ids": {
        "people/ada.yml": b"name: Ada Lovelace\n",
        "goals/g.yml": b"title: T\npeople: [" + b"Ada Lovelace, " * 20_000 + b"]\n",
    },
    "a thousand broken files": {f"goals/g{n}.yml": b"titel: T\ndue: 1\n" for n in range(1_000)},
    "20,000 misspelt channels": {
        "people/ada.yml": b"name: Ada\nlog:\n" + b"".join(b"- {channel: linkdin%d}\n" % n for n in range(20_000)),
    },
    "20,000 items of one id": {
        "goals/g.yml": b"title: T\nchecklist:\n" + b"- {task: a, id: a, due: T-1}\n" * 20_000,
    },
}


@pytest.fixture(scope="module")
def said(tmp_path_factory) -> dict[str, dict[str, object]]:
    """What the probe says of each book, by name."""
    return dict(zip(BOOKS, probe(list(BOOKS.values()), tmp_path_factory.mktemp("hostile")), strict=True))


@pytest.mark.parametrize("name", ONE_PROBLEM)
def test_a_hostile_file_is_a_problem_with_its_place(said, name):
    problems, _ = within_bounds(said[name])
    assert problems
    assert problems[0].startswith(ONE_PROBLEM[name][1])


@pytest.mark.parametrize("name", SURVIVES)
def test_text_stays_the_text_that_was_typed(said, name):
    problems, records = within_bounds(said[name])
    assert (problems, [record["title"] for record in records]) == ([], [SURVIVES[name]])


def test_a_value_that_yaml_calls_null_is_a_name_when_it_is_quoted(said):
    problems, records = within_bounds(said["names that YAML calls null, quoted"])
    assert (problems, [(record["title"], record["why"]) for record in records]) == ([], [("null", "~")])


def test_one_word_of_60_kilobytes_is_kept_whole(said):
    problems, records = within_bounds(said["a word of 60 KB"])
    assert (problems, [len(record["why"]) for record in records]) == ([], [60_000])


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("number", range(len(BUSY)))
def test_no_text_keeps_a_pattern_busy(said, number, key):
    within_bounds(said[f"{key} {number}"])


@pytest.mark.parametrize("name", ODD_IDS)
def test_a_file_name_that_is_no_id_is_told(said, name):
    (problem,) = within_bounds(said[f"id {name}"])[0]
    assert problem.startswith(f"content/goals/{name}.yml:1:1: error: the file's name is the id, and '")
    assert problem.endswith("[bad-id]")


def test_twenty_thousand_references_that_lead_nowhere_are_answered_in_time(said):
    problems, _ = within_bounds(said["dead references"])
    assert len(problems) == 26
    assert problems[-1].endswith("notice: and 19975 more references in this file lead nowhere. [more-problems]")


def test_names_in_place_of_ids_are_found_in_time(said):
    problems, _ = within_bounds(said["names for ids"])
    assert {problem.rsplit("[")[-1] for problem in problems} == {"name-for-id]"}


def test_a_thousand_broken_files_are_told_each_for_itself(said):
    assert len(within_bounds(said["a thousand broken files"])[0]) == 2_000


@pytest.mark.parametrize("name", ["20,000 misspelt channels", "20,000 items of one id"])
def test_one_mistake_made_thousands_of_times_is_told_in_time(said, name):
    assert within_bounds(said[name])[0]
