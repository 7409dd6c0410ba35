"""The repository's own content: whole, without a slip, and using everything that the format offers."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from playbook.load import load
from playbook.records import KINDS, Me
from playbook.records.shape import parts, shape_of
from playbook.records.struct import Struct
from playbook.render.scripts import Script, Scripts, check_scripts
from playbook.site import build_site

CONTENT = Path(__file__).resolve().parents[1] / "content"
TODAY = dt.date(2026, 11, 21)


def _loaded():
    return load(CONTENT, TODAY, shown_as="content", checks=(check_scripts,))


def test_nothing_is_wrong_with_it_but_what_waits():
    assert [str(problem) for problem in _loaded().problems if problem.severity.fails] == []


def _written(record: Struct, found: set[tuple[str, str]]) -> None:
    for name in record.fields_set:
        alias = record.field_infos[name].alias or name
        if getattr(record, name) not in (None, "", (), {}):
            found.add((type(record).__name__, alias))


def test_every_field_of_every_record_and_nested_entry_is_used():
    playbook = _loaded().playbook
    used: set[tuple[str, str]] = set()
    for record in (playbook.me.record, *(entry.record for entry in playbook.entries())):
        _written(record, used)
        for _, part in parts(record):
            _written(part, used)
    wanted: set[tuple[str, str]] = set()
    queue: list[type[Struct]] = [Me, *KINDS.values()]
    seen: set[type[Struct]] = set()
    while queue:
        model = queue.pop()
        if model in seen:
            continue
        seen.add(model)
        for field in shape_of(model).fields:
            # Who may see what, and tags, are the same everywhere; it is enough that each is used somewhere.
            if field.alias not in {"visibility", "show", "tags", "entries"} or model.__name__ == "Audience":
                wanted.add((model.__name__, field.alias))
            if field.model is not None:
                queue.append(field.model)
    wanted.discard(("Audience", "visibility"))
    assert sorted(wanted - used) == []
    assert {alias for _, alias in used} >= {"visibility", "show", "tags"}


def test_every_closed_set_of_words_is_used_whole_where_a_career_has_all_of_it():
    playbook = _loaded().playbook
    people = [entry.record for entry in playbook.people.values()]
    assert {str(goal.record.kind) for goal in playbook.goals.values()} == {
        "promotion", "mentor", "sponsor", "path", "reach", "skill", "presence", "collaboration", "give-back",
    }  # fmt: skip
    assert {str(goal.record.status) for goal in playbook.goals.values()} == {"active", "paused", "done", "dropped"}
    assert {str(line.kind) for person in people for line in person.log} == {
        "note", "met", "wrote", "heard", "called", "asked", "gave", "received", "thanked", "updated", "introduced", "engaged",
    }  # fmt: skip
    assert {str(line.record.kind) for line in playbook.journal_lines()} == {
        "achievement", "contribution", "learning", "reading", "praise", "review",
    }  # fmt: skip
    assert len({str(entry.record.purpose) for entry in playbook.outreach.values()}) == 15
    assert {str(entry.record.status) for entry in playbook.events.values()} == {
        "considering", "registered", "attended", "skipped",
    }  # fmt: skip


def test_every_template_has_somebody_it_is_ready_for():
    playbook = _loaded().playbook
    scripts = Scripts(playbook, TODAY)
    assert [name for name in playbook.outreach if not isinstance(scripts.first_fit(name), Script)] == []


def test_the_linter_finds_nothing_in_any_script_for_anybody():
    playbook = _loaded().playbook
    scripts = Scripts(playbook, TODAY)
    filled = [
        fit.outcome for name in playbook.outreach for fit in scripts.fits(name) if isinstance(fit.outcome, Script)
    ]
    assert len(filled) > 300
    # Not everything is written in German, and who reads it is told so.
    found = [(one.template, one.person, f) for one in filled for f in one.findings if f.code != "other-language"]
    assert found == []


def test_each_audience_gets_a_site_of_its_own_and_none_of_the_notes():
    playbook = _loaded().playbook
    notes = [entry.record.notes for entry in playbook.people.values() if entry.record.notes]
    assert notes
    for audience in ("public", *playbook.me.record.audiences):
        site = build_site(playbook, TODAY, audience=audience)
        text = "".join(page.html for page in site.pages)
        assert site.pages[0].uri == "index.md"
        assert [note for note in notes if note.split("\n")[0][:60] in text] == []
