"""Who sees and keeps searches for members, applicants, and the tables of a node."""

from typing import Any

from tests.access.table import Row, only
from tests.cast import Cast
from tests.membership import stage

KEEPERS = ("office", "enterprise_office", "committee_secretary", "branch_secretary")
# Everybody who reads member rows anywhere has the lists, with what is in sight on them.
LISTED = (*KEEPERS, "group_leader", "local_liaison", "other_secretary", "other_enterprise_office")
# The members sought are none of the group: the leader of it does not see the search.
FORM = only(*KEEPERS)
SEES = dict.fromkeys(("group_leader", "member", "auditor", "administrator", "supervision_group"), 403)
READERS = (*KEEPERS, "group_leader", "supervision_group")


def case(cast: Cast) -> dict[str, Any]:
    return {"pk": stage.search(cast).pk}


def step(cast: Cast) -> dict[str, Any]:
    return {"pk": stage.step(stage.search(cast)).pk}


def closed(cast: Cast) -> dict[str, Any]:
    return {"pk": stage.closed(cast, "PARTLY").pk}


def unsought(cast: Cast) -> dict[str, Any]:
    return {"pk": cast.member["M0207"].pk}


def applicant(cast: Cast) -> dict[str, Any]:
    return {"pk": stage.applicant(cast).pk}


def candidate(cast: Cast) -> dict[str, Any]:
    return {"pk": stage.candidate(cast).pk}


def branch(cast: Cast) -> dict[str, Any]:
    return {"organization": cast.org["B2"].pk}


def table(name: str):
    return lambda cast: {"pk": cast.org["B2"].pk, "name": name}


def _form(name: str, kwargs: Any, answers: dict[str, int] = FORM) -> list[Row]:
    return [Row(name, answers, kwargs=kwargs), Row(name, answers, kwargs=kwargs, method="post")]


ROWS = [
    Row("membership:search_list", only(*LISTED)),
    Row("membership:contact_list", only(*LISTED)),
    Row("membership:search", FORM, kwargs=case),
    *_form("membership:search_new", unsought),
    *_form("membership:search_edit", case),
    *_form("membership:search_step", case),
    *_form("membership:step_edit", step),
    *_form("membership:search_close", case),
    *_form("membership:search_reopen", closed),
    Row("membership:applicant_list", only(*LISTED)),
    Row("membership:applicant", FORM, kwargs=applicant),
    *_form("membership:applicant_new", branch, FORM | SEES),
    *_form("membership:applicant_edit", applicant),
    *_form("membership:applicant_admit", candidate),
    *_form("membership:applicant_withdraw", applicant),
    *(
        Row("membership:report", only(*READERS), kwargs=table(name))
        for name in ("coverage", "contact", "categories", "joining", "founded")
    ),
]
