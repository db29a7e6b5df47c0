"""Who talks with whom: the secretary with every member, leaders with their team (item 57)."""

from collections.abc import Mapping
from datetime import date

from campaign.appraisal.models import HeartToHeartTalk
from campaign.appraisal.standing import Standing
from campaign.meetings.due import COMMITTEE_ROLES, TEAM_ROLES
from campaign.plan.models import Campaign
from enterprises import clock
from enterprises.access.roles import SECRETARIES
from enterprises.models import Account, Member, Organization, Post
from enterprises.models.members import MemberQuerySet


def people_of(account: Account, organization: Organization) -> MemberQuerySet:
    """The people of an organisation among whom talks are held: a branch's roll, a committee's team, in sight."""
    visible = Member.objects.visible_to(account).on_roll()
    if organization.is_branch:
        return visible.filter(branch=organization).order_by("name_key", "code")
    posts = Post.objects.filter(
        scope_kind=Post.Scope.ORGANIZATION, scope_id=organization.pk, role__in=(*TEAM_ROLES, *COMMITTEE_ROLES)
    ).in_force(clock.today())
    held = posts.exclude(member=None).order_by().values("member")
    return visible.filter(pk__in=held).order_by("name_key", "code")


def secretary_of(people: MemberQuerySet, organization: Organization) -> Member | None:
    """The secretary among these people."""
    posts = Post.objects.filter(
        scope_kind=Post.Scope.ORGANIZATION, scope_id=organization.pk, role__in=SECRETARIES
    ).in_force(clock.today())
    return people.filter(pk__in=posts.exclude(member=None).order_by().values("member")).first()


def team_coverage(
    campaign: Campaign, people: list[Member], secretary: Member | None
) -> tuple[list[Standing], Mapping[int, date]]:
    """For each of a team the first day of a talk with another of the team; and of one with the secretary."""
    ids = [member.pk for member in people]
    talks = HeartToHeartTalk.objects.filter(
        campaign=campaign, withdrawn_on=None, from_member__in=ids, to_member__in=ids
    ).order_by("-held_on")
    anybody: dict[int, date] = {}
    by_secretary: dict[int, date] = {}
    for one, other, day in talks.values_list("from_member", "to_member", "held_on"):
        anybody[one] = anybody[other] = day
        if secretary and secretary.pk in (one, other):
            by_secretary[other if one == secretary.pk else one] = day
    standings = [Standing(m, "", exempt=False, free=False, done_on=anybody.get(m.pk)) for m in people]
    return standings, by_secretary
