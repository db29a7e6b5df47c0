"""Writing the two trees of a forest: units with their conditions, organisations with what follows from them."""

from datetime import date

from django.db import connection
from django.db.models import Max, Q

from campaign.demo.copying import Sheet, deliver
from campaign.demo.forest import Forest
from enterprises.models import Enterprise, EnterpriseCondition, Organization
from enterprises.rules import add_months
from enterprises.tree import WIDTH, number


def empty_forest() -> Forest:
    """A forest whose ids and root paths come after everything stored."""
    return Forest(
        first_unit=_last_id(Enterprise) + 1,
        first_node=_last_id(Organization) + 1,
        first_root=_last_root(Organization) + 1,
        first_unit_root=_last_root(Enterprise) + 1,
    )


def _last_id(model) -> int:
    return model._base_manager.aggregate(last=Max("pk"))["last"] or 0


def _last_root(model) -> int:
    roots = model._base_manager.filter(Q(**{model.parent_field: None}))
    last = roots.aggregate(last=Max("path"))["last"]
    return number(last[-WIDTH:]) if last else -1


def write_units(forest: Forest, today: date) -> None:
    """The ownership tree. The leading organisations follow with the organisations."""
    units = Sheet(
        Enterprise,
        "id code name kind parent path division_code industry condition is_window_unit is_centrally_managed"
        " declared_batch directory_order",
    )
    conditions = Sheet(EnterpriseCondition, "id enterprise condition since reason")
    for order, unit in enumerate(forest.units):
        units.add(
            unit.id, unit.code, unit.name, unit.kind, unit.parent and unit.parent.id, unit.path, unit.place,
            unit.industry, unit.condition, unit.window, unit.parent is None and order % 3 == 0,
            unit.batch, order + 1,
        )  # fmt: skip
        units.take_id()
        start = add_months(today, -30)
        conditions.add(conditions.take_id(), unit.id, "SOUND", start, "")
        if unit.condition != "SOUND":
            since = add_months(today, -5 - order % 12)
            conditions.add(conditions.take_id(), unit.id, unit.condition, since, "生产经营情况变化（示例）")
    deliver(units, conditions)


def write_nodes(forest: Forest) -> None:
    """The affiliation tree, with affiliation, assistance and owners as ``tree.refresh`` would derive them."""
    sheet = Sheet(
        Organization,
        "id code name kind superior path enterprise enterprise_given is_headquarters affiliation assisted"
        " division_code founded_on founding_document term_end secretary_name directory_order closed_on successor",
    )
    for order, node in enumerate(forest.nodes):
        sheet.add(
            node.id, node.code, node.name, node.kind, node.superior and node.superior.id, node.path,
            node.unit and node.unit.id, node.given, node.headquarters, "LOCAL" if node.local else "HQ",
            node.assisted, node.place, node.founded_on, "", node.term_end, node.secretary_name, order + 1,
            node.closed_on, node.heir.id if node.heir and node.merged else None,
        )  # fmt: skip
        sheet.take_id()
    deliver(sheet)
    _write_leads(forest)


def _write_leads(forest: Forest) -> None:
    leads = [(unit.id, unit.lead.id) for unit in forest.units if unit.lead]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE enterprises_enterprise e SET leading_organization_id = lead.organization"
            " FROM unnest(%s::bigint[], %s::bigint[]) AS lead(unit, organization) WHERE e.id = lead.unit",
            [[unit for unit, _ in leads], [organization for _, organization in leads]],
        )
