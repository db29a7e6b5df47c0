"""Appraisals: agreed by the branch, fed back to the member, answered by the member (items 64, 66)."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID, uuid4

from django.db.models import Max
from django.utils.translation import gettext as _

from campaign.appraisal import rules
from campaign.appraisal.actions.shared import assess_kind, check_day, members_here, once, require_record, require_texts
from campaign.appraisal.models import AppraisalOpinion, AppraisalReply, AppraisalVersion
from campaign.meetings.evidence import has_quorum
from campaign.meetings.models import Meeting
from campaign.plan.models import Campaign
from enterprises import clock
from enterprises.action import ActionError, action
from enterprises.actions.permit import NotPermitted, locked
from enterprises.models import Account, Member, Organization, Post

Way = AppraisalOpinion.Way


def kinds_agreeing(organization: Organization) -> tuple[str, ...]:
    """The kinds of meeting at which this branch agrees appraisals today."""
    full = Member.objects.on_roll().filter(branch=organization, kind=Member.Kind.FULL).count()
    posts = Post.objects.filter(
        scope_kind=Post.Scope.ORGANIZATION, scope_id=organization.pk, role="COMMITTEE_MEMBER"
    ).in_force(clock.today())
    return rules.agreeing_kinds(full, posts.exists())


def check_meeting(organization: Organization, meeting: Meeting | None) -> None:
    """Refuse a meeting that cannot have agreed an appraisal of this branch (item 64). Raises `ActionError`."""
    if meeting is None or meeting.organization_id != organization.pk or not meeting.is_confirmed:
        raise ActionError(_("Choose the confirmed meeting of the branch at which it was agreed."), "meeting")
    if meeting.kind not in kinds_agreeing(organization):
        raise ActionError(
            _("The branch committee agrees appraisals; where there is none, the general meeting. Choose that meeting."),
            "meeting",
        )
    if not has_quorum(meeting):
        raise ActionError(_("Too few were present at that meeting. Choose another one."), "meeting")


@action
def write_appraisal(
    *, by: Account | None, campaign: Campaign, member: Member, text: str, meeting: Meeting
) -> AppraisalOpinion:
    """Write the appraisal agreed at a meeting; where one stands already, its next version. Raises `ActionError`.

    A new version is fed back anew: the earlier day stays in the history.
    """
    organization = member.branch
    require_texts(by, organization)
    text = text.strip()
    if not text:
        raise ActionError(_("The text is missing. Enter it, or tick the member as told on paper."), "text")
    check_meeting(organization, meeting)
    member = locked(member)
    appraisal = _standing(campaign, member) or AppraisalOpinion(
        campaign=campaign, member=member, organization=organization
    )
    latest = appraisal.versions.last() if appraisal.pk else None
    if latest is not None and latest.text == text and appraisal.meeting_id == meeting.pk:
        return appraisal
    appraisal.meeting = meeting
    appraisal.fed_back_on, appraisal.way, appraisal.acknowledged_at = None, "", None
    appraisal.recorded_by, appraisal.recorded_at = by, clock.now()
    appraisal.save()
    number = (appraisal.versions.aggregate(n=Max("number"))["n"] or 0) + 1
    AppraisalVersion.objects.create(
        appraisal=appraisal, number=number, text=text, written_by=by, written_at=clock.now()
    )
    assess_kind("appraisal", campaign, {member.branch_id})
    return appraisal


def _standing(campaign: Campaign, member: Member) -> AppraisalOpinion | None:
    found = AppraisalOpinion.objects.select_for_update(of=("self",))
    return found.filter(campaign=campaign, member=member, withdrawn_on=None).first()


@action
def feed_back(*, by: Account | None, appraisal: AppraisalOpinion, way: str, on: date) -> AppraisalOpinion:
    """Note that the appraisal was given to the member, in writing or in a talk. The first day stays."""
    require_texts(by, _branch_of(appraisal))
    check_day(on, "on")
    if way not in Way.values:
        raise ActionError(_("Say whether it was given in writing or in a talk."), "way")
    appraisal = locked(appraisal)
    agreed_on = appraisal.meeting.held_on if appraisal.meeting else None
    if agreed_on and on < agreed_on:
        raise ActionError(_("It was agreed on %(day)s. Enter that day or a later one.") % {"day": agreed_on}, "on")
    if appraisal.fed_back_on is None:
        appraisal.fed_back_on, appraisal.way = on, way
        appraisal.save(update_fields=["fed_back_on", "way"])
        assess_kind("appraisal", appraisal.campaign, {appraisal.member.branch_id})
    return appraisal


def _branch_of(appraisal: AppraisalOpinion) -> Organization:
    """The branch that answers for an appraisal: the one that gave it, or after its end the member's own."""
    given_by = appraisal.organization
    return given_by if given_by.closed_on is None else appraisal.member.branch


@action
def feed_back_on_paper(
    *,
    by: Account | None,
    campaign: Campaign,
    organization: Organization,
    meeting: Meeting,
    way: str,
    days: Mapping[int, date],
    submission: UUID | None = None,
) -> list[AppraisalOpinion]:
    """Note for these members (by id) that an appraisal kept on paper was given to them on that day.

    Those fed back already keep their day; a text that waits here is fed back by its own page, not by this.
    """
    require_record(by, organization)
    submission = submission or uuid4()
    once(submission)
    check_meeting(organization, meeting)
    if way not in Way.values:
        raise ActionError(_("Say whether it was given in writing or in a talk."), "way")
    for day in days.values():
        check_day(day, "day")
        if day < meeting.held_on:
            message = _("It was agreed on %(day)s. Enter that day or a later one.")
            raise ActionError(message % {"day": meeting.held_on}, "day")
    members = members_here(organization, days)
    standing = AppraisalOpinion.objects.filter(campaign=campaign, member__in=members, withdrawn_on=None)
    known = set(standing.values_list("member", flat=True))
    made = AppraisalOpinion.objects.bulk_create(
        AppraisalOpinion(
            campaign=campaign,
            member=member,
            organization=organization,
            meeting=meeting,
            fed_back_on=days[member.pk],
            way=way,
            submission=submission,
            recorded_by=by,
            recorded_at=clock.now(),
        )
        for member in members
        if member.pk not in known
    )
    assess_kind("appraisal", campaign, {organization.pk})
    return made


@action
def withdraw_appraisal(*, by: Account | None, appraisal: AppraisalOpinion, reason: str) -> AppraisalOpinion:
    """Take back a feedback noted by mistake; one whose text is here stays. Twice is once. Raises `ActionError`."""
    require_texts(by, _branch_of(appraisal))
    if not reason.strip():
        raise ActionError(_("Say why it is withdrawn."), "reason")
    appraisal = locked(appraisal)
    if appraisal.versions.exists() or appraisal.replies.exists():
        raise ActionError(_("Its text is kept here. Write a corrected version instead."), "reason")
    if appraisal.withdrawn_on is None:
        appraisal.withdrawn_on = clock.today()
        appraisal.save(update_fields=["withdrawn_on"])
        assess_kind("appraisal", appraisal.campaign, {appraisal.member.branch_id})
    return appraisal


def _require_own(by: Account | None, member_id: int) -> None:
    if by is not None and by.member_id != member_id:
        raise NotPermitted(_("Only the member answers an appraisal."))


@action
def acknowledge(*, by: Account | None, appraisal: AppraisalOpinion) -> AppraisalOpinion:
    """The member has taken note. That says nothing about agreeing. Twice is once."""
    _require_own(by, appraisal.member_id)
    appraisal = locked(appraisal)
    if appraisal.fed_back_on is None:
        raise ActionError(_("It has not been given to you yet."))
    if appraisal.acknowledged_at is None:
        appraisal.acknowledged_at = clock.now()
        appraisal.save(update_fields=["acknowledged_at"])
    return appraisal


@action
def reply(*, by: Account | None, appraisal: AppraisalOpinion, text: str, submission: UUID) -> AppraisalReply:
    """The member answers the appraisal; the answer is kept with it (item 66). The same `submission` twice is one."""
    _require_own(by, appraisal.member_id)
    once(submission)
    existing = AppraisalReply.objects.filter(submission=submission, appraisal=appraisal).first()
    if existing is not None:
        return existing
    if not text.strip():
        raise ActionError(_("The reply is empty. Write what you want to say."), "text")
    appraisal = acknowledge(by=by, appraisal=appraisal)
    return AppraisalReply.objects.create(
        appraisal=appraisal, text=text.strip(), submission=submission, written_at=clock.now()
    )
