"""The reading list: which titles are asked of whom, and where the cap is passed (items 34, 49)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from campaign.plan.models import Campaign
from campaign.plan.own import policy_of
from campaign.plan.rules import guidance
from campaign.study import rules
from campaign.study.models import StudyMaterial
from enterprises.codes import EducationBand
from enterprises.models import Member, Organization
from enterprises.tree import ancestor_paths

RANK = {StudyMaterial.Priority.KEY: 0, StudyMaterial.Priority.MAIN: 1, StudyMaterial.Priority.FURTHER: 2}


@dataclass(frozen=True)
class Excess:
    """A category of members for whom more titles are required than the guidance allows (item 34)."""

    category: str
    required: int
    cap: int

    @property
    def label(self) -> str:
        return str(Member.Category(self.category).label)


def standing(campaign: Campaign | None = None) -> QuerySet[StudyMaterial]:
    """The titles that stand, of one campaign or of every running one."""
    found = StudyMaterial.objects.filter(withdrawn_on=None)
    if campaign is not None:
        return found.filter(campaign=campaign)
    return found.filter(campaign__state=Campaign.State.RUNNING)


def ordered(materials: Iterable[StudyMaterial]) -> list[StudyMaterial]:
    """Key titles first, required ones before others, then by the order of entry."""
    return sorted(materials, key=lambda m: (RANK[StudyMaterial.Priority(m.priority)], not m.required, m.pk))


def reading_list(
    campaign: Campaign, organization: Organization, category: str = "", band: str = ""
) -> list[StudyMaterial]:
    """What is on the list of an organisation, from above and its own; of one category and education where named."""
    chain = [*ancestor_paths(organization.path), organization.path]
    found = standing(campaign).filter(Q(organization=None) | Q(organization__path__in=chain))
    titles = ordered(found.select_related("organization"))
    meant = [m for m in titles if rules.is_for(m.audiences, category)] if category else titles
    return [m for m in meant if rules.is_for(m.bands, band)] if band else meant


def excesses(policy: dict, materials: Iterable[StudyMaterial], condition: str | None) -> list[Excess]:
    """The categories over their cap, in units of that condition."""
    titles = [m for m in materials if m.required]
    found = []
    for category in Member.Category.values:
        cap = guidance(policy, category, condition).materials_cap
        asked = [m for m in titles if rules.is_for(m.audiences, category)]
        required = max(sum(rules.is_for(m.bands, band) for m in asked) for band in EducationBand)
        if cap is not None and rules.over_cap(required, cap):
            found.append(Excess(category, required, cap))
    return found


def excesses_of(campaign: Campaign, organization: Organization) -> list[Excess]:
    """The categories for whom the list of this organisation asks too much."""
    condition = organization.enterprise.condition if organization.enterprise else None
    return excesses(policy_of(campaign, organization.enterprise_id), reading_list(campaign, organization), condition)
