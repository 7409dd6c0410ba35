"""Files with checklists, spoiled at random: what a fast reader must read as the full one does."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from pathlib import Path

from playbook.history.checklists import read_checklist
from playbook.history.segments import ChecklistReader

CONTENT = Path(__file__).parents[2] / "content"
FORMS = (
    b"title: Be\nwhy: |\n  One\n  two\nchecklist:\n  - task: Write it\n    done: 2021-02-03\n  - id: k3f9\n    task: \"Read: a book\"\n    skipped: 'Later'\n  - Third (again)\nlinks:\n  - https://example.org/x\nnotes: |\n  Foo\n  bar\n",
    b"checklist:\n- task: A\n  done: true\n- {id: b, task: B, due: T-30}\n- C\n",
    b"a: 1\nchecklist:\n    - only\n    - id: x\n      task: Two\n      due: 2024-01-02\n      criteria: [a, b]\n",
    b'# A goal\ntitle: T\nchecklist:\n  - {id: a, task: One, done: 2026-01-01}\n  - {task: "Two, and more", person: ada-lovelace, skipped: No}\n  - Three\nnotes: this checklist is short\nnext_step: Go\n',
    b"---\ntitle: T\r\nchecklist:\r\n  - One\r\n  - task: Two\r\n    done: false\r\nwhy: because\r\n",
    b"checklist: One thing\ntitle: T\n",
    b"checklist: [One, {task: Two, done: yes}]\n",
    b"checklist:\n  - >\n    Folded\n    text\n  - |-\n    Kept\n  -\n    task: Below\n  - Ask her: which council?\n  -\n",
)  # fmt: skip
TOKENS = tuple(
    rb"""
" ' {{ }} [ ] [] : :_ _# , ? ?_ _- - -_ | > |- >- |+ & &a_ *a_ ! !!str_ % %YAML_1.1\n @ ` ~ null true false no yes \ \\" ''
task: task:_ _task:_z done:_ done:_true id:_ id:_x skipped:_ checklist checklist: \nchecklist:\n__-_z \nchecklist:\n-_z\n
\n \n\n \n__-_ \n-_ \n____ \n__ \n______x \r\n \r \t \n\t _ __ \n#_c\n _#_x\n \n---\n \n...\n \ntitle:_b\n \n?_a\n:_b\n \n"q":_1\n
<<:_ 0x1 12:30 1e5 2021-01-01 = { } ,_task:_y {task:_x} {_task:_x_} -_{task:_x,_done:_true} -_x -_-_x
""".split()
)
ODD = (
    b"\xc3\xa9",
    b"\xc2\x85",
    b"\xe2\x80\xa8",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\x00",
    b"\x7f",
    b"\xf0\x9f\x8e\x89",
    b"\xc2\xa0",
    b"",
)


def spoiled(seed: int, bases: tuple[bytes, ...] = FORMS) -> Iterator[bytes]:
    """An endless row of files, each with a few changes that a slip, an editor or a merge could have made."""
    chance = random.Random(seed)  # noqa: S311  (files, not keys)
    tokens = [
        *(
            token.replace(b"_", b" ").replace(rb"\n", b"\n").replace(rb"\r", b"\r").replace(rb"\t", b"\t")
            for token in TOKENS
        ),
        *ODD,
    ]
    while True:
        text = chance.choice(bases)
        for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 5))):
            at = chance.randrange(len(text) + 1)
            if chance.random() < 0.4:
                line = text.find(b"\n", at)
                at = line + 1 if line >= 0 else at
            end = at + (chance.randrange(12) if chance.random() < 0.4 else 0)
            text = text[:at] + (chance.choice(tokens) if chance.random() < 0.85 else b"") + text[end:]
        yield text


def grown(seed: int) -> Iterator[bytes]:
    """An endless row of versions of one file: each is the one before with some lines changed, a few also spoiled."""
    chance = random.Random(seed)  # noqa: S311
    forms = (
        "- Item {}",
        "- {{task: Item {}, done: true}}",
        "- task: Item {}\n    due: T-30",
        '- "Item {}, quoted"',
        "- ",
    )
    lines = ["title: A file of its own", "checklist:", *(f"  {form.format(form)}" for form in forms), "notes: this"]
    for number in itertools.count():
        for _ in range(chance.choice((1, 1, 1, 2, 6))):
            at = chance.randrange(1, len(lines))
            act = chance.randrange(10)
            if act < 4 or len(lines) < 5:
                lines.insert(at, "  " + chance.choice(forms).format(number % 50))
            elif act < 6:
                del lines[at]
            elif act < 8:
                other = chance.randrange(len(lines))
                lines[at], lines[other] = lines[other], lines[at]
            else:
                lines[at] = chance.choice(("checklist:", "  # c", "", "why: |", *lines))
        if chance.random() < 0.3 or len(lines) > 60:
            kept = [line for line in lines if line.startswith("  - ") and len(line) > 4][:40]
            lines = [
                f"title: A file of its own{number % 3}",
                "checklist:",
                *kept,
                "notes: this",
                *(["a: b"] * (number % 2)),
            ]
        text = "\n".join(lines).encode() + b"\n" * (number % 4)
        yield next(spoiled(number, (text,))) if chance.random() < 0.1 else text


def differences(files: Iterator[bytes], count: int) -> tuple[list[bytes], int]:
    """(the first files that the two readers disagree about, how many the fast one read in parts) of `count` files."""
    reader = ChecklistReader()
    found: list[bytes] = []
    for _ in range(count):
        text = next(files)
        # What begins alike is one file to the reader, which then looks only at what differs from the version before.
        numbers = reader.read(text, text[:12].hex())
        fast = None if numbers is None else tuple(reader.items[number] for number in numbers)
        if fast != read_checklist(text):
            found.append(text)
            if len(found) == 5:
                break
    return found, count - reader.whole_files
