"""Closed surveys of made-up committees: their results come from a few dozen profiles, each counted once."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from campaign.demo.copying import Sheet
from campaign.demo.forest import Node
from campaign.plan.models import Campaign
from campaign.survey import counting
from campaign.survey.models import GroupResult, SatisfactionSurvey
from campaign.survey.questionnaire import Questionnaire

PROFILES = 40  # one in so many has a majority dissatisfied
GROUPS = ("employees", "members")
DAYS = 4  # a survey lasts


@dataclass(frozen=True)
class Profile:
    """One outcome: the stored result, whether a make-up follows, and the figures of the groups."""

    result: str
    make_up: bool
    rows: list[GroupResult]


class Polls:
    """Writes surveys; the forms and results of a campaign are made once."""

    def __init__(self, surveys: Sheet, groups: Sheet) -> None:
        self.surveys, self.groups = surveys, groups
        self._forms: dict[int, str] = {}
        self._profiles: dict[tuple[int, bool, int], Profile] = {}

    def hold(self, campaign: Campaign, node: Node, closed_on: date) -> None:
        """A survey of this organization, closed on that day by the one above it."""
        if node.superior is None:
            return
        window = node.unit is not None and node.unit.window
        profile = self._profile(campaign, window, node.id % PROFILES)
        pk, start = self.surveys.take_id(), closed_on - timedelta(days=DAYS)
        groups = [*GROUPS[:1], *(["users"] if window else []), *GROUPS[1:]]
        self.surveys.add(
            pk, campaign.pk, node.id, node.superior.id, json.dumps(groups), start, closed_on, start,
            "单位主要负责人向职工代表通报了整改情况。", "CLOSED", self._form(campaign), start, closed_on,
            profile.result, True, profile.make_up, UUID(int=(0x5A7 << 64) + pk), f"{start} 09:00:00+08",
        )  # fmt: skip
        for row in profile.rows:
            self.groups.add(
                self.groups.take_id(), pk, row.respondents, row.issued, row.returned, row.valid, row.base,
                row.satisfied, row.satisfied_or_basically, row.dissatisfied,
            )  # fmt: skip

    def _form(self, campaign: Campaign) -> str:
        if campaign.pk not in self._forms:
            self._forms[campaign.pk] = json.dumps(campaign.data["survey"])
            self._forms[campaign.pk] = self._forms[campaign.pk].replace("\\", "\\\\")  # COPY reads one itself
        return self._forms[campaign.pk]

    def _profile(self, campaign: Campaign, window: bool, number: int) -> Profile:
        key = (campaign.pk, window, number)
        if key not in self._profiles:
            survey = SatisfactionSurvey(campaign=campaign, respondents=[])
            asked = Questionnaire(campaign.data["survey"])
            groups = ["employees", *(["users"] if window else []), "members"]
            found = {group: _counted(asked, number, place) for place, group in enumerate(groups)}
            frozen = counting.freeze_counts(survey, asked, found)
            self._profiles[key] = Profile(json.dumps(frozen.data), frozen.make_up_required, frozen.rows)
        return self._profiles[key]


def _counted(asked: Questionnaire, number: int, place: int) -> counting.Counted:
    """What a group answered: most are satisfied; under the last number most are not."""
    valid = 60 + number * 7 % 120 - 20 * place
    group = counting.Counted(issued=valid + 8 + number % 5, returned=valid + number % 4, valid=valid)
    satisfied, basically, dissatisfied = (14, 20, 56) if number == PROFILES - 1 else (62 + number % 9, 24, 6)
    for at, item in enumerate(asked.items):
        told = [valid * (satisfied - at % 4) // 100, valid * (basically + at % 3) // 100, valid * dissatisfied // 100]
        for option, count in zip(asked.scale, [*told, valid - sum(told)], strict=False):
            group.add(item.code, option, count)
    return group
