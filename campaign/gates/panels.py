"""What gates put on the pages of units and organizations: the stage, what is missing, who asks."""

from django.http import HttpRequest
from django.urls import reverse

from campaign.gates import authority, judging, rules, standing
from campaign.gates.models import PhaseTransition
from campaign.plan.models import Campaign, Participation
from campaign.plan.wording import stage_words
from enterprises.models import Enterprise, Organization
from enterprises.panels import Panel, enterprise_panel, organization_panel


def _lines(request: HttpRequest, unit: Enterprise) -> list[dict]:
    """Each running campaign of the unit: its stage, the next gate, and what is missing there."""
    mine = Participation.objects.visible_to(request.user).filter(unit=unit, campaign__state=Campaign.State.RUNNING)
    parts = mine.select_related("campaign__definition", "unit__leading_organization")
    ordered = parts.order_by("-campaign__launched_on")
    return [_line(request, part) for part in ordered if part.campaign.data.get("gates")]


def _line(request: HttpRequest, part: Participation) -> dict:
    gate = rules.next_gate(part.campaign.data["gates"], part.state)
    judged = judging.judge(part, gate) if gate else []
    return {
        "part": part,
        "stage": stage_words(part.campaign, part.state),
        "gate": standing.gate_words(part.campaign, part.state, gate["to"]) if gate else "",
        "unmet": [row.name for row in judged if not row.met],
        "met": sum(row.met for row in judged),
        "all": len(judged),
        "asks": part.transitions.filter(state=PhaseTransition.State.ASKED).exists(),
        "may_ask": authority.may_ask(request.user, part),
    }


@enterprise_panel(order=15)
def stages(request: HttpRequest, unit: Enterprise) -> Panel | None:
    """The stage of the unit in each running campaign, the next gate, and what is missing."""
    lines = _lines(request, unit)
    return Panel("gates/_panel.html", {"lines": lines}) if lines else None


@organization_panel(order=15)
def transitions(request: HttpRequest, organization: Organization) -> Panel | None:
    """On the page of the organization that leads a unit: the unit's stage; and who asks to be let pass."""
    unit = organization.enterprise
    leads = unit is not None and unit.leading_organization_id == organization.pk
    lines = _lines(request, unit) if leads and unit else []
    asking = 0
    if not organization.is_branch:
        open_ones = PhaseTransition.objects.visible_to(request.user).filter(
            authority.led_by([organization]),
            state=PhaseTransition.State.ASKED,
            participation__campaign__state=Campaign.State.RUNNING,
        )
        asking = open_ones.count()
    if not lines and not asking:
        return None
    mine = organization.pk in {o.pk for o in authority.led_through(request.user)}
    query = {"asked": "yes"} | ({"whose": "mine"} if mine else {})
    url = reverse("gates:unit_list", query=query)
    return Panel("gates/_panel.html", {"lines": lines, "asking": asking, "asking_url": url})
