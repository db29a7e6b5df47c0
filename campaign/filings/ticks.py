"""The tick list of a branch: which member has an entry of a kind, and of whom one is expected."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from campaign.filings.models import Filing
from campaign.plan.models import Campaign
from campaign.plan.own import policy_of
from campaign.plan.rules import guidance
from enterprises import clock
from enterprises.models import Exemption, Member, Organization


@dataclass(frozen=True)
class Tick:
    """One member of the list; `expected` is false for those exempt and those left free (items 35, 37)."""

    member: Member
    filing: Filing | None
    exempt: bool
    free: bool

    @property
    def expected(self) -> bool:
        return not (self.exempt or self.free)


def ticks_of(campaign: Campaign, organization: Organization, kind: str) -> list[Tick]:
    """The members on the roll of a branch with their entries, in the order of the roll."""
    today = clock.today()
    approved = Exemption.objects.filter(Q(until=None) | Q(until__gte=today), member=OuterRef("pk"), since__lte=today)
    members = list(
        Member.objects.filter(branch=organization)
        .on_roll()
        .annotate(is_exempt=Exists(approved))
        .order_by("name_key", "code")
    )
    filings = Filing.objects.filter(campaign=campaign, kind=kind, member__in=members, withdrawn_on=None)
    entered = {filing.member_id: filing for filing in filings.order_by("-filed_on", "-id")}
    condition = organization.enterprise.condition if organization.enterprise else None
    policy = policy_of(campaign, organization.enterprise_id)
    return [
        Tick(m, entered.get(m.pk), m.is_exempt, not guidance(policy, m.category, condition).binding) for m in members
    ]
