"""A campaign whose steps rectification proves, and short ways to make its records."""

from datetime import date, timedelta

from campaign.plan.models import Campaign, Step
from campaign.progress import actions as progress
from campaign.publicity import actions as publicity
from campaign.rectification import actions, plan_actions
from campaign.rectification.models import RectificationItem
from tests.records import BRANCHES, COMMITTEES, LAUNCH, launch

TODAY = date(2026, 9, 20)
DUE = LAUNCH + timedelta(45)
KINDS = ("rectification_plan", "rectified", "published")


def rectifying() -> Campaign:
    """The campaign of the tests, with the three steps of phase three."""
    campaign = launch()
    phase = campaign.phases.get()
    for order, kind in enumerate(KINDS, 20):
        Step.objects.create(
            campaign=campaign, phase=phase, code=f"r_{kind}", order=order, name_zh=kind, name_en=kind,
            owed_by="organizations", org_kinds=BRANCHES + COMMITTEES, evidence={"kind": kind}, anchor="phase_start",
            due_days=45,
        )  # fmt: skip
    progress.build_campaign(campaign)
    return campaign


def item(cast, campaign, organization="B2", by=None, **told) -> RectificationItem:
    """An item of an organization: complete, raised on the day of the launch."""
    values = {
        "title": "合并重复报表",
        "measure": "清理报表，由二十三张减为九张",
        "department": "办公厅",
        "feasibility": "PERIOD",
        "due_on": DUE,
        "raised_on": LAUNCH,
    }
    return actions.raise_item(by=by, campaign=campaign, organization=cast.org[organization], **values | told)


def finish(thing: RectificationItem, day=LAUNCH + timedelta(10), **told) -> RectificationItem:
    """Close an item."""
    values = {"done": "已减为九张", "done_on": day, "outcome": "PRACTICAL"}
    return actions.finish_item(by=None, item=thing, **values | told)


def approved(cast, campaign, organization="B2", items=(), **told):
    """An approved plan."""
    plan = plan_actions.draft_plan(
        by=None, campaign=campaign, organization=cast.org[organization], title="整改方案", items=items, **told
    )
    plan_actions.submit_plan(by=None, plan=plan)
    return plan_actions.approve_plan(by=None, plan=plan)


def publish(cast, campaign, organization="B2", day=LAUNCH + timedelta(12), things=(), **told):
    """A publication of rectification on the board."""
    values = {"subject": "RECTIFICATION", "title": "整改情况", "place": "BOARD"}
    return publicity.publish(
        by=None, campaign=campaign, organization=cast.org[organization], since=day,
        things=[thing.pk for thing in things], **values | told,
    )  # fmt: skip
