"""What opinions prove, how it is explained, and the condition of the gate."""

from datetime import timedelta

import pytest

from campaign.opinions import actions
from campaign.opinions.models import Opinion
from campaign.plan.models import Participation, Step
from campaign.progress import gates
from campaign.progress.actions import recount_check
from campaign.progress.explain import explain_organization
from enterprises import clock
from tests.opinions.given import TODAY, entered
from tests.records import LAUNCH, status

pytestmark = pytest.mark.django_db
DUE = LAUNCH + timedelta(40)


def stands(cast, campaign, code="A"):
    return status(campaign, "opinions", cast.org[code])


@pytest.mark.item(58, 59)
def test_done_when_none_is_left_unsorted(cast, campaign):
    assert stands(cast, campaign).done_on is None
    first, second = entered(cast, campaign, n=2, received_on=LAUNCH)
    actions.sort(by=None, opinion=first, category="other")
    assert stands(cast, campaign).done_on is None
    with clock.fixed(TODAY + timedelta(2)):
        actions.sort(by=None, opinion=second, category="other")
    assert stands(cast, campaign).done_on == TODAY + timedelta(2)
    assert stands(cast, campaign, "E01-DZ").done_on is None


def test_one_more_before_the_due_date_opens_it_again(cast, campaign):
    entered(cast, campaign, category="other")
    assert stands(cast, campaign).done_on == TODAY
    entered(cast, campaign)
    assert stands(cast, campaign).done_on is None


def test_what_comes_after_the_due_date_changes_nothing(cast, campaign):
    entered(cast, campaign, category="other")
    with clock.fixed(DUE + timedelta(3)):
        entered(cast, campaign, received_on=DUE + timedelta(1))
        assert stands(cast, campaign).done_on == TODAY


def test_where_all_came_late_the_first_one_sorted_counts(cast, campaign):
    with clock.fixed(DUE + timedelta(3)):
        one, _other = entered(cast, campaign, n=2, received_on=DUE + timedelta(1))
        assert stands(cast, campaign).done_on is None
        actions.sort(by=None, opinion=one, category="other")
        assert stands(cast, campaign).done_on == DUE + timedelta(3)


def test_what_is_taken_out_proves_nothing(cast, campaign):
    [opinion] = entered(cast, campaign)
    actions.remove(by=None, opinion=opinion)
    assert stands(cast, campaign).done_on is None


def test_recount_finds_nothing_to_mend(cast, campaign):
    one, other, third = entered(cast, campaign, n=3)
    actions.sort(by=None, opinion=one, category="other", new_item="其他")
    actions.sort(by=None, opinion=other, category="welfare")
    actions.remove(by=None, opinion=third)
    entered(cast, campaign, "E01-DZ", n=2)
    assert set(recount_check().values()) == {0}


def told(cast, campaign):
    reasons = explain_organization(cast.org["A"], Step.objects.get(campaign=campaign, code="opinions"))
    return " ".join(reason.text for reason in reasons)


def test_it_is_explained(cast, campaign):
    words = [told(cast, campaign)]
    one, _other = entered(cast, campaign, n=2)
    words.append(told(cast, campaign))
    for opinion in Opinion.objects.all():
        actions.sort(by=None, opinion=opinion, category="other")
    words.append(told(cast, campaign))
    assert len(set(words)) == 3
    assert "2" in words[1]


def test_the_condition_of_the_gate(cast, campaign):
    part = Participation.objects.get(campaign=campaign, unit=cast.unit["E01-A"])
    check = gates.condition("opinions")
    assert not check(part, "ANALYSE").met
    [opinion] = entered(cast, campaign)
    assert not check(part, "ANALYSE").met
    actions.sort(by=None, opinion=opinion, category="other")
    assert check(part, "ANALYSE").met
