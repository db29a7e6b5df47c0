"""Short ways to make the records of support, on the cast: B2 and B3 stand below G, G below committee A."""

from datetime import date, timedelta

from campaign.support import care_actions, request_actions, weak_actions
from campaign.support.models import CareRecord, DifficultyRequest, WeakMeasure, WeakOrganization
from enterprises.models import CheckFinding
from tests.cast import Cast, add_account

TODAY = date(2026, 9, 20)


def weak(cast: Cast, organization: str = "B2", by=None, **told) -> WeakOrganization:
    """An organization taken in hand."""
    values = {"reason": "NO_ACTIVITIES", "opened_on": TODAY - timedelta(30)} | told
    return weak_actions.open_weak(by=by, organization=cast.org[organization], **values)


def measure(case: WeakOrganization, by=None, **told) -> WeakMeasure:
    """Something that was done for it."""
    values = {"kind": "LEADERSHIP", "done_on": TODAY - timedelta(5), "done": "选派了新书记"} | told
    return weak_actions.add_measure(by=by, weak=case, **values)


def reported(case: WeakOrganization, by=None) -> WeakOrganization:
    """Reported as improved, with a measure behind it."""
    measure(case)
    return weak_actions.report_improved(by=by, weak=case, result="班子配齐，活动正常", reported_on=TODAY)


def request(cast: Cast, organization: str = "B2", by=None, **told) -> DifficultyRequest:
    """A difficulty raised today."""
    values = {"kind": "VENUE", "title": "没有活动场所", "raised_on": TODAY} | told
    return request_actions.raise_request(by=by, organization=cast.org[organization], **values)


def answered(thing: DifficultyRequest, by=None, **told) -> DifficultyRequest:
    """The request, taken on."""
    values = {"owner": "工会", "due_on": TODAY + timedelta(20), "answer": "腾出一间库房"} | told
    return request_actions.answer_request(by=by, request=thing, **values)


def care(cast: Cast, organization: str = "B2", member: str | None = "M0204", by=None, **told) -> CareRecord:
    """A visit to a member, or to somebody of the masses."""
    values = {
        "whom": "MEMBER" if member else "MASSES",
        "member": cast.member[member] if member else None,
        "need": "PRACTICAL",
        "help": "VISIT",
        "giver": "SECRETARY",
        "given_on": TODAY,
    }
    return care_actions.note_care(by=by, organization=cast.org[organization], **values | told)


def finding(cast: Cast, organization: str = "B2", code: str = "SECRETARY_MISSING", since: date = TODAY) -> CheckFinding:
    """What the nightly checks found."""
    return CheckFinding.objects.create(organization=cast.org[organization], code=code, since=since)


def general_branch_secretary(cast: Cast):
    """The account that leads B2 and B3 directly."""
    return add_account(cast, "general_branch", "COMMITTEE_SECRETARY", cast.org["G"])
