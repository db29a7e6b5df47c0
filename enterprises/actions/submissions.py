"""One form sent twice is one record."""

from typing import Any
from uuid import UUID

from django.db import connection, models


def earlier(model: type[models.Model], submission: UUID, **same: Any) -> Any:
    """The record that an earlier sending of this form made, or ``None``.

    The second of two clicks waits until the first has made its record: one transaction at a time handles a
    submission. ``same`` narrows it, so that a number that was guessed finds nothing of somebody else's.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [submission.int % 2**63])
    return model._base_manager.filter(submission=submission, **same).first()
