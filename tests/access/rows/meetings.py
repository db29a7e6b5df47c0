"""Who reads and records meetings."""

from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile

from campaign.meetings import actions
from campaign.meetings.models import Attachment, Meeting
from enterprises import clock
from tests.access.table import Row, only
from tests.cast import Cast
from tests.records import told

RECORDERS = ("office", "enterprise_office", "committee_secretary", "branch_secretary")
READERS = (*RECORDERS, "group_leader", "supervision_group")
# They see the organisation but not its records, or may not record for it.
NOT_HERE = {"group_leader": 403, "supervision_group": 403}
LISTS = (*READERS, "local_liaison", "other_secretary", "other_enterprise_office")
OWN_FORM = (*RECORDERS, "group_leader", "other_secretary", "other_enterprise_office")
SEES_BRANCH = dict.fromkeys(("member", "auditor", "administrator", "supervision_group"), 403)


def log_meeting(cast: Cast, code: str, kind: str = "BRANCH_GENERAL", confirm: bool = True, **fields) -> Meeting:
    record = told(kind, day=clock.today() - timedelta(1), **fields)
    return actions.log(by=None, organization=cast.org[code], record=record, confirm=confirm)


def meeting(cast: Cast) -> dict[str, Any]:
    return {"pk": log_meeting(cast, "B2").pk}


def draft(cast: Cast) -> dict[str, Any]:
    return {"pk": log_meeting(cast, "B2", confirm=False, absent={cast.member["M0201"].pk: "TRIP"}).pk}


def group_meeting(cast: Cast) -> dict[str, Any]:
    return {"pk": log_meeting(cast, "B2", "PARTY_GROUP", party_group=cast.group["PG"], confirm=False).pk}


def assisted(cast: Cast) -> dict[str, Any]:
    return {"pk": log_meeting(cast, "B4").pk}


def attachment(cast: Cast) -> dict[str, Any]:
    kept = Attachment(meeting=log_meeting(cast, "B2"), name="会场.png", size=4, added_at=clock.now())
    kept.file.save("a.png", ContentFile(b"\x89PNG"))
    return {"pk": kept.pk}


def branch(cast: Cast) -> dict[str, Any]:
    return {"organization": cast.org["B2"].pk}


def _empty(cast: Cast) -> dict[str, Any]:
    return {"text": ""}


ROWS = [
    Row("meetings:meeting_list", only(*LISTS)),
    Row("meetings:meeting_new", only(*OWN_FORM)),
    Row("meetings:meeting_new", only(*OWN_FORM), method="post", data=lambda cast: {"kind": ""}),
    # Another's branch, asked for in the form that is sent.
    Row("meetings:meeting_new", only(*RECORDERS, "group_leader") | SEES_BRANCH, method="post", data=branch),
    Row("meetings:meeting_part", only(*RECORDERS, "group_leader") | SEES_BRANCH, method="post", data=branch),
    Row("meetings:detail", only(*READERS), kwargs=meeting),
    Row("meetings:detail", only("enterprise_office", "local_liaison"), kwargs=assisted),
    Row("meetings:record", only(*READERS), kwargs=meeting),
    Row("meetings:edit", only(*RECORDERS) | NOT_HERE, kwargs=draft),
    Row("meetings:edit", only(*RECORDERS, "group_leader") | {"supervision_group": 403}, kwargs=group_meeting),
    Row("meetings:reasons", only(*RECORDERS) | NOT_HERE, kwargs=draft),
    Row("meetings:confirm", only(*RECORDERS, status=302) | NOT_HERE, kwargs=draft, method="post"),
    Row("meetings:discard", only(*RECORDERS, status=302) | NOT_HERE, kwargs=draft, method="post"),
    Row("meetings:addendum", only(*RECORDERS) | NOT_HERE, kwargs=meeting, method="post", data=_empty),
    Row("meetings:attach", only(*RECORDERS) | NOT_HERE, kwargs=meeting, method="post", data=_empty),
    Row("meetings:attachment", only(*READERS), kwargs=attachment),
    Row(
        "meetings:exclusions",
        only(*RECORDERS) | SEES_BRANCH | {"group_leader": 403},
        kwargs=branch,
    ),
    Row(
        "meetings:exclusions",
        only(*RECORDERS) | SEES_BRANCH | {"group_leader": 403},
        kwargs=branch,
        method="post",
        data=_empty,
    ),
]
