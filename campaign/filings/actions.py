"""Writing filings: documents, figures and dated entries per member. Texts of analyses are never here."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import connection
from django.utils.translation import gettext as _

from campaign.filings.kinds import FilingKind, kinds_of
from campaign.filings.models import Filing
from campaign.plan.models import Campaign
from campaign.progress.actions import assess
from enterprises import clock
from enterprises.access.reach import may_record
from enterprises.action import ActionError, action
from enterprises.actions.permit import NotPermitted, locked
from enterprises.models import Member, Organization
from enterprises.uploads import check_upload


@action
def file_document(
    *,
    by,
    campaign: Campaign,
    organization: Organization,
    kind: str,
    filed_on: date,
    submission: UUID | None = None,
    number: str = "",
    title: str = "",
    figure: Decimal | None = None,
    note: str = "",
    upload: UploadedFile | None = None,
) -> Filing:
    """File a document or figure of the organisation. The same `submission` twice is one. Raises `ActionError`."""
    _require(by, organization)
    submission = submission or uuid4()
    _once(submission)
    existing = Filing.objects.filter(submission=submission, organization=organization, member=None).first()
    if existing is not None:
        return existing
    what = _kind(campaign, kind, per_member=False)
    _check_day(filed_on)
    if what.figure and figure is None:
        raise ActionError(_("The figure is missing. Enter it."), "figure")
    if upload is not None:
        upload.name = f"{submission}.{check_upload(upload)}"
    filing = Filing.objects.create(
        campaign=campaign,
        organization=organization,
        kind=kind,
        filed_on=filed_on,
        number=number.strip(),
        title=title.strip() or what.name,
        figure=figure if what.figure else None,
        note=note.strip(),
        file=upload or "",
        submission=submission,
        recorded_by=by,
        recorded_at=clock.now(),
    )
    assess([organization.pk], campaign_id=campaign.pk, matches=lambda e: e.get("code") == kind)
    return filing


@action
def tick_members(
    *,
    by,
    campaign: Campaign,
    organization: Organization,
    kind: str,
    days: Mapping[int, date],
    submission: UUID | None = None,
) -> list[Filing]:
    """Enter the day for each of these members of the branch (by id). Those entered already keep their day.

    Sending twice is one record. Raises `ActionError`.
    """
    _require(by, organization)
    what = _kind(campaign, kind, per_member=True)
    for day in days.values():
        _check_day(day)
    members = list(
        Member.objects.select_for_update(no_key=True)
        .filter(pk__in=list(days), branch=organization, status__in=Member.ON_ROLL)
        .order_by("pk")
    )
    if len(members) != len(days):
        raise ActionError(_("Some of them are no longer on the roll here. Look through the list again."))
    entered = Filing.objects.filter(campaign=campaign, kind=kind, member__in=list(days), withdrawn_on=None).values_list(
        "member", flat=True
    )
    known = set(entered)
    filings = [
        Filing(
            campaign=campaign,
            organization=organization,
            member=member,
            kind=kind,
            filed_on=days[member.pk],
            title=what.name,
            submission=submission or uuid4(),
            recorded_by=by,
            recorded_at=clock.now(),
        )
        for member in members
        if member.pk not in known
    ]
    Filing.objects.bulk_create(filings)
    assess([organization.pk], campaign_id=campaign.pk, matches=lambda e: e.get("code") == kind)
    return filings


@action
def withdraw(*, by, filing: Filing, reason: str) -> Filing:
    """Withdraw a filing: it stays to be seen and proves nothing. Twice is once. Raises `ActionError`."""
    _require(by, filing.organization)
    if not reason.strip():
        raise ActionError(_("Say why it is withdrawn."), "reason")
    filing = locked(filing)
    if filing.withdrawn_on is None:
        filing.withdrawn_on = clock.today()
        filing.save(update_fields=["withdrawn_on"])
        touched = {filing.organization_id} | ({filing.member.branch_id} if filing.member else set())
        assess(touched, campaign_id=filing.campaign_id, matches=lambda e: e.get("code") == filing.kind)
    return filing


def _once(submission: UUID) -> None:
    """Let one transaction at a time handle a submission: the second of two clicks waits for the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [submission.int % 2**63])


def _require(by, organization: Organization) -> None:
    if by is not None and not may_record(by, organization):
        raise NotPermitted(
            _("Your post does not record for %(name)s. Ask its secretary.") % {"name": organization.name}
        )


def _kind(campaign: Campaign, code: str, per_member: bool) -> FilingKind:
    kind = kinds_of(campaign).get(code)
    if kind is None or kind.per_member != per_member:
        raise ActionError(_("The campaign knows no such document."), "kind")
    return kind


def _check_day(day: date) -> None:
    if day > clock.today():
        raise ActionError(_("This day has not come yet. Enter it on the day, or correct the date."), "filed_on")
