"""Keeping who has read which restricted record (dossier 2.12)."""

from collections.abc import Iterable

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


@action
def record_reads(*, by: Account, records: Iterable[models.Model], organization: Organization) -> None:
    """Note that ``by`` is being shown all these records of ``organization`` on one page, each for itself."""
    moment = clock.now()
    RestrictedRead.objects.bulk_create(
        RestrictedRead(
            account=by,
            model=str(record._meta.model_name),
            object_id=record.pk,
            organization=organization,
            at=moment,
        )
        for record in records
    )
