"""What a member key looks like and when it is good, as pure functions.

A code is six characters that find the key and eight that prove it: 8 of an alphabet of 31 are 39 bits, and
five wrong attempts on one key lock it for a quarter of an hour, as with passwords.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is read wrongly on paper
SELECTOR, SECRET = 6, 8
GROUPS = (6, 4, 4)
GOOD_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Code:
    """A code in its two halves."""

    selector: str
    secret: str

    def __str__(self) -> str:
        """As printed: ``abcdef-ghjk-mnpq``."""
        whole, parts = self.selector + self.secret, []
        for length in GROUPS:
            parts.append(whole[:length])
            whole = whole[length:]
        return "-".join(parts)


def new_code() -> Code:
    """A random code."""
    text = "".join(secrets.choice(ALPHABET) for _i in range(SELECTOR + SECRET))
    return Code(text[:SELECTOR], text[SELECTOR:])


def read_code(text: str) -> Code | None:
    """The code a person typed: capitals, spaces and strokes do not matter. ``None``: it cannot be one."""
    plain = "".join(c for c in text.lower() if c.isalnum())
    if len(plain) != SELECTOR + SECRET or set(plain) - set(ALPHABET):
        return None
    return Code(plain[:SELECTOR], plain[SELECTOR:])


def good(used_at: datetime | None, revoked_at: datetime | None, expires_at: datetime, now: datetime) -> bool:
    """Whether a key may still be redeemed."""
    return used_at is None and revoked_at is None and now < expires_at
