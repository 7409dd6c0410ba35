"""Keys follow from one secret as the document says, and from nothing that was weakened."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.publish.keys import OwnerKey, hkdf, master_of_link, master_of_passphrase
from playbook.publish.opening import LinkSecret
from playbook.publish.words import link_text, new_link, new_passphrase, read_secret, word_list

SALT = bytes(range(16))


def test_known_keys():
    # By `openssl kdf -kdfopt digest:SHA256 -kdfopt pass:x -kdfopt hexsalt:… -kdfopt iter:600000 PBKDF2`, and HKDF.
    master = master_of_passphrase("x", SALT, 600_000)
    owner = OwnerKey.of_master(master, SALT)
    assert (master.hex(), owner.wrap.hex(), owner.own.hex(), master_of_link(bytes(16), SALT).hex()) == (
        "740b9551629f8720b528265c599c49e7cf7ad6f11bf24e7020a13cea45eb635a",
        "da5c37347407b456cba1e494dbf894a2a2a50b58c36ab75433ba196dcf584614",
        "62c0a613661bb6c8563c93bcc845e15fefd0fa041efb4ccaa30faab44b8c0d66",
        "4811e86b859196abc35fabb53c8784b503db991d186f2cfd36b0654b423e7252",
    )


def test_an_empty_salt_is_as_the_rfc_says_32_zero_bytes():
    assert hkdf(b"k" * 32, b"", b"pack") == hkdf(b"k" * 32, bytes(32), b"pack")
    assert len(hkdf(b"k" * 32, b"", b"pack", 60)) == 60


@pytest.mark.parametrize("iterations", [0, 599_999, 10_000_001])
def test_a_key_is_never_derived_with_too_few_or_too_many_iterations(iterations):
    with pytest.raises(ValueError, match=f"the key is derived with {iterations:,} iterations; (fewer|more) than"):
        master_of_passphrase("x", SALT, iterations)


@pytest.mark.parametrize("length", [0, 15, 17])
def test_a_link_has_16_bytes(length):
    with pytest.raises(ValueError, match="a link's secret has 16 bytes"):
        master_of_link(bytes(length), SALT)


def test_there_are_7776_words_of_letters_and_each_stands_there_once():
    words = word_list()
    assert (len(words), len(set(words)), words[0], words[-1]) == (7776, 7776, "abacus", "zoom")
    assert {word for word in words if not (word.isascii() and word.isalpha() and word.islower())} == {
        "drop-down", "felt-tip", "t-shirt", "yo-yo",
    }  # fmt: skip


def test_a_passphrase_is_six_words_of_the_list_and_no_two_are_alike():
    made = [new_passphrase() for _ in range(200)]
    assert len(set(made)) == 200
    assert {len(passphrase.split(" ")) for passphrase in made} == {6}
    drawn = {word for passphrase in made for word in passphrase.split(" ")}
    assert drawn <= set(word_list())
    # 1,200 draws out of 7,776: about 1,112 different words. Fewer than 1,000 is no chance.
    assert len(drawn) > 1000


@given(st.binary(min_size=16, max_size=16))
def test_a_link_is_read_back_whole_or_from_its_end(secret):
    link = LinkSecret(secret)
    assert read_secret(link_text(link, "https://ada.example/road/")) == link
    assert read_secret(link_text(link)) == link
    assert read_secret(link_text(link) + "!/people/ada/") == link
    assert len(link_text(link)) == 25


@pytest.mark.parametrize("text", ["six words", "a #k=b", "#k=", "#k=!!!!", "#k=" + "A" * 21, "#k=" + "A" * 24])
def test_what_is_no_link_is_a_passphrase(text):
    assert read_secret(text) == text


def test_a_link_never_shows_in_its_text():
    assert repr(new_link()) == "LinkSecret()"
