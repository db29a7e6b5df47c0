"""Keeping who has read which restricted record (dossier 2.12)."""

from django.db import models

from enterprises import clock
from enterprises.action import action
from enterprises.models import Account, Organization, RestrictedRead


@action
def record_read(*, by: Account, record: models.Model, organization: Organization) -> RestrictedRead:
    """Note that ``by`` is being shown the text of ``record``, which belongs to ``organization``."""
    return RestrictedRead.objects.create(
        account=by,
        model=str(record._meta.model_name),
        object_id=record.pk,
        organization=organization,
        at=clock.now(),
    )
