"""Why a step is done, due or not expected: the rule, the records, the exemption."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from campaign.plan.models import Campaign, OwedBy, Step
from campaign.progress import evidence
from campaign.progress.evidence import Reason
from campaign.progress.models import StepStatus
from campaign.progress.rules import State, state_of
from enterprises import clock
from enterprises.models import Member, Organization


def _headline(step: Step, status: StepStatus) -> str:
    due, done = date_format(status.due_on), status.done_on and date_format(status.done_on)
    state = state_of(step, status, clock.today())
    if state is State.NONE:
        return _("Not expected of this organization.")
    if state is State.OVER:
        days = (clock.today() - status.due_on).days
        return _("Overdue by %(days)s days; it was due on %(due)s.") % {"days": days, "due": due}
    if done is None:
        return _("Due on %(due)s.") % {"due": due}
    if status.done_on > status.due_on:
        return _("Done on %(done)s, after the due date %(due)s.") % {"done": done, "due": due}
    if status.made_up:
        return _("Done on %(done)s with make-up lessons; due on %(due)s.") % {"done": done, "due": due}
    return _("Done on %(done)s; due on %(due)s.") % {"done": done, "due": due}


def _why_not(organization: Organization, status: StepStatus, by_members: bool) -> str | None:
    if organization.closed_on:
        return _("The organization was closed on %(day)s.") % {"day": date_format(organization.closed_on)}
    if organization.founded_on and organization.founded_on > status.due_on:
        return _("The organization was founded after the due date.")
    if by_members and status.persons_due == 0:
        return _("No member on the roll has to do this step: all are exempt or guided flexibly.")
    return None


def explain_organization(organization: Organization, step: Step) -> list[Reason]:
    """The reasons for the state of one step of one organisation, the state itself first."""
    obligation = step.obligation_for(organization.kind)
    if obligation is None:
        return [Reason(_("An organization of this kind does not owe this step."))]
    status = StepStatus.objects.filter(step=step, organization=organization).first()
    if status is None:
        return [Reason(_("Its unit does not take part in this campaign."))]
    reasons = [Reason(_headline(step, status))]
    by_members = obligation.owed_by == OwedBy.MEMBERS
    if not status.applicable and (why := _why_not(organization, status, by_members)):
        reasons.append(Reason(why))
    if by_members and status.persons_due:
        counts = {"done": status.persons_done, "due": status.persons_due}
        reasons.append(Reason(_("%(done)s of %(due)s members have done it.") % counts))
    return reasons + evidence.of(obligation).explain(step, obligation, organization)


def explain_member(member: Member, campaign: Campaign) -> list[tuple[Step, list[Reason]]]:
    """The steps that members of this branch owe, each with what is required of this member and what is done."""
    explained = []
    for step in campaign.steps.select_related("campaign__definition").order_by("order"):
        obligation = step.obligation_for(member.branch.kind)
        if obligation is None or obligation.owed_by != OwedBy.MEMBERS:
            continue
        explain = evidence.of(obligation).explain_member
        if explain:
            explained.append((step, explain(step, obligation, member)))
    return explained
