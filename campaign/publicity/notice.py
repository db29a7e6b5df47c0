"""The public notice page of an organization: what hangs there today, in words fit for everybody."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from campaign.progress import publications
from campaign.progress.publications import Publishable
from campaign.publicity.models import Publication
from enterprises import clock
from enterprises.models import Organization
from enterprises.panels import Panel

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


Source = Callable[[Organization], Panel]
_PANELS: list[Source] = []


def notice_panel(source: Source) -> Source:
    """Put a part under the notices, for everybody to read. A room registers in its ``panels.py``, at start."""
    if source not in _PANELS:
        _PANELS.append(source)
    return source


def panels_of(request: HttpRequest, organization: Organization) -> list[SafeString]:
    """What the other rooms put under the notices of an organization."""
    return [source(organization).drawn(request) for source in _PANELS]


def posted(organization: Organization) -> QuerySet[Publication]:
    """What hangs on the organization's page today."""
    return Publication.objects.for_everybody(clock.today()).filter(organization=organization)


def page_of(pk: int, today: date) -> Page | None:
    """The page of an organization; ``None`` while nothing hangs there."""
    hanging = Publication.objects.for_everybody(today)
    found = list(hanging.filter(organization=pk).select_related("organization__enterprise", "campaign")[:MOST])
    if not found:
        return None
    organization = found[0].organization
    same_unit = Organization.objects.open().filter(enterprise=organization.enterprise_id).exclude(pk=pk)
    return Page(
        organization=organization,
        postings=[Posting(p, publications.shown(p.subject, p.thing_ids)) for p in found],
        others=list(same_unit.filter(pk__in=hanging.order_by().values("organization")).order_by("path")[:MOST]),
    )
