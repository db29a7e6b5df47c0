"""What must agree between the values of a definition (the shape of each is already right)."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from campaign.plan.kinds import MEETING_KINDS
from campaign.plan.lines import Path
from campaign.plan.rules import outdone_leaders
from campaign.plan.shape import Problem
from enterprises.models import Member
from enterprises.models.units import Condition

SURVEY_MEANINGS = ("satisfied", "basically_satisfied", "dissatisfied", "no_answer")
# The question after all others, by which a majority is counted: one answer of each person (docs/decisions/0071).
OVERALL = {"name_zh": "对这次活动的总体看法", "name_en": "The campaign as a whole"}
OVERALL_CODE = "overall"
BY_MEMBER = ("hours", "feedback", "talks", "analysis", "appraisal")  # kinds of evidence about each member
MAX_STEPS = 14  # columns that the progress table can show
FIRST_STAGE = "enrolled"


def run(data: Mapping[str, Any]) -> list[Problem]:
    """Every disagreement in a definition of the right shape."""
    return [
        *_phases(data),
        *_steps(data),
        *_evidence(data),
        *_codes_once(data),
        *_leaders_not_below(data["guidance"]),
        *_rules(data["guidance"]),
        *_gates(data),
        *_makeup(data),
        *_survey(data),
    ]


def _phases(data: Mapping[str, Any]) -> Iterable[Problem]:
    before = -1
    for i, phase in enumerate(data["phases"]):
        if phase["opens_day"] <= before:
            message = _("The phase opens on day %(day)d, but the one before closes on day %(before)d.")
            values = {"day": phase["opens_day"], "before": before}
            yield Problem(("phases", i, "opens_day"), message % values + " " + _("Open it later."))
        if phase["closes_day"] <= phase["opens_day"]:
            yield Problem(("phases", i, "closes_day"), _("The phase closes before it opens. Choose a later day."))
        before = phase["closes_day"]
    total = data["phases"][-1]["closes_day"] - data["phases"][0]["opens_day"] + 1
    if not data["total_days_min"] <= total <= data["total_days_max"]:
        message = _("The phases together take %(total)d days, outside %(low)d to %(high)d.")
        values = {"total": total, "low": data["total_days_min"], "high": data["total_days_max"]}
        remedy = _("Change the days, or total_days_min and total_days_max.")
        yield Problem(("phases",), f"{message % values} {remedy}")


def _steps(data: Mapping[str, Any]) -> Iterable[Problem]:
    order = [phase["code"] for phase in data["phases"]]
    if len(data["steps"]) > MAX_STEPS:
        message = _("There are %(count)d steps; %(most)d fit the progress table. Join some of them.")
        yield Problem(("steps",), message % {"count": len(data["steps"]), "most": MAX_STEPS})
    reached = 0
    for i, step in enumerate(data["steps"]):
        if step["phase"] not in order:
            yield _unknown(("steps", i, "phase"), step["phase"], order)
            continue
        if order.index(step["phase"]) < reached:
            message = _("The step belongs to an earlier phase than the one before it. Put steps in order.")
            yield Problem(("steps", i, "phase"), message)
        reached = max(reached, order.index(step["phase"]))
        yield from _kinds_once(i, step)


def _kinds_once(i: int, step: Mapping[str, Any]) -> Iterable[Problem]:
    seen = set(step["org_kinds"])
    for j, other in enumerate(step["also"]):
        twice = seen.intersection(other["org_kinds"])
        if twice:
            message = _("%s already owes this step in another way. Name each kind of organization once.")
            yield Problem(("steps", i, "also", j, "org_kinds"), message % ", ".join(sorted(twice)))
        seen |= set(other["org_kinds"])


def _obligations(data: Mapping[str, Any]) -> Iterable[tuple[Path, Mapping[str, Any]]]:
    for i, step in enumerate(data["steps"]):
        yield ("steps", i), step
        for j, other in enumerate(step["also"]):
            yield ("steps", i, "also", j), other


def _evidence(data: Mapping[str, Any]) -> Iterable[Problem]:
    documents = [document["code"] for document in data["documents"]]
    feedback = [entry["code"] for entry in data["feedback"]]
    for path, obligation in _obligations(data):
        evidence = obligation["evidence"]
        at = (*path, "evidence")
        yield from _meeting_kinds(data["preset"], (*at, "meeting_kinds"), evidence.get("meeting_kinds", []))
        if evidence["kind"] == "filing" and evidence["code"] not in documents:
            yield _unknown((*at, "code"), evidence["code"], documents)
        if evidence["kind"] == "feedback" and evidence["code"] not in feedback:
            yield _unknown((*at, "code"), evidence["code"], feedback)
        if evidence["kind"] == "survey" and data["survey"] is None:
            yield Problem(at, _("The step is proved by a survey, but the file describes none. Add [survey]."))
        by_member = evidence["kind"] in BY_MEMBER
        if evidence["kind"] == "opinions" and not data["opinion_categories"]:
            yield Problem(at, _("Opinions are sorted into opinion_categories. Define some."))
        if by_member != (obligation["owed_by"] == "members"):
            message = _(
                "Class hours and feedback are proved for each member, meetings and filings for the "
                "organization. Change owed_by or the evidence."
            )
            yield Problem((*path, "owed_by"), message)


def _meeting_kinds(preset: str, path: Path, codes: Iterable[str]) -> Iterable[Problem]:
    for code in codes:
        if preset not in MEETING_KINDS[code].presets:
            message = _("%(kind)s is not a meeting of the rules “%(preset)s”. Remove it.")
            yield Problem(path, message % {"kind": code, "preset": preset})


def _codes_once(data: Mapping[str, Any]) -> Iterable[Problem]:
    groups: list[tuple[str, ...]] = [
        ("phases",), ("steps",), ("documents", "feedback"), ("gates",), ("opinion_categories",),
        ("report_templates",), ("tags",),
    ]  # fmt: skip
    for keys in groups:
        yield from _once([((key, i), row["code"]) for key in keys for i, row in enumerate(data[key])])
    for i, gate in enumerate(data["gates"]):
        at = ("gates", i, "conditions")
        yield from _once([((*at, j), row["code"]) for j, row in enumerate(gate["conditions"])])


def _once(rows: Iterable[tuple[Path, str]]) -> Iterable[Problem]:
    seen: set[str] = set()
    for path, code in rows:
        if code in seen:
            yield Problem((*path, "code"), _("The code “%s” comes twice. Give this one another.") % code)
        seen.add(code)


def _leaders_not_below(policy: Mapping[str, Any]) -> Iterable[Problem]:
    message = _(
        "In condition %(condition)s less is asked of leading cadres than of %(category)s "
        "(item 33). Raise the rule for LEADER."
    )
    for condition in Condition.values:
        for category in outdone_leaders(policy, condition, Member.Category.values, Member.Category.LEADER.value):
            yield Problem(("guidance",), message % {"condition": condition, "category": category})


def _rules(policy: Mapping[str, Any]) -> Iterable[Problem]:
    seen: set[tuple[str | None, str | None]] = set()
    for i, rule in enumerate(policy["rules"]):
        about = (rule["category"], rule["condition"])
        if about == (None, None):
            message = _("The rule names neither category nor condition. Put its values under [guidance].")
            yield Problem(("guidance", "rules", i), message)
        elif about in seen:
            message = _("There already is a rule for this category and condition. Join the two.")
            yield Problem(("guidance", "rules", i), message)
        seen.add(about)


def _gates(data: Mapping[str, Any]) -> Iterable[Problem]:
    steps = [step["code"] for step in data["steps"]]
    stage = FIRST_STAGE
    for i, gate in enumerate(data["gates"]):
        if gate["from"] != stage:
            message = _("The gate starts from “%(from)s”, but the unit then stands at “%(stage)s”. Correct it.")
            yield Problem(("gates", i, "from"), message % {"from": gate["from"], "stage": stage})
        stage = gate["to"]
        for j, condition in enumerate(gate["conditions"]):
            if condition["step"] is not None and condition["step"] not in steps:
                yield _unknown(("gates", i, "conditions", j, "step"), condition["step"], steps)
    stages = {gate["to"] for gate in data["gates"]}
    reached = [gate["to"] for gate in data["gates"]]
    phases = [phase["code"] for phase in data["phases"]]
    if _out_of_order(reached, phases):
        yield Problem(("gates",), _("The gates open the phases in another order than they stand. Put them in order."))
    if data["gates"]:
        for i, phase in enumerate(data["phases"]):
            if phase["code"] not in stages:
                message = _("No gate leads to the phase “%s”. Add one.")
                yield Problem(("phases", i), message % phase["code"])


def _out_of_order(reached: list[str], phases: list[str]) -> bool:
    """Whether the gates reach the phases in another order than they follow one another (item 6)."""
    places = [phases.index(stage) for stage in reached if stage in phases]
    return places != sorted(places)


def _makeup(data: Mapping[str, Any]) -> Iterable[Problem]:
    makeup = data["makeup"]
    yield from _meeting_kinds(data["preset"], ("makeup", "meeting_kinds"), makeup["meeting_kinds"])
    if makeup["reminder_days"] < makeup["days"]:
        yield Problem(("makeup", "reminder_days"), _("The reminder would come before the make-up is due."))


def _survey(data: Mapping[str, Any]) -> Iterable[Problem]:
    survey = data["survey"]
    if survey is None:
        return
    sentences = [sentence["code"] for sentence in survey["sentences"]]
    for i, item in enumerate(survey["items"]):
        if item["sentence"] not in sentences:
            yield _unknown(("survey", "items", i, "sentence"), item["sentence"], sentences)
        if item["code"] == OVERALL_CODE:
            message = _("“%s” is the code of the question after all others. Give this item another.")
            yield Problem(("survey", "items", i, "code"), message % OVERALL_CODE)
    for key in ("scale", "items", "sentences"):
        yield from _once([(("survey", key, i), row["code"]) for i, row in enumerate(survey[key])])


def _unknown(path: Path, code: str, known: Iterable[str]) -> Problem:
    message = _("“%(code)s” is not defined in this file. Define it, or use one of: %(known)s.")
    return Problem(path, message % {"code": code, "known": ", ".join(known) or "—"})
