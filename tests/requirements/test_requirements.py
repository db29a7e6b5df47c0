"""Concrete requirements: versions, comments, adoption, publication, what they prove, and who reads them."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from campaign.plan.models import Participation, Step
from campaign.progress.actions import build_campaign, recount_check
from campaign.progress.explain import explain_organization
from campaign.progress.gates import condition
from campaign.requirements import actions
from campaign.requirements.actions import Variant
from campaign.requirements.models import ConcreteRequirements, RequirementsComment, RequirementsVersion
from campaign.requirements.queries import adopted_for, checklist, text_for
from enterprises import clock
from enterprises.action import ActionError
from enterprises.actions.permit import NotPermitted
from tests.plan.launched import second_batch
from tests.records import COMMITTEES, LAUNCH, launch, status

TODAY = date(2026, 9, 1)
TEXT = "爱岗敬业、技术过硬\n遵章守纪、安全在前\n服务用户、诚实守信"


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def campaign(cast):
    """The tests' campaign with one more step, which committees prove by adopting requirements."""
    found = launch()
    phase = found.phases.get()
    Step.objects.create(
        campaign=found, phase=phase, code="requirements", order=20, name_zh="大讨论", name_en="Discussion",
        owed_by="organizations", org_kinds=COMMITTEES, evidence={"kind": "requirements"}, anchor="phase_end",
        due_days=0,
    )  # fmt: skip
    build_campaign(found)
    return found


@pytest.fixture
def enter(cast, client):
    def as_role(name):
        client.force_login(cast.account[name], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return as_role


def write(cast, campaign, code="A", text=TEXT, **fields) -> RequirementsVersion:
    return actions.write_version(by=None, campaign=campaign, organization=cast.org[code], text=text, **fields)


@pytest.mark.item(52)
def test_adoption_proves_the_step_from_its_first_day(cast, campaign):
    first = write(cast, campaign)
    assert status(campaign, "requirements", cast.org["A"]).done_on is None
    actions.adopt(by=None, version=first, adopted_on=LAUNCH + timedelta(9), adopted_by="党委会")
    second = write(cast, campaign, text=TEXT + "\n团结工友")
    actions.adopt(by=None, version=second, adopted_on=TODAY)
    assert status(campaign, "requirements", cast.org["A"]).done_on == LAUNCH + timedelta(9)
    assert status(campaign, "requirements", cast.org["E02-DW"]).done_on is None
    assert adopted_for(cast.org["A"]) == second
    actions.revoke(by=None, version=second, reason="未经会议通过")
    assert adopted_for(cast.org["A"]) == first
    actions.revoke(by=None, version=first, reason="未经会议通过")
    assert status(campaign, "requirements", cast.org["A"]).done_on is None
    assert set(recount_check().values()) == {0}


@pytest.mark.item(52)
def test_explanations_say_how_far_it_is(cast, campaign):
    step = campaign.steps.get(code="requirements")

    def said():
        return [reason.text for reason in explain_organization(cast.org["A"], step)]

    texts = [said()]
    version = write(cast, campaign)
    texts.append(said())
    actions.adopt(by=None, version=version, adopted_on=TODAY)
    texts.append(said())
    actions.publish(by=None, document=version.document, published_on=TODAY, published_where="宣传栏")
    texts.append(said())
    assert len(set(map(tuple, texts))) == 4
    assert TODAY.isoformat() in texts[3][-1]


@pytest.mark.item(52)
def test_the_shipped_definition_asks_committees_to_adopt_and_branches_to_discuss(cast):
    step = second_batch().steps.get(code="requirements")
    assert step.obligation_for("COMMITTEE").evidence == {"kind": "requirements"}
    assert step.obligation_for("BRANCH").evidence["meeting_kinds"] == ["REQUIREMENTS_DISCUSSION"]


@pytest.mark.item(52)
def test_the_nearest_adopted_text_holds(cast, campaign):
    above = write(cast, campaign, "E01-DZ", "总部的要求")
    actions.adopt(by=None, version=above, adopted_on=LAUNCH)
    assert adopted_for(cast.org["B2"]) == above
    own = write(cast, campaign, "A", "北山矿的要求")
    assert adopted_for(cast.org["B2"]) == above  # a draft holds for nobody
    actions.adopt(by=None, version=own, adopted_on=LAUNCH)
    assert adopted_for(cast.org["B2"], campaign) == own
    assert adopted_for(cast.org["B1"]) == above
    assert adopted_for(cast.org["B4"]) is None


@pytest.mark.item(52)
def test_variants_by_post_and_the_checklist(cast, campaign):
    variant = Variant("采煤工", "先支护、后作业；不带病上岗。", ("FRONT_LINE",))
    version = write(cast, campaign, variants=[variant])
    assert checklist(text_for(version, "FRONT_LINE")) == ["先支护、后作业", "不带病上岗"]
    assert checklist(text_for(version, "RETIRED")) == TEXT.splitlines()
    with pytest.raises(ActionError):
        write(cast, campaign, variants=[Variant("采煤工", " ")])


@pytest.mark.item(52)
def test_the_gate_condition_where_no_step_is_named(cast, campaign):
    part = Participation.objects.get(campaign=campaign, unit=cast.unit["E01-A"])
    judge = condition("requirements")
    assert not judge(part, "LEARN").met
    version = write(cast, campaign)
    actions.adopt(by=None, version=version, adopted_on=TODAY)
    met = judge(part, "LEARN")
    assert met.met and met.url == reverse("requirements:document", args=[version.document_id])


def test_refusals(cast, campaign):
    version = write(cast, campaign)
    later = write(cast, campaign, text="另一稿")
    actions.adopt(by=None, version=later, adopted_on=TODAY)
    told = {"by": None, "version": version, "said_on": TODAY, "text": "好"}
    for refused in (
        lambda: write(cast, campaign, text=" "),
        lambda: actions.adopt(by=None, version=version, adopted_on=TODAY),  # a later one is in force
        lambda: actions.adopt(by=None, version=later, adopted_on=TODAY + timedelta(1)),
        lambda: actions.revoke(by=None, version=later, reason=" "),
        lambda: actions.comment(**told, organization=cast.org["B5"]),
        lambda: actions.comment(**told, organization=cast.org["B2"], member=cast.member["M0301"]),
        lambda: actions.comment(**(told | {"text": ""}), organization=cast.org["B2"]),
        lambda: actions.publish(by=None, document=version.document, published_on=LAUNCH, published_where="栏"),
        lambda: actions.publish(by=None, document=version.document, published_on=TODAY, published_where=""),
    ):
        with pytest.raises(ActionError):
            refused()
    with pytest.raises(NotPermitted):
        actions.adopt(by=cast.account["branch_secretary"], version=version, adopted_on=TODAY)
    other = write(cast, campaign, "E01-DZ")
    with pytest.raises(ActionError):
        actions.publish(by=None, document=other.document, published_on=TODAY, published_where="栏")


def test_the_same_submission_is_one_version(cast, campaign):
    submission = uuid4()
    assert write(cast, campaign, submission=submission) == write(cast, campaign, submission=submission)
    assert write(cast, campaign).number == 2


@pytest.mark.item(52)
def test_from_draft_to_publication_in_the_browser(cast, campaign, enter):
    client = enter("committee_secretary")
    draft = f"{reverse('requirements:draft')}?organization={cast.org['A'].pk}"
    empty = {"text": TEXT, "submission": str(uuid4())}
    assert client.post(draft, empty | {"post_1": "采煤工"}).context["form"].errors.keys() == {"text_1"}
    told = empty | {"post_1": "采煤工", "text_1": "先支护", "categories_1": ["FRONT_LINE"]}
    assert client.post(draft, told).status_code == 302
    version = RequirementsVersion.objects.get()
    assert client.get(draft).context["form"].initial["text_1"] == "先支护"

    client = enter("branch_secretary")
    page = reverse("requirements:document", args=[version.document_id])
    comment = f"{reverse('requirements:comment', args=[version.pk])}?organization={cast.org['B2'].pk}"
    assert comment.split("?")[0] in client.get(page).content.decode()
    said = {"text": "写上交接班", "member": cast.member["M0203"].pk, "said_on": "2026-08-20", "submission": uuid4()}
    assert client.post(comment, said).status_code == 302
    client.post(comment, said)
    heard = RequirementsComment.objects.get()

    client = enter("committee_secretary")
    answer = reverse("requirements:answer", args=[heard.pk])
    assert client.post(answer, {"outcome": "NOT_TAKEN"}).context["form"].errors.keys() == {"answer"}
    assert client.post(answer, {"outcome": "TAKEN"}).status_code == 302
    adopt = reverse("requirements:adopt", args=[version.pk])
    assert client.post(adopt, {"adopted_on": "2026-08-25", "adopted_by": "党委会"}).status_code == 302
    publish = reverse("requirements:publish", args=[version.document_id])
    told = {"published_on": "2026-08-26", "published_where": "矿区宣传栏"}
    assert client.post(publish, told).status_code == 302
    shown = client.get(page).content.decode()
    assert "写上交接班" in shown and "矿区宣传栏" in shown and cast.member["M0203"].name in shown
    for state, count in (("draft", 0), ("adopted", 1), ("published", 1)):
        assert client.get(reverse("requirements:document_list"), {"state": state}).context["count"] == count


@pytest.mark.item(52)
def test_every_member_of_the_unit_reads_the_adopted_text(cast, campaign, enter):
    url = reverse("requirements:adopted", args=[cast.org["B2"].pk])
    client = enter("member")
    assert client.get(url).context["version"] is None
    version = write(cast, campaign, variants=[Variant("采煤工", "先支护", ("FRONT_LINE",))])
    actions.comment(by=None, version=version, organization=cast.org["B2"], text="意见内容", said_on=TODAY)
    actions.adopt(by=None, version=version, adopted_on=TODAY)
    shown = client.get(url)
    assert shown.context["points"] == ["先支护"]  # the variant of the own category, then what holds for all
    assert shown.context["common"] == TEXT.splitlines()
    page = client.get(reverse("requirements:document", args=[version.document_id])).content.decode()
    assert "意见内容" not in page
    assert url in client.get(reverse("overview:me")).content.decode()


@pytest.mark.item(52)
def test_what_is_due_leads_to_the_draft(cast, campaign, enter):
    page = enter("committee_secretary").get(reverse("enterprises:organization", args=[cast.org["A"].pk]))
    assert f"{reverse('requirements:draft')}?organization={cast.org['A'].pk}" in page.content.decode()


def test_a_document_is_one_per_organization_and_campaign(cast, campaign):
    write(cast, campaign)
    write(cast, campaign, text="第二稿")
    assert ConcreteRequirements.objects.count() == 1
