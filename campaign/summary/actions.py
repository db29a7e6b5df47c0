"""Writing the summary report: versions that are never changed, and filing one of them."""

from collections.abc import Mapping
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from campaign.plan.models import Campaign
from campaign.summary.chapters import chapters_of
from campaign.summary.models import SummaryReport, SummaryVersion
from enterprises import clock
from enterprises.access.reach import may_record
from enterprises.action import ActionError, action
from enterprises.actions.permit import NotPermitted, locked
from enterprises.models import Organization


@action
def save_report(
    *,
    by,
    campaign: Campaign,
    organization: Organization,
    chapters: Mapping[str, str],
    after: int = 0,
    submission: UUID | None = None,
) -> SummaryReport:
    """Save the text as the next version; chapters may still be empty. The same `submission` twice is one.

    ``after`` is the version the writer started from: when another has come in between, nothing is saved and
    both can be compared. Raises `ActionError`.
    """
    _require(by, organization)
    organization = locked(organization)
    _takes_part(campaign, organization)
    submission = submission or uuid4()
    report, _created = SummaryReport.objects.get_or_create(campaign=campaign, organization=organization)
    if SummaryVersion.objects.filter(submission=submission, report=report).exists():
        return report
    if report.version != after:
        raise ActionError(
            _("Version %(n)d was saved in the meantime. Compare it with yours, then save again.")
            % {"n": report.version}
        )
    report.version += 1
    report.save(update_fields=["version"])
    kept = {chapter.code: chapters.get(chapter.code, "").strip() for chapter in chapters_of(campaign)}
    SummaryVersion.objects.create(
        report=report, number=report.version, chapters=kept, submission=submission, saved_by=by, saved_at=clock.now()
    )
    return report


@action
def file_report(*, by, report: SummaryReport) -> SummaryReport:
    """File the latest version: every chapter must say something (items 112, 114). Twice is once.

    Raises `ActionError` naming the first chapter that is empty.
    """
    _require(by, report.organization)
    report = locked(report)
    if report.filed_version == report.version and report.filed_version:
        return report
    text = SummaryVersion.objects.get(report=report, number=report.version).chapters if report.version else {}
    empty = [chapter for chapter in chapters_of(report.campaign) if not text.get(chapter.code)]
    if empty:
        names = _(", ").join(chapter.title for chapter in empty)
        raise ActionError(_("Nothing is written yet under: %(names)s.") % {"names": names}, empty[0].code)
    report.filed_version, report.filed_on = report.version, clock.today()
    report.save(update_fields=["filed_version", "filed_on"])
    return report


def _require(by, organization: Organization) -> None:
    if by is not None and not may_record(by, organization):
        raise NotPermitted(
            _("Your post does not record for %(name)s. Ask its secretary.") % {"name": organization.name}
        )


def _takes_part(campaign: Campaign, organization: Organization) -> None:
    unit = organization.enterprise
    leads = unit is not None and unit.leading_organization_id == organization.pk
    if campaign.state != Campaign.State.RUNNING or not leads:
        raise ActionError(_("The summary is written by the organization that leads a unit, in a running campaign."))
    if not campaign.participations.filter(unit=unit).exists():
        raise ActionError(_("%(name)s takes no part in this campaign.") % {"name": organization.name})
