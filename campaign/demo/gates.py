"""Where the demo's units stand: passages by their calendars, requests, refusals, a few forced, own guidance."""

from datetime import date, datetime, time, timedelta

from campaign.gates import actions
from campaign.gates.models import PhaseTransition
from campaign.plan.actions import set_own_guidance
from campaign.plan.models import Campaign, Participation
from enterprises import clock

SUMMARIES = (
    "集中学习已完成，缺课的三名党员已送学上门。下一阶段先谈心、再征求意见。",
    "党支部都开了大讨论，具体要求已通过。倒班岗位的学时还要补两次。",
    "学习阶段按计划完成，外派项目部用远程方式参加。",
)
FORCED = (
    "矿井停产检修期间党员分散，学时在下一阶段前两周补齐。",
    "施工旺季，项目部分批补课，已报上级同意。",
    "改制方案公布，阶段小结推迟一周报送。",
)
REFUSED = ("两个支部的大讨论还没有开，请补上再报。", "缺课补课的记录不全，请核对后再申请。")
OWN = (
    ([{"category": "FRONT_LINE", "class_hours": 24}], "停产半停产，一线党员分批学习，学时适当减少，重在实效。"),
    ([{"category": None, "shift_days": 12}], "改制安置期间，各环节期限顺延。"),
    ([{"category": "TECHNICAL", "writing": "SHORT"}], "外派技术人员集中在工地，分析材料可以从简。"),
)


def stand(campaign: Campaign, today: date) -> None:
    """Bring every unit to the stage of its calendar, every seventh a stage or two behind; then what is undecided."""
    parts = list(
        campaign.participations.select_related("campaign__definition", "unit")
        .prefetch_related("schedules__phase")
        .order_by("unit__path")
    )
    passages, waiting = [], []
    for index, part in enumerate(parts):
        due = _due(part, today)
        behind = index % 7 == 3 and len(due) > 2
        if behind:
            waiting.append(part)
        passed = due[: len(due) - (2 if index % 14 == 3 else 1)] if behind else due
        for gate, on in passed:
            passages.append(_passage(part, gate, on, forced=index if index % 9 == 5 and gate is due[-1][0] else None))
    PhaseTransition.objects.bulk_create(passages)
    Participation.objects.bulk_update(parts, ["state"])
    _undecided(waiting)
    _ahead(parts)
    _differ(campaign)


def _due(part: Participation, today: date) -> list[tuple[dict, date]]:
    """The gates that the unit should have passed by now, each with its day."""
    starts = {schedule.phase.code: schedule.starts_on for schedule in part.schedules.all()}
    found = []
    for gate in part.campaign.data["gates"]:
        on = starts.get(gate["to"]) or (part.campaign.launched_on if gate["from"] == "enrolled" else None)
        if on is None or on > today:
            break
        found.append((gate, on))
    return found


def _passage(part: Participation, gate: dict, on: date, forced: int | None) -> PhaseTransition:
    moment = datetime.combine(on, time(10), tzinfo=clock.ZONE)
    names = ("code", "name_zh", "name_en")
    unmet = [{name: row[name] for name in names} for row in gate["conditions"][-2:]] if forced is not None else []
    passage = PhaseTransition(
        participation=part,
        gate=gate["code"],
        from_stage=part.state,
        to_stage=gate["to"],
        state=PhaseTransition.State.PASSED,
        summary=SUMMARIES[part.pk % len(SUMMARIES)],
        asked_at=moment - timedelta(days=2),
        decided_at=moment,
        forced=bool(unmet),
        unmet=unmet,
        reason=FORCED[(forced or 0) % len(FORCED)] if unmet else "",
    )
    part.state = gate["to"]
    return passage


def _undecided(waiting: list[Participation]) -> None:
    """Units that ask, one that was refused, one let through all the same."""
    for index, part in enumerate(waiting):
        if index % 4 == 3:
            continue
        notes = dict.fromkeys(part.campaign.steps.values_list("code", flat=True), "已排好补课，下周补完。")
        if part.campaign.phases.filter(code=part.state).exists():
            actions.look_back(participation=part, notes=notes, by=None)
        asked = actions.ask(participation=part, summary=SUMMARIES[index % len(SUMMARIES)], by=None)
        if index % 4 == 2:
            actions.refuse(transition=asked, reason=REFUSED[index % len(REFUSED)], by=None)


def _ahead(parts: list[Participation]) -> None:
    """Two trial units are ahead: one surveyed, one sent back to make up; one passage was undone."""
    first, second, third = [part for part in parts if part.state == "ANALYSE"][:3]
    for part in (first, second):
        for gate in ("open_rectify", "survey"):
            reason = "试点单位，提前进行（示例）。"
            actions.let_pass(participation=part, gate=gate, reason=reason, by=None)
    actions.send_to_make_up(participation=second, reason="测评中不满意的过半，整改后再测评（示例）。", by=None)
    actions.let_pass(participation=third, gate="open_rectify", reason="试点单位，提前进行（示例）。", by=None)
    actions.undo(participation=third, reason="选错了单位（示例）。", by=None)


def _differ(campaign: Campaign) -> None:
    """Units that are not well ask otherwise than the campaign (item 33)."""
    hard = campaign.participations.exclude(unit__condition="SOUND").select_related("campaign__definition", "unit")
    for part, (wanted, reason) in zip(hard.order_by("unit__path"), OWN, strict=False):
        set_own_guidance(participation=part, wanted=wanted, reason=f"{reason}（示例）", by=None)
