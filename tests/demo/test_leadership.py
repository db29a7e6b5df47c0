"""The demo tells the story of preparation: what is in place, what waits, what was returned."""

import pytest

from campaign.leadership.leaders import contact_points, unvisited
from campaign.leadership.models import CampaignOffice, ContactPoint, ImplementationPlan, LeadingGroup, Trainee
from campaign.leadership.training import coverage_below
from campaign.plan.models import Campaign
from enterprises.models import Organization, Post
from tests.demo.conftest import DAY

pytestmark = pytest.mark.django_db


def test_groups_plans_training_and_contact_points(demo):
    campaign = Campaign.objects.order_by("launched_on").first()
    assert LeadingGroup.objects.count() >= 15
    assert 0 < CampaignOffice.objects.count() < LeadingGroup.objects.count()
    states = set(ImplementationPlan.objects.values_list("state", flat=True))
    assert {"FILED", "SUBMITTED", "REVIEWED", "RETURNED", "DRAFT"} <= states
    changed = ImplementationPlan.objects.get(state="DRAFT")
    assert changed.approved and changed.versions.count() == 2
    assert Trainee.objects.count() < 400
    root = Organization.objects.get(path="0000")
    found = coverage_below(campaign, root, DAY.date())
    assert 0 < found.trained < found.total
    assert {"ORDINARY", "CANDIDATE", "DEMONSTRATION"} <= set(ContactPoint.objects.values_list("status", flat=True))
    assert unvisited(contact_points(campaign, DAY.date()), campaign, DAY.date()).exists()


def test_the_plan_of_the_committee_that_signs_in_waits_for_its_enterprise(demo):
    held = Post.objects.filter(role="COMMITTEE_SECRETARY", member__account__username="committee")
    plan = ImplementationPlan.objects.get(organization__in=held.values("scope_id"), phase=None)
    assert plan.state == "SUBMITTED"
