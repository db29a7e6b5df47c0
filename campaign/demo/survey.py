"""Surveys of the pilots in the demo: one satisfied, one with a majority dissatisfied, one that people vote in.

Whatever the generator has made of them is done by hand here, through the actions, so that histories, codes and
ballots are there to be looked at.
"""

from datetime import date, timedelta

from campaign.demo.launching import pilots
from campaign.plan.models import Campaign
from campaign.progress.actions import assess
from campaign.summary.actions import save_report
from campaign.summary.chapters import with_figures
from campaign.survey import actions, questionnaire
from campaign.survey.models import GroupResult, SatisfactionSurvey
from enterprises import clock
from enterprises.models import Organization

# Satisfied, basically satisfied, dissatisfied, do not know: the example of dossier 4.8, and a bad one.
SATISFIED, DISSATISFIED = (121, 52, 8, 3), (34, 38, 104, 12)
REMARKS = (
    "食堂和班车改得快，希望坚持下去。",
    "公示栏更新要及时。",
    "机关报表少了，班组轻松多了。",
    "困难职工走访要经常。",
)
VOTES = 14


def happen(campaign: Campaign, today: date) -> None:
    """The pilots' surveys of the last days."""
    leading = [unit.leading_organization for unit in pilots()]
    surveyed = [one for one in leading if one and one.superior]
    for organization, counts in zip(surveyed, (SATISFIED, DISSATISFIED), strict=False):
        _forget(campaign, organization)
        with clock.fixed(today - timedelta(days=4)):
            survey = _open(campaign, organization, today)
            _count(survey, counts)
        with clock.fixed(today - timedelta(days=2)):
            actions.close_survey(by=None, survey=survey)
    if surveyed:
        _begin_summary(campaign, surveyed[0], today)
    if len(surveyed) > 2:
        _forget(campaign, surveyed[2])
        _vote(_open(campaign, surveyed[2], today))


def _forget(campaign: Campaign, organization: Organization) -> None:
    """Take away what the generator has written for this organization."""
    made = SatisfactionSurvey.objects.filter(campaign=campaign, organization=organization)
    GroupResult.objects.filter(survey__in=made).delete()
    made.delete()
    assess([organization.pk], campaign_id=campaign.pk, evidence={"survey"})


def _open(campaign: Campaign, organization: Organization, today: date) -> SatisfactionSurvey:
    start = clock.today()
    survey = actions.prepare_survey(
        by=None,
        campaign=campaign,
        organization=Organization.objects.get(pk=organization.pk),
        respondents=["employees", "users", "members"],
        starts_on=start,
        ends_on=today + timedelta(days=3),
        reported_on=start,
        report_gist="党委书记（示例）向职工代表和用户代表通报整改情况，逐项答复了群众意见。",
    )
    return actions.open_survey(by=None, survey=survey)


def _count(survey: SatisfactionSurvey, counts: tuple[int, int, int, int]) -> None:
    asked = questionnaire.of(survey)
    valid = sum(counts)
    row = dict(zip(asked.scale, counts, strict=True))
    actions.enter_paper(
        by=None, survey=survey, respondents="employees", issued=valid + 16, returned=valid + 6, valid=valid,
        answers={item.code: row for item in asked.items},
    )  # fmt: skip


def _vote(survey: SatisfactionSurvey) -> None:
    """Some ballots by code, in a box that stays open."""
    asked = questionnaire.of(survey)
    options = list(asked.scale)
    made = actions.issue_codes(by=None, survey=survey, respondents="employees", count=VOTES + 10)
    for number, code in enumerate(made[:VOTES]):
        answers = {item.code: options[(number + at) % 5 // 2] for at, item in enumerate(asked.items)}
        remark = REMARKS[number] if number < len(REMARKS) else ""
        actions.cast_ballot(by=None, code=code, answers=answers, remark=remark)


def _begin_summary(campaign: Campaign, organization: Organization, today: date) -> None:
    """A draft of the summary of the satisfied pilot, as far as the figures go."""
    chapters = {chapter.code: chapter.known for chapter in with_figures(campaign, organization, today)}
    save_report(by=None, campaign=campaign, organization=organization, chapters=chapters)
