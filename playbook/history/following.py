"""Follows every item from version to version: who came, who went, and who only changed.

Knows neither git nor YAML: steps come in as the items that files hold, and go out as events. Ids win; without them an
item is known by its text, and where that changes too by where it stands and how alike it reads (see `likeness`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from playbook.history.checklists import OldItem, State
from playbook.history.likeness import pair_alike
from playbook.history.renaming import find_renames
from playbook.history.shelf import Gone, Shelf
from playbook.history.states import Edited, FileState, Happening, Loose, Version
from playbook.history.timeline import Change


@dataclass(slots=True)
class Following:
    """The state after the last step, and what has happened since it was made or read back."""

    items: list[OldItem]
    """What the numbers of items stand for; `ChecklistReader.items`."""
    files: dict[str, FileState] = field(default_factory=dict)
    paths: dict[int, str] = field(default_factory=dict)
    """Number of a file → the name it has, or had last."""
    gone: Shelf = field(default_factory=Shelf)
    """By id, or by text where there is none."""
    happenings: list[Happening] = field(default_factory=list)
    unread: list[tuple[int, str]] = field(default_factory=list)
    """(step, path) of each version that did not say what its items are."""
    next_uid: int = 0
    next_file: int = 0
    named: set[int] = field(default_factory=set)
    """Files that have come or got another name since this was made or read back."""

    def take(self, step: int, changes: Sequence[Version]) -> None:
        """Goes one step on; `changes` are the files that it touched, in the order of their paths."""
        begun = len(self.happenings)
        if len(changes) > 1:
            changes = self._rename_files(changes)
        edited: list[Edited] = []
        dropped: list[Loose] = []
        come: list[Loose] = []
        for path, new, _ in changes:
            if new is None:
                self.unread.append((step, path))
                continue
            old = self.files.get(path)
            if old is None and not new:
                continue
            if old is not None and old.items == new:
                continue
            edited.append(self._compare(step, path, old, new, dropped, come))
        if dropped and come:
            owners = {edit.path: edit for edit in edited}
            self._match_across(step, owners, dropped, come)
            if dropped and come:
                self._match_alike(step, owners, dropped, come)
        if come:
            self._welcome(step, {edit.path: edit for edit in edited}, come)
        for loose in dropped:
            self._drop(step, loose)
        for edit in edited:
            if edit.items:
                self.files[edit.path] = FileState(edit.file, edit.items, edit.uids)
            else:
                self.files.pop(edit.path, None)
        if len(self.happenings) - begun > 1:
            self.happenings[begun:] = sorted(self.happenings[begun:], key=self._reading_order)

    def _reading_order(self, event: Happening) -> tuple[str, bool, int]:
        return self.paths[event.file], event.kind is Change.DROPPED, event.place

    def _compare(
        self,
        step: int,
        path: str,
        old: FileState | None,
        new: list[int],
        dropped: list[Loose],
        come: list[Loose],
    ) -> Edited:
        """Accounts for what stayed in the file; what did not goes to `dropped` and `come`."""
        if old is None:
            number = self.next_file
            self.next_file += 1
            self.paths[number] = path
            self.named.add(number)
            come += [Loose(path, place, item, -1) for place, item in enumerate(new)]
            return Edited(path, number, new, [-1] * len(new), None)
        was, uids = old.items, old.uids
        # Most commits change a line: what is the same at both ends needs no further look.
        least = min(len(was), len(new))
        head = 0
        while head < least and was[head] == new[head]:
            head += 1
        tail = 0
        least -= head
        while tail < least and was[-1 - tail] == new[-1 - tail]:
            tail += 1
        was_end, new_end = len(was) - tail, len(new) - tail
        found = [-1] * (new_end - head)
        edit = Edited(path, old.number, new, [], old)
        left = list(range(head, was_end))
        if left and found:
            left = self._match_in_file(step, edit, left, range(head, new_end), found)
        edit.uids = uids[:head] + found + uids[was_end:]
        dropped += [Loose(path, place, was[place], uids[place]) for place in left]
        come += [Loose(path, head + n, new[head + n], -1) for n, uid in enumerate(found) if uid < 0]
        return edit

    def _match_in_file(self, step: int, edit: Edited, left: list[int], new: range, found: list[int]) -> list[int]:
        """Finds the items of a file that are in it still: by id, then by text, an equal state first.

        Returns the places of the old ones that are not; who the new ones are goes into `found`.
        """
        items = self.items
        assert edit.old is not None  # noqa: S101  (a file that was not there has nothing left)
        was, uids = edit.old.items, edit.old.uids
        if len(left) == 1 == len(found):  # a line was changed, as in most commits
            place, n = left[0], new.start
            old_item, new_item = items[was[place]], items[edit.items[n]]
            if old_item.text == new_item.text and old_item.id == new_item.id:
                found[0] = uids[place]
                self._changed(step, found[0], edit.file, n, was[place], edit.items[n])
                return []
        by_id: dict[str, list[int]] = {}
        by_text: dict[str, list[int]] = {}
        for place in left:
            item = items[was[place]]
            if item.id:
                by_id.setdefault(item.id, []).append(place)
            by_text.setdefault(item.text, []).append(place)
        taken: set[int] = set()

        def take(place: int, candidates: list[int] | None, *, fits: Callable[[OldItem, OldItem], bool]) -> None:
            for candidate in candidates or ():
                if candidate not in taken and fits(items[was[candidate]], items[edit.items[place]]):
                    taken.add(candidate)
                    found[place - new.start] = uids[candidate]
                    self._changed(step, uids[candidate], edit.file, place, was[candidate], edit.items[place])
                    return

        for place in new:
            take(place, by_id.get(items[edit.items[place]].id), fits=_always)
        for fits in (_is_equal, _can_be):
            for place in new:
                if found[place - new.start] < 0:
                    take(place, by_text.get(items[edit.items[place]].text), fits=fits)
        return [place for place in left if place not in taken] if taken else left

    def _match_across(self, step: int, owners: dict[str, Edited], dropped: list[Loose], come: list[Loose]) -> None:
        """Finds the items that went from one file to another as they were."""
        items = self.items
        for key in (_id_of, _text_of):
            by_key: dict[str, list[int]] = {}
            for n, loose in enumerate(dropped):
                by_key.setdefault(key(items[loose.item]), []).append(n)
            by_key.pop("", None)
            taken: set[int] = set()
            left: list[Loose] = []
            for loose in come:
                for n in by_key.get(key(items[loose.item]), ()):
                    old = dropped[n]
                    if n not in taken and old.path != loose.path and _can_be(items[old.item], items[loose.item]):
                        taken.add(n)
                        self._found(step, owners, old, loose)
                        break
                else:
                    left.append(loose)
            if taken:
                dropped[:] = [loose for n, loose in enumerate(dropped) if n not in taken]
                come[:] = left

    def _match_alike(self, step: int, owners: dict[str, Edited], dropped: list[Loose], come: list[Loose]) -> None:
        """Finds the items that were reworded."""
        survivors = {path: (set(edit.uids), edit) for path, edit in owners.items()}
        pairs = pair_alike(
            [(loose.path, self._gap_before(survivors, loose), self.items[loose.item]) for loose in dropped],
            [(loose.path, self._gap_after(survivors, loose), self.items[loose.item]) for loose in come],
        )
        for n, m in pairs:
            self._found(step, owners, dropped[n], come[m])
        if pairs:
            old = {n for n, _ in pairs}
            new = {m for _, m in pairs}
            dropped[:] = [loose for n, loose in enumerate(dropped) if n not in old]
            come[:] = [loose for m, loose in enumerate(come) if m not in new]

    @staticmethod
    def _gap_before(survivors: dict[str, tuple[set[int], Edited]], loose: Loose) -> tuple[int, int]:
        """Behind whom of those who stayed it stood, and as which."""
        stayed, edit = survivors[loose.path]
        assert edit.old is not None  # noqa: S101  (somebody was dropped from it)
        place = loose.place - 1
        while place >= 0 and edit.old.uids[place] not in stayed:
            place -= 1
        return (edit.old.uids[place] if place >= 0 else -1, loose.place - place)

    @staticmethod
    def _gap_after(survivors: dict[str, tuple[set[int], Edited]], loose: Loose) -> tuple[int, int]:
        """Behind whom of those who stayed it stands, and as which."""
        _, edit = survivors[loose.path]
        old = edit.old.uids if edit.old is not None else ()
        place = loose.place - 1
        while place >= 0 and (edit.uids[place] < 0 or edit.uids[place] not in old):
            place -= 1
        return (edit.uids[place] if place >= 0 else -1, loose.place - place)

    def _found(self, step: int, owners: dict[str, Edited], old: Loose, new: Loose) -> None:
        edit = owners[new.path]
        edit.uids[new.place] = old.uid
        if old.path != new.path:
            item, origin = self.items[new.item], self.files[old.path].number
            self.happenings.append(
                Happening(step, Change.MOVED, old.uid, edit.file, new.place, item.text, "", origin, item.id)
            )
        self._changed(step, old.uid, edit.file, new.place, old.item, new.item)

    def _welcome(self, step: int, owners: dict[str, Edited], come: list[Loose]) -> None:
        for loose in come:
            edit, item = owners[loose.path], self.items[loose.item]
            old = self._take_gone(item, edit.file)
            if old is not None:
                edit.uids[loose.place] = old.uid
                self._add(step, Change.RESTORED, old.uid, edit.file, loose.place, item)
                self._changed(step, old.uid, edit.file, loose.place, old.item, loose.item)
                continue
            uid = edit.uids[loose.place] = self.next_uid
            self.next_uid += 1
            self._add(step, Change.CREATED, uid, edit.file, loose.place, item)
            if item.state is not State.OPEN:
                kind = Change.DONE if item.state is State.DONE else Change.SKIPPED
                self._add(step, kind, uid, edit.file, loose.place, item)

    def _take_gone(self, item: OldItem, file: int) -> Gone | None:
        """The dropped item that is back: the one of this file, else the last one that went."""
        for key in (item.id, item.text) if item.id else (item.text,):
            fitting = [old for old in self.gone.at(key) if _can_return(self.items[old.item], item)]
            if fitting:
                chosen = next((old for old in reversed(fitting) if old.file == file), fitting[-1])
                self.gone.take(key, chosen)
                return chosen
        return None

    def _drop(self, step: int, loose: Loose) -> None:
        item = self.items[loose.item]
        file = self.files[loose.path].number
        self._add(step, Change.DROPPED, loose.uid, file, loose.place, item)
        self.gone.put(item.id or item.text, Gone(loose.uid, file, loose.item))

    def _changed(self, step: int, uid: int, file: int, place: int, was: int, now: int) -> None:
        """Notes how the same item differs from what it was."""
        if was == now:
            return
        old, new = self.items[was], self.items[now]
        if old.text != new.text:
            self.happenings.append(Happening(step, Change.REWORDED, uid, file, place, new.text, old.text, -1, new.id))
        if old.state is not new.state:
            for kind in _LEAVING[old.state] + _ENTERING[new.state]:
                self._add(step, kind, uid, file, place, new)

    def _add(self, step: int, kind: Change, uid: int, file: int, place: int, item: OldItem) -> None:
        self.happenings.append(Happening(step, kind, uid, file, place, item.text, "", -1, item.id))

    def _rename_files(self, changes: Sequence[Version]) -> Sequence[Version]:
        """Lets the files that got another name go on under it; what is left of the changes."""
        going = [path for path, _, is_there in changes if not is_there and path in self.files]
        coming = {path: new for path, new, _ in changes if new and path not in self.files} if going else {}
        if not coming:
            return changes
        items = self.items
        renames = find_renames(
            {path: [items[number] for number in self.files[path].items] for path in going},
            {path: [items[number] for number in new] for path, new in coming.items()},
        )
        for old, path in renames.items():
            state = self.files[path] = self.files.pop(old)
            self.paths[state.number] = path
            self.named.add(state.number)
        return [change for change in changes if change.path not in renames] if renames else changes


_ENTERING = {State.OPEN: (), State.DONE: (Change.DONE,), State.SKIPPED: (Change.SKIPPED,)}
_LEAVING = {State.OPEN: (), State.DONE: (Change.UNDONE,), State.SKIPPED: (Change.UNSKIPPED,)}


def _always(old: OldItem, new: OldItem) -> bool:  # noqa: ARG001
    return True


def _is_equal(old: OldItem, new: OldItem) -> bool:
    return old == new


def _can_be(old: OldItem, new: OldItem) -> bool:
    """Whether nothing speaks against it: two ids that differ are two items."""
    return old.id == new.id or not old.id or not new.id


def _can_return(old: OldItem, new: OldItem) -> bool:
    """Whether a dropped item may be what comes: done work that was put away and the same words, open, are new work."""
    return _can_be(old, new) and (bool(new.id and old.id == new.id) or old.state in (State.OPEN, new.state))


def _id_of(item: OldItem) -> str:
    return item.id


def _text_of(item: OldItem) -> str:
    return item.text
