"""What study proves: every member who owes class hours has them (items 33, 48, 54).

Hours come from confirmed study meetings at which the member was due and either there or made up for it.
They follow the member: also from former branches, from where the member takes part in study, and from
named lists.
"""

from typing import Any

from django.db.models import Q, QuerySet
from django.template.defaultfilters import floatformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from campaign.meetings.models import Absence, Meeting
from campaign.plan.kinds import MEETING_KINDS
from campaign.plan.models import Obligation, Participation, Step
from campaign.progress.evidence import Reason, register
from campaign.progress.gates import Check, register_condition
from campaign.progress.owing import asked
from campaign.study.statements import ALL, SOME
from enterprises import clock
from enterprises.models import Exemption, Member, Organization


def sql(step: Step, obligation: Obligation) -> tuple[str, dict[str, Any]]:
    """The statement for some branches."""
    return SOME, _parameters(step, obligation)


def sql_of_all(step: Step, obligation: Obligation) -> tuple[str, dict[str, Any]]:
    """The statement for all branches."""
    return ALL, _parameters(step, obligation)


def _parameters(step: Step, obligation: Obligation) -> dict[str, Any]:
    """Where no hours are asked, the launch day is the day."""
    return {
        "meeting_kinds": obligation.evidence["meeting_kinds"],
        "nothing_asked": step.campaign.launched_on,
        **asked(step),
    }


def explain(step: Step, obligation: Obligation, organization: Organization) -> list[Reason]:
    """The rule, and which members still lack how many hours."""
    from campaign.study.hours import standing

    kinds = pgettext("between names", ", ").join(
        str(MEETING_KINDS[kind].label) for kind in obligation.evidence["meeting_kinds"]
    )
    reasons = [Reason(_("Asked for: the class hours of each member's guidance, from: %s.") % kinds)]
    for row in standing(step.campaign, organization, obligation.evidence["meeting_kinds"]):
        told = {"name": row.member.name, "hours": floatformat(row.hours), "required": row.required}
        if row.exempt:
            reasons.append(Reason(_("%(name)s: approved absence, not expected.") % told))
        elif row.required is None:
            reasons.append(Reason(_("%(name)s: left free (flexible), %(hours)s class hours.") % told))
        elif row.hours < row.required:
            reasons.append(Reason(_("%(name)s: %(hours)s of %(required)s class hours.") % told))
    return reasons


def explain_member(step: Step, obligation: Obligation, member: Member) -> list[Reason]:
    """The member's own class hours beside what is asked (items 33, 35)."""
    from campaign.study.hours import standings

    [row] = standings(step.campaign, [member], obligation.evidence["meeting_kinds"])
    told = {"hours": floatformat(row.hours), "required": row.required}
    if row.exempt:
        return [Reason(_("Approved absence, not expected."))]
    if row.required is None:
        return [Reason(_("Left free (flexible), %(hours)s class hours so far.") % told)]
    if row.reached:
        return [Reason(_("Reached: %(hours)s of %(required)s class hours.") % told)]
    return [Reason(_("%(hours)s of %(required)s class hours so far.") % told)]


def open_absences(participation: Participation, stage: str) -> QuerySet[Absence]:
    """What members of the unit missed in the phase and have still to make up (items 35, 54).

    Those left free were never asked; whoever is exempt or gone today holds nothing up.
    """
    today = clock.today()
    missed = Absence.objects.filter(
        meeting__campaign=participation.campaign_id,
        meeting__organization__enterprise=participation.unit_id,
        meeting__state=Meeting.State.CONFIRMED,
        makeup_due_on__isnull=False,
        makeup=None,
        member__status__in=Member.ON_ROLL,
    )
    phase = participation.schedules.filter(phase__code=stage).first()
    if phase is not None:
        missed = missed.filter(meeting__held_on__range=(phase.starts_on, phase.ends_on))
    approved = Exemption.objects.filter(Q(until=None) | Q(until__gte=today), since__lte=today)
    return missed.exclude(member__in=approved.values("member"))


def absences_made_up(participation: Participation, stage: str) -> Check:
    """The gate condition `absences`: everything missed in the phase is made up or excused."""
    count = open_absences(participation, stage).count()
    url = f"{reverse('study:makeup_list')}?state=open&unit={participation.unit_id}"
    if count == 0:
        return Check(True, _("Every absence of the phase is made up or excused."), url)
    text = ngettext(
        "%(count)d absence is neither made up nor excused. Record the make-up lesson.",
        "%(count)d absences are neither made up nor excused. Record the make-up lessons.",
        count,
    )
    return Check(False, text % {"count": count}, url)


register("hours", sql=sql, explain=explain, explain_member=explain_member, sql_of_all=sql_of_all, planned_once=True)
register_condition("absences", absences_made_up)
