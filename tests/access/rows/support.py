"""Who puts weak organizations in order, who asks and answers, who alone reads records of care."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from campaign.support import care_actions, request_actions, weak_actions
from enterprises import clock
from enterprises.models import CheckFinding
from tests.access.table import Row, only
from tests.cast import Cast

LEADERS = ("office", "enterprise_office", "committee_secretary")
WRITERS = (*LEADERS, "branch_secretary")
READERS = (*WRITERS, "group_leader", "supervision_group")
LISTED = (*READERS, "local_liaison", "other_secretary", "other_enterprise_office")
# Of a record only its readers know; of the organization also those who keep nothing there.
READS = {"group_leader": 403, "supervision_group": 403}
SEES = READS | dict.fromkeys(("member", "auditor", "administrator"), 403)
WRITE, LEAD = only(*WRITERS) | READS, only(*LEADERS) | READS | {"branch_secretary": 403}
EVERY_LEADER = (*LEADERS, "local_liaison", "other_enterprise_office")


def branch(cast: Cast) -> dict[str, Any]:
    return {"organization": cast.org["B2"].pk}


def node(cast: Cast) -> dict[str, Any]:
    return {"pk": cast.org["A"].pk}


def node_by_name(cast: Cast) -> dict[str, Any]:
    return {"organization": cast.org["A"].pk}


def _weak(cast: Cast):
    day = clock.today() - timedelta(9)
    return weak_actions.open_weak(by=None, organization=cast.org["B2"], reason="NO_FUNDS", opened_on=day)


def _measure(cast: Cast):
    day = clock.today()
    return weak_actions.add_measure(by=None, weak=_weak(cast), kind="CONDITIONS", done_on=day, done="拨付了经费")


def _reported(cast: Cast):
    day = clock.today()
    return weak_actions.report_improved(by=None, weak=_measure(cast).weak, result="有了经费", reported_on=day)


def weak(cast: Cast) -> dict[str, Any]:
    return {"pk": _weak(cast).pk}


def measured(cast: Cast) -> dict[str, Any]:
    return {"pk": _measure(cast).weak.pk}


def measure(cast: Cast) -> dict[str, Any]:
    return {"pk": _measure(cast).pk}


def reported(cast: Cast) -> dict[str, Any]:
    return {"pk": _reported(cast).pk}


def accepted(cast: Cast) -> dict[str, Any]:
    return {"pk": weak_actions.accept_improved(by=None, weak=_reported(cast)).pk}


def _finding(cast: Cast) -> CheckFinding:
    return CheckFinding.objects.create(organization=cast.org["B2"], code="SECRETARY_MISSING", since=clock.today())


def proposal(cast: Cast) -> dict[str, Any]:
    return {"pk": _finding(cast).pk}


def dismissal(cast: Cast) -> dict[str, Any]:
    return {"pk": weak_actions.dismiss_proposal(by=None, finding=_finding(cast), reason="下周选举").pk}


def _request(cast: Cast):
    return request_actions.raise_request(
        by=None, organization=cast.org["B2"], kind="FUNDS", title="缺经费", raised_on=clock.today()
    )


def request(cast: Cast) -> dict[str, Any]:
    return {"pk": _request(cast).pk}


def refused(cast: Cast) -> dict[str, Any]:
    return {"pk": request_actions.refuse_request(by=None, request=_request(cast), reason="没有").pk}


def care(cast: Cast) -> dict[str, Any]:
    found = care_actions.note_care(
        by=None, organization=cast.org["B2"], whom="MASSES", need="PRACTICAL", help="GOODS", giver="MEMBERS",
        given_on=clock.today(),
    )  # fmt: skip
    return {"pk": found.pk}


def _reason(cast: Cast) -> dict[str, Any]:
    return {"reason": "说明原因", "submission": str(uuid4())}


def _mistake(cast: Cast) -> dict[str, Any]:
    return {"mistake": "TWICE"}


def _nothing(cast: Cast) -> dict[str, Any]:
    return {"title": ""}


def pages(name: str, answers: dict[str, int], kwargs, data=_nothing, accepted: bool = False):
    """A form: who opens it, and who is answered what when it is sent."""
    sent = {role: 302 if accepted and status == 200 else status for role, status in answers.items()}
    return [
        Row(f"support:{name}", answers, kwargs=kwargs),
        Row(f"support:{name}", sent, kwargs=kwargs, method="post", data=data),
    ]


# The dashboards' part is opened by whoever sees the organization; what it lists, only readers of records see.
SEES_NODE = (*LEADERS, "supervision_group", "auditor", "administrator")
OWN = only("branch_secretary")
SEES_BRANCH = dict.fromkeys((*LEADERS, "group_leader", "member", "auditor", "administrator", "supervision_group"), 403)

ROWS = [
    Row("support:home", only(*LISTED)),
    Row("support:owed_own", only(*(r for r in LISTED if r != "group_leader"), "member", "auditor", "administrator")),
    Row("support:owed", only(*SEES_NODE), kwargs=node),
    Row("support:figures", only(*LEADERS, "supervision_group"), kwargs=node),
    Row("support:weak_list", only(*LISTED)),
    *pages("weak_new", only(*LEADERS) | SEES | {"branch_secretary": 403}, branch),
    Row("support:weak", only(*READERS), kwargs=weak),
    *pages("measure_new", WRITE, weak),
    *pages("weak_report", WRITE, measured),
    *pages("weak_accept", LEAD, reported, accepted=True),
    *pages("weak_return", LEAD, reported, _reason, accepted=True),
    *pages("weak_reopen", LEAD, accepted, _reason, accepted=True),
    *pages("weak_withdraw", LEAD, weak, _reason, accepted=True),
    *pages("measure_withdraw", WRITE, measure, _reason, accepted=True),
    Row("support:proposal_list", only(*EVERY_LEADER)),
    *pages("proposal_dismiss", only(*LEADERS) | SEES | {"branch_secretary": 403}, proposal, _reason, accepted=True),
    Row("support:dismissed_list", only(*EVERY_LEADER)),
    *pages("dismissal_undo", LEAD, dismissal, _reason, accepted=True),
    Row("support:request_list", only(*LISTED)),
    *pages("request_new", only(*WRITERS) | SEES, branch),
    Row("support:request", only(*READERS), kwargs=request),
    *pages("request_edit", WRITE, request),
    *pages("request_answer", LEAD, request),
    *pages("request_solve", LEAD, request),
    *pages("request_refuse", LEAD, request, _reason, accepted=True),
    *pages("request_reopen", WRITE, refused, _reason, accepted=True),
    *pages("request_withdraw", WRITE, request, _reason, accepted=True),
    Row("support:care_list", OWN | SEES_BRANCH, kwargs=branch),
    *pages("care_new", OWN | SEES_BRANCH, branch),
    Row("support:care", OWN, kwargs=care),
    *pages("care_withdraw", OWN, care, _mistake, accepted=True),
    Row("support:care_totals", only(*LEADERS, "branch_secretary") | SEES, kwargs=branch),
    Row("support:care_totals", only(*LEADERS) | dict.fromkeys(("supervision_group", "auditor", "administrator"), 403),
        kwargs=node_by_name),
    Row("support:burden", only(*READERS) | dict.fromkeys(("member", "auditor", "administrator"), 403), kwargs=branch),
]  # fmt: skip
