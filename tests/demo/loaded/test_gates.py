"""The demo's units stand at different gates, some ask, some were forced, some ask otherwise (part 1 J, 33)."""

import pytest

from campaign.gates.models import LookBackCheck, PhaseTransition
from campaign.plan.models import Campaign, GuidanceChange, Participation

pytestmark = pytest.mark.django_db
State = PhaseTransition.State


def test_units_stand_at_every_kind_of_stage(demo):
    campaign = Campaign.objects.get(code="2005-second-batch")
    stages = set(Participation.objects.filter(campaign=campaign).values_list("state", flat=True))
    assert {"prepared", "LEARN", "ANALYSE", "surveyed", "make_up"} <= stages
    assert PhaseTransition.objects.count() < 400


def test_the_unit_stands_where_its_last_passage_led(demo):
    standing = PhaseTransition.objects.filter(state__in=(State.PASSED, State.RETURNED), undone_at=None)
    for part in Participation.objects.filter(transitions__isnull=False).distinct():
        assert standing.filter(participation=part).order_by("-id").first().to_stage == part.state


def test_something_of_each_kind_is_there_to_be_seen(demo):
    assert PhaseTransition.objects.filter(state=State.ASKED).count() >= 2
    assert PhaseTransition.objects.filter(state=State.REFUSED).exists()
    assert PhaseTransition.objects.filter(forced=True, undone_at=None).count() >= 5
    assert PhaseTransition.objects.exclude(undone_at=None).exists()
    assert LookBackCheck.objects.exists() and GuidanceChange.objects.count() == 3
