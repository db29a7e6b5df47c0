"""What is in place in one organisation for a campaign, and what it owes next (items 17-29)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from campaign.leadership import rules
from campaign.leadership.bodies import GroupState, group_states, support_gaps
from campaign.leadership.capacities import leading
from campaign.leadership.leaders import Record, cells, contact_points, phase_ends, records, team_of, unvisited
from campaign.leadership.models import CampaignOffice, ContactPoint, ImplementationPlan, LeadFact, TrainingEvent
from campaign.leadership.standing import Standing, standing
from campaign.leadership.training import Coverage, coverage_below
from campaign.leadership.words import GAPS
from campaign.plan.models import Campaign, Phase, PhaseSchedule
from enterprises.models import Organization

State = ImplementationPlan.State


@dataclass(frozen=True)
class Owed:
    """One thing an organisation owes: what, why, where it is done; ``state`` where there is a day for it."""

    what: str
    why: str
    url: str
    state: str = ""
    words: str = ""


@dataclass(frozen=True)
class PlanLine:
    """One plan an organisation has or owes: the whole campaign's, or a phase's; due before that begins."""

    phase: Phase | None
    plan: ImplementationPlan | None
    due_on: date | None

    @property
    def name(self) -> str:
        return str(ImplementationPlan(phase=self.phase))

    @property
    def in_force(self) -> bool:
        return self.plan is not None and self.plan.approved_id is not None


@dataclass
class Situation:
    """Everything the leadership page of an organisation stands on."""

    campaign: Campaign
    organization: Organization
    today: date
    standing: Standing | None
    group: GroupState
    office: CampaignOffice | None
    staff: int
    plans: list[PlanLine]
    training: Coverage
    mobilised: bool
    records: list[Record]
    ends: list[date]

    @property
    def has_bodies(self) -> bool:
        """Whether an organisation of this kind founds a group and files a plan of its own."""
        return self.organization.kind in rules.BODY_KINDS

    @property
    def before_start(self) -> str:
        """The state of what is due before the first phase begins in the unit."""
        due_on = self.plans[0].due_on
        return "over" if due_on and due_on <= self.today else "soon"

    @property
    def gaps(self) -> list[str]:
        """What the office lacks, in words."""
        return [str(GAPS[code]) for code in support_gaps(self.office, self.staff)] if self.office else []


def plan_lines(campaign: Campaign, organization: Organization) -> list[PlanLine]:
    """The plan for the whole and one for each phase, written or not, with the days they are due."""
    own = ImplementationPlan.objects.filter(campaign=campaign, organization=organization)
    written = {plan.phase_id: plan for plan in own.select_related("phase", "approved")}
    spans = PhaseSchedule.objects.filter(
        participation__campaign=campaign, participation__unit=organization.enterprise_id
    )
    starts = dict(spans.values_list("phase", "starts_on"))
    phases = list(campaign.phases.order_by("order"))
    first = min(starts.values(), default=campaign.launched_on)
    lines = [PlanLine(None, written.get(None), first)]
    return lines + [PlanLine(phase, written.get(phase.pk), starts.get(phase.pk)) for phase in phases]


def situation(campaign: Campaign, organization: Organization, today: date) -> Situation:
    """Gather what is on record of one organisation."""
    offices = CampaignOffice.objects.filter(campaign=campaign, organization=organization)
    office = offices.annotate(n=Count("staff", filter=Q(staff__until=None) | Q(staff__until__gte=today))).first()
    team = team_of(organization, today)
    held = TrainingEvent.objects.filter(campaign=campaign, organization=organization)
    return Situation(
        campaign=campaign,
        organization=organization,
        today=today,
        standing=standing(organization, campaign, today),
        group=group_states(campaign, [organization], today)[organization.pk],
        office=office,
        staff=office.n if office else 0,  # type: ignore[attr-defined]
        plans=plan_lines(campaign, organization),
        training=coverage_below(campaign, organization, today),
        mobilised=held.filter(kind=TrainingEvent.Kind.MOBILISATION).exists(),
        records=records(campaign, team, organization) if team else [],
        ends=phase_ends(campaign, organization),
    )


def _link(name: str, found: Situation, *arguments: int, **query: str | int) -> str:
    told = {"campaign": found.campaign.code, **query}
    return reverse(f"leadership:{name}", args=list(arguments) or [found.organization.pk], query=told)


def _list(name: str, found: Situation, **query: str | int) -> str:
    return reverse(f"leadership:{name}", query={"campaign": found.campaign.code, **query})


def owed(found: Situation) -> list[Owed]:
    """What the organisation owes now, what hinders most first. Empty: everything is in place."""
    if found.organization.kind == Organization.Kind.LOCAL_COMMITTEE:
        return _to_decide(found)
    listed = _responsible(found)
    if found.has_bodies:
        listed += _bodies(found) + _plans(found) + _meetings(found)
    else:
        listed += _returned(found)
    return listed + _to_decide(found) + _untrained(found) + _leaders(found)


def _responsible(found: Situation) -> list[Owed]:
    state, listed = found.standing, []
    if state and state.holder is None:
        words = ngettext("for %(n)d day", "for %(n)d days", state.vacant_days or 0) % {"n": state.vacant_days or 0}
        kind = "over" if state.long_vacant else "soon"
        what = _("Name who is responsible")
        why = _("There is no %(kind)s.") % {"kind": state.kind_words}
        listed.append(Owed(what, why, _link("stand_in", found), kind, words))
    if state and state.admin is None and found.has_bodies:
        why = _("Nobody is on record who supports the Party organization on the administrative side.")
        listed.append(Owed(_("Enter the administrative head"), why, _link("admin_head", found)))
    return listed


def _bodies(found: Situation) -> list[Owed]:
    listed = []
    state = found.group
    if state.group is None:
        why = _("Leading group and office stand at the beginning of the campaign.")
        listed.append(Owed(_("Found the leading group"), why, _link("group", found), found.before_start))
    elif state.head_state is rules.Head.CHANGED and state.secretary:
        why = _("%(name)s is secretary now, but not the head of the group.") % {"name": state.secretary.member.name}
        listed.append(Owed(_("Update the leading group"), why, _link("head", found, state.group.pk), "over"))
    if found.office is None:
        why = _("The office does the daily work for the leading group.")
        listed.append(Owed(_("Found the campaign office"), why, _link("office", found), found.before_start))
    elif found.gaps:
        listed.append(Owed(_("Mend what the office lacks"), " ".join(found.gaps), _link("office", found)))
    return listed


def _line_url(line: PlanLine, found: Situation) -> str:
    if line.plan and line.plan.state != State.RETURNED:
        return reverse("leadership:plan", args=[line.plan.pk])
    return _link("plan_new", found, **({"phase": line.phase.code} if line.phase else {}))


def _plans(found: Situation) -> list[Owed]:
    """Plans not yet in force from a week before they are due; returned ones at once."""
    return _returned(found) + [
        Owed(
            line.name,
            _("Due before %(day)s; it is a draft, hand it in.") % {"day": line.due_on}
            if line.plan
            else _("Due before %(day)s; not written yet.") % {"day": line.due_on},
            _line_url(line, found),
            "over" if line.due_on and line.due_on <= found.today else "soon",
        )
        for line in found.plans
        if not line.in_force
        and line.due_on
        and (line.due_on - found.today).days <= 14
        and (line.plan is None or line.plan.state == State.DRAFT)
    ]


def _returned(found: Situation) -> list[Owed]:
    return [
        Owed(line.name, _("It was returned. Read the reason and mend it."), _line_url(line, found), "over")
        for line in found.plans
        if line.plan and line.plan.state == State.RETURNED
    ]


def _meetings(found: Situation) -> list[Owed]:
    if found.mobilised:
        return []
    why = _("Each level holds one before the branches begin.")
    return [
        Owed(_("Hold the mobilisation and training meeting"), why, _link("training_new", found), found.before_start)
    ]


def _to_decide(found: Situation) -> list[Owed]:
    """What waits for this organisation as the leading one: plans, and demonstration points."""
    below = Q(organization__superior=found.organization)
    if found.organization.superior_id is None:
        below |= Q(organization=found.organization)
    waiting = ImplementationPlan.objects.filter(
        below, campaign=found.campaign, state__in=(State.SUBMITTED, State.REVIEWED, State.APPROVED)
    ).count()
    listed = []
    if waiting:
        what = ngettext("Decide about %(n)d plan", "Decide about %(n)d plans", waiting) % {"n": waiting}
        why = _("Handed in by organizations directly below.")
        listed.append(Owed(what, why, _list("plan_list", found, turn="mine")))
    put = ContactPoint.objects.filter(
        campaign=found.campaign, status=ContactPoint.Status.CANDIDATE, team__superior=found.organization, until=None
    ).count()
    if put:
        what = ngettext(
            "Decide about %(n)d demonstration point", "Decide about %(n)d demonstration points", put
        ) % {"n": put}  # fmt: skip
        listed.append(Owed(what, _("Put forward below."), _list("point_list", found, status="CANDIDATE")))
    return listed


def _untrained(found: Situation) -> list[Owed]:
    missing = found.training.missing
    if not missing:
        return []
    if found.organization.is_branch:
        why = _("Before the branch opens the campaign, its secretary has been trained. Ask the committee above.")
        return [Owed(_("The secretary is not trained yet"), why, _list("training_list", found))]
    what = ngettext("%(n)d secretary is not trained yet", "%(n)d secretaries are not trained yet", missing)
    why = _("Hold a class, or enter who took part.")
    url = _list("untrained_list", found, organization=found.organization.pk)
    return [Owed(what % {"n": missing}, why, url)]


def names_of(members) -> str:
    """Names in one sentence."""
    return pgettext("between names", ", ").join(member.name for member in members)


def _leaders(found: Situation) -> list[Owed]:
    if not found.records:
        return []
    team = [record.member for record in found.records]
    points = contact_points(found.campaign, found.today).filter(member__in=team)
    own = {member.pk: member.branch_id for member in team}
    have = {p.member_id for p in points if rules.counts_as_contact(p.organization_id, own[p.member_id])}
    listed = []
    if lacking := [member for member in team if member.pk not in have]:
        why = _("Without one: %(names)s.") % {"names": names_of(lacking)}
        listed.append(Owed(_("Choose contact points for the leaders"), why, _link("point_new", found)))
    for point in unvisited(points, found.campaign, found.today).select_related("member", "organization"):
        days = (found.today - point.seen_on).days  # type: ignore[attr-defined]
        what = _("Visit %(place)s") % {"place": point.organization.name}
        why = _("Contact point of %(name)s.") % {"name": point.member.name}
        words = ngettext("no visit for %(n)d day", "no visit for %(n)d days", days) % {"n": days}
        listed.append(Owed(what, why, reverse("leadership:point", args=[point.pk]), "over", words))
    return listed + _five(found) + _dual(found)


def _five(found: Situation) -> list[Owed]:
    """Empty cells of the five facts, one line for each kind, near the end of the phase and after."""
    missing: dict[str, list] = {}
    worst: dict[str, str] = {}
    for record in found.records:
        for kind, state, _fact in cells(record, found.ends, found.today):
            if state in (rules.Cell.SOON, rules.Cell.OVER):
                missing.setdefault(kind, []).append(record.member)
                worst[kind] = state.value
    return [
        Owed(
            capfirst(str(LeadFact.Kind(kind).label)),
            _("Nothing on record yet of: %(names)s.") % {"names": names_of(members)},
            _link("fact_new", found, kind=kind),
            worst[kind],
        )
        for kind, members in missing.items()
    ]


def _dual(found: Situation) -> list[Owed]:
    """Whoever attended one of the two life meetings but not the other (item 27)."""
    listed = []
    for side, words in (
        ("branch", _("Attend the own branch's life meeting")),
        ("team", _("Attend the team's life meeting")),
    ):
        other = "team" if side == "branch" else "branch"
        lacking = [
            r.member for r in found.records if getattr(r.dual, side) is None and getattr(r.dual, other) is not None
        ]
        if lacking:
            why = _("Dual organizational life: still missing for %(names)s.") % {"names": names_of(lacking)}
            listed.append(Owed(words, why, _list("leader_list", found, gap="dual")))
    return listed


def approver(found: Situation) -> Organization:
    """The organisation that approves the plans of this one."""
    return leading(found.organization)
