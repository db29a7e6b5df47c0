"""Random work on items, plans and publications leaves nothing that a recount would mend."""

import random
from datetime import timedelta

import pytest

from campaign.progress.actions import recount_check
from campaign.publicity import actions as publicity
from campaign.publicity.models import Publication
from campaign.rectification import actions, plan_actions
from campaign.rectification.models import RectificationItem, RectificationPlan
from enterprises import clock
from enterprises.action import ActionError
from tests.rectification.stage import DUE, TODAY, item, publish, rectifying

STEPS = 160
PLACES = ("A", "B2", "B3", "B4", "E01-DZ")


class Work:
    """Somebody works at random; a refused action is as good as one that is carried out."""

    def __init__(self, cast, campaign, seed: int) -> None:
        self.cast, self.campaign, self.random = cast, campaign, random.Random(seed)
        self.done: set[str] = set()

    def pick(self, rows):
        found = list(rows.order_by("pk"))
        if not found:
            raise ActionError("nothing there yet to work at")
        return self.random.choice(found)

    def raise_item(self):
        lacking = self.random.random() < 0.2
        told = {"feasibility": "LACKING", "explanation": "已说明"} if lacking else {}
        due = self.random.choice([DUE, DUE - timedelta(9), DUE + timedelta(90), None])
        item(self.cast, self.campaign, self.random.choice(PLACES), due_on=due, **told)

    def finish(self):
        day = TODAY - timedelta(self.random.randint(0, 9))
        thing = self.pick(RectificationItem.objects.open())
        actions.finish_item(by=None, item=thing, done="已做", done_on=day, outcome="INNER")

    def reopen(self):
        actions.reopen_item(
            by=None, item=self.pick(RectificationItem.objects.filter(done_on__isnull=False)), reason="试"
        )

    def withdraw(self):
        actions.withdraw_item(by=None, item=self.pick(RectificationItem.objects.all()), reason="试")

    def plan(self):
        place = self.cast.org[self.random.choice(PLACES)]
        items = RectificationItem.objects.standing().filter(organization=place)
        plan_actions.draft_plan(
            by=None, campaign=self.campaign, organization=place, title="方案", items=items,
            nothing="" if items else "没有问题",
        )  # fmt: skip

    def submit(self):
        plan_actions.submit_plan(by=None, plan=self.pick(RectificationPlan.objects.filter(state="DRAFT")))

    def approve(self):
        plan_actions.approve_plan(by=None, plan=self.pick(RectificationPlan.objects.filter(state="SUBMITTED")))

    def publish(self):
        thing = self.pick(RectificationItem.objects.filter(done_on__isnull=False))
        publish(self.cast, self.campaign, thing.organization.code, day=TODAY, things=[thing])

    def take_back(self):
        told = self.pick(Publication.objects.standing())
        publicity.withdraw_publication(by=None, publication=told, reason="试")

    def act(self) -> None:
        kinds = [self.raise_item] * 4 + [self.finish] * 5 + [self.publish] * 3
        kinds += [
            self.reopen,
            self.withdraw,
            self.plan,
            self.plan,
            self.submit,
            self.submit,
            self.approve,
            self.take_back,
        ]
        chosen = self.random.choice(kinds)
        try:
            chosen()
            self.done.add(chosen.__name__)
        except ActionError:
            pass


@pytest.mark.item(68, 69, 71)
def test_random_work_leaves_nothing_to_mend(cast):
    with clock.fixed(TODAY):
        work = Work(cast, rectifying(), seed=7)
        for _step in range(STEPS):
            work.act()
        assert len(work.done) == 9
        assert set(recount_check().values()) == {0}
