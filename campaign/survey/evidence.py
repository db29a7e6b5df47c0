"""What surveys prove: the step of the survey, and two conditions of the gate to the summary (item 74)."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from campaign.plan.models import Campaign, Obligation, Participation, Step
from campaign.progress.evidence import Reason, register
from campaign.progress.gates import Check, register_condition
from campaign.survey.models import SatisfactionSurvey
from enterprises.models import Organization

# A second valid survey is the re-survey after a make-up.
SURVEY_SQL = """
SELECT s.organization_id, min(s.closed_on) AS done_on, count(*) > 1 AS made_up, 0 AS persons_due, 0 AS persons_done
FROM target t JOIN campaign_satisfactionsurvey s ON s.organization_id = t.id
WHERE s.campaign_id = %(campaign)s AND s.state = 'CLOSED' AND s.is_valid
GROUP BY s.organization_id
"""


def survey_sql(step: Step, obligation: Obligation) -> tuple[str, dict[str, Any]]:
    """The statement for surveys closed with a valid result."""
    return SURVEY_SQL, {}


def form_url(campaign: Campaign, organization: Organization) -> str:
    """Where the organization above prepares the survey."""
    return reverse("survey:survey_new", query={"organization": organization.pk, "campaign": campaign.code})


def explain_survey(step: Step, obligation: Obligation, organization: Organization) -> list[Reason]:
    """Each survey of the organisation; who is to hold it where there is none."""
    surveys = SatisfactionSurvey.objects.filter(campaign=step.campaign_id, organization=organization).order_by("pk")
    found = [Reason(state_words(survey), reverse("survey:survey", args=[survey.pk])) for survey in surveys]
    if found:
        return found
    if organization.superior is None:
        return [Reason(_("Nobody stands above it to hold the survey."))]
    words = _("Not held yet. The organization above, %(name)s, holds it.") % {"name": organization.superior.name}
    return [Reason(words, form_url(step.campaign, organization))]


def state_words(survey: SatisfactionSurvey) -> str:
    """Where a survey stands, in one sentence."""
    if not survey.is_closed:
        words = _("The survey is open until %(day)s.") if survey.is_open else _("The survey is prepared for %(day)s.")
        return words % {"day": (survey.ends_on if survey.is_open else survey.starts_on).isoformat()}
    if not survey.is_valid:
        words = _("Closed on %(day)s without a valid result: too few ballots.")
    elif survey.make_up_required:
        words = _("Closed on %(day)s: the masses are not satisfied, a make-up is required.")
    else:
        words = _("Closed on %(day)s with a valid result.")
    return words % {"day": survey.closed_on.isoformat()}


def _surveys(participation: Participation) -> list[SatisfactionSurvey]:
    """The surveys of the unit's leading organisation, the latest first."""
    found = SatisfactionSurvey.objects.filter(
        campaign=participation.campaign_id, organization=participation.unit.leading_organization_id
    )
    return list(found.order_by("-pk"))


def survey_valid(participation: Participation, stage: str) -> Check:
    """Whether a survey of the unit is closed with a valid result."""
    surveys = _surveys(participation)
    valid = next((s for s in surveys if s.is_closed and s.is_valid), None)
    return _check(bool(valid), valid or (surveys[0] if surveys else None), participation)


def not_dissatisfied(participation: Participation, stage: str) -> Check:
    """Whether the latest valid survey asks for no make-up."""
    surveys = _surveys(participation)
    latest = next((s for s in surveys if s.is_closed and s.is_valid), None)
    return _check(latest is not None and not latest.make_up_required, latest, participation)


def _check(met: bool, survey: SatisfactionSurvey | None, participation: Participation) -> Check:
    if survey is not None:
        return Check(met, state_words(survey), reverse("survey:survey", args=[survey.pk]))
    leading = participation.unit.leading_organization
    url = form_url(participation.campaign, leading) if leading else ""
    return Check(False, _("Not surveyed yet."), url)


register("survey", sql=survey_sql, explain=explain_survey)
register_condition("survey_valid", survey_valid)
register_condition("not_dissatisfied", not_dissatisfied)
