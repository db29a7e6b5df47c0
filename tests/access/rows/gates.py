"""Who sees where a unit stands, who asks, and who lets pass."""

from campaign.gates import actions
from campaign.plan.models import Participation
from tests.access.rows.plan import SEE
from tests.access.table import Row, everybody, only
from tests.plan.launched import part, second_batch

# Unit E01-A: its committee and those above record for it; the office of its headquarters lets it pass.
ASK = ("office", "enterprise_office", "committee_secretary")
PASS = ("enterprise_office",)
# Unit E01-C is local: only its local committee lets it pass, the enterprise is told why not (item 8).
SEE_LOCAL = ("office", "enterprise_office", "auditor", "administrator", "local_liaison")


def _unit(cast) -> dict:
    return {"pk": part(second_batch(), "E01-A").pk}


def _local(cast) -> dict:
    return {"pk": part(second_batch(), "E01-C").pk}


def _headquarters(cast) -> dict:
    return {"pk": part(second_batch(), "E01").pk}


def _rest(allowed: tuple[str, ...], see: tuple[str, ...] = SEE) -> dict[str, int]:
    return dict.fromkeys((name for name in see if name not in allowed), 403)


def _asked(cast) -> dict:
    found = part(second_batch(), "E01-A")
    actions.ask(participation=found, summary="小结（示例）", by=None)
    return {"pk": found.pk}


def _surveyed(cast) -> dict:
    found = part(second_batch(), "E01-A")
    Participation.objects.filter(pk=found.pk).update(state="surveyed")
    return {"pk": found.pk}


def _passed(cast) -> dict:
    found = part(second_batch(), "E01-A")
    actions.let_pass(participation=found, gate="prepare", reason="x", by=None)
    return {"pk": found.pk}


def _in_phase(cast) -> dict:
    found = part(second_batch(), "E01-A")
    Participation.objects.filter(pk=found.pk).update(state="LEARN")
    return {"pk": found.pk}


def _reason(cast) -> dict:
    return {"reason": "（示例）"}


def _pass(cast) -> dict:
    return {"reason": "（示例）", "gate": "prepare", "submission": "5d1f6f6e-6a4b-4a57-9a55-5f6d5a3e1c01"}


def _ask(cast) -> dict:
    return {"summary": "小结（示例）", "submission": "5d1f6f6e-6a4b-4a57-9a55-5f6d5a3e1c02"}


def _look(cast) -> dict:
    return {"submission": "5d1f6f6e-6a4b-4a57-9a55-5f6d5a3e1c03", "note_mobilise": "补", "note_requirements": "补"} | {
        "note_study": "补"
    }


def _decided(name: str, kwargs, data=_reason) -> list[Row]:
    """A page of a decision from above, and its post."""
    return [
        Row(f"gates:{name}", only(*PASS) | _rest(PASS), kwargs=kwargs),
        Row(f"gates:{name}", only(*PASS, status=302) | _rest(PASS), kwargs=kwargs, method="post", data=data),
    ]


ROWS = [
    Row("gates:unit_list", everybody()),
    Row("gates:forced", everybody()),
    Row("gates:unit", only(*SEE), kwargs=_unit),
    Row("gates:unit", only(*SEE_LOCAL), kwargs=_local),
    Row("gates:look_back", only(*ASK) | _rest(ASK), kwargs=_in_phase),
    Row("gates:look_back", only(*ASK, status=302) | _rest(ASK), kwargs=_in_phase, method="post", data=_look),
    Row("gates:ask", only(*ASK) | _rest(ASK), kwargs=_unit),
    Row("gates:ask", only(*ASK, status=302) | _rest(ASK), kwargs=_unit, method="post", data=_ask),
    *_decided("pass", _unit, _pass),
    Row("gates:pass", only("local_liaison") | _rest(("local_liaison",), SEE_LOCAL), kwargs=_local),
    Row(
        "gates:pass",
        only("office") | dict.fromkeys(("enterprise_office", "auditor", "administrator"), 403),
        kwargs=_headquarters,
    ),
    *_decided("refuse", _asked),
    *_decided("make_up", _surveyed),
    *_decided("undo", _passed),
]
