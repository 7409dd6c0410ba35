"""Scores what the history says of items against what really happened to them: recall and precision, kind by kind."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.histories import TrueEvent
from playbook.history.timeline import Timeline


@dataclass(frozen=True)
class Score:
    """How one kind of event was found."""

    kind: str
    true: int
    found: int
    right: int

    @property
    def recall(self) -> float:
        return self.right / self.true if self.true else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    def __str__(self) -> str:
        counts = f"{self.kind:<10} {self.true:>7} true {self.found:>7} found"
        return f"{counts}   recall {self.recall:.4f}   precision {self.precision:.4f}"


def score(truth: Iterable[TrueEvent], timeline: Timeline, line: list[str]) -> tuple[tuple[Score, ...], list[str]]:
    """The score of each kind of event; and the first events that were missed, or made up, in words.

    Args:
        truth: what really happened; `commit` counts along the main line.
        timeline: what the history says.
        line: ids of the commits of the main line, oldest first.
    """
    places = {commit: number for number, commit in enumerate(line)}
    true: dict[int, list[TrueEvent]] = defaultdict(list)
    for event in truth:
        true[event.commit].append(event)
    found: dict[int, list[tuple[str, int, str, str]]] = defaultdict(list)
    for event in timeline.events:
        step = timeline.steps[event.step]
        if not step.is_working_tree:
            kind = "created" if event.kind == "restored" else str(event.kind)
            found[places[step.commit]].append((kind, event.item, event.text, event.path))
    whose: dict[int, int | str] = {}
    """The item of the history → whose life it really is."""
    totals: Counter[str] = Counter()
    claims: Counter[str] = Counter()
    rights: Counter[str] = Counter()
    misses: list[str] = []
    for number in range(len(line)):
        _recognise([event for event in true[number] if event.kind == "created"], found[number], whose)
        wanted = Counter((event.kind, event.uid) for event in true[number])
        had: Counter[tuple[str, int | str]] = Counter()
        for kind, item, _, _ in found[number]:
            had[kind, whose.get(item, f"nobody {item}")] += 1
        for (kind, who), count in wanted.items():
            totals[kind] += count
            rights[kind] += min(count, had[kind, who])
        for (kind, _), count in had.items():
            claims[kind] += count
        if len(misses) < 200 and (wanted - had or had - wanted):
            texts = {event.uid: event.text for event in true[number]}
            names = {whose.get(item): text for _, item, text, _ in found[number]}
            missed = [f"{kind} {texts.get(who, '')!r}" for kind, who in wanted - had]
            made_up = [f"{kind} {names.get(who, '')!r}" for kind, who in had - wanted]
            misses.append(f"{line[number][:7]} missed {missed} made up {made_up}")
    kinds = ("created", "done", "undone", "dropped", "moved", "reworded", "skipped", "unskipped")
    return tuple(Score(kind, totals[kind], claims[kind], rights[kind]) for kind in kinds), misses


def _recognise(born: list[TrueEvent], found: list[tuple[str, int, str, str]], whose: dict[int, int | str]) -> None:
    """Say whose life each new item of the history is: by file and words, else by words alone."""
    left = [(item, text, path) for kind, item, text, path in found if kind == "created"]
    for by_path in (True, False):
        for new in list(left):
            item, text, path = new
            same = next((e for e in born if e.text == text and (e.path == path or not by_path)), None)
            if same is not None:
                whose[item] = same.uid
                born.remove(same)
                left.remove(new)
    whose.update({item: f"nobody {item}" for item, _, _ in left})


if __name__ == "__main__":
    import json
    import subprocess
    import sys
    from pathlib import Path

    from playbook.history.reading import read_history

    folder = Path(sys.argv[1])
    events = [TrueEvent(*event) for event in json.loads(folder.with_suffix(".truth.json").read_text())]
    chain = subprocess.run(
        ["git", "-C", str(folder), "rev-list", "--first-parent", "--reverse", "HEAD"], capture_output=True, check=True
    )
    read = read_history(folder / "content")
    assert isinstance(read, Timeline), read
    scores, wrong = score(events, read, chain.stdout.decode().split())
    print("\n".join(map(str, scores)))
    print("\n".join(wrong[: int(sys.argv[2]) if len(sys.argv) > 2 else 0]))
