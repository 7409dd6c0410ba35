"""Invents how the example playbook came to be: commits, a day each, that end in what its files hold.

The example is a person who never was, so her history was never committed; but what her files say of their days decides
most of it. Each item comes when its record begins, or some weeks before its own day; it is done on the day that is
written. Some things are made up, the same each time: a few items had shorter words at first, one in twenty was ticked
too early once.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from playbook.source.document import Document
from playbook.source.reader import parse_document

_AHEAD = (14, 120)
"""An item that is not there from the beginning comes so many days before its own day."""
_LONG_BEFORE = dt.timedelta(days=60)
_FEWEST_WORDS = 9
_DONE_INLINE = re.compile(r",\s*done:\s*[^,}]+")


@dataclass(frozen=True, slots=True)
class PastCommit:
    """What was committed on a day: path below the content folder → bytes."""

    day: dt.date
    subject: str
    files: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class _Item:
    index: int
    text: str
    came: dt.date
    done: dt.date | None
    first_words: str
    """What it was called for its first days; empty where it was always called the same."""
    tried: dt.date | None
    """When it was ticked, a few days too early; it was opened again after three days."""


def invent_past(files: Mapping[str, bytes], today: dt.date) -> tuple[PastCommit, ...]:
    """Commits whose last state of each file with a checklist is what `files` holds, oldest first.

    Args:
        files: path below the content folder → bytes, every file of it.
        today: no commit is later.
    """
    pasts = {path: past for path, content in sorted(files.items()) if (past := _past_of(path, content, today))}
    days = sorted({day for past in pasts.values() for day in past})
    begun = days[0] if days else today
    commits = []
    for day in days or [today]:
        changed = {path: past[day] for path, past in pasts.items() if day in past}
        if day == begun:
            changed = {path: content for path, content in files.items() if path not in pasts} | changed
        commits.append(PastCommit(day, _subject(changed, is_first=day == begun), changed))
    return tuple(commits)


def _past_of(path: str, content: bytes, today: dt.date) -> dict[dt.date, bytes]:
    """Day → the file as it was from that day on; nothing for a file without a checklist."""
    document, _ = parse_document(path, content)
    tree = document.tree if document is not None else None
    written = tree.get("checklist") if isinstance(tree, dict) else None
    if document is None or not isinstance(tree, dict) or not written or not isinstance(written, list):
        return {}
    items = _items(path, tree, today)
    days = sorted(
        {min(item.came for item in items)}
        | {item.came for item in items}
        | {item.done for item in items if item.done}
        | {item.came + dt.timedelta(days=9) for item in items if item.first_words}
        | {day for item in items if item.tried for day in (item.tried, item.tried + dt.timedelta(days=3))}
    )
    found: dict[dt.date, bytes] = {}
    for day in days:
        if day <= today:
            text = "".join(_lines_on(document, items, day)).encode()
            if not found or text != found[max(found)]:
                found[day] = text
    # The last one is the file itself, whatever is made up.
    found[max(found)] = content
    return found


def _items(path: str, tree: dict[str, Any], today: dt.date) -> tuple[_Item, ...]:
    written = [entry if isinstance(entry, dict) else {"task": entry} for entry in tree["checklist"]]
    dones = [day for entry in written if (day := _day(entry.get("done")))]
    begin = _day(tree.get("start")) or min([*dones, _day(tree.get("starts")) or today]) - _LONG_BEFORE
    begin = min([begin, *dones, today - dt.timedelta(days=30)])
    found = []
    for index, entry in enumerate(written):
        chance = _chance(f"{path} {entry['task']}")
        done = _day(entry.get("done"))
        last = min(done or today, _day(entry.get("due")) or today, today)
        ahead = dt.timedelta(days=_AHEAD[0] + chance % (_AHEAD[1] - _AHEAD[0]))
        came = begin if chance % 3 else max(begin, last - ahead)
        words = entry["task"].split()
        is_reworded = len(words) >= _FEWEST_WORDS and chance % 4 == 1 and (done or today) - came > dt.timedelta(days=20)
        tried = done - dt.timedelta(days=8) if done and chance % 20 == 7 and (done - came).days > 20 else None  # noqa: PLR2004
        found.append(
            _Item(index, entry["task"], came, done, " ".join(words[:-3]).rstrip(",;:") if is_reworded else "", tried)
        )
    return tuple(found)


def _lines_on(document: Document, items: tuple[_Item, ...], day: dt.date) -> Iterator[str]:
    """The file's lines as they were at the end of a day."""
    lines = document.text.splitlines(keepends=True)
    starts = [document.line_of(("checklist", item.index)) - 1 for item in items]
    if sorted(set(starts)) != starts:
        # Several on one line are there together or not at all.
        yield from lines
        return
    last = _end_of_list(lines, starts[-1])
    spans = {start: (item, end) for start, end, item in zip(starts, [*starts[1:], last], items, strict=True)}
    at = 0
    while at < len(lines):
        if at not in spans:
            yield lines[at]
            at += 1
            continue
        item, end = spans[at]
        if item.came <= day:
            yield from _as_it_was(lines[at:end], item, day)
        at = end


def _as_it_was(lines: list[str], item: _Item, day: dt.date) -> Iterator[str]:
    was_tried = item.tried is not None and 0 <= (day - item.tried).days < 3  # noqa: PLR2004
    is_done = item.done is not None and item.done <= day
    for line in lines:
        if item.first_words and day < item.came + dt.timedelta(days=9):
            line = line.replace(item.text, item.first_words)  # noqa: PLW2901
        if item.done is not None and not is_done:
            if line.strip().startswith(("done:", "evidence:")):
                if was_tried and line.strip().startswith("done:"):
                    yield line.replace(item.done.isoformat(), "true")
                continue
            line = _DONE_INLINE.sub(", done: true" if was_tried else "", line)  # noqa: PLW2901
        yield line


def _end_of_list(lines: list[str], start: int) -> int:
    """The line behind the list's last entry: the next that does not stand deeper than its dash."""
    dash = len(lines[start]) - len(lines[start].lstrip())
    for number in range(start + 1, len(lines)):
        if lines[number].strip() and len(lines[number]) - len(lines[number].lstrip()) <= dash:
            return number
    return len(lines)


def _subject(changed: Mapping[str, bytes], *, is_first: bool) -> str:
    if is_first:
        return "Begin the playbook"
    return f"Update {', '.join(path.rpartition('/')[2].removesuffix('.yml') for path in sorted(changed))}"


def _day(written: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(written)[:10])
    except ValueError:
        return None


def _chance(words: str) -> int:
    """A number that only the words decide."""
    return int.from_bytes(hashlib.sha256(words.encode()).digest()[:4], "big")
