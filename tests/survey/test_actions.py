"""Who holds a survey, how it opens and closes, what a code is good for, what the result freezes."""

from datetime import timedelta
from uuid import uuid4

import pytest

from campaign.plan.models import Participation
from campaign.progress.actions import recount, recount_check
from campaign.progress.gates import condition
from campaign.survey import actions, evidence, queries
from campaign.survey.actions import BallotRefused
from campaign.survey.models import Ballot, GroupResult, SatisfactionSurvey, SurveyCode
from enterprises import clock
from enterprises.action import ActionError
from enterprises.actions.permit import NotPermitted
from tests.records import status
from tests.survey.held import BAD, GOOD, TODAY, answers, closed, code_for, count, opened, prepared, the_campaign, vote


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(TODAY):
        yield


def prepare(cast, by, organization="A", **fields):
    told = {"respondents": ["employees"], "starts_on": TODAY, "ends_on": TODAY} | fields
    return actions.prepare_survey(by=by, campaign=the_campaign(), organization=cast.org[organization], **told)


@pytest.mark.item(74)
def test_the_organization_above_holds_it_and_never_the_unit_itself(cast):
    with pytest.raises(NotPermitted, match=cast.org["E01-DZ"].name):
        prepare(cast, cast.account["committee_secretary"])
    with pytest.raises(NotPermitted):
        prepare(cast, cast.account["enterprise_office"], "E01-DZ")
    made = prepare(cast, cast.account["enterprise_office"])
    assert made.organizer == cast.org["E01-DZ"]
    assert prepare(cast, cast.account["office"], "E01-DZ").organizer == cast.org["ROOT"]


@pytest.mark.item(8, 74)
def test_local_units_are_surveyed_by_their_local_committee_alone(cast):
    for name in ("enterprise_office", "office"):
        with pytest.raises(NotPermitted):
            prepare(cast, cast.account[name], "C")
    assert prepare(cast, cast.account["local_liaison"], "C").organizer == cast.org["LOC"]


def test_nobody_stands_above_a_root_and_branches_owe_none(cast):
    for code in ("ROOT", "B2"):
        with pytest.raises(ActionError):
            prepare(cast, None, code)


def test_a_double_submission_is_one_survey_and_one_runs_at_a_time(cast):
    submission = uuid4()
    first = prepare(cast, None, submission=submission)
    assert prepare(cast, None, submission=submission) == first
    with pytest.raises(ActionError):
        prepare(cast, None)
    actions.discard_survey(by=None, survey=first)
    assert prepare(cast, None).pk != first.pk


def test_what_cannot_be_prepared(cast):
    for fields in ({"respondents": []}, {"ends_on": TODAY - timedelta(1)}):
        with pytest.raises(ActionError) as refusal:
            prepare(cast, None, **fields)
        assert refusal.value.field in ("respondents", "ends_on")


def test_the_unit_reports_before_its_people_vote(cast):
    survey = prepared(cast, reported_on=None)
    with pytest.raises(ActionError) as refusal:
        actions.open_survey(by=None, survey=survey)
    assert refusal.value.field == "reported_on"
    told = {"respondents": ["employees"], "starts_on": TODAY, "ends_on": TODAY, "reported_on": TODAY}
    actions.change_survey(by=None, survey=survey, **told)
    assert actions.open_survey(by=None, survey=survey).is_open
    with pytest.raises(ActionError):  # the groups stay once it is open
        actions.change_survey(by=None, survey=survey, **(told | {"respondents": ["users"]}))
    outside = prepared(cast, "E02-DW", respondents=["users", "society"], reported_on=None)
    assert actions.open_survey(by=None, survey=outside).is_open


def test_the_form_is_frozen_at_opening(cast):
    survey = opened(cast)
    definition = survey.campaign.definition
    definition.data["survey"]["items"] = definition.data["survey"]["items"][:1]
    definition.save()
    survey.refresh_from_db()
    assert len(survey.form["items"]) == 11


def test_codes_are_shown_once_and_kept_nowhere(cast):
    survey = prepared(cast)
    submission = uuid4()
    told = {"by": None, "survey": survey, "respondents": "employees", "submission": submission}
    made = actions.issue_codes(**told, count=30)
    assert len(set(made)) == 30
    assert actions.issue_codes(**told, count=30) == []
    stored = b"".join(bytes(d) for d in SurveyCode.objects.values_list("digest", flat=True))
    assert SurveyCode.objects.count() == 30 and not any(code.encode() in stored for code in made)
    for fields in ({"respondents": "users", "count": 1}, {"respondents": "members", "count": 501}):
        with pytest.raises(ActionError):
            actions.issue_codes(by=None, survey=survey, **fields)


def refused(code, survey, **fields):
    with pytest.raises(BallotRefused) as refusal:
        actions.cast_ballot(by=None, code=code, answers=answers(survey), **fields)
    return refusal.value.why


@pytest.mark.item(74)
def test_a_code_is_good_for_one_ballot(cast):
    survey = opened(cast)
    code = code_for(survey)
    with pytest.raises(ActionError) as refusal:
        actions.cast_ballot(by=None, code=code, answers=answers(survey) | {"study": ""})
    assert refusal.value.field == "study"
    actions.cast_ballot(by=None, code=f" {code[:5].lower()}-{code[5:]} ", answers=answers(survey), remark=" 好 ")
    assert refused(code, survey) == "used"
    assert refused("23456789AB", survey) == "unknown" == refused("", survey)
    ballot = Ballot.objects.get()
    assert (ballot.respondents, ballot.voted_on, ballot.remark) == ("employees", TODAY, "好")


def test_no_ballot_before_the_first_and_after_the_last_day(cast):
    survey = prepared(cast, starts_on=TODAY + timedelta(1), ends_on=TODAY + timedelta(2))
    code = code_for(survey)
    assert refused(code, survey) == "early"
    actions.open_survey(by=None, survey=survey)
    assert refused(code, survey) == "early"
    with clock.fixed(TODAY + timedelta(3)):
        assert refused(code, survey) == "closed"


@pytest.mark.item(74, 75)
def test_closing_freezes_the_result_by_group(cast):
    survey = opened(cast, respondents=["employees", "users", "members"])
    count(survey, GOOD)
    for _n in range(6):
        vote(survey, "satisfied", "members")
    vote(survey, "dissatisfied", "users")
    survey = actions.close_survey(by=None, survey=survey)
    employees, users, members = survey.result["groups"]
    assert (employees["issued"], employees["returned"], employees["valid"]) == (25, 21, 20)
    overall = next(row for row in employees["items"] if row["code"] == "overall")
    assert overall["satisfied_or_basically_rate"] == "90.0" and overall["counts"]["unknown"] is None
    assert members["measured"] and members["items"][0]["satisfied_rate"] == "100.0"
    assert not users["measured"] and users["items"] == [] and users["valid"] == 1  # too few: nothing is shown
    assert survey.is_valid and not survey.make_up_required
    assert GroupResult.objects.filter(survey=survey).count() == 3
    assert GroupResult.objects.get(survey=survey, respondents="users").satisfied is None
    for later in (lambda: vote(survey), lambda: count(survey, GOOD)):
        with pytest.raises(ActionError):
            later()
    assert actions.close_survey(by=None, survey=survey).result == survey.result


@pytest.mark.item(112)
def test_a_sentence_sums_its_items_and_hides_what_they_hide(cast):
    survey = opened(cast)
    told = {item: {"satisfied": 20} for item in ("heard", "rectified", "difficulties", "overall")}
    told["heard"] = {"satisfied": 17, "basically_satisfied": 0, "dissatisfied": 0, "unknown": 3}
    actions.enter_paper(by=None, survey=survey, respondents="employees", issued=20, returned=20, valid=20, answers=told)
    survey = actions.close_survey(by=None, survey=survey)
    service = next(s for s in survey.result["groups"][0]["sentences"] if s["code"] == "service")
    assert service["base"] == 60
    assert service["counts"] == {"satisfied": 57, "basically_satisfied": 0, "dissatisfied": None, "unknown": None}
    assert service["satisfied_or_basically_rate"] == "95.0"


@pytest.mark.item(74)
def test_only_the_masses_decide_and_every_group_by_itself(cast):
    survey = opened(cast, respondents=["employees", "users", "members"])
    count(survey, {"satisfied": 200})
    count(survey, BAD, "members")
    assert not actions.close_survey(by=None, survey=survey).make_up_required
    other = opened(cast, "E02-DW", respondents=["employees", "users"])
    count(other, {"satisfied": 200})
    count(other, BAD, "users")
    assert actions.close_survey(by=None, survey=other).make_up_required


def test_paper_counts_that_cannot_be(cast):
    survey = opened(cast)
    for fields, field in (
        ({"valid": 19}, "study"), ({"returned": 19, "valid": 20}, "valid"), ({"issued": 20}, "returned"),
    ):  # fmt: skip
        with pytest.raises(ActionError) as refusal:
            count(survey, GOOD, **fields)
        assert refusal.value.field == field
    count(survey, GOOD)
    count(survey, BAD)  # corrected: it replaces
    assert survey.papers.get().answers["study"] == BAD


@pytest.mark.item(74)
def test_a_dissatisfied_majority_asks_for_a_make_up_and_another_survey(cast):
    the_campaign()
    recount()
    first = closed(cast, BAD)
    assert first.is_valid and first.make_up_required
    row = status(first.campaign, "survey", cast.org["A"])
    assert (row.done_on, row.made_up) == (TODAY, False)
    part = Participation.objects.get(campaign=first.campaign, unit=cast.unit["E01-A"])
    assert condition("survey_valid")(part, "RECTIFY").met
    assert not condition("not_dissatisfied")(part, "RECTIFY").met
    again = opened(cast)
    assert again.earlier == first
    count(again, GOOD)
    actions.close_survey(by=None, survey=again)
    assert condition("not_dissatisfied")(part, "RECTIFY").met
    assert status(first.campaign, "survey", cast.org["A"]).made_up
    with pytest.raises(ActionError):
        prepared(cast)  # it has been held
    assert set(recount_check().values()) == {0}


@pytest.mark.item(74)
def test_too_few_ballots_prove_nothing(cast):
    survey = opened(cast)
    vote(survey)
    actions.close_survey(by=None, survey=survey)
    assert status(survey.campaign, "survey", cast.org["A"]).done_on is None
    part = Participation.objects.get(campaign=survey.campaign, unit=cast.unit["E01-A"])
    assert not condition("survey_valid")(part, "RECTIFY").met
    assert prepared(cast).earlier == survey


def test_conditions_before_any_survey_say_so_with_a_link(cast):
    part = Participation.objects.get(campaign=the_campaign(), unit=cast.unit["E01-A"])
    for code in ("survey_valid", "not_dissatisfied"):
        found = condition(code)(part, "RECTIFY")
        assert not found.met and str(cast.org["A"].pk) in found.url


def test_explained(cast):
    campaign = the_campaign()
    step = campaign.steps.get(code="survey")
    obligation = step.obligation_for("COMMITTEE")
    [reason] = evidence.explain_survey(step, obligation, cast.org["A"])
    assert cast.org["E01-DZ"].name in reason.text
    closed(cast)
    [reason] = evidence.explain_survey(step, obligation, cast.org["A"])
    assert TODAY.isoformat() in reason.text and reason.url


@pytest.mark.item(74)
def test_surveys_to_open_stand_on_the_list_of_the_organization_above(cast):
    campaign = the_campaign()
    office = cast.fresh("enterprise_office")
    [one] = queries.surveys_to_open(office, TODAY)
    assert one.organization == cast.org["A"] and not one.repeats and one.days_over(TODAY) > 0
    assert [o.organization.code for o in queries.surveys_to_open(cast.fresh("office"), TODAY)] == ["E01-DZ", "E02-DW"]
    assert [o.organization.code for o in queries.surveys_to_open(cast.fresh("local_liaison"), TODAY)] in ([], ["C"])
    assert queries.surveys_to_open(cast.fresh("committee_secretary"), TODAY) == []
    with clock.fixed(campaign.launched_on):
        assert queries.surveys_to_open(office, campaign.launched_on) == []
    closed(cast, BAD)
    [again] = queries.surveys_to_open(office, TODAY)
    assert again.repeats and again.since == TODAY
    opened(cast)
    assert queries.surveys_to_open(office, TODAY) == []


@pytest.mark.item(75, 117)
def test_the_headline_keeps_groups_apart_and_shows_the_weights(cast):
    closed(cast, GOOD)
    survey = opened(cast, "E01-DZ", respondents=["employees", "users"])
    count(survey, BAD)
    count(survey, GOOD, "users")
    actions.close_survey(by=None, survey=survey)
    found = queries.headline(cast.fresh("office"), survey.campaign)
    assert (found.surveyed, found.make_up) == (2, 1)
    employees, users = found.groups
    assert (employees.base, str(employees.satisfied_or_basically_rate)) == (40, "60.0")
    assert (users.base, str(users.satisfied_or_basically_rate)) == (20, "90.0")
    own = queries.headline(cast.fresh("committee_secretary"), survey.campaign)
    assert (own.surveyed, own.owing) == (1, 1) and own.groups[0].base == 20


def test_a_survey_replaced_by_a_later_one_is_out_of_the_headline(cast):
    closed(cast, BAD)
    survey = closed(cast, GOOD)
    found = queries.headline(cast.fresh("office"), survey.campaign)
    assert (found.surveyed, found.make_up, found.groups[0].base) == (1, 0, 20)
    assert SatisfactionSurvey.objects.count() == 2
