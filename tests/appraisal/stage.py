"""A campaign with steps that talks, analyses and appraisals prove, on the cast; and records to look at."""

from copy import deepcopy
from datetime import date, time, timedelta
from uuid import uuid4

from campaign.appraisal.actions import analyses, appraisals
from campaign.meetings import actions as meetings
from campaign.meetings.models import Meeting
from campaign.meetings.record import Record
from campaign.plan.models import Campaign, Step
from campaign.progress import actions as progress
from enterprises.models import Account, Member, Post
from tests import records
from tests.cast import PASSWORD, Cast
from tests.records import BRANCHES, COMMITTEES, LAUNCH

TODAY = date(2026, 9, 1)
LIFE = {"kind": "meeting", "meeting_kinds": ["ORG_LIFE"], "min_count": 1, "min_class_hours": 0}
TEAM_LIFE = LIFE | {"meeting_kinds": ["DEMOCRATIC_LIFE"]}
TEAM_OWES = [{"owed_by": "team", "org_kinds": COMMITTEES, "evidence": TEAM_LIFE}]
STEPS = [
    ("talks", "members", {"kind": "talks"}, []),
    ("analysis", "members", {"kind": "analysis"}, []),
    ("life_meetings", "organizations", LIFE, TEAM_OWES),
    ("appraisal", "members", {"kind": "appraisal"}, []),
]
TEXT = "我在工作中对一线职工关心不够，遇到困难有畏难情绪，学习抓得不紧。" * 3
OPINION = "该同志工作踏实，能够带头完成任务；今后要多同班组职工谈心。"


def launch() -> Campaign:
    """The campaign of `tests.records` with four more steps in its phase."""
    campaign = records.launch()
    campaign.definition.data = deepcopy(campaign.definition.data)  # tests may change what it asks
    add_steps(campaign)
    return campaign


def add_steps(campaign: Campaign) -> None:
    """Let the campaign's phase ask for talks, analyses, life meetings and appraisals."""
    phase = campaign.phases.get()
    for order, (code, owed_by, evidence, also) in enumerate(STEPS, start=20):
        Step.objects.create(
            campaign=campaign, phase=phase, code=code, order=order, name_zh=code, name_en=code, owed_by=owed_by,
            org_kinds=BRANCHES, evidence=evidence, also=also, anchor="phase_start", due_days=45,
        )  # fmt: skip
    progress.build_campaign(campaign)


def secretary(cast: Cast, code: str = "M0201", organization: str = "B2", role: str = "BRANCH_SECRETARY") -> Member:
    """Make a member the secretary; the cast's account of the branch secretary has no member."""
    member = cast.member[code]
    Post.objects.create(member=member, role=role, scope_id=cast.org[organization].pk)
    return member


def account_of(cast: Cast, code: str) -> Account:
    """A member's account with nothing but the own page."""
    member = cast.member[code]
    account = Account.objects.create_user(f"acc-{code}", PASSWORD, display_name=member.name, member=member)
    Post.objects.create(account=account, member=member, role="MEMBER", scope_id=member.branch_id)
    cast.account[f"acc-{code}"] = account
    return account


def meeting(cast: Cast, kind: str = "BRANCH_GENERAL", day: date = LAUNCH + timedelta(20), organization="B2", **fields):
    """A confirmed meeting of a branch."""
    record = Record(kind=kind, held_on=day, starts_at=time(16, 30), **fields)
    return meetings.log(by=None, organization=cast.org[organization], record=record)


def analysis(campaign: Campaign, member: Member, by=None, text: str = TEXT, hand_in: bool = True, **fields):
    """An analysis that is handed in (or a draft)."""
    told = {"mode": "WRITTEN", "stage": "BEFORE"} | fields
    parts = {"problems": text, "direction": "今后每月到班组走访一次。"}
    return analyses.write_analysis(by=by, campaign=campaign, member=member, parts=parts, hand_in=hand_in, **told)


def appraisal(campaign: Campaign, member: Member, held: Meeting, fed_back: bool = True, text: str = OPINION):
    """An appraisal agreed at a meeting, and given to the member on the next day."""
    found = appraisals.write_appraisal(by=None, campaign=campaign, member=member, text=text, meeting=held)
    if fed_back:
        appraisals.feed_back(by=None, appraisal=found, way="TALK", on=held.held_on + timedelta(1))
    return found


def submission() -> str:
    """A fresh key of a form."""
    return str(uuid4())


def signed_in(client, account: Account):
    """The client, signed in."""
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client
