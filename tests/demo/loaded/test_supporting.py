"""Support in the demo tells a story (items 41-44)."""

import pytest

from campaign.support import care_totals
from campaign.support.models import CareRecord, DifficultyRequest, ProposalDismissal, WeakOrganization
from enterprises.models import Organization

pytestmark = pytest.mark.django_db  # so that the test database stands before the fixtures of the module


def test_the_demo_shows_cases_requests_and_care_in_every_state(demo):
    assert set(WeakOrganization.objects.values_list("state", flat=True)) == {"IN_HAND", "REPORTED", "ACCEPTED"}
    assert set(DifficultyRequest.objects.values_list("state", flat=True)) == {
        "RAISED", "ANSWERED", "SOLVED", "REFUSED",
    }  # fmt: skip
    assert ProposalDismissal.objects.count() == 1
    assert CareRecord.objects.filter(whom="MASSES").exists()
    unit = Organization.objects.get(pk=CareRecord.objects.first().organization_id).enterprise
    own, _below = care_totals.totals(unit.leading_organization)
    assert own.total is not None and own.total >= care_totals.rules.HIDDEN_BELOW
