"""What is measured: a figure, its target and its limit; and the small tools of every measurement."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import connection


@dataclass(frozen=True)
class Figure:
    """One figure. ``limit`` is the same work in bare SQL, measured in the same run.

    ``least``: the target is the least that is good, not the most.
    """

    name: str
    value: float
    unit: str
    target: float | None = None
    limit: float | None = None
    least: bool = False
    note: str = ""

    @property
    def ratio(self) -> float | None:
        return self.value / self.limit if self.limit else None

    @property
    def ok(self) -> bool | None:
        """Whether the target is met; ``None`` where there is none."""
        if self.target is None:
            return None
        return self.value >= self.target if self.least else self.value <= self.target

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"ratio": self.ratio, "ok": self.ok}


@dataclass(frozen=True)
class Missing:
    """Something that could not be measured here, and why."""

    name: str
    why: str


Findings = list[Figure | Missing]
Measurement = Callable[[], Findings]


def percentile(values: list[float], share: int) -> float:
    """The value that so many per cent do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * share // 100) - 1)]


@contextmanager
def seconds() -> Iterator[list[float]]:
    """The block's time in seconds, put into the list."""
    taken: list[float] = []
    start = time.perf_counter()
    yield taken
    taken.append(time.perf_counter() - start)


@dataclass
class Statements:
    """Counts statements and their time; savepoints are no queries."""

    count: int = 0
    time: float = 0.0
    texts: list[str] = field(default_factory=list)

    def __call__(self, execute, sql, params, many, context):
        start = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.time += time.perf_counter() - start
            if not str(sql).startswith(("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO")):
                self.count += 1
                self.texts.append(str(sql))


@contextmanager
def statements() -> Iterator[Statements]:
    """The statements of the block."""
    found = Statements()
    with connection.execute_wrapper(found):
        yield found


def bare(sql: str, parameters: list[Any] | None = None) -> list[tuple]:
    """Rows of a bare statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall() if cursor.description else []
