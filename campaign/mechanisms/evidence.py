"""When the gate's condition of mechanisms is met: one is issued, or the register is filed (item 84)."""

from django.urls import reverse
from django.utils.translation import gettext as _

from campaign.filings.models import Filing
from campaign.mechanisms import rules
from campaign.mechanisms.models import LongTermMechanism
from campaign.plan.models import Participation
from campaign.progress.gates import Check, register_condition
from enterprises.tree import under

CODE = "mechanisms"


def registered(participation: Participation, stage: str) -> Check:
    """Whether the unit has a mechanism that is issued or running, or its leading organization filed the register."""
    leading = participation.unit.leading_organization
    if leading is None:
        return Check(False, _("There are no records of this yet."))
    url = f"{reverse('mechanisms:mechanism_list')}?organization={leading.pk}"
    found = LongTermMechanism.objects.filter(
        under(leading.path, "organization__"),
        campaign=participation.campaign,
        organization__enterprise=participation.unit_id,
    )
    statuses = list(found.values_list("status", flat=True))
    if rules.established(statuses):
        in_force = sum(status in rules.IN_FORCE for status in statuses)
        return Check(True, _("%(n)d mechanisms are issued or running.") % {"n": in_force}, url)
    filed = Filing.objects.filter(
        campaign=participation.campaign, organization=leading, kind=CODE, member=None, withdrawn_on=None
    ).last()
    if filed is not None:
        return Check(True, _("The register is filed: %(title)s.") % {"title": filed.title}, url)
    return Check(False, _("No mechanism is issued yet, and no register of them is filed."), url)


register_condition(CODE, registered)
