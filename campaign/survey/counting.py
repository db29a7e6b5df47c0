"""From the box to the frozen result: by group, by item, by sentence; small cells left out for good."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Count

from campaign.plan.checks import OVERALL_CODE
from campaign.survey import questionnaire, rules
from campaign.survey.models import MASSES, GroupResult, Respondents, SatisfactionSurvey
from campaign.survey.questionnaire import Questionnaire

Answers = dict[str, dict[str, int]]  # item -> option -> number

_COUNT = """
SELECT b.respondents, answer.key, answer.value, count(*)
FROM campaign_ballot b, jsonb_each_text(b.answers) AS answer
WHERE b.survey_id = %s GROUP BY 1, 2, 3
"""


@dataclass
class Counted:
    """What came in from one group, by code and on paper together."""

    issued: int = 0
    returned: int = 0
    valid: int = 0
    answers: Answers = field(default_factory=dict)

    def add(self, item: str, option: str, number: int) -> None:
        """Add so many answers."""
        row = self.answers.setdefault(item, {})
        row[option] = row.get(option, 0) + number


@dataclass(frozen=True)
class Frozen:
    """The result of a survey: what is stored on it, its rows for sums, and the two decisions."""

    data: dict[str, Any]
    rows: list[GroupResult]
    is_valid: bool
    make_up_required: bool


def counted(survey: SatisfactionSurvey) -> dict[str, Counted]:
    """What came in so far, by group."""
    found = {group.value: Counted() for group in survey.groups}
    for group, number in _by_group(survey.codes):
        found[group].issued += number
    for group, number in _by_group(survey.ballots):
        found[group].returned += number
        found[group].valid += number
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [survey.pk])
        for group, item, option, number in cursor.fetchall():
            found[group].add(item, option, number)
    for paper in survey.papers.all():
        _add_paper(found[paper.respondents], paper)
    return found


def _by_group(rows: Any) -> Iterable[tuple[str, int]]:
    return rows.order_by().values_list("respondents").annotate(n=Count("pk"))


def _add_paper(group: Counted, paper: Any) -> None:
    group.issued += paper.issued
    group.returned += paper.returned
    group.valid += paper.valid
    for item, row in paper.answers.items():
        for option, number in row.items():
            group.add(item, option, number)


def freeze(survey: SatisfactionSurvey) -> Frozen:
    """The result as it stands now. Raises ``ValueError`` for numbers that cannot be."""
    return freeze_counts(survey, questionnaire.of(survey), counted(survey))


def freeze_counts(survey: SatisfactionSurvey, asked: Questionnaire, found: Mapping[str, Counted]) -> Frozen:
    """The result of these counts, wherever they come from. Raises ``ValueError`` for numbers that cannot be."""
    groups = [_group(asked, code, found[code]) for code in found]
    judged = [g for g in groups if g["measured"] and g["code"] in MASSES]
    return Frozen(
        data={"hidden_below": asked.hidden_below, "groups": groups},
        rows=[_row(survey, group) for group in groups],
        is_valid=bool(judged),
        make_up_required=any(g["make_up"] for g in judged),
    )


def _group(asked: Questionnaire, code: str, group: Counted) -> dict[str, Any]:
    """One group. Too small a group is not measured: only how many ballots came is kept."""
    overall = asked.result(group.issued, group.returned, group.answers.get(OVERALL_CODE, {}))
    told = {
        "code": code,
        "issued": group.issued,
        "returned": group.returned,
        "valid": group.valid,
        "return_rate": _text(overall.return_rate),
        "measured": overall.valid >= asked.hidden_below,
        "make_up": False,
        "items": [],
        "sentences": [],
    }
    if not told["measured"]:
        return told
    lines = {item.code: group.answers.get(item.code, {}) for item in asked.items}
    unseen = {item: rules.hidden(row, asked.hidden_below, asked.scale) for item, row in lines.items()}
    told["make_up"] = overall.make_up_required
    told["items"] = [line(asked, item, lines[item], unseen[item]) for item in lines]
    for sentence, items in asked.sentences:
        codes = [item.code for item in items]
        together: Counted = Counted()
        for item in codes:
            for option, number in lines[item].items():
                together.add(sentence.code, option, number)
        hidden = frozenset().union(*(unseen[item] for item in codes))
        told["sentences"].append(line(asked, sentence.code, together.answers.get(sentence.code, {}), hidden))
    return told


def line(asked: Questionnaire, code: str, row: Mapping[str, int], unseen: frozenset[str]) -> dict[str, Any]:
    """One question or sentence as it may be shown: base, counts, and rates as text; ``None`` where hidden."""
    base = sum(row.values())
    wanted = {
        name: frozenset(c for c, meaning in asked.scale.items() if meaning in meanings)
        for name, meanings in {
            "satisfied": (rules.SATISFIED,),
            "satisfied_or_basically": (rules.SATISFIED, rules.BASICALLY),
            "dissatisfied": (rules.DISSATISFIED,),
        }.items()
    }
    sums = {name: rules.sum_shown(row, unseen, codes) for name, codes in wanted.items()}
    return {
        "code": code,
        "base": base,
        "counts": {c: None if c in unseen else row.get(c, 0) for c in asked.scale},
        **sums,
        **{f"{name}_rate": None if n is None else _text(rules.rate(n, base)) for name, n in sums.items()},
    }


def _text(rate: Decimal | None) -> str | None:
    return None if rate is None else str(rate)


def _row(survey: SatisfactionSurvey, group: dict[str, Any]) -> GroupResult:
    overall = next((row for row in group["items"] if row["code"] == OVERALL_CODE), None) or {}
    return GroupResult(
        survey=survey,
        respondents=Respondents(group["code"]),
        issued=group["issued"],
        returned=group["returned"],
        valid=group["valid"],
        base=overall.get("base", 0),
        satisfied=overall.get("satisfied"),
        satisfied_or_basically=overall.get("satisfied_or_basically"),
        dissatisfied=overall.get("dissatisfied"),
    )
