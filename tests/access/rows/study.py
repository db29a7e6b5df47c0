"""Who records make-up lessons and reads the figures of study."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from campaign.meetings.models import Absence
from campaign.plan.models import Campaign
from campaign.study import activity_actions, material_actions
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


def _campaign() -> Campaign:
    return Campaign.objects.filter(code="t").first() or launch()


def _pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("a.pdf", b"%PDF-1.4")


def material(cast: Cast) -> dict[str, Any]:
    """A title that committee A asks of its subtree."""
    told = {"campaign": _campaign(), "organization": cast.org["A"], "title": "党章", "priority": "KEY"}
    return {"pk": material_actions.add_material(by=None, upload=_pdf(), **told).pk}


def running(cast: Cast) -> dict[str, Any]:
    _campaign()
    return {}


def session(cast: Cast) -> dict[str, Any]:
    return {"pk": log_meeting(cast, "B2", "PARTY_LECTURE", campaign=_campaign()).pk}


def note(cast: Cast) -> dict[str, Any]:
    meeting = log_meeting(cast, "B2", "PARTY_LECTURE", campaign=_campaign())
    return {"pk": material_actions.note_applied(by=None, meeting=meeting, text="改进了交接班").pk}


def activity(cast: Cast) -> dict[str, Any]:
    told = {"organization": cast.org["B2"], "kind": "OATH", "held_on": clock.today()}
    return {"pk": activity_actions.record_activity(by=None, **told).pk}


def photo(cast: Cast) -> dict[str, Any]:
    told = {"organization": cast.org["B2"], "kind": "OATH", "held_on": clock.today()}
    held = activity_actions.record_activity(by=None, **told)
    return {"pk": activity_actions.attach_photo(by=None, activity=held, upload=_pdf()).pk}


def of_branch(cast: Cast) -> dict[str, Any]:
    return {"organization": cast.org["B2"].pk}


def _empty(cast: Cast) -> dict[str, Any]:
    return {"title": ""}


ABOVE = ("office", "enterprise_office", "committee_secretary")
SEE_LIST = (*MEMBER_READERS, "member", "auditor", "administrator", "supervision_group", "other_secretary")
KEEP_LIST = only(*ABOVE) | dict.fromkeys(set(SEE_LIST) - set(ABOVE), 403)
READ_ONLY = {"group_leader": 403, "supervision_group": 403}
# They see the branch, and may not record for it.
SEES_BRANCH = dict.fromkeys(("group_leader", "member", "auditor", "administrator", "supervision_group"), 403)
PLACED = (*MEMBER_READERS, "member", "auditor", "administrator", "local_liaison", "supervision_group", *OTHERS)
ROWS = [
    Row("study:material_list", only(*PLACED)),
    Row("study:material", only(*SEE_LIST), kwargs=material),
    Row("study:material_file", only(*SEE_LIST), kwargs=material),
    Row("study:material_new", only(*RECORDERS) | SEES_BRANCH, kwargs=running, data=of_branch),
    Row(
        "study:material_new",
        only(*RECORDERS, *OTHERS) | {"group_leader": 403},
        method="post",
        kwargs=running,
        data=_empty,
    ),
    Row("study:material_edit", KEEP_LIST, kwargs=material),
    Row("study:material_edit", KEEP_LIST, kwargs=material, method="post", data=_empty),
    Row("study:material_withdraw", KEEP_LIST, kwargs=material),
    Row("study:material_withdraw", KEEP_LIST, kwargs=material, method="post", data=_empty),
    Row(
        "study:reading",
        only(*MEMBER_READERS, "member", "auditor", "administrator", "supervision_group"),
        data=of_branch,
    ),
    Row("study:studied", only(*RECORDERS) | READ_ONLY, kwargs=session),
    Row("study:studied", only(*RECORDERS, status=302) | READ_ONLY, kwargs=session, method="post"),
    Row("study:note_list", only(*FIGURES, "local_liaison", *OTHERS)),
    Row(
        "study:note_select",
        only(*ABOVE, status=302) | {"branch_secretary": 403} | READ_ONLY,
        kwargs=note,
        method="post",
    ),
    Row("study:birthdays", only(*FIGURES), data=of_branch),
    Row("study:activity_list", only(*FIGURES, "local_liaison", *OTHERS)),
    Row("study:activity_new", only(*RECORDERS) | SEES_BRANCH, data=of_branch),
    Row("study:activity_new", only(*RECORDERS, *OTHERS) | {"group_leader": 403}, method="post", data=_empty),
    Row("study:activity", only(*FIGURES), kwargs=activity),
    *(
        Row(f"study:activity_{what}", only(*RECORDERS) | READ_ONLY, kwargs=activity)
        for what in ("outcome", "photo_new", "withdraw")
    ),
    Row("study:activity_outcome", only(*RECORDERS, status=302) | READ_ONLY, kwargs=activity, method="post"),
    Row("study:activity_photo_new", only(*RECORDERS) | READ_ONLY, kwargs=activity, method="post"),
    Row("study:activity_withdraw", only(*RECORDERS) | READ_ONLY, kwargs=activity, method="post"),
    Row("study:photo", only(*FIGURES), kwargs=photo),
    Row("study:categories", only(*FIGURES, "local_liaison", *OTHERS)),
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
