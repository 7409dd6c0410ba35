"""`playbook share` and `unshare`: the fewest others see more, all of it is shown, and nobody reads about themselves."""

from __future__ import annotations

import pytest

ME = """
    name: Ada
    audiences:
      ines: {person: ines, sees: [mentor, work]}
      jonas: {person: jonas, sees: [work], show: [goals, people]}
      bare: {show: [goals]}
      solo: {sees: [alone]}
    """


@pytest.fixture
def shared(empty):
    return empty.write(
        {
            "content/me.yml": ME,
            "content/people/ines.yml": "name: Inês\nvisibility: mentor\nnotes: Tired\n",
            "content/people/jonas.yml": "name: Jonas\n",
            "content/goals/quiet.yml": "# for now\ntitle: Quiet\npeople: [ines]\ntold: [jonas]\n",
            "content/goals/team.yml": "title: Team\nvisibility: work\nparent: quiet\n",
            "content/journal/2026.yml": "- {date: 2026-01-01, title: Shipped}\n",
        }
    )


def test_everything_newly_seen_is_shown_links_of_other_records_too_before_a_label_is_written(shared):
    before = {name: shared.read(name) for name in shared.names()}
    assert (
        shared.run("share", "quiet", "--with", "ines", "--dry-run").out
        == """\
ines would newly see:
  goals/quiet  Quiet
    title: Quiet
    people: ines
  goals/team  Team
    parent: quiet
It changes, too, for whoever is shown what is labelled mentor.
content/goals/quiet.yml
@@ -4 +4,2 @@
 told: [jonas]
+visibility: mentor
Nothing was written (--dry-run).
"""
    )
    assert {name: shared.read(name) for name in shared.names()} == before
    assert shared.run("share", "quiet", "--with", "ines", "--yes").code == 0
    assert shared.read("content/goals/quiet.yml") == (
        b"# for now\ntitle: Quiet\npeople: [ines]\ntold: [jonas]\nvisibility: mentor\n"
    )
    assert shared.run("share", "quiet", "--with", "ines").out == "ines sees it already; there is nothing to write.\n"


def test_it_ends_with_how_to_look_and_how_to_take_it_back(shared):
    said = shared.run("share", "Quiet", "--with", "ines", "--fields", "told", "--yes").out
    assert "To look: playbook audience diff ines, or playbook build --audience ines --out DIR\n" in said
    assert "To take it back later: playbook unshare Quiet --with ines --fields told\n" in said
    assert "To look" not in shared.run("share", "team", "--with", "ines", "--dry-run").out
    said = shared.run("unshare", "Quiet", "--with", "ines", "--yes").out
    assert "To take it back later: playbook share Quiet --with ines\n" in said


def test_others_who_would_see_more_are_told(shared):
    said = shared.run("share", "quiet", "--with", "jonas", "--dry-run").out
    assert "jonas would newly see:\n  goals/quiet  Quiet\n" in said
    assert "ines would newly see:\n  goals/quiet  Quiet\n" in said
    assert "+visibility: work" in said


def test_private_fields_open_one_by_one(shared):
    assert shared.run("share", "quiet", "--with", "ines", "--fields", "told", "--yes").code == 0
    assert shared.read("content/goals/quiet.yml").endswith(b"visibility: mentor\nshow:\n  told: mentor\n")


def test_what_was_written_about_somebody_is_not_shared_with_them(shared):
    ran = shared.run("share", "people/ines", "--with", "ines", "--fields", "notes", "--yes")
    assert ran.code == 2
    assert "what was written about Inês never reaches Inês: notes" in ran.err
    assert shared.read("content/people/ines.yml") == "name: Inês\nvisibility: mentor\nnotes: Tired\n".encode()


def test_whoever_sees_it_now_goes_on_seeing_it_or_it_is_refused(shared):
    ran = shared.run("share", "people/ines", "--with", "solo", "--yes")
    assert ran.code == 2
    assert "people/ines is labelled 'mentor', which ines sees; one thing has one label" in ran.err


def test_a_person_without_consent_is_said_to_stand_there_by_role(shared):
    assert "Jonas has not agreed to be named" in shared.run("share", "jonas", "--with", "ines", "--dry-run").out


def test_an_audience_without_a_label_gets_one_of_its_own(shared):
    assert shared.run("share", "quiet", "--with", "bare", "--yes").code == 0
    assert b"bare: {show: [goals], sees: [bare]}" in shared.read("content/me.yml")
    assert shared.read("content/goals/quiet.yml").endswith(b"visibility: bare\n")


def test_kinds_that_an_audience_does_not_get_and_the_journal_are_refused(shared):
    shared.write({"content/events/camp.yml": "{title: Camp, starts: 2027-01-01}"})
    ran = shared.run("share", "camp", "--with", "jonas")
    assert (ran.code, "'jonas' gets no events (audiences.jonas.show in me.yml)" in ran.err) == (2, True)
    ran = shared.run("share", "journal/2026", "--with", "ines")
    assert (ran.code, "entries of the journal are shared one by one" in ran.err) == (2, True)
    ran = shared.run("share", "quiet", "--with", "ines", "--fields", "tol")
    assert (ran.code, "Did you mean 'told'?" in ran.err) == (2, True)


def test_taking_back_leaves_it_to_the_others_where_a_label_means_them(shared):
    assert shared.run("unshare", "team", "--with", "jonas", "--yes").code == 0
    assert shared.read("content/goals/team.yml") == b"title: Team\nvisibility: mentor\nparent: quiet\n"
    said = shared.run("unshare", "team", "--with", "ines", "--yes").out
    assert "ines would not see any more:\n  goals/team  Team\n" in said
    assert shared.read("content/goals/team.yml") == b"title: Team\nvisibility: me\nparent: quiet\n"


def test_it_is_said_who_else_loses_it(shared):
    said = shared.run("unshare", "team", "--with", "ines", "--dry-run").out
    assert said.startswith("jonas will not see it any more either: no label means the others alone.\n")
    assert "+visibility: me" in said


def test_the_examples_of_the_help_work_before_anything_bears_the_label(empty):
    empty.write({"content/people/radia.yml": "name: Radia\nlog: [{date: 2026-01-01, what: Talked}]\n"})
    assert empty.run("audience", "diff", "mentor").out.startswith("mentor sees 0 of the ")
    shared = empty.run("share", "people/radia", "--with", "mentor", "--fields", "log", "--yes")
    assert shared.code == 0, shared.err
    assert b"visibility: mentor\nshow:\n  log: mentor\n" in empty.read("content/people/radia.yml")
    assert empty.run("check").code == 0


def test_open_prose_that_names_somebody_is_told_with_its_line_before_it_is_shared(shared):
    tasks = "".join(f"  - {number} with Jonas\n" for number in range(6))
    shared.write(
        {
            "content/goals/quiet.yml": "title: Quiet\nwhy: |\n  At last.\n  Jonas asked for it.\nchecklist:\n"
            "  - {task: Tell Jonas nothing, visibility: me}\n  - Pack\n" + tasks
        }
    )
    said = shared.run("share", "quiet", "--with", "ines", "--dry-run").out
    assert (
        """\
Read these yourself: open texts that name somebody in plain words
  content/goals/quiet.yml:4: why: 'Jonas' may be jonas, who is not named to ines
  content/goals/quiet.yml:8: checklist.task: 'Jonas' may be jonas, who is not named to ines
  content/goals/quiet.yml:9: checklist.task: 'Jonas' may be jonas, who is not named to ines
  content/goals/quiet.yml:10: checklist.task: 'Jonas' may be jonas, who is not named to ines
  content/goals/quiet.yml:11: checklist.task: 'Jonas' may be jonas, who is not named to ines
  and 2 more: playbook audience diff ines
"""
        in said
    )
    # What was open before is told no more.
    assert shared.run("share", "quiet", "--with", "ines", "--yes").code == 0
    said = shared.run("share", "quiet", "--with", "ines", "--fields", "told", "--dry-run").out
    assert "Read these yourself" not in said
