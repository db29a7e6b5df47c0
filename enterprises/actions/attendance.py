"""What decides who is expected where: Party groups, study affiliation, contact, exemptions (2.1, 2.4, 37)."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from enterprises import clock, hooks
from enterprises.access import roles
from enterprises.action import ActionError, action
from enterprises.actions.members import check_branch
from enterprises.actions.permit import DAY, locked, not_future, require
from enterprises.actions.posts import end_posts
from enterprises.models import Account, Exemption, Member, Organization, PartyGroup, Post
from enterprises.tree import ancestor_paths


@action
def found_party_group(*, by: Account | None, organization: Organization, code: str, name: str) -> PartyGroup:
    """Divide a branch: found a Party group in it. It is no level of organisation (2.1)."""
    require(by, roles.CHANGE_MEMBERS, organization)
    check_branch(organization)
    if PartyGroup.objects.filter(code=code).exists() or Organization.objects.filter(code=code).exists():
        raise ActionError(_("The code %(code)s is taken. Enter another one.") % {"code": code}, "code")
    return PartyGroup.objects.create(code=code, name=name.strip(), organization=organization)


@action
def rename_party_group(*, by: Account | None, group: PartyGroup, name: str) -> PartyGroup:
    """Give a Party group another name."""
    require(by, roles.CHANGE_MEMBERS, group.organization)
    group = locked(group)
    group.name = name.strip()
    group.save(update_fields=["name"])
    return group


@action
def close_party_group(*, by: Account | None, group: PartyGroup, on: date) -> PartyGroup:
    """Close a Party group from ``on`` on; its members stay in the branch without a group."""
    require(by, roles.CHANGE_MEMBERS, group.organization)
    not_future(on, "on")
    group = locked(group)
    if group.closed_on:
        raise ActionError(_("This Party group is closed already."))
    group.members.update(party_group=None)
    end_posts(Post.objects.filter(scope_kind=Post.Scope.PARTY_GROUP, scope_id=group.pk), on - DAY)
    group.closed_on = on
    group.save(update_fields=["closed_on"])
    hooks.call("MEMBERSHIP_CHANGED", organization_ids=[group.organization_id])
    return group


@action
def assign_to_group(*, by: Account | None, group: PartyGroup, members: Iterable[Member]) -> int:
    """Make ``members`` the members of the group: those missing from the list leave it. Returns how many."""
    require(by, roles.CHANGE_MEMBERS, group.organization)
    group = locked(group)
    if group.closed_on:
        raise ActionError(_("This Party group is closed. Choose another one."))
    wanted = [m.pk for m in members]
    ours = Member.objects.filter(branch=group.organization, status__in=Member.ON_ROLL)
    if ours.filter(pk__in=wanted).count() != len(set(wanted)):
        raise ActionError(_("A Party group takes members of its own branch only."), "members")
    leaving = group.members.exclude(pk__in=wanted)
    held = Post.objects.filter(scope_kind=Post.Scope.PARTY_GROUP, scope_id=group.pk)
    end_posts(held.filter(member__in=leaving), clock.today() - DAY)
    leaving.update(party_group=None)
    ours.filter(pk__in=wanted).update(party_group=group)
    hooks.call("MEMBERSHIP_CHANGED", organization_ids=[group.organization_id])
    return len(wanted)


@action
def set_study_affiliation(
    *, by: Account | None, member: Member, study_branch: Organization | None, reason: str = ""
) -> Member:
    """Let a member study at another branch. The formal affiliation stays and is counted, this one never."""
    require(by, roles.CHANGE_MEMBERS, member.branch)
    member = locked(member)
    if not member.is_on_roll:
        raise ActionError(_("%(name)s is not on the roll.") % {"name": member})
    if study_branch is not None:
        check_branch(study_branch, "study_branch")
        if study_branch.pk == member.branch_id:
            raise ActionError(_("This is the member's own branch. Leave the field empty instead."), "study_branch")
    before = member.study_branch_id
    member.study_branch = study_branch
    member.save(update_fields=["study_branch"])
    touched = {member.branch_id, before, study_branch and study_branch.pk} - {None}
    hooks.call("MEMBERSHIP_CHANGED", organization_ids=sorted(touched))
    return member


@action
def set_contact(
    *,
    by: Account | None,
    member: Member,
    contact: str,
    last_contact_on: date | None = None,
    reason: str = "",
) -> Member:
    """Record whether a member can be reached (item 37). Being out of contact changes no status by itself."""
    require(by, roles.CHANGE_MEMBERS, member.branch)
    if last_contact_on:
        not_future(last_contact_on, "last_contact_on")
    member = locked(member)
    member.contact = contact
    if last_contact_on:
        member.last_contact_on = last_contact_on
    member.save(update_fields=["contact", "last_contact_on"])
    hooks.call("MEMBERSHIP_CHANGED", organization_ids=[member.branch_id])
    return member


@action
def grant_exemption(
    *,
    by: Account | None,
    member: Member,
    approved_by: Organization,
    approved_on: date,
    since: date,
    until: date | None = None,
) -> Exemption:
    """Record an approved leave from taking part: who approved it and for which days, never the ground."""
    require(by, roles.CHANGE_MEMBERS, member.branch)
    not_future(approved_on, "approved_on")
    if until and until < since:
        raise ActionError(_("The last day is before the first. Correct one of them."), "until")
    if approved_by.path not in ancestor_paths(member.branch.path):
        raise ActionError(
            _("The approval comes from an organization above the branch. Choose one of them."), "approved_by"
        )
    if Exemption.objects.filter(member=member, since=since, until=until).exists():
        raise ActionError(_("This exemption is on record already."), "since")
    exemption = Exemption.objects.create(
        member=member, approved_by=approved_by, approved_on=approved_on, since=since, until=until
    )
    hooks.call("MEMBERSHIP_CHANGED", organization_ids=[member.branch_id])
    return exemption


@action
def revoke_exemption(*, by: Account | None, exemption: Exemption, until: date, reason: str = "") -> None:
    """End an exemption; ``until`` is its last day. One that never began is removed."""
    require(by, roles.CHANGE_MEMBERS, exemption.member.branch)
    exemption = locked(exemption)
    if exemption.until and exemption.until < until:
        raise ActionError(_("This exemption ended on %(day)s.") % {"day": exemption.until}, "until")
    if until < exemption.since:
        exemption.delete()
    else:
        exemption.until = until
        exemption.save(update_fields=["until"])
    hooks.call("MEMBERSHIP_CHANGED", organization_ids=[exemption.member.branch_id])
