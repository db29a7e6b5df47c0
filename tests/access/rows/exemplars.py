"""Who sees models, and who takes them from nomination to publicity."""

from typing import Any

from campaign.exemplars import actions
from campaign.exemplars.models import ModelMember
from enterprises import clock
from tests.access.table import Row, only
from tests.cast import Cast

RECORDERS = ("office", "enterprise_office", "committee_secretary", "branch_secretary")
OTHERS = ("other_secretary", "other_enterprise_office")
EVERYBODY = (
    *RECORDERS, "group_leader", "member", "auditor", "administrator", "local_liaison", "supervision_group", *OTHERS
)  # fmt: skip
# The nominee sees the own row.
OWN = {"member": 403}


def _nominated(cast: Cast) -> ModelMember:
    told = {"headline": "井下二十年", "deeds": "带出八名徒弟", "nominated_on": clock.today()}
    return actions.nominate(by=None, member=cast.member["M0204"], **told)


def nominated(cast: Cast) -> dict[str, Any]:
    return {"pk": _nominated(cast).pk}


def publicised(cast: Cast) -> dict[str, Any]:
    exemplar = _nominated(cast)
    actions.verify(by=None, exemplar=exemplar, verified_on=clock.today(), verified_how="支委会核实")
    actions.record_consent(by=None, exemplar=exemplar, consent_on=clock.today(), consent_kind="WRITTEN")
    actions.publicise(by=None, exemplar=exemplar, publicised_on=clock.today(), publicised_where="矿区广播")
    return {"pk": exemplar.pk}


FORMS = ("deeds", "verify", "consent", "publicise", "present", "withdraw")
ROWS = [
    Row("exemplars:exemplar_list", only(*EVERYBODY)),
    Row("exemplars:collection", only(*EVERYBODY)),
    Row("exemplars:nominate", only(*RECORDERS, *OTHERS)),
    Row("exemplars:nominate", only(*RECORDERS, *OTHERS), method="post"),
    # Before the consent it is the branch's and the leading organisations' matter, and the nominee's own.
    Row("exemplars:exemplar", only(*RECORDERS, "member"), kwargs=nominated),
    Row(
        "exemplars:exemplar",
        only(*RECORDERS, "group_leader", "member", "auditor", "administrator", "supervision_group"),
        kwargs=publicised,
    ),
    *(Row(f"exemplars:{name}", only(*RECORDERS) | OWN, kwargs=nominated) for name in FORMS),
    *(Row(f"exemplars:{name}", only(*RECORDERS) | OWN, kwargs=nominated, method="post") for name in FORMS),
]
