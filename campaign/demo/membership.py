"""Finding and gaining members in the demo (items 37, 40, 45): searches, applicants, newly founded organizations."""

from datetime import date, timedelta

from campaign.demo.forest import Node
from campaign.demo.names import person
from campaign.membership import applicant_actions, search_actions
from campaign.membership.models import Applicant
from campaign.plan.models import Campaign
from enterprises import clock
from enterprises.actions.organizations import correct_organization
from enterprises.models import Member, Organization

STRANGERS = 7000  # names from here on are of no member
STEPS = (
    ("VISIT", "到原住址走访，邻居说已搬走半年"),
    ("PHONE", "登记的号码已停机"),
    ("RELATIVES", "通过原班组工友打听到在外地务工"),
    ("POLICE", "户籍部门答复户口仍在原地"),
    ("FORMER_UNIT", "原单位人事部门提供了新的通信地址"),
    ("NOTICE", "在社区公告栏张贴寻找启事"),
)
KNOWN = ("原在井下队，改制时离岗", "外出务工，最后一次联系在去年春节", "退休后随子女迁居")
RESULTS = ("PARTLY", "NOT_FOUND", "TRANSFERRED")
SEARCHED, FOUND = 9, 3
APPLICANTS = 8


def gain(campaign: Campaign, branch: Node, today: date) -> None:
    """Write it around the branch of the demo's secretary."""
    here = Organization.objects.select_related("superior").get(code=branch.code)
    _searches(here, today)
    _applicants(here, today)
    _founded(campaign, here, today)


def _searches(here: Organization, today: date) -> None:
    """Searches at every stage; of those in contact some whom a search found."""
    lost = Member.objects.on_roll().exclude(contact=Member.Contact.NORMAL).order_by("code")
    own = list(lost.filter(branch=here)) + list(lost.exclude(branch=here)[:SEARCHED])
    for index, member in enumerate(own):
        case = search_actions.open_search(
            by=None, member=member, opened_on=today - timedelta(days=50 + index), known=KNOWN[index % len(KNOWN)]
        )
        for number in range(1 + index % 3):
            kind, text = STEPS[(index + number) % len(STEPS)]
            on = today - timedelta(days=45 - 15 * number)
            search_actions.enter_step(by=None, case=case, on=on, kind=kind, text=text)
        if index >= len(own) - len(RESULTS):
            result = RESULTS[index % len(RESULTS)]
            search_actions.close_search(by=None, case=case, result=result, closed_on=today - timedelta(days=3))
    again = Member.objects.on_roll().filter(category=Member.Category.MOBILE, contact=Member.Contact.NORMAL)
    for member in again.order_by("code")[:FOUND]:
        case = search_actions.open_search(by=None, member=member, opened_on=today - timedelta(days=40))
        kind, text = STEPS[2]
        on = today - timedelta(days=12)
        search_actions.enter_step(by=None, case=case, on=on, kind=kind, text=text, reached=True)
        search_actions.close_search(
            by=None, case=case, result="FOUND", closed_on=today - timedelta(days=10), outcome="编入流动党员党小组"
        )


def _applicants(here: Organization, today: date) -> None:
    """Applicants at every stage in the branch and its neighbors, and those who were admitted."""
    near = Organization.objects.open().branches().filter(superior=here.superior)
    branches = [here, *near.exclude(pk=here.pk).order_by("code")[:2]]
    for index in range(APPLICANTS):
        applied = today - timedelta(days=8 + 110 * index)
        activist = applied + timedelta(days=150) if index > 1 else None
        candidate = activist + timedelta(days=380) if activist and index > 5 else None
        applicant = applicant_actions.enter_applicant(
            by=None, organization=branches[index % len(branches)], name=person(STRANGERS + index),
            born_on=today - timedelta(days=365 * (22 + 3 * index)), applied_on=applied, activist_on=activist,
            candidate_on=candidate,
        )  # fmt: skip
        if index == 1:
            applicant_actions.withdraw_applicant(
                by=None, applicant=applicant, ended_on=today - timedelta(days=20), reason="调离本单位"
            )
    admitted = Member.objects.on_roll().filter(kind=Member.Kind.PROBATIONARY, branch__superior=here.superior)
    for member in admitted.exclude(admitted_on=None).order_by("code")[:3]:
        day = member.admitted_on
        Applicant.objects.create(
            organization_id=member.branch_id, name=member.name, born_on=member.born_on,
            applied_on=day - timedelta(days=900), activist_on=day - timedelta(days=700),
            candidate_on=day - timedelta(days=60), ended="ADMITTED", ended_on=day, member=member,
            recorded_at=clock.now(),
        )  # fmt: skip


def _founded(campaign: Campaign, here: Organization, today: date) -> None:
    """Branches founded since the launch: joint and temporary ones, one of retired and one of mobile members."""
    plain = Organization.objects.open().filter(enterprise_given=False).order_by("code")
    new = [
        *((o, "") for o in plain.filter(kind=Organization.Kind.JOINT_BRANCH)[:1]),
        *((o, "") for o in plain.filter(kind=Organization.Kind.TEMPORARY_BRANCH)[:2]),
        *zip(plain.filter(kind=Organization.Kind.BRANCH).exclude(pk=here.pk)[3:5], ("RETIRED", "MOBILE"), strict=False),
    ]
    days = max((today - campaign.launched_on).days, 1)
    for index, (organization, form) in enumerate(new):
        on = campaign.launched_on + timedelta(days=(index * 17) % days)
        correct_organization(by=None, organization=organization, form=form, founded_on=on, reason="按新成立的组织登记")
