"""Renaming and merging: every reference follows, nothing else changes, and `check` finds nothing new."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from playbook.graph.logs import is_newest_first
from playbook.load import Cache, Loaded, load_files
from playbook.records import KINDS
from playbook.rewriting import Conflict, Merged, NotRewritten, Renamed, merge, places_of, rename
from playbook.rewriting.files import new_problems
from playbook.rewriting.renaming import moved
from playbook.source.document import Tree
from playbook.source.files import SourceFile, find_files
from playbook.source.reader import parse_document
from tests.support import source_files

TODAY = dt.date(2026, 11, 21)
CONTENT = Path(__file__).resolve().parents[2] / "content"
Texts = dict[str, str | bytes]


def read(files: Sequence[SourceFile]) -> Loaded:
    """The playbook in these files."""
    return load_files(files, TODAY)


def renamed(files: Texts, key: str, new: str, pages: dict[str, bytes] | None = None, *, name: str = "") -> Renamed:
    """What renaming `people/ada` changes in these texts."""
    kind, _, identifier = key.partition("/")
    sources = source_files(files)
    return rename(read(sources), sources, pages or {}, (kind, identifier), new, read, name=name)


def merged(files: Texts, into: str, other: str) -> Merged:
    """What merging `people/ada` with `lin` changes in these texts."""
    kind, _, identifier = into.partition("/")
    sources = source_files(files)
    return merge(read(sources), sources, {}, kind, identifier, other, read)


def texts(done: Renamed | Merged) -> dict[str, str | None]:
    """Path → the text that the file shall have, None for none."""
    return {one.path.removeprefix("content/"): None if one.after is None else one.after.decode() for one in done.files}


# ---- rename


def test_every_reference_follows_and_every_other_character_stays() -> None:
    files: Texts = {
        "people/grace.yml": "name: Grace Hopper  # by hand\r\nnotes: 'See [[grace]].'\r\n",
        "people/lin.yml": "name: Lin\nknows: [ grace ,  'grace-2' ]   # grace, and [[grace]]\nintroduced_by: grace\n",
        "people/grace-2.yml": "name: Grace Two\n",
        "events/camp.yml": 'title: Camp\nstarts: 2026-05-01\nmeet: [grace, {person: "grace", why: Grace}]\n',
        "goals/staff.yml": "title: Staff\npeople: grace\nwhy: |\n  Ask [[people/grace|her]], or [[ grace ]].\n",
        "journal/2026.yml": "- {date: 2026-01-01, title: T, kind: praise, from: grace}\n",
        "me.yml": "name: Ada\naudiences: {grace: {person: grace, sees: [grace]}}\n",
    }  # fmt: skip
    pages = {"content/pages/about.md": b"[[grace]] and [her](people/grace.md), [a](https://x.org/people/grace/)\r\n"}
    assert texts(renamed(files, "people/grace", "amazing-grace", pages)) == {
        "people/amazing-grace.yml": "name: Grace Hopper  # by hand\r\nnotes: 'See [[amazing-grace]].'\r\n",
        "events/camp.yml": "title: Camp\nstarts: 2026-05-01\n"
        'meet: [amazing-grace, {person: "amazing-grace", why: Grace}]\n',
        "goals/staff.yml": "title: Staff\npeople: amazing-grace\n"
        "why: |\n  Ask [[people/amazing-grace|her]], or [[ amazing-grace ]].\n",
        "journal/2026.yml": "- {date: 2026-01-01, title: T, kind: praise, from: amazing-grace}\n",
        "me.yml": "name: Ada\naudiences: {grace: {person: amazing-grace, sees: [grace]}}\n",
        "pages/about.md": "[[amazing-grace]] and [her](people/amazing-grace.md), [a](https://x.org/people/grace/)\r\n",
        "people/lin.yml": "name: Lin\nknows: [ amazing-grace ,  'grace-2' ]   # grace, and [[amazing-grace]]\n"
        "introduced_by: amazing-grace\n",
        "people/grace.yml": None,
    }  # fmt: skip


def test_criteria_follow_their_goal_and_a_play_follows_the_play_it_came_from() -> None:
    files: Texts = {
        "goals/staff.yml": "title: Staff\ncriteria: [{text: Scope, id: scope}]\n"
        "checklist: [{task: A, criteria: scope}, {task: B, criteria: [staff/scope]}]\n",
        "goals/other.yml": "title: Other\nparent: staff\n",
        "journal/2026.yml": "- {date: 2026-01-01, title: T, goals: [staff], criteria: [staff/scope]}\n",
        "plays/way.yml": "title: Way\n",
        "plays/run.yml": "title: Run\nplay: way\n",
    }
    assert texts(renamed(files, "goals/staff", "promotion")) == {
        "goals/promotion.yml": "title: Staff\ncriteria: [{text: Scope, id: scope}]\n"
        "checklist: [{task: A, criteria: scope}, {task: B, criteria: [promotion/scope]}]\n",
        "goals/other.yml": "title: Other\nparent: promotion\n",
        "journal/2026.yml": "- {date: 2026-01-01, title: T, goals: [promotion], criteria: [promotion/scope]}\n",
        "goals/staff.yml": None,
    }
    assert texts(renamed(files, "plays/way", "path"))["plays/run.yml"] == "title: Run\nplay: path\n"


def test_a_new_name_is_written_and_where_the_old_one_stood_for_the_id_the_id_stands() -> None:
    files: Texts = {
        "organizations/acme.yml": "name: Acme\n",
        "people/lin.yml": "name: Lin\npositions: [Acme, {organization: acme, title: Clerk}, Else]\n",
    }
    assert texts(renamed(files, "organizations/acme", "acme", name="Acme: new")) == {
        "organizations/acme.yml": 'name: "Acme: new"\n',
        "people/lin.yml": "name: Lin\npositions: [acme, {organization: acme, title: Clerk}, Else]\n",
    }
    # The name finds it still, so only the id changes.
    assert texts(renamed(files, "organizations/acme", "ac"))["people/lin.yml"] == (
        "name: Lin\npositions: [Acme, {organization: ac, title: Clerk}, Else]\n"
    )


def test_a_link_that_would_become_two_edged_says_its_kind() -> None:
    files: Texts = {
        "people/grace.yml": "name: Grace\n",
        "goals/lead.yml": "title: Lead\nwhy: With [[grace]], as in [[lead]].\n",
    }
    assert texts(renamed(files, "people/grace", "lead"))["goals/lead.yml"] == (
        "title: Lead\nwhy: With [[people/lead]], as in [[goals/lead]].\n"
    )


def test_text_that_leads_to_it_from_then_on_is_told_and_so_is_what_still_says_the_old_id() -> None:
    files: Texts = {
        "organizations/acme-inc.yml": "name: Acme Incorporated\n",
        "people/lin.yml": "name: Lin\npositions: [acme]\nnotes: |\n  The acme-inc people.\n",
        "people/bad.yml": "name: [acme-inc\n",
    }
    done = renamed(files, "organizations/acme-inc", "acme")
    assert [str(place) for place in done.caught] == ["content/people/lin.yml:2:13"]
    assert [f"{place}: {line}" for place, line in done.said] == [
        "content/people/bad.yml:1:8: name: [acme-inc",
        "content/people/lin.yml:4:7: The acme-inc people.",
    ]


@pytest.mark.parametrize(
    ("new", "why"),
    [
        ("Grace Hopper", "cannot be an id: it has more in it than the letters a-z, .*; write 'grace-hopper'"),
        ("con", "is a name that Windows keeps for itself"),
        ("lin", r"'lin' is taken \(people/lin\)"),
        ("bad", r"'bad' is taken \(people/bad\)"),
    ],
)
def test_an_id_that_is_none_or_is_taken_is_refused(new: str, why: str) -> None:
    files: Texts = {"people/grace.yml": "name: G\n", "people/lin.yml": "name: L\n", "people/bad.yml": "name: [\n"}
    with pytest.raises(NotRewritten, match=why):
        renamed(files, "people/grace", new)


# ---- merge


def test_what_the_first_lacks_comes_from_the_second_and_every_reference_leads_to_the_first() -> None:
    files: Texts = {
        "people/grace.yml": """
            name: Grace Hopper   # hers
            relations: [mentor]
            met: at the summit
            knows: [lin, gh]
            channels: {email: g@example.org}
            notes: Kind.
            log:
              - {date: 2026-05-01, what: Lunch, with: [gh]}
              - date: 2026-01-01
                what: Call
        """,
        "people/gh.yml": """
            name: G. Hopper
            relations: [peer, mentor]
            nickname: Amazing
            introduced_by: grace
            met: {date: 2025-01-01, how: at the summit}
            knows: [lin, bo]
            channels: {phone: +1 555 0100, email: g@example.org}
            notes: |
              Knows [[grace]].
            log:
              - {date: 2026-06-01, what: Walk}
              - {date: 2026-05-01, what: Lunch}
              - {date: 2026-03-01, what: Letter, kind: wrote}
              - {date: 2025-03-01, what: First}
        """,
        "people/lin.yml": "name: Lin\nknows: [grace, gh]   # both\nintroduced_by: gh\n",
        "people/bo.yml": "name: Bo\nknows: gh\n",
        "goals/staff.yml": "title: Staff\nwhy: With [[gh]] and [[people/gh|her]].\n",
        "me.yml": "audiences: {hers: {person: gh}}\n",
    }
    done = merged(files, "people/grace", "gh")
    assert done.conflicts == ()
    assert texts(done) == {
        "people/grace.yml": """\
name: Grace Hopper   # hers
relations: [mentor, peer]
met:
  how: at the summit
  date: 2025-01-01
knows: [lin, bo]
channels: {email: g@example.org, phone: +1 555 0100}
notes: |
  Kind.

  Knows [[grace]].
log:
  - {date: 2026-06-01, what: Walk}
  - {date: 2026-05-01, what: Lunch}
  - {date: 2026-03-01, what: Letter, kind: wrote}
  - date: 2026-01-01
    what: Call
  - date: 2025-03-01
    what: First
nickname: Amazing
""",
        "goals/staff.yml": "title: Staff\nwhy: With [[grace]] and [[people/grace|her]].\n",
        "me.yml": "audiences: {hers: {person: grace}}\n",
        "people/bo.yml": "name: Bo\nknows: grace\n",
        "people/lin.yml": "name: Lin\nknows: [grace]   # both\nintroduced_by: grace\n",
        "people/gh.yml": None,
    }


def test_what_both_say_and_not_the_same_is_a_conflict_and_the_first_one_wins() -> None:
    files: Texts = {
        "people/ada.yml": """
            name: Ada
            circle: inner
            consent: true
            mentoring: {role: mentor, next: 2026-12-01, aims: [A]}
            channels: {email: a@example.org}
            visibility: mentor
            show: {log: mentor}
            log: [{date: 2026-01-02, what: A}]
        """,
        "people/al.yml": """
            name: Al
            circle: wide
            mentoring: {role: mentee, until: 2027-01-01, aims: [B]}
            channels: {email: b@example.org}
            closed: moved on
            log: [{date: 2026-01-01, what: B}]
        """,
    }
    done = merged(files, "people/ada", "al")
    assert done.conflicts == (
        Conflict("visibility", "mentor", "me"),
        Conflict("show.log", "mentor", "me"),
        Conflict("closed", "open", "closed"),
        Conflict("circle", "inner", "wide"),
        Conflict("channels.email", "a@example.org", "b@example.org"),
        Conflict("mentoring.role", "mentor", "mentee"),
    )
    assert texts(done)["people/ada.yml"] == (
        "name: Ada\ncircle: inner\nconsent: true\n"
        "mentoring: {role: mentor, next: 2026-12-01, aims: [A, B], until: 2027-01-01}\n"
        "channels: {email: a@example.org}\nvisibility: mentor\nshow: {log: mentor}\n"
        "log: [{date: 2026-01-01, what: B}, {date: 2026-01-02, what: A}]\n"
    )


def test_an_organization_keeps_its_other_name_and_an_entry_that_says_less_is_the_one_that_says_more() -> None:
    files: Texts = {
        "organizations/acme.yml": "name: Acme\nroles: [Chair, {title: Clerk, from: 2024-01-01}]\n",
        "organizations/acme-inc.yml": "name: Acme Inc\nalso_known_as: [acme, AI]\n"
        "roles: [Clerk, {title: Chair, to: 2026-01-01}, Host]\n",
        "people/lin.yml": "name: Lin\npositions: [acme-inc, Acme Inc, Else]\n",
    }
    done = texts(merged(files, "organizations/acme", "acme-inc"))
    assert done["people/lin.yml"] == "name: Lin\npositions: [acme, acme, Else]\n"
    assert done["organizations/acme.yml"] == (
        "name: Acme\nroles: [{title: Chair, to: 2026-01-01}, {title: Clerk, from: 2024-01-01}, Host]\n"
        "also_known_as:\n  - Acme Inc\n  - AI\n"
    )


def test_whoever_was_to_be_met_twice_is_met_once() -> None:
    files: Texts = {
        "people/ada.yml": "name: Ada\n",
        "people/al.yml": "name: Al\n",
        "events/camp.yml": "title: Camp\nstarts: 2026-05-01\n"
        "meet: [ada, {person: al, why: Kind, ask: Time}]\noutcomes: {met: [al, ada]}\n",
        "events/fair.yml": "title: Fair\nstarts: 2026-06-01\nmeet: [{person: al, why: B}, {person: ada, why: A}]\n",
    }
    done = merged(files, "people/ada", "al")
    assert texts(done)["events/camp.yml"] == (
        "title: Camp\nstarts: 2026-05-01\nmeet: [{person: ada, why: Kind, ask: Time}]\noutcomes: {met: [ada]}\n"
    )
    assert done.conflicts == (Conflict("fair: meet.0.why", "B", "A"),)


def test_events_are_merged_and_the_meetings_of_both_are_joined() -> None:
    files: Texts = {
        "people/ada.yml": "name: Ada\nmet: {event: camp-2}\nlog: [{date: 2026-05-01, event: camp-2}]\n",
        "events/camp.yml": "title: Camp\nstarts: 2026-05-01\nmeet: [{person: ada, why: Kind}]\n",
        "events/camp-2.yml": "title: The camp\nstarts: 2026-05-01 09:00\nplace: Ulm\nmeet: [{person: ada, ask: Time}]\n",
    }
    done = merged(files, "events/camp", "camp-2")
    assert done.conflicts == (Conflict("starts", "2026-05-01", "2026-05-01 09:00"),)
    assert texts(done) == {
        "events/camp.yml": "title: Camp\nstarts: 2026-05-01\nmeet: [{person: ada, why: Kind, ask: Time}]\nplace: Ulm\n",
        "people/ada.yml": "name: Ada\nmet: {event: camp}\nlog: [{date: 2026-05-01, event: camp}]\n",
        "events/camp-2.yml": None,
    }


def test_events_that_begin_on_different_days_are_two() -> None:
    files: Texts = {
        "events/a.yml": "title: A\nstarts: 2026-05-01\n",
        "events/b.yml": "title: B\nstarts: 2026-05-02\n",
    }
    with pytest.raises(NotRewritten, match="a begins on 2026-05-01, b on 2026-05-02; if they are one, correct a day"):
        merged(files, "events/a", "b")


def test_goals_are_not_merged_and_nothing_is_merged_with_itself() -> None:
    files: Texts = {"goals/a.yml": "title: A\n", "goals/b.yml": "title: B\n", "people/ada.yml": "name: Ada\n"}
    with pytest.raises(NotRewritten, match="goals are not merged"):
        merged(files, "goals/a", "b")
    with pytest.raises(NotRewritten, match="is one record already"):
        merged(files, "people/ada", "ada")


# ---- the example, record by record


@cache
def _example() -> tuple[tuple[SourceFile, ...], Loaded]:
    files, _ = find_files(CONTENT, KINDS)
    return files, load_files(files, TODAY)


def _after(done: Renamed | Merged, files: Sequence[SourceFile]) -> list[SourceFile]:
    shall_be = {one.path: one.after for one in done.files}
    kinds = {path: Path(path).parts[-2:] for path in shall_be}
    made = [
        SourceFile(path, kinds[path][0], kinds[path][1].removesuffix(".yml"), after)
        for path, after in shall_be.items()
        if after is not None and path not in {file.path for file in files}
    ]
    kept = [
        SourceFile(file.path, file.kind, file.id, after)
        for file in files
        if (after := shall_be.get(file.path, file.content)) is not None
    ]
    return [*kept, *made]


@pytest.mark.parametrize(
    "every", [pytest.param(9, id="some"), pytest.param(1, id="all", marks=pytest.mark.slow)]
)  # fmt: skip
def test_each_record_of_the_example_can_be_renamed_and_only_the_id_is_another(every: int) -> None:
    files, loaded = _example()
    held, new = Cache(), "quite-another-id"

    def again(shall_be: Sequence[SourceFile]) -> Loaded:
        return load_files(shall_be, TODAY, cache=held)

    for entry in [one for one in loaded.playbook.entries() if one.kind != "journal"][::every]:
        done = rename(loaded, files, {}, entry.key, new, again)
        path = f"content/{entry.kind}/{entry.id}.yml"
        now = _after(done, files)
        after = again(now)
        assert new_problems(moved(loaded.problems, path, path.replace(entry.id, new)), after.problems) == (), entry.key
        assert places_of(after.playbook, entry.key) == (), entry.key
        uses = [(one.entry.key, one.path, one.kind) for one in places_of(loaded.playbook, entry.key)]
        own = (entry.kind, new)
        assert sorted((own if key == entry.key else key, *rest) for key, *rest in uses) == sorted(
            (one.entry.key, one.path, one.kind) for one in places_of(after.playbook, own)
        ), entry.key
        before = {file.path: file.content for file in files}
        for one in done.files:
            if one.after is not None:
                was = one.before if one.before is not None else before[path]
                assert one.after.replace(new.encode(), entry.id.encode()) == was, one.path


@pytest.mark.few(1)
@pytest.mark.parametrize(
    "every", [pytest.param(7, id="some"), pytest.param(1, id="all", marks=pytest.mark.slow)]
)  # fmt: skip
@pytest.mark.parametrize("kind", ["people", "organizations"])
def test_any_two_of_a_kind_in_the_example_can_be_merged_and_nothing_of_either_is_lost(kind: str, every: int) -> None:
    files, loaded = _example()
    held = Cache()

    def again(shall_be: Sequence[SourceFile]) -> Loaded:
        return load_files(shall_be, TODAY, cache=held)

    ids = [*loaded.playbook.of_kind(kind)]
    for one, other in [*zip(ids, [*ids[3:], *ids[:3]], strict=True)][::every]:
        done = merge(loaded, files, {}, kind, one, other, again)
        after = again(_after(done, files))
        paths = [f"content/{kind}/{name}.yml" for name in (other, one)]
        assert new_problems(moved(loaded.problems, *paths), after.problems) == (), (one, other)
        assert places_of(after.playbook, (kind, other)) == (), (one, other)
        for name in (one, other):
            was, now = (_tree(book, (kind, key)) for book, key in ((loaded, name), (after, one)))
            # What referred to one another says nothing within one record; of what both say, one stays.
            mutual = {"introduced_by", "knows"}
            theirs = {"visibility", "show", "name", "title", "closed"}
            lost = {field for field in was if field not in now}
            assert lost <= (mutual if name == one else mutual | theirs), (one, other)
            if name == one:
                kept = [field for field in was if field not in mutual]
                assert [field for field in now if field in kept] == kept, (one, other)
        if kind == "people":
            logs = [[line.date for line in loaded.playbook.people[name].record.log] for name in (one, other)]
            days = [line.date for line in after.playbook.people[one].record.log]
            assert len(days) == sum(map(len, logs)), (one, other)
            if (newest_first := is_newest_first(logs[0])) is not None and logs[0] == _sorted(logs[0], newest_first):
                assert days == _sorted(days, newest_first), (one, other)


def _sorted(days: Sequence[dt.date | None], newest_first: bool) -> list[dt.date | None]:
    return sorted(days, key=lambda day: day or TODAY, reverse=newest_first)


def _tree(book: Loaded, key: tuple[str, str]) -> dict[str, Tree]:
    entry = book.playbook.find(key)
    assert entry is not None
    assert entry.document is not None
    document, _ = parse_document("x.yml", entry.document.text.encode())
    assert document is not None
    assert isinstance(document.tree, dict)
    return document.tree
