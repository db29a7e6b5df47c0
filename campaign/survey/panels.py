"""What surveys put on the pages of organizations and units, and the warning that one is overdue (item 74)."""

from datetime import date

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaign.plan.models import Campaign
from campaign.progress.deeds import Deed, leader_facts
from campaign.survey import queries, rules
from campaign.survey.evidence import form_url, state_words
from campaign.survey.models import GroupResult, SatisfactionSurvey
from enterprises import clock
from enterprises.access import roles
from enterprises.models import Account, Enterprise, Member, Organization
from enterprises.panels import Panel, enterprise_panel, organization_panel
from enterprises.warnings import Warning, register


@organization_panel(order=25)
def survey(request: HttpRequest, organization: Organization) -> Panel | None:
    """The latest survey of the organization with its figures; for the organizer, those it is to open."""
    if organization.is_branch:
        return None
    waiting = []
    if organization.path in request.user.reach.paths.get(roles.SURVEY, []):
        today = clock.today()
        waiting = [(one, one.days_over(today)) for one in queries.surveys_to_open(request.user, today)]
    return _panel(request, organization.pk, waiting)


@enterprise_panel(order=25)
def survey_of_unit(request: HttpRequest, unit: Enterprise) -> Panel | None:
    """The latest survey of the unit's leading organization."""
    return _panel(request, unit.leading_organization_id, [])


def _panel(request: HttpRequest, organization: int | None, waiting: list) -> Panel | None:
    found = SatisfactionSurvey.objects.visible_to(request.user).filter(organization=organization)
    latest = found.select_related("organization", "organizer", "later").order_by("-pk").first()
    if latest is None and not waiting:
        return None
    context: dict = {"survey": latest, "waiting": waiting}
    if latest is not None:
        figures = queries.figures_of(latest) if latest.is_closed else []
        context |= {
            "words": state_words(latest),
            "later": getattr(latest, "later", None),
            "figures": [(row, _rate(row)) for row in figures],
        }
    return Panel("survey/_panel.html", context)


def _rate(row):
    return None if row.satisfied_or_basically is None else rules.rate(row.satisfied_or_basically, row.base)


@register
def survey_overdue(organization_ids: list[int], today: date) -> dict[int, list[Warning]]:
    """Organizations whose survey the one above has not opened in time."""
    running = Campaign.objects.filter(state=Campaign.State.RUNNING).select_related("definition")
    campaigns = {c.pk: c for c in running if c.data.get("survey")}
    if not campaigns:
        return {}
    found: dict[int, list[Warning]] = {}
    late = queries.ended_unsurveyed(list(campaigns.values()), today).filter(organization__in=organization_ids)
    for status in late:
        campaign = campaigns[status.step.campaign_id]
        days = (today - rules.open_by(status.ended_on, campaign.data["survey"]["held_within_days"])).days
        if days > 0 and status.organization.superior:
            text = _("The survey is %(days)d days overdue. %(name)s, the organization above, holds it.")
            told = {"days": days, "name": status.organization.superior.name}
            url = form_url(campaign, status.organization)
            found.setdefault(status.organization_id, []).append(Warning("SURVEY_OVERDUE", text % told, url))
    return found


@leader_facts(gettext_lazy("Satisfaction survey of the unit"))
def result_of_team(account: Account, campaign: Campaign, member: Member, team: Organization | None) -> list[Deed]:
    """The result in force of the unit whose team the leader belongs to, each group for itself (items 21, 75)."""
    standing = queries.standing(
        SatisfactionSurvey.objects.visible_to(account).filter(campaign=campaign, organization=team)
    )
    rows = GroupResult.objects.visible_to(account).filter(survey__in=standing).select_related("survey").order_by("pk")
    words = _("%(group)s: %(rate)s%% satisfied or basically satisfied")
    return [
        Deed(
            row.survey.closed_on,
            words % {"group": row.get_respondents_display(), "rate": _rate(row)},
            reverse("survey:result", args=[row.survey_id]),
        )
        for row in rows
        if row.satisfied_or_basically is not None
    ]
