"""Short ways to make records of services for branch B2 of the cast."""

from datetime import timedelta

from campaign.services import actions
from enterprises import clock

LINES = "1. 故障报修，市区四十五分钟内到场\n2、停电提前七天公告\n24小时受理咨询"


def commitment(cast, organization="B2", **told):
    values = {"kind": "PROMISE", "title": "供电服务三项承诺（示例）", "lines": LINES, "valid_from": clock.today()}
    return actions.make_commitment(by=None, organization=cast.org[organization], **values | told)


def issue(cast, organization="B2", **told):
    today = clock.today()
    values = {"title": "缴费排队时间长", "department": "营业部", "raised_on": today, "due_on": today + timedelta(9)}
    return actions.raise_issue(by=None, organization=cast.org[organization], **values | told)


def line(cast, organization="B2", **told):
    values = {"kind": "PHONE", "words": "000-0000", "opened_on": clock.today()}
    return actions.open_line(by=None, organization=cast.org[organization], **values | told)


def activity(cast, organization="B2", **told):
    values = {"kind": "RELIEF", "title": "与困难职工结对", "held_on": clock.today()}
    return actions.record_activity(by=None, organization=cast.org[organization], **values | told)


def rule(cast, organization="B2", **told):
    values = {"kind": "TIME_LIMIT", "title": "限时办结制", "adopted_on": clock.today()}
    return actions.enter_rule(by=None, organization=cast.org[organization], **values | told)
