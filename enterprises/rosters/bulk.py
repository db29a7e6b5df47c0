"""Set-based writing of many rows by id: COPY for new ones, one UPDATE from a temporary table for changed."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models

from enterprises.rosters.columns import NULL
from enterprises.rosters.staging import copy


def _spelled(value: Any) -> str:
    if value is None:
        return NULL
    if value is True or value is False:
        return "t" if value else "f"
    return str(value).replace("\\", "\\\\").replace("\t", " ").replace("\n", " ").replace("\r", " ")


def _lines(rows: Iterable[Sequence[Any]]) -> str:
    return "".join("\t".join(map(_spelled, row)) + "\n" for row in rows)


def new_ids(model: type[models.Model], count: int) -> list[int]:
    """``count`` ids of the table's sequence, taken at once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [row[0] for row in cursor.fetchall()]


def insert(model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """COPY new rows into the model's table."""
    if rows:
        copy(_lines(rows), f"COPY {model._meta.db_table} ({', '.join(columns)}) FROM STDIN")


def update(model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Update ``columns`` of many rows at once; each row begins with its id."""
    if not rows:
        return
    table, staged = model._meta.db_table, "roster_changes"
    named = ", ".join(["id", *columns])
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {staged} ON COMMIT DROP AS SELECT {named} FROM {table} WITH NO DATA")
        copy(_lines(rows), f"COPY {staged} ({named}) FROM STDIN")
        assignments = ", ".join(f"{c} = s.{c}" for c in columns)
        cursor.execute(f"UPDATE {table} t SET {assignments} FROM {staged} s WHERE s.id = t.id")
        cursor.execute(f"DROP TABLE {staged}")
