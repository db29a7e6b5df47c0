"""What happened in the demo during the last days: done by actions, so that histories have something to show."""

from datetime import date, time, timedelta

from campaign.demo.forest import Forest, Node
from campaign.meetings.actions import log
from campaign.meetings.models import Absence
from campaign.meetings.record import Record
from campaign.plan.models import Campaign
from enterprises.actions.attendance import set_contact
from enterprises.actions.members import correct_member, transfer_member
from enterprises.actions.organizations import rename_organization
from enterprises.actions.reshaping import merge_organization
from enterprises.models import Member, Organization


def happen(forest: Forest, today: date) -> None:
    """A branch renamed, one merged into its neighbor, members transferred, corrected and found again."""
    pairs = _quiet_pairs(forest)
    renamed, (gone, heir), (left, joined) = pairs[0][0], pairs[1], pairs[2]
    organization = _stored(renamed)
    rename_organization(
        by=None, organization=organization, name=organization.name.replace("工段", "作业区"), reason="车间机构名称调整"
    )
    merge_organization(
        by=None,
        organization=_stored(gone),
        successor=_stored(heir),
        on=today - timedelta(days=5),
        reason="两个工段合并",
    )
    for member in _plain(left)[:3]:
        transfer_member(
            by=None, member=member, to=_stored(joined), effective=today - timedelta(days=6), reason="岗位调动"
        )
    corrected = _plain(left)[0]
    correct_member(by=None, member=corrected, education="31", reason="核对学历证书")
    sought = Member.objects.filter(contact=Member.Contact.LOST).order_by("code").first()
    if sought:
        set_contact(by=None, member=sought, contact="SEARCHING", reason="已向社区发函查找")


def study(campaign: Campaign, branch: Node, today: date) -> None:
    """A study session of this branch four days ago from which three were missing: make-up lessons are open."""
    reasons = (Absence.Reason.SHIFT, Absence.Reason.TRIP, Absence.Reason.LEAVE)
    missing = {member.pk: reason for member, reason in zip(_on_roll(branch), reasons, strict=False)}
    record = Record(
        kind="CONCENTRATED_STUDY",
        held_on=today - timedelta(days=4),
        starts_at=time(16, 30),
        absent=missing,
        campaign=campaign,
        gist="对照党章查找差距，五名党员发言。",
    )
    log(by=None, organization=_stored(branch), record=record)


def _on_roll(branch: Node) -> list[Member]:
    """Working members of a branch, in the order of their codes, from the fourth on: not the secretary."""
    working = Member.objects.on_roll().filter(branch=branch.id, contact=Member.Contact.NORMAL, study_branch=None)
    return list(working.exclude(category=Member.Category.RETIRED).order_by("code")[3:])


def _stored(node: Node) -> Organization:
    return Organization.objects.get(code=node.code)


def _plain(node: Node) -> list[Member]:
    """Full members of a branch without any post."""
    found = Member.objects.filter(branch=node.id, posts=None, kind=Member.Kind.FULL, party_group=None)
    return list(found.filter(contact=Member.Contact.NORMAL, study_branch=None).order_by("code"))


def _quiet_pairs(forest: Forest) -> list[tuple[Node, Node]]:
    """Neighboring branches to which nothing else has happened."""

    def quiet(node: Node) -> bool:
        odd = node.heir or node.vacant or node.probationary is not None
        return not odd and node.profile == "FRONT" and 8 <= node.size < 14

    branches = forest.branches()
    heirs = {id(node.heir) for node in branches if node.heir}
    return [
        (one, other)
        for one, other in zip(branches, branches[1:], strict=False)
        if one.superior is other.superior and quiet(one) and quiet(other) and not {id(one), id(other)} & heirs
    ][::2]
