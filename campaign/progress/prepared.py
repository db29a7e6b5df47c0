"""Statements that each connection plans once: for one branch, planning the evidence takes longer than running it."""

import re
from functools import lru_cache
from hashlib import sha256
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection

_PARAMETER = re.compile(r"%\((\w+)\)s")
_known: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()  # by connection, the names it has prepared


@lru_cache(maxsize=256)
def _texts(sql: str) -> tuple[str, str, str]:
    """The statement's name, how it is prepared, and how it is executed with named parameters."""
    names = list(dict.fromkeys(_PARAMETER.findall(sql)))
    name = f"xf_{sha256(sql.encode()).hexdigest()[:24]}"
    numbered = _PARAMETER.sub(lambda found: f"${names.index(found[1]) + 1}", sql)
    # The planner would compare with plans made for the values at hand, which is what takes the time.
    given = ", ".join(f"%({parameter})s" for parameter in names)
    execute = f"SET LOCAL plan_cache_mode = force_generic_plan; EXECUTE {name} ({given})"
    return name, f"PREPARE {name} AS {numbered}", execute


def fetch_one(sql: str, values: dict[str, Any]) -> tuple:
    """The first row of a statement with named parameters, inside a transaction. Its plan serves all values alike:
    meant for statements about a few rows found by key."""
    name, prepare, execute = _texts(sql)
    with connection.cursor() as cursor:
        names = _known.setdefault(connection.connection, set())
        if name not in names:
            cursor.execute(prepare)
            names.add(name)
        cursor.execute(execute, values)
        return cursor.fetchone()
