"""Writing the plan: load a definition, launch a campaign, change a calendar."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from campaign.plan import definition as definitions
from campaign.plan import effects, own, rules, schedules, wording
from campaign.plan.compare import Difference, differences
from campaign.plan.models import (
    BusinessPeak,
    Campaign,
    Definition,
    GuidanceChange,
    Participation,
    Phase,
    PhaseSchedule,
    ScheduleChange,
    Step,
    UnitGuidance,
)
from campaign.plan.rules import Span
from enterprises import clock, hooks
from enterprises.access import roles
from enterprises.action import ActionError, action
from enterprises.models import Account, Enterprise
from enterprises.tree import WIDTH

_STEP_FIELDS = (
    "code", "name_zh", "name_en", "owed_by", "org_kinds", "evidence", "also", "anchor", "due_days",
    "tolerance_percent", "tolerance_days", "soon_days",
)  # fmt: skip


@dataclass(frozen=True)
class Comparison:
    """A definition text that is right, beside the newest stored version of the same code."""

    data: dict
    stored: Definition | None
    differences: list[Difference]

    @property
    def is_new(self) -> bool:
        """Whether loading it makes a version."""
        return self.stored is None or bool(self.differences)


def compare(text: str) -> Comparison:
    """Check a definition text and compare it with what is stored. Raises ``DefinitionErrors``."""
    data = definitions.load(text)
    stored = Definition.objects.filter(code=data["code"]).order_by("-version").first()
    return Comparison(data, stored, differences(stored.data if stored else {}, data))


@action
def load_definition(*, text: str, by: Account | None) -> Definition:
    """Store a definition as the next version of its code; the stored one when nothing differs.

    Campaigns that are launched keep the version they were launched with. Raises ``DefinitionErrors``.
    """
    _require_campaign(by)
    found = compare(text)
    if found.stored and not found.is_new:
        return found.stored
    return Definition.objects.create(
        code=found.data["code"],
        version=found.stored.version + 1 if found.stored else 1,
        name_zh=found.data["name_zh"],
        name_en=found.data["name_en"],
        data=found.data,
        source=text,
        loaded_at=clock.now(),
        loaded_by=by,
    )


@action
def order_launch(
    *, definition: Definition, launched_on: date, by: Account | None, code: str = "", rolling: bool = True
) -> Campaign:
    """Launch a campaign of any size: it is prepared at once, and a job starts it when its day has come.

    Writing what 190,000 organizations owe takes minutes. A job that dies is done by the one of the next morning.
    Raises what ``launch`` raises.
    """
    from campaign.plan.tasks import start_due_campaigns

    campaign = launch(definition=definition, launched_on=launched_on, by=by, code=code, rolling=rolling, at_once=False)
    start_due_campaigns.delay_on_commit()
    return campaign


@action
def launch(
    *,
    definition: Definition,
    launched_on: date,
    by: Account | None,
    code: str = "",
    rolling: bool = True,
    at_once: bool = True,
) -> Campaign:
    """Launch a campaign: its phases and steps, every unit of the batch, and each unit's own dates.

    Units take part by their declared batch; all of them where the definition has no batch (item 2). With
    ``rolling`` subsidiaries start after their headquarters (item 5). A launch date to come, or ``at_once`` false,
    leaves the campaign prepared: ``start_due`` starts it. Raises ``ActionError`` when the code is taken or no unit
    takes part.
    """
    _require_campaign(by)
    code = code or definition.code
    if Campaign.objects.filter(code=code).exists():
        raise ActionError(_("A campaign with the code “%s” exists. Choose another code.") % code, "code")
    data = definition.data
    running = at_once and launched_on <= clock.today()
    campaign = Campaign.objects.create(
        code=code,
        definition=definition,
        name_zh=definition.name_zh,
        name_en=definition.name_en,
        launched_on=launched_on,
        state=Campaign.State.RUNNING if running else Campaign.State.PREPARED,
        preset=data["preset"],
        batch_number=data["batch"],
    )
    phases = _create_phases_and_steps(campaign, data)
    _enroll(campaign, phases, rolling)
    hooks.call("SCHEDULE_CHANGED", campaign_id=campaign.pk)
    return campaign


def _create_phases_and_steps(campaign: Campaign, data: dict) -> list[Phase]:
    fields = ("code", "name_zh", "name_en", "opens_day", "closes_day")
    phases = Phase.objects.bulk_create(
        Phase(campaign=campaign, order=order, **{name: row[name] for name in fields})
        for order, row in enumerate(data["phases"], start=1)
    )
    by_code = {phase.code: phase for phase in phases}
    Step.objects.bulk_create(
        Step(
            campaign=campaign,
            phase=by_code[row["phase"]],
            order=order,
            **{name: row[name] for name in _STEP_FIELDS},
        )
        for order, row in enumerate(data["steps"], start=1)
    )
    return phases


def _enroll(campaign: Campaign, phases: list[Phase], rolling: bool) -> None:
    units = Enterprise.objects.order_by("path").only("path", "kind", "condition")
    if campaign.batch_number is not None:
        units = units.filter(declared_batch=campaign.batch_number)
    offsets = _offsets(list(units), campaign.data["rolling"], rolling)
    if not offsets:
        raise ActionError(_("No unit takes part. Import the enterprises with their batch first."))
    taking_part = Participation.objects.bulk_create(
        [
            Participation(campaign=campaign, unit=unit, rolling=rolling and offset > 0)
            for unit, offset in offsets.items()
        ],
        batch_size=2000,
    )
    rows = [
        PhaseSchedule(participation=part, phase=phase, starts_on=span.starts_on, ends_on=span.ends_on)
        for part in taking_part
        for phase in phases
        for span in [rules.planned(phase, campaign.launched_on, offsets[part.unit])]
    ]
    PhaseSchedule.objects.bulk_create(rows, batch_size=2000)


def _offsets(units: list[Enterprise], policy: dict, rolling: bool) -> dict[Enterprise, int]:
    """Days after the launch on which each unit starts; never before its headquarters (item 5)."""
    offsets: dict[Enterprise, int] = {}
    by_path: dict[str, int] = {}
    for unit in units:
        starts_first = not rolling or unit.kind != Enterprise.Kind.SUBSIDIARY
        own = rules.rolling_offset(policy, starts_first, unit.condition)
        offsets[unit] = by_path[unit.path] = max(own, by_path.get(unit.path[:WIDTH], 0))
    return offsets


@action
def start_due(*, by: Account | None) -> list[str]:
    """Set the prepared campaigns whose launch date has come running. Returns their codes."""
    due = Campaign.objects.select_for_update().filter(state=Campaign.State.PREPARED, launched_on__lte=clock.today())
    started = list(due)
    for campaign in started:
        campaign.state = Campaign.State.RUNNING
        campaign.save(update_fields=["state"])
        hooks.call("SCHEDULE_CHANGED", campaign_id=campaign.pk)
    return [campaign.code for campaign in started]


@action
def reschedule(
    *,
    participation: Participation,
    wanted: schedules.Spans,
    kind: str,
    reason: str,
    by: Account | None,
    accept: bool = False,
    seen: schedules.Spans | None = None,
) -> uuid.UUID:
    """Give phases of a unit other dates, with a reason that is kept.

    ``accept``: go on although something (not hard) speaks against it. ``seen``: the dates the person had
    in view; if somebody changed them since, nothing is written. Returns the mark the changes share. Raises
    ``ActionError`` with the remedy, ``PermissionDenied`` when this kind of change is not the account's.
    """
    if by is not None and kind not in schedules.kinds_allowed(by, participation.unit):
        raise PermissionDenied
    if not reason.strip():
        raise ActionError(_("Say why the dates change; the reason is kept with them."), "reason")
    Participation.objects.select_for_update().get(pk=participation.pk)
    found = schedules.preview(participation, wanted, clock.today())
    _refuse(found, accept, seen)
    warnings = [objection.message for objection in found.objections]
    return _write(participation, found, kind, reason.strip(), by, warnings=warnings)


def _refuse(found: schedules.Preview, accept: bool, seen: schedules.Spans | None) -> None:
    if seen is not None and seen != found.old:
        raise ActionError(_("Somebody has changed these dates meanwhile. Look at the new ones, then decide."))
    if not found.changed:
        raise ActionError(_("No date differs from the present ones."))
    if found.refused:
        raise ActionError(" ".join(o.message for o in found.objections if o.hard))
    if found.objections and not accept:
        messages = " ".join(o.message for o in found.objections)
        raise ActionError(f"{messages} {_('To go on all the same, confirm it with the reason.')}", "accept")


def _write(
    participation: Participation,
    found: schedules.Preview,
    kind: str,
    reason: str,
    by: Account | None,
    *,
    warnings: list[str],
    undoes: uuid.UUID | None = None,
) -> uuid.UUID:
    mark = uuid.uuid4()
    rows = participation.schedules.filter(phase__code__in=found.changed).select_related("phase")
    for schedule in rows:
        old, new = found.old[schedule.phase.code], found.new[schedule.phase.code]
        schedule.starts_on, schedule.ends_on = new.starts_on, new.ends_on
        schedule.save(update_fields=["starts_on", "ends_on"])
        ScheduleChange.objects.create(
            participation=participation,
            phase=schedule.phase,
            change_set=mark,
            kind=kind,
            old_starts_on=old.starts_on,
            old_ends_on=old.ends_on,
            new_starts_on=new.starts_on,
            new_ends_on=new.ends_on,
            reason=reason,
            warnings=warnings,
            undoes=undoes,
            changed_by=by,
            changed_at=clock.now(),
        )
    hooks.call("SCHEDULE_CHANGED", campaign_id=participation.campaign_id, unit_ids=[participation.unit_id])
    return mark


@action
def undo(*, participation: Participation, reason: str, by: Account | None) -> uuid.UUID:
    """Take back the newest change that still stands, as a further change of the same kind.

    Raises ``ActionError`` when there is none or the dates it made are no longer the present ones,
    ``PermissionDenied`` when the kind is not the account's to change.
    """
    Participation.objects.select_for_update().get(pk=participation.pk)
    last = schedules.standing_change(participation)
    if not last:
        raise ActionError(_("There is no change left to undo."))
    if by is not None and last[0].kind not in schedules.kinds_allowed(by, participation.unit):
        raise PermissionDenied
    if not reason.strip():
        raise ActionError(_("Say why the change is undone; the reason is kept with it."), "reason")
    back = {change.phase.code: Span(change.old_starts_on, change.old_ends_on) for change in last}
    found = schedules.preview(participation, back, clock.today())
    if found.refused:
        raise ActionError(" ".join(o.message for o in found.objections if o.hard))
    warnings = [objection.message for objection in found.objections]
    return _write(participation, found, last[0].kind, reason.strip(), by, warnings=warnings, undoes=last[0].change_set)


@action
def set_own_guidance(
    *, participation: Participation, wanted: own.Rules, reason: str, by: Account | None, seen: own.Rules | None = None
) -> GuidanceChange:
    """Give a unit guidance of its own: ``wanted`` is all of it, as rules by category (item 33).

    ``seen``: what the person had in view; if somebody changed it since, nothing is written. Leading cadres
    are never asked less than others, free categories are never bound, caps never raised. Raises
    ``ActionError`` with the remedy, ``PermissionDenied`` when the unit is not the account's to lead.
    """
    _require_calendar(by, participation.unit)
    if not reason.strip():
        raise ActionError(_("Say why the unit asks otherwise; the reason is kept."), "reason")
    Participation.objects.select_for_update().get(pk=participation.pk)
    before = own.rules_of(participation.campaign, [participation.unit_id]).get(participation.unit_id, [])
    if seen is not None and seen != before:
        raise ActionError(_("Somebody has changed this guidance meanwhile. Look at the new one, then decide."))
    found = effects.effect(participation, wanted, clock.today())
    if found.mistakes:
        raise ActionError(" ".join(wording.mistake_words(mistake) for mistake in found.mistakes))
    if wanted == before:
        raise ActionError(_("Nothing differs from the present guidance."))
    participation.own_guidance.all().delete()
    UnitGuidance.objects.bulk_create(
        UnitGuidance(participation=participation, **rule | {"category": rule["category"] or ""}) for rule in wanted
    )
    change = GuidanceChange.objects.create(
        participation=participation,
        old=before,
        new=wanted,
        reason=reason.strip(),
        changed_by=by,
        changed_at=clock.now(),
    )
    hooks.call("SCHEDULE_CHANGED", campaign_id=participation.campaign_id, unit_ids=[participation.unit_id])
    return change


def _require_campaign(by: Account | None) -> None:
    if by is not None and not by.reach.covers(roles.CAMPAIGN, ""):
        raise PermissionDenied


def _require_calendar(by: Account | None, unit: Enterprise) -> None:
    if by is not None and not schedules.may_change(by, unit):
        raise PermissionDenied


@action
def add_peak(*, unit: Enterprise, starts_on: date, ends_on: date, by: Account | None, note: str = "") -> BusinessPeak:
    """Note a time of full production of a unit (item 7). Raises ``ActionError`` when it ends too early."""
    _require_calendar(by, unit)
    if ends_on < starts_on:
        raise ActionError(_("The last day lies before the first. Choose a later one."), "ends_on")
    return BusinessPeak.objects.create(unit=unit, starts_on=starts_on, ends_on=ends_on, note=note.strip())


@action
def remove_peak(*, peak: BusinessPeak, by: Account | None) -> None:
    """Remove a time of full production."""
    _require_calendar(by, peak.unit)
    peak.delete()


@action
def close(*, campaign: Campaign, reason: str, by: Account | None) -> Campaign:
    """Close a running campaign: it is only read from now on. Raises ``ActionError`` when it does not run."""
    _require_campaign(by)
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if campaign.state != Campaign.State.RUNNING:
        raise ActionError(_("Only a running campaign can be closed."))
    campaign.state = Campaign.State.CLOSED
    campaign.save(update_fields=["state"])
    return campaign
