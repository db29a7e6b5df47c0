"""Who reads concrete requirements, and who writes, adopts and comments on them."""

from typing import Any

from campaign.plan.models import Campaign
from campaign.requirements import actions
from campaign.requirements.models import RequirementsVersion
from enterprises import clock
from tests.access.table import Row, only
from tests.cast import Cast
from tests.records import launch

WRITERS = ("office", "enterprise_office", "committee_secretary")
# The text is for everybody in the unit; who leads elsewhere does not see it.
READERS = (
    *WRITERS, "branch_secretary", "group_leader", "member", "auditor", "administrator", "supervision_group",
    "other_secretary",
)  # fmt: skip
MAY_NOT = dict.fromkeys(set(READERS) - set(WRITERS), 403)
LISTS = (*READERS, "local_liaison", "other_enterprise_office")


def _version(cast: Cast) -> RequirementsVersion:
    campaign = Campaign.objects.filter(code="t").first() or launch()
    return actions.write_version(by=None, campaign=campaign, organization=cast.org["A"], text="爱岗敬业")


def version(cast: Cast) -> dict[str, Any]:
    return {"pk": _version(cast).pk}


def document(cast: Cast) -> dict[str, Any]:
    return {"pk": _version(cast).document_id}


def comment(cast: Cast) -> dict[str, Any]:
    told = {"organization": cast.org["B2"], "text": "再具体些", "said_on": clock.today()}
    return {"pk": actions.comment(by=None, version=_version(cast), **told).pk}


def branch(cast: Cast) -> dict[str, Any]:
    return {"pk": cast.org["B2"].pk}


def running(cast: Cast) -> dict[str, Any]:
    launch()
    return {}


def of(code: str):
    return lambda cast: {"organization": cast.org[code].pk}


# They see committee A, and may not record for it.
SEES_A = dict.fromkeys(("auditor", "administrator", "supervision_group"), 403)
SEES_BRANCH = dict.fromkeys(("group_leader", "member", "auditor", "administrator", "supervision_group"), 403)
HEARD = {"branch_secretary": 403, "group_leader": 403, "supervision_group": 403}
ROWS = [
    Row("requirements:document_list", only(*LISTS)),
    Row("requirements:draft", only(*WRITERS) | SEES_A, kwargs=running, data=of("A")),
    Row("requirements:draft", only(), kwargs=running, method="post"),
    Row("requirements:document", only(*READERS), kwargs=document),
    Row(
        "requirements:adopted",
        only(*(set(READERS) - {"other_secretary"})),
        kwargs=branch,
    ),
    Row("requirements:adopt", only(*WRITERS) | MAY_NOT, kwargs=version),
    Row("requirements:adopt", only(*WRITERS) | MAY_NOT, kwargs=version, method="post"),
    Row("requirements:revoke", only(*WRITERS) | MAY_NOT, kwargs=version),
    Row("requirements:revoke", only(*WRITERS) | MAY_NOT, kwargs=version, method="post"),
    Row("requirements:publish", only(*WRITERS) | MAY_NOT, kwargs=document),
    Row("requirements:publish", only(*WRITERS) | MAY_NOT, kwargs=document, method="post"),
    Row("requirements:comment", only(*WRITERS, "branch_secretary") | SEES_BRANCH, kwargs=version, data=of("B2")),
    Row("requirements:comment", only(), kwargs=version, method="post"),
    Row("requirements:answer", only(*WRITERS) | HEARD, kwargs=comment),
    Row("requirements:answer", only(*WRITERS) | HEARD, kwargs=comment, method="post"),
]
