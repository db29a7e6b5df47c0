"""What study puts on pages of members, branches and meetings, and on the log form."""

from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext as _

from campaign.meetings.extras import Extra, meeting_panel, register_extra
from campaign.meetings.models import Absence, Meeting
from campaign.plan.frames import tags_of
from campaign.plan.kinds import MEETING_KINDS
from campaign.plan.models import Campaign
from campaign.progress.known import tells
from campaign.study import forms, warnings
from campaign.study.activity_actions import THEME
from campaign.study.birthdays import birthdays_of
from campaign.study.hours import standings, study_kinds
from campaign.study.material_actions import name_studied, tag_session
from campaign.study.models import AppliedNote, SessionTags, StudyMaterial, ThemeActivity
from campaign.study.reading import reading_list
from enterprises import clock
from enterprises.access import roles
from enterprises.access.reach import may, may_record
from enterprises.models import Member, Organization
from enterprises.panels import Panel, member_panel, organization_panel, own_panel
from enterprises.tree import under
from enterprises.warnings import register as register_warnings

LATEST = 10
CASES = 3  # in a summary report
ACTIVITIES = 3

register_warnings(warnings.reading)


@own_panel(order=10)
@member_panel(order=20)
def study(request: HttpRequest, member: Member) -> Panel | None:
    """Class hours in every running campaign of the member's unit, and the latest absences."""
    unit = member.branch.enterprise_id
    campaigns = Campaign.objects.filter(state=Campaign.State.RUNNING, participations__unit=unit)
    rows = []
    for campaign in campaigns.select_related("definition").order_by("-launched_on"):
        rows += [(campaign, found) for found in standings(campaign, [member], study_kinds(campaign))]
    missed = Absence.objects.visible_to(request.user).filter(member=member, meeting__state=Meeting.State.CONFIRMED)
    latest = missed.select_related("meeting", "makeup").order_by("-meeting__held_on", "-pk")[:LATEST]
    if not rows and not latest:
        return None
    return Panel("study/_panel.html", {"rows": rows, "missed": latest, "today": clock.today()})


@organization_panel(order=35)
def branch_study(request: HttpRequest, organization: Organization) -> Panel | None:
    """The reading list, the latest theme activities and the coming political birthdays (items 49, 51)."""
    if not may(request.user, roles.READ_RECORDS, organization):
        return None
    activities = ThemeActivity.objects.visible_to(request.user).filter(organization=organization, withdrawn_on=None)
    context = {
        "organization": organization,
        "activities": activities[:ACTIVITIES],
        "birthdays": birthdays_of(request.user, organization, clock.today()) if organization.is_branch else [],
        "may_record": organization.closed_on is None and may_record(request.user, organization),
    }
    return Panel("study/_branch.html", context)


@meeting_panel(order=20)
def studied(request: HttpRequest, meeting: Meeting) -> Panel | None:
    """What a study session took up, what it led to in work, and the activity it was (items 49, 51, 56)."""
    if not meeting.is_confirmed or not MEETING_KINDS[meeting.kind].is_study:
        return None
    titles = StudyMaterial.objects.visible_to(request.user).filter(sessions__meeting=meeting)
    ideas = tags_of(meeting.campaign) if meeting.campaign else {}
    activity = ThemeActivity.objects.visible_to(request.user).filter(meeting=meeting).first()
    writable = may_record(request.user, meeting.organization, meeting.party_group)
    context = {
        "meeting": meeting,
        "titles": titles,
        "ideas": [t.name for code, t in ideas.items() if code in _tagged(meeting)],
        "note": AppliedNote.objects.visible_to(request.user).filter(meeting=meeting).first(),
        "activity": activity,
        "may_write": writable,
        "may_add_activity": writable and meeting.kind == THEME and may_record(request.user, meeting.organization),
    }
    return Panel("study/_meeting.html", context)


def _materials_field(account, organization, campaign, kind):
    """The titles of the branch's list to tick, at study of a campaign that has any."""
    if campaign is None or not kind.is_study:
        return None
    titles = reading_list(campaign, organization)
    return forms.materials_field(titles) if titles else None


def _tags_field(account, organization, campaign, kind):
    """The guiding ideas to tick, at study of a campaign that has any (item 111)."""
    ideas = tags_of(campaign) if campaign is not None and kind.is_study else {}
    return forms.tags_field(ideas.values()) if ideas else None


def _tagged(meeting: Meeting) -> list[str]:
    found = SessionTags.objects.filter(meeting=meeting).first()
    return found.tags if found else []


register_extra(
    Extra(
        "tags",
        field=_tags_field,
        keep=lambda by, meeting, tags: tag_session(by=by, meeting=meeting, tags=tags),
        initial=_tagged,
    )
)
register_extra(
    Extra(
        "materials",
        field=_materials_field,
        keep=lambda by, meeting, titles: name_studied(by=by, meeting=meeting, materials=titles),
        initial=lambda meeting: list(meeting.studied.values_list("material", flat=True)),
    )
)


@tells
def applied(campaign: Campaign, organization: Organization, today: date) -> dict[str, str]:
    """Cases selected from what study led to in work, for the summary: they raise quality and promote work (112)."""
    below = under(organization.path, "meeting__organization__")
    notes = AppliedNote.objects.filter(below, meeting__campaign=campaign, selected_on__isnull=False)
    cases = list(notes.order_by("-selected_on").values_list("text", flat=True)[:CASES])
    if not cases:
        return {}
    words = "\n".join(_("Case: %(words)s") % {"words": case[:200]} for case in cases)
    return {"study": words, "sentence_quality": words, "sentence_work": words}
