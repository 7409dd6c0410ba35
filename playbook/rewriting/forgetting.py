"""What the files say once a person is forgotten: no file of theirs, no reference, no link; and what prose still says.

Knows the whole playbook and nothing of the disk; what git keeps is another matter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from playbook.audience import ME, PUBLIC
from playbook.graph import Playbook
from playbook.graph.playbook import Key, as_written
from playbook.load import Loaded
from playbook.records.shape import parts
from playbook.rewriting.files import NotRewritten, Rewritten, new_problems, with_changes, with_texts
from playbook.rewriting.mentions import SOMEONE, Mention, Names, mentions_in, names_of
from playbook.rewriting.places import Use, UseKind, leads_to, outermost, places_of
from playbook.source.edit import Change, Drop, Put
from playbook.source.files import SourceFile
from playbook.source.wiki_links import WIKI_LINK

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Everything that forgetting somebody changes."""

    files: tuple[Rewritten, ...]
    """Every file that changes, by path; the person's own last, gone."""
    uses: tuple[Use, ...]
    """What referred to them."""
    mentions: tuple[Mention, ...]
    """Where prose still names them, in the files as they shall be."""
    names: Names
    audiences: tuple[str, ...]
    """The audiences of me.yml that were theirs, and are gone."""


def forget(
    loaded: Loaded,
    files: Sequence[SourceFile],
    pages: Mapping[str, bytes],
    person: str,
    load: Callable[[Sequence[SourceFile]], Loaded],
    *,
    prose: bool = False,
) -> Forgotten:
    """What forgetting a person changes.

    An entry that is about nobody without them (whom to meet, whom you told, whose audience it is) goes; everything else
    stays without the reference. A `[[link]]` becomes `someone`.

    Args:
        loaded: the playbook in `files`.
        files: every file of the playbook, as it was read.
        pages: path → bytes of every hand-written page.
        person: the id.
        load: what reads these files, and will read them as they shall be.
        prose: whether names in plain words become `someone` too.

    Raises:
        NotRewritten: where a file cannot be changed, or the playbook would have a problem that it did not have.
    """
    playbook = loaded.playbook
    key = ("people", person)
    uses = tuple(use for use in places_of(playbook, key) if use.entry.key != key)
    audiences = tuple(name for name, one in playbook.me.record.audiences.items() if one.person == person)
    changes = _changes(playbook, uses, audiences, key)
    names = names_of(playbook, playbook.people[person])
    left = [file for file in files if (file.kind, file.id) != key]

    def unlink(text: str) -> str:
        return _without_links(text, key, playbook)

    def reword(text: str) -> str:
        return names.replaced(text)

    shall_be: dict[str, bytes] = {}
    for file in left:
        content = file.content
        # What cannot be read refers to nobody that one could know; its mentions are told.
        if (file.kind, file.id) == ("me", "me") or playbook.find((file.kind, file.id)) is not None:
            content = with_changes(file.path, content, changes.get((file.kind, file.id), ()))
            content = with_texts(file.path, content, unlink) if b"[[" in content else content
            content = with_texts(file.path, content, reword, comments=reword) if prose else content
        shall_be[file.path] = content
    for path, page in pages.items():
        text = _without_links(page.decode("utf-8", errors="surrogateescape"), key, playbook)
        shall_be[path] = (names.replaced(text) if prose else text).encode("utf-8", errors="surrogateescape")
    after = load([SourceFile(file.path, file.kind, file.id, shall_be[file.path]) for file in left])
    problems = new_problems(loaded.problems, after.problems)
    if problems:
        raise NotRewritten(f"with {person} forgotten, the playbook would have a problem: {problems[0]}")
    before = {file.path: file.content for file in left} | dict(pages)
    own = next(file for file in files if (file.kind, file.id) == key)
    changed = [Rewritten(path, before[path], new) for path, new in sorted(shall_be.items()) if new != before[path]]
    return Forgotten(
        (*changed, Rewritten(own.path, own.content, None)),
        uses,
        mentions_in(sorted(shall_be.items()), names),
        names,
        audiences,
    )


def _changes(
    playbook: Playbook, uses: Sequence[Use], audiences: Sequence[str], key: Key
) -> dict[Key, tuple[Change, ...]]:
    """What becomes of each record's file; of a list the last entry goes first, so that the others keep their place."""
    paths: dict[Key, list[Path]] = {}
    for use in uses:
        if use.kind is UseKind.REFERENCE:
            paths.setdefault(use.entry.key, []).append(use.holder if use.is_the_point else use.written)
    drops = {home: outermost(held) for home, held in paths.items()}
    changes: dict[Key, list[Change]] = {}
    lost = _lost_labels(playbook, audiences)
    theirs = {label for label in lost if label in (*audiences, *_words_of(key[1]))}
    for home, at in _places_of_labels(playbook, theirs):
        if home != key and not any(at[: len(drop)] == drop for drop in drops.get(home, ())):
            # To leave it out would mean the default, or what the holder says: somebody else could read it then.
            changes.setdefault(home, []).append(Put(at, ME))
    for home, held in drops.items():
        changes.setdefault(home, []).extend(map(Drop, held))
    for label in sorted(lost - theirs):
        # A label that is nobody's in particular goes on meaning those who are shown it.
        name = label if label not in playbook.me.record.audiences else f"{label}-readers"
        changes.setdefault(playbook.me.key, []).append(Put(("audiences", name), {"sees": [label]}))
    return {home: tuple(held) for home, held in changes.items()}


def _lost_labels(playbook: Playbook, audiences: Sequence[str]) -> set[str]:
    """The labels in use that only these audiences see."""
    known = playbook.me.record.audiences
    others = {label for name, one in known.items() if name not in audiences for label in one.sees}
    lost = {label for name in audiences for label in known[name].sees} - others - {PUBLIC}
    return {label for label in lost if next(_places_of_labels(playbook, {label}), None) is not None}


def _places_of_labels(playbook: Playbook, labels: AbstractSet[str]) -> Iterator[tuple[Key, Path]]:
    """Where these labels stand, in the files of which records."""
    if not labels:
        return
    me = playbook.me
    yield from ((me.key, ("defaults", kind)) for kind, label in me.record.defaults.items() if label in labels)
    for entry in (me, *playbook.entries()):
        yield from ((entry.key, ("show", name)) for name, label in entry.record.show.items() if label in labels)
        if entry.record.visibility in labels:
            yield entry.key, ("visibility",)
        for at, part in parts(entry.record):
            if getattr(part, "visibility", "") in labels:
                yield entry.key, (*as_written(entry.kind, at), "visibility")


def _words_of(person: str) -> tuple[str, ...]:
    return (person, *person.split("-"))


def _without_links(text: str, key: Key, playbook: Playbook) -> str:
    if "[[" not in text:
        return text
    return WIKI_LINK.sub(lambda found: SOMEONE if leads_to(found[1] or "", found[2], key, playbook) else found[0], text)
