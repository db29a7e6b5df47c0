"""Writing generated rows through COPY: lines gathered per table, sent in large pieces in the background."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import StringIO
from queue import Queue
from threading import Thread
from types import TracebackType

from django.db import connection, models

PIECE = 4_000_000  # characters held before they are sent
READ = 1_000_000  # characters the driver takes at a time: for each it waits until the maker pauses
WAITING = 6  # pieces that may wait while the database is at work
NULL = "\\N"


def text(value: object) -> str:
    """A value in COPY's text format."""
    if value is None:
        return NULL
    if value is True or value is False:
        return "t" if value else "f"
    return str(value)


def array(ids: Iterable[int]) -> str:
    """A PostgreSQL array of numbers."""
    return "{" + ",".join(map(str, ids)) + "}"


class Courier:
    """Takes pieces to the database while the next ones are being made; all in the caller's transaction.

    A context manager. Until it is left, the connection is the courier's. Leaving it waits for the last
    piece and raises what went wrong on the way, if anything did.
    """

    def __enter__(self) -> "Courier":
        connection.ensure_connection()
        self._raw = connection.connection
        self._pieces: Queue[tuple[str, str] | None] = Queue(WAITING)
        self._failure: Exception | None = None
        self._thread = Thread(target=self._work, name="copy", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pieces.put(None)
        self._thread.join()
        if self._failure and error is None:
            raise self._failure

    def send(self, statement: str, piece: str) -> None:
        """Hand over one COPY statement with its lines. Raises what an earlier piece failed with."""
        if self._failure:
            raise self._failure
        self._pieces.put((statement, piece))

    def _work(self) -> None:
        while (item := self._pieces.get()) is not None:
            if self._failure:
                continue
            try:
                with self._raw.cursor() as cursor:
                    cursor.copy_expert(item[0], StringIO(item[1]), READ)
            except Exception as error:  # handed to the caller, who is in another thread
                self._failure = error


_SECONDARY = """
SELECT i.indrelid::regclass::text, c.conname, coalesce(pg_get_constraintdef(c.oid), pg_get_indexdef(i.indexrelid)),
    i.indexrelid::regclass::text
FROM pg_index i LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.contype = 'u'
WHERE i.indrelid::regclass::text = ANY(%s) AND NOT i.indisprimary
ORDER BY i.indexrelid
"""


@contextmanager
def without_indexes(sheets: "Iterable[Sheet]") -> Iterator[None]:
    """Fill empty tables without their indexes and unique constraints, and make these at the end.

    Sorting all keys once takes less than finding the place of each. Needs the tables for itself.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SECONDARY, [[sheet.model._meta.db_table for sheet in sheets]])
        found = cursor.fetchall()
        for table, constraint, _definition, index in found:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}" if constraint else f"DROP INDEX {index}")
        yield
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        for table, constraint, definition, _index in found:
            again = f"ALTER TABLE {table} ADD CONSTRAINT {constraint} {definition}" if constraint else definition
            cursor.execute(again)


class Sheet:
    """Rows of one model on their way into the database. ``next_id`` counts on from what is stored."""

    def __init__(self, model: type[models.Model], fields: str) -> None:
        self.model = model
        columns = [connection.ops.quote_name(model._meta.get_field(name).column) for name in fields.split()]
        table = connection.ops.quote_name(model._meta.db_table)
        self.statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
        largest = model._base_manager.aggregate(largest=models.Max("pk"))["largest"]
        self.next_id = (largest or 0) + 1
        self.rows = 0
        self._lines: list[str] = []
        self._held = 0
        self._courier: Courier | None = None

    def by(self, courier: Courier) -> None:
        """Send pieces by this courier as they grow large."""
        self._courier = courier

    def take_id(self) -> int:
        """A fresh primary key."""
        self.next_id += 1
        return self.next_id - 1

    def add(self, *values: object) -> None:
        """One row, values in the order of the columns."""
        self.add_line("\t".join(map(text, values)))

    def add_line(self, line: str) -> None:
        """One row, already in COPY's text format (the fast way)."""
        self._lines.append(line)
        self._held += len(line)
        self.rows += 1
        if self._held > PIECE and self._courier:
            self.send(self._courier)

    def send(self, courier: Courier) -> None:
        """Send what is held."""
        if self._lines:
            self._lines.append("")
            courier.send(self.statement, "\n".join(self._lines))
            self._lines, self._held = [], 0


def deliver(*sheets: Sheet) -> None:
    """Send small sheets at once, and renumber their tables."""
    with Courier() as courier:
        for sheet in sheets:
            sheet.send(courier)
    renumber(sheets)


def renumber(sheets: Iterable[Sheet]) -> None:
    """Let each table's own numbering go on behind the rows written."""
    with connection.cursor() as cursor:
        for sheet in sheets:
            table, column = sheet.model._meta.db_table, sheet.model._meta.pk.column
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s, false)", [table, column, sheet.next_id])
