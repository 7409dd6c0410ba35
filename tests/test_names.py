"""Who and what goes by a name that somebody wrote."""

from __future__ import annotations

from playbook.graph import Playbook
from playbook.names import by_words, called, is_short_for, organization_called
from tests.support import book


def playbook(**files: str) -> Playbook:
    """A playbook of files, `people_ada` for `people/ada.yml`."""
    loaded = book({f"{path.replace('_', '/', 1)}.yml": text for path, text in files.items()})
    assert not loaded.has_errors, [str(problem) for problem in loaded.problems]
    return loaded.playbook


def ids(here: Playbook, name: str, *, or_short: bool = True) -> list[str]:
    return [entry.id for entry in called(here.people.values(), name, or_short=or_short)]


def test_people_are_called_by_id_name_or_nickname() -> None:
    here = playbook(people_ada="name: Ada Novak\nnickname: A", people_bo="name: ada", people_cy="name: Cy")
    assert ids(here, "ada", or_short=False) == ["ada"]
    assert ids(here, "ADA", or_short=False) == ["ada", "bo"]
    assert ids(here, " a ", or_short=False) == ["ada"]
    assert ids(here, "nobody", or_short=False) == []
    assert ids(here, "", or_short=False) == []
    assert ids(here, "novak", or_short=False) == []


def test_accents_are_no_hindrance_and_a_first_name_is_enough_where_that_is_asked() -> None:
    here = playbook(people_tf="name: Tomás Ferreira", people_gn="name: Grace Novak", people_gh="name: Grace Hopper")
    assert ids(here, "tomas ferreira", or_short=False) == ["tf"]
    assert ids(here, "tomas", or_short=False) == []
    assert ids(here, "tomas") == ["tf"]
    assert ids(here, "Grace") == ["gh", "gn"]
    assert ids(here, "hopper") == []
    assert ids(here, "-") == []
    assert ids(here, "") == []


def test_a_hyphen_is_a_space_and_a_part_of_a_word_is_no_name() -> None:
    assert is_short_for("jean luc", "Jean-Luc Picard")
    assert not is_short_for("je", "Jean-Luc Picard")
    assert not is_short_for("", "Jean-Luc Picard")


def test_an_organization_is_found_by_each_of_its_names_and_another_stays_as_it_was_written() -> None:
    here = playbook(
        organizations_sg="name: Société Générale\nalso_known_as: [SocGen]",
        organizations_one="name: Twin",
        organizations_two="name: Twin",
    )
    assert organization_called(here, "sg") == "sg"
    assert organization_called(here, "societe generale") == "sg"
    assert organization_called(here, "socgen") == "sg"
    assert organization_called(here, "Twin") == "Twin"
    assert organization_called(here, "Société  Anonyme") == "Société Anonyme"


def test_words_or_a_beginning_find_what_nothing_is_called() -> None:
    here = playbook(
        people_hs="name: Helena Sorg",
        goals_mentor="title: 'Grow: to director'",
        events_leaddev="title: Talks\nstarts: 2027-01-01",
    )

    def found(words: str) -> list[str]:
        return [entry.id for entry in by_words(list(here.entries()), words)]

    assert [found(words) for words in ("sorg", "Sor", "TO director", "grow to", "leadd", "Talks", "le", "rect")] == [
        ["hs"], [], ["mentor"], ["mentor"], ["leaddev"], ["leaddev"], [], [],
    ]  # fmt: skip
