"""Notices of how the appraisal went, and remarks on life meetings (items 63, 65)."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from campaign.appraisal import rules
from campaign.appraisal.actions.shared import check_day, once, require_record
from campaign.appraisal.models import AppraisalNotice, MeetingQuality
from campaign.meetings.models import Meeting
from campaign.plan.models import Campaign
from enterprises import clock
from enterprises.access import roles
from enterprises.access.reach import may
from enterprises.action import ActionError, action
from enterprises.actions.permit import NotPermitted, locked
from enterprises.models import Account, Member, Organization, Post

LIFE_MEETINGS = ("ORG_LIFE", "DEMOCRATIC_LIFE")
GROUP_ROLES = ("GROUP_HEAD", "GROUP_MEMBER")


@action
def give_notice(
    *,
    by: Account | None,
    campaign: Campaign,
    organization: Organization,
    scope: str,
    form: str,
    given_on: date,
    contents: str,
    submission: UUID,
) -> AppraisalNotice:
    """Note the notice given of how the appraisal went. One that names a member is refused (item 65).

    The same `submission` twice is one. Raises `ActionError`.
    """
    require_record(by, organization)
    once(submission)
    existing = AppraisalNotice.objects.filter(submission=submission, organization=organization).first()
    if existing is not None:
        return existing
    check_day(given_on, "given_on")
    if not contents.strip():
        raise ActionError(_("Say how it went, the main problems and the direction."), "contents")
    named = rules.named_in(contents, _names(organization))
    if named:
        raise ActionError(
            _("%(names)s is named. Appraisals of persons are not published; write in general terms.")
            % {"names": _(", ").join(named[:3])},
            "contents",
        )
    return AppraisalNotice.objects.create(
        campaign=campaign,
        organization=organization,
        scope=scope,
        form=form,
        given_on=given_on,
        contents=contents.strip(),
        submission=submission,
        recorded_by=by,
        recorded_at=clock.now(),
    )


def _names(organization: Organization) -> list[str]:
    """The names that must not be in a notice: of the members of the branch; of a committee, of its post holders."""
    if organization.is_branch:
        members = Member.objects.on_roll().filter(branch=organization)
    else:
        posts = Post.objects.filter(scope_kind=Post.Scope.ORGANIZATION, scope_id=organization.pk)
        members = Member.objects.filter(pk__in=posts.in_force(clock.today()).order_by().values("member"))
    return list(members.order_by().values_list("name", flat=True))


@action
def withdraw_notice(*, by: Account | None, notice: AppraisalNotice, reason: str) -> AppraisalNotice:
    """Withdraw a notice: it stays to be seen by those who record. Twice is once. Raises `ActionError`."""
    require_record(by, notice.organization)
    if not reason.strip():
        raise ActionError(_("Say why it is withdrawn."), "reason")
    notice = locked(notice)
    if notice.withdrawn_on is None:
        notice.withdrawn_on = clock.today()
        notice.save(update_fields=["withdrawn_on"])
    return notice


def may_remark(account: Account, meeting: Meeting) -> bool:
    """Whether the acting post is that of a supervision group that reads this meeting."""
    post = account.acting_post
    in_group = post is not None and post.role in GROUP_ROLES
    return in_group and may(account, roles.READ_RECORDS, meeting.organization)


@action
def remark_on_quality(*, by: Account, meeting: Meeting, quality: str, remark: str) -> MeetingQuality:
    """What a group member who attended remarks on a life meeting; writing again replaces the own remark."""
    if not may_remark(by, meeting):
        raise NotPermitted(_("Only an attending member of a supervision group remarks on a life meeting."))
    if meeting.kind not in LIFE_MEETINGS or not meeting.is_confirmed:
        raise ActionError(_("Remarks are for life meetings whose record is confirmed."))
    if quality not in MeetingQuality.Quality.values:
        raise ActionError(_("Choose one of the three."), "quality")
    told = {"quality": quality, "remark": remark.strip(), "recorded_at": clock.now()}
    return MeetingQuality.objects.update_or_create(meeting=meeting, recorded_by=by, defaults=told)[0]
