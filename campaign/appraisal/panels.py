"""What this room puts on other pages: a member's own page, the page of a branch, and that of a life meeting."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaign.appraisal import life, standing
from campaign.appraisal.access import keeps_texts
from campaign.appraisal.actions.notices import may_remark
from campaign.appraisal.models import (
    AppraisalNotice,
    AppraisalOpinion,
    AppraisalReply,
    CorrectionRequest,
    MeetingQuality,
    PartySpiritAnalysis,
)
from campaign.meetings.extras import meeting_panel
from campaign.meetings.models import Meeting
from campaign.plan.models import Campaign
from campaign.plan.wording import WRITING
from enterprises.access import roles
from enterprises.access.reach import may, may_record
from enterprises.access.visibility import secretary_scopes
from enterprises.models import Account, Member, Organization
from enterprises.panels import Panel, organization_panel, own_panel
from enterprises.reading import restricted

for _model, _label in (
    (PartySpiritAnalysis, pgettext_lazy("appraisal", "Party-spirit analysis")),
    (AppraisalOpinion, _("appraisal opinion")),
    (CorrectionRequest, _("request for correction")),
):
    restricted(str(_model._meta.model_name), _label)

OURS = frozenset({"talks", "analysis", "appraisal"})


def _campaigns(organization: Organization) -> list[Campaign]:
    """The running campaigns of the unit that have steps of this room for such an organisation."""
    running = Campaign.objects.filter(state=Campaign.State.RUNNING, participations__unit=organization.enterprise_id)
    return [c for c in running.select_related("definition").order_by("-launched_on") if _kinds(c, organization)]


def _kinds(campaign: Campaign, organization: Organization) -> set[str]:
    owed = (step.obligation_for(organization.kind) for step in campaign.steps.all())
    return OURS & {obligation.evidence["kind"] for obligation in owed if obligation}


@own_panel(order=20)
def own_texts(request: HttpRequest, member: Member) -> Panel | None:
    """The member's own analysis and appraisal, and the way to the branch (items 61, 64, 66)."""
    rows = []
    for campaign in _campaigns(member.branch):
        mine = {"campaign": campaign, "member": member, "withdrawn_on": None}
        analyses = PartySpiritAnalysis.objects.visible_to(request.user).filter(**mine)
        appraisals = AppraisalOpinion.objects.visible_to(request.user).filter(**mine)
        kinds = _kinds(campaign, member.branch)
        rows.append(
            {
                "campaign": campaign,
                "asks_analysis": "analysis" in kinds,
                "asked": WRITING[standing.asked_of(campaign, member, member.branch)],
                "analysis": analyses.first(),
                "appraisal": appraisals.filter(fed_back_on__isnull=False).first(),
            }
        )
    asked = CorrectionRequest.objects.visible_to(request.user).filter(member=member)
    notices = AppraisalNotice.objects.visible_to(request.user).filter(organization=member.branch_id, withdrawn_on=None)
    context = {"member": member, "rows": rows, "corrections": asked[:5], "notices": notices[:3]}
    return Panel("appraisal/_own.html", context)


@organization_panel(order=35)
def branch_texts(request: HttpRequest, organization: Organization) -> Panel | None:
    """What a branch records of analysis and appraisal, and what came back from its members."""
    account = request.user
    if not organization.is_branch or not may(account, roles.READ_MEMBERS, organization):
        return None
    if not may_record(account, organization):
        return None
    campaigns = _campaigns(organization)
    secretary = keeps_texts(account, organization)
    if not campaigns and not secretary:
        return None
    context = {"organization": organization, "campaigns": campaigns, "secretary": secretary}
    if secretary:
        context |= letters(request, organization)
    return Panel("appraisal/_branch.html", context)


def open_corrections(account: Account) -> int:
    """How many requests for correction wait for the secretary who is signed in; nothing is asked for others."""
    if not secretary_scopes(account, "BRANCH_SECRETARY"):
        return 0
    waiting = CorrectionRequest.objects.visible_to(account).filter(state=CorrectionRequest.State.OPEN)
    return waiting.exclude(member=account.member_id).count() if account.member_id else waiting.count()


def letters(request: HttpRequest, branch: Organization) -> dict[str, int]:
    """What came back from the members and what still has to go to them, as counts."""
    standing_ones = AppraisalOpinion.objects.visible_to(request.user).filter(organization=branch, withdrawn_on=None)
    asked = CorrectionRequest.objects.visible_to(request.user).filter(organization=branch)
    replies = AppraisalReply.objects.visible_to(request.user).filter(appraisal__organization=branch)
    return {
        "open_corrections": asked.filter(state=CorrectionRequest.State.OPEN).count(),
        "unfed": standing_ones.filter(fed_back_on=None).count(),
        "replies": replies.values("appraisal").distinct().count(),
    }


@meeting_panel(first=True)
def life_meeting(request: HttpRequest, meeting: Meeting) -> Panel | None:
    """On a life meeting: what should have come before it, and the remarks on its quality (items 62, 63)."""
    if meeting.kind not in life.LIFE_MEETINGS:
        return None
    remarks = MeetingQuality.objects.visible_to(request.user).filter(meeting=meeting).select_related("recorded_by")
    context = {
        "meeting": meeting,
        "warnings": life.warnings(meeting),
        "remarks": remarks,
        "may_remark": meeting.is_confirmed and may_remark(request.user, meeting),
    }
    return Panel("appraisal/_meeting.html", context)
