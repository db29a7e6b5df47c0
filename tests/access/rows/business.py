"""Who keeps indicators, mechanisms and regulations: the organization of the unit; those above and beside read."""

from datetime import date
from decimal import Decimal
from typing import Any

from campaign.business import actions as business
from campaign.mechanisms import actions as mechanisms
from enterprises import clock
from tests.access.rows.rectification import LISTED
from tests.access.table import Row, only
from tests.cast import Cast
from tests.records import launch

KEEPS = ("office", "enterprise_office", "committee_secretary")
READS = {"supervision_group": 403}
SEES = dict.fromkeys(("auditor", "administrator", "supervision_group"), 403)
RECORDERS = ("office", "enterprise_office", "committee_secretary", "branch_secretary", "other_secretary",
             "other_enterprise_office", "group_leader")  # fmt: skip
FORM = only(*KEEPS) | READS


def sent(answers: dict) -> dict:
    return {role: 302 if answer == 200 else answer for role, answer in answers.items()}


def unit(cast: Cast) -> dict[str, Any]:
    launch()
    return {"organization": cast.org["A"].pk}


def page(cast: Cast) -> dict[str, Any]:
    launch()
    return {"pk": cast.org["A"].pk}


def indicator(cast: Cast) -> dict[str, Any]:
    made = business.enter_indicator(by=None, organization=cast.org["A"], month=date(2026, 1, 1), revenue=Decimal("9.0"))
    return {"pk": made.pk}


def target(cast: Cast) -> dict[str, Any]:
    return {"pk": business.set_target(by=None, organization=cast.org["A"], kind="REFORM", year=2026, target="改制").pk}


def _mechanism(cast: Cast):
    made = mechanisms.start_mechanism(
        by=None, campaign=launch(), organization=cast.org["A"], kind="STUDY", title="学习日制度"
    )
    return mechanisms.move_mechanism(
        by=None, mechanism=made, status="ISSUED", since=clock.today(), number="8号", review_on=date(2030, 1, 1)
    )


def mechanism(cast: Cast) -> dict[str, Any]:
    return {"pk": _mechanism(cast).pk}


def regulation(cast: Cast) -> dict[str, Any]:
    made = mechanisms.enter_regulation(
        by=None, organization=cast.org["A"], title="制度", change="NEW", decided_on=clock.today()
    )
    return {"pk": made.pk}


ROWS = [
    Row("business:indicator_list", only(*LISTED)),
    Row(
        "business:import",
        only(*RECORDERS)
        | dict.fromkeys(("member", "auditor", "administrator", "supervision_group", "local_liaison"), 403),
    ),  # fmt: skip
    Row("business:table", only(*(role for role in LISTED if role != "group_leader"))),
    Row("business:both", only(*KEEPS, "supervision_group"), kwargs=page),
    Row("business:indicator_new", only(*KEEPS) | SEES, kwargs=unit),
    Row("business:indicator_new", only(*KEEPS) | SEES, kwargs=unit, method="post"),
    Row("business:indicator", FORM, kwargs=indicator),
    Row("business:indicator", FORM, kwargs=indicator, method="post"),
    Row("business:target_new", only(*KEEPS) | SEES, kwargs=unit),
    Row("business:target", FORM, kwargs=target),
    Row("business:target", sent(FORM), kwargs=target, method="post", data=lambda c: {"state": "OPEN", "actual": ""}),
    Row("business:arrange", only(*KEEPS) | SEES, kwargs=unit),
    Row("mechanisms:mechanism_list", only(*LISTED)),
    Row("mechanisms:mechanism_new", only(*KEEPS) | SEES, kwargs=unit),
    Row("mechanisms:mechanism", only(*KEEPS, "supervision_group"), kwargs=mechanism),
    Row("mechanisms:move", FORM, kwargs=mechanism),
    Row("mechanisms:move", FORM, kwargs=mechanism, method="post"),
    Row("mechanisms:review", FORM, kwargs=mechanism),
    Row("mechanisms:review", sent(FORM), kwargs=mechanism, method="post", data=lambda c: {"review": "坚持较好"}),
    Row("mechanisms:regulation_list", only(*LISTED)),
    Row("mechanisms:regulation_new", only(*KEEPS) | SEES, kwargs=unit),
    Row("mechanisms:regulation", FORM, kwargs=regulation),
    Row("mechanisms:regulation", FORM, kwargs=regulation, method="post"),
]
