"""How often one network may write, without keeping who wrote (docs/decisions/0060).

What is counted is a keyed hash of the address. Its key is drawn at random each day and lives, like the counts,
in the cache only and expires there; neither is ever written to the database or a log. Once the key is gone,
nothing can be traced back to an address, and the counts of two days cannot be joined. The limits are wide: the
workers of one site often share one address.
"""

import hashlib
import secrets

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from enterprises import clock

DAY, HOUR = 86_400, 3_600  # seconds
SENDINGS = 40  # opinions in an hour from one network
LOOKUPS = 60  # reference numbers looked up in an hour from one network


def allowed(request: HttpRequest, what: str, most: int) -> bool:
    """Count one more ``what`` from this network; whether that is still within ``most`` in this hour."""
    key = f"opinions:{what}:{_anonymous(request)}:{clock.now():%d%H}"
    cache.add(key, 0, HOUR)
    try:
        return cache.incr(key) <= most
    except ValueError:  # it expired between the two calls
        return True


def _anonymous(request: HttpRequest) -> str:
    day = clock.today().isoformat()
    secret = cache.get_or_set(f"opinions:salt:{day}", lambda: secrets.token_hex(32), DAY)
    return hashlib.blake2b(_address(request).encode(), key=bytes.fromhex(secret), digest_size=16).hexdigest()


def _address(request: HttpRequest) -> str:
    """The address of the caller; behind a proxy, the last one that the proxy itself has noted."""
    if getattr(settings, "SECURE_PROXY_SSL_HEADER", None):
        noted = request.META.get("HTTP_X_FORWARDED_FOR", "").rsplit(",", 1)[-1].strip()
        if noted:
            return noted
    return request.META.get("REMOTE_ADDR", "")
