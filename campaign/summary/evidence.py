"""The condition of the last gate that the summary report meets (item 76)."""

from django.urls import reverse
from django.utils.translation import gettext as _

from campaign.plan.models import Campaign, Participation
from campaign.progress.gates import Check, register_condition
from campaign.summary.models import SummaryReport
from enterprises.models import Organization


def form_url(campaign: Campaign, organization: Organization) -> str:
    """Where the report is written."""
    return reverse("summary:write", query={"organization": organization.pk, "campaign": campaign.code})


def summary_report(participation: Participation, stage: str) -> Check:
    """Whether the report of the unit's leading organisation is filed."""
    leading = participation.unit.leading_organization
    if leading is None:
        return Check(False, _("Nobody leads the unit, so nobody writes its summary."))
    report = SummaryReport.objects.filter(campaign=participation.campaign_id, organization=leading).first()
    if report is None or report.filed_on is None:
        words = _("The summary report is a draft.") if report else _("The summary report is not begun.")
        return Check(False, words, form_url(participation.campaign, leading))
    words = _("Filed on %(day)s, version %(n)d.") % {"day": report.filed_on.isoformat(), "n": report.filed_version}
    return Check(True, words, reverse("summary:report", args=[report.pk]))


register_condition("summary_report", summary_report)
