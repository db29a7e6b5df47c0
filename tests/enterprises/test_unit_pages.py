"""Enterprises: two panes, registered against target, the forms."""

import pytest
from django.urls import reverse

from enterprises import panels
from enterprises.models import Enterprise, EnterpriseCondition
from tests.enterprises.conftest import text


def url(name, row=None):
    return reverse(f"enterprises:{name}", args=[row.pk] if row else [])


@pytest.mark.item(3, 8)
def test_the_two_panes(cast, browse):
    page = text(browse("enterprise_office").get(url("enterprise", cast.unit["E01"])))
    own, subsidiaries = page.split("Subsidiaries we lead or assist")
    assert "华岳能源机关党委" in own and "北山矿业" not in own
    led, assisted = subsidiaries.split("Subsidiaries assisted")
    assert "北山矿业" in led and "河口建筑" not in led
    assert "河口建筑" in assisted.split("What can be done")[0]


@pytest.mark.item(32)
def test_the_condition_has_a_history(cast, browse, today):
    client, unit = browse("enterprise_office"), cast.unit["E01-C"]
    data = {"condition": "RESTRUCTURING", "since": "2025-08-01", "reason": "改制方案"}
    assert client.post(url("unit_condition", unit), data).status_code == 302
    assert EnterpriseCondition.objects.get().reason == "改制方案"
    page = text(client.get(url("enterprise", unit)))
    assert "Restructuring" in page and "2025-08-01" in page


@pytest.fixture
def lent(monkeypatch):
    """Targets and figures as the floors above lend them."""
    figures = panels.Counts(members=2_700_100, branches=7, organizations=140_000)
    monkeypatch.setattr(panels, "_COUNTS", [lambda ids: dict.fromkeys(list(ids)[:1], figures)])
    asked = [panels.Target("members", 2_700_000), panels.Target("organizations", 150_000)]
    monkeypatch.setattr(panels, "_TARGETS", [lambda: asked])


@pytest.mark.item(2, 4)
def test_registered_against_target_at_national_level_only(cast, browse, lent):
    national = text(browse("office").get(url("enterprise_list")))
    assert "2,700,100" in national and "at least 2,700,000" in national and "93.3%" in national
    assert "at least" not in text(browse("enterprise_office").get(url("enterprise_list")))


@pytest.mark.item(4)
def test_by_place_and_industry(cast, browse):
    page = text(browse("office").get(url("enterprise_list")))
    assert "Shandong" in page and "Beijing" in page and "not stated" in page
    only = text(browse("office").get(url("enterprise_list"), {"place": "37"}))
    assert "河口建筑" in only and "北山矿业" not in only


def test_units_are_entered_corrected_renamed_and_moved(cast, browse):
    office = browse("office")
    head = {"code": "E09", "name": "东湖机械总公司（示例）", "kind": "HEADQUARTERS", "division_code": "420100"}
    assert office.post(url("unit_new"), head).status_code == 302
    unit = Enterprise.objects.get(code="E09")
    office.post(url("unit_found", unit), {"code": "E09-A", "name": "铸造公司（示例）", "kind": "SUBSIDIARY"})
    below = Enterprise.objects.get(code="E09-A")
    version = office.get(url("unit_rename", below)).context["form"].initial["version"]
    office.post(url("unit_rename", below), {"name": "铸锻公司（示例）", "version": version})
    form = office.get(url("unit_correct", below)).context["form"]
    data = {k: v for k, v in form.initial.items() if v} | {"directory_order": "1", "declared_batch": "2"}
    assert office.post(url("unit_correct", below), data).status_code == 302
    assert office.post(url("unit_move", below), {"parent": "E02", "reason": "划转"}).status_code == 302
    below.refresh_from_db()
    assert (below.name, below.declared_batch, below.parent.code) == ("铸锻公司（示例）", 2, "E02")
