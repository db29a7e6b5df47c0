"""The chain of responsibility, and what the first responsible person did in person (items 18, 20)."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from campaign.leadership.models import ContactPointVisit, PlanEntry
from campaign.leadership.standing import Standing, standings
from campaign.meetings.models import Meeting
from campaign.plan.models import Campaign
from enterprises import clock
from enterprises.models import Organization
from enterprises.tree import ancestor_paths

LATEST = 6


@dataclass(frozen=True)
class Deed:
    """A dated fact of personal work, with its record."""

    on: date
    words: str
    url: str


def chain(campaign: Campaign, organization: Organization, on: date) -> list[tuple[Organization, Standing | None]]:
    """Who is responsible at each level, from the top down to this organisation: each level takes care of the next."""
    paths = [*ancestor_paths(organization.path), organization.path]
    levels = list(Organization.objects.filter(path__in=paths).order_by("path"))
    found = standings(levels, campaign, on)
    return [(level, found.get(level.pk)) for level in levels]


def deeds(campaign: Campaign, organization: Organization, standing: Standing | None) -> list[Deed]:
    """Meetings of the organisation chaired, contact points visited, plans decided: the latest first."""
    holder = standing.holder if standing else None
    if holder is None or holder.member_id is None:
        return []
    chaired = Meeting.objects.filter(
        campaign=campaign, organization=organization, state=Meeting.State.CONFIRMED, chair=holder.name
    ).defer("due_ids", "voter_ids", "gist")
    visits = ContactPointVisit.objects.filter(point__campaign=campaign, point__member=holder.member_id)
    decided = PlanEntry.objects.filter(
        version__plan__campaign=campaign, account__member=holder.member_id, act__in=("REVIEWED", "APPROVED", "RETURNED")
    ).select_related("version__plan__organization", "version__plan__phase")
    found = [
        Deed(m.held_on, _("chaired: %(title)s") % {"title": m.title}, reverse("meetings:detail", args=[m.pk]))
        for m in chaired[:LATEST]
    ]
    for visit in visits.select_related("point__organization")[:LATEST]:
        words = _("was at %(place)s") % {"place": visit.point.organization.name}
        found.append(Deed(visit.visited_on, words, reverse("leadership:point", args=[visit.point_id])))
    for entry in decided[:LATEST]:
        plan = entry.version.plan
        told = {"act": entry.get_act_display(), "name": plan.organization.name, "plan": plan}
        words = _("%(act)s: %(name)s, %(plan)s") % told
        found.append(Deed(entry.at.astimezone(clock.ZONE).date(), words, reverse("leadership:plan", args=[plan.pk])))
    return sorted(found, key=lambda deed: deed.on, reverse=True)[:LATEST]
