"""Who sees and keeps service commitments, hot issues, user lines, activities and rules."""

from typing import Any

from tests.access.rows.rectification import LISTED, READERS, READS, SEES, WRITERS, branch
from tests.access.table import Row, only
from tests.cast import Cast
from tests.services import stage

FORM = only(*WRITERS) | READS


def one(name: str):
    """The arguments of the page of one record."""

    def kwargs(cast: Cast) -> dict[str, Any]:
        return {"pk": getattr(stage, name)(cast).pk}

    return kwargs


def _pages(name: str) -> list[Row]:
    return [
        Row(f"services:{name}_list", only(*LISTED)),
        Row(f"services:{name}_new", only(*WRITERS) | SEES, kwargs=branch),
        Row(f"services:{name}_new", only(*WRITERS) | SEES, kwargs=branch, method="post"),
        Row(f"services:{name}_edit", FORM, kwargs=one(name)),
        Row(f"services:{name}_edit", FORM, kwargs=one(name), method="post"),
    ]


ROWS = [
    Row("services:home", only(*LISTED)),
    *(row for name in ("commitment", "issue", "line", "activity", "rule") for row in _pages(name)),
    Row("services:commitment", only(*READERS), kwargs=one("commitment")),
    Row("services:commitment_check", FORM, kwargs=one("commitment")),
    Row("services:commitment_check", FORM, kwargs=one("commitment"), method="post"),
    Row("services:issue", only(*READERS), kwargs=one("issue")),
    Row("services:issue_step", FORM, kwargs=one("issue")),
    Row("services:issue_step", FORM, kwargs=one("issue"), method="post"),
]
