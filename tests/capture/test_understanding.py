"""Whose line it is and what it means; whatever is not clear is said, and nobody is chosen for anybody."""

from __future__ import annotations

import datetime as dt
from textwrap import dedent

import pytest

from playbook.capture import Desk, Understood, plan, understand
from playbook.capture.meanings import AboutEvent, AboutItem, AboutPerson, Absent, Newcomer
from playbook.capture.telling import as_data, lines_of
from playbook.capture.words import ToDo, Told
from playbook.codes import code_of
from playbook.gestures.people import Pledge
from playbook.records.choices import By, LogKind
from tests.support import book

TODAY = dt.date(2026, 11, 24)
EVENING = dt.date(2026, 11, 20)
FRIDAY = dt.date(2026, 11, 27)
ADA, LIN = code_of(("people", "ada-novak")), code_of(("people", "lin-wei"))
PETRA = code_of(("name", "Petra Vondráčková"))
KIT, OLD = code_of(("item", "events/evening#print-kit")), code_of(("item", "events/evening#Thank the host"))

BOOK = {
    "events/evening.yml": """
        title: Evening
        starts: 2026-11-20
        meet:
          - ada-novak
          - lin-wei
          - name: Petra Vondráčková
            organization: Northwind Ltd
        checklist:
          - {id: print-kit, task: Print the kit}
          - Thank the host
          - {task: Rehearse, skipped: No time}
    """,
    "people/ada-novak.yml": "name: Ada Novák\n",
    "people/lin-wei.yml": "name: 林薇\n",
    "people/zoe-adler.yml": "name: Zoë Adler\n",
    "people/max-1.yml": "name: Max Bauer\n",
    "people/max-2.yml": "name: Max Bauer\n",
    "organizations/northwind.yml": "name: Northwind\nalso_known_as: [Northwind Ltd]\n",
}


def desk(**more: str) -> Desk:
    playbook = book({**BOOK, **more}).playbook
    return Desk(playbook, playbook.events["evening"], EVENING, TODAY)


def read(text: str, **more: str) -> tuple[Understood, ...]:
    return understand(list(enumerate(dedent(text).strip().splitlines(), 1)), desk(**more))


def one(text: str) -> Understood:
    (line,) = read(text)
    return line


def met(person: str, name: str, what: str = "", newcomer: Newcomer | None = None) -> AboutPerson:
    return AboutPerson(person, name, Told(LogKind.MET, what), newcomer)


@pytest.mark.parametrize(
    "beginning",
    [ADA, ADA.lower(), f"{ADA}:", f"{ADA},", "ada-novak", "Ada Novák", "ADA NOVÁK:", "Ada  Novák ,", "Ada Nova\u0301k"],
)
def test_a_line_begins_with_a_code_a_name_or_an_id(beginning):
    assert one(f"{beginning} met").meaning == met("ada-novak", "Ada Novák")


@pytest.mark.parametrize(
    "words", ["not there", "did not come", "she didn’t come, ill", "missed", "missed her", "no show", "No-show."]
)
def test_of_somebody_who_was_not_there_nothing_is_written(words):
    for beginning, name in (
        (ADA, "Ada Novák"),
        (PETRA, "Petra Vondráčková"),
        ("N1 Bo Lind,", "Bo Lind"),
        ("N1 Bo, Acme,", "Bo"),
    ):
        line = one(f"{beginning} {words}")
        assert line.meaning == Absent(name), line
        assert plan((line,), desk()).is_empty
        assert lines_of(line) == (f"{name}: you did not meet, so nothing is logged",)
        assert as_data(line)["kind"] == "absent"
    assert one(f"{ADA} not there, wrote later").meaning is None


@pytest.mark.parametrize("beginning", ["Ada:", "ada", "Ada,", "Adda:"])
def test_a_first_name_or_nickname_is_enough_where_one_alone_has_it(beginning):
    found = read(f"{beginning} wants tea", **{"people/ada-novak.yml": "name: Ada Novák\nnickname: Adda\n"})
    assert [line.meaning for line in found] == [met("ada-novak", "Ada Novák", "Wants tea")]


def test_a_first_name_may_be_of_somebody_without_a_file_and_is_never_guessed():
    assert one("Petra: likes tea").meaning.newcomer.name == "Petra Vondráčková"
    _, second = read("N1 Nora Lind, Kestrel\nNora: likes tea")
    assert second.meaning == met("nora-lind", "Nora Lind", "Likes tea")
    assert one("Max: likes tea").doubts == ("'Max' could be max-1 (Max Bauer) or max-2 (Max Bauer); write one of them",)
    _, second = read("N1 Ada Lind, Kestrel\nAda: likes tea")
    assert second.doubts == ("'Ada' could be ada-novak (Ada Novák) or 'ada-lind'; write one of them",)


def test_a_line_that_only_begins_like_a_first_name_is_nobodys():
    will = {"people/will-stone.yml": "name: Will Stone\n"}
    assert [line.meaning for line in read("will likes tea\nWill: likes tea", **will)] == [
        None, met("will-stone", "Will Stone", "Likes tea"),
    ]  # fmt: skip


def test_a_name_in_any_script_begins_a_line():
    assert one("林薇: wants the numbers").meaning == met("lin-wei", "林薇", "Wants the numbers")


def test_empty_lines_and_comments_mean_nothing():
    assert [line.number for line in read(f"# notes\n\n{ADA} met\n   # more")] == [3]


def test_somebody_who_is_not_on_the_kit_is_found_and_told():
    line = one(f"{code_of(('people', 'zoe-adler'))} met")
    assert (line.meaning, line.notes) == (met("zoe-adler", "Zoë Adler"), ("not on this event's kit",))
    assert one("Zoë Adler met").notes == ()


def test_promises_and_things_to_do_are_of_the_person():
    assert one(f"{ADA} promised slides by friday, todo call her").meaning == AboutPerson(
        "ada-novak",
        "Ada Novák",
        Told(LogKind.MET, "", (Pledge("Slides", By.ME, FRIDAY),), (ToDo("Call her", None),)),
    )


def test_items_are_ticked_by_their_codes():
    assert [line.meaning for line in read(f"{KIT} done\n{OLD} skip because they left early")] == [
        AboutItem(0, "Print the kit", EVENING, ""),
        AboutItem(1, "Thank the host", None, "They left early"),
    ]


def test_what_was_learned_and_what_is_to_do_need_no_code():
    assert [line.meaning for line in read("learned: Nobody, ever, asks\ntodo write it up by friday")] == [
        AboutEvent(learned="Nobody, ever, asks"),
        AboutEvent(to_do=ToDo("Write it up", FRIDAY)),
    ]


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        (
            "N1 Nora Lind, Kestrel, met at lunch",
            met("nora-lind", "Nora Lind", "Met at lunch", Newcomer("nora-lind", "Nora Lind", "Kestrel")),
        ),
        ("n1: Nora Lind", met("nora-lind", "Nora Lind", "", Newcomer("nora-lind", "Nora Lind"))),
        ("N1 Nora Lind, met", met("nora-lind", "Nora Lind", "", Newcomer("nora-lind", "Nora Lind"))),
        ("N1 Nora Lind, -, met", met("nora-lind", "Nora Lind", "", Newcomer("nora-lind", "Nora Lind"))),
        (
            "N1 Nora Lind, Northwind ltd",
            met("nora-lind", "Nora Lind", "", Newcomer("nora-lind", "Nora Lind", "northwind")),
        ),
        (
            'N1 Nora Lind, "Kestrel, Inc.", likes tea',
            met("nora-lind", "Nora Lind", "Likes tea", Newcomer("nora-lind", "Nora Lind", "Kestrel, Inc.")),
        ),
        (
            "N2 (id wang-xiaoming) 王小明, Kestrel",
            met("wang-xiaoming", "王小明", "", Newcomer("wang-xiaoming", "王小明", "Kestrel")),
        ),
        (
            "N2 (id ada-2) Ada Novák, Kestrel",
            met("ada-2", "Ada Novák", "", Newcomer("ada-2", "Ada Novák", "Kestrel")),
        ),
        (
            f"{PETRA} wants tea",
            met(
                "petra-vondrackova",
                "Petra Vondráčková",
                "Wants tea",
                Newcomer("petra-vondrackova", "Petra Vondráčková", "northwind"),
            ),
        ),
    ],
)
def test_somebody_new_gets_a_file(text, meaning):
    assert one(text).meaning == meaning


def test_a_slug_that_somebody_else_has_gets_a_number():
    first, second = read("N1 Ada Novak-, Kestrel\nN2 Zoë-Adler, Kestrel", **{"people/ada-novak.yml": "name: Other\n"})
    assert first.meaning == met("ada-novak-2", "Ada Novak-", "", Newcomer("ada-novak-2", "Ada Novak-", "Kestrel"))
    assert second.meaning.newcomer == Newcomer("zoe-adler-2", "Zoë-Adler", "Kestrel")


@pytest.mark.parametrize("name", ["Ada Novak", "ada novak", "Áda Nôvák"])
def test_a_name_that_differs_in_accents_alone_is_asked_about(name):
    doubt = f"'{name}' may be ada-novak (Ada Novák); write that id instead of the code and the name, or (id …) before"
    assert one(f"N1 {name}, Kestrel, met").doubts == (f"{doubt} the name of another",)
    assert one(f"N1 (id ada-2) {name}, Kestrel, met").meaning.newcomer == Newcomer("ada-2", name, "Kestrel")


@pytest.mark.parametrize(
    "told",
    [
        "promised slides by friday", "met", "asked about tea", "gave me her card", "todo call", "follow up", "done",
        "she owes me slides", "note: hello", "skip because", "learned: nothing", "I wrote",
    ],
)  # fmt: skip
def test_what_happened_is_nobodys_name(told):
    doubt = f"'{told}' tells something and is no name; write it so: N1 First Last, Company, …"
    assert one(f"N1 {told}").doubts == (f"{doubt} (a name that reads so goes in quotes)",)
    assert one(f"N1 {told}, likes tea").meaning is None


def test_a_name_that_reads_like_something_told_goes_in_quotes():
    assert one("N1 Metta Lind, met").meaning.newcomer == Newcomer("metta-lind", "Metta Lind")
    assert one('N1 "Owe Andersson", met').meaning.newcomer == Newcomer("owe-andersson", "Owe Andersson")


def test_a_name_without_a_capital_is_pointed_at():
    line = one("N1 likes tea")
    assert line.meaning.newcomer == Newcomer("likes-tea", "likes tea")
    assert line.notes == ("'likes tea' is taken for a name",)
    assert one("N1 (id wang-xiaoming) 王小明, met").notes == ()


@pytest.mark.parametrize("what", ["it", "promised it by friday", "send something", "they promised that", "send me it"])
def test_a_promise_of_it_does_not_say_what(what):
    line = one(f"{ADA} {what}" if " " in what else f"{ADA} promised {what}")
    assert line.meaning is None
    assert line.doubts[0].endswith("does not say what was promised; write what it is")


@pytest.mark.parametrize("beginning", [f"{ADA} promised slides", f"{ADA} todo call", "todo call"])
def test_a_day_that_has_passed_is_pointed_at(beginning):
    assert one(f"{beginning} by 2026-11-02").notes == ("Mon 2 Nov 2026 has passed",)
    assert one(f"{beginning} by friday").notes == ()


def test_a_blank_code_with_the_name_of_somebody_known_is_that_person():
    line = one("N1 ada novák, Kestrel, likes tea")
    assert line.meaning == met("ada-novak", "Ada Novák", "Likes tea")
    assert line.notes == ("the file of ada-novak is there already, and gets this", "'Kestrel' is not written to it")


def test_a_later_line_may_speak_of_a_newcomer_by_name():
    _, second = read("N1 Nora Lind, Kestrel\nNora Lind: likes tea")
    assert second.meaning == met("nora-lind", "Nora Lind", "Likes tea")


def test_somebody_without_a_file_gets_one_once():
    first, second = read(f"{PETRA} met\n{PETRA} likes tea")
    assert first.meaning.newcomer is not None
    assert second.doubts == (
        f"'Petra Vondráčková' stands in an earlier line; write the name without {PETRA}, or (id …) before it",
    )


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("Bob met", "'Bob met' is no code, name or id. A line begins with one."),
        ("Ada Nowak met", "'Ada Nowak' is no code, name or id. Did you mean 'Ada Novák'?"),
        ("Max Bauer met", "'Max Bauer' could be max-1 (Max Bauer) or max-2 (Max Bauer); write one of them"),
        ("5U5U met", "no code '5U5U'. It is nobody's on this event's kit."),
        (ADA, "nothing is said of Ada Novák; write 'met', or more"),
        ("N1", "nothing is said of N1; write 'met', or more"),
        ("N1 12, Kestrel", "write it so: N1 First Last, Company, what was said"),
        ("N1 王小明, met", "no file name can be made from '王小明'; choose one: N1 (id my-person) 王小明, …"),
        ("N1 (id Wang) 王小明", "the id 'Wang' has more in it than the letters a-z, digits and single hyphens; write (id wang)"),
        ("N1 (id ada-novak) Bob Miller", "the id 'ada-novak' is taken by Ada Novák"),
        (
            "N1 Max Bauer, Kestrel",
            "2 people are called 'Max Bauer'; write max-1 or max-2 instead of the code and the name, or (id …) before the name of another",
        ),
        (f"{ADA} promised it by 3/4", "'3/4' could be 3 Apr or 4 Mar; write the month as a word"),
        (f"{KIT} half", "'Print the kit': an item is 'done', or 'skip because …'"),
        ("7?Z done", "'7?Z done' is no code, name or id. A line begins with one."),
        (f"{ADA} see [[nobody]]", "'[[nobody]]' leads nowhere, or to several"),
        (f"{ADA} see [[people/nobody]]", "'[[people/nobody]]' leads nowhere"),
        (f"{ADA} rang\x07", "an invisible character (U+0007) that a text cannot hold; type the line again"),
        ("follow up by 3/4", "'3/4' could be 3 Apr or 4 Mar; write the month as a word"),
    ],
)  # fmt: skip
def test_what_is_not_clear_is_asked_about(text, doubt):
    line = one(text)
    assert (line.meaning, line.doubts) == (None, (doubt,))


def test_an_unknown_code_comes_with_whoever_is_one_slip_away():
    slip = ADA[:2] + ("2" if ADA[2] != "2" else "3")
    assert one(f"{slip} met").doubts == (f"no code '{slip}'. One slip away: {ADA} is Ada Novák.",)


def test_a_blank_code_means_one_person():
    _, second = read("N1 Nora Lind, Kestrel\nN1 Bob Miller, Kestrel")
    assert second.doubts == ("N1 is Nora Lind already (line 1); write the name, or another blank code",)
    first, tenth = read("N1 Nora Lind, Kestrel\nN10 Bob Miller, Kestrel")
    assert None not in (first.meaning, tenth.meaning)


def test_two_newcomers_of_one_name_are_asked_about_unless_an_id_tells_them_apart():
    _, second, third = read("N1 Nora Lind, A\nN2 Nora Lind, B\nN3 (id nora-2) Nora Lind, B")
    assert second.doubts == ("'Nora Lind' stands in an earlier line; write the name without N2, or (id …) before it",)
    assert third.meaning.newcomer == Newcomer("nora-2", "Nora Lind", "B")


def test_an_item_is_not_both_done_and_left_out():
    skipped = code_of(("item", "events/evening#Rehearse"))
    lines = read(f"{skipped} done\n{KIT} done\n{KIT} skip because no")
    assert [line.doubts for line in lines] == [
        ("'Rehearse': it was skipped (No time); remove that first if it was done",),
        (),
        ("'Print the kit': it is done already; remove that first if it was skipped",),
    ]


def test_a_code_of_somebody_whose_file_is_broken_says_so():
    (line,) = read(f"{ADA} met", **{"people/ada-novak.yml": "name: [\n"})
    assert line.doubts == ("ada-novak has a file that cannot be read; see: playbook check",)
