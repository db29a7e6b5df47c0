"""A campaign of any size: what was asked for, the same each time, and exact when counted."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from campaign.demo import large
from campaign.demo.names import person
from campaign.demo.notice import DemoNotice
from campaign.meetings.models import Meeting
from campaign.progress.actions import recount_check
from campaign.progress.models import MemberTally
from enterprises import clock, tree
from enterprises.models import Enterprise, Member, Organization
from tests.cast import Cast
from tests.demo.conftest import DAY, checksum

pytestmark = pytest.mark.django_db  # so that the test database stands before the fixtures of the module
TABLES = (
    "enterprises_member", "enterprises_organization", "campaign_meeting", "campaign_absence", "campaign_filing",
    "campaign_satisfactionsurvey", "campaign_groupresult", "campaign_hearttohearttalk",
    "campaign_partyspiritanalysis", "campaign_appraisalopinion",
)  # fmt: skip


@pytest.mark.parametrize(
    ("command", "size"), [("make_campaign", {"branches": 120, "members": 1800}), ("load_demo", {})]
)
def test_refused_where_organizations_are(cast: Cast, command, size):
    with pytest.raises(CommandError):
        call_command(command, **size)


def test_too_few_members_is_said(db):
    with pytest.raises(CommandError, match="too few"):
        call_command("make_campaign", branches=120, members=100, stderr=StringIO())


def test_too_few_branches_is_said(db):
    with pytest.raises(CommandError, match="too few"):
        call_command("make_campaign", branches=20, members=400, stderr=StringIO())


def test_the_same_seed_makes_the_same_rows(cast: Cast):
    sums = []
    for seed in (9, 9, 10):
        with clock.fixed(DAY):
            large.make(branches=120, members=1800, seed=seed, replace=True)
        sums.append(checksum(*TABLES))
    assert sums[0] == sums[1] != sums[2]


def test_command_prints_json(db):
    out = StringIO()
    call_command("make_campaign", "--json", branches=120, members=1800, seed=1, stdout=out, stderr=StringIO())
    answer = json.loads(out.getvalue())
    assert answer["rows"]["member"] == 1800


def test_exactly_what_was_asked_for(made):
    assert Organization.objects.branches().count() == 200
    assert Member.objects.count() == made["member"] == 3600
    assert Enterprise.objects.filter(parent=None).count() == 12
    assert DemoNotice.objects.get().kind == "measuring"


def test_a_years_meetings(made):
    assert 15 <= Meeting.objects.count() / 200 <= 30
    assert Meeting.objects.count() == made["meeting"]


def test_counted_exactly(made):
    assert set(recount_check().values()) == {0}
    total = MemberTally.objects.get(organization=None, enterprise=None, campaign=None)
    assert total.total == total.covered + total.sought + total.excused == 3595
    top = MemberTally.objects.filter(organization__isnull=False, organization__superior=None, campaign=None)
    assert sum(t.total for t in top) == total.total


def test_trees_are_as_the_tree_would_derive_them(made):
    facts = ("pk", "enterprise", "affiliation", "assisted", "enterprise__leading_organization")
    before = list(Organization.objects.order_by("pk").values_list(*facts))
    tree.refresh()
    assert list(Organization.objects.order_by("pk").values_list(*facts)) == before


def test_numbering_goes_on_behind_the_rows(made):
    with transaction.atomic():
        code = Enterprise.objects.create(code="NEW", name="新", kind="HEADQUARTERS", path="ZZZZ").pk
        assert code > Enterprise.objects.exclude(code="NEW").order_by("-pk").first().pk
        transaction.set_rollback(True)


def test_persons_are_unique():
    assert person(0) == "王示一"
    assert person(1) == "李示二"
    assert len({person(index) for index in range(20_000)}) == 20_000
