"""What the actions of this room share: who may, whether it was done already, and which days there are."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from campaign.appraisal.access import keeps_texts
from campaign.plan.models import Campaign
from campaign.progress.actions import assess
from enterprises import clock
from enterprises.access.reach import may_record
from enterprises.action import ActionError
from enterprises.actions.permit import NotPermitted
from enterprises.models import Account, Member, Organization


def once(submission: UUID) -> None:
    """Let one transaction at a time handle a submission: the second of two clicks waits for the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [submission.int % 2**63])


def require_record(by: Account | None, organization: Organization) -> None:
    """Refuse unless ``by`` records for the organisation. Raises ``NotPermitted``."""
    if by is not None and not may_record(by, organization):
        raise NotPermitted(
            _("Your post does not record for %(name)s. Ask its secretary.") % {"name": organization.name}
        )


def require_texts(by: Account | None, organization: Organization) -> None:
    """Refuse unless ``by`` acts as the secretary of that branch. Raises ``NotPermitted``."""
    if by is not None and not keeps_texts(by, organization):
        raise NotPermitted(_("Only the secretary of the branch writes texts about its members."))


def check_day(day: date, field: str) -> None:
    """Refuse a day that has not come. Raises ``ActionError``."""
    if day > clock.today():
        raise ActionError(_("This day has not come yet. Enter it on the day, or correct the date."), field)


def members_here(organization: Organization, ids: Iterable[int]) -> list[Member]:
    """These members, locked, all on the roll of the branch. Raises ``ActionError``."""
    wanted = set(ids)
    found = Member.objects.select_for_update(no_key=True).filter(pk__in=wanted, branch=organization)
    members = list(found.on_roll().order_by("pk"))
    if len(members) != len(wanted) or not members:
        raise ActionError(_("Some of them are no longer on the roll here. Look through the list again."))
    return members


def assess_kind(kind: str, campaign: Campaign, organization_ids: Iterable[int]) -> None:
    """Bring the steps proved by this kind of evidence in line with the records."""
    assess(organization_ids, campaign_id=campaign.pk, evidence=(kind,))
