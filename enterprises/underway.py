"""What a worker and a page say to each other about long work: signs of life, the wish to stop, one worker at a time."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.cache import cache
from django.db import connection

SILENCE = 60  # seconds without a sign of life after which work may be begun anew
HOUR = 3600


class Cancelled(Exception):
    """The person who ordered the work has called it off."""


@dataclass(frozen=True)
class Sign:
    """The last sign of life of a run."""

    stage: str = ""
    done: int = 0
    total: int = 0
    at: float = 0.0

    @property
    def is_fresh(self) -> bool:
        return time.time() - self.at < SILENCE


@dataclass(frozen=True)
class Work:
    """One kind of long work. ``lock`` is the first key of its advisory locks; the second is the run."""

    name: str
    lock: int

    def sign_of_life(self, run_id: int) -> Sign:
        """What the worker last said about a run."""
        return Sign(*cache.get(self._key("run", run_id), ()))

    def say(self, run_id: int, stage: str, done: int, total: int) -> None:
        """Give a sign of life. Raises ``Cancelled`` when somebody has asked to stop."""
        cache.set(self._key("run", run_id), (stage, done, total, time.time()), HOUR)
        if cache.get(self._key("stop", run_id)):
            raise Cancelled

    def ask_to_stop(self, run_id: int) -> None:
        """Have the worker stop soon."""
        cache.set(self._key("stop", run_id), True, HOUR)

    def _key(self, what: str, run_id: int) -> str:
        return f"{self.name}-{what}-{run_id}"

    @contextmanager
    def alone(self, run_id: int) -> Iterator[bool]:
        """Hold the run for this worker; ``False`` when another one is at it. Freed when the worker dies."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [self.lock, run_id])
            mine = cursor.fetchone()[0]
        try:
            yield mine
        finally:
            if mine and not connection.needs_rollback:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [self.lock, run_id])
