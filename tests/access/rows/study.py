"""Who records make-up lessons and reads the figures of study."""

from typing import Any

from campaign.meetings.models import Absence
from campaign.study.actions import record_makeups
from enterprises import clock
from tests.access.rows.meetings import log_meeting
from tests.access.table import Row, only
from tests.cast import Cast
from tests.records import launch

RECORDERS = ("office", "enterprise_office", "committee_secretary", "branch_secretary")
MEMBER_READERS = (*RECORDERS, "group_leader")
OTHERS = ("other_secretary", "other_enterprise_office")
LISTS = (*MEMBER_READERS, "local_liaison", *OTHERS)
FIGURES = (*MEMBER_READERS, "supervision_group")


def _absence(cast: Cast) -> Absence:
    absent = {cast.member["M0204"].pk: "TRIP"}
    return log_meeting(cast, "B2", "PARTY_LECTURE", campaign=launch(), absent=absent).absences.get()


def lesson(cast: Cast) -> dict[str, Any]:
    lessons = record_makeups(by=None, absences=[_absence(cast)], mode="REMOTE", held_on=clock.today())
    return {"pk": lessons[0].pk}


def nobody(cast: Cast) -> dict[str, Any]:
    return {"mode": ""}


ROWS = [
    Row("study:makeup_list", only(*LISTS)),
    Row("study:makeup_new", only(*MEMBER_READERS, *OTHERS)),
    Row("study:makeup_new", only(*MEMBER_READERS, *OTHERS), method="post", data=nobody),
    # The group leader sees M0204's branch but records for the own group only.
    Row("study:makeup_undo", only(*RECORDERS) | {"group_leader": 403, "supervision_group": 403}, kwargs=lesson),
    Row(
        "study:makeup_undo",
        only(*RECORDERS) | {"group_leader": 403, "supervision_group": 403},
        kwargs=lesson,
        method="post",
        data=nobody,
    ),
    Row("study:hours", only(*RECORDERS, "local_liaison", *OTHERS)),
    Row("study:figures", only(*FIGURES, "local_liaison", *OTHERS)),
]
