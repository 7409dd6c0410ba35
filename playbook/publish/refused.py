"""Why a sealed site, or a key to one, was not taken: one sentence that holds no secret."""

from __future__ import annotations


class Refused(ValueError):  # noqa: N818  (it names what happened)
    """Nothing was opened or sealed."""


class WrongSecret(Refused):
    """The passphrase or link opens no slot."""
