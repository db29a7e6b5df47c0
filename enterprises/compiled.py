"""Querysets whose SQL is made once: for a few rows, making it takes several times as long as running it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.query import RawQuerySet

if TYPE_CHECKING:
    from enterprises.models import Account

# Stand in for the values while the SQL is made; nothing stored has such ids or days.
_STAND_INS: dict[type, list[Any]] = {
    int: [-(10**15) - number for number in range(8)],
    date: [date(1, 1, 1 + number) for number in range(8)],
}


@lru_cache(maxsize=64)
def _compile(
    build: Callable[..., QuerySet], variant: tuple, kinds: tuple[tuple[str, type], ...]
) -> tuple[Any, str, list]:
    """The model, the SQL, and its parameters: for each whether it is one of the values, and which or what."""
    left = {kind: list(values) for kind, values in _STAND_INS.items()}
    given = {name: left[kind].pop() for name, kind in kinds}
    queryset = build(*variant, **given)
    sql, parameters = queryset.query.sql_with_params()
    names = {value: name for name, value in given.items()}
    marked = [(True, names[p]) if type(p) in _STAND_INS and p in names else (False, p) for p in parameters]
    if missing := set(given) - {what for is_value, what in marked if is_value}:
        raise ValueError(f"not in the statement: {', '.join(sorted(missing))}")
    return queryset.model, sql, marked


@dataclass(frozen=True)
class Reader:
    """An account, told from another by its reach alone: what `visible_to` makes of it depends on nothing else."""

    key: tuple
    account: Account = field(compare=False)

    @classmethod
    def of(cls, account: Account) -> Reader:
        return cls((account.is_authenticated, account.reach.key), account)


def _filled(build: Callable[..., QuerySet], variant: tuple, values: dict[str, Any]) -> tuple[Any, str, list]:
    kinds = tuple((name, type(value)) for name, value in values.items())
    model, sql, marked = _compile(build, variant, kinds)
    return model, sql, [values[what] if is_value else what for is_value, what in marked]


def rows(build: Callable[..., QuerySet], *variant: object, **values: int | date) -> RawQuerySet:
    """The rows of ``build(*variant, **values)``, whose shape depends on ``variant`` alone.

    ``values`` are ids and days that ``build`` only hands on as parameters of the statement.
    """
    model, sql, parameters = _filled(build, variant, values)
    return model._base_manager.raw(sql, parameters)


def tuples(build: Callable[..., QuerySet], *variant: object, **values: int | date) -> list[tuple]:
    """The same as plain columns, in the order of the statement: for unions, whose columns have no names."""
    _model, sql, parameters = _filled(build, variant, values)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()
