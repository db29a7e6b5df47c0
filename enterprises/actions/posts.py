"""Posts of members: the secretary, the committee, the leading team, leaders of Party groups (2.1, 2.5).

Days: ``since`` is the first day of a post, ``until`` its last; both belong to it. Empty means unbounded.
"""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from enterprises import clock
from enterprises.access import roles
from enterprises.action import ActionError, action
from enterprises.actions.permit import DAY, locked, require
from enterprises.models import Account, Member, Organization, PartyGroup, Post
from enterprises.models.accounts import PostQuerySet

HELD_BY_MEMBERS = ("DEPUTY_SECRETARY", "COMMITTEE_MEMBER", "TEAM_MEMBER", "ADMIN_HEAD")
AT_BRANCH = ("DEPUTY_SECRETARY", "COMMITTEE_MEMBER", "GROUP_LEADER")  # a branch settles these itself


def secretary_role(organization: Organization) -> str:
    """The role of the secretary of that kind of organisation."""
    return "BRANCH_SECRETARY" if organization.is_branch else "COMMITTEE_SECRETARY"


def posts_at(organization: Organization) -> PostQuerySet:
    """Every post at the organisation, ended ones too."""
    return Post.objects.filter(scope_kind=Post.Scope.ORGANIZATION, scope_id=organization.pk)


def secretary_posts(organization: Organization) -> PostQuerySet:
    """Posts of secretary held by members. Accounts without a member only act for the secretary."""
    return posts_at(organization).filter(role__in=roles.SECRETARIES).exclude(member=None)


def end_posts(posts: PostQuerySet, last_day: date) -> None:
    """End these posts on ``last_day``; those that would begin later never come into force and go."""
    running = posts.filter(Q(until=None) | Q(until__gt=last_day))
    running.filter(since__gt=last_day).delete()
    running.exclude(since__gt=last_day).update(until=last_day)


def _holder(member: Member) -> dict[str, Member | Account | None]:
    return {"member": member, "account": Account.objects.filter(member=member).first()}


@action
def set_secretary(
    *, by: Account | None, organization: Organization, member: Member, since: date, title: str = ""
) -> Post:
    """Make ``member`` the secretary from ``since`` on; the one before ends the day before.

    There is exactly one secretary in office. Members without the right to be elected are refused (2.3).
    """
    require(by, roles.CHANGE_TREE, organization)
    return seat_secretary(organization, member, since, title)


def seat_secretary(organization: Organization, member: Member, since: date, title: str = "") -> Post:
    """The same inside another action, which has asked for the permission."""
    organization = locked(organization)
    _check_open(organization)
    _check_eligible(member, since)
    earlier = secretary_posts(organization)
    if earlier.filter(since__gte=since).exclude(until__lt=since).exclude(member=member).exists():
        raise ActionError(
            _("A secretary took office on or after this day. End that post first, or enter a later day."),
            "since",
        )
    end_posts(earlier, since - DAY)
    if since <= clock.today():
        organization.secretary_name = member.name
        organization.save(update_fields=["secretary_name"])
    return Post.objects.create(
        **_holder(member),
        role=secretary_role(organization),
        title=title,
        scope_id=organization.pk,
        since=since,
    )


def _check_open(organization: Organization) -> None:
    if organization.closed_on:
        raise ActionError(_("This organization is closed. Reopen it first."))


def _check_eligible(member: Member, on: date) -> None:
    if not member.is_on_roll:
        raise ActionError(_("%(name)s is not on the roll. Choose a member who is.") % {"name": member}, "member")
    suspended = member.without_vote_until and member.without_vote_until >= on
    if member.kind != Member.Kind.FULL or suspended:
        raise ActionError(
            _("%(name)s has no right to be elected. Choose a full member with the right to vote.") % {"name": member},
            "member",
        )


@action
def give_member_post(
    *,
    by: Account | None,
    organization: Organization,
    member: Member,
    role: str,
    since: date,
    until: date | None = None,
    title: str = "",
) -> Post:
    """Give a member a post beside the secretary's: deputy, committee, leading team, administrative head."""
    if role not in HELD_BY_MEMBERS:
        raise ActionError(_("This post is given elsewhere."), "role")
    permission = roles.CHANGE_MEMBERS if organization.is_branch and role in AT_BRANCH else roles.CHANGE_TREE
    require(by, permission, organization)
    _check_open(organization)
    if role == "ADMIN_HEAD":
        if not member.is_on_roll:
            raise ActionError(_("%(name)s is not on the roll.") % {"name": member}, "member")
    else:
        _check_eligible(member, since)
    _check_order(since, until)
    if posts_at(organization).filter(member=member, role=role).in_force(since).exists():
        raise ActionError(_("%(name)s already holds this post.") % {"name": member}, "member")
    return Post.objects.create(
        **_holder(member), role=role, title=title, scope_id=organization.pk, since=since, until=until
    )


def _check_order(since: date, until: date | None) -> None:
    if until and until < since:
        raise ActionError(_("The last day is before the first. Correct one of them."), "until")


@action
def set_group_leader(*, by: Account | None, group: PartyGroup, member: Member, since: date) -> Post:
    """Make ``member`` the leader of a Party group from ``since`` on; the one before ends the day before."""
    require(by, roles.CHANGE_MEMBERS, group.organization)
    if group.closed_on:
        raise ActionError(_("This Party group is closed. Choose another one."))
    member = locked(member)
    if member.party_group_id != group.pk or not member.is_on_roll:
        raise ActionError(
            _("%(name)s is not in this Party group. Put the member into the group first.") % {"name": member},
            "member",
        )
    held = Post.objects.filter(scope_kind=Post.Scope.PARTY_GROUP, scope_id=group.pk, role="GROUP_LEADER")
    end_posts(held.exclude(member=None), since - DAY)
    return Post.objects.create(
        **_holder(member),
        role="GROUP_LEADER",
        scope_kind=Post.Scope.PARTY_GROUP,
        scope_id=group.pk,
        since=since,
    )


@action
def end_member_post(*, by: Account | None, post: Post, until: date) -> Post | None:
    """End a member's post; ``until`` is its last day. A post that never came into force is removed."""
    organization = post_organization(post)
    own = organization.is_branch and post.role in AT_BRANCH
    require(by, roles.CHANGE_MEMBERS if own else roles.CHANGE_TREE, organization)
    if post.until and post.until < until:
        raise ActionError(_("This post has already ended."), "until")
    end_posts(Post.objects.filter(pk=post.pk), until)
    clear_vacant_secretary([organization.pk])
    return Post.objects.filter(pk=post.pk).first()


def clear_vacant_secretary(organization_ids: list[int]) -> None:
    """Blank the secretary's name where a post of secretary was on record and nobody holds it today.

    A name that a roster brought without a matching member stays: there is no post behind it to end.
    """
    held = Post.objects.filter(
        scope_kind=Post.Scope.ORGANIZATION, scope_id=OuterRef("pk"), role__in=roles.SECRETARIES
    ).exclude(member=None)
    Organization.objects.filter(Exists(held), pk__in=organization_ids).exclude(
        Exists(held.in_force(clock.today()))
    ).exclude(secretary_name="").update(secretary_name="")


def post_organization(post: Post) -> Organization:
    """The organisation a post stands at: its own, the group's, or the one that leads the unit."""
    if post.scope_kind == Post.Scope.PARTY_GROUP:
        return PartyGroup.objects.select_related("organization").get(pk=post.scope_id).organization
    if post.scope_kind == Post.Scope.ENTERPRISE:
        return Organization.objects.get(pk__in=_leading(post.scope_id))
    return Organization.objects.get(pk=post.scope_id)


def _leading(unit_id: int) -> QuerySet:
    from enterprises.models import Enterprise

    return Enterprise.objects.filter(pk=unit_id).values("leading_organization")
