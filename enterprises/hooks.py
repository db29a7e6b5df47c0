"""The announced upward calls: lists of dotted names in settings, run inside the caller's transaction.

``TREE_CHANGED(organization_ids, before)`` and ``MEMBERSHIP_CHANGED(organization_ids)`` are called by
enterprises, ``SCHEDULE_CHANGED(campaign_id, unit_ids)`` by campaign.plan. There are no signals.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.core.checks import Error, register
from django.utils.module_loading import import_string

NAMES = ("TREE_CHANGED", "MEMBERSHIP_CHANGED", "SCHEDULE_CHANGED")


@cache
def _receivers(name: str) -> tuple[Callable[..., None], ...]:
    return tuple(import_string(dotted) for dotted in getattr(settings, name))


def call(name: str, **arguments: Any) -> None:
    """Run every function listed under ``name``, in order, in the present transaction."""
    for receiver in _receivers(name):
        receiver(**arguments)


@register()
def check_hooks(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Refuse to start when a listed function cannot be imported."""
    errors = []
    for name in NAMES:
        try:
            _receivers(name)
        except (ImportError, AttributeError) as error:
            errors.append(Error(f"settings.{name}: {error}", id="enterprises.E001"))
    return errors
