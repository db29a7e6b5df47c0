"""What support puts on the page of an organization, and the warnings for those who owe an answer (41-44)."""

from collections import defaultdict
from datetime import date

from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from campaign.plan.models import Campaign
from campaign.progress.known import tells
from campaign.support import figures, owed, rules
from campaign.support.access import keeps_care, leads, sees_records, sees_totals
from campaign.support.models import CareRecord, DifficultyRequest, WeakOrganization
from enterprises import clock
from enterprises.access import roles
from enterprises.access.reach import may
from enterprises.models import Organization
from enterprises.panels import Panel, organization_panel
from enterprises.reading import restricted
from enterprises.warnings import Warning, register

restricted(str(CareRecord._meta.model_name), _("care record"))


@organization_panel(order=45)
def support(request: HttpRequest, organization: Organization) -> Panel | None:
    """How the organization is helped: its own case and requests, and the figures of what stands below it."""
    if not sees_records(request.user, organization):
        return None
    today, account = clock.today(), request.user
    open_case = WeakOrganization.objects.visible_to(account).open().filter(organization=organization).first()
    writes = organization.closed_on is None and may(account, roles.RECORD, organization)
    context = {
        "organization": organization,
        "figures": figures.of_node(organization, today),
        "lines": owed.of_branch(account, organization, today),
        "may_raise": writes and organization.superior_id is not None,
        "may_open": leads(account, organization) and open_case is None and organization.closed_on is None,
        "keeps_care": keeps_care(account, organization),
        "sees_totals": sees_totals(account, organization),
    }
    return Panel("support/_panel.html", context)


@register
def unanswered(organization_ids: list[int], today: date) -> dict[int, list[Warning]]:
    """Requests from directly below that an organization has left without an answer for over ten days (item 42)."""
    waiting = DifficultyRequest.objects.unanswered_long(today).filter(organization__superior__in=organization_ids)
    rows = waiting.order_by().values_list("organization__superior").annotate(n=Count("pk"))
    found: dict[int, list[Warning]] = defaultdict(list)
    for pk, count in rows:
        words = ngettext(
            "%(n)d request for help has had no answer for over %(days)d days. Answer it, or refuse it with the reason.",
            "%(n)d requests for help have had no answer for over %(days)d days. Answer them, or refuse them with the "
            "reason.",
            count,
        )
        told = words % {"n": count, "days": rules.ANSWER_DAYS}
        url = reverse("support:request_list", query={"state": "long", "organization": pk})
        found[pk].append(Warning("DIFFICULTY_UNANSWERED", told, url))
    return dict(found)


@tells
def helped(campaign: Campaign, organization: Organization, today: date) -> dict[str, str]:
    """Weak organizations put in order and difficulties solved below an organization, for its summary (41, 42, 114)."""
    found = figures.of_node(organization, today)
    if not found.weak.total and not found.requests.raised:
        return {}
    words = gettext(
        "%(improved)d of %(weak)d weak organizations improved; %(solved)d of %(raised)d requests for help solved."
    )
    told = {"improved": found.weak.improved, "weak": found.weak.total}
    told |= {"solved": found.requests.solved, "raised": found.requests.raised}
    return {"organization": words % told, "sentence_base": words % told}
