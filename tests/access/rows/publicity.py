"""Who sees and keeps publications and publicity; the notice page is for everybody."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from campaign.publicity import actions
from enterprises import clock
from tests.access.rows.rectification import LISTED, READERS, READS, SEES, WRITERS, branch, sent
from tests.access.table import Row, only, public
from tests.cast import Cast
from tests.records import launch


def _publication(cast: Cast):
    return actions.publish(
        by=None, campaign=launch(), organization=cast.org["B2"], subject="OTHER", title="活动安排", place="SITE",
        since=clock.today(), upload=SimpleUploadedFile("a.pdf", b"%PDF-1.4"),
    )  # fmt: skip


def publication(cast: Cast) -> dict[str, Any]:
    return {"pk": _publication(cast).pk}


def notice(cast: Cast) -> dict[str, Any]:
    return {"pk": _publication(cast).organization_id}


def piece(cast: Cast) -> dict[str, Any]:
    made = actions.record_publicity(
        by=None, campaign=launch(), organization=cast.org["B2"], channel="BOARD", title="专栏",
        appeared_on=clock.today(),
    )  # fmt: skip
    return {"pk": made.pk}


def _reason(cast: Cast) -> dict[str, Any]:
    return {"reason": "说明原因"}


FORM = only(*WRITERS) | READS
ROWS = [
    Row("publicity:publication_list", only(*LISTED)),
    Row("publicity:publication_new", only(*WRITERS) | SEES, kwargs=branch),
    Row("publicity:publication_new", only(*WRITERS) | SEES, kwargs=branch, method="post"),
    Row("publicity:publication", only(*READERS), kwargs=publication),
    Row("publicity:publication_withdraw", FORM, kwargs=publication),
    Row("publicity:publication_withdraw", sent(FORM), kwargs=publication, method="post", data=_reason),
    Row("publicity:publication_proof", only(*READERS), kwargs=publication),
    Row("publicity:publicity_list", only(*LISTED)),
    Row("publicity:publicity_new", only(*WRITERS) | SEES, kwargs=branch),
    Row("publicity:publicity_new", only(*WRITERS) | SEES, kwargs=branch, method="post"),
    Row("publicity:publicity_edit", FORM, kwargs=piece),
    Row("publicity:publicity_edit", FORM, kwargs=piece, method="post"),
    Row("publicity:notice", public(), kwargs=notice),
]
