"""Follows every item from version to version: who came, who went, and who only changed.

Knows neither git nor YAML: steps come in as the items that files hold, and go out as events. Ids win; without them an
item is known by its text, and where that changes too by where it stands and how alike it reads (see `likeness`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from playbook.history.checklists import OldItem, State
from playbook.history.likeness import pair_alike
from playbook.history.renaming import find_renames
from playbook.history.segments import Since
from playbook.history.shelf import Gone, Shelf
from playbook.history.states import Edited, FileState, Happening, Loose, Version, happened, made_loose
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
        dropped: list[Loose] = []
        come: list[Loose] = []
        for path, new, _, since in changes:
            if new is None:
                self.unread.append((step, path))
                continue
            old = self.files.get(path)
            if old is not None:
                self._compare(step, path, old, new, since, dropped, come)
            elif new:
                self._begin(path, new, come)
        if dropped and come:
            if len(changes) > 1:
                self._match_across(step, dropped, come)
            if dropped and come:
                self._match_alike(step, dropped, come)
        for loose in come:
            self._welcome(step, loose)
        for loose in dropped:
            self._drop(step, loose)
        if len(self.happenings) - begun > 1:
            self.happenings[begun:] = sorted(self.happenings[begun:], key=self._reading_order)

    def _reading_order(self, event: Happening) -> tuple[str, bool, int]:
        return self.paths[event.file], event.kind is Change.DROPPED, event.place

    def _begin(self, path: str, new: list[int], come: list[Loose]) -> None:
        number = self.next_file
        self.next_file += 1
        self.paths[number] = path
        self.named.add(number)
        uids = [-1] * len(new)
        self.files[path] = FileState(number, new, uids)
        edit = Edited(path, number, uids, [], 0, set())
        come += [made_loose((edit, place, item, -1)) for place, item in enumerate(new)]

    def _compare(
        self,
        step: int,
        path: str,
        state: FileState,
        new: list[int],
        since: Since | None,
        dropped: list[Loose],
        come: list[Loose],
    ) -> None:
        """Accounts for what stayed in the file; what did not goes to `dropped` and `come`."""
        was, uids = state.items, state.uids
        # Most commits change a line: what is the same at both ends needs no further look.
        head, tail = (since.head, since.tail) if since is not None and since.numbers is was else (0, 0)
        least = min(len(was), len(new))
        while head + tail < least and was[head] == new[head]:
            head += 1
        if head == len(was) == len(new):
            return
        while head + tail < least and was[-1 - tail] == new[-1 - tail]:
            tail += 1
        was_end, new_end = len(was) - tail, len(new) - tail
        if was_end - head == 1 == new_end - head:
            old_item, new_item = self.items[was[head]], self.items[new[head]]
            if _is_same(old_item, new_item):
                state.items = new
                self._changed(step, uids[head], state.number, head, was[head], new[head])
                return
        found = [-1] * (new_end - head)
        edit = Edited(path, state.number, [], uids, head, set())
        left: Sequence[int] = range(head, was_end)
        if left and found:
            left = self._match_in_file(step, edit, was, new, was_end, found)
        edit.uids = uids[:head] + found + uids[was_end:]
        if new:
            state.items, state.uids = new, edit.uids
        else:
            del self.files[path]
        dropped += [made_loose((edit, place, was[place], uids[place])) for place in left]
        if -1 in found:
            come += [made_loose((edit, head + n, new[head + n], -1)) for n, uid in enumerate(found) if uid < 0]

    def _match_in_file(
        self, step: int, edit: Edited, was: list[int], new: list[int], was_end: int, found: list[int]
    ) -> Sequence[int]:
        """Finds the items of a file that are in it still: those that are as they were, then by id, then by text.

        Returns the places of the old ones that are not; who the new ones are goes into `found`.
        """
        head, uids, items = edit.head, edit.old_uids, self.items
        new_end = head + len(found)
        waiting = dict(zip(was[head:was_end], uids[head:was_end], strict=True))
        if len(waiting) == was_end - head:
            take = waiting.pop
            found[:] = [take(number, -1) for number in new[head:new_end]]
            if not waiting and -1 not in found:
                return ()  # only their order is another
            left = sorted([was.index(number, head) for number in waiting])
        else:
            left = _match_repeated(was, uids, range(head, was_end), new, found)
        here = [n for n, uid in enumerate(found) if uid < 0]
        for key in (_id_of, _text_of):
            if not left or not here:
                break
            by_key: dict[str, list[int]] = {}
            for place in left:
                by_key.setdefault(key(items[was[place]]), []).append(place)
            by_key.pop("", None)
            taken = set()
            for n in here:
                number = new[head + n]
                for place in by_key.get(key(items[number]), ()):
                    if place not in taken and _can_be(items[was[place]], items[number]):
                        taken.add(place)
                        found[n] = uids[place]
                        self._changed(step, uids[place], edit.file, head + n, was[place], number)
                        break
            if taken:
                left = [place for place in left if place not in taken]
                here = [n for n in here if found[n] < 0]
        edit.kept = set(found)
        edit.kept.discard(-1)
        return left

    def _match_across(self, step: int, dropped: list[Loose], come: list[Loose]) -> None:
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
                    if n not in taken and old.edit is not loose.edit and _can_be(items[old.item], items[loose.item]):
                        taken.add(n)
                        self._found(step, old, loose)
                        break
                else:
                    left.append(loose)
            if taken:
                dropped[:] = [loose for n, loose in enumerate(dropped) if n not in taken]
                come[:] = left

    def _match_alike(self, step: int, dropped: list[Loose], come: list[Loose]) -> None:
        """Finds the items that were reworded."""
        pairs = pair_alike(
            [(edit.path, _gap(place, edit.old_uids, edit), self.items[item]) for edit, place, item, _ in dropped],
            [(edit.path, _gap(place, edit.uids, edit), self.items[item]) for edit, place, item, _ in come],
        )
        for n, m in pairs:
            self._found(step, dropped[n], come[m])
        if pairs:
            old = {n for n, _ in pairs}
            new = {m for _, m in pairs}
            dropped[:] = [loose for n, loose in enumerate(dropped) if n not in old]
            come[:] = [loose for m, loose in enumerate(come) if m not in new]

    def _found(self, step: int, old: Loose, new: Loose) -> None:
        edit = new.edit
        edit.uids[new.place] = old.uid
        if old.edit is not edit:
            item = self.items[new.item]
            self.happenings.append(
                happened((step, Change.MOVED, old.uid, edit.file, new.place, item.text, "", old.edit.file, item.id))
            )
        self._changed(step, old.uid, edit.file, new.place, old.item, new.item)

    def _welcome(self, step: int, loose: Loose) -> None:
        edit, place, number, _ = loose
        item = self.items[number]
        old = self._take_gone(item, edit.file)
        if old is not None:
            edit.uids[place] = old.uid
            self._add(step, Change.RESTORED, old.uid, edit.file, place, item)
            self._changed(step, old.uid, edit.file, place, old.item, number)
            return
        uid = edit.uids[place] = self.next_uid
        self.next_uid += 1
        self._add(step, Change.CREATED, uid, edit.file, place, item)
        if item.state is not State.OPEN:
            self._add(step, Change.DONE if item.state is State.DONE else Change.SKIPPED, uid, edit.file, place, item)

    def _take_gone(self, item: OldItem, file: int) -> Gone | None:
        """The dropped item that is back: the one of this file, else the last one that went."""
        for key in (item.id, item.text) if item.id else (item.text,):
            held = self.gone.at(key)
            if held and (fitting := [old for old in held if _can_return(self.items[old.item], item)]):
                chosen = next((old for old in reversed(fitting) if old.file == file), fitting[-1])
                self.gone.take(key, chosen)
                return chosen
        return None

    def _drop(self, step: int, loose: Loose) -> None:
        edit, place, number, uid = loose
        item = self.items[number]
        self._add(step, Change.DROPPED, uid, edit.file, place, item)
        self.gone.put(item.id or item.text, Gone(uid, edit.file, number))

    def _changed(self, step: int, uid: int, file: int, place: int, was: int, now: int) -> None:
        """Notes how the same item differs from what it was."""
        if was == now:
            return
        old, new = self.items[was], self.items[now]
        if old.text != new.text:
            self.happenings.append(happened((step, Change.REWORDED, uid, file, place, new.text, old.text, -1, new.id)))
        if old.state is not new.state:
            if old.state is not State.OPEN:
                self._add(step, Change.UNDONE if old.state is State.DONE else Change.UNSKIPPED, uid, file, place, new)
            if new.state is not State.OPEN:
                self._add(step, Change.DONE if new.state is State.DONE else Change.SKIPPED, uid, file, place, new)

    def _add(self, step: int, kind: Change, uid: int, file: int, place: int, item: OldItem) -> None:
        self.happenings.append(happened((step, kind, uid, file, place, item.text, "", -1, item.id)))

    def _rename_files(self, changes: Sequence[Version]) -> Sequence[Version]:
        """Lets the files that got another name go on under it; what is left of the changes."""
        going = [path for path, _, is_there, _ in changes if not is_there and path in self.files]
        coming = {path: new for path, new, _, _ in changes if new and path not in self.files} if going else {}
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


def _match_repeated(was: list[int], uids: list[int], places: range, new: list[int], found: list[int]) -> list[int]:
    """As for items of which no two are equal: the first of the old ones is the first of the new ones."""
    waiting: dict[int, list[int]] = {}
    for place in reversed(places):
        waiting.setdefault(was[place], []).append(place)
    for n in range(len(found)):
        if equal := waiting.get(new[places.start + n]):
            found[n] = uids[equal.pop()]
    return sorted(place for equal in waiting.values() for place in equal)


def _gap(place: int, uids: Sequence[int], edit: Edited) -> tuple[int, int]:
    """Behind whom of those who stayed in the file an item stands or stood, and as which."""
    before = place - 1 if edit.kept else edit.head - 1
    while before >= edit.head and uids[before] not in edit.kept:
        before -= 1
    return (uids[before] if before >= 0 else -1, place - before)


def _can_be(old: OldItem, new: OldItem) -> bool:
    """Whether nothing speaks against it: two ids that differ are two items."""
    return old.id == new.id or not old.id or not new.id


def _is_same(old: OldItem, new: OldItem) -> bool:
    """Whether two items say themselves that they are one."""
    return old.id == new.id if old.id and new.id else old.text == new.text


def _can_return(old: OldItem, new: OldItem) -> bool:
    """Whether a dropped item may be what comes: done work that was put away and the same words, open, are new work."""
    return _can_be(old, new) and (bool(new.id and old.id == new.id) or old.state in (State.OPEN, new.state))


def _id_of(item: OldItem) -> str:
    return item.id


def _text_of(item: OldItem) -> str:
    return item.text
