"""What the plan puts on the pages of units, and the targets of a running campaign (item 4)."""

from django.http import HttpRequest

from campaign.plan.models import Campaign, Participation
from enterprises import clock
from enterprises.models import Enterprise
from enterprises.panels import Panel, Target, enterprise_panel, targets


@enterprise_panel(order=20)
def calendars(request: HttpRequest, unit: Enterprise) -> Panel | None:
    """The unit's calendar in each campaign: the phase of today, or the next one."""
    mine = (
        Participation.objects.visible_to(request.user)
        .filter(unit=unit)
        .exclude(campaign__state=Campaign.State.CLOSED)
        .select_related("campaign")
        .prefetch_related("schedules__phase")
        .order_by("-campaign__launched_on")
    )
    lines = [(part, _present(part)) for part in mine]
    return Panel("plan/_panel.html", {"lines": lines}) if lines else None


def _present(part: Participation):
    """The phase schedule of today, else the next to come, else the last one."""
    today = clock.today()
    ordered = sorted(part.schedules.all(), key=lambda schedule: schedule.phase.order)
    open_ones = [s for s in ordered if s.ends_on >= today]
    return next(iter(open_ones or ordered[-1:]), None)


@targets
def national() -> list[Target]:
    """The targets of the running campaign that states any, the one launched last."""
    running = Campaign.objects.filter(state=Campaign.State.RUNNING).select_related("definition")
    for campaign in running.order_by("-launched_on", "-pk"):
        stated = [Target(what, floor) for what, floor in campaign.data.get("targets", {}).items() if floor]
        if stated:
            return stated
    return []
