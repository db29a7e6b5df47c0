"""Surveys of committee A in the second batch, in each of their states, for tests."""

from datetime import date, timedelta

from campaign.plan.models import Campaign
from campaign.survey import actions, questionnaire
from campaign.survey.models import SatisfactionSurvey
from enterprises import clock
from tests.cast import Cast
from tests.plan.launched import second_batch

TODAY = date(2026, 11, 30)
GOOD = {"satisfied": 12, "basically_satisfied": 6, "dissatisfied": 0, "unknown": 2}
BAD = {"satisfied": 2, "basically_satisfied": 4, "dissatisfied": 12, "unknown": 2}


def the_campaign() -> Campaign:
    """The second batch; launched by whoever needs it first."""
    return Campaign.objects.filter(code="2005-second-batch").first() or second_batch()


def prepared(cast: Cast, organization: str = "A", respondents=("employees", "members"), **fields) -> SatisfactionSurvey:
    """A survey as the organization above has prepared it; the unit has reported."""
    today = clock.today()
    told = {"starts_on": today, "ends_on": today + timedelta(4), "reported_on": today} | fields
    return actions.prepare_survey(
        by=None, campaign=the_campaign(), organization=cast.org[organization], respondents=respondents, **told
    )


def opened(cast: Cast, organization: str = "A", **fields) -> SatisfactionSurvey:
    """A survey that is open."""
    return actions.open_survey(by=None, survey=prepared(cast, organization, **fields))


def code_for(survey: SatisfactionSurvey, respondents: str = "employees") -> str:
    """One code."""
    return actions.issue_codes(by=None, survey=survey, respondents=respondents, count=1)[0]


def answers(survey: SatisfactionSurvey, option: str = "satisfied", **others: str) -> dict[str, str]:
    """A full ballot: the same answer everywhere, but for some items."""
    return {item.code: option for item in questionnaire.of(survey).items} | others


def vote(survey: SatisfactionSurvey, option: str = "satisfied", respondents: str = "employees", **fields) -> None:
    """One ballot with a code of its own."""
    actions.cast_ballot(by=None, code=code_for(survey, respondents), answers=answers(survey, option), **fields)


def count(survey: SatisfactionSurvey, row: dict[str, int], respondents: str = "employees", **fields) -> None:
    """Paper ballots on which every item was answered alike."""
    valid = sum(row.values())
    numbers = {"issued": valid + 5, "returned": valid + 1, "valid": valid} | fields
    told = {item.code: row for item in questionnaire.of(survey).items}
    actions.enter_paper(by=None, survey=survey, respondents=respondents, answers=told, **numbers)


def closed(cast: Cast, row: dict[str, int] = GOOD, organization: str = "A", **fields) -> SatisfactionSurvey:
    """A survey that is closed with these answers of the workers and staff."""
    survey = opened(cast, organization, **fields)
    count(survey, row)
    return actions.close_survey(by=None, survey=survey)
