"""The nightly checks (items 38, 39), their list, and warnings of rooms above."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from enterprises import clock, warnings
from enterprises.actions.checks import run_checks
from enterprises.actions.members import transfer_member
from enterprises.actions.posts import set_secretary
from enterprises.models import CheckFinding, Member, Organization
from enterprises.tasks import nightly_checks, take_transfers
from tests.enterprises.conftest import TODAY, text


def found(code=None):
    rows = CheckFinding.objects.all()
    if code:
        rows = rows.filter(code=code)
    return {(r.subject.code, r.code) for r in rows}


def test_sizes_are_counted_with_everything_below(cast, today):
    run_checks(by=None)
    assert ("G", "GENERAL_BRANCH_SMALL") in found()
    finding = CheckFinding.objects.get(organization__code="G", code="GENERAL_BRANCH_SMALL")
    assert finding.values == {"members": 13}
    assert ("B2", "BRANCH_COMMITTEE_DUE") in found() and ("B3", "BRANCH_SMALL") not in found()


def test_what_stays_keeps_its_day_and_what_is_mended_goes(cast, today):
    Member.objects.filter(branch=cast.org["B3"]).exclude(code__in=["M0301", "M0302"]).update(status="TRANSFERRED")
    run_checks(by=None)
    with clock.fixed(TODAY + timedelta(days=1)):
        assert run_checks(by=None)["new"] == 0
        assert CheckFinding.objects.get(organization__code="B3", code="BRANCH_SMALL").since == TODAY
        Member.objects.filter(branch=cast.org["B3"]).update(status="ACTIVE")
        assert run_checks(by=None)["mended"] == 1


def test_members_outside_branches_and_units_without(cast, today):
    Member.objects.filter(branch=cast.org["B5"]).update(branch=cast.org["E02-DW"])
    Organization.objects.filter(code="B5").update(closed_on=TODAY)
    nightly_checks()
    assert ("E02-DW", "MEMBERS_WITHOUT_BRANCH") in found()
    assert ("E02", "UNIT_NEEDS_BRANCH") in found()
    Member.objects.filter(code__in=["M0501", "M0502"]).update(status="DECEASED")
    nightly_checks()
    assert ("E02", "UNIT_NEEDS_JOINT_BRANCH") in found()


def test_a_leading_group_has_no_branches(cast, today):
    Organization.objects.filter(code="B1").update(superior=cast.org["E01-DZ"])
    run_checks(by=None)
    assert found("DZ_HAS_BRANCHES") == {("E01-DZ", "DZ_HAS_BRANCHES")}


def test_vacant_posts(cast, today):
    set_secretary(by=None, organization=cast.org["B3"], member=cast.member["M0301"], since=date(2024, 1, 1))
    run_checks(by=None)
    assert ("B3", "SECRETARY_MISSING") not in found() and ("B2", "SECRETARY_MISSING") in found()
    cast.member["M0301"].posts.update(until=TODAY - timedelta(days=8))
    Organization.objects.filter(code="B3").update(secretary_name="")
    run_checks(by=None)
    assert CheckFinding.objects.get(organization__code="B3", code="SECRETARY_VACANT").values == {"days": 8}


def test_transfers_take_effect_at_night(cast, today):
    transfer_member(by=None, member=cast.member["M0201"], to=cast.org["B3"], effective=TODAY + timedelta(days=1))
    assert take_transfers() == 0
    with clock.fixed(TODAY + timedelta(days=1)):
        assert take_transfers() == 1


def test_the_list_shows_what_is_in_sight(cast, browse, today):
    run_checks(by=None)
    page = text(browse("branch_secretary").get(reverse("enterprises:check_list")))
    assert "采煤一队党支部" in page and "采煤二队党支部" not in page
    office = browse("office")
    only = text(office.get(reverse("enterprises:check_list"), {"code": "GENERAL_BRANCH_SMALL"}))
    assert "13 members; a general branch has 50 to 99." in only and "设计所" not in only


@pytest.fixture
def source(monkeypatch):
    monkeypatch.setattr(warnings, "SOURCES", [*warnings.SOURCES])

    @warnings.register
    def life(organization_ids, today):
        return {pk: [warnings.Warning("NO_GENERAL_MEETING", "一个季度没有开会", "/x/")] for pk in organization_ids}

    return life


def test_rooms_above_add_their_warnings(cast, browse, source, today):
    assert warnings.register(source) is source and warnings.SOURCES.count(source) == 1
    page = text(browse("branch_secretary").get(reverse("enterprises:organization", args=[cast.org["B2"].pk])))
    assert "一个季度没有开会" in page and 'href="/x/"' in page
