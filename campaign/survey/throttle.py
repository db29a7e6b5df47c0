"""A brake on guessing codes that keeps nobody's address (docs/decisions/0070).

Only *failed* tries are counted, under a keyed hash that is good for ten minutes and cannot be turned back into
an address. Whoever has a valid code leaves nothing here.
"""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from enterprises import clock

TRIES = 20
MINUTES = 10


def _key(request: HttpRequest) -> str:
    window = int(clock.now().timestamp()) // (MINUTES * 60)
    return "ballot-tries:" + salted_hmac("campaign.survey.throttle", f"{window} {_address(request)}").hexdigest()[:20]


def _address(request: HttpRequest) -> str:
    """Where the request comes from: behind a proxy, what the proxy added last."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return forwarded.rsplit(",", 1)[-1].strip() or request.META.get("REMOTE_ADDR", "")


def too_many(request: HttpRequest) -> bool:
    """Whether there were so many failures that the next try has to wait."""
    return (cache.get(_key(request)) or 0) >= TRIES


def failed(request: HttpRequest) -> None:
    """Count one failure."""
    key = _key(request)
    cache.add(key, 0, MINUTES * 60)
    try:
        cache.incr(key)
    except ValueError:  # it ran out in between
        cache.set(key, 1, MINUTES * 60)
