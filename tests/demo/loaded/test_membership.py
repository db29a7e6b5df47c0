"""The demo shows searches at every stage, found members, applicants, and new forms of organization."""

import pytest

from campaign.membership.models import Applicant, MemberSearchCase
from campaign.plan.models import Campaign
from enterprises.models import Member, Organization


@pytest.mark.item(37)
def test_searches_open_and_closed(demo):
    results = set(MemberSearchCase.objects.order_by().values_list("result", flat=True))
    assert {"", "FOUND", "PARTLY", "NOT_FOUND", "TRANSFERRED"} <= results
    found = MemberSearchCase.objects.filter(result="FOUND").values("member")
    assert set(Member.objects.filter(pk__in=found).values_list("contact", flat=True)) == {"NORMAL"}


@pytest.mark.item(45)
def test_applicants_at_every_stage(demo):
    for stage in ("APPLICANT", "ACTIVIST", "CANDIDATE"):
        assert Applicant.objects.at(stage).exists(), stage
    assert Applicant.objects.filter(ended="ADMITTED").exists() and Applicant.objects.filter(ended="WITHDRAWN").exists()
    assert all(applicant.name[1] == "示" for applicant in Applicant.objects.all())


@pytest.mark.item(40)
def test_new_forms_were_founded_since_the_launch(demo):
    launched = Campaign.objects.order_by("launched_on").first().launched_on
    new = Organization.objects.filter(founded_on__gte=launched)
    assert set(new.values_list("form", flat=True)) == {"", "MOBILE", "RETIRED"}
    assert new.filter(kind="TEMPORARY_BRANCH").exists()
