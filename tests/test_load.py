"""Loading: one broken file costs only itself, and nothing is read twice."""

from __future__ import annotations

import datetime as dt
import gc

import pytest

from playbook.load import Cache, load, load_files
from playbook.problems import Place, Problem, Severity
from tests.support import book, lines, source_files

FILES = {
    "goals/staff.yml": "title: Staff\npeople: [ada, grace]\n",
    "people/ada.yml": "name: Ada\nknows: [grace]\n",
    "people/grace.yml": "name: Grace\n",
}


def test_a_broken_file_costs_only_itself():
    loaded = book({**FILES, "people/grace.yml": "nmae: Grace\n"})
    assert lines(loaded) == [
        "content/people/grace.yml:1:1: error: a person has no field 'nmae'. Did you mean 'name'? [unknown-field]"
    ]
    assert ([*loaded.playbook.goals], [*loaded.playbook.people]) == (["staff"], ["ada"])


def test_a_file_saved_half_way_costs_only_itself():
    loaded = book({**FILES, "people/grace.yml": 'name: "Gra'})
    assert [problem.place.path for problem in loaded.problems] == ["content/people/grace.yml"]


def test_a_file_that_is_a_link_is_told_once_and_its_references_are_not(tmp_path):
    content = tmp_path / "content"
    for path, text in FILES.items():
        (content / path).parent.mkdir(parents=True, exist_ok=True)
        (content / path).write_text(text)
    (content / "pages").mkdir()
    (content / "people" / "grace.yml").rename(tmp_path / "grace.yml")
    (content / "people" / "grace.yml").symlink_to(tmp_path / "grace.yml")
    assert [(str(problem.place), problem.code) for problem in load(content, None).problems] == [
        ("content/people/grace.yml:1:1", "link")
    ]


def test_an_empty_content_folder_is_an_empty_playbook(tmp_path):
    (tmp_path / "content" / "pages").mkdir(parents=True)
    loaded = load(tmp_path / "content", dt.date(2026, 11, 20))
    assert (loaded.problems, list(loaded.playbook.entries()), loaded.has_errors) == ((), [], False)


def test_links_are_known_from_both_sides_whichever_side_wrote_them():
    playbook = book({**FILES, "people/radia.yml": "name: Radia\ngoals: staff\n"}).playbook
    assert playbook.related(("goals", "staff"), "people", "people", "goals") == ("ada", "grace", "radia")
    assert playbook.related(("people", "grace"), "goals") == ("staff",)


def test_a_unique_name_stands_for_its_id_and_is_noticed():
    loaded = book({**FILES, "goals/staff.yml": "title: Staff\npeople:\n  - Grace\n  - ada\n"})
    assert loaded.playbook.goals["staff"].record.people == ("grace", "ada")
    assert [(name.path, name.id) for name in loaded.names] == [(("people", 0), "grace")]
    assert lines(loaded) == [
        (
            "content/goals/staff.yml:3:5: notice: a name stands here; its id is 'grace'. "
            "To write the id: playbook check --fix [name-for-id]"
        )
    ]


def test_a_name_that_two_people_have_stands_for_neither():
    files = {**FILES, "people/hopper.yml": "name: Grace\n", "goals/staff.yml": "title: Staff\npeople: Grace\n"}
    (problem,) = book(files).problems
    assert (problem.code, str(problem.place)) == ("unknown-reference", "content/goals/staff.yml:2:9")


def test_names_deep_inside_a_record_become_ids():
    files = {
        **FILES,
        "organizations/society.yml": "name: Network Society\n",
        "people/ada.yml": "name: Ada\npositions: [Network Society]\nlog: [{with: [Grace, grace]}]\n",
        "goals/staff.yml": "title: Staff\ntold: Grace\n",
    }
    playbook = book(files).playbook
    ada = playbook.people["ada"].record
    assert (ada.positions[0].organization, ada.log[0].with_) == ("society", ("grace", "grace"))
    assert playbook.goals["staff"].record.told[0].person == "grace"


def test_a_link_in_a_long_text_is_told_at_its_own_line():
    text = "title: Staff\nwhy: |\n  First line.\n  See [[ada]] and [[graze]].\n"
    (problem,) = book({**FILES, "goals/staff.yml": text}).problems
    assert str(problem) == (
        "content/goals/staff.yml:4:19: error: '[[graze]]' leads nowhere. Did you mean 'grace'? [unknown-reference]"
    )


def test_a_file_whose_bytes_did_not_change_is_not_read_again():
    cache = Cache()
    first = load_files(source_files(FILES), None, cache=cache)
    changed = {**FILES, "people/ada.yml": "name: Ada Lovelace\n"}
    second = load_files(source_files(changed), None, cache=cache)
    assert first.playbook.people["grace"].document is second.playbook.people["grace"].document
    assert second.playbook.people["ada"].record.name == "Ada Lovelace"


def test_a_cache_forgets_files_that_are_gone():
    cache = Cache()
    load_files(source_files(FILES), None, cache=cache)
    load_files(source_files({"people/grace.yml": "name: Grace\n"}), None, cache=cache)
    assert [*cache.read] == ["content/people/grace.yml"]


def test_what_a_cache_holds_and_what_is_read_anew_say_the_same():
    cache = Cache()
    broken = {**FILES, "people/grace.yml": "nmae: Grace\nwhy: Fix #412 now\n"}
    first = load_files(source_files(broken), None, cache=cache)
    assert load_files(source_files(broken), None, cache=cache).problems == first.problems


def test_further_rules_are_asked_with_the_playbook_and_the_day():
    day = dt.date(2026, 11, 20)

    def rule(playbook, today):
        yield Problem(Place("content/goals/staff.yml"), "of-my-own", f"{len(playbook.people)} people on {today}")

    assert lines(book(FILES, day, checks=[rule])) == [
        "content/goals/staff.yml:1:1: error: 2 people on 2026-11-20. [of-my-own]"
    ]


def test_progress_counts_every_file():
    told = []
    load_files(source_files(FILES), None, progress=lambda done, of: told.append((done, of)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_problems_come_in_reading_order():
    loaded = book({"people/b.yml": "x: 1\n", "goals/a.yml": "title: A\nkind: x\nstatus: y\n", "me.yml": "z: 1\n"})
    places = [problem.place for problem in loaded.problems]
    assert places == sorted(places)
    assert len(places) == 4


def test_only_errors_keep_a_site_from_being_built():
    assert not book({"outreach/a.yml": "title: A\nchannel: linkdin\nbody: Hello\n"}).has_errors
    assert book({"people/a.yml": "name: A\ncircle: nobody\n"}).has_errors


@pytest.mark.parametrize("was_on", [True, False])
def test_the_collector_is_as_it_was_after_loading_even_where_a_rule_fails(was_on):
    def rule(playbook, today):
        raise RuntimeError("a rule of somebody's own")

    (gc.enable if was_on else gc.disable)()
    try:
        with pytest.raises(RuntimeError):
            book(FILES, checks=[rule])
        assert gc.isenabled() is was_on
    finally:
        gc.enable()


def test_severity_decides_what_fails():
    assert [severity.fails for severity in Severity] == [True, True, False]


def test_the_day_may_be_told_by_the_playbook_that_was_read():
    def day_of(playbook):
        return {"Europe/Berlin": dt.date(2026, 11, 21)}[playbook.me.record.timezone]

    files = {"me.yml": "timezone: Europe/Berlin\naway: {from: 2026-11-01, to: 2026-11-20}\n"}
    loaded = load_files(source_files(files), day_of)
    assert (loaded.today, [problem.code for problem in loaded.problems]) == (dt.date(2026, 11, 21), ["passed"])


def test_the_playbook_alone_is_the_same_and_cannot_be_asked_for_errors(tmp_path):
    content = tmp_path / "content"
    broken = {**FILES, "people/grace.yml": "nmae: Grace\n", "people/zoe.yml": "name: Zoe\ncircle: no-such\n"}
    for path, text in broken.items():
        (content / path).parent.mkdir(parents=True, exist_ok=True)
        (content / path).write_text(text)
    whole, alone = load(content, None), load(content, None, is_checked=False)
    assert (alone.playbook, alone.names, alone.has_left_out) == (whole.playbook, whole.names, whole.has_left_out)
    assert {problem.code for problem in alone.problems} == {"unknown-field"}
    assert set(alone.problems) < set(whole.problems)
    assert (whole.has_errors, whole.has_left_out) == (True, True)
    with pytest.raises(AssertionError, match="not checked"):
        _ = alone.has_errors
