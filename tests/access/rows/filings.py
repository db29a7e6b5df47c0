"""Who files documents, figures and entries."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from campaign.filings import actions
from enterprises import clock
from tests.access.table import Row, only
from tests.cast import Cast
from tests.records import launch

RECORDERS = ("office", "enterprise_office", "committee_secretary", "branch_secretary")
READERS = (*RECORDERS, "group_leader", "supervision_group")
SEES_BRANCH = dict.fromkeys(("group_leader", "member", "auditor", "administrator", "supervision_group"), 403)


def filing(cast: Cast) -> dict[str, Any]:
    upload = SimpleUploadedFile("a.pdf", b"%PDF-1.4")
    filed = actions.file_document(
        by=None, campaign=launch(), organization=cast.org["B2"], kind="plan", filed_on=clock.today(), upload=upload
    )
    return {"pk": filed.pk}


def asked(cast: Cast) -> dict[str, Any]:
    return {"organization": cast.org["B2"].pk, "campaign": launch().code, "code": "plan"}


def _nothing(cast: Cast) -> dict[str, Any]:
    return {"reason": ""}


ROWS = [
    Row("filings:filing_list", only(*READERS, "local_liaison", "other_secretary", "other_enterprise_office")),
    # The organisation comes in the address's query: the data of a GET.
    Row("filings:filing_new", only(*RECORDERS) | SEES_BRANCH, data=asked),
    Row("filings:filing_new", only(), method="post"),
    Row("filings:withdraw", only(*RECORDERS) | {"group_leader": 403, "supervision_group": 403}, kwargs=filing),
    Row(
        "filings:withdraw",
        only(*RECORDERS) | {"group_leader": 403, "supervision_group": 403},
        kwargs=filing,
        method="post",
        data=_nothing,
    ),
    Row("filings:attachment", only(*READERS), kwargs=filing),
]
