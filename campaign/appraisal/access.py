"""Who may read texts about persons: the member, the branch secretary, for leaders the entitled reader (61, 64).

Reach along the tree is not asked. A deputy, an office, an auditor, an administrator or a member of a supervision
group finds nothing here, whatever else the post permits.
"""

from django.db.models import Q

from enterprises import clock
from enterprises.access.visibility import NOTHING, secretary_scopes
from enterprises.models import Account, Member, Organization, Post


def own_q(account: Account) -> Q:
    """What is the member's own."""
    return Q(member=account.reach.member) if account.reach.member else NOTHING


def analysis_q(account: Account) -> Q:
    """Analyses: the author; the secretary of the member's branch of today; the entitled reader of leaders.

    The entitled reader is, of a leading cadre, the secretary of the organization that leads the unit; of the
    members of a leading team, the secretary of the organization above the team's.
    """
    q = own_q(account) | Q(member__branch__in=secretary_scopes(account, "BRANCH_SECRETARY"))
    above = secretary_scopes(account, "COMMITTEE_SECRETARY")
    if not above:
        return q
    leaders = Q(member__category=Member.Category.LEADER, member__branch__enterprise__leading_organization__in=above)
    return q | leaders | Q(member__in=_team_members_below(above))


def _team_members_below(organization_ids: list[int]):
    """The members of the leading teams of the organizations directly below these."""
    below = Organization.objects.filter(superior__in=organization_ids).order_by().values("pk")
    posts = Post.objects.filter(scope_kind=Post.Scope.ORGANIZATION, role="TEAM_MEMBER", scope_id__in=below)
    return posts.in_force(clock.today()).exclude(member=None).order_by().values("member")


def has_reader_above(member: Member) -> bool:
    """Whether the member's analysis has an entitled reader above the branch: a leading cadre, or of a team."""
    if member.category == Member.Category.LEADER:
        return True
    return Post.objects.filter(member=member, role="TEAM_MEMBER").in_force(clock.today()).exists()


def appraisal_q(account: Account) -> Q:
    """Appraisals and what is written about them: the member, and the secretary of the branch that gave it.

    Where that branch was closed since, the secretary of the member's branch of today takes its place.
    """
    ours = secretary_scopes(account, "BRANCH_SECRETARY")
    return own_q(account) | Q(organization__in=ours) | Q(organization__closed_on__isnull=False, member__branch__in=ours)


def keeps_texts(account: Account, organization: Organization) -> bool:
    """Whether the acting post is that of the branch's own secretary, who takes down and writes texts."""
    return organization.pk in secretary_scopes(account, "BRANCH_SECRETARY")
