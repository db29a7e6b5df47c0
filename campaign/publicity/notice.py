"""The public notice page of an organization: what hangs there today, in words fit for everybody."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from campaign.progress import publications
from campaign.progress.publications import Publishable
from campaign.publicity.models import Publication
from enterprises import clock
from enterprises.models import Organization

MOST = 100


@dataclass(frozen=True)
class Posting:
    """One publication with what it tells of."""

    publication: Publication
    things: list[Publishable]


@dataclass(frozen=True)
class Page:
    """The notice page: whose it is, what hangs there, and what else of the unit does."""

    organization: Organization
    postings: list[Posting]
    others: list[Organization]


def posted(organization: Organization) -> QuerySet[Publication]:
    """What hangs on the organization's page today."""
    return Publication.objects.for_everybody(clock.today()).filter(organization=organization)


def page_of(pk: int, today: date) -> Page | None:
    """The page of an organization; ``None`` while nothing hangs there."""
    hanging = Publication.objects.for_everybody(today)
    found = list(hanging.filter(organization=pk).select_related("organization__enterprise")[:MOST])
    if not found:
        return None
    organization = found[0].organization
    same_unit = Organization.objects.open().filter(enterprise=organization.enterprise_id).exclude(pk=pk)
    return Page(
        organization=organization,
        postings=[Posting(p, publications.shown(p.subject, p.thing_ids)) for p in found],
        others=list(same_unit.filter(pk__in=hanging.order_by().values("organization")).order_by("path")[:MOST]),
    )
