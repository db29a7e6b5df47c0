"""Who keeps the masses' participation; commenting is for everybody."""

from typing import Any
from uuid import uuid4

from campaign.masses import actions
from campaign.meetings.models import Meeting
from enterprises import clock
from tests.access.rows.publicity import notice
from tests.access.rows.rectification import LISTED, READERS, READS, WRITERS, sent
from tests.access.table import Row, only, public
from tests.cast import Cast
from tests.records import launch

FORM = only(*WRITERS) | READS


def comment(cast: Cast) -> dict[str, Any]:
    made = actions.send_comment(
        by=None, campaign=launch(), organization=cast.org["B2"], text="公示很清楚。", submission=uuid4()
    )
    return {"pk": made.pk}


def symposium(cast: Cast) -> dict[str, Any]:
    held = Meeting.objects.create(
        organization=cast.org["B2"], kind="SYMPOSIUM", title="座谈会", held_on=clock.today(), starts_at="09:00",
        minutes=90, slot="WORKING", due="NAMED", state="CONFIRMED", recorded_at=clock.now(),
    )  # fmt: skip
    return {"pk": held.pk}


def _number(cast: Cast) -> dict[str, Any]:
    return {"number": "5", "chosen": "ELECTED", "spoke": "2"}


def _published(cast: Cast) -> dict[str, Any]:
    return {"decision": "publish"}


ROWS = [
    Row("masses:say", public(), kwargs=notice),
    Row("masses:say", public(), kwargs=notice, method="post"),
    Row("masses:comment_list", only(*LISTED)),
    Row("masses:comment", only(*READERS), kwargs=comment),
    Row("masses:decide", FORM, kwargs=comment),
    Row("masses:decide", sent(FORM), kwargs=comment, method="post", data=_published),
    Row("masses:representatives_list", only(*LISTED)),
    Row("masses:representatives", FORM, kwargs=symposium),
    Row("masses:representatives", sent(FORM), kwargs=symposium, method="post", data=_number),
]
