"""Who may come in: a key that works once and a few minutes becomes a cookie, and the cookie is known for this run.

Refuses to know requests. The cookie goes to every port of this machine, for browsers tell no ports apart; so it never
stands alone where a page of another port could use it (see `guard`).
"""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

KEY_SECONDS = 600.0
"""How long a key works that nobody has used."""


@dataclass
class Door:
    """The keys, the cookie and the token of one run."""

    clock: Callable[[], float] = time.monotonic
    cookie: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    """What a browser that came in brings with every request."""
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    """What a page of this run brings with everything that it changes; it is in no built file."""
    _keys: dict[str, float] = field(default_factory=dict)

    def new_key(self) -> str:
        """A key that opens once, within `KEY_SECONDS`."""
        now = self.clock()
        self._keys = {key: end for key, end in self._keys.items() if end > now}
        key = secrets.token_urlsafe(16)
        self._keys[key] = now + KEY_SECONDS
        return key

    def opens(self, key: str) -> bool:
        """Whether the key opens; from now on it does not."""
        for known, end in list(self._keys.items()):
            if hmac.compare_digest(known.encode(), key.encode()):
                del self._keys[known]
                return self.clock() < end
        return False

    def knows(self, cookie: str) -> bool:
        """Whether somebody came in before."""
        return hmac.compare_digest(cookie.encode(), self.cookie.encode())

    def trusts(self, token: str) -> bool:
        """Whether a page of this run is asking."""
        return hmac.compare_digest(token.encode(), self.token.encode())
