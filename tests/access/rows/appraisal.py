"""Who records talks, and who alone reads analyses and appraisals."""

from typing import Any
from uuid import uuid4

from campaign.appraisal.actions.analyses import hand_in_on_paper, write_analysis
from campaign.appraisal.actions.appraisals import feed_back, feed_back_on_paper, write_appraisal
from campaign.appraisal.actions.corrections import ask_correction
from campaign.appraisal.actions.notices import give_notice
from campaign.appraisal.actions.talks import record_talks
from campaign.meetings import actions as meetings
from campaign.plan.models import Campaign
from enterprises import clock
from tests.access.table import Row, everybody, only
from tests.cast import Cast
from tests.records import launch, told

RECORDERS = ("office", "enterprise_office", "committee_secretary", "branch_secretary")
LISTS = (*RECORDERS, "group_leader", "other_secretary", "other_enterprise_office")
SEES_BRANCH = dict.fromkeys(("group_leader", "member", "auditor", "administrator", "supervision_group"), 403)
# Of the branch, whose roll they see: they know that there is something, but it is not theirs to write.
SEES_MEMBER = dict.fromkeys(("office", "enterprise_office", "committee_secretary"), 403)
OWN = ("member", "branch_secretary")


def _meeting(cast: Cast, kind: str = "BRANCH_GENERAL", **fields):
    return meetings.log(by=None, organization=cast.org["B2"], record=told(kind, clock.today(), **fields))


def asked(cast: Cast) -> dict[str, Any]:
    return {"organization": cast.org["B2"].pk, "campaign": launch().code}


def for_member(cast: Cast) -> dict[str, Any]:
    launch()
    return {"member": cast.member["M0204"].pk}


def talk(cast: Cast) -> dict[str, Any]:
    people = [cast.member["M0201"], cast.member["M0204"]]
    [held] = record_talks(
        by=None, campaign=launch(), organization=cast.org["B2"], from_member=people[0], with_members=people[1:],
        held_on=clock.today(),
    )  # fmt: skip
    return {"pk": held.pk}


def analysis(cast: Cast) -> dict[str, Any]:
    version = write_analysis(
        by=None, campaign=launch(), member=cast.member["M0204"], mode="WRITTEN", stage="BEFORE",
        parts={"problems": "学习抓得不紧。"}, hand_in=True,
    )  # fmt: skip
    return {"pk": version.analysis_id}


def paper(cast: Cast) -> dict[str, Any]:
    days = {cast.member["M0204"].pk: clock.today()}
    [found] = hand_in_on_paper(by=None, campaign=launch(), organization=cast.org["B2"], days=days)
    return {"pk": found.pk}


def appraisal(cast: Cast) -> dict[str, Any]:
    written = write_appraisal(
        by=None, campaign=launch(), member=cast.member["M0204"], text="工作踏实。", meeting=_meeting(cast)
    )
    return {"pk": feed_back(by=None, appraisal=written, way="TALK", on=clock.today()).pk}


def kept_on_paper(cast: Cast) -> dict[str, Any]:
    [found] = feed_back_on_paper(
        by=None, campaign=launch(), organization=cast.org["B2"], meeting=_meeting(cast), way="TALK",
        days={cast.member["M0204"].pk: clock.today()},
    )  # fmt: skip
    return {"pk": found.pk}


def correction(cast: Cast) -> dict[str, Any]:
    launch()
    asked_for = ask_correction(
        by=None, member=cast.member["M0204"], about="STUDY", text="请核对学时。", submission=uuid4()
    )
    return {"pk": asked_for.pk}


def notice(cast: Cast) -> dict[str, Any]:
    given = give_notice(
        by=None, campaign=launch(), organization=cast.org["B2"], scope="MEMBERS", form="MEETING",
        given_on=clock.today(), contents="总体较好。", submission=uuid4(),
    )  # fmt: skip
    return {"pk": given.pk}


def life_meeting(cast: Cast) -> dict[str, Any]:
    launch()
    return {"meeting": _meeting(cast, "ORG_LIFE", campaign=Campaign.objects.get(code="t")).pk}


def running(cast: Cast) -> dict[str, Any]:
    launch()
    return {}


READS_MEETING = dict.fromkeys((*RECORDERS, "group_leader"), 403)
READS_NOTICE = (*RECORDERS, "group_leader", "supervision_group", "member")
ROWS = [
    Row("appraisal:talks", only(*LISTS), data=asked),
    Row("appraisal:untalked", only(*LISTS), data=asked),
    Row("appraisal:talk_new", only(*RECORDERS) | SEES_BRANCH, data=asked),
    Row("appraisal:talk_new", only(), method="post"),
    Row("appraisal:talk_withdraw", only(*RECORDERS) | {"group_leader": 404, "member": 403}, kwargs=talk),
    Row("appraisal:talk_withdraw", only(*RECORDERS) | {"member": 403}, kwargs=talk, method="post"),
    Row("appraisal:analyses", only(*RECORDERS) | SEES_BRANCH, data=asked),
    Row("appraisal:analyses", only(), method="post"),
    # Texts: the author and the branch's own secretary, nobody else.
    Row("appraisal:analysis", only(*OWN), kwargs=analysis),
    Row("appraisal:analysis_withdraw", only("branch_secretary") | {"member": 403}, kwargs=paper),
    Row("appraisal:analysis_withdraw", only("branch_secretary") | {"member": 403}, kwargs=paper, method="post"),
    Row("appraisal:analysis_write", only(*OWN) | SEES_MEMBER, kwargs=for_member),
    Row("appraisal:analysis_write", only(*OWN) | SEES_MEMBER, kwargs=for_member, method="post"),
    Row(
        "appraisal:life_meetings",
        only(*LISTS, "local_liaison", "supervision_group"),
        data=asked,
    ),
    Row("appraisal:quality", only("supervision_group") | READS_MEETING, kwargs=life_meeting),
    Row("appraisal:quality", only("supervision_group") | READS_MEETING, kwargs=life_meeting, method="post"),
    Row("appraisal:appraisals", only(*RECORDERS) | SEES_BRANCH, data=asked),
    Row("appraisal:appraisals", only(), method="post"),
    Row("appraisal:appraisal_list", only(*LISTS), data=asked),
    Row("appraisal:appraisal", only(*OWN), kwargs=appraisal),
    Row("appraisal:feedback", only("branch_secretary") | {"member": 403}, kwargs=appraisal, method="post"),
    Row("appraisal:acknowledge", {"member": 302, "branch_secretary": 403}, kwargs=appraisal, method="post"),
    Row("appraisal:reply", {"member": 200, "branch_secretary": 403}, kwargs=appraisal, method="post"),
    Row("appraisal:appraisal_withdraw", only("branch_secretary") | {"member": 403}, kwargs=kept_on_paper),
    Row(
        "appraisal:appraisal_withdraw",
        only("branch_secretary") | {"member": 403},
        kwargs=kept_on_paper,
        method="post",
    ),
    Row("appraisal:appraisal_write", only("branch_secretary") | SEES_MEMBER | {"member": 403}, kwargs=for_member),
    Row(
        "appraisal:appraisal_write",
        only("branch_secretary") | SEES_MEMBER | {"member": 403},
        kwargs=for_member,
        method="post",
    ),
    Row("appraisal:corrections", everybody(), data=running),
    Row("appraisal:correction_new", only("member"), data=running),
    Row("appraisal:correction_new", only("member"), method="post"),
    Row("appraisal:correction", only(*OWN), kwargs=correction),
    Row("appraisal:correction", only("branch_secretary") | {"member": 403}, kwargs=correction, method="post"),
    Row("appraisal:notices", everybody(), data=running),
    Row("appraisal:notice_new", only(*RECORDERS) | SEES_BRANCH, data=asked),
    Row("appraisal:notice_new", only(), method="post"),
    Row("appraisal:notice", only(*READS_NOTICE), kwargs=notice),
    Row(
        "appraisal:notice_withdraw",
        only(*RECORDERS) | {"group_leader": 403, "supervision_group": 403, "member": 403},
        kwargs=notice,
    ),
    Row(
        "appraisal:notice_withdraw",
        only(*RECORDERS) | {"group_leader": 403, "supervision_group": 403, "member": 403},
        kwargs=notice,
        method="post",
    ),
]
