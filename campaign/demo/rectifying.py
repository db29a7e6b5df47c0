"""Writing generated rectification: compact rows that prove the three steps of phase three (items 68-72).

For each organization one plan, two or three items and one publication, as far as it has come.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from campaign.demo.copying import NULL, Sheet, array
from campaign.demo.sayings import RECTIFIED
from campaign.publicity.models import Publication
from campaign.rectification.models import RectificationItem, RectificationPlan
from campaign.rectification.rules import FILED_UNDER

KINDS = ("rectification_plan", "rectified", "published")
BEFORE_THE_PLAN = 12  # days: items are raised while opinions still come in


@dataclass
class Course:
    """How far an organization has come: the day of each step it has done, and when everything is due."""

    plan_on: date | None = None
    done_on: date | None = None
    published_on: date | None = None
    due_on: date | None = None

    def note(self, kind: str, on: date) -> None:
        """The step proved in that way was done on that day."""
        if kind == "rectification_plan":
            self.plan_on = on
        elif kind == "rectified":
            self.done_on = on
        else:
            self.published_on = on


class Rectifying:
    """The sheets of plans, items and publications."""

    def __init__(self) -> None:
        self.items = Sheet(
            RectificationItem,
            "id campaign organization source source_code opinions title measure expected owner_post department"
            " feasibility due_on explanation explained_on priority raised_on state done done_on outcome"
            " sentences verifier_post published_on submission recorded_at",
        )
        self.plans = Sheet(
            RectificationPlan,
            "id campaign organization scope version title aims nothing item_ids state submitted_on group_note"
            " approver approved_on returned_why published_on submission recorded_at",
        )
        self.publications = Sheet(
            Publication,
            "id campaign organization subject title text thing_ids place place_words since file submission recorded_at",
        )

    def sheets(self) -> list[Sheet]:
        return [self.items, self.plans, self.publications]

    def write(self, campaign: int, organization: int, superior: int | None, course: Course) -> None:
        """What the organization has on record."""
        begun = course.plan_on or course.done_on
        if begun is None:
            return
        told = None
        if course.done_on and course.published_on:
            told = max(course.done_on, course.published_on)
        raised = begun - timedelta(days=BEFORE_THE_PLAN)
        ids = [self._item(campaign, organization, index, raised, course, told) for index in range(2)]
        if organization % 5 == 0:
            ids.append(self._lacking(campaign, organization, raised))
        if course.plan_on:
            self._plan(campaign, organization, superior, ids, course.plan_on)
        if told:
            self._publication(campaign, organization, ids[:2], told)

    def _item(self, campaign: int, organization: int, index: int, raised: date, course: Course, told) -> int:
        pk = self.items.take_id()
        title, measure, expected, department, done, outcome = RECTIFIED[(organization + index) % len(RECTIFIED)]
        at_once, on = index == 0, course.done_on
        due = course.due_on or raised + timedelta(days=30)
        if on and at_once:
            on = max(raised, on - timedelta(days=9))
        state = ("PUBLISHED" if told else "DONE") if on else "OPEN"
        filed = "{" + ",".join(FILED_UNDER[outcome]) + "}"
        self.items.add_line(
            f"{pk}\t{campaign}\t{organization}\t{'OPINION' if index else 'OWN'}\t\t{(organization + index) % 9 * index}"
            f"\t{title}\t{measure}\t{expected}\t\t{department}\t{'AT_ONCE' if at_once else 'PERIOD'}\t{due}\t\t{NULL}\t"
            f"\t{raised}\t{state}\t{done if on else ''}\t{on or NULL}\t{outcome if on else ''}"
            f"\t{filed if on else '{}'}\t\t{told or NULL}"
            f"\t{UUID(int=(0x17E3 << 64) + pk)}\t{raised} 17:00:00+08"
        )
        return pk

    def _lacking(self, campaign: int, organization: int, raised: date) -> int:
        pk = self.items.take_id()
        self.items.add_line(
            f"{pk}\t{campaign}\t{organization}\tOPINION\t\t{organization % 7}\t家属区管网整体改造"
            f"\t列入改造计划，争取资金\t\t\t后勤部门\tLACKING\t{NULL}\t需地方统一规划，已向职工说明原因和打算"
            f"\t{raised}\t\t{raised}\tOPEN\t\t{NULL}\t\t{{}}\t\t{NULL}"
            f"\t{UUID(int=(0x17E3 << 64) + pk)}\t{raised} 17:00:00+08"
        )
        return pk

    def _plan(self, campaign: int, organization: int, superior: int | None, ids: list[int], on: date) -> None:
        pk = self.plans.take_id()
        self.plans.add_line(
            f"{pk}\t{campaign}\t{organization}\tUNIT\t1\t整改方案\t\t\t{array(ids)}\tAPPROVED"
            f"\t{on - timedelta(days=2)}\t\t{superior or NULL}\t{on}\t\t{NULL}\t{UUID(int=(0x91A7 << 64) + pk)}"
            f"\t{on} 16:00:00+08"
        )

    def _publication(self, campaign: int, organization: int, ids: list[int], on: date) -> None:
        pk = self.publications.take_id()
        self.publications.add_line(
            f"{pk}\t{campaign}\t{organization}\tRECTIFICATION\t整改情况公布\t\t{array(ids)}\tBOARD\t公示栏\t{on}\t"
            f"\t{UUID(int=(0x9B11 << 64) + pk)}\t{on} 16:30:00+08"
        )
