"""The one clock. Days are days in Shanghai, whatever the zone of the server or the database session."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
_fixed: ContextVar[datetime | None] = ContextVar("fixed_clock", default=None)


def now() -> datetime:
    """The present moment, aware, in Shanghai time."""
    return _fixed.get() or datetime.now(ZONE)


def today() -> date:
    """The present day in Shanghai (at 06:30 there, UTC still has yesterday)."""
    return now().date()


@contextmanager
def fixed(moment: datetime | date) -> Iterator[None]:
    """Hold the clock at ``moment`` (a date means noon) inside the block."""
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, 12, tzinfo=ZONE)
    token = _fixed.set(moment)
    try:
        yield
    finally:
        _fixed.reset(token)
