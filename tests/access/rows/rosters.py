"""Who imports and exports rosters: offices and committee secretaries, each their own runs only."""

from typing import Any

from enterprises import clock
from enterprises.models import ImportRun
from tests.access.table import Row, only
from tests.cast import Cast

IMPORTERS = ("office", "enterprise_office", "committee_secretary", "other_enterprise_office")
OWNER = "committee_secretary"


def run(cast: Cast) -> dict[str, Any]:
    """An upload of the committee's secretary that was cancelled: it needs neither file nor worker."""
    made = ImportRun.objects.create(
        account=cast.account[OWNER], file_name="m.csv", effective=clock.today(), state=ImportRun.State.CANCELLED
    )
    return {"pk": made.pk}


ROWS = [
    Row("rosters:start", only(*IMPORTERS)),
    Row("rosters:start", only(*IMPORTERS), method="post"),
    Row("rosters:run", only(OWNER), kwargs=run),
    Row("rosters:job", only(OWNER), kwargs=run),
    Row("rosters:write", only(OWNER, status=409), kwargs=run, method="post"),
    Row("rosters:cancel", only(OWNER, status=302), kwargs=run, method="post"),
    Row("rosters:again", only(OWNER, status=302), kwargs=run, method="post"),
    Row("rosters:error_sheet", only(), kwargs=run),
    Row("rosters:export", only(*IMPORTERS), kwargs=lambda cast: {"kind": "members", "ending": "csv"}),
]
