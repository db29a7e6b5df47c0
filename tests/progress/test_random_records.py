"""Two thousand random actions over the records of all rooms leave nothing that a recount would mend.

Each step of the second batch is proved for whoever owes it, and taken back again, while branches move, members go
from one to another, and everything else is entered that a branch, a committee and those above keep.
"""

import random
from collections import Counter

import pytest

from campaign.appraisal.actions import analyses, appraisals, talks
from campaign.appraisal.models import AppraisalOpinion, HeartToHeartTalk, PartySpiritAnalysis
from campaign.filings.actions import withdraw as withdraw_filing
from campaign.filings.models import Filing
from campaign.opinions import actions as opinions
from campaign.opinions.models import Opinion
from campaign.progress.actions import fold, recount_check
from campaign.progress.models import StepStatus
from campaign.publicity.actions import withdraw_publication
from campaign.publicity.models import Publication
from campaign.rectification import actions as rectification
from campaign.rectification.models import RectificationItem
from campaign.requirements.actions import revoke
from campaign.requirements.models import RequirementsVersion
from campaign.study.actions import undo_makeup
from campaign.study.models import MakeUpLesson
from enterprises import clock
from enterprises.action import ActionError
from enterprises.actions import members, reshaping
from enterprises.models import Member, Organization
from tests.journey import proving
from tests.journey.enterprise import founded, launched
from tests.progress.other_rooms import OTHERS

ACTIONS = 2000
WHY = "录入有误（示例）"


class Office:
    """Somebody who proves steps and takes it back; what is refused is as good as what is carried out."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        founded()
        self.campaign = launched("2005-second-batch")
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()

    def pick(self, queryset):
        found = list(queryset.order_by("pk"))
        return self.random.choice(found) if found else None

    def prove(self) -> None:
        """Whoever owes a step proves it; now and then once more."""
        statuses = StepStatus.objects.filter(step__campaign=self.campaign, applicable=True)
        if self.random.random() < 0.9:
            statuses = statuses.filter(done_on=None)
        status = self.pick(statuses.select_related("step__campaign__definition", "organization__enterprise"))
        if status is not None:
            kind = status.step.obligation_for(status.organization.kind).evidence["kind"]
            proving.EVIDENCE[kind](status.step, status.organization)
            self.done[f"prove {kind}"] += 1

    def file(self) -> None:
        organization = self.pick(Organization.objects.open().exclude(enterprise=None))
        code = self.random.choice(self.campaign.data["documents"])["code"]
        proving.document(self.campaign, organization, code)

    def withdraw_document(self) -> None:
        if found := self.pick(Filing.objects.filter(withdrawn_on=None)):
            withdraw_filing(by=None, filing=found, reason=WHY)

    def withdraw_talk(self) -> None:
        if found := self.pick(HeartToHeartTalk.objects.filter(withdrawn_on=None)):
            talks.withdraw_talk(by=None, talk=found, reason=WHY)

    def withdraw_analysis(self) -> None:
        if found := self.pick(PartySpiritAnalysis.objects.filter(withdrawn_on=None)):
            analyses.withdraw_analysis(by=None, analysis=found, reason=WHY)

    def withdraw_appraisal(self) -> None:
        if found := self.pick(AppraisalOpinion.objects.filter(withdrawn_on=None)):
            appraisals.withdraw_appraisal(by=None, appraisal=found, reason=WHY)

    def raw_opinion(self) -> None:
        organization = self.pick(Organization.objects.filter(code__in=["A", "C", "E01-DZ"]))
        told = [opinions.Told("班车太早（示例）", "BOX", clock.today())]
        opinions.enter(
            by=None, campaign=self.campaign, organization=organization, told=told, submission=proving.uuid4()
        )

    def sort_opinion(self) -> None:
        if found := self.pick(Opinion.objects.filter(state="RAW")):
            code = self.random.choice(self.campaign.data["opinion_categories"])["code"]
            opinions.sort(by=None, opinion=found, category=code)

    def reopen_item(self) -> None:
        if found := self.pick(RectificationItem.objects.filter(state__in=["DONE", "PUBLISHED"])):
            rectification.reopen_item(by=None, item=found, reason=WHY)

    def withdraw_publication(self) -> None:
        if found := self.pick(Publication.objects.filter(withdrawn_on=None)):
            withdraw_publication(by=None, publication=found, reason=WHY)

    def revoke_requirements(self) -> None:
        if found := self.pick(RequirementsVersion.objects.filter(adopted_on__isnull=False)):
            revoke(by=None, version=found, reason=WHY)

    def undo_makeup(self) -> None:
        if found := self.pick(MakeUpLesson.objects.all()):
            undo_makeup(by=None, lesson=found, reason=WHY)

    def move_branch(self) -> None:
        branch = self.pick(Organization.objects.branches().open())
        above = self.pick(Organization.objects.filter(code__in=["A", "G", "C", "E01-J", "E02-DW"]))
        reshaping.move_organization(by=None, organization=branch, superior=above, reason=WHY)

    def transfer(self) -> None:
        member, branch = self.pick(Member.objects.on_roll()), self.pick(Organization.objects.branches().open())
        members.transfer_member(by=None, member=member, to=branch, effective=clock.today(), reason=WHY)

    def act(self) -> None:
        """One of the actions; proving is the most common, and a third goes into the rooms that prove no step."""
        drawn = self.random.random()
        chosen = Office.prove if drawn < 0.3 else self.random.choice(PROVING if drawn < 0.67 else OTHERS)
        try:
            chosen(self)
            self.done[chosen.__name__] += 1
        except ActionError as error:
            self.refused[f"{chosen.__name__}: {error}"] += 1


PROVING = (
    Office.file, Office.withdraw_document, Office.withdraw_talk, Office.withdraw_analysis, Office.withdraw_appraisal,
    Office.raw_opinion, Office.sort_opinion, Office.reopen_item, Office.withdraw_publication,
    Office.revoke_requirements, Office.undo_makeup, Office.move_branch, Office.transfer,
)  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [2005])
def test_two_thousand_random_actions_over_all_rooms_leave_nothing_to_mend(seed):
    office = Office(seed)
    for number in range(ACTIONS):
        office.act()
        if number % 100 == 99:
            fold()
    assert recount_check() == {"statuses": 0, "tallies": 0, "summaries": 0}, (office.done, office.refused)
    proved = {name for name in office.done if name.startswith("prove ")}
    assert len(proved) >= len(proving.EVIDENCE) - 2, proved  # a filing and a feedback are owed in no step of it
    assert len(office.done) >= len(proved) + 12, office.done
    assert {other.__name__ for other in OTHERS} <= set(office.done), office.refused
    assert sum(office.done.values()) > ACTIONS * 0.6, office.refused
