"""Five wrong attempts on one key lock it for a quarter of an hour, as at the door. No address is kept."""

from django.conf import settings
from django.core.cache import cache


def _name(selector: str) -> str:
    return f"member-key:{selector}"


def fail(selector: str) -> None:
    """Count a wrong attempt; the time runs from the first of them."""
    seconds = int(settings.AXES_COOLOFF_TIME.total_seconds())
    if not cache.add(_name(selector), 1, seconds):
        try:
            cache.incr(_name(selector))
        except ValueError:  # it ran out between the two
            cache.add(_name(selector), 1, seconds)


def is_locked(selector: str) -> bool:
    """Whether too many attempts were wrong."""
    return (cache.get(_name(selector)) or 0) >= settings.AXES_FAILURE_LIMIT


def clear(selector: str) -> None:
    """Forget the wrong attempts after a right one."""
    cache.delete(_name(selector))
