"""Who reads a leader's fact sheet: the organization department of the level above, and the person (item 21)."""

from datetime import date

from campaign.leadership.leaders import teams_of
from enterprises.access import roles
from enterprises.access.reach import may
from enterprises.models import Account, Member, Organization

DEPARTMENTS = ("OFFICE_STAFF", "ENTERPRISE_OFFICE", "COMMITTEE_SECRETARY", "LOCAL_LIAISON")


def team_for_sheet(member: Member, on: date) -> Organization | None:
    """The uppermost organisation in whose leading team the member is; ``None``: no leader."""
    teams = Organization.objects.filter(pk__in=teams_of(member, on)).select_related("superior", "enterprise")
    return min(teams, key=lambda team: (len(team.path), team.path), default=None)


def may_read_sheet(account: Account, member: Member, team: Organization | None) -> bool:
    """Whether the acting post stands above the leader's team, or it is the own sheet. No sheet without a team."""
    if team is None:
        return False
    if account.reach.member == member.pk:
        return True
    departments = any(post.role in DEPARTMENTS for post in account.acting_posts)
    above = team.superior or team
    return departments and may(account, roles.READ_MEMBERS, above)
