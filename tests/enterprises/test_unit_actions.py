"""Units: founding, moving, condition with dated history."""

from datetime import date

import pytest

from enterprises import clock
from enterprises.action import ActionError
from enterprises.actions import units
from enterprises.actions.permit import NotPermitted
from enterprises.models import Enterprise, Organization

TODAY = date(2025, 9, 1)


@pytest.fixture(autouse=True)
def _day():
    with clock.fixed(TODAY):
        yield


def found(cast, by=None, parent="E01", kind="SUBSIDIARY", **fields):
    values = {"code": "E01-Z", "name": "华岳新能源公司（示例）", "kind": kind} | fields
    account = cast.fresh(by) if by else None
    return units.found_unit(by=account, parent=cast.unit[parent] if parent else None, **values)


def test_a_subsidiary_stands_under_its_parent(cast):
    unit = found(cast, by="enterprise_office", division_code="140000")
    assert unit.path.startswith(cast.unit["E01"].path)


@pytest.mark.parametrize(
    ("parent", "kind", "field"),
    [(None, "SUBSIDIARY", "parent"), ("E01", "HEADQUARTERS", "parent")],
)
def test_only_subsidiaries_have_a_parent(cast, parent, kind, field):
    with pytest.raises(ActionError) as refusal:
        found(cast, parent=parent, kind=kind)
    assert refusal.value.field == field


def test_who_keeps_units(cast):
    assert found(cast, by="office", parent=None, kind="HEADQUARTERS")
    for by in ("committee_secretary", "other_enterprise_office", "administrator"):
        with pytest.raises(NotPermitted):
            found(cast, by=by, code="X")


def test_an_assisted_unit_is_kept_by_its_owner(cast):
    unit = units.rename_unit(by=cast.fresh("enterprise_office"), unit=cast.unit["E01-C"], name="河口二公司")
    assert unit.name == "河口二公司"
    with pytest.raises(NotPermitted):
        units.rename_unit(by=cast.fresh("other_enterprise_office"), unit=cast.unit["E01-C"], name="-")


def test_another_owner_changes_who_assists(cast):
    units.move_unit(by=None, unit=cast.unit["E01-A"], parent=cast.unit["E02"], reason="划转")
    a = Enterprise.objects.get(code="E01-A")
    assert a.path.startswith(cast.unit["E02"].path)
    assert Organization.objects.get(code="B2").assisted  # still led by the first group's leading group
    with pytest.raises(ActionError):
        units.move_unit(by=None, unit=a, parent=cast.unit["E02"], reason="-")
    with pytest.raises(ActionError):
        units.move_unit(by=None, unit=cast.unit["E01"], parent=cast.unit["E02"], reason="-")


def test_the_condition_is_the_newest_dated_entry(cast, monkeypatch):
    calls = []
    monkeypatch.setattr("enterprises.hooks.call", lambda name, **values: calls.append(values))
    unit = cast.unit["E01-A"]
    units.set_condition(by=None, unit=unit, condition="RESTRUCTURING", since=TODAY, reason="改制")
    with pytest.raises(ActionError):  # sent twice
        units.set_condition(by=None, unit=unit, condition="RESTRUCTURING", since=TODAY, reason="改制")
    assert set(calls[0]["organization_ids"]) == {cast.org[c].pk for c in ("A", "G", "B2", "B3")}
    units.set_condition(by=None, unit=unit, condition="IN_DIFFICULTY", since=date(2025, 1, 1), reason="补记")
    unit.refresh_from_db()
    assert unit.condition == "RESTRUCTURING" and len(calls) == 1
    with pytest.raises(ActionError) as refusal:
        units.set_condition(by=None, unit=unit, condition="SOUND", since=date(2025, 9, 2), reason="-")
    assert refusal.value.field == "since"


def test_facts_of_units(cast):
    unit = units.correct_unit(by=None, unit=cast.unit["E01"], is_window_unit=True, division_code="440100")
    assert not unit.in_beijing and unit.is_window_unit
    with pytest.raises(TypeError):
        units.correct_unit(by=None, unit=unit, condition="SOUND")
