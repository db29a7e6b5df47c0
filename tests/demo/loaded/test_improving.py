"""Rectification, publications and services of the demo tell a story (items 68-80)."""

import pytest
from django.urls import reverse

from campaign.publicity.models import Publication, PublicityItem
from campaign.rectification.models import RectificationItem, RectificationPlan
from campaign.services.models import ComplianceCheck, HotIssue, ServiceActivity

pytestmark = pytest.mark.django_db  # so that the test database stands before the fixtures of the module


def test_the_demo_shows_items_in_every_state(demo, client):
    states = set(RectificationItem.objects.values_list("state", flat=True))
    assert states == set(RectificationItem.State.values)
    assert RectificationItem.objects.filter(feasibility="LACKING").exists()
    assert {"SUBMITTED", "APPROVED"} <= set(RectificationPlan.objects.values_list("state", flat=True))
    assert PublicityItem.objects.count() == 6
    assert ComplianceCheck.objects.count() == 3 and ServiceActivity.objects.count() == 4
    assert set(HotIssue.objects.values_list("state", flat=True)) == {"WORKING", "SOLVED"}
    hanging = Publication.objects.filter(place="SITE").first()
    page = client.get(reverse("publicity:notice", args=[hanging.organization_id]))
    assert hanging.title in page.content.decode()
