"""What opinions prove: some were received, and none that came in time is left unsorted (items 58, 59).

Done on the day of the last sorting of those received by the due date. Where all came later, done on the day
on which the first of them was sorted. What was taken out of the list (2.12) proves nothing.
"""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaign.opinions.models import Opinion
from campaign.plan.models import Obligation, Participation, Step
from campaign.progress.evidence import Reason, register
from campaign.progress.gates import Check, register_condition
from enterprises.models import Organization

OPINIONS_SQL = """
SELECT p.organization_id,
    CASE WHEN count(*) FILTER (WHERE p.received_on <= t.due_on) = 0 THEN min(p.sorted_on)
         WHEN count(*) FILTER (WHERE p.received_on <= t.due_on AND p.sorted_on IS NULL) = 0
         THEN max(p.sorted_on) FILTER (WHERE p.received_on <= t.due_on) END AS done_on,
    false AS made_up, 0 AS persons_due, 0 AS persons_done
FROM target t JOIN campaign_opinion p ON p.organization_id = t.id
WHERE p.campaign_id = %(campaign)s AND p.state <> 'REMOVED'
GROUP BY p.organization_id
"""


def opinions_sql(step: Step, obligation: Obligation) -> tuple[str, dict[str, Any]]:
    """The statement."""
    return OPINIONS_SQL, {}


def queue_url(organization: Organization, campaign_code: str) -> str:
    """Where the organisation sorts."""
    return reverse("opinions:sort", query={"organization": organization.pk, "campaign": campaign_code})


def explain(step: Step, obligation: Obligation, organization: Organization) -> list[Reason]:
    """How many were received, and how many are left."""
    found = Opinion.objects.filter(campaign=step.campaign_id, organization=organization)
    found = found.exclude(state=Opinion.State.REMOVED)
    url = queue_url(organization, step.campaign.code)
    received, raw = found.count(), found.filter(state=Opinion.State.RAW).count()
    if not received:
        return [Reason(_("No opinion has been received yet."), url)]
    words = ngettext("%(n)s opinion received", "%(n)s opinions received", received) % {"n": f"{received:,}"}
    if not raw:
        return [Reason(_("%(received)s, all sorted.") % {"received": words}, url)]
    return [Reason(_("%(received)s, %(raw)s not sorted yet.") % {"received": words, "raw": f"{raw:,}"}, url)]


def sorted_everywhere(participation: Participation, stage: str) -> Check:
    """Condition of a gate: the unit has received opinions and none is left unsorted."""
    found = Opinion.objects.filter(campaign=participation.campaign_id, organization__enterprise=participation.unit_id)
    found = found.exclude(state=Opinion.State.REMOVED)
    received, raw = found.count(), found.filter(state=Opinion.State.RAW).count()
    url = reverse("opinions:opinion_list", query={"campaign": participation.campaign.code, "state": "RAW"})
    if not received:
        return Check(False, _("No opinion has been received yet."), url)
    told = {"received": f"{received:,}", "raw": f"{raw:,}"}
    if raw:
        return Check(False, _("Received: %(received)s, of them not sorted: %(raw)s.") % told, url)
    return Check(True, _("Received: %(received)s, all sorted.") % told, url)


register("opinions", sql=opinions_sql, explain=explain)
register_condition("opinions", sorted_everywhere)
