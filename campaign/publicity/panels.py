"""What publicity warns of: a phase that closed without anything published (item 102)."""

from collections import defaultdict
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from campaign.plan.models import Campaign, PhaseSchedule
from campaign.progress.record_pages import listed
from campaign.publicity.models import Publication
from campaign.publicity.rules import Span, silent_phases
from enterprises.models import Organization
from enterprises.warnings import Warning, register


@register
def silent(organization_ids: list[int], today: date) -> dict[int, list[Warning]]:
    """Leading organizations of units in which a phase closed and nobody had published anything."""
    name = "phase__name_en" if (get_language() or "").startswith("en") else "phase__name_zh"
    rows = PhaseSchedule.objects.filter(
        participation__campaign__state=Campaign.State.RUNNING,
        participation__unit__leading_organization__in=organization_ids,
    )
    phases: dict[tuple[int, int, int], list[Span]] = defaultdict(list)
    for campaign, unit, leading, words, starts, ends in rows.values_list(
        "participation__campaign",
        "participation__unit",
        "participation__unit__leading_organization",
        name,
        "starts_on",
        "ends_on",
    ):
        phases[campaign, unit, leading].append((words, starts, ends))
    if not phases:
        return {}
    days = _days({unit for _campaign, unit, _leading in phases})
    found: dict[int, list[Warning]] = defaultdict(list)
    for (campaign, unit, leading), spans in phases.items():
        for words, _starts, ends in silent_phases(spans, days.get((campaign, unit), []), today):
            text = _("“%(phase)s” closed on %(day)s and nothing was published in it. Publish how it went.")
            values = {"phase": words, "day": date_format(ends)}
            url = listed("publicity:publication_list", Organization(pk=leading))
            found[leading].append(Warning("SILENT_PHASE", text % values, url))
    return dict(found)


def _days(units: set[int]) -> dict[tuple[int, int], list[date]]:
    days: dict[tuple[int, int], list[date]] = defaultdict(list)
    told = Publication.objects.standing().filter(organization__enterprise__in=units).order_by()
    for campaign, unit, since in told.values_list("campaign", "organization__enterprise", "since"):
        days[campaign, unit].append(since)
    return days
