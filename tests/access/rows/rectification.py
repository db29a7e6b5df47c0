"""Who sees and keeps rectification items, plans and members' measures."""

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from campaign.rectification import actions, measure_actions, plan_actions
from enterprises import clock
from tests.access.table import Row, only
from tests.cast import Cast
from tests.rectification.stage import item as raised
from tests.rectification.stage import rectifying

WRITERS = ("office", "enterprise_office", "committee_secretary", "branch_secretary")
READERS = (*WRITERS, "group_leader", "supervision_group")
LISTED = (*READERS, "local_liaison", "other_secretary", "other_enterprise_office")
# Those who see the organization but keep no records there; of a record itself only readers know.
SEES = dict.fromkeys(("group_leader", "member", "auditor", "administrator", "supervision_group"), 403)
READS = {"group_leader": 403, "supervision_group": 403}
ABOVE = ("office", "enterprise_office", "committee_secretary")


def _item(cast: Cast, **told: Any):
    day = clock.today() - timedelta(3)
    return raised(cast, rectifying(), raised_on=day, due_on=day + timedelta(9), **told)


def item(cast: Cast) -> dict[str, Any]:
    return {"pk": _item(cast).pk}


def closed(cast: Cast) -> dict[str, Any]:
    told = {"done": "已做", "done_on": clock.today(), "outcome": "INNER"}
    return {"pk": actions.finish_item(by=None, item=_item(cast), **told).pk}


def proof(cast: Cast) -> dict[str, Any]:
    return {"pk": actions.add_proof(by=None, item=_item(cast), upload=SimpleUploadedFile("a.pdf", b"%PDF-1.4")).pk}


def branch(cast: Cast) -> dict[str, Any]:
    rectifying()
    return {"organization": cast.org["B2"].pk}


def _plan(cast: Cast):
    thing = _item(cast)
    return plan_actions.draft_plan(
        by=None, campaign=thing.campaign, organization=thing.organization, title="整改方案", items=[thing]
    )


def plan(cast: Cast) -> dict[str, Any]:
    return {"pk": _plan(cast).pk}


def submitted(cast: Cast) -> dict[str, Any]:
    return {"pk": plan_actions.submit_plan(by=None, plan=_plan(cast)).pk}


def member(cast: Cast) -> dict[str, Any]:
    rectifying()
    return {"pk": cast.member["M0204"].pk}


def measure(cast: Cast) -> dict[str, Any]:
    set_ = measure_actions.set_measure(
        by=None, campaign=rectifying(), member=cast.member["M0204"], measure="每周学习", due_on=clock.today()
    )
    return {"pk": set_.pk}


def _reason(cast: Cast) -> dict[str, Any]:
    return {"reason": "说明原因"}


def _nothing(cast: Cast) -> dict[str, Any]:
    return {"title": ""}


def pages(name: str, answers: dict[str, int], kwargs, accepted: dict[str, int] | None = None, data=_nothing):
    """A form: who opens it, and who is answered what when it is sent."""
    return [
        Row(f"rectification:{name}", answers, kwargs=kwargs),
        Row(f"rectification:{name}", accepted or answers, kwargs=kwargs, method="post", data=data),
    ]


APPROVE = only(*ABOVE) | dict.fromkeys(("branch_secretary", "group_leader", "supervision_group"), 403)
REVIEW = only("supervision_group") | dict.fromkeys((*WRITERS, "group_leader"), 403)
# Member rows are seen along the chain of affiliation; measures only by the member and the own secretary.
KEEP = only("member", "branch_secretary") | dict.fromkeys((*ABOVE,), 403)


def sent(answers: dict[str, int]) -> dict[str, int]:
    """The same answers where sending the form is accepted."""
    return {role: 302 if status == 200 else status for role, status in answers.items()}


ROWS = [
    Row("rectification:item_list", only(*LISTED)),
    Row("rectification:top", only(*LISTED)),
    Row("rectification:plan_list", only(*LISTED)),
    *pages("item_new", only(*WRITERS) | SEES, branch),
    Row("rectification:item", only(*READERS), kwargs=item),
    *pages("item_edit", only(*WRITERS) | READS, item),
    *pages("item_start", only(*WRITERS) | READS, item, sent(only(*WRITERS) | READS)),
    *pages("item_finish", only(*WRITERS) | READS, item),
    *pages("item_reopen", only(*WRITERS) | READS, closed, sent(only(*WRITERS) | READS), _reason),
    *pages("item_withdraw", only(*WRITERS) | READS, item, sent(only(*WRITERS) | READS), _reason),
    *pages("proof_add", only(*WRITERS) | READS, item),
    Row("rectification:proof", only(*READERS), kwargs=proof),
    *pages("plan_new", only(*WRITERS) | SEES, branch),
    Row("rectification:plan", only(*READERS), kwargs=plan),
    *pages("plan_edit", only(*WRITERS) | READS, plan),
    *pages("plan_submit", only(*WRITERS) | READS, plan, sent(only(*WRITERS) | READS)),
    *pages("plan_review", REVIEW, submitted),
    *pages("plan_approve", APPROVE, submitted, sent(APPROVE)),
    *pages("plan_return", APPROVE, submitted, sent(APPROVE), _reason),
    Row("rectification:measures", KEEP, kwargs=member),
    *pages("measure_new", KEEP, member),
    *pages("measure_done", only("member", "branch_secretary"), measure),
]
