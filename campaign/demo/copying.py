"""Writing generated rows through COPY: text lines gathered per table, sent in large pieces."""

from collections.abc import Iterable
from io import StringIO

from django.db import connection, models

PIECE = 8_000_000  # characters held before they are sent
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


class Sheet:
    """Rows of one model on their way into the database. ``next_id`` counts on from what is stored."""

    def __init__(self, model: type[models.Model], fields: str) -> None:
        self.model = model
        self.columns = [model._meta.get_field(name).column for name in fields.split()]
        largest = model._base_manager.aggregate(largest=models.Max("pk"))["largest"]
        self.next_id = (largest or 0) + 1
        self.rows = 0
        self._lines: list[str] = []
        self._held = 0

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
        self._held += len(line) + 1
        self.rows += 1
        if self._held > PIECE:
            self.send()

    def send(self) -> None:
        """Send what is held."""
        if not self._lines:
            return
        table = connection.ops.quote_name(self.model._meta.db_table)
        columns = ", ".join(map(connection.ops.quote_name, self.columns))
        self._lines.append("")
        with connection.cursor() as cursor:
            cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", StringIO("\n".join(self._lines)))
        self._lines, self._held = [], 0

    def close(self) -> None:
        """Send the rest and let the table's own numbering go on behind the rows written."""
        self.send()
        table, column = self.model._meta.db_table, self.model._meta.pk.column
        with connection.cursor() as cursor:
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s, false)", [table, column, self.next_id])
