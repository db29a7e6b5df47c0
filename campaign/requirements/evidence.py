"""What concrete requirements prove: an organisation has adopted its own (item 52); and the gate condition."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaign.plan.models import Obligation, Participation, Step
from campaign.progress.evidence import Reason, register
from campaign.progress.gates import Check, register_condition
from campaign.requirements.models import ConcreteRequirements
from campaign.requirements.queries import adopted_for
from enterprises.models import Organization

SQL = """
SELECT d.organization_id, min(v.adopted_on) AS done_on, false AS made_up, 0 AS persons_due, 0 AS persons_done
FROM target t
JOIN campaign_concreterequirements d ON d.organization_id = t.id AND d.campaign_id = %(campaign)s
JOIN campaign_requirementsversion v ON v.document_id = d.id AND v.adopted_on IS NOT NULL
GROUP BY d.organization_id
"""


def sql(step: Step, obligation: Obligation) -> tuple[str, dict[str, Any]]:
    """The statement for `campaign.progress.evidence`."""
    return SQL, {}


def form_url(step: Step, organization: Organization) -> str:
    """Where the organisation writes and adopts its requirements."""
    told = {"organization": organization.pk, "campaign": step.campaign.code}
    return f"{reverse('requirements:draft')}?{urlencode(told)}"


def explain(step: Step, obligation: Obligation, organization: Organization) -> list[Reason]:
    """Whether there is a text, how often it was commented on, and when it was adopted and published."""
    document = ConcreteRequirements.objects.filter(campaign=step.campaign_id, organization=organization).first()
    if document is None:
        return [Reason(_("No draft has been written yet."), form_url(step, organization))]
    url = reverse("requirements:document", args=[document.pk])
    version = document.in_force
    if version is None:
        count = document.versions.count()
        words = ngettext("%(count)d draft, none adopted yet.", "%(count)d drafts, none adopted yet.", count)
        return [Reason(words % {"count": count}, url)]
    told = {"number": version.number, "day": version.adopted_on.isoformat()}
    reasons = [Reason(_("Adopted: version %(number)d, on %(day)s.") % told, url)]
    if document.published_on is None:
        reasons.append(Reason(_("Not published yet."), url))
    return reasons


def adopted_in_unit(participation: Participation, stage: str) -> Check:
    """The gate condition `requirements`: what holds for the unit has been adopted."""
    organization = participation.unit.leading_organization
    if organization is None:
        return Check(False, _("No organization leads the unit. Enter it first."))
    version = adopted_for(organization, participation.campaign)
    if version is None:
        url = f"{reverse('requirements:document_list')}?organization={organization.pk}"
        return Check(False, _("No concrete requirements have been adopted. Adopt a version."), url)
    told = {"name": version.document.organization.name, "day": version.adopted_on.isoformat()}
    url = reverse("requirements:document", args=[version.document_id])
    return Check(True, _("Adopted by %(name)s on %(day)s.") % told, url)


register("requirements", sql=sql, explain=explain)
register_condition("requirements", adopted_in_unit)
