"""The demo shows business beside the campaign and what is to outlast it, all invented."""

import pytest

from campaign.business.models import Arrangement, BusinessTarget, EconomicIndicator
from campaign.masses.models import PublicComment, Representatives
from campaign.mechanisms.models import LongTermMechanism, Regulation

pytestmark = pytest.mark.django_db


@pytest.mark.item(81, 82, 84, 85, 103)
def test_figures_mechanisms_and_the_masses_are_there_to_be_seen(demo):
    latest = EconomicIndicator.objects.order_by("organization_id", "-month").distinct("organization_id")
    assert {one.outgrows for one in latest} == {True, False} and len(latest) == 5
    assert set(BusinessTarget.objects.values_list("state", flat=True)) == {"MET", "OPEN"}
    assert Arrangement.objects.exists()
    assert set(LongTermMechanism.objects.values_list("status", flat=True)) == set(LongTermMechanism.Status.values)
    assert set(Regulation.objects.values_list("change", flat=True)) == set(Regulation.Change.values)
    assert set(PublicComment.objects.values_list("state", flat=True)) == {"WAITING", "PUBLISHED", "HANDED_OVER"}
    assert Representatives.objects.count() >= 3
