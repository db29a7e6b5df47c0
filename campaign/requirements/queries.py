"""Which concrete requirements hold for an organisation, and the checklist made of them (items 52, 61)."""

from django.db.models import QuerySet
from django.db.models.functions import Length

from campaign.plan.models import Campaign
from campaign.requirements.models import RequirementsVersion
from enterprises.models import Organization
from enterprises.tree import ancestor_paths


def adopted(campaign: Campaign | None = None) -> QuerySet[RequirementsVersion]:
    """The adopted versions, of one campaign or of every running one."""
    found = RequirementsVersion.objects.filter(adopted_on__isnull=False)
    if campaign is not None:
        return found.filter(document__campaign=campaign)
    return found.filter(document__campaign__state=Campaign.State.RUNNING)


def adopted_for(organization: Organization, campaign: Campaign | None = None) -> RequirementsVersion | None:
    """The version in force for an organisation: its own, else that of the nearest organisation above it.

    Without a campaign, of the running campaign that was launched last. ``None`` when none is adopted.
    """
    chain = [*ancestor_paths(organization.path), organization.path]
    found = adopted(campaign).filter(document__organization__path__in=chain)
    related = ("document__organization", "document__campaign")
    nearest = found.select_related(*related).order_by(
        "-document__campaign__launched_on", -Length("document__organization__path"), "-adopted_on", "-number"
    )
    return nearest.first()


def text_for(version: RequirementsVersion, category: str = "") -> str:
    """The text for members of a category: its variant where the version has one, else the common text."""
    variants = version.variants.all() if category else ()
    return next((v.text for v in variants if category in v.categories), version.text)


def checklist(text: str) -> list[str]:
    """The single requirements of a text: its lines, or its parts between semicolons where it is one line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) == 1:
        lines = [part.strip() for part in lines[0].replace(";", "；").split("；")]
    return [line.rstrip("；;。.") for line in lines if line]
