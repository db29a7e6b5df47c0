"""The staging table of a member roster: filled by COPY, read by set-based statements, gone with the session."""

import io
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from django.db import connection

from enterprises.names import name_key
from enterprises.rosters.checks import MOST_KEPT, Block
from enterprises.rosters.columns import NULL

TABLE = "roster_members"
FIELDS = (
    "code", "name", "name_key", "gender", "born_on", "education", "admitted_on", "full_on", "kind",
    "category", "branch", "contact", "phone",
)  # fmt: skip
_CREATE = f"""
CREATE TEMPORARY TABLE {TABLE} (
    sheet smallint NOT NULL, line int NOT NULL, valid boolean NOT NULL,
    code text COLLATE "C", name text, name_key text, gender text, born_on date, education text,
    admitted_on date, full_on date, kind text, category text, branch_id bigint, party_group_id bigint,
    contact text, phone text
)
"""
_COPY = f"""
COPY {TABLE} (sheet, line, valid, code, name, name_key, gender, born_on, education, admitted_on, full_on,
    kind, category, branch_id, party_group_id, contact, phone) FROM STDIN
"""
NO_BRANCH = f"{NULL}\t{NULL}"  # branch and Party group are one cell in the roster, two columns here
_MEMORY = "256MB"


class Keys(dict):
    """Name -> its pinyin sort key, each worked out once."""

    def __missing__(self, name: str) -> str:
        if len(self) > MOST_KEPT:
            self.clear()
        found = "" if name == NULL else name_key(name)
        self[name] = found
        return found


class Staging:
    """Writes blocks of members into the staging table, each while the next one is being read.

    The connection is busy until ``settle`` returns: nothing else may be asked of it before.
    """

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self.keys = Keys()
        self.rows = 0
        self.pool = pool
        self.pending: Future[None] | None = None

    def write(self, block: Block, sheet: int) -> None:
        """COPY one block. Rows without a readable code are left out: nothing can be done with them."""
        columns = block.columns
        count = len(block.numbers)
        valid = ["t"] * count
        for index in block.wrong:
            valid[index] = "f"
        columns["name_key"] = list(map(self.keys.__getitem__, columns["name"]))
        lines = [[str(sheet)] * count, map(str, block.numbers), valid, *(columns[f] for f in FIELDS)]
        rows = list(map("\t".join, zip(*lines, strict=True)))
        if NULL in columns["code"]:
            rows = [row for row, code in zip(rows, columns["code"], strict=True) if code != NULL]
        self.rows += len(rows)
        if rows:
            content = "\n".join(rows) + "\n"
            self.settle()
            self.pending = self.pool.submit(_copy_raw, connection.connection, content)

    def settle(self) -> None:
        """Wait until all blocks are in the table. Raises what went wrong there."""
        pending, self.pending = self.pending, None
        if pending:
            pending.result()


def _copy_raw(raw: Any, content: str) -> None:
    # Django's connection belongs to its thread; the driver's may be used in another, one at a time.
    with raw.cursor() as cursor:
        cursor.copy_expert(_COPY, io.StringIO(content))


def copy(content: str, statement: str) -> None:
    """COPY text into the database in the present transaction."""
    with connection.cursor() as cursor:
        cursor.copy_expert(statement, io.StringIO(content))


@contextmanager
def staging() -> Iterator[Staging]:
    """The staging table for the length of the block; always dropped, also after an error or cancelling."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")
        cursor.execute(_CREATE)
    try:
        with ThreadPoolExecutor(1) as pool:
            yield Staging(pool)
    finally:
        if not connection.needs_rollback and connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")


def query(sql: str, values: Any = None) -> list[tuple]:
    """The rows of a set-based statement, run with room for hashing."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET work_mem = '{_MEMORY}'")
        try:
            cursor.execute(sql, values)
            return cursor.fetchall() if cursor.description else []
        finally:
            if not connection.needs_rollback:
                cursor.execute("RESET work_mem")
