"""Training of secretaries and backbone workers (items 23, 24)."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from campaign.leadership.actions.entering import entered, require_open, require_own, stamp
from campaign.leadership.models import Trainee, TrainingEvent
from campaign.plan.models import Campaign
from enterprises import clock
from enterprises.action import ActionError, action
from enterprises.actions.permit import locked, not_future
from enterprises.models import Member, Organization
from enterprises.tree import under
from enterprises.uploads import check_upload


@action
def record_training(
    *,
    by,
    campaign: Campaign,
    organization: Organization,
    kind: str,
    title: str,
    held_on: date,
    place: str = "",
    materials: str = "",
    upload: UploadedFile | None = None,
    submission: UUID | None = None,
) -> TrainingEvent:
    """Record a training event held by the organisation. The participants sign in afterwards."""
    require_own(by, organization)
    if same := entered(TrainingEvent, submission):
        return same
    require_open(organization)
    not_future(held_on, "held_on")
    stamped = stamp(by, submission)
    if upload is not None:
        upload.name = f"{stamped['submission']}.{check_upload(upload)}"
    return TrainingEvent.objects.create(
        campaign=campaign,
        organization=organization,
        kind=kind,
        title=title.strip() or str(TrainingEvent.Kind(kind).label),
        held_on=held_on,
        place=place.strip(),
        materials=materials.strip(),
        file=upload or "",
        **stamped,
    )


@action
def sign_in(*, by, event: TrainingEvent, member_ids: Collection[int]) -> int:
    """Enter that these members took part. Those entered already stay. Returns how many are new.

    Only members at and below the organisation that held it. Raises `ActionError`.
    """
    require_own(by, event.organization)
    event = locked(event)
    inside = Member.objects.filter(under(event.organization.path, "branch__"), pk__in=list(member_ids)).on_roll()
    members = set(inside.order_by().values_list("pk", flat=True))
    if members != set(member_ids):
        raise ActionError(_("Some of them are not on the roll here. Look through the list again."))
    known = set(event.trainees.filter(member__in=members).values_list("member", flat=True))
    now = clock.now()
    Trainee.objects.bulk_create(
        [Trainee(event=event, member_id=pk, recorded_by=by, recorded_at=now) for pk in sorted(members - known)]
    )
    return len(members - known)


@action
def sign_out(*, by, trainee: Trainee, reason: str) -> None:
    """Take back an entry that was a mistake."""
    require_own(by, trainee.event.organization)
    if not reason.strip():
        raise ActionError(_("Say why it is taken back."), "reason")
    trainee.delete()
