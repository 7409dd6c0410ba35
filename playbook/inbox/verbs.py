"""What each verb at the beginning of a line does: `done` ticks, `promised` promises, `learned` goes to the journal."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from playbook.capture.verbs import OCCASION
from playbook.daywords import find_day
from playbook.gestures import Bench, Gesture
from playbook.gestures.follow_ups import answer, open_follow_ups, told_apart
from playbook.gestures.items import Found, add_item, find_items, skip, tick
from playbook.gestures.journal import write_entry
from playbook.gestures.people import Pledge, give, keep, open_promises, promise, thank
from playbook.inbox.beginning import SHOWN, Unclear, person_first, somebody
from playbook.inbox.talks import TO_DO, VERBS, log_occasion, log_verb, on_its_day, still_to_do
from playbook.names import by_words, called
from playbook.problems import shorten
from playbook.records.choices import By, JournalKind


def _done(found: re.Match[str], bench: Bench, today: dt.date) -> Gesture:
    words = found["words"]
    after = open_follow_ups(bench.playbook, words, today)
    if not after or any(one.item.is_open for one in find_items(bench.playbook, words)):
        return tick(bench, _item(words, bench))
    if len(after) > 1:
        told = zip(after[:SHOWN], told_apart(after), strict=False)
        ways = " or ".join(f"'{one.after}: {shorten(what, 60)}'" if one.event else f"'{what}'" for one, what in told)
        raise Unclear(f"'{shorten(words, 40)}' could be {ways}")
    return answer(bench, after[0])


def _skip(found: re.Match[str], bench: Bench, _today: dt.date) -> Gesture:
    return skip(_item(found["words"], bench), found["why"])


def _promise(found: re.Match[str], bench: Bench, today: dt.date) -> Gesture:
    entry, rest = somebody(found["rest"], bench)
    day = find_day(rest, today)
    if day is not None and day.day is None:
        raise Unclear(day.reason)
    what = day.before if day is not None and day.before else rest
    what = re.sub(r"(?i)\Ato ", "", what)
    if not what:
        raise Unclear("it does not say what was promised")
    return promise(bench, entry.id, Pledge(what[:1].upper() + what[1:], By.ME, day.day if day else None))


def _kept(found: re.Match[str], bench: Bench, _today: dt.date) -> Gesture:
    ways = open_promises(bench.playbook, found["words"])
    if len(ways) != 1:
        named = " or ".join(f"'{entry.record.name}: {shorten(one.what, 40)}'" for entry, _, one in ways[:SHOWN])
        raise Unclear(f"it could be {named}" if ways else f"no open promise is called '{shorten(found['words'], 40)}'")
    return keep(bench, ways[0][0].id, ways[0][1])


def _thank(found: re.Match[str], bench: Bench, today: dt.date) -> Gesture:
    entry, rest = somebody(found["rest"], bench)
    rest, bench = on_its_day("thanked", rest, bench, today)
    return thank(bench, entry.id, rest[:1].upper() + rest[1:])


def _give(found: re.Match[str], bench: Bench, today: dt.date) -> Gesture:
    entry, rest = somebody(found["rest"], bench)
    rest, bench = on_its_day("gave", rest, bench, today)
    if not rest:
        raise Unclear("it does not say what was given")
    return give(bench, entry.id, rest[:1].upper() + rest[1:])


def _still_to_do(found: re.Match[str], bench: Bench, _today: dt.date) -> Gesture | None:
    known = person_first(found["rest"], bench, "yes")
    if known is None:
        return None
    raise Unclear(still_to_do(known[0], found.string))


def _to_do(found: re.Match[str], bench: Bench, today: dt.date) -> Gesture:
    record, task = found["record"].strip(), found["task"].strip()
    listed = [entry for entry in bench.playbook.entries() if hasattr(entry.record, "checklist")]
    entries = called(listed, record) or by_words(listed, record)
    if len(entries) != 1:
        ways = " or ".join(entry.id for entry in entries[:SHOWN])
        why = f"could be {ways}" if ways else "is no record with a checklist"
        raise Unclear(f"'{shorten(found['record'], 40)}' {why}; write todo RECORD: what to do")
    task = task[:1].upper() + task[1:]
    day = find_day(task, today)
    if day is not None and day.day is not None and day.before:
        return add_item(bench, entries[0].key, day.before, due=day.day)
    return add_item(bench, entries[0].key, task)


def _journal(kind: JournalKind) -> Callable[[re.Match[str], Bench, dt.date], Gesture]:
    def write(found: re.Match[str], bench: Bench, _today: dt.date) -> Gesture:
        what = found["what"].strip()
        return write_entry(bench, kind, what[:1].upper() + what[1:])

    return write


def _item(words: str, bench: Bench) -> Found:
    found = find_items(bench.playbook, words, wanted=lambda item: item.is_open)
    if not found:
        raise Unclear(f"no checklist item is called '{shorten(words, 60)}'")
    if len(found) > 1:
        ways = " or ".join(one.item.id or f"'{shorten(one.item.task, 40)}'" for one in found[:SHOWN])
        more = f" or {len(found) - SHOWN} more" if len(found) > SHOWN else ""
        raise Unclear(f"'{shorten(words, 40)}' could be {ways}{more}")
    return found[0]


READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Bench, dt.date], Gesture | None]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), reader)
    for pattern, reader in (
        (r"done:? (?P<words>.+)", _done),
        (r"skip(?:ped)?:? (?P<words>.+?)(?:,? because |: )(?P<why>.+)", _skip),
        (r"(?:i )?promised? (?P<rest>.+)", _promise),
        (r"kept:? (?P<words>.+)", _kept),
        (r"thanked (?P<rest>.+)", _thank),
        (r"(?:i )?gave (?P<rest>.+)", _give),
        (rf"(?:i )?(?P<verb>{VERBS}):? (?P<rest>.+)", log_verb),
        (rf"(?P<what>{OCCASION}) with (?P<rest>.+)", log_occasion),
        (rf"(?:{TO_DO}) (?P<rest>.+)", _still_to_do),
        (r"(?:to-?do|add item):? (?P<record>[^:]+): ?(?P<task>.+)", _to_do),
        (r"(?:achieved|achievement):? (?P<what>.+)", _journal(JournalKind.ACHIEVEMENT)),
        (r"(?:learned|learnt|lesson):? (?P<what>.+)", _journal(JournalKind.LEARNING)),
        (r"read:? (?P<what>.+)", _journal(JournalKind.READING)),
    )
)
"""What a line begins with, and who reads the rest, unless it is None to them; names come after these."""
