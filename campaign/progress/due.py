"""When each unit owes each step: the plan's rule applied to the unit's own calendar, condition and guidance."""

from collections import defaultdict
from datetime import date

from campaign.plan import own
from campaign.plan import rules as plan_rules
from campaign.plan.models import Campaign, PhaseSchedule


def due_dates(campaign: Campaign, unit_ids: list[int] | None = None) -> dict[int, dict[int, date]]:
    """``{step id: {unit id: due date}}`` for these participating units, or all of them."""
    schedules = PhaseSchedule.objects.filter(participation__campaign=campaign)
    if unit_ids is not None:
        schedules = schedules.filter(participation__unit__in=unit_ids)
    steps_of = defaultdict(list)
    for step in campaign.steps.all():
        steps_of[step.phase_id].append(step)
    policy, differing = campaign.data["guidance"], own.rules_of(campaign, unit_ids)
    dates: dict[int, dict[int, date]] = {step.pk: {} for steps in steps_of.values() for step in steps}
    rows = schedules.values_list(
        "phase", "starts_on", "ends_on", "participation__unit", "participation__unit__condition"
    )
    for phase, starts_on, ends_on, unit, condition in rows:
        shift = plan_rules.unit_shift(own.with_own(policy, differing.get(unit, [])), condition)
        for step in steps_of[phase]:
            dates[step.pk][unit] = plan_rules.due_date(step, plan_rules.Span(starts_on, ends_on), shift)
    return dates
