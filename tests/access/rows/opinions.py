"""Who sends, reads, sorts and answers opinions."""

from typing import Any
from uuid import uuid4

from campaign.opinions import actions
from campaign.opinions.models import Opinion, OpinionItem
from campaign.plan.models import Campaign, Participation
from tests.access.table import Row, only, public
from tests.cast import Cast
from tests.records import launch

RECORDERS = ("office", "enterprise_office", "committee_secretary")
READERS = (*RECORDERS, "supervision_group")
EVERYBODY_WITH_RECORDS = (*READERS, "branch_secretary", "group_leader", "other_secretary")
ABROAD = ("local_liaison", "other_enterprise_office")
SEES = {"supervision_group": 403}
# What may be seen of committee A by those who record nothing there.
SEES_A = dict.fromkeys(("supervision_group", "auditor", "administrator"), 403)


def running() -> Campaign:
    return Campaign.objects.filter(code="t").first() or launch()


def _part(cast: Cast) -> Participation:
    return Participation.objects.get(campaign=running(), unit=cast.unit["E01-A"])


def slug(cast: Cast) -> dict[str, Any]:
    return {"slug": actions.open_page(by=None, participation=_part(cast)).slug}


def part(cast: Cast) -> dict[str, Any]:
    return {"pk": _part(cast).pk}


def received(cast: Cast) -> Opinion:
    page = actions.open_page(by=None, participation=_part(cast))
    return actions.receive(by=None, page=page, text="食堂供餐时间太短。", submission=uuid4())[0]


def opinion(cast: Cast) -> dict[str, Any]:
    return {"pk": received(cast).pk}


def merged(cast: Cast) -> OpinionItem:
    found = actions.sort(by=None, opinion=received(cast), category="welfare", new_item="供餐时间太短").item
    assert found is not None
    return found


def item(cast: Cast) -> dict[str, Any]:
    return {"pk": merged(cast).pk}


def of_a(cast: Cast) -> dict[str, Any]:
    """The organisation comes in the address's query: the data of a GET."""
    return {"organization": cast.org["A"].pk, "campaign": running().code}


def _nothing(cast: Cast) -> dict[str, Any]:
    return {"text": ""}


def _empty(cast: Cast) -> dict[str, Any]:
    return {"texts": "", "campaign": running().code}


def _chosen(cast: Cast) -> dict[str, Any]:
    """An opinion of A and its category; the page itself is that of the own organisation."""
    return {"opinion": received(cast).pk, "category": "welfare"}


OWN = only(*RECORDERS, "branch_secretary", "other_secretary", "other_enterprise_office") | dict.fromkeys(
    ("supervision_group", "group_leader", "local_liaison"), 403
)
SORTS_NONE_OF_A = dict.fromkeys(("supervision_group", "group_leader", "local_liaison"), 403)
MAY_CHANGE = only(*RECORDERS) | SEES
ROWS = [
    Row("opinions:look_up", public()),
    Row("opinions:look_up", public(), method="post"),
    Row("opinions:send", public(), kwargs=slug),
    Row("opinions:send", public(), kwargs=slug, method="post", data=_nothing),
    Row("opinions:send", public(404), kwargs=lambda cast: {"slug": "nowhere2"}),
    Row("opinions:opinion_list", only(*EVERYBODY_WITH_RECORDS, *ABROAD)),
    Row("opinions:item_list", only(*EVERYBODY_WITH_RECORDS, *ABROAD)),
    Row("opinions:opinion", only(*READERS), kwargs=opinion),
    Row("opinions:sort_one", MAY_CHANGE, kwargs=opinion),
    Row("opinions:remove", MAY_CHANGE, kwargs=opinion),
    Row("opinions:remove", only(*RECORDERS, status=302) | SEES, kwargs=opinion, method="post"),
    Row("opinions:item", only(*READERS), kwargs=item),
    Row("opinions:answer", MAY_CHANGE, kwargs=item),
    Row("opinions:answer", MAY_CHANGE, kwargs=item, method="post", data=_nothing),
    Row("opinions:item_change", MAY_CHANGE, kwargs=item),
    Row("opinions:item_change", MAY_CHANGE, kwargs=item, method="post", data=_nothing),
    Row("opinions:enter", only(*RECORDERS) | SEES_A, data=of_a),
    Row("opinions:load", only(*RECORDERS) | SEES_A, data=of_a),
    Row("opinions:sort", only(*RECORDERS) | SEES_A, data=of_a),
    # Without a query the pages are about the own organisation.
    Row("opinions:enter", OWN, method="post", data=_empty),
    Row("opinions:load", OWN, method="post", data=_empty),
    Row("opinions:sort", only(*RECORDERS, status=302) | SORTS_NONE_OF_A, method="post", data=_chosen),
    Row("opinions:report", only(*READERS), data=of_a),
    Row("opinions:poster", only(*READERS), kwargs=part),
    Row("opinions:switch", only(*RECORDERS, status=302) | SEES, kwargs=part, method="post"),
]
