"""What meetings put on the page of an organisation, and the warnings on branch life (items 39, 54, 55)."""

from collections import defaultdict
from datetime import date, timedelta

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaign.meetings import life, rules
from campaign.meetings.models import Absence, Meeting
from campaign.meetings.views.log import records_for
from enterprises import clock
from enterprises.access import roles
from enterprises.models import Organization
from enterprises.panels import Panel, organization_panel
from enterprises.warnings import Warning, register

LATEST = 5
QUARTER = 92  # days
WEEKENDS_ALLOWED = 2  # in a row (item 55)
MAKEUP_PATIENCE = 14  # days after the due date before a word to the secretary (item 54)


@organization_panel(order=30)
def meetings(request: HttpRequest, organization: Organization) -> Panel | None:
    """The latest meetings, the drafts, and attendance over the last quarter: raw and after make-up."""
    if roles.READ_RECORDS not in request.user.reach.permissions:
        return None
    own = Meeting.objects.visible_to(request.user).filter(organization=organization)
    since = clock.today() - timedelta(days=QUARTER)
    recent = own.filter(held_on__gte=since, state=Meeting.State.CONFIRMED)
    context = {
        "organization": organization,
        "latest": own.defer("due_ids", "voter_ids", "gist")[:LATEST],
        "attendance": _attendance(recent),
        "may_log": organization.closed_on is None and records_for(request.user, organization),
    }
    return Panel("meetings/_panel.html", context)


def _attendance(confirmed) -> rules.Attendance:
    due = present = 0
    for one_due, one_present in confirmed.order_by().values_list("due_count", "present_count"):
        due, present = due + one_due, present + one_present
    absences = Absence.objects.filter(meeting__in=confirmed.order_by().values("pk"))
    counted = absences.aggregate(leave=Count("pk", filter=~Q(reason=Absence.Reason.NONE)), made_up=Count("makeup"))
    return rules.Attendance(due, present, counted["leave"], counted["made_up"])


@register
def branch_life(organization_ids: list[int], today: date) -> dict[int, list[Warning]]:
    """Branches without the meetings of item 39, too many weekends, make-ups left open too long."""
    found: dict[int, list[Warning]] = defaultdict(list, life.warnings(organization_ids, today))
    for source in (_weekends, _open_makeups):
        for pk, warning in source(organization_ids, today):
            found[pk].append(warning)
    return dict(found)


def _confirmed(organization_ids: list[int]):
    return Meeting.objects.filter(organization__in=organization_ids, state=Meeting.State.CONFIRMED).order_by()


def _weekends(organization_ids: list[int], today: date):
    window = {"held_on__gt": today - timedelta(days=56), "held_on__lte": today, "slot": Meeting.Slot.WEEKEND}
    days: dict[int, list[date]] = defaultdict(list)
    for pk, day in _confirmed(organization_ids).filter(**window).values_list("organization", "held_on"):
        days[pk].append(day)
    for pk, held in days.items():
        running = rules.weekends_running(held, max(held))
        if running > WEEKENDS_ALLOWED and (today - max(held)).days <= 7:
            text = _("Meetings on %(count)d weekends in a row. Leave people a weekend free.")
            yield pk, Warning("WEEKENDS", text % {"count": running})


def _open_makeups(organization_ids: list[int], today: date):
    late = Absence.objects.filter(
        meeting__in=_confirmed(organization_ids).values("pk"),
        makeup=None,
        makeup_due_on__lt=today - timedelta(days=MAKEUP_PATIENCE - 7),
    )
    for pk, count in late.order_by().values_list("meeting__organization").annotate(n=Count("pk")):
        text = ngettext(
            "%(count)d make-up lesson is open for more than two weeks. Hold it or take the lesson home.",
            "%(count)d make-up lessons are open for more than two weeks. Hold them or take the lessons home.",
            count,
        )
        url = f"{reverse('study:makeup_list')}?organization={pk}&state=overdue"
        yield pk, Warning("MAKEUPS_OPEN", text % {"count": count}, url)
