"""Codes on paper: the same for the same record, told apart from each other, and never mistaken for another."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from playbook.codes import (
    ALPHABET,
    BLANK,
    LENGTHS,
    blank_number,
    check_letter,
    code_of,
    code_table,
    looks_like_code,
    read_code,
)

ids = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+){0,3}", fullmatch=True)
keys = st.one_of(
    st.tuples(st.just("people"), ids),
    st.tuples(st.just("name"), st.text(min_size=1)),
    st.tuples(st.just("item"), ids.map(lambda identifier: f"events/{identifier}#task")),
)
bodies = st.text(ALPHABET, min_size=2, max_size=5)


def test_a_code_is_made_of_the_id_and_a_check_letter():
    assert code_of(("people", "anselm-okoro")) == "AK" + check_letter("AK")
    assert code_of(("people", "ada-novak")) == "AN" + check_letter("AN")
    assert code_of(("name", "Petra Vondráčková")) == "PV" + check_letter("PV")


def test_the_letters_that_are_mistaken_for_digits_are_left_out_of_an_id():
    assert code_of(("people", "ian-owusu"))[:2] == "AW"


def test_two_that_would_share_a_code_both_get_a_longer_one():
    table = code_table([("people", "anna-nagy"), ("people", "ada-novak"), ("people", "lin-wei")])
    assert table["people", "lin-wei"] == code_of(("people", "lin-wei"))
    assert {len(table["people", "anna-nagy"]), len(table["people", "ada-novak"])} == {4}


def test_a_short_code_of_a_printout_from_before_is_read_as_either_of_two():
    known = [("people", "anna-nagy"), ("people", "ada-novak")]
    assert read_code(code_of(known[0]), known).keys == tuple(known)


def test_blank_codes_are_numbers_from_one_to_twelve():
    assert [blank_number(code) for code in BLANK] == list(range(1, 13))
    assert [blank_number(text) for text in ("N0", "N13", "N", "M1", "N1x", "n7")] == [None, None, None, None, None, 7]


def test_an_unknown_code_comes_with_those_one_slip_away():
    ada = ("people", "ada-novak")
    code = code_of(ada)
    slip = code[:-1] + ("2" if code[-1] != "2" else "3")
    assert read_code(slip, [ada]).keys == ()
    assert (code, ada) in read_code(slip, [ada]).near
    assert (code, ada) in read_code(code[1] + code[0] + code[2], [ada]).near
    assert (code, ada) in read_code(code[:-1], [ada]).near


@given(st.lists(keys, unique=True, max_size=40))
def test_on_one_sheet_every_code_is_somebody_elses_and_leads_back(found):
    table = code_table(found)
    assert len(set(table.values())) == len(found)
    for key, code in table.items():
        assert key in read_code(code.lower(), found).keys


@given(keys, st.sampled_from(LENGTHS))
def test_no_code_has_a_character_that_is_mistaken_nor_looks_blank(key, length):
    code = code_of(key, length)
    assert len(code) == length
    assert set(code) <= set(ALPHABET)
    assert blank_number(code) is None
    assert looks_like_code(code)
    assert code[0].isdigit() == (key[0] == "item")


@given(bodies, st.data())
def test_the_check_letter_shows_one_changed_character(body, data):
    code = body + check_letter(body)
    place = data.draw(st.integers(0, len(code) - 1))
    other = data.draw(st.sampled_from([letter for letter in ALPHABET if letter != code[place]]))
    slip = code[:place] + other + code[place + 1 :]
    assert check_letter(slip[:-1]) != slip[-1]


@given(bodies, st.data())
def test_the_check_letter_shows_two_swapped_neighbours(body, data):
    code = body + check_letter(body)
    place = data.draw(st.integers(0, len(code) - 2))
    slip = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert slip == code or check_letter(slip[:-1]) != slip[-1]
