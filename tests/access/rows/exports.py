"""Who exports long lists: everybody with a post whatever the list shows them, and each their own files only."""

from typing import Any
from uuid import uuid4

from enterprises.models import ExportRun
from tests.access.table import Row, everybody, only
from tests.cast import Cast

OWNER = "committee_secretary"


def run(cast: Cast) -> dict[str, Any]:
    """An export of the committee's secretary that was called off: it needs neither file nor worker."""
    account = cast.account[OWNER]
    made = ExportRun.objects.create(
        account=account, post=account.posts_in_force[0], address="/members/", title="x", state=ExportRun.State.CANCELLED
    )
    return {"pk": made.pk}


def order(cast: Cast) -> dict[str, Any]:
    return {"token": uuid4(), "address": "/members/", "title": "x"}


ROWS = [
    Row("exports:list", everybody()),
    Row("exports:order", everybody(status=302), method="post", data=order),
    Row("exports:run", only(OWNER), kwargs=run),
    Row("exports:job", only(OWNER), kwargs=run),
    Row("exports:file", only(), kwargs=run),
    Row("exports:cancel", only(OWNER, status=302), kwargs=run, method="post"),
    Row("exports:again", only(OWNER, status=302), kwargs=run, method="post"),
]
