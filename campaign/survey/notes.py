"""What is odd about a survey, in words: said beside it, never in its way."""

from django.utils.translation import gettext as _

from campaign.plan.models import Campaign, PhaseSchedule
from campaign.survey.models import Respondents, SatisfactionSurvey
from enterprises import clock
from enterprises.models import Organization


def warnings(survey: SatisfactionSurvey) -> list[str]:
    """Window units have users to ask (item 78); the survey comes after the phase (item 74)."""
    found = []
    unit = survey.organization.enterprise
    if unit is not None and unit.is_window_unit and Respondents.USERS not in survey.respondents:
        found.append(_("A window unit serves the public: ask its users too."))
    if not survey.is_closed:
        if early := early_words(survey.campaign, survey.organization):
            found.append(early)
        if survey.is_open and clock.today() > survey.ends_on:
            found.append(_("The last day has passed. Enter the paper ballots, then close the survey."))
    return found


def early_words(campaign: Campaign, organization: Organization) -> str:
    """Said when the phase that the survey follows has not ended yet; else nothing."""
    step = next((s for s in campaign.steps.all() if any(o.evidence["kind"] == "survey" for o in s.obligations)), None)
    if step is None or organization.enterprise_id is None:
        return ""
    ends = PhaseSchedule.objects.filter(
        participation__campaign=campaign, participation__unit=organization.enterprise_id, phase=step.phase_id
    ).values_list("ends_on", flat=True)
    day = ends.first()
    if day is None or day < clock.today():
        return ""
    return _("The phase ends on %(day)s only; the survey is held after it.") % {"day": day.isoformat()}
