"""A passphrase that would be guessed is refused with the reason; one that the program makes never is."""

from __future__ import annotations

import pytest

from playbook.publish.strength import weakness
from playbook.publish.words import new_passphrase


@pytest.mark.parametrize(
    ("passphrase", "reason"),
    [
        ("", "it has 0 characters; that is guessed at once"),
        ("hunter2", "it has 7 characters; that is guessed at once"),
        ("Tr0ub4dor&3", "it would be found in about 2^37 guesses; 2^60 are the least that will do"),
        (
            "correct horse battery staple",
            "it is 4 different words; 5 that were chosen at random are the least that will do",
        ),
        (
            "correct-horse-battery-staple",
            "it is 4 different words; 5 that were chosen at random are the least that will do",
        ),
        ("yes yes yes yes yes yes yes yes", "it is one word; 5 that were chosen at random are the least that will do"),
        ("a" * 500, "it is one word; 5 that were chosen at random are the least that will do"),
        ("1234567890" * 40, "it would be found in about 2^15 guesses; 2^60 are the least that will do"),
        ("qwertyuiop asdfghjkl", "it is 2 different words; 5 that were chosen at random are the least that will do"),
    ],
)
def test_a_weak_one_is_refused_with_the_reason(passphrase, reason):
    assert weakness(passphrase) == reason


@pytest.mark.parametrize(
    "passphrase",
    [
        "f7Q!zp2&Lw9#xT4m@Gd",
        "mist Ofen kleiner Wal Trompete nie",
        "пять разных слов этого языка",
        "tundra 7 velvet Ox! quill 93 harp",
    ],
)
def test_a_strong_one_is_taken(passphrase):
    assert weakness(passphrase) is None


def test_what_the_program_makes_is_always_taken():
    assert [reason for _ in range(60) if (reason := weakness(new_passphrase()))] == []


def test_a_name_out_of_the_playbook_counts_for_little():
    text = "Xylquorbazeth9427kvw"
    assert weakness(text) is None
    assert weakness(text, ["Xylquorbazeth9427kvw", ""]) == (
        "it would be found in about 2^2 guesses; 2^60 are the least that will do"
    )


@pytest.mark.parametrize("passphrase", ["CANARY7", "CANARYword CANARY", "CANARY-12345"])
def test_the_reason_never_quotes_it(passphrase):
    reason = weakness(passphrase)
    assert reason is not None
    assert "CANARY" not in reason
