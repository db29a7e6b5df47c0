"""What talks, analyses and appraisals prove, for each member who owes them."""

from datetime import timedelta

import pytest

from campaign.appraisal.actions import analyses, appraisals, talks
from campaign.appraisal.models import HeartToHeartTalk, PartySpiritAnalysis
from campaign.appraisal.standing import of_analyses
from campaign.progress import actions as progress
from campaign.progress.actions import recount_check
from campaign.progress.explain import explain_member, explain_organization
from enterprises import clock
from enterprises.action import ActionError
from enterprises.actions.members import correct_member, transfer_member
from enterprises.actions.permit import NotPermitted
from tests.appraisal.stage import TODAY, analysis, appraisal, launch, meeting, secretary
from tests.records import LAUNCH, status

BINDING = [f"M020{i}" for i in range(1, 8)]  # the eighth is retired: flexible


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def campaign(cast):
    return launch()


def talk(cast, campaign, one, others, day=LAUNCH + timedelta(9), organization="B2", **fields):
    return talks.record_talks(
        by=None,
        campaign=campaign,
        organization=cast.org[organization],
        from_member=cast.member[one],
        with_members=[cast.member[code] for code in others],
        held_on=day,
        **fields,
    )


def on_paper(cast, campaign, codes, day=LAUNCH + timedelta(15)):
    days = {cast.member[code].pk: day for code in codes}
    return analyses.hand_in_on_paper(by=None, campaign=campaign, organization=cast.org["B2"], days=days)


def persons(campaign, code, organization):
    row = status(campaign, code, organization)
    return row.persons_due, row.persons_done, row.done_on


@pytest.mark.item(57)
def test_somebody_must_have_talked_with_every_member_who_owes_it(cast, campaign):
    talk(cast, campaign, "M0201", BINDING[1:6])
    assert persons(campaign, "talks", cast.org["B2"]) == (7, 6, None)
    talk(cast, campaign, "M0202", ["M0207"], day=LAUNCH + timedelta(12))
    assert persons(campaign, "talks", cast.org["B2"]) == (7, 7, LAUNCH + timedelta(12))


@pytest.mark.item(57)
def test_talks_withdrawn_prove_nothing_and_double_ones_are_one(cast, campaign):
    [first] = talk(cast, campaign, "M0201", ["M0202"])
    assert talk(cast, campaign, "M0201", ["M0202"]) == []
    assert HeartToHeartTalk.objects.count() == 1
    talks.withdraw_talk(by=None, talk=first, reason="记错了")
    assert persons(campaign, "talks", cast.org["B2"])[1] == 0


def test_talks_follow_the_member_and_count_for_both_branches(cast, campaign):
    talk(cast, campaign, "M0201", ["M0202", "M0301"])
    assert persons(campaign, "talks", cast.org["B3"])[:2] == (5, 1)
    transfer_member(by=None, member=cast.member["M0202"], to=cast.org["B3"], effective=TODAY)
    assert persons(campaign, "talks", cast.org["B3"])[:2] == (6, 2)


def test_talks_are_refused_with_reasons(cast, campaign):
    for fields in ({"others": []}, {"others": ["M0201"]}, {"others": ["M0202"], "day": TODAY + timedelta(1)}):
        with pytest.raises(ActionError):
            talk(cast, campaign, "M0201", fields["others"], day=fields.get("day", TODAY))
    with pytest.raises(NotPermitted):
        talks.record_talks(
            by=cast.account["other_secretary"], campaign=campaign, organization=cast.org["B2"],
            from_member=cast.member["M0201"], with_members=[cast.member["M0202"]], held_on=TODAY,
        )  # fmt: skip


@pytest.mark.item(36, 61)
def test_an_analysis_counts_when_it_is_made_as_asked_or_more(cast, campaign):
    campaign.definition.data["guidance"]["rules"] += [{"category": "TECHNICAL", "writing": "SHORT"}]
    campaign.definition.save()
    correct_member(by=None, member=cast.member["M0202"], category="TECHNICAL", reason="换岗")
    analysis(campaign, cast.member["M0201"], mode="SHORT")  # WRITTEN is asked
    analysis(campaign, cast.member["M0202"], mode="SHORT")
    assert persons(campaign, "analysis", cast.org["B2"]) == (7, 1, None)
    analysis(campaign, cast.member["M0201"], mode="WRITTEN", text="另写一份完整的。" * 9)
    assert persons(campaign, "analysis", cast.org["B2"])[1] == 2
    assert set(recount_check().values()) == {0}


@pytest.mark.item(36)
def test_who_is_asked_for_no_writing_owes_none(cast, campaign):
    campaign.definition.data["guidance"]["rules"] += [{"category": "FRONT_LINE", "writing": "EXEMPT"}]
    campaign.definition.save()
    correct_member(by=None, member=cast.member["M0202"], category="TECHNICAL", reason="换岗")
    assert persons(campaign, "analysis", cast.org["B2"])[:2] == (1, 0)


@pytest.mark.item(36, 61)
def test_what_the_unit_itself_asks_goes_first(cast, campaign):
    """The unit asks front-line members to tell it only, then for nothing."""
    part = campaign.participations.get(unit=cast.org["B2"].enterprise_id)
    part.own_guidance.create(category="FRONT_LINE", writing="ORAL")
    analysis(campaign, cast.member["M0201"], mode="ORAL")
    progress.schedule_changed(campaign.pk, [part.unit_id])
    assert persons(campaign, "analysis", cast.org["B2"])[:2] == (7, 1)
    assert [s.done_on is not None for s in of_analyses(campaign, cast.org["B2"]) if s.member == cast.member["M0201"]]
    part.own_guidance.update(writing="EXEMPT")
    progress.schedule_changed(campaign.pk, [part.unit_id])
    assert persons(campaign, "analysis", cast.org["B2"])[:2] == (0, 0)
    assert not any(recount_check().values())


@pytest.mark.item(31, 36)
def test_of_members_with_less_education_less_writing_is_asked(cast, campaign):
    campaign.definition.data["guidance"]["writing_at_most"] = {"LOWER": "ORAL"}
    campaign.definition.save()
    for code, education in {"M0201": "80", "M0202": "71", "M0203": "60", "M0204": "21", "M0205": ""}.items():
        correct_member(by=None, member=cast.member[code], education=education)
        analysis(campaign, cast.member[code], mode="ORAL")
    assert persons(campaign, "analysis", cast.org["B2"])[:2] == (7, 2)
    done = {s.member.code for s in of_analyses(campaign, cast.org["B2"]) if s.done_on}
    assert done == {"M0201", "M0202"}  # the statement and the page ask the same
    correct_member(by=None, member=cast.member["M0201"], education="14")
    assert persons(campaign, "analysis", cast.org["B2"])[:2] == (7, 1)
    assert not any(recount_check().values())


@pytest.mark.item(36)
def test_oral_ones_taken_down_and_paper_count_in_full(cast, campaign):
    campaign.definition.data["guidance"]["writing"] = "ORAL"
    campaign.definition.save()
    analysis(campaign, cast.member["M0201"], mode="ORAL")
    on_paper(cast, campaign, BINDING[1:])
    assert persons(campaign, "analysis", cast.org["B2"]) == (7, 7, TODAY)
    assert on_paper(cast, campaign, BINDING) == []


def test_a_draft_proves_nothing(cast, campaign):
    analysis(campaign, cast.member["M0201"], hand_in=False)
    assert persons(campaign, "analysis", cast.org["B2"])[1] == 0
    on_paper(cast, campaign, ["M0201"])
    assert persons(campaign, "analysis", cast.org["B2"])[1] == 1
    assert PartySpiritAnalysis.objects.count() == 1


@pytest.mark.item(64)
def test_an_appraisal_counts_from_its_feedback(cast, campaign):
    held = meeting(cast)
    found = appraisal(campaign, cast.member["M0201"], held, fed_back=False)
    assert persons(campaign, "appraisal", cast.org["B2"]) == (7, 0, None)
    appraisals.feed_back(by=None, appraisal=found, way="WRITTEN", on=held.held_on)
    days = {cast.member[code].pk: held.held_on + timedelta(3) for code in BINDING[1:]}
    appraisals.feed_back_on_paper(
        by=None, campaign=campaign, organization=cast.org["B2"], meeting=held, way="TALK", days=days
    )
    assert persons(campaign, "appraisal", cast.org["B2"]) == (7, 7, held.held_on + timedelta(3))
    assert set(recount_check().values()) == {0}


@pytest.mark.item(64, 66)
def test_a_corrected_version_is_fed_back_anew(cast, campaign):
    held = meeting(cast)
    found = appraisal(campaign, cast.member["M0201"], held)
    assert persons(campaign, "appraisal", cast.org["B2"])[1] == 1
    appraisal(campaign, cast.member["M0201"], held, fed_back=False, text="更正后的意见。")
    found.refresh_from_db()
    assert (found.fed_back_on, found.versions.count()) == (None, 2)
    assert persons(campaign, "appraisal", cast.org["B2"])[1] == 0


def test_explanations_count_and_name_nobody(cast, campaign):
    talk(cast, campaign, "M0201", ["M0202"])
    for code in ("talks", "analysis", "appraisal"):
        step = campaign.steps.get(code=code)
        told = " ".join(reason.text for reason in explain_organization(cast.org["B2"], step))
        assert not any(member.name in told for member in cast.member.values())
        assert any(reason.url for reason in explain_organization(cast.org["B2"], step))


def test_members_read_where_they_stand(cast, campaign):
    talk(cast, campaign, "M0201", ["M0202"])

    def told_to(code, step_code):
        [reasons] = [r for step, r in explain_member(cast.member[code], campaign) if step.code == step_code]
        return reasons[0].text

    assert len({told_to("M0202", "talks"), told_to("M0203", "talks"), told_to("M0208", "talks")}) == 3
    assert told_to("M0201", "analysis") == told_to("M0203", "appraisal")


def test_the_secretary_of_the_branch_is_talked_with_too(cast, campaign):
    secretary(cast)
    talk(cast, campaign, "M0201", BINDING[1:])
    assert persons(campaign, "talks", cast.org["B2"])[2] == LAUNCH + timedelta(9)
