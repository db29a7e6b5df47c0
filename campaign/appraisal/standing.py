"""Where the members of a branch stand with talks, analyses and appraisals: facts and days, never texts.

These facts are counted for everybody who records for the branch; the records themselves are restricted, which is
why they are read here and not through ``visible_to``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Exists, Min, OuterRef, Q

from campaign.appraisal import rules
from campaign.appraisal.models import AppraisalOpinion, HeartToHeartTalk, PartySpiritAnalysis
from campaign.plan.models import Campaign
from campaign.plan.own import Policy, policies_of, policy_of, rules_of
from campaign.plan.rules import guidance, writing_for
from enterprises import clock
from enterprises.codes import education_band
from enterprises.models import Exemption, Member, Organization
from enterprises.models.units import Condition


@dataclass(frozen=True)
class Standing:
    """One member: how much writing is asked, whether exempt or left free, and the day it was done.

    ``made``: how the analysis was made. ``started``: a record stands, though it does not count yet.
    """

    member: Member
    asked: str
    exempt: bool
    free: bool
    done_on: date | None = None
    made: str = ""
    started: bool = False
    needs_none: bool = False

    @property
    def expected(self) -> bool:
        """Whether the member owes it (items 33, 35-37)."""
        return not (self.exempt or self.free or self.needs_none)


def asked_of(campaign: Campaign, member: Member, organization: Organization) -> str:
    """How much writing the guidance policy asks of a member (item 36)."""
    condition = organization.enterprise.condition if organization.enterprise else None
    policy = policy_of(campaign, organization.enterprise_id)
    return writing_for(policy, member.category, condition, education_band(member.education))


def _roll(organization: Organization) -> list[Member]:
    today = clock.today()
    approved = Exemption.objects.filter(Q(until=None) | Q(until__gte=today), member=OuterRef("pk"), since__lte=today)
    members = Member.objects.filter(branch=organization).on_roll().annotate(is_exempt=Exists(approved))
    return list(members.order_by("name_key", "code"))


def _standings(campaign: Campaign, organization: Organization, told: Mapping[int, dict]) -> list[Standing]:
    """The members on the roll with what was ``told`` of each; members left free are told apart (item 35)."""
    condition = organization.enterprise.condition if organization.enterprise else None
    policy = policy_of(campaign, organization.enterprise_id)
    found = []
    for member in _roll(organization):
        asked = guidance(policy, member.category, condition)
        facts = {"needs_none": False, **told.get(member.pk, {})}
        writing = writing_for(policy, member.category, condition, education_band(member.education))
        found.append(Standing(member, writing, member.is_exempt, not asked.binding, **facts))
    return found


def talked_with(campaign: Campaign, organization: Organization, by: int | None = None) -> dict[int, date]:
    """The first day on which somebody (or the member ``by``) talked with each member of the branch, by id."""
    talks = HeartToHeartTalk.objects.filter(campaign=campaign, withdrawn_on=None).order_by()
    sides = (("to_member", "from_member"), ("from_member", "to_member"))
    days: dict[int, date] = {}
    for mine, other in sides:
        held = talks.filter(**{f"{mine}__branch": organization}, **({other: by} if by else {}))
        for pk, day in held.values_list(mine).annotate(day=Min("held_on")):
            days[pk] = min(day, days.get(pk, day))
    return days


def of_talks(campaign: Campaign, organization: Organization, by: int | None = None) -> list[Standing]:
    """With whom somebody (or the member ``by``) has talked."""
    days = talked_with(campaign, organization, by)
    return _standings(campaign, organization, {pk: {"done_on": day, "started": True} for pk, day in days.items()})


def of_analyses(campaign: Campaign, organization: Organization) -> list[Standing]:
    """Who has handed in an analysis made as asked, and who is still at it."""
    analyses = PartySpiritAnalysis.objects.filter(
        campaign=campaign, member__branch=organization, withdrawn_on=None
    ).select_related("member")
    policy = policy_of(campaign, organization.enterprise_id)
    condition = organization.enterprise.condition if organization.enterprise else None
    told = {}
    for analysis in analyses:
        member = analysis.member
        asked = writing_for(policy, member.category, condition, education_band(member.education))
        enough = rules.enough(asked, analysis.mode)
        done = analysis.handed_in_on if enough else None
        told[analysis.member_id] = {"done_on": done, "made": analysis.get_mode_display(), "started": True}
    found = _standings(campaign, organization, told)
    return [_without_need(s) if s.asked == "EXEMPT" else s for s in found]


def _without_need(standing: Standing) -> Standing:
    return replace(standing, needs_none=True)


def of_appraisals(campaign: Campaign, organization: Organization) -> list[Standing]:
    """Whose appraisal was fed back, and whose is written but not fed back."""
    appraisals = AppraisalOpinion.objects.filter(
        campaign=campaign, member__branch=organization, withdrawn_on=None
    ).values_list("member", "fed_back_on")
    return _standings(campaign, organization, {pk: {"done_on": day, "started": True} for pk, day in appraisals})


def untalked(campaign: Campaign) -> Q:
    """The condition on members that nobody has talked with them (item 57)."""
    talks = HeartToHeartTalk.objects.filter(campaign=campaign, withdrawn_on=None).order_by()
    return ~Q(Exists(talks.filter(to_member=OuterRef("pk")))) & ~Q(Exists(talks.filter(from_member=OuterRef("pk"))))


def expected_members(campaign: Campaign) -> Q:
    """The condition on members that the campaign's steps are binding for them: neither left free nor exempt.

    Units with guidance of their own are judged by it (item 33).
    """
    today = clock.today()
    approved = Exemption.objects.filter(Q(until=None) | Q(until__gte=today), member=OuterRef("pk"), since__lte=today)
    own = policies_of(campaign, rules_of(campaign))
    units = campaign.participations.exclude(unit__in=list(own)).values("unit")
    binding = _bound(campaign.data["guidance"]) & Q(branch__enterprise__in=units)
    for unit, policy in own.items():
        binding |= _bound(policy) & Q(branch__enterprise=unit)
    return binding & Q(branch__closed_on=None) & ~Q(Exists(approved))


def _bound(policy: Policy) -> Q:
    """The members whom a policy binds, by their category and the condition of their unit."""
    bound = Q(pk__in=[])
    for category in Member.Category.values:
        conditions = [c for c in Condition.values if guidance(policy, category, c).binding]
        if conditions:
            bound |= Q(category=category, branch__enterprise__condition__in=conditions)
    return bound
