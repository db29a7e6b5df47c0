"""What the dashboards put on the pages of organisations and units: what is due, and the counts of subtrees."""

from django.http import HttpRequest

from campaign.overview.week import NEAR, items, statuses
from campaign.progress.models import MemberTally
from campaign.progress.rules import State
from enterprises import clock
from enterprises.models import Enterprise, Organization
from enterprises.panels import Counts, Panel, counts, enterprise_panel, organization_panel


@organization_panel(order=10)
def due(request: HttpRequest, organization: Organization) -> Panel | None:
    """What the organisation itself has to do now, in every running campaign."""
    own = statuses(organization)
    if not own and organization.is_branch:
        return None
    open_items = [item for item in items(own, organization, clock.today()) if item.status.done_on is None]
    near = [item for item in open_items if item.state in NEAR]
    waiting = next((item for item in open_items if item.state is State.WAIT), None)
    return Panel("overview/_due.html", {"organization": organization, "items": near, "next": waiting})


@enterprise_panel(order=10)
def progress_of(request: HttpRequest, unit: Enterprise) -> Panel | None:
    """The way to the dashboard of the organisation that leads the unit."""
    if unit.leading_organization_id is None:
        return None
    return Panel("overview/_unit.html", {"unit": unit})


@counts
def tallies(organization_ids: list[int]) -> dict[int, Counts]:
    """Members, branches and organisations of each subtree, from the summaries: one statement."""
    found = MemberTally.objects.filter(organization__in=organization_ids, campaign=None)
    return {row.organization_id: Counts(row.total, row.branches, row.organizations) for row in found}
