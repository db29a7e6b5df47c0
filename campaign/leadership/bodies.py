"""Leading groups against the secretaries in office (item 17), and what campaign offices lack (item 22)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from campaign.leadership import rules
from campaign.leadership.models import CampaignOffice, GroupSeat, LeadingGroup
from campaign.leadership.standing import secretaries
from campaign.plan.models import Campaign
from enterprises.models import Organization, Post


@dataclass(frozen=True)
class GroupState:
    """The leading group of one organisation, its head, and the secretary in office."""

    group: LeadingGroup | None
    head: GroupSeat | None
    secretary: Post | None

    @property
    def head_state(self) -> rules.Head:
        return rules.head_state(
            self.head.member_id if self.head else None, self.secretary.member_id if self.secretary else None
        )


def group_states(campaign: Campaign, organizations: Collection[Organization], on: date) -> dict[int, GroupState]:
    """The leading groups of these organisations, in three statements."""
    ids = [organization.pk for organization in organizations]
    groups = {g.organization_id: g for g in LeadingGroup.objects.filter(campaign=campaign, organization__in=ids)}
    seats = GroupSeat.objects.filter(group__in=[g.pk for g in groups.values()], role=GroupSeat.Role.HEAD, until=None)
    heads = {seat.group_id: seat for seat in seats.select_related("member")}
    leading = secretaries(ids, on)
    found = {}
    for pk in ids:
        group = groups.get(pk)
        found[pk] = GroupState(group, heads.get(group.pk) if group else None, leading.get(pk))
    return found


def changed(organization_ids: list[int], on: date) -> list[tuple[Campaign, int, GroupState]]:
    """The groups of running campaigns in these organisations whose head is no longer the secretary (item 17)."""
    ours = list(Organization.objects.open().filter(pk__in=organization_ids))
    running = Campaign.objects.filter(state=Campaign.State.RUNNING, leading_groups__organization__in=organization_ids)
    return [
        (campaign, pk, state)
        for campaign in running.distinct()
        for pk, state in group_states(campaign, ours, on).items()
        if state.group and state.secretary and state.head_state is rules.Head.CHANGED
    ]


def support_gaps(office: CampaignOffice, staff: int) -> list[str]:
    """What the office lacks (item 22)."""
    return rules.support_gaps(staff, office.budget_allocated, office.budget_used, office.has_premises)
