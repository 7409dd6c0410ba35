"""Makes git repositories of playbooks with the truth beside them: what really happened to which item in each commit.

The truth is not told by the edits but taken from what they leave behind: between two commits of the main line, an item
that is another's in nothing but its number was created, dropped, reworded, moved, done. So merges need no rule.
"""

from __future__ import annotations

import copy
import json
import random
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from playbook.source.scalars import as_scalar

VERBS = (
    "Write Draft Review Ask Email Schedule Prepare Read Finish Publish Present Rehearse Update Collect Apply Submit "
    "Research Record Build Refactor Measure Mentor Interview Outline Practise Book Send Shadow Summarise"
).split()
THINGS = (
    "design doc|promotion packet|system design notes|brag document|quarterly review|conference talk|blog post|reading "
    "list|mock interview|reference letter|portfolio page|cover letter|onboarding guide|incident retrospective|"
    "migration plan|roadmap proposal|budget estimate|career ladder|peer feedback|salary benchmark|open-source patch|"
    "benchmark report|workshop slides|mentoring agenda|talk abstract"
).split("|")
TOPICS = (
    "leadership distributed-systems writing python rust hiring negotiation databases security teaching testing "
    "observability strategy networking product"
).split()
NAMES = (
    "Ada Grace Alan Edsger Barbara Donald Radia Leslie Margaret Dennis Ken Frances Katherine Vint Hedy Adele".split()
)
TAILS = (
    "with {name}|for {name}'s team|before the {topic} evening|about {topic}|and share it with {name}|, first version|, "
    "second pass|by the end of the quarter|on {topic}|using the new template|after the talk with {name}|"
).split("|")
GOALS, ITEMS = 40, (10, 40)
START = 1_546_300_800
YEARS = 5


class TrueEvent(NamedTuple):
    """What happened to an item between two commits of the main line."""

    commit: int
    """Its place on the main line, from 0."""
    kind: str
    """`created`, `dropped`, `done`, `undone`, `reworded`, `moved`, `skipped` or `unskipped`."""
    uid: int
    text: str
    """After the commit; before it, where it was dropped."""
    path: str
    """Its file below the content folder, by the name that the file has at the end."""


@dataclass(frozen=True, slots=True)
class TrueItem:
    uid: int
    text: str
    state: str = "open"
    id: str = ""


@dataclass
class TrueFile:
    """A checklist, and how its author writes."""

    title: str
    style: str
    items: list[TrueItem]
    key: int = 0
    """The same for the file's whole life, whatever it is called."""
    notes: list[str] = field(default_factory=list)

    def render(self) -> bytes:
        lines = [f"title: {as_scalar(self.title)}", "status: active", "why: >", "  Because it matters.", "checklist:"]
        lines += [self._line(item) for item in self.items]
        if not self.items:
            lines[-1] = "checklist: []"
        lines += ["next_step: Go on", *(f"# {note}" for note in self.notes)]
        return ("\n".join(lines) + "\n").encode()

    def _line(self, item: TrueItem) -> str:
        state = {"done": "done: true", "skipped": "skipped: no longer needed"}.get(item.state, "")
        fields = [f"id: {item.id}"] if item.id else []
        fields += [f"task: {as_scalar(item.text)}", *([state] if state else [])]
        if self.style == "flow":
            return f"  - {{{', '.join(part.replace(': ', ': ', 1) for part in self._quoted(fields))}}}"
        if len(fields) == 1:
            return f"  - {as_scalar(item.text)}"
        return "  - " + "\n    ".join(fields)

    @staticmethod
    def _quoted(fields: list[str]) -> Iterator[str]:
        for part in fields:
            key, _, value = part.partition(": ")
            yield (
                part
                if not any(mark in value for mark in ",[]{}") or value[:1] == '"'
                else f"{key}: {json.dumps(value)}"
            )


Files = dict[str, TrueFile]


class World:
    """The files as they are at one place of the history, and the edits that people make."""

    def __init__(self, rng: random.Random, ids: float) -> None:
        self.rng, self.ids, self.count = rng, ids, 0
        self.dropped: list[TrueItem] = []
        self.files: Files = {}
        for number in range(GOALS):
            title = f"{rng.choice(VERBS)} {rng.choice(THINGS)} {number}"
            items = [self.item(done=rng.random() < 0.2) for _ in range(rng.randint(*ITEMS))]
            self.files[f"content/goals/goal-{number}.yml"] = TrueFile(
                title, rng.choice(("block", "block", "flow")), items, number
            )

    def text(self) -> str:
        rng = self.rng
        tail = rng.choice(TAILS).format(name=rng.choice(NAMES), topic=rng.choice(TOPICS))
        head = f"{rng.choice(VERBS)} the {rng.choice(THINGS)}"
        return head + tail if tail.startswith(",") else f"{head} {tail}".strip()

    def item(self, *, done: bool = False) -> TrueItem:
        self.count += 1
        identifier = f"item-{self.count}" if self.rng.random() < self.ids else ""
        return TrueItem(self.count, self.text(), "done" if done else "open", identifier)

    def reworded(self, text: str) -> str:
        """The same thing in other words: a word added, changed or gone; seldom wholly other words."""
        rng, words = self.rng, text.split(" ")
        kind = rng.random()
        if kind < 0.4:
            words.append(rng.choice(["(again)", "this month", "by Friday", "v2", "with feedback", "in one page"]))
        elif kind < 0.7:
            index = rng.randrange(len(words))
            words[index] = rng.choice(VERBS) if not index else rng.choice(VERBS).lower()
        elif kind < 0.9 and len(words) > 4:
            del words[rng.randrange(2, len(words))]
        else:
            words[0], words[-1] = rng.choice(VERBS), f"{words[-1]} soon"
        return " ".join(words)

    def edit(self, paths: list[str]) -> set[str]:
        """One small change below some paths; the paths it touched."""
        rng = self.rng
        path = rng.choice(paths)
        items = self.files[path].items
        open_ones = [index for index, item in enumerate(items) if item.state == "open"]
        done_ones = [index for index, item in enumerate(items) if item.state == "done"]
        skipped_ones = [index for index, item in enumerate(items) if item.state == "skipped"]
        edits: list[tuple[float, Callable[[], set[str] | None]]] = [
            (40, lambda: self._set(path, open_ones[:8], "done")),
            (20, lambda: self._insert(path, self.item())),
            (9, lambda: self._reword(path)),
            (2, lambda: self._set(path, done_ones, "open")),
            (2, lambda: self._set(path, open_ones, "skipped")),
            (1, lambda: self._set(path, skipped_ones, "open")),
            (4, lambda: self._drop(path)),
            (3, lambda: self._reorder(path)),
            (2, lambda: self._move(path, rng.choice(paths))),
            (3, lambda: self._replace(path)),
            (2, lambda: self._split(path)),
            (1, lambda: self._join(path)),
            (1, lambda: self._swap(path)),
            (0.3, lambda: self._rewrite_all(path)),
            (1, lambda: self._bring_back(path)),
            (1, lambda: self._rename(path, paths)),
            (8, lambda: self._note(path)),
        ]
        (_, chosen), *_ = rng.choices(edits, weights=[weight for weight, _ in edits])
        return chosen() or self._note(path)

    def _set(self, path: str, among: list[int], state: str) -> set[str] | None:
        if not among:
            return None
        items, index = self.files[path].items, self.rng.choice(among)
        items[index] = replace(items[index], state=state)
        return {path}

    def _insert(self, path: str, item: TrueItem) -> set[str]:
        items = self.files[path].items
        if len(items) >= ITEMS[1]:
            done = [one for one in items if one.state == "done"][:2]
            self.dropped += done
            items[:] = [one for one in items if one not in done]
        items.insert(len(items) if self.rng.random() < 0.7 else self.rng.randint(0, len(items)), item)
        return {path}

    def _reword(self, path: str) -> set[str] | None:
        items = self.files[path].items
        if not items:
            return None
        index = self.rng.randrange(len(items))
        items[index] = replace(items[index], text=self.reworded(items[index].text))
        return {path}

    def _drop(self, path: str) -> set[str] | None:
        items = self.files[path].items
        if len(items) <= 5:
            return None
        self.dropped.append(items.pop(self.rng.randrange(len(items))))
        return {path}

    def _reorder(self, path: str) -> set[str] | None:
        items = self.files[path].items
        if len(items) < 2:
            return None
        item = items.pop(self.rng.randrange(len(items)))
        items.insert(self.rng.randint(0, len(items)), item)
        return {path}

    def _move(self, path: str, other: str) -> set[str] | None:
        items = self.files[path].items
        if path == other or len(items) <= 5 or len(self.files[other].items) >= ITEMS[1]:
            return None
        self.files[other].items.append(items.pop(self.rng.randrange(len(items))))
        return {path, other}

    def _replace(self, path: str) -> set[str] | None:
        """One thing is given up, and a wholly other one stands where it stood."""
        items = self.files[path].items
        if not items:
            return None
        index = self.rng.randrange(len(items))
        self.dropped.append(items[index])
        items[index] = self.item()
        return {path}

    def _split(self, path: str) -> set[str] | None:
        items = self.files[path].items
        if not items or len(items) >= ITEMS[1]:
            return None
        index = self.rng.randrange(len(items))
        whole = items[index]
        items[index] = replace(whole, text=f"{whole.text}, the draft")
        items.insert(index + 1, replace(self.item(), text=f"{whole.text}, the final version"))
        return {path}

    def _join(self, path: str) -> set[str] | None:
        items = self.files[path].items
        if len(items) <= 5:
            return None
        index = self.rng.randrange(len(items) - 1)
        gone = items.pop(index + 1)
        self.dropped.append(gone)
        items[index] = replace(items[index], text=f"{items[index].text}; {' '.join(gone.text.split()[:3]).lower()} too")
        return {path}

    def _swap(self, path: str) -> set[str] | None:
        """Two texts change places: with ids each is reworded, without them the two have changed places."""
        items = self.files[path].items
        if len(items) < 2:
            return None
        one, other = self.rng.sample(range(len(items)), 2)
        if items[one].id and items[other].id:
            first, second = items[one].text, items[other].text
            items[one], items[other] = replace(items[one], text=second), replace(items[other], text=first)
        else:
            items[one], items[other] = items[other], items[one]
        return {path}

    def _rewrite_all(self, path: str) -> set[str]:
        items = self.files[path].items
        items[:] = [replace(item, text=self.reworded(item.text)) for item in items]
        return {path}

    def _bring_back(self, path: str) -> set[str] | None:
        items = self.files[path].items
        if not self.dropped or len(items) >= ITEMS[1]:
            return None
        item = self.dropped.pop(self.rng.randrange(max(0, len(self.dropped) - 10), len(self.dropped)))
        items.append(item)
        return {path}

    def _rename(self, path: str, paths: list[str]) -> set[str]:
        self.count += 1
        other = f"content/goals/goal-{self.count}-renamed.yml"
        self.files[other] = self.files.pop(path)
        paths[paths.index(path)] = other
        return {path, other}

    def _note(self, path: str) -> set[str]:
        notes = self.files[path].notes
        notes.append(f"Seen again, {len(notes)}.")
        del notes[:-4]
        return {path}


class _Writer:
    """A main line and branches, for git fast-import; the truth of the main line as it grows."""

    def __init__(self, out: Callable[[bytes], object], rng: random.Random, commits: int) -> None:
        self.out, self.rng, self.mark, self.now = out, rng, 0, START
        self.step = YEARS * 365 * 86_400 // max(1, commits)
        self.truth: list[TrueEvent] = []
        self.line = -1
        self.known: dict[int, tuple[str, str, str]] = {}
        """uid → (path, text, state) at the end of the main line."""
        self.left: dict[int, str] = {}
        """uid → the state in which it was dropped: brought back, it has it still."""

    def commit(
        self, message: str, files: dict[str, bytes | None], parents: tuple[int, ...], branch: str = "main"
    ) -> int:
        self.now += self.rng.randint(1, 2 * self.step)
        written = self.now - (self.rng.randint(86_400, 30 * 86_400) if self.rng.random() < 0.02 else 0)
        zone = self.rng.choice(["+0000", "+0100", "-0500", "+0530"])
        self.mark += 1
        text = message.encode()
        self.out(
            f"commit refs/heads/{branch}\nmark :{self.mark}\nauthor Me <me@example.org> {written} {zone}\n"
            f"committer Me <me@example.org> {self.now} {zone}\ndata {len(text)}\n".encode()
            + text
            + b"\n"
        )
        for number, parent in enumerate(parents):
            self.out(f"{'merge' if number else 'from'} :{parent}\n".encode())
        for path, content in files.items():
            if content is None:
                self.out(f"D {path}\n".encode())
            else:
                self.out(f"M 100644 inline {path}\ndata {len(content)}\n".encode() + content + b"\n")
        self.out(b"\n")
        return self.mark

    def tell(self, before: Files, after: Files, touched: set[str]) -> None:
        """The truth of a commit of the main line that took the touched files from `before` to `after`."""
        self.line += 1
        # A file that has another name moves nothing.
        gone = [path for path in touched if path in before and path not in after]
        names = {id(before[path].items): path for path in gone}
        same = {
            path: names[id(after[path].items)] for path in touched if path in after and id(after[path].items) in names
        }
        for new, old in same.items():
            for uid, (path, text, state) in list(self.known.items()):
                if path == old:
                    self.known[uid] = (new, text, state)
        paths = {same.get(path, path) for path in touched} | touched
        old = {uid: was for uid, was in self.known.items() if was[0] in paths}
        new_items = {
            item.uid: (path, item.text, item.state)
            for path in sorted(touched)
            if path in after
            for item in after[path].items
        }
        keys = {path: file.key for files in (before, after) for path, file in files.items() if path in paths}
        for uid, (path, text, state) in new_items.items():
            was = old.get(uid) or self.known.get(uid)
            if was is None:
                self._add("created", uid, text, keys[path])
                self._turns(uid, self.left.pop(uid, "open"), state, text, keys[path])
            else:
                self._changes(uid, was, (path, text, state), keys[path])
            self.known[uid] = (path, text, state)
        for uid, was in old.items():
            if uid not in new_items:
                self._add("dropped", uid, was[1], keys[was[0]])
                self.left[uid] = was[2]
                del self.known[uid]

    def _changes(self, uid: int, was: tuple[str, str, str], now: tuple[str, str, str], key: int) -> None:
        if was[0] != now[0]:
            self._add("moved", uid, now[1], key)
        if was[1] != now[1]:
            self._add("reworded", uid, now[1], key)
        self._turns(uid, was[2], now[2], now[1], key)

    def _turns(self, uid: int, was: str, now: str, text: str, key: int) -> None:
        if was != now:
            if was != "open":
                self._add("undone" if was == "done" else "unskipped", uid, text, key)
            if now != "open":
                self._add(now, uid, text, key)

    def _add(self, kind: str, uid: int, text: str, key: int) -> None:
        self.truth.append(TrueEvent(self.line, kind, uid, text, str(key)))


def write_history(
    folder: Path, commits: int, *, ids: float = 0.0, seed: int = 1, merges: float = 0.03, pack: bool = True
) -> list[TrueEvent]:
    """A repository with so many commits on its main line, checked out; what really happened in each.

    Args:
        folder: where; must not be there.
        commits: on the main line (branches come on top).
        ids: which share of the items have an id.
        seed: the same repository for the same number.
        merges: how often a branch begins; a third of them are octopuses, some live for dozens of commits, and some of
            their commits are picked onto the main line.
        pack: whether to pack it as a server does.
    """
    rng = random.Random(seed)
    world = World(rng, ids)
    subprocess.run(["git", "init", "-q", "-b", "main", str(folder)], check=True)
    importing = subprocess.Popen(["git", "-C", str(folder), "fast-import", "--quiet"], stdin=subprocess.PIPE)
    assert importing.stdin is not None
    writer = _Writer(importing.stdin.write, rng, commits)
    first = {path: file.render() for path, file in world.files.items()}
    tip = writer.commit("Begin", {"README.md": b"# Mine\n", **first}, ())
    writer.tell({}, world.files, set(world.files))
    branches: list[_Branch] = []
    while writer.line + 1 < commits:
        kept = {path for branch in branches for path in branch.began}
        free = [path for path in world.files if path not in kept]
        if len(branches) < 4 and rng.random() < merges and len(free) > 12:
            branches.append(_Branch(world, rng.sample(free, 3), tip, rng.randint(2, 40) if rng.random() < 0.2 else 3))
            continue
        ready = [branch for branch in branches if branch.age >= branch.life]
        if ready and (len(ready) > 1 or rng.random() < 0.5):
            tip = _merge(writer, world, ready, tip)
            branches = [branch for branch in branches if branch not in ready]
            continue
        for branch in branches:
            branch.age += 1
            if rng.random() < 0.6:
                branch.grow(writer)
        if branches and rng.random() < 0.1:
            branch = rng.choice(branches)
            before = copy.copy(world.files)
            touched = branch.pick(world)
            if touched:
                tip = _step(writer, world, before, touched, "Picked from a branch", tip)
                continue
        if rng.random() < 0.08:
            tip = writer.commit("Elsewhere", {"README.md": f"# Mine\n\n{writer.mark}\n".encode()}, (tip,))
            writer.line += 1
            continue
        before = {path: replace(file, items=file.items) for path, file in world.files.items()}
        touched: set[str] = set()
        for _ in range(rng.choice([1, 1, 1, 2, 2, 3])):
            touched |= world.edit(free)
            free = [path for path in free if path in world.files] + [
                path for path in touched if path in world.files and path not in free
            ]
        tip = _step(writer, world, before, touched, "Edit", tip)
    importing.stdin.write(f"reset refs/heads/main\nfrom :{tip}\n\ndone\n".encode())
    importing.stdin.close()
    if importing.wait():
        raise SystemExit("git fast-import failed")
    git = ["git", "-C", str(folder)]
    subprocess.run([*git, "reset", "-q", "--hard", "main"], check=True)
    if pack:
        subprocess.run([*git, "repack", "-q", "-a", "-d", "-f"], check=True)
    names = {str(file.key): path.removeprefix("content/") for path, file in world.files.items()}
    return [event._replace(path=names[event.path]) for event in writer.truth]


class _Branch:
    """Work on a few files that the main line leaves alone meanwhile."""

    def __init__(self, world: World, paths: list[str], tip: int, life: int) -> None:
        self.world = copy.copy(world)
        self.world.files = {path: copy.deepcopy(world.files[path]) for path in paths}
        # What is dropped here is still there elsewhere: brought back there, it would be in two files at once.
        self.world.dropped = []
        self.origin = world
        self.paths, self.tip, self.life, self.age = list(paths), tip, life, 0
        self.began = list(paths)
        self.has_grown = False

    def grow(self, writer: _Writer) -> None:
        # New items on a branch must not bear the numbers of new items elsewhere.
        self.world.count = self.origin.count
        before = set(self.world.files)
        touched = self.world.edit(self.paths)
        self.origin.count = self.world.count
        files = {path: self.world.files[path].render() if path in self.world.files else None for path in touched}
        files = {path: content for path, content in files.items() if content is not None or path in before}
        self.tip = writer.commit("On a branch", files, (self.tip,), f"topic-{id(self) % 1000}")
        self.has_grown = True

    def pick(self, world: World) -> set[str]:
        """Bring the branch's files, as they are now, onto the main line: what `git cherry-pick` does."""
        if any(path not in self.world.files for path in self.began):
            return set()
        for path in self.began:
            world.files[path] = copy.deepcopy(self.world.files[path])
        return set(self.began)


def _merge(writer: _Writer, world: World, branches: list[_Branch], tip: int) -> int:
    grown = [branch for branch in branches if branch.has_grown]
    before = copy.copy(world.files)
    touched: set[str] = set()
    for branch in grown:
        names = {file.key: path for path, file in branch.world.files.items()}
        for path in branch.began:
            new = names[world.files[path].key]
            kept = branch.world.files[new]
            touched |= {path, new}
            del world.files[path]
            world.files[new] = kept
            if new != path:
                # One list for both names is how `tell` knows a rename.
                before[path] = replace(before[path], items=kept.items)
    if not grown:
        writer.line += 1
        return writer.commit("Nothing came of it", {"README.md": f"# {writer.mark}\n".encode()}, (tip,))
    files = {path: world.files[path].render() if path in world.files else None for path in sorted(touched)}
    mark = writer.commit("Merge", files, (tip, *(branch.tip for branch in grown)))
    writer.tell(before, world.files, touched)
    return mark


def _step(writer: _Writer, world: World, before: Files, touched: set[str], message: str, tip: int) -> int:
    files = {
        path: world.files[path].render() if path in world.files else None
        for path in sorted(touched)
        if path in world.files or path in before
    }
    mark = writer.commit(message, files, (tip,))
    writer.tell(before, world.files, touched)
    return mark


if __name__ == "__main__":
    import argparse

    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--commits", type=int, default=1000)
    parser.add_argument("--ids", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    began = time.perf_counter()
    found = write_history(asked.folder, asked.commits, ids=asked.ids, seed=asked.seed)
    asked.folder.with_suffix(".truth.json").write_text(json.dumps(found))
    print(f"{len(found)} events, {time.perf_counter() - began:.1f} s")
