"""Writing phase transitions: look back, ask, let pass, refuse, send back, undo (dossier part 1 J, 2.7)."""

from collections.abc import Mapping, Sequence
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from campaign.gates import authority, judging, rules
from campaign.gates.models import LookBackCheck, LookBackLine, PhaseTransition
from campaign.gates.rules import Gate
from campaign.plan.models import Campaign, Participation, Phase, Step
from enterprises import clock
from enterprises.action import ActionError, action
from enterprises.actions.permit import NotPermitted
from enterprises.models import Account

State = PhaseTransition.State


@action
def look_back(
    *, participation: Participation, notes: Mapping[str, str], by: Account | None, submission: UUID | None = None
) -> LookBackCheck:
    """Compare the unit's records with the steps of the phase it stands in, and keep the result (回头看).

    ``notes`` by step code: what is done about it; a missing step needs one. The same ``submission`` twice is
    one. Raises ``ActionError``.
    """
    participation = _locked(participation)
    _require_ask(by, participation)
    submission = submission or uuid4()
    existing = LookBackCheck.objects.filter(submission=submission).first()
    if existing is not None:
        return existing
    phase = participation.campaign.phases.filter(code=participation.state).first()
    if phase is None:
        raise ActionError(_("The unit stands in no phase now. There is nothing to look back on."))
    lines = compared(participation, phase)
    for line in lines:
        line.note = notes.get(line.step.code, "").strip()
        if line.result == LookBackLine.Result.MISSING and not line.note:
            message = _("%(step)s is missing. Say how and by when it is made up.")
            raise ActionError(message % {"step": line.step.name}, f"note_{line.step.code}")
    check = LookBackCheck.objects.create(
        participation=participation,
        phase=phase,
        checked_on=clock.today(),
        submission=submission,
        recorded_by=by,
        recorded_at=clock.now(),
    )
    for line in lines:
        line.check_of = check
    LookBackLine.objects.bulk_create(lines)
    return check


def compared(participation: Participation, phase: Phase) -> list[LookBackLine]:
    """What the records say of each step of the phase today; nothing is written."""
    counts = judging.counts_of(participation.campaign, [participation.unit_id])
    steps = Step.objects.filter(phase=phase).order_by("order")
    return [_line(step, counts.get((participation.unit_id, step.code), judging.StepCount())) for step in steps]


def _line(step: Step, count: judging.StepCount) -> LookBackLine:
    due = count.first_due is not None and count.first_due <= clock.today()
    result = rules.look_back(count.expected, count.missing, count.made_up, due)
    return LookBackLine(step=step, result=result, expected=count.expected, missing=count.missing)


@action
def ask(
    *, participation: Participation, summary: str, by: Account | None, submission: UUID | None = None
) -> PhaseTransition:
    """Ask for the transition through the next gate, with a summary of the stage (转段申请).

    Out of a phase a look-back check comes first. The same ``submission`` twice is one. Raises ``ActionError``.
    """
    participation = _locked(participation)
    _require_ask(by, participation)
    submission = submission or uuid4()
    existing = PhaseTransition.objects.filter(submission=submission).first()
    if existing is not None:
        return existing
    gate = _gate(participation)
    if participation.transitions.filter(state=State.ASKED).exists():
        raise ActionError(_("It has been asked for already; the decision is still to come."))
    found = None
    if participation.campaign.phases.filter(code=participation.state).exists():
        found = judging.latest_look_back(participation, participation.state)
        if found is None:
            raise ActionError(_("Look back first: compare with the steps of the phase, and make up what is missing."))
    if not summary.strip():
        raise ActionError(_("Write a short summary of this stage."), "summary")
    return PhaseTransition.objects.create(
        participation=participation,
        gate=gate["code"],
        from_stage=participation.state,
        to_stage=gate["to"],
        state=State.ASKED,
        look_back=found,
        summary=summary.strip(),
        asked_by=by,
        asked_at=clock.now(),
        submission=submission,
    )


@action
def let_pass(
    *, participation: Participation, gate: str, by: Account | None, reason: str = "", submission: UUID | None = None
) -> PhaseTransition:
    """Let the unit through its next gate. Unmet conditions take a ``reason``; the passage then stays marked
    as forced. ``gate`` is the code that was in view. The same ``submission`` twice is one.

    Raises ``ActionError`` with the remedy, ``NotPermitted`` where it does not come from above.
    """
    participation = _locked(participation)
    found = _gate(participation)
    submission = submission or uuid4()
    _require_pass(by, participation, None)
    existing = participation.transitions.filter(submission=submission).first()
    if existing is not None and existing.state == State.PASSED:
        return existing
    if found["code"] != gate:
        raise ActionError(_("The unit stands at another gate by now. Look at its page, then decide."))
    _require_pass(by, participation, found)
    unmet = [row.row for row in judging.judge(participation, found) if not row.met]
    why = rules.refusal(_gates(participation.campaign), participation.state, gate, unmet=len(unmet), reason=reason)
    if why is not None:
        raise ActionError(_("Not every condition is met. To let it pass all the same, give the reason."), "reason")
    passage = participation.transitions.filter(state=State.ASKED).first() or PhaseTransition(
        participation=participation, submission=submission
    )
    passage.gate, passage.from_stage, passage.to_stage = found["code"], participation.state, found["to"]
    passage.forced, passage.unmet = bool(unmet), _names(unmet)
    return _decide(passage, State.PASSED, reason, by)


def _names(rows: Sequence[Mapping]) -> list[dict[str, str]]:
    return [{key: row[key] for key in ("code", "name_zh", "name_en")} for row in rows]


@action
def refuse(*, transition: PhaseTransition, reason: str, by: Account | None) -> PhaseTransition:
    """Refuse what a unit asked for, with the reason; it asks anew when it is ready. Raises ``ActionError``."""
    participation = _locked(transition.participation)
    _require_pass(by, participation, rules.next_gate(_gates(participation.campaign), participation.state))
    transition = PhaseTransition.objects.select_for_update(no_key=True).get(pk=transition.pk)
    transition.participation = participation
    if transition.state != State.ASKED:
        raise ActionError(_("It has been decided already. Look at the unit's page."))
    if not reason.strip():
        raise ActionError(_("Say what is lacking, so that the unit can make up for it."), "reason")
    return _decide(transition, State.REFUSED, reason, by)


@action
def send_to_make_up(*, participation: Participation, reason: str, by: Account | None) -> PhaseTransition:
    """Send a surveyed unit back to make up, because most of the masses are dissatisfied (items 74, 75).

    It leaves make-up by the conditions of the gate to the survey. Raises ``ActionError``.
    """
    participation = _locked(participation)
    _require_pass(by, participation, None)
    if not rules.may_return(_gates(participation.campaign), participation.state):
        raise ActionError(_("Only a unit whose survey has been held can be sent back to make up."))
    if not reason.strip():
        raise ActionError(_("Say why; the reason is kept."), "reason")
    _lapse(participation, reason, by)
    sent = PhaseTransition(
        participation=participation,
        gate=PhaseTransition.SENT_BACK,
        from_stage=participation.state,
        to_stage=rules.MAKE_UP,
    )
    return _decide(sent, State.RETURNED, reason, by)


def _decide(transition: PhaseTransition, state: str, reason: str, by: Account | None) -> PhaseTransition:
    """Write the decision; a passage brings the unit to its new stage."""
    transition.state = state
    transition.reason = reason.strip()
    transition.decided_by, transition.decided_at = by, clock.now()
    transition.save()
    if state != State.REFUSED:
        _bring(transition.participation, transition.to_stage)
    return transition


def _lapse(participation: Participation, reason: str, by: Account | None) -> None:
    """An open request falls with the stage it was made in: it is refused for the same reason."""
    for asked in participation.transitions.filter(state=State.ASKED):
        _decide(asked, State.REFUSED, reason, by)


def _bring(participation: Participation, stage: str) -> None:
    participation.state = stage
    participation.save(update_fields=["state"])


def last_step(participation: Participation) -> PhaseTransition | None:
    """The passage (or sending back) by which the unit stands where it stands."""
    return participation.transitions.filter(state__in=judging.STANDING, undone_at=None).order_by("-id").first()


@action
def undo(*, participation: Participation, reason: str, by: Account | None) -> PhaseTransition:
    """Take back the latest passage, which was a mistake: the unit stands where it stood before. The passage
    stays to be seen. Raises ``ActionError``."""
    participation = _locked(participation)
    last = last_step(participation)
    if last is None or last.to_stage != participation.state:
        raise ActionError(_("There is no passage to undo."))
    gates = {gate["code"]: gate for gate in _gates(participation.campaign)}
    _require_pass(by, participation, gates.get(last.gate))
    if not reason.strip():
        raise ActionError(_("Say why it was a mistake; the reason is kept."), "reason")
    _lapse(participation, reason, by)
    last.undone_by, last.undone_at, last.undo_reason = by, clock.now(), reason.strip()
    last.save(update_fields=["undone_by", "undone_at", "undo_reason"])
    _bring(participation, last.from_stage)
    return last


def _locked(participation: Participation) -> Participation:
    """The participation anew, locked: one decision on a unit at a time."""
    rows = Participation.objects.select_for_update(of=("self",)).select_related(
        "campaign__definition", "unit__leading_organization"
    )
    found = rows.get(pk=participation.pk)
    if found.campaign.state != Campaign.State.RUNNING:
        raise ActionError(_("The campaign is not running."))
    return found


def _gates(campaign: Campaign) -> list[Gate]:
    return campaign.data.get("gates", [])


def _gate(participation: Participation) -> Gate:
    gate = rules.next_gate(_gates(participation.campaign), participation.state)
    if gate is None:
        raise ActionError(_("The unit has passed the last gate."))
    return gate


def _require_ask(by: Account | None, participation: Participation) -> None:
    if by is not None and not authority.may_ask(by, participation):
        raise NotPermitted(_("Only the unit itself asks for its transition. Ask its secretary."))


def _require_pass(by: Account | None, participation: Participation, gate: Gate | None) -> None:
    if by is not None and not authority.may_pass(by, participation, gate):
        raise NotPermitted(authority.why_not(participation.unit))
