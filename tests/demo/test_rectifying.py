"""Generated rectification proves its steps (items 68-72)."""

import pytest

from campaign.demo import large, launching
from campaign.progress.actions import recount_check
from campaign.progress.models import StepStatus
from campaign.publicity.models import Publication
from campaign.rectification.models import RectificationItem, RectificationPlan
from tests.demo.conftest import undone

pytestmark = pytest.mark.django_db  # so that the test database stands before the fixtures of the module


@pytest.fixture(scope="module")
def over(django_db_setup, django_db_blocker):
    """A small campaign whose third phase is over for most."""
    with undone(django_db_blocker), pytest.MonkeyPatch.context() as patch:
        patch.setattr(launching, "LAUNCHED", (("2005-second-batch", 135), ("2024-discipline-study", 18)))
        yield large.make(branches=120, members=1800, seed=3)


def test_generated_rows_prove_the_steps_and_stay_few(over):
    for code in ("plan", "carry_out", "publish"):
        rows = StepStatus.objects.filter(step__code=code, applicable=True)
        assert rows.exclude(done_on=None).count() > 0.8 * rows.count(), code
    owing = StepStatus.objects.filter(step__code="plan").count()
    assert RectificationItem.objects.count() <= 3 * owing
    assert RectificationPlan.objects.count() <= 1.05 * owing and Publication.objects.count() <= owing
    assert set(recount_check().values()) == {0}
