"""Append-only audit of updates and deletions, whoever makes them: actions, bulk statements or imports.

Each event keeps the row as it *was*; the table holds the row as it is. Inserts carry their action or
import run instead, because an event for each inserted row costs more than the insert (design section 3).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pghistory
from django.db import models
from django.utils.encoding import force_str
from django.utils.translation import gettext


def tracked(exclude: list[str] | None = None) -> Callable[[type[models.Model]], type[models.Model]]:
    """Track updates and deletions of a model, statement level, without a foreign key to the row."""
    return pghistory.track(
        pghistory.UpdateEvent(row=pghistory.Old),
        pghistory.DeleteEvent(row=pghistory.Old),
        exclude=exclude,
        obj_field=pghistory.ObjForeignKey(db_constraint=False, related_name="history", null=True),
        append_only=True,
    )


@dataclass(frozen=True)
class Change:
    """One entry of an object's history: when, who, by which action, why, and what became what."""

    at: datetime
    account_id: int | None
    action: str
    reason: str
    fields: list[tuple[str, str, str]]


def _shown(obj: models.Model, field: models.Field, value: Any) -> str:
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, list):
        return _listed(obj, field, value)
    if field.choices:
        return force_str(dict(field.flatchoices).get(value, value))
    if field.remote_field:
        found = field.related_model._base_manager.filter(pk=value).first()
        return str(found or value)
    return str(value)


def _listed(obj: models.Model, field: models.Field, values: list) -> str:
    """Codes by their names: those of the choices, or of the model's ``names_of_<field>()``; of keys their number."""
    if all(isinstance(value, int) for value in values):
        return str(len(values))
    coded = getattr(field, "base_field", field)
    names = dict(coded.flatchoices) if coded.choices else getattr(obj, f"names_of_{field.name}", dict)()
    return gettext(", ").join(str(names.get(value, value)) for value in values)


def changes(obj: models.Model, limit: int = 50) -> list[Change]:
    """The history of ``obj``, newest first, at most ``limit`` entries."""
    events = list(obj.history.select_related("pgh_context").order_by("-pgh_id")[:limit])
    fields = [f for f in obj._meta.concrete_fields if f.editable or f.name in ("closed_on", "successor")]
    entries = []
    newer: Any = obj
    for event in events:
        metadata = event.pgh_context.metadata if event.pgh_context else {}
        differing = [
            (str(f.verbose_name), _shown(obj, f, getattr(event, f.attname)), _shown(obj, f, getattr(newer, f.attname)))
            for f in fields
            if hasattr(event, f.attname) and getattr(event, f.attname) != getattr(newer, f.attname)
        ]
        newer = event
        if differing:
            entries.append(
                Change(
                    at=event.pgh_created_at,
                    account_id=metadata.get("account"),
                    action=metadata.get("action", ""),
                    reason=metadata.get("reason", ""),
                    fields=differing,
                )
            )
    return entries
