"""`playbook print`: each thing there is to print, read back from its PDF; and where it is written, or why it is not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from playbook.codes import BLANK, code_table, keys_of
from playbook.load import load
from playbook.source.writing import write_file
from tests import pdfs
from tests.history.repo import run_git

A4, LETTER = (595, 842), (612, 792)
DAY = ("--today", "2026-11-21")
PRINTED = "printed 21 Nov 2026"

# What was written about people: paper that gets lost may not have it.
SECRETS = ("Quartzlog", "Quartznotes", "Quartzmine", "Quartztheirs", "Quartzgave", "Quartzkept")
FILES: dict[str, str | bytes] = {
    "content/me.yml": """
        name: Mara Tamm
        headline: Engineer
        pitch: I build the part that remembers.
        statement: I work toward staff.
        """,
    "content/people/ada.yml": """
        name: Ada Novak
        pronounced: AH-da
        relations: [mentor]
        circle: inner
        stage: active
        why: She reads everything
        expertise: [storage]
        offers: [our numbers]
        channels: {email: ada@example.org}
        dates: {birthday: --06-09}
        notes: Quartznotes about her
        promises:
          - what: Quartzmine page
          - {what: Quartztheirs introduction, by: them}
          - {what: Quartzkept, kept: 2026-10-01}
        log:
          - {date: 2026-11-03, kind: received, channel: video, what: Quartzlog on slides}
          - {date: 2026-10-03, kind: gave, channel: email, what: Quartzgave}
        mentoring:
          role: mentor
          rhythm: every 4 weeks
          next: 2026-12-01
          aims: [Decide in front of people]
          questions:
            - How do you say no?
            - {ask: When is it done?, answered: When it is read.}
          feedback:
            - {date: 2026-11-03, said: You bring the history first, action: Turn the talk around, acted: 2026-11-09}
            - {date: 2026-11-03, said: You speed up, action: Rehearse with Bo}
        """,
    "content/people/bo.yml": "name: Бо Лі\nwhy: His paper on clocks\nnotes: Quartznotes about him\n",
    "content/people/cy.yml": "name: Cy Ng\nrelations: [manager]\n",
    "content/goals/staff.yml": """
        title: Be promoted to staff
        kind: promotion
        why: The title opens the council.
        measure: The committee says yes.
        due: 2027-04-15
        pitch: I lead across three teams.
        people: [ada]
        milestones: [{title: Packet ready, due: 2027-02-01}]
        criteria:
          - {id: scope, text: Leads across teams, expected: Two teams at least}
          - {id: voice, text: Is heard outside}
        checklist:
          - Draft the packet
          - {task: Ask Ada, done: 2026-10-02}
        """,
    "content/goals/plain.yml": "title: Read more\n",
    "content/journal/2026.yml": """
        - {date: 2026-10-01, kind: achievement, title: Led the migration, impact: "Four minutes, not nine hours", criteria: [staff/scope]}
        - {date: 2026-10-05, kind: praise, from: ada, said: The clearest page this year, may_quote: true, criteria: [staff/scope]}
        """,
    "content/outreach/opener.yml": """
        title: The first words
        channel: in-person
        body: "{{ person.calls }}? {{ meet.opener }}"
        """,
    "content/events/camp.yml": """
        title: Camp 2027
        starts: 2027-05-14 09:00
        ends: 2027-05-16 17:00
        timezone: Europe/Brussels
        place: Ghent
        why: Two of them speak there.
        goals: [staff]
        questions: [What did you stop doing?]
        meet:
          - {person: ada, opener: You changed our plan, ask: Ten minutes, script: opener}
          - {person: bo, questions: [Which clock is right?], offer: a review}
          - {person: cy, script: opener}
          - {name: Petra Vondráčková, organization: Quiet Machines}
        sessions:
          - {at: 2027-05-14 11:00, title: Opening, who: ada, why: Ours}
        bring: [A pen]
        checklist:
          - {task: Write to everyone, due: T-30}
          - {task: Print the kit, done: 2026-11-01}
          - {task: Not this year, skipped: no time}
        """,
    "content/events/empty.yml": "title: An empty evening\nstarts: 2027-01-10 18:00\n",
}
EVERYBODY = ("Ada Novak", "Бо Лі", "Cy Ng", "Petra Vondráčková")


@pytest.fixture
def book(empty):
    return empty.write(FILES)


def pdf_of(book, *arguments: str) -> bytes:
    ran = book.run(*DAY, "print", *arguments, "--out", "made.pdf")
    assert ran.code == 0, ran.err
    return book.read("made.pdf")


def in_order(whole: str, *words: str) -> None:
    at = 0
    for word in words:
        assert word in whole[at:], word
        at = whole.index(word, at) + len(word)


# Each thing there is to print

BRIEF = ("BRIEF", "Ada Novak", "Mentor", "She reads everything", "Pronounced AH-da", "Knows about storage", "Next time", "Together at", "Camp 2027", "I offer our numbers", "How do you say no?", "Days of theirs", "Birthday", "How to reach them", "Email ada@example.org", "What I heard")  # fmt: skip
KIT = ("EVENT KIT", "Camp 2027", "Ghent", "Two of them speak there.", "Introduce yourself", "I build the part that remembers.", "What I am here for", "Be promoted to staff", "Where to be", "Fri 14 May", "11:00 Opening", "What did you stop doing?", "Before I go", "Write to everyone", "Print the kit", "Bring", "A pen", "People to meet", "Ada Novak", "You changed our plan", "Ten minutes", "our numbers", "Ada? You changed our plan", "Бо Лі", "His paper on clocks", "Which clock is right?", "a review", "Cy Ng", "Petra Vondráčková", "Quiet Machines", "What I heard", *BLANK, "What I learned")  # fmt: skip
EVERY = {
    "kit": (("event", "camp"), KIT),
    "brief": (("person", "ada"), BRIEF),
    "agenda": (("agenda", "ada"), ("AGENDA", "Ada Novak", "with your mentor", "Decide in front of people", "When is it done? When it is read.", "You bring the history first → Turn the talk around", "acted on 9 Nov 2026", "You speed up → Rehearse with Bo", "To ask now", "How do you say no?", "What I heard", "Next meeting")),
    "goal": (("goal", "staff"), ("PROMOTION", "Be promoted to staff", "by 15 Apr 2027", "The title opens the council.", "The committee says yes.", "I lead across three teams.", "Packet ready", "Draft the packet", "Ask Ada", "Ada Novak", "Camp 2027")),
    "scripts": (("scripts", "--event", "camp"), ("TO REHEARSE", "Camp 2027", "I build the part that remembers.", "Ada Novak", "You changed our plan", "Ada? You changed our plan", "Бо Лі", "a review", "What did you stop doing?")),
    "committee": (("packet", "staff"), ("PACKET", "Be promoted to staff", "Nothing yet for", "Is heard outside", "Leads across teams", "Led the migration", "Four minutes, not nine hours", "The clearest page this year", "Ada Novak")),
    "sponsor": (("packet", "staff", "--for", "sponsor"), ("PACKET", "Be promoted to staff", "Is heard outside", "Leads across teams", "Led the migration", "Four minutes, not nine hours", "The clearest page this year")),
}  # fmt: skip


@pytest.mark.few(4)
@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("what", EVERY)
def test_whole_pages_hold_every_word_numbered_dated_in_grey_with_their_fonts(book, what, paper):
    arguments, words = EVERY[what]
    pdf = pdf_of(book, *arguments, "--paper", paper)
    pages = pdfs.texts(pdf)

    in_order(" ".join(pages), *words)
    assert pdfs.sizes(pdf) == {A4 if paper == "a4" else LETTER}
    for number, page in enumerate(pages, start=1):
        assert page.endswith(f" · {PRINTED} {number} / {len(pages)}")
    assert pdfs.outside(pdf) == []
    assert pdfs.colours(pdf) == set()
    assert all(pdfs.fonts(pdf).values())
    assert len(pages) <= {"kit": 3, "brief": 2}.get(what, 1)


@pytest.mark.few(2)
@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("form", ["pocket", "cards"])
def test_what_is_folded_or_cut_holds_everybody(book, form, paper):
    pdf = pdf_of(book, "event", "camp", "--format", form, "--paper", paper)
    whole = pdfs.text(pdf)

    for name in EVERYBODY:
        assert name in whole
    assert pdfs.sizes(pdf) == {A4 if paper == "a4" else LETTER}
    assert pdfs.colours(pdf) == set()
    assert all(pdfs.fonts(pdf).values())
    assert f"Camp 2027 · {PRINTED}" in whole
    if form == "cards":
        assert len(pdfs.texts(pdf)) == 1
        # A card is all one has in hand: the questions for anybody are on those of whoever has none of their own.
        assert whole.count("What did you stop doing?") == 3
    else:
        assert len(pdfs.texts(pdf)) % 2 == 0
        for words in KIT:
            assert pdfs.letters(words) in pdfs.letters(whole)


def test_everybody_and_everything_to_tick_bears_its_code(book):
    entry = load(book.path / "content", None).playbook.events["camp"]
    codes = {key[1]: code for key, code in code_table(keys_of(entry)).items()}
    kit = pdfs.text(pdf_of(book, "event", "camp"))

    assert {name: code for name, code in codes.items() if code not in kit} == {
        "events/camp#Not this year": codes["events/camp#Not this year"]
    }
    assert f"Ada Novak say “AH-da” {codes['ada']}" in kit
    assert f"Petra Vondráčková {codes['Petra Vondráčková']}" in kit
    assert f"Ada Novak say “AH-da” {codes['ada']}" in pdfs.text(pdf_of(book, "event", "camp", "--format", "cards"))
    assert codes["ada"] in pdfs.text(pdf_of(book, "person", "ada"))


@pytest.mark.few(5)
@pytest.mark.parametrize("as_pdf", [True, False])
@pytest.mark.parametrize(
    ("arguments", "is_discreet"),
    [
        (("event", "camp"), False),
        (("event", "camp", "--discreet"), True),
        (("event", "camp", "--format", "pocket"), True),
        (("event", "camp", "--format", "pocket", "--full"), False),
        (("event", "camp", "--format", "cards"), True),
        (("event", "camp", "--format", "cards", "--full"), False),
        (("person", "ada"), False),
        (("person", "ada", "--discreet"), True),
    ],
)
def test_discreet_paper_leaves_out_what_was_written_about_people(book, arguments, is_discreet, as_pdf):
    def shown(*options: str) -> set[str]:
        if as_pdf:
            whole = pdfs.text(pdf_of(book, *arguments, *options))
        else:
            whole = book.run(*DAY, "print", *arguments, "--html", "--out", "-").out
            assert whole == book.run(*DAY, "print", *arguments, "--html", "--out", "-").out
            whole += book.run(*DAY, "print", *arguments, "--markdown", "--out", "-").out
        return {secret for secret in SECRETS if secret in whole}

    everything = {"Quartzlog", "Quartzmine", "Quartztheirs"}
    if arguments[0] == "person":
        everything |= {"Quartznotes", "Quartzgave"}
    assert shown() == (set() if is_discreet else everything)


def test_copies_follow_each_other(book):
    once, twice = (pdfs.texts(pdf_of(book, "event", "camp", "--copies", copies)) for copies in ("1", "2"))
    assert twice == once * 2
    ran = book.run(*DAY, "print", "event", "camp", "--copies", "2")

    assert ran.out == f"camp-kit.pdf ({len(once)} pages, 2 copies)\n"
    agenda = book.run(*DAY, "print", "agenda", "ada", "--copies", "3")
    assert agenda.out == "ada-agenda.pdf (1 page, 3 copies)\n"


def test_a_command_says_what_it_wrote_and_what_to_do_with_it(book):
    kit, pocket, cards = (
        book.run(*DAY, "print", "event", "camp", "--format", form) for form in ("kit", "pocket", "cards")
    )

    assert (kit.code, kit.out) == (0, "camp-kit.pdf (3 pages)\n")
    assert pocket.out.startswith(
        "camp-pocket.pdf (5 pages on 2 sides of A4)\nPrint on both sides, turned over the long edge"
    )
    assert cards.out == "camp-cards.pdf (4 cards on 1 side of A4)\nCut along the marks.\n"
    assert {name for name in book.names() if "/" not in name} == {
        "mkdocs.yml",
        "camp-kit.pdf",
        "camp-pocket.pdf",
        "camp-cards.pdf",
    }


def test_what_is_not_on_it_is_said(book):
    rehearsal = book.run(*DAY, "print", "scripts", "--event", "camp")
    packet = book.run(*DAY, "print", "agenda", "cy")

    assert rehearsal.err == "Not on it: 'The first words' for Cy Ng, because meet.opener has no value.\n"
    assert packet.err == "No mentoring is written for Cy Ng, so the agenda is lines to write on.\n"


def test_a_letter_that_no_font_has_is_warned_of_and_the_rest_is_printed(book):
    book.write({"content/people/cy.yml": "name: Cy \U0010fffd Ng\n"})
    ran = book.run(*DAY, "print", "event", "camp")

    assert ran.code == 0
    assert ran.err == "No font here can show U+10FFFD; install a font that has it.\n"
    assert "Ada Novak" in pdfs.text(book.read("camp-kit.pdf"))


def test_the_paper_is_that_of_me_yml_unless_said(book):
    book.write({"content/me.yml": "name: Mara\npaper: letter\n"})

    assert pdfs.sizes(pdf_of(book, "person", "cy")) == {LETTER}
    assert pdfs.sizes(pdf_of(book, "person", "cy", "--paper", "a4")) == {A4}


def test_two_printouts_of_one_day_are_the_same_to_the_byte(book):
    first = [pdf_of(book, "event", "camp", "--format", form) for form in ("kit", "pocket", "cards")]
    again = [pdf_of(book, "event", "camp", "--format", form) for form in ("kit", "pocket", "cards")]

    assert first == again


def test_a_file_that_cannot_be_read_is_not_on_it_and_that_is_said(book):
    book.write({"content/people/bo.yml": "name: [\n"})
    ran = book.run(*DAY, "print", "person", "ada")

    assert ran.code == 0
    assert ran.err == "Some files cannot be read and are not in it; playbook check says which.\n"


# Which commit a sheet comes from


def test_a_sheet_names_its_commit_and_whether_files_were_changed_since(book):
    def foot() -> str:
        return pdfs.text(pdf_of(book, "person", "cy")).partition(" · ")[2]

    assert foot() == "printed 21 Nov 2026 1 / 1"
    run_git(book.path, "init", "--quiet")
    assert foot() == "printed 21 Nov 2026 1 / 1"
    run_git(book.path, "add", "content")
    run_git(book.path, "commit", "--quiet", "--message", "A playbook")
    commit = run_git(book.path, "rev-parse", "HEAD")[:7]
    assert foot() == f"printed 21 Nov 2026 from {commit} 1 / 1"
    book.write({"content/people/cy.yml": "name: Cy Ng\nlocation: Ghent\n"})
    assert foot() == f"printed 21 Nov 2026 from {commit} and later changes 1 / 1"
    assert (
        f"printed 21 Nov 2026 from {commit} and later changes</footer>"
        in book.run(*DAY, "print", "person", "cy", "--html", "--out", "-").out
    )


# Where it is written


def test_standard_output_gets_the_file_and_nothing_else(book):
    printed = subprocess.run(
        [sys.executable, "-m", "playbook", *DAY, "print", "event", "camp", "--out", "-"],
        capture_output=True,
        check=True,
    )

    assert pdfs.texts(printed.stdout)
    assert printed.stderr == b""
    assert {name for name in book.names() if "/" not in name} == {"mkdocs.yml"}


@pytest.mark.parametrize("option", ["--html", "--markdown"])
def test_a_web_page_or_markdown_is_written_instead(book, option):
    ran = book.run(*DAY, "print", "event", "camp", option)
    name = {"--html": "camp-kit.html", "--markdown": "camp-kit.md"}[option]

    assert ran.out == f"{name} ({'web page' if option == '--html' else 'Markdown'})\n"
    text = book.read(name).decode()
    assert text.startswith("<!doctype html>" if option == "--html" else "# Camp 2027\n")
    for person in EVERYBODY:
        assert person in text
    assert PRINTED in text
    again = book.run(*DAY, "print", "event", "camp", option)
    assert (again.code, book.read(name).decode()) == (0, text), "its own printout is replaced"


def nothing_was_done(book, *arguments: str) -> str:
    """What is said, before anything is read or laid out: a file that cannot even be read is no matter."""
    book.write({"content/events/camp.yml": "title: [\n"})
    before = book.names()
    ran = book.run(*DAY, "print", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert book.names() == before
    return ran.err


def test_a_place_that_cannot_be_written_is_said_before_work_is_done(book):
    book.write({"a-file": "x"})
    (book.path / "folder").mkdir()

    said = [
        nothing_was_done(book, "event", "camp", "--out", out) for out in ("folder", "missing/kit.pdf", "a-file/kit.pdf")
    ]

    assert said == [
        "playbook: 'folder' is a folder; name a file in it, such as folder/kit.pdf\n",
        "playbook: there is no folder 'missing'\n",
        "playbook: there is no folder 'a-file'\n",
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="permissions bind nobody who is root")
def test_a_folder_without_permission_is_said_before_work_is_done(book):
    (book.path / "locked").mkdir(mode=0o500)

    assert (
        nothing_was_done(book, "event", "camp", "--out", "locked/kit.pdf")
        == "playbook: 'locked/kit.pdf' cannot be written: no permission\n"
    )


def test_a_file_that_is_no_printout_is_not_overwritten(book):
    book.write({"novel.pdf": "Call me Ishmael.", "empty.pdf": ""})

    said = nothing_was_done(book, "event", "camp", "--out", "novel.pdf")
    assert said == "playbook: 'novel.pdf' is there already and is no printout (.pdf); it was not touched\n"
    assert book.read("novel.pdf") == b"Call me Ishmael."
    book.write(FILES)
    assert book.run(*DAY, "print", "event", "camp", "--out", "empty.pdf").code == 0
    assert book.run(*DAY, "print", "event", "camp", "--out", "empty.pdf").code == 0, "a printout is replaced"
    assert "not touched" in book.run(*DAY, "print", "event", "camp", "--html", "--out", "empty.pdf").err


def test_a_printout_stopped_midway_leaves_the_old_one_whole(tmp_path):
    old = tmp_path / "kit.pdf"
    old.write_bytes(b"%PDF old")
    code = (
        "import signal, sys; from pathlib import Path; from playbook.source.writing import write_file\n"
        # Whoever runs the tests in the background has told every child to ignore it.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "while True: write_file(Path(sys.argv[1]), b'%PDF new' * 2_000_000)"
    )
    writer = subprocess.Popen([sys.executable, "-c", code, str(old)])
    deadline = time.monotonic() + 20
    while old.stat().st_size < 100 and time.monotonic() < deadline:
        time.sleep(0.01)
    writer.send_signal(signal.SIGINT)
    writer.wait(30)

    assert old.stat().st_size == 16_000_000
    assert [path.name for path in tmp_path.iterdir()] == ["kit.pdf"]
    write_file(old, b"%PDF newer")
    assert old.read_bytes() == b"%PDF newer"


# What cannot be printed


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("event", "champ"), "no event is called 'champ'. Did you mean 'camp'?"),
        (("person", "adda"), "no person is called 'adda'. Did you mean 'ada'?"),
        (("agenda", "b"), "no person is called 'b'. Did you mean 'bo'?"),
        (("goal", "taff"), "no goal is called 'taff'. Did you mean 'staff'?"),
        (("packet", "stafff"), "no goal is called 'stafff'. Did you mean 'staff'?"),
        (("scripts", "--event", "kamp"), "no event is called 'kamp'. Did you mean 'camp'?"),
        (("event", "camp", "--paper", "a5"), "'a5' is not one of 'a4', 'letter'"),
        (("event", "camp", "--format", "poster"), "'poster' is not one of 'kit', 'pocket', 'cards'"),
        (("event", "camp", "--copies", "0"), "0 is not in the range 1<=x<=99"),
        (("event", "camp", "--html", "--markdown"), "--html and --markdown are two ways; choose one"),
        (("event", "camp", "--html", "--copies", "2"), "--copies is for the PDF; a browser asks how many when it prints"),
        (("event",), "Missing argument 'EVENT'"),
        (("event", "empty", "--format", "cards"), "content/events/empty.yml:1:1: nobody to meet is written there, so there is no card to print"),
        (("packet", "plain"), "content/goals/plain.yml:1:1: 'Read more' has no criteria, so there is nothing to show evidence for."),
    ],
)  # fmt: skip
def test_what_cannot_be_printed_is_said_with_what_could_have_been_meant(book, arguments, said):
    ran = book.run(*DAY, "print", *arguments)

    assert (ran.code, ran.out) == (2, "")
    assert said in " ".join(ran.err.split())
    assert not any(name.endswith(".pdf") for name in book.names())


def test_an_event_with_nothing_but_a_title_has_a_kit_to_write_on(book):
    whole = pdfs.text(pdf_of(book, "event", "empty"))

    in_order(whole, "An empty evening", "What I heard", "N1", "N12", "What I learned")


# Templates of one's own


def test_a_template_of_ones_own_wins_and_a_broken_one_is_named_with_its_line(book):
    shipped = (Path(__file__).parents[2] / "templates" / "print" / "blocks.typ").read_text()
    book.write({"templates/print/blocks.typ": shipped.replace("strong(item.what)", "[Mine: #item.what]").encode()})
    assert "Mine: Led the migration" in pdfs.text(pdf_of(book, "packet", "staff"))

    book.write({"templates/print/blocks.typ": b"// Mine.\n#let broken = no-such-thing\n" + shipped.encode()})
    ran = book.run(*DAY, "print", "packet", "staff")
    assert ran.code == 2
    assert ran.err.startswith("playbook: error: unknown variable: no-such-thing ┌─ templates/print/blocks.typ:2:14 ")
    assert "staff-packet.pdf" not in book.names()


def test_a_broken_web_template_of_ones_own_is_named_with_its_line(book):
    book.write({"templates/print/sheet.html.j2": "<p>\n{% if %}\n"})
    ran = book.run(*DAY, "print", "event", "camp", "--html")

    assert (ran.code, ran.out) == (2, "")
    assert (
        ran.err == "playbook: templates/print/sheet.html.j2:2: Expected an expression, got 'end of statement block'\n"
    )


# ---- a review


def test_a_review_says_what_git_knows(book_repo, run):
    book_repo.write({"me.yml": "name: Mara\n", "goals/staff.yml": "title: Staff\nchecklist: [Draft it, Ask Ada]\n"})
    book_repo.commit()
    book_repo.commit({"goals/staff.yml": "title: Staff\nchecklist: [{task: Draft it, done: true}, Ask Ada]\n"})
    done = run("--today", "2026-01-12", "print", "review", "--markdown", "--out", "-")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("# The last seven days\n")
    assert "## Done\n\n- Draft it\n" in done.out
    assert "## What comes next?" in done.out
    quarter = run("--today", "2026-01-12", "print", "review", "--quarter", "--markdown", "--out", "-")
    assert quarter.out.startswith("# January to March 2026, so far\n")
    assert "## Added\n\n- Draft it\n- Ask Ada\n" in quarter.out
    assert "## Who helped, and do they know what came of it?" in quarter.out
    assert "with `playbook review quarter`" in quarter.out


def test_a_review_without_a_repository_says_what_is_not_on_it(empty):
    done = empty.run("--today", "2026-01-12", "print", "review", "--markdown", "--out", "-")
    assert done.code == 0
    assert done.err == (
        "Without what git knows of the checklists. These files are in no git repository yet. Run: git init\n"
        "Not on it: what was done and added, which git would know.\n"
    )
    assert "## What went well?" in done.out


def test_a_review_is_a_pdf_on_one_sheet(empty):
    done = empty.run("--today", "2026-01-12", "print", "review")
    assert (done.code, done.out) == (0, "review-week-2026-01-12.pdf (1 page)\n")
