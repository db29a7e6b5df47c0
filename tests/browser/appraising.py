"""Pages of talks, analyses, appraisals and members' keys, for ``pages.py``: name, address, who opens it."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from django.urls import reverse

from campaign.appraisal.actions.corrections import ask_correction
from campaign.appraisal.actions.notices import give_notice
from campaign.appraisal.actions.talks import record_talks
from campaign.meetings import actions
from campaign.plan.models import Campaign
from enterprises import clock
from enterprises.keys.actions import issue_keys
from tests.appraisal import stage as appraisals
from tests.cast import Cast
from tests.records import told


def appraisal_campaign(cast: Cast) -> Campaign:
    """The running campaign with the steps of analysis and appraisal, added by the first page that needs them."""
    campaign = Campaign.objects.select_related("definition").get(code="t")
    if not campaign.steps.filter(code="talks").exists():
        appraisals.add_steps(campaign)
        appraisals.secretary(cast)
    return campaign


def of_branch(url_name: str) -> Callable[[Cast], str]:
    """A page of B2 on talks, analyses or appraisals."""

    def address(cast: Cast) -> str:
        appraisal_campaign(cast)
        return f"{reverse(url_name)}?organization={cast.org['B2'].pk}&campaign=t"

    return address


def talked(cast: Cast) -> str:
    """The page that withdraws a talk."""
    people = [cast.member["M0201"], cast.member["M0202"]]
    talks = record_talks(
        by=None,
        campaign=appraisal_campaign(cast),
        organization=cast.org["B2"],
        from_member=people[0],
        with_members=people[1:],
        held_on=clock.today(),
    )
    return reverse("appraisal:talk_withdraw", args=[talks[0].pk])


def analysed(code: str) -> Callable[[Cast], str]:
    """The text of a member's analysis."""

    def address(cast: Cast) -> str:
        version = appraisals.analysis(appraisal_campaign(cast), cast.member[code])
        return reverse("appraisal:analysis", args=[version.analysis_id])

    return address


def about_member(url_name: str, code: str) -> Callable[[Cast], str]:
    """A form about one member in the running campaign."""

    def address(cast: Cast) -> str:
        appraisal_campaign(cast)
        return reverse(url_name, args=[cast.member[code].pk]) + "?campaign=t"

    return address


def appraised(code: str) -> Callable[[Cast], str]:
    """A member's appraisal, given to the member."""

    def address(cast: Cast) -> str:
        held = appraisals.meeting(cast, day=clock.today() - timedelta(1))
        found = appraisals.appraisal(appraisal_campaign(cast), cast.member[code], held)
        return reverse("appraisal:appraisal", args=[found.pk])

    return address


def asked(cast: Cast) -> str:
    """A request for correction."""
    appraisal_campaign(cast)
    request = ask_correction(
        by=None, member=cast.member["M0204"], about="STUDY", text="8月10日我参加了学习，请核对。", submission=uuid4()
    )
    return reverse("appraisal:correction", args=[request.pk])


def noticed(cast: Cast) -> str:
    """A notice of how the appraisal went."""
    notice = give_notice(
        by=None,
        campaign=appraisal_campaign(cast),
        organization=cast.org["B2"],
        scope="MEMBERS",
        form="MEETING",
        given_on=clock.today(),
        contents="总体较好；学习还不够深入；今后抓好整改。",
        submission=uuid4(),
    )
    return reverse("appraisal:notice", args=[notice.pk])


def life_meeting(cast: Cast) -> str:
    """A life meeting held before talks and analyses."""
    record = told("ORG_LIFE", day=clock.today(), campaign=appraisal_campaign(cast))
    return reverse("meetings:detail", args=[actions.log(by=None, organization=cast.org["B2"], record=record).pk])


def slips(cast: Cast) -> str:
    """The sheet of slips, one of them handed out."""
    issue_keys(by=None, organization=cast.org["B2"], members=[cast.member["M0205"]], submission=uuid4())
    return reverse("keys:sheet", args=[cast.org["B2"].pk])


APPRAISING = [
    ("talks", of_branch("appraisal:talk_new"), "branch_secretary"),
    ("talk-withdraw", talked, "branch_secretary"),
    ("talk-list", of_branch("appraisal:talks"), "branch_secretary"),
    ("untalked", of_branch("appraisal:untalked"), "branch_secretary"),
    ("analyses", of_branch("appraisal:analyses"), "branch_secretary"),
    ("analysis", analysed("M0202"), "branch_secretary"),
    ("analysis-write", about_member("appraisal:analysis_write", "M0204"), "member"),
    ("analysis-taken-down", about_member("appraisal:analysis_write", "M0205"), "branch_secretary"),
    ("life-meetings", of_branch("appraisal:life_meetings"), "committee_secretary"),
    ("life-meeting", life_meeting, "branch_secretary"),
    ("appraisals", of_branch("appraisal:appraisals"), "branch_secretary"),
    ("appraisal", appraised("M0203"), "branch_secretary"),
    ("own-appraisal", appraised("M0204"), "member"),
    ("appraisal-write", about_member("appraisal:appraisal_write", "M0206"), "branch_secretary"),
    ("appraisal-list", of_branch("appraisal:appraisal_list"), "branch_secretary"),
    ("corrections", of_branch("appraisal:corrections"), "branch_secretary"),
    ("correction", asked, "branch_secretary"),
    ("correction-new", of_branch("appraisal:correction_new"), "member"),
    ("notices", of_branch("appraisal:notices"), "branch_secretary"),
    ("notice", noticed, "branch_secretary"),
    ("notice-new", of_branch("appraisal:notice_new"), "branch_secretary"),
    ("own-page", of_branch("overview:me"), "member"),
    ("slips", slips, "branch_secretary"),
    ("own-page-door", lambda cast: reverse("keys:door"), None),
    ("readings", lambda cast: reverse("enterprises:read_list"), "auditor"),
]
