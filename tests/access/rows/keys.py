"""Who hands out keys to own pages, who keeps an eye on readings, and the door that is open to all."""

from typing import Any
from uuid import uuid4

from enterprises.keys.actions import issue_keys
from tests.access.table import Row, only, public
from tests.cast import Cast

SEES_BRANCH = dict.fromkeys(
    ("office", "enterprise_office", "committee_secretary", "group_leader", "member", "auditor", "administrator",
     "supervision_group"), 403,
)  # fmt: skip


def branch(cast: Cast) -> dict[str, Any]:
    return {"organization": cast.org["B2"].pk}


def key(cast: Cast) -> dict[str, Any]:
    slips = issue_keys(by=None, organization=cast.org["B2"], members=[cast.member["M0205"]], submission=uuid4())
    return {"pk": slips[0].key.pk}


ROWS = [
    Row("keys:door", public()),
    Row("keys:door", public(), method="post"),
    Row("keys:open", public(), kwargs=lambda cast: {"code": "abcdef-ghjk-mnpq"}),
    Row("keys:sheet", only("branch_secretary") | SEES_BRANCH, kwargs=branch),
    Row("keys:sheet", only("branch_secretary") | SEES_BRANCH, kwargs=branch, method="post"),
    Row("keys:revoke", {"branch_secretary": 302}, kwargs=key, method="post"),
    Row("enterprises:read_list", only("auditor", "administrator")),
]
