"""Who writes and files the summary of committee A."""

from typing import Any

from campaign.summary.actions import save_report
from campaign.summary.chapters import chapters_of
from tests.access.table import Row, only
from tests.cast import Cast
from tests.survey.held import the_campaign

RECORDERS = ("office", "enterprise_office", "committee_secretary")
READERS = (*RECORDERS, "supervision_group")
LIST = (*READERS, "branch_secretary", "group_leader", "local_liaison", "other_secretary", "other_enterprise_office")
SEES_UNIT = dict.fromkeys(("auditor", "administrator", "supervision_group"), 403)


def asked(cast: Cast) -> dict[str, Any]:
    return {"organization": cast.org["A"].pk, "campaign": the_campaign().code}


def written(cast: Cast) -> dict[str, Any]:
    campaign = the_campaign()
    chapters = {chapter.code: "写了。" for chapter in chapters_of(campaign)}
    return {"pk": save_report(by=None, campaign=campaign, organization=cast.org["A"], chapters=chapters).pk}


ROWS = [
    Row("summary:report_list", only(*LIST)),
    Row("summary:write", only(*RECORDERS) | SEES_UNIT, data=asked),
    Row("summary:write", only(), method="post"),
    Row("summary:report", only(*READERS), kwargs=written),
    Row(
        "summary:file",
        only(*RECORDERS, status=302) | {"supervision_group": 403},
        kwargs=written,
        method="post",
    ),
]
